/* tests/twin/pair.c - Two machines, side by side; contract in pair.h. */
#include "config.h"

#include "tests/twin/pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/cost/memory.h"
#include "clarity/value/value_codec.h"

#define TEXT_MAX ((size_t)256 << 20)

/* The state at the beginning, as in the recorded sessions. */
static const char *const first_state[][2] = {
	{ "_stx-data::clarity_storage::block_time", "1700000000" },
	{ "_stx-data::tenure_height", "00000001" },
	{ "_stx-data::ustx_liquid_supply",
	  "01000000000000000000000000000f457b" },
	{ "vm-account::ST000000000000000000002AMW42H::19",
	  "0000000000000000000000000000003200000000000000000000000000000000"
	  "0000000000000000" },
	{ "vm-account::" PAIR_ISSUER "::19",
	  "000000000000000000000000000f424000000000000000000000000000000000"
	  "0000000000000000" },
	{ "vm-account::ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG::19",
	  "0000000000000000000000000000030900000000000000000000000000000000"
	  "0000000000000000" },
};

void pair_block_id(uint8_t ret[STORE_HASH_LEN], uint32_t height)
{
	memset(ret, 0xb0, STORE_HASH_LEN);
	be32_write(ret + STORE_HASH_LEN - 4, height);
}

static void first_block(struct vm_case *c)
{
	struct store_block b = { .time = 1699999990,
		                 .burn_time = 1699990000,
		                 .is_nakamoto = true,
		                 .spend_winner = 1000,
		                 .spend_total = 3000,
		                 .has_reward = true,
		                 .reward = 500 };
	struct store_burn burn = { .has_payout = true, .payout = 77 };
	const struct principal *miner;

	CHECK(principal_parse(&c->lasting, &miner, span_str(PAIR_ISSUER)) ==
	      PRINCIPAL_OK);
	b.miner = miner;
	pair_block_id(b.id, 0);
	memset(b.header_hash, 1, STORE_HASH_LEN);
	memset(b.burn_hash, 2, STORE_HASH_LEN);
	memset(b.vrf_seed, 3, STORE_HASH_LEN);
	memset(burn.hash, 4, STORE_HASH_LEN);
	CHECK(mem_store_set_block(&c->inner, 0, &b) == ERR_OK);
	CHECK(mem_store_set_tenure(&c->inner, 0, 0) == ERR_OK);
	CHECK(mem_store_set_burn(&c->inner, 100, &burn) == ERR_OK);
}

static void open_state(struct vm_case *c)
{
	vm_case_open(c);
	c->inner.view.height = 1;
	c->inner.view.burn_height = 101;
	for (size_t i = 0; i < COUNT_OF(first_state); i++)
		vm_case_put(c, span_str(first_state[i][0]),
		            span_str(first_state[i][1]));
	first_block(c);
}

void pair_open(struct pair *p, const struct pair_setting *s)
{
	struct vm_chain chain = { .epoch = s->epoch, .chain_id = 0x80000000u };
	uint64_t memory = s->memory_limit ? s->memory_limit : MEMORY_LIMIT;

	*p = (struct pair){ .err = ERR_OK };
	arena_init(&p->arena, (size_t)1 << 30);
	buf_init(&p->report, TEXT_MAX);
	buf_init(&p->log, TEXT_MAX);
	open_state(&p->machine_state);
	open_state(&p->twin_state);
	CHECK(vm_new(&p->machine, &chain, &p->machine_state.store) == ERR_OK);
	CHECK(twin_new(&p->twin, &chain, &p->twin_state.store) == ERR_OK);
	vm_set_exact(p->machine, s->is_exact);
	vm_set_memory_limit(p->machine, memory);
	twin_set_memory_limit(p->twin, memory);
	memset(&p->left, 0xff, sizeof(p->left));
	if (s->limit)
		p->left = *s->limit;
	(void)buf_addf(&p->log, "session\t%s\n", epoch_text(s->epoch));
}

void pair_close(struct pair *p)
{
	vm_free(p->machine);
	twin_free(p->twin);
	vm_case_close(&p->machine_state);
	vm_case_close(&p->twin_state);
	buf_fini(&p->report);
	buf_fini(&p->log);
	arena_fini(&p->arena);
}

const struct principal *pair_principal(struct pair *p, const char *text)
{
	const struct principal *ret;

	CHECK(principal_parse(&p->arena, &ret, span_str(text)) == PRINCIPAL_OK);
	return ret;
}

const struct principal *pair_contract(struct pair *p, const char *name)
{
	const struct principal *ret;

	CHECK(principal_new_contract(&p->arena, &ret,
	                             pair_principal(p, PAIR_ISSUER),
	                             span_str(name)) == ERR_OK);
	return ret;
}

static void add_value(struct buf *b, const struct value *v)
{
	struct buf bytes;

	buf_init(&bytes, TEXT_MAX);
	CHECK(value_codec_write(&bytes, v) == ERR_OK);
	(void)buf_add_hex(b, bytes.p, bytes.len);
	buf_fini(&bytes);
}

static void add_outcome(struct buf *b, enum err e, const struct vm_result *r)
{
	if (e == ERR_OK) {
		(void)buf_add_str(b, "ok ");
		add_value(b, &r->value);
	} else if (e == ERR_RUN) {
		(void)buf_add_str(b, vm_error_name(r->failure.kind));
		if (vm_error_class(r->failure.kind) == VM_ERROR_CLASS_EARLY) {
			(void)buf_add_str(b, " ");
			add_value(b, &r->failure.value);
		}
	} else {
		(void)buf_addf(b, "%s %s", err_name(e),
		               r->diag.rule.name ? r->diag.rule.name : "");
	}
	(void)buf_addf(b, "\nstage %d rejected %d\n", r->stage, r->is_rejected);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Movements have no order that anybody sees. */
static void sort_assets(struct buf *b, size_t from)
{
	char *at = strstr((char *)b->p + from, "\"assets\":[");
	char *end = strstr((char *)b->p + from, "],\"writes\":[");
	char *parts[1024], *copy;
	size_t n = 0, len;

	if (!at || !end)
		return;
	at += strlen("\"assets\":[");
	len = (size_t)(end - at);
	copy = strndup(at, len);
	CHECK(copy);
	for (char *s = copy; s && *s && n < COUNT_OF(parts);) {
		char *next = strstr(s, "],[\"");

		parts[n++] = s;
		if (next) {
			next[1] = '\0';
			next += 2;
		}
		s = next;
	}
	qsort(parts, n, sizeof(parts[0]), by_text);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			*at++ = ',';
		memcpy(at, parts[i], strlen(parts[i]));
		at += strlen(parts[i]);
	}
	free(copy);
}

void pair_describe(struct buf *b, struct vm_case *state, enum err e,
                   const struct vm_result *r)
{
	size_t from;

	add_outcome(b, e, r);
	(void)buf_add_str(b, "cost");
	for (int u = 0; u < COST_UNITS; u++)
		(void)buf_addf(b, " %llu", (unsigned long long)r->cost.of[u]);
	(void)buf_addf(b, "\nmemory %llu\n", (unsigned long long)r->memory);
	from = b->len;
	if (e == ERR_OK)
		vm_case_effects(state, b, r);
	(void)buf_add_u8(b, 0);
	sort_assets(b, from);
	b->len--;
	(void)buf_add_str(b, "\n");
	CHECK(buf_err(b) == ERR_OK);
}

/* Compares, and keeps both accounts if they differ. */
static bool judge(struct pair *p, enum err twin_err,
                  const struct vm_result *twin_result)
{
	struct buf a, b;
	bool same;

	buf_init(&a, TEXT_MAX);
	buf_init(&b, TEXT_MAX);
	buf_reset(&p->machine_state.writes);
	buf_reset(&p->twin_state.writes);
	if (p->err == ERR_OK)
		CHECK(vm_commit(p->machine) == ERR_OK);
	if (twin_err == ERR_OK)
		CHECK(twin_commit(p->twin) == ERR_OK);
	pair_describe(&a, &p->machine_state, p->err, &p->result);
	pair_describe(&b, &p->twin_state, twin_err, twin_result);
	same = span_eq(buf_span(&a), buf_span(&b));
	buf_reset(&p->report);
	if (!same)
		(void)buf_addf(&p->report, "machine: %s\ntwin: %s\n",
		               buf_str(&a), buf_str(&b));
	for (int u = 0; u < COST_UNITS; u++) {
		uint64_t spent = p->result.cost.of[u];

		p->left.of[u] -= spent < p->left.of[u] ? spent : p->left.of[u];
	}
	buf_fini(&a);
	buf_fini(&b);
	return same;
}

static void log_source(struct buf *log, struct span source)
{
	for (size_t i = 0; i < source.len; i++) {
		if (source.p[i] == '\n')
			(void)buf_add_str(log, "\\n");
		else if (source.p[i] == '\t')
			(void)buf_add_str(log, "\\t");
		else if (source.p[i] == '\\')
			(void)buf_add_str(log, "\\\\");
		else
			(void)buf_add_u8(log, source.p[i]);
	}
}

bool pair_deploy(struct pair *p, const char *name, enum clarity_version v,
                 struct span source)
{
	struct vm_source s = { .contract = pair_contract(p, name),
		               .text = source,
		               .version = v };
	struct vm_result r;
	enum err e;

	(void)buf_addf(&p->log, "deploy\t%s\t%d\t", name, (int)v);
	log_source(&p->log, source);
	(void)buf_add_str(&p->log, "\n");
	vm_begin(p->machine, &p->left);
	p->err = vm_deploy(p->machine, &s, &p->result);
	twin_begin(p->twin, &p->left);
	e = twin_deploy(p->twin, &s, &r);
	return judge(p, e, &r);
}

bool pair_call(struct pair *p, const struct vm_call *c)
{
	struct vm_result r;
	enum err e;

	(void)buf_addf(&p->log, "call\t%.*s\t%.*s\t",
	               (int)principal_name(c->contract).len,
	               (const char *)principal_name(c->contract).p,
	               (int)c->function.len, (const char *)c->function.p);
	(void)principal_format(&p->log, c->sender);
	(void)buf_add_str(&p->log, "\t");
	for (uint32_t i = 0; i < c->n_args; i++) {
		(void)buf_add_str(&p->log, i ? "," : "");
		add_value(&p->log, &c->args[i]);
	}
	(void)buf_add_str(&p->log, c->n_args ? "\n" : "-\n");
	vm_begin(p->machine, &p->left);
	p->err = vm_call(p->machine, c, &p->result);
	twin_begin(p->twin, &p->left);
	e = twin_call(p->twin, c, &r);
	return judge(p, e, &r);
}

bool pair_call_named(struct pair *p, const char *contract, const char *fn,
                     const struct value *args, uint32_t n)
{
	struct vm_call c = {
		.sender = pair_principal(p, PAIR_ISSUER),
		.contract = pair_contract(p, contract),
		.function = span_str(fn),
		.args = args,
		.n_args = n,
	};

	return pair_call(p, &c);
}

/* A hash that tells what it is of, and at which height. */
static void fill_hash(uint8_t ret[STORE_HASH_LEN], uint8_t kind,
                      uint32_t height)
{
	memset(ret, kind, STORE_HASH_LEN);
	be32_write(ret + STORE_HASH_LEN - 4, height);
}

static void tell_burn(struct vm_case *c, uint32_t height)
{
	static const uint8_t version = 1;
	uint8_t *hash = arena_zalloc(&c->lasting, 20);
	struct store_pox_addr *addr =
	    arena_new(&c->lasting, struct store_pox_addr);
	struct store_burn b = { .has_payout = true,
		                .addrs = addr,
		                .n_addrs = 1,
		                .payout = (u128)height * 7 };

	CHECK(hash && addr);
	hash[19] = (uint8_t)height;
	*addr =
	    (struct store_pox_addr){ span_of(&version, 1), span_of(hash, 20) };
	fill_hash(b.hash, 0x22, height);
	CHECK(mem_store_set_burn(&c->inner, 100 + height, &b) == ERR_OK);
}

static void next_block(struct vm_case *c)
{
	char text[32];
	uint32_t height = c->inner.view.height;
	struct store_block b = { .time = 1700000000 + height,
		                 .burn_time = 1690000000 + height,
		                 .is_nakamoto = true,
		                 .spend_winner = 10,
		                 .spend_total = 30,
		                 .has_reward = true,
		                 .reward = 500 };

	pair_block_id(b.id, height);
	vm_case_end_block(c, b.id);
	CHECK(principal_parse(&c->lasting, &b.miner,
	                      span_str("ST000000000000000000002AMW42H")) ==
	      PRINCIPAL_OK);
	fill_hash(b.header_hash, 0x11, height);
	fill_hash(b.burn_hash, 0x22, height);
	fill_hash(b.vrf_seed, 0x33, height);
	CHECK(mem_store_set_block(&c->inner, height, &b) == ERR_OK);
	CHECK(mem_store_set_tenure(&c->inner, height, height) == ERR_OK);
	tell_burn(c, height);
	c->inner.view.height++;
	c->inner.view.burn_height++;
	(void)snprintf(text, sizeof(text), "%08x", height + 1);
	vm_case_put(c, span_str("_stx-data::tenure_height"), span_str(text));
	(void)snprintf(text, sizeof(text), "%u", 1700000000 + height + 1);
	vm_case_put(c, span_str("_stx-data::clarity_storage::block_time"),
	            span_str(text));
}

void pair_end_block(struct pair *p)
{
	(void)buf_add_str(&p->log, "block\n");
	next_block(&p->machine_state);
	next_block(&p->twin_state);
}
