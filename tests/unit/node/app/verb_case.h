/*
 * tests/unit/node/app/verb_case.h - Verbs with arguments that have blanks, and
 * contracts to run.
 *
 * Layer:    tests; brings app_case.h and app_run.h.
 */
#ifndef TESTS_UNIT_NODE_APP_VERB_CASE_H
#define TESTS_UNIT_NODE_APP_VERB_CASE_H

#include "node/io/json_read.h"
#include "tests/unit/node/app/app_case.h"
#include "tests/unit/node/app/app_run.h"

#define VERB_ME "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"

#define VERB_TOKEN                                                             \
	"(define-fungible-token coin)\n"                                       \
	"(define-read-only (supply) (ok (ft-get-supply coin)))\n"              \
	"(define-public (mint (n uint) (to principal))\n"                      \
	"  (begin\n"                                                           \
	"    (asserts! (> n u0) (err u400))\n"                                 \
	"    (print { n: n })\n"                                               \
	"    (ft-mint? coin n to)))\n"

#define VERB_VAULT                                                             \
	"(define-private (half (n uint))\n"                                    \
	"  (/ u100 (- n u5)))\n"                                               \
	"(define-public (deposit (n uint))\n"                                  \
	"  (begin\n"                                                           \
	"    (try! (contract-call? .token mint n tx-sender))\n"                \
	"    (ok (half n))))\n"

/** Runs `tenure clarity` with these words, up to NULL. @return its exit
 * code. */
static inline int verb_run(const char *const *words)
{
	static char room[16384];
	static char *argv[64];
	struct cmd_args args;
	struct buf text;
	size_t used = 0;
	int argc = 0;
	int code = CMD_EXIT_USAGE;

	for (; *words; words++) {
		size_t len = strlen(*words) + 1;

		assert_true(used + len <= sizeof(room) && argc < 63);
		argv[argc++] = memcpy(room + used, *words, len);
		used += len;
	}
	buf_init(&text, 1 << 20);
	if (cmd_parse(&verbs_program, argc, argv, &args, &text) == CMD_RUN)
		code = args.path[args.n_path - 1]->run(&args, &app_env);
	buf_fini(&text);
	return code;
}

/** As verb_run, with the words as arguments. */
#define VERB(...)                                                              \
	verb_run(                                                              \
	    (const char *const[]){ "tenure", "clarity", __VA_ARGS__, NULL })

/** Puts the two contracts on the disk. */
static inline void verb_files(void)
{
	app_file("/p/token.clar", VERB_TOKEN);
	app_file("/p/vault.clar", VERB_VAULT);
}

/** Claims that what was printed is one JSON document. */
static inline void verb_is_json(void)
{
	const struct json *root;

	assert_int_equal(json_read_parse(&root, span_str(app_out()), 1 << 22),
	                 ERR_OK);
	json_read_free(root);
}

/** Claims that a text has a part. */
static inline void verb_has(const char *all, const char *part)
{
	if (!strstr(all, part))
		fail_msg("no \"%s\" in:\n%s", part, all);
}

#endif /* TESTS_UNIT_NODE_APP_VERB_CASE_H */
