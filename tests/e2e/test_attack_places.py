"""Places of ours that were somebody else's before, and things changed behind our back.

A junction in the place of our folders cannot be made here: Wine 8 knows no reparse points and shows a link of the host
as what it leads to. So it is seen here that a link to a stranger's folder is refused for its owner; that a folder which
Windows calls a reparse point is refused for that alone, is seen by tests/platform/test_folder.c.
"""
import tempfile

from bench import *

STRANGER = 65534                                        # a user of the host; Wine shows its files as another person's


def need_root():
    if os.geteuid() != 0:
        raise Skip("only root can give a folder to another user")


def plant(folder):
    """The data folder as an unprivileged person could have made it before: with a journal, a catalogue, a program."""
    folder.mkdir(parents=True)
    (folder / "journal.xml").write_text("<journal/>\n")
    (folder / "Media").mkdir()
    shutil.copy(UPDATES / "media" / ("Windows6.0-KB4493730-%s.msu" % ARCH.name), folder / "Media")
    (folder / "Build6003Wizard.exe").write_bytes(b"MZ planted")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, STRANGER, STRANGER)


def refused_and_left_alone(bench):
    before = {path: path.lstat().st_mtime_ns for path in bench.data.rglob("*")}
    for arguments in (["/install", "/norestart", media(), catalogue()], ["/install", "/restart", media(), catalogue()],
                      ["/resume", "/norestart"]):
        line = bench.refuses(FAILED, *arguments)
        assert r"C:\ProgramData\Build6003Wizard" in line, line
    assert {path: path.lstat().st_mtime_ns for path in bench.data.rglob("*")} == before
    assert not bench.installed() and bench.run_once() is None and bench.is_6002()


def test_attack_a_data_folder_that_a_stranger_made_is_refused(bench):
    need_root()
    plant(bench.data)
    refused_and_left_alone(bench)


def test_attack_an_administrators_folder_that_strangers_write_to_is_refused(bench):
    """Some program's folder below ProgramData, which whoever may change it has given our name."""
    need_root()
    plant(bench.data)
    os.chown(bench.data, os.geteuid(), os.getegid())
    bench.data.chmod(0o777)
    refused_and_left_alone(bench)
    assert bench.data.stat().st_mode & 0o777 == 0o777


def test_attack_a_link_to_a_strangers_folder_is_refused(bench):
    need_root()
    with tempfile.TemporaryDirectory() as elsewhere:
        plant(pathlib.Path(elsewhere) / "theirs")
        bench.data.parent.mkdir(parents=True, exist_ok=True)
        bench.data.symlink_to(pathlib.Path(elsewhere) / "theirs")
        refused_and_left_alone(bench)
        bench.data.unlink()


def test_attack_a_strangers_empty_data_folder_becomes_ours(bench):
    need_root()
    bench.data.mkdir(parents=True)
    os.chown(bench.data, STRANGER, STRANGER)
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    assert bench.data.stat().st_uid == os.geteuid()
    bench.walk()
    assert bench.is_6003()


def test_attack_a_file_in_the_place_of_a_folder(bench):
    bench.data.parent.mkdir(parents=True, exist_ok=True)
    bench.data.write_text("not a folder\n")
    for arguments in (["/install", "/norestart", media(), catalogue()], ["/install", "/restart", media(), catalogue()]):
        line = bench.refuses(FAILED, *arguments)
        assert r"C:\ProgramData\Build6003Wizard" in line, line
    assert bench.data.read_text() == "not a folder\n"
    bench.data.unlink()
    bench.data.mkdir()
    (bench.data / "Media").write_text("not a folder either\n")
    line = bench.refuses(FAILED, "/install", "/norestart", media(), catalogue())
    assert r"C:\ProgramData\Build6003Wizard\Media" in line, line
    assert not bench.installed() and bench.is_6002()


def test_attack_what_lies_in_our_folder_is_never_started(bench):
    """A program planted there before is replaced by our own before RunOnce names it; a changed copy as well."""
    bench.data.mkdir(parents=True)
    (bench.data / "Build6003Wizard.exe").write_bytes(b"MZ planted")
    bench.finish(bench.launch("/install", "/restart", media(), catalogue()), RESTARTING)
    assert (bench.data / "Build6003Wizard.exe").read_bytes() == exe().read_bytes()
    assert bench.run_once_of_the_restart() == r'"C:\ProgramData\Build6003Wizard\Build6003Wizard.exe" ' \
                                              r"/resume /quiet /restart"
    bench.restart()
    assert bench.wait_on_its_own()
    bench.restart()
    assert not bench.wait_on_its_own() and bench.is_6003() and bench.installed() == STEPS


def test_attack_run_once_changed(bench):
    """What is installed is decided by the journal, not by what RunOnce says; and our value does not stay behind."""
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    program = r'"C:\ProgramData\Build6003Wizard\Build6003Wizard.exe"'
    shutil.copy(exe(), bench.data / "Build6003Wizard.exe")
    bench.set_registry({RUN_ONCE: {"Build6003Wizard": program + r" /install /norestart /quiet /media:C:\nothing"}})
    bench.restart()
    testbed.wait_until(lambda: not bench.is_running("Build6003Wizard.exe"), 60, "the end of the product")
    assert bench.installed() == STEPS[:2]
    bench.expect(RESTART, "/resume", "/norestart")
    bench.walk(1)
    assert bench.installed() == STEPS and bench.is_6003() and bench.run_once() is None


def test_attack_the_catalogue_is_changed_while_the_run_is_open(bench):
    """The run goes on with the copy it was begun with; when that was changed, not at all."""
    site = bench.host(r"C:\site.xml")
    shutil.copy(SITE, site)
    bench.may_write.add(os.path.realpath(site))
    bench.expect(RESTART, "/install", "/norestart", media(), r"/catalogue:C:\site.xml")
    site.write_text("<catalogue/>\n")                   # the one it was begun with is not looked at again
    bench.restart()
    copy = bench.data / "catalogue.xml"
    good = copy.read_bytes()
    bad = good.replace(b"</catalogue>", b" </catalogue>")
    assert bad != good
    copy.write_bytes(bad)
    line = bench.refuses(FAILED, "/resume", "/norestart")
    assert r"catalogue.xml" in line, line
    assert bench.installed() == STEPS[:2]
    copy.write_bytes(good)
    bench.expect(RESTART, "/resume", "/norestart")
    bench.restart()
    bench.expect(DONE, "/resume", "/norestart")
    assert bench.installed() == STEPS and bench.is_6003()
