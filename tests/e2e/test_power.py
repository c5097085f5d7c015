"""Power cuts during the installation: three of them here, many in tests/soak/run."""
from bench import *
from cuts import cut_and_go_on, random_delays


def test_three_power_cuts(bench):
    cut_and_go_on(bench, random_delays(6003, 3))


def cut_in(bench, kb, *arguments):
    """Start the product and cut the power while Windows installs this update."""
    before = len(bench.installed())
    bench.hold()
    child = bench.launch(*arguments)[0]
    bench.wait_installing(before + 1)
    assert bench.installed()[-1] == kb, bench.installed()
    assert bench.journal().find(".//step[@kb='%s']" % kb).get("outcome") == "begun"
    bench.end()
    child.wait(timeout=20)
    bench.let_go()
    bench.boot()


def test_a_power_cut_in_the_first_update(bench):
    """It is begun again; nothing else is affected."""
    cut_in(bench, STEPS[0], "/install", "/norestart", media(), catalogue())
    assert bench.state() == "open" and bench.stack_levels() == ["6.0.6002.18005"]
    bench.expect(RESTART, "/resume", "/norestart")
    bench.walk()
    assert bench.installed() == [STEPS[0], *STEPS] and bench.is_6003(), bench.installed()


def test_a_power_cut_in_the_last_update(bench):
    """It is begun again; those that are in are not."""
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    bench.restart()
    cut_in(bench, STEPS[2], "/resume", "/norestart")
    bench.expect(RESTART, "/resume", "/norestart")
    bench.restart()
    bench.expect(DONE, "/resume", "/norestart")
    assert bench.installed() == [*STEPS, STEPS[2]] and bench.is_6003(), bench.installed()


for _test in (test_three_power_cuts, test_a_power_cut_in_the_first_update, test_a_power_cut_in_the_last_update):
    _test.seconds = 20
