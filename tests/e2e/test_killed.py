"""The product is killed while it installs: eight times here, many times in tests/soak/run."""
from bench import *
from cuts import random_delays
from kills import finish, kill_and_go_on, start


def test_killed_while_windows_installs(bench):
    """Windows' installer works on: the product says who is at work, and does not begin the update again."""
    bench.hold()
    child = start(bench, "/install", "/norestart", media(), catalogue())
    bench.wait_installing(1)
    child.kill()
    child.wait(timeout=20)
    assert bench.journal().find(".//step[@kb='%s']" % STEPS[0]).get("outcome") == "begun"
    for arguments in (["/resume", "/norestart"], ["/install", "/norestart", media(), catalogue()]):
        line = bench.refuses(BUSY, *arguments)
        assert text("IDS_RUN_BUSY_OTHER").search(line) and "wusa.exe" in line, line
    bench.let_go()
    finish(bench)
    assert bench.is_6003() and bench.installed() == STEPS, bench.installed()


def test_killed_four_times(bench):
    kill_and_go_on(bench, random_delays(6002, 4))


def test_killed_four_times_more(bench):
    kill_and_go_on(bench, random_delays(6003, 4))


for _test in (test_killed_while_windows_installs, test_killed_four_times, test_killed_four_times_more):
    _test.seconds = 20
