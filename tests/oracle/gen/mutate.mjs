// tests/oracle/gen/mutate.mjs - Source texts with a few tokens or characters
// changed: what the lexer and the parser are asked.

import { ATOMS, WORDS } from "./plant.mjs";

const TOKEN = /\s+|;;[^\n]*|u?"(?:[^"\\]|\\.)*"|[^\s(){},"]+|./gs;
const ODD = [
	"(", ")", "{", "}", ",", ":", ".", "'", "\"", "u\"", ";", ";; note\n",
	" ", "\n", "\t", "\r", "\f", "\\", "<", ">", "<=", ">=", "<a>", "=",
	"-", "+", "*", "/", "!", "?", "_", "a", "Z", "0", "9", "u", "u1",
	"0x", "0x0", "0x00", "-1", "--1", "+1", "é", "\u0000", "\u007f", "~",
	"#", "@", "`", "|", "$", "%", "\\u{41}", "\\x", "\u00a0", "\ufeff",
	"170141183460469231731687303715884105727",
	"170141183460469231731687303715884105728",
	"-170141183460469231731687303715884105728",
	"u340282366920938463463374607431768211455",
	"u340282366920938463463374607431768211456",
	"'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM",
	"'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGN",
	".dep", ".dep.token", "'ST000000000000000000002AMW42H.x.y",
];

const CHANGES = [
	[3, (r, t, i) => t.splice(i, 1)],
	[2, (r, t, i) => t.splice(i, 0, t[i])],
	[3, (r, t, i) => t.splice(i, 1, r.pick(ODD))],
	[3, (r, t, i) => t.splice(i, 0, r.pick(ODD))],
	[2, (r, t, i) => t.splice(i, 1, r.pick(WORDS))],
	[2, (r, t, i) => t.splice(i, 1, r.pick(ATOMS))],
	[2, (r, t, i) => {
		const j = r.below(t.length);

		[t[i], t[j]] = [t[j], t[i]];
	}],
	[2, (r, t, i) => {
		const at = r.below(t[i].length + 1);

		t[i] = t[i].slice(0, at) + r.pick(ODD) + t[i].slice(at);
	}],
	[1, (r, t, i) => {
		t[i] = t[i].slice(0, r.below(t[i].length + 1));
	}],
	/* Comments are not only for people: see the facts on sorting. */
	[2, (r, t, i) => t.splice(i, 0, " ;; c\n")],
	[1, (r, t, i) => {
		const from = r.below(t.length);

		t.splice(i, 0, ...t.slice(from, from + r.below(8)));
	}],
];

/** A mutation of a source text. */
export function mutate(r, source) {
	const tokens = source.match(TOKEN) ?? [" "];

	for (let n = r.pick([1, 1, 1, 2, 2, 3, 5]); n > 0; n--) {
		if (tokens.length === 0)
			tokens.push(" ");
		r.weighted(CHANGES)(r, tokens, r.below(tokens.length));
	}
	return tokens.join("");
}
