#!/bin/sh
# tests/bitcoin/run.sh BUILD [ARGUMENT...] - Our Bitcoin against Litecoin's
# node: installs what package-lock.json names, once, and runs the same suite on
# both.  Prints TAP.
#
# Without arguments it runs the form that ./check runs; others go to run.mjs.
set -u
build=$(cd "${1:?the build folder}" && pwd)
shift
cd "$(dirname "$0")" || exit 1
for program in node litecoind; do
	if ! command -v $program >/dev/null; then
		echo "1..0 # SKIP $program is not installed"
		exit 77
	fi
done
lock=node_modules/.package-lock.json
if [ ! -e "$lock" ] || [ -n "$(find package-lock.json -newer "$lock")" ]; then
	if ! npm ci --no-audit --no-fund >npm.log 2>&1; then
		cat npm.log
		echo "not ok 1 - npm ci installs the library"
		echo "1..1"
		exit 1
	fi
fi
[ $# -gt 0 ] || set -- --seed 1 --count 600
exec node run.mjs --ours "$build/tenure" "$@"
