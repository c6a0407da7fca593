#!/bin/sh
# tests/source/test_size.sh - Claims about build-aux/check-size.pl.
. "${srcdir:-.}/tests/source/plant.sh"

repeat() { # TIMES LINE
	awk -v n="$1" -v s="$2" 'BEGIN { while (n-- > 0) print s }'
}

function_of() { # LINES
	source_file clarity/base/one.c '' "int one_get(void)
{
$(repeat "$1" '	f();')
}"
}

accepts size 'a clean tree is accepted'

repeat 900 '/* */' >"$tree/clarity/base/big.c"
accepts size 'a file of 900 lines is accepted'
repeat 901 '/* */' >"$tree/clarity/base/big.c"
refuses size 'clarity/base/big.c:901: 901 lines' \
	'a file of 901 lines is refused'

function_of 70
accepts size 'a function of 70 lines is accepted'
function_of 71
refuses size 'one_get has 71 lines' 'a function of 71 lines is refused'

function_of 71
echo 'clarity/base/one.c one_get the dispatch loop' >"$tree/build-aux/long.txt"
accepts size 'a function named in long.txt may be longer'
clean

source_file clarity/base/one.c '' 'int one_get(int a, int b, int c, int d, int e, int f)
{
	return 1;
}'
accepts size 'six parameters are accepted'

source_file clarity/base/one.c '' 'int one_get(int a, int b, int c, int d, int e, int f,
	    int (*g)(int, int))
{
	return 1;
}'
refuses size 'one_get has 7 parameters' 'seven parameters are refused'
planted
