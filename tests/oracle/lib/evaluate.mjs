// tests/oracle/lib/evaluate.mjs - Programs that are run, not only judged.
//
// A runner deploys contracts in a fresh session and calls their functions.  An
// outcome is a text: the value's bytes in hex, or the class and the kind of
// the error.  Words whose value is the chain's and not the program's are left
// out, since every runner has a chain of its own.

const SENDER = "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM";

/** What depends on the chain that a runner simulates. */
const CHAIN = new RegExp(["block-height", "tenure-height", "liquid-supply",
	"-info\\?", "stx-", "block-time", "chain-id", "contract-hash",
	"at-block", "is-in-"].join("|"));

/** Whether every runner should see the same values. */
export function isClosed(source) {
	return !CHAIN.test(source);
}

/** Functions without parameters: [name, is public]. */
export function entries(forms) {
	return forms.filter((f) => /^define-(public|read-only)$/.test(f[0]) &&
		f[1].length === 1).map((f) => [f[1][0], f[0] === "define-public"]);
}

/** Runs with the SDK. */
export class SdkRunner {
	constructor(peer, serialize) {
		this.name = peer.name;
		this.peer = peer;
		this.serialize = serialize;
	}

	async begin(epoch) {
		this.peer.epoch = ""; // a session of its own
		await this.peer.renew(epoch, 0);
	}

	/* The SDK reports failures on the console as well: they are ours. */
	attempt(act) {
		const { log, error, warn } = console;

		console.log = console.error = console.warn = () => {};
		try {
			return act();
		} catch (failure) {
			const kind = /\b(RuntimeCheck|Runtime|EarlyReturn|Internal)\((\w+)/
				.exec(String(failure));

			return { said: kind ? `${kind[1]} ${kind[2]}` : "refused" };
		} finally {
			Object.assign(console, { log, error, warn });
		}
	}

	async deploy(program) {
		return this.attempt(() => {
			this.peer.deploy(program.name, program.source,
				program.clarity);
			return { said: "deployed" };
		});
	}

	async call(contract, fn, isPublic) {
		const { simnet } = this.peer;
		const how = isPublic ? "callPublicFn" : "callReadOnlyFn";

		return this.attempt(() => ({ said: this.serialize(
			simnet[how](`${simnet.deployer}.${contract}`, fn, [],
				simnet.deployer).result)
			.replace(/^0x/, "") }));
	}
}

/** Runs with a program that answers JSON lines. */
export class LineRunner {
	constructor(peer) {
		this.name = peer.name;
		this.peer = peer;
	}

	async begin(epoch) {
		await this.peer.request({ op: "session", epoch, mainnet: false,
			chain_id: 0x80000000, sender: SENDER, height: 10,
			burn_height: 110, store: [] });
	}

	outcome(answer, done) {
		if (answer.bad_request !== undefined ||
		    answer.panic !== undefined)
			return { said: `crash ${answer.bad_request ??
				answer.panic}` };
		const error = answer.error ?? answer;

		if (/^(Static|StaticCheck|Parse)$/.test(error.class))
			return { said: "refused" };
		if (!answer.ok)
			return { said: `${error.class} ${error.kind}`,
				 cost: answer.cost };
		return { said: done ?? answer.result?.hex ?? answer.result,
			 cost: answer.cost };
	}

	async deploy(program) {
		const { said } = this.outcome(await this.peer.request({
			op: "deploy", ...program }), "deployed");

		return { said };
	}

	async call(contract, fn) {
		return this.outcome(await this.peer.request({ op: "call",
			contract, fn, args: [], sender: SENDER }));
	}
}

/* Where prices cannot be computed, the SDK, which counts none, goes on. */
const UNPRICED = "RuntimeCheck CostComputationFailed";

/* One contract by one runner: the outcome of each step. */
async function steps(runner, program) {
	const found = [["deploy", await runner.deploy(program)]];

	if (found[0][1].said !== "deployed")
		return found;
	for (const [fn, isPublic] of program.entries)
		found.push([fn, await runner.call(program.name, fn, isPublic)]);
	return found;
}

/**
 * Runs programs of one epoch, each after `before`, and compares.
 *
 * @returns differences: { program, step, said: [[runner, outcome]...] }
 */
export async function compareRuns(runners, epoch, before, programs) {
	const all = [];
	const differences = [];

	for (const runner of runners) {
		await runner.begin(epoch);
		await runner.deploy({ ...before, epoch });
		const mine = [];

		for (const program of programs)
			mine.push(await steps(runner, program));
		all.push(mine);
	}
	programs.forEach((program, i) => {
		for (let n = 0; n < all[0][i].length; n++) {
			const everyone = runners.map((r, k) => [r.name,
				all[k][i][n]?.[1] ?? { said: "nothing" }]);
			const said = everyone[0][1].said === UNPRICED ?
				everyone.filter(([who]) => who !== "sdk") :
				everyone;
			const costs = said.map(([, o]) => o.cost)
				.filter((c) => c !== undefined).map(String);

			if (said.some(([, o]) => o.said !== said[0][1].said) ||
			    costs.some((c) => c !== costs[0])) {
				differences.push({ program,
					step: all[0][i][n][0], said });
				break;
			}
		}
	});
	return differences;
}
