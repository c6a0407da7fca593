// tests/oracle/lib/compare.mjs - Where two judgements part.

/** JSON with sorted keys, so that equal interfaces have equal texts. */
export function canonical(value) {
	if (Array.isArray(value))
		return `[${value.map(canonical).join(",")}]`;
	if (value === null || typeof value !== "object")
		return JSON.stringify(value);
	return `{${Object.keys(value).sort().map((k) =>
		`${JSON.stringify(k)}:${canonical(value[k])}`).join(",")}}`;
}

/**
 * What differs between two judgements of one program, or null.  `strict`
 * compares the kind of a refusal and the cost of parsing and analysis too,
 * where both peers say them.
 */
export function difference(a, b, strict) {
	if (a.verdict === "crash" || b.verdict === "crash")
		return "crash";
	if (a.verdict !== b.verdict)
		return "verdict";
	if (a.abi !== null && b.abi !== null &&
	    canonical(a.abi) !== canonical(b.abi))
		return "interface";
	if (!strict)
		return null;
	if (a.kind && b.kind && a.kind !== b.kind)
		return "kind";
	if (a.cost && b.cost && canonical(a.cost) !== canonical(b.cost))
		return "cost";
	return null;
}
