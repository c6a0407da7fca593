#!/bin/sh
# tests/tool/test_program.sh - Verbs, exit codes and streams of `tenure`.
# shellcheck source=tests/tool/tool.sh
. "${srcdir:-.}/tests/tool/tool.sh"

version_is_shown() { exits 0 ./tenure --version && says 'tenure '; }
help_goes_to_output() {
	exits 0 ./tenure help clarity check && says '--jobs N' &&
		[ ! -s "$tool_dir/err" ]
}
usage_errors_go_to_errors() {
	exits 2 ./tenure clarity chekc && says "did you mean 'check'?" err &&
		[ ! -s "$tool_dir/out" ]
}
accepted_is_0() {
	echo '(define-constant a u1)' >"$tool_dir/a.clar"
	exits 0 ./tenure clarity check "$tool_dir/a.clar" && says accepted
}
rejected_is_1() {
	echo '(define-constant a (+ 1 u1))' >"$tool_dir/b.clar"
	exits 1 ./tenure clarity check "$tool_dir/b.clar" && says TypeError
}
unusable_is_2() {
	exits 2 ./tenure clarity check "$tool_dir/none.clar" &&
		says 'there is no such file' err
}
unreadable_is_2() {
	[ "$(id -u)" != 0 ] || return 0
	: >"$tool_dir/secret.clar" && chmod 0 "$tool_dir/secret.clar"
	exits 2 ./tenure clarity check "$tool_dir/secret.clar" &&
		says 'permission was denied' err
}
a_full_disk_is_no_success() {
	[ -c /dev/full ] || return 0
	./tenure clarity check "$tool_dir/a.clar" >/dev/full 2>"$tool_dir/err"
	[ $? = 2 ] && says 'standard output' err
}
pipes_get_no_colour() {
	./tenure clarity check "$tool_dir/b.clar" >"$tool_dir/out"
	! grep -q "$(printf '\033')" "$tool_dir/out"
}
terminals_get_colour() {
	command -v script >/dev/null || return 0
	script -qec "./tenure clarity check $tool_dir/b.clar" /dev/null \
		>"$tool_dir/out" </dev/null
	grep -q "$(printf '\033')" "$tool_dir/out"
}

claim 'the version is shown' version_is_shown
claim 'help goes to standard output' help_goes_to_output
claim 'usage errors go to standard error' usage_errors_go_to_errors
claim 'accepted is exit 0' accepted_is_0
claim 'rejected is exit 1' rejected_is_1
claim 'an absent file is exit 2' unusable_is_2
claim 'an unreadable file is exit 2' unreadable_is_2
claim 'a full disk is no success' a_full_disk_is_no_success
claim 'a pipe gets no colour' pipes_get_no_colour
claim 'a terminal gets colour' terminals_get_colour
plan
