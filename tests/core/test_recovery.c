/* The recovery card: on paper before the first restart, and what stands on it. */
#include "check.h"

#include "core/recovery.h"
#include "core/run.h"
#include "core/xml.h"
#include "resource.h"
#include "visit.h"

#include "report_forms.h"
#include "words.h"

#define CARD_HTML "F:\\card.html"
#define CARD_TEXT "F:\\card.txt"

static const char *saved(visit *v, const char *path)
{
    const wz_text *text;

    assert_int_equal(wz_recovery_save(v->session, test_words(), path, NULL), WZ_OK);
    text = fake_file_at(v->machine, path);
    assert_non_null(text);
    assert_null(strstr(text->at, "%1"));                       /* every slot is filled */
    assert_null(strstr(text->at, "%2"));
    return text->at;
}

static void the_card_names_machine_plan_and_what_to_do(void **state)
{
    fake_machine *machine = visit_road();
    visit         v = visit_arrive(machine);
    const char   *text;

    (void)state;
    assert_int_equal(wz_session_probe(v.session, NULL, NULL, NULL), WZ_OK);
    v.session->ticket = wz_copy("INC-6003 <urgent>");
    text = saved(&v, CARD_TEXT);
    assert_memory_equal(text, "\xEF\xBB\xBF", 3);
    CHECK_CONTAINS(text, "SRV-01");
    CHECK_CONTAINS(text, "INC-6003 <urgent>");
    CHECK_CONTAINS(text, "Version 6.0 (Build 6002: Service Pack 2)");
    CHECK_CONTAINS(text, "KB4493730");
    CHECK_CONTAINS(text, "KB4474419");
    CHECK_CONTAINS(text, "KB4534303");
    CHECK_CONTAINS(text, "Helpdesk");
    text = saved(&v, CARD_HTML);
    CHECK_CONTAINS(text, "INC-6003 &lt;urgent&gt;");
    CHECK_CONTAINS(text, "Last Known Good Configuration");
    CHECK_CONTAINS(text, "Repair your computer");
    CHECK_CONTAINS(text, "pending.xml");
    CHECK_CONTAINS(text, "Only with a backup");
    CHECK_CONTAINS(text, FAKE_DATA "\\Build6003Wizard.exe");
    report_check_html(fake_file_at(machine, CARD_HTML));
    visit_leave(&v);
    fake_free(machine);
}

static void the_card_of_a_begun_installation_needs_no_snapshot(void **state)
{
    fake_machine *machine = visit_road();
    visit         v;
    const char   *text;

    (void)state;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    v = visit_arrive(machine);                                 /* as page 8 does for /continue */
    assert_null(v.session->snapshot);
    text = saved(&v, CARD_TEXT);
    CHECK_CONTAINS(text, "SRV-01");
    CHECK_CONTAINS(text, wz_word(test_words(), IDS_OUTCOME_INSTALLED));
    CHECK_CONTAINS(text, wz_word(test_words(), IDS_OUTCOME_PENDING));
    CHECK_CONTAINS(text, wz_word(test_words(), IDS_OUTCOME_NONE));
    visit_leave(&v);
    fake_free(machine);
}

static void a_finished_installation_is_not_on_the_next_card(void **state)
{
    fake_machine *machine = visit_road();
    visit         v;

    (void)state;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_DONE);
    v = visit_arrive(machine);
    assert_null(strstr(saved(&v, CARD_TEXT), "KB4474419"));
    visit_leave(&v);
    fake_free(machine);
}

static void a_card_that_cannot_be_written_says_so(void **state)
{
    fake_machine *machine = visit_road();
    visit         v = visit_arrive(machine);
    wz_error      err = { 0 };

    (void)state;
    machine->full = "F:\\";
    assert_int_equal(wz_recovery_save(v.session, test_words(), CARD_HTML, &err), WZ_E_FULL);
    CHECK_TEXT(err.subject, CARD_HTML);
    assert_null(fake_file_at(machine, CARD_HTML));
    visit_leave(&v);
    fake_free(machine);
}

/* The situations are in the report as long as a restart is still to come, and not afterwards. */
static void the_report_has_the_situations_until_the_end(void **state)
{
    fake_machine *machine = visit_road();
    const char   *title = wz_word(test_words(), IDS_CARD_TITLE);

    (void)state;
    for (int boot = 0; boot < 3; boot++) {
        visit         v = visit_arrive(machine);
        wz_run_result result = boot == 0 ? visit_begin(&v, false, false) : visit_resume(&v);
        wz_report    *report = wz_report_create(v.session, test_words());
        wz_text       text = { 0 };

        wz_report_render(report, WZ_REPORT_TEXT, &text);
        CHECK_ROW((size_t)boot, (strstr(text.at, title) != NULL) == (result != WZ_RUN_DONE));
        wz_text_clear(&text);
        wz_report_free(report);
        visit_leave(&v);
        fake_power_on(machine);
    }
    fake_free(machine);
}

int test_recovery(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_card_names_machine_plan_and_what_to_do),
        cmocka_unit_test(the_card_of_a_begun_installation_needs_no_snapshot),
        cmocka_unit_test(a_finished_installation_is_not_on_the_next_card),
        cmocka_unit_test(a_card_that_cannot_be_written_says_so),
        cmocka_unit_test(the_report_has_the_situations_until_the_end),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("recovery", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
