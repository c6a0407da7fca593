#!/bin/sh
# tests/unit/zest/risk/test_vault_trace.sh - The vault contract is compared with
# a file; here the file is compared with the model.
echo "1..1"
trace=tests/unit/zest/risk/vault_trace
if "$trace" | cmp - "${srcdir:-.}/tests/vectors/zest/vault.txt"; then
	echo "ok 1 - the vectors of a vault's life are the model's"
else
	echo "not ok 1 - the vectors of a vault's life are the model's"
fi
