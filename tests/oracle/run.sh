#!/bin/sh
# tests/oracle/run.sh BUILD [ARGUMENT...] - The differential tests: asks the
# reference and the peer of a build about the same programs.  Prints TAP.
#
# Without arguments it runs the seeded three-minute form that ./check runs;
# others go to run.mjs, which has the full list.
set -u
build=$(cd "${1:?the build folder}" && pwd)
shift
cd "$(dirname "$0")" || exit 1
if ! command -v node >/dev/null; then
	echo "1..0 # SKIP node is not installed"
	exit 77
fi
if ! sh install.sh; then
	cat npm.log
	echo "not ok 1 - npm ci installs the reference"
	echo "1..1"
	exit 1
fi
[ $# -gt 0 ] || set -- --seed 1 --seconds 110
exec node run.mjs --peer "$build/tests/oracle/peer" \
	--vm "$build/tests/oracle/vmpeer" \
	--keep "$build/oracle-differences" "$@"
