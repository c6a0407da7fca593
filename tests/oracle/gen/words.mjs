// tests/oracle/gen/words.mjs - The ways to make an expression of a type: one
// or more for each word of the language.
//
// `own(g)` gives tables of [weight, way(type, scope, depth)]: `any` for every
// type, `throwing` for bodies that may return early, `writing` by type for
// code that may change state, and one table for each kind of type.  A way that
// has nothing to offer returns null.

import { INT, UINT, BOOL, PRINCIPAL, buff, ascii, utf8, list, optional,
	response, tuple, typeTree, admits, randomType } from "./types.mjs";
import { literal } from "./literal.mjs";

const HASH = { 20: ["hash160"], 32: ["sha256", "keccak256", "sha512/256"],
	       64: ["sha512"] };
const SEQ = new Set(["buff", "ascii", "utf8", "list"]);

/* More arguments than fit into a byte. */
const MANY = 260;

/* From `least` to two more arguments, or very many, which then are plain:
 * `make` is given 1, or 0 for those. */
function several(r, least, make) {
	return r.chance(1) ? Array(MANY).fill(make(0)) :
		r.times(least, least + 2, () => make(1));
}
const ATOMS = [INT, UINT, BOOL, PRINCIPAL];

/* Ways that fit every type. */
function anyWays(g) {
	const r = g.r;
	const small = () => randomType(r, 1);

	return [
		[4, (t, s, d) => g.build(t, s, (of) => g.expr(of, s, d))],
		[3, (t, s, d) => ["if", g.expr(BOOL, s, d), g.expr(t, s, d),
			g.expr(t, s, d)]],
		[3, (t, s, d) => {
			const bound = r.times(1, 2, () => [g.fresh("x"), small()]);
			let inner = s;
			const bindings = bound.map(([name, type]) => {
				const e = [name, g.firm(type, inner, d)];

				inner = g.within(inner, name, type);
				return e;
			});

			return ["let", bindings, g.expr(t, inner, d)];
		}],
		[2, (t, s, d) => ["begin", ...several(r, 0, (of) =>
			g.expr(r.pick(ATOMS), s, of * d)), g.expr(t, s, d)]],
		[2, (t, s, d) => {
			const of = small();
			const x = g.fresh("x");

			return ["match", g.firm(optional(of), s, d), x,
				g.expr(t, g.within(s, x, of), d),
				g.expr(t, s, d)];
		}],
		[2, (t, s, d) => {
			const ok = small();
			const err = small();
			const [x, y] = [g.fresh("x"), g.fresh("y")];

			return ["match", g.firm(response(ok, err), s, d),
				x, g.expr(t, g.within(s, x, ok), d),
				y, g.expr(t, g.within(s, y, err), d)];
		}],
		[1, (t, s, d) => ["default-to", g.expr(t, s, d),
			g.firm(optional(t), s, d)]],
		[1, (t, s, d) => ["unwrap-panic", g.firm(optional(t), s, d)]],
		[1, (t, s, d) => ["unwrap-panic",
			g.firm(response(t, small()), s, d)]],
		[1, (t, s, d) => ["unwrap-err-panic",
			g.firm(response(small(), t), s, d)]],
		[1, (t, s, d) => ["print", g.expr(t, s, d)]],
		[1, (t, s, d) => {
			const key = r.pick(["a", "k1", "zz"]);

			return ["get", key, ["tuple", ["other", "1"],
				[key, g.expr(t, s, d)]]];
		}],
		[1, (t, s, d) => {
			const v = g.vars.filter((x) => admits(t, x.type));

			return v.length ? ["var-get", r.pick(v).name] : null;
		}],
		[3, (t, s, d) => {
			const calls = g.callees(t, s);

			if (calls.length === 0)
				return null;
			const [head, f] = r.pick(calls);

			return [...head, ...f.args.map((a) => g.expr(a, s, d))];
		}],
		[1, (t, s, d) => ["unwrap-panic", [
			g.clarity > 1 && r.chance(50) ? "element-at?" : "element-at",
			["list", g.expr(t, s, d), g.expr(t, s, d)],
			g.expr(UINT, s, 0)]]],
		[1, (t, s, d) => {
			const f = g.fns.filter((x) => x.args.length === 2 &&
				admits(t, x.ret) && admits(x.args[1], t) &&
				!(s.readOnly && x.writes));

			if (f.length === 0)
				return null;
			const fold = r.pick(f);

			return ["fold", fold.name,
				["list", g.expr(fold.args[0], s, d)],
				g.expr(t, s, d)];
		}],
		[1, (t, s, d) => g.clarity <= 3 ?
			["as-contract", g.expr(t, s, d)] : null],
		[1, (t, s, d) => g.clarity <= 4 && g.epoch < 3.4 ?
			["at-block", literal(r, buff(32)),
			 g.expr(t, { ...s, readOnly: true, ret: null }, d)] : null],
	];
}

/* Early returns; the thrown value must suit the function. */
function throwingWays(g) {
	return [
		[2, (t, s, d) => ["unwrap!", g.firm(optional(t), s, d),
			g.expr(s.ret, s, d)]],
		[1, (t, s, d) => ["unwrap!", g.firm(response(t, UINT), s, d),
			g.expr(s.ret, s, d)]],
		[1, (t, s, d) => ["unwrap-err!", g.firm(response(INT, t), s, d),
			g.expr(s.ret, s, d)]],
		[2, (t, s, d) => s.ret.k === "response" ?
			["try!", g.firm(response(t, s.ret.err), s, d)] :
			s.ret.k === "optional" ?
			["try!", g.firm(optional(t), s, d)] : null],
		[1, (t, s, d) => ["begin", ["asserts!", g.expr(BOOL, s, d),
			g.expr(s.ret, s, d)], g.expr(t, s, d)]],
	];
}

function numberWays(g, self) {
	const r = g.r;
	const later = g.clarity >= 2;
	const n = (s, d) => g.expr(self, s, d);
	const buffTo = self === INT ? ["buff-to-int-le", "buff-to-int-be"] :
		["buff-to-uint-le", "buff-to-uint-be"];
	const ways = [
		[5, (t, s, d) => [r.pick(["+", "-", "*", "/"]),
			...several(r, 1, (of) => n(s, of * d))]],
		[2, (t, s, d) => [r.pick(["mod", "pow", "xor"]), n(s, d), n(s, d)]],
		[1, (t, s, d) => [r.pick(["sqrti", "log2"]), n(s, d)]],
		[1, (t, s, d) => self === INT ? ["to-int", g.expr(UINT, s, d)] :
			["to-uint", g.expr(INT, s, d)]],
		[1, (t, s, d) => ["fold", r.pick(["+", "*", "-", "mod"]),
			["list", n(s, d), n(s, d)], n(s, d)]],
	];

	if (!later)
		return ways;
	return [...ways,
		[2, (t, s, d) => [r.pick(["bit-and", "bit-or", "bit-xor"]),
			...several(r, 1, (of) => n(s, of * d))]],
		[1, (t, s, d) => ["bit-not", n(s, d)]],
		[1, (t, s, d) => [r.pick(["bit-shift-left", "bit-shift-right"]),
			n(s, d), g.expr(UINT, s, d)]],
		[1, (t, s, d) => [r.pick(buffTo), g.expr(buff(16), s, d)]],
	];
}

function uintWays(g) {
	const r = g.r;
	const heights = g.clarity >= 3 ?
		["burn-block-height", "stacks-block-height", "tenure-height"] :
		["burn-block-height", "block-height"];
	const words = [...heights, "stx-liquid-supply"];

	if (g.clarity >= 2)
		words.push("chain-id");
	if (g.clarity >= 4)
		words.push("stacks-block-time");
	return [...numberWays(g, UINT),
		[2, (t, s, d) => ["len", g.expr(sequence(r), s, d)]],
		[2, () => r.pick(words)],
		[1, (t, s, d) => g.fts.length === 0 ? null : r.chance(50) ?
			["ft-get-supply", r.pick(g.fts)] :
			["ft-get-balance", r.pick(g.fts), g.expr(PRINCIPAL, s, d)]],
		[1, (t, s, d) => ["stx-get-balance", g.expr(PRINCIPAL, s, d)]],
		[1, (t, s, d) => g.clarity >= 2 ? ["get",
			r.pick(["locked", "unlocked", "unlock-height"]),
			["stx-account", g.expr(PRINCIPAL, s, d)]] : null],
	];
}

function sequence(r) {
	return r.pick([buff(5), ascii(7), utf8(3), list(3, INT)]);
}

function boolWays(g) {
	const r = g.r;
	const compare = g.clarity >= 2 ?
		[INT, UINT, ascii(5), utf8(4), buff(8)] : [INT, UINT];

	return [
		[3, (t, s, d) => [r.pick(["and", "or"]),
			...r.times(1, 3, () => g.expr(BOOL, s, d))]],
		[2, (t, s, d) => ["not", g.expr(BOOL, s, d)]],
		[3, (t, s, d) => {
			const of = r.pick(compare);

			return [r.pick(["<", "<=", ">", ">="]),
				g.expr(of, s, d), g.expr(of, s, d)];
		}],
		[3, (t, s, d) => {
			const of = randomType(r, 1);

			return ["is-eq", ...r.times(1, 3, () =>
				g.expr(of, s, d))];
		}],
		[2, (t, s, d) => [r.pick(["is-some", "is-none"]),
			g.expr(optional(randomType(r, 1)), s, d)]],
		[2, (t, s, d) => [r.pick(["is-ok", "is-err"]),
			g.expr(response(INT, randomType(r, 1)), s, d)]],
		[1, () => r.pick(g.clarity >= 2 ?
			["is-in-regtest", "is-in-mainnet"] : ["is-in-regtest"])],
		[1, (t, s, d) => g.clarity >= 2 ?
			["is-standard", g.expr(PRINCIPAL, s, d)] : null],
		[1, (t, s, d) => ["secp256k1-verify", g.expr(buff(32), s, d),
			g.expr(buff(65), s, d), g.expr(buff(33), s, d)]],
		[1, (t, s, d) => g.clarity >= 4 ? ["secp256r1-verify",
			g.expr(buff(32), s, d), g.expr(buff(64), s, d),
			g.expr(buff(33), s, d)] : null],
	];
}

/* Words that change state, by the type that they give. */
function writingWays(g) {
	const r = g.r;
	const of = (items, make) => (t, s, d) => items.length ?
		make(r.pick(items), s, d) : null;
	const map = (word) => of(g.maps, (m, s, d) => [word, m.name,
		g.expr(m.key, s, d), g.expr(m.value, s, d)]);
	const sent = (make) => (t, s, d) => admits(t, response(BOOL, UINT)) ?
		make(t, s, d) : null;
	const who = (s, d) => g.expr(PRINCIPAL, s, d);

	return {
		bool: [
			[3, of(g.vars, (v, s, d) => ["var-set", v.name,
				g.expr(v.type, s, d)])],
			[2, map("map-set")],
			[2, map("map-insert")],
			[1, of(g.maps, (m, s, d) => ["map-delete", m.name,
				g.expr(m.key, s, d)])],
		],
		response: [
			[2, sent((t, s, d) => ["stx-transfer?",
				g.expr(UINT, s, d), who(s, d), who(s, d)])],
			[1, sent((t, s, d) => ["stx-burn?", g.expr(UINT, s, d),
				who(s, d)])],
			[1, sent((t, s, d) => g.clarity < 2 ? null :
				["stx-transfer-memo?", g.expr(UINT, s, d),
				 who(s, d), who(s, d), g.expr(buff(34), s, d)])],
			[2, sent(of(g.fts, (ft, s, d) => r.pick([
				["ft-mint?", ft, g.expr(UINT, s, d), who(s, d)],
				["ft-burn?", ft, g.expr(UINT, s, d), who(s, d)],
				["ft-transfer?", ft, g.expr(UINT, s, d),
				 who(s, d), who(s, d)]])))],
			[2, sent(of(g.nfts, (nft, s, d) => r.pick([
				["nft-mint?", nft.name, g.expr(nft.id, s, d),
				 who(s, d)],
				["nft-burn?", nft.name, g.expr(nft.id, s, d),
				 who(s, d)],
				["nft-transfer?", nft.name, g.expr(nft.id, s, d),
				 who(s, d), who(s, d)]])))],
			[2, (t, s, d) => s.trait !== undefined &&
				admits(t, response(UINT, UINT)) ?
				["contract-call?", s.trait, "balance", who(s, d)] :
				null],
			[1, (t, s, d) => g.clarity >= 4 && t.err.k === "uint" ?
				guarded(g, t, s, d) : null],
		],
	};
}

/* restrict-assets? and as-contract?, whose bodies run under allowances. */
function guarded(g, t, s, d) {
	const r = g.r;
	const name = literal(r, ascii(10));
	const kinds = [
		() => ["with-stx", g.expr(UINT, s, 0)],
		() => ["with-ft", ".dep", name, g.expr(UINT, s, 0)],
		() => ["with-nft", ".dep", name, ["list", g.expr(UINT, s, 0)]],
	];

	if (g.clarity <= 5)
		kinds.push(() => ["with-stacking", g.expr(UINT, s, 0)]);
	const allowances = r.times(0, 2, () => r.pick(kinds)());
	const body = g.expr(t.ok, { ...s, ret: null }, d);

	if (r.chance(50))
		return ["restrict-assets?", g.expr(PRINCIPAL, s, 0),
			allowances, body];
	return ["as-contract?", r.chance(20) ?
		[["with-all-assets-unsafe"]] : allowances, body];
}

/* Ways of buffers, strings and lists alike. */
function seqWays(g) {
	const r = g.r;
	const later = g.clarity >= 2;
	const half = (t) => ({ ...t, n: Math.floor(t.n / 2) });

	return [
		[2, (t, s, d) => t.n < 2 ? null :
			["concat", g.firmSeq(half(t), s, d),
			 g.firmSeq(half(t), s, d)]],
		[2, (t, s, d) => ["unwrap-panic", ["as-max-len?",
			g.firmSeq({ ...t, n: t.n + r.below(4) }, s, d),
			`u${t.n}`]]],
		[1, (t, s, d) => later ? ["unwrap-panic", ["slice?",
			g.firmSeq(t, s, d), g.expr(UINT, s, d),
			g.expr(UINT, s, d)]] : null],
		[1, (t, s, d) => later && t.n > 0 ? ["unwrap-panic",
			["replace-at?", g.firmSeq(t, s, d), g.expr(UINT, s, d),
			 t.k === "list" ? g.expr(t.of, s, d) :
				g.expr({ ...t, n: 1 }, s, 0)]] : null],
		[1, (t, s, d) => {
			const of = t.k === "list" ? t.of : { ...t, n: 1 };
			const f = g.fns.filter((x) => x.args.length === 1 &&
				x.ret.k === "bool" && admits(x.args[0], of) &&
				!(s.readOnly && x.writes));

			return f.length ? ["filter", r.pick(f).name,
				g.firmSeq(t, s, d)] : null;
		}],
	];
}

function buffWays(g) {
	const r = g.r;

	return [...seqWays(g),
		[3, (t, s, d) => {
			const sizes = Object.keys(HASH).filter((n) => n <= t.n);

			return sizes.length ? [r.pick(HASH[r.pick(sizes)]),
				g.expr(r.pick([INT, UINT, buff(12)]), s, d)] : null;
		}],
		[1, (t, s, d) => g.clarity >= 2 && t.n >= 17 ?
			["unwrap-panic", ["to-consensus-buff?",
			 g.expr(r.pick([INT, UINT, BOOL]), s, d)]] : null],
		[1, (t, s, d) => t.n < 32 ? null : ["unwrap-panic",
			g.clarity < 3 ?
			["get-block-info?", r.pick(["vrf-seed", "header-hash",
			 "id-header-hash", "burnchain-header-hash"]),
			 g.expr(UINT, s, d)] :
			["get-stacks-block-info?", r.pick(["header-hash",
			 "id-header-hash"]), g.expr(UINT, s, d)]]],
	];
}

function textWays(g, word, max) {
	return [...seqWays(g),
		[2, (t, s, d) => g.clarity >= 2 && t.n >= max ?
			[word, g.expr(g.r.pick([INT, UINT]), s, d)] : null],
	];
}

function listWays(g) {
	const r = g.r;

	return [...seqWays(g),
		[2, (t, s, d) => t.n < 1 ? null : ["append",
			g.firmSeq({ ...t, n: t.n - 1 }, s, d),
			g.expr(t.of, s, d)]],
		[2, (t, s, d) => {
			const f = g.fns.filter((x) => x.args.length > 0 &&
				x.args.length < 4 && admits(t.of, x.ret) &&
				!(s.readOnly && x.writes));

			if (f.length === 0)
				return null;
			const call = r.pick(f);

			return ["map", call.name, ...call.args.map((a) =>
				g.firmSeq(list(t.n, a), s, d))];
		}],
		[1, (t, s, d) => t.of.k === "int" || t.of.k === "uint" ?
			["map", r.pick(["+", "*", "xor"]),
			 g.firmSeq(t, s, d), g.firmSeq(t, s, d)] : null],
		[1, (t, s, d) => t.of.k === "bool" ?
			["map", "not", g.firmSeq(t, s, d)] : null],
	];
}

function optionalWays(g) {
	const r = g.r;
	const later = g.clarity >= 2;
	const info = (t, s, d) => g.clarity < 3 ?
		["get-block-info?", "time", g.expr(UINT, s, d)] : r.pick([
			["get-stacks-block-info?", "time", g.expr(UINT, s, d)],
			["get-tenure-info?", r.pick(["time", "block-reward",
			 "miner-spend-total"]), g.expr(UINT, s, d)]]);

	return [
		[2, (t, s, d) => {
			const maps = g.maps.filter((m) => admits(t.of, m.value));

			if (maps.length === 0)
				return null;
			const m = r.pick(maps);

			return ["map-get?", m.name, g.expr(m.key, s, d)];
		}],
		[1, (t, s, d) => t.of.k === "uint" ? ["index-of",
			["list", g.expr(INT, s, d)], g.expr(INT, s, d)] : null],
		[1, (t, s, d) => later && t.of.k === "int" ? ["string-to-int?",
			g.expr(r.pick([ascii(9), utf8(9)]), s, d)] : null],
		[1, (t, s, d) => later && t.of.k === "uint" ? ["string-to-uint?",
			g.expr(r.pick([ascii(9), utf8(9)]), s, d)] : null],
		[1, (t, s, d) => later ? ["from-consensus-buff?",
			typeTree(t.of), g.expr(buff(64), s, d)] : null],
		[1, (t, s, d) => t.of.k === "uint" ? info(t, s, d) : null],
		[1, (t, s, d) => {
			const nft = g.nfts.length ? r.pick(g.nfts) : null;

			return t.of.k === "principal" && nft ? ["nft-get-owner?",
				nft.name, g.expr(nft.id, s, d)] : null;
		}],
		[1, (t) => later && t.of.k === "principal" ? "tx-sponsor?" : null],
		[1, (t, s, d) => later && t.of.k === "uint" ? ["get", "payout",
			["get-burn-block-info?", "pox-addrs",
			 g.expr(UINT, s, d)]] : null],
		[1, (t, s, d) => later && t.of.k === "buff" && t.of.n >= 32 ?
			["get-burn-block-info?", "header-hash",
			 g.expr(UINT, s, d)] : null],
		[1, (t, s, d) => later && t.of.k === "uint" ? ["index-of?",
			g.firmSeq(list(4, BOOL), s, d), g.expr(BOOL, s, d)] :
			null],
		[1, (t, s, d) => ["element-at", g.firmSeq(list(3, t.of), s, d),
			g.expr(UINT, s, d)]],
		[1, (t, s, d) => ["get", "a", ["some", ["tuple",
			["a", g.expr(t.of, s, d)]]]]],
	];
}

function principalWays(g) {
	const r = g.r;
	const words = ["tx-sender", "contract-caller"];

	if (g.clarity >= 4)
		words.push("current-contract");
	return [
		[2, () => r.pick(words)],
		[1, (t, s) => s.trait === undefined ? null :
			["contract-of", s.trait]],
		[1, (t, s, d) => ["unwrap-panic", ["principal-of?",
			g.expr(buff(33), s, d)]]],
		[1, (t, s, d) => g.clarity < 2 ? null : ["unwrap-panic",
			["principal-construct?", g.expr(buff(1), s, d),
			 g.expr(buff(20), s, d), ...(r.chance(40) ?
				[g.expr(ascii(40), s, d)] : [])]]],
	];
}

function responseWays(g) {
	const r = g.r;
	const gives = (type, make) => (t, s, d) => admits(t, type) ?
		make(t, s, d) : null;

	return [
		[1, gives(response(buff(33), UINT), (t, s, d) =>
			["secp256k1-recover?", g.expr(buff(32), s, d),
			 g.expr(buff(65), s, d)])],
		[1, gives(response(PRINCIPAL, UINT), (t, s, d) =>
			["principal-of?", g.expr(buff(33), s, d)])],
		[1, gives(response(buff(32), UINT), (t, s, d) =>
			g.clarity < 4 ? null :
			["contract-hash?", g.expr(PRINCIPAL, s, d)])],
		[1, gives(response(ascii(40), UINT), (t, s, d) =>
			g.clarity < 4 ? null :
			["to-ascii?", g.expr(r.pick([INT, UINT, BOOL, buff(9)]),
			 s, d)])],
	];
}

function tupleWays(g) {
	const r = g.r;

	return [
		[1, (t, s, d) => g.clarity < 2 ? null : ["begin",
			["is-ok", ["principal-destruct?",
			 g.expr(PRINCIPAL, s, d)]], g.expr(t, s, d)]],
		[3, (t, s, d) => {
			const part = t.fields.map(([n, f]) => [n,
				g.expr(f, s, d)]);

			return ["merge", ["tuple", r.pick(part)],
				["tuple", ...part]];
		}],
	];
}

/** All ways of a generator's version of the language. */
export function own(g) {
	g.firmSeq = (t, s, d) => t.k === "list" ?
		["list", ...g.r.times(Math.min(t.n, 1), Math.min(t.n, 3),
			() => g.expr(t.of, s, d))] : g.expr(t, s, d);
	return {
		any: anyWays(g),
		throwing: throwingWays(g),
		writing: writingWays(g),
		int: numberWays(g, INT),
		uint: uintWays(g),
		bool: boolWays(g),
		principal: principalWays(g),
		buff: buffWays(g),
		ascii: textWays(g, "int-to-ascii", 40),
		utf8: textWays(g, "int-to-utf8", 40),
		list: listWays(g),
		tuple: tupleWays(g),
		optional: optionalWays(g),
		response: responseWays(g),
	};
}
