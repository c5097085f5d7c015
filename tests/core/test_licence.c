#include "check.h"
#include "core/licence.h"
#include "machine.h"
#include "words.h"

static void expect_summary(const wz_snapshot *snapshot, wz_programme highest, bool is_known, const char *part)
{
    wz_entitlement entitlement = { 0 };
    wz_text        text = { 0 };

    wz_entitlement_of(snapshot, &entitlement);
    wz_phrase_render(&entitlement.summary, test_words(), &text);
    CHECK_CONTAINS(wz_text_at(&text), part);
    assert_int_equal(entitlement.highest, highest);
    assert_int_equal(entitlement.is_known, is_known);
    wz_text_clear(&text);
    wz_entitlement_clear(&entitlement);
}

static void forget_licences(wz_snapshot *snapshot, wz_fact_state state)
{
    for (int fact = WZ_FACT_ESU_YEAR1; fact <= WZ_FACT_ESU_PREMIUM; fact++)
        machine_forget(snapshot, (wz_fact_id)fact, state);
}

static void licence_status_decides_and_nothing_else(void **state)
{
    static const struct { wz_fact_id fact; const char *status; wz_programme highest; const char *part; } rows[] = {
        { WZ_FACT_ESU_YEAR1,   "1", WZ_PROGRAMME_ESU1, "year 1"                     },
        { WZ_FACT_ESU_YEAR2,   "1", WZ_PROGRAMME_ESU2, "year 2"                     },
        { WZ_FACT_ESU_YEAR3,   "1", WZ_PROGRAMME_ESU3, "January 2023"               },
        { WZ_FACT_ESU_YEAR4,   "1", WZ_PROGRAMME_ESU4, "not confirmed"              },
        { WZ_FACT_ESU_YEAR5,   "1", WZ_PROGRAMME_FREE, "Server-ESU-Year5"           },
        { WZ_FACT_ESU_YEAR6,   "1", WZ_PROGRAMME_FREE, "not counted"                },
        { WZ_FACT_ESU_PREMIUM, "1", WZ_PROGRAMME_PA,   "Premium Assurance"          },
        { WZ_FACT_ESU_YEAR3,   "0", WZ_PROGRAMME_FREE, "not activated"              },
        { WZ_FACT_ESU_YEAR3,   "2", WZ_PROGRAMME_FREE, "licence status 2"           },
        { WZ_FACT_ESU_YEAR3,   "5", WZ_PROGRAMME_FREE, "Server-ESU-Year3"           },
        { WZ_FACT_ESU_PREMIUM, "6", WZ_PROGRAMME_FREE, "Server-ESU-PA"              },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare("x64");

        machine_set(snapshot, rows[i].fact, rows[i].status);
        expect_summary(snapshot, rows[i].highest, true, rows[i].part);
        wz_snapshot_free(snapshot);
    }
}

static void strongest_active_licence_counts(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_set(snapshot, WZ_FACT_ESU_YEAR1, "1");
    machine_set(snapshot, WZ_FACT_ESU_YEAR3, "1");
    machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "0");
    machine_set(snapshot, WZ_FACT_ESU_YEAR6, "1");
    expect_summary(snapshot, WZ_PROGRAMME_ESU3, true, "year 3");
    wz_snapshot_free(snapshot);
}

static void silence_is_not_the_same_as_none(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    expect_summary(snapshot, WZ_PROGRAMME_FREE, true, "No licence for extended updates was found.");
    forget_licences(snapshot, WZ_FACT_UNREADABLE);
    expect_summary(snapshot, WZ_PROGRAMME_FREE, false, "could not be read");
    forget_licences(snapshot, WZ_FACT_NOT_ASKED);
    expect_summary(snapshot, WZ_PROGRAMME_FREE, false, "could not be read");
    wz_snapshot_free(snapshot);
}

/* ---- targets ---- */

static void expect_target(size_t row, const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target,
                          bool allowed, const char *part)
{
    wz_target_verdict verdict = { 0 };
    wz_text           text = { 0 };

    wz_target_assess(snapshot, catalogue, target, &verdict);
    wz_phrase_render(&verdict.reason, test_words(), &text);
    CHECK_ROW(row, verdict.allowed == allowed);
    CHECK_CONTAINS(wz_text_at(&text), part);
    wz_text_clear(&text);
    wz_target_verdict_clear(&verdict);
}

static void targets_follow_the_programme(void **state)
{
    static const struct { wz_fact_id fact; bool allowed[WZ_TARGET_COUNT]; } rows[] = {
        { WZ_FACT_COUNT,       { true, true, false, false, false } },
        { WZ_FACT_ESU_YEAR1,   { true, true, false, false, false } },
        { WZ_FACT_ESU_YEAR2,   { true, true, false, false, false } },
        { WZ_FACT_ESU_YEAR3,   { true, true, true,  false, false } },
        { WZ_FACT_ESU_YEAR4,   { true, true, true,  true,  false } },
        { WZ_FACT_ESU_YEAR5,   { true, true, false, false, false } },
        { WZ_FACT_ESU_YEAR6,   { true, true, false, false, false } },
        { WZ_FACT_ESU_PREMIUM, { true, true, true,  true,  true  } },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare("x86");

        if (rows[i].fact != WZ_FACT_COUNT)
            machine_set(snapshot, rows[i].fact, "1");
        for (int target = 0; target < WZ_TARGET_COUNT; target++)
            expect_target(i, snapshot, machine_catalogue(), (wz_target)target, rows[i].allowed[target],
                          rows[i].allowed[target] ? "Allowed: " : "needs a licence that was not found");
        wz_snapshot_free(snapshot);
    }
}

static void refusal_says_why(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    expect_target(0, snapshot, machine_catalogue(), WZ_TARGET_6003, true, "KB4493471 (2019-04-09)");
    expect_target(1, snapshot, machine_catalogue(), WZ_TARGET_FREE, true, "KB4534303 (2020-01-14)");
    forget_licences(snapshot, WZ_FACT_UNREADABLE);
    expect_target(2, snapshot, machine_catalogue(), WZ_TARGET_FREE, true, "Recommended");
    expect_target(3, snapshot, machine_catalogue(), WZ_TARGET_ESU3, false, "could not be read");
    machine_set(snapshot, WZ_FACT_ESU_YEAR3, "0");     /* it was read; one that would do as well was not */
    expect_target(4, snapshot, machine_catalogue(), WZ_TARGET_ESU3, false, "could not be read");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("x64");                    /* year 5 would not have helped */
    machine_forget(snapshot, WZ_FACT_ESU_YEAR5, WZ_FACT_UNREADABLE);
    expect_target(10, snapshot, machine_catalogue(), WZ_TARGET_ESU3, false, "needs a licence that was not found");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("ia64");
    machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "1");
    expect_target(5, snapshot, machine_catalogue(), WZ_TARGET_FREE, true, "Allowed");
    expect_target(6, snapshot, machine_catalogue(), WZ_TARGET_PA, false,
                  "KB5073697 does not exist for this architecture (ia64)");
    machine_forget(snapshot, WZ_FACT_ARCHITECTURE, WZ_FACT_UNREADABLE);
    expect_target(7, snapshot, machine_catalogue(), WZ_TARGET_FREE, false, "could not be read");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("x64");
    machine_set(snapshot, WZ_FACT_PRODUCT_TYPE, "1");
    expect_target(8, snapshot, machine_catalogue(), WZ_TARGET_6003, false, "not a Windows that the wizard updates");
    machine_forget(snapshot, WZ_FACT_VERSION_API, WZ_FACT_UNREADABLE);
    machine_forget(snapshot, WZ_FACT_PRODUCT_TYPE, WZ_FACT_UNREADABLE);
    expect_target(9, snapshot, machine_catalogue(), WZ_TARGET_6003, false, "could not be read which Windows");
    wz_snapshot_free(snapshot);
}

int test_licence(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(licence_status_decides_and_nothing_else),
        cmocka_unit_test(strongest_active_licence_counts),
        cmocka_unit_test(silence_is_not_the_same_as_none),
        cmocka_unit_test(targets_follow_the_programme),
        cmocka_unit_test(refusal_says_why),
    };

    return cmocka_run_group_tests_name("licence", tests, NULL, NULL);
}
