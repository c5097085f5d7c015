#!/usr/bin/env python3
"""Two builds of one source in different folders give the same programs.

  check_reproducible.py            objects of every twentieth source and the resources are made anew, and both programs
                                   are linked anew, in another folder by the same Makefile
  check_reproducible.py --whole    all of it is made anew there, libxml2 as well; takes minutes

Needs what `make all` leaves behind.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

import source

ARCHES = ("x64", "x86")
EACH = 20
TOP = pathlib.Path(source.TOP)
WHOLE = "--whole" in sys.argv[1:]
THERE = TOP / "build" / "elsewhere" / ("whole-in-a-folder-with-another-name" if WHOLE else "a-part")
SOURCES = ["Makefile", "wizard", "resources", "localization", "tests"]


def copy(path):
    """A file or folder with its times, so that make sees what is newer."""
    target = THERE / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if (TOP / path).is_dir():
        shutil.copytree(TOP / path, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(TOP / path, target)


def programs():
    return [os.path.join("build", arch, "Build6003Wizard.exe") for arch in ARCHES]


def digests(top, paths):
    return {path: hashlib.sha256((top / path).read_bytes()).digest() for path in paths}


def objects(arch):
    return sorted(path.relative_to(TOP) for path in (TOP / "build" / arch / "obj" / "wizard").rglob("*.o"))


def prepare(whole):
    """A copy of the sources, and unless all is made anew what was built from them; the objects that are missing."""
    shutil.rmtree(THERE, ignore_errors=True)
    for path in SOURCES + ["build/setup.stamp"]:
        copy(path)
    if whole:
        copy("build/deps/src/libxml2")
        return [path for arch in ARCHES for path in objects(arch)]
    (THERE / "build/deps").symlink_to(TOP / "build/deps")
    missing = []
    for arch in ARCHES:
        copy("build/%s/flags" % arch)
        copy("build/%s/obj/wizard" % arch)
        missing += objects(arch)[::EACH]
    for path in missing:
        (THERE / path).unlink()
    return missing


def make():
    """By the same Makefile, without a cache that hands over what another folder gave it; its output when it fails."""
    kept = {name: text for name, text in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make", "-C", THERE, "all"], env={**kept, "CCACHE_DISABLE": "1"}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return [] if done.returncode == 0 else done.stdout.splitlines()[-20:] + ["cannot be built elsewhere"]


def check(whole):
    if not all((TOP / path).exists() for path in programs()):
        return ["make all comes before"]
    made = [*prepare(whole), *programs()]
    here = digests(TOP, made)                           # before anybody builds anything else
    errors = make()
    if not errors:
        there = digests(THERE, made)
        errors = ["%s: another build gives other bytes" % path for path in made if here[path] != there[path]]
    if not errors:
        print("%d objects and programs are the same" % len(made))
        shutil.rmtree(THERE)
    return errors


if __name__ == "__main__":
    found = check(WHOLE)
    if WHOLE:
        print("%d passed, %d failed" % (not found, bool(found)))
    source.finish("reproducible", found)
