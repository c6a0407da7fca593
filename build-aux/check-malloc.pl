#!/usr/bin/perl
# build-aux/check-malloc.pl - Memory is owned by lifetime: the C library's
# allocator is called only by arena.c, buf.c, hmap.c and functions whose name
# ends in _new.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

my %home = map { ("clarity/base/$_.c" => 1) } qw(arena buf hmap);
my $call = qr/(?<![\w.>])((?:m|c|re)alloc|reallocarray|aligned_alloc|
	posix_memalign|strn?dup|v?asprintf)\s*\(/x;

for my $file (grep { !m{^tests/} } files(qr/\.[ch]$/)) {
	next if $home{$file};
	my @new = grep { $_->{name} =~ /_new$/ } functions($file);
	my $i = 0;
	for my $l (lines(code($file))) {
		$i++;
		next if $l !~ $call;
		my $word = $1;
		next if grep { $_->{first} < $i && $i < $_->{last} } @new;
		refuse($file, $i, "$word outside arena, buf, hmap and *_new");
	}
}
finish();
