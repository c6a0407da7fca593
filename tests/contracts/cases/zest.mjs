// tests/contracts/cases/zest.mjs - The lending market: a vault, and prices.

import { readFileSync } from "node:fs";

import { ACCOUNTS, ZEST_NAMES, publicKey, sign, source }
	from "../lib/chain.mjs";

const [DEPLOYER, ALICE, BOB, MARKET, GOVERNOR] = [ACCOUNTS.deployer,
	...[1, 2, 3, 4].map((i) => ACCOUNTS[`wallet_${i}`])];
const DOLLAR = `'${DEPLOYER}.zest-test-dollar`;
const OTHER = `'${DEPLOYER}.other-dollar`;
const VAULT = `${DEPLOYER}.zest-vault`;
const MAX = 2n ** 128n - 1n;
const AMOUNT_MAX = 10n ** 17n;
const SHARES = `${VAULT}::share`;
const FIELDS = ["cash", "shares", "scaled", "index", "reserve", "rem",
	"time"];
const CURVE = [[0, 0], [2000, 118], [4000, 235], [6000, 353], [8000, 471],
	[8500, 500], [9250, 4850], [10000, 9200]];
/* The model's names, as the contract's numbers. */
const CODES = { RISK_AMOUNT: 2001, VAULT_LOST: 2002, VAULT_CAP: 2003,
	VAULT_SHARES: 2004, VAULT_CASH: 2005 };

function terms(o = {}) {
	const curve = (o.curve ?? CURVE).map(([u, r]) =>
		`{util: u${u}, rate: u${r}}`).join(" ");

	return `{supply-cap: u${o.supply ?? AMOUNT_MAX}, ` +
		`debt-cap: u${o.debt ?? AMOUNT_MAX}, ` +
		`reserve-part: u${o.part ?? 1000}, curve: (list ${curve})}`;
}

function what(decimals = 6) {
	return `{token: ${DOLLAR}, market: '${MARKET}, ` +
		`governor: '${GOVERNOR}, name: "Vault Dollar", symbol: "vUSD", ` +
		`decimals: u${decimals}}`;
}

/* The numbers of a result, by the names of their fields. */
function field(text, name) {
	return new RegExp(`\\(${name} u(\\d+)\\)`).exec(text)?.[1];
}

/* The state in a result; it may be all of it. */
function stateText(text) {
	return /\(state (\(tuple .*?\)\))/.exec(text)?.[1] ?? text;
}

function fields(text) {
	return FIELDS.map((name) => field(stateText(text), name));
}

function stateOf(numbers) {
	return `{${FIELDS.map((n, i) => `${n}: u${numbers[i]}`).join(", ")}}`;
}

/* Three signers' secrets, in the order of their public keys. */
const SECRETS = ["01", "02", "03"].map((b) => `${b.repeat(32)}01`)
	.sort((a, b) => publicKey(a) < publicKey(b) ? -1 : 1);
const KEYS = SECRETS.map((s) => `0x${publicKey(s)}`);

function feedCases(chain, claim, is) {
	const call = (fn, args, who = ALICE) =>
		chain.call("zest-price-feed", fn, args, who);
	const read = (fn, args = []) => chain.read("zest-price-feed", fn, args);
	const now = () => Number(field(chain.read("zest-vault", "get-state",
		[]), "time"));
	const signers = (keys, needed, who = DEPLOYER) => call("set-signers",
		[`(list ${keys.join(" ")})`, `u${needed}`], who);

	/* `by`: pairs of the place that is named and the key that signs. */
	function post(price, conf, time, by, o = {}) {
		const args = [1, price, conf, time].map((n) => `u${n}`);
		const signed = o.signed ?? args;
		const hash = read("get-hash", signed).slice(2);
		const list = by.map(([place, key]) => `{signer: u${place}, ` +
			`signature: 0x${sign(SECRETS[key], hash)}}`);

		return call("post", [...args, `(list ${list.join(" ")})`]);
	}

	claim("a feed's signers are the governor's to name, each once", () => {
		is(signers(KEYS, 2, ALICE), "(err u2100)");
		is(signers(KEYS, 0), "(err u2101)");
		is(signers(KEYS, 4), "(err u2101)");
		is(signers([KEYS[1], KEYS[0]], 1), "(err u2101)");
		is(signers([KEYS[0], KEYS[0]], 1), "(err u2101)");
		is(signers([KEYS[0].slice(0, -2)], 1), "(err u2101)");
		is(signers(KEYS, 2), "(ok true)");
		is(chain.prints("zest-price-feed").length, 1);
		is(field(read("get-signers"), "needed"), "2");
		is(call("set-governor", [`'${BOB}`]), "(err u2100)");
		is(call("set-governor", [`'${GOVERNOR}`], DEPLOYER), "(ok true)");
		is(signers(KEYS, 2), "(err u2100)");
		is(signers(KEYS, 2, GOVERNOR), "(ok true)");
	});

	claim("a price needs a quorum of distinct signers", () => {
		const t = now();
		const price = 60000n * 10n ** 8n;
		const both = [[0, 0], [2, 2]];

		is(read("get-price", ["u1"]), "none");
		is(post(price, 5, t, [[0, 0]]), "(err u2105)");
		is(post(price, 5, t, [[0, 0], [0, 0]]), "(err u2105)");
		is(post(price, 5, t, [[2, 2], [0, 0]]), "(err u2105)");
		is(post(price, 5, t, [[0, 0], [1, 2]]), "(err u2105)");
		is(post(price, 5, t, [[0, 0], [3, 2]]), "(err u2105)");
		for (const i of [0, 1, 2, 3]) {
			const signed = [1n, price, 5n, BigInt(t)]
				.map((n, j) => `u${n + (i === j ? 1n : 0n)}`);

			is(post(price, 5, t, both, { signed }), "(err u2105)");
		}
		is(post(price, 5, t, both), "(ok true)");
		is(chain.prints("zest-price-feed").length, 1);
		is(read("get-price", ["u1"]), "(some (tuple (conf u5) " +
			`(price u${price}) (time u${t})))`);
	});

	claim("a price is of bounds, and its time only goes on", () => {
		const both = [[0, 0], [1, 1]];
		const t = now();

		chain.mine(1);
		is(post(0, 0, t + 1, both), "(err u2102)");
		is(post(10n ** 15n + 1n, 0, t + 1, both), "(err u2102)");
		is(post(5, 6, t + 1, both), "(err u2102)");
		is(post(MAX, MAX, t + 1, both), "(err u2102)");
		const posted = field(read("get-price", ["u1"]), "time");

		is(post(5, 5, posted, both), "(err u2103)");
		is(post(5, 5, Number(posted) - 1, both), "(err u2103)");
		is(post(5, 5, MAX, both), "(err u2104)");
		is(post(5, 5, Number(posted) + 1, both), "(ok true)");
		is(post(10n ** 15n, 0, Number(posted) + 2, both), "(ok true)");
	});
}

export function zestCases(chain, claim, is) {
	const call = (fn, args, who = ALICE) =>
		chain.call("zest-vault", fn, args, who);
	const read = (fn, args = []) => chain.read("zest-vault", fn, args);
	const mine = (who) => read("get-balance", [`'${who}`]);
	const dollars = (who) => chain.read("zest-test-dollar", "get-balance",
		[`'${who}`]);
	const mint = (who, n) => chain.call("zest-test-dollar", "mint",
		[`u${n}`, `'${who}`], DEPLOYER);
	const state = () => fields(read("get-state"));

	claim("a vault and its dollar are deployed", () => {
		for (const name of ZEST_NAMES)
			chain.deploy(name, source(name), 5);
		chain.deploy("other-dollar", source("zest-test-dollar"), 5);
		is(read("get-roles"), "none");
		is(read("get-name"), '(ok "")');
		is(read("get-decimals"), "(ok u0)");
	});

	claim("before it is set up, nobody has a role in a vault", () => {
		is(call("borrow", [DOLLAR, "u1", `'${BOB}`], MARKET),
			"(err u2000)");
		is(call("set-terms", [terms()], GOVERNOR), "(err u2000)");
		/* Nor has it a token. */
		is(call("deposit", [DOLLAR, "u1", "u0", `'${ALICE}`]),
			"(err u2000)");
	});

	claim("the deployer sets a vault up once", () => {
		is(call("set-up", [what()], ALICE), "(err u2000)");
		is(call("set-up", [what(5)], DEPLOYER), "(err u2006)");
		is(call("set-up", [what(11)], DEPLOYER), "(err u2006)");
		is(call("set-up", [what()], DEPLOYER), "(ok true)");
		is(chain.prints("zest-vault").length, 1);
		is(call("set-up", [what()], DEPLOYER), "(err u2009)");
		is(read("get-name"), '(ok "Vault Dollar")');
		is(read("get-symbol"), '(ok "vUSD")');
		is(read("get-decimals"), "(ok u9)");
		is(read("get-token-uri"), "(ok none)");
	});

	claim("terms are the governor's, and bounded", () => {
		const set = (o, who = GOVERNOR) => call("set-terms", [terms(o)],
			who);
		const bent = (i, point) => ({ curve: CURVE.map((p, j) =>
			i === j ? point : p) });

		is(set({}, ALICE), "(err u2000)");
		is(set({ supply: AMOUNT_MAX + 1n }), "(err u2006)");
		is(set({ debt: AMOUNT_MAX + 1n }), "(err u2006)");
		is(set({ part: 10001 }), "(err u2006)");
		is(set({ curve: CURVE.slice(0, 7) }), "(err u2007)");
		is(set(bent(0, [1, 0])), "(err u2007)");
		is(set(bent(7, [9999, 9200])), "(err u2007)");
		is(set(bent(7, [10000, 50001])), "(err u2007)");
		is(set(bent(3, [4000, 353])), "(err u2007)");
		is(set(bent(3, [6000, 234])), "(err u2007)");
		is(set(bent(7, [10000, 50000])), "(ok true)");
		is(set({}), "(ok true)");
		is(field(read("get-terms"), "reserve-part"), "1000");
	});

	claim("rates and growth are the model's", () => {
		for (const [util, rate] of [...CURVE, [4199, 246], [3937, 231],
			[1, 0], [9999, 9194]])
			is(read("rate-at", [`u${util}`]), `u${rate}`);
		is(read("growth", ["u10000", "u31536000"]),
			"u2666666666666666667");
		is(read("growth", ["u50000", "u31536000"]),
			"u39333333333333333334");
		is(read("growth", ["u246", "u600"]), "u1000000468036639212");
		is(read("growth", ["u777", `u${MAX}`]),
			read("growth", ["u777", "u31536000"]));
	});

	claim("along a random life the contract equals the model", () => {
		const lines = readFileSync(new URL(
			"../../vectors/zest/vault.txt", import.meta.url), "utf8")
			.trim().split("\n");
		let at = stateOf([0, 0, 0, 10n ** 12n, 0, 0, 1000]);

		for (const line of lines) {
			const [asked, gave, after] = line.split(/ [=:] /)
				.map((s) => s.split(" "));
			const got = chain.callPrivate("zest-vault",
				`step-${asked[0]}`,
				[...asked.slice(1).map((n) => `u${n}`), at],
				DEPLOYER);

			if (gave[0] !== "OK") {
				is(got, `(err u${CODES[gave[0]]})`, line);
				continue;
			}
			is(fields(got).join(" "), after.join(" "), line);
			at = stateOf(fields(got));
			const outer = got.replace(stateText(got), "");
			const names = { repay: ["scaled", "paid"], accrue: [],
				"write-off": ["reserve", "staked", "suppliers"],
			}[asked[0]] ?? ["out"];

			names.forEach((name, i) => is(field(outer, name),
				gave[i + 1], line));
		}
		is(lines.length, 400);
	});

	claim("numbers of any size end in an error, not in an abort", () => {
		const full = stateOf([AMOUNT_MAX, 10n ** 21n - 1n, AMOUNT_MAX,
			10n ** 12n, 0, 9999, 1000]);

		for (const n of [0n, 1n, AMOUNT_MAX, AMOUNT_MAX + 1n, 10n ** 21n,
			MAX - 1n, MAX]) {
			for (const [fn, ...more] of [["accrue"], ["deposit"],
				["redeem"], ["withdraw"], ["borrow"], ["spend"],
				["repay", "u5"], ["repay", `u${MAX}`],
				["write-off", "u5"], ["write-off", `u${MAX}`]]) {
				const got = chain.callPrivate("zest-vault",
					`step-${fn}`, [...more, `u${n}`, full],
					DEPLOYER);

				is(/abort/.test(got), false, `${fn} ${more} ${n}`);
			}
		}
	});

	claim("a supplier gets shares for tokens, and tokens for shares", () => {
		is(mint(ALICE, 1000000), "(ok true)");
		const put = (n, min = 0, token = DOLLAR) =>
			call("deposit", [token, `u${n}`, `u${min}`, `'${ALICE}`]);

		is(put(1000, 0, OTHER), "(err u2008)");
		is(put(0), "(err u2001)");
		is(put(1000, 1000001), "(err u2010)");
		is(put(1000001), "(err u1)");
		is(state()[0], "0");
		is(put(1000, 1000000), "(ok u1000000)");
		is(mine(ALICE), "(ok u1000000)");
		is(dollars(ALICE), "(ok u999000)");
		is(dollars(VAULT), "(ok u1000)");
		is(read("get-total-supply"), "(ok u1000000)");
		is(read("get-assets"), "u1000");
		is(read("get-worth", ["u1999"]), "(ok u1)");
		is(read("get-worth", ["u1000001"]), "(err u2004)");

		const out = (fn, n, bound, token = DOLLAR) =>
			call(fn, [token, `u${n}`, `u${bound}`, `'${BOB}`]);

		is(out("redeem", 100000, 0, OTHER), "(err u2008)");
		is(out("redeem", 0, 0), "(err u2001)");
		is(out("redeem", 1000001, 0), "(err u2004)");
		is(out("redeem", 100000, 101), "(err u2010)");
		is(out("redeem", 100000, 100), "(ok u100)");
		is(out("withdraw", 100, 99999), "(err u2010)");
		is(out("withdraw", 100, 100000, OTHER), "(err u2008)");
		is(out("withdraw", 0, 0), "(err u2001)");
		is(out("withdraw", 901, MAX), "(err u2005)");
		is(out("withdraw", 100, 100000), "(ok u100000)");
		is(dollars(BOB), "(ok u200)");
		is(mine(ALICE), "(ok u800000)");
		is(call("redeem", [DOLLAR, "u1000", "u0", `'${BOB}`], BOB),
			"(err u1)");
	});

	claim("tokens that are merely sent move no price", () => {
		is(chain.call("zest-test-dollar", "transfer", ["u700",
			`'${ALICE}`, `'${VAULT}`, "none"], ALICE), "(ok true)");
		is(read("get-assets"), "u800");
		is(read("get-worth", ["u1000"]), "(ok u1)");
	});

	claim("a contract between a user and a vault is refused", () => {
		chain.deploy("router", "(use-trait t .zest-token-trait.token) " +
			["deposit", "redeem", "withdraw"].map((fn) =>
				`(define-public (${fn} (a <t>)) (contract-call? ` +
				`.zest-vault ${fn} a u1000 u0 tx-sender))`).join(" "),
		5);
		for (const fn of ["deposit", "redeem", "withdraw"])
			is(chain.call("router", fn, [DOLLAR], ALICE),
				"(err u2011)");
	});

	claim("only the market lends, takes back and gives up", () => {
		for (const [fn, ...args] of [["borrow", "u400", `'${BOB}`],
			["write-off", "u0", "u0"]])
			is(call(fn, [DOLLAR, ...args]), "(err u2000)");
		is(call("borrow", [OTHER, "u400", `'${BOB}`], MARKET),
			"(err u2008)");
		is(call("borrow", [DOLLAR, "u0", `'${BOB}`], MARKET),
			"(err u2001)");
		is(call("borrow", [DOLLAR, "u801", `'${BOB}`], MARKET),
			"(err u2005)");
		is(call("borrow", [DOLLAR, "u400", `'${BOB}`], MARKET),
			"(ok u400)");
		is(dollars(BOB), "(ok u600)");
		is(read("get-util"), "u5000");
		chain.mine(10);
		is(read("get-owed", ["u400"]), "(ok u401)");
		is(read("get-owed", ["u401"]), "(err u2001)");
		is(mint(MARKET, 1000), "(ok true)");
		is(call("repay", [DOLLAR, "u400", "u100"]), "(err u2000)");
		is(call("repay", [OTHER, "u400", "u100"], MARKET),
			"(err u2008)");
		is(call("repay", [DOLLAR, "u400", "u0"], MARKET),
			"(err u2001)");
		is(field(call("repay", [DOLLAR, "u400", "u100"], MARKET),
			"paid"), "100");
		is(dollars(MARKET), "(ok u900)");
	});

	claim("a loss is the reserve's, the stakers', then the suppliers'", () => {
		const scaled = state()[2];
		const before = Number(state()[4]);

		is(call("write-off", [OTHER, "u0", "u0"], MARKET),
			"(err u2008)");
		is(call("write-off", [DOLLAR, `u${MAX}`, "u0"], MARKET),
			"(err u2001)");
		const got = call("write-off", [DOLLAR, `u${scaled}`, "u7"],
			MARKET);

		is(field(got, "staked"), "7");
		is(Number(field(got, "reserve")), before);
		is(dollars(MARKET), "(ok u893)");
		is(state()[2], "0");
	});

	claim("the reserve is the governor's to spend, as far as it goes", () => {
		const spend = (n, who = GOVERNOR, token = DOLLAR) =>
			call("spend-reserve", [token, `u${n}`, `'${BOB}`], who);

		mint(ALICE, 10n ** 12n);
		call("deposit", [DOLLAR, `u${10n ** 12n}`, "u0", `'${ALICE}`]);
		call("borrow", [DOLLAR, `u${9n * 10n ** 11n}`, `'${BOB}`],
			MARKET);
		chain.mine(100);
		is(/^\(ok/.test(call("accrue", [])), true);
		const reserve = BigInt(state()[4]);

		is(reserve > 1000n, true);
		is(spend(reserve * 2n), "(err u2001)");
		is(spend(1, ALICE), "(err u2000)");
		is(spend(1, GOVERNOR, OTHER), "(err u2008)");
		is(spend(0), "(err u2001)");
		is(spend(1000), "(ok true)");
		is(BigInt(state()[4]) >= reserve - 1000n, true);
		/* With all else lent, there is no cash for it. */
		call("borrow", [DOLLAR, `u${state()[0]}`, `'${BOB}`], MARKET);
		is(state()[0], "0");
		is(spend(1), "(err u2005)");
		is(call("redeem", [DOLLAR, "u2000", "u0", `'${ALICE}`]),
			"(err u2005)");
	});

	claim("caps hold, and a vault that lost everything is closed", () => {
		call("set-terms", [terms({ supply: 1000, debt: 0 })],
			GOVERNOR);
		is(call("deposit", [DOLLAR, "u1", "u0", `'${ALICE}`]),
			"(err u2003)");
		mint(MARKET, 10n ** 13n);
		call("repay", [DOLLAR, `u${state()[2]}`, `u${MAX}`], MARKET);
		is(state()[2], "0");
		/* The reserve's cash is not the suppliers'. */
		is(call("withdraw", [DOLLAR, `u${state()[0]}`, `u${MAX}`,
			`'${ALICE}`]), "(err u2004)");
		is(call("borrow", [DOLLAR, "u1", `'${BOB}`], MARKET),
			"(err u2003)");
		call("set-terms", [terms()], GOVERNOR);
		call("borrow", [DOLLAR, `u${state()[0]}`, `'${BOB}`], MARKET);
		call("write-off", [DOLLAR, `u${state()[2]}`, "u0"], MARKET);
		is(read("get-assets"), "u0");
		is(call("deposit", [DOLLAR, "u1", "u0", `'${ALICE}`]),
			"(err u2002)");
		is(call("withdraw", [DOLLAR, "u1", `u${MAX}`, `'${ALICE}`]),
			"(err u2005)");
	});

	claim("shares move when their owner says so", () => {
		const move = (n, who = ALICE) => call("transfer", [`u${n}`,
			`'${ALICE}`, `'${BOB}`, "(some 0x6869)"], who);

		is(move(10, BOB), "(err u4)");
		is(move(0), "(err u3)");
		is(move(10), "(ok true)");
		is(chain.prints("zest-vault")[0], "0x6869");
		is(mine(BOB), "(ok u10)");
		is(move(10n ** 30n), "(err u1)");
	});

	claim("the test chain's dollar is minted by its deployer only", () => {
		const ask = (fn, args, who) => chain.call("zest-test-dollar", fn,
			args, who);

		is(ask("mint", ["u1", `'${BOB}`], BOB), "(err u4)");
		is(ask("transfer", ["u1", `'${ALICE}`, `'${BOB}`, "none"], BOB),
			"(err u4)");
		for (const [fn, says] of [["get-name", '"Test Dollar"'],
			["get-symbol", '"TUSD"'], ["get-decimals", "u6"],
			["get-token-uri", "none"]])
			is(chain.read("zest-test-dollar", fn, []),
				`(ok ${says})`);
		is(/^\(ok u/.test(chain.read("zest-test-dollar",
			"get-total-supply", [])), true);
	});

	feedCases(chain, claim, is);
}
