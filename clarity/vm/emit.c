/* clarity/vm/emit.c - Instructions and charges; contract in emit.h. */
#include "config.h"

#include "clarity/vm/emit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"

/* Where a value's type is unknown: the largest that the rules allow. */
#define ANY_SIZE ((uint64_t)TYPE_MAX_SIZE + 16)

static const struct price *price_of(const struct emitter *em, enum price_id id)
{
	return &em->prices[id];
}

void emit_init(struct emitter *em, struct contract *c,
               const struct price *prices, enum epoch epoch, bool is_exact)
{
	*em = (struct emitter){
		.contract = c,
		.arena = &c->arena,
		.prices = prices,
		.epoch = epoch,
		.is_exact = is_exact,
	};
}

void *emit_alloc(struct emitter *em, size_t n, size_t size)
{
	void *p = arena_array(em->arena, n, size);

	if (!p)
		em->err = ERR_NO_MEMORY;
	return p;
}

/* Makes room for item n of a table that doubles at powers of two. */
static bool grow(struct emitter *em, void **items, uint32_t n, size_t size)
{
	if (n != 0 && (n & (n - 1)) != 0)
		return true;

	void *bigger = emit_alloc(em, n == 0 ? 4 : 2 * (size_t)n, size);

	if (!bigger)
		return false;
	if (n > 0)
		memcpy(bigger, *items, n * size);
	*items = bigger;
	return true;
}

#define TABLE_ADD(em, table, count, item)                                      \
	do {                                                                   \
		void *p_ = (em)->tables.table;                                 \
		if (!grow((em), &p_, (em)->tables.count,                       \
		          sizeof((em)->tables.table[0])))                      \
			return 0;                                              \
		(em)->tables.table = p_;                                       \
		(em)->tables.table[(em)->tables.count] = (item);               \
		return (em)->tables.count++;                                   \
	} while (0)

static uint32_t add_const(struct emitter *em, const struct value *v)
{
	TABLE_ADD(em, consts, n_consts, *v);
}

uint32_t emit_const(struct emitter *em, const struct value *v)
{
	return bytecode_const(add_const(em, v));
}

uint32_t emit_native_site(struct emitter *em, const struct native_site *s)
{
	TABLE_ADD(em, natives, n_natives, *s);
}

uint32_t emit_tuple_site(struct emitter *em, const struct tuple_site *s)
{
	TABLE_ADD(em, tuples, n_tuples, *s);
}

uint32_t emit_call_site(struct emitter *em, const struct call_site *s)
{
	TABLE_ADD(em, calls, n_calls, *s);
}

uint32_t emit_name(struct emitter *em, struct span name)
{
	TABLE_ADD(em, names, n_names, name);
}

uint32_t emit_inline_site(struct emitter *em, const struct inline_site *s)
{
	TABLE_ADD(em, inlines, n_inlines, *s);
}

static uint32_t append(struct emitter *em, const struct insn *insn)
{
	void *insns = em->insns;
	void *nodes = em->nodes;

	if (em->err != ERR_OK ||
	    !grow(em, &insns, em->n, sizeof(em->insns[0])) ||
	    !grow(em, &nodes, em->n, sizeof(em->nodes[0])))
		return 0;
	em->insns = insns;
	em->nodes = nodes;
	em->insns[em->n] = *insn;
	em->nodes[em->n] = em->node;
	return em->n++;
}

/* Instructions that carry what does not fit into the next one. */
static void spill(struct emitter *em)
{
	while (em->pending > UINT32_MAX) {
		struct insn nop = { .op = OP_NOP, .cost = UINT32_MAX };

		em->pending -= UINT32_MAX;
		(void)append(em, &nop);
	}
}

uint32_t emit_op(struct emitter *em, enum opcode op, uint32_t x,
                 const uint32_t abcd[4])
{
	spill(em);

	struct insn insn = {
		.op = (uint16_t)op,
		.x = (uint16_t)x,
		.cost = (uint32_t)em->pending,
		.a = abcd[0],
		.b = abcd[1],
		.c = abcd[2],
		.d = abcd[3],
	};

	em->pending = 0;
	return append(em, &insn);
}

/* What was charged before a place must not be charged by those who jump
 * there. */
uint32_t emit_here(struct emitter *em)
{
	if (em->pending > 0)
		(void)EMIT(em, NOP, 0, 0, 0, 0, 0);
	em->landed = em->n;
	return em->n;
}

void emit_land(struct emitter *em, uint32_t at)
{
	uint32_t here = emit_here(em);

	if (em->err == ERR_OK)
		em->insns[at].d = here;
}

void emit_jumps_add(struct emitter *em, struct emit_jumps *jumps, uint32_t at)
{
	if (em->err == ERR_OK)
		em->insns[at].d = jumps->last;
	jumps->last = at;
	jumps->n++;
}

void emit_jumps_land(struct emitter *em, const struct emit_jumps *jumps)
{
	uint32_t here = jumps->n > 0 ? emit_here(em) : 0;
	uint32_t at = jumps->last;

	for (uint32_t i = 0; em->err == ERR_OK && i < jumps->n; i++) {
		uint32_t before = em->insns[at].d;

		em->insns[at].d = here;
		at = before;
	}
}

enum err emit_finish(struct emitter *em, struct code **ret)
{
	if (em->err != ERR_OK)
		return em->err;
	/* Register 0 stands in for values that a failure never makes. */
	if (em->n_regs == 0)
		em->n_regs = 1;

	struct code *code = arena_new(em->arena, struct code);

	if (!code)
		return ERR_NO_MEMORY;
	*code = (struct code){
		.insns = em->insns,
		.nodes = em->nodes,
		.consts = em->tables.consts,
		.natives = em->tables.natives,
		.tuples = em->tables.tuples,
		.calls = em->tables.calls,
		.names = em->tables.names,
		.inlines = em->tables.inlines,
		.n_insns = em->n,
		.n_consts = em->tables.n_consts,
		.n_natives = em->tables.n_natives,
		.n_tuples = em->tables.n_tuples,
		.n_calls = em->tables.n_calls,
		.n_names = em->tables.n_names,
		.n_inlines = em->tables.n_inlines,
		.n_regs = em->n_regs,
		.depth = em->max_depth,
		.hold = em->max_hold,
	};
	*ret = code;
	return ERR_OK;
}

void emit_charge(struct emitter *em, enum price_id id, uint64_t n)
{
	const struct price *p = price_of(em, id);
	struct cost c;

	if (!em->is_exact && p->shape != PRICE_SHAPE_STATE &&
	    price_eval(p, n, &c) == ERR_OK &&
	    u64_add(&em->pending, em->pending, c.of[COST_RUNTIME]))
		return;
	(void)EMIT(em, CHARGE, id, (uint32_t)n, (uint32_t)(n >> 32), 0, 0);
}

const struct type *emit_type(const struct emitter *em,
                             const struct ast_node *node)
{
	return em->is_exact ? NULL : contract_type(em->contract, node);
}

uint32_t emit_fixed_size(const struct opnd *v)
{
	if (!v->type)
		return 0;
	if (v->type->kind == TYPE_INT || v->type->kind == TYPE_UINT ||
	    v->type->kind == TYPE_BOOL)
		return v->type->size;
	return 0;
}

void emit_charge_size(struct emitter *em, enum price_id id,
                      const struct opnd *v)
{
	uint32_t size = emit_fixed_size(v);

	if (size > 0)
		emit_charge(em, id, size);
	else
		(void)EMIT(em, CHARGE_SIZE, id, v->at, 0, 0, 0);
}

void emit_clone(struct emitter *em, struct opnd *v)
{
	if (!v->in_place)
		return;
	emit_charge_size(em, PRICE_LOOKUP_VARIABLE_SIZE, v);
	v->in_place = false;
}

struct emit_mark emit_hold_begin(struct emitter *em)
{
	struct emit_mark m = { .hold = em->hold };

	if (em->is_exact) {
		m.reg = emit_take(em);
		(void)EMIT(em, HOLD_MARK, 0, m.reg, 0, 0, 0);
	}
	return m;
}

void emit_hold_end(struct emitter *em, struct emit_mark m)
{
	em->hold = m.hold;
	if (em->is_exact)
		(void)EMIT(em, HOLD_BACK, 0, m.reg, 0, 0, 0);
}

static void hold_more(struct emitter *em, uint64_t bytes)
{
	em->hold = u64_add_sat(em->hold, bytes);
	if (em->hold > em->max_hold)
		em->max_hold = em->hold;
}

/* A type's size bounds its values' except where a principal turns out to be a
 * callable, which counts less than twice as much. */
static uint64_t size_bound(const struct opnd *v)
{
	uint32_t size = emit_fixed_size(v);

	if (size > 0)
		return size;
	if (!v->type || v->type->size > TYPE_MAX_SIZE)
		return ANY_SIZE;
	return 2 * (uint64_t)v->type->size + 16;
}

void emit_hold(struct emitter *em, const struct opnd *v)
{
	hold_more(em, size_bound(v));
	if (em->is_exact)
		(void)EMIT(em, HOLD, 0, v->at, 0, 0, 0);
}

void emit_hold_bytes(struct emitter *em, uint32_t bytes)
{
	hold_more(em, bytes);
	if (em->is_exact)
		(void)EMIT(em, HOLD_BYTES, 0, bytes, 0, 0, 0);
}

void emit_depth(struct emitter *em)
{
	if (em->depth > em->max_depth)
		em->max_depth = em->depth;
	if (em->is_exact)
		(void)EMIT(em, DEPTH, 0, em->depth, 0, 0, 0);
}

void emit_fail(struct emitter *em, enum vm_error kind, struct span detail)
{
	uint32_t name = emit_name(em, detail);

	(void)EMIT(em, FAIL, kind, 0, 0, name, 0);
}

void emit_throw(struct emitter *em, enum vm_error kind, const struct opnd *v)
{
	struct emit_exit *x = em->exit;

	if (!x) {
		(void)EMIT(em, THROW, kind, 0, v->at, 0, 0);
		return;
	}
	if (v->at != x->dest)
		(void)EMIT(em, MOVE, 0, x->dest, v->at, 0, 0);
	emit_jumps_add(em, &x->ends, EMIT(em, JUMP, 0, 0, 0, 0, 0));
}

uint32_t emit_take(struct emitter *em)
{
	if (em->top >= BYTECODE_MAX_REGS) {
		em->err = ERR_NO_MEMORY;
		return 0;
	}

	uint32_t reg = bytecode_reg(em->top++);

	if (em->top > em->n_regs)
		em->n_regs = em->top;
	return reg;
}

uint32_t emit_result(struct emitter *em, uint32_t top)
{
	em->top = top;
	return emit_take(em);
}

/* Whether the last instruction only serves to make a value in `at`, which is
 * free, so that it may as well make it elsewhere.  Exact code stays plain. */
static bool is_movable(const struct emitter *em, uint32_t at)
{
	if (em->is_exact || em->err != ERR_OK || em->n == em->landed ||
	    (at & 1) != 0 || at < bytecode_reg(em->top))
		return false;

	const struct insn *last = &em->insns[em->n - 1];
	const char *roles = bytecode_roles((enum opcode)last->op);

	return last->a == at && roles[0] == 'd' && roles[2] != 'd' &&
	       roles[3] != 'j';
}

/* The instruction that compares and jumps at once, or NOP. */
static enum opcode test_of(uint16_t compare)
{
	switch (compare) {
	case OP_LESS_INT:
		return OP_TEST_LESS_INT;
	case OP_LESS_UINT:
		return OP_TEST_LESS_UINT;
	case OP_LEQ_INT:
		return OP_TEST_LEQ_INT;
	case OP_LEQ_UINT:
		return OP_TEST_LEQ_UINT;
	case OP_EQUAL_FLAT:
		return OP_TEST_EQUAL_FLAT;
	default:
		return OP_NOP;
	}
}

/* A comparison whose value only decides a jump becomes one with it; none of
 * these can fail, so what was charged since may be charged before it. */
static bool fuse(struct emitter *em, uint32_t at, bool sense)
{
	if (!is_movable(em, at))
		return false;

	struct insn *last = &em->insns[em->n - 1];
	enum opcode op = test_of(last->op);

	if (op == OP_NOP || em->pending > UINT32_MAX - last->cost)
		return false;
	last->op = (uint16_t)op;
	last->x = sense;
	last->a = 0;
	last->cost += (uint32_t)em->pending;
	em->pending = 0;
	return true;
}

uint32_t emit_test(struct emitter *em, const struct opnd *v, bool sense)
{
	if (fuse(em, v->at, sense))
		return em->n - 1;
	return sense ? EMIT(em, JUMP_IF, 0, 0, v->at, 0, 0)
	             : EMIT(em, JUMP_UNLESS, 0, 0, v->at, 0, 0);
}

void emit_move(struct emitter *em, uint32_t reg, struct opnd *v)
{
	if (v->at != reg && is_movable(em, v->at))
		em->insns[em->n - 1].a = reg;
	else if (v->at != reg)
		(void)EMIT(em, MOVE, 0, reg, v->at, 0, 0);
	v->at = reg;
}

void emit_keep(struct emitter *em, uint32_t top, struct opnd *v)
{
	bool is_inside = (v->at & 1) == 0 && v->at >= bytecode_reg(top);

	em->top = top;
	if (is_inside)
		emit_move(em, emit_take(em), v);
}

void emit_bind(struct emitter *em, const struct local *l)
{
	void *locals = em->locals;

	if (!grow(em, &locals, em->n_locals, sizeof(em->locals[0])))
		return;
	em->locals = locals;
	em->locals[em->n_locals++] = *l;
}

void emit_unbind(struct emitter *em, uint32_t n_locals)
{
	em->n_locals = n_locals;
}

const struct local *emit_find(const struct emitter *em, uint32_t sym)
{
	for (uint32_t i = em->n_locals; i-- > em->first_local;) {
		if (em->locals[i].sym == sym)
			return &em->locals[i];
	}
	return NULL;
}
