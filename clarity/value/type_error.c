/* clarity/value/type_error.c - Kinds of type errors; see type_error.h. */
#include "config.h"

#include "clarity/value/type_error.h"

#include "clarity/base/check.h"

static const char *const type_error_names[TYPE_ERROR_COUNT] = {
#define X(name_, reference_, text_) [TYPE_ERROR_##name_] = reference_,
#include "clarity/value/type_error.def"
#undef X
};

static const char *const type_error_texts[TYPE_ERROR_COUNT] = {
#define X(name_, reference_, text_) [TYPE_ERROR_##name_] = text_,
#include "clarity/value/type_error.def"
#undef X
};

const char *type_error_name(enum type_error kind)
{
	CHECK(kind < TYPE_ERROR_COUNT);
	return type_error_names[kind];
}

const char *type_error_text(enum type_error kind)
{
	CHECK(kind < TYPE_ERROR_COUNT);
	return type_error_texts[kind];
}

enum err type_error_set(struct type_diag *diag, enum type_error kind)
{
	if (diag)
		*diag = (struct type_diag){ .kind = kind };
	return ERR_TYPE;
}
