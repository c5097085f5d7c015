/*
 * Power cuts and failed writes everywhere: whatever was happening, the next visit goes on, the target is reached and no
 * update is installed twice.
 */
#include "check.h"

#include "core/run.h"
#include "core/xml.h"
#include "visit.h"

#define MOST_VISITS 12

/* One start of the program on this machine, as a technician would use it: continue what is open, else begin. */
static wz_run_result visit_once(fake_machine *machine)
{
    wz_session    *session = wz_session_create(&machine->platform);
    wz_run_options options = { 0 };
    wz_phrase      why = { 0 };
    wz_run_result  result;

    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    wz_session_find_journal(session);
    if (wz_journal_is_open(session->journal)) {
        result = wz_run_resume(session, &options, NULL, &why);
    } else {
        assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
        if (session->plan->state == WZ_PLAN_NOTHING) {
            result = WZ_RUN_DONE;
        } else {
            result = WZ_RUN_FAILED;
            if (wz_session_set_media(session, FAKE_MEDIA, NULL, NULL) == WZ_OK)
                result = wz_run_begin(session, &options, NULL, &why);
        }
    }
    wz_phrase_clear(&why);
    wz_session_free(session);
    return result;
}

/* Until done; a restart is made when one is asked for, and when the power was cut. False: never came to an end. */
static bool walk(fake_machine *machine, wz_run_result *last)
{
    for (int i = 0; i < MOST_VISITS; i++) {
        *last = visit_once(machine);
        if (machine->is_dead || *last == WZ_RUN_RESTART || *last == WZ_RUN_BLOCKED)
            fake_power_on(machine);
        else if (*last == WZ_RUN_DONE)
            return true;
    }
    return false;
}

static fake_machine *road(size_t variant)
{
    static const fake_effect effects[][3] = {
        { FAKE_AT_ONCE, FAKE_UNSEEN, FAKE_PENDING },
        { FAKE_AT_ONCE, FAKE_PENDING, FAKE_UNSEEN },
        { FAKE_PENDING, FAKE_UNSEEN, FAKE_UNSEEN },
        { FAKE_AT_ONCE, FAKE_SILENT, FAKE_SILENT },
    };
    fake_machine *machine = fake_create();

    fake_add_road(machine);
    visit_small_catalogue(machine);
    for (size_t i = 0; i < 3; i++)
        machine->updates[i].effect = effects[variant][i];
    return machine;
}

#define VARIANTS       3u
#define SILENT_VARIANT 3u

static void check_end(size_t row, fake_machine *machine, unsigned installs)
{
    for (size_t i = 0; i < machine->update_count; i++) {
        CHECK_ROW(row, machine->updates[i].is_in_force);
        CHECK_ROW(row, machine->updates[i].installs == installs);
    }
    CHECK_ROW(row, machine->version.build == 6003 && machine->version.revision == 20706);
}

static unsigned actions_of_a_whole_walk(size_t variant)
{
    fake_machine *machine = road(variant);
    wz_run_result last;
    unsigned      actions;

    assert_true(walk(machine, &last));
    check_end(0, machine, 1);
    actions = machine->actions;
    fake_free(machine);
    return actions;
}

static void a_power_cut_at_any_action_is_survived(void **state)
{
    (void)state;
    for (size_t variant = 0; variant < VARIANTS; variant++) {
        unsigned actions = actions_of_a_whole_walk(variant);

        assert_true(actions > 30);
        for (unsigned n = 1; n <= actions; n++)
            for (int after = 0; after < 2; after++) {
                fake_machine *machine = road(variant);
                wz_run_result last = WZ_RUN_FAILED;
                size_t        row = variant * 10000 + n * 10 + (unsigned)after;

                machine->cut_at = n;
                machine->cut_after = after != 0;
                CHECK_ROW(row, walk(machine, &last));
                check_end(row, machine, 1);
                fake_free(machine);
            }
    }
}

/* The program alone dies at the n-th action, just when it is done; Windows goes on. Then others visit. */
static void crash_and_walk(fake_machine *machine, unsigned n, size_t row)
{
    wz_run_result last = WZ_RUN_FAILED;

    machine->cut_at = n;
    machine->cut_after = true;
    while (!machine->is_dead && last != WZ_RUN_DONE) {
        last = visit_once(machine);
        if (!machine->is_dead && last == WZ_RUN_RESTART) {
            unsigned left = machine->cut_at;

            fake_power_on(machine);
            machine->cut_at = left;
        }
    }
    machine->is_dead = machine->is_claimed = false;
    machine->held = 0;
    CHECK_ROW(row, walk(machine, &last));
}

static void a_crash_at_any_action_is_survived(void **state)
{
    (void)state;
    for (size_t variant = 0; variant < VARIANTS; variant++) {
        unsigned actions = actions_of_a_whole_walk(variant);

        for (unsigned n = 1; n <= actions; n++) {
            fake_machine *machine = road(variant);
            size_t        row = variant * 10000 + n;

            crash_and_walk(machine, n, row);
            check_end(row, machine, 1);
            fake_free(machine);
        }
    }
}

/*
 * Where an installed update shows in nothing at all before the restart, only the journal knows of it: from the moment
 * the installer's end is noted it is not begun again. In the moment before that nobody can know.
 */
static void only_a_crash_before_the_note_can_repeat_an_unseen_update(void **state)
{
    unsigned actions = actions_of_a_whole_walk(SILENT_VARIANT);
    unsigned repeated = 0;

    (void)state;
    for (unsigned n = 1; n <= actions; n++) {
        fake_machine *machine = road(SILENT_VARIANT);
        unsigned      installs;

        crash_and_walk(machine, n, n);
        installs = machine->updates[0].installs + machine->updates[1].installs + machine->updates[2].installs;
        CHECK_ROW(n, installs == 3 || installs == 4);
        CHECK_ROW(n, machine->version.build == 6003);
        repeated += installs == 4;
        fake_free(machine);
    }
    /* Two unseen updates; for each the end of the installer itself, and the backup that is written before the note. */
    assert_int_equal(repeated, 4);
}

static void two_power_cuts_are_survived(void **state)
{
    unsigned actions = actions_of_a_whole_walk(0);

    (void)state;
    for (unsigned n = 1; n <= actions; n += 5)
        for (unsigned m = 1; m <= actions; m += 7) {
            fake_machine *machine = road(0);
            wz_run_result last = WZ_RUN_FAILED;
            size_t        row = n * 1000 + m;

            machine->cut_at = n;
            visit_once(machine);
            while (!machine->is_dead && machine->cut_at > 0) {
                unsigned left = machine->cut_at;

                fake_power_on(machine);
                machine->cut_at = left;
                visit_once(machine);
            }
            fake_power_on(machine);
            machine->cut_at = m;
            CHECK_ROW(row, walk(machine, &last));
            check_end(row, machine, 1);
            fake_free(machine);
        }
}

/* A disk that is full for a moment: the call fails, the journal is good, and the next visit goes on. */
static void a_write_that_fails_stops_before_the_action(void **state)
{
    unsigned writes;
    wz_run_result last = WZ_RUN_FAILED;

    (void)state;
    fake_machine *whole = road(0);

    assert_true(walk(whole, &last));
    writes = whole->writes;
    fake_free(whole);
    for (unsigned n = 1; n <= writes; n++) {
        fake_machine *machine = road(0);
        unsigned      runs;

        machine->fail_write = n;
        while (machine->fail_write > 0) {
            last = visit_once(machine);
            if (machine->fail_write > 0 || last == WZ_RUN_RESTART)
                fake_power_on(machine);
        }
        runs = machine->updates[0].runs + machine->updates[1].runs + machine->updates[2].runs;
        CHECK_ROW(n, last == WZ_RUN_FAILED || last == WZ_RUN_RESTART || last == WZ_RUN_DONE);
        CHECK_ROW(n, runs <= 3);
        CHECK_ROW(n, walk(machine, &last));
        check_end(n, machine, 1);
        fake_free(machine);
    }
}

/* An installation during which the power fails each time is not begun for ever. */
static void a_step_that_is_cut_off_three_times_is_given_up(void **state)
{
    fake_machine *machine = road(0);
    wz_journal   *journal = NULL;
    wz_run_result last = WZ_RUN_DONE;

    (void)state;
    machine->cut_installs = true;
    for (int i = 0; i < 3; i++) {
        visit_once(machine);
        assert_true(machine->is_dead);
        fake_power_on(machine);
    }
    assert_int_equal(visit_once(machine), WZ_RUN_FAILED);
    assert_int_equal(wz_journal_load(&machine->platform, &journal, NULL), WZ_OK);
    assert_int_equal(journal->state, WZ_JOURNAL_FAILED);
    assert_int_equal(journal->steps[0].outcome, WZ_OUTCOME_FAILED);
    assert_int_equal(journal->steps[0].attempts, 3);
    assert_int_equal(machine->updates[0].runs, 3);
    wz_journal_free(journal);

    machine->cut_installs = false;
    assert_true(walk(machine, &last));
    check_end(0, machine, 1);
    fake_free(machine);
}

int test_run_power(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_power_cut_at_any_action_is_survived),
        cmocka_unit_test(a_crash_at_any_action_is_survived),
        cmocka_unit_test(only_a_crash_before_the_note_can_repeat_an_unseen_update),
        cmocka_unit_test(two_power_cuts_are_survived),
        cmocka_unit_test(a_write_that_fails_stops_before_the_action),
        cmocka_unit_test(a_step_that_is_cut_off_three_times_is_given_up),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("run_power", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
