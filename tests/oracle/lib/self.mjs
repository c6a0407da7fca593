// tests/oracle/lib/self.mjs - Claims about the harness itself: a peer that is
// wrong is noticed, and a difference is cut down.

import { difference } from "./compare.mjs";
import { Random } from "./random.mjs";
import { shrink } from "./shrink.mjs";
import { read, showAll } from "./tree.mjs";
import { Typed } from "../gen/typed.mjs";

const SAID = { verdict: "accept", abi: { functions: [{ name: "f" }] },
	       cost: { parse: [1, 0] }, kind: null };

/** [holds, claim] pairs. */
export async function claims() {
	const program = (seed) => showAll(
		new Typed(new Random(seed), "3.4", 5).program());
	const found = await shrink({ source:
		"(define-constant a (list 1 (bad) 2)) (define-constant b 1)" },
		async (p) => p.source.includes("(bad)"));

	return [
		[difference(SAID, { ...SAID, verdict: "reject" }, false) ===
			"verdict", "a flipped verdict is a difference"],
		[difference(SAID, { ...SAID, verdict: "crash" }, false) ===
			"crash", "a peer that ends is a difference"],
		[difference(SAID, { ...SAID, abi: { functions: [] } }, false) ===
			"interface", "a lost function is a difference"],
		[difference(SAID, { ...SAID, cost: { parse: [2, 0] } }, true) ===
			"cost", "a unit of cost is a difference when asked"],
		[difference(SAID, { ...SAID, abi: { functions:
			[{ name: "f" }] } }, true) === null,
		 "equal judgements are none"],
		[found.source === "(bad)", "a difference is cut to its core"],
		[program(7) === program(7) && program(7) !== program(8),
		 "a seed repeats its programs"],
		[showAll(read("(a {b: (c 1)} \"(\")(d)")) ===
			"(a {b: (c 1)} \"(\")\n(d)", "trees print as they read"],
	];
}
