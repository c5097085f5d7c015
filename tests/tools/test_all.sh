#!/usr/bin/env bash
# Everything that is tested, one suite after the other; `make test` calls it.
#
# A failing suite does not stop the others: each prints its closing lines, and the table at the end repeats the last
# one of each. Ends with 0 only when every suite passed.
set -uo pipefail

cd "$(dirname "$0")/../.." || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL                       # a make of its own, with its own number of jobs
suites=(lint check-core coverage check-fuzz check-core-x64 check-core-x86 check-platform-x64
        check-platform-x86 check-core-i386 check-platform-i386 check-ui check-e2e
        check-ui-i386 check-e2e-i386)
start=$SECONDS
rows=()
failed=0

# All programs first: what does not compile fails once, here, and not in the middle of a suite.
if make --no-print-directory all objects test-programs; then
    rows+=("build: ok")
else
    rows+=("build: FAILED")
    failed=1
fi

for suite in "${suites[@]}"; do
    printf '\n== %s\n' "$suite"
    output=$(mktemp)
    if ! make --no-print-directory "$suite" 2>&1 | tee "$output"; then
        failed=1
    fi
    last=$(grep -E ': [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped, exit code' "$output" | tail -n 1)
    rows+=("${last:-$suite: FAILED before it could run}")
    rm -f "$output"
done

printf '\n== in short\n'
printf '%s\n' "${rows[@]}"
printf 'make test: %s, %d s\n' "$([ $failed -eq 0 ] && echo passed || echo FAILED)" $((SECONDS - start))
exit $failed
