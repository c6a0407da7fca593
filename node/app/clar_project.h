/*
 * node/app/clar_project.h - The contracts of a Clarinet project.
 *
 * A project's Clarinet.toml names its contracts, their files and the version
 * that each is written for, and lists contracts of the main chain that it
 * needs, which Clarinet keeps in a cache beside it.
 *
 * Layer:    node/app.
 * Memory:   adds to the set's arena.
 * Threads:  as clar_set.h.
 */
#ifndef NODE_APP_CLAR_PROJECT_H
#define NODE_APP_CLAR_PROJECT_H

#include "node/app/clar_set.h"

/**
 * Adds a project's contracts, and its requirements as not wanted.
 *
 * @param dir   the project's folder
 * @param file  its Clarinet.toml
 * @return as clar_set_add; for ERR_SYNTAX `wrong_text` tells the place.
 */
MUST_USE enum err clar_project_add(struct clar_set *s, const char *dir,
                                   const char *file, bool is_wanted);

#endif /* NODE_APP_CLAR_PROJECT_H */
