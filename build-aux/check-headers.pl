#!/usr/bin/perl
# build-aux/check-headers.pl - The header is the contract.
#
# Every file opens with a comment that names it and makes its claim in one
# line.  A header's comment also has Layer, Memory and Threads, and every
# function it declares has a doc comment.  One comment serves the declarations
# that follow without a blank line; with blank lines too, if it begins "Each".
# Headers of tests, other than those in tests/lib, are local: no doc comments.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

sub check_top {
	my ($file, $s) = @_;
	my ($top) = $s =~ m{^(/\*.*?\*/)}s;
	$top = '' if !defined $top;
	refuse($file, 1, "open with \"/* $file - what it is\"")
		if $top !~ m{^/\*(?:\n \*)? \Q$file\E - \S};
	return if $file !~ /\.h$/;
	my @fields = $file =~ m{^tests/} ? qw(Layer) : qw(Layer Memory Threads);
	for my $field (@fields) {
		refuse($file, 1, "the top comment lacks $field:")
			if $top !~ /^ \* $field:\s+\S/m;
	}
}

# Pieces of a header, in order: [line, kind, text], where kind is doc, plain
# (another comment), decl (a function), other (a declaration), space, cpp.
sub pieces {
	my ($s) = @_;
	my (@piece, $line);
	$line = 1;
	while ($s =~ m{\G(?:
		(?<doc>/\*\*(?!/).*?\*/) |
		(?<plain>/\*.*?\*/) |
		(?<cpp>\#(?:[^\n\\]|\\.)*) |
		(?<space>\s+) |
		(?<decl>(?:[^;\{\}/\#]|/(?!\*))+
			(?:;|(?<body>\{(?:[^{}]|(?&body))*\})(?:\s*;)?))|
		(?<odd>.))}gsx) {
		my ($kind) = grep { defined $+{$_} } qw(doc plain cpp space decl odd);
		push @piece, [$line, $kind, $+{$kind}];
		$line += ($+{$kind} =~ tr/\n//);
	}
	return @piece;
}

sub is_function {
	my ($s) = @_;
	$s =~ s{/\*.*?\*/}{}gs;
	$s =~ s/__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)//g;
	return if $s =~ /^\s*(?:typedef|_Static_assert|extern\s+const)\b/;
	return if $s =~ /^[^(]*=/;
	return if $s =~ /^[^(]*\(\s*\*/;
	return $1 if $s =~ /^[^({]*?\b([A-Za-z_]\w*)\s*\([^{]*\)\s*[;{]/s;
	return;
}

sub check_docs {
	my ($file, $s) = @_;
	my $covered = '';
	for my $p (pieces($s)) {
		my ($line, $kind, $text) = @$p;
		if ($kind eq 'doc') {
			$covered = $text =~ m{^/\*\*\s*(?:\* )?Each\b} ?
				'each' : 'run';
		}
		$covered = '' if $kind eq 'space' && $covered eq 'used' &&
			$text =~ /\n\s*\n/;
		next if $kind ne 'decl';
		my $name = is_function($text);
		refuse($file, $line, "$name has no doc comment")
			if defined $name && !$covered;
		$covered = '' if !defined $name;
		$covered = 'used' if $covered eq 'run';
	}
}

for my $file (files(qr/\.(?:[ch]|def)$/)) {
	my $s = text($file);
	check_top($file, $s);
	next if $file !~ /\.h$/ || $file =~ m{^tests/(?!lib/)};
	check_docs($file, $s);
}
finish();
