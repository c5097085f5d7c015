#!/usr/bin/env bash
# Make a 32-bit Debian with Wine below build/root32, where x86 programs run in a real 32-bit Windows; or use it.
#
#   root32.sh make                   1.1 GB and a minute or two; leaves build/root32/ready
#   root32.sh run PROGRAM [ARG …]    a program of that Debian, with our folder and /tmp in their places
#
# Only root can do either. Where it cannot be made (no root, no mirror, no mounts) "make" says so in one line and ends
# with 3; tests then go without it. The machine itself is not changed: mounts are private to the program that is run.
set -uo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
folder=$top/build/root32
root=$folder/root

cannot() {
    echo "root32: $1; x86 programs are tested in the 64-bit Wine alone"
    exit 3
}

run() {
    export WZ_SHARED=${WZ_SHARED-}
    # shellcheck disable=SC2016
    exec unshare --mount bash -c '
        set -e
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
        exec chroot "$0" /usr/bin/env -C "$PWD" "${@:2}"' "$root" "$top" "$@"
}

make() {
    [ "$(id -u)" -eq 0 ] || cannot "only root can make a 32-bit Debian"
    unshare --mount true 2>/dev/null || cannot "no private mounts here"
    command -v debootstrap >/dev/null || cannot "debootstrap is not installed"
    mirror=$("$top/tests/tools/apt_sources.sh" deb | sed -n 's/^URIs: //p')
    if [ ! -x "$root/usr/lib/wine/wine" ]; then
        mkdir -p "$folder"
        for attempt in 1 2; do
            rm -rf "$root" "$folder/ready"
            debootstrap --arch=i386 --variant=minbase --include=wine,wine32,fonts-dejavu-core bookworm "$root" \
                "$mirror" > "$folder/debootstrap.log" 2>&1 && break
            [ $attempt -eq 1 ] || cannot "debootstrap failed twice (build/root32/debootstrap.log)"
        done
        rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
    fi
    "$0" run /usr/lib/wine/wine --version > "$folder/version" 2>&1 || cannot "a 32-bit program does not start here"
    touch "$folder/ready"
    echo "$(cat "$folder/version"), 32-bit"
}

case ${1-} in
make) make ;;
run)  shift; run "$@" ;;
*)    sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
