/*
 * node/app/json_text.h - A JSON document as indented lines for people.
 *
 * Layer:    node/app.
 * Memory:   appends to the caller's buf.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_JSON_TEXT_H
#define NODE_APP_JSON_TEXT_H

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "node/io/json_read.h"

/**
 * Appends an object as lines `key: value`, what is inside it indented by two
 * blanks, items of an array behind a dash.  A text of several lines is
 * indented as a block.
 *
 * @return buf_err
 */
enum err json_text_write(struct buf *b, const struct json *v);

#endif /* NODE_APP_JSON_TEXT_H */
