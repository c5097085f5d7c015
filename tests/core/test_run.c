/* The road to the target, and what an installation may turn out to be. */
#include "check.h"

#include "core/run.h"
#include "core/xml.h"
#include "resource.h"
#include "visit.h"

/* ---- the road ---- */

static void two_restarts_lead_to_the_target(void **state)
{
    fake_machine *machine = visit_road();
    visit         v = visit_arrive(machine);

    (void)state;
    assert_int_equal(visit_begin(&v, false, false), WZ_RUN_RESTART);
    assert_int_equal(v.why.id, IDS_RUN_RESTART);
    assert_true(v.log_lines >= 6);
    assert_int_equal(v.session->journal->state, WZ_JOURNAL_RESTART);
    visit_leave(&v);
    assert_int_equal(visit_outcome_of(machine, 4493730), WZ_OUTCOME_INSTALLED);
    assert_int_equal(visit_outcome_of(machine, 4474419), WZ_OUTCOME_PENDING);
    assert_int_equal(visit_outcome_of(machine, 4534303), WZ_OUTCOME_NONE);
    CHECK_TEXT(machine->resume, "/continue");
    assert_int_equal(machine->restarts, 0);            /* it is the person who restarts */

    fake_power_on(machine);
    v = visit_arrive(machine);
    assert_int_equal(visit_resume(&v), WZ_RUN_RESTART);
    CHECK_TEXT(v.session->media_folder, FAKE_DATA "\\Media");
    visit_leave(&v);
    assert_int_equal(visit_outcome_of(machine, 4474419), WZ_OUTCOME_INSTALLED);
    assert_int_equal(visit_outcome_of(machine, 4534303), WZ_OUTCOME_PENDING);

    fake_power_on(machine);
    v = visit_arrive(machine);
    assert_int_equal(visit_resume(&v), WZ_RUN_DONE);
    assert_int_equal(v.permille, 1000);
    assert_int_equal(v.session->plan->state, WZ_PLAN_NOTHING);
    assert_non_null(v.session->before);
    wz_version before = { 0 };

    assert_true(wz_system_version(v.session->before, &before));
    assert_int_equal(before.build, 6002);
    visit_leave(&v);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_DONE);
    assert_int_equal(machine->cancels, 1);
    assert_int_equal(machine->version.build, 6003);
    for (size_t i = 0; i < machine->update_count; i++)
        CHECK_ROW(i, machine->updates[i].runs == 1 && machine->updates[i].installs == 1);
    assert_null(fake_file_at(machine, FAKE_DATA "\\Media\\Windows6.0-KB4534303-x64.msu"));
    fake_free(machine);
}

static void the_stick_may_be_removed_after_the_beginning(void **state)
{
    fake_machine *machine = visit_road();

    (void)state;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    fake_drop_media(machine, 0);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_DONE);
    fake_free(machine);
}

static void resuming_before_the_restart_asks_for_it_again(void **state)
{
    fake_machine *machine = visit_road();
    visit         v;

    (void)state;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    for (int i = 0; i < 4; i++) {
        v = visit_arrive(machine);
        assert_int_equal(visit_resume(&v), WZ_RUN_RESTART);
        assert_int_equal(v.why.id, IDS_RUN_NOT_RESTARTED);
        visit_leave(&v);
    }
    assert_int_equal(fake_find(machine, 4474419)->runs, 1);
    assert_int_equal(fake_find(machine, 4534303)->runs, 0);
    fake_free(machine);
}

static void an_unknown_boot_time_is_told_by_the_signs(void **state)
{
    fake_machine *machine = visit_road();

    (void)state;
    machine->boot_time_unknown = true;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    assert_int_equal(fake_find(machine, 4534303)->runs, 0);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_DONE);
    fake_free(machine);
}

/* ---- what an installation may turn out to be ---- */

typedef struct turn {
    const char    *what;
    unsigned       kb;
    fake_effect    effect;
    uint32_t       codes[6];
    size_t         code_count;
    wz_run_result  result;         /* of the call in which it was installed */
    wz_outcome     outcome;
    unsigned       why;
    unsigned       runs;
} turn;

/* KB4493730 (restart maybe), KB4474419 and KB4534303 (restart always); looked at after what precedes. */
static const turn turns[] = {
    { "in force at once", 4493730, FAKE_AT_ONCE, { 0 }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_INSTALLED, IDS_RUN_RESTART, 1 },
    { "in force although it asks", 4493730, FAKE_AT_ONCE, { 3010 }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_INSTALLED, IDS_RUN_RESTART, 1 },
    { "waits, as its package says", 4493730, FAKE_PENDING, { 0 }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_PENDING, IDS_RUN_RESTART, 1 },
    { "waits, as its code says", 4493730, FAKE_SILENT, { 3010 }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_PENDING, IDS_RUN_RESTART, 1 },
    { "waits, as the signs say", 4493730, FAKE_UNSEEN, { 0 }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_PENDING, IDS_RUN_RESTART, 1 },
    { "says done and is not", 4493730, FAKE_NOTHING, { 0 }, 1,
      WZ_RUN_FAILED, WZ_OUTCOME_FAILED, IDS_RUN_NOT_IN_FORCE, 1 },
    { "says it is there and is not", 4493730, FAKE_NOTHING, { 0x00240006u }, 1,
      WZ_RUN_FAILED, WZ_OUTCOME_FAILED, IDS_RUN_NOT_IN_FORCE, 1 },
    { "does not apply", 4493730, FAKE_AT_ONCE, { 0x80240017u }, 1,
      WZ_RUN_FAILED, WZ_OUTCOME_NOT_APPLICABLE, IDS_RUN_NOT_APPLICABLE, 1 },
    { "fails", 4493730, FAKE_AT_ONCE, { 1 }, 1,
      WZ_RUN_FAILED, WZ_OUTCOME_FAILED, IDS_RUN_STEP_FAILED, 1 },
    { "busy, then done", 4493730, FAKE_AT_ONCE, { 1722, 1722, 0 }, 3,
      WZ_RUN_RESTART, WZ_OUTCOME_INSTALLED, IDS_RUN_RESTART, 3 },
    { "busy for ever", 4493730, FAKE_AT_ONCE, { 1722 }, 1,
      WZ_RUN_FAILED, WZ_OUTCOME_FAILED, IDS_RUN_STEP_FAILED, 5 },
    { "a restart first", 4493730, FAKE_AT_ONCE, { 0x80240016u }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_NONE, IDS_RUN_RESTART, 1 },
    { "always restarts, nothing seen", 4474419, FAKE_SILENT, { 0 }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_PENDING, IDS_RUN_RESTART, 1 },
    { "in force before the restart", 4474419, FAKE_AT_ONCE, { 0 }, 1,
      WZ_RUN_RESTART, WZ_OUTCOME_INSTALLED, IDS_RUN_RESTART, 1 },
};

static void the_probe_is_believed_and_not_the_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(turns); i++) {
        fake_machine *machine = visit_road();
        fake_update  *update = fake_find(machine, turns[i].kb);
        visit         v;

        update->effect = turns[i].effect;
        memcpy(update->codes, turns[i].codes, sizeof turns[i].codes);
        update->code_count = turns[i].code_count;
        v = visit_arrive(machine);
        CHECK_ROW(i, visit_begin(&v, false, false) == turns[i].result);
        CHECK_ROW(i, v.why.id == turns[i].why);
        visit_leave(&v);
        CHECK_ROW(i, visit_outcome_of(machine, turns[i].kb) == turns[i].outcome);
        CHECK_ROW(i, update->runs == turns[i].runs);
        if (turns[i].result == WZ_RUN_FAILED)
            CHECK_ROW(i, visit_state_of(machine) == WZ_JOURNAL_FAILED && machine->cancels == 1);
        CHECK_ROW(i, fake_find(machine, 4534303)->runs == 0);    /* never before the restart */
        fake_free(machine);
    }
}

static void a_busy_service_is_asked_again_after_five_seconds(void **state)
{
    fake_machine *machine = visit_road();

    (void)state;
    fake_find(machine, 4493730)->codes[0] = 1722;
    fake_find(machine, 4493730)->code_count = 1;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_FAILED);
    assert_int_equal(machine->pauses, 4);
    assert_int_equal(machine->paused_ms, 20000);
    fake_free(machine);
}

static void an_installer_that_does_not_start_is_a_failure(void **state)
{
    fake_machine *machine = visit_road();
    visit         v = visit_arrive(machine);

    (void)state;
    fake_find(machine, 4493730)->cannot_start = true;
    assert_int_equal(visit_begin(&v, false, false), WZ_RUN_FAILED);
    assert_int_equal(v.why.id, IDS_RUN_NOT_STARTED);
    visit_leave(&v);
    assert_int_equal(visit_outcome_of(machine, 4493730), WZ_OUTCOME_FAILED);
    fake_free(machine);
}

static void a_stack_that_waits_holds_up_what_requires_it(void **state)
{
    fake_machine *machine = visit_road();

    (void)state;
    fake_find(machine, 4493730)->effect = FAKE_PENDING;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    assert_int_equal(fake_find(machine, 4474419)->runs, 0);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    assert_int_equal(fake_find(machine, 4474419)->runs, 1);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_DONE);
    fake_free(machine);
}

static void a_restart_first_is_made_once(void **state)
{
    static const struct { uint32_t codes[2]; wz_run_result result; } rows[] = {
        { { 0x80096010u, 0 }, WZ_RUN_RESTART },
        { { 0x80096010u, 0x80096010u }, WZ_RUN_FAILED },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = visit_road();
        fake_update  *stack = fake_find(machine, 4493730);

        memcpy(stack->codes, rows[i].codes, sizeof rows[i].codes);
        stack->code_count = 2;
        CHECK_ROW(i, visit_begin_once(machine) == WZ_RUN_RESTART);
        fake_power_on(machine);
        CHECK_ROW(i, visit_resume_once(machine) == rows[i].result);
        CHECK_ROW(i, stack->runs == 2);
        fake_free(machine);
    }
}

static void what_is_undone_at_the_restart_is_said_to_be(void **state)
{
    fake_machine *machine = visit_road();
    visit         v;

    (void)state;
    fake_find(machine, 4534303)->effect = FAKE_ROLLS_BACK;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    v = visit_arrive(machine);
    assert_int_equal(visit_resume(&v), WZ_RUN_FAILED);
    assert_int_equal(v.why.id, IDS_RUN_ROLLED_BACK);
    CHECK_TEXT(v.why.args[0], "KB4534303");
    visit_leave(&v);
    assert_int_equal(visit_outcome_of(machine, 4534303), WZ_OUTCOME_ROLLED_BACK);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_FAILED);
    assert_int_equal(machine->cancels, 1);
    assert_int_equal(fake_find(machine, 4534303)->runs, 1);
    fake_free(machine);
}

static void two_restarts_in_vain_end_it(void **state)
{
    fake_machine *machine = visit_road();
    visit         v;

    (void)state;
    fake_find(machine, 4474419)->effect = FAKE_STAYS_PENDING;
    assert_int_equal(visit_begin_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(visit_resume_once(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    v = visit_arrive(machine);
    assert_int_equal(visit_resume(&v), WZ_RUN_FAILED);
    assert_int_equal(v.why.id, IDS_RUN_NO_PROGRESS);
    visit_leave(&v);
    assert_int_equal(visit_state_of(machine), WZ_JOURNAL_STOPPED);
    assert_int_equal(machine->cancels, 1);
    assert_int_equal(fake_find(machine, 4474419)->runs, 1);
    fake_free(machine);
}

int test_run(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_restarts_lead_to_the_target),
        cmocka_unit_test(the_stick_may_be_removed_after_the_beginning),
        cmocka_unit_test(resuming_before_the_restart_asks_for_it_again),
        cmocka_unit_test(an_unknown_boot_time_is_told_by_the_signs),
        cmocka_unit_test(the_probe_is_believed_and_not_the_code),
        cmocka_unit_test(a_busy_service_is_asked_again_after_five_seconds),
        cmocka_unit_test(an_installer_that_does_not_start_is_a_failure),
        cmocka_unit_test(a_stack_that_waits_holds_up_what_requires_it),
        cmocka_unit_test(a_restart_first_is_made_once),
        cmocka_unit_test(what_is_undone_at_the_restart_is_said_to_be),
        cmocka_unit_test(two_restarts_in_vain_end_it),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("run", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
