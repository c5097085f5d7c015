#!/usr/bin/env bash
# Run one suite and print its closing lines.
#
#   suite.sh NAME COMMAND [ARGUMENT …]
#
# The whole output goes to build/logs/NAME.log and, when something failed, to the terminal. The last line says how
# many tests passed and failed. A suite that tests nothing has failed.
set -uo pipefail

name=$1
shift
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top" || exit 1
mkdir -p build/logs
log=build/logs/$name.log
export WZ_TOP=$top
[ -n "${WZ_SHARED+set}" ] || [ ! -d ../shared/real ] || WZ_SHARED=$(cd ../shared/real && pwd)
export WZ_SHARED=${WZ_SHARED-}

start=$SECONDS
timeout --kill-after=10 "${SUITE_SECONDS:-900}" "$@" > "$log" 2>&1
code=$?
sed -i 's/\r$//' "$log"

# cmocka's closing lines, and "12 passed, 0 failed" of our own drivers
sum() { sed -n "s/^\[ *$1 *\] \([0-9][0-9]*\) test(s).*/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(sum PASSED)
failed=$(sum FAILED)
skipped=$(sum SKIPPED)
own=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
if [ -n "$own" ]; then
    passed=$((passed + $(cut -d' ' -f1 <<< "$own")))
    failed=$((failed + $(cut -d' ' -f3 <<< "$own")))
    skipped=$((skipped + $(sed -n 's/^\([0-9][0-9]*\) skipped$/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')))
fi

if [ $code -ne 0 ]; then
    grep -vE '^\[ (RUN  |      OK)' "$log" | tail -n 300
else
    closing='\[==========\] .* run\.|\[ *(PASSED|FAILED|SKIPPED) *\] [0-9]'
    closing="$closing|(core|scan): [0-9.]+ %|[0-9]+ (passed|skipped|groups run)|skipped +[0-9]|begun again"
    grep -E "^($closing|.*WZ_SHARED is not)" "$log"
fi
case $code in
124|137) echo "$name: stopped after ${SUITE_SECONDS:-900} s" ;;
esac
[ $code -eq 0 ] && [ "$failed" -gt 0 ] && code=1
if [ $code -eq 0 ] && [ "$passed" -eq 0 ]; then
    echo "$name: nothing was tested"
    code=1
fi
printf '%s: %d passed, %d failed, %d skipped, exit code %d, %d s (%s)\n' \
       "$name" "$passed" "$failed" "$skipped" "$code" $((SECONDS - start)) "$log"
exit $code
