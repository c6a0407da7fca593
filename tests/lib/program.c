/* tests/lib/program.c - Programs for tests; contract in program.h. */
#include "config.h"

#include "tests/lib/program.h"

#include "clarity/base/check.h"
#include "clarity/lang/unparse.h"
#include "clarity/value/principal.h"

static enum err note_charge(void *ctx, enum ast_price what, uint64_t n)
{
	struct program *p = ctx;

	p->charged[what] = n;
	return ERR_OK;
}

void program_open_span(struct program *p, struct span source, enum epoch epoch)
{
	const struct principal *issuer;
	const struct principal *self;
	struct ast_meter meter = { note_charge, p };
	struct ast_input in = { .source = source,
		                .epoch = epoch,
		                .meter = &meter };

	*p = (struct program){ .source = source };
	arena_init(&p->arena, AST_ARENA_MAX);
	buf_init(&p->text, (size_t)64 * 1024 * 1024);
	CHECK(principal_parse_standard(&p->arena, &issuer,
	                               span_str(PROGRAM_ISSUER)) ==
	      PRINCIPAL_OK);
	CHECK(principal_new_contract(&p->arena, &self, issuer,
	                             span_str(PROGRAM_NAME)) == ERR_OK);
	in.contract = self;
	p->err = ast_build(&p->arena, &in, &p->ast, &p->diag);
}

void program_open(struct program *p, const char *source, enum epoch epoch)
{
	program_open_span(p, span_str(source), epoch);
}

const char *program_text(struct program *p)
{
	buf_reset(&p->text);
	(void)unparse_ast(&p->text, &p->ast);
	(void)buf_add_u8(&p->text, '\0');
	CHECK(buf_err(&p->text) == ERR_OK);
	return (const char *)p->text.p;
}

void program_close(struct program *p)
{
	arena_fini(&p->arena);
	buf_fini(&p->text);
}
