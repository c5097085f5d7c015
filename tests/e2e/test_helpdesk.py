"""What goes to the helpdesk: support codes, and reports that are sealed or name nobody."""
import csv
import hashlib
import io

from bench import *


def test_a_code_goes_from_machine_to_machine(bench):
    code = bench.expect(DONE, "/code").out.strip()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}", code), code
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ").replace("0", "o")):
        told = bench.expect(DONE, "/decode:" + typed).out
        assert "Version 6.0 (Build 6002: Service Pack 2)" in told and "6.0.6002." in told, told
    wrong = code[:12] + ("7" if code[12] != "7" else "8") + code[13:]
    line = bench.refuses(USAGE, "/decode:" + wrong)
    assert "group 3" in line, line
    bench.untouched()


def test_two_snapshots_are_compared(bench):
    bare, later = (windows(SNAPSHOTS / name) for name in ("bare-sp2-x64.xml", "6003-january-2020-x64.xml"))
    told = bench.expect(1, "/compare:%s;%s" % (bare, later), r"/report:C:\differences.xml", "/log:C:\\compare.txt").out
    assert "6.0.6002.18005 | 6.0.6003.20706" in told and text("IDS_COMPARE_DIFFERENT").search(told), told
    path = bench.host(r"C:\differences.xml")
    testbed.check_call(["xmllint", "--noout", "--schema", ROOT / "resources/report.xsd", path])
    root = ET.parse(path).getroot()
    assert root.find("verdict").get("exit") == "1"
    assert root.find("section[@name='updates']/row[@id='KB4534303']") is not None
    bench.expect(DONE, r"/verify-report:C:\differences.xml")
    told = bench.expect(DONE, "/compare:%s;%s" % (bare, bare)).out
    assert text("IDS_COMPARE_SAME").search(told), told
    line = bench.refuses(FAILED, r"/compare:C:\none.xml;" + later)
    assert line.startswith("C:\\none.xml: "), line
    bench.refuses(USAGE, "/compare:" + bare)
    bench.untouched()


def test_a_report_is_sealed_and_verified(bench):
    bench.expect(UPDATES_WAIT, r"/report:C:\report.xml")
    path = bench.host(r"C:\report.xml")
    written = path.read_bytes()
    found = re.search(rb'  <seal algorithm="sha-256">([0-9a-f]{64})</seal>\n', written)
    canonical = written[:found.start()] + written[found.end():]
    assert hashlib.sha256(canonical).hexdigest() == found.group(1).decode()
    bench.expect(DONE, r"/verify-report:C:\report.xml")
    bench.may_write |= {os.path.realpath(path)}
    path.write_bytes(written.replace(b"\n", b"\r\n"))
    bench.expect(DONE, r"/verify-report:C:\report.xml")
    path.write_bytes(written.replace(b"6002", b"6003", 1))
    line = bench.refuses(FAILED, r"/verify-report:C:\report.xml")
    assert line.startswith("C:\\report.xml: ") and text("IDS_SEAL_BROKEN").search(line), line
    path.write_bytes(canonical)
    line = bench.refuses(FAILED, r"/verify-report:C:\report.xml")
    assert text("IDS_SEAL_NONE").search(line), line
    bench.refuses(FAILED, r"/verify-report:C:\none.xml")


def test_what_leaves_names_nobody_where_asked(bench):
    bench.expect(UPDATES_WAIT, r"/snapshot:C:\named.xml")
    name = re.search(r'<fact id="computer.name"[^>]*>([^<]+)<', bench.host(r"C:\named.xml").read_text("utf-8")).group(1)
    word = re.compile(r"(?<!\w)%s(?!\w)" % re.escape(name), re.I)
    for ending in ("xml", "html", "txt", "csv"):
        bench.expect(UPDATES_WAIT, "/report:C:\\report." + ending, "/redact")
        told = bench.host("C:\\report." + ending).read_text("utf-8-sig")
        assert not word.search(told) and re.search("COMPUTER-[0-9a-f]{8}", told), ending
    bench.expect(DONE, r"/verify-report:C:\report.xml")
    rows = list(csv.reader(io.StringIO(bench.host(r"C:\report.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[0] == ["section", "row", "verdict", "column", "code", "text"] and {len(row) for row in rows} == {6}
    bench.expect(UPDATES_WAIT, r"/snapshot:C:\nobody.xml", "/redact")
    assert not word.search(bench.host(r"C:\nobody.xml").read_text("utf-8"))
    bench.expect(UPDATES_WAIT, "/assess", r"/open:C:\nobody.xml")
