// tests/oracle/gen/edges.mjs - Programs at the limits: one below, the limit,
// one above.
//
// Each row is [name, limits, source of n].  A row is asked at n-1, n and n+1
// for each of its limits, so a limit that moved between epochs is named with
// all its values.

const repeat = (n, s) => s.repeat(Math.max(0, n));
const nest = (n, open, inner, close) =>
	repeat(n, open) + inner + repeat(n, close);
const many = (n, make) => Array.from({ length: n }, (_, i) => make(i)).join(" ");
const name = (n) => "n" + repeat(n - 1, "a");
const fn = (body) => `(define-read-only (edge) ${body})`;
const arg = (type, body) => `(define-read-only (edge (x ${type})) ${body})`;
const MAX = 1048576;

const I128 = 2n ** 127n;

const NAMES = [
	["variable", (n) => fn(`(let ((${name(n)} 1)) ${name(n)})`)],
	["function", (n) => `(define-read-only (${name(n)}) 1)`],
	["parameter", (n) => `(define-read-only (f (${name(n)} int)) 1)`],
	["constant", (n) => `(define-constant ${name(n)} 1) ${fn("1")}`],
	["field", (n) => fn(`{${name(n)}: 1}`)],
	["field of a type", (n) => arg(`{${name(n)}: int}`, "1")],
	["data variable", (n) => `(define-data-var ${name(n)} int 1) ${fn("1")}`],
	["map", (n) => `(define-map ${name(n)} int int) ${fn("1")}`],
	["token", (n) => `(define-fungible-token ${name(n)}) ${fn("1")}`],
	["trait", (n) => `(define-trait ${name(n)} ((m () (response int int))))`],
	["method", (n) => `(define-trait t ((${name(n)} () (response int int))))`],
	["unknown name", (n) => fn(name(n))],
	["trait reference", (n) => `(define-trait ${name(n)}
		((m () (response int int))))
		(define-public (f (t <${name(n)}>)) (contract-call? t m))`],
].map(([what, make]) => [`${what} of n letters`, [128], make]);

const NESTING = [
	["lists", [64, 69, 70, 128, 133, 134], (n) =>
		fn(nest(n - 2, "(+ 1 ", "1", ")"))],
	["bare parentheses", [64, 69, 70, 128, 133, 134], (n) =>
		nest(n, "(", "", ")")],
	["tuple literals", [16, 31, 32, 34, 35, 64, 66, 67], (n) =>
		fn(nest(n, "{a: ", "1", "}"))],
	["tuples in words", [15, 16, 31, 32], (n) =>
		fn(nest(n, "(tuple (a ", "1", "))"))],
	["lists of lists", [31, 32], (n) => fn(nest(n, "(list ", "1", ")"))],
	["optionals", [31, 32], (n) => fn(nest(n, "(some ", "1", ")"))],
	["responses", [31, 32], (n) => fn(nest(n, "(ok ", "1", ")"))],
	["lets", [42, 43, 62, 63, 64], (n) =>
		fn(nest(n, "(let ((a 1)) ", "1", ")"))],
	["begins", [64, 67, 128, 131], (n) => fn(nest(n, "(begin ", "1", ")"))],
	["ifs", [64, 67, 128, 131], (n) => fn(nest(n, "(if true 1 ", "1", ")"))],
	["optional types", [31, 32], (n) =>
		arg(nest(n, "(optional ", "int", ")"), "1")],
	["list types", [31, 32], (n) => arg(nest(n, "(list 1 ", "int", ")"), "1")],
	["response types", [31, 32], (n) =>
		arg(nest(n, "(response int ", "int", ")"), "1")],
	["tuple types", [31, 32], (n) => arg(nest(n, "{a: ", "int", "}"), "1")],
	["matches", [60, 64, 67], (n) =>
		fn(nest(n, "(match (some 1) x ", "1", " 1)"))],
	["calls of functions", [60, 64, 128], (n) => fn("1") +
		many(n, (i) => `(define-read-only (f${i}) ${i ? `(f${i - 1})` :
			"(edge)"})`)],
];

const SIZES = [
	["buff of n bytes", [0, MAX - 5, MAX - 4, MAX], (n) =>
		arg(`(buff ${n})`, "1")],
	["string-ascii of n", [0, MAX - 5, MAX - 4, MAX], (n) =>
		arg(`(string-ascii ${n})`, "1")],
	["string-utf8 of n", [0, MAX / 4 - 2, MAX / 4 - 1, MAX / 4], (n) =>
		arg(`(string-utf8 ${n})`, "1")],
	["list of n ints", [0, 65535, 65536], (n) =>
		arg(`(list ${n} int)`, "1")],
	["list of n bools", [MAX - 8, MAX - 6, MAX], (n) =>
		arg(`(list ${n} bool)`, "1")],
	["list of n huge buffs", [1, 2, 10], (n) =>
		arg(`(list ${n} (buff 100000))`, "1")],
	["some of a big buff", [MAX - 6, MAX - 5, MAX - 4], (n) =>
		arg(`(buff ${n})`, "(some x)")],
	["optional of a big buff", [MAX - 6, MAX - 5, MAX - 4], (n) =>
		arg(`(optional (buff ${n}))`, "1")],
	["response of big buffs", [MAX - 6, MAX - 5], (n) =>
		arg(`(response (buff ${n}) (buff 3))`, "1")],
	["tuple of a big buff", [MAX - 30, MAX - 18, MAX - 16, MAX - 14], (n) =>
		arg(`{a: (buff ${n})}`, "1")],
	["tuple made of a big buff", [MAX - 18, MAX - 16, MAX - 14], (n) =>
		arg(`(buff ${n})`, "{a: x}")],
	["list made of big buffs", [524278, 524280, 524283], (n) =>
		arg(`(buff ${n})`, "(list x x)")],
	["concat of two", [524284, 524286, 524288], (n) =>
		arg(`(buff ${n})`, "(concat x x)")],
	["concat of lists", [32767, 32768], (n) =>
		arg(`(list ${n} int)`, "(concat x x)")],
	["append to a full list", [65534, 65535], (n) =>
		arg(`(list ${n} int)`, "(append x 1)")],
	["map over n", [65534, 65535], (n) => `(define-private (g (a int)) (list a))
		${arg(`(list ${n} int)`, "(map g x)")}`],
	["as-max-len? of n", [0, 5, 2 ** 32 - 1, 2 ** 32], (n) =>
		arg("(list 5 int)", `(as-max-len? x u${Math.max(0, n)})`)],
	["to-ascii? of n bytes", [524283, 524284], (n) =>
		arg(`(buff ${n})`, "(to-ascii? x)")],
	["to-consensus-buff? of n", [MAX - 10, MAX - 5], (n) =>
		arg(`(buff ${n})`, "(to-consensus-buff? x)")],
	["merge of tuples", [524260, 524270, 524278], (n) =>
		`(define-read-only (edge (x {a: (buff ${n})}) (y {b: (buff ${n})}))
			(merge x y))`],
	["variable of n bytes", [MAX - 4], (n) =>
		`(define-data-var v (buff ${n}) 0x) ${fn("1")}`],
	["map of n bytes", [MAX - 4], (n) =>
		`(define-map m (buff ${n}) (buff ${n})) ${fn("1")}`],
	["asset of n bytes", [MAX - 4], (n) =>
		`(define-non-fungible-token a (buff ${n})) ${fn("1")}`],
	["hex literal", [2000], (n) => fn(`0x${repeat(n, "ab")}`)],
	["odd hex", [7], (n) => fn(`0x${repeat(n, "a")}`)],
	["negative length", [-1], (n) => arg(`(buff ${n})`, "1")],
	["negative list", [-1], (n) => arg(`(list ${n} int)`, "1")],
	["negative string", [-1], (n) => arg(`(string-ascii ${n})`, "1")],
];

const COUNTS = [
	["parameters", [256], (n) =>
		`(define-read-only (f ${many(n, (i) => `(p${i} int)`)}) 1)`],
	["public parameters", [256], (n) =>
		`(define-public (f ${many(n, (i) => `(p${i} int)`)}) (ok 1))`],
	["methods", [256], (n) => `(define-trait t
		(${many(n, (i) => `(m${i} () (response int int))`)}))`],
	["parameters of a method", [256], (n) => `(define-trait t
		((m (${many(n, () => "int")}) (response int int))))`],
	["allowances", [128], (n) => `(define-public (f) (restrict-assets?
		tx-sender (${many(n, () => "(with-stx u1)")}) 1))`],
	["allowances of as-contract?", [128], (n) => `(define-public (f)
		(as-contract? (${many(n, () => "(with-stx u1)")}) 1))`],
	["assets of one allowance", [128], (n) => `(define-public (f)
		(as-contract? ((with-nft .dep "a" (list ${many(n,
			(i) => `u${i}`)}))) 1))`],
	["token name of an allowance", [128], (n) => `(define-public (f)
		(as-contract? ((with-ft .dep "${repeat(n, "a")}" u1)) 1))`],
	["arguments of +", [1, 300], (n) => fn(`(+ ${many(n, () => "1")})`)],
	["arguments of and", [1], (n) => fn(`(and ${many(n, () => "true")})`)],
	["arguments of is-eq", [1], (n) => fn(`(is-eq ${many(n, () => "1")})`)],
	["arguments of list", [0, 300], (n) => fn(`(list ${many(n, () => "1")})`)],
	["arguments of let", [1], (n) => fn(`(let ((a 1)) ${many(n, () => "a")})`)],
	["arguments of begin", [1], (n) => fn(`(begin ${many(n, () => "1")})`)],
	["arguments of map", [2], (n) =>
		fn(`(map + ${many(n - 1, () => "(list 1)")})`)],
	["arguments of concat", [2], (n) =>
		fn(`(concat ${many(n, () => "0x00")})`)],
	["bindings", [1, 60], (n) =>
		fn(`(let (${many(n, (i) => `(a${i} 1)`)}) 1)`)],
	["fields", [1, 100], (n) =>
		fn(`{${Array.from({ length: n }, (_, i) => `f${i}: 1`).join(", ")}}`)],
	["definitions", [1, 400], (n) =>
		many(n, (i) => `(define-read-only (f${i}) ${i})`)],
	["uses of a later definition", [100], (n) =>
		`${fn(`(+ ${many(n, () => "later")})`)} (define-constant later 1)`],
	["length of a contract name", [40], (n) =>
		fn(`'ST000000000000000000002AMW42H.${name(n)}`)],
	["length of a sugared name", [40], (n) => fn(`.${name(n)}`)],
	["characters of a principal", [28, 41], (n) => fn(`'S${repeat(n, "0")}`)],
];

const NUMBERS = [
	["int", [I128 - 1n, -I128], (n) => fn(`${n}`)],
	["uint", [2n ** 128n - 1n], (n) => fn(`u${n}`)],
	["length above 32 bits", [2n ** 32n, 2n ** 64n, I128 - 1n], (n) =>
		arg(`(buff ${n})`, "1")],
	["list length above 32 bits", [2n ** 32n, 2n ** 64n], (n) =>
		arg(`(list ${n} int)`, "1")],
	["scalar value", [0x10ffffn, 0xd800n, 0xdfffn, 0n], (n) =>
		fn(`u"\\u{${n.toString(16)}}"`)],
	["digits of a scalar value", [1n, 6n, 8n], (n) =>
		fn(`u"\\u{${"0".repeat(Math.max(0, Number(n) - 1))}9}"`)],
	["supply of a token", [2n ** 128n - 1n, 0n], (n) =>
		`(define-fungible-token t u${n}) ${fn("1")}`],
];

/** All rows with all values: [label, source] pairs. */
export function edges() {
	const found = [];

	for (const [what, limits, make] of
	     [...NAMES, ...NESTING.map(([w, l, m]) => [`n nested ${w}`, l, m]),
	      ...SIZES, ...COUNTS, ...NUMBERS]) {
		for (const limit of limits) {
			const one = typeof limit === "bigint" ? 1n : 1;

			for (const n of [limit - one, limit, limit + one]) {
				if (n < 0 && limit > 0)
					continue;
				found.push([`${what}, n = ${n}`, make(n)]);
			}
		}
	}
	return found;
}
