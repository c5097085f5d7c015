"""bench: what the tests of tests/e2e share: a machine with a witness, the product on it, and a watch over its traces.

A test gets a `Bench`: a booted test machine (tests/tools/testbed.py) that is watched in two ways.

* Windows' wusa.exe is the witness (witness.c): `installed()` tells what was installed, from somebody other than the
  product; `hold()` makes an installation last as long as a test needs.
* After every test the runner calls `check_traces()`: the product may write in its data folder, its RunOnce value and
  the files that the command line named (`/report:` and the like are taken from it), nowhere else, and leaves no
  temporary file. Files are compared by size, time and inode, the registry by the text of Wine's registry files, both
  with the machine that all are cloned of.

Texts of the product are compared with localization/en-US.rc by `text`, never copied here.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "tools"), str(ROOT / "tests" / "data")]
import make_site_catalogue  # noqa: E402
import make_updates  # noqa: E402
import testbed  # noqa: E402
from testbed_arch import ARCH  # noqa: E402
from testbed_registry import RUN_ONCE  # noqa: E402

E2E = ARCH.folder("e2e")
UPDATES = E2E / "updates"
SNAPSHOTS = ROOT / "tests" / "data" / "snapshots"
SITE = UPDATES / "site.xml"
BASE = testbed.BUILD / "e2e-base"
SPOILT = ("fails", "rolls-back", "never-ready")          # with these, it is the installation that goes wrong
STEPS = ["4493730", "4474419", "4534303"]               # in the order of the plan
DATA = "drive_c/ProgramData/Build6003Wizard"
WRITES = re.compile(r"[/-](?:report|snapshot|log|shopping-list):(.*)", re.I)
# Wine's own doing: at a boot, when it looks for monitors or fonts, when a program first asks WinVerifyTrust
NOISE = re.compile(r'"DriverDateData"=|"State"=dword:00023c00$')
NOISE_KEYS = (r"\\Enum\\DISPLAY\\", r"\\Enum\\PCI\\", r"\\Control\\Print\\", r"\\FontLink\\SystemLink]",
              r"\\Control\\Class\\{4D36E968-", r"\\Control\\Video\\", r"\\Current\\Software\\Fonts]",
              r"[Software\\Wine\\Fonts]")
# what it says of itself when a program ends while another thread asks its server
WINES_WORDS = re.compile(r"^wine client error:[0-9a-f]+: .*\n", re.M)
# and what its printer driver keeps
OURS = re.compile(r"\.e2e$|^dosdevices/|(^|/)(exit|import)-\d|(^|/)(hold|restart-asked|witness\.txt)$"
                  r"|/wine_ppds$|/spool/drivers/.*\.ppd$")

DONE, UPDATES_WAIT, BLOCKED, UNKNOWN = 0, 1, 2, 3
STOPPED, FAILED, BUSY, FILE, UNSUPPORTED, USAGE = 1602, 1603, 1618, 1620, 1633, 1639
RESTARTING, RESTART = 1641, 3010


class Skip(Exception):
    """This machine does not allow what the test needs; says what."""


def exe(arch=ARCH.name):
    return E2E / arch / "Build6003Wizard.exe"


def windows(path):
    return testbed.windows_path(path)


def media(folder="media"):
    return "/media:" + windows(UPDATES / folder)


def catalogue(folder="media"):
    """The site catalogue that has the hashes of a folder's files."""
    return "/catalogue:" + windows(SITE.with_name("site-%s.xml" % folder) if folder in SPOILT else SITE)


def text(name, tag="en-US"):
    """Pattern for a text of the product with anything in the place of its arguments."""
    found = re.search(r'^\s*%s\s+"((?:[^"]|"")*)"' % name, (ROOT / "localization" / (tag + ".rc")).read_text("utf-8"),
                      re.M)
    assert found, "localization/%s.rc has no %s" % (tag, name)
    parts = re.split(r"%[1-9]", found.group(1).replace('""', '"'))
    return re.compile(".*".join(re.escape(part) for part in parts), re.S)


class Result:
    """What a run of the product gave: code, out and err (texts), lines of err."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code = arguments, code
        self.out, self.err = out.decode("utf-8"), err.decode("utf-8")       # UTF-8 or the test fails
        self.err = WINES_WORDS.sub("", self.err)
        self.errors = self.err.splitlines()

    def __str__(self):
        return "%s\nexit code %d\n--- out\n%s--- err\n%s" % (" ".join(self.arguments), self.code, self.out, self.err)


class Bench(testbed.Machine):
    """See above. `elsewhere`: paths of the host that the test itself lets change, beside those of switches."""

    arch = ARCH.name

    def prepare(self):
        self.may_write, self.installs = set(), False
        self.before = Traces(self.folder)
        self.boot()
        return self

    # the product

    def host(self, path):
        """Where a Windows path lies on the host."""
        drive, rest = path[:2].lower(), path[2:].replace("\\", "/").lstrip("/")
        return pathlib.Path("/" if drive == "z:" else self.folder / "dosdevices" / drive) / rest

    def note_writes(self, arguments):
        for argument in arguments:
            match = WRITES.fullmatch(argument)
            if match and match.group(1)[1:2] == ":":
                self.may_write.add(os.path.realpath(self.host(match.group(1))))
        self.installs = self.installs or any(a.lower() in ("/install", "/resume") for a in arguments)

    def wizard(self, *arguments, timeout=180):
        self.note_writes(arguments)
        return Result(arguments, *self.run(windows(exe(self.arch)), *arguments, timeout=timeout))

    def expect(self, code, *arguments):
        """Run the product; it must end with the code and, when that is no error, without an error line."""
        result = self.wizard(*arguments)
        assert result.code == code, "exit code %d was expected\n%s" % (code, result)
        assert code not in (DONE, UPDATES_WAIT, RESTARTING, RESTART) or not result.err, result
        return result

    def refuses(self, code, *arguments):
        """As expect, for what goes wrong: exactly one line on standard error, which is returned."""
        result = self.expect(code, *arguments)
        assert len(result.errors) == 1 and result.errors[0].strip(), "one error line was expected\n%s" % result
        return result.errors[0]

    def launch(self, *arguments, through=()):
        """Start the product and do not wait. Output goes to files, because a restart leaves pipes open. through: a
        program that starts it."""
        self.note_writes(arguments)
        note, out, err = (self.folder / ("launch-%s.e2e" % name) for name in ("code", "out", "err"))
        note.unlink(missing_ok=True)
        with open(out, "wb") as out_file, open(err, "wb") as err_file:
            child = self.start(windows(testbed.tool("tell")), windows(note), *map(windows, through),
                               windows(exe(self.arch)), *arguments, stdin=subprocess.DEVNULL, stdout=out_file,
                               stderr=err_file)
        return child, arguments, note, out, err

    def finish(self, launched, code, seconds=120):
        """Wait until a launched product has ended, with this code."""
        child, arguments, note, out, err = launched
        child.wait(timeout=seconds)
        result = Result(arguments, int(note.read_text()), out.read_bytes(), err.read_bytes())
        assert result.code == code, "exit code %d was expected\n%s" % (code, result)
        return result

    def wait_on_its_own(self, seconds=60):
        """After a restart: wait until what RunOnce started has ended; true when it has asked for another restart."""
        testbed.wait_until(lambda: not self.is_running("Build6003Wizard.exe"), seconds, "the end of the product")
        if self.state() != "restart":
            return False
        testbed.wait_until(self.restart_is_asked, 20, "the restart")
        return True

    def walk(self, restarts=2):
        """/resume and restart until the end; returns the last result. The installation waits for its first restart."""
        for _ in range(restarts - 1):
            self.restart()
            self.expect(RESTART, "/resume", "/norestart")
        self.restart()
        return self.expect(DONE, "/resume", "/norestart")

    # the machine

    @property
    def data(self):
        return self.folder / DATA

    def installed(self):
        """KB numbers in the order in which the installer was started for them."""
        notes = self.folder / "drive_c/witness.txt"
        lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
        for line in lines:
            assert re.fullmatch(r'%d "C:\\windows\\(System32|Sysnative)\\wusa\.exe" "C:\\ProgramData\\Build6003Wizard'
                                r'\\Media\\[^"\\]*" /quiet /norestart' % ARCH.bits, line, re.I), line
        return [re.search(r"KB(\d+)", line).group(1) for line in lines]

    def hold(self):
        """From now on an installation lasts until `let_go`."""
        (self.folder / "drive_c/hold").touch()

    def let_go(self):
        (self.folder / "drive_c/hold").unlink()

    def wait_installing(self, count):
        """Wait until the installer was started so many times in all."""
        testbed.wait_until(lambda: len(self.installed()) >= count, 60, "installation %d" % count)

    def journal(self):
        """The root of the journal, or None."""
        path = self.data / "journal.xml"
        return ET.parse(path).getroot() if path.exists() else None

    def state(self):
        root = self.journal()
        return None if root is None else root.get("state")

    def run_once(self):
        return self.registry(RUN_ONCE, "Build6003Wizard")

    def run_once_of_the_restart(self):
        """The same when a restart was asked for: no program can be started then, so the session is ended first."""
        testbed.wait_until(self.restart_is_asked, 20, "the restart")
        self.end()
        for line in Traces(self.folder).registry[r"system.reg [Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce]"]:
            match = re.fullmatch(r'"Build6003Wizard"="(.*)"', line)
            if match:
                return re.sub(r"\\(.)", r"\1", match.group(1))
        return None

    def is_6002(self):
        return self.kernel_version() == "6.0.6002.24565" and "6.0.6002" in self.check("cmd", "/c", "ver")

    def is_6003(self):
        return self.kernel_version() == "6.0.6003.20706" and "6.0.6003" in self.check("cmd", "/c", "ver")

    def untouched(self):
        """Nothing was installed or begun."""
        assert not self.installed() and self.stack_levels() == ["6.0.6002.18005"] and self.is_6002()
        assert self.run_once() is None and self.state() is None

    # traces

    def check_traces(self):
        self.end()
        allowed = {os.path.relpath(path, os.path.realpath(self.folder)) for path in self.may_write}
        changed = self.before.changed_files(Traces(self.folder), self.installs)
        strangers = [path for path in changed if path not in allowed and not path.startswith(DATA)]
        litter = [path for path in changed if path.lower().endswith((".tmp", ".temp", "~"))]
        assert not strangers, "written where nobody asked for it: " + ", ".join(strangers)
        assert not litter, "left behind: " + ", ".join(litter)
        if not self.installs:
            lines = self.before.changed_registry(Traces(self.folder))
            assert not lines, "registry changed:\n" + "\n".join(lines)


class Traces:
    """Files and registry of a machine whose session has ended."""

    def __init__(self, folder):
        self.files, self.registry = {}, {}
        folder = os.path.realpath(folder)
        for place, folders, names in os.walk(folder):
            for name in names + folders:
                path = os.path.join(place, name)
                relative = os.path.relpath(path, folder)
                status = os.lstat(path)
                if relative in testbed.REGISTRY_FILES:
                    self.read_registry(path)
                elif not OURS.search(relative):
                    is_folder = name in folders
                    self.files[relative] = None if is_folder else (status.st_size, status.st_mtime_ns)

    def read_registry(self, path):
        key = ""
        with open(path, encoding="utf-8", errors="surrogateescape") as lines:
            for line in lines:
                line = line.rstrip("\n")
                if line.startswith("["):
                    key = os.path.basename(path) + " " + line[:line.rindex("]") + 1]
                elif line and not line.startswith("#time=") and not NOISE.match(line) and \
                        not any(part in key for part in NOISE_KEYS):
                    self.registry.setdefault(key, []).append(line)

    def changed_files(self, after, but_windows):
        """Paths that are new, gone or other; without C:\\windows when updates were installed: that is their work."""
        paths = {path for path in self.files.keys() | after.files.keys()
                 if self.files.get(path, ()) != after.files.get(path, ())}
        return sorted(path for path in paths if not (but_windows and path.startswith("drive_c/windows/")))

    def changed_registry(self, after):
        lines = []
        for key in sorted(self.registry.keys() | after.registry.keys()):
            old, new = self.registry.get(key), after.registry.get(key)
            if old != new:
                lines += [key] + ["  - " + line for line in old or () if line not in (new or ())]
                lines += ["  + " + line for line in new or () if line not in (old or ())]
        return lines


# ---- made once per run --------------------------------------------------------------------------------------------

def make_base():
    """The machine that every test gets a clone of: the template's, with the witness in the place of wusa."""
    machine = testbed.Machine.create(BASE, display="")
    machine.boot()
    machine.put_witness()
    for _ in range(2):                                  # what every boot and any program leaves is there from now on
        machine.check("cmd", "/c", "ver")
        machine.restart()
    machine.end()


def make():
    """Everything that tests need, fresh, below build/e2e; copies of the programs, so that nobody builds over them."""
    for arch in ARCH.programs:
        built = ROOT / "build" / arch / "Build6003Wizard.exe"
        if not built.exists():
            raise testbed.TestBedError("build %s first" % built)
        exe(arch).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(built, exe(arch))
    make_updates.make(UPDATES)
    make_site_catalogue.make(UPDATES / "media", SITE)
    for name in SPOILT:
        make_site_catalogue.make(UPDATES / name, UPDATES / ("site-%s.xml" % name))
    make_base()


def create(folder):
    return Bench.create(folder, display="", source=BASE).prepare()
