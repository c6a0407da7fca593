/*
 * docs/example/counter.c - A program that embeds Clarity.
 *
 * It deploys a contract, calls it, reads it, and shows what went wrong with
 * two others.  Once the library is installed:
 *
 *     cc counter.c -o counter $(pkg-config --cflags --libs clarity)
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <clarity/clarity.h>

#define ALICE "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define COUNTER ALICE ".counter"

static const char counter[] =
    "(define-data-var n uint u0)\n"
    "(define-read-only (peek) (var-get n))\n"
    "(define-public (add (by uint))\n"
    "  (begin\n"
    "    (asserts! (> by u0) (err u1))\n"
    "    (print { added: by })\n"
    "    (var-set n (+ (var-get n) by))\n"
    "    (ok (var-get n))))\n"
    "(define-public (divide (by uint)) (ok (/ (var-get n) by)))\n";

static const char wrong[] = "(define-public (f) (ok (+ 1 true)))";

/* Shows what the last call gave, told, and cost. */
static void show(struct clarity *c, const char *what,
                 enum clarity_status status)
{
	struct clarity_costs cost = clarity_cost(c);

	printf("%s: ", what);
	if (status == CLARITY_OK)
		printf("%s\n", clarity_value_text(c));
	else
		printf("%s, %s\n", clarity_error_kind(c),
		       clarity_error_text(c));
	for (size_t i = 0; i < clarity_error_depth(c); i++) {
		struct clarity_place p = clarity_error_place(c, i);

		printf("  at %s of %s, bytes %" PRIu32 " to %" PRIu32 "\n",
		       p.function[0] ? p.function : "the top level", p.contract,
		       p.start, p.end);
	}
	for (size_t i = 0; i < clarity_event_count(c); i++)
		printf("  event %s\n", clarity_event_json(c, i));
	printf("  runtime %" PRIu64 ", %" PRIu64 " reads, %" PRIu64 " writes\n",
	       cost.runtime, cost.read_count, cost.write_count);
}

/* Calls a function with one uint. */
static enum clarity_status call(struct clarity *c, const char *function,
                                unsigned char number)
{
	unsigned char bytes[17] = { 1 }; /* a uint: 1, then 16 bytes */
	struct clarity_bytes arg = { bytes, sizeof(bytes) };
	struct clarity_call call = { .contract = COUNTER,
		                     .function = function,
		                     .sender = ALICE,
		                     .args = &arg,
		                     .n_args = 1 };

	bytes[16] = number;
	return clarity_call(c, &call);
}

static int run(struct clarity *c)
{
	struct clarity_call peek = { .contract = COUNTER,
		                     .function = "peek",
		                     .sender = ALICE };
	enum clarity_status s;

	clarity_begin(c, NULL);
	s = clarity_deploy(c, COUNTER, counter, strlen(counter), 0);
	show(c, "deploy", s);
	if (s != CLARITY_OK || clarity_commit(c) != CLARITY_OK)
		return 1;

	clarity_begin(c, NULL);
	show(c, "add 5", call(c, "add", 5));
	show(c, "add 0", call(c, "add", 0));
	show(c, "divide by 0", call(c, "divide", 0));
	if (clarity_commit(c) != CLARITY_OK)
		return 1;

	clarity_begin(c, NULL);
	show(c, "peek", clarity_call_read_only(c, &peek));
	show(c, "eval",
	     clarity_eval(c, COUNTER, "(* (var-get n) u2)",
	                  strlen("(* (var-get n) u2)")));
	show(c, "check",
	     clarity_check(c, ALICE ".wrong", wrong, strlen(wrong), 0));
	return 0;
}

int main(void)
{
	struct clarity_options options = { .epoch = "3.4" };
	struct clarity *c;
	int code;

	if (clarity_new(&c, &options) != CLARITY_OK)
		return 1;
	code = run(c);
	clarity_free(c);
	return code;
}
