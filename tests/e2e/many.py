"""Many packages and many files: what test_many.py does with a few thousand of them, and tests/soak/load.py with all.

Each function works in a folder of the host that is not the machine's, fails with an AssertionError, and tells what it
took.
"""
import pathlib
import re
import shutil
import subprocess
import time

from bench import ROOT, testbed

BARE = ROOT / "tests" / "data" / "snapshots" / "bare-sp2-x64.xml"
MEGABYTE = 1 << 20
MEMORY = 32 * MEGABYTE                                  # that a scan may use; the files are small
IN_A_FOLDER = 1000


def wizard(machine, exe, place, *arguments, limit):
    """(exit code, output, peak memory in bytes) of the product; the code is what Linux sees, modulo 256."""
    place.mkdir(parents=True, exist_ok=True)
    told = place / "out.txt"
    with told.open("wb") as out:
        child = machine.start(testbed.windows_path(exe), *arguments, stdin=subprocess.DEVNULL, stdout=out,
                              stderr=subprocess.STDOUT)
    end, most = time.monotonic() + limit, 0
    while child.poll() is None:
        assert time.monotonic() < end, "not ready after %d s" % limit
        try:
            status = pathlib.Path("/proc/%d/status" % child.pid).read_text()
            most = max([most] + [int(kb) * 1024 for kb in re.findall(r"^VmHWM:\s+(\d+) kB", status, re.M)])
        except OSError:
            pass
        time.sleep(0.005)
    return child.returncode, told.read_text("utf-8"), most


def open_packages(machine, exe, place, count, limit=300):
    """A snapshot of so many packages is opened and judged; each fifth one is of another update."""
    source = BARE.read_text("utf-8")
    rows = "".join('    <package name="Package_%d_for_KB%d~31bf3856ad364e35~amd64~~6.0.1.%d" state="112"/>\n'
                   % (n % 20, 900000 + n // 5, n % 9) for n in range(count))
    text = re.sub(r"(<packages>\n)", lambda match: match.group(1) + rows, source, count=1)
    assert text != source, "the snapshot has no list of packages to add to"
    place.mkdir(parents=True, exist_ok=True)
    path = place / "many.xml"
    path.write_text(text, "utf-8")
    began = time.monotonic()
    code, out, most = wizard(machine, exe, place, "/assess", "/open:" + testbed.windows_path(path), limit=limit)
    assert code in range(4) and str(count // 5) in out, out
    return "%.1f s, %.0f MB at most" % (time.monotonic() - began, most / MEGABYTE)


def scan_files(machine, exe, place, count, limit=3600):
    """So many small scripts are scanned, one in a thousand of them asks for 6002; the memory stays bounded."""
    folder = place / "files"
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(count):
        inside = folder / ("%d" % (number // IN_A_FOLDER))
        if number % IN_A_FOLDER == 0:
            inside.mkdir(parents=True)
        odd = number % IN_A_FOLDER == 7
        (inside / ("script%d.vbs" % number)).write_text(
            "' %d\r\nif os.BuildNumber = %s then go\r\n" % (number, "6002" if odd else "7601"))
    empty = max(wizard(machine, exe, place, "/version", limit=limit)[2] for _ in range(5))     # over too soon to see
    began = time.monotonic()
    code, out, most = wizard(machine, exe, place, "/scan:" + testbed.windows_path(folder), limit=limit)
    spent = time.monotonic() - began
    shutil.rmtree(folder)
    assert code in range(4), out[-2000:]
    assert "script7.vbs" in out and out.count("script") >= count // IN_A_FOLDER, out[-2000:]
    told = "%.0f MB at most, %.1f MB more than to say the version" % (most / MEGABYTE, (most - empty) / MEGABYTE)
    assert most - empty < MEMORY, told
    return "%d files, %.0f s, %s" % (count, spent, told)
