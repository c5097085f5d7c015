#!/usr/bin/env bash
# Everything that is tested; `make test` calls it.
#
# A failing suite does not stop the others: each prints its closing lines, and the table at the end repeats the last
# one of each. Ends with 0 only when every suite passed. Those that keep one processor busy run two at a time.
set -uo pipefail

cd "$(dirname "$0")/../.." || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL                       # a make of its own, with its own number of jobs
singles=(check-core lint coverage check-core-x64 check-core-x86 check-core-i386 check-platform-x64
         check-platform-x86 check-platform-i386)
whole=(check-fuzz check-ui check-e2e check-ui-i386 check-e2e-i386)
start=$SECONDS
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rows=()
failed=0

# What the suite said, and its row of the table.
tell() {
    printf '\n== %s\n' "$1"
    cat "$folder/$1"
    last=$(grep -E ': [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped, exit code' "$folder/$1" | tail -n 1)
    rows+=("${last:-$1: FAILED before it could run}")
    [ -f "$folder/$1.passed" ] || failed=1
}

run() { make --no-print-directory "$1" > "$folder/$1" 2>&1 && touch "$folder/$1.passed"; }

# All programs first: what does not compile fails once, here, and not in the middle of a suite, nor in two at once.
if make --no-print-directory all objects read test-programs build/compat.stamp build/coverage/test_core \
        build/wine-x86.stamp; then
    rows+=("build: ok")
else
    rows+=("build: FAILED")
    failed=1
fi

for suite in "${singles[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do
        wait -n
    done
    run "$suite" &
done
wait
for suite in "${singles[@]}"; do
    tell "$suite"
done
for suite in "${whole[@]}"; do
    run "$suite"
    tell "$suite"
done

printf '\n== in short\n'
printf '%s\n' "${rows[@]}"
printf 'make test: %s, %d s\n' "$([ $failed -eq 0 ] && echo passed || echo FAILED)" $((SECONDS - start))
exit $failed
