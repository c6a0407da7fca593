// tests/oracle/lib/peers.mjs - Those who judge a program.
//
// A program is { epoch, clarity, name, source, deps }, deps being programs of
// the same shape that are deployed before it.  A judgement is { verdict, abi,
// why, ... }: verdict is "accept", "reject" or "crash"; abi is the contract's
// interface, or null when the peer does not say; why is for people.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import path from "node:path";

const MANIFEST = fileURLToPath(new URL("../sdk/Clarinet.toml", import.meta.url));

/** Contracts after which a session of the SDK is begun anew. */
const SESSION_CONTRACTS = 3000;

/**
 * The reference's VM as WASM.
 *
 * It deploys, so a program that passes analysis and fails when run is
 * accepted here, without an interface.  So is one that the SDK does not store
 * (no functions, no traits).
 */
export class SdkPeer {
	static async open(hasCosts = false) {
		const { initSimnet } = await import("@stacks/clarinet-sdk");
		const say = console.log;

		console.log = () => {}; // it announces its deployment plan
		try {
			const simnet = await initSimnet(MANIFEST, true, {
				trackCosts: hasCosts, trackCoverage: false });

			return new SdkPeer(simnet, hasCosts);
		} finally {
			console.log = say;
		}
	}

	constructor(simnet, hasCosts) {
		this.name = "sdk";
		this.simnet = simnet;
		this.hasCosts = hasCosts;
		this.count = 0;
		this.last = 0;
		this.epoch = "";
		this.there = new Map();
	}

	async renew(epoch, room) {
		if (this.epoch === epoch &&
		    this.count + room <= SESSION_CONTRACTS)
			return;
		await this.simnet.initEmptySession();
		this.simnet.setEpoch(epoch);
		this.epoch = epoch;
		this.count = 0;
		this.there.clear();
	}

	deploy(name, source, clarity) {
		this.count++;
		this.simnet.deployContract(name, source,
			{ clarityVersion: clarity }, this.simnet.deployer);
	}

	judge(program) {
		for (const dep of program.deps ?? []) {
			const known = this.there.get(dep.name);

			if (known !== undefined && known !== dep.source)
				throw new Error(`two contracts ${dep.name}`);
			if (known === undefined)
				this.deploy(dep.name, dep.source, dep.clarity);
			this.there.set(dep.name, dep.source);
		}
		const name = `${program.name}-${this.last++}`;

		try {
			this.deploy(name, program.source, program.clarity);
			return { verdict: "accept", abi: null, why: "", name };
		} catch (error) {
			const why = String(error).replace(
				/^.*?runtime error: \S+ -> /s, "");
			const ran = why.startsWith("Runtime Error: ");

			return { verdict: ran ? "accept" : "reject",
				 abi: null, why };
		}
	}

	/** Judges programs of one epoch. */
	async ask(programs) {
		await this.renew(programs[0].epoch, programs.length + 1);
		const answers = programs.map((p) => this.judge(p));
		const interfaces = this.simnet.getContractsInterfaces();

		for (const a of answers) {
			if (a.name !== undefined)
				a.abi = interfaces.get(
					`${this.simnet.deployer}.${a.name}`) ?? null;
		}
		return answers;
	}

	close() {}
}

/* A lexer's error may come wrapped in the parser's: Lexer(Kind(...)). */
function kindOf(said) {
	const inner = /^Lexer\((\w+)/.exec(said.debug ?? "");

	return inner ? inner[1] : said.kind ?? null;
}

/* What an answer to "check" says. */
function judgement(said) {
	const broken = said.panic ?? said.bad_request;

	return broken !== undefined ?
		{ verdict: "crash", abi: null, why: broken } :
		{ verdict: said.ok ? "accept" : "reject", abi: said.abi ?? null,
		  kind: kindOf(said), cost: said.cost ?? null,
		  why: said.message ?? said.kind ?? "" };
}

/**
 * A program that answers JSON lines: `{"id", "op": "check", "epoch",
 * "clarity", "name", "source", "deps"}` (and "source_hex" for one with NUL) with `{"id", "ok", "abi", "kind",
 * "message"}`.
 */
export class LinePeer {
	constructor(name, command) {
		const [file, ...args] = command.split(" ");

		this.name = name;
		this.waiting = new Map();
		this.last = 0;
		this.dead = null;
		this.child = spawn(path.resolve(file), args,
			{ stdio: ["pipe", "pipe", "inherit"] });
		this.child.on("error", (e) => this.bury(e.message));
		this.child.on("exit", (code, signal) =>
			this.bury(`ended with ${signal ?? code}`));
		this.child.stdin.on("error", () => {});
		createInterface({ input: this.child.stdout }).on("line",
			(line) => this.hear(line));
	}

	bury(why) {
		this.dead = why;
		for (const done of this.waiting.values())
			done({ bad_request: why });
		this.waiting.clear();
	}

	/* Answers come in the order of the requests, with their id or without. */
	hear(line) {
		const said = JSON.parse(line);
		const [id, done] = this.waiting.entries().next().value;

		if (said.id !== undefined && said.id !== id)
			throw new Error(`${this.name} answers out of order`);
		this.waiting.delete(id);
		done(said);
	}

	/** Sends one request and waits for its answer, as it is. */
	request(fields) {
		if (this.dead !== null)
			return Promise.resolve({ bad_request: this.dead });
		const id = ++this.last;

		this.child.stdin.write(JSON.stringify({ id, ...fields }) + "\n");
		return new Promise((done) => this.waiting.set(id, done));
	}

	ask(programs) {
		return Promise.all(programs.map(async (p) => judgement(
			await this.request({ op: "check", ...p,
				...(p.source.includes("\0") ? { source_hex:
					Buffer.from(p.source).toString("hex") } :
					{}) }))));
	}

	close() {
		this.child.stdin.end();
	}
}
