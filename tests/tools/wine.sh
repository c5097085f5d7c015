#!/usr/bin/env bash
# Run one Windows program that needs no window, in a Wine prefix kept for that.
#
#   wine.sh x64|x86|i386 PROGRAM.exe [ARGUMENT …]
#
# x64 and x86 run in the 64-bit Wine; i386 is the 32-bit one of root32.sh, where Windows itself is an x86 one.
#
# Output, arguments, environment and exit code (modulo 256) pass through. The prefix is build/wine/unit-ARCH, a
# Windows Server 2008 SP2; it is made on first use, in about 10 s.
set -euo pipefail

arch=$1
shift
top=$(cd "$(dirname "$0")/../.." && pwd)
wine=(/usr/lib/wine/wine64)

export WINEPREFIX=$top/build/wine/unit-$arch WINEARCH=win64
export WINEDEBUG=${WINEDEBUG--all} WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d" DISPLAY=
export LC_ALL=C.UTF-8                                  # Wine writes file names in the character set of the locale
if [ "$arch" = x86 ]; then
    export WINEDLLPATH=$top/build/deps/wine32
elif [ "$arch" = i386 ]; then
    export WINEARCH=win32
    wine=("$top/tests/tools/root32.sh" run /usr/lib/wine/wine)
fi

mkdir -p "$top/build/wine"
exec 9> "$top/build/wine/unit-$arch.lock"
flock 9
if [ ! -f "$WINEPREFIX/ready" ]; then
    rm -rf "$WINEPREFIX"
    timeout 300 "${wine[@]}" wineboot -i > "$top/build/wine/unit-$arch.log" 2>&1 9>&-
    timeout 60 "${wine[@]}" winecfg -v win2008 >> "$top/build/wine/unit-$arch.log" 2>&1 9>&-
    touch "$WINEPREFIX/ready"
fi
flock -u 9
exec 9>&-
export WZ_SHARED=${WZ_SHARED:+Z:${WZ_SHARED}}
exec "${wine[@]}" "$@"
