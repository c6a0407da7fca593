/*
 * tests/fuzz/fuzz_consensus_buff.c - Bytes and back, by a contract.
 *
 * Some bytes are read by from-consensus-buff? as one of many types.  What
 * comes out is written by to-consensus-buff?, which must give what reads as
 * the same value and writes as the same bytes.  Other bytes are none; failures
 * are the two that the network has.  The machine and its slow twin agree.
 *
 * The first byte chooses the epoch, the second the type.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/check.h"
#include "tests/lib/fuzz.h"
#include "tests/twin/pair.h"

/* As the contract has it. */
#define BYTES_MAX 3000u

/* A state that was used that often begins anew: what it keeps grows. */
#define USES 2000u

static const char *const types[] = {
	"uint",
	"int",
	"bool",
	"principal",
	"(buff 40)",
	"(string-ascii 40)",
	"(string-utf8 20)",
	"(list 6 uint)",
	"(list 6 (buff 3))",
	"(list 3 (list 3 (string-utf8 4)))",
	"(optional uint)",
	"(optional (optional principal))",
	"(response uint (string-ascii 8))",
	"(response (list 4 bool) (optional (buff 8)))",
	"{a: uint, b: bool}",
	"{b: {c: int, a: (optional principal)}, zz: (list 3 {k: (buff 4)})}",
	"(list 4 {a: (response uint int), b: (string-ascii 5)})",
	"(optional {a: (list 2 (optional (response bool bool)))})",
};

static const struct rules {
	enum epoch epoch;
	enum clarity_version version;
	bool is_exact;
} rules[] = {
	{ EPOCH_3_0, CLARITY_2, false }, { EPOCH_3_2, CLARITY_3, true },
	{ EPOCH_3_3, CLARITY_4, false }, { EPOCH_4_0, CLARITY_5, false },
	{ EPOCH_4_1, CLARITY_2, false }, { EPOCH_4_1, CLARITY_6, true },
};

static struct pair pairs[COUNT_OF(rules)];
static uint32_t uses[COUNT_OF(rules)];

static void differ(struct pair *p)
{
	(void)fprintf(stderr, "%s%s\n", buf_str(&p->log), buf_str(&p->report));
	CHECK(!"the machine and its twin differ");
}

static void deploy(struct pair *p, enum clarity_version version)
{
	struct buf b;

	buf_init(&b, (size_t)1 << 20);
	for (uint32_t i = 0; i < COUNT_OF(types); i++)
		(void)buf_addf(&b,
		               "(define-read-only (f%u (b (buff %u))) "
		               "(match (from-consensus-buff? %s b) x "
		               "(let ((y (unwrap-panic "
		               "(to-consensus-buff? x)))) (ok (and "
		               "(is-eq (some x) (from-consensus-buff? %s y)) "
		               "(is-eq (some y) (to-consensus-buff? "
		               "(unwrap-panic (from-consensus-buff? %s y))))"
		               "))) (err u0)))",
		               i, BYTES_MAX, types[i], types[i], types[i]);
	CHECK(buf_err(&b) == ERR_OK);
	if (!pair_deploy(p, "c", version, buf_span(&b)))
		differ(p);
	CHECK(p->err == ERR_OK);
	buf_fini(&b);
}

static struct pair *at_rules(uint32_t k)
{
	struct pair_setting s = { .epoch = rules[k].epoch,
		                  .is_exact = rules[k].is_exact };
	struct pair *p = &pairs[k];

	if (uses[k] == USES) {
		pair_close(p);
		uses[k] = 0;
	}
	if (uses[k]++ == 0) {
		pair_open(p, &s);
		deploy(p, rules[k].version);
	}
	return p;
}

/* What the network fails at: early versions cannot price nothing, and early
 * epochs fail at a principal that is none. */
static void check_failure(const struct pair *p, size_t len, struct rules r)
{
	enum vm_error kind = p->result.failure.kind;

	CHECK(p->err == ERR_RUN);
	if (kind == VM_ERROR_COST_COMPUTATION_FAILED)
		CHECK(len == 0);
	else
		CHECK(kind == VM_ERROR_UNREACHABLE &&
		      !epoch_bad_principal_is_none(r.epoch));
}

/* Before 4.1 bytes that give one field twice and another not at all make a
 * tuple without the other, and its own bytes do not read as the type. */
static bool has_holes(const struct rules *r, const char *type)
{
	return !epoch_wants_exact_tuples(r->epoch) && strchr(type, '{');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct pair *p;
	struct value arg;
	char name[8];

	if (len < 2 || len > BYTES_MAX)
		return 0;
	p = at_rules(bytes[0] % COUNT_OF(rules));
	(void)snprintf(name, sizeof(name), "f%u",
	               (unsigned)(bytes[1] % COUNT_OF(types)));
	arg = value_buff(span_of(bytes + 2, len - 2));
	if (!pair_call_named(p, "c", name, &arg, 1))
		differ(p);
	if (p->err != ERR_OK) {
		check_failure(p, len - 2, rules[bytes[0] % COUNT_OF(rules)]);
		return 0;
	}
	if (value_outer(&p->result.value) == VALUE_OK)
		CHECK(p->result.value.n == 1 ||
		      has_holes(&rules[bytes[0] % COUNT_OF(rules)],
		                types[bytes[1] % COUNT_OF(types)]));
	return 0;
}
