# build-aux/Source.pm - What the source checks share: which files there are,
# their text without comments and strings, and where functions begin and end.
#
# The checks read text, they do not compile.  They rely on the layout that
# .clang-format gives: a function's braces stand alone in the first column.
package Source;

use strict;
use warnings;
use Exporter 'import';
use File::Find;

our @EXPORT = qw(files text code lines functions refuse finish stem folder);

my @TOP = qw(clarity pox node sbtc zest tests);
my $refused = 0;

# Paths below the top-level folders (or those named in `in`), sorted.
sub files {
	my ($pattern, @in) = @_;
	my @found;
	@in = @TOP if !@in;
	for my $top (grep { -d } @in) {
		find({ no_chdir => 1, wanted => sub {
			if (-d && m{/(?:node_modules|corpora|fixture)$}) {
				$File::Find::prune = 1;
				return;
			}
			push @found, $_ if -f && $_ =~ $pattern;
		} }, $top);
	}
	return sort @found;
}

sub text {
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	local $/;
	my $all = <$in>;
	return defined $all ? $all : '';
}

sub blank {
	my ($s) = @_;
	$s =~ s/[^\n]/ /g;
	return $s;
}

# The text with comments and the insides of literals blanked; every character
# keeps its line and column.
sub code {
	my ($file) = @_;
	my $s = text($file);
	$s =~ s{(/\*.*?\*/|//[^\n]*)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')}
	       {defined $1 ? blank($1)
			: substr($2, 0, 1) . blank(substr($2, 1, -1)) .
			  substr($2, -1)}gse;
	return $s;
}

sub lines {
	return split /\n/, $_[0], -1;
}

# The file's name without folder and ending.
sub stem {
	my ($file) = @_;
	return $file =~ m{([^/]+)\.[^./]+$} ? $1 : $file;
}

sub folder {
	my ($file) = @_;
	return $file =~ m{^(.*)/[^/]*$} ? $1 : '.';
}

# The name and the parameter text of a signature, attributes set aside.
sub signature {
	my ($s) = @_;
	$s =~ s/__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)//g;
	$s =~ s/\b_Alignas\s*\([^()]*\)//g;
	return if $s !~ /\b([A-Za-z_]\w*)\s*\((.*)\)\s*$/s;
	my ($name, $params) = ($1, $2);
	# `int f(int (*cb)(int))`: the first name before a parenthesis is ours.
	($name, $params) = ($1, $2) if $s =~ /^[^(]*?\b(\w+)\s*\((.*)\)\s*$/s;
	return ($name, $params);
}

# Every function definition: name, static, first (line of the opening brace),
# last (line of the closing one), params (how many), signature.
sub functions {
	my ($file) = @_;
	my @line = lines(code($file));
	my (@found, $head, $f);
	$head = '';
	for my $i (0 .. $#line) {
		my $l = $line[$i];
		if ($f) {
			next if $l !~ /^\}/;
			$f->{last} = $i + 1;
			push @found, $f;
			($f, $head) = (undef, '');
			next;
		}
		if ($l =~ /^\{\s*$/) {
			my ($name, $params) = signature($head);
			if (defined $name && $head !~ /=\s*$/) {
				$f = { name => $name, first => $i + 1,
				       static => $head =~ /\bstatic\b/ ? 1 : 0,
				       params => count_params($params),
				       signature => $head };
			}
			$head = '';
		} elsif ($l =~ /^\s*#/ || $l =~ /[;}]\s*$/) {
			$head = '';
		} else {
			$head .= "$l\n";
		}
	}
	return @found;
}

sub count_params {
	my ($s) = @_;
	1 while $s =~ s/\([^()]*\)//g;
	return 0 if $s =~ /^\s*(?:void)?\s*$/;
	return 1 + ($s =~ tr/,//);
}

sub refuse {
	my ($file, $line, $why) = @_;
	print "$file:$line: $why\n";
	$refused++;
}

# Ends the check: success only when nothing was refused.
sub finish {
	exit($refused ? 1 : 0);
}

1;
