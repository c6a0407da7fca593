// tests/oracle/gen/stateful.mjs - Contracts that do something: they write,
// move tokens, call each other, guard themselves, and fail at every depth.
//
// All speak of uints, principals and (response bool uint), so that any of them
// fits anywhere and most calls get far.  Each function takes a uint and a
// principal, and the first contract declares a trait of such a function.

import { UINT, PRINCIPAL } from "./types.mjs";

const NUMBERS = [0, 1, 2, 3, 5, 10, 100, 1000];

export class Stateful {
	/** @param people  principals to speak of; the others are before it */
	constructor(r, clarity, name, people, others) {
		this.r = r;
		this.clarity = clarity;
		this.name = name;
		this.people = people;
		this.others = others;
		this.locals = ["a"];
		this.own = [];
		this.last = 0;
		this.dispatches = true; // whether to call by trait
	}

	some(...ways) {
		return this.r.pick(ways)();
	}

	uint(d) {
		const r = this.r;
		const u = () => this.uint(d - 1);
		const plain = [() => `u${r.pick(NUMBERS)}`,
			() => this.locals.length ? r.pick(this.locals) : "u4"];

		if (d <= 0)
			return this.some(...plain);
		return this.some(...plain,
			() => `(var-get v${r.below(2)})`,
			() => `(${r.pick(["+", "+", "*", "-", "/", "mod"])} ${u()} ${u()})`,
			() => `(default-to u7 (map-get? m0 ${u()}))`,
			() => `(ft-get-balance f${r.below(2)} ${this.who()})`,
			() => `(stx-get-balance ${r.pick(["tx-sender", "pc"])})`,
			() => `(fold add (list ${u()} ${u()} u1) ${u()})`,
			() => `(len (filter odd (list ${u()} u3 ${u()})))`,
			() => `(ft-get-supply f${r.below(2)})`,
			() => this.let(d),
			() => `(add ${u()} ${u()})`,
			() => `(unwrap-panic (element-at (map add (list u1 ${u()}) (list ${u()} u9)) u${r.below(2)}))`,
			() => `(match ${this.response(d - 1)} okv u1 errv errv)`,
			() => `(if ${this.bool(d - 1)} ${u()} ${u()})`,
			() => `(get n (default-to {n: ${u()}, s: "x"} (map-get? m2 {k: ${u()}})))`,
			() => `(len (unwrap-panic (as-max-len? (append (var-get vl) ${u()}) u9)))`,
			() => this.clarity < 2 ? u() :
				`(len (unwrap-panic (to-consensus-buff? {n: ${u()}, l: (var-get vl)})))`,
			() => this.clarity < 2 ? u() :
				`(default-to u9 (from-consensus-buff? uint (unwrap-panic (to-consensus-buff? ${u()}))))`);
	}

	let(d) {
		const x = `x${this.last++}`;
		const value = this.uint(d - 1);

		this.locals.push(x);
		const sum = `(+ ${this.uint(d - 1)} ${this.uint(d - 1)})`;

		this.locals.pop();
		return `(let ((${x} ${value})) ${sum})`;
	}

	bool(d) {
		const r = this.r;
		const u = () => this.uint(d - 1);

		if (d <= 0)
			return r.pick(["true", "false"]);
		return this.some(
			() => `(${r.pick(["<", ">", "<=", ">="])} ${u()} ${u()})`,
			() => `(is-eq ${this.who()} ${this.who()})`,
			() => `(is-eq (nft-get-owner? n0 ${u()}) (some ${this.who()}))`,
			() => `(${r.pick(["is-ok", "is-err"])} ${this.response(d - 1)})`,
			() => `(not ${this.bool(d - 1)})`,
			() => `(map-set m0 ${u()} ${u()})`,
			() => `(map-insert m1 {a: ${u()}, p: ${this.who()}} (list ${this.bool(d - 1)}))`,
			() => `(map-set m2 {k: ${u()}} {n: ${u()}, s: "${r.pick(["", "ab", "abc"])}"})`,
			() => `(map-delete m0 ${u()})`,
			() => `(map-delete m1 {a: ${u()}, p: ${this.who()}})`,
			() => `(var-set v${r.below(2)} ${u()})`,
			() => `(var-set vl (list ${u()} ${u()}))`,
			() => `(var-set vp ${this.who()})`,
			() => `(${r.pick(["and", "or"])} ${this.bool(d - 1)} ${this.bool(d - 1)})`,
			() => `(is-some (map-get? m1 {a: ${u()}, p: ${this.who()}}))`,
			() => `(is-eq (print ${u()}) ${u()})`,
			() => `(is-eq (print {n: ${u()}, w: ${this.who()}}) {n: u1, w: tx-sender})`);
	}

	who() {
		return this.r.pick(["tx-sender", "tx-sender", "contract-caller",
			"(var-get vp)", "pc", ...this.people.map((p) => `'${p}`)]);
	}

	allowances(d) {
		const r = this.r;
		const u = () => this.uint(d);
		const kinds = [() => `(with-stx ${u()})`,
			() => `(with-ft .${this.name} "f0" ${u()})`,
			() => `(with-ft .${this.name} "*" ${u()})`,
			() => `(with-nft .${this.name} "n0" (list ${u()} ${u()}))`,
			() => `(with-nft .${this.name} "*" (list u1 u2 u3))`,
			() => this.clarity < 6 ? `(with-stacking ${u()})` :
				r.pick([`(with-staking ${u()})`, "(with-pox)"])];

		return `(${r.times(0, 3, () => r.pick(kinds)()).join(" ")})`;
	}

	/* A body under allowances, as (response bool uint). */
	guarded(d) {
		const body = `(try! ${this.response(d - 1)}) ${this.bool(d - 1)}`;
		const what = this.some(
			() => `(as-contract? ${this.allowances(d - 1)} ${body})`,
			() => `(as-contract? ((with-all-assets-unsafe)) ${body})`,
			() => `(restrict-assets? ${this.who()} ${this.allowances(d - 1)} ${body})`);

		return `(match ${what} rv (ok rv) ev (err ev))`;
	}

	step(d) {
		const r = () => this.response(d - 1);

		return this.some(() => `(try! ${r()})`, () => this.bool(d - 1),
			() => `(print ${this.uint(d - 1)})`, () => `(is-ok ${r()})`,
			() => `(asserts! ${this.bool(d - 1)} (err ${this.uint(d - 1)}))`,
			() => `(unwrap! ${r()} (err ${this.uint(d - 1)}))`);
	}

	asset(d) {
		const u = () => this.uint(d - 1);
		const who = () => this.who();
		const ft = `f${this.r.below(2)}`;

		return this.some(
			() => `(ft-mint? ${ft} ${u()} ${who()})`,
			() => `(ft-transfer? ${ft} ${u()} ${who()} ${who()})`,
			() => `(ft-burn? ${ft} ${u()} ${who()})`,
			() => `(nft-mint? n0 ${u()} ${who()})`,
			() => `(nft-transfer? n0 ${u()} ${who()} ${who()})`,
			() => `(nft-burn? n0 ${u()} ${who()})`,
			() => `(stx-transfer? ${u()} ${who()} ${who()})`,
			() => `(stx-burn? ${u()} ${who()})`,
			() => this.clarity < 2 ? `(stx-burn? ${u()} tx-sender)` :
				`(stx-transfer-memo? ${u()} tx-sender ${who()} 0x0102)`);
	}

	call(d) {
		if (this.others.length === 0)
			return `(ok-fn ${this.uint(d - 1)})`;
		const to = this.r.pick(this.others);

		return this.some(
			() => `(contract-call? .${to.name} ${this.r.pick(to.functions)} ${this.uint(d - 1)} ${this.who()})`,
			() => this.dispatches ?
				`(by-trait .${this.r.pick(this.others).name} ${this.uint(d - 1)})` :
				this.asset(d));
	}

	response(d) {
		const r = this.r;
		const u = () => this.uint(d - 1);
		const next = () => this.response(d - 1);

		if (d <= 0)
			return this.some(
				() => `(if true (ok ${this.bool(0)}) (err u1))`,
				() => `(if false (ok true) (err ${this.uint(0)}))`);
		return this.some(() => this.asset(d), () => this.asset(d),
			() => this.asset(d), () => this.call(d), () => this.call(d),
			() => `(begin ${r.times(1, 3, () => this.step(d)).join(" ")} ${next()})`,
			() => `(begin ${r.times(1, 3, () => this.step(d)).join(" ")} ${next()})`,
			() => `(if ${this.bool(d - 1)} ${next()} ${next()})`,
			() => `(match ${next()} okv (if okv (ok false) (err u3)) errv (if (> errv u3) (ok true) (err errv)))`,
			() => `(fold step (list ${u()} ${u()} ${u()}) (if true (ok ${this.bool(d - 1)}) (err u1)))`,
			() => this.own.length ?
				`(${r.pick(this.own)} ${u()} ${this.who()})` : next(),
			() => this.clarity < 4 ? `(as-contract ${next()})` :
				this.guarded(d),
			() => this.clarity < 4 ? next() : this.guarded(d),
			() => `(begin (asserts! ${this.bool(d - 1)} (err ${u()})) ${next()})`,
			() => `(if true (ok (unwrap! (map-get? mb ${u()}) (err ${u()}))) (err u1))`,
			() => `(ok-fn ${u()})`);
	}

	head() {
		const first = this.others.length === 0;
		const me = this.clarity < 4 ? "(as-contract tx-sender)" :
			"current-contract";

		return [first ? "(define-trait tr ((g (uint principal) (response bool uint))))" :
			`(use-trait tr .${this.others[0].name}.tr)`,
			"(define-data-var v0 uint u5)", "(define-data-var v1 uint u0)",
			"(define-data-var vl (list 8 uint) (list))",
			`(define-data-var vp principal '${this.people[0]})`,
			`(define-constant pc ${me})`,
			"(define-map m0 uint uint)",
			"(define-map m1 {a: uint, p: principal} (list 2 bool))",
			"(define-map m2 {k: uint} {n: uint, s: (string-ascii 3)})",
			"(define-map mb uint bool)", "(define-fungible-token f0)",
			"(define-fungible-token f1 u1000)",
			"(define-non-fungible-token n0 uint)",
			"(define-private (add (x uint) (y uint)) (+ x y))",
			"(define-private (odd (x uint)) (is-eq (mod x u2) u1))",
			"(define-private (ok-fn (x uint)) (if (> x u100) (err x) (ok (map-set mb x true))))",
			"(define-private (step (x uint) (acc (response bool uint))) (match acc v (ft-mint? f0 x tx-sender) e (begin (map-set m0 x e) (if (> x e) (err e) (ok true)))))",
			...(first || !this.dispatches ? [] : ["(define-private (by-trait (t <tr>) (x uint)) (contract-call? t g x tx-sender))"])];
	}

	/** The contract: { name, clarity, source, entries, functions }. */
	contract() {
		const r = this.r;
		const lines = this.head();
		const add = (kind, name, depth) => {
			const body = this.response(depth);

			lines.push(`(define-${kind} (${name} (a uint) (q principal)) ${body})`);
		};

		r.times(0, 2, (i) => {
			add("private", `p${i}`, 3);
			this.own.push(`p${i}`);
		});
		const functions = ["g", ...r.times(1, 3, (i) => `h${i}`)];

		functions.forEach((name) => add("public", name, r.from(2, 5)));
		return { name: this.name, clarity: this.clarity, functions,
			source: lines.join("\n"),
			entries: functions.map((name) => ({ name, isPublic: true,
				args: [UINT, PRINCIPAL] })) };
	}
}
