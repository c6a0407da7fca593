#!/usr/bin/perl
# build-aux/gen-natives.pl NATIVE.DEF NATIVE_DOC.DEF - docs/NATIVES.md from the
# table of words and the table of their texts.
use strict;
use warnings;

my ($words_file, $docs_file) = @ARGV;

sub slurp {
	my ($name) = @_;
	local $/;
	open(my $f, '<', $name) or die "$name: $!\n";
	return scalar <$f>;
}

sub unquote {
	my ($s) = @_;
	$s =~ s/\\(.)/$1/g;
	return $s;
}

my $string = qr{"((?:[^"\\]|\\.)*)"};
my %word;
my $words = slurp($words_file);
while ($words =~ m{^(NATIVE|KEYWORD|DEFINE)\((\w+),\s*"([^"]+)",\s*([^)]*)\)}gm) {
	my ($kind, $id, $name, $rest) = ($1, $2, $3, $4);
	my @columns = split /,\s*/, $rest;
	my ($first, $last) = $kind eq 'DEFINE' ? (1, 6) : @columns[0, 1];
	my ($min, $max) = $kind eq 'NATIVE' ? @columns[3, 4]
		: $kind eq 'DEFINE' ? @columns[0, 1] : ();
	$word{"${kind}_$id"} = { name => $name, first => $first, last => $last,
		min => $min, max => $max };
}

print <<'END';
# The words of Clarity

Made from `clarity/lang/native.def` and `clarity/lang/native_doc.def` by
`make docs`. The prompt shows the same texts: `::help word`.

`A`, `B` and `C` stand for any types, `...` for more of the same. Versions are
those of Clarity; a contract keeps the version that it was deployed with. How
many arguments a word takes is what holds when it runs.
END

my $docs = slurp($docs_file);
$docs =~ s{^/\*.*?\*/}{}s;
while ($docs =~ m{/\*\s*([^*]*?)\s*\*/|
	X\((\w+),\s*$string,\s*$string,\s*$string,\s*$string\)}gx) {
	if (defined $1) {
		print "\n## $1\n" if $1 !~ /^clang-format/;
		next;
	}
	my ($id, $usage, $help, $example, $result) = ($2, map { unquote($_) } $3, $4, $5, $6);
	my $w = delete $word{$id} or die "no word $id\n";
	my $since = $w->{last} == 6 ? "Clarity $w->{first}" . ($w->{first} < 6 ? ' and later' : '')
		: $w->{first} == $w->{last} ? "Clarity $w->{first} only"
		: "Clarity $w->{first} to $w->{last}";
	my $count = !defined $w->{min} ? ''
		: $w->{max} eq 'MANY' ? ($w->{min} ? "; $w->{min} or more arguments" : '; any number of arguments')
		: $w->{min} == $w->{max} ? "; $w->{min} argument" . ($w->{min} == 1 ? '' : 's')
		: "; $w->{min} or $w->{max} arguments";
	print "\n### `$w->{name}`\n\n`$usage`\n\n$help\n\n*$since$count.*\n";
	next if $example eq '';
	print "\n```clarity\n$example\n";
	print ";; $result\n" if $result ne '';
	print "```\n";
}
die "no text for: @{[sort keys %word]}\n" if %word;
