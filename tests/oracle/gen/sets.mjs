// tests/oracle/gen/sets.mjs - Scenarios: contracts that are deployed one after
// another, and calls of them.
//
// A scenario is { id, epoch, people, balances, contracts, calls }; a contract
// { name, clarity, source }, a call { contract, fn, args, sender, isPublic }.
// Names and people belong to one scenario alone, so that many of them can run
// on one chain and not meet.

import { Cl } from "@stacks/transactions";

import { Typed } from "./typed.mjs";
import { Stateful } from "./stateful.mjs";
import { encode, misfit } from "./value.mjs";
import { versions } from "../lib/cases.mjs";
import { showAll } from "../lib/tree.mjs";

export const DEPLOYER = "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM";

const BALANCES = [1000000, 777, 50];

/* An account of a testnet. */
function account(id, k) {
	const hash = ((id + 1) * 8 + k).toString(16).padStart(40, "0");

	return Cl.deserialize("051a" + hash).value;
}

function people(id) {
	return BALANCES.map((_, k) => account(id, k));
}

function begin(id, epoch) {
	const who = people(id);

	return { id, epoch, people: who, contracts: [], calls: [],
		balances: Object.fromEntries(
			who.map((p, k) => [p, BALANCES[k]])) };
}

/* Calls with arguments, some of which are not what they should be. */
function addCalls(r, s, contract, count, misfits) {
	const known = [...s.people,
		...s.contracts.map((c) => `${DEPLOYER}.${c.name}`),
		`${DEPLOYER}.dep`];

	for (let i = 0; i < count; i++) {
		const e = r.pick(contract.entries);

		s.calls.push({ contract: contract.name, fn: e.name,
			isPublic: e.isPublic, sender: r.pick(s.people),
			args: e.args.map((t) => r.chance(misfits) ?
				misfit(r, t, known) : encode(r, t, known)) });
	}
}

/** Contracts that write and move and call each other. */
export function statefulSet(r, id, epoch) {
	const s = begin(id, epoch);
	const dispatches = r.chance(60);

	for (let i = r.from(2, 4); i > 0; i--) {
		const c = new Stateful(r, r.pick(versions(epoch)),
			`c${s.contracts.length}-${id}`, s.people, s.contracts);

		c.dispatches = dispatches;
		s.contracts.push(c.contract());
	}
	for (let i = 0; i < 8; i++)
		addCalls(r, s, r.pick(s.contracts), 1, 2);
	return s;
}

/** As statefulSet, where limits of cost and memory are soon passed; the SDK
 * has none to set. */
export function limitedSet(r, id, epoch) {
	const s = statefulSet(r, id, epoch);
	const far = 2 ** 50;

	s.limits = r.chance(50) ? { memory_limit: r.pick([300, 500, 800, 1200,
		2000, 3000, 5000, 9000]) } : { limit: [
		r.pick([300000, 500000, 800000, far]),
		r.pick([12, 20, 30, 60, far]),
		r.pick([7000, 12000, 30000, far]),
		r.pick([40, 60, 80, far]), r.pick([7000, 12000, far])] };
	return s;
}

function typed(r, s, clarity, shows) {
	const g = new Typed(r, s.epoch, clarity);

	g.people = s.people;
	g.isClosed = true;
	/* What counts up is not the same for all who run it once. */
	g.theirs = g.theirs.filter((f) => f.name !== "count-up");
	for (const c of s.contracts.filter((o) => o.fns !== undefined))
		g.theirs.push(...c.fns.map((f) => ({ ...f,
			contract: `.${c.name}` })));
	const source = showAll(g.runnable(shows));

	return { name: `t${s.contracts.length}-${s.id}`, clarity, source,
		entries: g.entries, fns: g.fns.filter((f) => f.isPublic) };
}

/** Contracts of all types, called with all kinds of arguments. */
export function typedSet(r, id, epoch) {
	const s = begin(id, epoch);

	for (let i = r.from(1, 3); i > 0; i--)
		s.contracts.push(typed(r, s, r.pick(versions(epoch)), 3));
	for (const c of s.contracts.filter((o) => o.entries.length > 0))
		addCalls(r, s, c, 4, 25);
	return s;
}

/** One contract with many expressions, each called once. */
export function expressions(r, id, epoch, clarity = r.pick(versions(epoch))) {
	const s = begin(id, epoch);
	const c = typed(r, s, clarity, 16);

	s.contracts.push(c);
	for (const e of c.entries.filter((o) => o.args.length === 0))
		s.calls.push({ contract: c.name, fn: e.name,
			isPublic: e.isPublic, sender: s.people[0], args: [] });
	return s;
}

/** A scenario of one contract in another epoch and version, as number `id`. */
export function moved(s, id, epoch, clarity) {
	const name = `m-${id}`;

	return { ...s, id, epoch,
		contracts: s.contracts.map((c) => ({ ...c, name, clarity })),
		calls: s.calls.map((c) => ({ ...c, contract: name })) };
}
