/* node/app/json_text.c - JSON as lines for people; see json_text.h. */
#include "config.h"

#include "node/app/json_text.h"

#include <stdbool.h>
#include <string.h>

static void put_indent(struct buf *b, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		(void)buf_add_str(b, "  ");
}

/* Each line of the text on one of its own, deeper than its key. */
static void put_block(struct buf *b, struct span text, unsigned depth)
{
	for (;;) {
		const uint8_t *end = memchr(text.p, '\n', text.len);
		size_t len = end ? (size_t)(end - text.p) : text.len;

		(void)buf_add_str(b, "\n");
		put_indent(b, depth);
		(void)buf_add(b, text.p, len);
		if (!end)
			return;
		text = span_of(end + 1, text.len - len - 1);
	}
}

static void put_scalar(struct buf *b, const struct json *v, unsigned depth)
{
	struct span text;
	int64_t number;
	bool truth;

	if (json_read_text(v, &text) && text.len > 0) {
		if (memchr(text.p, '\n', text.len))
			put_block(b, text, depth);
		else
			(void)buf_add(b, text.p, text.len);
	} else if (json_read_i64(v, &number)) {
		(void)buf_addf(b, "%lld", (long long)number);
	} else if (json_read_bool(v, &truth)) {
		(void)buf_add_str(b, truth ? "true" : "false");
	} else if (json_read_is_null(v)) {
		(void)buf_add_str(b, "none");
	}
	(void)buf_add_str(b, "\n");
}

/* Where the walk stands on one level. */
struct level {
	const struct json *item; /* the next to write */
	bool is_object;
};

static bool is_tree(const struct json *v)
{
	return json_read_is_object(v) || json_read_is_array(v);
}

/* A dash stands in the place of the item's first indent. */
static void put_head(struct buf *b, const struct level *l,
                     const struct json *item, unsigned depth, bool *has_dash)
{
	if (*has_dash)
		put_indent(b, 0);
	else
		put_indent(b, depth);
	*has_dash = false;
	if (!l->is_object) {
		(void)buf_add_str(b, "- ");
		*has_dash = is_tree(item);
		return;
	}
	struct span key = json_read_key(item);

	(void)buf_add(b, key.p, key.len);
	(void)buf_add_str(b, ":");
	if (is_tree(item))
		(void)buf_add_str(b, json_read_first(item) ? "\n" : " none\n");
	else
		(void)buf_add_str(b, " ");
}

enum err json_text_write(struct buf *b, const struct json *v)
{
	struct level stack[JSON_READ_DEPTH_MAX + 1];
	unsigned depth = 0;
	bool has_dash = false;

	if (!is_tree(v)) {
		put_scalar(b, v, 0);
		return buf_err(b);
	}
	stack[0] = (struct level){ .item = json_read_first(v),
		                   .is_object = json_read_is_object(v) };
	for (;;) {
		struct level *l = &stack[depth];
		const struct json *item = l->item;

		if (!item && depth == 0)
			return buf_err(b);
		if (!item) {
			depth--;
			continue;
		}
		l->item = json_read_next(item);
		put_head(b, l, item, depth, &has_dash);
		if (!is_tree(item)) {
			put_scalar(b, item, depth + 1);
			continue;
		}
		depth++;
		stack[depth] =
		    (struct level){ .item = json_read_first(item),
			            .is_object = json_read_is_object(item) };
	}
}
