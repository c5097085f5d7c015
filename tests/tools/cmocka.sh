#!/usr/bin/env bash
# Build the static cmocka for the tests that run as Windows programs, from Debian's source package.
#
#   cmocka.sh x64|x86        leaves build/deps/ARCH/{include,lib}/… and build/deps/ARCH/cmocka.stamp
set -euo pipefail

arch=$1
top=$(cd "$(dirname "$0")/../.." && pwd)
case $arch in
x64) host=x86_64-w64-mingw32 ;;
x86) host=i686-w64-mingw32 ;;
*)   echo "cmocka.sh: unknown architecture '$arch'" >&2; exit 2 ;;
esac

source=$top/build/deps/src/cmocka
build=$top/build/deps/$arch/cmocka-build
prefix=$top/build/deps/$arch

mkdir -p "$top/build/deps/src" "$prefix"
exec 8>"$top/build/deps/src/cmocka.lock"
flock 8
[ -f "$source/include/cmocka.h" ] || "$top/tests/tools/debsource.sh" cmocka "$source"
flock -u 8

rm -rf "$build"
mkdir -p "$build"
log=$build.log
{
    cmake -S "$source" -B "$build" -Wno-dev \
        -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER=$host-gcc-win32 -DCMAKE_RC_COMPILER=$host-windres \
        -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="-O1 -D_WIN32_WINNT=0x0600 -w" \
        -DBUILD_SHARED_LIBS=OFF -DWITH_STATIC_LIB=ON -DUNIT_TESTING=OFF -DWITH_EXAMPLES=OFF &&
    cmake --build "$build" --target cmocka-static -j "$(nproc)" &&
    mkdir -p "$prefix/include/cmocka" "$prefix/lib" &&
    cp "$source"/include/cmocka*.h "$prefix/include/cmocka/" &&
    cp "$(find "$build" -name 'libcmocka*.a' ! -name '*.dll.a' | head -n 1)" "$prefix/lib/libcmocka.a"
} > "$log" 2>&1 || { tail -n 40 "$log" >&2; echo "cmocka.sh: failed, see $log" >&2; exit 1; }
rm -rf "$build"
dpkg-parsechangelog -l "$source/debian/changelog" -S Version > "$prefix/cmocka.stamp"
echo "cmocka $(cat "$prefix/cmocka.stamp") for $arch"
