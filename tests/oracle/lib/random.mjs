// tests/oracle/lib/random.mjs - Random choices that one seed repeats.

/** A stream of choices; the same seed gives the same ones everywhere. */
export class Random {
	constructor(seed) {
		this.state = (seed ^ 0x9e3779b9) >>> 0;
		for (let i = 0; i < 8; i++)
			this.bits();
	}

	/** 32 bits (the "mulberry32" step). */
	bits() {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return (t ^ (t >>> 14)) >>> 0;
	}

	/** A whole number from 0 to n-1. */
	below(n) {
		return this.bits() % n;
	}

	/** A whole number from low to high. */
	from(low, high) {
		return low + this.below(high - low + 1);
	}

	/** True in `percent` of a hundred cases. */
	chance(percent) {
		return this.below(100) < percent;
	}

	pick(items) {
		return items[this.below(items.length)];
	}

	/** One of [weight, item] pairs. */
	weighted(pairs) {
		let n = this.below(pairs.reduce((sum, p) => sum + p[0], 0));

		for (const [weight, item] of pairs) {
			if (n < weight)
				return item;
			n -= weight;
		}
		throw new Error("no weights");
	}

	times(low, high, make) {
		return Array.from({ length: this.from(low, high) },
			(_, i) => make(i));
	}
}
