/* tests/lib/vm_replay.c - Sessions of the machine; see vm_replay.h. */
#include "config.h"

#include "tests/lib/vm_replay.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/cost/memory.h"
#include "clarity/crypto/hash.h"
#include "clarity/value/value_codec.h"
#include "tests/lib/vm_case.h"

#define ISSUER "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define PARTS 10
#define MAX_ARGS 64

/* The state at the beginning of every session, beside its epoch. */
static const char *const first_state[][2] = {
	{ "_stx-data::clarity_storage::block_time", "1700000000" },
	{ "_stx-data::tenure_height", "00000001" },
	{ "_stx-data::ustx_liquid_supply",
	  "01000000000000000000000000000f457b" },
	{ "vm-account::ST000000000000000000002AMW42H::19",
	  "0000000000000000000000000000003200000000000000000000000000000000"
	  "0000000000000000" },
	{ "vm-account::" ISSUER "::19",
	  "000000000000000000000000000f424000000000000000000000000000000000"
	  "0000000000000000" },
	{ "vm-account::ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG::19",
	  "0000000000000000000000000000030900000000000000000000000000000000"
	  "0000000000000000" },
};

struct replay {
	struct arena arena; /* of a line */
	struct vm_case state;
	struct vm *vm;
	struct cost left; /* of the session's limit */
	struct vm_replay *how;
	size_t line;
};

/* Splits a line in place. @return how many parts it has. */
static size_t split(char *line, char *parts[PARTS])
{
	size_t n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *at = line; at && n < PARTS; n++) {
		parts[n] = at;
		at = strchr(at, '\t');
		if (at)
			*at++ = '\0';
	}
	return n;
}

/* Turns `\n` and the like into bytes, in place. */
static struct span unescape(char *s)
{
	char *to = s;

	for (const char *at = s; *at; at++) {
		if (*at != '\\') {
			*to++ = *at;
			continue;
		}
		at++;
		*to++ = *at == 'n'   ? '\n'
		        : *at == 't' ? '\t'
		        : *at == 'r' ? '\r'
		                     : '\\';
	}
	return span_of(s, (size_t)(to - s));
}

static void read_cost(struct cost *ret, const char *text)
{
	for (int u = 0; u < COST_UNITS; u++) {
		char *end;

		ret->of[u] = strtoull(text, &end, 10);
		text = end + 1;
	}
}

static const struct principal *principal_of(struct replay *r, const char *text)
{
	const struct principal *p;

	assert_int_equal(principal_parse(&r->arena, &p, span_str(text)),
	                 PRINCIPAL_OK);
	return p;
}

static const struct principal *contract_of(struct replay *r, const char *name)
{
	const struct principal *p;

	if (strchr(name, '.'))
		return principal_of(r, name);
	assert_int_equal(principal_new_contract(&r->arena, &p,
	                                        principal_of(r, ISSUER),
	                                        span_str(name)),
	                 ERR_OK);
	return p;
}

static void end(struct replay *r)
{
	if (!r->vm)
		return;
	vm_free(r->vm);
	vm_case_close(&r->state);
	r->vm = NULL;
}

static void begin(struct replay *r, char *const *parts)
{
	struct vm_chain chain = { .chain_id = 0x80000000u };

	end(r);
	assert_true(epoch_parse(&chain.epoch, span_str(parts[1])));
	vm_case_open(&r->state);
	r->state.inner.view.height = 1;
	r->state.inner.view.burn_height = 101;
	for (size_t i = 0; i < sizeof(first_state) / sizeof(first_state[0]);
	     i++)
		vm_case_put(&r->state, span_str(first_state[i][0]),
		            span_str(first_state[i][1]));
	assert_int_equal(vm_new(&r->vm, &chain, &r->state.store), ERR_OK);
	vm_set_exact(r->vm, r->how->is_exact);
	hook_install(r->vm, r->how->hooks, r->how->n_hooks);
	memset(&r->left, 0xff, sizeof(r->left));
	if (strcmp(parts[2], "-") != 0)
		read_cost(&r->left, parts[2]);
	if (strcmp(parts[3], "-") != 0)
		vm_set_memory_limit(r->vm, strtoull(parts[3], NULL, 10));
}

static const char *failure(enum err e, const struct vm_result *res)
{
	if (e == ERR_RUN)
		return vm_error_name(res->failure.kind);
	return res->diag.rule.name ? res->diag.rule.name : err_name(e);
}

/* The outcome of a line, as it is written there. */
static void outcome(struct buf *b, enum err e, const struct vm_result *res,
                    bool is_deploy)
{
	struct span bytes;
	struct arena a;

	if (e != ERR_OK) {
		(void)buf_add_str(b, failure(e, res));
		return;
	}
	if (is_deploy) {
		(void)buf_add_str(b, "ok");
		return;
	}
	arena_init(&a, (size_t)1 << 30);
	assert_int_equal(value_codec_bytes(&a, &bytes, &res->value), ERR_OK);
	(void)buf_add_hex(b, bytes.p, bytes.len);
	arena_fini(&a);
}

static void compare(struct replay *r, enum err e, const struct vm_result *res,
                    char *const *said, bool is_deploy)
{

	struct buf b;
	struct cost cost;
	uint8_t digest[HASH_256_LEN];

	buf_init(&b, (size_t)1 << 28);
	outcome(&b, e, res, is_deploy);
	if (strcmp(buf_str(&b), said[0]) != 0)
		fail_msg("line %zu: %s, not %s (%s)", r->line, buf_str(&b),
		         said[0], e == ERR_RUN ? res->failure.text : "");
	read_cost(&cost, said[1]);
	for (int u = 0; u < COST_UNITS; u++) {
		if (cost.of[u] != res->cost.of[u])
			fail_msg("line %zu: cost %d is %llu, not %llu", r->line,
			         u, (unsigned long long)res->cost.of[u],
			         (unsigned long long)cost.of[u]);
		r->left.of[u] -=
		    cost.of[u] < r->left.of[u] ? cost.of[u] : r->left.of[u];
	}
	assert_int_equal(res->memory, strtoull(said[2], NULL, 10));
	buf_reset(&r->state.writes);
	if (e == ERR_OK)
		assert_int_equal(vm_commit(r->vm), ERR_OK);
	buf_reset(&b);
	vm_case_effects(&r->state, &b, res);
	hash_sha256(digest, b.p, b.len);
	buf_reset(&b);
	(void)buf_add_hex(&b, digest, 8);
	if (strcmp(buf_str(&b), said[3]) != 0)
		fail_msg("line %zu: other effects", r->line);
	buf_fini(&b);
	r->how->said++;
	if (e == ERR_RUN)
		r->how->seen[res->failure.kind] = true;
}

static void deploy(struct replay *r, char *const *parts)
{
	struct vm_source s = {
		.contract = contract_of(r, parts[1]),
		.text = unescape(parts[3]),
		.version = (enum clarity_version)strtoul(parts[2], NULL, 10),
	};
	struct vm_result res;
	enum err e;

	vm_begin(r->vm, &r->left);
	e = vm_deploy(r->vm, &s, &res);
	compare(r, e, &res, parts + 5, true);
}

static void call(struct replay *r, char *const *parts)
{
	struct value args[MAX_ARGS];
	struct vm_call c = {
		.sender = principal_of(r, parts[3]),
		.contract = contract_of(r, parts[1]),
		.function = span_str(parts[2]),
		.args = args,
	};
	struct vm_result res;
	enum err e;

	for (char *at = parts[4]; at && *at && *at != '-';) {
		char *next = strchr(at, ',');

		if (next)
			*next++ = '\0';
		assert_in_range(c.n_args, 0, MAX_ARGS - 1);
		assert_int_equal(value_codec_read_hex(&r->arena,
		                                      &args[c.n_args++],
		                                      span_str(at), NULL),
		                 ERR_OK);
		at = next;
	}
	vm_begin(r->vm, &r->left);
	e = vm_call(r->vm, &c, &res);
	compare(r, e, &res, parts + 6, false);
}

void vm_replay_file(const char *path, struct vm_replay *how)
{
	struct replay r = { .how = how };
	FILE *f = fopen(path, "rb");
	char *line = NULL;
	size_t held = 0;

	assert_non_null(f);
	arena_init(&r.arena, (size_t)1 << 30);
	while (getline(&line, &held, f) >= 0) {
		char *parts[PARTS];

		r.line++;
		arena_reset(&r.arena);
		(void)split(line, parts);
		if (strcmp(parts[0], "session") == 0)
			begin(&r, parts);
		else if (strcmp(parts[0], "deploy") == 0)
			deploy(&r, parts);
		else
			call(&r, parts);
	}
	end(&r);
	arena_fini(&r.arena);
	free(line);
	(void)fclose(f);
}

static enum vm_error kind_named(const char *name)
{
	for (int k = 0; k < VM_ERROR_COUNT; k++) {
		if (strcmp(vm_error_name((enum vm_error)k), name) == 0)
			return (enum vm_error)k;
	}
	fail_msg("no failure is named %s", name);
	return VM_ERROR_NONE;
}

void vm_replay_classes(const char *path, const char *where,
                       const struct vm_replay *how)
{
	FILE *f = fopen(path, "rb");
	char *line = NULL;
	size_t held = 0;
	int rows = 0;

	assert_non_null(f);
	while (getline(&line, &held, f) >= 0) {
		char *parts[PARTS];

		assert_true(split(line, parts) >= 4);

		enum vm_error kind = kind_named(parts[0]);
		bool includable = strcmp(parts[2], "yes") == 0;

		assert_string_equal(vm_error_class_name(vm_error_class(kind)),
		                    parts[1]);
		assert_int_equal(vm_error_is_includable(kind), includable);
		if (strcmp(parts[3], where) == 0 && !how->seen[kind])
			fail_msg("%s was not provoked", parts[0]);
		if (strcmp(parts[3], "-") == 0 && how->seen[kind])
			fail_msg("%s can be provoked", parts[0]);
		rows++;
	}
	/* All but NONE. */
	assert_int_equal(rows, VM_ERROR_COUNT - 1);
	free(line);
	(void)fclose(f);
}
