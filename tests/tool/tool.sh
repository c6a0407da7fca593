# shellcheck shell=sh
# tests/tool/tool.sh - What the tests of the program share.
set -u
tool_count=0
tool_dir=$(mktemp -d) || exit 99
trap 'rm -rf "$tool_dir"' EXIT

# claim NAME COMMAND...: a case, which holds when the command succeeds.
claim() {
	tool_name=$1
	shift
	tool_count=$((tool_count + 1))
	if "$@"; then
		echo "ok $tool_count - $tool_name"
	else
		echo "not ok $tool_count - $tool_name"
	fi
}

# exits CODE COMMAND...: runs it, output to $tool_dir/out and err.
exits() {
	tool_want=$1
	shift
	"$@" >"$tool_dir/out" 2>"$tool_dir/err" </dev/null
	tool_got=$?
	[ "$tool_got" = "$tool_want" ] && return 0
	echo "# exit $tool_got, not $tool_want: $*"
	sed 's/^/# /' "$tool_dir/err"
	return 1
}

# says TEXT [out|err]: whether the last output holds it.
says() {
	grep -qF -e "$1" "$tool_dir/${2:-out}" && return 0
	echo "# it does not say: $1"
	return 1
}

plan() {
	echo "1..$tool_count"
}
