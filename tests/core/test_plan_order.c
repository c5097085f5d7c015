#include "check.h"
#include "core/plan.h"
#include "core/system.h"
#include "machine.h"

/* ---- site catalogues ---- */

#define SITE_STACK  "<update kb=\"4493730\" kind=\"stack\" programme=\"free\" date=\"2019-04-09\" restart=\"maybe\" " \
                    "architectures=\"x64\" source=\"t\" confidence=\"S\"/>"
#define SITE_TARGETS { 4493471, 4534303, 4534303, 4534303, 4534303 }

static void restart_stands_between_sha2_and_its_first_user_whatever_the_catalogue_says(void **state)
{
    static const unsigned targets[] = SITE_TARGETS;
    wz_catalogue *catalogue = machine_site_catalogue(targets, SITE_STACK
        "<update kb=\"4474419\" kind=\"sha2\" programme=\"free\" date=\"2019-09-23\" restart=\"no\" "
        "architectures=\"x64\" requires=\"4493730\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4493471\" kind=\"rollup\" programme=\"free\" date=\"2019-04-09\" restart=\"yes\" "
        "architectures=\"x64\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4534303\" kind=\"rollup\" programme=\"free\" date=\"2020-01-14\" restart=\"no\" sha2=\"true\" "
        "architectures=\"x64\" requires=\"4474419\" source=\"t\" confidence=\"S\"/>");
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_expect_plan(snapshot, catalogue, WZ_TARGET_FREE, WZ_PLAN_READY, "4493730 4474419| 4534303");
    wz_snapshot_free(snapshot);
    wz_catalogue_free(catalogue);
}

/* How each of these updates is marked: %1 to %3 become " bad="true"" or nothing. */
static wz_catalogue *site_with_bad(bool stack, bool first, bool level)
{
    static const unsigned targets[] = SITE_TARGETS;
    static const char     pattern[] =
        "<update kb=\"4493730\" kind=\"stack\" programme=\"free\" date=\"2019-04-09\" restart=\"maybe\" "
        "architectures=\"x64\" source=\"t\" confidence=\"S\" %1/>"
        "<update kb=\"4550737\" kind=\"stack\" programme=\"free\" date=\"2020-04-14\" restart=\"maybe\" "
        "architectures=\"x64\" supersedes=\"4493730\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4493471\" kind=\"rollup\" programme=\"free\" date=\"2019-04-09\" restart=\"yes\" "
        "architectures=\"x64\" requires=\"4493730\" source=\"t\" confidence=\"S\" %2/>"
        "<update kb=\"4499149\" kind=\"rollup\" programme=\"free\" date=\"2019-05-14\" restart=\"yes\" "
        "architectures=\"x64\" requires=\"4493730\" supersedes=\"4493471\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4534303\" kind=\"rollup\" programme=\"free\" date=\"2020-01-14\" restart=\"yes\" "
        "architectures=\"x64\" requires=\"4493730\" supersedes=\"4499149\" source=\"t\" confidence=\"S\" %3/>";
    const char   *bad = "bad=\"true\"";
    const char   *args[] = { stack ? bad : "", first ? bad : "", level ? bad : "" };
    wz_text       updates = { 0 };
    wz_catalogue *catalogue;

    wz_text_fill(&updates, pattern, args, 3);
    catalogue = machine_site_catalogue(targets, updates.at);
    wz_text_clear(&updates);
    return catalogue;
}

static void known_bad_is_never_offered_and_the_next_takes_its_place(void **state)
{
    static const struct { bool stack, first, level; wz_target target; const char *steps; } rows[] = {
        { false, false, false, WZ_TARGET_6003, "4493730 4493471|" },
        { false, true,  false, WZ_TARGET_6003, "4493730 4499149|" },   /* the next free rollup after it */
        { false, false, true,  WZ_TARGET_FREE, "4493730 4499149|" },   /* the newest below it */
        { true,  false, false, WZ_TARGET_FREE, "4550737 4534303|" },   /* what replaces the stack */
        { true,  true,  true,  WZ_TARGET_FREE, "4550737 4499149|" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_catalogue *catalogue = site_with_bad(rows[i].stack, rows[i].first, rows[i].level);
        wz_snapshot  *snapshot = machine_bare("x64");

        machine_expect_plan(snapshot, catalogue, rows[i].target, WZ_PLAN_READY, rows[i].steps);
        wz_snapshot_free(snapshot);
        wz_catalogue_free(catalogue);
    }
}

static void known_bad_without_a_substitute_stops_the_plan(void **state)
{
    static const unsigned targets[] = SITE_TARGETS;
    wz_catalogue *catalogue = machine_site_catalogue(targets,
        "<update kb=\"4493730\" kind=\"stack\" programme=\"free\" date=\"2019-04-09\" restart=\"maybe\" bad=\"true\" "
        "architectures=\"x64\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4493471\" kind=\"rollup\" programme=\"free\" date=\"2019-04-09\" restart=\"yes\" bad=\"true\" "
        "architectures=\"x64\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4534303\" kind=\"rollup\" programme=\"free\" date=\"2020-01-14\" restart=\"yes\" "
        "architectures=\"x64\" requires=\"4493730\" source=\"t\" confidence=\"S\"/>");
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_expect_plan(snapshot, catalogue, WZ_TARGET_FREE, WZ_PLAN_NOT_ALLOWED, "");   /* its stack */
    machine_expect_plan(snapshot, catalogue, WZ_TARGET_6003, WZ_PLAN_NOT_ALLOWED, "");   /* itself */
    wz_snapshot_free(snapshot);
    wz_catalogue_free(catalogue);
}

/* What would need the bad one itself, or a licence that the target does not, is no substitute. */
static void unusable_substitutes_are_passed_over(void **state)
{
    static const unsigned targets[] = SITE_TARGETS;
    static const char     pattern[] =
        "<update kb=\"4493730\" kind=\"stack\" programme=\"free\" date=\"2019-04-09\" restart=\"maybe\" bad=\"true\" "
        "architectures=\"x64\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4550737\" kind=\"stack\" programme=\"%1\" date=\"2020-04-14\" restart=\"maybe\" "
        "architectures=\"%2\" supersedes=\"4493730\" requires=\"%3\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4493471\" kind=\"rollup\" programme=\"free\" date=\"2019-04-09\" restart=\"yes\" "
        "architectures=\"x64\" source=\"t\" confidence=\"S\"/>"
        "<update kb=\"4534303\" kind=\"rollup\" programme=\"free\" date=\"2020-01-14\" restart=\"yes\" "
        "architectures=\"x64\" requires=\"4493730\" source=\"t\" confidence=\"S\"/>";
    static const struct { const char *args[3]; wz_plan_state state; const char *steps; } rows[] = {
        { { "free", "x64", ""        }, WZ_PLAN_READY,       "4550737 4534303|" },
        { { "free", "x64", "4493730" }, WZ_PLAN_NOT_ALLOWED, ""                 },
        { { "free", "x64", "4534303" }, WZ_PLAN_NOT_ALLOWED, ""                 },
        { { "esu1", "x64", ""        }, WZ_PLAN_NOT_ALLOWED, ""                 },
        { { "free", "x86", ""        }, WZ_PLAN_NOT_ALLOWED, ""                 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot  *snapshot = machine_bare("x64");
        wz_text       updates = { 0 };
        wz_catalogue *catalogue;

        wz_text_fill(&updates, pattern, rows[i].args, 3);
        catalogue = machine_site_catalogue(targets, updates.at);
        machine_expect_plan(snapshot, catalogue, WZ_TARGET_FREE, rows[i].state, rows[i].steps);
        wz_catalogue_free(catalogue);
        wz_text_clear(&updates);
        wz_snapshot_free(snapshot);
    }
}

/* ---- properties over random machines ---- */

static uint32_t next_random(uint32_t *seed)            /* xorshift: the same machines on every run */
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static wz_snapshot *random_machine(uint32_t *seed)
{
    static const char *const architectures[] = { "x64", "x86", "ia64" };
    static const char *const versions[] = { "6.0.6002.18005", "6.0.6002.24565", "6.0.6003.20489", "6.0.6003.20597",
                                            "6.0.6003.20706", "6.0.6003.21872", "6.0.6003.23117" };
    static const int states[] = { 0, MACHINE_STAGED, MACHINE_SUPERSEDED, MACHINE_PENDING, MACHINE_INSTALLED, 7, 6, 5,
                                  MACHINE_BROKEN };
    wz_snapshot *snapshot = machine_bare(architectures[next_random(seed) % 3]);
    uint32_t     rarity = 1 + next_random(seed) % 40;

    machine_set_version(snapshot, versions[next_random(seed) % CHECK_COUNT(versions)]);
    if (next_random(seed) % 2 == 0)
        machine_set_sha2(snapshot);
    if (next_random(seed) % 2 == 0)
        machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "1");
    if (next_random(seed) % 3 == 0)
        machine_set(snapshot, WZ_FACT_STACK_VERSION, "6.0.6003.20484");
    for (size_t i = 0; i < wz_catalogue_count(machine_catalogue()); i++)
        if (next_random(seed) % rarity == 0)
            machine_add(snapshot, wz_catalogue_at(machine_catalogue(), i)->kb,
                        states[next_random(seed) % CHECK_COUNT(states)]);
    return snapshot;
}

static bool is_before(const wz_plan *plan, size_t step, unsigned kb)
{
    for (size_t i = 0; i < step; i++)
        if (wz_catalogue_replaces(machine_catalogue(), plan->steps[i].update->kb, kb))
            return true;
    return false;
}

static void plan_keeps_its_promises(const wz_plan *plan, const wz_snapshot *snapshot)
{
    bool     sha2_waits = false;
    unsigned restarts = 0;

    assert_true((plan->step_count > 0) == (plan->state == WZ_PLAN_READY));
    for (size_t i = 0; i < plan->step_count; i++) {
        const wz_step   *step = &plan->steps[i];
        const wz_update *update = step->update;

        assert_false(wz_update_in_force(update, snapshot, machine_catalogue()));
        assert_true(step->is_pending == wz_update_is_pending(update, snapshot, machine_catalogue()));
        assert_true(step->reason.id != 0);
        assert_false(is_before(plan, i, update->kb) && update->kind != WZ_KIND_STACK);   /* nothing twice */
        if (step->is_pending)
            assert_true(i == 0 || plan->steps[i - 1].is_pending);
        else
            assert_true((update->architectures & (unsigned)wz_system_architecture(snapshot)) != 0);
        for (size_t k = 0; !step->is_pending && k < update->requires_count; k++) {
            const wz_update *required = wz_catalogue_find(machine_catalogue(), update->requires_kbs[k]);

            assert_true(wz_update_in_force(required, snapshot, machine_catalogue())
                        || is_before(plan, i, required->kb));
        }
        assert_false(sha2_waits && update->needs_sha2 && !step->is_pending);
        if (update->kind == WZ_KIND_SHA2)
            sha2_waits = true;
        if (step->restart_after) {
            sha2_waits = false;
            restarts++;
        }
        for (size_t k = 0; k < plan->omission_count; k++)
            assert_ptr_not_equal(plan->omissions[k].update, update);
    }
    assert_int_equal(plan->restarts, restarts);
    if (plan->step_count > 0)
        assert_true(plan->steps[plan->step_count - 1].restart_after);      /* every target is a rollup */
}

static void every_step_comes_after_what_it_requires_on_any_machine(void **state)
{
    uint32_t seed = 60026003u;
    size_t   with_steps = 0;
    size_t   with_pending = 0;

    (void)state;
    for (int round = 0; round < 400; round++) {
        wz_snapshot *snapshot = random_machine(&seed);

        for (int target = 0; target < WZ_TARGET_COUNT; target++) {
            wz_plan *plan = wz_plan_create(snapshot, machine_catalogue(), (wz_target)target);

            plan_keeps_its_promises(plan, snapshot);
            with_steps += plan->step_count > 0;
            with_pending += plan->step_count > 0 && plan->steps[0].is_pending;
            wz_plan_free(plan);
        }
        wz_snapshot_free(snapshot);
    }
    assert_in_range(with_steps, 200, 2000);            /* the machines were not all the same */
    assert_in_range(with_pending, 20, 2000);
}

/* Whoever does what the plan says reaches the target. */
static void installing_the_plan_reaches_the_target(void **state)
{
    uint32_t seed = 20190409u;

    (void)state;
    for (int round = 0; round < 100; round++) {
        wz_snapshot *snapshot = random_machine(&seed);
        wz_target    target = (wz_target)(next_random(&seed) % WZ_TARGET_COUNT);
        wz_plan     *plan = wz_plan_create(snapshot, machine_catalogue(), target);
        wz_plan     *then;
        bool         was_allowed = plan->state == WZ_PLAN_READY || plan->state == WZ_PLAN_NOTHING;

        for (size_t i = 0; i < plan->step_count; i++)
            machine_add(snapshot, plan->steps[i].update->kb, MACHINE_INSTALLED);
        then = wz_plan_create(snapshot, machine_catalogue(), target);
        assert_true(!was_allowed || then->state == WZ_PLAN_NOTHING);
        wz_plan_free(plan);
        wz_plan_free(then);
        wz_snapshot_free(snapshot);
    }
}

static void ten_thousand_packages_are_planned(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    for (int i = 0; i < 10000; i++) {
        char name[80];

        snprintf(name, sizeof name, "Package_%d_for_KB%d~31bf3856ad364e35~amd64~~6.0.1.0", i % 20, 900000 + i / 20);
        wz_snapshot_add_package(snapshot, name, 0x70);
    }
    machine_expect_plan(snapshot, machine_catalogue(), WZ_TARGET_FREE, WZ_PLAN_READY, "4493730 4474419| 4534303|");
    wz_snapshot_free(snapshot);
}

int test_plan_order(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(restart_stands_between_sha2_and_its_first_user_whatever_the_catalogue_says),
        cmocka_unit_test(known_bad_is_never_offered_and_the_next_takes_its_place),
        cmocka_unit_test(known_bad_without_a_substitute_stops_the_plan),
        cmocka_unit_test(unusable_substitutes_are_passed_over),
        cmocka_unit_test(every_step_comes_after_what_it_requires_on_any_machine),
        cmocka_unit_test(installing_the_plan_reaches_the_target),
        cmocka_unit_test(ten_thousand_packages_are_planned),
    };

    return cmocka_run_group_tests_name("plan_order", tests, NULL, NULL);
}
