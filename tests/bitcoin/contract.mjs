// tests/bitcoin/contract.mjs - What a client may rely on, as a list of
// questions with answers that do not depend on the chain's random parts.
//
// Each claim is a function of a node; it returns what was seen.  The same
// claims run on every node, and what they saw is compared.

import { KINDS, PAY, encode, hex, opReturn, sign, spendOf, unhex }
	from "./spend.mjs";
import { RawTx } from "@scure/btc-signer";

const PAY_DESC = `raw(${hex(PAY)})`;

/* The reason without what changed between versions: whose rule it was. */
export function reasonOf(text) {
	const m = /script-verify-flag[a-z-]* \((.*?)\)/.exec(text ?? "");

	return m ? m[1] : (text ?? "").replace(/,.*/, "");
}

/* Which words a message must have; the rest is each version's own. */
const failure = (a) => a.code === undefined ? { status: a.status }
	: { status: a.status, code: a.code };

/* Mines to the first key. @return the hashes. */
export const mine = (node, n) =>
	node.call("generatetodescriptor", n, PAY_DESC);

async function coinbaseOf(node, hash) {
	const block = await node.call("getblock", hash, 1);
	const raw = await node.call("getrawtransaction", block.tx[0], false,
		hash);
	const tx = RawTx.decode(unhex(raw));

	return { txid: block.tx[0], index: 0, kind: "p2wpkh",
		amount: tx.outputs[0].amount };
}

/* Coins of the kinds asked for, in a block. */
export async function makeCoins(node, kinds, amount = 100000n) {
	const coin = node.coinbases.shift();
	const t = spendOf([coin]);

	t.outs = kinds.map((k) => ({ amount, script: KINDS[k].out }));
	t.outs.push({ amount: coin.amount - amount * BigInt(kinds.length) -
		50000n, script: PAY });
	const txid = await node.call("sendrawtransaction", encode(sign(t)), 0);

	await mine(node, 1);
	return kinds.map((kind, index) => ({ txid, index, kind, amount }));
}

/* Mines so many rewards that can be spent. */
export async function prepare(node, n) {
	const hashes = [...await mine(node, n), ...await mine(node, 110)];

	node.coinbases = [];
	for (const h of hashes.slice(0, n))
		node.coinbases.push(await coinbaseOf(node, h));
}

const test = async (node, raw) => {
	const [a] = await node.call("testmempoolaccept", [raw]);

	return a.allowed ? "allowed" : reasonOf(a["reject-reason"]);
};

/* Changes a copy of a signed transaction. */
function changed(t, change) {
	const copy = { ...t, ins: t.ins.map((i) => ({ ...i })),
		outs: t.outs.map((o) => ({ ...o })),
		unlocked: t.unlocked.map((u) => ({ script: u.script,
			witness: [...u.witness] })) };

	change(copy);
	return copy;
}

const flip = (bytes, at) => {
	const copy = Uint8Array.from(bytes);

	copy[at] ^= 1;
	return copy;
};

export const CLAIMS = [
	["without a password nobody is let in", async (node) => [
		(await node.http({ auth: "" })).status,
		(await node.http({ auth: "user:wrong" })).status,
		(await node.http({ auth: "wrong:word" })).status,
		(await node.http({ auth: `${node.cookie()}0` })).status,
	]],
	["the cookie and the password are both good", async (node) => [
		await node.ask({ method: "getblockcount" }, {}),
		await node.ask({ method: "getblockcount" },
			{ auth: "user:word" }),
	].map((a) => [a.status, typeof a.json.result])],
	["what is no call is refused with its code", async (node) => [
		await node.http({ body: "{" }),
		await node.http({ body: "5" }),
		await node.http({ body: "{\"id\":7}" }),
		await node.http({ body: "{\"id\":7,\"method\":5}" }),
		await node.http({ body: "{\"method\":\"nothing\",\"id\":\"a\"}" }),
		await node.http({ body:
			"{\"method\":\"uptime\",\"id\":1,\"params\":\"x\"}" }),
	].map((a) => [a.status, JSON.parse(a.text)])],
	["only POST is served, and only at its path", async (node) => [
		await node.http({ method: "GET" }),
		await node.http({ method: "POST", path: "/other" }),
	].map((a) => [a.status, a.text])],
	["a batch is answered in order", async (node) => [
		await node.ask([
			{ id: 1, method: "getblockcount" },
			{ id: "x", method: "nothing" }, 3,
			{ id: null, method: "getblockhash", params: [99999] },
		]),
		await node.ask([]),
	].map((a) => [a.status, a.json])],
	["arguments may have names", async (node) => [
		typeof await node.call("getblockhash", 0),
		(await node.ask({ method: "getblockhash",
			params: { height: 1 } })).status,
		failure((await node.ask({ method: "getblockhash",
			params: { nothing: 1 } })).json.error),
	]],
	["errors have the node's codes and texts", async (node) => [
		await node.try("getblockhash", 99999),
		await node.try("getblock", "00"),
		await node.try("getblock", "00".repeat(32)),
		await node.try("getblock", "zz".repeat(32)),
		await node.try("getblockheader", "00".repeat(32)),
		await node.try("getrawtransaction", "00".repeat(32)),
		await node.try("getrawtransaction", "00".repeat(32), true,
			"00".repeat(32)),
		await node.try("sendrawtransaction", "00"),
		await node.try("sendrawtransaction", "xyz"),
		await node.try("decoderawtransaction", "00"),
		await node.try("getmempoolentry", "00".repeat(32)),
		await node.try("gettxoutproof", ["00".repeat(32)]),
		await node.try("submitblock", "00"),
		await node.try("invalidateblock", "00".repeat(32)),
		await node.try("estimatesmartfee", 6),
	].map((a) => [a.status, a.code, a.message ?? a.result])],
	["a wrong number of arguments tells how to call it", async (node) => [
		await node.try("getblockhash"),
		await node.try("getblockcount", 1),
		await node.try("getblock"),
	].map(failure)],
	["each kind of output is spent by its key and by no other",
		async (node) => {
			const kinds = Object.keys(KINDS);
			const coins = await makeCoins(node, kinds);
			const seen = [];

			await mine(node, 5);
			for (const coin of coins) {
				const t = sign(spendOf([coin]));
				const bad = changed(t, (c) =>
					c.outs[0].amount--);

				seen.push([coin.kind,
					await test(node, encode(t)),
					await test(node, encode(bad))]);
			}
			return seen;
		}],
	["a tree's leaf wants its own path and script", async (node) => {
		const [coin] = await makeCoins(node, ["p2tr-leaf"]);
		const t = sign(spendOf([coin]));
		const seen = [await test(node, encode(t))];

		for (const change of [
			(w) => { w[2] = flip(w[2], 0); },
			(w) => { w[2] = flip(w[2], 5); },
			(w) => { w[2] = flip(w[2], w[2].length - 1); },
			(w) => { w[2] = w[2].slice(0, -1); },
			(w) => { w[1] = flip(w[1], 3); },
			(w) => { w[0] = w[0].slice(1); },
			(w) => { w.push(new Uint8Array([0x50, 1])); },
			(w) => { w.shift(); },
		])
			seen.push(await test(node, encode(changed(t, (c) =>
				change(c.unlocked[0].witness)))));
		return seen;
	}],
	["an output locked by age waits for it", async (node) => {
		const [coin] = await makeCoins(node, ["p2tr-csv"]);
		const t = sign(spendOf([coin]));
		const early = spendOf([coin]);

		early.ins[0].sequence = 4;
		const seen = [await test(node, encode(t)),
			await test(node, encode(sign(early)))];

		await mine(node, 3);
		seen.push(await test(node, encode(t)));
		await mine(node, 1);
		seen.push(await test(node, encode(t)),
			await test(node, encode(early)));
		return seen;
	}],
	["data of 80 bytes is carried, of 81 it is not", async (node) => {
		const coins = await makeCoins(node,
			["p2wpkh", "p2wpkh", "p2wpkh"]);
		const outs = [[80], [81], [40, 40]].map((lens) =>
			lens.map((n) => ({ amount: 0n, script: opReturn(n) })));
		const seen = [];

		for (const [n, coin] of coins.entries()) {
			const t = spendOf([coin]);

			t.outs.push(...outs[n]);
			seen.push(await test(node, encode(sign(t))));
		}
		return seen;
	}],
	["what is nonstandard is not taken", async (node) => {
		const [coin] = await makeCoins(node, ["p2wpkh"]);
		const seen = [];

		for (const change of [
			(t) => { t.version = 4; },
			(t) => { t.version = 0; },
			(t) => { t.outs.push({ amount: 200n, script: PAY }); },
			(t) => { t.outs.push({ amount: 9000n, script: PAY }); },
			(t) => { t.outs.push({ amount: 1000n,
				script: unhex("6161") }); },
			(t) => { t.lockTime = 100000; },
			(t) => { t.outs[0].amount = coin.amount; },
			(t) => { t.outs[0].amount = coin.amount + 1n; },
			(t) => { t.outs[0].amount = coin.amount - 1n; },
			(t) => { t.outs = []; },
			(t) => { t.ins.push(t.ins[0]); },
			(t) => { t.ins[0].index = 500; },
			(t) => { t.outs[0].amount = 84000001n * 100000000n; },
		]) {
			const t = spendOf([coin]);

			change(t);
			seen.push(await test(node, encode(sign(t))));
		}
		return seen;
	}],
	["a young reward is not spent", async (node) => {
		const [hash] = await mine(node, 1);
		const t = sign(spendOf([await coinbaseOf(node, hash)]));

		return [await test(node, encode(t)),
			failure(await node.try("sendrawtransaction", encode(t)))];
	}],
	["one that does not say so is not replaced", async (node) => {
		const [coin] = await makeCoins(node, ["p2wpkh"]);
		const at = (fee) => {
			const t = spendOf([coin], fee);

			t.ins[0].sequence = 0xfffffffe;
			return encode(sign(t));
		};

		await node.call("sendrawtransaction", at(2000n));
		const seen = [await test(node, at(2000n)),
			await test(node, at(90000n)),
			typeof await node.call("sendrawtransaction", at(2000n))];

		await mine(node, 1);
		seen.push(await test(node, at(2000n)),
			(await node.try("sendrawtransaction", at(2000n))).code,
			await test(node, at(3000n)));
		return seen;
	}],
	["a line of 25 waits, a 26th does not", async (node) => {
		let [coin] = await makeCoins(node, ["p2wpkh"]);
		const seen = [];

		for (let n = 0; n < 26; n++) {
			const t = sign(spendOf([coin], 300n));
			const a = await node.try("sendrawtransaction",
				encode(t));

			if (a.code) {
				seen.push(n, a.code, reasonOf(a.message));
				break;
			}
			coin = { txid: a.result, index: 0, kind: "p2wpkh",
				amount: t.outs[0].amount };
		}
		const info = await node.call("getmempoolinfo");
		const [id] = await node.call("getrawmempool");
		const entry = await node.call("getmempoolentry", id);
		const line = entry.ancestorcount + entry.descendantcount;

		seen.push(info.size, info.bytes, line, entry.vsize);
		await mine(node, 1);
		seen.push((await node.call("getmempoolinfo")).size);
		return seen;
	}],
	["a block with a wrong spend is refused", async (node) => {
		const [coin] = await makeCoins(node, ["p2tr-key"]);
		const t = sign(spendOf([coin]));
		const bad = changed(t, (c) => c.outs[0].amount--);
		const refused = await node.try("generateblock", PAY_DESC,
			[encode(bad)]);
		const count = await node.call("getblockcount");
		const good = await node.try("generateblock", PAY_DESC,
			[encode(t)]);

		return [refused.code, /TestBlockValidity/.test(refused.message),
			good.code, await node.call("getblockcount") - count];
	}],
	["a branch is left and taken again", async (node) => {
		const [coin] = await makeCoins(node, ["p2wpkh"]);
		const id = await node.call("sendrawtransaction",
			encode(sign(spendOf([coin]))));
		const [hash] = await mine(node, 1);
		const height = await node.call("getblockcount");
		const raw = await node.call("getblock", hash, 0);
		const look = async () => [
			await node.call("getblockcount") - height,
			(await node.call("getrawmempool")).includes(id),
			(await node.call("gettxout", id, 0, false)) !== null,
			(await node.call("getblock", hash)).confirmations,
			(await node.try("submitblock", raw)).result,
		];
		const seen = [await look()];

		await node.call("invalidateblock", hash);
		seen.push(await look());
		seen.push((await node.call("getchaintips"))
			.find((t) => t.hash === hash));
		/* To another, or it could be the same block once more. */
		await node.call("generatetodescriptor", 2,
			`raw(${hex(KINDS.p2pkh.out)})`);
		seen.push((await node.call("getblockcount")) - height);
		await node.call("reconsiderblock", hash);
		const tip = (await node.call("getchaintips"))
			.find((t) => t.hash === hash);

		seen.push([tip.status, tip.branchlen], (await node.call(
			"getblockcount")) - height);
		delete seen[2].hash;
		delete seen[2].height;
		return seen;
	}],
	["a block changed is refused with the rule's name", async (node) => {
		const [coin] = await makeCoins(node, ["p2wpkh"]);

		await node.call("sendrawtransaction",
			encode(sign(spendOf([coin]))));
		const [hash] = await mine(node, 1);
		const raw = unhex(await node.call("getblock", hash, 0));
		const seen = [];

		for (const change of [
			(r) => flip(r, r.length - 5),
			(r) => flip(r, r.length - 100),
			(r) => flip(r, 40),
			(r) => flip(r, 5),
			(r) => Uint8Array.from(r, (b, n) =>
				n >= 68 && n < 72 ? 1 : b),
			(r) => Uint8Array.from(r, (b, n) =>
				n >= 68 && n < 72 ? 0x7f : b),
			(r) => flip(r, 72),
			(r) => Uint8Array.from(r, (b, n) =>
				n < 4 ? +(n === 0) : b),
			(r) => r.slice(0, -1),
			(r) => flip(r, 130),
		]) {
			/* Another nonce, until there is work enough. */
			for (let nonce = 1; nonce < 100; nonce++) {
				const r = change(raw);

				r[77] = nonce;
				const a = await node.try("submitblock", hex(r));

				if (a.result === "high-hash")
					continue;
				seen.push([a.code, a.message ?? a.result]);
				break;
			}
		}
		seen.push((await node.try("submitblock", hex(raw))).result);
		return seen;
	}],
	["a transaction is proved to be in its block", async (node) => {
		const coins = await makeCoins(node,
			["p2wpkh", "p2pkh", "p2wpkh", "p2wpkh"]);
		const ids = [];

		for (const coin of coins)
			ids.push(await node.call("sendrawtransaction",
				encode(sign(spendOf([coin])))));
		const [hash] = await mine(node, 1);
		const order = (await node.call("getblock", hash)).tx;
		const seen = [order.length];

		for (const some of [[ids[0]], [ids[1], ids[3]], ids]) {
			const proof = await node.call("gettxoutproof", some);
			const back = await node.call("verifytxoutproof", proof);

			seen.push(proof.length, some.length === back.length &&
				some.every((id) => back.includes(id)));
			seen.push((await node.try("verifytxoutproof",
				hex(flip(unhex(proof), 120)))).result);
		}
		return seen;
	}],
	["answers have the fields that clients read", async (node) => {
		const hash = await node.call("getbestblockhash");
		const block = await node.call("getblock", hash, 2);
		const skip = new Set(["ismweb", "reqSigs", "addresses",
			"softforks", "mweb", "currentblockmwebweight"]);
		const keys = (o) => Object.keys(o).filter((k) => !skip.has(k));
		const answers = {
			block, tx: block.tx[0], vin: block.tx[0].vin[0],
			vout: block.tx[0].vout[0],
			script: block.tx[0].vout[0].scriptPubKey,
			header: await node.call("getblockheader", hash),
			chain: await node.call("getblockchaininfo"),
			network: await node.call("getnetworkinfo"),
			pool: await node.call("getmempoolinfo"),
			mining: await node.call("getmininginfo"),
			index: (await node.call("getindexinfo")).txindex,
			raw: await node.call("getrawtransaction",
				block.tx[0].txid, true, hash),
			tip: (await node.call("getchaintips"))[0],
			out: await node.call("gettxout", block.tx[0].txid, 0),
		};

		node.fields = Object.fromEntries(Object.entries(answers)
			.map(([name, o]) => [name, keys(o)]));
		return "compared below";
	}],
	["scripts are decoded alike", async (node) => {
		const seen = [];

		for (const k of Object.values(KINDS)) {
			const d = await node.call("decodescript", hex(k.out));

			seen.push([d.asm, d.type]);
		}
		return seen;
	}],
	["coins are found by their scripts", async (node) => {
		await makeCoins(node, ["p2tr-key", "p2pkh", "p2tr-key"]);
		const found = await node.call("scantxoutset", "start",
			[`raw(${hex(KINDS["p2tr-key"].out)})`]);
		const last = found.unspents.at(-1);

		return [found.success, last.amount, last.scriptPubKey];
	}],
	["a wallet receives, pays and counts", async (node) => {
		await node.call("createwallet", "a wallet");
		const path = { path: "/wallet/a%20wallet" };
		const ask = async (method, ...params) =>
			(await node.ask({ method, params }, path)).json.result;
		const address = await ask("getnewaddress");
		const rewards = [];

		for (let n = 0; n < 2; n++)
			await ask("generatetoaddress", 50, address);
		await ask("generatetoaddress", 1, address);
		const info = await ask("getaddressinfo", address);
		const before = await ask("getbalances");

		rewards.push((await ask("listunspent")).length);
		const id = await ask("sendtoaddress",
			await ask("getnewaddress", "x", "p2sh-segwit"), 0.01);
		const tx = await ask("gettransaction", id);
		const raw = await ask("getrawtransaction", id, true);
		const mixed = [before.mine.trusted > 0,
			before.mine.immature > before.mine.trusted,
			info.ismine, info.iswitness, rewards,
			tx.confirmations, tx.amount === 0, tx.fee < 0,
			raw.vout.length, typeof tx.hex];

		await mine(node, 1);
		mixed.push((await ask("gettransaction", id)).confirmations,
			(await ask("listtransactions")).length,
			(await node.ask({ method: "getbalance" },
				{ path: "/wallet/none" })).json.error.code);
		return mixed;
	}],
	["a raw transaction is made, funded, signed and sent",
		async (node) => {
			const path = { path: "/wallet/a%20wallet" };
			const ask = async (method, ...params) =>
				(await node.ask({ method, params }, path)).json;
			const to = (await ask("getnewaddress")).result;
			const raw = (await ask("createrawtransaction", [],
				[{ [to]: 0.002 }, { data: "00112233" }])).result;
			const funded = (await ask("fundrawtransaction",
				raw)).result;
			const unsigned = await ask("decoderawtransaction",
				funded.hex);
			const signed = (await ask("signrawtransactionwithwallet",
				funded.hex)).result;
			const sent = await ask("sendrawtransaction",
				signed.hex);

			await mine(node, 1);
			return [raw.slice(0, 20), funded.fee > 0,
				unsigned.result.vout.length,
				unsigned.result.vin.length, signed.complete,
				typeof sent.result];
		}],
];

/* What Litecoin's node does otherwise, with what Bitcoin's does. */
export const OWN_CLAIMS = [
	["one that waits is replaced by one that pays more",
		async (node) => {
			const [coin] = await makeCoins(node, ["p2wpkh"]);
			const at = (fee) => encode(sign(spendOf([coin], fee)));
			const seen = [];

			await node.call("sendrawtransaction", at(2000n));
			for (const fee of [2000n, 2001n, 2100n, 5000n])
				seen.push(reasonOf((await node.try(
					"sendrawtransaction", at(fee)))
					.message));
			seen.push((await node.call("getrawmempool")).length);
			await mine(node, 1);
			return seen;
		},
		["", "insufficient fee", "insufficient fee", "", 1]],
];
