#!/bin/sh
# tests/source/test_tree.sh - Claims about the checks of the whole tree: files
# listed, documents generated, contracts pinned, scripts sound, commits named,
# C formatted; and about their driver.
. "${srcdir:-.}/tests/source/plant.sh"

accepts listed 'a tree whose files are all listed is accepted'
source_file clarity/base/lost.c '' ''
refuses listed 'clarity/base/lost.c:1: no Makefile.inc names this file' \
	'a source outside the build is refused'
rm "$tree/clarity/README.md"
refuses listed 'clarity/README.md:1: is missing' \
	'a folder without README is refused'
seq 61 >"$tree/clarity/README.md"
refuses listed '61 lines; 60 are the most' 'a long README is refused'

mkdir "$tree/table"
echo 'X(OK, NONE, "ok")' >"$tree/table/err.def"
echo 'docs/E.md gen-errors.pl table/err.def' >"$tree/build-aux/generated.txt"
perl "$root/build-aux/gen-errors.pl" "$tree/table/err.def" >"$tree/docs/E.md"
accepts generated 'a document that equals its tables is accepted'
echo 'X(NEW, FAULT, "new")' >>"$tree/table/err.def"
refuses generated 'docs/E.md:1: differs from its tables' \
	'a stale document is refused'

mkdir -p "$tree/sbtc/contracts"
echo '(ok true)' >"$tree/sbtc/contracts/sbtc.clar"
refuses contracts 'sbtc/CONTRACTS.sha256:1: is missing' \
	'contracts without pins are refused'
pin() {
	mkdir -p "$tree/sbtc/contracts"
	echo '(ok true)' >"$tree/sbtc/contracts/sbtc.clar"
	(cd "$tree/sbtc" && sha256sum contracts/*.clar >CONTRACTS.sha256)
}
pin
accepts contracts 'a pinned contract is accepted'
echo '(ok false)' >"$tree/sbtc/contracts/sbtc.clar"
refuses contracts 'sbtc/contracts/sbtc.clar:1: is' 'an edited contract is refused'
pin
rm "$tree/sbtc/contracts/sbtc.clar"
refuses contracts 'contracts/sbtc.clar is gone' 'a lost contract is refused'
pin
echo 1 >"$tree/sbtc/contracts/new.clar"
refuses contracts 'says nothing' 'a contract without a pin is refused'

accepts scripts 'a tree without scripts is accepted'
printf '#!/usr/bin/env bash\n:\n' >"$tree/build-aux/x.sh"
refuses scripts 'build-aux/x.sh:1: a script begins with #!/bin/sh' \
	'another shell is refused'
if command -v shellcheck >/dev/null; then
	printf '#!/bin/sh\nrm "a" %s1\n' '$' >"$tree/build-aux/x.sh"
	refuses scripts 'build-aux/x.sh:2:' "shellcheck's findings are refused"
fi
printf 'use strict;\nprint %sx;\n' '$' >"$tree/build-aux/x.pl"
refuses scripts 'Global symbol' 'Perl that does not compile is refused'
mkdir -p "$tree/tests/oracle"
echo '"resolved": "https://registry.example/x.tgz",' \
	>"$tree/tests/oracle/package-lock.json"
refuses scripts 'names a download address' 'a lock file with hosts is refused'

commit() {
	git -C "$tree" init -q
	git -C "$tree" -c user.name=n -c user.email=e@example.org \
		commit -q --allow-empty -m "$1"
}
commit 'value: consensus codec'
accepts commits 'area: what is accepted'
clean
commit 'Fixed some things'
refuses commits 'is not of the form area: what' 'another form is refused'
commit 'value: a first line that goes on and on until hardly anybody reads it to its very end'
accepts commits 'a first line that is not too long is accepted'
clean
commit "value: $(seq -s ' ' 40)"
refuses commits 'the first line has' 'a long first line is refused'

if command -v clang-format-14 >/dev/null ||
	clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	accepts format 'formatted C is accepted'
	sed -i 's/return 1;/return  1;/' "$tree/clarity/base/one.c"
	refuses format 'clarity/base/one.c:8:' 'unformatted C is refused'
else
	echo "# clang-format 14 is not installed"
	n=$((n + 1))
	echo "ok $n - unformatted C is refused # SKIP"
fi

all() {
	(cd "$tree" && sh "$root/build-aux/check-source.sh" layers size) 2>&1
}
all >/dev/null
claim $? 'the driver accepts a clean tree'
source_file clarity/extra/x.c '' ''
! said=$(all)
claim $? 'the driver fails with one check'
echo "$said" | grep -q '^not ok 1 - layers' &&
	echo "$said" | grep -q '^ok 2 - size'
claim $? 'the driver runs every check and says which failed'
planted
