/*
 * clarity/vm/native_hash.h - Hashes and signatures.
 *
 * Lengths that the type rules let pass are checked here; which of them are a
 * failure and which only `false` or `(err u1)` differs from native to native.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-002; SIP-033 (secp256r1); SIP-044 (ed25519)
 */
#ifndef CLARITY_VM_NATIVE_HASH_H
#define CLARITY_VM_NATIVE_HASH_H

#include "clarity/vm/host.h"

/** `hash160`, kind X; integers are hashed as 16 bytes, little-endian. */
native_fn native_hash_hash160;

/** `sha256`, kind X. */
native_fn native_hash_sha256;

/** `sha512`, kind X. */
native_fn native_hash_sha512;

/** `sha512/256`, kind X. */
native_fn native_hash_sha512_256;

/** `keccak256`, kind X. */
native_fn native_hash_keccak256;

/** First step of the secp256k1 and secp256r1 natives, after arg 0: fails
 * unless it is a buffer of 32 bytes. */
native_step_fn native_hash_k1_digest;

/** Second step of `secp256k1-recover?`, after arg 1: fails above 65 bytes,
 * answers (err u2) below 65 or with a recovery id above 3. */
native_step_fn native_hash_k1_recover_signature;

/** Last step of `secp256k1-recover?`. */
native_fn native_hash_k1_recover;

/** Second step of `secp256k1-verify`: fails above 65 bytes, answers false
 * below 64 or with a recovery id above 3. */
native_step_fn native_hash_k1_signature;

/** Last step of `secp256k1-verify`: fails unless the key has 33 bytes; a
 * high S is false. */
native_fn native_hash_k1_verify;

/** Second step of `secp256r1-verify`: fails above 64 bytes, answers false
 * below. */
native_step_fn native_hash_r1_signature;

/** Last step of `secp256r1-verify`; by `version` over the digest or its
 * SHA-256. */
native_fn native_hash_r1_verify;

/** `secp256k1-decompress?`, kind N. */
native_fn native_hash_k1_decompress;

/** `ed25519-verify`, kind X. */
native_fn native_hash_ed25519_verify;

/** Input size of `ed25519-verify`: bytes of the message. */
native_size_fn native_hash_ed25519_size;

#endif /* CLARITY_VM_NATIVE_HASH_H */
