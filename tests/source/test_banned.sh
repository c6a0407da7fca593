#!/bin/sh
# tests/source/test_banned.sh - Claims about build-aux/check-banned.pl: every
# word of every row is refused in each folder of the row, and only as code.
. "${srcdir:-.}/tests/source/plant.sh"

accepts banned 'a clean tree is accepted'

# All rows: plant each word, as a call where the table has a parenthesis.
grep -v '^#' "$root/build-aux/banned.txt" >"$tree.rows"
while IFS='|' read -r words where except why; do
	except=${except:-}
	why=${why:?the reason is missing}
	place=$(echo "$where" | awk '{ print $1 }')
	[ "$place" != all ] || place=node/io
	for word in $words; do
		name=$(echo "$word" | tr -d '(*')
		source_file "$place/planted.c" '' "static long x = $name(0);"
		refuses banned "$name:" "$name is refused in $place"
	done
done <<END
$(sed 's/\*/x*/g' "$tree.rows")
END
rm -f "$tree.rows"

source_file clarity/vm/x.c '' '/* a float, time(0) */
static const char *s = "double rand(";
static int random_walk(void);
int y = w->time(0);'
accepts banned 'comments, strings, longer names and members are not words'
clean

source_file clarity/base/check.h '' 'static int t = fprintf(0, 0);'
accepts banned 'an exception of a row is accepted'
clean

source_file node/http/x.c '' 'static double d;'
accepts banned 'a row holds in its folders only'
clean

echo 'goto | all' >>"$tree/build-aux/banned.txt"
refuses banned 'words | where | except | why' 'a row without reason is refused'
planted
