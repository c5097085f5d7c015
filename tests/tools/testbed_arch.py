"""testbed_arch: what kind of Windows the machines of a run are, and the programs that make one here.

The environment variable WZ_MACHINE says it, once for a run, as update files, programs and machines belong together:

    x64     the default: a 64-bit Windows in the Wine of this Debian; x86 programs run in it too when wine32.sh was run
    i386    a 32-bit Windows in the Wine of root32.sh, which must have been made; only x86 programs run in it

Each kind has folders of its own below build, so that both can be tested at a time.
"""
import dataclasses
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = "/usr/lib/wine/"                              # not the wrapper in /usr/bin, which talks about the other Wine
ROOT32 = str(ROOT / "tests" / "tools" / "root32.sh")


@dataclasses.dataclass(frozen=True)
class Arch:
    """One kind of Windows."""

    name: str                                           # of its programs and update files, and of build/NAME: x64, x86
    other: str                                          # whose update files it must refuse
    processor: str                                      # in the identities of packages
    bits: int
    programs: tuple                                     # what runs in it, its own first
    wine: tuple                                         # command that runs a Windows program
    server: tuple                                       # and Wine's server
    prefix: str                                         # WINEARCH
    gnu: str                                            # mingw's name for it
    suffix: str                                         # of its folders below build

    @property
    def compiler(self):
        return self.gnu + "-gcc-win32"

    def folder(self, name):
        """Where this kind keeps what belongs to NAME."""
        return ROOT / "build" / (name + self.suffix)


KINDS = {
    "x64": Arch("x64", "x86", "amd64", 64, ("x64", "x86"), (LIBRARY + "wine64",), ("wineserver",), "win64",
                "x86_64-w64-mingw32", ""),
    "i386": Arch("x86", "x64", "x86", 32, ("x86",), (ROOT32, "run", LIBRARY + "wine"),
                 (ROOT32, "run", LIBRARY + "wineserver32"), "win32", "i686-w64-mingw32", "-i386"),
}
if os.environ.get("WZ_MACHINE", "x64") not in KINDS:
    sys.exit("WZ_MACHINE is to be one of: " + " ".join(KINDS))
ARCH = KINDS[os.environ.get("WZ_MACHINE", "x64")]


def enter():
    """Begin this program anew where root32.sh has everything mounted, if that is needed: its Wine runs there."""
    if ROOT32 in ARCH.wine and "WZ_ROOT32" not in os.environ:
        os.execv(ROOT32, [ROOT32, "mounted", sys.executable, *sys.argv])
