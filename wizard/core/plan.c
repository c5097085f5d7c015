#include "core/plan.h"

#include "core/licence.h"
#include "core/plan_omit.h"
#include "core/plan_order.h"
#include "core/system.h"

#include "resource.h"

#include <stdlib.h>

/* ---- small parts ---- */

static void plan_add_kb(wz_text *text, const wz_update *update)
{
    wz_text_add_number(text, update->kb);
}

static void plan_say_kb(wz_phrase *phrase, unsigned word, const wz_update *update)
{
    wz_text     kb = { 0 };
    const char *args[1];

    plan_add_kb(&kb, update);
    args[0] = wz_text_at(&kb);
    wz_phrase_set(phrase, word, 1, args);
    wz_text_clear(&kb);
}

/*
 * Minutes on a slow server of that time. The wizard's own guess, only to tell a technician whether a maintenance window
 * is an hour or a night; nothing is decided by it.
 */
#define PLAN_RESTART_MINUTES 10u

static unsigned plan_minutes(const wz_ordered *item)
{
    if (item->is_pending)
        return 0;
    switch (item->update->kind) {
    case WZ_KIND_SERVICE_PACK:  return 90;
    case WZ_KIND_ROLLUP:
    case WZ_KIND_PREVIEW:       return 40;
    case WZ_KIND_SECURITY_ONLY: return 20;
    case WZ_KIND_STACK:
    case WZ_KIND_SHA2:
    case WZ_KIND_LICENSING:
    case WZ_KIND_OTHER:         break;
    }
    return 10;
}

/* ---- reasons ---- */

/* The version is only promised when it was read from the kernel; else the month alone is. */
static void plan_say_goal(wz_phrase *reason, const wz_update *goal)
{
    wz_version  version;
    bool        has_build = wz_update_kernel_version(goal, &version);
    unsigned    word = !has_build                                      ? IDS_PLAN_GOAL
                       : wz_confidence_is_fact(goal->build_confidence) ? IDS_PLAN_GOAL_BUILD
                                                                       : IDS_PLAN_GOAL_REPORTED;
    wz_text     month = { 0 };
    wz_text     build = { 0 };
    const char *args[2];

    if (goal->month != NULL)
        wz_text_add(&month, goal->month);
    else
        wz_text_add_date(&month, goal->date);
    if (has_build)
        wz_text_add_version(&build, version, 4);
    args[0] = wz_text_at(&month);
    args[1] = wz_text_at(&build);
    wz_phrase_set(reason, word, has_build ? 2 : 1, args);
    wz_text_clear(&month);
    wz_text_clear(&build);
}

static unsigned plan_needed_word(wz_kind kind)
{
    switch (kind) {
    case WZ_KIND_STACK:         return IDS_PLAN_STACK;
    case WZ_KIND_SHA2:          return IDS_PLAN_SHA2;
    case WZ_KIND_LICENSING:     return IDS_PLAN_LICENSING;
    case WZ_KIND_SERVICE_PACK:
    case WZ_KIND_ROLLUP:
    case WZ_KIND_SECURITY_ONLY:
    case WZ_KIND_PREVIEW:
    case WZ_KIND_OTHER:         break;
    }
    return IDS_PLAN_NEEDED;
}

static void plan_say_reason(wz_phrase *reason, const wz_ordered *item)
{
    if (item->is_pending)
        wz_phrase_set(reason, IDS_PLAN_PENDING, 0, NULL);
    else if (item->instead_of != NULL)
        plan_say_kb(reason, IDS_PLAN_INSTEAD, item->instead_of);
    else if (item->needed_by != NULL)
        plan_say_kb(reason, plan_needed_word(item->update->kind), item->needed_by);
    else
        plan_say_goal(reason, item->update);
}

/* ---- restarts ---- */

/*
 * After the last pending one; after each update that needs a restart, because Windows refuses further installations
 * while a mandatory restart is outstanding (0x80240016, servicing.md 7D); and, whatever the catalogue says of it,
 * between SHA-2 support and the first update that needs it (servicing.md 5A step 3).
 */
static void plan_place_restarts(wz_plan *plan)
{
    bool sha2_waits = false;

    for (size_t i = 0; i < plan->step_count; i++) {
        wz_step *step = &plan->steps[i];
        bool     is_last_pending = step->is_pending && (i + 1 == plan->step_count || !plan->steps[i + 1].is_pending);

        if (sha2_waits && step->update->needs_sha2 && !step->is_pending && i > 0) {
            plan->steps[i - 1].restart_after = true;
            sha2_waits = false;
        }
        step->restart_after = is_last_pending || (!step->is_pending && step->update->restart == WZ_RESTART_YES);
        if (step->update->kind == WZ_KIND_SHA2)
            sha2_waits = true;
        if (step->restart_after)
            sha2_waits = false;
    }
    for (size_t i = 0; i < plan->step_count; i++) {
        plan->minutes += plan->steps[i].minutes;
        if (plan->steps[i].restart_after) {
            plan->restarts++;
            plan->minutes += PLAN_RESTART_MINUTES;
        }
    }
}

/* ---- the plan ---- */

static void plan_add_steps(wz_plan *plan, const wz_order *order)
{
    plan->steps = wz_new_array(order->count, wz_step);
    for (size_t i = 0; i < order->count; i++) {
        wz_step *step = &plan->steps[plan->step_count++];

        step->update = order->items[i].update;
        step->is_pending = order->items[i].is_pending;
        step->minutes = plan_minutes(&order->items[i]);
        plan_say_reason(&step->reason, &order->items[i]);
    }
    plan_place_restarts(plan);
}

static void plan_say_reached(wz_plan *plan, wz_version version, const wz_update *goal)
{
    wz_text     text = { 0 };
    wz_text     kb = { 0 };
    const char *args[2];

    wz_text_add_version(&text, version, version.revision != 0 ? 4 : 3);
    if (goal != NULL)
        plan_add_kb(&kb, goal);
    args[0] = wz_text_at(&text);
    args[1] = wz_text_at(&kb);
    plan->state = WZ_PLAN_NOTHING;
    wz_phrase_set(&plan->why, plan->target == WZ_TARGET_6003 ? IDS_PLAN_REACHED_6003 : IDS_PLAN_REACHED, 2, args);
    wz_text_clear(&text);
    wz_text_clear(&kb);
}

static void plan_say_unsupported(wz_plan *plan, wz_system system)
{
    unsigned word = wz_system_advice_word(system);

    plan->state = WZ_PLAN_UNSUPPORTED;
    wz_phrase_set(&plan->why, word != 0 ? word : IDS_LEVEL_NOT_SUPPORTED, 0, NULL);
}

static void plan_decide(wz_plan *plan, const wz_snapshot *snapshot, const wz_standing *standing)
{
    const wz_update  *goal = wz_order_goal(standing->catalogue, plan->target);
    wz_version        version = { 0 };
    wz_target_verdict verdict = { 0 };
    wz_order          order;

    (void)wz_system_version(snapshot, &version);
    if (wz_order_is_reached(standing, plan->target, goal, version)) {
        plan_say_reached(plan, version, goal);
        return;
    }
    wz_target_assess(snapshot, standing->catalogue, plan->target, &verdict);
    if (!verdict.allowed || goal == NULL) {
        plan->state = WZ_PLAN_NOT_ALLOWED;
        wz_phrase_copy(&plan->why, &verdict.reason);
        wz_target_verdict_clear(&verdict);
        return;
    }
    wz_target_verdict_clear(&verdict);
    wz_order_fill(&order, standing, goal, wz_system_architecture(snapshot));
    if (order.not_offered != NULL || order.bad != NULL) {
        const wz_update *reason = order.bad != NULL ? order.bad : order.not_offered;
        wz_text          kb = { 0 };
        const char      *args[2];

        plan_add_kb(&kb, reason);
        args[0] = wz_text_at(&kb);
        args[1] = wz_architecture_name(wz_system_architecture(snapshot));
        plan->state = WZ_PLAN_NOT_ALLOWED;
        wz_phrase_set(&plan->why, order.bad != NULL ? IDS_LEVEL_KNOWN_BAD : IDS_LEVEL_NOT_OFFERED, 2, args);
        wz_text_clear(&kb);
    } else {
        plan->state = WZ_PLAN_READY;
        plan_add_steps(plan, &order);
    }
    wz_order_clear(&order);
}

wz_plan *wz_plan_create(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target)
{
    wz_plan    *plan = wz_new(wz_plan);
    wz_system   system = wz_system_of(snapshot);
    wz_standing standing;

    plan->target = target;
    if (!wz_system_is_supported(system)) {
        plan_say_unsupported(plan, system);
        return plan;
    }
    wz_standing_fill(&standing, snapshot, catalogue);
    plan_decide(plan, snapshot, &standing);
    wz_plan_add_omissions(plan, &standing, wz_system_architecture(snapshot));
    wz_standing_clear(&standing);
    return plan;
}

void wz_plan_free(wz_plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < plan->step_count; i++)
        wz_phrase_clear(&plan->steps[i].reason);
    for (size_t i = 0; i < plan->omission_count; i++)
        wz_phrase_clear(&plan->omissions[i].reason);
    wz_phrase_clear(&plan->why);
    free(plan->steps);
    free(plan->omissions);
    free(plan);
}

/* ---- one update ---- */

bool wz_update_in_force(const wz_update *update, const wz_snapshot *snapshot, const wz_catalogue *catalogue)
{
    size_t      index = wz_update_index(catalogue, update->kb);
    wz_standing standing;
    bool        answer;

    wz_standing_fill(&standing, snapshot, catalogue);
    answer = index < standing.count && standing.in_force[index];
    wz_standing_clear(&standing);
    return answer;
}

bool wz_update_is_pending(const wz_update *update, const wz_snapshot *snapshot, const wz_catalogue *catalogue)
{
    size_t      index = wz_update_index(catalogue, update->kb);
    wz_standing standing;
    bool        answer;

    wz_standing_fill(&standing, snapshot, catalogue);
    answer = index < standing.count && standing.pending[index] != NULL;
    wz_standing_clear(&standing);
    return answer;
}
