#!/bin/sh
# tests/link/test_symbols.sh - Claims about the object files of this build, and
# about build-aux/check-symbols.pl, which makes them.
build=$(pwd)
. "${srcdir:-.}/tests/source/plant.sh"

said=$(cd "$root" && perl build-aux/check-symbols.pl "$build" 2>&1)
status=$?
echo "$said" | sed 's/^/# /'
claim "$status" 'the objects of this build use only lower layers'

object() { # PATH CODE: compiles into the planted tree
	mkdir -p "$tree/$(dirname "$1")"
	echo "$2" >"$tree/$1.c"
	${CC:-cc} -c -o "$tree/$1.o" "$tree/$1.c"
}

symbols() { # WHAT NAME: claims that the check says WHAT, or nothing
	said=$(cd "$tree" && perl "$root/build-aux/check-symbols.pl" . 2>&1)
	status=$?
	if [ -z "$1" ]; then
		claim "$status" "$2"
	else
		[ "$status" -ne 0 ] && echo "$said" | grep -qF -- "$1"
		claim "$?" "$2"
	fi
	clean
}

object clarity/base/low 'int low_get(void) { return 1; }'
object clarity/vm/high \
	'int low_get(void); int high_get(void) { return low_get(); }'
symbols '' 'a use that points down is accepted'

object clarity/vm/high 'int high_get(void) { return 1; }'
object clarity/base/low \
	'int high_get(void); int low_get(void) { return high_get(); }'
symbols 'clarity/base/low.c:1: uses high_get of clarity/vm/high.c' \
	'a use that points up is refused, without any include'

object clarity/base/low 'int table[3] = { 1 };'
symbols 'table is visible, and not named after its file' \
	'a visible variable with a foreign name is refused'

object clarity/base/low 'static int table[3]; int low(void) { return *table; }'
symbols '' 'a static variable may have any name'
planted
