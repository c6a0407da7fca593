#!/usr/bin/perl
# build-aux/check-listed.pl - Every source is in the build: a file that no
# Makefile.inc names would be missing from the program, or from the tarball.
# Every top-level folder says in a README.md of at most 60 lines what it is.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

# All words of the build, with %reldir% made plain.
my %listed;
for my $make ('Makefile.am', files(qr{/Makefile\.inc$})) {
	next if !-f $make;
	my ($dir, $s) = (folder($make), text($make));
	$s =~ s/#[^\n]*//g;
	$s =~ s/[%{]reldir[%}]/$dir/g;
	$listed{$_} = 1 for split /[\s=]+/, $s;
}

for my $file (files(qr/\.(?:[ch]|def|clar|mjs|sh|pl)$/)) {
	next if $listed{$file};
	# A whole folder may be listed.
	my $dir = $file;
	my $in = 0;
	while ($dir =~ s{/[^/]+$}{}) {
		$in = 1 if $listed{$dir};
	}
	refuse($file, 1, 'no Makefile.inc names this file') if !$in;
}

for my $top (grep { -d } qw(clarity pox node sbtc zest tests docs)) {
	my $some = grep { -f } glob("$top/* $top/*/*");
	next if !$some;
	my $readme = "$top/README.md";
	if (!-f $readme) {
		refuse($readme, 1, 'is missing');
		next;
	}
	my $n = (text($readme) =~ tr/\n//);
	refuse($readme, $n, "$n lines; 60 are the most") if $n > 60;
}
finish();
