// tests/bitcoin/crypto.mjs - Randomness where Node 18 does not yet offer it.
//
// The libraries look for `crypto` among the globals, where it is from Node 19
// on; without it a taproot input is silently left unsigned.

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
