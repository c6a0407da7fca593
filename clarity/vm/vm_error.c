/* clarity/vm/vm_error.c - Kinds of failure; contract in vm_error.h. */
#include "config.h"

#include "clarity/vm/vm_error.h"

#include "clarity/base/check.h"

struct row {
	const char *reference;
	enum vm_error_class class;
};

static const struct row rows[VM_ERROR_COUNT] = {
#define X(name, class, reference)                                              \
	[VM_ERROR_##name] = { reference, VM_ERROR_CLASS_##class },
#include "clarity/vm/vm_error.def"
#undef X
};

enum vm_error_class vm_error_class(enum vm_error kind)
{
	CHECK(kind < VM_ERROR_COUNT);
	return rows[kind].class;
}

const char *vm_error_name(enum vm_error kind)
{
	CHECK(kind < VM_ERROR_COUNT);
	return rows[kind].reference;
}

const char *vm_error_class_name(enum vm_error_class c)
{
	switch (c) {
	case VM_ERROR_CLASS_RUNTIME:
		return "Runtime";
	case VM_ERROR_CLASS_CHECK:
	case VM_ERROR_CLASS_REJECT:
		return "RuntimeCheck";
	case VM_ERROR_CLASS_EARLY:
		return "EarlyReturn";
	case VM_ERROR_CLASS_COST:
		return "CostError";
	case VM_ERROR_CLASS_INTERNAL:
		return "Internal";
	}
	return "?";
}

bool vm_error_is_includable(enum vm_error kind)
{
	switch (vm_error_class(kind)) {
	case VM_ERROR_CLASS_RUNTIME:
	case VM_ERROR_CLASS_CHECK:
	case VM_ERROR_CLASS_EARLY:
		return true;
	case VM_ERROR_CLASS_COST:
	case VM_ERROR_CLASS_REJECT:
	case VM_ERROR_CLASS_INTERNAL:
		return false;
	}
	return false;
}
