#!/bin/sh
# build-aux/check-commits.sh - Commit messages have the form "area: what", with
# at most 90 characters in the first line.  The newest 20 commits are read.
set -eu
git rev-parse --git-dir >/dev/null 2>&1 || exit 0
[ "$(git rev-parse --show-toplevel)" = "$(pwd -P)" ] || exit 0
git log --no-merges -n 20 --format='%h %s' | awk '
	{ commit = $1; sub(/^[^ ]+ /, "") }
	!/^[a-z0-9][a-z0-9_.\/,+ -]*: [^ ]/ {
		print commit ":1: \"" $0 "\" is not of the form area: what"
		bad = 1
	}
	length($0) > 90 {
		print commit ":1: the first line has " length($0) " characters"
		bad = 1
	}
	END { exit bad }'
