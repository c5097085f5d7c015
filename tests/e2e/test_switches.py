"""The command line itself: what is refused, and the switches that go with everything."""
from bench import *

WRONG = [                                               # arguments; what the one line of error names; why
    (["/bogus"], "/bogus", "IDS_OPTION_UNKNOWN"),
    (["/assess", "/bogus:1"], "/bogus:1", "IDS_OPTION_UNKNOWN"),
    (["/"], "/", "IDS_OPTION_UNKNOWN"),
    (["--assess"], "--assess", "IDS_OPTION_UNKNOWN"),
    (["assess"], "assess", "IDS_OPTION_NOT_A_SWITCH"),
    ([""], "", "IDS_OPTION_NOT_A_SWITCH"),
    (["/assess", r"C:\updates"], r"C:\updates", "IDS_OPTION_NOT_A_SWITCH"),
    (["/assess", "/ASSESS"], "/assess", "IDS_OPTION_TWICE"),
    (["/plan", "/target:free", "/target:6003"], "/target", "IDS_OPTION_TWICE"),
    (["/assess", "/plan"], "/plan", "IDS_OPTION_TWO_ACTIONS"),
    (["/install", "/resume", media()], "/resume", "IDS_OPTION_TWO_ACTIONS"),
    (["/assess:now"], "/assess", "IDS_OPTION_VALUE"),
    (["/plan", "/quiet:yes"], "/quiet", "IDS_OPTION_VALUE"),
    (["/verify", "/media"], "/media", "IDS_OPTION_NO_VALUE"),
    (["/verify", "/media:"], "/media", "IDS_OPTION_NO_VALUE"),
    (["/report:"], "/report", "IDS_OPTION_NO_VALUE"),
    (["/plan", "/target:7"], "/target", "IDS_OPTION_TARGET"),
    (["/install", "/norestart"], "/install", "IDS_OPTION_NEEDS_MEDIA"),
    (["/verify"], "/verify", "IDS_OPTION_NEEDS_MEDIA"),
    (["/install", "/norestart", "/restart", media()], "/restart", "IDS_OPTION_CONFLICT"),
    (["/install", media(), r"/open:C:\machine.xml"], "/install", "IDS_OPTION_CONFLICT"),
    (["/resume", r"/open:C:\machine.xml"], "/resume", "IDS_OPTION_CONFLICT"),
    (["/resume", "/target:6003"], "/target", "IDS_OPTION_CONFLICT"),
    (["/resume", catalogue()], "/catalogue", "IDS_OPTION_CONFLICT"),
    (["/assess", "/norestart"], "/norestart", "IDS_OPTION_NEEDS_INSTALL"),
    (["/plan", "/restart"], "/restart", "IDS_OPTION_NEEDS_INSTALL"),
    (["/quiet"], "/quiet", "IDS_OPTION_NEEDS_ACTION"),
    ([r"/log:C:\wizard.log"], "/log", "IDS_OPTION_NEEDS_ACTION"),
    (["/assess", r"/report:C:\report.pdf"], r"C:\report.pdf", "IDS_OPTION_ENDING"),
    (["/assess", r"/report:C:\report"], r"C:\report", "IDS_OPTION_ENDING"),
    (["/verify", '/media:"C:\\up dates\\"'], "/media", "IDS_OPTION_QUOTE"),
    (["/remedy:0x8007064g"], "/remedy:0x8007064g", "IDS_OPTION_REMEDY"),
    (["/remedy:4294967296"], "/remedy:4294967296", "IDS_OPTION_REMEDY"),
    (["/remedy", "/assess"], "/remedy", "IDS_OPTION_NO_VALUE"),
    (["/remedy:1603", r"/report:C:\report.txt"], "/report", "IDS_OPTION_CONFLICT"),
]


def test_a_code_is_explained(bench):
    forms = [bench.expect(DONE, "/remedy:" + form).out for form in
             ("0x80070643", "80070643", "-2147023293", "2147944003", "ERROR_INSTALL_FAILURE", "error_install_failure")]
    assert len(set(forms)) == 1, forms
    for name in ("IDS_REMEDY_CAUSE_LICENCE", "IDS_REMEDY_FIX_LICENCE", "IDS_REMEDY_FOUND_WINDOWS", "IDS_REMEDY_SOURCE"):
        assert text(name).search(forms[0]), "%s\n%s" % (name, forms[0])
    assert text("IDS_REMEDY_CAUSE_LICENCE").search(bench.expect(DONE, "/remedy:1603").out)
    log = bench.windows / "Logs/CBS/CBS.log"
    bench.may_write.add(os.path.realpath(log))
    line = "2019-05-01 10:00:00, Error                 CBS    Failed this. [HRESULT = 0x800704c7 - CANCELLED]\n"
    log.write_text(line)
    unlisted = bench.expect(DONE, "/remedy:0x800704C7").out
    assert "FACILITY_WIN32 (7)" in unlisted and "CBS.log: 2019-05-01 10:00:00" in unlisted, unlisted
    assert text("IDS_REMEDY_FOUND_WINDOWS").search(unlisted), unlisted
    assert "KB4489880" in bench.expect(DONE, "/remedy:kerberos").out
    bench.untouched()


def test_bad_command_lines_are_one_line_each(bench):
    for arguments, names, why in WRONG:
        result = bench.expect(USAGE, *arguments)
        assert result.out == "" and len(result.errors) == 1, result
        line = result.errors[0]
        assert line.startswith(names) and text(why).search(line), "%r: %s" % (arguments, line)
    bench.untouched()


def test_help_and_version(bench):
    version = bench.expect(DONE, "/version").out
    assert re.fullmatch(r"Build 6003 Readiness Wizard \d+\.\d+\.\d+\n", version.replace("\r", "")), version
    for switch in ("/?", "-?", "/HELP", "/help"):
        told = bench.expect(DONE, switch).out
        assert told.startswith(version)
        for name in ("/assess", "/plan", "/verify", "/install", "/resume", "/target:", "/media:", "/catalogue:",
                     "/norestart", "/restart", "/snapshot:", "/open:", "/shopping-list:", "/report:", "/log:", "/lang:",
                     "/checksums:", "/quiet", "/version", "/?", "1639", "3010"):
            assert name in told, name
        assert max(len(line) for line in told.splitlines() if line.startswith("  /")) <= 112
    assert bench.expect(DONE, "/install", "/?").out == told         # help explains, it does not begin
    bench.untouched()


def test_letter_case_and_the_other_dash(bench):
    for arguments in (["/PLAN", "/Target:FREE"], ["-plan", "-target:free"]):
        assert bench.expect(UPDATES_WAIT, *arguments).out == bench.expect(UPDATES_WAIT, "/plan").out
    assert bench.expect(UPDATES_WAIT, "/plan", "/target:6003").out != bench.expect(UPDATES_WAIT, "/plan").out


def test_quiet_is_silent_but_not_about_errors(bench):
    assert bench.expect(UPDATES_WAIT, "/assess", "/quiet").out == ""
    result = bench.wizard("/verify", "/quiet", r"/media:C:\nothing here")
    assert result.code == FILE and result.out == "" and r"C:\nothing here" in result.err, result


def test_language(bench):
    english = bench.expect(UPDATES_WAIT, "/plan").out
    for tag in ("en-US", "EN-us", "en"):
        assert bench.expect(UPDATES_WAIT, "/plan", "/lang:" + tag).out == english, tag
    german = bench.expect(UPDATES_WAIT, "/plan", "/lang:de-DE").out
    assert german != english and bench.expect(UPDATES_WAIT, "/plan", "/lang:de").out == german, german
    for tag in ("xx", "not a language"):
        line = bench.refuses(USAGE, "/plan", "/lang:" + tag)
        assert line.startswith("/lang:" + tag) and text("IDS_OPTION_LANGUAGE").search(line), line
        assert "de-DE, en-US" in line, line
    line = bench.refuses(USAGE, "/lang:de", "/bogus")       # what is wrong is told in the language that was asked for
    assert text("IDS_OPTION_UNKNOWN", "de-DE").search(line), line


def test_the_report_in_another_language(bench):
    """What is said and what is saved differ in language, and in nothing that a program reads."""
    english = bench.expect(UPDATES_WAIT, "/assess", r"/report:C:\one.xml").out
    other = bench.expect(UPDATES_WAIT, "/assess", r"/report:C:\two.xml", "/report-lang:de").out
    both = [ET.parse(bench.host("C:\\" + name)).getroot() for name in ("one.xml", "two.xml")]
    assert [part.replace("two.xml", "one.xml") for part in other.splitlines()][:5] == english.splitlines()[:5]
    assert [root.get("language") for root in both] == ["en-US", "de-DE"]
    assert [[item.get("code") for item in root.iter()] for root in both][0] == \
        [[item.get("code") for item in root.iter()] for root in both][1]
    assert ET.tostring(both[0], method="text") != ET.tostring(both[1], method="text")
    line = bench.refuses(USAGE, "/assess", "/report-lang:xx")
    assert line.startswith("/report-lang:xx") and text("IDS_OPTION_LANGUAGE").search(line), line


def test_outputs_alone_are_headless_and_silent(bench):
    for switch, name in (("/report:", "r.html"), ("/snapshot:", "s.xml"), ("/shopping-list:", "l.txt")):
        result = bench.expect(UPDATES_WAIT, switch + "C:\\" + name)
        assert result.out == "" and bench.host("C:\\" + name).stat().st_size > 100, result
    bench.untouched()


def test_log_is_added_to(bench):
    log = bench.host(r"C:\wizard.log")
    told = bench.expect(UPDATES_WAIT, "/assess", r"/log:C:\wizard.log")
    first = log.read_bytes()
    lines = first.decode("utf-8-sig").split("\r\n")
    assert lines.pop() == "" and len(lines) >= len(told.out.splitlines()) > 10
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  \S", line) for line in lines), first
    assert bench.expect(UPDATES_WAIT, "/plan", "/quiet", r"/log:C:\wizard.log").out == ""
    both = log.read_bytes()
    assert both.startswith(first) and len(both) > len(first) and both.count(b"\xef\xbb\xbf") == 1
    bench.wizard("/verify", r"/media:C:\nothing", r"/log:C:\wizard.log")
    assert r"C:\nothing" in log.read_text("utf-8-sig").splitlines()[-1]         # errors too
    bench.untouched()


def test_names_in_any_script(bench):
    folder = bench.folder / "drive_c" / "Обновления 更新"
    folder.mkdir()
    for path in (UPDATES / "media").iterdir():
        shutil.copy(path, folder)
    bench.may_write |= {os.path.realpath(folder)} | {os.path.realpath(path) for path in folder.iterdir()}
    bench.expect(DONE, "/verify", "/media:C:\\Обновления 更新", catalogue())
    assert "Κενό" in bench.refuses(FILE, "/verify", "/media:C:\\Κενό")
    bench.expect(UPDATES_WAIT, "/assess", "/report:C:\\Обновления 更新\\отчёт.html")
    assert (folder / "отчёт.html").exists()


def test_ctrl_c_waits_for_the_update_at_work(bench):
    """Nothing is cut off: the update that Windows is at is finished, the next one is not begun."""
    bench.hold()
    launched = bench.launch("/install", "/norestart", catalogue(), media(),
                            through=[testbed.tool("interrupt"), bench.folder / "drive_c/witness.txt"])
    testbed.wait_until(lambda: b"pressed" in launched[-1].read_bytes(), 60, "Ctrl+C")
    bench.let_go()
    bench.finish(launched, STOPPED)
    assert bench.installed() == STEPS[:1] and bench.state() == "open"
    bench.expect(RESTART, "/resume", "/norestart")
    assert bench.installed() == STEPS[:2]
