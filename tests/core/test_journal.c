#include "check.h"

#include "core/journal.h"
#include "core/xml.h"
#include "fake_platform.h"
#include "resource.h"

#include "words.h"

#define JOURNAL FAKE_DATA "\\journal.xml"
#define BACKUP  FAKE_DATA "\\journal.bak"

static void set_text(char **slot, const char *text)
{
    free(*slot);
    *slot = wz_copy(text);
}

static wz_journal *make(void)
{
    wz_journal *journal = wz_journal_create();

    journal->state = WZ_JOURNAL_RESTART;
    journal->target = WZ_TARGET_ESU3;
    journal->unattended = true;
    journal->restart_allowed = true;
    journal->restarts = 2;
    journal->restarts_without_progress = 1;
    journal->in_force_at_restart = 3;
    journal->begun = 1790000000;
    journal->restart_asked = 1790000600;
    journal->boot_time_then = 1789990000;
    set_text(&journal->machine_id, "id \"<&>\"");
    set_text(&journal->computer, "SRV-01");
    set_text(&journal->catalogue, "E:\\site & more\\catalogue.xml");
    memset(journal->catalogue_sha256, 'a', 64);
    set_text(&journal->notes, "two\nlines, <b>, \xE2\x80\xAE and \"quotes\"");
    set_text(&journal->log, "C:\\log.txt");
    set_text(&journal->language, "pt-BR");
    set_text(&journal->report_language, "de-DE");
    set_text(&journal->renames_note, "printer <driver>");
    journal->step_count = 8;
    journal->steps = wz_new_array(journal->step_count, wz_journal_step);
    for (size_t i = 0; i < journal->step_count; i++) {
        wz_journal_step *step = &journal->steps[i];

        step->kb = 4493730 + (unsigned)i;
        step->outcome = (wz_outcome)i;
        step->has_code = i % 2 != 0;
        step->code = step->has_code ? 0x80240017u : 0;
        step->attempts = (unsigned)i;
        step->begun = 1790000100 + (wz_time)i;
        step->ended = i > 4 ? 1790000200 : 0;
        set_text(&step->file, "Windows6.0-KB4493730-x64.msu");
        set_text(&step->rule, "ok-sha1");
        memset(step->sha256, '0' + (int)i, 64);
    }
    return journal;
}

static void check_same(const wz_journal *got, const wz_journal *want)
{
    wz_text one = { 0 };
    wz_text two = { 0 };

    wz_journal_write(got, &one);
    wz_journal_write(want, &two);
    CHECK_TEXT(one.at, two.at);
    wz_text_clear(&one);
    wz_text_clear(&two);
}

static wz_status read_bytes(fake_machine *machine, wz_view bytes, wz_journal **out, wz_error *err)
{
    return wz_journal_read("j", bytes, machine->platform.resource(machine, WZ_RESOURCE_JOURNAL_SCHEMA), out, err);
}

static void what_is_written_is_read(void **state)
{
    fake_machine *machine = fake_create();
    wz_journal   *journal = make();
    wz_journal   *back = NULL;
    wz_text       text = { 0 };

    (void)state;
    wz_journal_write(journal, &text);
    assert_int_equal(read_bytes(machine, (wz_view){ text.at, text.length }, &back, NULL), WZ_OK);
    assert_int_equal(back->state, WZ_JOURNAL_RESTART);
    assert_int_equal(back->target, WZ_TARGET_ESU3);
    assert_true(back->unattended && back->restart_allowed);
    assert_int_equal(back->restarts, 2);
    assert_int_equal(back->restarts_without_progress, 1);
    assert_int_equal(back->in_force_at_restart, 3);
    assert_int_equal(back->boot_time_then, 1789990000);
    CHECK_TEXT(back->machine_id, "id \"<&>\"");
    CHECK_TEXT(back->notes, journal->notes);
    CHECK_TEXT(back->renames_note, "printer <driver>");
    CHECK_TEXT(back->catalogue, journal->catalogue);
    CHECK_TEXT(back->ticket, NULL);
    CHECK_TEXT(back->report, NULL);
    CHECK_TEXT(back->language, "pt-BR");
    CHECK_TEXT(back->report_language, "de-DE");
    assert_int_equal(back->step_count, 8);
    for (size_t i = 0; i < 8; i++) {
        CHECK_ROW(i, back->steps[i].outcome == (wz_outcome)i);
        CHECK_ROW(i, back->steps[i].code == journal->steps[i].code && back->steps[i].has_code == (i % 2 != 0));
        CHECK_ROW(i, strcmp(back->steps[i].sha256, journal->steps[i].sha256) == 0);
    }
    check_same(back, journal);
    wz_text_clear(&text);
    wz_journal_free(back);
    wz_journal_free(journal);
    fake_free(machine);
}

static void every_cut_and_every_changed_byte_is_noticed(void **state)
{
    fake_machine *machine = fake_create();
    wz_journal   *journal = make();
    wz_text       text = { 0 };

    (void)state;
    wz_journal_write(journal, &text);
    for (size_t length = 0; length < text.length; length++) {
        wz_journal *back = NULL;

        CHECK_ROW(length, read_bytes(machine, (wz_view){ text.at, length }, &back, NULL) == WZ_E_FORMAT);
        CHECK_ROW(length, back == NULL);
    }
    for (size_t i = 0; i < text.length; i++) {
        wz_journal *back = NULL;
        char        was = text.at[i];

        text.at[i] = (char)(was ^ 1);
        CHECK_ROW(i, read_bytes(machine, (wz_view){ text.at, text.length }, &back, NULL) == WZ_E_FORMAT);
        CHECK_ROW(i, back == NULL);
        text.at[i] = was;
    }
    wz_text_clear(&text);
    wz_journal_free(journal);
    fake_free(machine);
}

/* Well sealed, and yet not ours: the seal is no protection against intent, so the rest is checked all the same. */
static void sealed_nonsense_is_refused(void **state)
{
    static const struct { const char *from, *to; unsigned reason; } rows[] = {
        { "state=\"restart\"", "state=\"later\"", 0 },
        { "version=\"1\" state", "version=\"2\" state", 0 },
        { "file=\"Windows6.0", "file=\"..\\\\Windows6.0", IDS_JOURNAL_FILE_NAME },
        { "file=\"Windows6.0-KB4493730-x64.msu\"", "file=\"..\"", IDS_JOURNAL_FILE_NAME },
        { "attempts=\"0\"", "attempts=\"-1\"", 0 },
        { "<journal", "<!DOCTYPE journal><journal", 0 },
        { "</journal>", "</journal><x/>", 0 },
    };
    fake_machine *machine = fake_create();
    wz_journal   *journal = make();
    wz_text       text = { 0 };

    (void)state;
    wz_journal_write(journal, &text);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char       *at = strstr(text.at, rows[i].from);
        char       *seal = strstr(text.at, "<!-- crc32");
        wz_text     made = { 0 };
        wz_journal *back = NULL;
        wz_error    err = { 0 };

        assert_non_null(at);
        wz_text_append(&made, text.at, (size_t)(at - text.at));
        wz_text_add(&made, rows[i].to);
        wz_text_append(&made, at + strlen(rows[i].from), (size_t)(seal - at) - strlen(rows[i].from));

        uint32_t crc = wz_crc32(made.at, made.length);

        wz_text_add(&made, "<!-- crc32 ");
        wz_text_add_hex(&made, crc, 8);
        wz_text_add(&made, " -->\n");
        CHECK_ROW(i, read_bytes(machine, (wz_view){ made.at, made.length }, &back, &err) == WZ_E_FORMAT);
        CHECK_ROW(i, back == NULL && err.line > 0 && err.reason != 0);
        CHECK_ROW(i, rows[i].reason == 0 || err.reason == rows[i].reason);
        wz_text_clear(&made);
    }
    wz_text_clear(&text);
    wz_journal_free(journal);
    fake_free(machine);
}

static void no_journal_is_not_found(void **state)
{
    fake_machine *machine = fake_create();
    wz_journal   *journal = NULL;
    wz_error      err = { 0 };

    (void)state;
    assert_int_equal(wz_journal_load(&machine->platform, &journal, &err), WZ_E_NOT_FOUND);
    assert_null(journal);
    CHECK_TEXT(err.subject, JOURNAL);
    fake_free(machine);
}

static void the_backup_stands_in_for_a_torn_journal(void **state)
{
    fake_machine *machine = fake_create();
    wz_journal   *journal = make();
    wz_journal   *back = NULL;
    wz_error      err = { 0 };

    (void)state;
    journal->restarts = 1;
    assert_int_equal(wz_journal_save(&machine->platform, journal, NULL), WZ_OK);
    assert_null(fake_file_at(machine, BACKUP));
    journal->restarts = 2;
    assert_int_equal(wz_journal_save(&machine->platform, journal, NULL), WZ_OK);
    assert_int_equal(wz_journal_load(&machine->platform, &back, NULL), WZ_OK);
    assert_int_equal(back->restarts, 2);
    wz_journal_free(back);

    fake_put(machine, JOURNAL, "<journal version=\"1\"");
    assert_int_equal(wz_journal_load(&machine->platform, &back, NULL), WZ_OK);
    assert_int_equal(back->restarts, 1);
    wz_journal_free(back);

    /* The torn one must not become the backup. */
    journal->restarts = 3;
    assert_int_equal(wz_journal_save(&machine->platform, journal, NULL), WZ_OK);
    fake_put(machine, JOURNAL, "torn again\nand again");
    assert_int_equal(wz_journal_load(&machine->platform, &back, NULL), WZ_OK);
    assert_int_equal(back->restarts, 1);
    wz_journal_free(back);

    fake_put(machine, BACKUP, "torn too");
    back = NULL;
    assert_int_equal(wz_journal_load(&machine->platform, &back, &err), WZ_E_FORMAT);
    assert_null(back);
    CHECK_TEXT(err.subject, JOURNAL);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.reason, IDS_JOURNAL_CUT_OFF);
    CHECK_CONTAINS(test_error(&err), "cut off");
    wz_journal_free(journal);
    fake_free(machine);
}

static void a_failed_save_leaves_a_good_journal(void **state)
{
    (void)state;
    for (unsigned n = 1; n <= 2; n++) {
        fake_machine *machine = fake_create();
        wz_journal   *journal = make();
        wz_journal   *back = NULL;
        wz_error      err = { 0 };

        assert_int_equal(wz_journal_save(&machine->platform, journal, NULL), WZ_OK);
        machine->fail_write = n;
        journal->restarts = 9;
        CHECK_ROW(n, wz_journal_save(&machine->platform, journal, &err) == WZ_E_FULL);
        CHECK_ROW(n, wz_journal_load(&machine->platform, &back, NULL) == WZ_OK && back->restarts == 2);
        wz_journal_free(back);
        wz_journal_free(journal);
        fake_free(machine);
    }
}

static wz_snapshot *small_snapshot(fake_machine *machine)
{
    wz_snapshot *snapshot = NULL;

    assert_int_equal(machine->platform.probe(machine, NULL, &snapshot, NULL), WZ_OK);
    return snapshot;
}

static void a_finished_journal_is_moved_aside_with_what_was_before(void **state)
{
    fake_machine *machine = fake_create();
    wz_journal   *journal = make();
    wz_journal   *back = NULL;

    (void)state;
    journal->before = small_snapshot(machine);
    assert_int_equal(wz_journal_save_before(&machine->platform, journal, NULL), WZ_OK);
    assert_int_equal(wz_journal_save(&machine->platform, journal, NULL), WZ_OK);
    assert_int_equal(wz_journal_save(&machine->platform, journal, NULL), WZ_OK);
    assert_int_equal(wz_journal_load(&machine->platform, &back, NULL), WZ_OK);
    assert_non_null(back->before);
    CHECK_TEXT(wz_snapshot_text(back->before, WZ_FACT_COMPUTER_NAME), "SRV-01");
    wz_journal_free(back);

    assert_int_equal(wz_journal_archive(&machine->platform, journal, NULL), WZ_OK);
    assert_int_equal(wz_journal_load(&machine->platform, &back, NULL), WZ_E_NOT_FOUND);
    assert_non_null(fake_file_at(machine, FAKE_DATA "\\journal-20260921T141320Z.xml"));
    assert_non_null(fake_file_at(machine, FAKE_DATA "\\before-20260921T141320Z.xml"));
    assert_null(fake_file_at(machine, FAKE_DATA "\\before.xml"));
    assert_null(fake_file_at(machine, BACKUP));
    wz_journal_free(journal);
    fake_free(machine);
}

static void a_broken_journal_is_kept_byte_for_byte(void **state)
{
    fake_machine  *machine = fake_create();
    const wz_text *kept;

    (void)state;
    fake_put(machine, JOURNAL, "not a journal");
    machine->clock = 1790000000;
    assert_int_equal(wz_journal_archive_broken(&machine->platform, NULL), WZ_OK);
    kept = fake_file_at(machine, FAKE_DATA "\\journal-broken-20260921T141320Z.xml");
    assert_non_null(kept);
    CHECK_TEXT(kept->at, "not a journal");
    assert_null(fake_file_at(machine, JOURNAL));
    fake_free(machine);
}

static void the_same_machine_is_known_by_its_id(void **state)
{
    static const struct { const char *id, *computer; bool want; } rows[] = {
        { "9E2F6C5A-0000-4000-8000-1234567890AB", "RENAMED", true },
        { "another", "SRV-01", false },
        { NULL, "srv-01", true },
        { NULL, "SRV-02", false },
        { NULL, NULL, false },
    };
    fake_machine *machine = fake_create();
    wz_snapshot  *snapshot = small_snapshot(machine);

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_journal *journal = wz_journal_create();

        set_text(&journal->machine_id, rows[i].id);
        set_text(&journal->computer, rows[i].computer);
        CHECK_ROW(i, wz_journal_same_machine(journal, snapshot) == rows[i].want);
        wz_journal_free(journal);
    }
    wz_snapshot_free(snapshot);
    fake_free(machine);
}

static void every_outcome_has_a_name_and_a_word(void **state)
{
    (void)state;
    for (int i = WZ_OUTCOME_NONE; i <= WZ_OUTCOME_ROLLED_BACK; i++) {
        CHECK_ROW(i, wz_word(test_words(), wz_outcome_word((wz_outcome)i))[0] != '#');
        for (int j = WZ_OUTCOME_NONE; j < i; j++) {
            CHECK_ROW(i, strcmp(wz_outcome_name((wz_outcome)i), wz_outcome_name((wz_outcome)j)) != 0);
            CHECK_ROW(i, wz_outcome_word((wz_outcome)i) != wz_outcome_word((wz_outcome)j));
        }
    }
}

int test_journal(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(every_cut_and_every_changed_byte_is_noticed),
        cmocka_unit_test(sealed_nonsense_is_refused),
        cmocka_unit_test(no_journal_is_not_found),
        cmocka_unit_test(the_backup_stands_in_for_a_torn_journal),
        cmocka_unit_test(a_failed_save_leaves_a_good_journal),
        cmocka_unit_test(a_finished_journal_is_moved_aside_with_what_was_before),
        cmocka_unit_test(a_broken_journal_is_kept_byte_for_byte),
        cmocka_unit_test(the_same_machine_is_known_by_its_id),
        cmocka_unit_test(every_outcome_has_a_name_and_a_word),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("journal", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
