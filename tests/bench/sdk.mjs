// tests/bench/sdk.mjs - The peer's row beside bench_check: the reference's VM,
// as WASM, deploys the contract that bench_check checks by default, many times.
//
// It cannot check without running the top level, which is next to nothing
// here, and it counts no costs.  Prints a row; says so where npm's packages of
// tests/oracle are not installed.

import { SdkPeer } from "../oracle/lib/peers.mjs";

const SAMPLES = 5;
const TIMES = 200;

/** The text of bench_check.c's load_own. */
const TEXT = `(define-fungible-token coin u1000000)\
(define-map owners {id: uint} {who: principal, at: uint})\
(define-data-var last uint u0)\
(define-constant err-denied (err u401))\
(define-private (next) (let ((id (+ (var-get last) u1)))\
 (var-set last id) id))\
(define-public (claim (memo (optional (buff 34))))\
 (let ((id (next)) (who tx-sender))\
  (asserts! (map-insert owners {id: id} {who: who,\
   at: burn-block-height}) err-denied)\
  (match memo m (print m) 0x)\
  (try! (ft-mint? coin u10 who))\
  (ok {id: id, who: who})))\
(define-read-only (owner (id uint))\
 (get who (map-get? owners {id: id})))`;

async function sample(peer) {
	peer.epoch = ""; // a session of its own
	await peer.renew("3.3", TIMES);

	const begun = process.cpuUsage();

	for (let i = 0; i < TIMES; i++)
		peer.deploy(`c${i}`, TEXT, 3);

	const used = process.cpuUsage(begun);

	return TIMES / ((used.user + used.system) / 1e6);
}

let peer;

try {
	peer = await SdkPeer.open();
} catch (error) {
	console.log(`sdk: left out (${error.code ?? error.message}): ` +
		"run tests/oracle/run.sh once");
	process.exit(0);
}
await sample(peer);

const rates = [];

for (let i = 0; i < SAMPLES; i++)
	rates.push(await sample(peer));
rates.sort((a, b) => a - b);

const show = (rate) => `${rate.toFixed(0)}/s ` +
	`${(rate * TEXT.length / 1e6).toFixed(3)} MB/s`;

console.log(`sdk: parse, check and deploy: min ${show(rates[0])}, ` +
	`median ${show(rates[SAMPLES >> 1])}, ` +
	`max ${show(rates[SAMPLES - 1])} (CPU time)`);
process.exit(0);
