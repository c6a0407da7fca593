/* tests/lib/snippet.c - Programs for tests; contract in snippet.h. */
#include "config.h"

#include "tests/lib/snippet.h"

#include "clarity/base/check.h"
#include "clarity/lang/unparse.h"
#include "clarity/value/principal.h"

static enum err note_charge(void *ctx, enum ast_price what, uint64_t n)
{
	struct snippet *p = ctx;

	p->charged[what] = n;
	return ERR_OK;
}

void snippet_open_named(struct snippet *p, const char *name, struct span source,
                        enum epoch epoch)
{
	const struct principal *issuer;
	const struct principal *self;
	struct ast_meter meter = { note_charge, p };
	struct ast_input in = { .source = source,
		                .epoch = epoch,
		                .meter = &meter };

	*p = (struct snippet){ .source = source };
	arena_init(&p->arena, AST_ARENA_MAX);
	buf_init(&p->text, (size_t)64 * 1024 * 1024);
	CHECK(principal_parse_standard(&p->arena, &issuer,
	                               span_str(SNIPPET_ISSUER)) ==
	      PRINCIPAL_OK);
	CHECK(principal_new_contract(&p->arena, &self, issuer,
	                             span_str(name)) == ERR_OK);
	in.contract = self;
	p->err = ast_build(&p->arena, &in, &p->ast, &p->diag);
}

void snippet_open_span(struct snippet *p, struct span source, enum epoch epoch)
{
	snippet_open_named(p, SNIPPET_NAME, source, epoch);
}

void snippet_open(struct snippet *p, const char *source, enum epoch epoch)
{
	snippet_open_span(p, span_str(source), epoch);
}

const char *snippet_text(struct snippet *p)
{
	buf_reset(&p->text);
	(void)unparse_ast(&p->text, &p->ast);
	(void)buf_add_u8(&p->text, '\0');
	CHECK(buf_err(&p->text) == ERR_OK);
	return (const char *)p->text.p;
}

void snippet_close(struct snippet *p)
{
	arena_fini(&p->arena);
	buf_fini(&p->text);
}
