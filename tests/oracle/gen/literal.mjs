// tests/oracle/gen/literal.mjs - Literals of a type.

const HEX = "0123456789abcdefABCDEF";
const ASCII = "abcXYZ 0189-_!?+<>=/*.,;:(){}[]'@#$%^&|~`";

export const PRINCIPALS = [
	"'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM",
	"'ST000000000000000000002AMW42H",
	"'SP000000000000000000002Q6VF78",
	"'ST000000000000000000002AMW42H.some-contract",
	".dep",
	"tx-sender",
	"contract-caller",
];

function integer(r) {
	return r.weighted([
		[6, () => String(r.below(20))],
		[1, () => "170141183460469231731687303715884105727"],
		[1, () => String(r.bits())],
		[1, () => "007"],
	])();
}

function text(r, n, escapes) {
	let s = "";

	for (let i = r.below(Math.min(n, 12) + 1); i > 0; i--)
		s += r.chance(12) ? r.pick(escapes) :
			ASCII[r.below(ASCII.length)];
	return `"${s}"`;
}

function hex(r, n) {
	let s = "0x";

	for (let i = r.pick([0, 1, n, n, r.below(n + 1)]); i > 0; i--)
		s += HEX[r.below(HEX.length)] + HEX[r.below(HEX.length)];
	return s.length > 2 + 2 * n ? "0x" : s;
}

/** A literal of an atomic type; null for the others. */
export function literal(r, t) {
	switch (t.k) {
	case "int":
		return r.chance(25) ? `-${integer(r)}` : integer(r);
	case "uint":
		return `u${integer(r)}`;
	case "bool":
		return r.pick(["true", "false"]);
	case "principal":
		return r.pick(PRINCIPALS);
	case "buff":
		return hex(r, t.n);
	case "ascii":
		return text(r, t.n, ["\\n", "\\t", "\\r", "\\\\", "\\\""]);
	case "utf8":
		return `u${text(r, t.n, ["\\u{1F600}", "\\u{e9}", "\\n", "\\\""])}`;
	default:
		return null;
	}
}
