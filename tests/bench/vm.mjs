// tests/bench/vm.mjs - bench_vm's rows beside the reference's machine.
//
//   node vm.mjs BENCH_VM
//
// BENCH_VM, costs metered, is run first; then the same contracts and functions
// run in the reference's VM as WASM (npm's SDK of tests/oracle), its costs off;
// and, when ORACLE_PEER is the command of a native build that speaks the lines
// of tests/oracle, there too.  Numbers are medians, in nanoseconds for one
// item.  A peer's rows of many items are net of its own call of `noop`, which
// favours it: most of its call is not its machine's.  Ours are never net.
//
// The verdict names what a row misses: its time, its factor over the SDK, or
// ten times a native build.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { LinePeer, SdkPeer } from "../oracle/lib/peers.mjs";

const FOLDER = new URL("vm/", import.meta.url);
const CONTRACTS = ["loops", "lists", "bytes", "state",
	"token", "callee", "caller"];
const EPOCH = "3.4"; // as bench_vm
const CLARITY = 3;
const SAMPLES = 7;
const SAMPLE_NS = 20e6;
const WARM_ROUNDS = 20;
const STX = 10n ** 15n;
const GOAL = 10; // times the native build

const read = (name) => readFileSync(new URL(name, FOLDER), "utf8");
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const only = process.env.BENCH_ONLY ?? "";

const rows = read("rows.txt").split("\n")
	.filter((line) => line !== "" && !line.startsWith("#"))
	.map((line) => {
		const [name, contract, fn, items, target, times] =
			line.split(/\s+/);

		return { name, contract, fn, items: Number(items),
			 target: Number(target), times: Number(times) };
	})
	.filter((row) => row.name.includes(only));

/** Ours, by row: nanoseconds of a call. */
function measureOurs(program) {
	const said = execFileSync(program, { encoding: "utf8",
		env: { ...process.env, BENCH_JSON: "1" } });

	return new Map(said.trim().split("\n").map((line) => {
		const { name, median_ns: ns } = JSON.parse(line);

		return [name, ns];
	}));
}

async function sample(call, times) {
	const start = process.hrtime.bigint();

	for (let i = 0; i < times; i++)
		await call();
	return Number(process.hrtime.bigint() - start) / times;
}

/** Nanoseconds of a call: the median of samples that are long enough. */
async function timeCall(call) {
	await call(); // warm

	const times = Math.max(1, Math.ceil(SAMPLE_NS / await sample(call, 3)));
	const all = [];

	for (let i = 0; i < SAMPLES; i++)
		all.push(await sample(call, times));
	return median(all);
}

/** A peer's numbers, by row: nanoseconds of an item. */
async function measurePeer(caller) {
	const found = new Map();

	// Its own compilers must have seen everything before it is timed.
	for (let i = 0; i < WARM_ROUNDS; i++) {
		for (const row of rows)
			await sample(caller(row), 1);
	}
	for (const contract of CONTRACTS) {
		const noop = await timeCall(caller({ contract, fn: "noop" }));

		for (const row of rows.filter((r) => r.contract === contract)) {
			const ns = await timeCall(caller(row));

			found.set(row.name, row.items === 1 ? ns
				: (ns - noop) / row.items);
		}
	}
	return found;
}

/** The SDK's calls; null where its packages are not installed. */
async function openSdk() {
	try {
		const { simnet } = await SdkPeer.open();

		await simnet.initEmptySession();
		simnet.setEpoch(EPOCH);
		simnet.mintSTX(simnet.deployer, STX);
		for (const name of CONTRACTS)
			simnet.deployContract(name, read(`${name}.clar`),
				{ clarityVersion: CLARITY }, simnet.deployer);
		return (row) => () => simnet.callPublicFn(
			`${simnet.deployer}.${row.contract}`, row.fn, [],
			simnet.deployer);
	} catch (error) {
		console.log(`the SDK is left out: ${error.code ?? error}`);
		return null;
	}
}

async function openNative(command) {
	const peer = new LinePeer("native", command);
	const ask = async (fields) => {
		const said = await peer.request(fields);

		if (!said.ok)
			throw new Error(JSON.stringify(said).slice(0, 400));
	};
	const sender = "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM";

	await ask({ op: "session", epoch: EPOCH, sender,
		balances: { [sender]: String(STX) } });
	for (const name of CONTRACTS)
		await ask({ op: "deploy", name, clarity: CLARITY,
			source: read(`${name}.clar`) });
	return (row) => () => ask({ op: "call", contract: row.contract,
		fn: row.fn, args: [] });
}

const times = (peer, ours) => (peer === undefined ? null : peer / ours);
const say = (number, digits = 0) =>
	(number === null || number === undefined ? "-" : number.toFixed(digits));

/* What is missed, or "met"; "" where nothing is asked. */
function verdict(row, ours, sdk, native) {
	const missed = [];

	if (row.target > 0 && ours > row.target)
		missed.push("time");
	if (row.times > 0 && sdk !== null && sdk < row.times)
		missed.push("SDK");
	if (native !== null && native < GOAL)
		missed.push("native");
	if (missed.length > 0)
		return `misses ${missed.join(", ")}`;
	return row.target + row.times > 0 || native !== null ? "met" : "";
}

function table(ours, sdk, native) {
	console.log("| row | ours ns | SDK ns | times | native ns | times | " +
		"target ns | times | verdict |");
	console.log("|---|--:|--:|--:|--:|--:|--:|--:|---|");
	for (const row of rows) {
		const ns = ours.get(row.name) / row.items;
		const a = times(sdk?.get(row.name), ns);
		const b = times(native?.get(row.name), ns);
		const cells = [row.name, say(ns, ns < 100 ? 1 : 0),
			say(sdk?.get(row.name)), say(a),
			say(native?.get(row.name)), say(b, 1),
			row.target || "-", row.times || "-",
			verdict(row, ns, a, b)];

		console.log(`| ${cells.join(" | ")} |`);
	}
}

const ours = measureOurs(process.argv[2]);
const sdk = await openSdk();
const native = process.env.ORACLE_PEER
	? await openNative(process.env.ORACLE_PEER) : null;

table(ours, sdk && await measurePeer(sdk), native && await measurePeer(native));
process.exit(0);
