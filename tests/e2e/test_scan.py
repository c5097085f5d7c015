"""/scan: what it finds in folders and on the machine, what it leaves alone, and its reports.

Junctions are proved by symbolic links, which Wine shows as plain folders: harder than on Windows, where they are
marked.
"""
import csv
import io
import shutil

from bench import *
from test_x86 import as_x86

FOUND, UNTOLD = UPDATES_WAIT, UNKNOWN
SCRIPT = '@echo off\r\nver | find "6.0.6002" > nul && goto old\r\n'
HEAD = ["grade", "kind", "path", "offset", "rule", "evidence"]
seconds = 20


def rows_of(path):
    """The findings as a spreadsheet reads them."""
    text_of = path.read_bytes().decode("utf-8-sig")
    assert text_of.endswith("\r\n") and "\n" not in text_of.replace("\r\n", "")
    rows = list(csv.reader(io.StringIO(text_of, newline="")))
    assert rows[0] == HEAD and all(len(row) == len(HEAD) for row in rows)
    assert not [field for row in rows for field in row if field[:1] in "=+-@\t"]
    return rows[1:]


def folder_with(bench, files):
    """A new folder C:\\scan with these files; names are relative."""
    folder = bench.host(r"C:\scan")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def leave(bench, folder):
    shutil.rmtree(folder)
    bench.untouched()
    assert not bench.data.exists()


def test_scan_finds_the_programs_and_not_the_ports(bench):
    corpus = ROOT / "build/compat"
    result = bench.expect(FOUND, "/scan:" + windows(corpus), r"/report:C:\found.csv")
    rows = rows_of(bench.host(r"C:\found.csv"))
    strong = {row[2].rsplit("\\", 1)[1] for row in rows if row[0] == "A"}
    for arch in ("x64", "x86"):
        for compiler in ("gcc", "clang"):
            assert "forms-%s-%s-O2.dll" % (arch, compiler) in strong
    assert not [row for row in rows if "\\ports-" in row[2]], "a port is no build"
    printed = [line for line in result.out.splitlines() if line.startswith("[")]
    assert len(printed) == len(rows)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    for row in rows[:5]:
        assert row[1] == "program" and int(row[3]) > 0 and "1772h" in row[5] or "17720" in row[5], row
    bench.untouched()


def test_scan_survives_names_links_and_depths(bench):
    deep = "/".join(["a folder with a name of forty characters"] * 9)
    folder = folder_with(bench, {
        "=1+1.cmd": SCRIPT, "+cmd.bat": SCRIPT, "-x.cmd": SCRIPT, "@a.cmd": SCRIPT, "a,b;c'd.cmd": SCRIPT,
        deep + "/deep.cmd": SCRIPT, "utf16.cmd": SCRIPT.encode("utf-16"), "big endian.cmd": b"\xFE\xFF" + SCRIPT.encode(
            "utf-16-be"), "empty.exe": b"", "short.exe": b"MZ", "liar.exe": b"MZ" + bytes(58) + b"\xFF\xFF\xFF\x7F",
        "zeros.cmd": bytes(100000), "notes.txt": "6.0.6002", "sub/again.cmd": SCRIPT,
    })
    (folder / "sub/loop").symlink_to("..")
    (folder / "sub/nowhere").symlink_to("/no/such/place")
    (folder / "sub/second.cmd").symlink_to("again.cmd")
    bench.expect(FOUND, r"/scan:C:\scan", r"/report:C:\found.csv", "/quiet")
    rows = rows_of(bench.host(r"C:\found.csv"))
    names = sorted(row[2].rsplit("\\", 1)[1] for row in rows)
    want = ["+cmd.bat", "-x.cmd", "=1+1.cmd", "@a.cmd", "a,b;c'd.cmd", "again.cmd", "big endian.cmd", "deep.cmd",
            "utf16.cmd"]
    assert names in (want, sorted(set(want) - {"again.cmd"} | {"second.cmd"})), names    # the file has two names
    assert {row[0] for row in rows} == {"B"} and {row[1] for row in rows} == {"script"}
    assert max(len(row[2]) for row in rows) > 300
    leave(bench, folder)


def test_scan_says_what_it_cannot_tell(bench):
    folder = folder_with(bench, {"setup.zip": b"PK\x03\x04" + bytes(100), "fine.cmd": "@echo off\r\n"})
    result = bench.expect(UNTOLD, r"/scan:C:\scan")
    assert text("IDS_SCAN_COMPRESSED").search(result.out) and "setup.zip" in result.out
    (folder / "setup.zip").unlink()
    result = bench.expect(DONE, r"/scan:C:\scan")
    assert text("IDS_SCAN_SAYS_NONE").search(result.out)
    assert text("IDS_SCAN_LEFT_FILTERS").search(result.out)
    line = bench.refuses(FAILED, r"/scan:C:\no such folder", r"/report:C:\none.csv")
    assert r"C:\no such folder" in line and not bench.host(r"C:\none.csv").exists()
    bench.refuses(FAILED, r"/scan:C:\scan\fine.cmd")
    leave(bench, folder)


def test_scan_stands_in_every_report(bench):
    folder = folder_with(bench, {"logon.cmd": SCRIPT, "fine.cmd": "@echo off\r\n"})
    for ending in ("html", "xml", "txt"):
        bench.expect(FOUND, r"/scan:C:\scan", r"/report:C:\report." + ending, "/quiet")
        report = bench.host(r"C:\report." + ending).read_text("utf-8-sig")
        assert "logon.cmd" in report and "6.0.6002" in report, ending
    root = ET.fromstring(bench.host(r"C:\report.xml").read_bytes())
    row, = root.findall("section[@name='findings']/row")
    assert row.get("verdict") == "action" and row.find("cell[@name='grade']").get("code") == "B"
    assert row.find("cell[@name='rule']").text == "text-find"
    bench.expect(DONE, r"/verify-report:C:\report.xml")
    leave(bench, folder)


def test_decisions_are_kept_with_their_reason(bench):
    folder = folder_with(bench, {"logon.cmd": SCRIPT})
    decided = bench.host(r"C:\decided.xml")
    bench.may_write.add(os.path.realpath(decided))
    decided.write_text('<suppressions version="1">\n<suppression path="logon.cmd" rule="*" '
                       'reason="retired in May, INC-7"/>\n</suppressions>\n')
    result = bench.expect(DONE, r"/scan:C:\scan", r"/suppressions:C:\decided.xml", r"/report:C:\found.csv")
    assert "retired in May, INC-7" in result.out
    row, = rows_of(bench.host(r"C:\found.csv"))
    assert row[5].endswith("; suppressed: retired in May, INC-7")
    decided.write_text('<suppressions version="1">\n<suppression path="logon.cmd" rule="all" reason="r"/>\n'
                       '</suppressions>\n')
    line = bench.refuses(FAILED, r"/scan:C:\scan", r"/suppressions:C:\decided.xml")
    assert r"C:\decided.xml" in line and "2" in line
    leave(bench, folder)


def test_the_x86_program_scans_the_same(bench):
    """Above all the machine's own System32, which Wine and Windows hide from it under that name."""
    as_x86(bench)
    script = bench.windows / "system32/GroupPolicy/Machine/Scripts/Startup/check.cmd"
    script.parent.mkdir(parents=True)
    script.write_bytes(SCRIPT.encode())
    bench.expect(FOUND, "/scan", r"/report:C:\found.csv", "/quiet")
    row, = rows_of(bench.host(r"C:\found.csv"))
    assert row[2] == r"C:\windows\System32\GroupPolicy\Machine\Scripts\Startup\check.cmd", row
    corpus = ROOT / "build/compat/scripts"
    bench.expect(FOUND, "/scan:" + windows(corpus), r"/report:C:\found.csv", "/quiet")
    assert len(rows_of(bench.host(r"C:\found.csv"))) > 20
    shutil.rmtree(bench.windows / "system32/GroupPolicy")
    bench.arch = "x64"
    bench.untouched()


def test_scan_of_the_machine_finds_its_scripts(bench):
    bench.expect(DONE, "/scan")
    script = bench.windows / "system32/GroupPolicy/Machine/Scripts/Startup/check.cmd"
    script.parent.mkdir(parents=True)
    script.write_bytes(SCRIPT.encode())
    query = '10;66;WQL;root\\CIMv2;SELECT * FROM Win32_OperatingSystem WHERE BuildNumber = ""6002"";"\r\n'
    filters = folder_with(bench, {"filters.wql": 'DN,objectClass,msWMI-Parm2\r\n"CN={1},CN=SOM",msWMI-Som,"1;3;'
                                                 + query})
    result = bench.expect(FOUND, "/scan", r"/report:C:\found.csv")
    row, = rows_of(bench.host(r"C:\found.csv"))
    assert row[:3] == ["B", "script", r"C:\windows\System32\GroupPolicy\Machine\Scripts\Startup\check.cmd"], row
    assert text("IDS_SCAN_SAYS_FINISHED").search(result.out)
    shutil.rmtree(bench.windows / "system32/GroupPolicy")
    bench.expect(FOUND, r"/scan:C:\scan", r"/report:C:\found.csv", "/quiet")
    row, = rows_of(bench.host(r"C:\found.csv"))
    assert row[4] == "text-query", row
    leave(bench, filters)


def test_ctrl_c_stops_a_scan(bench):
    """In Wine a program without a window has its parent's console from the start; in Windows it is attached to it when
    standard output or standard error leads there."""
    bench.finish(bench.launch("/scan:" + windows("/usr/lib"), through=[testbed.tool("interrupt"), "/usr/lib"]),
                 STOPPED)
    bench.untouched()
