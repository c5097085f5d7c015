#!/usr/bin/env python3
"""testbed: Wine prefixes that are a Windows Server 2008 SP2 machine, and screens to see them on.

A *machine* is a Wine prefix. `template()` makes one once (700 MB under build/wine), `Machine.create` clones
it in a moment: a tree of hard links with real copies of the registry files, because Wine writes those in place.

Machines are x64, or x86 ones in a Wine of their own: see testbed_arch.py.

What a machine says: 6.0.6002 SP2, Standard, ServerNT, its architecture; kernel file 6.0.6002.24565 (a stand-in);
stack level 6.0.6002.18005; CBS packages of Service Pack 2 and of updates to March 2019; no SHA-2 support; nothing
pending.

How Wine 8.0 behaves, and what follows from it (read in its sources where marked *, otherwise measured):

* The first program of a session makes `wineboot --init` run: PendingFileRenameOperations, then HKLM RunOnce, one after
  the other, each waited for, in descending order of value names. A program that is started from Linux meanwhile waits
  until RunOnce is through. A wizard that continues by RunOnce would so lock out everything that is to drive it;
  tests/e2e/gate.c, which the template has as the first RunOnce value, therefore runs the others and does not wait.
* A session ends with its last program, and the next program is a new boot. `boot` therefore starts a server that
  stays, so that two commands in a row are not a restart by accident; `end` ends the session for good (0.4 s).
* ExitWindowsEx(EWX_REBOOT) returns at once and starts `wineboot --end-session`: programs with windows are asked
  (WM_QUERYENDSESSION) and end, programs without windows live on; then the same wineboot runs renames and RunOnce, in
  the same session, with the boot time unchanged: for the product that is no restart. The gate sees it and leaves a
  mark: poll `restart_is_asked`, let the driver end, call `restart`, start the next driver.
* Boot times of two sessions must differ by more than 2 s to count as two (the slack of the product): `restart` waits.
* Programs inherit standard handles: do not read a pipe of a wizard to its end when it restarts, give it files.
* The version that a program sees is read from the registry when it starts: a build number that RunOnce imports shows
  in every program that is started after that.
* A RunOnce value named "~..." runs before any name that begins with a letter or "!". The synthetic updates of
  tests/data/make_updates.py finish there (see there), before a wizard that continues after the restart.
* GetFileVersionInfo of any file called ntoskrnl.exe tells of Wine's own (6.1.7601) unless "ntoskrnl.exe" is overridden
  as native; Wine's driver host (winedevice.exe) needs the built-in one. Hence two overrides in testbed_registry.py.
* `xdotool key --window` leaves the key pressed for later windows when the window goes away: use a PE driver, or
  xdotool without --window.
* A shell sees exit codes modulo 256: `Machine.run` gives the whole code, by way of tests/e2e/tell.c.

Measured on 2 cores: template 9 s, clone 0.03 s, boot 0.5 s, restart 1 s and what BOOTS_APART adds, a program 0.1 to
0.3 s, wusa 0.1 s (1.2 s when Wine has to start services for it).

Command line: testbed.py template | new DIR | run DIR PROGRAM [ARG...] | restart DIR | end DIR | prove [UPDATES]
Python 3 standard library only. Needs wine, mingw's windres and gcc; Xvfb, openbox, xdotool, import for screens.
"""
import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import time

from testbed_arch import ARCH, ROOT
from testbed_registry import CBS, RUN_ONCE, SHA2, reg_text, server2008_keys

BUILD = ARCH.folder("wine")
DATA = ROOT / "tests" / "data"
WINE32 = ROOT / "build" / "deps" / "wine32"             # see tests/tools/wine32.sh: x86 programs run when it is there
KERNEL_6002 = (6, 0, 6002, 24565)
BOOTS_APART = 3.5                                       # seconds; boot times are compared in whole ones
REGISTRY_FILES = ("system.reg", "user.reg", "userdef.reg")


class TestBedError(Exception):
    """The test bed itself does not work; never a verdict on the product."""


class NotStarted(TestBedError):
    """Wine did not get as far as our own code: seen once in some thousand starts on a loaded machine."""


# ---- commands -----------------------------------------------------------------------------------------------------

def check_call(arguments, **options):
    """Run a native program; TestBedError with its output when it fails."""
    done = subprocess.run([str(a) for a in arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        raise TestBedError("%s: exit %d\n%s" % (arguments[0], done.returncode, done.stdout.decode(errors="replace")))
    return done.stdout


def wait_until(condition, seconds, what):
    """The first true value of condition(); TestBedError after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TestBedError("waited %g s in vain for %s" % (seconds, what))
        time.sleep(0.05)


def stand_in_kernel(version, folder):
    """A PE whose version resource says so, from tests/data/ntoskrnl.rc; the same bytes every time. Returns its path."""
    target = pathlib.Path(folder) / "ntoskrnl.exe"
    resource = pathlib.Path(folder) / "ntoskrnl.res.o"
    commas = ",".join(str(part) for part in version)
    check_call([ARCH.gnu + "-windres", "-DWZ_VERSION=" + commas,
                "-DWZ_VERSION_TEXT=\\\"%d.%d.%d.%d\\\"" % version, DATA / "ntoskrnl.rc", resource])
    check_call([ARCH.compiler, "-nostdlib", "-s", "-Wl,--no-insert-timestamp,--subsystem,native:6.0,-e,stand_in_entry",
                "-x", "c", "-", "-x", "none", resource, "-o", target],
               input=b"int entry(void) __asm__(\"stand_in_entry\"); int entry(void) { return 0; }\n")
    resource.unlink()
    return target


def windows_path(path):
    """How a program in the machine names a file of the host (drive Z: is the root)."""
    return "Z:" + str(pathlib.Path(path).resolve()).replace("/", "\\")


class Machine:
    """One prefix; as a context manager it ends its session. `display`: DISPLAY for its programs; None inherits ours."""

    def __init__(self, folder, display=None):
        self.folder = pathlib.Path(folder).resolve()
        self.display = display
        self.booted = 0.0                               # when the session began, by time.monotonic
        self.variables = {}                             # environment of its programs, beside ours

    @classmethod
    def create(cls, folder, display=None, source=None):
        """A fresh machine in `folder`, which is replaced: the template's, or like another one that is not running."""
        machine = cls(folder, display)
        source = source or template()
        machine.remove()
        machine.folder.parent.mkdir(parents=True, exist_ok=True)
        check_call(["cp", "-al", source, machine.folder])
        for name in REGISTRY_FILES + (".update-timestamp", "drive_c/windows/win.ini", "drive_c/windows/system.ini"):
            path = machine.folder / name
            if path.exists():
                content = path.read_bytes()
                path.unlink()                           # never write into a file that the template shares
                path.write_bytes(content)
        return machine

    def remove(self):
        if self.folder.exists():
            self.end()
            shutil.rmtree(self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    @property
    def environment(self):
        env = dict(os.environ)
        home = BUILD / "home"
        home.mkdir(parents=True, exist_ok=True)
        env.update(WINEPREFIX=str(self.folder), WINEARCH=ARCH.prefix, WINEDEBUG=env.get("WZ_WINEDEBUG", "-all"),
                   HOME=str(home), WINEDLLOVERRIDES="mscoree=;mshtml=;winemenubuilder.exe=", LC_ALL="C.UTF-8", TZ="UTC")
        if "x64" in ARCH.programs and (WINE32 / "i386-windows").is_dir():
            env["WINEDLLPATH"] = str(WINE32)
        if self.display is not None:
            env["DISPLAY"] = self.display
        env.update(self.variables)
        return env

    @property
    def windows(self):
        """Path of C:\\windows on the host."""
        return self.folder / "drive_c" / "windows"

    def start(self, *arguments, **options):
        """Start a Windows program and return its Popen; Windows paths or the names of Wine's own programs."""
        return subprocess.Popen([*ARCH.wine, *(str(a) for a in arguments)], env=self.environment, **options)

    def run(self, *arguments, timeout=120, stdin=subprocess.DEVNULL):
        """Run a program to its end: (whole 32-bit exit code, standard output, standard error), texts as bytes.

        Reads the pipes to their end, so programs that it leaves behind must not keep them.
        """
        note = self.folder / ("exit-%d-%d" % (os.getpid(), time.monotonic_ns()))
        command = [windows_path(tool("tell")), windows_path(note), *arguments]
        child = self.start(*command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            output, errors = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            raise TestBedError("%s did not end in %g s" % (arguments[0], timeout)) from None
        told = "%s (Wine's exit code %d): %s" % (arguments[0], child.returncode, errors.decode(errors="replace"))
        if not note.exists():
            raise NotStarted("Wine did not start " + told)
        if not note.read_text().strip():
            raise TestBedError("could not be started, or was ended with tell.exe: " + told)
        code = int(note.read_text())
        note.unlink()
        return code, output, errors

    def check(self, *arguments, timeout=120):
        """As run, but TestBedError unless the code is 0; the standard output as text."""
        code, output, errors = self.run(*arguments, timeout=timeout)
        if code != 0:
            raise TestBedError("%s: exit %d\n%s%s" % (arguments[0], code, output.decode(errors="replace"),
                                                      errors.decode(errors="replace")))
        return output.decode(errors="replace").replace("\r", "")

    def server(self, *arguments):
        return subprocess.run([*ARCH.server, *arguments], env=self.environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode

    def boot(self, seconds=120):
        """Begin a session that lasts until `end`. RunOnce runs now; what it starts may still be running afterwards."""
        self.restart_mark.unlink(missing_ok=True)
        self.server("-p")
        self.booted = time.monotonic()
        boot = self.start("cmd", "/c", "exit 0", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL)
        boot.wait(timeout=seconds)

    def end(self):
        """End the session as a power cut would (but the registry is flushed) and wait until it is gone."""
        if self.server("-k") == 0:
            self.server("-w")

    def processes(self, name):
        """Linux numbers of the programs of this machine whose command line contains the name."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if name.encode() in (process / "cmdline").read_bytes() and \
                        b"WINEPREFIX=" + os.fsencode(self.folder) in (process / "environ").read_bytes().split(b"\0"):
                    found.append(int(process.name))
        return found

    def is_running(self, name):
        return bool(self.processes(name))

    @property
    def restart_mark(self):
        return self.folder / "drive_c" / "restart-asked"

    def restart_is_asked(self):
        """True when a program has asked Windows to restart; its windows are gone then. Answer with `restart`."""
        return self.restart_mark.exists()

    def restart(self):
        """End every program and boot again: renames, then RunOnce."""
        self.end()
        time.sleep(max(0.0, self.booted + BOOTS_APART - time.monotonic()))
        self.boot()

    # registry

    def set_registry(self, keys):
        """keys as for reg_text; by Wine's regedit, in a running session."""
        path = self.folder / ("import-%d.reg" % time.monotonic_ns())
        path.write_bytes(b"\xff\xfe" + reg_text(keys).encode("utf-16-le"))
        self.check("regedit", "/S", windows_path(path))
        path.unlink()

    def put_witness(self):
        """tests/e2e/witness.c in the place of wusa.exe; Wine's own stands beside it. The machine must be booted."""
        folder = self.windows / "system32"
        image = (folder / "wusa.exe").read_bytes().replace(b"Wine builtin DLL", bytes(16))   # taken as a program then
        (folder / "wusa.exe").unlink()                  # it may be shared with the template
        (folder / "wusa-wine.exe").write_bytes(image)
        shutil.copy(tool("witness"), folder / "wusa.exe")
        self.set_registry({r"HKEY_CURRENT_USER\Software\Wine\DllOverrides": {"wusa.exe": "native"}})

    def registry(self, key, name):
        """A value as text (REG_DWORD: int), or None when the key or the value is missing."""
        code, output, _ = self.run("reg", "query", key, "/v", name)
        if code != 0:
            return None
        for line in output.decode("utf-8", "replace").splitlines():
            fields = line.strip().split("    ")
            if len(fields) == 3 and fields[0].lower() == name.lower():
                return int(fields[2], 16) if fields[1] == "REG_DWORD" else fields[2]
        return None

    def has_key(self, key):
        return self.run("reg", "query", key)[0] == 0

    def kernel_version(self):
        """The version in System32\\ntoskrnl.exe, read from the bytes of VS_FIXEDFILEINFO, as a text."""
        content = (self.windows / "system32" / "ntoskrnl.exe").read_bytes()
        at = content.find(b"\xbd\x04\xef\xfe")
        high, low = (int.from_bytes(content[at + 8 + 4 * i:at + 12 + 4 * i], "little") for i in range(2))
        return "%d.%d.%d.%d" % (high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF)

    def stack_levels(self):
        return sorted(path.name for path in (self.windows / "servicing" / "Version").iterdir())


# ---- built once ---------------------------------------------------------------------------------------------------

def tool(name):
    """build/wine/NAME.exe, built from tests/e2e/NAME.c when that is newer."""
    target, source = BUILD / (name + ".exe"), ROOT / "tests" / "e2e" / (name + ".c")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        BUILD.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".%d" % os.getpid())
        check_call([ARCH.compiler, "-O1", "-s", source, "-o", fresh])
        fresh.replace(target)
    return target


def template():
    """Path of the template machine; made anew when Wine, this file or the kernel stand-in changed."""
    key = hashlib.sha256()
    key.update(subprocess.run([*ARCH.wine, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=True).stdout)
    key.update(b"with x86" if (WINE32 / "i386-windows").is_dir() else b"x64 only")
    here = pathlib.Path(__file__).resolve()
    for path in (here, here.with_name("testbed_arch.py"), here.with_name("testbed_registry.py"), DATA / "ntoskrnl.rc",
                 ROOT / "tests" / "e2e" / "gate.c"):
        key.update(path.read_bytes())
    folder = BUILD / ("template-" + key.hexdigest()[:16])
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)                # two suites may start at the same time
        if not folder.exists():
            for old in (*BUILD.glob("template-*"), *BUILD.glob("making")):
                Machine(old).remove()
            make_template(BUILD / "making")
            (BUILD / "making").rename(folder)
    return folder


def make_template(folder):
    machine = Machine(folder, display="")
    machine.boot(seconds=300)                           # there is no gate yet
    machine.set_registry(server2008_keys())
    machine.set_registry({RUN_ONCE: {"~~~gate": r"C:\windows\testbed\gate.exe"}})
    machine.end()
    for place in ("servicing/Version/6.0.6002.18005", "servicing/Packages", "Logs/CBS", "testbed"):
        (machine.windows / place).mkdir(parents=True, exist_ok=True)
    (machine.windows / "servicing/Version/6.0.6002.18005/stack.txt").write_text("stand-in of a servicing stack\n")
    for identity in (key.rsplit("\\", 1)[1] for key in server2008_keys() if key.startswith(CBS + "\\Packages\\")):
        (machine.windows / "servicing/Packages" / (identity + ".mum")).write_text("<!-- stand-in -->\n")
    shutil.copy(tool("gate"), machine.windows / "testbed" / "gate.exe")
    kernel = machine.windows / "system32" / "ntoskrnl.exe"
    kernel.unlink()                                     # never write into a file that may be Wine's own
    stand_in_kernel(KERNEL_6002, kernel.parent)
    (folder / ".update-timestamp").write_text("disable\n")


# ---- screens ------------------------------------------------------------------------------------------------------

@contextlib.contextmanager
def virtual_display(size="1024x768", dpi=96):
    """An Xvfb with openbox on a free display number; yields ":N"."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size + "x24", "-dpi", str(dpi),
                               "-nolisten", "tcp"], pass_fds=[write], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    os.close(write)
    manager = None
    try:
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise TestBedError("Xvfb does not start")
        display = ":" + number
        env = dict(os.environ, DISPLAY=display)
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        wait_until(lambda: subprocess.run(["xdotool", "get_num_desktops"], env=env, stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL, check=False).returncode == 0, 20, "openbox")
        yield display
    finally:
        for child in (manager, server):
            if child:
                child.terminate()
                child.wait()


def find_window(display, title):
    """X ids of the visible windows whose title matches the regular expression; [] when there is none."""
    done = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title],
                          env=dict(os.environ, DISPLAY=display), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False)
    return done.stdout.decode().split()


def wait_window(display, title, seconds=30):
    return wait_until(lambda: find_window(display, title), seconds, "a window called " + title)[0]


def screenshot(display, path):
    check_call(["import", "-display", display, "-window", "root", path])


# ---- command line -------------------------------------------------------------------------------------------------

def prove(updates):
    """Install the three synthetic updates by Wine's wusa, with the restarts, and print what the machine says."""
    began = time.monotonic()

    def say(text):
        print("%6.2f s  %s" % (time.monotonic() - began, text), flush=True)

    def state():
        say("  ver: %s; kernel file %s; stack %s; SHA-2 %s/%s; restart pending: %s" % (
            machine.check("cmd", "/c", "ver").strip(), machine.kernel_version(), machine.stack_levels()[-1],
            machine.registry(SHA2, "SHA2-Codesigning-Support"), machine.registry(SHA2, "SHA2-Core-Codesigning-Support"),
            machine.has_key(CBS + "\\RebootPending")))

    machine = Machine.create(BUILD / "prove")
    say("machine cloned")
    machine.boot()
    say("booted")
    state()
    for names in (("KB4493730", "KB4474419-v4"), ("KB4534303",)):
        for name in names:
            path = pathlib.Path(updates) / ("Windows6.0-%s-%s.msu" % (name, ARCH.name))
            code = machine.run(r"C:\windows\system32\wusa.exe", windows_path(path), "/quiet",
                               "/norestart")[0]
            say("wusa %s: exit %d" % (name, code))
            state()
        machine.restart()
        say("restarted")
        state()
    good = "6.0.6003" in machine.check("cmd", "/c", "ver") and machine.kernel_version() == "6.0.6003.20706" and \
        machine.registry(SHA2, "SHA2-Core-Codesigning-Support") == 1 and not machine.has_key(CBS + "\\RebootPending")
    machine.remove()
    say("proved" if good else "NOT proved")
    return 0 if good else 1


def main(arguments):
    command, rest = (arguments or ["help"])[0], arguments[1:]
    if command == "template" and not rest:
        print(template())
    elif command == "new" and len(rest) == 1:
        Machine.create(rest[0])
    elif command == "run" and len(rest) >= 2:
        code, output, errors = Machine(rest[0]).run(*rest[1:])
        sys.stdout.buffer.write(output)
        sys.stderr.buffer.write(errors)
        print("exit code %d" % code, file=sys.stderr)
        return min(code, 255)
    elif command == "restart" and len(rest) == 1:
        Machine(rest[0]).restart()
    elif command == "end" and len(rest) == 1:
        Machine(rest[0]).end()
    elif command == "prove" and len(rest) <= 1:
        return prove(rest[0] if rest else ARCH.folder("updates") / "media")
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except TestBedError as error:
        sys.exit("testbed: %s" % error)
