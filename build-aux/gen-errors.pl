#!/usr/bin/perl
# build-aux/gen-errors.pl ERR.DEF - docs/ERRORS.md from the table of errors.
use strict;
use warnings;

local $/;
my $s = <>;
$s =~ s{^/\*.*?\*/}{}s;

print <<'END';
# Errors

Made from `clarity/base/err.def` by `make docs`.

A *verdict* says that the input is wrong: every node reaches the same one. A
*fault* says that this machine failed: it never becomes a verdict. What a
program does about each is in `docs/ARCHITECTURE.md`.
END

my $table = 0;
while ($s =~ m{/\*\s*(?<where>[^*]*?)\s*\*/|
	X\(\s*(?<name>\w+)\s*,\s*(?<class>\w+)\s*,\s*(?<text>(?:"(?:[^"\\]|\\.)*"\s*)+)\)}gsx) {
	if (defined $+{where}) {
		next if $+{where} =~ /^clang-format/;
		print "\n## $+{where}\n";
		$table = 0;
		next;
	}
	print "\n| error | class | meaning |\n| --- | --- | --- |\n" if !$table;
	$table = 1;
	my ($name, $class, $text) = @+{qw(name class text)};
	$text =~ s/"\s*"//g;
	$text =~ s/^"|"\s*$//g;
	$text =~ s/\\(.)/$1/g;
	$text =~ s/\|/\\|/g;
	printf "| `%s` | %s | %s |\n", $name, lc $class, $text;
}
