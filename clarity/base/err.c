/* clarity/base/err.c - The error table; contract in err.h. */
#include "config.h"

#include "clarity/base/err.h"

#include "clarity/base/check.h"

struct err_row {
	enum err_class class;
	const char *name;
	const char *text;
};

static const struct err_row err_table[ERR_COUNT] = {
#define X(name_, class_, text_)                                                \
	[ERR_##name_] = { .class = ERR_CLASS_##class_,                         \
		          .name = #name_,                                      \
		          .text = text_ },
#include "clarity/base/err.def"
#undef X
};

enum err_class err_class(enum err e)
{
	CHECK(e < ERR_COUNT);
	return err_table[e].class;
}

const char *err_name(enum err e)
{
	CHECK(e < ERR_COUNT);
	return err_table[e].name;
}

const char *err_text(enum err e)
{
	CHECK(e < ERR_COUNT);
	return err_table[e].text;
}
