// tests/oracle/gen/typed.mjs - Programs that are well typed by construction.
//
// The generator keeps a scope of everything that is defined, asks for an
// expression of a type, and picks among the ways the language has to make one.
// "Of a type" means that the type admits it.  A few results are wrong all the
// same (an indeterminate `none` in a place that needs to know); that is fine,
// since it is the peers who judge.

import { INT, UINT, BOOL, PRINCIPAL, buff, ascii, utf8, list, optional,
	response, tuple, typeTree, admits, randomType } from "./types.mjs";
import { literal } from "./literal.mjs";
import { own } from "./words.mjs";

/** The contract that every generated program may call. */
export const DEP = {
	name: "dep",
	clarity: 2,
	source: `(define-trait token (
	(transfer (uint principal principal) (response bool uint))
	(balance (principal) (response uint uint))))
(define-trait any ((get-any ((optional (buff 8))) (response (list 3 int) bool))))
(define-data-var count uint u0)
(define-public (transfer (a uint) (f principal) (t principal)) (ok true))
(define-public (balance (p principal)) (if (is-eq p tx-sender) (ok u1) (err u2)))
(define-public (count-up) (begin (var-set count (+ (var-get count) u1)) (ok (var-get count))))
(define-read-only (peek (a int)) a)
(define-read-only (pair (k (buff 4))) {a: k, b: (some u1)})
(define-read-only (show (s (string-ascii 10)) (l (list 4 uint))) (ok l))
(define-private (hidden) 1)`,
};

const DEP_CALLS = [
	{ name: "transfer", args: [UINT, PRINCIPAL, PRINCIPAL],
	  ret: response(BOOL, UINT), writes: true },
	{ name: "balance", args: [PRINCIPAL], ret: response(UINT, UINT),
	  writes: true },
	{ name: "count-up", args: [], ret: response(UINT, UINT), writes: true },
	{ name: "peek", args: [INT], ret: INT },
	{ name: "pair", args: [buff(4)],
	  ret: tuple([["a", buff(4)], ["b", optional(UINT)]]) },
	{ name: "show", args: [ascii(10), list(4, UINT)],
	  ret: response(list(4, UINT), UINT) },
];

/* What showcases give: types that some word of the language gives. */
const SHOWN = [INT, INT, UINT, UINT, BOOL, BOOL, PRINCIPAL, buff(1), buff(65),
	ascii(1), ascii(40), utf8(40), list(3, INT), list(2, BOOL),
	list(3, UINT), tuple([["a", INT], ["b", buff(3)]]), optional(UINT),
	optional(INT), optional(PRINCIPAL), optional(buff(5)),
	response(BOOL, UINT), response(BOOL, UINT), response(BOOL, UINT),
	response(BOOL, UINT), response(UINT, UINT), response(UINT, UINT),
	response(buff(33), UINT), response(PRINCIPAL, UINT),
	response(buff(32), UINT), response(ascii(40), UINT)];

/* Words whose value is the chain's, and not the program's. */
const OPEN = new Set(["block-height", "burn-block-height",
	"stacks-block-height", "tenure-height", "stx-liquid-supply",
	"stacks-block-time", "get-block-info?", "get-burn-block-info?",
	"get-stacks-block-info?", "get-tenure-info?", "at-block",
	"stx-get-balance", "stx-account"]);

function isOpen(e) {
	return Array.isArray(e) ? e.some(isOpen) : OPEN.has(e);
}

export class Typed {
	constructor(r, epoch, clarity) {
		this.r = r;
		this.epoch = Number(epoch);
		this.clarity = clarity;
		this.last = 0;
		this.forms = [];
		this.consts = [];
		this.vars = [];
		this.maps = [];
		this.fts = [];
		this.nfts = [];
		this.fns = [];
		this.traits = [];
		this.entries = [];
		this.theirs = DEP_CALLS.map((f) => ({ contract: ".dep", ...f }));
		this.people = null; // principals to speak of, if not the usual ones
		this.isClosed = false; // whether to leave out what a chain decides
		this.ways = own(this);
	}

	fresh(stem) {
		return `${stem}${++this.last}`;
	}

	/** A scope for an expression: what it may see and do. */
	scope(fields) {
		return { locals: [], ret: null, readOnly: false, ...fields };
	}

	within(scope, name, type) {
		return { ...scope, locals: [...scope.locals, { name, type }] };
	}

	/** An expression that `t` admits, `depth` calls deep at most. */
	expr(t, scope, depth) {
		if (depth <= 0)
			return this.leaf(t, scope);
		const way = this.r.weighted(this.waysTo(t, scope));
		const e = way(t, scope, depth - 1) ?? this.leaf(t, scope);

		return this.isClosed && isOpen(e) ? this.leaf(t, scope) : e;
	}

	waysTo(t, scope) {
		const ways = [[3, (a, b) => this.leaf(a, b)], ...this.ways.any];

		if (scope.ret !== null)
			ways.push(...this.ways.throwing);
		if (!scope.readOnly)
			ways.push(...(this.ways.writing[t.k] ?? []));
		/* The type's own words get a fair share against `any`. */
		return [...ways, ...(this.ways[t.k] ?? []).map(
			([weight, way]) => [3 * weight, way])];
	}

	/** What is at hand: a variable, a constant, a literal. */
	leaf(t, scope) {
		const known = [...scope.locals, ...this.consts].filter(
			(v) => admits(t, v.type));

		if (known.length > 0 && this.r.chance(60))
			return this.r.pick(known).name;
		return this.build(t, scope, (of) => this.leaf(of, scope));
	}

	/** The plainest form of a type, its parts made by `part`. */
	build(t, scope, part) {
		const r = this.r;

		switch (t.k) {
		case "list":
			return ["list", ...r.times(0, Math.min(t.n, 3),
				() => part(t.of))];
		case "tuple":
			return r.chance(50) ?
				["tuple", ...t.fields.map(([n, f]) => [n, part(f)])] :
				this.braces(t, part);
		case "optional":
			return r.chance(30) ? "none" : ["some", part(t.of)];
		case "response":
			return r.chance(60) ? ["ok", part(t.ok)] :
				["err", part(t.err)];
		default:
			if (t.k === "principal" && this.people !== null)
				return `'${r.pick(this.people)}`;
			return literal(r, t);
		}
	}

	braces(t, part) {
		const out = ["tuple"];

		for (const [n, f] of t.fields)
			out.push([n, part(f)]);
		return out;
	}

	/** As expr, but each half of its type can be told from it. */
	firm(t, scope, depth) {
		const e = this.expr(t, scope, depth);

		if (t.k === "optional")
			return ["if", this.expr(BOOL, scope, 0),
				["some", this.expr(t.of, scope, depth)], e];
		if (t.k === "response")
			return ["if", this.expr(BOOL, scope, 0),
				["ok", this.expr(t.ok, scope, depth)],
				["err", this.expr(t.err, scope, depth)]];
		return e;
	}

	/** Functions and contracts whose result `t` admits. */
	callees(t, scope) {
		const mine = this.fns.filter((f) => admits(t, f.ret) &&
			!(scope.readOnly && f.writes));
		const theirs = this.theirs.filter((f) => admits(t, f.ret) &&
			!(scope.readOnly && f.writes));

		return [...mine.map((f) => [[f.name], f]), ...theirs.map(
			(f) => [["contract-call?", f.contract, f.name], f])];
	}

	type(depth, data) {
		return randomType(this.r, depth, data);
	}

	/* Definitions. */

	constant() {
		const type = this.type(1);
		const name = this.fresh("c");

		this.forms.push(["define-constant", name,
			this.build(type, this.scope(), (of) =>
				this.build(of, this.scope(), (o) => this.leaf(o,
					this.scope())))]);
		this.consts.push({ name, type });
	}

	variable() {
		const type = this.type(2, true);
		const name = this.fresh("v");

		this.forms.push(["define-data-var", name, typeTree(type),
			this.build(type, this.scope(), (of) =>
				this.leaf(of, this.scope()))]);
		this.vars.push({ name, type });
	}

	map() {
		const key = this.type(1, true);
		const value = this.type(1, true);
		const name = this.fresh("m");

		this.forms.push(["define-map", name, typeTree(key),
			typeTree(value)]);
		this.maps.push({ name, key, value });
	}

	token() {
		const name = this.fresh("ft");

		this.forms.push(["define-fungible-token", name,
			...(this.r.chance(50) ? [this.expr(UINT, this.scope(
				{ readOnly: true }), 1)] : [])]);
		this.fts.push(name);
	}

	asset() {
		const name = this.fresh("nft");
		const id = this.type(1, true);

		this.forms.push(["define-non-fungible-token", name,
			typeTree(id)]);
		this.nfts.push({ name, id });
	}

	trait() {
		const name = this.fresh("t");

		if (this.r.chance(50)) {
			this.forms.push(["use-trait", name, ".dep.token"]);
		} else {
			this.forms.push(["define-trait", name, [
				["balance", ["principal"],
				 ["response", "uint", "uint"]]]]);
		}
		this.traits.push(name);
	}

	fn() {
		const r = this.r;
		const kind = r.weighted([[4, "define-public"],
			[4, "define-read-only"], [3, "define-private"]]);
		const ret = kind === "define-public" ?
			response(this.type(1), this.type(1)) : this.type(2);
		const params = r.times(0, 3, () => ({ name: this.fresh("p"),
			type: this.type(2) }));
		const head = params.map((p) => [p.name, typeTree(p.type)]);
		const scope = this.scope({ locals: params, ret,
			readOnly: kind === "define-read-only" ||
				(kind === "define-private" && r.chance(50)) });

		if (this.traits.length > 0 && r.chance(40)) {
			scope.trait = this.fresh("tr");
			head.push([scope.trait, `<${r.pick(this.traits)}>`]);
		}
		const name = this.fresh("f");
		const body = this.firm(ret, scope, r.from(1, 4));

		this.forms.push([kind, [name, ...head], body]);
		if (kind !== "define-private")
			this.entries.push({ name, isPublic: kind === "define-public",
				args: [...params.map((p) => p.type),
				 ...(scope.trait === undefined ? [] :
					[{ k: "trait" }])] });
		if (scope.trait === undefined)
			this.fns.push({ name, args: params.map((p) => p.type),
				ret, writes: !scope.readOnly,
				isPublic: kind === "define-public" });
	}

	/** Small functions that map, filter and fold like to be given. */
	helpers() {
		const add = (head, args, ret, body) => {
			this.forms.push(["define-private", head, body]);
			this.fns.push({ name: head[0], args, ret, writes: false });
		};

		add(["is-small", ["x", "int"]], [INT], BOOL, ["<", "x", "9"]);
		add(["is-zero", ["x", ["buff", "1"]]], [buff(1)], BOOL,
			["is-eq", "x", "0x00"]);
		add(["is-a", ["x", ["string-ascii", "1"]]], [ascii(1)], BOOL,
			["is-eq", "x", "\"a\""]);
		add(["more", ["x", "int"], ["y", "uint"]], [INT, UINT], UINT,
			["+", "y", "u1"]);
	}

	/** A function that shows one way of the tables, each as often. */
	showcase() {
		const r = this.r;
		const type = r.pick(SHOWN);
		const ret = response(type, UINT);
		const isPublic = r.chance(60);
		const scope = this.scope({ ret, readOnly: !isPublic });
		const writing = isPublic ? this.ways.writing[type.k] ?? [] : [];
		const ways = r.weighted([
			[3, this.ways[type.k] ?? this.ways.any],
			[3, writing.length > 0 ? writing : this.ways.any],
			[1, this.ways.throwing], [1, this.ways.any]]);
		const name = this.fresh("s");

		for (let tries = 0; tries < 8; tries++) {
			const e = r.pick(ways)[1](type, scope, r.from(0, 2));

			if (e === null || (this.isClosed && isOpen(e)))
				continue;
			this.forms.push([isPublic ? "define-public" :
				"define-read-only", [name], ["if", "true",
				["ok", e], ["err", "u1"]]]);
			this.entries.push({ name, isPublic, args: [] });
			return;
		}
	}

	/** A program to run: `shows` functions without parameters, and others. */
	runnable(shows) {
		const some = (max, make) => this.r.times(0, max, make);

		some(2, () => this.constant());
		some(2, () => this.variable());
		some(2, () => this.map());
		some(1, () => this.trait());
		some(1, () => this.token());
		some(1, () => this.asset());
		this.helpers();
		some(3, () => this.fn());
		for (let i = 0; i < shows; i++)
			this.showcase();
		return this.forms;
	}

	/** A program as a list of trees. */
	program() {
		const r = this.r;
		const some = (max, make) => r.times(0, max, make);

		if (r.chance(40))
			this.helpers();

		some(2, () => this.constant());
		some(2, () => this.variable());
		some(2, () => this.map());
		some(2, () => this.token());
		some(2, () => this.asset());
		some(1, () => this.trait());
		r.times(1, 4, () => this.fn());
		some(4, () => this.showcase());
		if (r.chance(15))
			this.forms.push(["impl-trait", ".dep.token"],
				["define-public", ["transfer", ["a", "uint"],
				 ["f", "principal"], ["t", "principal"]],
				 ["ok", "true"]],
				["define-public", ["balance", ["p", "principal"]],
				 ["ok", "u1"]]);
		if (r.chance(25))
			this.forms.reverse();
		return this.forms;
	}
}

export { INT, UINT, BOOL, PRINCIPAL, buff, ascii, utf8, list, optional,
	response, tuple };
