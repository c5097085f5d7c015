"""Update files that must not be installed: the folder, the container, the content, the moment."""
import struct

from bench import *

# Loaded into Wine before its own library: reading a file of a folder "slow" takes a while, as from a worn stick.
SLOW = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static void linger(int file)
{
    char link[32], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    if (strstr(path, "/slow/") != NULL) {
        close(creat("TOUCHED", 0644));
        usleep(20000);
    }
}

ssize_t read(int file, void *to, size_t count)
{
    linger(file);
    return ((ssize_t (*)(int, void *, size_t))dlsym(RTLD_NEXT, "read"))(file, to, count);
}

ssize_t pread64(int file, void *to, size_t count, off64_t at)
{
    linger(file);
    return ((ssize_t (*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64"))(file, to, count, at);
}

ssize_t pread(int file, void *to, size_t count, off_t at)
{
    return pread64(file, to, count, at);
}
"""

BROKEN = [                                              # folder of make_updates.py, what it replaces, verdict
    ("not-a-cabinet", 0, "notCabinet"),
    ("truncated", 2, "damaged"),
    ("damaged", 2, "damaged|wrongHash"),                # as the changed byte may hit a description or not
    ("wrong-content", 1, "missing"),                    # of KB4493730's two files the one of the wrong name is good
    ("wrong-windows", 1, "wrongWindows"),
]


def folder_of(bench, name, *sources):
    """C:\\NAME with the good files and, over them, those of other folders; returns its /media switch."""
    folder = bench.folder / "drive_c" / name
    folder.mkdir()
    for source in ("media", *sources):
        for path in (UPDATES / source).iterdir():
            shutil.copy(path, folder)
    bench.may_write |= {os.path.realpath(folder)} | {os.path.realpath(path) for path in folder.iterdir()}
    return "/media:C:\\" + name


def verdicts(result):
    """{KB: verdict} of the lines that /verify prints for the steps; those of other files come after them."""
    found = {}
    for verdict, kb in re.findall(r"^(\w+)  KB(\d+)  ", result.out, re.M):
        found.setdefault(kb, verdict)
    return found


def about(result, file):
    """(verdict, sentences) of a file, whichever step it is for."""
    found = re.findall(r"^(\w+)  \S+  %s  (.*)$" % re.escape(file), result.out, re.M)
    assert len(found) == 1, "one line for %s was expected\n%s" % (file, result)
    return found[0]


def test_folders_without_updates(bench):
    rows = [(r"C:\nothing here", r"C:\nothing here"), (r"Q:\updates", r"Q:\updates"), ("C:\\nul\\x", "C:\\nul\\x"),
            (windows(SITE), windows(SITE)),                          # a file
            (windows(UPDATES / "empty"), "KB4493730"), (windows(UPDATES / "wrong-architecture"), "KB4493730")]
    for folder, names in rows:
        for action in (["/verify"], ["/install", "/norestart"]):
            result = bench.expect(FILE, *action, "/media:" + folder, catalogue())
            assert len(result.errors) <= 1 and names in result.err + result.out, result
            assert result.errors or action == ["/verify"], result
    bench.untouched()
    assert not (bench.data / "Media").exists()


def test_files_that_are_refused(bench):
    for number, (name, at, verdict) in enumerate(BROKEN):
        folder = folder_of(bench, "media%d" % number, name)
        result = bench.expect(FILE, "/verify", folder, catalogue())
        got = verdicts(result)
        assert re.fullmatch(verdict, got.pop(STEPS[at])), "%s\n%s" % (name, result)
        assert got == {kb: "sha256" for kb in STEPS if kb != STEPS[at]}, "%s\n%s" % (name, result)
        line = bench.refuses(FILE, "/install", "/norestart", folder, catalogue())
        assert "KB" + STEPS[at] in line, line
        assert (bench.folder / "drive_c" / folder[10:]).is_dir()
    bench.untouched()


def stored_cabinet(members):
    """A cabinet of [(name, bytes)], not compressed: with names and sizes that no packer would write."""
    data = b"".join(content for _, content in members)
    table, at = b"", 0
    for name, content in members:
        table += struct.pack("<IIHHHH", len(content), at, 0, 0x5021, 0, 0x20) + name.encode() + b"\0"
        at += len(content)
    blocks = [data[at:at + 32768] for at in range(0, len(data), 32768)]
    start = 44 + len(table)
    body = table + b"".join(struct.pack("<IHH", 0, len(block), len(block)) + block for block in blocks)
    header = struct.pack("<4sIIIIIHHHHHH", b"MSCF", 0, 44 + len(body), 0, 44, 0, 0x0103, 1, len(members), 0, 0, 0)
    return header + struct.pack("<IHH", start, len(blocks), 0) + body


def hostile():
    """{file name: (bytes, verdict, id of a text that the line has, or words)}"""
    rollup = make_updates.Update("4534303", 5)
    other, alien = make_updates.Update("4012583", 1), make_updates.Update("4534303", 5, ARCH.other)
    newer = make_updates.Update("4534303", 5, ARCH.name, "6.1")
    identity = rollup.identity("Package_for_KB4534303").encode()
    mum = b'<assembly>%s<package identifier="KB4534303"/></assembly>' % identity
    texts = [("x-pkgProperties.txt", make_updates.properties(rollup)), ("x.xml", make_updates.unattend(rollup))]
    bomb = make_updates.cabinet_bytes({"update.mum": mum, "zeros": bytes(40 << 20)})
    inside = lambda inner: stored_cabinet(texts + [("x.cab", inner)])          # noqa: E731
    return {
        "empty": (b"", "notCabinet", "IDS_FILE_NOT_CABINET"),
        "page": (b"<html><body>Sign in</body></html>" * 40, "notCabinet", "IDS_FILE_NOT_CABINET"),
        "start": (b"MSCF" + bytes(60), "notCabinet|damaged", "Refused"),
        "other": (make_updates.cabinet_bytes({"readme.txt": b"hello"}), "damaged", "IDS_CABINET_NO_UPDATE"),
        "outside": (stored_cabinet([("..\\..\\windows\\evil.dll", b"MZ"), *texts]), "damaged",
                    "IDS_CABINET_NAME"),
        "drive": (stored_cabinet([*texts, ("C:\\windows\\evil.dll", b"MZ")]), "damaged", "IDS_CABINET_NAME"),
        "deep": (inside(stored_cabinet([("update.mum", mum), ("..\\evil.dll", b"MZ")])), "damaged",
                 "IDS_CABINET_NAME"),
        "many": (stored_cabinet([("%d" % n, b"x") for n in range(10001)]), "damaged", "IDS_CABINET_ENTRIES"),
        "bomb": (inside(bomb), "damaged", "IDS_CABINET_RATIO"),
        "doctype": (stored_cabinet([texts[0], ("x.xml", b"<!DOCTYPE unattend [<!ENTITY a 'b'>]><unattend/>")]),
                    "damaged", "IDS_REASON_DOCTYPE"),
        "entity": (inside(stored_cabinet([("update.mum", b"<assembly>\n&a;</assembly>")])), "damaged",
                   "IDS_REASON_NOT_XML"),
        "update": (stored_cabinet([("x-pkgProperties.txt", make_updates.properties(other))]), "wrongUpdate",
                   "Inside: KB4012583"),
        "both": (stored_cabinet([texts[1], ("x-pkgProperties.txt", make_updates.properties(other))]), "contradictory",
                 "IDS_FILE_CONTRADICTORY"),
        "alien": (stored_cabinet([("x-pkgProperties.txt", make_updates.properties(alien))]), "wrongArchitecture",
                  "for " + ARCH.other),
        "windows": (stored_cabinet([("x.xml", make_updates.unattend(newer))]), "wrongWindows", "Windows 6.1"),
        "gated": (inside(stored_cabinet([("update.mum", mum), ("p.mum", b"<x ExtendedSecurityUpdatesAI=''/>")])),
                  "gated", "IDS_FILE_GATED"),
        "stranger": (inside(stored_cabinet([("update.mum", mum)])), "wrongHash", "Inside: KB4534303 for " + ARCH.name),
    }


def test_hostile_files_are_refused_each_for_its_reason(bench):
    name = "Windows6.0-KB4534303-%s.msu" % ARCH.name
    for number, (kind, (content, verdict, words)) in enumerate(sorted(hostile().items())):
        folder = folder_of(bench, "hostile%d" % number)
        (bench.host(folder[7:]) / name).write_bytes(content)
        result = bench.expect(FILE, "/verify", folder, catalogue())
        got, sentences = about(result, name)
        assert re.fullmatch(verdict, got), "%s\n%s" % (kind, result)
        found = text(words).search(sentences) if words.startswith("IDS_") else words in sentences
        assert found, "%s\n%s" % (kind, result)
    bench.refuses(FILE, "/install", "/norestart", folder, catalogue())
    bench.untouched()


def test_other_files_are_judged_and_spoil_nothing(bench):
    folder = folder_of(bench, "crowd", "wrong-windows", "wrong-architecture")
    place = bench.host(folder[7:])
    stack = "Windows6.0-KB4493730-" + ARCH.name
    shutil.copy(UPDATES / "media" / ("Windows6.0-KB4474419-v4-%s.msu" % ARCH.name), place)
    shutil.copy(UPDATES / "media" / (stack + ".msu"), place / (stack + " (1).msu"))
    make_updates.write_msu(make_updates.Update("4493471", 1), place)
    make_updates.write_msu(make_updates.Update("1234567", 1), place)
    (place / "setup.exe").write_bytes(b"MZ" + bytes(100))
    bench.may_write |= {os.path.realpath(path) for path in place.iterdir()}
    result = bench.expect(DONE, "/verify", folder, catalogue())
    assert verdicts(result) == {**dict.fromkeys(STEPS, "sha256"), "4493471": "superseded"}, result
    for file, verdict in (("Windows6.1-KB4474419-v3-%s.msu" % ARCH.name, "wrongWindows"), ("setup.exe", "unknown"),
                          ("Windows6.0-KB4493730-%s.msu" % ARCH.other, "wrongArchitecture"),
                          ("Windows6.0-KB4493471-%s.msu" % ARCH.name, "superseded"),
                          ("Windows6.0-KB1234567-%s.msu" % ARCH.name, "unknown")):
        assert about(result, file)[0] == verdict, "%s\n%s" % (file, result)
    spare = [about(result, stack + end + ".msu")[0] for end in ("", " (1)")]
    assert sorted(spare) == ["sha256", "spare"], result


def test_nothing_is_trusted_without_the_site_catalogue(bench):
    for action in (["/verify"], ["/install", "/norestart"], ["/install", "/restart"]):
        bench.expect(FILE, *action, media())
    bench.untouched()
    assert not (bench.data / "Media").exists()


def test_content_decides_not_the_name(bench):
    folder = folder_of(bench, "renamed")
    for number, path in enumerate(sorted((bench.folder / "drive_c/renamed").iterdir())):
        path.rename(path.with_name("download%d.msu" % number))
    bench.may_write |= {os.path.realpath(path) for path in (bench.folder / "drive_c/renamed").iterdir()}
    assert verdicts(bench.expect(DONE, "/verify", folder, catalogue())) == dict.fromkeys(STEPS, "sha256")


def test_a_site_catalogue_that_is_none(bench):
    rows = [(b"", 1), (b"not XML", 1), (b"<catalogue/>", 1), (b"<!DOCTYPE catalogue>\n<catalogue/>", 1),
            (SITE.read_bytes()[:4000], None), ((SNAPSHOTS / "bare-sp2-x64.xml").read_bytes(), None)]
    path = bench.host(r"C:\site.xml")
    bench.may_write.add(os.path.realpath(path))
    for content, line in rows:
        path.write_bytes(content)
        told = bench.refuses(FAILED, "/verify", media(), r"/catalogue:C:\site.xml")
        assert told.startswith(r"C:\site.xml") and (line is None or ", line %d: " % line in told or not content), told
    assert r"C:\missing.xml" in bench.refuses(FAILED, "/assess", r"/catalogue:C:\missing.xml")
    bench.untouched()


def test_a_copy_that_was_swapped_during_the_restart(bench):
    """The protected copy is verified again before each run; a good one from the folder may take its place."""
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    bench.restart()
    copy = next((bench.data / "Media").glob("*KB4534303*"))
    copy.write_bytes((UPDATES / "damaged" / copy.name).read_bytes())
    line = bench.refuses(FILE, "/resume", "/norestart")
    assert "KB4534303" in line and bench.state() == "open", line
    copy.unlink()
    assert "KB4534303" in bench.refuses(FILE, "/resume", "/norestart")
    assert "KB4534303" in bench.refuses(FILE, "/resume", "/norestart", media("truncated"))
    assert bench.installed() == STEPS[:2]
    bench.expect(RESTART, "/resume", "/norestart", media())
    bench.restart()
    bench.expect(DONE, "/resume", "/norestart")
    assert bench.installed() == STEPS and bench.is_6003()


def test_a_slow_stick(bench):
    """Slow reading is waited for and changes no verdict."""
    if ARCH.bits == 32:
        raise Skip("the library that makes it slow would have to be a 32-bit one of Linux")
    folder = folder_of(bench, "slow")
    touched = bench.folder / "touched.e2e"
    library = bench.folder / "slow.e2e"
    source = bench.folder / "source.e2e"
    source.write_text(SLOW.replace("TOUCHED", str(touched)))
    subprocess.run(["gcc", "-x", "c", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    bench.variables["LD_PRELOAD"] = str(library)
    found = bench.expect(DONE, "/verify", folder, catalogue())
    assert found.out.count("  KB") == len(STEPS), found.out
    assert touched.exists()                             # else nothing was slow
    bench.expect(RESTART, "/install", "/norestart", folder, catalogue())
    bench.walk()
    assert bench.installed() == STEPS and bench.is_6003()


def test_the_stick_may_be_pulled_out_after_the_start(bench):
    folder = folder_of(bench, "stick")
    bench.expect(RESTART, "/install", "/norestart", folder, catalogue())
    shutil.rmtree(bench.folder / "drive_c/stick")
    bench.walk()
    assert bench.installed() == STEPS and bench.is_6003()
    assert not list((bench.data / "Media").iterdir())   # the copies are not needed any more
