// tests/bitcoin/run.mjs - Our Bitcoin against an independent one (README.md).
//
//   node run.mjs --ours PROGRAM [--peer PROGRAM] [--seed N] [--count N]
//
// The same claims run on both nodes, and what they saw is compared; then
// random transactions, valid and changed, get a verdict from both.  Prints TAP.

import { isDeepStrictEqual } from "node:util";
import { CLAIMS, OWN_CLAIMS, makeCoins, mine, prepare, reasonOf } from "./contract.mjs";
import { Node } from "./node.mjs";
import { ROUND, compareRandom } from "./random.mjs";
import { LIBRARY_KINDS, libraryTx } from "./spend.mjs";

function option(name, fallback) {
	const i = process.argv.indexOf(`--${name}`);

	return i < 0 ? fallback : process.argv[i + 1];
}

let n = 0;

function claim(name, holds, why = "") {
	n++;
	console.log(`${holds ? "ok" : "not ok"} ${n} - ${name}`);
	if (!holds)
		console.log(`# ${why}`.slice(0, 4000));
}

async function see(node, fn) {
	try {
		return await fn(node);
	} catch (e) {
		return `failed: ${e.message}`.slice(0, 300);
	}
}

async function contract(ours, peer) {
	for (const [name, fn] of CLAIMS) {
		const a = await see(ours, fn);
		const b = await see(peer, fn);
		const failed = typeof a === "string" && a.startsWith("failed");

		claim(name, !failed && isDeepStrictEqual(a, b),
			`ours ${JSON.stringify(a)}, peer ${JSON.stringify(b)}`);
	}
	for (const [name, fn, want] of OWN_CLAIMS) {
		const a = await see(ours, fn);

		claim(`tenure: ${name}`, isDeepStrictEqual(a, want),
			`${JSON.stringify(a)}, not ${JSON.stringify(want)}`);
	}
	for (const [what, keys] of Object.entries(peer.fields ?? {})) {
		const missing = keys.filter((k) =>
			!ours.fields?.[what]?.includes(k));

		claim(`${what}: every field of the peer's is there`,
			missing.length === 0, missing.join(" "));
	}
}

/* Killed at any time, a node comes back with what it had told. */
async function survives(node) {
	const before = await node.call("getbestblockhash");

	await node.stop("SIGKILL");
	await node.start();
	claim(`${node.name}: what was told survives a kill`,
		await node.call("getbestblockhash") === before);
	claim(`${node.name}: while it starts it says -28 and nothing else`,
		[...node.codes].every((c) => c === -28 || c === 401),
		[...node.codes].join(" "));
	await node.stop("SIGTERM");
	claim(`${node.name}: it ends in order when asked`,
		node.process.exitCode === 0, `${node.process.exitCode}`);
	await node.start();
}

async function library(ours, peer) {
	for (const kind of LIBRARY_KINDS) {
		for (const node of [ours, peer]) {
			const [coin] = await makeCoins(node, [kind]);
			const raw = libraryTx([coin]);
			const bad = raw.replace(/.{80}$/, (s) =>
				s.replace(/./, (c) => c === "0" ? "1" : "0"));
			const [no] = await node.call("testmempoolaccept",
				[bad]).catch(() => [{ allowed: false }]);
			const yes = await node.try("sendrawtransaction", raw);

			claim(`${node.name}: the library's ${kind} is taken, ` +
				"changed it is not",
			!no.allowed && yes.code === undefined,
			`${yes.message} ${reasonOf(no["reject-reason"])}`);
			await mine(node, 1);
		}
	}
}

const ours = new Node("tenure", option("ours"));
const peer = new Node("litecoind", option("peer", "litecoind"));

try {
	await Promise.all([ours.start(), peer.start()]);
	const count = Number(option("count", "600"));
	const rewards = 60 + Math.ceil(count / ROUND);

	await Promise.all([prepare(ours, rewards), prepare(peer, rewards)]);
	await contract(ours, peer);
	await library(ours, peer);
	await compareRandom([ours, peer], claim, Number(option("seed", "1")),
		count);
	await survives(ours);
} catch (e) {
	claim("the suite runs to its end", false, `${e.stack}`);
} finally {
	await Promise.all([ours.end(), peer.end()]);
}
console.log(`1..${n}`);
