#!/usr/bin/env python3
"""Static analysis of wizard/: no finding is left.

    analyze.py [TOOL …]      gcc, clang, tidy, cppcheck; all of them without names

gcc       -fanalyzer over core and scan
clang     the whole of wizard/ as clang for mingw sees it, x64 and x86, with the Makefile's warnings
tidy      clang-tidy with .clang-tidy over core and scan, and over platform and ui as for mingw
cppcheck  with tests/tools/cppcheck.txt

Prints each finding and "N passed, M failed", files; a tool that is not installed is told and counts as failed.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

PORTABLE = ("core", "scan")
TARGETS = {"x64": "x86_64-w64-windows-gnu", "x86": "i686-w64-windows-gnu"}


def makefile(name):
    """A variable of the Makefile without references, as a list."""
    text = pathlib.Path("Makefile").read_text("utf-8")
    return re.search(r"^%s\s*:= ((?:[^\n]*\\\n)*[^\n]*)" % name, text, re.M).group(1).replace("\\\n", " ").split()


def sources(*folders):
    return sorted(path for folder in folders for path in pathlib.Path("wizard", folder).glob("*.c"))


def native():
    xml = subprocess.run(["pkg-config", "--cflags", "libxml-2.0"], capture_output=True, text=True, check=True).stdout
    return ["-std=c11", "-Iwizard", "-Iresources", "-D_POSIX_C_SOURCE=200809L", *xml.replace("-I", "-isystem ").split()]


def mingw(arch):
    return ["--target=" + TARGETS[arch], *makefile("DEFINE"), *makefile("WIDE"), "-Iwizard", "-Iresources", "-isystem",
            "build/deps/%s/include/libxml2" % arch]


def jobs(tool):
    if tool == "gcc":
        return [["gcc", *native(), "-O2", "-fanalyzer", "-Werror", "-c", path, "-o", os.devnull]
                for path in sources(*PORTABLE)]
    if tool == "clang":
        return [["clang", *makefile("WARN"), *mingw(arch), "-fsyntax-only", path]
                for arch in TARGETS for path in sources(*PORTABLE, "platform", "ui")]
    if tool == "tidy":
        return [["clang-tidy", "--quiet", path, "--", *native()] for path in sources(*PORTABLE)] + \
               [["clang-tidy", "--quiet", path, "--", "-std=c11", *mingw("x64")] for path in sources("platform", "ui")]
    return [["cppcheck", "--std=c11", "--enable=warning,performance,portability", "--inline-suppr", "--quiet",
             "--suppressions-list=tests/tools/cppcheck.txt", "--error-exitcode=1", "-Iwizard", "-Iresources", path]
            for path in sources(*PORTABLE, "platform", "ui")]


def run(command):
    """What one run of a tool says; None when it has no finding."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace")
    return None if done.returncode == 0 else done.stdout[-6000:]


def main(arguments):
    passed = failed = 0
    for tool in arguments or ["clang", "gcc", "tidy", "cppcheck"]:
        work = jobs(tool)
        if shutil.which(work[0][0]) is None:
            print("%s is not installed" % work[0][0])
            failed += 1
            continue
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            told = list(pool.map(run, work))
        for finding in filter(None, told):
            print(finding)
        failed += sum(1 for finding in told if finding)
        passed += sum(1 for finding in told if not finding)
        print("%s: %d of %d files clean" % (tool, sum(1 for finding in told if not finding), len(told)), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
