/* The machinery that runs probes: limits, late answers, cancelling, progress. */
#include "platform/place.h"

#include "platform/probe.h"
#include "resource.h"

#define DEADLINE_MS 60000u

static HANDLE released;                                /* until then the late group hangs */
static HANDLE answered;
static volatile LONG answered_count;                   /* they are through with both events */

static void answer_at_once(wz_snapshot *out)
{
    wz_probe_known(out, WZ_FACT_COMPUTER_NAME, "API test", "quick");
    wz_snapshot_add_package(out, "a package", 112);
    wz_probe_number(out, WZ_FACT_PACKAGES, "API test", 1);
}

/* Answers after its limit: into its own memory, which nobody looks at any more. */
static void answer_late(wz_snapshot *out)
{
    WaitForSingleObject(released, DEADLINE_MS);
    wz_probe_known(out, WZ_FACT_CAPTION, "API test", "late");
    wz_probe_known(out, WZ_FACT_VERSION_WMI, "API test", "6.0.6002");
    for (size_t i = 0; i < 1000; i++)
        wz_snapshot_add_hotfix(out, "KB1");
    SetEvent(answered);
    InterlockedIncrement(&answered_count);
}

/* Did the probing go on without them? Then let them answer, into memory that nobody looks at any more. */
static void let_them_answer(LONG count)
{
    DWORD begun = GetTickCount();

    assert_int_equal(WaitForSingleObject(answered, 0), WAIT_TIMEOUT);
    SetEvent(released);
    assert_int_equal(WaitForSingleObject(answered, DEADLINE_MS), WAIT_OBJECT_0);
    while (answered_count < count && GetTickCount() - begun < DEADLINE_MS)
        Sleep(1);
    assert_int_equal(answered_count, count);
}

static int hang_again(void **state)
{
    (void)state;
    released = CreateEventW(NULL, TRUE, FALSE, NULL);
    answered_count = 0;
    answered = CreateEventW(NULL, TRUE, FALSE, NULL);
    return released != NULL && answered != NULL ? 0 : -1;
}

static int hang_no_more(void **state)
{
    (void)state;
    CloseHandle(released);
    CloseHandle(answered);
    return 0;
}

static void answer_nothing(wz_snapshot *out)
{
    (void)out;
}

static const wz_fact_id quick_facts[] = { WZ_FACT_COMPUTER_NAME, WZ_FACT_PACKAGES, WZ_FACT_COUNT };
static const wz_fact_id late_facts[] = { WZ_FACT_CAPTION, WZ_FACT_VERSION_WMI, WZ_FACT_HOTFIXES, WZ_FACT_COUNT };
static const wz_fact_id no_facts[] = { WZ_FACT_MACHINE_ID, WZ_FACT_COUNT };

static const wz_probe_group groups[] = {
    { answer_at_once, IDS_PROBE_COMPUTER, 10000, 300, "API test",  quick_facts },
    { answer_late,    IDS_PROBE_WMI,      300,   600, "WMI test",  late_facts },
    { answer_nothing, IDS_PROBE_PENDING,  10000, 100, "file test", no_facts },
};

typedef struct watcher { unsigned last, calls; bool went_back, cancelled; } watcher;

static void watch(void *context, const wz_phrase *doing, unsigned permille)
{
    watcher *self = context;

    assert_int_not_equal(doing->id, 0);
    self->went_back = self->went_back || permille < self->last;
    self->last = permille;
    self->calls++;
}

static bool is_cancelled(void *context)
{
    return ((const watcher *)context)->cancelled;
}

static void a_group_that_does_not_answer_costs_only_its_own_facts(void **state)
{
    wz_snapshot *snapshot = NULL;
    watcher      self = { 0 };
    wz_progress  progress = { watch, is_cancelled, &self };

    (void)state;
    assert_int_equal(wz_probe_groups(groups, CHECK_COUNT(groups), &progress, &snapshot, NULL), WZ_OK);
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME), "quick");
    assert_int_equal(snapshot->package_count, 1);
    for (size_t i = 0; late_facts[i] != WZ_FACT_COUNT; i++) {
        const wz_fact *fact = &snapshot->facts[late_facts[i]];

        CHECK_ROW(i, fact->state == WZ_FACT_UNREADABLE && fact->os_code == 0 && fact->time != 0);
        CHECK_TEXT(fact->source, "WMI test");
    }
    assert_int_equal(snapshot->facts[WZ_FACT_MACHINE_ID].state, WZ_FACT_NOT_ASKED);
    assert_int_equal(self.last, 1000);
    assert_false(self.went_back);
    let_them_answer(1);                                /* nothing may have changed */
    assert_int_equal(snapshot->facts[WZ_FACT_CAPTION].state, WZ_FACT_UNREADABLE);
    assert_int_equal(snapshot->hotfix_count, 0);
    wz_snapshot_free(snapshot);
}

static void cancelling_does_not_wait_for_an_answer(void **state)
{
    wz_snapshot *snapshot = NULL;
    watcher      self = { .cancelled = true };
    wz_progress  progress = { watch, is_cancelled, &self };
    wz_error     error = { 0 };

    (void)state;
    assert_int_equal(wz_probe_groups(groups, CHECK_COUNT(groups), &progress, &snapshot, &error), WZ_E_CANCELLED);
    assert_int_equal(error.status, WZ_E_CANCELLED);
    assert_null(snapshot);
    let_them_answer(1);
}

static volatile LONG at_work, at_work_most, answers;

static void answer_soon(wz_snapshot *out)
{
    LONG now = InterlockedIncrement(&at_work);

    (void)out;
    for (LONG most = at_work_most; now > most; most = at_work_most)
        InterlockedCompareExchange(&at_work_most, now, most);
    Sleep(20);
    InterlockedDecrement(&at_work);
    InterlockedIncrement(&answers);
}

static void a_few_are_at_work_at_once(void **state)
{
    wz_probe_group many[3 * WZ_PROBES_AT_ONCE];
    wz_snapshot   *snapshot = NULL;

    (void)state;
    at_work = at_work_most = answers = 0;
    for (size_t i = 0; i < CHECK_COUNT(many); i++)
        many[i] = (wz_probe_group){ answer_soon, IDS_PROBE_PENDING, 10000, 10, "file test", no_facts };
    assert_int_equal(wz_probe_groups(many, CHECK_COUNT(many), NULL, &snapshot, NULL), WZ_OK);
    assert_int_equal(answers, CHECK_COUNT(many));
    assert_true(at_work_most > 1 && at_work_most <= (LONG)WZ_PROBES_AT_ONCE);
    wz_snapshot_free(snapshot);
}

/* As many as may be at work at once never end: the others are asked all the same. */
static void those_that_hang_do_not_lock_the_others_out(void **state)
{
    wz_probe_group many[WZ_PROBES_AT_ONCE + 2];
    wz_snapshot   *snapshot = NULL;

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(many); i++)
        many[i] = groups[i == 0 ? 0 : i == 1 ? 2 : 1];
    assert_int_equal(wz_probe_groups(many, CHECK_COUNT(many), NULL, &snapshot, NULL), WZ_OK);
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME), "quick");
    assert_int_equal(snapshot->facts[WZ_FACT_CAPTION].state, WZ_FACT_UNREADABLE);
    let_them_answer(WZ_PROBES_AT_ONCE);
    wz_snapshot_free(snapshot);
}

int test_probe_groups(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_group_that_does_not_answer_costs_only_its_own_facts, hang_again,
                                        hang_no_more),
        cmocka_unit_test_setup_teardown(those_that_hang_do_not_lock_the_others_out, hang_again, hang_no_more),
        cmocka_unit_test(a_few_are_at_work_at_once),
        cmocka_unit_test_setup_teardown(cancelling_does_not_wait_for_an_answer, hang_again, hang_no_more),
    };

    return cmocka_run_group_tests_name("probe_groups", tests, NULL, NULL);
}
