#include "check.h"
#include "core/plan.h"
#include "machine.h"
#include "words.h"

/* ---- from real situations ---- */

static void bare_machine_gets_stack_sha2_restart_rollup(void **state)
{
    static const struct { const char *architecture; wz_target target; const char *steps; } rows[] = {
        { "x64",  WZ_TARGET_6003, "4493730 4493471|"          },
        { "x86",  WZ_TARGET_6003, "4493730 4493471|"          },
        { "ia64", WZ_TARGET_6003, "4493730 4493471|"          },
        { "x64",  WZ_TARGET_FREE, "4493730 4474419| 4534303|" },
        { "x86",  WZ_TARGET_FREE, "4493730 4474419| 4534303|" },
        { "ia64", WZ_TARGET_FREE, "4493730 4474419| 4534303|" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare(rows[i].architecture);

        machine_expect_plan(snapshot, machine_catalogue(), rows[i].target, WZ_PLAN_READY, rows[i].steps);
        wz_snapshot_free(snapshot);
    }
}

static void what_is_there_is_not_installed_again(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_set(snapshot, WZ_FACT_STACK_VERSION, "6.0.6003.20484");            /* by the folder alone */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4474419| 4534303|");
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_6003, WZ_PLAN_READY, "4493471|");
    machine_set_sha2(snapshot);                                                /* by the registry alone */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4534303|");
    machine_set(snapshot, WZ_FACT_STACK_VERSION, "6.0.6003.20483");
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4493730 4534303|");
    machine_set(snapshot, WZ_FACT_STACK_VERSION, "6.0.6003.21569");            /* a later one replaces it */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4534303|");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("x64");
    machine_add(snapshot, 5050682, MACHINE_INSTALLED);                         /* through the chain of stacks */
    machine_add(snapshot, 4474419, MACHINE_SUPERSEDED);
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4534303|");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("x64");
    machine_set(snapshot, WZ_FACT_SHA2_SUPPORT, "1");                          /* half of the pair is none */
    machine_set(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, "0");
    machine_add(snapshot, 4493730, MACHINE_STAGED);                            /* staged is not installed */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4493730 4474419| 4534303|");
    wz_snapshot_free(snapshot);
}

static void pending_update_waits_for_the_restart_and_is_not_repeated(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_add(snapshot, 4493730, MACHINE_INSTALLED);
    machine_add(snapshot, 4474419, MACHINE_PENDING);
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "p4474419| 4534303|");
    machine_add(snapshot, 4534303, MACHINE_PENDING);                           /* one restart ends both */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "p4534303|");
    /* and it contains April */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_6003, WZ_PLAN_READY, "p4534303|");
    wz_snapshot_free(snapshot);
}

static void reached_target_leaves_nothing_to_do(void **state)
{
    static const struct { const char *version; wz_target target; bool reached; } rows[] = {
        { "6.0.6003.20489", WZ_TARGET_6003, true  },
        { "6.0.6003.20489", WZ_TARGET_FREE, false },
        { "6.0.6003.20705", WZ_TARGET_FREE, true  },
        { "6.0.6003.20706", WZ_TARGET_FREE, true  },
        { "6.0.6003.20704", WZ_TARGET_FREE, false },
        { "6.0.6003.23717", WZ_TARGET_FREE, true  },
        { "6.0.6003.23717", WZ_TARGET_PA,   true  },
        { "6.0.6003.23717", WZ_TARGET_ESU3, true  },
        { "6.0.6004.16385", WZ_TARGET_6003, true  },
        { "6.0.6002.24565", WZ_TARGET_6003, false },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare("x64");
        wz_plan     *plan;

        machine_set_version(snapshot, rows[i].version);
        plan = wz_plan_create(snapshot, machine_catalogue(), rows[i].target);
        CHECK_ROW(i, (plan->state == WZ_PLAN_NOTHING) == rows[i].reached);
        CHECK_ROW(i, (plan->step_count == 0) == rows[i].reached);
        wz_plan_free(plan);
        wz_snapshot_free(snapshot);
    }
}

static void licensed_target_needs_the_licence(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_ESU3, WZ_PLAN_NOT_ALLOWED, "");
    machine_set(snapshot, WZ_FACT_ESU_YEAR3, "1");
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_ESU3, WZ_PLAN_READY,
                "4493730 4474419| 5016129 5016891| 5022340|");
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_ESU4, WZ_PLAN_NOT_ALLOWED, "");
    machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "1");
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_PA, WZ_PLAN_READY,
                "4493730 4474419| 5050682 5016891| 5073697|");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("ia64");
    machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "1");
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_PA, WZ_PLAN_NOT_ALLOWED, "");
    wz_snapshot_free(snapshot);
}

static void other_windows_is_refused(void **state)
{
    static const struct { const char *version, *product_type, *service_pack; } rows[] = {
        { "6.1.7601.24545", "3", "1" },                /* 2008 R2 */
        { "6.0.6001.18000", "3", "1" },                /* before SP2 */
        { "6.0.6002.18005", "1", "2" },                /* Vista */
        { "10.0.17763.1",   "3", "0" },
        { "5.2.3790.3959",  "3", "2" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        for (int target = 0; target < WZ_TARGET_COUNT; target++) {
            wz_snapshot *snapshot = machine_bare("x64");
            wz_plan     *plan;

            machine_set_version(snapshot, rows[i].version);
            machine_set(snapshot, WZ_FACT_PRODUCT_TYPE, rows[i].product_type);
            machine_set(snapshot, WZ_FACT_SERVICE_PACK_MAJOR, rows[i].service_pack);
            machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "1");
            plan = wz_plan_create(snapshot, machine_catalogue(), (wz_target)target);
            CHECK_ROW(i, plan->state == WZ_PLAN_UNSUPPORTED && plan->step_count == 0 && plan->why.id != 0);
            wz_plan_free(plan);
            wz_snapshot_free(snapshot);
        }
}

/* ---- words ---- */

static void plan_render(const wz_plan *plan, wz_text *out)
{
    wz_phrase_render(&plan->why, test_words(), out);
    wz_text_add(out, "\n");
    for (size_t i = 0; i < plan->step_count; i++) {
        wz_text_add_number(out, plan->steps[i].update->kb);
        wz_text_add(out, " ");
        wz_phrase_render(&plan->steps[i].reason, test_words(), out);
        wz_text_add(out, "\n");
    }
    for (size_t i = 0; i < plan->omission_count; i++) {
        wz_text_add(out, "not ");
        wz_text_add_number(out, plan->omissions[i].update->kb);
        wz_text_add(out, " ");
        wz_phrase_render(&plan->omissions[i].reason, test_words(), out);
        wz_text_add(out, "\n");
    }
}

static void reasons_name_what_needs_the_step_and_omissions_what_one_might_miss(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");
    wz_plan     *plan = wz_plan_create(snapshot, machine_catalogue(), WZ_TARGET_FREE);
    wz_text      text = { 0 };

    (void)state;
    plan_render(plan, &text);
    CHECK_CONTAINS(text.at, "4493730 Servicing stack: must be there before KB4474419.\n");
    CHECK_CONTAINS(text.at, "4474419 SHA-2 support: must be there, and active after a restart, before KB4534303.\n");
    CHECK_CONTAINS(text.at, "4534303 The chosen target, monthly rollup of 2020-01.\n");
    CHECK_CONTAINS(text.at, "not 4493471 Its changes are part of KB4534303.\n");
    CHECK_CONTAINS(text.at, "not 4534312 Security-only update: the rollup KB4534303 contains its changes.\n");
    CHECK_CONTAINS(text.at, "not 5016891 The chosen target does not need it: only updates of February 2020");
    CHECK_CONTAINS(text.at, "not 5022340 A later level than the chosen target. It needs a licence.\n");
    assert_null(strstr(text.at, "#"));
    assert_in_range(plan->omission_count, 1, 20);
    assert_int_equal(plan->restarts, 2);
    assert_true(plan->minutes > plan->steps[0].minutes + plan->steps[1].minutes + plan->steps[2].minutes);
    wz_plan_free(plan);

    plan = wz_plan_create(snapshot, machine_catalogue(), WZ_TARGET_6003);
    wz_text_clear(&text);
    plan_render(plan, &text);
    CHECK_CONTAINS(text.at, "4493471 The chosen target, monthly rollup of 2019-04. "
                            "The version after it is reported to be 6.0.6003.");
    CHECK_CONTAINS(text.at, "not 4474419 The chosen target does not need it: only updates of July 2019");
    CHECK_CONTAINS(text.at, "not 4489887 Preview: the rollup KB4493471 contains its changes.\n");
    CHECK_CONTAINS(text.at, "not 4534303 A later level than the chosen target. It needs no licence.\n");
    wz_plan_free(plan);
    wz_text_clear(&text);
    wz_snapshot_free(snapshot);
}

static void same_input_gives_the_same_plan(void **state)
{
    wz_snapshot *snapshot = machine_bare("x86");

    (void)state;
    machine_add(snapshot, 4499180, MACHINE_INSTALLED);
    for (int target = 0; target < WZ_TARGET_COUNT; target++) {
        wz_plan *first = wz_plan_create(snapshot, machine_catalogue(), (wz_target)target);
        wz_plan *second = wz_plan_create(snapshot, machine_catalogue(), (wz_target)target);
        wz_text  one = { 0 };
        wz_text  two = { 0 };

        plan_render(first, &one);
        plan_render(second, &two);
        CHECK_TEXT(one.at, two.at);
        wz_text_clear(&one);
        wz_text_clear(&two);
        wz_plan_free(first);
        wz_plan_free(second);
    }
    wz_snapshot_free(snapshot);
}

int test_plan(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bare_machine_gets_stack_sha2_restart_rollup),
        cmocka_unit_test(what_is_there_is_not_installed_again),
        cmocka_unit_test(pending_update_waits_for_the_restart_and_is_not_repeated),
        cmocka_unit_test(reached_target_leaves_nothing_to_do),
        cmocka_unit_test(licensed_target_needs_the_licence),
        cmocka_unit_test(other_windows_is_refused),
        cmocka_unit_test(reasons_name_what_needs_the_step_and_omissions_what_one_might_miss),
        cmocka_unit_test(same_input_gives_the_same_plan),
    };

    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
