/*
 * What can go wrong at every state of an installation: each code of the installers at each step, the journal cut off at
 * every byte, restarts that did not happen, another machine, a clock set back, a full disk. Power cuts are in
 * test_run_power.c. Whatever happens, the end is right or a stop has its words, no update is done twice, none skipped.
 */
#include "check.h"

#include "core/remedy.h"
#include "core/run.h"
#include "core/xml.h"
#include "resource.h"
#include "visit.h"
#include "words.h"

#define STEPS       3
#define MOST_VISITS 12

static const unsigned road_kbs[STEPS] = { 4493730, 4474419, 4534303 };

/* ---- walking ---- */

static fake_machine *road(void)
{
    fake_machine *machine = visit_road();

    visit_small_catalogue(machine);
    return machine;
}

typedef struct end {
    wz_run_result result;
    unsigned      why;           /* string id */
    bool          has_words;     /* the reason can be said */
} end;

static end visit_any(fake_machine *machine)
{
    visit   v = visit_arrive(machine);
    end     e = { 0 };
    wz_text text = { 0 };

    if (v.session->journal_error.status != WZ_OK || wz_journal_is_open(v.session->journal)) {
        e.result = visit_resume(&v);
    } else {
        assert_int_equal(wz_session_probe(v.session, NULL, NULL, NULL), WZ_OK);
        e.result = v.session->plan->state == WZ_PLAN_NOTHING ? WZ_RUN_DONE : visit_begin(&v, false, false);
    }
    e.why = v.why.id;
    wz_phrase_render(&v.why, test_words(), &text);
    e.has_words = text.length > 10 && strchr(text.at, '#') == NULL && strstr(text.at, "%1") == NULL;
    wz_text_clear(&text);
    visit_leave(&v);
    return e;
}

/* Until it is done or stops for a reason that no restart mends. */
static end walk(fake_machine *machine)
{
    end e = { .result = WZ_RUN_FAILED };

    for (int i = 0; i < MOST_VISITS; i++) {
        e = visit_any(machine);
        if (e.result != WZ_RUN_RESTART)
            return e;
        fake_power_on(machine);
    }
    return e;
}

/* None twice, and none before those that come first on this road. */
static void check_order(size_t row, const fake_machine *machine)
{
    for (size_t i = 0; i < STEPS; i++) {
        CHECK_ROW(row, machine->updates[i].installs <= 1);
        if (i > 0)
            CHECK_ROW(row, machine->updates[i].installs == 0 || machine->updates[i - 1].is_in_force);
    }
}

static void check_all_done(size_t row, const fake_machine *machine)
{
    check_order(row, machine);
    for (size_t i = 0; i < STEPS; i++)
        CHECK_ROW(row, machine->updates[i].installs == 1 && machine->updates[i].is_in_force);
    CHECK_ROW(row, machine->version.build == 6003 && machine->resume == NULL);
}

/* ---- codes ---- */

/* The installer ends with this code at this step: always and nothing is done, or once and the second time is good. */
static fake_machine *road_with_code(size_t step, uint32_t code, bool once)
{
    fake_machine *machine = road();
    fake_update  *update = fake_find(machine, road_kbs[step]);

    update->codes[0] = code;
    update->codes[1] = 0;
    update->code_count = once ? 2 : 1;
    return machine;
}

static void check_stop(size_t row, const fake_machine *machine, size_t step, end e)
{
    CHECK_ROW(row, e.result == WZ_RUN_FAILED && e.has_words);
    check_order(row, machine);
    for (size_t later = step + 1; later < STEPS; later++)
        CHECK_ROW(row, machine->updates[later].runs == 0);
    CHECK_ROW(row, machine->resume == NULL);                   /* nothing starts by itself any more */
}

/* Every code that section 7D and 8 know, and two that nobody knows, at every step, for ever. */
static void each_code_at_each_step_ends_right_or_stops_with_words(void **state)
{
    (void)state;
    for (size_t step = 0; step < STEPS; step++)
        for (size_t i = 0; i < 50; i++) {
            const wz_remedy *row = wz_remedy_at(i);
            uint32_t         code = row != NULL ? row->code : i % 2 == 0 ? 1 : 0xDEADBEEFu;
            wz_code_meaning  meaning = wz_code_treat(code);
            fake_machine    *machine = road_with_code(step, code, false);
            fake_update     *update = fake_find(machine, road_kbs[step]);
            size_t           at = step * 1000 + i;
            end              e = walk(machine);
            wz_journal      *journal = visit_journal_of(machine);
            wz_outcome       outcome = journal->steps[step].outcome;

            if (update->installs == 1) {                       /* 0, 3010, 2359301: the fake does its work */
                CHECK_ROW(at, e.result == WZ_RUN_DONE);
                check_all_done(at, machine);
            } else {
                check_stop(at, machine, step, e);
                CHECK_ROW(at, journal->steps[step].code == code);
                CHECK_ROW(at, outcome == (meaning == WZ_CODE_NOT_APPLICABLE ? WZ_OUTCOME_NOT_APPLICABLE
                                          : meaning == WZ_CODE_RESTART      ? WZ_OUTCOME_ROLLED_BACK
                                                                            : WZ_OUTCOME_FAILED));
            }
            CHECK_ROW(at, update->runs == (meaning == WZ_CODE_RETRY           ? 5u
                                           : meaning == WZ_CODE_RESTART_FIRST ? 2u
                                                                              : 1u));
            wz_journal_free(journal);
            fake_free(machine);
        }
}

/* A code that asks to wait or to restart, and then it works: once is enough. */
static void what_passes_after_waiting_or_a_restart_is_done_once(void **state)
{
    (void)state;
    for (size_t step = 0; step < STEPS; step++)
        for (size_t i = 0; wz_remedy_at(i) != NULL; i++) {
            const wz_remedy *row = wz_remedy_at(i);

            if (row->treatment != WZ_CODE_RETRY && row->treatment != WZ_CODE_RESTART_FIRST)
                continue;
            fake_machine *machine = road_with_code(step, row->code, true);
            end           e = walk(machine);

            CHECK_ROW(step * 1000 + i, e.result == WZ_RUN_DONE);
            check_all_done(step * 1000 + i, machine);
            CHECK_ROW(step * 1000 + i, fake_find(machine, road_kbs[step])->runs == 2);
            fake_free(machine);
        }
}

/* ---- states ---- */

/* A machine that has come this far: visits, each followed by a restart. */
static fake_machine *machine_after(unsigned visits)
{
    fake_machine *machine = road();

    for (unsigned i = 0; i < visits; i++) {
        assert_int_equal(visit_any(machine).result, WZ_RUN_RESTART);
        fake_power_on(machine);
    }
    return machine;
}

/* The same, but the last restart is still to come: the journal says RESTART. */
static fake_machine *machine_before_restart(unsigned visits)
{
    fake_machine *machine = machine_after(visits - 1);

    assert_int_equal(visit_any(machine).result, WZ_RUN_RESTART);
    return machine;
}

static void a_restart_that_did_not_happen_is_asked_for_again(void **state)
{
    (void)state;
    for (unsigned visits = 1; visits <= 2; visits++) {
        fake_machine *machine = machine_before_restart(visits);
        unsigned      runs = 0, after = 0;

        for (size_t i = 0; i < STEPS; i++)
            runs += machine->updates[i].runs;
        for (int i = 0; i < 5; i++) {
            end e = visit_any(machine);

            CHECK_ROW(visits, e.result == WZ_RUN_RESTART && e.why == IDS_RUN_NOT_RESTARTED && e.has_words);
        }
        for (size_t i = 0; i < STEPS; i++)
            after += machine->updates[i].runs;
        CHECK_ROW(visits, runs == after);
        fake_power_on(machine);
        CHECK_ROW(visits, walk(machine).result == WZ_RUN_DONE);
        check_all_done(visits, machine);
        fake_free(machine);
    }
}

static void on_another_machine_nothing_happens(void **state)
{
    (void)state;
    for (unsigned visits = 1; visits <= 2; visits++) {
        fake_machine *machine = machine_after(visits);
        const char   *own = machine->machine_id;
        wz_text       before = { 0 };
        unsigned      runs = fake_find(machine, 4534303)->runs;
        end           e;

        wz_text_add(&before, fake_file_at(machine, FAKE_DATA "\\journal.xml")->at);
        machine->machine_id = "a clone, or another disk";
        e = visit_any(machine);
        CHECK_ROW(visits, e.result == WZ_RUN_OTHER_MACHINE && e.why == IDS_RUN_OTHER_MACHINE && e.has_words);
        CHECK_TEXT(fake_file_at(machine, FAKE_DATA "\\journal.xml")->at, before.at);
        CHECK_ROW(visits, fake_find(machine, 4534303)->runs == runs);
        machine->machine_id = own;
        CHECK_ROW(visits, walk(machine).result == WZ_RUN_DONE);
        check_all_done(visits, machine);
        wz_text_clear(&before);
        fake_free(machine);
    }
}

/* Years back, a second back, years ahead; within one boot and across a restart. */
static void a_clock_that_is_set_changes_nothing(void **state)
{
    static const int64_t jumps[] = { -20ll * 365 * 86400, -1, -3600, 3600, 20ll * 365 * 86400 };

    (void)state;
    for (size_t j = 0; j < CHECK_COUNT(jumps); j++)
        for (unsigned visits = 0; visits <= 2; visits++)
            for (int across = 0; across < 2; across++) {
                fake_machine *machine = across && visits > 0 ? machine_before_restart(visits) : machine_after(visits);
                size_t        row = j * 100 + visits * 10 + (unsigned)across;

                machine->clock += jumps[j];
                if (across && visits > 0)
                    fake_power_on(machine);
                CHECK_ROW(row, walk(machine).result == WZ_RUN_DONE);
                check_all_done(row, machine);
                fake_free(machine);
            }
}

static void a_full_disk_stops_each_visit_until_there_is_room(void **state)
{
    (void)state;
    for (unsigned visits = 0; visits <= 2; visits++)
        for (int what = 0; what < 3; what++) {
            fake_machine *machine = machine_after(visits);
            size_t        row = visits * 10 + (unsigned)what;
            unsigned      runs = fake_find(machine, 4534303)->runs;
            end           e;

            machine->full = what == 0 ? FAKE_DATA : NULL;
            machine->space_left = what == 1 ? 1 : 0;
            machine->read_only = what == 2 ? FAKE_DATA : NULL;
            e = visit_any(machine);
            /* Without room for an update, a run that has none left to install still ends. */
            CHECK_ROW(row, visits == 2 && what == 1 ? e.result == WZ_RUN_DONE
                                                    : e.result == WZ_RUN_FAILED || e.result == WZ_RUN_BLOCKED);
            CHECK_ROW(row, e.result == WZ_RUN_DONE || e.has_words);
            CHECK_ROW(row, fake_find(machine, 4534303)->runs == runs);
            machine->full = machine->read_only = NULL;
            machine->space_left = 0;
            CHECK_ROW(row, walk(machine).result == WZ_RUN_DONE);
            check_all_done(row, machine);
            fake_free(machine);
        }
}

/* ---- the journal ---- */

static void cut(fake_machine *machine, const char *path, const char *text, size_t length)
{
    char *part = wz_copy_part(text, length);

    fake_put(machine, path, part);
    free(part);
}

/* The newer journal is cut off, at every byte of its end and every seventeenth before: the one before it takes its
   place, and all ends well. */
static void a_journal_cut_off_anywhere_is_replaced_by_the_one_before(void **state)
{
    (void)state;
    for (unsigned visits = 1; visits <= 2; visits++) {
        fake_machine *model = machine_after(visits);
        wz_text       whole = { 0 };

        wz_text_add(&whole, fake_file_at(model, FAKE_DATA "\\journal.xml")->at);
        fake_free(model);
        for (size_t length = 0; length < whole.length; length += length + 80 < whole.length ? 17 : 1) {
            fake_machine *machine = machine_after(visits);
            size_t        row = visits * 100000 + length;

            cut(machine, FAKE_DATA "\\journal.xml", whole.at, length);
            CHECK_ROW(row, walk(machine).result == WZ_RUN_DONE);
            check_all_done(row, machine);
            fake_free(machine);
        }
        wz_text_clear(&whole);
    }
}

/* Both are gone bad: nothing is done, and what is there is kept. Every byte, because reading is quick. */
static void two_broken_journals_stop_everything(void **state)
{
    fake_machine *machine = machine_after(1);
    wz_text       whole = { 0 };

    (void)state;
    wz_text_add(&whole, fake_file_at(machine, FAKE_DATA "\\journal.xml")->at);
    for (size_t length = 0; length < whole.length; length++) {
        wz_journal *journal = NULL;
        wz_error    err = { 0 };

        cut(machine, FAKE_DATA "\\journal.xml", whole.at, length);
        cut(machine, FAKE_DATA "\\journal.bak", whole.at, length);
        CHECK_ROW(length, wz_journal_load(&machine->platform, &journal, &err) == WZ_E_FORMAT && journal == NULL);
    }
    CHECK_ROW(0, visit_any(machine).result == WZ_RUN_FAILED);
    CHECK_ROW(0, fake_find(machine, 4534303)->runs == 0);
    assert_int_equal(fake_file_at(machine, FAKE_DATA "\\journal.bak")->length, whole.length - 1);
    wz_text_clear(&whole);
    fake_free(machine);
}

int test_run_faults(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_code_at_each_step_ends_right_or_stops_with_words),
        cmocka_unit_test(what_passes_after_waiting_or_a_restart_is_done_once),
        cmocka_unit_test(a_restart_that_did_not_happen_is_asked_for_again),
        cmocka_unit_test(on_another_machine_nothing_happens),
        cmocka_unit_test(a_clock_that_is_set_changes_nothing),
        cmocka_unit_test(a_full_disk_stops_each_visit_until_there_is_room),
        cmocka_unit_test(a_journal_cut_off_anywhere_is_replaced_by_the_one_before),
        cmocka_unit_test(two_broken_journals_stop_everything),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("run_faults", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
