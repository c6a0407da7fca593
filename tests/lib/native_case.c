/* tests/lib/native_case.c - Natives asked alone; see native_case.h. */
#include "config.h"

#include "tests/lib/native_case.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/cost/price.h"
#include "clarity/value/int128.h"
#include "clarity/value/repr.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/native_bitcoin.h"
#include "clarity/vm/native_codec.h"
#include "clarity/vm/native_convert.h"
#include "clarity/vm/native_hash.h"
#include "clarity/vm/native_principal.h"
#include "clarity/vm/native_seq.h"
#include "tests/lib/type_text.h"

#define PARTS_MAX 40u
#define PARTS_FIXED 5u

/* What a failing host function returns; any verdict will do. */
#define ERR_FAILED ERR_SYNTAX

/* The machine, as far as these natives can see. */
struct vm {
	struct arena *a;
	struct buf *charges;
	enum epoch epoch;
	bool is_mainnet;
	enum vm_error kind; /* why the native failed */
};

struct arena *host_arena(struct vm *vm)
{
	return vm->a;
}

enum epoch host_epoch(const struct vm *vm)
{
	return vm->epoch;
}

bool host_is_mainnet(const struct vm *vm)
{
	return vm->is_mainnet;
}

enum err host_charge(struct vm *vm, enum price_id id, uint64_t n)
{
	struct cost cost;

	(void)buf_addf(vm->charges, " %s:%llu", price_name(id),
	               (unsigned long long)n);
	if (price_eval(&price_table(vm->epoch)[id], n, &cost) == ERR_OK)
		return ERR_OK;
	vm->kind = VM_ERROR_COST_COMPUTATION_FAILED;
	return ERR_FAILED;
}

enum err host_clone(struct vm *vm, const struct native_call *c, uint32_t i)
{
	(void)vm;
	(void)c;
	(void)i;
	return ERR_OK;
}

bool host_believes_types(const struct vm *vm)
{
	(void)vm;
	return false;
}

enum err host_list_type(struct vm *vm, const struct type **ret,
                        const struct type *item, uint32_t len)
{
	struct type_diag diag;

	return host_type(vm, type_list(vm->a, ret, item, len, &diag), &diag);
}

struct value *host_grow(struct vm *vm, const struct value *list)
{
	struct value *items = arena_new_array(vm->a, struct value, list->n + 1);

	if (items && list->n > 0)
		memcpy(items, list->items, list->n * sizeof(*items));
	return items;
}

enum err host_fail(struct vm *vm, enum vm_error kind, const char *fmt, ...)
{
	(void)fmt;
	vm->kind = kind;
	return ERR_FAILED;
}

enum err host_fail_value(struct vm *vm, const struct type *expected,
                         const struct value *v)
{
	CHECK(expected && v);
	vm->kind = VM_ERROR_TYPE_VALUE_ERROR;
	return ERR_FAILED;
}

enum err host_fail_union(struct vm *vm, const struct value *v)
{
	CHECK(v);
	vm->kind = VM_ERROR_UNION_TYPE_VALUE_ERROR;
	return ERR_FAILED;
}

enum err host_type(struct vm *vm, enum err e, const struct type_diag *diag)
{
	static const uint8_t kinds[TYPE_ERROR_COUNT] = {
		[TYPE_ERROR_VALUE_TOO_LARGE] = VM_ERROR_VALUE_TOO_LARGE,
		[TYPE_ERROR_TOO_DEEP] = VM_ERROR_TYPE_TOO_DEEP,
		[TYPE_ERROR_MISMATCH_VALUE] = VM_ERROR_TYPE_VALUE_ERROR,
		[TYPE_ERROR_MISMATCH] = VM_ERROR_TYPE_ERROR,
		[TYPE_ERROR_LIST_MISMATCH] = VM_ERROR_LIST_TYPES_MUST_MATCH,
		[TYPE_ERROR_UNKNOWN_TYPE] = VM_ERROR_UNKNOWN_TYPE,
		[TYPE_ERROR_INVARIANT] = VM_ERROR_EXPECT,
		[TYPE_ERROR_ELEMENT_ARITY] = VM_ERROR_UNREACHABLE,
	};

	if (e != ERR_TYPE)
		return e;
	CHECK(kinds[diag->kind] != VM_ERROR_NONE);
	vm->kind = (enum vm_error)kinds[diag->kind];
	return ERR_FAILED;
}

struct row {
	const char *name;
	native_fn *fn;
	native_step_fn *steps[2];
};

static const struct row rows[] = {
	{ "list", native_seq_list, { NULL } },
	{ "append", native_seq_append, { NULL } },
	{ "concat", native_seq_concat, { NULL } },
	{ "len", native_seq_len, { NULL } },
	{ "element-at?", native_seq_element_at, { NULL } },
	{ "index-of?", native_seq_index_of, { NULL } },
	{ "slice?", native_seq_slice, { NULL } },
	{ "replace-at?", native_seq_replace_at, { NULL } },
	{ "as-max-len?", native_seq_as_max_len, { NULL } },
	{ "hash160", native_hash_hash160, { NULL } },
	{ "sha256", native_hash_sha256, { NULL } },
	{ "sha512", native_hash_sha512, { NULL } },
	{ "sha512/256", native_hash_sha512_256, { NULL } },
	{ "keccak256", native_hash_keccak256, { NULL } },
	{ "secp256k1-recover?",
	  native_hash_k1_recover,
	  { native_hash_k1_digest, native_hash_k1_recover_signature } },
	{ "secp256k1-verify",
	  native_hash_k1_verify,
	  { native_hash_k1_digest, native_hash_k1_signature } },
	{ "secp256r1-verify",
	  native_hash_r1_verify,
	  { native_hash_k1_digest, native_hash_r1_signature } },
	{ "secp256k1-decompress?", native_hash_k1_decompress, { NULL } },
	{ "ed25519-verify", native_hash_ed25519_verify, { NULL } },
	{ "buff-to-int-le", native_convert_buff_to_int_le, { NULL } },
	{ "buff-to-int-be", native_convert_buff_to_int_be, { NULL } },
	{ "buff-to-uint-le", native_convert_buff_to_uint_le, { NULL } },
	{ "buff-to-uint-be", native_convert_buff_to_uint_be, { NULL } },
	{ "string-to-int?", native_convert_string_to_int, { NULL } },
	{ "string-to-uint?", native_convert_string_to_uint, { NULL } },
	{ "int-to-ascii", native_convert_int_to_ascii, { NULL } },
	{ "int-to-utf8", native_convert_int_to_utf8, { NULL } },
	{ "to-ascii?", native_convert_to_ascii, { NULL } },
	{ "to-consensus-buff?", native_codec_to_buff, { NULL } },
	{ "from-consensus-buff?", native_codec_from_buff, { NULL } },
	{ "is-standard", native_principal_is_standard, { NULL } },
	{ "principal-of?", native_principal_of_key, { NULL } },
	{ "principal-destruct?", native_principal_destruct, { NULL } },
	{ "principal-construct?", native_principal_construct, { NULL } },
	{ "verify-merkle-proof", native_bitcoin_verify_proof, { NULL } },
	{ "get-bitcoin-tx-output?", native_bitcoin_tx_output, { NULL } },
};

static const struct row *find_row(struct span name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (span_eq(name, span_str(rows[i].name)))
			return &rows[i];
	}
	return NULL;
}

static enum err run_row(struct vm *vm, const struct row *row,
                        const struct native_call *c, struct value *ret)
{
	bool done = false;

	for (size_t i = 0; i < COUNT_OF(row->steps) && row->steps[i]; i++) {
		TRY(row->steps[i](vm, c, ret, &done));
		if (done)
			return ERR_OK;
	}
	return row->fn(vm, c, ret);
}

static uint32_t split(struct span line, struct span parts[PARTS_MAX])
{
	uint32_t n = 0;

	while (n < PARTS_MAX) {
		const uint8_t *tab =
		    line.len ? memchr(line.p, '\t', line.len) : NULL;
		size_t len = tab ? (size_t)(tab - line.p) : line.len;

		parts[n++] = span_of(line.p, len);
		if (!tab)
			break;
		line = span_of(tab + 1, line.len - len - 1);
	}
	return n;
}

/* Reads the fixed parts: epoch, version, network and what is extra. */
static bool read_setting(struct vm *vm, struct native_call *c,
                         const struct span *parts)
{
	struct span extra = parts[4];
	i128 len;

	if (!epoch_parse(&vm->epoch, parts[1]) ||
	    !version_parse(&c->version, parts[2]))
		return false;
	vm->is_mainnet = span_eq(parts[3], span_str("main"));
	if (span_eq(extra, span_str("-")))
		return true;
	if (int128_parse(&len, extra)) {
		c->extra = (uint32_t)len;
		return true;
	}
	return type_text_parse(vm->a, &c->type, extra, NULL) == ERR_OK;
}

static void say(struct buf *b, struct vm *vm, enum err e,
                const struct value *ret)
{
	const struct type *type;
	struct span bytes;

	if (e != ERR_OK) {
		CHECK(vm->kind != VM_ERROR_NONE);
		(void)buf_add_str(b, vm_error_name(vm->kind));
	} else {
		CHECK(value_codec_bytes(vm->a, &bytes, ret) == ERR_OK);
		CHECK(value_type(vm->a, &type, ret, NULL) == ERR_OK);
		(void)buf_add_hex(b, bytes.p, bytes.len);
		(void)buf_add_u8(b, ' ');
		(void)repr_type(b, type);
	}
	(void)buf_add(b, vm->charges->p, vm->charges->len);
}

bool native_case_answer(struct buf *b, struct arena *a, struct span line)
{
	struct span parts[PARTS_MAX];
	struct value args[PARTS_MAX];
	uint32_t n = split(line, parts);
	const struct row *row = find_row(parts[0]);
	struct native_call c = { .args = args };
	struct buf charges;
	struct vm vm = { .a = a, .charges = &charges };

	if (!row || n < PARTS_FIXED || !read_setting(&vm, &c, parts))
		return false;
	for (uint32_t i = PARTS_FIXED; i < n; i++) {
		if (value_codec_read_hex(a, &args[c.n++], parts[i], NULL) !=
		    ERR_OK)
			return false;
	}
	buf_init(&charges, 4096);
	/* The result takes the place of an argument, as in the machine. */
	say(b, &vm, run_row(&vm, row, &c, &args[0]), &args[0]);
	buf_fini(&charges);
	return true;
}
