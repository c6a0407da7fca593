// tests/contracts/cases/pox-4.mjs - Stacking, alone and in a pool.

import { ACCOUNTS, BOOT_ADDRESS, account, publicKey, sign }
	from "../lib/chain.mjs";

const POX = `${BOOT_ADDRESS}.pox-4`;
const CYCLE = 20;
const MIN = 75000000000n; // the liquid supply over 8000
const MAX = 2n ** 128n - 1n;
const [ALICE, POOL, BOB, CAROL, DAVE] = [1, 2, 3, 4, 5].map(
	(i) => ACCOUNTS[`wallet_${i}`]);
const PROXY = `${DAVE}.proxy`;
const SECRET = `${"01".repeat(32)}01`;
const OTHER = `${"02".repeat(32)}01`;
const KEY = `0x${publicKey(SECRET)}`;
const OTHER_KEY = `0x${publicKey(OTHER)}`;

const HASH = "11".repeat(20);
const ADDR = address("00", HASH);
const ADDR2 = address("06", "22".repeat(32));
const BAD_ADDR = address("05", HASH);

function address(version, hash) {
	return `{version: 0x${version}, hashbytes: 0x${hash}}`;
}

/* Addresses as results show them. */
const SHOWN = `(tuple (hashbytes 0x${HASH}) (version 0x00))`;

const AUTH = "(s (optional (buff 65))) (k (buff 33)) (m uint) (i uint)";
const TO = "(a {version: (buff 1), hashbytes: (buff 32)})";
const FORWARD = [
	["stack-stx", `(u uint) ${TO} (h uint) (n uint) ${AUTH}`,
		"u a h n s k m i"],
	["stack-extend", `(n uint) ${TO} ${AUTH}`, "n a s k m i"],
	["stack-increase", `(n uint) ${AUTH}`, "n s k m i"],
	["stack-aggregation-commit", `${TO} (c uint) ${AUTH}`, "a c s k m i"],
	["stack-aggregation-commit-indexed", `${TO} (c uint) ${AUTH}`,
		"a c s k m i"],
	["stack-aggregation-increase", `${TO} (c uint) (x uint) ${AUTH}`,
		"a c x s k m i"],
	["delegate-stx", "(u uint) (p principal) (e (optional uint)) " +
		"(a (optional {version: (buff 1), hashbytes: (buff 32)}))",
	"u p e a"],
	["revoke-delegate-stx", "", ""],
	["delegate-stack-stx", `(p principal) (u uint) ${TO} (h uint) (n uint)`,
		"p u a h n"],
	["delegate-stack-extend", `(p principal) ${TO} (n uint)`, "p a n"],
	["delegate-stack-increase", `(p principal) ${TO} (n uint)`, "p a n"],
	["allow-contract-caller", "(p principal) (e (optional uint))", "p e"],
	["disallow-contract-caller", "(p principal)", "p"],
	["set-signer-key-authorization", `${TO} (n uint) (c uint) ` +
		"(t (string-ascii 14)) (k (buff 33)) (b bool) (m uint) (i uint)",
	"a n c t k b m i"],
];

/* A contract that passes every call on. */
const FORWARDER = FORWARD.map(([fn, params, args]) =>
	`(define-public (${fn} ${params}) ` +
	`(contract-call? '${POX} ${fn} ${args}))`).join("\n");

export function poxCases(chain, claim, is) {
	let lastId = 0;
	const call = (fn, args, who) => chain.call(POX, fn, args, who);
	const through = (fn, args, who) => chain.call(PROXY, fn, args, who);
	const read = (fn, args, who) => chain.read(POX, fn, args, who);
	const cycle = () => Math.floor(chain.burnHeight / CYCLE);
	const now = () => `u${chain.burnHeight}`;

	/* The four arguments of a consent; `o` makes it differ from the call. */
	function consent(addr, at, topic, period, o = {}) {
		const max = `u${o.max ?? MAX}`;
		const id = `u${o.id ?? ++lastId}`;
		const hash = read("get-signer-key-message-hash", [o.signed ?? addr,
			`u${o.at ?? at}`, `"${o.topic ?? topic}"`,
			`u${o.period ?? period}`, max, id]).slice(2);
		const sig = o.sig ?? `(some 0x${sign(o.secret ?? SECRET, hash)})`;

		return [sig, o.key ?? KEY, max, id];
	}

	/* The ways in which a consent can be wrong, each with its error. */
	function refusals(make) {
		is(make({ max: 0n }).said, "(err 38)", "too small");
		is(make({ sig: `(some 0x${"00".repeat(65)})` }).said, "(err 36)",
			"a signature of nobody");
		is(make({ secret: OTHER }).said, "(err 35)", "another's key");
		is(make({ at: 99 }).said, "(err 35)", "another cycle");
		is(make({ topic: "stack" }).said, "(err 35)", "another topic");
		is(make({ period: 99 }).said, "(err 35)", "another period");
		is(make({ signed: ADDR2 }).said, "(err 35)", "another address");
		is(make({ sig: "none" }).said, "(err 19)", "not on the chain");
	}

	/* A consent as arguments of verify-signer-key-sig. */
	const verify = (amount, o) => {
		const [sig, key, max, id] = consent(ADDR, 5, "agg-commit", 1, o);

		return read("verify-signer-key-sig", [ADDR, "u5", "\"agg-commit\"",
			"u1", sig, key, `u${amount}`, max, id]);
	};

	claim("the chain sets its parameters once", () => {
		is(call("set-burnchain-parameters", ["u0", "u5", `u${CYCLE}`, "u1"],
			ALICE), "(ok true)");
		is(call("set-burnchain-parameters", ["u0", "u5", `u${CYCLE}`, "u1"],
			ALICE), "(err 19)");
		chain.deploy("proxy", FORWARDER, 2, DAVE);
		for (const who of [ALICE, POOL, BOB, CAROL, DAVE])
			chain.fund(who, 10n ** 14n);
		chain.mine(CYCLE + 1 - chain.burnHeight);
		is(read("get-pox-info", []), "(ok (tuple " +
			"(first-burnchain-block-height u0) " +
			`(min-amount-ustx u${MIN}) (prepare-cycle-length u5) ` +
			`(reward-cycle-id u1) (reward-cycle-length u${CYCLE}) ` +
			"(total-liquid-supply-ustx u600000000000000)))");
	});

	claim("cycles are counted from the first height", () => {
		is(read("burn-height-to-reward-cycle", ["u39"]), "u1");
		is(read("burn-height-to-reward-cycle", ["u40"]), "u2");
		is(read("reward-cycle-to-burn-height", ["u2"]), "u40");
		is(read("current-pox-reward-cycle", []), "u1");
		is(read("get-stacking-minimum", []), `u${MIN}`);
	});

	claim("each form of address has its length", () => {
		const fits = (v, n) => read("check-pox-addr-hashbytes",
			[`0x0${v}`, `0x${"aa".repeat(n)}`]);

		for (const v of [0, 1, 2, 3, 4, 5, 6, 7]) {
			const n = v <= 4 ? 20 : 32;

			is(fits(v, n), v <= 6 ? "true" : "false", `version ${v}`);
			is(fits(v, n - 1), "false");
			is(fits(v, v <= 4 ? 32 : 20), "false");
			is(read("check-pox-addr-version", [`0x0${v}`]),
				v <= 6 ? "true" : "false");
		}
	});

	claim("a lock lasts 1 to 12 cycles", () => {
		for (const [n, is_ok] of [[0, false], [1, true], [12, true],
			[13, false]])
			is(read("check-pox-lock-period", [`u${n}`]), `${is_ok}`);
	});

	claim("what can be stacked is judged in this order", () => {
		const can = (amount, addr, n) => read("can-stack-stx",
			[addr, `u${amount}`, "u1", `u${n}`]);
		const least = (amount, addr, n) => read("minimal-can-stack-stx",
			[addr, `u${amount}`, "u1", `u${n}`]);

		is(can(MIN - 1n, BAD_ADDR, 0), "(err 11)");
		is(can(MIN, BAD_ADDR, 0), "(err 2)");
		is(can(MIN, BAD_ADDR, 1), "(err 13)");
		is(can(MIN, address("07", HASH), 1), "(err 13)");
		is(can(MIN, ADDR, 1), "(ok true)");
		is(least(0, BAD_ADDR, 0), "(err 18)");
		is(least(1, BAD_ADDR, 13), "(err 2)");
		is(least(1, BAD_ADDR, 12), "(err 13)");
		is(least(1, ADDR, 12), "(ok true)");
	});

	claim("a consent counts for what it says", () => {
		is(read("get-signer-key-message-hash", [
			address("00", "00".repeat(20)), "u1", "\"stack-stx\"", "u12",
			`u${MAX}`, "u111"]), "0xec5b88aa81a96a6983c26cdba537a13d2534" +
			"25348ffc0ba6b07130869b025a2d");
		is(verify(7, { max: 7n }), "(ok true)");
		is(verify(8, { max: 7n }), "(err 38)");
		is(verify(8, { secret: OTHER }), "(err 35)");
		is(verify(8, { sig: `(some 0x${"00".repeat(65)})` }), "(err 36)");
		is(verify(8, { sig: "none" }), "(err 19)");
	});

	claim("only the key's own account consents on the chain", () => {
		const own = account(SECRET);
		const args = (n, c, allowed = true, id = 500) => [ADDR, `u${n}`,
			`u${c}`, "\"stack-stx\"", KEY, `${allowed}`, `u${MAX}`,
			`u${id}`];
		const set = (a, who) => call("set-signer-key-authorization", a, who);

		is(through("set-signer-key-authorization", args(1, 1), own),
			"(err 19)");
		is(set(args(0, 0), ALICE), "(err 19)", "another's account");
		is(set(args(0, 0), own), "(err 2)");
		is(set(args(1, 0), own), "(err 37)", "a cycle that is over");
		is(set(args(1, 1), own), "(ok true)");
		is(set(args(1, 1, false), own), "(ok false)", "taken back");
		is(set(args(2, 1), own), "(ok true)");
	});

	claim("callers are allowed by the sender, up to a height", () => {
		const left = () => read("get-allowance-contract-callers",
			[`'${ALICE}`, `'${PROXY}`]);

		is(through("allow-contract-caller", [`'${PROXY}`, "none"], ALICE),
			"(err 9)");
		is(through("disallow-contract-caller", [`'${PROXY}`], ALICE),
			"(err 9)");
		is(read("check-caller-allowed", [], ALICE), "true", "oneself");
		is(left(), "none");
		is(call("allow-contract-caller", [`'${PROXY}`,
			`(some u${chain.burnHeight + 2})`], ALICE), "(ok true)");
		is(left(), "(some (tuple (until-burn-ht " +
			`(some u${chain.burnHeight + 2}))))`);
		is(through("revoke-delegate-stx", [], ALICE), "(err 34)");
		chain.mine(2);
		is(through("revoke-delegate-stx", [], ALICE), "(err 9)", "over");
		is(call("allow-contract-caller", [`'${PROXY}`, "none"], ALICE),
			"(ok true)");
		is(through("revoke-delegate-stx", [], ALICE), "(err 34)");
		is(call("disallow-contract-caller", [`'${PROXY}`], ALICE),
			"(ok true)");
		is(call("disallow-contract-caller", [`'${PROXY}`], ALICE),
			"(ok false)");
		is(through("revoke-delegate-stx", [], ALICE), "(err 9)");
	});

	/* Calls stack-stx, with a consent unless `sig` says otherwise. */
	function stack(who, o = {}) {
		const { amount = MIN, addr = ADDR, height = now(), n = 2 } = o;
		const args = [`u${amount}`, addr, height, `u${n}`,
			...(o.consent ?? consent(addr, cycle(), "stack-stx", n, o))];

		return { args, said: o.dry ? "" : (o.through ? through : call)(
			"stack-stx", args, who) };
	}

	claim("stack-stx refuses in this order", () => {
		is(stack(BOB, { height: `u${CYCLE - 1}`, through: true }).said,
			"(err 24)");
		is(stack(BOB, { height: `u${2 * CYCLE}` }).said, "(err 24)");
		is(stack(BOB, { through: true }).said, "(err 9)");
		is(stack(BOB, { amount: 10n ** 15n, max: 0n }).said, "(err 1)");
		refusals((o) => stack(BOB, { amount: MIN - 1n, ...o }));
		is(stack(BOB, { amount: MIN - 1n, n: 13 }).said, "(err 11)");
		is(stack(BOB, { n: 13, addr: BAD_ADDR }).said, "(err 2)");
		is(stack(BOB, { addr: BAD_ADDR }).said, "(err 13)");
		is(read("get-stacker-info", [`'${BOB}`]), "none");
	});

	claim("stack-stx locks and makes an entry for each cycle", () => {
		is(stack(ALICE).said, "(ok (tuple " +
			`(lock-amount u${MIN}) (signer-key ${KEY}) ` +
			`(stacker ${ALICE}) (unlock-burn-height u${4 * CYCLE})))`);
		is(chain.prints("pox-4").length, 1, "the chain tells of it once");
		is(chain.eval(`(stx-account '${ALICE})`), "(tuple " +
			`(locked u${MIN}) (unlock-height u${4 * CYCLE}) ` +
			`(unlocked u${10n ** 14n - MIN}))`);
		is(read("get-stacker-info", [`'${ALICE}`]), "(some (tuple " +
			"(delegated-to none) (first-reward-cycle u2) (lock-period u2) " +
			`(pox-addr ${SHOWN}) (reward-set-indexes (list u0 u0))))`);
		for (const [c, n] of [[1, 0], [2, 1], [3, 1], [4, 0]]) {
			is(read("get-reward-set-size", [`u${c}`]), `u${n}`);
			is(read("get-num-reward-set-pox-addresses", [`u${c}`]),
				`u${n}`);
			is(read("get-total-ustx-stacked", [`u${c}`]),
				`u${n ? MIN : 0}`);
		}
		is(read("get-reward-set-pox-address", ["u3", "u0"]),
			`(some (tuple (pox-addr ${SHOWN}) (signer ${KEY}) ` +
			`(stacker (some ${ALICE})) (total-ustx u${MIN})))`);
		is(stack(ALICE).said, "(err 3)", "twice");
	});

	claim("a consent on the chain serves without a signature", () => {
		is(stack(CAROL, { consent: ["none", KEY, `u${MAX}`, "u500"], n: 1 })
			.said, "(err 19)", "it was taken back");
		is(stack(CAROL, { consent: ["none", KEY, `u${MAX}`, "u500"] }).said,
			"(ok (tuple " + `(lock-amount u${MIN}) (signer-key ${KEY}) ` +
			`(stacker ${CAROL}) (unlock-burn-height u${4 * CYCLE})))`);
		is(stack(BOB, { consent: ["none", KEY, `u${MAX}`, "u500"] }).said,
			"(err 39)", "once");
		is(stack(BOB, { id: 500 }).said, "(err 39)", "nor by signature");
		is(read("verify-signer-key-sig", [ADDR, `u${cycle()}`,
			"\"stack-stx\"", "u2", "none", KEY, "u1", `u${MAX}`, "u500"]),
		"(err 39)");
	});

	/* Calls stack-increase for Alice's or another's lock of 2 cycles. */
	function increase(who, o = {}) {
		const { by = 5n, n = 2 } = o;

		return { said: (o.through ? through : call)("stack-increase",
			[`u${by}`, ...consent(ADDR, cycle(), "stack-increase", n, o)],
			who) };
	}

	claim("stack-increase refuses in this order", () => {
		is(increase(BOB, { by: 0n, through: true }).said, "(err 27)");
		is(increase(ALICE, { by: 0n, through: true }).said, "(err 18)");
		is(increase(ALICE, { by: MAX, through: true }).said, "(err 1)");
		is(increase(ALICE, { through: true }).said, "(err 9)");
		is(increase(ALICE, { max: MIN + 4n }).said, "(err 38)");
		is(increase(ALICE, { secret: OTHER, key: OTHER_KEY }).said,
			"(err 40)", "the entries have another signer");
		is(increase(ALICE, { id: 9000, max: MIN + 5n }).said,
			`(ok (tuple (stacker ${ALICE}) (total-locked u${MIN + 5n})))`);
		refusals((o) => increase(ALICE, { by: 3n, ...o }));
		for (const c of [2, 3])
			is(read("get-total-ustx-stacked", [`u${c}`]),
				`u${2n * MIN + 5n}`);
		is(increase(ALICE, { id: 9000, max: MIN + 5n, by: 1n }).said,
			"(err 38)", "the sum counts");
	});

	/* Calls stack-extend. */
	function extend(who, o = {}) {
		const { n = 1, addr = ADDR } = o;

		return { said: (o.through ? through : call)("stack-extend",
			[`u${n}`, addr, ...(o.consent ??
				consent(addr, cycle(), "stack-extend", n, o))], who) };
	}

	claim("stack-extend refuses in this order", () => {
		is(extend(BOB, { n: 0, through: true }).said, "(err 26)");
		is(extend(ALICE, { n: 0, through: true }).said, "(err 2)");
		is(extend(ALICE, { through: true }).said, "(err 9)");
		is(extend(ALICE, { n: 11 }).said, "(err 2)", "13 cycles in all");
		is(extend(ALICE, { addr: BAD_ADDR }).said, "(err 13)");
		is(extend(ALICE, { secret: OTHER }).said, "(err 35)");
		is(extend(ALICE, { sig: `(some 0x${"00".repeat(65)})` }).said,
			"(err 36)");
		is(extend(ALICE, { sig: "none" }).said, "(err 19)");
		is(call("delegate-stx", ["u1", `'${POOL}`, "none", "none"], ALICE),
			"(ok true)");
		is(extend(ALICE).said, "(err 20)");
		is(call("revoke-delegate-stx", [], ALICE), "(ok (some (tuple " +
			`(amount-ustx u1) (delegated-to ${POOL}) (pox-addr none) ` +
			"(until-burn-ht none))))");
		is(call("revoke-delegate-stx", [], ALICE), "(err 34)");
		is(extend(ALICE, { n: 10, id: 9100, key: OTHER_KEY,
			secret: OTHER }).said, `(ok (tuple (stacker ${ALICE}) ` +
			`(unlock-burn-height u${14 * CYCLE})))`);
		is(extend(ALICE, { n: 10, id: 9100, key: OTHER_KEY,
			secret: OTHER }).said, "(err 39)");
		is(read("get-reward-set-pox-address", ["u13", "u0"]),
			`(some (tuple (pox-addr ${SHOWN}) (signer ${OTHER_KEY}) ` +
			`(stacker (some ${ALICE})) (total-ustx u${MIN + 5n})))`);
		is(increase(ALICE, { n: 12 }).said, "(err 40)",
			"one call cannot be for two signers");
	});

	const delegate = (who, amount, until, addr) => call("delegate-stx",
		[`u${amount}`, `'${POOL}`, until, addr], who);

	claim("delegate-stx refuses in this order", () => {
		is(through("delegate-stx", ["u1", `'${POOL}`, "none",
			`(some ${BAD_ADDR})`], BOB), "(err 9)");
		is(delegate(BOB, 1, "none", `(some ${BAD_ADDR})`), "(err 13)");
		is(delegate(BOB, 3n * MIN, `(some u${4 * CYCLE})`, `(some ${ADDR})`),
			"(ok true)");
		is(delegate(BOB, 1, "none", "none"), "(err 20)");
		is(stack(BOB).said, "(err 20)");
		is(read("get-check-delegation", [`'${BOB}`]), "(some (tuple " +
			`(amount-ustx u${3n * MIN}) (delegated-to ${POOL}) ` +
			`(pox-addr (some ${SHOWN})) (until-burn-ht ` +
			`(some u${4 * CYCLE}))))`);
		is(read("get-delegation-info", [`'${BOB}`]),
			read("get-check-delegation", [`'${BOB}`]));
	});

	/* Calls delegate-stack-stx for Bob. */
	const lock = (o = {}) => (o.through ? through : call)(
		"delegate-stack-stx", [`'${o.who ?? BOB}`, `u${o.amount ?? MIN - 1n}`,
			o.addr ?? ADDR, o.height ?? now(), `u${o.n ?? 2}`],
		o.sender ?? POOL);

	claim("delegate-stack-stx refuses in this order", () => {
		is(lock({ height: "u0", through: true }), "(err 24)");
		is(lock({ through: true }), "(err 9)");
		is(lock({ who: DAVE }), "(err 9)", "who delegated nothing");
		is(lock({ sender: CAROL }), "(err 9)", "to another");
		is(lock({ amount: 3n * MIN + 1n, addr: ADDR2 }), "(err 22)");
		is(lock({ addr: ADDR2, n: 3 }), "(err 23)");
		is(lock({ n: 3 }), "(err 21)");
		is(lock({ amount: 0n }), "(err 18)");
		is(lock({ n: 0 }), "(err 2)");
		is(delegate(DAVE, MAX, "none", "none"), "(ok true)");
		is(lock({ who: DAVE, amount: MAX }), "(err 1)");
		is(lock({ who: DAVE, addr: BAD_ADDR }), "(err 13)");
		is(delegate(ALICE, MAX, "none", "none"), "(ok true)");
		is(lock({ who: ALICE }), "(err 3)");
		is(call("revoke-delegate-stx", [], ALICE).slice(0, 4), "(ok ");
	});

	claim("delegate-stack-stx locks and adds to the operator's sums", () => {
		is(lock(), `(ok (tuple (lock-amount u${MIN - 1n}) ` +
			`(stacker ${BOB}) (unlock-burn-height u${4 * CYCLE})))`);
		is(read("get-stacker-info", [`'${BOB}`]), "(some (tuple " +
			`(delegated-to (some ${POOL})) (first-reward-cycle u2) ` +
			`(lock-period u2) (pox-addr ${SHOWN}) ` +
			"(reward-set-indexes (list))))");
		for (const [c, there] of [[1, false], [2, true], [3, true],
			[4, false]])
			is(read("get-partial-stacked-by-cycle",
				[ADDR, `u${c}`, `'${POOL}`]), there
				? `(some (tuple (stacked-amount u${MIN - 1n})))` : "none");
		is(increase(BOB).said, "(err 30)");
		is(extend(BOB).said, "(err 30)");
	});

	const more = (o = {}) => (o.through ? through : call)(
		"delegate-stack-increase", [`'${o.who ?? BOB}`, o.addr ?? ADDR,
			`u${o.by ?? 1n}`], o.sender ?? POOL);

	claim("delegate-stack-increase refuses in this order", () => {
		is(more({ by: 0n, through: true }), "(err 18)");
		is(more({ by: MAX }), "abort ArithmeticOverflow");
		is(more({ who: DAVE }), "abort ArithmeticUnderflow", "unlocked");
		is(more({ through: true }), "(err 9)");
		is(more({ who: ALICE, sender: ALICE }), "(err 31)", "alone");
		is(more({ sender: CAROL }), "(err 9)");
		is(more({ by: 10n ** 14n }), "(err 1)");
		is(more({ by: 2n * MIN + 2n, addr: ADDR2 }), "(err 22)");
		is(more({ addr: ADDR2 }), "(err 23)");
		is(more(), `(ok (tuple (stacker ${BOB}) (total-locked u${MIN})))`);
		is(read("get-partial-stacked-by-cycle", [ADDR, "u3", `'${POOL}`]),
			`(some (tuple (stacked-amount u${MIN})))`);
		is(call("revoke-delegate-stx", [], BOB).slice(0, 4), "(ok ");
		is(more(), "(err 9)", "revoked");
		is(delegate(BOB, 3n * MIN, `(some u${4 * CYCLE - 1})`, "none"),
			"(ok true)");
		is(more(), "(err 21)");
	});

	const longer = (o = {}) => (o.through ? through : call)(
		"delegate-stack-extend", [`'${o.who ?? BOB}`, o.addr ?? ADDR,
			`u${o.n ?? 1}`], o.sender ?? POOL);

	claim("delegate-stack-extend refuses in this order", () => {
		is(longer({ who: DAVE, n: 0, through: true }), "(err 26)");
		is(longer({ n: 0, through: true }), "(err 2)");
		is(longer({ through: true }), "(err 9)");
		is(longer({ who: ALICE, sender: ALICE }), "(err 31)");
		is(longer({ sender: CAROL }), "(err 9)");
		is(longer({ n: 11 }), "(err 2)", "13 cycles in all");
		is(longer(), "(err 21)");
		is(call("revoke-delegate-stx", [], BOB).slice(0, 4), "(ok ");
		is(longer(), "(err 9)", "revoked");
		is(delegate(BOB, MIN - 1n, "none", `(some ${ADDR})`), "(ok true)");
		is(longer({ addr: ADDR2 }), "(err 22)");
		is(call("revoke-delegate-stx", [], BOB).slice(0, 4), "(ok ");
		is(delegate(BOB, MAX, "none", `(some ${ADDR})`), "(ok true)");
		is(longer({ addr: ADDR2 }), "(err 23)");
		is(call("revoke-delegate-stx", [], BOB).slice(0, 4), "(ok ");
		is(delegate(BOB, MAX, "none", "none"), "(ok true)");
		is(longer({ addr: BAD_ADDR }), "(err 13)");
		is(longer(), `(ok (tuple (stacker ${BOB}) ` +
			`(unlock-burn-height u${5 * CYCLE})))`);
		is(read("get-partial-stacked-by-cycle", [ADDR, "u4", `'${POOL}`]),
			`(some (tuple (stacked-amount u${MIN})))`);
	});

	const commit = (c, o = {}) => ({ said: (o.through ? through : call)(
		o.indexed ? "stack-aggregation-commit-indexed"
			: "stack-aggregation-commit", [o.addr ?? ADDR, `u${c}`,
			...consent(o.addr ?? ADDR, c, "agg-commit", 1, o)],
		o.sender ?? POOL) });

	for (const indexed of [false, true]) {
		const c = indexed ? 3 : 2;

		claim(`a sum is committed${indexed ? ", by index" : ""}`, () => {
			const o = { indexed };

			is(commit(c, { ...o, sender: CAROL, through: true }).said,
				"(err 4)");
			is(commit(c, { ...o, through: true }).said, "(err 9)");
			is(commit(c, { ...o, max: 0n }).said, "(err 38)");
			is(commit(c, { ...o, secret: OTHER }).said, "(err 35)");
			is(commit(c, { ...o, sig: `(some 0x${"00".repeat(65)})` })
				.said, "(err 36)");
			is(commit(c, { ...o, sig: "none" }).said, "(err 19)");
			is(commit(c, { ...o, id: 9200 }).said,
				indexed ? "(ok u2)" : "(ok true)");
			is(read("get-reward-set-pox-address", [`u${c}`, "u2"]),
				`(some (tuple (pox-addr ${SHOWN}) (signer ${KEY}) ` +
				`(stacker none) (total-ustx u${MIN})))`);
			is(read("get-partial-stacked-by-cycle",
				[ADDR, `u${c}`, `'${POOL}`]), "none");
			is(commit(c, o).said, "(err 4)", "it is gone");
		});
	}

	const grow = (c, x, o = {}) => call("stack-aggregation-increase",
		[o.addr ?? ADDR, `u${c}`, `u${x}`,
			...consent(o.addr ?? ADDR, c, "agg-increase", 1, o)],
		o.sender ?? POOL);

	claim("an entry grows by a later sum", () => {
		is(grow(2, 2), "(err 4)", "there is none");
		is(more({ by: 2n }), `(ok (tuple (stacker ${BOB}) ` +
			`(total-locked u${MIN + 2n})))`);
		is(through("stack-aggregation-increase", [ADDR, "u2", "u2",
			...consent(ADDR, 2, "agg-increase", 1)], POOL), "(err 9)");
		is(commit(2, { id: 9200 }).said, "(err 39)", "a used consent");
		is(commit(3, { id: 9200, indexed: true }).said, "(err 39)");
		is(commit(2).said, "(err 11)", "too little for an entry");
		is(commit(3, { indexed: true }).said, "(err 11)");
		is(grow(2, 9), "(err 28)");
		is(grow(2, 0), "(err 29)", "a stacker's own");
		is(grow(2, 2, { max: MIN + 1n }), "(err 38)");
		is(grow(2, 2, { key: OTHER_KEY, secret: OTHER }), "(err 32)");
		is(grow(2, 2, { secret: OTHER }), "(err 35)");
		is(grow(2, 2, { sig: `(some 0x${"00".repeat(65)})` }), "(err 36)");
		is(grow(2, 2, { sig: "none" }), "(err 19)");
		is(grow(2, 2, { id: 9300, max: MIN + 2n }), "(ok true)");
		is(read("get-reward-set-pox-address", ["u2", "u2"]),
			`(some (tuple (pox-addr ${SHOWN}) (signer ${KEY}) ` +
			`(stacker none) (total-ustx u${MIN + 2n})))`);
		is(read("get-total-ustx-stacked", ["u2"]),
			`u${3n * MIN + 7n}`);
	});

	claim("an entry of another address is not touched", () => {
		is(lock({ who: DAVE, addr: ADDR2, amount: MIN }).slice(0, 4),
			"(ok ");
		is(grow(2, 2, { addr: ADDR2 }), "(err 29)");
	});

	claim("a cycle that has begun is closed", () => {
		chain.mine(2 * CYCLE - chain.burnHeight);
		is(lock({ who: DAVE, addr: ADDR2, height: now() }), "(err 3)");
		is(grow(2, 2, { addr: ADDR2 }), "(err 2)");
		is(commit(2, { addr: ADDR2 }).said, "(ok true)",
			"though sums may still be committed");
	});

	claim("a delegation lasts to its last block", () => {
		const known = () => read("get-check-delegation", [`'${CAROL}`])
			.slice(0, 5);

		is(delegate(CAROL, 1, `(some ${now()})`, "none"), "(ok true)");
		is(known(), "(some");
		chain.mine(1);
		is(known(), "none");
		is(call("revoke-delegate-stx", [], CAROL), "(err 34)");
	});

	claim("what is over is not known any more", () => {
		chain.mine(3 * CYCLE - chain.burnHeight);
		is(more({ who: DAVE, addr: ADDR2 }), "(err 2)", "the last cycle");
		chain.mine(4 * CYCLE - chain.burnHeight);
		is(read("get-stacker-info", [`'${CAROL}`]), "none");
		is(increase(CAROL).said, "(err 27)");
		is(extend(CAROL).said, "(err 26)");
		is(chain.eval(`(stx-account '${CAROL})`), "(tuple (locked u0) " +
			`(unlock-height u0) (unlocked u${10n ** 14n}))`);
	});
}
