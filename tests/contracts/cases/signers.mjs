// tests/contracts/cases/signers.mjs - Signers of a cycle, their databases and
// their votes.

import { ACCOUNTS, BOOT_ADDRESS, source } from "../lib/chain.mjs";

const SIGNERS = `${BOOT_ADDRESS}.signers`;
const VOTING = `${BOOT_ADDRESS}.signers-voting`;
const [ALICE, BOB, CAROL] = [1, 2, 3].map((i) => ACCOUNTS[`wallet_${i}`]);
const KEY = `0x${"02".repeat(33)}`;
const OTHER_KEY = `0x${"03".repeat(33)}`;
const THIRD_KEY = `0x${"04".repeat(33)}`;
const CYCLE = 30;

const list = (of, field) => `(list ${of.map(([who, n]) =>
	`{signer: '${who}, ${field}: u${n}}`).join(" ")})`;
const shown = (of, field) => `(list ${of.map(([who, n]) => field === "weight"
	? `(tuple (signer ${who}) (weight u${n}))`
	: `(tuple (num-slots u${n}) (signer ${who}))`).join(" ")})`;

export function signersCases(chain, claim, is) {
	const say = (fn, args) => chain.read(SIGNERS, fn, args);
	const chainSays = (fn, args) => chain.callPrivate(SIGNERS, fn, args,
		BOOT_ADDRESS);
	const vote = (who, index, key, round, cycle) => chain.call(VOTING,
		"vote-for-aggregate-public-key", [`u${index}`, key, `u${round}`,
			`u${cycle}`], who);
	const ask = (fn, args) => chain.read(VOTING, fn, args);

	claim("a cycle's signers are set after its slots", () => {
		const who = [[ALICE, 1], [BOB, 1], [CAROL, 1]];
		const weights = [[ALICE, 30], [BOB, 39], [CAROL, 31]];

		is(say("get-last-set-cycle", []), "(ok u0)");
		is(say("get-signers", [`u${CYCLE}`]), "none");
		is(say("get-signer-by-index", [`u${CYCLE}`, "u0"]), "(err u2)");
		is(chainSays("set-signers", [`u${CYCLE}`, list(weights, "weight")]),
			"(err u2)");
		for (const c of [CYCLE, CYCLE + 1]) {
			weights[0][1] += c - CYCLE;
			is(chainSays("stackerdb-set-signer-slots",
				[list(who, "num-slots"), `u${c}`, "u77"]), "(ok true)");
			is(say("get-last-set-cycle", []), `(ok u${c})`);
			is(chainSays("set-signers",
				[`u${c}`, list(weights, "weight")]), "(ok true)");
			is(say("get-signers", [`u${c}`]),
				`(some ${shown(weights, "weight")})`);
		}
		is(say("get-signer-by-index", [`u${CYCLE}`, "u1"]),
			`(ok (some (tuple (signer ${BOB}) (weight u39))))`);
		is(say("get-signer-by-index", [`u${CYCLE}`, "u3"]), "(ok none)");
	});

	claim("slots go by the cycle's parity", () => {
		is(chainSays("stackerdb-set-signer-slots",
			["(list)", `u${CYCLE + 2}`, "u78"]), "(ok true)");
		is(say("stackerdb-get-signer-slots-page", ["u0"]), "(ok (list))");
		is(say("stackerdb-get-signer-slots-page", ["u1"]),
			`(ok ${shown([[ALICE, 1], [BOB, 1], [CAROL, 1]], "num-slots")})`);
		is(say("stackerdb-get-signer-slots-page", ["u2"]), "(err u1)");
	});

	claim("a database holds 2 MiB messages of any number", () => {
		is(say("stackerdb-get-config", []), "(ok (tuple " +
			"(chunk-size u2097152) (hint-replicas (list)) " +
			"(max-neighbors u32) (max-writes u4294967295) " +
			"(write-freq u0)))");
	});

	claim("the databases ask the signers' contract", () => {
		for (const p of [0, 1]) {
			const name = `signers-${p}-4`;

			chain.deploy(name, source(`signers-${p}`)
				.replaceAll(".signers", `'${SIGNERS}`), 2);
			is(chain.read(name, "stackerdb-get-signer-slots", []),
				say("stackerdb-get-signer-slots-page", [`u${p}`]));
			is(chain.read(name, "stackerdb-get-config", []),
				say("stackerdb-get-config", []));
		}
	});

	claim("a vote is of a signer of the cycle", () => {
		is(vote(ALICE, 0, "0x02", 9, CYCLE + 5), "(err u2)");
		is(vote(ALICE, 3, "0x02", 9, CYCLE), "(err u11)");
		is(vote(ALICE, 1, "0x02", 9, CYCLE), "(err u10)");
		is(vote(ALICE, 0, "0x02", 9, CYCLE), "(err u13)");
	});

	claim("votes of 70 of 100 approve a key", () => {
		const voted = (who, key, round, total) => "(tuple (event \"voted\") " +
			`(key ${key}) (new-total u${total}) (reward-cycle u${CYCLE}) ` +
			`(round u${round}) (signer ${who}))`;

		is(vote(ALICE, 0, KEY, 0, CYCLE), "(ok true)");
		is(chain.prints("signers-voting").join(), voted(ALICE, KEY, 0, 30));
		is(vote(ALICE, 0, OTHER_KEY, 0, CYCLE), "(err u15)");
		is(vote(BOB, 1, KEY, 2, CYCLE), "(err u17)", "no round 1 yet");
		is(vote(BOB, 1, KEY, 0, CYCLE), "(ok true)");
		is(ask("get-threshold-weight", [`u${CYCLE}`]), "u70");
		is(ask("get-approved-aggregate-key", [`u${CYCLE}`]), "none");
		is(vote(CAROL, 2, OTHER_KEY, 1, CYCLE), "(ok true)");
		is(ask("get-last-round", [`u${CYCLE}`]), "(some u1)");
		is(vote(CAROL, 2, KEY, 0, CYCLE), "(ok true)");
		is(chain.prints("signers-voting").join(" "),
			`${voted(CAROL, KEY, 0, 100)} (tuple ` +
			`(event "approved-aggregate-public-key") (key ${KEY}) ` +
			`(reward-cycle u${CYCLE}) (round u0))`);
		is(ask("get-approved-aggregate-key", [`u${CYCLE}`]),
			`(some ${KEY})`);
		is(vote(BOB, 1, THIRD_KEY, 1, CYCLE), "(err u12)", "it is decided");
	});

	claim("a key serves one cycle", () => {
		is(vote(ALICE, 0, KEY, 0, CYCLE + 1), "(err u14)");
		is(ask("is-novel-aggregate-public-key", [KEY, `u${CYCLE + 1}`]),
			"false");
		is(ask("is-novel-aggregate-public-key", [KEY, `u${CYCLE}`]), "true");
		is(ask("is-novel-aggregate-public-key",
			[THIRD_KEY, `u${CYCLE + 1}`]), "true");
		is(vote(ALICE, 0, THIRD_KEY, 0, CYCLE + 1), "(ok true)");
		is(ask("get-threshold-weight", [`u${CYCLE + 1}`]), "u71",
			"70 of 100 of 101, rounded up");
	});

	claim("what was voted is told", () => {
		const at = [`u${CYCLE}`, "u0"];

		is(ask("get-vote", [...at, `'${BOB}`]), "(some (tuple " +
			`(aggregate-public-key ${KEY}) (signer-weight u39)))`);
		is(ask("get-round-info", at),
			"(some (tuple (votes-count u3) (votes-weight u100)))");
		is(ask("get-tally", [...at, KEY]), "(some u100)");
		is(ask("get-tally", [...at, THIRD_KEY]), "none");
		is(ask("get-candidate-info", [...at, KEY]),
			"(tuple (candidate-weight u100) (total-weight (some u100)))");
		is(chain.read(VOTING, "get-signer-weight", ["u1", `u${CYCLE}`], BOB),
			"(ok u39)");
		is(ask("get-signer-weight", ["u1", `u${CYCLE}`]), "(err u10)");
		is(ask("get-signer-weight", ["u3", `u${CYCLE}`]), "(err u11)");
		is(ask("get-signer-weight", ["u3", "u1"]), "(err u2)");
	});

	claim("the prepare phase is the end of a cycle", () => {
		/* This chain began with cycles of 1050 blocks, 50 to prepare. */
		for (const [h, is_in] of [[999, false], [1000, true], [1049, true],
			[1050, false]])
			is(ask("is-in-prepare-phase", [`u${h}`]), `${is_in}`, `${h}`);
		is(ask("burn-height-to-reward-cycle", ["u2100"]), "u2");
		is(ask("reward-cycle-to-burn-height", ["u2"]), "u2100");
		is(ask("current-reward-cycle", []), "u0");
	});

	claim("a lockup schedule that is empty pays nothing", () => {
		is(chain.read(`${BOOT_ADDRESS}.lockup`, "get-lockups", ["none"]),
			"(ok (list))");
		is(chain.read(`${BOOT_ADDRESS}.lockup`, "get-lockups",
			["(some u5)"]), "(ok (list))");
	});
}
