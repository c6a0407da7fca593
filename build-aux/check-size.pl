#!/usr/bin/perl
# build-aux/check-size.pl - Small: files stop at 900 lines, functions at 70
# lines and 6 parameters.  Longer functions are named, with the reason, in
# build-aux/long.txt; there is room for very few.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

my ($FILE_LINES, $FUNCTION_LINES, $PARAMETERS) = (900, 70, 6);

my %long;
my $table = 'build-aux/long.txt';
for my $l (-f $table ? lines(text($table)) : ()) {
	$long{"$1:$2"} = 1 if $l =~ /^([^#\s]+)\s+(\w+)\s+\S/;
}

for my $file (files(qr/\.(?:[ch]|def|mjs|js|clar)$/)) {
	my $n = (text($file) =~ tr/\n//);
	refuse($file, $n, "$n lines; a file stops at $FILE_LINES")
		if $n > $FILE_LINES && $file !~ m{^tests/(?:vectors|clar)/};
	next if $file !~ /\.[ch]$/;
	for my $f (functions($file)) {
		my $lines = $f->{last} - $f->{first} - 1;
		refuse($file, $f->{first}, "$f->{name} has $lines lines; " .
		       "a function stops at $FUNCTION_LINES")
			if $lines > $FUNCTION_LINES &&
			   !$long{"$file:$f->{name}"};
		refuse($file, $f->{first}, "$f->{name} has $f->{params} " .
		       "parameters; $PARAMETERS are the most")
			if $f->{params} > $PARAMETERS;
	}
}
finish();
