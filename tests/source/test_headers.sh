#!/bin/sh
# tests/source/test_headers.sh - Claims about build-aux/check-headers.pl.
. "${srcdir:-.}/tests/source/plant.sh"

accepts headers 'a full contract is accepted'

for field in Layer Memory Threads; do
	sed -i "/^ \* $field:/d" "$tree/clarity/base/one.h"
	refuses headers "the top comment lacks $field:" \
		"a header without $field is refused"
done

sed -i 's| \* clarity/base/one.h - One| * one.h: one|' \
	"$tree/clarity/base/one.h"
refuses headers 'open with "/* clarity/base/one.h - what it is"' \
	'a header that does not name itself is refused'

sed -i '1d' "$tree/clarity/base/one.c"
refuses headers 'open with "/* clarity/base/one.c - what it is"' \
	'a source that does not name itself is refused'

header clarity/base/one.h 'int one_get(void);'
refuses headers 'one_get has no doc comment' \
	'a function without doc comment is refused'

header clarity/base/one.h '/** @return one. */
int one_get(void);
int one_get_u64(int a);

int one_put(int a);'
refuses headers 'one_put has no doc comment' \
	'a comment covers a run without blank lines only'

header clarity/base/one.h '/** @return one. */
int one_get(void);
int one_get_u64(int a);'
accepts headers 'a comment covers the twin below'

header clarity/base/one.h '/** Each returns one. */
int one_get(void);

int one_more(int a);

/** A struct ends the run. */
struct one {
	int (*call)(int); /* not a function */
};'
accepts headers 'a comment that begins with Each covers a run'

header clarity/base/one.h '/** Each returns one. */
int one_get(void);

struct one {
	int x;
};

int one_last(void);'
refuses headers 'one_last has no doc comment' \
	'a run ends at the next declaration'

header clarity/base/one.h '/** @return one. */
MUST_USE static inline enum err one_in(int a)
{
	if (a) {
		return 1;
	}
	return 2;
}

MUST_USE static inline enum err one_bare(int a)
{
	return a;
}'
refuses headers 'one_bare has no doc comment' \
	'an inline function without doc comment is refused'
planted
