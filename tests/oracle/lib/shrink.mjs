// tests/oracle/lib/shrink.mjs - The smallest program that still differs.

import { copy, places, read, showAll } from "./tree.mjs";

/** Tries of one shrinking; each costs a question to two peers. */
const TRIES = 400;

/* Smaller trees in place of one place of `forms`. */
function* smaller(forms) {
	const count = places(forms).length;

	for (let n = 0; n < count; n++) {
		const cut = copy(forms);
		const [list, i] = places(cut)[n];

		list.splice(i, 1);
		yield cut;
	}
	for (let n = 0; n < count; n++) {
		const [list, i] = places(forms)[n];

		for (const child of Array.isArray(list[i]) ? list[i] : []) {
			const lifted = copy(forms);
			const [into, at] = places(lifted)[n];

			into[at] = copy(child);
			yield lifted;
		}
	}
}

/**
 * Cuts a program down while `differs(program)` stays true.  A program whose
 * parentheses do not match stays as it is.
 */
export async function shrink(program, differs) {
	let forms = read(program.source);
	let tries = TRIES;

	if (forms === null ||
	    !await differs({ ...program, source: showAll(forms) }))
		return program;
	for (let again = true; again;) {
		again = false;
		for (const less of smaller(forms)) {
			if (tries-- === 0)
				return { ...program, source: showAll(forms) };
			const next = { ...program, source: showAll(less) };

			if (await differs(next)) {
				forms = less;
				again = true;
				break;
			}
		}
	}
	return { ...program, source: showAll(forms) };
}
