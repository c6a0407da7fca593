#!/usr/bin/perl
# build-aux/check-banned.pl - Words that code may not use; the table, with the
# reasons, is build-aux/banned.txt.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

# `word(` is a call, `word*` begins with word.
sub pattern {
	my ($word) = @_;
	my $call = $word =~ s/\($// ? '\s*\(' : '\b';
	my $any = $word =~ s/\*$// ? '\w*' : '';
	return '(?<![\w.>])' . quotemeta($word) . $any . $call;
}

sub under {
	my ($file, @places) = @_;
	return grep {
		$_ eq 'all' || $file eq $_ || index($file, "$_/") == 0
	} @places;
}

my @rules;
my $table = 'build-aux/banned.txt';
my $n = 0;
for my $l (lines(text($table))) {
	$n++;
	next if $l =~ /^\s*(?:#|$)/;
	my ($words, $where, $except, $why) = split /\s*\|\s*/, $l;
	if (!defined $why) {
		refuse($table, $n, 'words | where | except | why');
		next;
	}
	my $any = join '|', map { pattern($_) } split ' ', $words;
	push @rules, { re => qr/($any)/, why => $why,
		       where => [split ' ', $where],
		       except => [split ' ', $except] };
}

for my $file (grep { !m{^tests/} } files(qr/\.[ch]$/)) {
	my @rule = grep {
		under($file, @{ $_->{where} }) &&
		!under($file, @{ $_->{except} })
	} @rules;
	my $i = 0;
	for my $l (lines(code($file))) {
		$i++;
		for my $r (@rule) {
			next if $l !~ $r->{re};
			(my $word = $1) =~ s/\s*\($//;
			refuse($file, $i, "$word: $r->{why}");
		}
	}
}
finish();
