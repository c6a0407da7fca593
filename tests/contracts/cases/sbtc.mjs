// tests/contracts/cases/sbtc.mjs - The peg: deposits, withdrawals, signers.

import { ACCOUNTS, SBTC_NAMES, source } from "../lib/chain.mjs";

const [DEPLOYER, ALICE, BOB] = [ACCOUNTS.deployer, ACCOUNTS.wallet_1,
	ACCOUNTS.wallet_2];
const KEY = `0x${"00".repeat(33)}`;
/* The multisig account of two keys of zeros, of whom both sign. */
const SIGNERS = "SN3N8ATTRKWKK2N8TTSBNW5CRH2CSV2A0NYF7HHDF";
const AGGREGATE = `0x${"a1".repeat(33)}`;
const SWEEP = `0x${"5e".repeat(32)}`;
const TO = `{version: 0x00, hashbytes: 0x${"11".repeat(20)}}`;
const SHOWN_TO = `(tuple (hashbytes 0x${"11".repeat(20)}) (version 0x00))`;
const NO_HASH = `0x${"00".repeat(32)}`;
const MAX = 2n ** 128n - 1n;

const txid = (n) => `0x${n.toString(16).padStart(64, "0")}`;
const contract = (name) => `${DEPLOYER}.${name}`;

const TXID = "(buff 32)";
const RECIPIENT = "{version: (buff 1), hashbytes: (buff 32)}";
const FORWARD = [
	["sbtc-token", "protocol-mint", "uint principal (buff 1)"],
	["sbtc-token", "protocol-burn", "uint principal (buff 1)"],
	["sbtc-token", "protocol-lock", "uint principal (buff 1)"],
	["sbtc-token", "protocol-unlock", "uint principal (buff 1)"],
	["sbtc-token", "protocol-burn-locked", "uint principal (buff 1)"],
	["sbtc-token", "protocol-mint-many",
		"(list 200 {amount: uint, recipient: principal}) (buff 1)"],
	["sbtc-token", "protocol-set-name", "(string-ascii 32) (buff 1)"],
	["sbtc-token", "protocol-set-symbol", "(string-ascii 10) (buff 1)"],
	["sbtc-token", "protocol-set-token-uri",
		"(optional (string-utf8 256)) (buff 1)"],
	["sbtc-token", "transfer",
		"uint principal principal (optional (buff 34))"],
	["sbtc-registry", "create-withdrawal-request",
		`uint uint principal ${RECIPIENT} uint`],
	["sbtc-registry", "complete-withdrawal-accept",
		`uint ${TXID} uint uint uint ${TXID} uint ${TXID}`],
	["sbtc-registry", "complete-withdrawal-reject", "uint uint"],
	["sbtc-registry", "complete-deposit",
		`${TXID} uint uint principal ${TXID} uint ${TXID}`],
	["sbtc-registry", "rotate-keys",
		"(list 128 (buff 33)) principal (buff 33) uint"],
	["sbtc-registry", "update-protocol-contract", "(buff 1) principal"],
];

/* Splits "uint (buff 1)" into its types. */
function types(text) {
	return text.match(/\{[^}]*\}|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\S+/g);
}

/* A contract that passes calls on, and speaks for itself. */
const PROXY = FORWARD.map(([to, fn, text]) => {
	const params = types(text);

	return `(define-public (${fn} ${params.map((t, i) => `(a${i} ${t})`)
		.join(" ")}) (contract-call? .${to} ${fn} ${params.map(
		(_, i) => `a${i}`).join(" ")}))`;
}).join("\n");

export function sbtcCases(chain, claim, is) {
	const token = (fn, args, who = ALICE) =>
		chain.call("sbtc-token", fn, args, who);
	const registry = (fn, args, who = ALICE) =>
		chain.call("sbtc-registry", fn, args, who);
	const proxy = (fn, args, who = ALICE) =>
		chain.call("proxy", fn, args, who);
	const balances = (who) => ["available", "locked"].map((part) =>
		chain.read("sbtc-token", `get-balance-${part}`, [`'${who}`])).join();
	const printed = (name) => chain.prints(name).join(" ");
	let height;
	let hash;

	claim("the five contracts are deployed in their order", () => {
		for (const name of SBTC_NAMES)
			chain.deploy(name, source(name), 3);
		chain.deploy("proxy", PROXY, 3);
		chain.mine(3);
		height = chain.burnHeight - 2;
		hash = /\(some (0x\w+)\)/.exec(chain.read("sbtc-deposit",
			"get-burn-header", [`u${height}`]))[1];
		is(chain.read("sbtc-withdrawal", "get-burn-header",
			[`u${height}`]), `(some ${hash})`);
		is(chain.read("sbtc-deposit", "get-burn-header", ["u9999999"]),
			"none");
		is(chain.read("sbtc-registry", "get-current-signer-data", []),
			"(tuple (current-aggregate-pubkey 0x00) " +
			`(current-signature-threshold u0) (current-signer-principal ` +
			`${DEPLOYER}) (current-signer-set (list)))`);
	});

	claim("the token says what it is", () => {
		const read = (fn) => chain.read("sbtc-token", fn, []);

		is(read("get-name"), "(ok \"sBTC\")");
		is(read("get-symbol"), "(ok \"sBTC\")");
		is(read("get-decimals"), "(ok u8)");
		is(read("get-total-supply"), "(ok u0)");
		is(read("get-token-uri").slice(0, 24), "(ok (some u\"https://ipfs");
	});

	claim("nobody writes without a role", () => {
		const R = (f, a) => is(registry(f, a), "(err u400)", f);
		const T = (f, a) => is(token(f, a), "(err u400)", f);

		R("create-withdrawal-request", ["u1", "u1", `'${ALICE}`, TO, "u1"]);
		R("complete-withdrawal-accept", ["u1", txid(1), "u0", "u0", "u0",
			txid(1), "u0", txid(1)]);
		R("complete-withdrawal-reject", ["u1", "u0"]);
		R("complete-deposit", [txid(1), "u0", "u1", `'${ALICE}`, txid(1),
			"u0", txid(1)]);
		R("rotate-keys", ["(list)", `'${ALICE}`, KEY, "u1"]);
		R("update-protocol-contract", ["0x01", `'${ALICE}`]);
		for (const flag of ["0x00", "0x01", "0x02", "0x03"]) {
			for (const fn of ["mint", "burn", "lock", "unlock",
				"burn-locked"])
				T(`protocol-${fn}`, ["u1", `'${ALICE}`, flag]);
			T("protocol-mint-many", ["(list)", flag]);
			T("protocol-set-name", ["\"x\"", flag]);
			T("protocol-set-symbol", ["\"x\"", flag]);
			T("protocol-set-token-uri", ["none", flag]);
			is(chain.read("sbtc-registry", "is-protocol-caller",
				[flag, `'${ALICE}`]), "(err u400)");
		}
	});

	const rotate = (keys, aggregate, m, who) => chain.call(
		"sbtc-bootstrap-signers", "rotate-keys-wrapper",
		[`(list ${keys.join(" ")})`, aggregate, `u${m}`], who);

	claim("a rotation is judged in this order", () => {
		const short = `0x${"00".repeat(32)}`;

		is(rotate([], short, 9, ALICE), "(err u200)");
		is(rotate([short], short, 9, ALICE), "(err u200)", "one key");
		is(rotate([short, KEY], short, 1, ALICE), "(err u202)",
			"half is too few");
		is(rotate([short, KEY], short, 3, ALICE), "(err u202)");
		is(rotate([short, KEY, KEY], short, 1, ALICE), "(err u202)");
		is(rotate([short, KEY], short, 2, ALICE), "(err u201)");
		is(rotate([short, KEY], short, 2, DEPLOYER), "(err u210)");
		is(rotate([KEY, KEY, short], short, 2, DEPLOYER), "(err u212)");
		is(rotate([KEY, KEY], short, 2, DEPLOYER), "(err u200)");
		is(rotate([KEY, KEY], AGGREGATE, 2, DEPLOYER), "(ok true)");
		is(printed("sbtc-registry"), "(tuple " +
			`(new-address ${SIGNERS}) (new-aggregate-pubkey ${AGGREGATE}) ` +
			`(new-keys (list ${KEY} ${KEY})) ` +
			"(new-signature-threshold u2) (topic \"key-rotation\"))");
		is(rotate([KEY, KEY], AGGREGATE, 2, DEPLOYER), "(err u201)");
		is(rotate([KEY, KEY], AGGREGATE, 2, SIGNERS), "(err u402)");
		is(chain.read("sbtc-registry", "get-current-signer-principal", []),
			SIGNERS);
		is(chain.read("sbtc-registry", "get-current-aggregate-pubkey", []),
			AGGREGATE);
		is(chain.read("sbtc-registry", "get-current-signer-set", []),
			`(list ${KEY} ${KEY})`);
	});

	claim("a multisig account is its script's hash", () => {
		const say = (fn, args) => chain.read("sbtc-bootstrap-signers", fn,
			args);
		const keys = `(list ${KEY} ${KEY})`;
		const pushed = `21${"00".repeat(33)}`;

		is(say("pubkeys-to-principal", [keys, "u2"]), SIGNERS);
		is(say("pubkeys-to-bytes", [keys]), `0x${pushed}${pushed}`);
		is(say("pubkeys-to-spend-script", [keys, "u2"]),
			`0x52${pushed}${pushed}52ae`);
		is(say("concat-pubkeys-fold", [KEY, "0xff"]), `0xff${pushed}`);
		is(say("bytes-len", [KEY]), "0x21");
		is(say("uint-to-byte", ["u255"]), "0xff");
		is(say("uint-to-byte", ["u256"]), "abort UnwrapFailure");
		is(say("pubkeys-to-hash", [keys, "u2"]).length, 42);
	});

	/* What a deposit is, o telling what is different. */
	const deposit = (o = {}) => ({ txid: txid(1), "vout-index": "u0",
		amount: "u1000", recipient: `'${ALICE}`, "burn-hash": hash,
		"burn-height": `u${height}`, "sweep-txid": SWEEP, ...o });
	const complete = (o, who = SIGNERS) => chain.call("sbtc-deposit",
		"complete-deposit-wrapper", Object.values(deposit(o)), who);
	const tuple = (o) => `{${Object.entries(o).map(([k, v]) =>
		`${k}: ${v}`).join(", ")}}`;
	const completeMany = (items, who = SIGNERS) => chain.call("sbtc-deposit",
		"complete-deposits-wrapper", [`(list ${items.map((o) =>
			tuple(deposit(o))).join(" ")})`], who);

	claim("a deposit is judged in this order", () => {
		const bad = { amount: "u545", txid: "0x01", "sweep-txid": "0x01",
			"burn-hash": NO_HASH };

		is(complete(bad, ALICE), "(err u304)");
		is(complete(bad), "(err u302)");
		is(complete({ ...bad, amount: "u546" }), "(err u300)");
		is(complete({ ...bad, amount: "u546", txid: txid(1) }),
			"(err u300)", "the sweep's");
		is(complete({ "burn-hash": NO_HASH }), "(err u305)");
		is(complete({ "burn-height": "u9999999" }), "(err u305)");
		is(complete({ amount: "u546" }), "(ok true)");
		is(printed("sbtc-registry"), "(tuple (amount u546) " +
			`(bitcoin-txid ${txid(1)}) (burn-hash ${hash}) ` +
			`(burn-height u${height}) (output-index u0) ` +
			`(sweep-txid ${SWEEP}) (topic "completed-deposit"))`);
		is(complete({ "burn-hash": NO_HASH }), "(err u301)", "once");
		is(balances(ALICE), "(ok u546),(ok u0)");
		is(chain.read("sbtc-registry", "get-deposit-status",
			[txid(1), "u0"]), "(some true)");
		is(chain.read("sbtc-registry", "get-deposit-status",
			[txid(1), "u1"]), "none");
		is(chain.read("sbtc-registry", "get-completed-deposit",
			[txid(1), "u0"]), "(some (tuple (amount u546) " +
			`(recipient ${ALICE}) (sweep-burn-hash ${hash}) ` +
			`(sweep-burn-height u${height}) (sweep-txid ${SWEEP})))`);
	});

	claim("many deposits are minted, or none", () => {
		const more = [2, 3].map((n) => ({ txid: txid(n) }));

		is(completeMany([], ALICE), "(err u304)");
		is(completeMany([]), "(ok u0)");
		is(completeMany([...more, { txid: txid(1) }]), "(err u315)");
		is(completeMany([{ amount: "u1" }, ...more]), "(err u313)");
		is(completeMany([...more, { txid: txid(2), "vout-index": "u7" }]),
			"(ok u3)");
		is(balances(ALICE), "(ok u3546),(ok u0)");
	});

	claim("tokens are moved by their owner", () => {
		const move = (amount, from, to, memo, who) => token("transfer",
			[`u${amount}`, `'${from}`, `'${to}`, memo], who);

		is(move(5, ALICE, BOB, "none", BOB), "(err u4)");
		is(move(5000, ALICE, BOB, "none", ALICE), "(err u1)");
		is(move(5, ALICE, ALICE, "none", ALICE), "(err u2)");
		is(move(0, ALICE, BOB, "none", ALICE), "(err u3)");
		is(move(5, ALICE, BOB, "(some 0xc0ffee)", ALICE), "(ok true)");
		is(printed("sbtc-token"), "0xc0ffee");
		is(move(1, ALICE, BOB, "none", ALICE), "(ok true)");
		is(printed("sbtc-token"), "");
		is(balances(BOB), "(ok u6),(ok u0)");
		is(proxy("transfer", ["u1", `'${BOB}`, `'${ALICE}`, "none"], BOB),
			"(ok true)", "the sender counts, whoever calls");
		is(proxy("transfer", ["u1", `'${contract("proxy")}`, `'${ALICE}`,
			"none"], BOB), "(err u1)", "and so does the caller");
	});

	claim("many tokens move, or none", () => {
		const many = (items, who = ALICE) => token("transfer-many",
			[`(list ${items.map(([amount, from]) => tuple({
				amount: `u${amount}`, sender: `'${from}`, to: `'${BOB}`,
				memo: "none" })).join(" ")})`], who);

		is(many([]), "(ok u0)");
		is(many([[1, ALICE], [1, BOB]]), "(err u1001)");
		is(many([[9999, ALICE], [1, ALICE]]), "(err u1000)");
		is(many([[1, ALICE], [2, ALICE]]), "(ok u2)");
		is(balances(BOB), "(ok u8),(ok u0)");
	});

	const request = (amount, fee, to = TO, who = ALICE) => chain.call(
		"sbtc-withdrawal", "initiate-withdrawal-request",
		[`u${amount}`, to, `u${fee}`], who);

	claim("a withdrawal is judged in this order", () => {
		const address = (v, n) => `{version: 0x${v}, hashbytes: ` +
			`0x${"11".repeat(n)}}`;

		is(request(4000, 1, address("07", 1)), "(err u1)", "too little");
		is(request(MAX, 1), "abort ArithmeticOverflow");
		is(request(546, 10, address("07", 1)), "(err u502)");
		is(request(547, 10, address("07", 1)), "(err u500)");
		is(request(547, 10, address("04", 32)), "(err u501)");
		is(request(547, 10, address("05", 20)), "(err u501)");
		is(request(547, 10), "(ok u1)");
		is(printed("sbtc-registry"), "(tuple (amount u547) " +
			`(block-height u${chain.burnHeight}) (max-fee u10) ` +
			`(recipient ${SHOWN_TO}) (request-id u1) (sender ${ALICE}) ` +
			"(topic \"withdrawal-create\"))");
		is(balances(ALICE), "(ok u2981),(ok u557)");
		is(chain.read("sbtc-token", "get-balance", [`'${ALICE}`]),
			"(ok u3538)", "both");
		is(chain.read("sbtc-token", "get-total-supply", []), "(ok u3546)");
		is(chain.read("sbtc-registry", "get-withdrawal-request", ["u1"]),
			"(some (tuple (amount u547) " +
			`(block-height u${chain.burnHeight}) (max-fee u10) ` +
			`(recipient ${SHOWN_TO}) (sender ${ALICE}) (status none)))`);
		is(chain.read("sbtc-registry", "get-withdrawal-request", ["u2"]),
			"none");
	});

	claim("recipients are addresses of Bitcoin", () => {
		for (let v = 0; v <= 7; v++) {
			for (const n of [19, 20, 21, 31, 32]) {
				const fits = n === (v <= 4 ? 20 : 32);

				is(chain.read("sbtc-withdrawal", "validate-recipient",
					[`{version: 0x0${v}, hashbytes: 0x${"11".repeat(n)}}`]),
				v > 6 ? "(err u500)" : fits ? "(ok true)"
					: "(err u501)", `version ${v}, ${n} bytes`);
			}
		}
		is(chain.read("sbtc-withdrawal", "validate-recipient",
			[`{version: 0x, hashbytes: 0x${"11".repeat(20)}}`]),
		"(ok true)", "no version is 0");
	});

	/* Arguments of accept-withdrawal-request. */
	const accept = (id, o = {}, who = SIGNERS) => chain.call(
		"sbtc-withdrawal", "accept-withdrawal-request", [`u${id}`, txid(9),
			"u5", "u2", `u${o.fee ?? 4}`, o.hash ?? hash,
			`u${o.height ?? height}`, SWEEP], who);
	const reject = (id, who = SIGNERS) => chain.call("sbtc-withdrawal",
		"reject-withdrawal-request", [`u${id}`, "u6"], who);

	claim("a payment is judged in this order", () => {
		is(accept(2, { hash: NO_HASH, fee: 99 }, ALICE), "(err u503)");
		is(accept(1, { hash: NO_HASH, fee: 99 }, ALICE), "(err u508)");
		is(accept(1, { height: 9999999 }), "(err u508)");
		is(accept(1, { fee: 99 }, ALICE), "(err u504)");
		is(accept(1, { fee: 11 }), "(err u506)");
		is(accept(1), "(ok true)");
		is(printed("sbtc-registry"), "(tuple " +
			`(bitcoin-txid ${txid(9)}) (burn-hash ${hash}) ` +
			`(burn-height u${height}) (fee u4) (output-index u2) ` +
			`(request-id u1) (signer-bitmap u5) (sweep-txid ${SWEEP}) ` +
			"(topic \"withdrawal-accept\"))");
		is(balances(ALICE), "(ok u2987),(ok u0)", "6 of the fee are left");
		is(accept(1, { fee: 99 }), "(err u505)");
		is(reject(1), "(err u505)");
		is(chain.read("sbtc-registry",
			"get-completed-withdrawal-sweep-data", ["u1"]),
		`(some (tuple (sweep-burn-hash ${hash}) ` +
			`(sweep-burn-height u${height}) (sweep-txid ${SWEEP})))`);
	});

	claim("a rejection is judged in this order", () => {
		is(request(600, 0), "(ok u2)");
		is(reject(3, ALICE), "(err u503)");
		is(reject(2, ALICE), "(err u504)");
		is(reject(2), "(ok true)");
		is(printed("sbtc-registry"), "(tuple (request-id u2) " +
			"(signer-bitmap u6) (topic \"withdrawal-reject\"))");
		is(balances(ALICE), "(ok u2987),(ok u0)");
		is(accept(2), "(err u505)");
		is(chain.read("sbtc-registry",
			"get-completed-withdrawal-sweep-data", ["u2"]), "none");
	});

	const outcome = (id, status, o = {}) => tuple({
		"request-id": `u${id}`, status, "signer-bitmap": "u0",
		"bitcoin-txid": status ? `(some ${txid(8)})` : "none",
		"output-index": status ? "(some u0)" : "none",
		fee: status ? "(some u10)" : "none", "burn-hash": hash,
		"burn-height": `u${height}`,
		"sweep-txid": status ? `(some ${SWEEP})` : "none", ...o });
	const outcomes = (items, who = SIGNERS) => chain.call("sbtc-withdrawal",
		"complete-withdrawals", [`(list ${items.join(" ")})`], who);

	claim("many withdrawals end, or none", () => {
		is(request(550, 10), "(ok u3)");
		is(request(560, 10), "(ok u4)");
		is(outcomes([], ALICE), "(err u504)");
		is(outcomes([]), "(ok u0)");
		is(outcomes([outcome(3, true), outcome(9, false)]), "(err u518)");
		for (const gone of ["bitcoin-txid", "output-index", "fee"])
			is(outcomes([outcome(3, true, { [gone]: "none" })]),
				"(err u517)", gone);
		is(outcomes([outcome(3, true, { "sweep-txid": "none" })]),
			"abort UnwrapFailure");
		is(outcomes([outcome(3, true), outcome(4, false)]), "(ok u2)");
		is(balances(ALICE), "(ok u2427),(ok u0)");
	});

	claim("a role passes to another contract", () => {
		const give = (role, to, who = SIGNERS) => chain.call(
			"sbtc-bootstrap-signers", "update-protocol-contract-wrapper",
			[role, `'${to}`], who);

		is(give("0x01", contract("proxy"), ALICE), "(err u201)");
		is(give("0x01", contract("proxy")), "(ok true)");
		is(printed("sbtc-registry"), "(tuple (contract-type 0x01) " +
			`(new-contract ${contract("proxy")}) ` +
			"(topic \"update-protocol-contract\"))");
		is(chain.read("sbtc-registry", "get-active-protocol", ["0x01"]),
			`(some ${contract("proxy")})`);
		is(complete({ txid: txid(20) }), "(err u400)", "the old one");
		is(chain.read("sbtc-registry", "is-protocol-caller",
			["0x01", `'${contract("proxy")}`]), "(ok true)");
		is(chain.read("sbtc-registry", "is-protocol-caller",
			["0x02", `'${contract("proxy")}`]), "(err u400)");
		is(proxy("complete-deposit", [txid(20), "u0", "u1", `'${BOB}`,
			hash, "u1", SWEEP]), "(ok true)");
	});

	claim("who has a role mints, locks and burns", () => {
		const on = (fn, amount) => proxy(`protocol-${fn}`,
			[`u${amount}`, `'${BOB}`, "0x01"]);

		is(on("mint", 0), "(err u1)");
		is(on("mint", 100), "(ok true)");
		is(on("burn", 1000), "(err u1)");
		is(on("burn", 8), "(ok true)");
		is(on("lock", 1000), "(err u1)");
		is(on("lock", 60), "(ok true)");
		is(on("unlock", 61), "(err u1)");
		is(on("unlock", 20), "(ok true)");
		is(on("burn-locked", 41), "(err u1)");
		is(on("burn-locked", 10), "(ok true)");
		is(balances(BOB), "(ok u60),(ok u30)");
		is(proxy("protocol-mint-many", [`(list {amount: u1, recipient: ` +
			`'${BOB}} {amount: u0, recipient: '${BOB}})`, "0x01"]),
		"(ok (list (ok true) (err u1)))", "each by itself");
		is(balances(BOB), "(ok u61),(ok u30)");
		is(proxy("protocol-set-name", ["\"Bit\"", "0x01"]), "(ok true)");
		is(proxy("protocol-set-symbol", ["\"B\"", "0x01"]), "(ok true)");
		is(proxy("protocol-set-token-uri", ["none", "0x01"]), "(ok true)");
		is(chain.read("sbtc-token", "get-name", []), "(ok \"Bit\")");
		is(chain.read("sbtc-token", "get-symbol", []), "(ok \"B\")");
		is(chain.read("sbtc-token", "get-token-uri", []), "(ok none)");
	});

	claim("who has all roles writes the record", () => {
		const give = (role) => chain.call("sbtc-bootstrap-signers",
			"update-protocol-contract-wrapper",
			[role, `'${contract("proxy")}`], SIGNERS);

		is(give("0x02"), "(ok true)");
		is(proxy("create-withdrawal-request", ["u1", "u2", `'${BOB}`, TO,
			"u3"]), "(ok u5)");
		is(proxy("complete-withdrawal-reject", ["u5", "u0"]), "(ok true)");
		is(proxy("complete-withdrawal-accept", ["u5", txid(7), "u0", "u0",
			"u0", hash, "u1", SWEEP]), "(ok true)");
		is(give("0x00"), "(ok true)");
		is(proxy("rotate-keys", ["(list)", `'${BOB}`, "0x01", "u1"]),
			"(ok true)");
		is(proxy("rotate-keys", ["(list)", `'${BOB}`, "0x01", "u1"]),
			"(err u402)");
		is(proxy("update-protocol-contract", ["0x05", `'${BOB}`]),
			"(ok true)");
	});
}
