// tests/oracle/lib/self.mjs - Claims about the harness itself: a peer that is
// wrong is noticed, and a difference is cut down.

import { Cl } from "@stacks/transactions";

import { difference } from "./compare.mjs";
import { parting } from "./evaluate.mjs";
import { Random } from "./random.mjs";
import { shrink } from "./shrink.mjs";
import { read, showAll } from "./tree.mjs";
import { Typed } from "../gen/typed.mjs";
import { encode } from "../gen/value.mjs";
import { ascii, list, optional, PRINCIPAL, tuple, utf8 } from
	"../gen/types.mjs";
import { DEPLOYER } from "../gen/sets.mjs";

const SAID = { verdict: "accept", abi: { functions: [{ name: "f" }] },
	       cost: { parse: [1, 0] }, kind: null };

const RAN = { said: "0703", cost: "[1,2,3,4,5]", memory: 7,
	      events: ["a", "b"], effects: "[[],[]]" };

/* Whether another encoder writes what it reads from these bytes. */
function isValue(bytes) {
	return Cl.serialize(Cl.deserialize(bytes)).replace(/^0x/, "") === bytes;
}

/* Claims about outcomes of runs. */
function ran() {
	const seeds = Array.from({ length: 50 }, (_, i) => i);
	const differs = (field) => parting(RAN, { ...RAN, ...field });

	return [
		[differs({ said: "0704" }) === "said" &&
		 differs({ said: "Runtime UnwrapFailure" }) === "said",
		 "another result is a difference"],
		[differs({ cost: "[1,2,3,4,6]" }) === "cost",
		 "a unit of any cost is a difference"],
		[differs({ memory: 8 }) === "memory" &&
		 differs({ effects: "[[],[1]]" }) === "effects",
		 "a byte of memory and a write are differences"],
		[differs({ events: ["b", "a"] }) === "events",
		 "another order of events is a difference"],
		[parting(RAN, undefined) === "steps",
		 "a missing step is a difference"],
		[differs({}) === null && differs({ cost: undefined,
			memory: undefined }) === null,
		 "what one side does not tell is none"],
		[seeds.every((seed) => isValue(encode(new Random(seed), list(4,
			tuple([["b", ascii(9)], ["a", optional(utf8(5))],
			 ["who", PRINCIPAL]])), [DEPLOYER]))),
		 "arguments are values in consensus bytes"],
	];
}

/** [holds, claim] pairs. */
export async function claims() {
	const program = (seed) => showAll(
		new Typed(new Random(seed), "3.4", 5).program());
	const found = await shrink({ source:
		"(define-constant a (list 1 (bad) 2)) (define-constant b 1)" },
		async (p) => p.source.includes("(bad)"));

	return [
		...ran(),
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
