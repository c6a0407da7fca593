#!/usr/bin/perl
# build-aux/check-layers.pl - Layers point down: a directory includes only what
# build-aux/layers.txt grants it, and a foreign library is known to the one
# place that build-aux/foreign.txt names.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

my (%may, @rows);
my $table = 'build-aux/layers.txt';
my $n = 0;
for my $l (lines(text($table))) {
	$n++;
	$l =~ s/#.*//;
	my ($dir, @grants) = split ' ', $l;
	next if !defined $dir;
	refuse($table, $n, "$dir has two rows") if $may{$dir};
	my %g = ($dir => 1);
	for my $grant (@grants) {
		my @hit = grep {
			$_ eq $grant ||
			$grant =~ m{^(.*)/\*$} && m{^\Q$1\E/[^/]+$}
		} @rows;
		refuse($table, $n, "$dir grants $grant, which is not above it")
			if !@hit;
		$g{$_} = 1 for @hit;
	}
	$may{$dir} = \%g;
	push @rows, $dir;
}

# A header prefix, then the files or folders that may include it.
my %home;
$table = 'build-aux/foreign.txt';
for my $l (-f $table ? lines(text($table)) : ()) {
	$l =~ s/#.*//;
	my ($prefix, @homes) = split ' ', $l;
	$home{$prefix} = \@homes if defined $prefix;
}

sub check_foreign {
	my ($file, $line, $header) = @_;
	for my $prefix (keys %home) {
		next if index($header, $prefix) != 0;
		next if grep { $file eq $_ || index($file, "$_/") == 0 }
			@{ $home{$prefix} };
		refuse($file, $line, "<$header> belongs to " .
		       join(' and ', @{ $home{$prefix} }));
	}
}

for my $file (files(qr/\.(?:[ch]|def)$/)) {
	next if $file =~ m{^tests/};
	my $dir = folder($file);
	my $i = 0;
	refuse($file, 1, "$dir has no row in build-aux/layers.txt")
		if !$may{$dir};
	for my $l (lines(text($file))) {
		$i++;
		if ($l =~ /^\s*#\s*include\s*<([^>]+)>/) {
			check_foreign($file, $i, $1);
			next;
		}
		next if $l !~ /^\s*#\s*include\s*"([^"]+)"/;
		my $to = folder($1);
		next if $1 eq 'config.h' || !$may{$dir} || $may{$dir}{$to};
		refuse($file, $i, "$dir may not include \"$1\"");
	}
}
finish();
