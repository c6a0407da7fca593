/* clarity/check/readonly.c - Who writes; contract in readonly.h. */
#include "config.h"

#include "clarity/check/readonly.h"

#include "clarity/check/form.h"
#include "clarity/check/suggest.h"

/* What is known of a function of this contract. */
enum purity {
	PURITY_UNKNOWN, /* not defined (yet) */
	PURITY_READS,
	PURITY_WRITES
};

struct pass {
	struct checker *c;
	uint8_t *purity; /* enum purity by symbol */
};

/* A list of expressions: an application, or one inside map. */
struct list {
	const struct ast_node *items;
	uint32_t n;
};

static enum err check_application(struct pass *p, struct list l, uint32_t depth,
                                  bool *ret);

static enum err check(struct pass *p, const struct ast_node *n, uint32_t depth,
                      bool *ret)
{
	struct list l;
	enum err e;

	*ret = true;
	if (n->kind != AST_LIST)
		return ERR_OK;
	l = (struct list){ n->items, n->n };
	e = check_application(p, l, depth, ret);
	if (e != ERR_OK)
		checker_note(p->c, n);
	return e;
}

/* All are looked at, also behind one that writes: a later one may be wrong. */
static enum err check_all(struct pass *p, const struct ast_node *items,
                          uint32_t n, uint32_t depth, bool *ret)
{
	bool is_pure = true;

	for (uint32_t i = 0; i < n; i++) {
		bool one;

		TRY(check(p, &items[i], depth, &one));
		is_pure = is_pure && one;
	}
	*ret = is_pure;
	return ERR_OK;
}

static enum err fail_pair(struct pass *p, const struct ast_node *pair,
                          uint32_t index)
{
	(void)checker_fail2(p->c, CHECK_BAD_SYNTAX_BINDING,
	                    check_arg_number((uint64_t)index + 1),
	                    check_arg_name(span_str("value")));
	p->c->fault.at = pair;
	return ERR_CHECK;
}

/* Pairs (name value): what follows a value that writes is not looked at. */
static enum err check_pairs(struct pass *p, const struct ast_node *items,
                            uint32_t n, uint32_t depth, bool *ret)
{
	*ret = true;
	for (uint32_t i = 0; *ret && i < n; i++) {
		const struct ast_node *pair = &items[i];

		if (pair->kind != AST_LIST || pair->n != 2)
			return fail_pair(p, pair, i);
		TRY(check(p, &pair->items[1], depth, ret));
	}
	return ERR_OK;
}

static enum err check_let(struct pass *p, struct list args, uint32_t depth,
                          bool *ret)
{
	TRY(checker_at_least(p->c, args.n, 2));
	if (args.items[0].kind != AST_LIST)
		return checker_fail(p->c, CHECK_BAD_LET_SYNTAX);
	TRY(check_pairs(p, args.items[0].items, args.items[0].n, depth, ret));
	if (!*ret)
		return ERR_OK;
	return check_all(p, args.items + 1, args.n - 1, depth, ret);
}

static enum err check_at_block(struct pass *p, struct list args, uint32_t depth,
                               bool *ret)
{
	bool is_block_pure, is_body_pure;

	TRY(checker_exactly(p->c, args.n, 2));
	TRY(check(p, &args.items[0], depth, &is_block_pure));
	TRY(check(p, &args.items[1], depth, &is_body_pure));
	if (!is_body_pure)
		return checker_fail(p->c,
		                    CHECK_AT_BLOCK_CLOSURE_MUST_BE_READ_ONLY);
	*ret = is_block_pure;
	return ERR_OK;
}

/* Whether the callee of a contract-call? is known to be read-only: a call
 * through a name never is. */
static enum err check_target(struct pass *p, const struct ast_node *target,
                             uint32_t sym, bool *ret)
{
	const struct contract_analysis *a;

	*ret = false;
	if (target->kind == AST_ATOM)
		return ERR_OK;
	if (target->kind != AST_LITERAL ||
	    !value_is(target->value, VALUE_PRINCIPAL) ||
	    !principal_is_contract(target->value->principal))
		return checker_fail(p->c, CHECK_CONTRACT_CALL_EXPECT_NAME);
	TRY(checker_load(p->c, &a, target->value->principal));
	if (!a)
		return checker_fail1(
		    p->c, CHECK_NO_SUCH_CONTRACT,
		    check_arg_contract(target->value->principal));
	*ret = analysis_read_only(a, symtab_name(p->c->ast->syms, sym));
	return ERR_OK;
}

static enum err check_contract_call(struct pass *p, struct list args,
                                    uint32_t depth, bool *ret)
{
	bool is_callee_pure, are_args_pure;

	TRY(checker_at_least(p->c, args.n, 2));
	if (args.items[1].kind != AST_ATOM)
		return checker_fail(p->c, CHECK_CONTRACT_CALL_EXPECT_NAME);
	TRY(check_target(p, &args.items[0], args.items[1].sym,
	                 &is_callee_pure));
	TRY(check_all(p, args.items + 2, args.n - 2, depth, &are_args_pure));
	*ret = are_args_pure && is_callee_pure;
	return ERR_OK;
}

/* restrict-assets? has its owner in front of the list of allowances. */
static enum err check_allowances(struct pass *p, struct list args,
                                 uint32_t n_front, uint32_t depth, bool *ret)
{
	bool is_front_pure, are_allowances_pure, is_body_pure;
	const struct ast_node *list = &args.items[n_front];
	const char *word = n_front ? "restrict-assets?" : "as-contract?";

	TRY(check_all(p, args.items, n_front, depth, &is_front_pure));
	if (list->kind != AST_LIST)
		return checker_fail2(p->c, CHECK_EXPECTED_LIST_OF_ALLOWANCES,
		                     check_arg_name(span_str(word)),
		                     check_arg_number((uint64_t)n_front + 1));
	TRY(check_all(p, list->items, list->n, depth, &are_allowances_pure));
	TRY(check_all(p, args.items + n_front + 1, args.n - n_front - 1, depth,
	              &is_body_pure));
	*ret = is_front_pure && are_allowances_pure && is_body_pure;
	return ERR_OK;
}

static bool is_writing(enum native id)
{
	switch ((uint32_t)id) {
	case NATIVE_VAR_SET:
	case NATIVE_MAP_SET:
	case NATIVE_MAP_INSERT:
	case NATIVE_MAP_DELETE:
	case NATIVE_FT_MINT:
	case NATIVE_FT_TRANSFER:
	case NATIVE_FT_BURN:
	case NATIVE_NFT_MINT:
	case NATIVE_NFT_TRANSFER:
	case NATIVE_NFT_BURN:
	case NATIVE_STX_TRANSFER:
	case NATIVE_STX_TRANSFER_MEMO:
	case NATIVE_STX_BURN:
		return true;
	default:
		return false;
	}
}

/* The words whose arguments are not simply all evaluated. */
static enum err check_special(struct pass *p, enum native id, struct list args,
                              uint32_t depth, bool *ret)
{
	switch ((uint32_t)id) {
	case NATIVE_FROM_CONSENSUS_BUFF:
		TRY(checker_exactly(p->c, args.n, 2));
		return check(p, &args.items[1], depth, ret);
	case NATIVE_AT_BLOCK:
		return check_at_block(p, args, depth, ret);
	case NATIVE_MAP_GET:
		TRY(checker_exactly(p->c, args.n, 2));
		return check_all(p, args.items, args.n, depth, ret);
	case NATIVE_LET:
		return check_let(p, args, depth, ret);
	case NATIVE_MAP:
		TRY(checker_at_least(p->c, args.n, 2));
		return check_application(p, args, depth, ret);
	case NATIVE_FILTER:
		TRY(checker_exactly(p->c, args.n, 2));
		return check_application(p, args, depth, ret);
	case NATIVE_FOLD:
		TRY(checker_exactly(p->c, args.n, 3));
		return check_application(p, args, depth, ret);
	case NATIVE_TUPLE:
		return check_pairs(p, args.items, args.n, depth, ret);
	case NATIVE_CONTRACT_CALL:
		return check_contract_call(p, args, depth, ret);
	case NATIVE_RESTRICT_ASSETS:
		TRY(checker_at_least(p->c, args.n, 3));
		return check_allowances(p, args, 1, depth, ret);
	case NATIVE_AS_CONTRACT_SAFE:
		TRY(checker_at_least(p->c, args.n, 2));
		return check_allowances(p, args, 0, depth, ret);
	default:
		return check_all(p, args.items, args.n, depth, ret);
	}
}

static enum err check_native(struct pass *p, enum native id, struct list args,
                             uint32_t depth, bool *ret)
{
	if (depth > READONLY_MAX_DEPTH)
		return checker_fail(
		    p->c, CHECK_READ_ONLY_CHECKER_RECURSION_LIMIT_EXCEEDED);
	TRY(check_special(p, id, args, depth + 1, ret));
	if (is_writing(id))
		*ret = false;
	return ERR_OK;
}

static enum err check_own(struct pass *p, const struct ast_node *head,
                          struct list args, uint32_t depth, bool *ret)
{
	bool are_args_pure;

	if (p->purity[head->sym] == PURITY_UNKNOWN) {
		enum err e = suggest_function(p->c, head->sym);

		checker_note(p->c, head);
		return e;
	}
	TRY(check_all(p, args.items, args.n, depth, &are_args_pure));
	*ret = are_args_pure && p->purity[head->sym] == PURITY_READS;
	return ERR_OK;
}

static enum err check_application(struct pass *p, struct list l, uint32_t depth,
                                  bool *ret)
{
	const struct ast_node *head = l.items;
	struct list args;

	if (l.n == 0 || head->kind != AST_ATOM)
		return checker_fail(p->c, CHECK_NON_FUNCTION_APPLICATION);
	args = (struct list){ l.items + 1, l.n - 1 };
	if (native_is_function(head->sym, p->c->version))
		return check_native(p, (enum native)head->sym, args, depth,
		                    ret);
	return check_own(p, head, args, depth, ret);
}

static enum err check_function(struct pass *p, const struct form *f)
{
	const struct ast_node *sig = f->signature;
	bool is_pure;

	if (sig->n == 0)
		return checker_fail(p->c, CHECK_DEFINE_FUNCTION_BAD_SIGNATURE);
	if (sig->items[0].kind != AST_ATOM)
		return checker_fail(p->c, CHECK_BAD_FUNCTION_NAME);
	TRY(check(p, f->value, 0, &is_pure));
	if (f->kind == DEFINE_READ_ONLY && !is_pure)
		return checker_fail(p->c, CHECK_WRITE_ATTEMPTED_IN_READ_ONLY);
	p->purity[sig->items[0].sym] = is_pure ? PURITY_READS : PURITY_WRITES;
	return ERR_OK;
}

static enum err check_form(struct pass *p, const struct ast_node *n)
{
	struct form f;
	bool unused;

	TRY(form_parse(n, &f, &p->c->fault));
	if (f.kind == NATIVE_COUNT)
		return check(p, n, 0, &unused);
	if (f.signature)
		return check_function(p, &f);
	return f.value ? check(p, f.value, 0, &unused) : ERR_OK;
}

enum err readonly_run(struct checker *c)
{
	struct pass p = { .c = c,
		          .purity = arena_zalloc(c->work, c->ast->syms->n) };

	if (!p.purity)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < c->ast->n; i++) {
		enum err e = check_form(&p, &c->ast->items[i]);

		if (e != ERR_OK) {
			checker_note(c, &c->ast->items[i]);
			return e;
		}
	}
	return ERR_OK;
}
