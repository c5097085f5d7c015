"""Names chosen to mean something to a command line, a page, a table or a reader: of folders and of update files.

Names that Windows itself would not give, with quotation marks and line ends, can stand on a stick that was written by
another system.
"""
import csv
import io

from bench import *

RTL = "\u202e"
FOLDER = "a & b %PATH% ^ 'c' ; $(calc) " + RTL + "gnp.x"
NAMES = {                                               # KB: a name that Windows allows
    "4493730": "=cmd 'calc'!A0 & echo KB4493730 %TEMP%.msu",
    "4474419": "@SUM(1) (KB4474419) -v4" + RTL + ARCH.name + ".msu",
    "4534303": "KB4534303 ; ^ & exit.msu",
}


def hostile_media(bench, names):
    place = bench.folder / "drive_c" / FOLDER
    place.mkdir()
    for kb, name in names.items():
        shutil.copy(next((UPDATES / "media").glob("*KB%s*" % kb)), place / name)
    bench.may_write |= {os.path.realpath(path) for path in (place, *place.iterdir())}
    return "/media:C:\\" + FOLDER


def test_attack_names_reach_the_installer_as_names(bench):
    """witness.c checks the command line: two quoted paths and two switches, nothing else (Bench.installed)."""
    plain = {kb: name.replace(RTL, "") for kb, name in NAMES.items()}      # Wine's own wusa stumbles over that one
    folder = hostile_media(bench, plain)
    bench.expect(RESTART, "/install", "/norestart", folder, catalogue(), r"/log:C:\run.log")
    assert bench.installed() == STEPS[:2]
    bench.walk()
    assert bench.installed() == STEPS and bench.is_6003()
    lines = bench.host(r"C:\run.log").read_text("utf-8-sig").splitlines()
    assert lines and RTL not in "".join(lines), "the log shows text from right to left"


def test_attack_names_stay_names_in_every_output(bench):
    folder = hostile_media(bench, NAMES)
    result = bench.expect(DONE, "/verify", folder, catalogue())
    assert RTL not in result.out, "the screen shows text from right to left"
    for kb, name in NAMES.items():
        assert name.replace(RTL, "[U+202E]") in result.out, name
    for form in ("html", "txt", "csv", "xml"):
        bench.wizard(folder, catalogue(), r"/report:C:\r." + form)
    page = bench.host(r"C:\r.html").read_text("utf-8-sig")
    assert RTL not in page and "<script" not in page.lower() and "[U+202E]" in page
    assert RTL not in bench.host(r"C:\r.txt").read_text("utf-8-sig")
    table = bench.host(r"C:\r.csv").read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert any("KB4493730 %TEMP%" in cell for cell in cells)
    for cell in cells:                                  # what Excel would take for a formula
        assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
        assert not cell.startswith("-") or not re.search(r"[^-\d.,: ]", cell), cell
    names = ET.parse(bench.host(r"C:\r.xml"))           # XML keeps the name as it is
    assert any(RTL in (element.text or "") for element in names.iter())
    bench.untouched()


def test_attack_names_of_devices_and_with_dots(bench):
    for name in ("CON", "NUL", r"C:\CON", r"C:\aux.txt\x", r"C:\...", r"\\.\PhysicalDrive0", r"\\?\GLOBALROOT", "",
                 "C:\\x\"y", "C:\\x|y", "C:\\a\nb", r"\\evil\share" + "x" * 300):
        result = bench.wizard("/verify", "/media:" + name, catalogue())
        assert result.code in (FILE, USAGE), "%r\n%s" % (name, result)
        assert len(result.errors) == 1 or result.out.startswith("missing "), "%r\n%s" % (name, result)
    bench.untouched()


def test_attack_files_named_like_devices_are_not_opened(bench):
    """A stick written elsewhere can hold a COM1.msu. To open that name is to open the port, and to wait for it; it is
    refused before that (ERROR_INVALID_NAME, 123)."""
    folder = hostile_media(bench, {kb: name.replace(RTL, "") for kb, name in NAMES.items()})
    place = bench.folder / "drive_c" / FOLDER
    names = ["COM1.msu", "nul.cab", "aux.msu"]
    for name in names:
        shutil.copy(next((UPDATES / "media").glob("*KB4493730*")), place / name)
        bench.may_write.add(os.path.realpath(place / name))
    result = bench.expect(DONE, "/verify", folder, catalogue())
    for name in names:
        wanted = r"^unreadable  \S+  %s  .*\b123\b" % re.escape(name)
        assert re.search(wanted, result.out, re.M), "%s\n%s" % (name, result)
    bench.untouched()


BAD = 'x\n2026-01-01T00:00:00Z  found  KB4493730  "line" & %PATH% <b>'
BAD_SHOWN = BAD.replace("\n", " ")


def test_attack_names_that_windows_would_not_give(bench):
    """They are told on one line, make none of their own in any output, and are not opened."""
    folder = hostile_media(bench, {"4493730": BAD + ".msu"})
    script = bench.folder / "drive_c" / FOLDER / (BAD + ".cmd")
    script.write_text('ver | find "6.0.6002"\n')
    bench.may_write.add(os.path.realpath(script))
    result = bench.expect(FILE, "/verify", folder, catalogue(), r"/log:C:\run.log", r"/report:C:\r.html")
    assert "\nunreadable  -  %s.msu  " % BAD_SHOWN in result.out, result
    log = bench.host(r"C:\run.log").read_text("utf-8-sig")
    for told in (result.out, log):
        assert not re.search(r"^2026-01-01", told, re.M), told
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  ", line) for line in log.splitlines() if line), log
    page = bench.host(r"C:\r.html").read_text("utf-8-sig")
    assert "%PATH% <b>" not in page and "%PATH% &lt;b&gt;" in page
    result = bench.expect(UNKNOWN, "/scan:C:\\" + FOLDER, r"/report:C:\r.csv")
    assert BAD_SHOWN + ".cmd: " in result.out, result
    assert bench.host(r"C:\r.csv").read_text("utf-8-sig").count("\n") == 1
    bench.untouched()


def test_attack_a_page_of_names_from_a_snapshot(bench):
    """The computer's name, the domain and a package named by whoever made the snapshot."""
    evil = "</td><script>alert(1)</script>'\"&amp;" + RTL
    source = (SNAPSHOTS / "bare-sp2-x64.xml").read_text("utf-8")
    escaped = evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    opened = re.sub(r'(<fact id="computer.name"[^>]*>)[^<]*', lambda match: match.group(1) + escaped, source)
    assert opened != source
    path = bench.host(r"C:\evil.xml")
    path.write_text(opened, "utf-8")
    bench.may_write.add(os.path.realpath(path))
    bench.wizard(r"/open:C:\evil.xml", r"/report:C:\r.html")
    page = bench.host(r"C:\r.html").read_text("utf-8-sig")
    assert "<script" not in page.lower() and RTL not in page and "&lt;script&gt;" in page
    testbed.check_call(["xmllint", "--noout", "--nonet", "--html", bench.host(r"C:\r.html")])
    told = bench.wizard("/assess", r"/open:C:\evil.xml")
    assert RTL not in told.out, told
