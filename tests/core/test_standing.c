#include "check.h"
#include "core/plan.h"
#include "core/standing.h"
#include "machine.h"

static bool in_force(const wz_snapshot *snapshot, unsigned kb)
{
    return wz_update_in_force(wz_catalogue_find(machine_catalogue(), kb), snapshot, machine_catalogue());
}

static bool is_pending(const wz_snapshot *snapshot, unsigned kb)
{
    return wz_update_is_pending(wz_catalogue_find(machine_catalogue(), kb), snapshot, machine_catalogue());
}

static void package_state_decides(void **state)
{
    static const struct { int state; bool in_force, pending; } rows[] = {
        { 0, false, false }, { 4, false, false }, { 5, false, false }, { 6, false, true }, { 7, true, false },
        { 8, true, false }, { 0x20, false, false }, { 0x40, false, false }, { 0x50, true, false },
        { 0x60, false, true }, { 0x65, false, true }, { 0x70, true, false }, { 0x80, true, false },
        { -0x70, false, false },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare("x64");

        machine_add(snapshot, 5016891, rows[i].state);
        CHECK_ROW(i, in_force(snapshot, 5016891) == rows[i].in_force);
        CHECK_ROW(i, is_pending(snapshot, 5016891) == rows[i].pending);
        CHECK_ROW(i, in_force(snapshot, 4538484) == rows[i].in_force);         /* what it replaces */
        CHECK_ROW(i, is_pending(snapshot, 4538484) == rows[i].pending);
        wz_snapshot_free(snapshot);
    }
}

static void version_decides_for_service_pack_and_rollups(void **state)
{
    static const struct { const char *version; unsigned kb; bool in_force; } rows[] = {
        { "6.0.6001.18000", 948465,  false },
        { "6.0.6002.18005", 948465,  true  },
        { "6.0.6003.20489", 948465,  true  },
        { "6.1.7601.17514", 948465,  false },
        { "6.0.6003.20488", 4493471, false },
        { "6.0.6003.20489", 4493471, true  },
        { "6.0.6003.20489", 4489880, true  },          /* March, by its build and by what replaces it */
        { "6.0.6003.20489", 4499149, false },
        { "6.0.6003.22400", 5033422, false },          /* a month whose build nobody knows … */
        { "6.0.6003.22464", 5033422, true  },          /* … is there when the next one is */
        { "6.1.7601.24545", 4493471, false },
        { "6.0.6003.23717", 4493458, false },          /* a security-only update: by its package alone */
        { "6.0.6003.23717", 5016891, false },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare("x64");

        machine_set_version(snapshot, rows[i].version);
        snapshot->packages[0].state = 0;               /* no package speaks */
        CHECK_ROW(i, in_force(snapshot, rows[i].kb) == rows[i].in_force);
        wz_snapshot_free(snapshot);
    }
}

static void unknown_version_proves_nothing(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_set_version(snapshot, "6.0.6003.23717");
    machine_forget(snapshot, WZ_FACT_VERSION_KERNEL, WZ_FACT_UNREADABLE);      /* a build without a revision */
    assert_false(in_force(snapshot, 4493471));
    machine_forget(snapshot, WZ_FACT_VERSION_API, WZ_FACT_UNREADABLE);
    assert_false(in_force(snapshot, 4493471));
    wz_snapshot_free(snapshot);
}

/* servicing.md 1.8: KB4499180 alone takes a machine to 6003, with the kernel of the May rollup and none of the rest. */
static void security_only_revision_is_not_taken_for_the_rollup(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_set_version(snapshot, "6.0.6003.20706");
    machine_add(snapshot, 4534312, MACHINE_INSTALLED);                         /* January 2020, security-only */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_6003, WZ_PLAN_NOTHING, "");
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4493730 4474419| 4534303|");
    machine_add(snapshot, 4534303, MACHINE_INSTALLED);
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_NOTHING, "");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("x64");
    machine_set_version(snapshot, "6.0.6003.20731");                           /* later than it could explain */
    machine_add(snapshot, 4499180, MACHINE_INSTALLED);                         /* May 2019 */
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_NOTHING, "");
    wz_snapshot_free(snapshot);
}

/* Down to the next one that waits itself. */
static void pending_update_stands_for_what_it_replaces(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");
    wz_standing  standing;
    size_t       march = wz_update_index(machine_catalogue(), 4489880);
    size_t       april = wz_update_index(machine_catalogue(), 4493471);
    size_t       may = wz_update_index(machine_catalogue(), 4499149);

    (void)state;
    machine_add(snapshot, 4493471, MACHINE_PENDING);
    machine_add(snapshot, 4534303, MACHINE_PENDING);
    wz_standing_fill(&standing, snapshot, machine_catalogue());
    assert_int_equal(standing.pending[may]->kb, 4534303);
    assert_int_equal(standing.pending[april]->kb, 4493471);
    assert_int_equal(standing.pending[march]->kb, 4493471);
    wz_standing_clear(&standing);
    wz_snapshot_free(snapshot);
}

static void stranger_to_the_catalogue_has_no_place(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");
    wz_update    stranger = { .kb = 1 };

    (void)state;
    assert_int_equal(wz_update_index(machine_catalogue(), 1), wz_catalogue_count(machine_catalogue()));
    assert_int_equal(wz_update_index(machine_catalogue(), 99999999), wz_catalogue_count(machine_catalogue()));
    assert_false(wz_update_in_force(&stranger, snapshot, machine_catalogue()));
    assert_false(wz_update_is_pending(&stranger, snapshot, machine_catalogue()));
    wz_snapshot_free(snapshot);
}

int test_standing(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(package_state_decides),
        cmocka_unit_test(version_decides_for_service_pack_and_rollups),
        cmocka_unit_test(unknown_version_proves_nothing),
        cmocka_unit_test(security_only_revision_is_not_taken_for_the_rollup),
        cmocka_unit_test(pending_update_stands_for_what_it_replaces),
        cmocka_unit_test(stranger_to_the_catalogue_has_no_place),
    };

    return cmocka_run_group_tests_name("standing", tests, NULL, NULL);
}
