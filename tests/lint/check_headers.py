#!/usr/bin/env python3
"""Every header compiles alone: those of core/ and scan/ natively, the others with the cross compiler."""
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import check_projects
import source

FLAGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-Iwizard", "-Iresources", "-Itests"]
CROSS = ["-D" + define for define in check_projects.DEFINES] + ["-isystem", "build/deps/x64/include/cmocka"]
NOT_ALONE = {"tests/runner.h"}                         # a main program; wants GROUPS_FILE


def compile_alone(top, path):
    """The compiler's complaint, or None."""
    portable = path.split("/")[1] in ("core", "scan") or path == "tests/check.h" or path.startswith("resources/")
    compiler = ["gcc"] if portable else ["x86_64-w64-mingw32-gcc-win32"] + CROSS
    name = path.split("/", 1)[1]
    with tempfile.TemporaryDirectory() as folder:
        unit = os.path.join(folder, "alone.c")
        with open(unit, "w", encoding="utf-8") as file:
            # twice: include guards; and something of its own, for C wants a declaration
            file.write('#include "%s"\n#include "%s"\nextern int alone;\n' % (name, name))
        result = subprocess.run(compiler + FLAGS + [unit], cwd=top, capture_output=True, text=True, check=False)
    return None if result.returncode == 0 else "%s does not compile alone\n%s" % (path, result.stderr.rstrip())


def check(top):
    paths = [p for p in source.files(top, ["wizard", "tests", "resources"], (".h",))
             if p not in NOT_ALONE and not p.endswith("/groups.h")]
    if not paths:
        return ["no headers found"]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return [error for error in pool.map(lambda p: compile_alone(top, p), paths) if error]


if __name__ == "__main__":
    source.finish("headers", check(sys.argv[1] if len(sys.argv) > 1 else source.TOP))
