/* clarity/vm/bytecode.c - Names and roles of opcodes; see bytecode.h. */
#include "config.h"

#include "clarity/vm/bytecode.h"

#include "clarity/base/check.h"

static const char *const names[OP_COUNT] = {
#define X(name, roles, text) [OP_##name] = #name,
#include "clarity/vm/opcode.def"
#undef X
};

static const char *const roles_of[OP_COUNT] = {
#define X(name, roles, text) [OP_##name] = roles,
#include "clarity/vm/opcode.def"
#undef X
};

const char *bytecode_name(enum opcode op)
{
	CHECK(op < OP_COUNT);
	return names[op];
}

const char *bytecode_roles(enum opcode op)
{
	CHECK(op < OP_COUNT);
	return roles_of[op];
}
