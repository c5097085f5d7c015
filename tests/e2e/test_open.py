"""Snapshots of other machines: /open with every action and output, and files that are no snapshots."""
from bench import *

MACHINES = [                                            # tests/data/snapshots, exit code, a word of the output
    ("bare-sp2-x64", UPDATES_WAIT, "KB4493730"),
    ("sp2-x86-stack", UPDATES_WAIT, "KB4474419"),
    ("6003-january-2020-x64", DONE, "Build 6003"),
    ("broken-pending-x64", BLOCKED, "Blocked"),
    ("server-2008-r2-x64", UNSUPPORTED, "7601"),
    ("vista-sp2-x86", UNSUPPORTED, "Windows Vista"),
]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
GOOD = HEAD + '<snapshot version="1" taken="2026-11-06T21:20:00Z" product="0.1.0">\n'
FACT = '<fact id="version.api" state="known" source="API RtlGetVersion" time="2026-11-06T21:20:00Z">%s</fact>\n'
LAUGHS = "".join('<!ENTITY l%d "%s">' % (n, ("&l%d;" % (n - 1)) * 10 if n else "ha") for n in range(9))
HOSTILE = [                                             # what it is, content, line, reason
    ("empty", "", None, "IDS_REASON_EMPTY"),
    ("no XML", "Good morning.\n", 1, None),
    ("a DOCTYPE", HEAD + "\n<!DOCTYPE snapshot>\n" + GOOD[len(HEAD):] + "</snapshot>", 3, "IDS_REASON_DOCTYPE"),
    ("an entity of a file", HEAD + '<!DOCTYPE snapshot [<!ENTITY x SYSTEM "file:///C:/windows/win.ini">]>\n'
     "<snapshot>&x;</snapshot>", 2, "IDS_REASON_DOCTYPE"),
    ("billion laughs", HEAD + "<!DOCTYPE snapshot [" + LAUGHS + "]>\n<snapshot>&l8;</snapshot>", 2,
     "IDS_REASON_DOCTYPE"),
    ("too deep", GOOD + "<a>\n" * 200 + "</a>" * 200 + "</snapshot>", None, "IDS_REASON_TOO_DEEP"),
    ("truncated", (SNAPSHOTS / "bare-sp2-x64.xml").read_text("utf-8")[:3000], None, None),
    ("another kind of file", HEAD + "<journal/>", 2, "IDS_REASON_ROOT"),
    ("an unknown element", GOOD + FACT % "6.0.6002" + "<surprise/>\n</snapshot>", 4, "IDS_REASON_SCHEMA"),
    ("an unknown state", GOOD + (FACT % "6.0.6002").replace("known", "guessed") + "</snapshot>", 3,
     "IDS_REASON_SCHEMA"),
    ("no version in a version", GOOD + FACT % "six" + "</snapshot>", 3, None),
    ("bytes that are no UTF-8", (GOOD + FACT).encode().replace(b"%s", b"\xff\xfe") + b"</snapshot>", 3, None),
    ("another encoding", HEAD.replace("UTF-8", "EBCDIC-US") + "<snapshot/>", None, None),
    ("a zero byte", (GOOD + FACT % "6.0\0.6002" + "</snapshot>"), None, None),
    ("a site catalogue", None, None, None),
]


def opened(name):
    return "/open:" + windows(SNAPSHOTS / (name + ".xml"))


def test_six_machines(bench):
    for name, code, word in MACHINES:
        for action in ("/assess", "/plan"):
            result = bench.wizard(action, opened(name))
            assert result.code == code, "%s\n%s" % (name, result)
        told = bench.wizard("/assess", opened(name))
        assert word in told.out and not told.err, "%s\n%s" % (name, told)
        verify = bench.wizard("/verify", opened(name), media(), catalogue())
        assert verify.code in (DONE, FILE, UNSUPPORTED), verify
        assert (verify.code == UNSUPPORTED) == (code == UNSUPPORTED), verify
    bench.untouched()


def test_unsupported_says_why_in_one_line(bench):
    for name, code, _ in MACHINES[-2:]:
        line = bench.refuses(code, "/verify", opened(name), media(), catalogue())
        assert text("IDS_ASSESSED_UNSUPPORTED").search(line), line


def test_every_output_of_every_machine(bench):
    schema = ROOT / "resources"
    for name, code, _ in MACHINES:
        result = bench.wizard(opened(name), r"/report:C:\r.html", r"/snapshot:C:\s.xml", r"/shopping-list:C:\l.txt")
        assert result.code == code and result.out == "" == result.err, result
        bench.wizard(opened(name), r"/report:C:\r.xml")
        bench.wizard(opened(name), r"/report:C:\r.txt")
        for file, xsd in (("s.xml", "snapshot.xsd"), ("r.xml", "report.xsd")):
            testbed.check_call(["xmllint", "--noout", "--nonet", "--schema", schema / xsd, bench.host("C:\\" + file)])
        testbed.check_call(["xmllint", "--noout", "--nonet", "--html", bench.host(r"C:\r.html")])
        for file in ("r.html", "r.xml", "r.txt"):
            computer = re.search(r'"computer.name"[^>]*>([^<]+)<', (SNAPSHOTS / (name + ".xml")).read_text()).group(1)
            assert computer in bench.host("C:\\" + file).read_text("utf-8-sig"), name + " " + file
        assert bench.host(r"C:\l.txt").stat().st_size > 0
        again = bench.wizard(r"/open:C:\s.xml", r"/snapshot:C:\s2.xml")
        assert again.code == code
        assert bench.host(r"C:\s.xml").read_bytes() == bench.host(r"C:\s2.xml").read_bytes(), name
    bench.untouched()


def test_own_snapshot_opens_as_this_computer(bench):
    here = bench.expect(UPDATES_WAIT, "/assess", r"/snapshot:C:\here.xml").out
    there = bench.expect(UPDATES_WAIT, "/assess", r"/open:C:\here.xml").out
    drop = re.compile(r"^(From the snapshot|Written|\[\w+\] Clock).*\n", re.M)
    assert drop.sub("", here) == drop.sub("", there)


def test_files_that_are_no_snapshots(bench):
    path = bench.host(r"C:\bad.xml")
    bench.may_write.add(os.path.realpath(path))
    for what, content, line, reason in HOSTILE:
        if content is None:
            content = SITE.read_bytes()
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for arguments in (["/assess"], [r"/report:C:\r.html"]):
            told = bench.refuses(FAILED, *arguments, r"/open:C:\bad.xml")
            assert told.startswith(r"C:\bad.xml"), "%s: %s" % (what, told)
            assert line is None or ", line %d: " % line in told, "%s: %s" % (what, told)
            assert reason is None or text(reason).search(told), "%s: %s" % (what, told)
            assert what in ("empty",) or ", line " in told, "%s: %s" % (what, told)
        assert not bench.host(r"C:\r.html").exists(), what
    bench.untouched()


def test_attack_no_document_may_define_or_fetch_anything(bench):
    """With every switch that takes XML; see test_files.py and test_journal.py for update files and the journal.
    What the entity would fetch is in no output."""
    secret, path = bench.host(r"C:\secret.txt"), bench.host(r"C:\bad.xml")
    secret.write_text("the secret")
    bench.may_write |= {os.path.realpath(secret), os.path.realpath(path)}
    for root, arguments in (("catalogue", ["/assess", r"/catalogue:C:\bad.xml"]),
                            ("snapshot", ["/assess", r"/open:C:\bad.xml"]),
                            ("suppressions", [r"/scan:C:\ProgramData", r"/suppressions:C:\bad.xml"]),
                            ("report", [r"/verify-report:C:\bad.xml"]),
                            ("report", [r"/compare:C:\bad.xml;C:\bad.xml"])):
        for subset in ('<!ENTITY x SYSTEM "file:///C:/secret.txt">', LAUGHS + '<!ENTITY x "&l8;">',
                       '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'):
            path.write_text("%s\n<!DOCTYPE %s [%s]>\n<%s>&x;</%s>" % (HEAD, root, subset, root, root))
            result = bench.wizard(*arguments)
            assert result.code == FAILED and len(result.errors) == 1, "%s %s" % (arguments, result)
            assert text("IDS_REASON_DOCTYPE").search(result.errors[0]), "%s %s" % (arguments, result)
            assert "the secret" not in result.out + result.err, result
    bench.untouched()


def test_snapshots_that_cannot_be_read(bench):
    assert r"C:\missing.xml" in bench.refuses(FAILED, "/assess", r"/open:C:\missing.xml")
    assert r"C:\windows" in bench.refuses(FAILED, "/assess", r"/open:C:\windows")
    big = bench.host(r"C:\big.xml")
    bench.may_write.add(os.path.realpath(big))
    with open(big, "wb") as file:
        file.truncate(80 << 20)
    began = os.times().elapsed
    assert text("IDS_REASON_TOO_LARGE").search(bench.refuses(FAILED, "/assess", r"/open:C:\big.xml"))
    assert os.times().elapsed - began < 20
