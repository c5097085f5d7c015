#!/usr/bin/env bash
# Install what building and testing need and this machine lacks: Debian 12, as root or with sudo.
#
#   setup.sh [PACKAGE …]      with what only some targets need
#
# Asks dpkg first, so that a machine which has everything needs neither root nor a mirror.
set -euo pipefail

packages=(
    # build
    gcc make cmake clang libclang-rt-14-dev python3 dpkg-dev xz-utils patch file
    gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-i686-win32 binutils-mingw-w64-x86-64 binutils-mingw-w64-i686
    libxml2-dev libxml2-utils libcmocka-dev pkg-config
    # run and drive Windows programs
    wine wine64 xvfb openbox xdotool imagemagick x11-apps x11-utils fonts-dejavu-core
    fonts-droid-fallback                                # Chinese and Japanese in the pictures of the windows
    locales                              # a Windows in another language: tests/e2e/test_ui_language.py
    debootstrap                          # a 32-bit Wine: root32.sh
    # print, and look at what was printed; the report in HTML
    cups-daemon cups-client ghostscript poppler-utils tidy
    # synthetic update files
    gcab osslsigncode wixl
    ca-certificates debian-archive-keyring
    "$@"
)

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f '${db:Status-Abbrev} ' "$package" 2>/dev/null || true)
    case $state in
    *ii*) ;;
    *)    missing+=("$package") ;;
    esac
done
if [ ${#missing[@]} -eq 0 ]; then
    echo "setup: nothing is missing"
    exit 0
fi

echo "setup: installing ${missing[*]}"
root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: run 'make setup' as root, or install sudo" >&2; exit 1; }
    root=(sudo)
fi
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)
"${apt[@]}" update
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" > /dev/null
echo "setup: done"
