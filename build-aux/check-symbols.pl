#!/usr/bin/perl
# build-aux/check-symbols.pl BUILD - The layers once more, as the linker sees
# them: an object file uses only symbols of folders that build-aux/layers.txt
# grants to its own, and a symbol that others can see begins with the stem of
# its file.  Run at the root of the tree, on a finished build.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

my $build = shift or die "usage: check-symbols.pl BUILD\n";
my (%may, @rows, %second);

for my $l (lines(text('build-aux/layers.txt'))) {
	$l =~ s/#.*//;
	my ($dir, @grants) = split ' ', $l;
	next if !defined $dir;
	$may{$dir}{$dir} = 1;
	for my $grant (@grants) {
		$may{$dir}{$_} = 1 for grep {
			$_ eq $grant ||
			$grant =~ m{^(.*)/\*$} && m{^\Q$1\E/[^/]+$}
		} @rows;
	}
	push @rows, $dir;
}
for my $l (-f 'build-aux/names.txt' ? lines(text('build-aux/names.txt')) : ()) {
	push @{ $second{$1} }, $2 if $l =~ /^([^#\s]+)\s+(\w+)\s*$/;
}

# [folder, source, symbol, defined?] of every object of the layers.
my @seen;
for my $dir (@rows) {
	for my $object (sort glob("$build/$dir/*.o")) {
		my ($stem) = $object =~ m{([^/]+)\.o$};
		$stem =~ s/^.*-//; # per-target objects: target-stem.o
		for my $l (split /\n/, `nm -gP '$object'`) {
			my ($symbol, $type) = split ' ', $l;
			next if $type !~ /^[TDBRCVUW]$/;
			push @seen, [$dir, "$dir/$stem.c", $symbol,
				     $type ne 'U'];
		}
	}
}

my %home;
for my $s (grep { $_->[3] } @seen) {
	my ($dir, $file, $symbol) = @$s;
	$home{$symbol} = $s;
	next if $symbol eq 'main' || $symbol =~ /^__/;
	my $top = (split m{/}, $dir)[0];
	my @prefix = (stem($file), @{ $second{$file} || [] });
	push @prefix, $top if -f "$top/$top.h" &&
		text("$top/$top.h") =~ /\b\Q$symbol\E\b/;
	next if grep { $symbol =~ /^\Q$_\E(?:_|$)/ } @prefix;
	refuse($file, 1, "$symbol is visible, and not named after its file");
}
for my $s (grep { !$_->[3] && $home{ $_->[2] } } @seen) {
	my ($dir, $file, $symbol) = @$s;
	my $from = $home{$symbol};
	next if $may{$dir}{ $from->[0] };
	refuse($file, 1, "uses $symbol of $from->[1], which is not below");
}
die "check-symbols.pl: no object files in $build\n" if !@seen;
finish();
