#!/bin/sh
# build-aux/configure.sh FOLDER ARGUMENT... - Makes the folder a build of this
# tree with these configure arguments, unless it is one already.
set -eu
folder=$1
shift
mkdir -p "$folder"
newer() { # FILE THAN
	[ ! -e "$2" ] || [ -n "$(find "$1" -newer "$2")" ]
}
if newer configure.ac configure || newer Makefile.am Makefile.in; then
	echo "Making ./configure"
	log=$folder/autoreconf.log
	autoreconf -fi >"$log" 2>&1 || {
		cat "$log" >&2
		exit 1
	}
fi
args=$(printf '%s\n' "$@")
if [ -f "$folder/Makefile" ] && [ "$args" = "$(cat "$folder/args" 2>&1)" ]; then
	exit 0
fi
echo "Configuring $folder"
root=$(pwd)
(cd "$folder" && "$root/configure" -q "$@" >configure.log 2>&1) || {
	cat "$folder/configure.log" >&2
	exit 1
}
printf '%s\n' "$args" >"$folder/args"
