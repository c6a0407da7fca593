/* clarity/vm/compile_loop.c - map, filter and fold as loops. */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/vm/compile.h"

/* A walk over a sequence takes two registers. */
static uint32_t take_walk(struct emitter *em)
{
	uint32_t walk = emit_take(em);

	(void)emit_take(em);
	return walk;
}

/* The type of a sequence's items, where it matters to instructions. */
static const struct type *item_type(const struct opnd *sequence)
{
	const struct type *t = sequence->type;

	return t && t->kind == TYPE_LIST ? t->item : NULL;
}

/* The function's name; its look-up is charged here. */
static bool look_up(struct emitter *em, const struct compile_args *args,
                    uint32_t *sym)
{
	if (!args->nodes || args->nodes[0].kind != AST_ATOM) {
		emit_fail(em, VM_ERROR_UNREACHABLE, span_str("expected name"));
		return false;
	}
	*sym = args->nodes[0].sym;
	emit_charge(em, PRICE_LOOKUP_FUNCTION, 0);
	return true;
}

/* Starts a walk; its two registers were the last that were taken before the
 * sequence's. */
static void walk_over(struct emitter *em, const struct opnd *sequence,
                      uint32_t walk, struct opnd *item)
{
	(void)EMIT(em, ITER_BEGIN, 0, walk, sequence->at, 0, 0);
	em->top = (walk >> 1) + 2;
	*item = (struct opnd){ .type = item_type(sequence) };
}

/* Starts a walk over a paid sequence. */
static void begin_walk(struct emitter *em, const struct compile_args *args,
                       uint32_t i, uint32_t walk, struct opnd *item)
{
	struct opnd sequence;

	compile_owned(em, args, i, &sequence);
	walk_over(em, &sequence, walk, item);
}

/* Applies the function to operands that are ready.  In fast code the first
 * of them may already lie where a call wants it: the caller took it last. */
static void apply(struct emitter *em, uint32_t sym, const struct opnd *ready,
                  uint32_t n, uint32_t top, struct opnd *ret)
{
	struct compile_args args = { .ready = ready, .n = n };

	if (!em->is_exact)
		em->top = top;
	*ret = (struct opnd){ 0 };
	compile_callee(em, sym, &args, ret);
}

static void loop_fold(struct emitter *em, const struct compile_args *args,
                      struct opnd *ret)
{
	uint32_t acc = emit_take(em);
	uint32_t walk = take_walk(em);
	struct opnd sequence, result;
	struct opnd ready[2];
	uint32_t sym;

	emit_charge(em, PRICE_FOLD, 0);
	if (!look_up(em, args, &sym))
		return;
	/* Whether it is a sequence is asked when both are evaluated. */
	compile_owned(em, args, 1, &sequence);
	compile_owned(em, args, 2, &result);
	emit_move(em, acc, &result);
	/* Values of a kind with one size stay of that kind in all rounds. */
	ready[1] = (struct opnd){ .at = acc, .type = ret->type };
	if (emit_fixed_size(&ready[1]) == 0)
		ready[1].type = NULL;
	walk_over(em, &sequence, walk, &ready[0]);

	uint32_t top = em->top;

	ready[0].at = emit_take(em);

	uint32_t next = EMIT(em, ITER_NEXT, 0, ready[0].at, walk, 0, 0);
	uint32_t loop = emit_here(em);

	apply(em, sym, ready, 2, top, &result);
	em->top = top;
	emit_move(em, acc, &result);
	(void)EMIT(em, ITER_AGAIN, 0, ready[0].at, walk, 0, loop);
	emit_land(em, next);
	em->top = (acc >> 1) + 1;
	ret->at = acc;
}

static void loop_filter(struct emitter *em, const struct compile_args *args,
                        struct opnd *ret)
{
	uint32_t kept = emit_take(em);
	uint32_t walk = take_walk(em);
	struct opnd sequence, item, ready, result;
	uint32_t sym;

	emit_charge(em, PRICE_FILTER, 0);
	compile_owned(em, args, 1, &sequence);
	if (!look_up(em, args, &sym))
		return;
	walk_over(em, &sequence, walk, &item);
	(void)EMIT(em, FILTER_BEGIN, 0, kept, walk, 0, 0);
	item.at = emit_take(em);

	uint32_t next = EMIT(em, ITER_NEXT, 0, item.at, walk, 0, 0);
	uint32_t loop = emit_here(em);

	ready = item;
	apply(em, sym, &ready, 1, em->top, &result);
	(void)EMIT(em, FILTER_ADD, 0, kept, item.at, result.at, 0);
	em->top = (item.at >> 1) + 1;
	(void)EMIT(em, ITER_AGAIN, 0, item.at, walk, 0, loop);
	emit_land(em, next);
	(void)EMIT(em, FILTER_END, 0, kept, kept, walk, 0);
	em->top = (kept >> 1) + 1;
	ret->at = kept;
}

/* The operand of MAP_EMPTY that names a native, not a function. */
#define MAP_NATIVE 0x80000000u

/* Before epoch 4.0 an empty sequence among others does not end the mapping:
 * the function is applied to too few arguments. */
static void map_empty(struct emitter *em, uint32_t sym, uint32_t list,
                      uint32_t walks, uint32_t n)
{
	struct contract_name name = contract_lookup(em->contract, sym);
	uint32_t callee = sym | MAP_NATIVE;

	if (!native_is_function(sym, em->contract->version))
		callee = name.index;
	if (em->is_exact && !(callee & MAP_NATIVE))
		(void)EMIT(em, REENTER, 0, 0, 0, 0, callee);
	emit_depth(em);
	(void)EMIT(em, MAP_EMPTY, 0, list, walks, n, callee);
}

/* The next item of each walk.  The first walk that ends is the shortest, so
 * any of them may say that there are no more. @return the first one's place */
static uint32_t next_items(struct emitter *em, const struct opnd *items,
                           uint32_t walks, uint32_t n)
{
	uint32_t first = em->n;

	for (uint32_t i = 0; i < n; i++)
		(void)EMIT(em, ITER_NEXT, 0, items[i].at, walks + 4 * i, 0, 0);
	return first;
}

static void land_all(struct emitter *em, uint32_t first, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		emit_land(em, first + i);
}

/* The rounds: the function on the next items, its result to the list. */
static void map_rounds(struct emitter *em, uint32_t sym, uint32_t list,
                       uint32_t walks, struct opnd *items, uint32_t n)
{
	uint32_t top = em->top;
	struct opnd result;

	for (uint32_t i = 0; i < n; i++)
		items[i].at = emit_take(em);

	uint32_t next = next_items(em, items, walks, n);
	uint32_t loop = emit_here(em);

	apply(em, sym, items, n, top, &result);
	(void)EMIT(em, MAP_ADD, 0, list, result.at, 0, 0);
	em->top = top;

	uint32_t again = next_items(em, items, walks, n - 1);

	(void)EMIT(em, ITER_AGAIN, 0, items[n - 1].at, walks + 4 * (n - 1), 0,
	           loop);
	land_all(em, next, n);
	land_all(em, again, n - 1);
}

static void loop_map(struct emitter *em, const struct compile_args *args,
                     struct opnd *ret)
{
	uint32_t n = args->n - 1;
	struct opnd *items = emit_alloc(em, n, sizeof(items[0]));
	uint32_t list = emit_take(em);
	uint32_t walks = bytecode_reg(em->top);
	uint32_t sym;

	emit_charge(em, PRICE_MAP, args->n);
	if (!items || !look_up(em, args, &sym))
		return;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t walk = take_walk(em);

		begin_walk(em, args, i + 1, walk, &items[i]);
	}

	uint32_t begin = EMIT(em, MAP_BEGIN, 0, list, walks, n, 0);

	map_rounds(em, sym, list, walks, items, n);

	uint32_t end = EMIT(em, JUMP, 0, 0, 0, 0, 0);

	emit_land(em, begin);
	if (!epoch_map_stops_at_shortest(em->epoch))
		map_empty(em, sym, list, walks, n);
	emit_land(em, end);
	em->top = (list >> 1) + 1;
	ret->at = list;
	(void)EMIT(em, MAP_END, 0, list, list, 0, 0);
}

void compile_loop(struct emitter *em, enum native id,
                  const struct compile_args *args, struct opnd *ret)
{
	if (id == NATIVE_FOLD)
		loop_fold(em, args, ret);
	else if (id == NATIVE_FILTER)
		loop_filter(em, args, ret);
	else
		loop_map(em, args, ret);
}
