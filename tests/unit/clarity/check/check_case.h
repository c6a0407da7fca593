/*
 * tests/unit/clarity/check/check_case.h - What the tests of check say often.
 *
 * Programs are judged beside two contracts that exist already, `.dep` and
 * `.other`, see check_case_others.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 */
#ifndef TESTS_UNIT_CLARITY_CHECK_CHECK_CASE_H
#define TESTS_UNIT_CLARITY_CHECK_CHECK_CASE_H

#include <string.h>

#include "clarity/base/check.h"
#include "tests/lib/judged.h"

/** The contracts that all cases can call. */
static const struct judged_other check_case_others[] = {
	{ "dep",
	  "(define-trait get ((g (uint) (response uint uint))))"
	  "(define-trait both ((g (uint) (response uint uint))"
	  "  (h (principal) (response bool uint))))"
	  "(define-public (g (x uint)) (if (is-eq x u0) (err u1) (ok x)))"
	  "(define-public (h (p principal)) (if true (ok true) (err u1)))"
	  "(define-read-only (look (a int)) (+ a 1))"
	  "(define-public (take (t <get>)) (contract-call? t g u1))"
	  "(define-private (hidden) 1)" },
	{ "other", "(define-public (g (x uint)) (if true (ok x) (err u1)))" },
	{ NULL, NULL },
};

/** The rules of an epoch and a version, beside the other contracts. */
static inline struct judged_setting setting_of(enum epoch epoch,
                                               enum clarity_version version)
{
	return (struct judged_setting){ .epoch = epoch,
		                        .version = version,
		                        .others = check_case_others };
}

/** Claims the verdict on `source`: the name of a rule, or "ok". */
static inline void judged_as(enum epoch epoch, enum clarity_version version,
                             const char *source, const char *verdict)
{
	struct judged_setting s = setting_of(epoch, version);
	struct judged j;

	judged_open(&j, source, &s);
	if (strcmp(judged_verdict(&j), verdict) != 0)
		fail_msg("%.200s: %s instead of %s (%s)", source,
		         judged_verdict(&j), verdict, j.diag.message);
	judged_close(&j);
}

/** As judged_as, by the newest rules before Bitcoin's own words. */
static inline void refused(const char *source, const char *verdict)
{
	judged_as(EPOCH_3_4, CLARITY_5, source, verdict);
}

/** Claims that `source` is accepted. */
static inline void accepted(const char *source)
{
	refused(source, "ok");
}

/** Claims the type of the last top-level expression. */
static inline void typed_in(enum epoch epoch, enum clarity_version version,
                            const char *source, const char *type)
{
	struct judged_setting s = setting_of(epoch, version);
	struct judged j;

	judged_open(&j, source, &s);
	if (j.err != ERR_OK)
		fail_msg("%.200s: %s (%s)", source, judged_verdict(&j),
		         j.diag.message);
	assert_string_equal(judged_type(&j), type);
	judged_close(&j);
}

/** As typed_in, in an epoch where it does not matter. */
static inline void typed(const char *source, const char *type)
{
	typed_in(EPOCH_3_4, CLARITY_5, source, type);
}

/** Claims what checking alone costs at run time's unit. */
static inline void costs(enum epoch epoch, const char *source, uint64_t runtime)
{
	struct judged_setting s = setting_of(epoch, version_max(epoch));
	struct judged j;

	judged_open(&j, source, &s);
	assert_int_equal(j.meter.spent.of[COST_RUNTIME], runtime);
	judged_close(&j);
}

/** Writes `n` copies of `item` between `head` and `tail` into one text. */
static inline const char *repeated(const char *head, const char *item,
                                   uint32_t n, const char *tail)
{
	static char room[1 << 17];
	size_t at = strlen(head);

	CHECK(at + n * strlen(item) + strlen(tail) < sizeof(room));
	memcpy(room, head, at);
	for (uint32_t i = 0; i < n; i++) {
		memcpy(room + at, item, strlen(item));
		at += strlen(item);
	}
	memcpy(room + at, tail, strlen(tail) + 1);
	return room;
}

#endif /* TESTS_UNIT_CLARITY_CHECK_CHECK_CASE_H */
