// tests/oracle/run.mjs - Asks Tenure and the reference about the same programs
// and reports, as TAP, whether they agree.
//
//   node run.mjs [--peer COMMAND] [--vm COMMAND] [--seed N] [--seconds S | --count N]
//                [--only self,cases,edges,typed,planted,mutated,traits,
//                 expressions,sets,calls,limits,everywhere]
//                [--keep FOLDER] [--epochs 3.0,3.4] [--costs]
//
// --peer is our own peer, --vm the one that runs contracts.  --costs lets the
// SDK count costs as well, which makes it ten times slower.  ORACLE_PEER in the environment is the command of
// one more peer that speaks the same lines; it is asked too, about refusals'
// kinds and costs as well, and about epochs after 3.4.  --seconds 0 goes on
// until a difference is found.

import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import path from "node:path";

import { claims } from "./lib/self.mjs";
import { LinePeer, SdkPeer } from "./lib/peers.mjs";
import { Random } from "./lib/random.mjs";
import { cases, depsOf, versions } from "./lib/cases.mjs";
import { difference } from "./lib/compare.mjs";
import { LineRunner, SdkRunner, compareRuns } from "./lib/evaluate.mjs";
import { showAll } from "./lib/tree.mjs";
import { shrink } from "./lib/shrink.mjs";
import { DEP, Typed } from "./gen/typed.mjs";
import { edges } from "./gen/edges.mjs";
import { mutate } from "./gen/mutate.mjs";
import { traits } from "./gen/traits.mjs";
import { plant } from "./gen/plant.mjs";
import { expressions, limitedSet, moved, statefulSet, typedSet } from "./gen/sets.mjs";

const SDK_EPOCHS = ["3.0", "3.1", "3.2", "3.3", "3.4"];
const LATER_EPOCHS = ["4.0", "4.1"];
const BATCH = 200;

/** Differences after which a part stops: more of the same help nobody. */
const ENOUGH = 5;

const { values: options } = parseArgs({ options: {
	peer: { type: "string" },
	vm: { type: "string" },
	seed: { type: "string", default: "1" },
	seconds: { type: "string" },
	count: { type: "string" },
	only: { type: "string",
		default: "self,cases,edges,typed,planted,mutated,traits," +
			"expressions,sets,calls,limits,everywhere" },
	epochs: { type: "string" },
	costs: { type: "boolean", default: false },
	keep: { type: "string", default: "oracle-differences" },
} });

const peers = {};
let tests = 0;
let failures = 0;
let asked = 0;

function report(passed, name) {
	tests++;
	failures += passed ? 0 : 1;
	console.log(`${passed ? "ok" : "not ok"} ${tests} - ${name}`);
}

function say(text) {
	console.log(text.replace(/^/gm, "# "));
}

/** Pairs of peers that are asked about an epoch: [peer, peer, strict]. */
function pairs(epoch) {
	const { ours, sdk, other } = peers;
	const found = [];

	if (ours && sdk && SDK_EPOCHS.includes(epoch))
		found.push([ours, sdk, false]);
	if (ours && other)
		found.push([ours, other, true]);
	if (!ours && sdk && other && SDK_EPOCHS.includes(epoch))
		found.push([sdk, other, false]);
	return found;
}

/** Asks every peer about programs of one epoch; calls `differs` on each
 * difference with the program, the pair, the judgements and what parts them. */
async function ask(programs, differs) {
	const asking = pairs(programs[0].epoch);
	const answers = new Map();

	for (const peer of new Set(asking.flatMap(([a, b]) => [a, b])))
		answers.set(peer, await peer.ask(programs));
	asked += programs.length;
	for (const [a, b, strict] of asking) {
		for (let i = 0; i < programs.length; i++) {
			const [x, y] = [answers.get(a)[i], answers.get(b)[i]];
			const what = difference(x, y, strict);

			if (what !== null)
				await differs(programs[i], [a, b, strict],
					[x, y], what);
		}
	}
	return answers;
}

async function smallest(program, [a, b, strict], what) {
	return shrink(program, async (p) => {
		const less = { ...p,
			deps: depsOf(p.source, DEP, p.epoch) };
		const [[x], [y]] = [await a.ask([less]), await b.ask([less])];

		return x.verdict !== "crash" && y.verdict !== "crash" &&
			difference(x, y, strict) === what;
	});
}

let kept = 0;

/* Shows a difference and keeps it as a file. */
async function show(program, pair, judged, what) {
	const small = what === "crash" ? program :
		await smallest(program, pair, what);

	mkdirSync(options.keep, { recursive: true });
	const file = path.join(options.keep, `${what}-${++kept}.clar`);

	writeFileSync(file, `;; note: \n;; expect: ${judged[1].verdict}\n` +
		`;; epochs: ${program.epoch}\n;; clarity: ${program.clarity}\n` +
		small.source);
	say(`${what} differs, epoch ${program.epoch}, Clarity ` +
		`${program.clarity}; kept in ${file}`);
	judged.forEach((j, i) => say(`  ${pair[i].name}: ${j.verdict} ` +
		[j.kind, j.why].filter(Boolean).join(": ").slice(0, 300) +
		(what === "cost" ? JSON.stringify(j.cost) : "") +
		(what === "interface" ? JSON.stringify(j.abi) : "")));
	say(small.source.slice(0, 2000));
}

async function runCases() {
	for (const one of cases(DEP)) {
		const wrong = [];

		for (const program of one.programs) {
			const peersHere = new Set(pairs(program.epoch)
				.flatMap(([a, b]) => [a, b]));

			for (const peer of peersHere) {
				const [said] = await peer.ask([program]);
				const expected = peer === peers.sdk && one.sdk ?
					one.sdk.split(" ")[0] : one.expect;

				if (said.verdict !== expected)
					wrong.push(`${peer.name} says ` +
						`${said.verdict} in epoch ` +
						`${program.epoch}, Clarity ` +
						`${program.clarity}: ${said.why}`);
			}
		}
		wrong.forEach(say);
		report(wrong.length === 0, `${one.file}: ${one.note}`);
	}
}

async function runEdges(epochs) {
	const rows = edges();

	for (const epoch of epochs) {
		let found = 0;
		let count = 0;

		for (const clarity of versions(epoch)) {
			for (let i = 0; i < rows.length; i += BATCH) {
				const part = rows.slice(i, i + BATCH).map(
					([label, source]) => ({ epoch, clarity,
						name: "edge", source, label,
						deps: depsOf(source, DEP, epoch) }));

				count += part.length;
				await ask(part, async (p, ...rest) => {
					say(p.label);
					if (found++ < ENOUGH)
						await show(p, ...rest);
				});
			}
		}
		report(found === 0, `edges: ${count} programs at limits agree ` +
			`in epoch ${epoch}`);
	}
}

/* Sources of one kind. */
function source(kind, r, epoch, clarity) {
	if (kind === "traits")
		return traits(r);
	const g = new Typed(r, epoch, clarity);
	const forms = g.program();

	if (kind === "planted")
		plant(r, forms, g);
	const text = showAll(forms);

	return kind === "mutated" ? mutate(r, text) : text;
}

/* Newer versions and epochs have more that can go wrong. */
function pickEpoch(r, epochs) {
	return r.chance(50) ? epochs[epochs.length - 1] : r.pick(epochs);
}

async function runGenerated(kind, seed, epochs, limit) {
	const r = new Random(seed);
	const end = Date.now() + limit.seconds * 1000;
	let count = 0;
	let accepted = 0;
	let found = 0;

	while (count < limit.count && Date.now() < end && found < ENOUGH) {
		const epoch = pickEpoch(r, epochs);
		const programs = Array.from({ length: BATCH }, () => {
			const clarity = r.pick(versions(epoch));
			const text = source(kind, r, epoch, clarity);

			return { epoch, clarity, name: kind, source: text,
				 deps: depsOf(text, DEP, epoch) };
		});
		const answers = await ask(programs, async (...all) => {
			if (found++ < ENOUGH)
				await show(...all);
		});

		count += programs.length;
		accepted += [...answers.values()][0].filter(
			(a) => a.verdict === "accept").length;
	}
	report(found === 0, `${kind}: ${count} programs of seed ${seed} agree, ` +
		`${Math.round(100 * accepted / Math.max(1, count))} % accepted`);
}

/* What is run: how scenarios are made, and how many at once. */
const RUNS = {
	expressions: { make: expressions, batch: 30,
		what: "calls of expressions" },
	sets: { make: statefulSet, batch: 40,
		what: "calls of sets of contracts" },
	calls: { make: typedSet, batch: 40,
		what: "calls with any arguments" },
	limits: { make: limitedSet, batch: 40, strict: true,
		what: "calls near limits" },
};

let scenarios = 0;

function tell(d) {
	const { scenario: s, step } = d;
	const call = s.calls[step - s.contracts.length];
	const file = path.join(options.keep, `run-${++kept}.json`);

	mkdirSync(options.keep, { recursive: true });
	writeFileSync(file, JSON.stringify(s, null, 1));
	say(`${d.what} differs in epoch ${s.epoch} at ` + (call ?
		`${call.contract} ${call.fn} ${call.args} by ${call.sender}` :
		`contract ${s.contracts[step]?.name}`) + `; kept in ${file}`);
	[["ours", d.ours], [d.runner, d.theirs]].forEach(([who, o]) =>
		say(`  ${who}: ${String(o?.said).slice(0, 200)} ` +
			`${(JSON.stringify(o?.[d.what]) ?? "").slice(0, 400)} ` +
			`${o?.why ?? ""}`.slice(0, 300)));
}

/* Those who can be asked about an epoch; ours is the first. */
async function runnersOf(epoch, strict) {
	const { Cl } = await import("@stacks/transactions");
	const found = [new LineRunner(peers.vm)];

	if (!strict && peers.sdk && SDK_EPOCHS.includes(epoch))
		found.push(new SdkRunner(peers.sdk, Cl));
	if (peers.other)
		found.push(new LineRunner(peers.other));
	return found;
}

async function runScenarios(kind, seed, epochs, limit) {
	const { make, batch, strict, what } = RUNS[kind];
	const r = new Random(seed);
	const end = Date.now() + limit.seconds * 1000;
	const ends = {};
	let calls = 0;
	let contracts = 0;
	let found = 0;

	while (calls < limit.count && Date.now() < end && found < ENOUGH) {
		const epoch = pickEpoch(r, epochs);
		const some = Array.from({ length: batch },
			() => make(r, scenarios++, epoch));
		const done = await compareRuns(
			await runnersOf(epoch, strict), DEP, some);

		done.differences.forEach((d) => {
			if (found++ < ENOUGH)
				tell(d);
		});
		calls += done.calls;
		contracts += some.reduce((n, s) => n + s.contracts.length, 0);
		for (const [end_, n] of Object.entries(done.ends))
			ends[end_] = (ends[end_] ?? 0) + n;
	}
	asked += calls;
	say(`${kind} end as: ` + Object.entries(ends).sort(([, a], [, b]) => b - a)
		.map(([k, n]) => `${n} ${k}`).join(", "));
	report(found === 0, `${kind}: ${calls} ${what} in ${contracts} contracts ` +
		`of seed ${seed} end alike`);
}

/* The same programs in every epoch and version: one that an old version takes
 * may be refused by a later one, or cost less, or end otherwise. */
async function runEverywhere(seed, epochs, limit) {
	const r = new Random(seed);
	const end = Date.now() + limit.seconds * 1000;
	let calls = 0;
	let programs = 0;
	let found = 0;

	while (calls < limit.count && Date.now() < end && found < ENOUGH) {
		const some = Array.from({ length: 6 },
			() => expressions(r, scenarios++, "3.0", 1));

		programs += some.length;
		for (const epoch of epochs) {
			const all = some.flatMap((s) => versions(epoch).map(
				(v) => moved(s, scenarios++, epoch, v)));
			const done = await compareRuns(
				await runnersOf(epoch, false), DEP, all);

			done.differences.forEach((d) => {
				if (found++ < ENOUGH)
					tell(d);
			});
			calls += done.calls;
		}
	}
	asked += calls;
	report(found === 0, `everywhere: ${calls} calls of ${programs} programs ` +
		`of seed ${seed} end alike in each epoch and version`);
}

function limits() {
	if (options.count !== undefined)
		return { count: Number(options.count), seconds: Infinity };
	const seconds = Number(options.seconds ?? 60);

	return { count: Infinity, seconds: seconds > 0 ? seconds : Infinity };
}

async function runAll() {
	const parts = options.only.split(",");
	const epochs = options.epochs?.split(",") ??
		[...SDK_EPOCHS,
		 ...(peers.ours && peers.other ? LATER_EPOCHS : [])];
	const { count, seconds } = limits();

	if (parts.includes("self"))
		(await claims()).forEach(([holds, claim]) => report(holds, claim));
	if (parts.includes("cases"))
		await runCases();
	if (parts.includes("edges"))
		await runEdges(epochs);
	/* 70 % well typed, 30 % with one error; mutations beside them. */
	const shares = [["typed", 0.45], ["planted", 0.2], ["mutated", 0.2],
		["traits", 0.15], ...(peers.vm ? [["expressions", 0.4],
		["sets", 0.5], ["calls", 0.4], ["everywhere", 0.2]] : []),
		...(peers.vm && peers.other ? [["limits", 0.3]] : [])]
		.filter(([kind]) => parts.includes(kind));
	const whole = shares.reduce((sum, [, share]) => sum + share, 0);

	for (let seed = Number(options.seed); ; seed++) {
		const rounds = seconds === Infinity && count === Infinity;

		for (const [kind, share] of shares) {
			const some = kind === "everywhere" ? runEverywhere :
				(RUNS[kind] ? runScenarios : runGenerated)
					.bind(null, kind);

			await some(seed, epochs, {
				count: Math.ceil(count * share / whole),
				seconds: rounds ? 60 * share / whole :
					seconds * share / whole });
		}
		if (!rounds || failures > 0)
			break;
	}
}

if (options.peer !== undefined)
	peers.ours = new LinePeer("tenure", options.peer);
if (options.vm !== undefined)
	peers.vm = new LinePeer("tenure", options.vm);
if (process.env.ORACLE_PEER)
	peers.other = new LinePeer("reference", process.env.ORACLE_PEER);
peers.sdk = await SdkPeer.open(options.costs);
if (Object.keys(peers).length < 2) {
	console.error("run.mjs: name a peer with --peer or ORACLE_PEER");
	process.exit(2);
}
const begun = Date.now();

await runAll();
say(`${asked} programs in ${Math.round((Date.now() - begun) / 1000)} s`);
console.log(`1..${tests}`);
for (const peer of Object.values(peers))
	peer.close();
process.exit(failures > 0 ? 1 : 0);
