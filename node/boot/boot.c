/* node/boot/boot.c - The default contracts; contract in boot.h. */
#include "config.h"

#include "node/boot/boot.h"

#include <string.h>

/* A literal's length, which sizeof counts with its NUL. */
#define BOOT_ROW(contract, language, source)                                   \
	{ .name = (contract),                                                  \
	  .version = (enum clarity_version)(language),                         \
	  .text = { .p = (const uint8_t *)(source),                            \
		    .len = sizeof(source) - 1 } },

static const struct boot_contract rows[] = {
#include "node/boot/boot_rows.h"
};

#undef BOOT_ROW

const struct boot_contract *boot_contracts(size_t *ret_n)
{
	*ret_n = sizeof(rows) / sizeof(*rows);
	return rows;
}

const struct boot_contract *boot_find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	}
	return NULL;
}
