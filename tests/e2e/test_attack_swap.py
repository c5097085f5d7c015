"""An update file that is another one when it is used than it was when it was checked."""
from bench import *

# The first time that somebody has read the file to its end, another one takes its place: whoever has it open goes on
# with the first, whoever opens it then gets the second.
SWAP = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static void swap_at_the_end(int file)
{
    char link[32], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    if (strcmp(path, "VICTIM") == 0)
        rename("EVIL", path);
}

ssize_t read(int file, void *to, size_t count)
{
    ssize_t got = ((ssize_t (*)(int, void *, size_t))dlsym(RTLD_NEXT, "read"))(file, to, count);
    if (got == 0 && count > 0)
        swap_at_the_end(file);
    return got;
}

ssize_t pread64(int file, void *to, size_t count, off64_t at)
{
    ssize_t got = ((ssize_t (*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64"))(file, to, count, at);
    if (got == 0 && count > 0)
        swap_at_the_end(file);
    return got;
}

ssize_t pread(int file, void *to, size_t count, off_t at)
{
    return pread64(file, to, count, at);
}
"""


def swapped(bench, evil):
    """C:\\stick, where KB4534303 is another file once it was read: its /media switch, and where that file waits."""
    stick = bench.folder / "drive_c/stick"
    shutil.copytree(UPDATES / "media", stick)
    victim = next(stick.glob("*KB4534303*"))
    waiting = stick / "waiting"
    shutil.copy(evil, waiting)
    bench.may_write |= {os.path.realpath(path) for path in (stick, *stick.iterdir())}
    library, source = bench.folder / "swap.e2e", bench.folder / "source.e2e"
    source.write_text(SWAP.replace("VICTIM", os.path.realpath(victim)).replace("EVIL", os.path.realpath(waiting)))
    subprocess.run(["gcc", "-x", "c", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    bench.variables["LD_PRELOAD"] = str(library)
    return r"/media:C:\stick", waiting


def test_attack_a_file_swapped_after_it_was_checked_is_not_run(bench):
    """Another good update in its place, so that only its hash can tell."""
    if ARCH.bits == 32:
        raise Skip("the library that swaps would have to be a 32-bit one of Linux")
    folder, waiting = swapped(bench, next((UPDATES / "media").glob("*KB4493730*")))
    line = bench.refuses(FILE, "/install", "/norestart", folder, catalogue())
    assert not waiting.exists(), "nothing was swapped"
    assert "KB4534303" in line, line
    assert not bench.installed() and bench.run_once() is None and bench.is_6002()


def test_attack_a_file_swapped_after_it_was_copied_does_no_harm(bench):
    """What is run is the protected copy."""
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    stick = bench.folder / "drive_c/stick"
    shutil.copytree(UPDATES / "damaged", stick)
    bench.may_write |= {os.path.realpath(path) for path in (stick, *stick.iterdir())}
    bench.restart()
    bench.expect(RESTART, "/resume", "/norestart", r"/media:C:\stick")
    bench.walk(1)
    assert bench.installed() == STEPS and bench.is_6003()
