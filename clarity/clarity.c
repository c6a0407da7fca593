/* clarity/clarity.c - The library's public face; contract in clarity.h. */
#include "config.h"

#include "clarity/clarity.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/embed_store.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/mem_store.h"
#include "clarity/vm/stx_balance.h"
#include "clarity/vm/vm.h"

/* What one machine keeps in memory, one transaction needs beside the machine,
 * and one text is long, at most. */
#define STORE_MAX ((size_t)64 << 30)
#define WORK_MAX ((size_t)4 << 30)
#define TEXT_MAX ((size_t)1 << 30)

#define CHAIN_MAINNET 1u
#define CHAIN_TESTNET 0x80000000u

struct clarity {
	struct vm *vm;
	struct mem_store mem;     /* without a store of the embedder's */
	struct embed_store embed; /* with one */
	bool has_store;
	enum epoch epoch;
	struct arena work; /* of the transaction */

	/* Of the last check, deployment, call or evaluation. */
	struct vm_result r;
	const struct principal *contract; /* that it was about */
	bool has_value;
	const char *kind;
	const char *why;
	struct buf bytes; /* texts that were asked for */
	struct buf text;
	struct buf event;
	struct buf place;
};

static void forget_result(struct clarity *c)
{
	c->r = (struct vm_result){ .stage = VM_STAGE_PARSE };
	c->contract = NULL;
	c->has_value = false;
	c->kind = "";
	c->why = "";
	if (c->has_store)
		c->embed.failure = 0;
	buf_reset(&c->bytes);
	buf_reset(&c->text);
	buf_reset(&c->event);
	buf_reset(&c->place);
}

static enum clarity_status misuse(struct clarity *c, const char *why)
{
	c->kind = "Misuse";
	c->why = why;
	return CLARITY_MISUSE;
}

/* Verdicts and faults, as embedders see them. */
static enum clarity_status status_of(struct clarity *c, enum err e)
{
	if (e == ERR_OK)
		return CLARITY_OK;
	if (e == ERR_NO_MEMORY)
		return CLARITY_NO_MEMORY;
	c->why = err_text(e);
	c->kind = err_name(e);
	if (err_class(e) == ERR_CLASS_FAULT)
		return CLARITY_STORE_FAILED;
	if (e == ERR_RUN) {
		c->kind = vm_error_name(c->r.failure.kind);
		c->why = c->r.failure.text;
		return CLARITY_FAILED;
	}
	if (c->r.diag.rule.stage != DIAG_NONE) {
		c->kind = c->r.diag.rule.name;
		c->why = c->r.diag.message;
	}
	return CLARITY_REFUSED;
}

/* --- machines --- */

static enum err start(struct clarity *c, const struct clarity_options *o)
{
	struct vm_chain chain = { .epoch = c->epoch,
		                  .is_mainnet = o->is_mainnet,
		                  .chain_id = o->chain_id };

	if (chain.chain_id == 0)
		chain.chain_id = o->is_mainnet ? CHAIN_MAINNET : CHAIN_TESTNET;
	c->has_store = o->store != NULL;
	if (c->has_store)
		embed_store_init(&c->embed, o->store);
	else
		mem_store_init(&c->mem, STORE_MAX);
	return vm_new(&c->vm, &chain,
	              c->has_store ? &c->embed.store : &c->mem.store);
}

static bool find_epoch(enum epoch *ret, const char *text)
{
	*ret = EPOCH_3_4;
	if (!text)
		return true;
	return epoch_parse(ret, span_str(text)) && *ret >= EPOCH_FIRST &&
	       *ret <= EPOCH_LAST;
}

enum clarity_status clarity_new(struct clarity **ret,
                                const struct clarity_options *options)
{
	struct clarity_options o = { .epoch = NULL };
	enum epoch epoch;
	struct clarity *c;

	if (options)
		o = *options;
	if (!find_epoch(&epoch, o.epoch))
		return CLARITY_MISUSE;
	c = calloc(1, sizeof(*c));
	if (!c)
		return CLARITY_NO_MEMORY;
	c->epoch = epoch;
	arena_init(&c->work, WORK_MAX);
	buf_init(&c->bytes, TEXT_MAX);
	buf_init(&c->text, TEXT_MAX);
	buf_init(&c->event, TEXT_MAX);
	buf_init(&c->place, TEXT_MAX);
	if (start(c, &o) != ERR_OK) {
		clarity_free(c);
		return CLARITY_NO_MEMORY;
	}
	forget_result(c);
	clarity_set_heights(c, 1, 1);
	*ret = c;
	return CLARITY_OK;
}

void clarity_free(struct clarity *c)
{
	if (!c)
		return;
	vm_free(c->vm);
	if (!c->has_store)
		mem_store_fini(&c->mem);
	arena_fini(&c->work);
	buf_fini(&c->bytes);
	buf_fini(&c->text);
	buf_fini(&c->event);
	buf_fini(&c->place);
	free(c);
}

void clarity_set_heights(struct clarity *c, uint32_t height,
                         uint32_t burn_height)
{
	struct store_view *view = c->has_store ? &c->embed.view : &c->mem.view;

	view->height = height;
	view->burn_height = burn_height;
	for (int i = 0; i < 4; i++)
		view->unlock_height[i] = UINT32_MAX;
}

void clarity_begin(struct clarity *c, const struct clarity_costs *limit)
{
	struct cost l;

	forget_result(c);
	arena_reset(&c->work);
	memset(&l, 0xff, sizeof(l));
	if (limit) {
		l.of[COST_RUNTIME] = limit->runtime;
		l.of[COST_READ_COUNT] = limit->read_count;
		l.of[COST_READ_LENGTH] = limit->read_length;
		l.of[COST_WRITE_COUNT] = limit->write_count;
		l.of[COST_WRITE_LENGTH] = limit->write_length;
	}
	vm_begin(c->vm, &l);
}

enum clarity_status clarity_commit(struct clarity *c)
{
	return status_of(c, vm_commit(c->vm));
}

/* --- contracts --- */

/* The identifier of a contract, or an account's address. */
static const struct principal *find_name(struct clarity *c, const char *text,
                                         bool is_contract)
{
	const struct principal *p;

	if (!text || principal_parse(&c->work, &p, span_str(text)))
		return NULL;
	return !is_contract || principal_is_contract(p) ? p : NULL;
}

/* What is to be deployed. @return CLARITY_OK or CLARITY_MISUSE. */
static enum clarity_status prepare(struct clarity *c, struct vm_source *ret,
                                   const char *contract, struct span text,
                                   int version)
{
	int newest = (int)version_max(c->epoch);

	forget_result(c);
	if (version == 0)
		version = newest;
	if (version < (int)CLARITY_FIRST || version > newest)
		return misuse(c, "the epoch does not have this version");
	*ret = (struct vm_source){
		.contract = find_name(c, contract, true),
		.text = text,
		.version = (enum clarity_version)version,
	};
	c->contract = ret->contract;
	return ret->contract ? CLARITY_OK
	                     : misuse(c, "that identifies no contract");
}

enum clarity_status clarity_check(struct clarity *c, const char *contract,
                                  const char *text, size_t len, int version)
{
	struct vm_source source;
	enum clarity_status s =
	    prepare(c, &source, contract, span_of(text, len), version);

	if (s != CLARITY_OK)
		return s;
	return status_of(c, vm_check(c->vm, &source, &c->r.diag));
}

enum clarity_status clarity_deploy(struct clarity *c, const char *contract,
                                   const char *text, size_t len, int version)
{
	struct vm_source source;
	enum clarity_status s =
	    prepare(c, &source, contract, span_of(text, len), version);

	if (s != CLARITY_OK)
		return s;
	return status_of(c, vm_deploy(c->vm, &source, &c->r));
}

/* --- calls --- */

/* Results may point into arguments, so these last as long as the former. */
static enum clarity_status read_args(struct clarity *c,
                                     const struct clarity_call *call,
                                     const struct value **ret)
{
	struct value *args =
	    arena_new_array(&c->work, struct value, call->n_args);

	if (!args)
		return CLARITY_NO_MEMORY;
	for (size_t i = 0; i < call->n_args; i++) {
		const struct clarity_bytes *b = &call->args[i];
		const void *copy = arena_copy(&c->work, b->p, b->len);
		enum err e;

		if (!copy)
			return CLARITY_NO_MEMORY;
		e = value_codec_read_all(&c->work, &args[i],
		                         span_of(copy, b->len), NULL);
		if (e == ERR_NO_MEMORY)
			return CLARITY_NO_MEMORY;
		if (e != ERR_OK)
			return misuse(c, "an argument is no value's bytes");
	}
	*ret = args;
	return CLARITY_OK;
}

static enum clarity_status
run(struct clarity *c, const struct clarity_call *call, bool is_read_only)
{
	struct vm_call v = { .is_read_only = is_read_only };
	enum clarity_status s;

	forget_result(c);
	v.contract = find_name(c, call->contract, true);
	v.sender = find_name(c, call->sender, false);
	c->contract = v.contract;
	if (!v.contract)
		return misuse(c, "that identifies no contract");
	if (!v.sender)
		return misuse(c, "that is nobody's address");
	if (!call->function || call->n_args > UINT32_MAX)
		return misuse(c, "that is no call");
	v.function = span_str(call->function);
	v.n_args = (uint32_t)call->n_args;
	s = read_args(c, call, &v.args);
	if (s != CLARITY_OK)
		return s;
	s = status_of(c, vm_call(c->vm, &v, &c->r));
	c->has_value = s == CLARITY_OK;
	return s;
}

enum clarity_status clarity_call(struct clarity *c,
                                 const struct clarity_call *call)
{
	return run(c, call, false);
}

enum clarity_status clarity_call_read_only(struct clarity *c,
                                           const struct clarity_call *call)
{
	return run(c, call, true);
}

enum clarity_status clarity_eval(struct clarity *c, const char *contract,
                                 const char *text, size_t len)
{
	struct vm_expr x = { .text = span_of(text, len),
		             .version = version_max(c->epoch) };
	enum clarity_status s;

	forget_result(c);
	if (contract) {
		x.contract = find_name(c, contract, true);
		c->contract = x.contract;
		if (!x.contract)
			return misuse(c, "that identifies no contract");
	}
	s = status_of(c, vm_eval(c->vm, &x, &c->r));
	c->has_value = s == CLARITY_OK;
	return s;
}

/* --- STX --- */

static enum err read_balance(struct clarity *c, const struct store_key *key,
                             struct stx_balance *ret)
{
	struct span bytes;
	bool found;

	*ret = (struct stx_balance){ 0 };
	TRY(vm_read(c->vm, key, &bytes, &found));
	if (found && !stx_balance_parse(ret, bytes))
		return ERR_STORE_CORRUPT;
	return ERR_OK;
}

/* A uint in consensus form; one that is not there yet is 0. */
static enum err add_supply(struct clarity *c, uint64_t ustx)
{
	struct store_key key = { .text = span_str(
				     "_stx-data::ustx_liquid_supply") };
	uint8_t bytes[17] = { 1 };
	struct span stored;
	bool found;
	u128 supply = 0;

	TRY(vm_read(c->vm, &key, &stored, &found));
	if (found && stored.len != sizeof(bytes))
		return ERR_STORE_CORRUPT;
	if (found)
		supply = be128_read(stored.p + 1);
	if (!u128_add(&supply, supply, ustx))
		return ERR_OVERFLOW;
	be128_write(bytes + 1, supply);
	return vm_write(c->vm, &key, span_of(bytes, sizeof(bytes)), STORE_HEX);
}

enum clarity_status clarity_give_stx(struct clarity *c, const char *account,
                                     uint64_t ustx)
{
	const struct principal *who = find_name(c, account, false);
	uint8_t bytes[STX_BALANCE_MAX_LEN];
	struct stx_balance b;
	struct store_key key;
	enum err e;

	forget_result(c);
	if (!who)
		return misuse(c, "that is nobody's address");
	key = stx_balance_key(who);
	e = read_balance(c, &key, &b);
	if (e == ERR_OK && !u128_add(&b.unlocked, b.unlocked, ustx))
		e = ERR_OVERFLOW;
	if (e == ERR_OK)
		e = add_supply(c, ustx);
	if (e == ERR_OVERFLOW)
		return misuse(c, "that is too much");
	if (e == ERR_OK)
		e = vm_write(c->vm, &key,
		             span_of(bytes, stx_balance_format(bytes, &b)),
		             STORE_HEX);
	return status_of(c, e);
}

/* --- results --- */

struct clarity_bytes clarity_value_bytes(struct clarity *c)
{
	struct clarity_bytes none = { NULL, 0 };

	if (!c->has_value)
		return none;
	buf_reset(&c->bytes);
	(void)value_codec_write(&c->bytes, &c->r.value);
	if (buf_err(&c->bytes) != ERR_OK)
		return none;
	return (struct clarity_bytes){ c->bytes.p, c->bytes.len };
}

const char *clarity_value_text(struct clarity *c)
{
	if (!c->has_value)
		return "";
	buf_reset(&c->text);
	(void)repr_source(&c->text, &c->r.value);
	return buf_err(&c->text) == ERR_OK ? buf_str(&c->text) : "";
}

struct clarity_costs clarity_cost(const struct clarity *c)
{
	const struct cost *cost = &c->r.cost;

	return (struct clarity_costs){
		.runtime = cost->of[COST_RUNTIME],
		.read_count = cost->of[COST_READ_COUNT],
		.read_length = cost->of[COST_READ_LENGTH],
		.write_count = cost->of[COST_WRITE_COUNT],
		.write_length = cost->of[COST_WRITE_LENGTH],
	};
}

size_t clarity_event_count(const struct clarity *c)
{
	return c->r.n_events;
}

const char *clarity_event_json(struct clarity *c, size_t index)
{
	if (index >= c->r.n_events)
		return NULL;
	buf_reset(&c->event);
	(void)event_format(&c->event, &c->r.events[index], "0x",
	                   (uint32_t)index, true);
	return buf_err(&c->event) == ERR_OK ? buf_str(&c->event) : NULL;
}

const char *clarity_error_kind(const struct clarity *c)
{
	return c->kind;
}

const char *clarity_error_text(const struct clarity *c)
{
	return c->why;
}

bool clarity_error_is_fatal(const struct clarity *c)
{
	return c->r.is_rejected;
}

/* A refused text has one place, if its rule has one. */
static bool is_refused_somewhere(const struct clarity *c)
{
	return c->r.diag.rule.stage != DIAG_NONE && c->r.diag.span.end > 0;
}

size_t clarity_error_depth(const struct clarity *c)
{
	if (c->r.failure.kind != VM_ERROR_NONE)
		return c->r.failure.n_places;
	return is_refused_somewhere(c) ? 1 : 0;
}

struct clarity_place clarity_error_place(struct clarity *c, size_t index)
{
	struct clarity_place none = { NULL, "", 0, 0 };
	struct vm_place p = { .contract = c->contract,
		              .function = span_of("", 0),
		              .span = c->r.diag.span };
	size_t len;

	if (index >= clarity_error_depth(c))
		return none;
	if (c->r.failure.kind != VM_ERROR_NONE)
		p = c->r.failure.places[index];
	buf_reset(&c->place);
	if (p.contract)
		(void)principal_format(&c->place, p.contract);
	(void)buf_add_u8(&c->place, '\0');
	len = c->place.len;
	(void)buf_add_span(&c->place, p.function);
	if (buf_err(&c->place) != ERR_OK)
		return none;

	const char *text = buf_str(&c->place);

	return (struct clarity_place){ text, text + len, p.span.start,
		                       p.span.end };
}

int clarity_store_error(const struct clarity *c)
{
	return c->has_store ? c->embed.failure : 0;
}

const char *clarity_version_text(void)
{
	return PACKAGE_VERSION;
}
