#!/usr/bin/env python3
"""Load that takes longer than a push should.

    tests/soak/load.py [CHECK …]     without names all of them

again      the programs built a second time, in another folder, are the same byte for byte
snapshot   a snapshot of 50,000 packages is opened and judged
files      300,000 small files are scanned; the memory for it stays bounded (WZ_FILES: another number)
looks      the machine is assessed 1,000 times in one process (tests/platform/test_endurance.c)
walks      the wizard is walked through 100 times in one process (WZ_WALKS: another number; tests/ui/test_again.c)

Prints "N passed, M failed".
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))
import testbed  # noqa: E402

EXE = ROOT / "build" / "x64" / "Build6003Wizard.exe"
PLACE = ROOT / "build" / "soak"
BARE = ROOT / "tests" / "data" / "snapshots" / "bare-sp2-x64.xml"
MEGABYTE = 1 << 20


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


def wizard(machine, *arguments, limit):
    """(exit code, output, peak memory in bytes) of the product; the code is what Linux sees, modulo 256."""
    child = subprocess.Popen([*testbed.ARCH.wine, testbed.windows_path(EXE), *arguments], env=machine.environment,
                             stdin=subprocess.DEVNULL, stdout=(PLACE / "out.txt").open("wb"),
                             stderr=subprocess.STDOUT)
    end, most = time.monotonic() + limit, 0
    while child.poll() is None:
        assert time.monotonic() < end, "not ready after %d s" % limit
        try:
            status = pathlib.Path("/proc/%d/status" % child.pid).read_text()
            most = max([most] + [int(kb) * 1024 for kb in re.findall(r"^VmHWM:\s+(\d+) kB", status, re.M)])
        except OSError:
            pass
        time.sleep(0.02)
    return child.returncode, (PLACE / "out.txt").read_text("utf-8"), most


def snapshot():
    source = BARE.read_text("utf-8")
    rows = "".join('    <package name="Package_%d_for_KB%d~31bf3856ad364e35~amd64~~6.0.1.%d" state="112"/>\n'
                   % (n % 20, 900000 + n // 5, n % 9) for n in range(50000))
    text = re.sub(r"(<packages>\n)", lambda match: match.group(1) + rows, source, count=1)
    assert text != source, "the snapshot has no list of packages to add to"
    path = PLACE / "many.xml"
    path.write_text(text, "utf-8")
    with testbed.Machine.create(testbed.BUILD / "soak-load", display="") as machine:
        machine.boot()
        began = time.monotonic()
        code, out, most = wizard(machine, "/assess", "/open:" + testbed.windows_path(path), limit=300)
    assert code in range(4) and "10000" in out, out      # updates that the packages are of
    return "%.1f s, %.0f MB at most" % (time.monotonic() - began, most / MEGABYTE)


def files():
    count = int(os.environ.get("WZ_FILES") or 300000)
    folder = PLACE / "files"
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(count):
        if number % 1000 == 0:
            place = folder / ("%d" % (number // 1000))
            place.mkdir(parents=True)
        odd = number % 1000 == 7
        (place / ("script%d.vbs" % number)).write_text(
            "' %d\r\nif os.BuildNumber = %s then go\r\n" % (number, "6002" if odd else "7601"))
    with testbed.Machine.create(testbed.BUILD / "soak-load", display="") as machine:
        machine.boot()
        empty = wizard(machine, "/version", limit=300)[2]
        began = time.monotonic()
        code, out, most = wizard(machine, "/scan:" + testbed.windows_path(folder), limit=3600)
        spent = time.monotonic() - began
    shutil.rmtree(folder)
    assert code in range(4), out[-2000:]
    assert "script7.vbs" in out and out.count("script") >= count // 1000, out[-2000:]
    told = "%.0f MB at most, %.1f MB more than to say the version" % (most / MEGABYTE, (most - empty) / MEGABYTE)
    assert most - empty < 32 * MEGABYTE, told
    return "%d files, %.0f s, %s" % (count, spent, told)


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
