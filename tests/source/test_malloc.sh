#!/bin/sh
# tests/source/test_malloc.sh - Claims about build-aux/check-malloc.pl.
. "${srcdir:-.}/tests/source/plant.sh"

accepts malloc 'a clean tree is accepted'

for call in malloc calloc realloc reallocarray strdup strndup asprintf \
	aligned_alloc posix_memalign; do
	source_file clarity/vm/x.c '' "void *x_get(void)
{
	return $call(0);
}"
	refuses malloc "$call outside arena, buf, hmap and *_new" \
		"$call is refused"
done

source_file clarity/vm/x.c '' 'void *x_new(void)
{
	return malloc(1);
}'
accepts malloc 'a constructor may allocate'

source_file clarity/vm/x.c '' 'void *x_new(void)
{
	return 0;
}

void *x_later(void)
{
	return malloc(1);
}'
refuses malloc 'clarity/vm/x.c:13: malloc' \
	'a constructor does not excuse its neighbour'

source_file clarity/base/arena.c '' 'static void *p = malloc(1);'
accepts malloc 'arena.c may allocate'
planted
