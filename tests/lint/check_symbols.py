#!/usr/bin/env python3
"""The product's objects: no writable data, and only wz_* (and the entry point) visible to other files.

Reads the symbol tables of build/x64/obj for the sources that wizard.vcxproj lists: run `make objects` first.
"""
import os
import subprocess

import check_projects
import source

WRITABLE = set("BbDdCGgSs")
ENTRY = {"wWinMain"}


def symbol_errors(path, listing):
    """Errors in one listing of `nm --defined-only`."""
    errors = []
    for line in listing.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        kind, name = parts[1], parts[2]
        if name.startswith("."):                       # names of sections, and .refptr entries, which are read-only
            continue
        if kind in WRITABLE:
            errors.append("%s: %s is writable and lives as long as the program" % (path, name))
        elif kind in "TRV" and not name.startswith("wz_") and name not in ENTRY:
            errors.append("%s: %s is visible to other files and does not start with wz_" % (path, name))
    return errors


def check(top, nm="x86_64-w64-mingw32-nm"):
    errors, seen = [], 0
    project = "wizard/wizard.vcxproj"
    for name in check_projects.listed(source.read(top, project), "ClCompile"):
        name = "wizard/" + name.replace("\\", "/")
        path = os.path.join("build/x64/obj", name[:-2] + ".o")
        if not os.path.exists(os.path.join(top, path)):
            errors.append("%s: not there; run 'make objects'" % path)
            continue
        result = subprocess.run([nm, "--defined-only", path], cwd=top, capture_output=True, text=True, check=True)
        errors += symbol_errors(name, result.stdout)
        seen += 1
    return errors if seen else errors + ["no objects found"]


if __name__ == "__main__":
    source.finish("symbols", check(source.TOP))
