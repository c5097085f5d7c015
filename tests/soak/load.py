#!/usr/bin/env python3
"""Load that takes longer than a push should.

    tests/soak/load.py [CHECK …]     without names all of them

again      the programs built a second time, in another folder, are the same byte for byte
snapshot   a snapshot of 50,000 packages is opened and judged
files      300,000 small files are scanned; the memory for it stays bounded (WZ_FILES: another number)
looks      the machine is assessed 1,000 times in one process (tests/platform/test_endurance.c)
walks      the wizard is walked through 100 times in one process (WZ_WALKS: another number; tests/ui/test_again.c)

Each has a short version in make test: test_many.py in tests/e2e, and the two groups named above. Prints "N passed, M
failed".
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / name) for name in ("tools", "e2e")]
import many  # noqa: E402
import testbed  # noqa: E402

EXE = ROOT / "build" / "x64" / "Build6003Wizard.exe"
PLACE = ROOT / "build" / "soak"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def again():
    """From a copy of the sources in a folder of another name; the libraries are those of this folder."""
    other = PLACE / "a folder of another name"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(ROOT, other, ignore=lambda folder, names: {"build", ".git"} & set(names), symlinks=True)
    (other / "build").mkdir()
    (other / "build" / "deps").symlink_to(ROOT / "build" / "deps")
    (other / "build" / "setup.stamp").touch()
    done = subprocess.run(["make", "--no-print-directory", "-C", other, "x64", "x86"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env=dict(os.environ, CCACHE_DISABLE="1"))
    assert done.returncode == 0, done.stdout[-3000:]
    for arch in ("x64", "x86"):
        here, there = (top / "build" / arch / EXE.name for top in (ROOT, other))
        assert digest(here) == digest(there), "%s: two builds differ" % arch
    shutil.rmtree(other)


def on_a_machine(check, count):
    with testbed.Machine.create(testbed.BUILD / "soak-load", display="") as machine:
        machine.boot()
        return check(machine, EXE, PLACE, count)


def snapshot():
    return on_a_machine(many.open_packages, 50000)


def files():
    return on_a_machine(many.scan_files, int(os.environ.get("WZ_FILES") or 300000))


def looks():
    subprocess.run(["make", "--no-print-directory", "check-platform-x64", "GROUP=endurance"], cwd=ROOT, check=True,
                   env=dict(os.environ, WZ_ROUNDS="1000"))
    return re.search(r"\d+ rounds: .*", (ROOT / "build/logs/platform-x64.log").read_text()).group(0)


def walks():
    count = os.environ.get("WZ_WALKS") or "100"
    done = subprocess.run([ROOT / "tests/ui/run", "again"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", env=dict(os.environ, WZ_WALKS=count, WZ_SECONDS="14000"))
    assert done.returncode == 0, done.stdout[-3000:]
    return re.search(r"\d+ walks: .*", done.stdout).group(0)


CHECKS = {check.__name__: check for check in (again, snapshot, files, looks, walks)}


def main(names):
    passed = failed = 0
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in names or CHECKS:
        try:
            print("ok      %s: %s" % (name, CHECKS[name]() or ""), flush=True)
            passed += 1
        except (AssertionError, OSError, subprocess.SubprocessError, testbed.TestBedError) as error:
            print("FAILED  %s: %s" % (name, error), flush=True)
            failed += 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
