#include "core/run.h"

#include "core/progress.h"
#include "core/run_step.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

/* ---- ends ---- */

wz_run_result wz_run_blocked(wz_run *run, unsigned id)
{
    wz_phrase_set(run->why, id, 0, NULL);
    return WZ_RUN_BLOCKED;
}

wz_run_result wz_run_error(wz_run *run, const wz_error *err)
{
    wz_run_explain(run->why, err);
    return WZ_RUN_FAILED;
}

/* The run is over, for good or ill: the journal says so, and nothing starts by itself any more. */
static bool run_close(wz_run *run, wz_journal_state state)
{
    wz_journal *journal = run->session->journal;

    journal->state = state;
    journal->ended = run->platform->now(run->platform->context);
    if (!wz_run_save(run)) {
        journal->state = WZ_JOURNAL_OPEN;              /* what the file still says */
        return false;
    }
    run->platform->cancel_resume(run->platform->context);
    return true;
}

wz_run_result wz_run_failed(wz_run *run, wz_journal_state state)
{
    wz_phrase why = { 0 };

    wz_phrase_copy(&why, run->why);                    /* the first cause, not that it could not be noted as well */
    run_close(run, state);
    wz_phrase_copy(run->why, &why);
    wz_phrase_clear(&why);
    return WZ_RUN_FAILED;
}

static void remove_copies(wz_run *run)
{
    const wz_journal *journal = run->session->journal;

    run->platform->unstage(run->platform->context);
    for (size_t i = 0; i < journal->step_count; i++) {
        wz_text name = { 0 };
        wz_text path = { 0 };

        wz_text_add(&name, WZ_RUN_STAGED_FOLDER);
        wz_text_add(&name, journal->steps[i].file != NULL ? journal->steps[i].file : "");
        if (journal->steps[i].file != NULL && wz_data_path(run->platform, name.at, &path, NULL) == WZ_OK)
            run->platform->remove_file(run->platform->context, path.at, NULL);   /* what stays only takes up room */
        wz_text_clear(&name);
        wz_text_clear(&path);
    }
}

static wz_run_result run_done(wz_run *run)
{
    if (!run_close(run, WZ_JOURNAL_DONE))
        return WZ_RUN_FAILED;
    remove_copies(run);
    wz_progress_report(run->progress, IDS_DOING_DONE, NULL, 1000);
    return WZ_RUN_DONE;
}

static const char *resume_switches(const wz_journal *journal)
{
    if (!journal->unattended)
        return "/continue";
    /* Log and report are in the journal: a RunOnce value holds no more than 260 characters. */
    return journal->restart_allowed ? "/resume /quiet /restart" : "/resume /quiet /norestart";
}

wz_run_result wz_run_due(wz_run *run)
{
    wz_journal *journal = run->session->journal;
    wz_error    err = { 0 };

    journal->state = WZ_JOURNAL_RESTART;
    journal->restarts++;
    journal->restart_asked = run->platform->now(run->platform->context);
    journal->in_force_at_restart = (unsigned)wz_run_in_force(run);
    if (!wz_run_save(run)) {
        journal->state = WZ_JOURNAL_OPEN;
        return WZ_RUN_FAILED;
    }
    /* With /norestart whoever asked for it restarts, and resumes, in their own time. */
    if ((!journal->unattended || journal->restart_allowed) &&
        run->platform->arrange_resume(run->platform->context, resume_switches(journal), &err) != WZ_OK)
        wz_run_log(run, IDS_LOG_NOT_ARRANGED, 0, 0, NULL);    /* the journal will be found all the same */
    wz_run_log(run, IDS_LOG_RESTART_DUE, 0, 0, NULL);
    wz_phrase_set(run->why, IDS_RUN_RESTART, 0, NULL);
    return WZ_RUN_RESTART;
}

/* ---- the steps ---- */

/* A prerequisite that waits for a restart is not there yet. */
static bool requires_restart(const wz_run *run, size_t i)
{
    const wz_journal *journal = run->session->journal;
    const wz_update  *update = wz_catalogue_find(run->session->catalogue, journal->steps[i].kb);

    for (size_t r = 0; update != NULL && r < update->requires_count; r++)
        for (size_t s = 0; s < journal->step_count; s++)
            if (journal->steps[s].kb == update->requires_kbs[r] && journal->steps[s].outcome == WZ_OUTCOME_PENDING)
                return true;
    return false;
}

/* A step that the plan, made anew after each probe, no longer names: in force, or not needed any more. */
static bool is_planned(const wz_run *run, size_t i)
{
    const wz_plan *plan = run->session->plan;

    for (size_t p = 0; p < plan->step_count; p++)
        if (plan->steps[p].update->kb == run->session->journal->steps[i].kb)
            return true;
    return false;
}

wz_move wz_run_one_step(wz_run *run, size_t i)
{
    wz_outcome before = run->session->journal->steps[i].outcome;
    wz_move    move;

    if (!is_planned(run, i) && !wz_run_is_in_force(run, i))
        return WZ_MOVE_NEXT;
    move = wz_run_reconcile(run, i);
    if (run->session->journal->steps[i].outcome == WZ_OUTCOME_INSTALLED && before != WZ_OUTCOME_INSTALLED)
        wz_run_log(run, IDS_LOG_IN_FORCE, run->session->journal->steps[i].kb, 0, NULL);    /* it waited for that */
    if (move != WZ_MOVE_INSTALL)
        return move;
    if (requires_restart(run, i))
        return WZ_MOVE_RESTART;
    if (wz_progress_cancelled(run->progress))
        return WZ_MOVE_STOPPED;
    return wz_run_install(run, i);
}

static bool any_waits(const wz_run *run)
{
    const wz_journal *journal = run->session->journal;

    for (size_t i = 0; i < journal->step_count; i++)
        if (journal->steps[i].outcome == WZ_OUTCOME_PENDING && is_planned(run, i))
            return true;
    return false;
}

static wz_run_result all_steps_done(wz_run *run)
{
    if (any_waits(run))
        return wz_run_due(run);
    if (run->session->plan->state == WZ_PLAN_NOTHING)
        return run_done(run);
    wz_phrase_set(run->why, IDS_RUN_NOT_REACHED, 0, NULL);
    return wz_run_failed(run, WZ_JOURNAL_FAILED);
}

wz_run_result wz_run_steps(wz_run *run)
{
    const wz_journal *journal = run->session->journal;

    for (size_t i = 0; i < journal->step_count; i++) {
        wz_outcome before = journal->steps[i].outcome;
        wz_move    move = wz_run_one_step(run, i);

        switch (move) {
        case WZ_MOVE_NEXT:
        case WZ_MOVE_INSTALL:
            if (journal->steps[i].outcome != before && !wz_run_save(run))
                return WZ_RUN_FAILED;
            break;
        case WZ_MOVE_RESTART: return wz_run_due(run);
        case WZ_MOVE_STOPPED: wz_phrase_set(run->why, IDS_RUN_STOPPED, 0, NULL); return WZ_RUN_STOPPED;
        case WZ_MOVE_FILE:    return WZ_RUN_FILE;
        case WZ_MOVE_SPACE:   return WZ_RUN_BLOCKED;
        case WZ_MOVE_UNSAVED: return WZ_RUN_FAILED;
        case WZ_MOVE_FAILED:  return wz_run_failed(run, WZ_JOURNAL_FAILED);
        }
    }
    return all_steps_done(run);
}

/* ---- entry ---- */

#define OTHER_INSTALLER 1618u             /* ERROR_INSTALL_ALREADY_RUNNING, see claim in platform.h */

static wz_run_result claim_and(wz_run_result (*work)(wz_run *), wz_run *run)
{
    const wz_platform *platform = run->platform;
    wz_error           err = { 0 };
    wz_run_result      result;

    if (platform->claim(platform->context, &err) != WZ_OK) {
        const char *args[] = { err.subject };
        bool        is_other = err.os_code == OTHER_INSTALLER;

        wz_phrase_set(run->why, is_other ? IDS_RUN_BUSY_OTHER : IDS_RUN_BUSY, is_other, args);
        return err.status == WZ_E_BUSY ? WZ_RUN_BUSY : wz_run_error(run, &err);
    }
    platform->keep_awake(platform->context, true);
    result = work(run);
    wz_run_log_ended(run, result);
    platform->unstage(platform->context);
    platform->keep_awake(platform->context, false);
    platform->release(platform->context);
    return result;
}

static void run_init(wz_run *run, wz_session *session, const wz_run_options *options, const wz_run_watch *watch,
                     wz_phrase *why)
{
    *run = (wz_run){ .session = session, .platform = session->platform, .options = options, .watch = watch };
    run->why = why;
    run->progress = watch != NULL ? &watch->progress : NULL;
    wz_phrase_clear(why);
}

static void run_clear(wz_run *run, size_t step_count)
{
    for (size_t i = 0; run->staged != NULL && i < step_count; i++)
        wz_file_clear(&run->staged[i]);
    free(run->staged);
    free(run->restart_after);
}

wz_run_result wz_run_begin(wz_session *session, const wz_run_options *options, const wz_run_watch *watch,
                           wz_phrase *why)
{
    wz_phrase     own = { 0 };
    wz_run        run;
    size_t        step_count;
    wz_run_result result;

    run_init(&run, session, options, watch, why != NULL ? why : &own);
    result = wz_run_may_work(&run, false);
    if (result == WZ_RUN_DONE)
        result = wz_run_check_matches(&run);
    step_count = session->plan != NULL ? session->plan->step_count : 0;
    if (result == WZ_RUN_DONE)
        result = claim_and(wz_run_begin_claimed, &run);
    run_clear(&run, step_count);
    wz_phrase_clear(&own);
    return result;
}

wz_run_result wz_run_resume(wz_session *session, const wz_run_options *options, const wz_run_watch *watch,
                            wz_phrase *why)
{
    wz_phrase     own = { 0 };
    wz_run        run;
    wz_run_result result;

    run_init(&run, session, options, watch, why != NULL ? why : &own);
    if (session->journal_error.status != WZ_OK)
        result = wz_run_error(&run, &session->journal_error);
    else if (!wz_journal_is_open(session->journal))
        result = wz_run_blocked(&run, IDS_RUN_NOT_OPEN);
    else
        result = claim_and(wz_run_resume_claimed, &run);
    run_clear(&run, session->journal != NULL ? session->journal->step_count : 0);
    wz_phrase_clear(&own);
    return result;
}

wz_status wz_run_restart(wz_session *session, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_status          status = WZ_OK;

    if (wz_journal_is_open(session->journal))
        status = platform->arrange_resume(platform->context, resume_switches(session->journal), err);
    return status == WZ_OK ? platform->restart(platform->context, err) : status;
}
