#!/bin/sh
# build-aux/check-contracts.sh - Contracts that consensus depends on are pinned:
# beside a contracts/ folder, CONTRACTS.sha256 names each .clar file in it with
# its hash, so that an edit is always a change of two files.
set -eu
status=0
for folder in node/boot sbtc zest; do
	[ -d "$folder/contracts" ] || continue
	pins=$folder/CONTRACTS.sha256
	if [ ! -f "$pins" ]; then
		echo "$pins:1: is missing"
		status=1
		continue
	fi
	for file in "$folder"/contracts/*.clar; do
		[ -f "$file" ] || continue
		have=$(sha256sum <"$file" | cut -d' ' -f1)
		name=contracts/$(basename "$file")
		want=$(awk -v n="$name" '$2 == n { print $1 }' "$pins")
		[ "$have" = "$want" ] && continue
		echo "$file:1: is $have, but $pins says ${want:-nothing}"
		status=1
	done
	awk '{ print $2 }' "$pins" | while read -r name; do
		[ -f "$folder/$name" ] || echo "$pins:1: $name is gone"
	done | grep . && status=1
done
exit "$status"
