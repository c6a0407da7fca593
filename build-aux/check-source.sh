#!/bin/sh
# build-aux/check-source.sh [CHECK...] - All checks of the source text, or the
# named ones.  Nothing is compiled.  Run it at the root of the tree; it prints
# one TAP line for a check, below what the check refuses.
set -u
here=$(dirname "$0")
[ $# -gt 0 ] || set -- layers includes banned malloc names size headers \
	listed format generated contracts scripts commits
n=0
failed=0
for check in "$@"; do
	n=$((n + 1))
	if [ -f "$here/check-$check.pl" ]; then
		run="perl"
		script=$here/check-$check.pl
	else
		run="sh"
		script=$here/check-$check.sh
	fi
	if "$run" "$script"; then
		echo "ok $n - $check"
	else
		echo "not ok $n - $check"
		failed=1
	fi
done
echo "1..$n"
exit "$failed"
