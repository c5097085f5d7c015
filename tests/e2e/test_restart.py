"""/install /restart: the restarts are the product's own, and RunOnce goes on. And installations that do not succeed."""
from bench import *

SWITCHES = ("/restart", r"/log:C:\wizard.log", r"/report:C:\report.xml")
COMMAND = r'"C:\ProgramData\Build6003Wizard\Build6003Wizard.exe" /resume /quiet /restart'


def begin(bench, folder="media"):
    """Install until the product asks for its first restart."""
    told = bench.finish(bench.launch("/install", media(folder), catalogue(folder), *SWITCHES), RESTARTING)
    assert text("IDS_SAY_RESTARTING").search(told.out) and not told.err, told
    assert bench.run_once_of_the_restart() == COMMAND
    assert bench.host(r"C:\report.xml").exists()        # as far as it got


def log(bench):
    return bench.host(r"C:\wizard.log").read_text("utf-8-sig")


def check_machine_log(bench):
    """The log in the data folder tells the same story, in both times."""
    written = (bench.data / "log.txt").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and written.endswith(b"\r\n"), written
    lines = written[3:].decode("utf-8").split("\r\n")[:-1]
    times = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d  \S"
    assert all(re.match(times, line) for line in lines), "\n".join(lines)
    for kb in STEPS:
        assert len([line for line in lines if "KB%s: in force" % kb in line]) == 1, "\n".join(lines)
    assert text("IDS_LOG_RUN_BEGUN").search(lines[0]) and text("IDS_LOG_RUN_DONE").search(lines[-1]), "\n".join(lines)
    assert len([line for line in lines if text("IDS_LOG_RUN_RESUMED").search(line)]) == 2, "\n".join(lines)


def test_it_restarts_by_itself_to_6003(bench):
    begin(bench)
    restarts = 1
    bench.restart()
    while bench.wait_on_its_own():
        assert bench.run_once_of_the_restart() == COMMAND and restarts < 5
        restarts += 1
        bench.restart()
    assert restarts == 2 and bench.state() == "done" and bench.is_6003() and bench.installed() == STEPS
    assert bench.run_once() is None
    report = bench.host(r"C:\report.xml").read_text("utf-8")
    assert "6.0.6002.24565" in report and "6.0.6003.20706" in report
    testbed.check_call(["xmllint", "--noout", "--schema", ROOT / "resources/report.xsd", bench.host(r"C:\report.xml")])
    for kb in STEPS:
        assert len(re.findall("KB%s: installation begun" % kb, log(bench))) == 1, log(bench)
    check_machine_log(bench)
    bench.expect(DONE, "/resume")


def test_an_update_that_fails(bench):
    bench.expect(RESTART, "/install", "/norestart", media("fails"), catalogue("fails"))
    bench.restart()
    line = bench.refuses(FAILED, "/resume", "/restart", r"/report:C:\report.txt")
    assert "KB4534303" in line and "1" in line and text("IDS_RUN_STEP_FAILED").search(line), line
    assert bench.state() == "failed" and bench.run_once() is None and not bench.restart_is_asked()
    assert bench.installed() == STEPS and bench.is_6002()
    assert "KB4534303" in bench.host(r"C:\report.txt").read_text("utf-8-sig")
    told = bench.expect(UPDATES_WAIT, "/resume").out    # no endless loop: nothing is open any more
    assert text("IDS_SAY_NOTHING_OPEN").search(told) and bench.installed() == STEPS


def test_an_update_that_is_rolled_back(bench):
    begin(bench, "rolls-back")
    bench.restart()
    assert bench.wait_on_its_own()
    bench.restart()
    assert not bench.wait_on_its_own()
    assert bench.state() == "failed" and bench.run_once() is None and not bench.restart_is_asked()
    assert bench.installed() == STEPS and bench.is_6002()
    assert re.search(r"KB4534303: was undone by Windows", log(bench)), log(bench)
    step = bench.journal().find(".//step[@kb='4534303']")
    assert step.get("outcome") == "rolled-back", ET.tostring(step)


def test_an_update_that_never_gets_ready_does_not_restart_for_ever(bench):
    begin(bench, "never-ready")
    restarts = 1
    bench.restart()
    while bench.wait_on_its_own():
        restarts += 1
        assert restarts < 6
        bench.restart()
    assert restarts == 3, restarts                      # KB4474419's own, and two in vain
    assert bench.state() == "stopped" and bench.run_once() is None and not bench.restart_is_asked()
    assert bench.installed() == STEPS and bench.is_6002()
    assert text("IDS_RUN_NO_PROGRESS").search(log(bench)), log(bench)


def test_failure_of_each_kind_headless_is_1603(bench):
    bench.expect(RESTART, "/install", "/norestart", media("never-ready"), catalogue("never-ready"))
    for _ in range(2):
        bench.restart()
        bench.expect(RESTART, "/resume", "/norestart")
    bench.restart()
    assert text("IDS_RUN_NO_PROGRESS").search(bench.refuses(FAILED, "/resume", "/norestart"))
    assert bench.installed() == STEPS


def test_a_second_instance_is_turned_away(bench):
    bench.hold()
    first = bench.launch("/install", "/norestart", media(), catalogue())
    bench.wait_installing(1)
    journal = (bench.data / "journal.xml").read_bytes()
    for arguments in (["/install", "/norestart", media(), catalogue()], ["/resume", "/norestart"]):
        line = bench.refuses(BUSY, *arguments)
        assert text("IDS_RUN_BUSY").search(line), line
    bench.wizard("/assess")                             # looking is allowed
    assert (bench.data / "journal.xml").read_bytes() == journal and len(bench.installed()) == 1
    bench.let_go()
    bench.finish(first, RESTART)
    bench.walk()
    assert bench.installed() == STEPS and bench.is_6003()


for _test in (test_it_restarts_by_itself_to_6003, test_an_update_that_never_gets_ready_does_not_restart_for_ever,
              test_failure_of_each_kind_headless_is_1603, test_an_update_that_is_rolled_back):
    _test.seconds = 15                                  # begun first
