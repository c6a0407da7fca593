// tests/bitcoin/node.mjs - A Bitcoin node to talk to: ours or another.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync }
	from "node:fs";
import http from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DEADLINE_MS = 60000;
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function freePort() {
	return new Promise((done) => {
		const s = createServer();

		s.listen(0, "127.0.0.1", () => {
			const { port } = s.address();

			s.close(() => done(port));
		});
	});
}

/* Both are started the same way, stopped the same way, and answer the same
 * calls. */
export class Node {
	constructor(name, program) {
		this.name = name;
		this.program = program;
		this.isOurs = name === "tenure";
		this.dir = mkdtempSync(join(tmpdir(), "bitcoin-"));
		this.agent = new http.Agent({ keepAlive: true });
		writeFileSync(join(this.dir, "auth"), "user:word\n");
	}

	args() {
		if (this.isOurs)
			return ["bitcoin", "-d", this.dir, "-p", `${this.port}`,
				"-a", join(this.dir, "auth"), "-q"];
		return ["-regtest", "-server", "-listen=0", "-connect=0",
			"-txindex=1", "-fallbackfee=0.0001", "-rest",
			"-vbparams=mweb:9000000000:9000000001",
			`-datadir=${this.dir}`, `-rpcport=${this.port}`,
			"-printtoconsole=0", "-rpcauth=user:salt$" +
			"854e1f7aa0b9de6e6b621fe1a9db7d94" +
			"cb7e91cbbcc61a5c7ba72571bbb566fc"];
	}

	/* Starts; the codes met while it was not ready are kept. */
	async start() {
		this.port = await freePort();
		this.process = spawn(this.program, this.args(),
			{ stdio: ["ignore", "ignore", "inherit"] });
		this.codes = new Set();
		for (const end = Date.now() + DEADLINE_MS; Date.now() < end;) {
			const a = await this.ask({ method: "getblockcount" })
				.catch(() => null);

			if (a?.status === 200)
				return;
			if (a)
				this.codes.add(a.json?.error?.code ?? a.status);
			await sleep(5);
		}
		throw new Error(`${this.name} does not become ready`);
	}

	async stop(signal) {
		const ended = new Promise((done) =>
			this.process.once("exit", done));

		if (signal)
			this.process.kill(signal);
		else
			await this.call("stop");
		await ended;
	}

	async end() {
		this.process?.kill("SIGKILL");
		this.agent.destroy();
		await sleep(50);
		rmSync(this.dir, { recursive: true, force: true });
	}

	cookie() {
		const path = join(this.dir, "regtest", ".cookie");

		return existsSync(path) ? readFileSync(path, "utf8") : "x:x";
	}

	/* One HTTP request. */
	http({ method = "POST", path = "/", auth = this.cookie(), body = "" }) {
		const headers = { "Content-Type": "application/json" };

		if (auth)
			headers.Authorization =
				`Basic ${Buffer.from(auth).toString("base64")}`;
		return new Promise((done, fail) => {
			const r = http.request({ host: "127.0.0.1", method, path,
				port: this.port, headers, agent: this.agent },
			(res) => {
				let text = "";

				res.setEncoding("utf8");
				res.on("data", (d) => { text += d; });
				res.on("end", () => done({
					status: res.statusCode, text }));
			});

			r.on("error", fail);
			r.end(body);
		});
	}

	/* A request of any JSON. */
	async ask(request, options = {}) {
		const a = await this.http({ ...options,
			body: JSON.stringify(Array.isArray(request) ? request
				: { id: 1, params: [], ...request }) });

		try {
			a.json = JSON.parse(a.text);
		} catch {
			a.json = null;
		}
		return a;
	}

	/* A call that must succeed. */
	async call(method, ...params) {
		const a = await this.ask({ method, params });

		if (!a.json || a.json.error)
			throw new Error(`${this.name}: ${method}: ${a.text}`);
		return a.json.result;
	}

	/* A call that may fail: its result, or its code and text. */
	async try(method, ...params) {
		const a = await this.ask({ method, params });

		return a.json?.error ? { status: a.status,
			code: a.json.error.code,
			message: a.json.error.message }
			: { status: a.status, result: a.json?.result };
	}

	/* Many calls in one request. @return their answers in order. */
	async batch(calls) {
		const a = await this.ask(calls.map(([method, ...params], id) =>
			({ id, method, params })));

		return a.json;
	}
}
