#!/bin/sh
# tests/oracle/install.sh - Installs what package-lock.json names, if it is not
# there or has changed.  What npm says is in npm.log.
set -u
cd "$(dirname "$0")" || exit 1
lock=node_modules/.package-lock.json
if [ -e "$lock" ] && [ -z "$(find package-lock.json -newer "$lock")" ]; then
	exit 0
fi
exec npm ci --no-audit --no-fund >npm.log 2>&1
