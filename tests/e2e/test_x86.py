"""The x86 program on a 64-bit machine: it has to read the 64-bit registry and start the 64-bit installer.

Wine runs it in its WOW64 mode (tests/tools/wine32.sh), where System32 means SysWOW64 for the program and Sysnative is
the real one. Decoys lie where a program that forgets that would look: in SysWOW64 a second witness in the place of the
32-bit installer (each tells how wide it is), in Wow6432Node a machine that needs nothing and waits for a restart. Not
seen here: WMI, whose client Wine's WOW64 mode cannot load (it is "silent" then, a case of its own), and a 32-bit
Windows; there all tests are run with WZ_MACHINE=i386.
"""
import make_machines
from bench import *
from testbed_registry import CBS, CURRENT_VERSIONS, SHA2, package

DECOY = {                                               # not the build: with that Wine answers RtlGetVersion
    CURRENT_VERSIONS[-1]: {"ProductName": "Decoy", "EditionID": "ServerDecoy", "BuildLabEx": "6001.1.x86fre.decoy.0-0"},
    SHA2: {"SHA2-Codesigning-Support": 1, "SHA2-Core-Codesigning-Support": 1},
    CBS + r"\RebootPending": {}, **package("Package_for_KB4534303", "6.0.1.5")}


def as_x86(bench):
    if ARCH.bits == 32:
        raise Skip("for a 64-bit Windows; on this one the x86 program is in every test")
    if not (testbed.WINE32 / "i386-windows").is_dir():
        raise testbed.TestBedError("tests/tools/wine32.sh has to be run first")
    bench.arch = "x86"
    put_decoys(bench)
    image = exe("x86").read_bytes()
    at = int.from_bytes(image[0x3C:0x40], "little")
    assert image[at:at + 6] == b"PE\0\0\x4c\x01"        # machine type i386


def put_decoys(bench):
    installer = bench.windows / "syswow64/wusa.exe"
    installer.unlink()                                  # the template shares it
    shutil.copy(ROOT / "build/x86/witness.exe", installer)
    bench.set_registry({key.replace("Software\\Microsoft", r"Software\Wow6432Node\Microsoft"): values
                        for key, values in DECOY.items()})
    bench.end()
    bench.before = Traces(bench.folder)
    bench.boot()


def test_x86_decoys_are_seen_by_who_looks_there(bench):
    """Else the other tests would prove nothing."""
    as_x86(bench)
    bench.run(r"C:\windows\syswow64\wusa.exe", "/?")
    notes = bench.host(r"C:\witness.txt")
    assert notes.read_text("utf-8").startswith("32 "), notes.read_text("utf-8")
    notes.unlink()
    found = bench.check(r"C:\windows\syswow64\reg.exe", "query", SHA2)
    assert "SHA2-Codesigning-Support    REG_DWORD    0x1" in found, found
    assert not bench.has_key(SHA2)


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
    """The program that runs on an Itanium is the x86 one. The machines are snapshots, before its last update and after;
    that a machine is known as one is in tests/platform/test_probe_native.c."""
    machines = {"itanium-march-2019": UPDATES_WAIT, "itanium-january-2020": DONE}
    want = {}
    for name, code in machines.items():
        path = bench.host("C:\\%s.xml" % name)
        bench.may_write.add(os.path.realpath(path))
        path.write_text(make_machines.read(name).xml(), "utf-8")
        want[name] = bench.expect(code, "/assess", "/open:C:\\%s.xml" % name).out
    as_x86(bench)
    for name, code in machines.items():
        opened = "/open:C:\\%s.xml" % name
        assert bench.expect(code, "/assess", opened).out == want[name]
        bench.expect(code, opened, r"/report:C:\report.xml")
        report = ET.parse(bench.host(r"C:\report.xml")).getroot()
        for words in ("IDS_SYSTEM_ITANIUM", "IDS_ADVICE_ITANIUM", "IDS_CHK_SYSTEM_ITANIUM"):
            assert [item for item in report.iter() if text(words).fullmatch(item.text or "")], words
        paid = bench.wizard("/plan", "/target:esu3", opened)
        assert paid.code == BLOCKED and "(ia64)" in paid.out and not re.search(r"^1\. KB", paid.out, re.M), paid


for _test in (test_x86_from_6002_to_6003, test_x86_restarts_by_itself):
    _test.seconds = 15
