#!/usr/bin/env bash
# Fetch the PE half of 32-bit Wine, with which the 64-bit Wine runs x86 programs (its new WoW64 mode).
#
#   wine32.sh        leaves build/deps/wine32/i386-windows and build/deps/wine32.stamp
#
# The package is downloaded with a private apt configuration and only unpacked, so the machine gains no foreign
# architecture, and nothing under /usr changes: WINEDLLPATH names the folder. Console programs run this way, and
# programs for windows that only use their standard handles; windows would be drawn without text.
set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
apt=$top/build/apt/i386
folder=$top/build/deps/wine32
want=$(dpkg-query -W -f '${Version}' libwine)

options=(
    -o Dir::Etc::sourcelist="$apt/debian.sources" -o Dir::Etc::sourceparts=-
    -o Dir::State::lists="$apt/lists" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
    -o APT::Architecture=i386 -o APT::Architectures=i386
    -o APT::Sandbox::User=root -o Acquire::Retries=3
)
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/download"
: > "$apt/status"
"$top/tests/tools/apt_sources.sh" deb > "$apt/debian.sources"
apt-get "${options[@]}" -qq update
cd "$apt/download"
rm -f libwine_*.deb
apt-get "${options[@]}" -qq download "libwine:i386=$want"

rm -rf "$folder"
mkdir -p "$folder"
dpkg-deb --fsys-tarfile libwine_*.deb |
    tar -x -C "$folder" --strip-components=5 ./usr/lib/i386-linux-gnu/wine/i386-windows
rm -f libwine_*.deb
[ -f "$folder/i386-windows/ntdll.dll" ]
echo "$want" > "$top/build/deps/wine32.stamp"
echo "wine $want, PE half for x86"
