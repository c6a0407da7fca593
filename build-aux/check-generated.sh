#!/bin/sh
# build-aux/check-generated.sh - The committed documents that come from tables
# are what their generators print now.  build-aux/generated.txt has the rows:
# document, generator, tables.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
status=0
new=$(mktemp)
trap 'rm -f "$new"' EXIT
grep -v '^#' build-aux/generated.txt | while read -r doc generator tables; do
	[ -n "$doc" ] || continue
	# shellcheck disable=SC2086 # tables are words
	perl "$here/$generator" $tables >"$new"
	if ! cmp -s "$new" "$doc"; then
		echo "$doc:1: differs from its tables: run make docs"
		exit 1
	fi
done || status=1
exit "$status"
