"""kills: the product is killed during an installation, Windows and its installer go on, and what must be true then.

Unlike a power cut (cuts.py) nothing else ends: wusa.exe works on. Whoever starts the product again is told so and
waits. In the end the machine is 6003 and every update was installed exactly once.
"""
import time

from bench import *
from cuts import WHOLE, command_line, forget_killed_installers


def start(bench, *arguments):
    """The product, so that its process is the child itself; Wine's loader becomes the program it loads."""
    bench.note_writes(arguments)
    with open(bench.folder / "killed.e2e", "wb") as out:
        return bench.start(windows(exe(bench.arch)), *arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=out)


def kill(bench, delay):
    """Start the product, and kill it so many seconds later. True when it was still at work."""
    child = start(bench, *command_line(bench))
    time.sleep(delay)
    was_at_work = child.poll() is None
    child.kill()
    child.wait(timeout=20)
    return was_at_work


def go_on(bench):
    """As a technician would: wait for the installer that is still at work, then call the product.

    Where the wait is in vain the machine is restarted: after 3 of 100 kills under load a wusa.exe that had not begun
    its work stayed in Wine's list of processes. Why is not known; the kill may have met the making of that process.
    """
    for last in (False, True):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            result = bench.wizard(*command_line(bench))
            if result.code != BUSY:
                return result
            assert "wusa.exe" in result.err, result
            time.sleep(0.2)
        if not last:
            bench.restart()
    raise AssertionError("busy for ever: " + str(result))


def finish(bench):
    for _ in range(8):
        result = go_on(bench)
        if result.code == DONE:
            return
        if result.code == FAILED:
            assert text("IDS_RUN_INTERRUPTED").search(result.err) and bench.state() == "failed", result
        else:
            assert result.code == RESTART, result
            bench.restart()
    raise AssertionError("it does not come to an end: " + str(result))


def kill_and_go_on(bench, delays):
    """Kill after each of the delays, then go on to the end. How many of the kills met the product at work."""
    met = sum(kill(bench, delay) for delay in delays)
    finish(bench)
    assert bench.is_6003() and bench.state() == "done", bench.state()
    assert bench.installed() == STEPS, bench.installed()
    forget_killed_installers(bench)
    return met
