#!/bin/sh
# tests/embed/test_embed.sh - Claims about the installed library: clarity.h,
# libclarity.a, clarity.pc, and the example that uses them.
set -u
src=$(cd "${srcdir:-.}" && pwd)
here=$src/tests/embed
tree=$(pwd)/tests/embed/tree
n=0
bad=0

claim() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		bad=1
	fi
}

mkdir -p tests/embed
rm -rf "$tree"
log=tests/embed/test.out
"${MAKE:-make}" -s install DESTDIR="$tree" >"$log" 2>&1
claim $? 'the library can be installed' || cat "$log"

pc=$(find "$tree" -name clarity.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
PKG_CONFIG_SYSROOT_DIR=$tree
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
flags=$(pkg-config --cflags --libs clarity)
claim $? 'pkg-config finds it'

# The flags are words; so are those of a build with sanitizers.
# shellcheck disable=SC2086
${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror ${SAN_FLAGS:-} \
	-o tests/embed/counter "$src/docs/example/counter.c" $flags \
	>"$log" 2>&1
status=$?
[ "$status" -eq 0 ] || sed 's/^/# /' "$log"
claim "$status" 'the example compiles against what was installed'

tests/embed/counter >tests/embed/said.out 2>"$log"
claim $? 'the example runs'
diff -u "$here/counter.out" tests/embed/said.out >"$log"
status=$?
[ "$status" -eq 0 ] || sed 's/^/# /' "$log"
claim "$status" 'the example says what it should'

header=$(find "$tree" -name clarity.h)
! grep -q '#[[:space:]]*include *"' "$header"
claim $? 'the header needs no other header of this tree'
[ "$(find "$tree" -name '*.h' | wc -l)" -eq 1 ]
claim $? 'no other header is installed'

library=$(find "$tree" -name libclarity.a)
! nm -gP --defined-only "$library" | grep -v ':$' | grep -qv '^clarity_'
claim $? 'the library shows no name but those of the header'
missing=$(sed -n 's/^.*\b\(clarity_[a-z_]*\)(.*$/\1/p' "$header" | sort -u |
	while read -r name; do
		nm -gP --defined-only "$library" | grep -q "^$name T" ||
			echo "$name"
	done)
[ -z "$missing" ] || echo "# missing:$missing"
[ -z "$missing" ]
claim $? 'every function of the header is in the library'

printf '#include <clarity/clarity.h>\nint main(void) { return 0; }\n' \
	>tests/embed/alone.c
# shellcheck disable=SC2086
${CC:-cc} -std=c99 -Wall -Wpedantic -Werror -I"$(dirname "$header")/.." \
	-fsyntax-only tests/embed/alone.c >"$log" 2>&1
claim $? 'the header stands alone, in C99 too'
rm -rf "$tree" tests/embed/alone.c tests/embed/said.out
echo "1..$n"
exit "$bad"
