// tests/oracle/gen/types.mjs - Types of generated programs.
//
// A type is { k, ... }: int, uint, bool, principal; buff, ascii, utf8 with n;
// list with n and of; tuple with fields, [name, type] pairs; optional with of;
// response with ok and err.

export const INT = { k: "int" };
export const UINT = { k: "uint" };
export const BOOL = { k: "bool" };
export const PRINCIPAL = { k: "principal" };

export const buff = (n) => ({ k: "buff", n });
export const ascii = (n) => ({ k: "ascii", n });
export const utf8 = (n) => ({ k: "utf8", n });
export const list = (n, of) => ({ k: "list", n, of });
export const optional = (of) => ({ k: "optional", of });
export const response = (ok, err) => ({ k: "response", ok, err });
export const tuple = (fields) => ({ k: "tuple", fields });

const WORD = { ascii: "string-ascii", utf8: "string-utf8" };

/** The type as a tree. */
export function typeTree(t) {
	switch (t.k) {
	case "buff":
	case "ascii":
	case "utf8":
		return [WORD[t.k] ?? t.k, String(t.n)];
	case "list":
		return ["list", String(t.n), typeTree(t.of)];
	case "optional":
		return ["optional", typeTree(t.of)];
	case "response":
		return ["response", typeTree(t.ok), typeTree(t.err)];
	case "tuple":
		return ["tuple", ...t.fields.map(([n, f]) => [n, typeTree(f)])];
	default:
		return t.k;
	}
}

/** Whether a value of type `b` may stand where `a` is declared. */
export function admits(a, b) {
	if (a.k !== b.k)
		return false;
	switch (a.k) {
	case "buff":
	case "ascii":
	case "utf8":
		return b.n <= a.n;
	case "list":
		return b.n <= a.n && admits(a.of, b.of);
	case "optional":
		return admits(a.of, b.of);
	case "response":
		return admits(a.ok, b.ok) && admits(a.err, b.err);
	case "tuple":
		return a.fields.length === b.fields.length &&
			a.fields.every(([n, f]) => b.fields.some(
				([m, g]) => n === m && admits(f, g)));
	default:
		return true;
	}
}

const FIELDS = ["a", "b", "amount", "id", "owner-of", "k1", "z?"];

/** A random type, at most `depth` deep; without responses when `data`. */
export function randomType(r, depth, data = false) {
	const flat = [[5, "int"], [6, "uint"], [4, "bool"], [4, "principal"],
		[4, "buff"], [3, "ascii"], [2, "utf8"]];
	const deep = [[3, "list"], [4, "tuple"], [4, "optional"],
		[data ? 1 : 4, "response"]];
	const k = r.weighted(depth > 0 ? [...flat, ...deep] : flat);
	const next = () => randomType(r, depth - 1, data);

	switch (k) {
	case "buff":
		return buff(r.pick([0, 1, 2, 20, 32, 33, 34, 65, 100]));
	case "ascii":
		return ascii(r.pick([0, 1, 5, 32, 40, 128]));
	case "utf8":
		return utf8(r.pick([0, 1, 5, 40]));
	case "list":
		return list(r.pick([1, 2, 3, 5, 10]), next());
	case "tuple": {
		const names = FIELDS.filter(() => r.chance(35));

		if (names.length === 0)
			names.push("a");
		return tuple(names.map((n) => [n, next()]));
	}
	case "optional":
		return optional(next());
	case "response":
		return response(next(), next());
	default:
		return { k };
	}
}
