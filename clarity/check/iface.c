/* clarity/check/iface.c - Interfaces as JSON; contract in iface.h. */
#include "config.h"

#include "clarity/check/iface.h"

#include <inttypes.h>

#include "clarity/base/check.h"
#include "clarity/value/version.h"

/* Failures stay in the buf until the end, see buf.h. */
static void put(struct buf *b, const char *s)
{
	(void)buf_add_str(b, s);
}

/* A JSON string; names hold nothing that would need an escape. */
static void put_name(struct buf *b, struct span name)
{
	(void)buf_add_u8(b, '"');
	(void)buf_add(b, name.p, name.len);
	(void)buf_add_u8(b, '"');
}

static void put_type(struct buf *b, const struct type *t);

static void put_length(struct buf *b, const char *kind, uint32_t len)
{
	(void)buf_addf(b, "{\"%s\":{\"length\":%" PRIu32 "}}", kind, len);
}

static void put_tuple(struct buf *b, const struct type *t)
{
	put(b, "{\"tuple\":[");
	for (uint32_t i = 0; i < t->len; i++) {
		put(b, i ? ",{\"name\":" : "{\"name\":");
		put_name(b, t->fields[i].name);
		put(b, ",\"type\":");
		put_type(b, t->fields[i].type);
		put(b, "}");
	}
	put(b, "]}");
}

static void put_list(struct buf *b, const struct type *t)
{
	put(b, "{\"list\":{\"type\":");
	put_type(b, t->item);
	(void)buf_addf(b, ",\"length\":%" PRIu32 "}}", t->len);
}

static void put_optional(struct buf *b, const struct type *t)
{
	put(b, "{\"optional\":");
	put_type(b, t->item);
	put(b, "}");
}

static void put_response(struct buf *b, const struct type *t)
{
	put(b, "{\"response\":{\"ok\":");
	put_type(b, t->ok);
	put(b, ",\"error\":");
	put_type(b, t->err);
	put(b, "}}");
}

/* Recurses with the type, whose depth is bounded. */
static void put_type(struct buf *b, const struct type *t)
{
	switch ((enum type_kind)t->kind) {
	case TYPE_NONE:
		put(b, "\"none\"");
		break;
	case TYPE_INT:
		put(b, "\"int128\"");
		break;
	case TYPE_UINT:
		put(b, "\"uint128\"");
		break;
	case TYPE_BOOL:
		put(b, "\"bool\"");
		break;
	case TYPE_PRINCIPAL:
	case TYPE_CALLABLE_PRINCIPAL:
	case TYPE_LIST_UNION:
		put(b, "\"principal\"");
		break;
	case TYPE_CALLABLE_TRAIT:
	case TYPE_TRAIT_REF:
		put(b, "\"trait_reference\"");
		break;
	case TYPE_BUFF:
		put_length(b, "buffer", t->len);
		break;
	case TYPE_ASCII:
		put_length(b, "string-ascii", t->len);
		break;
	case TYPE_UTF8:
		put_length(b, "string-utf8", t->len);
		break;
	case TYPE_LIST:
		put_list(b, t);
		break;
	case TYPE_TUPLE:
		put_tuple(b, t);
		break;
	case TYPE_OPTIONAL:
		put_optional(b, t);
		break;
	case TYPE_RESPONSE:
		put_response(b, t);
		break;
	case TYPE_KIND_COUNT:
		CHECK(!"a type of no kind");
	}
}

/* A name with its type; more may follow in the same object. */
static void put_typed(struct buf *b, const struct analysis_name *n)
{
	put(b, "{\"name\":");
	put_name(b, n->name);
	put(b, ",\"type\":");
	put_type(b, n->type);
}

/* `*n` counts the entries of one JSON array, over several tables. */
static void put_comma(struct buf *b, uint32_t *n)
{
	if ((*n)++ > 0)
		put(b, ",");
}

static void put_fn(struct buf *b, const struct analysis_fn *f,
                   const char *access)
{
	put(b, "{\"name\":");
	put_name(b, f->name);
	(void)buf_addf(b, ",\"access\":\"%s\",\"args\":[", access);
	for (uint32_t i = 0; i < f->n_params; i++) {
		if (i > 0)
			put(b, ",");
		put_typed(b, &f->params[i]);
		put(b, "}");
	}
	put(b, "],\"outputs\":{\"type\":");
	put_type(b, f->returns);
	put(b, "}}");
}

static void put_fns(struct buf *b, const struct analysis_fn *fns, uint32_t n,
                    const char *access, uint32_t *n_put)
{
	for (uint32_t i = 0; i < n; i++) {
		put_comma(b, n_put);
		put_fn(b, &fns[i], access);
	}
}

static void put_vars(struct buf *b, const struct analysis_name *vars,
                     uint32_t n, const char *access, uint32_t *n_put)
{
	for (uint32_t i = 0; i < n; i++) {
		put_comma(b, n_put);
		put_typed(b, &vars[i]);
		(void)buf_addf(b, ",\"access\":\"%s\"}", access);
	}
}

static void put_maps(struct buf *b, const struct contract_analysis *a)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->n_maps; i++) {
		put_comma(b, &n);
		put(b, "{\"name\":");
		put_name(b, a->maps[i].name);
		put(b, ",\"key\":");
		put_type(b, a->maps[i].key);
		put(b, ",\"value\":");
		put_type(b, a->maps[i].value);
		put(b, "}");
	}
}

static void put_tokens(struct buf *b, const struct contract_analysis *a)
{
	uint32_t n = 0;

	put(b, "],\"fungible_tokens\":[");
	for (uint32_t i = 0; i < a->n_fts; i++) {
		put_comma(b, &n);
		put(b, "{\"name\":");
		put_name(b, a->fts[i].name);
		put(b, "}");
	}
	put(b, "],\"non_fungible_tokens\":[");
	n = 0;
	for (uint32_t i = 0; i < a->n_nfts; i++) {
		put_comma(b, &n);
		put_typed(b, &a->nfts[i]);
		put(b, "}");
	}
}

/* "Epoch34" for epoch "3.4". */
static void put_epoch(struct buf *b, enum epoch epoch)
{
	put(b, "],\"epoch\":\"Epoch");
	for (const char *s = epoch_text(epoch); *s; s++) {
		if (*s != '.')
			(void)buf_add_u8(b, (uint8_t)*s);
	}
}

enum err iface_write(struct buf *b, const struct contract_analysis *a)
{
	uint32_t n = 0;

	put(b, "{\"functions\":[");
	put_fns(b, a->privates, a->n_privates, "private", &n);
	put_fns(b, a->publics, a->n_publics, "public", &n);
	put_fns(b, a->read_onlys, a->n_read_onlys, "read_only", &n);
	put(b, "],\"variables\":[");
	n = 0;
	put_vars(b, a->constants, a->n_constants, "constant", &n);
	put_vars(b, a->vars, a->n_vars, "variable", &n);
	put(b, "],\"maps\":[");
	put_maps(b, a);
	put_tokens(b, a);
	put_epoch(b, a->epoch);
	(void)buf_addf(b, "\",\"clarity_version\":\"%s\"}",
	               version_name(a->version));
	return buf_err(b);
}

enum err iface_write_type(struct buf *b, const struct type *t)
{
	put_type(b, t);
	return buf_err(b);
}
