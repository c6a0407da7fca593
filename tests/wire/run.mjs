// tests/wire/run.mjs - Transactions against stacks.js (README.md).
//
//   node run.mjs --peer PROGRAM [--seed N] [--count N]
//
// Each transaction is made twice from the same choices: by stacks.js, and by
// the peer from a description in JSON.  Then both sign it, and each judges what
// the other signed.  Prints TAP: a case for each kind of payload and each way
// to authorise, and one for what must be refused.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import * as T from "@stacks/transactions";

const { Cl } = T;
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const MODES = ["p2pkh", "p2sh", "p2wpkh", "p2wsh", null, "p2sh_any_order", null,
	"p2wsh_any_order"];
const CODES = { 1: "eq", 2: "gt", 3: "gte", 4: "lt", 5: "lte" };
const CAUSES = ["block_found", "extended", "extended_runtime",
	"extended_read_count", "extended_read_length", "extended_write_count",
	"extended_write_length"];
const KINDS = ["token_transfer", "smart_contract", "contract_call", "coinbase",
	"coinbase_to_alt_recipient", "versioned_smart_contract",
	"tenure_change", "nakamoto_coinbase"];

/* Well-formed proofs: appendix A.3 of draft-irtf-cfrg-vrf-04. */
const PROOFS = [
	"9275df67a68c8745c0ff97b48201ee6db447f7c93b23ae24cdc2400f52fdb08a" +
	"1a6ac7ec71bf9c9c76e96ee4675ebff60625af28718501047bfd87b810c2d213" +
	"9b73c23bd69de66360953a642c2a330a",
	"84a63e74eca8fdd64e9972dcda1c6f33d03ce3cd4d333fd6cc789db12b5a7b9d" +
	"03f1cb6b2bf7cd81a2a20bacf6e1c04e59f2fa16d9119c73a45a97194b504fb9" +
	"a5c8cf37f6da85e03368d6882e511008",
];

function option(name, fallback) {
	const i = process.argv.indexOf(`--${name}`);

	return i < 0 ? fallback : process.argv[i + 1];
}

/* xorshift32: the same choices on every machine. */
let state = (Number(option("seed", "1")) * 2654435761 + 1) >>> 0;

function below(n) {
	state ^= (state << 13) >>> 0;
	state = (state ^ (state >>> 17)) >>> 0;
	state = (state ^ (state << 5)) >>> 0;
	return state % n;
}

const pick = (list) => list[below(list.length)];
const chance = (percent) => below(100) < percent;
const hex = (n) => Array.from({ length: n }, () =>
	below(256).toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const ox = (text) => `0x${text}`;

function u64() {
	return pick([() => 0n, () => 1n, () => 2n ** 64n - 1n,
		() => BigInt(below(1000000)),
		() => BigInt(ox(hex(8)))])();
}

function name(max, alphabet) {
	let text = pick([..."abcxyzABC"]);

	while (text.length < 1 + below(max))
		text += pick([...alphabet]);
	return text;
}

const contractName = () => name(40, "abcxyz019-_");
/* stacks.js orders fields by the locale's rules, the network by bytes; the two
 * agree on lower-case letters. */
const fieldName = () => name(20, "abcxyz").toLowerCase();

const clarityName = () => name(128, "abcxyz019-_!?+<>=/*");

function account(isMainnet) {
	return T.addressToString({ type: 0, hash160: hex(20), version:
		pick(isMainnet ? [22, 20] : [26, 21]) });
}

function principal(isMainnet) {
	const a = account(isMainnet);

	return chance(50) ? a : `${a}.${contractName()}`;
}

/* The longest name of a contract differs inside Clarity values: 128. */
function value(depth, isMainnet) {
	const leaf = [
		() => Cl.int(BigInt(ox(hex(8))) - 2n ** 63n),
		() => Cl.uint(BigInt(ox(hex(16)))),
		() => Cl.bool(chance(50)),
		() => Cl.buffer(bytes(hex(below(40)))),
		() => Cl.stringAscii(name(30, "abc xyz\t!~")),
		() => Cl.stringUtf8(pick(["", "abc", "gr\u00fc\u00dfe",
			"\u{1f600}x", "\u0000"])),
		() => Cl.principal(principal(isMainnet)),
		() => Cl.none(),
	];
	const tree = [
		() => Cl.some(value(depth - 1, isMainnet)),
		() => Cl.ok(value(depth - 1, isMainnet)),
		() => Cl.error(value(depth - 1, isMainnet)),
		() => Cl.list(Array.from({ length: below(4) }, () =>
			Cl.uint(below(1000)))),
		() => Cl.tuple(Object.fromEntries(Array.from(
			{ length: 1 + below(4) }, () => [fieldName(),
				value(depth - 1, isMainnet)]))),
	];

	return pick(depth > 0 && chance(60) ? tree : leaf)();
}

const valueSpec = (v) => ({ value: ox(T.serializeCV(v)) });

/* Each of the following returns what stacks.js takes and what the peer does. */
function postcond(isMainnet) {
	const who = pick(["origin", principal(isMainnet)]);
	const asset = `${account(isMainnet)}.${contractName()}::${clarityName()}`;
	const code = 1 + below(5);
	const amount = u64();
	const common = { address: who, condition: CODES[code], amount };
	const spec = { principal: who, code: CODES[code],
		amount: `${amount}` };
	const v = value(2, isMainnet);
	const nft = below(3);
	const pox = below(3);

	return pick([
		() => [{ type: "stx-postcondition", ...common },
			{ type: "stx", ...spec }],
		() => [{ type: "ft-postcondition", asset, ...common },
			{ type: "ft", asset, ...spec }],
		() => [{ type: "nft-postcondition", address: who, asset,
			assetId: v,
			condition: ["sent", "not-sent", "maybe-sent"][nft] },
			{ type: "nft", principal: who, asset,
				code: ["sent", "not_sent", "maybe_sent"][nft],
				...valueSpec(v) }],
		() => [{ type: "staking-postcondition", ...common },
			{ type: "staking", ...spec }],
		() => [{ type: "pox-postcondition", address: who,
			condition: ["will-not-perform", "may-perform",
				"will-perform"][pox] },
			{ type: "pox", principal: who,
				code: ["not_performed", "maybe_performed",
					"performed"][pox] }],
	])();
}

function tokenTransfer(isMainnet) {
	const recipient = principal(isMainnet);
	const amount = u64();
	const memo = pick(["", "hello", "\u00fc and more", "x".repeat(34)]);

	return [T.createTokenTransferPayload(recipient, amount, memo),
		{ recipient, amount: `${amount}`, memo }];
}

function smartContract(version) {
	const contract = contractName();
	const code = pick(["", "(ok 1)\n\t;; tab", "(define-data-var x int 1)",
		" ".repeat(1 + below(3000))]);

	return [T.createSmartContractPayload(contract, code, version),
		{ name: contract, code,
			...(version && { clarity_version: version }) }];
}

function contractCall(isMainnet) {
	const a = account(isMainnet);
	const contract = contractName();
	const fn = clarityName();
	const args = Array.from({ length: below(5) }, () =>
		value(3, isMainnet));

	return [T.createContractCallPayload(a, contract, fn, args),
		{ contract: `${a}.${contract}`, function: fn,
			arguments: args.map(valueSpec) }];
}

function coinbase(kind, isMainnet) {
	const data = hex(32);
	const to = principal(isMainnet);
	const proof = pick(PROOFS);
	const hasTo = kind === "coinbase_to_alt_recipient" ||
		(kind === "nakamoto_coinbase" && chance(50));
	const spec = { bytes: ox(data), ...(hasTo && { recipient: to }),
		...(kind === "nakamoto_coinbase" && { vrf_proof: ox(proof) }) };

	if (kind === "nakamoto_coinbase")
		return [T.createNakamotoCoinbasePayload(bytes(data),
			hasTo ? Cl.some(Cl.principal(to)) : Cl.none(),
			bytes(proof)), spec];
	return [T.createCoinbasePayload(bytes(data),
		hasTo ? Cl.principal(to) : undefined), spec];
}

function tenureChange() {
	const h = [hex(20), hex(20), hex(20), hex(32)];
	const n = below(2 ** 31);
	const cause = below(7);
	const miner = hex(20);

	return [T.createTenureChangePayload(...h, n, cause, miner),
		{ tenure: ox(h[0]), previous_tenure: ox(h[1]),
			burn_view: ox(h[2]), previous_end: ox(h[3]),
			previous_blocks: n, cause: CAUSES[cause],
			miner: ox(miner) }];
}

function payload(kind, isMainnet) {
	const made = {
		token_transfer: () => tokenTransfer(isMainnet),
		smart_contract: () => smartContract(),
		versioned_smart_contract: () => smartContract(1 + below(6)),
		contract_call: () => contractCall(isMainnet),
		coinbase: () => coinbase(kind, isMainnet),
		coinbase_to_alt_recipient: () => coinbase(kind, isMainnet),
		nakamoto_coinbase: () => coinbase(kind, isMainnet),
		tenure_change: () => tenureChange(),
	}[kind]();

	return [made[0], { type: kind, ...made[1] }];
}

/* A condition: what stacks.js takes, its description, and who signs. */
function singleSig(mode, nonce, fee) {
	const isFull = mode === 0 && chance(30);
	const key = `${hex(31)}01${isFull ? "" : "01"}`;
	const pub = T.privateKeyToPublic(key);

	return { js: T.createSingleSigSpendingCondition(mode, pub, nonce, fee),
		spec: { mode: MODES[mode], nonce: `${nonce}`, fee: `${fee}`,
			public_keys: [pub] },
		steps: [{ key }] };
}

function multiSig(mode, nonce, fee) {
	const n = 1 + below(5);
	const isFull = (mode === 1 || mode === 5) && chance(30);
	const keys = Array.from({ length: n }, () =>
		`${hex(31)}01${isFull ? "" : "01"}`);
	const pubs = keys.map((k) => T.privateKeyToPublic(k));
	const required = 1 + below(n);
	const signs = keys.map((_, i) => i).sort(() => below(3) - 1)
		.slice(0, required);

	return { js: T.createMultiSigSpendingCondition(mode, required, pubs,
		nonce, fee),
		spec: { mode: MODES[mode], nonce: `${nonce}`, fee: `${fee}`,
			public_keys: pubs, required },
		steps: keys.map((key, i) => signs.includes(i)
			? { key } : { pub: pubs[i] }) };
}

function condition(mode) {
	const nonce = u64();
	const fee = u64();

	return mode === 0 || mode === 2 ? singleSig(mode, nonce, fee)
		: multiSig(mode, nonce, fee);
}

function transaction(kind, mode, isSponsored) {
	const isMainnet = chance(50);
	const origin = condition(mode);
	const sponsor = isSponsored && condition(pick([0, 1, 2, 3, 5, 7]));
	const [body, bodySpec] = payload(kind, isMainnet);
	const pcs = Array.from({ length: below(4) }, () => postcond(isMainnet));
	const pcMode = 1 + below(3);
	const tx = new T.StacksTransactionWire({
		auth: sponsor ? T.createSponsoredAuth(origin.js, sponsor.js)
			: T.createStandardAuth(origin.js),
		payload: body,
		postConditions: T.createLPList(pcs.map((p) =>
			T.postConditionToWire(p[0]))),
		postConditionMode: pcMode,
		network: isMainnet ? "mainnet" : "testnet",
	});
	/* stacks.js says "any" for all, which the network refuses in these. */
	if (kind.includes("coinbase"))
		tx.anchorMode = T.AnchorMode.OnChainOnly;

	const spec = { network: isMainnet ? "mainnet" : "testnet",
		origin: origin.spec, ...(sponsor && { sponsor: sponsor.spec }),
		post_condition_mode: ["allow", "deny", "originator"][pcMode - 1],
		post_conditions: pcs.map((p) => p[1]), payload: bodySpec };

	return { tx, spec, origin, sponsor };
}

/* stacks.js keeps a compressed key in a field's bytes, but says in the field
 * how the key was given. */
function sign(made) {
	let sighash = made.tx.signBegin();
	const { auth } = made.tx;

	for (const [cond, type, steps] of [
		[auth.spendingCondition, T.AuthType.Standard, made.origin.steps],
		[auth.sponsorSpendingCondition, T.AuthType.Sponsored,
			made.sponsor ? made.sponsor.steps : []]]) {
		for (const step of steps) {
			if (step.key) {
				const next = made.tx.signAndAppend(cond, sighash,
					type, step.key);

				/* In the any-order modes all sign the same. */
				if (cond.hashMode < 5)
					sighash = next;
			} else {
				cond.fields.push(T.createTransactionAuthField(
					T.publicKeyIsCompressed(step.pub)
						? T.PubKeyEncoding.Compressed
						: T.PubKeyEncoding.Uncompressed,
					T.createStacksPublicKey(step.pub)));
			}
		}
	}
	return made.tx.serialize();
}

const words = (steps) => steps.map((s) => s.key ? `k:${s.key}`
	: `p:${s.pub}`).join(" ");

/* The last signature's s, negated: valid before epoch 4.0 only. */
function highTwin(raw, sig) {
	const at = raw.lastIndexOf(sig);
	const s = ORDER - BigInt(ox(sig.slice(66)));
	const id = (parseInt(sig.slice(0, 2), 16) ^ 1).toString(16);

	return raw.slice(0, at) + id.padStart(2, "0") + sig.slice(2, 66) +
		s.toString(16).padStart(64, "0") + raw.slice(at + 130);
}

function lastSignature(tx) {
	const cond = tx.auth.sponsorSpendingCondition ??
		tx.auth.spendingCondition;

	if (!cond.fields)
		return cond.signature.data;
	return cond.fields.filter((f) => f.contents.data !== undefined &&
		typeof f.contents.data === "string").at(-1).contents.data;
}

const peer = spawn(option("peer"), { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();

async function ask(question) {
	peer.stdin.write(`${question}\n`);
	return (await answers.next()).value;
}

function same(what, ours, theirs) {
	if (ours !== theirs)
		throw new Error(`${what}\n  ours   ${ours}\n  theirs ${theirs}`);
}

async function compare(made) {
	const unsigned = made.tx.serialize();

	same("unsigned bytes", await ask(`make ${JSON.stringify(made.spec)}`),
		unsigned);
	const raw = sign(made);
	let ours = await ask(`sign origin ${unsigned} ${
		words(made.origin.steps)}`);

	if (made.sponsor)
		ours = await ask(`sign sponsor ${ours} ${
			words(made.sponsor.steps)}`);
	same("signed bytes", ours, raw);
	T.deserializeTransaction(ours).verifyOrigin();

	const seen = JSON.parse(await ask(`decode ${raw}`));

	same("bytes back", seen.bytes, ox(raw));
	same("sighash", seen.sighash, ox(T.deserializeTransaction(raw)
		.signBegin()));
	same("any s", seen.any_s, "OK");
	same("low s", seen.low_s, "OK");
	same("txid", seen.tx.txid, ox(made.tx.txid()));
	same("description back", await ask(`make ${JSON.stringify(seen.tx)}`),
		raw);

	const twin = JSON.parse(await ask(`decode ${
		highTwin(raw, lastSignature(made.tx))}`));

	same("twin, any s", twin.any_s, "OK");
	same("twin, low s", twin.low_s, "AUTH_HIGH_S");
}

/* What must not pass: a changed byte is another transaction or none. */
async function refuse(made) {
	const raw = made.tx.serialize();
	const at = 2 * below(raw.length / 2);
	const byte = parseInt(raw.slice(at, at + 2), 16) ^ (1 << below(8));
	const changed = raw.slice(0, at) +
		byte.toString(16).padStart(2, "0") + raw.slice(at + 2);
	const answer = await ask(`decode ${changed}`);

	if (answer.startsWith("bad "))
		return;
	const seen = JSON.parse(answer);

	/* Only the version byte's lower bits do not count. */
	if (seen.any_s === "OK")
		same("a changed byte", seen.bytes, ox(raw));
}

const count = Number(option("count", "2000"));
const plan = KINDS.flatMap((kind) => [0, 1, 2, 3, 5, 7].flatMap((mode) =>
	[false, true].map((isSponsored) => ({ kind, mode, isSponsored }))));
const groups = new Map();
let failed = 0;
let shown = 0;

for (let i = 0; i < count; i++) {
	const { kind, mode, isSponsored } = plan[i % plan.length];
	const names = [`payload ${kind}`, `mode ${MODES[mode]}${
		isSponsored ? ", sponsored" : ""}`, "changed bytes"];
	let made;
	const run = async (group, what) => {
		const g = groups.get(group) ?? { n: 0, bad: 0 };

		g.n++;
		groups.set(group, g);
		try {
			await what();
		} catch (e) {
			g.bad++;
			if (shown++ < 10)
				console.log(`# ${group}, transaction ${i}: ${
					e.message.split("\n").map((l) =>
						l.slice(0, 400)).join("\n# ")}`);
			throw e;
		}
	};

	made = transaction(kind, mode, isSponsored);
	let error = null;

	await run(names[0], () => compare(made)).catch((e) => (error = e));
	await run(names[1], () => {
		if (error)
			throw error;
	}).catch(() => 0);
	if (!error)
		await run(names[2], () => refuse(made)).catch(() => 0);
}
peer.stdin.end();
let number = 0;

for (const [group, g] of groups) {
	number++;
	if (g.bad)
		failed++;
	console.log(`${g.bad ? "not ok" : "ok"} ${number} - ${group}: ${
		g.n - g.bad} of ${g.n} equal`);
}
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
