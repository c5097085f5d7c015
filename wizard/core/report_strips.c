/* See report_parts.h: the steps of the plan, and of what was done, as a figure. */
#include "core/report_parts.h"

#include "resource.h"

#include <stdlib.h>

const char *wz_outcome_verdict(wz_outcome outcome)
{
    switch (outcome) {
    case WZ_OUTCOME_INSTALLED:
    case WZ_OUTCOME_ALREADY:        return wz_verdict_name(WZ_VERDICT_READY);
    case WZ_OUTCOME_PENDING:
    case WZ_OUTCOME_NOT_APPLICABLE: return wz_verdict_name(WZ_VERDICT_ACTION);
    case WZ_OUTCOME_FAILED:
    case WZ_OUTCOME_ROLLED_BACK:    return wz_verdict_name(WZ_VERDICT_BLOCKED);
    case WZ_OUTCOME_BEGUN:          return wz_verdict_name(WZ_VERDICT_UNKNOWN);
    case WZ_OUTCOME_NONE:           break;
    }
    return NULL;
}

wz_figure *wz_report_plan_strip(const wz_maker *maker, const wz_plan *plan)
{
    wz_strip_step *steps = wz_new_array(plan->step_count, wz_strip_step);
    wz_figure     *figure;

    for (size_t i = 0; i < plan->step_count; i++)
        steps[i] = (wz_strip_step){ plan->steps[i].update->kb,
                                    wz_word(maker->words, wz_kind_word(plan->steps[i].update->kind)),
                                    WZ_BORDER_THIN, plan->steps[i].restart_after };
    figure = wz_figure_strip(steps, plan->step_count, wz_word(maker->words, IDS_DOC_RESTART));
    free(steps);
    return figure;
}

static bool restarts_after(const wz_plan *plan, unsigned kb)
{
    for (size_t i = 0; plan != NULL && i < plan->step_count; i++)
        if (plan->steps[i].update->kb == kb)
            return plan->steps[i].restart_after;
    return false;
}

/* After this one Windows was restarted, or would have been: what comes behind a failure had no turn. */
static bool has_gone_on(wz_outcome outcome)
{
    return outcome == WZ_OUTCOME_INSTALLED || outcome == WZ_OUTCOME_ALREADY || outcome == WZ_OUTCOME_PENDING
        || outcome == WZ_OUTCOME_ROLLED_BACK;
}

/*
 * The journal counts its restarts and does not say where they were. The plan does, and the same plan follows from the
 * machine as it was before: the first of its restarts, as many as the journal counts, up to where it failed.
 */
wz_figure *wz_report_results_strip(const wz_maker *maker, const wz_journal *journal)
{
    const wz_catalogue *catalogue = maker->session->catalogue;
    bool                is_known = maker->before != NULL && catalogue != NULL;
    wz_plan            *plan = is_known ? wz_plan_create(maker->before, catalogue, journal->target) : NULL;
    wz_strip_step      *steps = wz_new_array(journal->step_count, wz_strip_step);
    unsigned            restarts = journal->restarts;
    wz_figure          *figure;

    for (size_t i = 0; i < journal->step_count; i++) {
        const wz_journal_step *step = &journal->steps[i];

        if (!has_gone_on(step->outcome))
            restarts = 0;
        steps[i] = (wz_strip_step){ step->kb, wz_word(maker->words, wz_outcome_word(step->outcome)),
                                    wz_border_of(wz_outcome_verdict(step->outcome)),
                                    restarts > 0 && restarts_after(plan, step->kb) };
        if (steps[i].restart_after)
            restarts--;
    }
    figure = wz_figure_strip(steps, journal->step_count, wz_word(maker->words, IDS_DOC_RESTART));
    free(steps);
    wz_plan_free(plan);
    return figure;
}
