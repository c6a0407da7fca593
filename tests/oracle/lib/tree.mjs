// tests/oracle/lib/tree.mjs - Programs as trees: a list is an array, anything
// else a string as it stands in the source.

/** Source text of a tree. */
export function show(tree) {
	return Array.isArray(tree) ? `(${tree.map(show).join(" ")})` : tree;
}

/** Source text of a program, a form a line. */
export function showAll(forms) {
	return forms.map(show).join("\n");
}

const TOKEN = /\s+|;;[^\n]*|u?"(?:[^"\\]|\\.)*"|[(){},]|[^\s(){},"]+|"/gy;

/**
 * The trees of a source text, or null when its parentheses do not match.
 * A tuple in braces becomes one string.
 */
export function read(source) {
	const stack = [[]];
	let braces = 0;
	let text = "";

	TOKEN.lastIndex = 0;
	for (const [token] of source.matchAll(TOKEN)) {
		braces += token === "{" ? 1 : token === "}" ? -1 : 0;
		text += braces > 0 || token === "}" ? token : "";
		if (braces < 0)
			return null;
		if (braces > 0)
			continue;
		if (token === "}") {
			stack[stack.length - 1].push(text);
			text = "";
		} else if (token === "(") {
			stack.push([]);
		} else if (token === ")") {
			const list = stack.pop();

			if (stack.length === 0)
				return null;
			stack[stack.length - 1].push(list);
		} else if (!/^(\s|;;)/.test(token)) {
			stack[stack.length - 1].push(token);
		}
	}
	return stack.length === 1 && braces === 0 ? stack[0] : null;
}

/** Every place in the trees: [parent array, index]. */
export function places(forms) {
	const found = [];
	const todo = [forms];

	while (todo.length > 0) {
		const list = todo.pop();

		list.forEach((item, i) => {
			found.push([list, i]);
			if (Array.isArray(item))
				todo.push(item);
		});
	}
	return found;
}

/** A copy that shares nothing. */
export function copy(tree) {
	return Array.isArray(tree) ? tree.map(copy) : tree;
}
