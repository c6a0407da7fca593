#!/bin/sh
# build-aux/check-format.sh - C files are fixed points of .clang-format, as
# Debian 12's clang-format writes them; another version is not asked.
set -eu
tool=
for name in clang-format-14 clang-format; do
	command -v "$name" >/dev/null || continue
	"$name" --version | grep -q 'version 14\.' || continue
	tool=$name
	break
done
if [ -z "$tool" ]; then
	echo "check-format: clang-format 14 is not installed; no file was read" >&2
	exit 0
fi
find clarity pox node sbtc zest tests -name node_modules -prune -o \
	-name fixture -prune -o -name '*.[ch]' -print 2>/dev/null | sort |
	xargs -r "$tool" --dry-run -Werror --ferror-limit=1 2>&1 |
	grep -E '^[^ ]+:[0-9]+:[0-9]+: error:' && exit 1
exit 0
