"""Journals that were torn, broken, changed, or are another computer's."""
from bench import *


def begun(bench):
    """Two updates installed, restarted; the journal and its backup."""
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    bench.restart()
    return bench.data / "journal.xml", bench.data / "journal.bak"


def test_a_torn_write_is_made_good_by_the_backup(bench):
    journal, _ = begun(bench)
    for spoil in (lambda good: good[:len(good) // 2], lambda good: b"", lambda good: bytes(len(good))):
        good = journal.read_bytes()
        journal.write_bytes(spoil(good))
        result = bench.wizard("/assess")
        assert not result.err, result
        journal.write_bytes(good)
    good = journal.read_bytes()
    journal.write_bytes(good[:len(good) // 2])
    bench.expect(RESTART, "/resume", "/norestart")
    assert bench.installed() == STEPS
    journal.unlink()                                    # gone altogether
    bench.restart()
    bench.expect(DONE, "/resume", "/norestart")
    assert bench.installed() == STEPS and bench.is_6003() and bench.state() == "done"


def test_both_broken_are_kept_and_told(bench):
    journal, backup = begun(bench)
    good = journal.read_text("utf-8")
    lines = good.splitlines(keepends=True)
    rows = [                                            # content of both, reason
        (good.replace('attempts="1"', 'attempts="0"'), None),                    # edited: the checksum is another
        ("".join(lines[:len(lines) // 2]), None),
        ("<!DOCTYPE journal>\n" + good, "IDS_JOURNAL_CHECKSUM"),
        ("<journal/>\n", None),
        ("", "IDS_JOURNAL_CUT_OFF"),
    ]
    for content, reason in rows:
        journal.write_text(content, "utf-8")
        backup.write_text(content, "utf-8")
        result = bench.wizard("/resume", "/norestart")
        assert result.code == FAILED and len(result.errors) == 1, result
        assert result.err.startswith(r"C:\ProgramData\Build6003Wizard\journal.xml"), result
        assert reason is None or text(reason).search(result.err), result
        assert ", line " in result.err, result
        assert text("IDS_SAY_JOURNAL_KEPT").search(result.out), result
        assert journal.read_text("utf-8") == backup.read_text("utf-8") == content
        assert bench.installed() == STEPS[:2]
    kept = journal.read_bytes()
    result = bench.wizard("/install", "/norestart", media(), catalogue())
    assert result.code == RESTART and bench.installed() == STEPS, result
    assert kept in [path.read_bytes() for path in bench.data.glob("journal-broken-*.xml")]
    bench.restart()
    bench.expect(DONE, "/resume")
    assert bench.is_6003()


def test_another_computers_journal_is_not_gone_on_with(bench):
    journal, _ = begun(bench)
    before = journal.read_bytes()
    bench.set_registry({r"HKEY_LOCAL_MACHINE\Software\Microsoft\Cryptography":
                        {"MachineGuid": "00000000-6003-4000-8000-000000000000"}})
    line = bench.refuses(FAILED, "/resume", "/norestart")
    assert text("IDS_RUN_OTHER_MACHINE").search(line), line
    assert journal.read_bytes() == before and bench.installed() == STEPS[:2]


def test_nothing_to_resume(bench):
    assert text("IDS_SAY_NOTHING_OPEN").search(bench.expect(UPDATES_WAIT, "/resume").out)
    bench.untouched()
    assert not bench.data.exists()


def test_the_restart_has_to_be_a_real_one(bench):
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    for _ in range(4):                                  # an impatient script
        bench.expect(RESTART, "/resume", "/norestart")
    assert bench.installed() == STEPS[:2] and bench.state() == "restart"
    bench.walk()
    assert bench.installed() == STEPS and bench.is_6003()


def test_a_new_installation_moves_the_old_journal_aside(bench):
    begun(bench)
    bench.expect(RESTART, "/install", "/norestart", media(), catalogue())
    assert bench.installed() == STEPS and len(list(bench.data.glob("journal-2*.xml"))) == 1
    bench.restart()
    bench.expect(DONE, "/resume")
    assert bench.is_6003()
