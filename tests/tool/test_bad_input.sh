#!/bin/sh
# tests/tool/test_bad_input.sh - What no author means is refused: with a clear
# error, in less than 64 MiB and (watched by `timeout`, generously, because
# the machine may be busy) in no time.
# shellcheck source=tests/tool/tool.sh
. "${srcdir:-.}/tests/tool/tool.sh"

# repeat TEXT N: the text N times, N a power of two.
repeat() {
	awk -v text="$1" -v n="$2" 'BEGIN {
		while (n > 1) { text = text text; n /= 2 }
		printf "%s", text
	}'
}

# Sanitizers need memory of their own.
memory_is_small() {
	grep -q __asan_init ./tenure && return 0
	awk '/"peak_bytes"/ { exit !($2 + 0 < 64 * 1024 * 1024) }' \
		"$tool_dir/out"
}

# refused FILE RULE
refused() {
	exits 1 timeout 20 ./tenure clarity check --json "$tool_dir/$1" &&
		says "\"rule\": \"$2\"" && memory_is_small
}

repeat '(' 1048576 >"$tool_dir/parens.clar"
claim 'a million parentheses' refused parens.clar ExpressionStackDepthTooDeep
repeat '{a:' 524288 >"$tool_dir/braces.clar"
claim 'half a million tuples' refused braces.clar ExpressionStackDepthTooDeep
repeat '(ok u1) ' 2097152 >"$tool_dir/large.clar"
claim 'sixteen mebibytes' refused large.clar SourceTooLarge
printf '(define-constant a \000 u1)' >"$tool_dir/nul.clar"
claim 'a NUL byte' refused nul.clar UnknownSymbol
printf '(define-constant a "\377\376")' >"$tool_dir/utf8.clar"
claim 'bytes that are not UTF-8' refused utf8.clar NonASCIIChar
echo '(define-private (a) (b)) (define-private (b) (a))' \
	>"$tool_dir/circle.clar"
claim 'definitions in a circle' refused circle.clar CircularReference
printf '(define-constant %s u1)' "$(repeat a 128)" >"$tool_dir/name.clar"
claim 'the longest name is accepted' \
	exits 0 ./tenure clarity check "$tool_dir/name.clar"
printf '(define-constant %sa u1)' "$(repeat a 128)" >"$tool_dir/name.clar"
claim 'a longer name' refused name.clar NameTooLong
{
	printf '(define-constant a "'
	repeat a 1048576
	printf 'a")'
} >"$tool_dir/text.clar"
claim 'a text that is too long' refused text.clar IllegalASCIIString

mkdir "$tool_dir/loop" && ln -s ../loop "$tool_dir/loop/again" &&
	echo '(+ 1 u1)' >"$tool_dir/loop/a.clar"
claim 'a folder in itself' refused loop TypeError
plan
