/* clarity/vm/native_codec.c - Consensus bytes inside the language; see
 * native_codec.h. */
#include "config.h"

#include "clarity/vm/native_codec.h"

#include "clarity/value/value_codec.h"

static const struct type buff_max = {
	.kind = TYPE_BUFF,
	.depth = 1,
	.is_concrete = true,
	.len = TYPE_MAX_SIZE,
	.size = 4 + TYPE_MAX_SIZE,
	.type_size = 5,
};

enum err native_codec_to_buff(struct vm *vm, const struct native_call *c,
                              struct value *ret)
{
	struct span bytes;
	struct value buff;

	TRY(value_codec_bytes(host_arena(vm), &bytes, &c->args[0]));
	if (bytes.len > TYPE_MAX_SIZE) {
		*ret = value_none();
		return ERR_OK;
	}
	buff = value_buff(bytes);
	/* What is too large for an optional is none, too. */
	if (value_wrap(ret, VALUE_SOME, &buff, NULL) != ERR_OK)
		*ret = value_none();
	return ERR_OK;
}

/* Bytes that are no such value are none, but for a bad principal before 3.4. */
static enum err not_a_value(struct vm *vm, enum value_codec_fault fault,
                            struct value *ret)
{
	*ret = value_none();
	if (fault != VALUE_CODEC_UNEXPECTED ||
	    epoch_bad_principal_is_none(host_epoch(vm)))
		return ERR_OK;
	return host_fail(vm, VM_ERROR_UNREACHABLE, "UnexpectedSerialization");
}

enum err native_codec_from_buff(struct vm *vm, const struct native_call *c,
                                struct value *ret)
{
	const struct value *buff = &c->args[0];
	struct value_codec_diag fault;
	struct type_diag diag;
	struct value v;
	bool fits;

	if (!value_is(buff, VALUE_BUFF))
		return host_fail_value(vm, &buff_max, buff);
	TRY(host_charge(vm, PRICE_FROM_CONSENSUS_BUFF,
	                buff->n == 0 && version_guards_log_of_zero(c->version)
	                    ? 1
	                    : buff->n));

	enum err e =
	    value_codec_read_typed_all(host_arena(vm), &v, value_bytes(buff),
	                               c->type, host_epoch(vm), &fault);

	if (e == ERR_VALUE_BYTES)
		return not_a_value(vm, fault.fault, ret);
	TRY(e);
	if (fault.has_holes && host_believes_types(vm))
		return ERR_RUN_EXACTLY;
	TRY(host_type(vm, value_admitted(c->type, &v, &fits, &diag), &diag));
	if (!fits) {
		*ret = value_none();
		return ERR_OK;
	}
	return host_type(vm, value_wrap(ret, VALUE_SOME, &v, &diag), &diag);
}
