// tests/oracle/gen/traits.mjs - Programs about traits: where a trait may be
// written, what may be passed for one, which traits stand for each other.
//
// Nothing is typed here: fragments are put together as they come, so that some
// of the programs are accepted and the others are refused for many reasons.

const TYPES = ["<tok>", "<tok>", "<tok>", "<mine>", "<mine>", "<wide>",
	"<any>", "<less>", "principal", "uint"];
const METHODS = [
	["balance", ["tx-sender"]], ["balance", ["tx-sender"]],
	["balance", ["tx-sender"]], ["balance", ["tx-sender"]],
	["transfer", ["u1", "tx-sender", "tx-sender"]], ["get-any", ["none"]],
	["count-up", []], ["nothing", []], ["peek", ["1"]]];
const DEFINED = [
	"(use-trait tok .dep.token)",
	"(use-trait any .dep.any)",
	"(define-trait mine ((balance (principal) (response uint uint))))",
	`(define-trait wide ((balance (principal) (response uint uint))
	(transfer (uint principal principal) (response bool uint))))`,
	"(define-trait less ((balance (principal) (response uint bool))))",
	"(use-trait tok .dep.nothing)",
	"(use-trait other .nobody.token)",
	"(define-trait mine ((balance (<tok>) (response uint uint))))",
	"(define-trait wide ((balance (principal) (response <tok> uint))))",
	"(define-trait twice ((a () (response int int)) (a (int) (response int int))))",
	"(define-constant D .dep)",
	"(define-constant D 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.dep)",
	"(define-constant D tx-sender)",
	"(define-data-var saved principal .dep)",
	"(define-map kept principal uint)",
	"(impl-trait .dep.token)",
	"(impl-trait .dep.any)",
	"(impl-trait .dep.nothing)",
	"(define-public (balance (p principal)) (ok u1))",
	"(define-public (balance (p principal)) (if true (ok u1) (err false)))",
	"(define-read-only (balance (p principal)) (if true (ok u1) (err u2)))",
	"(define-public (balance (p uint)) (if true (ok u1) (err u2)))",
	"(define-public (transfer (a uint) (f principal) (t principal)) (ok true))",
	"(define-public (get-any (b (optional (buff 8)))) (ok (list 1 2 3)))",
	"(define-public (get-any (b (optional (buff 9)))) (ok (list 1)))",
	"(define-public (get-any (b (optional (buff 7)))) (ok (list 1 2 3 4)))",
];

class Traits {
	constructor(r) {
		this.r = r;
		this.last = 0;
		this.fns = [];
	}

	wrapType(t) {
		return this.r.weighted([
			[8, () => t], [1, () => `(optional ${t})`],
			[1, () => `(list 3 ${t})`], [1, () => `{t: ${t}, n: uint}`],
			[1, () => `(response ${t} uint)`],
			[1, () => `(optional {t: (optional ${t})})`]])();
	}

	/** Something that may stand for a trait. */
	target(scope, depth) {
		const r = this.r;
		const deeper = () => this.target(scope, depth - 1);
		const name = () => scope.length > 0 ? r.pick(scope) : ".dep";
		const odd = () => r.pick(["tx-sender", "D", ".nobody", "u1",
			"'ST000000000000000000002AMW42H", "none",
			"(var-get saved)"]);
		const flat = [[20, name], [6, () => ".dep"], [2, odd]];

		if (depth <= 0)
			return r.weighted(flat)();
		return r.weighted([...flat,
			[1, () => `(if true ${deeper()} ${deeper()})`],
			[1, () => `(begin ${deeper()})`],
			[1, () => `(some ${deeper()})`],
			[1, () => `(ok ${deeper()})`],
			[1, () => `(list ${deeper()} ${deeper()})`],
			[1, () => `{t: ${deeper()}, n: u1}`],
			[1, () => `(unwrap-panic (some ${deeper()}))`],
			[1, () => `(default-to ${deeper()} (some ${deeper()}))`],
			[1, () => `(get t {t: ${deeper()}})`],
			[1, () => `(unwrap-panic (element-at (list ${deeper()}) u0))`],
		])();
	}

	/** Arguments of a method, mostly the ones that it wants. */
	args(scope, usual) {
		return usual.map((arg) => this.r.chance(90) ? arg :
			this.target(scope, 1)).join(" ");
	}

	expr(scope, depth) {
		const r = this.r;
		const inner = (more) => this.expr(more ? [...scope, more] : scope,
			depth - 1);
		const target = () => this.target(scope, r.below(2));
		const call = () => {
			const [method, usual] = r.pick(METHODS);

			return `(contract-call? ${target()} ${method} ${
				this.args(scope, usual)})`;
		};
		const own = () => {
			if (this.fns.length === 0)
				return "u1";
			const [name, n] = r.pick(this.fns);

			return `(${name} ${Array.from({ length: n },
				target).join(" ")})`;
		};
		const flat = [[12, call], [3, own], [2, () =>
			`(contract-of ${target()})`], [1, () => "u1"],
			[1, () => `(is-eq ${target()} ${target()})`],
			[1, () => `(map-set kept ${target()} u1)`],
			[1, () => `(var-set saved ${target()})`],
			[1, () => `(print ${target()})`],
			[1, () => `(to-consensus-buff? ${target()})`],
			[1, () => `(principal-destruct? ${target()})`],
			[1, () => `(stx-get-balance ${target()})`]];

		if (depth <= 0)
			return r.weighted(flat)();
		const x = `x${++this.last}`;

		return r.weighted([...flat,
			[3, () => `(let ((${x} ${target()})) ${inner(x)})`],
			[2, () => `(match ${target()} ${x} ${inner(x)} ${inner()})`],
			[1, () => `(match ${target()} ${x} ${inner(x)} y ${inner()})`],
			[1, () => `(is-ok ${inner()})`],
			[1, () => `(try! ${inner()})`],
			[1, () => `(unwrap-panic ${inner()})`],
			[1, () => `(begin (is-ok ${inner()}) ${inner()})`],
			[1, () => `(map ${this.fns.length ? r.pick(this.fns)[0] :
				"print"} (list ${target()} ${target()}))`],
			[1, () => `(fold ${this.fns.length ? r.pick(this.fns)[0] :
				"print"} (list ${target()}) ${target()})`],
		])();
	}

	fn() {
		const r = this.r;
		const kind = r.pick(["define-public", "define-public",
			"define-private", "define-read-only"]);
		const params = r.times(0, 3, () => `p${++this.last}`);
		const name = `f${++this.last}`;
		const head = params.map((p) =>
			`(${p} ${this.wrapType(r.pick(TYPES))})`);
		const body = this.expr(params, r.from(0, 2));
		const whole = kind === "define-public" ? r.pick([body,
			`(ok ${body})`, `(ok (is-ok ${body}))`]) : body;

		this.fns.push([name, params.length]);
		return `(${kind} (${name} ${head.join(" ")}) ${whole})`;
	}

	program() {
		const r = this.r;
		const forms = DEFINED.slice(0, 5).filter(() => r.chance(96));

		forms.push(...DEFINED.slice(5).filter(() => r.chance(3)));
		forms.push(...r.times(1, 2, () => this.fn()));
		return forms.join("\n");
	}
}

/** A program about traits. */
export function traits(r) {
	return new Traits(r).program();
}
