/* Why a run may not begin or not go on, stop, restarts. */
#include "check.h"

#include "core/run_step.h"
#include "core/xml.h"
#include "resource.h"
#include "visit.h"

#include "words.h"

/* ---- why it may not begin, or not go on ---- */

static void what_blocks_the_beginning_changes_nothing(void **state)
{
    static const struct { const char *what; wz_run_result result; unsigned why; } rows[] = {
        { "signs", WZ_RUN_BLOCKED, 0 },
        { "disk", WZ_RUN_BLOCKED, 0 },
        { "rights", WZ_RUN_BLOCKED, IDS_RUN_RIGHTS },
        { "busy", WZ_RUN_BUSY, IDS_RUN_BUSY },
        { "other", WZ_RUN_BUSY, IDS_RUN_BUSY_OTHER },
        { "room", WZ_RUN_BLOCKED, IDS_RUN_SPACE },
        { "done", WZ_RUN_BLOCKED, IDS_RUN_NOTHING },
        { "missing", WZ_RUN_FILE, IDS_RUN_FILE_MISSING },
        { "refused", WZ_RUN_FILE, IDS_RUN_FILE_REFUSED },
        { "full", WZ_RUN_FAILED, 0 },
        { "denied", WZ_RUN_FAILED, 0 },
        { "client", WZ_RUN_BLOCKED, 0 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = visit_road();
        visit         v = visit_arrive(machine);

        machine->signs = strcmp(rows[i].what, "signs") == 0;
        machine->administrator = strcmp(rows[i].what, "rights") != 0;
        machine->is_busy = strcmp(rows[i].what, "busy") == 0;
        machine->busy_with = strcmp(rows[i].what, "other") == 0 ? "wusa.exe" : NULL;
        if (strcmp(rows[i].what, "room") == 0)
            machine->space_left = WZ_RUN_MARGIN;
        machine->product_type = strcmp(rows[i].what, "client") == 0 ? 1 : 3;
        if (strcmp(rows[i].what, "disk") == 0)
            machine->disk_free = 100000;
        if (strcmp(rows[i].what, "done") == 0)
            machine->version = (wz_version){ 6, 0, 6003, 20706 };
        if (strcmp(rows[i].what, "missing") == 0)
            fake_drop_media(machine, 2);
        if (strcmp(rows[i].what, "refused") == 0)
            machine->media[1].content[10] ^= 1;
        if (strcmp(rows[i].what, "full") == 0)
            machine->full = FAKE_DATA;
        if (strcmp(rows[i].what, "denied") == 0)
            machine->read_only = FAKE_DATA;
        CHECK_ROW(i, visit_begin(&v, false, false) == rows[i].result);
        CHECK_ROW(i, v.why.id != 0 && (rows[i].why == 0 || v.why.id == rows[i].why));
        CHECK_ROW(i, v.session->journal == NULL && v.session->before == NULL);
        visit_leave(&v);
        CHECK_ROW(i, fake_find(machine, 4493730)->runs == 0);
        CHECK_ROW(i, fake_file_at(machine, FAKE_DATA "\\journal.xml") == NULL);
        fake_free(machine);
    }
}

static void a_changed_copy_is_not_run(void **state)
{
    fake_machine *machine = visit_road();
    visit         v;

    (void)state;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    fake_put(machine, FAKE_DATA "\\Media\\Windows6.0-KB4534303-x64.msu", "something else");
    v = visit_arrive(machine);
    assert_int_equal(visit_resume(&v), WZ_RUN_FILE);
    assert_int_equal(v.why.id, IDS_RUN_FILE_CHANGED);
    visit_leave(&v);
    assert_int_equal(fake_find(machine, 4534303)->runs, 0);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_OPEN);

    /* The same file from the media is as good: it has the checksum that the journal holds. */
    v = visit_arrive(machine);
    assert_int_equal(wz_session_set_media(v.session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(visit_resume(&v), WZ_RUN_RESTART);
    visit_leave(&v);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_DONE);
    fake_free(machine);
}

/* As soon as the stack is in force somebody changes the next copy. */
static void change_a_copy(void *context, const wz_phrase *line)
{
    if (line->id == IDS_LOG_IN_FORCE)
        fake_put(context, FAKE_DATA "\\Media\\Windows6.0-KB4474419-v4-x64.msu", "something else");
}

static void a_copy_that_changes_meanwhile_is_not_run(void **state)
{
    fake_machine      *machine = visit_road();
    const wz_run_watch watch = { .log = change_a_copy, .context = machine };
    visit              v = visit_arrive(machine);

    (void)state;
    assert_int_equal(wz_session_probe(v.session, NULL, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_set_media(v.session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_run_begin(v.session, &(wz_run_options){ 0 }, &watch, &v.why), WZ_RUN_FILE);
    assert_int_equal(v.why.id, IDS_RUN_FILE_CHANGED);
    visit_leave(&v);
    assert_int_equal(fake_find(machine, 4493730)->runs, 1);
    assert_int_equal(fake_find(machine, 4474419)->runs, 0);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_OPEN);
    fake_free(machine);
}

/* As soon as the stack is in force the disk is filled. */
static void fill_the_disk(void *context, const wz_phrase *line)
{
    if (line->id == IDS_LOG_IN_FORCE)
        ((fake_machine *)context)->space_left = 1;
}

static void a_disk_that_fills_meanwhile_stops_before_the_next_update(void **state)
{
    fake_machine      *machine = visit_road();
    const wz_run_watch watch = { .log = fill_the_disk, .context = machine };
    visit              v = visit_arrive(machine);
    wz_text            text = { 0 };

    (void)state;
    assert_int_equal(wz_session_probe(v.session, NULL, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_set_media(v.session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_run_begin(v.session, &(wz_run_options){ 0 }, &watch, &v.why), WZ_RUN_BLOCKED);
    assert_int_equal(v.why.id, IDS_RUN_SPACE_STEP);
    wz_phrase_render(&v.why, test_words(), &text);
    CHECK_CONTAINS(text.at, "KB4474419 was not begun");
    CHECK_CONTAINS(text.at, "0 MB free and 513 MB");
    wz_text_clear(&text);
    visit_leave(&v);
    assert_int_equal(fake_find(machine, 4474419)->runs, 0);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_OPEN);
    assert_int_equal(visit_outcome_of(machine, 4474419), WZ_OUTCOME_NONE);

    machine->space_left = 0;
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    assert_int_equal(fake_find(machine, 4493730)->runs, 1);
    assert_int_equal(fake_find(machine, 4474419)->runs, 1);
    fake_free(machine);
}

static void another_installer_is_named(void **state)
{
    fake_machine *machine = visit_road();
    visit         v = visit_arrive(machine);

    (void)state;
    machine->busy_with = "Package Manager (pkgmgr.exe)";
    assert_int_equal(visit_begin(&v, false, false), WZ_RUN_BUSY);
    assert_int_equal(v.why.count, 1);
    CHECK_TEXT(v.why.args[0], "Package Manager (pkgmgr.exe)");
    visit_leave(&v);
    fake_free(machine);
}

static void patience_is_asked_for_after_half_an_hour(void **state)
{
    static const struct { uint64_t seconds; const char *says; } rows[] = {
        { 0, NULL }, { 1799, NULL }, { 1800, "Still working, 30 minutes. Old disks need hours." },
        { 2579, "Still working, 42 minutes." },
        { 86400, "Still working, 1440 minutes." },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_phrase phrase = { 0 };
        wz_text   text = { 0 };

        CHECK_ROW(i, wz_run_patience(rows[i].seconds, &phrase) == (rows[i].says != NULL));
        wz_phrase_render(&phrase, test_words(), &text);
        if (rows[i].says != NULL)
            CHECK_CONTAINS(text.at, rows[i].says);
        wz_text_clear(&text);
        wz_phrase_clear(&phrase);
    }
}

static void another_machines_journal_is_left_alone(void **state)
{
    fake_machine *machine = visit_road();
    visit         v;

    (void)state;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    machine->machine_id = "another";
    v = visit_arrive(machine);
    assert_int_equal(visit_resume(&v), WZ_RUN_OTHER_MACHINE);
    visit_leave(&v);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_RESTART);
    assert_int_equal(fake_find(machine, 4534303)->runs, 0);
    fake_free(machine);
}

static void resuming_nothing_is_refused(void **state)
{
    fake_machine *machine = visit_road();
    visit         v = visit_arrive(machine);

    (void)state;
    assert_int_equal(visit_resume(&v), WZ_RUN_BLOCKED);
    assert_int_equal(v.why.id, IDS_RUN_NOT_OPEN);
    visit_leave(&v);
    fake_put(machine, FAKE_DATA "\\journal.xml", "broken");
    v = visit_arrive(machine);
    assert_int_equal(v.session->journal_error.status, WZ_E_FORMAT);
    assert_int_equal(visit_resume(&v), WZ_RUN_FAILED);
    visit_leave(&v);
    CHECK_TEXT(fake_file_at(machine, FAKE_DATA "\\journal.xml")->at, "broken");
    fake_free(machine);
}

static void a_broken_journal_is_moved_aside_by_a_new_beginning(void **state)
{
    fake_machine *machine = visit_road();
    size_t        kept = 0;

    (void)state;
    fake_put(machine, FAKE_DATA "\\journal.xml", "broken");
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    for (size_t i = 0; i < machine->file_count; i++)
        if (wz_starts_nocase(machine->files[i].path, FAKE_DATA "\\journal-broken-")) {
            CHECK_TEXT(machine->files[i].bytes.at, "broken");
            kept++;
        }
    assert_int_equal(kept, 1);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_RESTART);
    fake_free(machine);
}

/* ---- stop ---- */

static void stop_is_heard_between_updates_and_nothing_is_lost(void **state)
{
    unsigned n = 1;

    (void)state;
    for (;; n++) {
        fake_machine *machine = visit_road();
        visit         v = visit_arrive(machine);
        wz_run_result result;

        machine->cancel_after = n;
        result = visit_begin(&v, false, false);
        visit_leave(&v);
        machine->cancel_after = 0;
        if (result == WZ_RUN_RESTART) {
            fake_free(machine);
            break;
        }
        CHECK_ROW(n, result == WZ_RUN_STOPPED);
        v = visit_arrive(machine);
        if (v.session->journal == NULL) {              /* stopped while files were copied */
            CHECK_ROW(n, fake_find(machine, 4493730)->runs == 0);
        } else {
            CHECK_ROW(n, v.session->journal->state == WZ_JOURNAL_OPEN);
            CHECK_ROW(n, visit_resume(&v) == WZ_RUN_RESTART);
            CHECK_ROW(n, fake_find(machine, 4493730)->runs == 1 && fake_find(machine, 4474419)->runs == 1);
        }
        visit_leave(&v);
        fake_free(machine);
    }
    assert_true(n > 5);
}

/* ---- restarts ---- */

static void the_resume_is_arranged_as_the_run_was_begun(void **state)
{
    static const struct { bool unattended, restart; const char *at_boundary, *at_restart; } rows[] = {
        { false, false, "/continue", "/continue" },
        { true, true, "/resume /quiet /restart", "/resume /quiet /restart" },
        { true, false, NULL, "/resume /quiet /norestart" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = visit_road();
        visit         v = visit_arrive(machine);

        CHECK_ROW(i, visit_begin(&v, rows[i].unattended, rows[i].restart) == WZ_RUN_RESTART);
        CHECK_TEXT(machine->resume, rows[i].at_boundary);
        CHECK_ROW(i, wz_run_restart(v.session, NULL) == WZ_OK);
        CHECK_TEXT(machine->resume, rows[i].at_restart);
        CHECK_ROW(i, machine->restarts == 1);
        visit_leave(&v);
        fake_free(machine);
    }
}

static void no_restart_without_the_resume_arranged(void **state)
{
    fake_machine *machine = visit_road();
    visit         v = visit_arrive(machine);
    wz_error      err = { 0 };

    (void)state;
    machine->no_arrange = true;
    assert_int_equal(visit_begin(&v, false, false), WZ_RUN_RESTART);
    assert_int_equal(wz_run_restart(v.session, &err), WZ_E_DENIED);
    assert_int_equal(machine->restarts, 0);
    visit_leave(&v);
    fake_free(machine);
}

static void results_have_their_exit_codes(void **state)
{
    static const struct { wz_run_result result; bool restarting; int want; } rows[] = {
        { WZ_RUN_DONE, false, 0 },       { WZ_RUN_RESTART, false, 3010 }, { WZ_RUN_RESTART, true, 1641 },
        { WZ_RUN_STOPPED, false, 1602 }, { WZ_RUN_FAILED, false, 1603 },  { WZ_RUN_FILE, false, 1620 },
        { WZ_RUN_BUSY, false, 1618 },    { WZ_RUN_BLOCKED, false, 2 },    { WZ_RUN_OTHER_MACHINE, false, 1603 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        CHECK_ROW(i, (int)wz_run_exit(rows[i].result, rows[i].restarting) == rows[i].want);
}

int test_run_ends(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_blocks_the_beginning_changes_nothing),
        cmocka_unit_test(a_changed_copy_is_not_run),
        cmocka_unit_test(a_copy_that_changes_meanwhile_is_not_run),
        cmocka_unit_test(a_disk_that_fills_meanwhile_stops_before_the_next_update),
        cmocka_unit_test(another_installer_is_named),
        cmocka_unit_test(patience_is_asked_for_after_half_an_hour),
        cmocka_unit_test(another_machines_journal_is_left_alone),
        cmocka_unit_test(resuming_nothing_is_refused),
        cmocka_unit_test(a_broken_journal_is_moved_aside_by_a_new_beginning),
        cmocka_unit_test(stop_is_heard_between_updates_and_nothing_is_lost),
        cmocka_unit_test(the_resume_is_arranged_as_the_run_was_begun),
        cmocka_unit_test(no_restart_without_the_resume_arranged),
        cmocka_unit_test(results_have_their_exit_codes),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("run_ends", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
