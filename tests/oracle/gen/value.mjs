// tests/oracle/gen/value.mjs - Arguments of calls: values as consensus bytes.
//
// `encode` makes a value that a type admits; `misfit` one that it may not: of
// another type, too long, with a field too many or too few.  Transactions hand
// over whatever they like, so the machine must know what to do with it.

import { Cl } from "@stacks/transactions";

import { INT, randomType } from "./types.mjs";

const ASCII = "abcXYZ 019-_!?+<>=/*.,;";
const CHARS = ["a", "Z", "7", " ", "\u00e9", "\u20ac", "\u{1F600}"];
const EDGES = ["00000000000000000000000000000000",
	"7fffffffffffffffffffffffffffffff",
	"80000000000000000000000000000000",
	"ffffffffffffffffffffffffffffffff"];

const u32 = (n) => n.toString(16).padStart(8, "0");
const hex = (text) => Buffer.from(text).toString("hex");

/** The bytes of a principal, in hex. */
export function principal(text) {
	return Cl.serialize(Cl.principal(text)).replace(/^0x/, "");
}

function integer(r) {
	if (r.chance(10))
		return r.pick(EDGES);
	return r.pick([r.below(4), r.below(20), r.below(1000), r.bits()])
		.toString(16).padStart(32, "0");
}

function short(r, n) {
	return r.pick([0, Math.min(1, n), Math.min(n, 5), r.below(n + 1), n]);
}

function text(r, n, letters) {
	return Array.from({ length: short(r, n) }, () => r.pick(letters))
		.join("");
}

function bytes(prefix, body) {
	return prefix + u32(body.length / 2) + body;
}

function field(name, body) {
	return name.length.toString(16).padStart(2, "0") + hex(name) + body;
}

function tuple(fields) {
	const sorted = [...fields].sort(([a], [b]) => a < b ? -1 : 1);

	return "0c" + u32(sorted.length) +
		sorted.map(([n, v]) => field(n, v)).join("");
}

/** A value of type `t`; principals are among `people`. */
export function encode(r, t, people) {
	const part = (of) => encode(r, of, people);

	switch (t.k) {
	case "int":
		return "00" + integer(r);
	case "uint":
		return "01" + integer(r);
	case "bool":
		return r.pick(["03", "04"]);
	case "trait":
	case "principal":
		return principal(r.pick(t.k === "trait" ?
			people.filter((p) => p.includes(".")) : people));
	case "buff":
		return bytes("02", Array.from({ length: short(r, t.n) }, () =>
			r.below(256).toString(16).padStart(2, "0")).join(""));
	case "ascii":
		return bytes("0d", hex(text(r, t.n, [...ASCII])));
	case "utf8":
		return bytes("0e", hex(text(r, t.n, CHARS)));
	case "list": {
		const n = Math.min(short(r, t.n), 6);

		return "0b" + u32(n) + Array.from({ length: n },
			() => part(t.of)).join("");
	}
	case "optional":
		return r.chance(30) ? "09" : "0a" + part(t.of);
	case "response":
		return r.chance(60) ? "07" + part(t.ok) : "08" + part(t.err);
	default:
		return tuple(t.fields.map(([n, f]) => [n, part(f)]));
	}
}

/** As encode, but probably not what the type asks for. */
export function misfit(r, t, people) {
	const other = () => encode(r, randomType(r, 1), people);
	const wrong = (of) => r.chance(60) ? misfit(r, of, people) :
		encode(r, of, people);

	if (r.chance(25))
		return other();
	switch (t.k) {
	case "list": {
		const n = r.from(1, r.chance(20) ? t.n + 1 : Math.min(t.n, 4));

		/* Items of different types would be no value at all. */
		return "0b" + u32(n) + wrong(t.of).repeat(n);
	}
	case "tuple": {
		const fields = t.fields.map(([n, f]) => [n, wrong(f)]);

		if (r.chance(15))
			fields.push(["extra", encode(r, INT, people)]);
		else if (r.chance(15) && fields.length > 1)
			fields.pop();
		return tuple(fields);
	}
	case "optional":
		return "0a" + wrong(t.of);
	case "response":
		return r.chance(50) ? "07" + wrong(t.ok) : "08" + wrong(t.err);
	case "buff":
	case "ascii":
	case "utf8":
		return encode(r, { ...t, n: t.n + 1 }, people);
	default:
		return other();
	}
}
