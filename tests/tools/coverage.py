#!/usr/bin/env python3
"""Run the native tests as built for coverage and print how many lines of each file of core and scan they ran.

Sorted by lines that were not run, most first; WZ_UNCOVERED=1 prints those lines too. A check for each of the two
folders: 90 % of the lines. Prints "N passed, M failed".
"""
import collections
import gzip
import json
import os
import pathlib
import subprocess
import sys

BAR = 90.0
OBJECTS = pathlib.Path("build/coverage/obj/wizard")


def run_tests():
    for old in OBJECTS.rglob("*.gcda"):
        old.unlink()
    done = subprocess.run(["build/coverage/test_core"], capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        print(done.stdout[-4000:] + done.stderr[-4000:])
        sys.exit("coverage: the tests failed")


def counts():
    """{source: {line: times it was run}} of the files of wizard/."""
    lines = collections.defaultdict(lambda: collections.defaultdict(int))
    for data in sorted(OBJECTS.rglob("*.gcno")):
        got = subprocess.run(["gcov", "--json-format", "--stdout", data], capture_output=True, check=True).stdout
        text = gzip.decompress(got) if got[:2] == b"\x1f\x8b" else got
        for part in text.splitlines():
            for file in json.loads(part)["files"] if part.strip() else []:
                if file["file"].startswith("wizard/"):
                    for line in file["lines"]:
                        lines[file["file"]][line["line_number"]] += line["count"]
    return lines


def main():
    run_tests()
    total = collections.Counter()
    rows = []
    for name, lines in counts().items():
        ran = sum(1 for count in lines.values() if count)
        total[name.split("/")[1], "ran"] += ran
        total[name.split("/")[1], "all"] += len(lines)
        rows.append((len(lines) - ran, len(lines), name, sorted(n for n, count in lines.items() if not count)))
    for missing, count, name, where in sorted(rows, reverse=True):
        print("%6.1f %%  %4d of %4d  %s" % (100 * (count - missing) / count, count - missing, count, name))
        if os.environ.get("WZ_UNCOVERED") and where:
            print("          not run: " + " ".join(map(str, where)))
    passed = failed = 0
    for folder in ("core", "scan"):
        percent = 100 * total[folder, "ran"] / max(1, total[folder, "all"])
        print("%s: %.1f %% of %d lines (at least %.0f %%)" % (folder, percent, total[folder, "all"], BAR))
        passed += percent >= BAR
        failed += percent < BAR
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
