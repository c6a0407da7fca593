// tests/contracts/lib/chain.mjs - A simulated chain with our contracts on it.
//
// Arguments and results are Clarity as text, so that a case reads like the
// contract.  What a call gave is recorded: see `seen`.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync }
	from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { tmpdir } from "node:os";
import path from "node:path";

/* The packages are those of the differential tests. */
const need = createRequire(new URL("../../oracle/package.json",
	import.meta.url));
const { initSimnet } = await import(need.resolve("@stacks/clarinet-sdk"));
const { Cl, cvToString, getAddressFromPrivateKey, privateKeyToPublic,
	signWithKey } = await import(need.resolve("@stacks/transactions"));

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const BOOT = path.join(ROOT, "node/boot/contracts");
const SBTC = path.join(ROOT, "sbtc/contracts");
const ZEST = path.join(ROOT, "zest/contracts");
const MNEMONIC = "twice kind fence tip hidden tilt action fragile skin " +
	"nothing glory cousin green tomorrow spring wrist shed math olympic " +
	"multiply hip blue scout claw";

export const BOOT_ADDRESS = "ST000000000000000000002AMW42H";
export const SBTC_NAMES = ["sbtc-registry", "sbtc-token", "sbtc-deposit",
	"sbtc-withdrawal", "sbtc-bootstrap-signers"];
export const ZEST_NAMES = ["zest-token-trait", "zest-test-dollar",
	"zest-vault", "zest-price-feed"];

/** Accounts that own 100,000,000 STX each; none is anybody's. */
export const ACCOUNTS = {
	deployer: "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM",
	wallet_1: "ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5",
	wallet_2: "ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG",
	wallet_3: "ST2JHG361ZXG51QTKY2NQCVBPPRRE2KZB1HR05NNC",
	wallet_4: "ST2NEB84ASENDXKYGJPQW86YXQCEFEX2ZQPG87ND",
	wallet_5: "ST2REHHS5J3CERCRBEPMGH7921Q6PYKAADT7JP2VB",
};

/* A project whose boot contracts are ours, in a folder of its own. */
function project() {
	const dir = mkdtempSync(path.join(tmpdir(), "tenure-contracts-"));
	const boot = ["pox-4", "signers", "signers-voting", "lockup"];

	mkdirSync(path.join(dir, "settings"));
	writeFileSync(path.join(dir, "Clarinet.toml"),
		"[project]\nname = \"contracts\"\ntelemetry = false\n" +
		"[project.override_boot_contracts_source]\n" +
		boot.map((n) => `${n} = "./${n}.clar"\n`).join(""));
	for (const n of boot)
		writeFileSync(path.join(dir, `${n}.clar`),
			readFileSync(path.join(BOOT, `${n}.clar`)));
	writeFileSync(path.join(dir, "settings/Devnet.toml"),
		"[network]\nname = \"devnet\"\n[accounts.deployer]\n" +
		`mnemonic = "${MNEMONIC}"\nbalance = 100000000000000\n`);
	return dir;
}

/* The SDK reports on the console what it also throws. */
async function quietly(act) {
	const { log, error, warn } = console;

	console.log = console.error = console.warn = () => {};
	try {
		return await act();
	} finally {
		Object.assign(console, { log, error, warn });
	}
}

/** The text of one of our contracts. */
export function source(name) {
	const dir = SBTC_NAMES.includes(name) ? SBTC
		: ZEST_NAMES.includes(name) ? ZEST : BOOT;

	return readFileSync(path.join(dir, `${name}.clar`), "utf8");
}

/** What calls gave: "contract function result", errors and oks alike. */
export const seen = new Set();

export class Chain {
	static async open() {
		const dir = project();

		try {
			const simnet = await quietly(() => initSimnet(
				path.join(dir, "Clarinet.toml"), true,
				{ trackCosts: false, trackCoverage: false }));

			simnet.setEpoch("3.4");
			return new Chain(simnet);
		} finally {
			rmSync(dir, { recursive: true });
		}
	}

	constructor(simnet) {
		this.simnet = simnet;
		this.events = [];
	}

	get burnHeight() {
		return this.simnet.burnBlockHeight;
	}

	/* A burn block begins a tenure. */
	mine(n) {
		this.simnet.mineEmptyBurnBlocks(n);
	}

	fund(who, ustx) {
		this.simnet.mintSTX(who, BigInt(ustx));
	}

	deploy(name, text, clarityVersion, sender = ACCOUNTS.deployer) {
		this.simnet.deployContract(name, text, { clarityVersion }, sender);
	}

	/* The library's parser knows no number above 2^53, no empty buffer and
	 * no field with a hyphen. */
	#value(text) {
		if (/^u\d+$/.test(text))
			return Cl.uint(BigInt(text.slice(1)));
		if (/^0x[0-9a-f]*$/.test(text))
			return Cl.bufferFromHex(text.slice(2));
		return /[({]/.test(text) ? this.simnet.execute(text).result
			: Cl.parse(text);
	}

	/* Runs one call; an abort is the text "abort Kind". */
	#run(how, contract, fn, args, sender) {
		const id = contract.includes(".") ? contract
			: `${ACCOUNTS.deployer}.${contract}`;
		const { log, error, warn } = console;
		let text;

		console.log = console.error = console.warn = () => {};
		try {
			const got = this.simnet[how](id, fn,
				args.map((a) => this.#value(a)), sender);

			this.events = got.events;
			text = cvToString(got.result).replaceAll("(list )",
				"(list)");
		} catch (failure) {
			const kind = /\b(?:RuntimeCheck|Runtime)\((\w+)/
				.exec(String(failure));

			this.events = [];
			if (!kind)
				throw failure;
			text = `abort ${kind[1]}`;
		} finally {
			Object.assign(console, { log, error, warn });
		}
		seen.add(`${id.split(".")[1]} ${fn} ` +
			(/^\(ok/.test(text) ? "ok" : text));
		return text;
	}

	call(contract, fn, args, sender) {
		return this.#run("callPublicFn", contract, fn, args, sender);
	}

	read(contract, fn, args, sender = ACCOUNTS.deployer) {
		return this.#run("callReadOnlyFn", contract, fn, args, sender);
	}

	callPrivate(contract, fn, args, sender) {
		return this.#run("callPrivateFn", contract, fn, args, sender);
	}

	/** What the last call printed, as text, by one contract. */
	prints(contract) {
		return this.events
			.filter((e) => e.event === "print_event" &&
				e.data.contract_identifier.endsWith(`.${contract}`))
			.map((e) => cvToString(e.data.value));
	}

	/** Evaluates an expression as text. */
	eval(text) {
		return cvToString(this.simnet.execute(text).result);
	}
}

/** The compressed public key of a secret key, both hex. */
export function publicKey(secret) {
	return privateKeyToPublic(secret);
}

/** Signs a hash; the form is Clarity's, with the recovery id last. */
export function sign(secret, hash) {
	const vrs = signWithKey(secret, hash);

	return vrs.slice(2) + vrs.slice(0, 2);
}

/** The account of a secret key. */
export function account(secret) {
	return getAddressFromPrivateKey(secret, "testnet");
}
