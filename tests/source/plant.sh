# shellcheck shell=sh
# tests/source/plant.sh - A small clean tree in which a test plants one
# violation, to prove that a source check refuses it.  Sourced by test_*.sh.
#
# The tables (layers.txt, banned.txt, ...) are the real ones.  Every claim
# prints one TAP line; `planted` ends the test.
set -u
root=$(cd "${srcdir:-.}" && pwd)
n=0
bad=0
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

header() { # PATH DECLARATIONS
	guard=$(echo "$1" | tr 'a-z/.' 'A-Z__')
	mkdir -p "$tree/$(dirname "$1")"
	cat >"$tree/$1" <<END
/*
 * $1 - One thing.
 *
 * Layer:    $(dirname "$1").
 * Memory:   never allocates.
 * Threads:  pure functions.
 */
#ifndef $guard
#define $guard

$2

#endif /* $guard */
END
}

source_file() { # PATH INCLUDES CODE
	mkdir -p "$tree/$(dirname "$1")"
	cat >"$tree/$1" <<END
/* $1 - One thing; contract in its header. */
#include "config.h"

$2

$3
END
}

clean() {
	rm -rf "$tree"
	mkdir -p "$tree/build-aux" "$tree/docs"
	cp "$root"/build-aux/*.txt "$tree/build-aux"
	: >"$tree/build-aux/generated.txt"
	: >"$tree/Makefile.am"
	cp "$root/.clang-format" "$tree"
	header clarity/base/one.h '/** @return one. */
int one_get(void);'
	source_file clarity/base/one.c '#include "clarity/base/one.h"' \
		'int one_get(void)
{
	return 1;
}'
	header clarity/value/two.h '/** @return two. */
int two_get(void);'
	source_file clarity/value/two.c '#include "clarity/value/two.h"

#include <stddef.h>

#include "clarity/base/one.h"' \
		'int two_get(void)
{
	return one_get() + 1;
}'
	cat >"$tree/clarity/Makefile.inc" <<'END'
lib = clarity/base/one.c clarity/base/one.h \
	clarity/value/two.c clarity/value/two.h
END
	echo '# Clarity' >"$tree/clarity/README.md"
}

check() { # CHECK
	if [ -f "$root/build-aux/check-$1.pl" ]; then
		(cd "$tree" && perl "$root/build-aux/check-$1.pl") 2>&1
	else
		(cd "$tree" && sh "$root/build-aux/check-$1.sh") 2>&1
	fi
}

claim() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		bad=1
	fi
}

# Claims that the check accepts the tree as it stands.
accepts() { # CHECK NAME
	if said=$(check "$1"); then
		claim 0 "$2"
	else
		echo "$said" | sed 's/^/# /'
		claim 1 "$2"
	fi
}

# Claims that the check refuses the tree, saying WHAT; then cleans the tree.
refuses() { # CHECK WHAT NAME
	if said=$(check "$1"); then
		echo "# the check passed"
		claim 1 "$3"
	elif echo "$said" | grep -qF -- "$2"; then
		claim 0 "$3"
	else
		echo "$said" | sed 's/^/# said: /'
		claim 1 "$3"
	fi
	clean
}

planted() {
	echo "1..$n"
	exit "$bad"
}

clean
