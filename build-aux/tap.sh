#!/bin/sh
# build-aux/tap.sh - automake's test driver for programs that print TAP.
#
# Each case becomes a line of the .trs file, so that sums are over cases, not
# programs.  A program also fails when it ends with an error that no case
# explains, when it runs other cases than it planned, when it prints none, and
# after TEST_TIMEOUT seconds (default 300).  Exit status 77 skips the program.
set -u
name=test log=/dev/null trs=/dev/null expect=no
while [ $# -gt 0 ]; do
	case $1 in
	--test-name) name=$2 ;;
	--log-file) log=$2 ;;
	--trs-file) trs=$2 ;;
	--expect-failure) expect=$2 ;;
	--color-tests | --enable-hard-errors | --collect-skipped-logs) ;;
	--) shift && break ;;
	*) break ;;
	esac
	shift 2
done
[ "$expect" = no ] || echo "tap.sh: expected failures are not supported" >&2

timeout "${TEST_TIMEOUT:-300}" "$@" >"$log" 2>&1
status=$?
awk -v name="$name" -v status="$status" -v trs="$trs" '
	function result(kind, what) {
		print ":test-result: " kind " " what >trs
		count[kind]++
		if (kind == "FAIL")
			print "FAIL: " name ": " what
	}
	/^1\.\.[0-9]+/ {
		split($1, p, /\.\./)
		plan += p[2]
		planned = 1
		if ($0 ~ /^1\.\.0.*# *[Ss][Kk][Ii][Pp]/)
			result("SKIP", substr($0, index($0, "#")))
	}
	/^(not )?ok([ \t]|$)/ {
		cases++
		what = $0
		sub(/^(not )?ok[ \t]*[0-9]*[ \t]*-?[ \t]*/, "", what)
		if ($0 ~ /#[ \t]*[Ss][Kk][Ii][Pp]/)
			result("SKIP", what)
		else
			result($1 == "ok" ? "PASS" : "FAIL", what)
	}
	END {
		if (status == 77 && !cases)
			result("SKIP", "this machine lacks what it needs")
		else if (status == 124)
			result("FAIL", "ran out of time")
		else if (status && !count["FAIL"])
			result("FAIL", "ended with status " status)
		else if (!planned || plan != cases)
			result("FAIL", "ran " cases + 0 " cases of " plan + 0)
		all = count["FAIL"] ? "FAIL" : \
			count["PASS"] ? "PASS" : "SKIP"
		print ":global-test-result: " all >trs
		print ":recheck: " (all == "FAIL" ? "yes" : "no") >trs
		print ":copy-in-global-log: " (all == "FAIL" ? "yes" : "no") >trs
		if (all != "FAIL")
			printf "%s: %s (%d cases)\n", all, name, cases
	}' "$log"
