"""The x86 program on a 64-bit machine: it has to read the 64-bit registry and start the 64-bit installer.

Wine runs it in its WOW64 mode (tests/tools/wine32.sh), where System32 means SysWOW64 for the program and Sysnative is
the real one. The witness lives in the real System32 only and tells how wide it is. Not seen here: WMI, whose client
Wine's WOW64 mode cannot load (it is "silent" then, a case of its own), and a 32-bit Windows.
"""
from bench import *


def as_x86(bench):
    if not (testbed.WINE32 / "i386-windows").is_dir():
        raise testbed.TestBedError("tests/tools/wine32.sh has to be run first")
    bench.arch = "x86"
    image = exe("x86").read_bytes()
    at = int.from_bytes(image[0x3C:0x40], "little")
    assert image[at:at + 6] == b"PE\0\0\x4c\x01"        # machine type i386


def test_x86_assesses_as_x64_does(bench):
    drop = re.compile(r"^\[\w+\] (Clock|Disk space|Installed packages).*\n|(?<= WMI: ).*", re.M)
    want = drop.sub("", bench.expect(UPDATES_WAIT, "/assess").out)
    as_x86(bench)
    assert drop.sub("", bench.expect(UPDATES_WAIT, "/assess").out) == want
    snapshot = bench.wizard(r"/snapshot:C:\s.xml")
    facts = bench.host(r"C:\s.xml").read_text("utf-8")
    assert snapshot.code == UPDATES_WAIT and re.search(r'"system.architecture"[^>]*>x64<|>x64</fact>', facts)
    bench.untouched()
    assert not bench.data.exists()


def test_x86_from_6002_to_6003(bench):
    as_x86(bench)
    bench.expect(DONE, "/verify", media(), catalogue())
    bench.refuses(FILE, "/install", "/norestart", media())
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    assert bench.installed() == STEPS[:2] and bench.is_6002()      # and the witness is a 64-bit program
    bench.expect(RESTART, "/resume", "/norestart")
    bench.walk()
    assert bench.installed() == STEPS and bench.is_6003() and bench.state() == "done"
    bench.expect(DONE, "/assess", r"/report:C:\report.html")
    page = bench.host(r"C:\report.html").read_text("utf-8")
    assert "6.0.6002.24565" in page and "6.0.6003.20706" in page


def test_x86_restarts_by_itself(bench):
    """RunOnce of the 64-bit registry: the 32-bit one is not looked at when Windows starts."""
    as_x86(bench)
    told = bench.finish(bench.launch("/install", "/restart", media(), catalogue()), RESTARTING)
    assert not told.err, told
    for _ in range(2):
        assert bench.run_once_of_the_restart().endswith("/resume /quiet /restart")
        bench.restart()
        more = bench.wait_on_its_own()
    assert not more and bench.state() == "done" and bench.is_6003() and bench.installed() == STEPS


def test_x86_bad_input(bench):
    as_x86(bench)
    bench.refuses(USAGE, "/bogus")
    bench.refuses(FILE, "/install", "/norestart", r"/media:C:\nothing here")
    bench.refuses(FAILED, "/assess", r"/open:C:\windows\win.ini")
    bench.refuses(FAILED, "/assess", "/quiet", r"/report:Q:\report.html")
    bench.untouched()


def test_itanium_is_told_as_such_by_the_x86_program(bench):
    """The program that runs on an Itanium is the x86 one; the machine itself is a snapshot with its architecture."""
    path = bench.host(r"C:\itanium.xml")
    source = (SNAPSHOTS / "bare-sp2-x64.xml").read_text("utf-8").replace("~amd64~", "~ia64~")
    path.write_text(re.sub(r'(id="version.architecture"[^>]*>)x64<', r"\1ia64<", source), "utf-8")
    bench.may_write.add(os.path.realpath(path))
    want = bench.expect(UPDATES_WAIT, "/assess", r"/open:C:\itanium.xml").out
    as_x86(bench)
    free = bench.expect(UPDATES_WAIT, "/assess", r"/open:C:\itanium.xml")
    assert free.out == want and "Itanium" in free.out and "KB4493730" in free.out, free
    paid = bench.wizard("/plan", "/target:esu3", r"/open:C:\itanium.xml")
    assert paid.code == BLOCKED and "ia64" in paid.out and not re.search(r"^1\. KB", paid.out, re.M), paid
    bench.untouched()


for _test in (test_x86_from_6002_to_6003, test_x86_restarts_by_itself):
    _test.seconds = 15
