#!/usr/bin/env python3
"""The compatibility scan beside other programs, and against all real programs that are here.

  scan.py bench [ROUNDS]   the confusion table, and times beside ripgrep and YARA: same files, one thread each, warm,
                           in turn; medians of ROUNDS (7) and their ratio. A peer that is not installed is a line.
  scan.py proof            what takes longer than a push should: no alarm in any program of Wine but those that a person
                           confirmed (tests/data/compat/confirmed.txt), and the decoder against objdump on 50 MB of code
                           of each architecture. Prints "N passed, M failed".

Wants build/native/bench_scan and build/compat (make build/native/bench_scan build/compat.stamp).
"""
import os
import shutil
import statistics
import subprocess
import sys
import time

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SCAN = os.path.join(TOP, "build", "native", "bench_scan")
FOLDERS = ["/usr/lib/x86_64-linux-gnu/wine/x86_64-windows",
           os.path.join(TOP, "build", "deps", "wine32", "i386-windows")]
MEGABYTES = 50
# one thread, literal text; the same files for all, named on the command line or in a list
TEXT_BAR, WHOLE_BAR = 1.5, 3.0


def programs():
    """Every program of Wine that is here, and how many bytes they are."""
    paths = [os.path.join(folder, name) for folder in FOLDERS if os.path.isdir(folder)
             for name in sorted(os.listdir(folder)) if not name.endswith(".tlb")]
    return paths, sum(os.path.getsize(path) for path in paths)


def write_list(paths, name="programs"):
    listed = os.path.join(TOP, "build", "bench", name + ".txt")
    os.makedirs(os.path.dirname(listed), exist_ok=True)
    with open(listed, "w", encoding="utf-8") as file:
        file.writelines(path + "\n" for path in paths)
    return listed


def seconds(command):
    start = time.monotonic()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    if code not in (0, 1):                              # ripgrep says 1 for nothing found
        sys.exit("scan.py: %s ends with %d" % (" ".join(command[:3]), code))
    return time.monotonic() - start


def medians(commands, rounds):
    """{name: median}: in turn, so that a busy moment hits all alike, each time right after itself."""
    times = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            seconds(command)                           # what ran before leaves caches of its own
            times[name].append(seconds(command))
    return {name: statistics.median(values) for name, values in times.items()}


def bench(rounds):
    paths, size = programs()
    listed = write_list(paths)
    commands = {"scan text": [SCAN, "hunt", listed], "scan code": [SCAN, "code", listed],
                "scan whole": [SCAN, "files", listed]}
    parts = {"scan third": paths[::3], "scan ninth": paths[::9]}
    for name, part in parts.items():
        commands[name] = [SCAN, "files", write_list(part, name.replace(" ", "-"))]
    if shutil.which("rg"):
        commands["rg"] = ["rg", "-j1", "-a", "-c", "-F", "6002", "--", *paths]
    else:
        print("ripgrep is not installed: not compared")
    if shutil.which("yara"):
        commands["yara"] = ["yara", "-p", "1", "--scan-list", os.path.join(TOP, "tests", "bench", "scan.yar"), listed]
    else:
        print("yara is not installed: not compared")
    print(subprocess.run([SCAN, "table"], check=False, capture_output=True, text=True, cwd=TOP).stdout)
    print("%d programs, %.0f MB, one thread, warm, medians of %d" % (len(paths), size / 1e6, rounds))
    found = medians(commands, rounds)
    for name, median in found.items():
        amount = sum(os.path.getsize(path) for path in parts.get(name, paths))
        print("%-10s  %6.3f s  %7.0f MB/s of %.0f MB" % (name, median, amount / 1e6 / median, amount / 1e6))
    if "rg" in found:
        ratio = found["scan text"] / found["rg"]
        print("text: %.2f times ripgrep's literal search (bar %.1f): %s"
              % (ratio, TEXT_BAR, "reached" if ratio <= TEXT_BAR else "missed"))
    if "yara" in found:
        ratio = found["yara"] / found["scan whole"]
        print("whole scan: %.1f times as fast as YARA (bar %.1f): %s"
              % (ratio, WHOLE_BAR, "reached" if ratio >= WHOLE_BAR else "missed"))
    return 0


def confirmed():
    """Pairs of the end of a path and a rule that a person has looked at."""
    with open(os.path.join(TOP, "tests", "data", "compat", "confirmed.txt"), encoding="utf-8") as file:
        rows = [line.split(None, 2) for line in file if line.strip() and not line.startswith("#")]
    for row in rows:
        if len(row) != 3:
            sys.exit("confirmed.txt: %s: a path, a rule and the reason are wanted" % " ".join(row))
    return {(row[0], row[1]) for row in rows}


def alarms():
    """Findings of grade A and B in real programs, but for the confirmed ones."""
    paths, size = programs()
    listed = write_list(paths)
    output = subprocess.run([SCAN, "files", listed], check=True, capture_output=True, text=True).stdout.splitlines()
    known = confirmed()
    found = []
    for line in output[:-1]:
        grade, rule, path = line.split("\t")[:3]
        if grade in "AB" and not any(rule == looked_at and path.endswith(end) for end, looked_at in known):
            found.append(line)
    print("\n".join(found + output[-1:]))
    print("%d programs, %.0f MB: %d alarms that nobody has confirmed" % (len(paths), size / 1e6, len(found)))
    return not found and len(paths) > 100


def decoder():
    """objdump and our decoder agree on every instruction of MEGABYTES of code of each architecture."""
    folder = os.path.join(TOP, "build", "bench", "decode")
    subprocess.run([sys.executable, os.path.join(TOP, "tests", "data", "compat", "make.py"), folder, str(MEGABYTES)],
                   check=True, cwd=TOP)
    rows = [os.path.join(folder, "decode-%s.bin" % arch) for arch in ("x64", "x86")]
    results = [subprocess.run([SCAN, "decode", path, path[-7:-4]], check=False).returncode == 0
               for path in rows if os.path.exists(path)]
    return bool(results) and all(results)


def proof():
    results = [alarms(), subprocess.run([SCAN, "table"], check=False, cwd=TOP).returncode == 0, decoder()]
    print("%d passed, %d failed" % (results.count(True), results.count(False)))
    return 1 if False in results else 0


def main(arguments):
    if arguments[:1] == ["bench"]:
        return bench(int(arguments[1]) if len(arguments) > 1 else 7)
    if arguments == ["proof"]:
        return proof()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
