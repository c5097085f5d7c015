"""cuts: power cuts during an installation, and what must be true afterwards.

A cut ends every program of the machine at once (`wineserver -k`; what was written is on the disk, as after a flush).
Then the machine starts, and what a technician would do is done: /resume, restart when asked, /install again only where
nothing is open. In the end the machine is 6003, and no update was installed again after the journal had it as
installed or as waiting for the restart: only the one that was cut off may be begun anew.
"""
import contextlib
import random

from bench import *

WHOLE = 1.6                                             # seconds from the start to the first restart, measured


def settled(bench):
    """{KB: how often it was installed} of the steps that the journal, or its backup, knows to be in."""
    installed = bench.installed()
    for name in ("journal.xml", "journal.bak"):
        try:
            root = ET.parse(bench.data / name).getroot()
        except (OSError, ET.ParseError):
            continue
        return {step.get("kb"): installed.count(step.get("kb")) for step in root.iter("step")
                if step.get("outcome") in ("installed", "pending", "already")}
    return {}


def command_line(bench):
    """What a technician calls: /resume where something is open, else /install."""
    is_torn = not (bench.data / "journal.xml").exists() and (bench.data / "journal.bak").exists()
    if is_torn or bench.state() in ("open", "restart"):
        return ["/resume", "/norestart"]
    return ["/install", "/norestart", media(), catalogue()]


def cut(bench, delay):
    """Start the product, and cut the power so many seconds later."""
    child = bench.launch(*command_line(bench))[0]
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=delay)
    bench.end()
    child.wait(timeout=20)
    bench.boot()


def finish(bench):
    """Go on to the end without further cuts. An update that was cut off three times needs a new installation."""
    for _ in range(8):
        result = bench.wizard(*command_line(bench))
        if result.code == DONE:
            return
        if result.code == FAILED:
            assert text("IDS_RUN_INTERRUPTED").search(result.err) and bench.state() == "failed", result
        else:
            assert result.code == RESTART, result
            bench.restart()
    raise AssertionError("it does not come to an end: " + str(result))


def forget_killed_installers(bench):
    """Wine's wusa unpacks here and cannot tidy up when the power goes."""
    for folder in bench.folder.glob("drive_c/users/*/Temp/msu*.tmp"):
        shutil.rmtree(folder)


def cut_and_go_on(bench, delays):
    """Cut after each of the delays, then go on to the end."""
    floor = {}
    for delay in delays:
        cut(bench, delay)
        floor = {**settled(bench), **floor}
    finish(bench)
    assert bench.is_6003() and bench.state() == "done", bench.state()
    forget_killed_installers(bench)
    installed = bench.installed()
    assert set(installed) == set(STEPS) and len(installed) <= len(STEPS) + len(delays), installed
    for kb, count in floor.items():
        assert installed.count(kb) == count, "KB%s was installed again although it was in: %s" % (kb, installed)
    return installed


def random_delays(seed, count, most=WHOLE):
    pick = random.Random(seed)
    return [pick.uniform(0.05, most) for _ in range(count)]
