"""From 6002 to 6003 by the command line, and what comes in between."""
from bench import *


def test_from_6002_to_6003_with_norestart(bench):
    """/install /norestart, then /resume after each restart; nothing is installed twice."""
    assert "6002" in bench.expect(UPDATES_WAIT, "/assess", catalogue()).out
    bench.expect(DONE, "/verify", media(), catalogue())
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    assert bench.installed() == STEPS[:2] and bench.is_6002() and bench.run_once() is None
    bench.expect(RESTART, "/resume", "/norestart")                  # not restarted yet
    assert bench.installed() == STEPS[:2]
    bench.restart()
    bench.expect(RESTART, "/resume", "/norestart")
    assert bench.installed() == STEPS and bench.is_6002()
    bench.restart()
    bench.expect(DONE, "/resume", "/norestart")
    assert bench.installed() == STEPS and bench.is_6003() and bench.state() == "done"
    assert text("IDS_SAY_LAST_DONE").search(bench.expect(DONE, "/resume").out)
    report = bench.expect(DONE, "/assess", catalogue(), r"/report:C:\report.html")
    page = bench.host(r"C:\report.html").read_text(encoding="utf-8")
    assert "6003" in report.out and "6.0.6002.24565" in page and "6.0.6003.20706" in page
    assert bench.installed() == STEPS
