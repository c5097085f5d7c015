/* Going on after a restart or a crash: where the machine really is, and with which files. */
#include "core/progress.h"
#include "core/run_step.h"
#include "resource.h"

#include <string.h>

/* Restarts asked for that brought no further step in force: at the second the plan is stopped. */
#define RESTARTS_IN_VAIN 2u

/* False: the second restart without a further step in force; why is set. */
static bool count_restart(wz_run *run)
{
    wz_journal *journal = run->session->journal;

    if (journal->state != WZ_JOURNAL_RESTART)
        return true;
    journal->state = WZ_JOURNAL_OPEN;
    if (wz_run_in_force(run) > journal->in_force_at_restart)
        journal->restarts_without_progress = 0;
    else
        journal->restarts_without_progress++;
    if (journal->restarts_without_progress < RESTARTS_IN_VAIN)
        return true;
    wz_phrase_set(run->why, IDS_RUN_NO_PROGRESS, 0, NULL);
    return false;
}

static const wz_file *find_by_sha256(const wz_files *files, const char *sha256)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].is_examined && strcmp(files->items[i].sha256, sha256) == 0)
            return &files->items[i];
    return NULL;
}

/* The protected copy of step i; if that is gone or no longer the same, the same file of the media folder. */
static wz_move hold_again(wz_run *run, size_t i)
{
    const wz_journal_step *step = &run->session->journal->steps[i];
    const wz_file         *other = find_by_sha256(&run->session->files, step->sha256);
    wz_text                name = { 0 };
    wz_text                path = { 0 };
    wz_error               err = { 0 };
    wz_file                source = { 0 };
    wz_move                move = WZ_MOVE_UNSAVED;

    wz_text_add(&name, WZ_RUN_STAGED_FOLDER);
    wz_text_add(&name, step->file != NULL ? step->file : "");
    if (wz_data_path(run->platform, name.at, &path, &err) != WZ_OK) {
        wz_run_explain(run->why, &err);
    } else {
        source.path = wz_copy(path.at);
        source.name = wz_copy(step->file != NULL ? step->file : "");
        move = wz_run_stage(run, i, &source, NULL);
        if (move == WZ_MOVE_FILE && other != NULL) {
            wz_phrase_clear(run->why);
            move = wz_run_stage(run, i, other, NULL);
        }
    }
    wz_file_clear(&source);
    wz_text_clear(&name);
    wz_text_clear(&path);
    return move;
}

/* Every step of the plan as it is now must be one of the journal's, with its file. */
static wz_run_result hold_all_again(wz_run *run)
{
    const wz_plan    *plan = run->session->plan;
    const wz_journal *journal = run->session->journal;

    for (size_t p = 0; p < plan->step_count; p++) {
        size_t i = 0;

        if (plan->steps[p].is_pending)
            continue;                                  /* installed: its file is no longer needed */
        while (i < journal->step_count && journal->steps[i].kb != plan->steps[p].update->kb)
            i++;
        if (i == journal->step_count) {
            wz_run_blame(run->why, IDS_RUN_NEW_STEP, plan->steps[p].update->kb, 0, NULL);
            return WZ_RUN_FILE;
        }
        if (journal->steps[i].outcome == WZ_OUTCOME_PENDING)
            continue;
        switch (hold_again(run, i)) {
        case WZ_MOVE_NEXT:
        case WZ_MOVE_INSTALL:
        case WZ_MOVE_RESTART: break;
        case WZ_MOVE_FILE:    return WZ_RUN_FILE;
        case WZ_MOVE_SPACE:   return WZ_RUN_BLOCKED;
        case WZ_MOVE_STOPPED: wz_phrase_set(run->why, IDS_RUN_STOPPED, 0, NULL); return WZ_RUN_STOPPED;
        case WZ_MOVE_UNSAVED:
        case WZ_MOVE_FAILED:  return WZ_RUN_FAILED;
        }
    }
    return WZ_RUN_DONE;
}

/* What waited for the restart comes first: it needs no file, and tells more than a check that is blocked by it. */
static bool settle_waiting(wz_run *run, wz_run_result *result)
{
    const wz_journal *journal = run->session->journal;

    for (size_t i = 0; i < journal->step_count; i++) {
        wz_move move = journal->steps[i].outcome == WZ_OUTCOME_PENDING ? wz_run_one_step(run, i) : WZ_MOVE_NEXT;

        if (move == WZ_MOVE_RESTART) {
            *result = wz_run_due(run);
            return true;
        }
        if (move == WZ_MOVE_FAILED) {
            *result = wz_run_failed(run, WZ_JOURNAL_FAILED);
            return true;
        }
    }
    return false;
}

static wz_run_result resume_here(wz_run *run)
{
    wz_journal   *journal = run->session->journal;
    wz_run_result result;

    run->restarted = wz_journal_has_restarted(journal, run->session->snapshot);
    wz_run_note_restarts(run);
    wz_run_note_options(run);
    if (journal->state == WZ_JOURNAL_RESTART && !run->restarted) {
        wz_phrase_set(run->why, IDS_RUN_NOT_RESTARTED, 0, NULL);
        return WZ_RUN_RESTART;
    }
    wz_run_log_resumed(run);
    if (!count_restart(run))
        return wz_run_failed(run, WZ_JOURNAL_STOPPED);
    journal->boot_time_then = wz_boot_time(run->session->snapshot);
    if (!wz_run_save(run))
        return WZ_RUN_FAILED;
    if (settle_waiting(run, &result))
        return result;
    result = wz_run_may_work(run, true);
    if (result == WZ_RUN_DONE)
        result = hold_all_again(run);
    return result == WZ_RUN_DONE ? wz_run_steps(run) : result;
}

wz_run_result wz_run_resume_claimed(wz_run *run)
{
    wz_session      *session = run->session;
    wz_progress_part part;
    wz_error         err = { 0 };

    if (wz_session_adopt_journal(session, &err) != WZ_OK)
        return wz_run_error(run, &err);
    wz_progress_part_init(&part, run->progress, 0, 100, true);
    if (wz_session_probe(session, NULL, &part.inner, &err) != WZ_OK) {
        wz_phrase_set(run->why, IDS_RUN_STOPPED, 0, NULL);
        return WZ_RUN_STOPPED;
    }
    if (!wz_journal_same_machine(session->journal, session->snapshot)) {
        const char *args[] = { session->journal->computer != NULL ? session->journal->computer : "" };

        wz_phrase_set(run->why, IDS_RUN_OTHER_MACHINE, 1, args);
        return WZ_RUN_OTHER_MACHINE;
    }
    return resume_here(run);
}
