/* tests/lib/type_text.c - Types from text; contract in type_text.h. */
#include "config.h"

#include "tests/lib/type_text.h"

#include "clarity/base/check.h"
#include "clarity/value/int128.h"

/* Deeper text is not a type; the constructors find that out from inside. */
#define DEPTH_MAX 64u
#define FIELDS_MAX 4096u

struct reader {
	struct arena *arena;
	struct span rest;
	struct type_diag *diag;
	unsigned depth;
};

static void skip(struct reader *r, size_t n)
{
	r->rest = span_of(r->rest.p + n, r->rest.len - n);
}

static bool is_next(struct reader *r, char c)
{
	while (r->rest.len && r->rest.p[0] == ' ')
		skip(r, 1);
	return r->rest.len && r->rest.p[0] == (uint8_t)c;
}

static enum err eat(struct reader *r, char c)
{
	if (!is_next(r, c))
		return ERR_SYNTAX;
	skip(r, 1);
	return ERR_OK;
}

/* The characters up to a blank or parenthesis. */
static struct span word(struct reader *r)
{
	size_t n = 0;

	(void)is_next(r, ' ');
	while (n < r->rest.len && r->rest.p[n] != ' ' && r->rest.p[n] != '(' &&
	       r->rest.p[n] != ')')
		n++;

	struct span s = span_of(r->rest.p, n);

	skip(r, n);
	return s;
}

static bool is_word(struct span s, const char *text)
{
	return span_eq(s, span_str(text));
}

static enum err read_type(struct reader *r, const struct type **ret);

static enum err read_number(struct reader *r, i128 *ret)
{
	return int128_parse(ret, word(r)) ? ERR_OK : ERR_SYNTAX;
}

static enum err read_string(struct reader *r, const struct type **ret,
                            enum type_kind kind)
{
	i128 len;

	TRY(read_number(r, &len));
	return type_string(r->arena, ret, kind, len, r->diag);
}

static enum err read_list(struct reader *r, const struct type **ret)
{
	const struct type *item;
	i128 len;

	TRY(read_number(r, &len));
	TRY(read_type(r, &item));
	if (len < 0 || len > UINT32_MAX)
		return ERR_SYNTAX;
	return type_list(r->arena, ret, item, (uint32_t)len, r->diag);
}

static enum err read_tuple(struct reader *r, const struct type **ret)
{
	struct type_field *fields =
	    arena_new_array(r->arena, struct type_field, FIELDS_MAX);
	uint32_t n = 0;

	if (!fields)
		return ERR_NO_MEMORY;
	while (is_next(r, '(') && n < FIELDS_MAX) {
		skip(r, 1);
		fields[n].name = word(r);
		TRY(read_type(r, &fields[n++].type));
		TRY(eat(r, ')'));
	}
	return type_tuple(r->arena, ret, fields, n, r->diag);
}

static enum err read_response(struct reader *r, const struct type **ret)
{
	const struct type *ok;
	const struct type *err;

	TRY(read_type(r, &ok));
	TRY(read_type(r, &err));
	return type_response(r->arena, ret, ok, err, r->diag);
}

static enum err read_contract(struct reader *r, const struct type **ret)
{
	const struct principal *p;

	if (principal_parse(r->arena, &p, word(r)) != PRINCIPAL_OK)
		return ERR_SYNTAX;
	return type_contract(r->arena, ret, p);
}

static enum err read_trait(struct reader *r, const struct type **ret,
                           struct span name)
{
	const struct trait_id *id;

	if (name.len < 2 || name.p[name.len - 1] != '>' ||
	    principal_parse_trait(r->arena, &id,
	                          span_of(name.p + 1, name.len - 2)) !=
	        PRINCIPAL_OK)
		return ERR_SYNTAX;
	return type_trait(r->arena, ret, id);
}

static enum err read_union(struct reader *r, const struct type **ret)
{
	const struct type *x;
	const struct type *y;

	TRY(read_type(r, &x));
	TRY(read_type(r, &y));
	return type_supertype(r->arena, ret, x, y, r->diag);
}

static enum err read_compound(struct reader *r, const struct type **ret)
{
	struct span head = word(r);

	if (is_word(head, "buff"))
		return read_string(r, ret, TYPE_BUFF);
	if (is_word(head, "string-ascii"))
		return read_string(r, ret, TYPE_ASCII);
	if (is_word(head, "string-utf8"))
		return read_string(r, ret, TYPE_UTF8);
	if (is_word(head, "list"))
		return read_list(r, ret);
	if (is_word(head, "tuple"))
		return read_tuple(r, ret);
	if (is_word(head, "response"))
		return read_response(r, ret);
	if (is_word(head, "principal"))
		return read_contract(r, ret);
	if (is_word(head, "union"))
		return read_union(r, ret);
	if (!is_word(head, "optional"))
		return ERR_SYNTAX;

	const struct type *item;

	TRY(read_type(r, &item));
	return type_optional(r->arena, ret, item, r->diag);
}

static enum err read_atom(struct reader *r, const struct type **ret)
{
	static const char *const names[] = {
		[TYPE_NONE] = "UnknownType",    [TYPE_INT] = "int",
		[TYPE_UINT] = "uint",           [TYPE_BOOL] = "bool",
		[TYPE_PRINCIPAL] = "principal",
	};
	struct span name = word(r);

	if (name.len && name.p[0] == '<')
		return read_trait(r, ret, name);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (is_word(name, names[i])) {
			*ret = type_atom((enum type_kind)i);
			return ERR_OK;
		}
	}
	return ERR_SYNTAX;
}

static enum err read_type(struct reader *r, const struct type **ret)
{
	if (!is_next(r, '('))
		return read_atom(r, ret);
	if (++r->depth > DEPTH_MAX)
		return ERR_SYNTAX;
	skip(r, 1);
	TRY(read_compound(r, ret));
	r->depth--;
	return eat(r, ')');
}

enum err type_text_parse(struct arena *a, const struct type **ret,
                         struct span text, struct type_diag *diag)
{
	struct reader r = { .arena = a, .diag = diag };

	r.rest.p = arena_copy(a, text.p, text.len);
	r.rest.len = text.len;
	if (!r.rest.p)
		return ERR_NO_MEMORY;
	TRY(read_type(&r, ret));
	return r.rest.len ? ERR_SYNTAX : ERR_OK;
}
