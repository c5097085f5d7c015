#!/usr/bin/env bash
# Make a 32-bit Debian with Wine below build/root32, where x86 programs run in a real 32-bit Windows; or use it.
#
#   root32.sh make                   1.1 GB and a minute or two; leaves build/root32/ready
#   root32.sh run PROGRAM [ARG …]    a program of that Debian, with our folder and /tmp in their places
#   root32.sh mounted COMMAND …      a command of this computer that runs many of those: it costs each of them less
#
# Only root can do either. Where it cannot be made (no root, no mirror, no mounts) "make" says so in one line and ends
# with 3; tests then go without it. The machine itself is not changed: mounts are private to the program that is run.
set -uo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
folder=$top/build/root32
root=$folder/root
# Wine, the fonts that the windows are drawn with, and what Wine takes when it is there: X's drawing, printers
packages=wine,wine32,fonts-dejavu-core,fonts-droid-fallback,libxrender1,libcups2

cannot() {
    echo "root32: $1; x86 programs are tested in the 64-bit Wine alone"
    exit 3
}

# Our folder, /tmp and what else a program needs in their places there, for the command that follows alone. This
# computer itself is /host, for the program of "pictures".
mounted() {
    export WZ_SHARED=${WZ_SHARED-} WZ_ROOT32=$root
    # shellcheck disable=SC2016
    exec unshare --mount bash -c '
        set -e
        mount --bind "$1" "$1"
        mount --make-shared "$1"                       # what a test mounts in our folder is seen there too
        mount --rbind / "$0/host"
        mount --bind /proc "$0/proc"
        mount --rbind /dev "$0/dev"
        mount --bind /tmp "$0/tmp"
        mkdir -p "$0$1"
        mount --bind "$1" "$0$1"
        shared=${WZ_SHARED#Z:}
        if [ -n "$shared" ] && [ -d "$shared" ]; then
            mkdir -p "$0$shared"
            mount --bind "$shared" "$0$shared"
        fi
        exec "${@:2}"' "$root" "$top" "$@"
}

run() {
    [ "${WZ_ROOT32-}" = "$root" ] || mounted "$0" run "$@"
    exec chroot "$root" /usr/bin/env -C "$PWD" "$@"
}

# The tests of the windows take pictures with a program that this computer has (tests/ui/drive_input.c).
pictures() {
    mkdir -p "$root/host"
    printf '#!/bin/sh\nexec chroot /host /usr/bin/env -C "$PWD" import "$@"\n' > "$root/usr/local/bin/import"
    chmod +x "$root/usr/local/bin/import"
}

make() {
    [ "$(id -u)" -eq 0 ] || cannot "only root can make a 32-bit Debian"
    unshare --mount true 2>/dev/null || cannot "no private mounts here"
    command -v debootstrap >/dev/null || cannot "debootstrap is not installed"
    mirror=$("$top/tests/tools/apt_sources.sh" deb | sed -n 's/^URIs: //p')
    mkdir -p "$folder"
    exec 9> "$folder/lock"                              # two suites may start at the same time
    flock 9
    if [ "$(cat "$folder/packages" 2>/dev/null)" != "$packages" ]; then
        for attempt in 1 2; do
            rm -rf "$root" "$folder/ready" "$folder/packages"
            debootstrap --arch=i386 --variant=minbase --include="$packages" bookworm "$root" \
                "$mirror" > "$folder/debootstrap.log" 2>&1 && break
            [ $attempt -eq 1 ] || cannot "debootstrap failed twice (build/root32/debootstrap.log)"
        done
        rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
        pictures
        echo "$packages" > "$folder/packages"
    fi
    "$0" run /usr/lib/wine/wine --version > "$folder/version" 2>&1 || cannot "a 32-bit program does not start here"
    touch "$folder/ready"
    echo "$(cat "$folder/version"), 32-bit"
}

case ${1-} in
make) make ;;
run)  shift; run "$@" ;;
mounted) shift; mounted "$@" ;;
*)    sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
