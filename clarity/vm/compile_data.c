/* clarity/vm/compile_data.c - Variables, maps, tokens, STX, block facts. */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/vm/compile.h"
#include "clarity/vm/native_block.h"

static void missing(struct emitter *em, const char *what)
{
	emit_fail(em, VM_ERROR_UNREACHABLE, span_str(what));
}

/* The index of what argument 0 names, if it names something of that kind. */
static bool named(struct emitter *em, const struct compile_args *args,
                  enum contract_kind kind, uint32_t *ret)
{
	if (!args->nodes || args->nodes[0].kind != AST_ATOM)
		return false;

	struct contract_name n =
	    contract_lookup(em->contract, args->nodes[0].sym);

	*ret = n.index;
	return n.kind == kind;
}

static void data_var(struct emitter *em, enum native id,
                     const struct compile_args *args, struct opnd *ret)
{
	uint32_t top = em->top;
	uint32_t index = 0;
	struct opnd v = { 0 };

	if (id == NATIVE_VAR_SET)
		compile_arg(em, args, 1, &v);
	if (!named(em, args, CONTRACT_VAR, &index)) {
		missing(em, "no such data variable");
		return;
	}
	if (id == NATIVE_VAR_SET)
		emit_clone(em, &v);
	ret->at = emit_result(em, top);
	if (id == NATIVE_VAR_SET)
		(void)EMIT(em, VAR_SET, 0, ret->at, index, v.at, 0);
	else
		(void)EMIT(em, VAR_GET, 0, ret->at, index, 0, 0);
}

/* Reading and deleting borrow the key; writing copies key and value, after
 * both were evaluated. */
static void data_map(struct emitter *em, enum native id,
                     const struct compile_args *args, struct opnd *ret)
{
	uint32_t top = em->top;
	uint32_t index = 0;
	struct opnd key, value = { 0 };
	bool writes = id == NATIVE_MAP_SET || id == NATIVE_MAP_INSERT;

	compile_arg(em, args, 1, &key);
	if (writes)
		compile_arg(em, args, 2, &value);
	if (!named(em, args, CONTRACT_MAP, &index)) {
		missing(em, "no such map");
		return;
	}
	if (writes) {
		emit_clone(em, &key);
		emit_clone(em, &value);
	}
	ret->at = emit_result(em, top);
	if (writes)
		(void)EMIT(em, MAP_SET, id, ret->at, index, key.at, value.at);
	else if (id == NATIVE_MAP_GET)
		(void)EMIT(em, MAP_GET, 0, ret->at, index, key.at, 0);
	else
		(void)EMIT(em, MAP_DELETE, 0, ret->at, index, key.at, 0);
}

/* Arguments from `first` on in a row, unpaid; then the native. */
static void call(struct emitter *em, enum native id,
                 const struct compile_args *args, uint32_t first,
                 uint32_t extra, struct opnd *ret)
{
	uint32_t top = em->top;
	struct native_site site = { .extra = extra };
	uint32_t base = compile_row(em, args, first, false, &site.in_place);

	ret->at = emit_result(em, top);
	(void)EMIT(em, NATIVE, id, ret->at, base, args->n - first,
	           emit_native_site(em, &site));
}

static void token(struct emitter *em, enum native id, enum price_id price,
                  enum contract_kind kind, const struct compile_args *args,
                  struct opnd *ret)
{
	uint32_t index = 0;

	/* Natives of non-fungible tokens charge by the size of the id. */
	if (price != PRICE_COUNT)
		emit_charge(em, price, 0);
	if (!named(em, args, kind, &index)) {
		missing(em, "no such token");
		return;
	}
	call(em, id, args, 1, index, ret);
}

static void stx(struct emitter *em, enum native id, enum price_id price,
                const struct compile_args *args, struct opnd *ret)
{
	emit_charge(em, price, 0);
	call(em, id, args, 0, 0, ret);
}

static void block(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret)
{
	enum block_property p = BLOCK_PROPERTY_COUNT;

	emit_charge(em,
	            id == NATIVE_GET_BURN_BLOCK_INFO ? PRICE_BURN_BLOCK_INFO
	                                             : PRICE_BLOCK_INFO,
	            0);
	if (args->n != 2) {
		emit_fail(em, VM_ERROR_ARGUMENT_COUNT,
		          span_str(native_table[id].name));
		return;
	}
	if (args->nodes && args->nodes[0].kind == AST_ATOM)
		p = native_block_property(
		    id, symtab_name(em->contract->syms, args->nodes[0].sym),
		    em->contract->version);
	if (p == BLOCK_PROPERTY_COUNT) {
		missing(em, "no such property of a block");
		return;
	}
	call(em, id, args, 1, p, ret);
}

/* What is seen inside is the state as of another block, and read only. */
static void travel(struct emitter *em, const struct compile_args *args,
                   struct opnd *ret)
{
	uint32_t top = em->top;
	struct opnd hash;

	if (!epoch_has_at_block(em->epoch)) {
		emit_fail(em, VM_ERROR_AT_BLOCK_UNAVAILABLE, span_of(NULL, 0));
		return;
	}
	emit_charge(em, PRICE_AT_BLOCK, 0);
	compile_arg(em, args, 0, &hash);
	(void)EMIT(em, TRAVEL_BEGIN, 0, 0, hash.at, 0, 0);
	em->top = top;
	compile_owned(em, args, 1, ret);
	(void)EMIT(em, TRAVEL_END, 0, 0, 0, 0, 0);
	emit_keep(em, top, ret);
}

static void compile_stx(struct emitter *em, enum native id,
                        const struct compile_args *args, struct opnd *ret)
{
	switch ((int)id) {
	case NATIVE_STX_GET_BALANCE:
		stx(em, id, PRICE_STX_BALANCE, args, ret);
		return;
	case NATIVE_STX_ACCOUNT:
		stx(em, id, PRICE_STX_ACCOUNT, args, ret);
		return;
	case NATIVE_STX_TRANSFER_MEMO:
		stx(em, id, PRICE_STX_TRANSFER_MEMO, args, ret);
		return;
	default:
		stx(em, id, PRICE_STX_TRANSFER, args, ret);
		return;
	}
}

static void compile_token(struct emitter *em, enum native id,
                          const struct compile_args *args, struct opnd *ret)
{
	switch ((int)id) {
	case NATIVE_FT_GET_BALANCE:
		token(em, id, PRICE_FT_BALANCE, CONTRACT_FT, args, ret);
		return;
	case NATIVE_FT_GET_SUPPLY:
		token(em, id, PRICE_FT_GET_SUPPLY, CONTRACT_FT, args, ret);
		return;
	case NATIVE_FT_MINT:
		token(em, id, PRICE_FT_MINT, CONTRACT_FT, args, ret);
		return;
	case NATIVE_FT_TRANSFER:
		token(em, id, PRICE_FT_TRANSFER, CONTRACT_FT, args, ret);
		return;
	case NATIVE_FT_BURN:
		token(em, id, PRICE_FT_BURN, CONTRACT_FT, args, ret);
		return;
	case NATIVE_NFT_BURN:
		token(em, id, PRICE_NFT_BURN, CONTRACT_NFT, args, ret);
		return;
	case NATIVE_NFT_GET_OWNER:
	case NATIVE_NFT_MINT:
	case NATIVE_NFT_TRANSFER:
		token(em, id, PRICE_COUNT, CONTRACT_NFT, args, ret);
		return;
	default:
		compile_stx(em, id, args, ret);
		return;
	}
}

void compile_data(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret)
{
	if (id == NATIVE_VAR_GET || id == NATIVE_VAR_SET)
		data_var(em, id, args, ret);
	else if (native_table[id].family == NATIVE_FAMILY_STORE)
		data_map(em, id, args, ret);
	else if (id == NATIVE_AT_BLOCK)
		travel(em, args, ret);
	else if (native_table[id].family == NATIVE_FAMILY_BLOCK)
		block(em, id, args, ret);
	else
		compile_token(em, id, args, ret);
}
