#!/usr/bin/perl
# build-aux/check-names.pl - A symbol tells its file.
#
# Every non-static function of x.c is named x_..., and no two files of the
# tree share a stem, so that nothing collides at link.  A folder's umbrella
# header (pox/pox.h, clarity/clarity.h) may give functions the folder's name;
# build-aux/names.txt names the files that hold a second module.  main.c is
# each program's own, and so is what lies in tests outside of lib and unit.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

# What is a program by itself, or linked into one test program only.
my $program = qr{^tests/(?!lib/|unit/)};

my (%stem, %symbol, %second);

for my $l (-f 'build-aux/names.txt' ? lines(text('build-aux/names.txt')) : ()) {
	$second{$1}{$2} = 1 if $l =~ /^([^#\s]+)\s+(\w+)\s*$/;
}

sub umbrella {
	my ($file) = @_;
	my $top = (split m{/}, $file)[0];
	return if !-f "$top/$top.h";
	return map { $_ => 1 } code("$top/$top.h") =~ /\b(${top}_\w+)\s*\(/g;
}

for my $file (files(qr/\.c$/)) {
	my $stem = stem($file);
	next if $stem eq 'main' || $file =~ $program;
	refuse($file, 1, "the stem $stem is $stem{$stem}'s already")
		if $stem{$stem};
	$stem{$stem} = $file;
	my %public = umbrella($file);
	my @second = map { quotemeta } keys %{ $second{$file} || {} };
	my $prefix = join '|', quotemeta $stem, @second;
	my $stands_in = $file =~ m{^tests/} && @second
		? qr/^(?:@{[ join '|', @second ]})_/ : qr/^(?!)/;
	for my $f (functions($file)) {
		next if $f->{static} || $f->{name} eq 'main';
		my $name = $f->{name};
		next if $name eq 'LLVMFuzzerTestOneInput' ||
			$name =~ /^__wrap_/; # names that tools prescribe
		refuse($file, $f->{first}, "$name is defined in " .
		       "$symbol{$name} too")
			if $symbol{$name} && $name !~ $stands_in;
		$symbol{$name} = $file;
		next if $public{$name} || $name =~ /^(?:$prefix)(?:_|$)/;
		refuse($file, $f->{first}, "$name should be ${stem}_...");
	}
}
finish();
