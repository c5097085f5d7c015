#!/usr/bin/env bash
# Build the static libxml2 of the product, from Debian's source package with its security patches.
#
#   libxml2.sh x64|x86       leaves build/deps/ARCH/{include,lib}/… and build/deps/ARCH/libxml2.stamp
#
# Kept: tree, SAX2, reader (which pulls from the push parser), schemas (which bring regular expressions, automata and
# patterns), output, and Windows' own threads, because a worker thread and the window may both have a document open.
# Everything else is off, above all whatever could open a connection.
set -euo pipefail

arch=$1
top=$(cd "$(dirname "$0")/../.." && pwd)
case $arch in
x64) host=x86_64-w64-mingw32 ;;
x86) host=i686-w64-mingw32 ;;
*)   echo "libxml2.sh: unknown architecture '$arch'" >&2; exit 2 ;;
esac

source=$top/build/deps/src/libxml2
build=$top/build/deps/$arch/libxml2-build
prefix=$top/build/deps/$arch
tools=$top/tests/tools

mkdir -p "$top/build/deps/src" "$prefix"
exec 8>"$top/build/deps/src/libxml2.lock"
flock 8
[ -f "$source/include/libxml/xmlversion.h.in" ] || "$tools/debsource.sh" libxml2 "$source"
flock -u 8

# The time in the archive and the folder in assert texts would make two builds of one source differ.
export SOURCE_DATE_EPOCH=0
map=-ffile-prefix-map=$top=.
flags="-Os -ffunction-sections -fdata-sections -DLIBXML_STATIC -D_WIN32_WINNT=0x0600 -DWINVER=0x0600 -DNDEBUG $map -w"
off=(C14N CATALOG DEBUG DOCB FTP HTML HTTP ICONV ICU LEGACY LZMA MEM_DEBUG MODULES PROGRAMS PYTHON RUN_DEBUG
     SAX1 SCHEMATRON TESTS THREAD_ALLOC VALID WRITER XINCLUDE XPATH XPTR ZLIB ISO8859X)
on=(AUTOMATA OUTPUT PATTERN PUSH READER REGEXP REGEXPS SCHEMAS THREADS TREE UNICODE)

switches=()
for name in "${off[@]}"; do switches+=("-DLIBXML2_WITH_$name=OFF"); done
for name in "${on[@]}"; do switches+=("-DLIBXML2_WITH_$name=ON"); done

rm -rf "$build"
mkdir -p "$build"
log=$build.log
{
    cmake -S "$source" -B "$build" -Wno-dev \
        -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER=$host-gcc-win32 -DCMAKE_RC_COMPILER=$host-windres \
        -DCMAKE_C_ARCHIVE_CREATE="<CMAKE_AR> qcD <TARGET> <OBJECTS>" \
        -DCMAKE_C_ARCHIVE_FINISH="<CMAKE_RANLIB> -D <TARGET>" \
        -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="$flags" \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
        -DBUILD_SHARED_LIBS=OFF -DHAVE_PTHREAD_H=OFF "${switches[@]}" &&
    cmake --build "$build" --target LibXml2 -j "$(nproc)" &&
    rm -rf "$prefix/include/libxml2" && mkdir -p "$prefix/include/libxml2/libxml" "$prefix/lib" &&
    cp "$source"/include/libxml/*.h "$prefix/include/libxml2/libxml/" &&
    cp "$build/libxml/xmlversion.h" "$prefix/include/libxml2/libxml/" &&
    cp "$build"/libxml2*.a "$prefix/lib/libxml2.a"
} > "$log" 2>&1 || { tail -n 40 "$log" >&2; echo "libxml2.sh: failed, see $log" >&2; exit 1; }
rm -rf "$build"
dpkg-parsechangelog -l "$source/debian/changelog" -S Version > "$prefix/libxml2.stamp"
echo "libxml2 $(cat "$prefix/libxml2.stamp") for $arch"
