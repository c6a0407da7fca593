// tests/contracts/run.mjs - Runs all cases; prints TAP.

import { ACCOUNTS, BOOT_ADDRESS, Chain, seen } from "./lib/chain.mjs";
import { bnsCases } from "./cases/bns.mjs";
import { poxCases } from "./cases/pox-4.mjs";
import { sbtcCases } from "./cases/sbtc.mjs";
import { signersCases } from "./cases/signers.mjs";
import { zestCases } from "./cases/zest.mjs";
import { ERRORS } from "./errors.mjs";

let n = 0;
let failed = 0;

/* One case: all its comparisons hold. */
function claim(text, prove) {
	n++;
	try {
		prove();
		console.log(`ok ${n} - ${text}`);
	} catch (error) {
		failed++;
		console.log(`# ${String(error?.message ?? error)
			.replaceAll("\n", "\n# ")}`);
		console.log(`not ok ${n} - ${text}`);
	}
}

function is(have, want, why = "") {
	if (have !== want)
		throw new Error(`${why}\nhave ${have}\nwant ${want}\n` +
			new Error().stack.split("\n")[2].trim());
}

/* What a forwarding contract gave is what the function gave. */
function wasSeen(name, fn, said) {
	return seen.has(`${name} ${fn} ${said}`) ||
		seen.has(`proxy ${fn} ${said}`) ||
		seen.has(`router ${fn} ${said}`);
}

/* A function that is public or read-only gives ok, or a plain value, once. */
function untested(chain, name) {
	const all = chain.simnet.getContractsInterfaces();
	const { functions } = all.get(`${ACCOUNTS.deployer}.${name}`) ??
		all.get(`${BOOT_ADDRESS}.${name}`);
	const called = (fn, says) => [...seen].some((s) =>
		s.startsWith(`${name} ${fn} `) && says(s));
	const open = functions.filter((f) => f.access !== "private");

	return open.map((f) => f.name).filter((fn) =>
		!called(fn, (s) => !/\(err|abort/.test(s)) &&
		!wasSeen(name, fn, "ok"));
}

const chain = await Chain.open();

signersCases(chain, claim, is);
poxCases(chain, claim, is);
sbtcCases(chain, claim, is);
zestCases(chain, claim, is);
bnsCases(chain, claim, is);

for (const [name, functions] of Object.entries(ERRORS)) {
	claim(`every function of ${name} succeeds, and gives each error`, () => {
		is(untested(chain, name).join(), "");
		for (const [fn, codes] of Object.entries(functions)) {
			for (const code of codes.split(" "))
				is(`${code} ${wasSeen(name, fn, `(err ${code})`)}`,
					`${code} true`, fn);
		}
	});
}
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
