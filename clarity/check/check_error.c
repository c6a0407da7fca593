/* clarity/check/check_error.c - Refusals; contract in check_error.h. */
#include "config.h"

#include "clarity/check/check_error.h"

#include <inttypes.h>
#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/value/repr.h"

/* Bytes that one argument may take in a message. */
#define ARG_TEXT_MAX 90u

static const struct {
	const char *name;
	const char *text;
} errors[CHECK_ERROR_COUNT] = {
	[CHECK_NONE] = { "None", "no error" },
#define X(id, name, text) [CHECK_##id] = { #name, text },
#include "clarity/check/check_error.def"
#undef X
};

const char *check_error_name(enum check_error kind)
{
	CHECK(kind < CHECK_ERROR_COUNT);
	return errors[kind].name;
}

enum check_error check_error_find(struct span name)
{
	for (int i = 1; i < CHECK_ERROR_COUNT; i++) {
		if (span_eq(name, span_str(errors[i].name)))
			return (enum check_error)i;
	}
	return CHECK_NONE;
}

enum err check_error_err(enum check_error kind, enum epoch epoch)
{
	if (kind == CHECK_COST_OVERFLOW)
		return ERR_COST_OVERFLOW;
	if (kind == CHECK_COST_BALANCE_EXCEEDED)
		return ERR_COST_LIMIT;
	if (kind == CHECK_MEMORY_BALANCE_EXCEEDED)
		return ERR_MEMORY_LIMIT;
	if (kind == CHECK_SUPERTYPE_TOO_LARGE)
		return epoch_rejects_large_supertype(epoch) ? ERR_CHECK_REJECT
		                                            : ERR_CHECK;
	if (kind == CHECK_TRAIT_REFERENCE_CHAIN_TOO_DEEP ||
	    kind == CHECK_UNREACHABLE ||
	    kind == CHECK_READ_ONLY_CHECKER_RECURSION_LIMIT_EXCEEDED)
		return ERR_CHECK_REJECT;
	return ERR_CHECK;
}

/* What has no row of its own cannot come from a correct program's types. */
enum check_error check_error_of_type(enum type_error kind)
{
	static const uint8_t kinds[TYPE_ERROR_COUNT] = {
		[TYPE_ERROR_VALUE_TOO_LARGE] = CHECK_VALUE_TOO_LARGE,
		[TYPE_ERROR_TOO_DEEP] = CHECK_TYPE_SIGNATURE_TOO_DEEP,
		[TYPE_ERROR_OUT_OF_BOUNDS] = CHECK_VALUE_OUT_OF_BOUNDS,
		[TYPE_ERROR_DUPLICATE_FIELD] = CHECK_NAME_ALREADY_USED,
		[TYPE_ERROR_NO_SUCH_FIELD] = CHECK_NO_SUCH_TUPLE_FIELD,
		[TYPE_ERROR_MISMATCH] = CHECK_TYPE_ERROR,
		[TYPE_ERROR_EMPTY_TUPLE] = CHECK_EMPTY_TUPLES_NOT_ALLOWED,
		[TYPE_ERROR_SUPERTYPE_TOO_LARGE] = CHECK_SUPERTYPE_TOO_LARGE,
		[TYPE_ERROR_BAD_DESCRIPTION] = CHECK_INVALID_TYPE_DESCRIPTION,
		[TYPE_ERROR_NO_SERIALIZATION_TYPE] =
		    CHECK_COULD_NOT_DETERMINE_SERIALIZATION_TYPE,
		[TYPE_ERROR_UNKNOWN_TYPE] = CHECK_COULD_NOT_DETERMINE_TYPE,
	};

	CHECK(kind < TYPE_ERROR_COUNT);
	return kinds[kind] ? (enum check_error)kinds[kind] : CHECK_UNREACHABLE;
}

/* "a, b or c" */
static void add_types(struct buf *b, const struct check_arg *arg)
{
	for (uint32_t i = 0; i < arg->n_types; i++) {
		if (i > 0)
			(void)buf_add_str(b,
			                  i + 1 < arg->n_types ? ", " : " or ");
		(void)repr_type(b, arg->types[i]);
	}
}

static void add_arg(struct buf *b, const struct check_arg *arg)
{
	switch ((enum check_arg_kind)arg->kind) {
	case CHECK_ARG_NONE:
		break;
	case CHECK_ARG_NUMBER:
		(void)buf_addf(b, "%" PRIu64, arg->number);
		break;
	case CHECK_ARG_NAME:
		(void)buf_add(b, arg->name.p, arg->name.len);
		break;
	case CHECK_ARG_TYPE:
		(void)repr_type(b, arg->type);
		break;
	case CHECK_ARG_TYPES:
		add_types(b, arg);
		break;
	case CHECK_ARG_CONTRACT:
		(void)principal_format(b, arg->contract);
		break;
	case CHECK_ARG_TRAIT:
		(void)principal_format_trait(b, arg->trait);
		break;
	}
}

/* Types can be of any length: an argument that is too long ends in dots. */
static void add_short_arg(struct buf *b, const struct check_arg *arg)
{
	struct buf text;

	buf_init(&text, ARG_TEXT_MAX);
	add_arg(&text, arg);
	(void)buf_add(b, text.p, text.len);
	if (buf_err(&text) != ERR_OK)
		(void)buf_add_str(b, "...");
	buf_fini(&text);
}

static void add_text(struct buf *b, const struct check_fault *f)
{
	const char *text = errors[f->kind].text;

	for (const char *at = text; *at; at++) {
		if (at[0] == '{' && (at[1] == '0' || at[1] == '1') &&
		    at[2] == '}') {
			add_short_arg(b, &f->arg[at[1] - '0']);
			at += 2;
		} else {
			(void)buf_add_u8(b, (uint8_t)*at);
		}
	}
}

void check_error_report(const struct check_fault *f, struct diag *d)
{
	struct buf text;
	struct diag_span span = { 0, 0 };
	struct diag_rule rule = { DIAG_CHECK, (int)f->kind,
		                  errors[f->kind].name };

	if (!d)
		return;
	if (f->at)
		span = f->at->span;
	buf_init(&text, DIAG_MESSAGE_MAX);
	add_text(&text, f);
	diag_set(d, rule, span, "%.*s", (int)text.len,
	         text.p ? (const char *)text.p : "");
	buf_fini(&text);
	if (f->near.len > 0)
		diag_suggest(d, "did you mean '%.*s'?", (int)f->near.len,
		             (const char *)f->near.p);
}
