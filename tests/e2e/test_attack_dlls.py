"""DLLs that somebody left beside the program, on a stick say, or in the current folder: none of them is loaded.

A DLL here leaves a mark when it is loaded. It is planted under the name of every DLL that the program is seen to load
or may load, and Wine is told (WINEDLLOVERRIDES) to prefer a planted file to its own, as Windows does for all but its
KnownDLLs and what those import. A program of our own that imports such a DLL shows first that the trap works. That the
program itself imports from KnownDLLs alone is a lint (tests/lint/check_exe.py).

Not seen here: the KnownDLLs themselves; a Windows Server 2008 without KB2533623, where wz_system_preload stands in for
SetDefaultDllDirectories, which Wine always has; the side-by-side comctl32; and what comes only with windows: Wine's
comctl32 loads msimg32 late, and for such a load Wine looks beside the program in spite of SetDefaultDllDirectories.
"""
from bench import *

# The KnownDLLs of NT 6.0: Windows takes them from System32 whatever lies elsewhere.
KNOWN = set("advapi32 clbcatq comdlg32 gdi32 iertutil imagehlp imm32 kernel32 lpk msctf msvcrt normaliz nsi ole32 "
            "oleaut32 rpcrt4 setupapi shell32 shlwapi urlmon user32 usp10 wininet wldap32 ws2_32 ntdll".split())
# Parts of Wine itself, which a Windows has not; and comctl32, which the manifest binds to WinSxS.
WINE_ONLY = set("kernelbase ucrtbase win32u winex11 mscoree mshtml comctl32 sechost".split())
# What Windows' own DLLs are known to load by name, beside what is seen in Wine.
LATER = set("apphelp bcrypt cabinet crypt32 cryptbase cryptsp dwmapi msasn1 msi msimg32 ncrypt netapi32 ntmarta "
            "oleacc profapi propsys psapi samlib secur32 sspicli sxs userenv uxtheme version winmm wintrust "
            "wtsapi32 xmllite".split())
MARK = "drive_c/loaded.e2e"
EVIL = r"""
#include <windows.h>
BOOL WINAPI DllMain(HINSTANCE self, DWORD why, void *unused)
{
    wchar_t path[MAX_PATH];
    DWORD   bytes = 2 * GetModuleFileNameW(self, path, MAX_PATH);
    HANDLE  mark;
    (void)unused;
    if (why == DLL_PROCESS_ATTACH) {
        mark = CreateFileW(L"C:\\loaded.e2e", FILE_APPEND_DATA, 7, NULL, OPEN_ALWAYS, 0, NULL);
        WriteFile(mark, path, bytes, &bytes, NULL);
        CloseHandle(mark);
    }
    return TRUE;
}
"""
VICTIM = r"""
#include <windows.h>
int main(void)
{
    return PlaySoundW(NULL, NULL, 0) ? 3 : 4;
}
"""
# Imports what the product imports, and does nothing.
BARE = r"""
#include <windows.h>
#include <commctrl.h>
#include <commdlg.h>
#include <shlobj.h>
int main(void)
{
    const void *volatile all[] = { InitCommonControls, GetOpenFileNameW, SHGetFolderPathW, CoInitialize, SysAllocString,
                                   RegCloseKey, GetDesktopWindow, CreatePen };
    return all[0] == NULL || GetDesktopWindow() == NULL;
}
"""


def compiled(target, source, *options):
    libraries = ["-lwinmm", "-lcomctl32", "-lcomdlg32", "-lole32", "-loleaut32", "-lgdi32"]
    testbed.check_call([ARCH.compiler, *options, "-s", "-x", "c", "-", "-x", "none", "-o", target, *libraries],
                       input=source.encode())


def loads(bench, *command):
    """Names without endings, in small letters, of the DLLs that Wine loads for a program."""
    bench.variables["WINEDEBUG"] = "+loaddll"
    _, _, seen = bench.run(*command)
    del bench.variables["WINEDEBUG"]
    return {name.lower() for name in re.findall(r'[\\/]([\w.-]+)\.(?:dll|drv)"', seen.decode(errors="replace"), re.I)}


def names_to_plant(bench):
    """What Wine loads for looking, for judging signed files and for installing, and what Windows is known to load; but
    not what comes with our imports before a line of ours runs: on Windows all of that is known."""
    bare = bench.folder / "bare.e2e"
    compiled(bare, BARE)
    before = loads(bench, windows(bare))
    found = set()
    for arguments in (["/assess"], ["/verify", media(), catalogue()]):
        found |= loads(bench, windows(exe()), *arguments)
    assert {"wintrust", "cabinet", "version", "bcrypt"} <= found and "comdlg32" in before, (found, before)
    names = sorted((found | LATER) - KNOWN - WINE_ONLY - before)
    assert {"wintrust", "cabinet", "winmm", "netapi32"} <= set(names), names
    return names


def loaded(bench):
    """Paths of planted DLLs that were loaded, one after the other."""
    mark = bench.folder / MARK
    return mark.read_bytes().decode("utf-16-le") if mark.exists() else ""


def plant(bench, folder, names, evil):
    place = bench.folder / "drive_c" / folder
    place.mkdir()
    for name in names:
        os.link(evil, place / (name + ".dll"))
    bench.may_write |= {os.path.realpath(path) for path in (place, *place.iterdir())}
    return place


def test_attack_planted_dlls_are_not_loaded(bench):
    names = names_to_plant(bench)
    evil = bench.folder / "evil.e2e"
    compiled(evil, EVIL, "-shared")
    stick, here = (plant(bench, folder, names, evil) for folder in ("stick", "here"))
    for program in (stick / "victim.exe", stick / "Build6003Wizard.exe"):
        bench.may_write.add(os.path.realpath(program))
    compiled(stick / "victim.exe", VICTIM)
    shutil.copy(exe(), stick / "Build6003Wizard.exe")
    bench.end()
    bench.variables["WINEDLLOVERRIDES"] = "mscoree=;mshtml=;winemenubuilder.exe=;%s=n,b" % ",".join(names)
    bench.boot()

    bench.run("cmd", "/c", r"cd /d C:\here && C:\stick\victim.exe")
    assert loaded(bench), "the trap does not work"
    (bench.folder / MARK).unlink()

    bench.note_writes([r"/report:C:\s.xml", r"/report:C:\p.html"])
    bench.installs = True
    for code, arguments in ((UPDATES_WAIT, r"/assess"), (UPDATES_WAIT, r"/snapshot:C:\s.xml /report:C:\p.html"),
                            (DONE, "/verify %s %s" % (media(), catalogue())),
                            (RESTART, "/install /norestart %s %s" % (media(), catalogue()))):
        got, out, err = bench.run("cmd", "/c", r"cd /d C:\here && C:\stick\Build6003Wizard.exe " + arguments)
        assert got == code, "%s: exit code %d\n%s%s" % (arguments, got, out.decode(), err.decode())
        assert not loaded(bench), "%s: %s" % (arguments, loaded(bench))
    bench.walk()                                        # by the copy in the data folder
    assert not loaded(bench) and bench.installed() == STEPS, loaded(bench)
