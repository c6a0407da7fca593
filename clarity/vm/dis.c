/* clarity/vm/dis.c - Listings of code; contract in dis.h. */
#include "config.h"

#include "clarity/vm/dis.h"

#include "clarity/cost/price.h"
#include "clarity/value/repr.h"
#include "clarity/vm/dispatch.h"
#include "clarity/vm/frame.h"
#include "clarity/vm/load.h"
#include "clarity/vm/trail.h"

/* Bytes of a constant and of source that a line shows. */
#define CONSTANT_MAX 40u
#define SOURCE_MAX 48u

/* Where the source stands in a line. */
#define SOURCE_COLUMN 60u

enum err dis_find(struct vm *vm, const struct principal *id, uint32_t index,
                  bool is_exact, struct dis *ret, bool *found)
{
	struct contract *c;
	bool was_exact = vm->is_exact;
	enum err e = ERR_OK;

	*found = false;
	TRY(load_contract(vm, id, &c));
	if (!c || index >= c->n_functions)
		return ERR_OK;
	*found = true;
	ret->contract = c;
	ret->function = &c->functions[index];
	vm->is_exact = is_exact;
	ret->code = frame_code(vm, &c->functions[index], &e);
	vm->is_exact = was_exact;
	return e;
}

enum err dis_signature(struct buf *b, const struct dis *d)
{
	const struct function *f = d->function;

	(void)buf_add_str(b, "(");
	(void)buf_add_span(b, f->name);
	for (uint32_t i = 0; i < f->n_params; i++) {
		(void)buf_add_str(b, " (");
		(void)buf_add_span(
		    b, symtab_name(d->contract->syms, f->param_syms[i]));
		(void)buf_add_str(b, " ");
		(void)repr_type(b, f->param_types[i]);
		(void)buf_add_str(b, ")");
	}
	return buf_add_str(b, ")");
}

struct diag_span dis_span(const struct dis *d, uint32_t at)
{
	return trail_span(d->contract, d->code, &d->code->insns[at]);
}

/* --- operands --- */

static void write_constant(struct buf *b, const struct value *v)
{
	size_t start = b->len;

	(void)repr_source(b, v);
	if (buf_err(b) != ERR_OK || b->len - start <= CONSTANT_MAX)
		return;
	b->len = start + CONSTANT_MAX;
	(void)buf_add_str(b, "...");
}

static void write_operand(struct buf *b, const struct dis *d, uint32_t at)
{
	if (at & 1)
		write_constant(b, &d->code->consts[at >> 1]);
	else
		(void)buf_addf(b, "r%u", at >> 1);
}

static void write_row(struct buf *b, uint32_t at, uint32_t n)
{
	if (n == 0)
		(void)buf_add_str(b, "()");
	else if (n == 1)
		(void)buf_addf(b, "r%u", at >> 1);
	else
		(void)buf_addf(b, "r%u-r%u", at >> 1, (at >> 1) + n - 1);
}

static void write_tuple(struct buf *b, const struct tuple_site *s)
{
	(void)buf_add_str(b, "{");
	for (uint32_t i = 0; i < s->n; i++) {
		(void)buf_add_str(b, i > 0 ? " " : "");
		(void)buf_add_span(b, s->names[i]);
	}
	(void)buf_add_str(b, "}");
}

static void write_call(struct buf *b, const struct dis *d,
                       const struct call_site *s)
{
	if (s->contract)
		(void)principal_format(b, s->contract);
	else
		write_operand(b, d, s->target);
	(void)buf_add_str(b, ".");
	(void)buf_add_span(b, s->function);
}

static struct span name_of(const struct dis *d, uint32_t sym)
{
	return symtab_name(d->contract->syms, sym);
}

/* What an index of a table of the contract stands for. */
static void write_entry(struct buf *b, const struct dis *d, char role,
                        uint32_t v)
{
	const struct contract *c = d->contract;

	if (role == 'v')
		(void)buf_add_span(b, name_of(d, c->vars[v].sym));
	else if (role == 'p')
		(void)buf_add_span(b, name_of(d, c->maps[v].sym));
	else if (role == 'f')
		(void)buf_add_span(b, c->functions[v].name);
	else if (role == 't')
		(void)buf_add_span(b, c->fts[v].name);
	else
		(void)buf_add_span(b, c->nfts[v].name);
}

/* One operand that is not written to; `next` is the one behind it. */
static void write_role(struct buf *b, const struct dis *d, char role,
                       uint32_t v, uint32_t next)
{
	switch (role) {
	case 's':
	case 'm':
	case 'w':
		write_operand(b, d, v);
		break;
	case 'r':
		write_row(b, v, next);
		break;
	case 'j':
		(void)buf_addf(b, "@%u", v);
		break;
	case 'T':
		write_tuple(b, &d->code->tuples[v]);
		break;
	case 'C':
		write_call(b, d, &d->code->calls[v]);
		break;
	case 'F':
		(void)buf_add_span(b, d->code->names[v]);
		break;
	case 'v':
	case 'p':
	case 'f':
	case 't':
	case 'u':
		write_entry(b, d, role, v);
		break;
	default:
		(void)buf_addf(b, "%u", v);
		break;
	}
}

/* The small number of an instruction, where it stands for a name. */
static const char *x_name(const struct insn *i)
{
	static const char *const wraps[] = { "", "some", "ok", "err" };

	switch ((int)i->op) {
	case OP_CHARGE:
	case OP_CHARGE_SIZE:
	case OP_CHARGE_MIN:
	case OP_CHARGE_BYTES:
		return price_name((enum price_id)i->x);
	case OP_CHARGE_NATIVE:
	case OP_NATIVE:
	case OP_KEYWORD:
	case OP_ALLOW:
	case OP_MAP_SET:
		return native_table[i->x].name;
	case OP_FAIL:
	case OP_THROW:
		return vm_error_name((enum vm_error)i->x);
	case OP_WRAP:
		return wraps[i->x & 3];
	default:
		return NULL;
	}
}

static bool is_written(char role)
{
	return role == 'd' || role == 'm' || role == 'w';
}

enum err dis_operands(struct buf *b, const struct dis *d, uint32_t at)
{
	const struct insn *i = &d->code->insns[at];
	const char *roles = bytecode_roles((enum opcode)i->op);
	const uint32_t v[5] = { i->a, i->b, i->c, i->d, 0 };
	const char *x = x_name(i);
	const char *between = "";

	for (unsigned k = 0; k < 4; k++) {
		if (!is_written(roles[k]))
			continue;
		(void)buf_addf(b, "%sr%u", between, v[k] >> 1);
		between = ", ";
	}
	between = between[0] ? " = " : "";
	if (x) {
		(void)buf_addf(b, "%s%s", between, x);
		between = " ";
	}
	for (unsigned k = 0; k < 4; k++) {
		char role = roles[k];

		/* The site of a native says nothing that x does not. */
		if (role == '.' || role == 'd' || role == 'n' || role == 'N')
			continue;
		(void)buf_add_str(b, between);
		write_role(b, d, role, v[k], v[k + 1]);
		between = ", ";
	}
	return buf_err(b);
}

/* --- the listing --- */

static uint32_t line_of(const struct dis *d, struct diag_span s)
{
	return diag_place(d->contract->source, s.start).line;
}

/* The first line of the source of an instruction. */
static void write_source(struct buf *b, const struct dis *d, struct diag_span s)
{
	const uint8_t *text = d->contract->source.p + s.start;
	size_t len = s.end - s.start;
	size_t n = 0;

	while (n < len && n < SOURCE_MAX && text[n] != '\n')
		n++;
	(void)buf_addf(b, "; %u: %.*s%s", line_of(d, s), (int)n,
	               (const char *)text, n < len ? " ..." : "");
}

static void write_line(struct buf *b, const struct dis *d, uint32_t at,
                       bool has_source)
{
	const struct insn *i = &d->code->insns[at];
	size_t start = b->len;

	(void)buf_addf(b, "%5u  %-17s", at, bytecode_name((enum opcode)i->op));
	(void)dis_operands(b, d, at);
	if (i->cost > 0)
		(void)buf_addf(b, " (+%u)", i->cost);
	if (has_source) {
		size_t width = b->len - start;

		(void)buf_addf(
		    b, "%*s  ",
		    width < SOURCE_COLUMN ? (int)(SOURCE_COLUMN - width) : 0,
		    "");
		write_source(b, d, dis_span(d, at));
	}
	/* Neither has a line blanks at its end. */
	while (b->len > start && b->p[b->len - 1] == ' ')
		b->len--;
	(void)buf_add_u8(b, '\n');
}

static bool is_same(struct diag_span a, struct diag_span b)
{
	return a.start == b.start && a.end == b.end;
}

static const char *form_name(enum native form)
{
	if (form == DEFINE_PUBLIC)
		return "public";
	return form == DEFINE_READ_ONLY ? "read-only" : "private";
}

enum err dis_write(struct buf *b, const struct dis *d)
{
	const struct code *code = d->code;
	struct diag_span last = { 0, 0 };

	(void)buf_addf(b, "%s ", form_name(d->function->form));
	(void)dis_signature(b, d);
	(void)buf_addf(b,
	               "\n  line %u, %u registers, %u instructions, %u deep, "
	               "holds %llu bytes\n",
	               line_of(d, d->function->body->span), code->n_regs,
	               code->n_insns, code->depth,
	               (unsigned long long)code->hold);
	for (uint32_t at = 0; at < code->n_insns; at++) {
		struct diag_span s = dis_span(d, at);
		bool is_new = s.end > 0 && !is_same(s, last);

		write_line(b, d, at, is_new);
		if (is_new)
			last = s;
	}
	return buf_err(b);
}
