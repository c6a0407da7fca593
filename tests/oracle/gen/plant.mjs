// tests/oracle/gen/plant.mjs - One error in a program that was well typed.

import { randomType } from "./types.mjs";
import { places } from "../lib/tree.mjs";

/** Words of every version: some are unknown to the program's own. */
export const WORDS = [
	"+", "-", "*", "/", "mod", "pow", "xor", "sqrti", "log2", "<", "<=",
	">", ">=", "to-int", "to-uint", "and", "or", "not", "is-eq", "if",
	"let", "begin", "map", "filter", "fold", "append", "concat",
	"as-max-len?", "len", "element-at", "element-at?", "index-of",
	"index-of?", "slice?", "replace-at?", "list", "tuple", "get", "merge",
	"var-get", "var-set", "map-get?", "map-set", "map-insert",
	"map-delete", "hash160", "sha256", "sha512", "sha512/256",
	"keccak256", "secp256k1-recover?", "secp256k1-verify",
	"secp256r1-verify", "principal-of?", "print", "contract-call?",
	"as-contract", "contract-of", "at-block", "get-block-info?",
	"get-burn-block-info?", "get-stacks-block-info?", "get-tenure-info?",
	"ok", "err", "some", "default-to", "asserts!", "unwrap!",
	"unwrap-err!", "unwrap-panic", "unwrap-err-panic", "try!", "match",
	"is-ok", "is-err", "is-some", "is-none", "ft-get-balance",
	"ft-get-supply", "ft-mint?", "ft-transfer?", "ft-burn?",
	"nft-get-owner?", "nft-mint?", "nft-transfer?", "nft-burn?",
	"stx-get-balance", "stx-account", "stx-transfer?",
	"stx-transfer-memo?", "stx-burn?", "buff-to-int-le",
	"buff-to-uint-be", "is-standard", "principal-destruct?",
	"principal-construct?", "string-to-int?", "string-to-uint?",
	"int-to-ascii", "int-to-utf8", "to-consensus-buff?",
	"from-consensus-buff?", "contract-hash?", "to-ascii?",
	"restrict-assets?", "as-contract?", "with-stx", "with-ft",
	"with-nft", "with-stacking", "with-all-assets-unsafe", "bit-and",
	"bit-or", "bit-not", "bit-xor", "bit-shift-left", "bit-shift-right",
	"define-constant", "define-private", "define-public",
	"define-read-only", "define-data-var", "define-map",
	"define-fungible-token", "define-non-fungible-token", "define-trait",
	"use-trait", "impl-trait",
];

export const ATOMS = [
	"tx-sender", "contract-caller", "block-height", "burn-block-height",
	"none", "true", "false", "stx-liquid-supply", "is-in-regtest",
	"tx-sponsor?", "is-in-mainnet", "chain-id", "stacks-block-height",
	"tenure-height", "stacks-block-time", "current-contract", "int",
	"uint", "bool", "principal", ".dep", "nobody", "0", "u0", "-1",
	"0x", "0x00", "\"\"", "u\"\"", "\"a\"", "'ST000000000000000000002AMW42H",
	"<token>", ".dep.token", "u128", "{a: 1}", "()", "dep", "c1", "f2",
	"p1", "v3", "m4",
];

const PLANTS = {
	/* An expression of some other type. */
	otherType(r, forms, at, g) {
		const [list, i] = at;

		list[i] = g.expr(randomType(r, 2), g.scope(), 2);
	},
	atom(r, forms, [list, i]) {
		list[i] = r.pick(ATOMS);
	},
	word(r, forms, [list, i]) {
		list[i] = r.pick(WORDS);
	},
	drop(r, forms, [list, i]) {
		list.splice(i, 1);
	},
	twice(r, forms, [list, i]) {
		list.splice(i, 0, list[i]);
	},
	swap(r, forms, [list, i]) {
		const j = r.below(list.length);

		[list[i], list[j]] = [list[j], list[i]];
	},
	wrap(r, forms, [list, i]) {
		list[i] = [r.pick(WORDS), list[i]];
	},
	unwrap(r, forms, [list, i]) {
		if (Array.isArray(list[i]) && list[i].length > 0)
			list[i] = r.pick(list[i]);
	},
	response(r, forms, [list, i]) {
		list[i] = [r.pick(["ok", "err", "some"]), list[i]];
	},
	graft(r, forms, [list, i]) {
		const [other, j] = r.pick(places(forms));

		list[i] = JSON.parse(JSON.stringify(other[j]));
	},
	/* Data written where only reading is allowed. */
	readOnly(r, forms) {
		for (const form of forms) {
			if (form[0] === "define-public")
				form[0] = "define-read-only";
		}
	},
	publicInt(r, forms) {
		for (const form of forms) {
			if (form[0] === "define-private")
				form[0] = "define-public";
		}
	},
};

/**
 * Plants one error.
 *
 * @param r      where choices come from
 * @param forms  the program; it is changed
 * @param g      the generator that made it
 */
export function plant(r, forms, g) {
	const kind = r.pick(Object.keys(PLANTS));

	PLANTS[kind](r, forms, r.pick(places(forms)), g);
	return forms;
}
