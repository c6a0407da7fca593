// tests/contracts/cases/bns.mjs - Names.

import { createHash } from "node:crypto";

import { ACCOUNTS, source } from "../lib/chain.mjs";

const [ALICE, BOB, CAROL, DAVE, ERIN] = [1, 2, 3, 4, 5].map(
	(i) => ACCOUNTS[`wallet_${i}`]);
const PRICE = 640000000n; // of a namespace of 8 characters and more
const SALT = "5a17";
const FILE = `0x${"f1".repeat(20)}`;
const FILE2 = `0x${"f2".repeat(20)}`;
const LIFETIME = 200;
const PREORDER_TTL = 144;
const GRACE = 5000;
const LAUNCH_TTL = 52595;

const hex = (text) => Buffer.from(text).toString("hex");
const name = (text) => `0x${hex(text)}`;
const hash = (alg, bytes) => createHash(alg).update(bytes).digest();
const hash160 = (text) => `0x${hash("ripemd160",
	hash("sha256", Buffer.from(text, "hex"))).toString("hex")}`;

const BUCKETS = [...Array(16).keys()].map((i) => 15 - i);
const numbers = (of) => of.map((n) => `u${n}`);

export function bnsCases(chain, claim, is) {
	const call = (fn, args, who) => chain.call("bns", fn, args, who);
	const read = (fn, args, who) => chain.read("bns", fn, args, who);
	const both = (space, text) => [name(space), name(text)];
	const height = () => Number(chain.eval("tenure-height").slice(1));

	/* Preorders and reveals a namespace: Alice's, who imports. */
	function preorder(space, ustx = PRICE, who = ALICE) {
		return call("namespace-preorder",
			[hash160(hex(space) + SALT), `u${ustx}`], who);
	}
	const reveal = (space, o = {}) => call("namespace-reveal", [name(space),
		`0x${SALT}`, "u2", "u3", ...numbers(BUCKETS), `u${o.other ?? 4}`,
		"u5", `u${o.lifetime ?? LIFETIME}`, `'${ALICE}`], o.who ?? ALICE);
	const ready = (space, who = ALICE) => call("namespace-ready",
		[name(space)], who);
	const take = (text, who, ustx = 10n ** 7n, space = "tenure-1") => call(
		"name-preorder",
		[hash160(`${hex(text)}2e${hex(space)}${SALT}`), `u${ustx}`], who);
	const register = (text, who, space = "tenure-1") => call("name-register",
		[...both(space, text), `0x${SALT}`, FILE], who);
	const told = (op, text, file, index, who) => "(tuple (attachment " +
		`(tuple (attachment-index u${index}) (hash ${file}) (metadata ` +
		`(tuple (name ${name(text)}) (namespace ${name("tenure-1")}) ` +
		`(op "${op}") (tx-sender ${who}))))))`;

	claim("a namespace is preordered by a hash", () => {
		chain.deploy("bns", source("bns"), 1);
		for (const who of [ALICE, BOB, CAROL, DAVE, ERIN])
			chain.fund(who, 10n ** 13n);
		is(call("namespace-preorder", ["0x01", "u0"], ALICE), "(err 1015)");
		is(preorder("tenure-1", 0), "(err 1012)");
		is(preorder("tenure-1", 10n ** 17n), "(err 4001)");
		is(preorder("tenure-1"), `(ok u${height() + PREORDER_TTL})`);
		is(preorder("tenure-1"), "(err 1003)");
	});

	claim("a namespace costs by its length", () => {
		is(read("get-namespace-price", ["0x"]), "(err 1013)");
		for (const [n, ustx] of [[1, 640000000000], [2, 64000000000],
			[3, 64000000000], [4, 6400000000], [7, 6400000000],
			[8, 640000000], [20, 640000000]])
			is(read("get-namespace-price", [name("a".repeat(n))]),
				`(ok u${ustx})`, `${n}`);
	});

	claim("a namespace is revealed in this order", () => {
		is(reveal("tenure-2"), "(err 1001)");
		is(preorder("", 1), `(ok u${height() + PREORDER_TTL})`);
		is(reveal(""), "(err 1013)");
		is(preorder("Tenure-1", 1).slice(0, 4), "(ok ");
		is(reveal("Tenure-1"), "(err 1016)");
		is(preorder("tenure-3", PRICE - 1n).slice(0, 4), "(ok ");
		is(reveal("tenure-3"), "(err 1012)");
		is(preorder("tenure-4").slice(0, 4), "(ok ");
		is(read("can-namespace-be-registered", [name("tenure-1")]),
			"(ok true)");
		is(reveal("tenure-1"), "(ok true)");
		is(read("can-namespace-be-registered", [name("tenure-1")]),
			"(ok false)");
		is(reveal("tenure-1"), "(err 1006)");
		is(preorder("tenure-1", PRICE, BOB).slice(0, 4), "(ok ");
		is(reveal("tenure-1", { who: BOB }), "(err 1006)");
		chain.mine(PREORDER_TTL);
		is(reveal("tenure-4"), "(err 1009)");
		is(preorder("tenure-4").slice(0, 4), "(ok ", "again");
		is(reveal("tenure-4", { lifetime: 0 }), "(ok true)");
	});

	claim("the importer sets prices until it gives that up", () => {
		const set = (space, who) => call("namespace-update-function-price",
			[name(space), "u2", "u3", ...numbers(BUCKETS), "u4", "u5"], who);
		const stop = (space, who) => call(
			"namespace-revoke-function-price-edition", [name(space)], who);

		is(set("none", ALICE), "(err 1005)");
		is(set("tenure-1", BOB), "(err 1011)");
		is(set("tenure-1", ALICE), "(ok true)");
		is(stop("none", ALICE), "(err 1005)");
		is(stop("tenure-1", BOB), "(err 1011)");
		is(stop("tenure-1", ALICE), "(ok true)");
		is(set("tenure-1", ALICE), "(err 1011)");
	});

	claim("a name costs by length and characters", () => {
		const price = (text) => read("get-name-price",
			both("tenure-1", text));

		is(price("abcd"), `(ok u${3 * 2 ** 12 * 10})`);
		is(price("bcdf"), `(ok u${Math.floor(3 * 2 ** 12 / 5) * 10})`);
		is(price("ab-d"), `(ok u${Math.floor(3 * 2 ** 12 / 4) * 10})`);
		is(price("bc-d"), `(ok u${Math.floor(3 * 2 ** 12 / 5) * 10})`);
		is(price("a".repeat(15)), "(ok u60)");
		is(price("a".repeat(16)), "(ok u30)");
		is(price("a".repeat(48)), "(ok u30)");
		is(price(""), "abort ArithmeticUnderflow");
		is(read("get-name-price", both("none", "a")), "(err 1005)");
	});

	const give = (text, to, who = ALICE, space = "tenure-1") => call(
		"name-import", [...both(space, text), `'${to}`, FILE], who);

	claim("names are imported in this order", () => {
		is(give("A", BOB, BOB, "none"), "(err 1005)");
		is(give("A", BOB, BOB), "(err 2022)");
		is(give("bob", BOB, BOB), "(err 1011)");
		is(give("bob", BOB), "(ok true)");
		is(chain.prints("bns").join(), told("name-import", "bob", FILE, 0,
			ALICE));
		is(give("bobby", BOB), "(err 3001)");
		is(read("resolve-principal", [`'${BOB}`]).slice(0, 4), "(ok ");
		is(read("can-name-be-registered", both("tenure-1", "bob")),
			"(ok false)");
		is(call("name-update", [...both("tenure-1", "bob"), FILE2], BOB),
			"(err 1007)");
		is(call("name-renewal", [...both("tenure-1", "bob"), "u9", "none",
			"none"], BOB), "(err 1007)");
	});

	claim("a namespace is launched by its importer", () => {
		is(ready("none"), "(err 1005)");
		is(ready("tenure-1", BOB), "(err 1011)");
		is(take("early", DAVE).slice(0, 4), "(ok ");
		chain.mine(1);
		is(ready("tenure-1"), "(ok true)");
		is(chain.prints("bns").join(), "(tuple " +
			`(namespace ${name("tenure-1")}) (properties ` +
			`${read("get-namespace-properties", [name("tenure-1")])
				.replace(/^\(ok \(tuple \(namespace \w+\) \(properties /,
					"").slice(0, -3)}) (status "ready"))`);
		is(read("get-namespace-properties", [name("none")]), "(err 1005)");
		is(ready("tenure-1"), "(err 1014)");
		is(give("x", CAROL), "(err 1014)");
		is(ready("tenure-4"), "(ok true)");
		is(take("soon", DAVE).slice(0, 4), "(ok ");
		chain.mine(1);
	});

	claim("a name is registered in this order", () => {
		is(register("x", CAROL, "none"), "(err 1005)");
		is(register("x", CAROL), "(err 2001)");
		is(register("early", DAVE), "(err 2018)");
		is(register("soon", DAVE), "(err 2018)", "in the launch's block");
		is(call("name-preorder", ["0x01", "u0"], CAROL), "(err 1012)");
		is(call("name-preorder", ["0x01", "u1"], CAROL), "(err 2017)");
		is(take("x", CAROL, 10n ** 17n), "(err 4001)");
		is(take("bob", CAROL).slice(0, 4), "(ok ");
		is(take("X", CAROL).slice(0, 4), "(ok ");
		is(take("cheap", CAROL, 1).slice(0, 4), "(ok ");
		is(take("carol", CAROL), `(ok u${height() + PREORDER_TTL})`);
		is(take("carol", CAROL), "(err 2016)");
		is(take("carol", BOB).slice(0, 4), "(ok ");
		chain.mine(1);
		is(register("bob", CAROL), "(err 2004)");
		is(register("X", CAROL), "(err 2022)");
		is(register("cheap", CAROL), "(err 2007)");
		is(register("carol", BOB), "(err 3001)");
		is(register("carol", CAROL), "(ok true)");
		is(chain.prints("bns").join(), told("name-register", "carol", FILE,
			1, CAROL));
		is(register("carol", CAROL), "(err 2004)");
		is(read("can-receive-name", [`'${CAROL}`]), "(ok false)");
		is(read("can-receive-name", [`'${ERIN}`]), "(ok true)");
		is(read("name-resolve", both("tenure-1", "carol")), "(ok (tuple " +
			`(lease-ending-at (some u${height() + LIFETIME})) ` +
			`(lease-started-at u${height()}) (owner ${CAROL}) ` +
			`(zonefile-hash ${FILE})))`);
	});

	claim("an owner updates, moves and revokes", () => {
		const N = both("tenure-1", "carol");
		const update = (who) => call("name-update", [...N, FILE2], who);
		const move = (to, who, file = "none") => call("name-transfer",
			[...N, `'${to}`, file], who);

		is(read("check-name-ops-preconditions", both("tenure-1", "none")),
			"(err 2013)");
		is(read("check-name-ops-preconditions", N, CAROL).slice(0, 4),
			"(ok ");
		is(update(BOB), "(err 2006)");
		is(update(CAROL), "(ok true)");
		is(chain.prints("bns").join(), told("name-update", "carol", FILE2,
			2, CAROL));
		is(move(BOB, BOB), "(err 2006)");
		is(move(BOB, CAROL), "(err 3001)");
		is(move(DAVE, CAROL, `(some ${FILE})`), "(ok true)");
		is(chain.prints("bns").join(), told("name-transfer", "carol", FILE,
			3, CAROL));
		is(read("resolve-principal", [`'${CAROL}`]),
			"(err (tuple (code 2013) (name none)))");
		is(move(CAROL, DAVE), "(ok true)");
		is(chain.prints("bns").join(), told("name-transfer", "carol", "0x",
			4, DAVE));
		is(call("name-revoke", N, BOB), "(err 2006)");
		is(call("name-revoke", N, CAROL), "(ok true)");
		is(chain.prints("bns").join(), told("name-revoke", "carol", "0x",
			5, CAROL));
		is(update(CAROL), "(err 2014)");
		is(move(DAVE, CAROL), "(err 2014)");
		is(call("name-revoke", N, CAROL), "(err 2014)");
		is(read("name-resolve", N), "(err 2014)");
		is(call("name-renewal", [...N, `u${10n ** 7n}`, "none", "none"],
			CAROL), "(err 2014)");
		is(read("can-receive-name", [`'${CAROL}`]), "(ok true)");
	});

	claim("names of a namespace without leases are for ever", () => {
		is(take("erin", ERIN, 10n ** 7n, "tenure-4").slice(0, 4), "(ok ");
		is(register("erin", ERIN, "tenure-4"), "(ok true)");
		is(call("name-renewal", [...both("tenure-4", "erin"), "u1", "none",
			"none"], ERIN), "(err 2006)");
	});

	const renewOf = (space, who) => call("name-renewal", [
		...both(space, "a"), "u1", "none", "none"], who);

	claim("a lease ends, with a grace period", () => {
		const N = both("tenure-1", "bob");
		const renew = (who, o = {}) => call("name-renewal", [...N,
			`u${o.ustx ?? 10n ** 7n}`, o.to ?? "none", o.file ?? "none"],
			who);
		const state = () => ["expired", "in-grace-period"].map((s) =>
			read(s === "expired" ? "is-name-lease-expired"
				: "is-name-in-grace-period", N)).join();

		const end = Number(/lease-ending-at \(some u(\d+)/.exec(
			read("name-resolve", N))[1]);

		is(renew(CAROL), "(err 2006)");
		is(renew(BOB, { ustx: 1 }), "(err 2007)");
		is(renew(BOB, { to: `(some '${ERIN})` }), "(ok true)",
			"the other gets nothing");
		is(read("resolve-principal", [`'${BOB}`]).slice(0, 4), "(ok ");
		is(renew(BOB, { file: `(some ${FILE2})` }), "(ok true)");
		is(chain.prints("bns").join(), told("name-renewal", "bob", FILE2,
			7, BOB));
		is(Number(/lease-ending-at \(some u(\d+)/.exec(
			read("name-resolve", N))[1]) >= end, true);
		chain.mine(LIFETIME);
		is(state(), "(ok false),(ok false)", "its last block");
		chain.mine(1);
		is(state(), "(ok true),(ok true)");
		is(call("name-update", [...N, FILE], BOB), "(err 2009)");
		is(call("name-transfer", [...N, `'${DAVE}`, "none"], BOB),
			"(err 2009)");
		is(call("name-revoke", N, BOB), "(err 2009)");
		is(read("name-resolve", N), "(err 2009)");
		is(renew(BOB), "(ok true)");
		chain.mine(LIFETIME + GRACE);
		is(state(), "(ok true),(ok true)", "the last block of grace");
		chain.mine(1);
		is(state(), "(ok true),(ok false)");
		is(call("name-update", [...N, FILE], BOB), "(err 2008)");
		is(call("name-transfer", [...N, `'${DAVE}`, "none"], BOB),
			"(err 2008)");
		is(call("name-revoke", N, BOB), "(err 2008)");
		is(read("name-resolve", N), "(err 2008)");
		is(renew(BOB), "(err 2008)");
		is(register("cheap", CAROL), "(err 2012)", "preordered long ago");
		is(read("can-name-be-registered", N), "(ok true)");
		is(take("bob", DAVE).slice(0, 4), "(ok ");
		is(register("bob", DAVE), "(ok true)", "another's now");
		is(read("is-name-lease-expired", both("none", "a")), "(err 1005)");
		is(read("is-name-in-grace-period", both("tenure-1", "none")),
			"(err 2013)");
		is(renewOf("none", BOB), "(err 1005)");
	});

	claim("a namespace that is not launched in time is free again", () => {
		is(renewOf("tenure-1", BOB), "(err 2013)");
		is(preorder("tenure-5").slice(0, 4), "(ok ");
		is(reveal("tenure-5"), "(ok true)");
		is(give("free", ERIN, ALICE, "tenure-5"), "(err 3001)");
		is(give("late", CAROL, ALICE, "tenure-5"), "(ok true)");
		chain.mine(LAUNCH_TTL);
		is(ready("tenure-5"), "(err 1010)");
		is(give("x", BOB, ALICE, "tenure-5"), "(err 1010)");
		is(read("is-name-lease-expired", both("tenure-5", "late")),
			"(err 1010)");
		is(read("name-resolve", both("tenure-5", "late")), "(err 1010)");
		chain.mine(1);
		is(read("can-namespace-be-registered", [name("tenure-5")]),
			"(ok true)");
	});
}
