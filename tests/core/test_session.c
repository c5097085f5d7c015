#include "check.h"

#include "core/report.h"
#include "core/session.h"
#include "core/run.h"
#include "core/xml.h"
#include "fake_platform.h"
#include "resource.h"

#include "words.h"

static fake_machine *road(void)
{
    fake_machine *machine = fake_create();

    fake_add_road(machine);
    return machine;
}

static wz_session *ready(fake_machine *machine)
{
    wz_session *session = wz_session_create(&machine->platform);

    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
    return session;
}

static void an_empty_session_can_be_asked(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *session = wz_session_create(&machine->platform);
    wz_phrase     sentence = { 0 };

    (void)state;
    wz_session_assess(session);
    assert_int_equal(wz_session_verdict(session, &sentence), WZ_EXIT_UNKNOWN);
    assert_int_equal(sentence.id, IDS_ASSESSED_SYSTEM_UNKNOWN);
    assert_int_equal(session->scan.state, WZ_SCAN_NOT_RUN);
    wz_phrase_clear(&sentence);
    wz_session_free(session);
    wz_session_free(NULL);
    fake_free(machine);
}

static void catalogue_and_probe_come_in_any_order(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = wz_session_create(&machine->platform);

    (void)state;
    assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
    assert_null(session->plan);
    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    assert_non_null(session->plan);
    assert_int_equal(session->plan->step_count, 3);
    assert_true(wz_catalogue_is_built_in(session->catalogue));
    assert_int_equal(strlen(wz_catalogue_sha256(session->catalogue)), 64);
    wz_session_free(session);
    fake_free(machine);
}

static void another_target_is_another_plan(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);

    (void)state;
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_true(wz_matches_complete(&session->matches));
    wz_session_set_target(session, WZ_TARGET_6003);
    assert_int_equal(session->plan->target, WZ_TARGET_6003);
    assert_int_equal(session->matches.count, session->plan->step_count);
    assert_false(wz_matches_complete(&session->matches));
    wz_session_set_target(session, WZ_TARGET_ESU3);
    assert_int_equal(session->plan->state, WZ_PLAN_NOT_ALLOWED);
    assert_int_equal(wz_session_verdict(session, NULL), WZ_EXIT_BLOCKED);
    wz_session_set_target(session, WZ_TARGET_FREE);
    assert_true(wz_matches_complete(&session->matches));
    wz_session_free(session);
    fake_free(machine);
}

static bool always(void *context)
{
    (void)context;
    return true;
}

static void a_folder_that_cannot_be_read_leaves_none(void **state)
{
    const wz_progress cancelled = { NULL, always, NULL };
    fake_machine     *machine = road();
    wz_session       *session = ready(machine);
    wz_error          err = { 0 };

    (void)state;
    machine->missing_folder = "Q:\\none";
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_set_media(session, "Q:\\none", NULL, &err), WZ_E_NOT_FOUND);
    CHECK_TEXT(err.subject, "Q:\\none");
    assert_null(session->media_folder);
    assert_int_equal(session->files.count, 0);
    assert_int_equal(session->matches.count, session->plan->step_count);                      /* what to fetch */
    for (size_t i = 0; i < session->matches.count; i++)
        assert_int_equal(session->matches.items[i].verdict, WZ_FILE_MISSING);
    assert_int_equal(wz_session_set_media(session, "C:\\empty", &cancelled, &err), WZ_OK);    /* nothing to stop */
    assert_int_equal(session->files.count, 0);
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, &cancelled, &err), WZ_E_CANCELLED);
    CHECK_TEXT(session->media_folder, "C:\\empty");
    assert_int_equal(wz_session_probe(session, NULL, &cancelled, &err), WZ_E_CANCELLED);
    assert_non_null(session->snapshot);
    wz_session_free(session);
    fake_free(machine);
}

static void a_bad_catalogue_leaves_the_old_one(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);
    wz_error      err = { 0 };

    (void)state;
    fake_put(machine, "C:\\bad.xml", "<catalogue>");
    assert_int_equal(wz_session_load_catalogue(session, "C:\\bad.xml", &err), WZ_E_FORMAT);
    CHECK_TEXT(err.subject, "C:\\bad.xml");
    assert_int_equal(wz_session_load_catalogue(session, "C:\\none.xml", &err), WZ_E_NOT_FOUND);
    assert_true(wz_catalogue_is_built_in(session->catalogue));
    assert_int_equal(session->plan->step_count, 3);
    wz_session_free(session);
    fake_free(machine);
}

static void an_opened_snapshot_cannot_be_installed_on(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);
    wz_text       bytes = { 0 };
    wz_phrase     why = { 0 };

    (void)state;
    wz_snapshot_write(session->snapshot, &bytes);
    fake_put(machine, "C:\\s.xml", bytes.at);
    assert_int_equal(wz_session_probe(session, "C:\\s.xml", NULL, NULL), WZ_OK);
    CHECK_TEXT(session->opened_from, "C:\\s.xml");
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_run_begin(session, &(wz_run_options){ 0 }, NULL, &why), WZ_RUN_BLOCKED);
    assert_int_equal(why.id, IDS_RUN_READ_ONLY);
    assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
    CHECK_TEXT(session->opened_from, NULL);
    wz_phrase_clear(&why);
    wz_text_clear(&bytes);
    wz_session_free(session);
    fake_free(machine);
}

static void an_open_journal_brings_its_choices_when_asked(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);

    (void)state;
    session->ticket = wz_copy("T-1");
    session->notes = wz_copy("line one\nline two");
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_run_begin(session, &(wz_run_options){ 0 }, NULL, NULL), WZ_RUN_RESTART);
    wz_session_free(session);

    session = wz_session_create(&machine->platform);
    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    wz_session_find_journal(session);
    session->target = WZ_TARGET_6003;
    assert_true(wz_journal_is_open(session->journal));
    assert_ptr_equal(session->before, session->journal->before);
    CHECK_TEXT(session->ticket, NULL);                 /* another task may be chosen */
    assert_int_equal(wz_session_adopt_journal(session, NULL), WZ_OK);
    assert_int_equal(session->target, WZ_TARGET_FREE);
    CHECK_TEXT(session->ticket, "T-1");
    CHECK_TEXT(session->notes, "line one\nline two");
    CHECK_TEXT(session->media_folder, FAKE_DATA "\\Media");
    wz_session_find_journal(session);                  /* again: nothing is leaked or freed twice */
    wz_session_free(session);
    fake_free(machine);
}

/* What was typed on the last page is there after the next start, on the same machine; what was emptied stays empty. */
static void the_visit_is_remembered_in_the_journal(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);
    unsigned      writes;

    (void)state;
    assert_int_equal(wz_session_keep_visit(session, NULL), WZ_OK);
    assert_int_equal(machine->writes, 0);              /* no journal, no trace */
    session->ticket = wz_copy("T-1");
    session->customer = wz_copy("Ward 3");
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_run_begin(session, &(wz_run_options){ 0 }, NULL, NULL), WZ_RUN_RESTART);
    free(session->ticket);
    free(session->customer);
    session->ticket = wz_copy("T-2");
    session->customer = wz_copy("");
    session->notes = wz_copy("UPS");
    assert_int_equal(wz_session_keep_visit(session, NULL), WZ_OK);
    writes = machine->writes;
    assert_int_equal(wz_session_keep_visit(session, NULL), WZ_OK);
    assert_int_equal(machine->writes, writes);         /* nothing is new */
    wz_session_free(session);

    for (int is_same = 0; is_same <= 1; is_same++) {
        const char *own = machine->machine_id;

        machine->machine_id = is_same ? own : "another";
        session = wz_session_create(&machine->platform);
        assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
        wz_session_find_journal(session);
        session->notes = wz_copy("typed first");
        assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
        CHECK_TEXT(session->ticket, is_same ? "T-2" : NULL);
        CHECK_TEXT(session->customer, is_same ? "" : NULL);
        CHECK_TEXT(session->notes, "typed first");
        wz_session_free(session);
        machine->machine_id = own;
    }
    fake_free(machine);
}

static void the_verdict_of_a_begun_installation_says_so(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);
    wz_phrase     sentence = { 0 };

    (void)state;
    assert_int_equal(wz_session_verdict(session, &sentence), WZ_EXIT_UPDATES);
    assert_int_equal(sentence.id, IDS_ASSESSED_UPDATES);
    CHECK_TEXT(sentence.args[0], "3");
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_run_begin(session, &(wz_run_options){ 0 }, NULL, NULL), WZ_RUN_RESTART);
    assert_int_equal(wz_session_verdict(session, &sentence), WZ_EXIT_BLOCKED);
    assert_int_equal(sentence.id, IDS_ASSESSED_RESTART);
    fake_power_on(machine);
    assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_verdict(session, &sentence), WZ_EXIT_UPDATES);
    assert_int_equal(sentence.id, IDS_ASSESSED_CONTINUE);
    wz_phrase_clear(&sentence);
    wz_session_free(session);
    fake_free(machine);
}

static void the_verdict_after_a_failed_installation_does_not_say_ready(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);
    wz_phrase     sentence = { 0 };

    (void)state;
    fake_find(machine, 4493730)->codes[0] = 0x80070643u;
    fake_find(machine, 4493730)->code_count = 1;
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    assert_int_equal(wz_run_begin(session, &(wz_run_options){ 0 }, NULL, NULL), WZ_RUN_FAILED);
    assert_int_equal(wz_session_verdict(session, &sentence), WZ_EXIT_UPDATES);
    assert_int_equal(sentence.id, IDS_ASSESSED_FAILED);
    wz_phrase_clear(&sentence);
    wz_session_free(session);
    fake_free(machine);
}

static void renames_are_accepted_as_they_are_and_no_others(void **state)
{
    fake_machine   *machine = road();
    wz_session     *session = ready(machine);
    const wz_check *check = &session->checks.items[WZ_CHECK_PENDING_RENAMES];

    (void)state;
    wz_session_accept_renames(session, "nothing to accept");
    CHECK_TEXT(session->renames_note, NULL);
    wz_fact_known(session->snapshot, WZ_FACT_PENDING_RENAMES, 1, "test", "C:\\Windows\\Temp\\a\nC:\\b");
    wz_session_assess(session);
    assert_int_equal(check->verdict, WZ_VERDICT_ACTION);
    wz_session_accept_renames(session, "printer driver, T-1");
    assert_int_equal(check->verdict, WZ_VERDICT_READY);
    CHECK_TEXT(check->evidence.args[3], "printer driver, T-1");
    wz_session_set_target(session, WZ_TARGET_6003);
    assert_int_equal(check->verdict, WZ_VERDICT_READY);
    wz_fact_known(session->snapshot, WZ_FACT_PENDING_RENAMES, 1, "test", "C:\\Windows\\Temp\\c");
    wz_session_assess(session);
    assert_int_equal(check->verdict, WZ_VERDICT_ACTION);
    wz_session_accept_renames(session, "this one too");
    assert_int_equal(check->verdict, WZ_VERDICT_READY);
    wz_session_accept_renames(session, "");
    assert_int_equal(check->verdict, WZ_VERDICT_ACTION);
    CHECK_TEXT(session->renames_note, NULL);
    wz_session_free(session);
    fake_free(machine);
}

/* The restart carries the renames out, and the note with which they were accepted stays in journal and report. */
static void the_note_outlives_the_renames(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);
    wz_report    *report;
    wz_text       text = { 0 };

    (void)state;
    assert_int_equal(wz_session_set_media(session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    wz_fact_known(session->snapshot, WZ_FACT_PENDING_RENAMES, 1, "test", "C:\\Windows\\Temp\\a");
    wz_session_assess(session);
    wz_session_accept_renames(session, "printer driver, T-1");
    assert_int_equal(wz_run_begin(session, &(wz_run_options){ 0 }, NULL, NULL), WZ_RUN_RESTART);
    wz_session_free(session);

    fake_power_on(machine);
    session = wz_session_create(&machine->platform);
    wz_session_find_journal(session);
    CHECK_TEXT(session->journal->renames_note, "printer driver, T-1");
    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
    report = wz_report_create(session, test_words());
    wz_report_render(report, WZ_REPORT_TEXT, &text);
    CHECK_CONTAINS(text.at, "printer driver, T-1");
    wz_text_clear(&text);
    wz_report_free(report);
    wz_session_free(session);
    fake_free(machine);
}

static void a_question_without_an_answer_is_not_ready(void **state)
{
    fake_machine *machine = road();
    wz_session   *session = ready(machine);
    wz_phrase     sentence = { 0 };

    (void)state;
    wz_fact_unreadable(session->snapshot, WZ_FACT_DISK_FREE, 0, "test", 5);
    wz_session_assess(session);
    assert_int_equal(wz_session_verdict(session, &sentence), WZ_EXIT_UNKNOWN);
    assert_int_equal(sentence.id, IDS_ASSESSED_UNKNOWN);
    wz_phrase_clear(&sentence);
    wz_session_free(session);
    fake_free(machine);
}

int test_session(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_session_can_be_asked),
        cmocka_unit_test(catalogue_and_probe_come_in_any_order),
        cmocka_unit_test(another_target_is_another_plan),
        cmocka_unit_test(a_folder_that_cannot_be_read_leaves_none),
        cmocka_unit_test(a_bad_catalogue_leaves_the_old_one),
        cmocka_unit_test(an_opened_snapshot_cannot_be_installed_on),
        cmocka_unit_test(an_open_journal_brings_its_choices_when_asked),
        cmocka_unit_test(the_visit_is_remembered_in_the_journal),
        cmocka_unit_test(the_verdict_of_a_begun_installation_says_so),
        cmocka_unit_test(the_verdict_after_a_failed_installation_does_not_say_ready),
        cmocka_unit_test(renames_are_accepted_as_they_are_and_no_others),
        cmocka_unit_test(the_note_outlives_the_renames),
        cmocka_unit_test(a_question_without_an_answer_is_not_ready),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("session", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
