#!/bin/sh
# tests/contracts/run.sh - Our contracts on the reference's machine.  Prints
# TAP.
set -u
cd "$(dirname "$0")" || exit 1
if ! command -v node >/dev/null; then
	echo "1..0 # SKIP node is not installed"
	exit 77
fi
if ! sh ../oracle/install.sh; then
	cat ../oracle/npm.log
	echo "not ok 1 - npm ci installs the reference"
	echo "1..1"
	exit 1
fi
exec node run.mjs
