#include "core/plan_omit.h"

#include "core/plan_order.h"

#include "resource.h"

#include <stdlib.h>
#include <string.h>

typedef struct omit_work {
    wz_plan           *plan;
    const wz_standing *standing;
    const wz_update   *goal;
    unsigned          *words;       /* by index: string id of the reason, 0 = not mentioned */
    const wz_update  **args;        /* by index: the update that the reason names; NULL */
    bool              *required;    /* by index: the goal and what it requires */
} omit_work;

/* The first reason given stays: call with the stronger ones first. */
static void omit_note(omit_work *work, const wz_update *update, unsigned word, const wz_update *arg)
{
    size_t index = wz_update_index(work->standing->catalogue, update->kb);

    if (work->words[index] == 0) {
        work->words[index] = word;
        work->args[index] = arg;
    }
}

/* What the way to the goal passes, and what stands beside it. */
static void omit_requirements(omit_work *work, wz_architecture architecture)
{
    for (size_t i = 0; i < work->standing->count; i++) {
        const wz_update *update = wz_catalogue_at(work->standing->catalogue, i);

        if (!work->required[i])
            continue;
        if (work->standing->in_force[i])
            omit_note(work, update, IDS_OMIT_IN_FORCE, NULL);
        else if (update->known_bad)
            omit_note(work, update, IDS_OMIT_KNOWN_BAD, NULL);
        else if ((update->architectures & (unsigned)architecture) == 0)
            omit_note(work, update, IDS_OMIT_ARCHITECTURE, NULL);
    }
}

static void omit_targets(omit_work *work)
{
    const wz_catalogue *catalogue = work->standing->catalogue;

    for (int i = 0; i < WZ_TARGET_COUNT; i++) {
        const wz_update *other = wz_catalogue_target(catalogue, (wz_target)i);

        if (other->known_bad)
            omit_note(work, other, IDS_OMIT_KNOWN_BAD, NULL);
        else if (work->standing->in_force[wz_update_index(catalogue, other->kb)])
            omit_note(work, other, IDS_OMIT_IN_FORCE, NULL);
        else if (other->kb == work->goal->kb)
            continue;
        else if (wz_catalogue_replaces(catalogue, work->goal->kb, other->kb))
            omit_note(work, other, IDS_OMIT_CONTAINED, work->goal);
        else if (other->programme == WZ_PROGRAMME_FREE)
            omit_note(work, other, IDS_OMIT_NOT_CHOSEN, NULL);
        else
            omit_note(work, other, IDS_OMIT_NEEDS_LICENCE, NULL);
    }
}

/* The security-only update of the goal's month, and the newest preview before it. */
static void omit_siblings(omit_work *work)
{
    const wz_update *goal = work->goal;
    const wz_update *preview = NULL;

    for (size_t i = 0; i < work->standing->count; i++) {
        const wz_update *update = wz_catalogue_at(work->standing->catalogue, i);

        if (work->standing->in_force[i])
            continue;
        if (update->kind == WZ_KIND_SECURITY_ONLY && update->month != NULL && goal->month != NULL
            && strcmp(update->month, goal->month) == 0)
            omit_note(work, update, IDS_OMIT_SECURITY_ONLY, goal);
        if (update->kind == WZ_KIND_PREVIEW && update->date < goal->date
            && (preview == NULL || update->date > preview->date))
            preview = update;
    }
    if (preview != NULL)
        omit_note(work, preview, IDS_OMIT_PREVIEW, goal);
}

/* What the way to the last target passes and this one does not: often taken for a must (servicing.md 12). */
static void omit_not_needed(omit_work *work)
{
    const wz_catalogue *catalogue = work->standing->catalogue;
    bool               *later = wz_new_array(work->standing->count, bool);

    wz_order_requirements(catalogue, wz_catalogue_target(catalogue, WZ_TARGET_PA), later);
    for (size_t i = 0; i < work->standing->count; i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);

        if (!later[i] || work->required[i] || work->standing->in_force[i])
            continue;
        if (update->kind == WZ_KIND_SHA2)
            omit_note(work, update, IDS_OMIT_SHA2_NOT_NEEDED, NULL);
        if (update->kind == WZ_KIND_LICENSING)
            omit_note(work, update, IDS_OMIT_LICENSING_NOT_NEEDED, NULL);
    }
    free(later);
}

static void omit_write(omit_work *work)
{
    wz_plan *plan = work->plan;
    size_t   count = 0;

    for (size_t i = 0; i < plan->step_count; i++)
        work->words[wz_update_index(work->standing->catalogue, plan->steps[i].update->kb)] = 0;
    for (size_t i = 0; i < work->standing->count; i++)
        count += work->words[i] != 0;
    plan->omissions = wz_new_array(count, wz_omission);
    for (size_t i = 0; i < work->standing->count; i++) {
        wz_omission *omission = &plan->omissions[plan->omission_count];
        wz_text      kb = { 0 };
        const char  *args[1];

        if (work->words[i] == 0)
            continue;
        if (work->args[i] != NULL)
            wz_text_add_number(&kb, work->args[i]->kb);
        args[0] = wz_text_at(&kb);
        omission->update = wz_catalogue_at(work->standing->catalogue, i);
        wz_phrase_set(&omission->reason, work->words[i], work->args[i] != NULL ? 1 : 0, args);
        plan->omission_count++;
        wz_text_clear(&kb);
    }
}

void wz_plan_add_omissions(wz_plan *plan, const wz_standing *standing, wz_architecture architecture)
{
    const wz_update *goal = wz_order_goal(standing->catalogue, plan->target);
    omit_work        work = { .plan = plan, .standing = standing, .goal = goal };

    if (plan->state == WZ_PLAN_UNSUPPORTED || plan->state == WZ_PLAN_NOT_ALLOWED || goal == NULL)
        return;                                        /* why says it all */
    work.words = wz_new_array(standing->count, unsigned);
    work.args = wz_new_array(standing->count, const wz_update *);
    work.required = wz_new_array(standing->count, bool);
    wz_order_requirements(standing->catalogue, goal, work.required);
    omit_requirements(&work, architecture);
    omit_targets(&work);
    omit_siblings(&work);
    omit_not_needed(&work);
    omit_write(&work);
    free(work.words);
    free(work.args);
    free(work.required);
}
