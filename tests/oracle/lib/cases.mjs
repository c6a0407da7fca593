// tests/oracle/lib/cases.mjs - Permanent cases: every difference ever found.
//
// A file cases/NAME.clar begins with lines `;; word: value`, then the source
// follows as it is:
//
//   note     what the case shows
//   expect   accept or reject
//   epochs   in which (default 3.4)
//   clarity  versions (default: all of the epoch)
//   sdk      what the SDK says where it is the odd one, then " - " and why

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";

const FOLDER = fileURLToPath(new URL("../cases", import.meta.url));

/** The newest version of Clarity in each epoch that is asked. */
export const NEWEST = { "3.0": 3, "3.1": 3, "3.2": 3, "3.3": 4, "3.4": 5,
			"4.0": 6, "4.1": 6 };

/** Versions of Clarity that an epoch takes. */
export function versions(epoch) {
	return Array.from({ length: NEWEST[epoch] }, (_, i) => i + 1);
}

function parse(file, text) {
	const head = {};
	let at = 0;

	for (;;) {
		const m = /^;; (note|expect|epochs|clarity|sdk): (.*)\n/.exec(
			text.slice(at));

		if (m === null)
			break;
		head[m[1]] = head[m[1]] ? `${head[m[1]]} ${m[2]}` : m[2];
		at += m[0].length;
	}
	if (!head.note || !/^(accept|reject)$/.test(head.expect))
		throw new Error(`${file}: needs note and expect`);
	return { file, ...head, source: text.slice(at) };
}

/** All cases, each with the programs it stands for. */
export function cases(dep) {
	return readdirSync(FOLDER).filter((f) => f.endsWith(".clar")).sort()
		.map((file) => {
			const one = parse(file, readFileSync(
				path.join(FOLDER, file), "utf8"));
			const programs = (one.epochs ?? "3.4").split(" ")
				.flatMap((epoch) => (one.clarity?.split(" ")
					.map(Number) ?? versions(epoch)).map(
					(clarity) => ({ epoch, clarity,
						name: "case", source: one.source,
						deps: depsOf(one.source, dep, epoch) })));

			return { ...one, programs };
		});
}

/** The contracts that a source calls. */
export function depsOf(source, dep, epoch) {
	return source.includes(".dep") ? [{ ...dep, epoch }] : [];
}
