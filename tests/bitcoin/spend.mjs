// tests/bitcoin/spend.mjs - Outputs of every kind, and what unlocks them.
//
// Built and signed by @scure/btc-signer: nothing here is the project's own.

import "./crypto.mjs";
import * as btc from "@scure/btc-signer";
import * as U from "@scure/btc-signer/utils.js";
import { schnorr, secp256k1 } from "@noble/curves/secp256k1.js";

const { Script } = btc;
const hex = (b) => Buffer.from(b).toString("hex");
const unhex = (s) => Uint8Array.from(Buffer.from(s, "hex"));

export const KEYS = [1, 2, 3].map((n) => new Uint8Array(32).fill(n));
const PUBS = KEYS.map((k) => secp256k1.getPublicKey(k, true));
const XS = KEYS.map((k) => schnorr.getPublicKey(k));

const script = (...ops) => Script.encode(ops);
const multisig = () => script(2, ...PUBS, 3, "CHECKMULTISIG");
const p2sh = (s) => script("HASH160", U.hash160(s), "EQUAL");
const p2wsh = (s) => script(0, U.sha256(s));
const p2wpkh = (n) => script(0, U.hash160(PUBS[n]));
const p2pkh = (n) => script("DUP", "HASH160", U.hash160(PUBS[n]),
	"EQUALVERIFY", "CHECKSIG");
const data = new Uint8Array(30).fill(0x5b);

const LEAVES = {
	leaf: script(data, "DROP", XS[1], "CHECKSIG"),
	csa: script(XS[0], "CHECKSIG", XS[1], "CHECKSIGADD", XS[2],
		"CHECKSIGADD", 2, "NUMEQUAL"),
	csv: script(5, "CHECKSEQUENCEVERIFY", "DROP", XS[1], "CHECKSIG"),
};
const tree = () => btc.p2tr(XS[0], Object.values(LEAVES).map((s) =>
	({ script: s })), undefined, true);
const TREE = tree();
const leafOf = (name) => TREE.leaves.find((l) =>
	hex(l.script) === hex(LEAVES[name]));

const CLTV = script(150, "CHECKLOCKTIMEVERIFY", "DROP", PUBS[0], "CHECKSIG");

export const KINDS = {
	p2pk: { out: script(PUBS[0], "CHECKSIG") },
	p2pkh: { out: p2pkh(0) },
	p2wpkh: { out: p2wpkh(0) },
	"p2sh-p2wpkh": { out: p2sh(p2wpkh(0)) },
	"p2sh-multisig": { out: p2sh(multisig()) },
	"p2wsh-multisig": { out: p2wsh(multisig()) },
	"p2sh-p2wsh-multisig": { out: p2sh(p2wsh(multisig())) },
	"p2wsh-cltv": { out: p2wsh(CLTV), lockTime: 150 },
	"p2tr-key": { out: btc.p2tr(XS[0]).script, isTaproot: true },
	"p2tr-tree-key": { out: TREE.script, isTaproot: true },
	"p2tr-leaf": { out: TREE.script, isTaproot: true, leaf: "leaf" },
	"p2tr-csa": { out: TREE.script, isTaproot: true, leaf: "csa" },
	"p2tr-csv": { out: TREE.script, isTaproot: true, leaf: "csv",
		sequence: 5 },
};

export const PAY = KINDS.p2wpkh.out;

/* A transaction as plain data: ins { txid, index, sequence, kind, amount,
 * type }, outs { amount, script }. */
function toScure(t) {
	const tx = new btc.Transaction({ version: t.version,
		lockTime: t.lockTime, allowUnknownInputs: true,
		allowUnknownOutputs: true, disableScriptCheck: true,
		allowLegacyWitnessUtxo: true, allowUnknownVersion: true });

	for (const i of t.ins)
		tx.addInput({ txid: i.txid, index: i.index,
			sequence: i.sequence });
	for (const o of t.outs)
		tx.addOutput({ amount: o.amount, script: o.script });
	return tx;
}

const withType = (sig, type) => U.concatBytes(sig, new Uint8Array([type]));

function legacySig(tx, at, code, key, type) {
	return withType(U.signECDSA(tx.preimageLegacy(at, code, type),
		KEYS[key]), type);
}

function segwitSig(tx, at, code, amount, key, type) {
	return withType(U.signECDSA(
		tx.preimageWitnessV0(at, code, type, amount), KEYS[key]), type);
}

function taprootSig(tx, t, at, key, leaf) {
	const type = t.ins[at].type ?? 0;
	const spent = t.ins.map((i) => KINDS[i.kind].out);
	const amounts = t.ins.map((i) => i.amount);
	const hash = tx.preimageWitnessV1(at, spent, type, amounts, undefined,
		leaf?.script, leaf ? 0xc0 : undefined);
	const sig = U.signSchnorr(hash, key, new Uint8Array(32));

	return type === 0 ? sig : withType(sig, type);
}

function unlockTaproot(tx, t, at) {
	const kind = KINDS[t.ins[at].kind];

	if (!kind.leaf) {
		const root = hex(kind.out) === hex(TREE.script)
			? TREE.tapMerkleRoot : new Uint8Array();

		return { witness: [taprootSig(tx, t, at,
			U.taprootTweakPrivKey(KEYS[0], root))] };
	}
	const leaf = leafOf(kind.leaf);
	const sig = (n) => taprootSig(tx, t, at, KEYS[n], leaf);
	const sigs = kind.leaf === "csa"
		? [sig(2), new Uint8Array(), sig(0)] : [sig(1)];

	return { witness: [...sigs, leaf.script, leaf.controlBlock] };
}

/* @return { script, witness } for an input. */
function unlock(tx, t, at) {
	const { kind, amount } = t.ins[at];
	const type = t.ins[at].type || btc.SigHash.ALL;
	const old = (code, key) => legacySig(tx, at, code, key, type);
	const seg = (code, key) => segwitSig(tx, at, code, amount, key, type);
	const ms = multisig();
	const empty = new Uint8Array();
	const push = (...items) => Script.encode(items);

	if (KINDS[kind].isTaproot)
		return unlockTaproot(tx, t, at);
	switch (kind) {
	case "p2pk":
		return { script: push(old(KINDS.p2pk.out, 0)) };
	case "p2pkh":
		return { script: push(old(p2pkh(0), 0), PUBS[0]) };
	case "p2wpkh":
		return { witness: [seg(p2pkh(0), 0), PUBS[0]] };
	case "p2sh-p2wpkh":
		return { script: push(p2wpkh(0)),
			witness: [seg(p2pkh(0), 0), PUBS[0]] };
	case "p2sh-multisig":
		return { script: push(0, old(ms, 0), old(ms, 2), ms) };
	case "p2wsh-multisig":
		return { witness: [empty, seg(ms, 1), seg(ms, 2), ms] };
	case "p2sh-p2wsh-multisig":
		return { script: push(p2wsh(ms)),
			witness: [empty, seg(ms, 0), seg(ms, 1), ms] };
	case "p2wsh-cltv":
		return { witness: [seg(CLTV, 0), CLTV] };
	}
	throw new Error(`unknown kind ${kind}`);
}

/* Signs all inputs, as `unlocked`. */
export function sign(t) {
	const tx = toScure(t);

	t.unlocked = t.ins.map((_, at) => {
		const u = unlock(tx, t, at);

		return { script: u.script ?? new Uint8Array(),
			witness: u.witness ?? [] };
	});
	return t;
}

/* @return the bytes in hex; what is not signed stays empty. */
export function encode(t) {
	const parts = t.unlocked ?? t.ins.map(() =>
		({ script: new Uint8Array(), witness: [] }));
	const hasWitness = parts.some((p) => p.witness.length > 0);

	return hex(btc.RawTx.encode({
		version: t.version,
		segwitFlag: hasWitness,
		inputs: t.ins.map((i, n) => ({ txid: unhex(i.txid),
			index: i.index, finalScriptSig: parts[n].script,
			sequence: i.sequence })),
		outputs: t.outs.map((o) => ({ amount: o.amount,
			script: o.script })),
		witnesses: hasWitness ? parts.map((p) => p.witness) : undefined,
		lockTime: t.lockTime,
	}));
}

/* A transaction that spends `coins` ({ txid, index, amount, kind }) with a
 * fee, back to the first key. */
export function spendOf(coins, fee = 2000n) {
	const total = coins.reduce((sum, c) => sum + c.amount, 0n);

	return {
		version: 2,
		lockTime: Math.max(0, ...coins.map((c) =>
			KINDS[c.kind].lockTime ?? 0)),
		ins: coins.map((c) => ({ ...c,
			sequence: KINDS[c.kind].sequence ?? 0xfffffffd })),
		outs: [{ amount: total - fee, script: PAY }],
	};
}

export const opReturn = (len) => script("RETURN", new Uint8Array(len).fill(7));

/* The same transaction through the library's own signing and finalising: what
 * its users do. */
export function libraryTx(coins, fee = 2000n) {
	const tx = new btc.Transaction({ version: 2 });
	const total = coins.reduce((sum, c) => sum + c.amount, 0n);

	for (const c of coins) {
		const input = { txid: c.txid, index: c.index,
			witnessUtxo: { script: KINDS[c.kind].out,
				amount: c.amount } };

		if (c.kind === "p2tr-key")
			input.tapInternalKey = XS[0];
		if (c.kind === "p2sh-p2wpkh")
			input.redeemScript = p2wpkh(0);
		if (c.kind === "p2wsh-multisig")
			input.witnessScript = multisig();
		tx.addInput(input);
	}
	tx.addOutput({ script: PAY, amount: total - fee });
	tx.sign(KEYS[0]);
	if (coins.some((c) => c.kind === "p2wsh-multisig"))
		tx.sign(KEYS[1]);
	tx.finalize();
	return tx.hex;
}
export const LIBRARY_KINDS = ["p2wpkh", "p2tr-key", "p2sh-p2wpkh",
	"p2wsh-multisig"];

export { hex, unhex };
