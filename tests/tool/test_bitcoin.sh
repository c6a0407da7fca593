#!/bin/sh
# tests/tool/test_bitcoin.sh - `tenure bitcoin` as a person starts and ends it.
# What it answers is tested by tests/unit/node/regtest and tests/bitcoin.
# shellcheck source=tests/tool/tool.sh
. "${srcdir:-.}/tests/tool/tool.sh"

# start [OPTION...]: runs it until it says where it listens.
start() {
	rm -f "$tool_dir/node"
	./tenure bitcoin --rpc-port 0 "$@" >"$tool_dir/node" 2>&1 &
	node=$!
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		grep -qs cookie "$tool_dir/node" && return 0
		sleep 0.5
	done
	sed 's/^/# /' "$tool_dir/node"
	return 1
}

# ends SIGNAL: whether it ends in order.
ends() {
	kill -s "$1" "$node"
	wait "$node"
}

port_is_taken() {
	port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$tool_dir/node")
	exits 2 timeout 20 ./tenure bitcoin --rpc-port "$port" && says 'in use' err
}

folder_is_taken() {
	exits 2 timeout 20 ./tenure bitcoin --rpc-port 0 --datadir "$tool_dir/a"
}

claim 'who is paid is named with the time between blocks' \
	exits 2 timeout 20 ./tenure bitcoin --block-time 1
claim 'an address of another network is refused' \
	exits 2 timeout 20 ./tenure bitcoin --mine-to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2
echo secret >"$tool_dir/auth"
claim 'a password without a user is refused' \
	exits 2 timeout 20 ./tenure bitcoin --rpc-auth "$tool_dir/auth"

claim 'in memory it starts' start
claim 'its port cannot be taken by another' port_is_taken
claim 'it ends in order when it is interrupted' ends INT

claim 'in a folder it starts' start --datadir "$tool_dir/a"
claim 'only the owner can read the cookie' \
	test "$(find "$tool_dir/a/regtest/.cookie" -perm 600)"
claim 'its folder cannot be taken by another' folder_is_taken
claim 'the other took nothing away' test -e "$tool_dir/a/regtest/.cookie"
claim 'it ends in order when it is asked' ends TERM
claim 'then its cookie is gone' test ! -e "$tool_dir/a/regtest/.cookie"
claim 'and it starts again' start --datadir "$tool_dir/a"
claim 'and ends' ends TERM
plan
