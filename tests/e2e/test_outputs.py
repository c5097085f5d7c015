"""Places where nothing can be written: folders that are not there, folders, read-only files and disks, full disks.

Small file systems of their own (tmpfs) need the right to mount; where that is missing, the test says so.
"""
import contextlib
import time

from bench import *

SWITCHES = ("/report:", "/snapshot:", "/shopping-list:", "/log:")
PAGE = 4096


@contextlib.contextmanager
def disk(place, size, options=""):
    """A tmpfs on the folder, of so many bytes; yields a function that changes its size or options."""
    place.mkdir(parents=True, exist_ok=True)

    def mount(how):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", place], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise Skip("a tmpfs cannot be mounted here: " + done.stdout.decode().splitlines()[0])
    mount("size=%d,mode=755%s" % (size, options))
    try:
        yield lambda how: mount("remount," + how)
    finally:
        for _ in range(50):                             # until the last program has let go of it
            if subprocess.run(["umount", place], stderr=subprocess.DEVNULL, check=False).returncode == 0:
                break
            time.sleep(0.1)
        if not any(place.iterdir()):
            place.rmdir()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_assess_leaves_no_trace(bench):
    bench.expect(UPDATES_WAIT, "/assess", catalogue(), media())
    bench.expect(UPDATES_WAIT, "/plan")
    bench.expect(DONE, "/verify", catalogue(), media())
    bench.untouched()
    assert not bench.data.exists()


def test_places_where_nothing_can_be_written(bench):
    keep = bench.host(r"C:\keep.xml")
    keep.write_text("old\n")
    keep.chmod(0o444)                                   # read-only for Windows programs
    folder = bench.host(r"C:\folder.xml")
    folder.mkdir()
    bench.may_write |= {os.path.realpath(keep), os.path.realpath(folder)}
    for switch in SWITCHES:
        for path in (r"C:\no such folder\it.xml", r"Q:\it.xml", r"C:\folder.xml", r"C:\keep.xml", r"C:\keep.xml\it.xml",
                     "C:\\what?.xml"):
            line = bench.refuses(FAILED, "/assess", "/quiet", switch + path)
            assert line.startswith(path + ": ") and re.search(r"\(code \d+\)", line), line
    assert keep.read_text() == "old\n" and not names(folder)
    for switch in SWITCHES:                             # what was asked for besides is still done
        if switch != "/log:":
            bench.refuses(FAILED, "/assess", "/quiet", switch + r"Q:\it.xml", r"/log:C:\good.log")
            assert bench.host(r"C:\good.log").stat().st_size > 0
    bench.untouched()


def test_a_report_that_cannot_be_written_is_told_before_the_installation(bench):
    for path in (r"C:\no such folder\it.html", r"Q:\it.html"):
        for switch in ("/report:", "/log:"):
            line = bench.refuses(FAILED, "/install", "/norestart", media(), catalogue(), switch + path)
            assert line.startswith(path), line
    bench.untouched()
    assert not bench.data.exists() or not names(bench.data)


def test_a_read_only_disk(bench):
    with disk(bench.folder / "drive_c/stick", 1 << 20) as change:
        change("ro")
        for switch in SWITCHES:
            line = bench.refuses(FAILED, "/assess", "/quiet", switch + r"C:\stick\it.xml")
            assert line.startswith(r"C:\stick\it.xml: "), line
            assert text("IDS_ERROR_DENIED_CODE").search(line), line
        assert not names(bench.folder / "drive_c/stick")
        bench.end()


def test_update_files_on_a_read_only_disk(bench):
    """As on a CD: they are copied, verified and installed, and nothing is asked of the disk itself."""
    stick = bench.folder / "drive_c/stick"
    with disk(stick, 64 << 20) as change:
        for path in (UPDATES / "media").iterdir():
            shutil.copy(path, stick)
            (stick / path.name).chmod(0o444)
        change("ro")
        found = bench.expect(DONE, "/verify", "/media:C:\\stick", catalogue())
        assert found.out.count("  KB") == len(STEPS), found.out
        bench.expect(RESTART, "/install", "/norestart", "/media:C:\\stick", catalogue())
        bench.end()
    bench.walk()
    assert bench.installed() == STEPS and bench.is_6003()


def test_a_full_disk_for_outputs(bench):
    """Whatever is free: the file is whole, or one line says why, and the old one is still there."""
    stick = bench.folder / "drive_c/stick"
    with disk(stick, 256 * PAGE):
        for switch in SWITCHES:
            path = "C:\\stick\\it.xml"
            whole = bench.host(path)
            bench.expect(UPDATES_WAIT, "/assess", "/quiet", switch + path)
            pages = -(-whole.stat().st_size // PAGE)
            whole.unlink()
            for free in {0, 1, pages - 1} & set(range(pages)):
                whole.write_text("old\n")
                (stick / "filler").write_bytes(bytes((os.statvfs(stick).f_bavail - free) * PAGE))
                line = bench.refuses(FAILED, "/assess", "/quiet", switch + path)
                assert line.startswith(path) and text("IDS_ERROR_FULL_CODE").search(line), line
                assert names(stick) == ["filler", "it.xml"], names(stick)
                assert whole.read_text("utf-8-sig").startswith("old\n"), switch
                (stick / "filler").unlink()
                whole.unlink()
        bench.end()
    bench.boot()
    bench.untouched()


def test_a_full_disk_for_the_data_folder(bench):
    """From a disk without a free page upwards: nothing half-written, and it goes on when there is room."""
    with disk(bench.data, 64 * PAGE) as change:
        for size in (PAGE, 2 * PAGE, 4 * PAGE, 16 * PAGE):              # too little even for the first copies
            change("size=%d" % size)
            line = bench.refuses(FAILED, "/install", "/norestart", media(), catalogue())
            assert text("IDS_ERROR_FULL_CODE").search(line), line
            assert bench.state() is None and not list(bench.data.rglob("*.tmp")), names(bench.data)
        bench.untouched()
        need = sum(path.stat().st_size for path in (UPDATES / "media").iterdir())
        journals = 0
        for extra in range(0, 40 * PAGE, 8 * PAGE):                     # around the first journal and its backup
            change("size=%d" % ((need // PAGE + 1) * PAGE + extra))
            result = bench.wizard("/install" if bench.state() is None else "/resume", "/norestart",
                                  *([media(), catalogue()] if bench.state() is None else []))
            assert result.code in (FAILED, RESTART), result
            assert result.code == RESTART or text("IDS_ERROR_FULL_CODE").search(result.err), result
            assert len(result.errors) == (result.code == FAILED), result
            assert not list(bench.data.rglob("*.tmp")), names(bench.data)
            journals += bench.state() is not None                       # and readable, or this fails
            bench.expect(UPDATES_WAIT if bench.state() is None else RESTART, "/assess") if result.code == FAILED else 0
        change("size=64M")
        if bench.state() != "restart":
            bench.expect(RESTART, "/install" if bench.state() is None else "/resume", "/norestart",
                         *([media(), catalogue()] if bench.state() is None else []))
        assert bench.installed() == STEPS[:2]
        bench.restart()
        used = sum(path.stat().st_blocks * 512 for path in bench.data.rglob("*"))
        change("size=%d" % (used + 2 * PAGE))                           # and now it is full: the journal must survive
        (bench.data / "filler").write_bytes(bytes(PAGE))
        with contextlib.suppress(OSError):
            (bench.data / "filler").write_bytes(bytes(8 * PAGE))
        line = bench.refuses(FAILED, "/resume", "/norestart")
        assert text("IDS_ERROR_FULL_CODE").search(line), line
        assert bench.state() in ("restart", "open") and bench.installed() == STEPS[:2]
        change("size=64M")
        (bench.data / "filler").unlink()
        bench.expect(RESTART, "/resume", "/norestart")
        bench.restart()
        bench.expect(DONE, "/resume", "/norestart")
        assert bench.installed() == STEPS and bench.is_6003()
        bench.end()
