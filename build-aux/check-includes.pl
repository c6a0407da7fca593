#!/usr/bin/perl
# build-aux/check-includes.pl - Include order and include guards.
#
# A source file includes "config.h", then its own header, then <system>
# headers, then "project" headers, each block sorted; every header is named from
# the root of the tree.  A header's guard is its path in capitals.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

# Where in the order an include stands.
sub rank {
	my ($file, $name, $system, $last) = @_;
	(my $own = $file) =~ s/\.c$/.h/;
	return 2 if $system;
	return 0 if $name eq 'config.h';
	return 1 if $name eq $own;
	# A test's own header is the one of its frame, if it comes first.
	return 1 if $last < 2 && $name =~ m{^tests/};
	return 3;
}

sub check_order {
	my ($file) = @_;
	my ($last_rank, $last_name, $off, $n, $first) = (-1, '', 0, 0, 1);
	for my $l (lines(text($file))) {
		$n++;
		$off = 1 if $l =~ m{/\* clang-format off \*/};
		$off = 0 if $l =~ m{/\* clang-format on \*/};
		$last_name = '' if $l =~ /^\s*$/; # a new block
		next if $l !~ /^#\s*include\s*(["<])([^">]+)[">]/;
		my ($system, $name) = ($1 eq '<', $2);
		next if $name =~ /\.def$/ || $off;
		if ($first && $file =~ /\.c$/ && $name ne 'config.h') {
			refuse($file, $n, 'config.h comes first');
		}
		$first = 0;
		refuse($file, $n, 'a header does not include config.h')
			if $file =~ /\.h$/ && $name eq 'config.h';
		refuse($file, $n, "name \"$name\" from the tree's root")
			if !$system && $name !~ m{/} && $name ne 'config.h';
		my $rank = rank($file, $name, $system, $last_rank);
		if ($rank < $last_rank) {
			refuse($file, $n, "$name stands too late: config.h, " .
			       'own header, <system>, "project"');
		} elsif ($rank == $last_rank && $name le $last_name) {
			refuse($file, $n, "$name is not in sorted order");
		}
		($last_rank, $last_name) = ($rank, $name);
	}
	refuse($file, 1, 'config.h comes first')
		if $first && $file =~ /\.c$/;
}

sub check_guard {
	my ($file) = @_;
	(my $guard = uc $file) =~ s/[^A-Z0-9]/_/g;
	my $s = code($file);
	refuse($file, 1, "the include guard is $guard")
		if $s !~ /^\s*#ifndef $guard\n#define $guard\n/ ||
		   text($file) !~ m{\n#endif /\* $guard \*/\n$};
}

for my $file (files(qr/\.[ch]$/)) {
	check_order($file);
	check_guard($file) if $file =~ /\.h$/;
}
finish();
