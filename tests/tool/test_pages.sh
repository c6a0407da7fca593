#!/bin/sh
# tests/tool/test_pages.sh - The manual page and the completion work.
# shellcheck source=tests/tool/tool.sh
. "${srcdir:-.}/tests/tool/tool.sh"

man_page_is_clean() {
	command -v man >/dev/null || return 0
	LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -l \
		node/app/tenure.1 >"$tool_dir/out" 2>"$tool_dir/err"
	says 'clarity check' && [ ! -s "$tool_dir/err" ]
}

# completes WORDS WANT: what bash offers for the last of the words.
completes() {
	bash -c '
		. node/app/completion/tenure
		IFS=" " read -r -a COMP_WORDS <<<"$1x"
		COMP_WORDS[-1]=${COMP_WORDS[-1]%x}
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_tenure
		echo "${COMPREPLY[*]}"' bash "$1" >"$tool_dir/out" 2>&1
	[ "$(cat "$tool_dir/out")" = "$2" ] && return 0
	echo "# $1: $(cat "$tool_dir/out"), not $2"
	return 1
}

claim 'the manual page is clean' man_page_is_clean
claim 'verbs are completed' completes 'tenure cl' clarity
claim 'verbs below verbs are completed' completes 'tenure clarity ch' check
claim 'options are completed' completes 'tenure clarity check --ep' --epoch
claim 'values are completed' completes 'tenure clarity check --epoch 4' \
	'4.0 4.1'
claim 'options behind operands are completed' \
	completes 'tenure clarity check a.clar --js' --json
plan
