/* clarity/vm/native_contract.c - contract-hash?; see native_contract.h. */
#include "config.h"

#include "clarity/vm/native_contract.h"

#include "clarity/crypto/hash.h"
#include "clarity/vm/load.h"
#include "clarity/vm/machine.h"
#include "clarity/vm/native_token.h"

enum err native_contract_hash(struct vm *vm, const struct native_call *c,
                              struct value *ret)
{
	const struct value *v = &c->args[0];
	struct contract *contract;

	if (!value_is(v, VALUE_PRINCIPAL))
		return machine_fail(vm, VM_ERROR_EXPECTED_CONTRACT,
		                    "not a principal");
	if (!principal_is_contract(v->principal)) {
		native_token_refuse(ret, 1);
		return ERR_OK;
	}
	TRY(host_charge(vm, PRICE_CONTRACT_HASH, 0));
	TRY(load_contract(vm, v->principal, &contract));
	if (!contract) {
		native_token_refuse(ret, 2);
		return ERR_OK;
	}

	uint8_t *hash = arena_alloc(&vm->arena, HASH_256_LEN);

	if (!hash)
		return ERR_NO_MEMORY;
	hash_sha512_256(hash, contract->source.p, contract->source.len);
	*ret = value_buff(span_of(hash, HASH_256_LEN));
	ret->wraps = VALUE_OK;
	return ERR_OK;
}
