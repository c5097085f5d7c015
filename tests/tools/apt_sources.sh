#!/usr/bin/env bash
# Print an apt sources file (deb822) of Debian 12 on the mirrors this machine already uses.
#
#   apt_sources.sh deb-src | deb
#
# "deb" leaves the security archive out: its i386 index is now and then out of step with the amd64 one, and what we
# take from it (the PE half of 32-bit Wine) has the version of the release itself.
set -euo pipefail

types=$1
# The first address of that archive in the system's own sources, in either of apt's two formats.
mirror_of() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
        grep -v '^#' | grep -oE "https?://[^ ]*/$1/?( |\$)" | head -n 1 | sed 's|/* *$||' || true
}
mirror=$(mirror_of debian)
security=$(mirror_of debian-security)
key=/usr/share/keyrings/debian-archive-keyring.gpg

printf 'Types: %s\nURIs: %s\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: %s\n' \
       "$types" "${mirror:-http://deb.debian.org/debian}" "$key"
if [ "$types" = deb-src ]; then
    printf '\nTypes: %s\nURIs: %s\nSuites: bookworm-security\nComponents: main\nSigned-By: %s\n' \
           "$types" "${security:-http://deb.debian.org/debian-security}" "$key"
fi
