#!/usr/bin/env bash
# Unpack a Debian source package with all of its patches.
#
#   debsource.sh PACKAGE FOLDER      FOLDER is replaced by the patched tree
#
# Works beside the system's own apt configuration: lists, cache and sources are private and lie under build/apt, so
# nothing in /etc changes and no deb-src line is needed there. The mirror's signature is checked with Debian's key.
set -euo pipefail

package=$1
folder=$2
top=$(cd "$(dirname "$0")/../.." && pwd)
apt=$top/build/apt/source

options=(
    -o Dir::Etc::sourcelist="$apt/debian.sources" -o Dir::Etc::sourceparts=-
    -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache"
    -o APT::Sandbox::User=root -o Acquire::Retries=3
)

# One update a day is enough, and one at a time: two libraries may be fetched at once.
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/download"
exec 9>"$apt/lock"
flock 9
"$top/tests/tools/apt_sources.sh" deb-src > "$apt/debian.sources.new"
if ! cmp -s "$apt/debian.sources.new" "$apt/debian.sources" ||
    [ -z "$(find "$apt/updated" -mtime -1 2>/dev/null)" ]; then
    cp "$apt/debian.sources.new" "$apt/debian.sources"
    apt-get "${options[@]}" -qq update
    touch "$apt/updated"
fi
cd "$apt/download"
rm -f "${package}"_*
apt-get "${options[@]}" -qq source --download-only "$package"
flock -u 9

rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
dpkg-source --no-check -x "${package}"_*.dsc "$folder" > "$apt/$package.log" 2>&1 || {
    cat "$apt/$package.log" >&2
    exit 1
}
