#!/bin/sh
# tests/wire/run.sh BUILD [ARGUMENT...] - Transactions against stacks.js:
# installs what package-lock.json names, once, and compares what it makes with
# what a build makes.  Prints TAP.
#
# Without arguments it runs the seeded form of 2,000 that ./check runs; others
# go to run.mjs.
set -u
build=$(cd "${1:?the build folder}" && pwd)
shift
cd "$(dirname "$0")" || exit 1
if ! command -v node >/dev/null; then
	echo "1..0 # SKIP node is not installed"
	exit 77
fi
lock=node_modules/.package-lock.json
if [ ! -e "$lock" ] || [ -n "$(find package-lock.json -newer "$lock")" ]; then
	if ! npm ci --no-audit --no-fund >npm.log 2>&1; then
		cat npm.log
		echo "not ok 1 - npm ci installs the reference"
		echo "1..1"
		exit 1
	fi
fi
[ $# -gt 0 ] || set -- --seed 1 --count 2000
exec node run.mjs --peer "$build/tests/wire/txpeer" "$@"
