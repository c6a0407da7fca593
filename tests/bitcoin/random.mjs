// tests/bitcoin/random.mjs - Random transactions, valid and changed: the same
// verdict from every node, and for some of them in a block as well.

import { makeCoins, mine, reasonOf } from "./contract.mjs";
import { KINDS, PAY, encode, hex, opReturn, sign, spendOf, unhex }
	from "./spend.mjs";

export const ROUND = 60;
const TYPES = [0, 1, 1, 2, 3, 0x81, 0x82, 0x83];
const NAMES = Object.keys(KINDS);

/* xorshift32: the same choices on every machine. */
class Dice {
	constructor(seed) {
		this.state = (seed * 2654435761 + 1) >>> 0;
	}

	below(n) {
		let s = this.state;

		s ^= (s << 13) >>> 0;
		s = (s ^ (s >>> 17)) >>> 0;
		s = (s ^ (s << 5)) >>> 0;
		this.state = s;
		return s % n;
	}

	pick(list) {
		return list[this.below(list.length)];
	}
}

const flipBit = (bytes, at, bit) => {
	const copy = Uint8Array.from(bytes);

	if (copy.length > 0)
		copy[at % copy.length] ^= 1 << bit;
	return copy;
};

/* Where a change falls must not depend on what differs between nodes: ids of
 * coins, and with them signatures.  So bytes are counted from their end, where
 * an encoded signature has its s and its type. */
function flipFromEnd(bytes, back, bit) {
	return bytes.length === 0 ? bytes
		: flipBit(bytes, bytes.length - 1 - back % Math.min(bytes.length,
			24), bit);
}

/* Changes that a signature should notice, or that break a form. */
const CHANGES = [
	(t) => { t.outs[0].amount -= 1n; },
	(t) => { t.outs[0].amount += 1n; },
	(t, d) => { t.ins[0].sequence = d.pick([0, 1, 0xfffffffe, 0xffffffff,
		0x80000005, 0x00400001]); },
	(t, d) => { t.lockTime = d.pick([0, 1, 149, 150, 151]); },
	(t) => { t.version = 1; },
	(t) => { t.outs.push({ amount: 9000n, script: PAY }); },
	(t) => { t.outs[0].script = KINDS["p2tr-key"].out; },
	(t, d) => {
		const w = t.unlocked[0].witness;
		const at = d.below(8);

		if (w.length > 0)
			w[at % w.length] = flipFromEnd(w[at % w.length],
				d.below(24), d.below(8));
	},
	(t) => { t.unlocked[0].witness.pop(); },
	(t) => { t.unlocked[0].witness.shift(); },
	(t) => { t.unlocked[0].witness.push(new Uint8Array([1])); },
	(t) => { t.unlocked[0].witness.push(new Uint8Array([0x50, 7])); },
	(t) => { t.unlocked[0].witness.unshift(new Uint8Array(0)); },
	(t) => { t.unlocked[0].witness.reverse(); },
	(t, d) => {
		t.unlocked[0].script = flipFromEnd(t.unlocked[0].script,
			d.below(24), d.below(8));
	},
	(t) => { t.unlocked[0].script = new Uint8Array(0); },
	(t) => {
		t.unlocked[0].script = Uint8Array.from(
			[0x51, ...t.unlocked[0].script]);
	},
	(t) => {
		t.unlocked[0].script = Uint8Array.from(
			[...t.unlocked[0].script, 0x61]);
	},
	(t, d) => {
		/* another type on the signature that is there */
		const w = t.unlocked[0].witness;
		const type = d.pick([0, 1, 2, 3, 4, 0x41, 0x80, 0x81, 0xff]);

		if (w.length > 0 && w[0].length >= 64 && w[0].length <= 73)
			w[0] = w[0].length === 64
				? Uint8Array.from([...w[0], type])
				: Uint8Array.from([...w[0].slice(0, -1), type]);
	},
	(t) => {
		/* a tree's path that is one step longer */
		const w = t.unlocked[0].witness;

		if (w.length > 2)
			w[w.length - 1] = Uint8Array.from([...w.at(-1),
				...new Uint8Array(32)]);
	},
	(t) => {
		/* another version of the leaf */
		const w = t.unlocked[0].witness;

		if (w.length > 2)
			w[w.length - 1] = flipBit(w.at(-1), 0, 1);
	},
	(t) => { t.outs[0] = { amount: 0n, script: opReturn(90) }; },
	(t, d) => { t.ins[0].index = (t.ins[0].index + d.below(3)) % ROUND; },
	(t) => { t.outs[0].script = unhex("5152"); },
];

/* What happens in a round, before any coin is known. */
function plan(d) {
	return Array.from({ length: ROUND }, () => ({
		kind: d.pick(NAMES),
		type: d.pick(TYPES),
		fee: BigInt(500 + d.below(3000)),
		second: d.below(4) === 0,
		seed: d.below(0x7fffffff),
		changes: d.below(3) === 0 ? 0 : 1 + d.below(2),
		inBlock: d.below(8) === 0,
	}));
}

function build(p, coins, at) {
	const d = new Dice(p.seed);
	const mine = [coins[at]];

	if (p.second)
		mine.push(coins[(at + 1) % coins.length]);
	const t = spendOf(mine, p.fee);

	for (const i of t.ins)
		i.type = KINDS[i.kind].isTaproot ? p.type : p.type || 1;
	t.outs[0].amount -= 9000n;
	t.outs.push({ amount: 9000n, script: KINDS[p.kind].out });
	sign(t);
	for (let n = 0; n < p.changes; n++)
		d.pick(CHANGES)(t, d);
	return encode(t);
}

async function verdicts(node, plans) {
	const coins = await makeCoins(node, plans.map((p) => p.kind), 50000n);

	await mine(node, 6);
	const raws = plans.map((p, at) => {
		try {
			return build(p, coins, at);
		} catch (e) {
			return `${e.message}`; /* the library will not write it */
		}
	});
	const answers = await node.batch(raws.map((raw) =>
		["testmempoolaccept", [raw]]));
	const seen = answers.map((a) => {
		if (a.error)
			return `error ${a.error.code}`;
		const [r] = a.result;

		return r.allowed ? "allowed" : reasonOf(r["reject-reason"]);
	});

	for (const [at, p] of plans.entries()) {
		if (!p.inBlock)
			continue;
		const a = await node.try("generateblock", `raw(${hex(PAY)})`,
			[raws[at]]);

		seen[at] += a.code === undefined ? ", in a block"
			: `, in no block (${a.code})`;
	}
	return seen;
}

export async function compareRandom(nodes, claim, seed, count) {
	const d = new Dice(seed);
	const tally = { allowed: 0, refused: 0, blocks: 0 };
	const reasons = new Set();
	const wrong = [];

	for (let done = 0; done < count; done += ROUND) {
		const plans = plan(d);
		const [a, b] = [await verdicts(nodes[0], plans),
			await verdicts(nodes[1], plans)];

		for (const [at, p] of plans.entries()) {
			if (a[at] !== b[at])
				wrong.push(`round ${done / ROUND} ${at} ` +
					`${p.kind}: ${a[at]} / ${b[at]}`);
			reasons.add(a[at]);
			tally.blocks += p.inBlock;
			if (a[at].startsWith("allowed"))
				tally.allowed++;
			else
				tally.refused++;
		}
	}
	claim(`${tally.allowed + tally.refused} random transactions have the ` +
		`same verdict (${tally.allowed} allowed, ${tally.refused} ` +
		`refused for ${reasons.size} reasons, ${tally.blocks} judged in ` +
		"a block)", wrong.length === 0 && tally.allowed > 0 &&
		reasons.size > 10,
	`${wrong.length}: ${wrong.slice(0, 12).join("; ")}`);
}
