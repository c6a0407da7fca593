#!/bin/sh
# build-aux/packages.sh start|check - Installs what is missing of
# build-aux/packages.txt, with apt-get, and says so.  Does nothing, and asks
# nobody, when all is there.
set -eu
for_whom=${1:?start or check}

present() { # PROBE
	case $1 in
	cmd:*) command -v "${1#cmd:}" >/dev/null ;;
	pc:*) pkg-config --exists "${1#pc:}" 2>/dev/null ;;
	file:*) [ -e "${1#file:}" ] ;;
	*) echo "packages.txt: unknown probe $1" >&2 && exit 2 ;;
	esac
}

missing() {
	grep -v '^#' build-aux/packages.txt | while read -r package probe who; do
		[ "$who" = start ] || [ "$who" = "$for_whom" ] || continue
		present "$probe" || printf '%s ' "$package"
	done
}

need=$(missing)
[ -n "$need" ] || exit 0
if ! command -v apt-get >/dev/null; then
	echo "These Debian packages, or their like, are needed: $need" >&2
	exit 1
fi
sudo=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Run as root: apt-get install $need" >&2
		exit 1
	fi
	sudo=sudo
fi
echo "Installing Debian packages: $need"
$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
# shellcheck disable=SC2086 # a list of packages
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	--no-install-recommends $need >/dev/null
need=$(missing)
[ -z "$need" ] || { echo "Still missing: $need" >&2 && exit 1; }
