// tests/oracle/lib/evaluate.mjs - Scenarios are run, and outcomes compared.
//
// A runner plays scenarios (gen/sets.mjs) and gives one outcome for each
// deployment and call: { said, cost, events, effects, memory }, of which only
// `said` is always there: the value's bytes in hex, or the class and kind of
// the error.  Whatever two runners both tell must be equal.

import { canonical } from "./compare.mjs";
import { DEPLOYER } from "../gen/sets.mjs";

const hex = (n, digits) => BigInt(n).toString(16).padStart(digits, "0");

/* Fields of an event beside the SDK's own decoding of the value. */
function eventOf(kind, body) {
	const { value, ...rest } = body;

	return canonical([kind.replace(/_event$/, "").replace("contract", "print"),
		rest]);
}

/* Loading a contract costs its length once as runtime and once as bytes read;
 * the SDK forgets that constants count.  What is left without that. */
function bareCost([runtime, reads, bytesRead, writes, written]) {
	return canonical([runtime - bytesRead, reads, writes, written]);
}

/* Its calls by trait also pay for looking up the trait's name, which those of
 * the released reference do not. */
const CALLS_BY_TRAIT = /contract-call\? [a-z]/;

/** Runs with the SDK, which keeps one chain for many scenarios. */
export class SdkRunner {
	constructor(peer, Cl) {
		this.name = peer.name;
		this.peer = peer;
		this.Cl = Cl;
	}

	/* The SDK reports failures on the console as well: they are ours. */
	attempt(act) {
		const { log, error, warn } = console;

		console.log = console.error = console.warn = () => {};
		try {
			return act();
		} catch (failure) {
			if (failure instanceof WebAssembly.RuntimeError)
				throw new Error(`the SDK broke: ${failure}`);
			const kind = /\b(RuntimeCheck|Runtime|EarlyReturn|Internal)\((\w+)/
				.exec(String(failure));

			return { said: kind ? `${kind[1]} ${kind[2]}` : "refused",
				 why: String(failure) };
		} finally {
			Object.assign(console, { log, error, warn });
		}
	}

	cost({ costs }) {
		const c = this.peer.hasCosts ? costs?.total : undefined;

		return c && bareCost([c.runtime, c.readCount, c.readLength,
			c.writeCount, c.writeLength].map(Number));
	}

	deploy(contract) {
		return this.attempt(() => {
			this.peer.count++;
			this.peer.simnet.deployContract(contract.name,
				contract.source,
				{ clarityVersion: contract.clarity }, DEPLOYER);
			return { said: "deployed" };
		});
	}

	call(c, isPriced) {
		const how = c.isPublic ? "callPublicFn" : "callReadOnlyFn";

		return this.attempt(() => {
			const said = this.peer.simnet[how](
				`${DEPLOYER}.${c.contract}`, c.fn,
				c.args.map((a) => this.Cl.deserialize(a)),
				c.sender);

			return { said: this.Cl.serialize(said.result)
				.replace(/^0x/, ""), bareCost: isPriced ? this.cost(said) : undefined,
				 events: c.isPublic ? said.events.map((e) =>
					eventOf(e.event, e.data)) : undefined };
		});
	}

	play(s) {
		const found = [];

		for (const [who, amount] of Object.entries(s.balances))
			this.peer.simnet.mintSTX(who, BigInt(amount));
		for (const contract of s.contracts) {
			found.push(this.deploy(contract));
			if (found.at(-1).said !== "deployed")
				return found;
		}
		const isPriced = !s.contracts.some(
			(c) => CALLS_BY_TRAIT.test(c.source));

		return [...found, ...s.calls.map((c) => this.call(c, isPriced))];
	}

	async run(scenarios, dep) {
		const count = scenarios.reduce((n, s) => n + s.contracts.length, 1);

		await this.peer.renew(scenarios[0].epoch, count);
		if (this.peer.count === 0)
			this.deploy(dep);
		return scenarios.map((s) => this.play(s));
	}
}

/* Asset movements as [kind, who, (token,) amount or ids], in a fixed order. */
function movements(assets) {
	if (Array.isArray(assets))
		return assets.map((row) => canonical(row.map((part) =>
			Array.isArray(part) ? [...part].sort() : part))).sort();
	const rows = [];

	for (const kind of ["stx", "burns", "stacking"])
		for (const [who, n] of Object.entries(assets[kind]))
			rows.push([kind, who, n]);
	for (const kind of ["tokens", "assets"])
		for (const [who, tokens] of Object.entries(assets[kind]))
			for (const [token, n] of Object.entries(tokens))
				rows.push([kind, who, token, Array.isArray(n) ?
					[...n].sort() : n]);
	for (const who of assets.pox)
		rows.push(["pox", who, "0"]);
	return rows.map(canonical).sort();
}

/* The last value of each key, in the order of first writing. */
function writes(pairs) {
	return [...new Map(pairs.map(([key]) => [key,
		pairs.findLast(([k]) => k === key)[1]]))];
}

/** Runs with a program that answers JSON lines, a chain for each scenario. */
export class LineRunner {
	constructor(peer) {
		this.name = peer.name;
		this.peer = peer;
	}

	/* The chain as both kinds of peers know to begin it. */
	session(s) {
		const sum = Object.values(s.balances).reduce((a, b) => a + b, 0);
		const store = Object.entries(s.balances).map(([who, n]) =>
			[`vm-account::${who}::19`, hex(n, 32) + hex(0, 48)]);

		store.push(["_stx-data::ustx_liquid_supply", "01" + hex(sum, 32)],
			["_stx-data::tenure_height", "00000001"],
			["_stx-data::clarity_storage::block_time", "1700000000"]);
		return { op: "session", epoch: s.epoch, mainnet: false,
			chain_id: 0x80000000, sender: DEPLOYER, height: 1,
			burn_height: 101, store, ...(s.limits ?? {}),
			balances: Object.fromEntries(Object.entries(s.balances)
				.map(([who, n]) => [who, String(n)])) };
	}

	outcome(answer, isDeploy) {
		const broken = answer.bad_request ?? answer.panic;

		if (broken !== undefined)
			return { said: `crash ${broken}` };
		const error = answer.error ?? answer;
		const cost = canonical(answer.cost?.total ?? answer.cost);
		const memory = answer.memory;

		if (error.class === "CostError" ||
		    /^((COST|MEMORY)_LIMIT|CostBalanceExceeded)$/.test(
			error.kind))
			return { said: TOO_MUCH, cost, memory };
		if (/^(Static|StaticCheck|Parse)$/.test(error.class))
			return { said: "refused", cost, memory, why: error.kind };
		if (!answer.ok)
			return { said: `${error.class} ${error.kind}`, cost,
				 memory };
		const isKept = answer.committed ?? true;
		const events = answer.events.map((e) =>
			eventOf(e.type, e[e.type]));

		return { said: isDeploy ? "deployed" :
				answer.result.hex ?? answer.result,
			 cost, memory, events: isKept ? events : [],
			 bareCost: isDeploy ? undefined : bareCost(answer.cost),
			 effects: isKept ? canonical([
				movements(answer.assets),
				writes(answer.writes)]) : canonical([[], []]) };
	}

	/* All requests go out before the first answer is waited for. */
	async play(s, dep) {
		const asked = [this.peer.request(this.session(s)),
			this.peer.request({ op: "deploy", ...dep })];
		const deployed = s.contracts.map((c) => this.peer.request({
			op: "deploy", name: c.name, clarity: c.clarity,
			source: c.source, writes: true }));
		const called = s.calls.map((c) => this.peer.request({
			op: "call", contract: c.contract, fn: c.fn,
			args: c.args, sender: c.sender, writes: true }));
		const found = [];

		await Promise.all(asked);
		for (const answer of await Promise.all(deployed)) {
			found.push(this.outcome(answer, true));
			if (found.at(-1).said !== "deployed") {
				await Promise.all(called);
				return found;
			}
		}
		for (const answer of await Promise.all(called))
			found.push(this.outcome(answer, false));
		return found;
	}

	run(scenarios, dep) {
		return Promise.all(scenarios.map((s) => this.play(s, dep)));
	}
}

/* A block that contains such a transaction is none, so nothing follows. */
const TOO_MUCH = "too much";

/* Where prices cannot be computed, the SDK, which counts none, goes on. */
const UNPRICED = "RuntimeCheck CostComputationFailed";

/** What parts two outcomes, or null. */
export function parting(a, b) {
	if (a === undefined || b === undefined)
		return "steps";
	for (const what of ["said", "cost", "bareCost", "memory", "events",
		"effects"]) {
		const [x, y] = [a[what], b[what]];

		if (x !== undefined && y !== undefined &&
		    canonical(x) !== canonical(y))
			return what;
	}
	return null;
}

/* What parts two lists of outcomes: [step, what], or null. */
function partingOf(a, b, isSdk) {
	for (let i = 0; i < Math.max(a.length, b.length); i++) {
		if (isSdk && a[i]?.said === UNPRICED)
			return null; // from here on the states may differ
		const what = parting(a[i], b[i]);

		if (what !== null)
			return [i, what];
		if (a[i].said === TOO_MUCH)
			return null;
	}
	return null;
}

/**
 * Plays scenarios of one epoch with every runner, the first being ours.
 *
 * @returns { differences: [{ scenario, step, what, runner, ours, theirs }],
 *            calls, ends: how often each kind of outcome was seen }
 */
export async function compareRuns(runners, dep, scenarios) {
	const all = await Promise.all(runners.map(
		(runner) => runner.run(scenarios, dep)));
	const differences = [];
	const ends = {};
	let calls = 0;

	scenarios.forEach((scenario, i) => {
		const mine = all[0][i];

		calls += Math.max(0, mine.length - scenario.contracts.length);
		for (const { said } of mine) {
			const end = /^[0-9a-f]+$/.test(said) ?
				said.startsWith("08") ? "err" : "value" : said;

			ends[end] = (ends[end] ?? 0) + 1;
		}
		runners.slice(1).forEach((runner, k) => {
			const theirs = all[k + 1][i];
			const found = partingOf(mine, theirs,
				runner instanceof SdkRunner);

			if (found !== null)
				differences.push({ scenario, step: found[0],
					what: found[1], runner: runner.name,
					ours: mine[found[0]],
					theirs: theirs[found[0]] });
		});
	});
	return { differences, calls, ends };
}
