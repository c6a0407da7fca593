#!/bin/sh
# build-aux/check-scripts.sh - Our scripts pass shellcheck (Perl's own check for
# Perl), and lock files name no download address: a build must fetch from the
# registry that the user chose.
set -eu
status=0
shells=$(find start check .ci build-aux tests -type d -name node_modules -prune \
	-o -type f \( -name '*.sh' -o -name start -o -name check -o -name run \) \
	-print 2>/dev/null | sort)
for file in $shells; do
	head -n 1 "$file" | grep -qE '^#(!/bin/sh| shellcheck shell=sh)$' || {
		echo "$file:1: a script begins with #!/bin/sh"
		status=1
	}
done
if command -v shellcheck >/dev/null; then
	# shellcheck disable=SC2086 # file names of ours have no blanks
	[ -z "$shells" ] || shellcheck -f gcc $shells || status=1
else
	echo "check-scripts: shellcheck is not installed; scripts were not read" >&2
fi
for file in build-aux/*.pl; do
	[ -f "$file" ] || continue
	perl -Ibuild-aux -wc "$file" 2>&1 | grep -v 'syntax OK$' && status=1
done
locks=$(find . -name node_modules -prune -o -name package-lock.json -print)
for file in $locks; do
	grep -nE '"resolved": *"https?:' "$file" | head -n 3 |
		sed "s|^|$file: names a download address: |" | grep . && status=1
done
exit "$status"
