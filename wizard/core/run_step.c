#include "core/run_step.h"

#include "core/progress.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the machine says ---- */

bool wz_run_is_in_force(const wz_run *run, size_t i)
{
    const wz_update *update = wz_catalogue_find(run->session->catalogue, run->session->journal->steps[i].kb);

    return update != NULL && wz_update_in_force(update, run->session->snapshot, run->session->catalogue);
}

static bool is_waiting(const wz_run *run, size_t i)
{
    const wz_update *update = wz_catalogue_find(run->session->catalogue, run->session->journal->steps[i].kb);

    return update != NULL && wz_update_is_pending(update, run->session->snapshot, run->session->catalogue);
}

size_t wz_run_in_force(const wz_run *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->session->journal->step_count; i++)
        count += wz_run_is_in_force(run, i);
    return count;
}

static wz_time now_of(const wz_run *run)
{
    return run->platform->now(run->platform->context);
}

static void set_outcome(wz_run *run, size_t i, wz_outcome outcome)
{
    wz_journal_step *step = &run->session->journal->steps[i];

    step->outcome = outcome;
    if (step->ended == 0 && outcome != WZ_OUTCOME_NONE && outcome != WZ_OUTCOME_BEGUN)
        step->ended = now_of(run);
}

static wz_move interrupted(wz_run *run, size_t i, bool signs)
{
    wz_journal_step *step = &run->session->journal->steps[i];

    if (!run->restarted && signs) {
        set_outcome(run, i, WZ_OUTCOME_PENDING);
        return WZ_MOVE_RESTART;
    }
    if (step->attempts >= WZ_RUN_ATTEMPTS) {
        set_outcome(run, i, WZ_OUTCOME_FAILED);
        wz_run_blame(run->why, IDS_RUN_INTERRUPTED, step->kb, 0, NULL);
        return WZ_MOVE_FAILED;
    }
    step->outcome = WZ_OUTCOME_NONE;
    return WZ_MOVE_INSTALL;
}

wz_move wz_run_reconcile(wz_run *run, size_t i)
{
    wz_journal_step *step = &run->session->journal->steps[i];
    bool             signs = wz_system_restart_pending(run->session->snapshot);

    if (wz_run_is_in_force(run, i)) {
        if (step->outcome == WZ_OUTCOME_NONE)
            set_outcome(run, i, step->attempts > 0 ? WZ_OUTCOME_INSTALLED : WZ_OUTCOME_ALREADY);
        else if (step->outcome == WZ_OUTCOME_BEGUN || step->outcome == WZ_OUTCOME_PENDING)
            set_outcome(run, i, WZ_OUTCOME_INSTALLED);
        return WZ_MOVE_NEXT;
    }
    if (is_waiting(run, i)) {
        set_outcome(run, i, WZ_OUTCOME_PENDING);
        return run->restart_after[i] ? WZ_MOVE_RESTART : WZ_MOVE_NEXT;
    }
    switch (step->outcome) {
    case WZ_OUTCOME_PENDING:
        if (!run->restarted || signs)
            return WZ_MOVE_RESTART;
        break;
    case WZ_OUTCOME_BEGUN:
        return interrupted(run, i, signs);
    case WZ_OUTCOME_NONE:
        return WZ_MOVE_INSTALL;
    case WZ_OUTCOME_INSTALLED:
    case WZ_OUTCOME_ALREADY:               /* was in force once and is no more: as if rolled back */
    case WZ_OUTCOME_NOT_APPLICABLE:
    case WZ_OUTCOME_FAILED:
    case WZ_OUTCOME_ROLLED_BACK:
        break;
    }
    set_outcome(run, i, WZ_OUTCOME_ROLLED_BACK);
    wz_run_blame(run->why, IDS_RUN_ROLLED_BACK, step->kb, 0, NULL);
    wz_run_log(run, IDS_LOG_ROLLED_BACK, step->kb, 0, NULL);
    return WZ_MOVE_FAILED;
}

/* ---- the file ---- */

static wz_move refuse_file(wz_run *run, size_t i, unsigned id)
{
    const wz_journal_step *step = &run->session->journal->steps[i];
    const char            *args[] = { step->file != NULL ? step->file : "" };

    wz_run_blame(run->why, id, step->kb, 1, args);
    wz_run_log(run, IDS_LOG_FILE_REFUSED, step->kb, 1, args);
    return WZ_MOVE_FILE;
}

static bool is_the_file(const wz_file *file, const wz_journal_step *step)
{
    return file->is_examined && file->error.status == WZ_OK && step->sha256[0] != '\0' &&
           strcmp(file->sha256, step->sha256) == 0;
}

wz_move wz_run_stage(wz_run *run, size_t i, const wz_file *source, const wz_progress *progress)
{
    wz_file   copy = { 0 };
    wz_error  err = { 0 };
    wz_status status = run->platform->stage(run->platform->context, source, &copy, progress, &err);

    if (status == WZ_E_CANCELLED)
        return WZ_MOVE_STOPPED;
    if (status == WZ_E_NOT_FOUND)
        return refuse_file(run, i, IDS_RUN_FILE_MISSING);
    if (status != WZ_OK) {
        wz_run_explain(run->why, &err);
        return WZ_MOVE_UNSAVED;
    }
    if (!is_the_file(&copy, &run->session->journal->steps[i])) {
        wz_file_clear(&copy);
        return refuse_file(run, i, IDS_RUN_FILE_CHANGED);
    }
    wz_file_clear(&run->staged[i]);
    run->staged[i] = copy;
    return WZ_MOVE_NEXT;
}

/* Immediately before it is run: the bytes on the disk, not what was found out about them earlier. */
static wz_move verify_again(wz_run *run, size_t i, const wz_progress *progress)
{
    const wz_file *staged = &run->staged[i];
    wz_file        fresh = { 0 };
    wz_status      status;
    bool           is_good;

    if (staged->path == NULL)
        return refuse_file(run, i, IDS_RUN_FILE_MISSING);
    fresh.path = wz_copy(staged->path);
    fresh.name = wz_copy(staged->name);
    fresh.bytes = staged->bytes;
    fresh.only_hashes = true;                          /* the hash says that it is the file that was judged */
    status = run->platform->examine(run->platform->context, &fresh, progress);
    is_good = is_the_file(&fresh, &run->session->journal->steps[i]);
    wz_file_clear(&fresh);
    if (status != WZ_OK)
        return WZ_MOVE_STOPPED;
    return is_good ? WZ_MOVE_NEXT : refuse_file(run, i, IDS_RUN_FILE_CHANGED);
}

/* ---- the installation ---- */

static void probe_again(wz_run *run, size_t i)
{
    unsigned         end = wz_run_position(run, i + 1);
    unsigned         begin = wz_run_position(run, i);
    wz_progress_part part;
    wz_error         err = { 0 };

    /* Not to be cancelled: what was just installed must be seen. */
    wz_progress_part_init(&part, run->progress, begin + (end - begin) * 8 / 10, end, false);
    if (wz_session_probe(run->session, NULL, &part.inner, &err) != WZ_OK)
        wz_run_log(run, IDS_LOG_NO_PROBE, run->session->journal->steps[i].kb, 0, NULL);
}

static void add_code(wz_text *out, uint32_t code)
{
    wz_text_add_number(out, code);
    wz_text_add(out, " (0x");
    wz_text_add_hex(out, code, 8);
    wz_text_add(out, ")");
}

static wz_move step_failed(wz_run *run, size_t i, wz_outcome outcome, unsigned id)
{
    wz_journal_step *step = &run->session->journal->steps[i];
    wz_text          code = { 0 };
    const char      *args[1];

    set_outcome(run, i, outcome);
    add_code(&code, step->code);
    args[0] = wz_text_at(&code);
    wz_run_blame(run->why, id, step->kb, 1, args);
    wz_text_clear(&code);
    return WZ_MOVE_FAILED;
}

static wz_move step_waits(wz_run *run, size_t i)
{
    set_outcome(run, i, WZ_OUTCOME_PENDING);
    return run->restart_after[i] ? WZ_MOVE_RESTART : WZ_MOVE_NEXT;
}

/* By its code alone: finished, but for the restart that it always needs or asks for. */
static bool is_done_but_for_restart(const wz_run *run, size_t i)
{
    const wz_journal_step *step = &run->session->journal->steps[i];
    const wz_update       *update = wz_catalogue_find(run->session->catalogue, step->kb);
    wz_code_meaning        meaning = wz_code_treat(step->code);

    return meaning == WZ_CODE_RESTART || (meaning == WZ_CODE_OK && update != NULL && update->restart == WZ_RESTART_YES);
}

/* The table of run.h, from "by the code" on. had_restart_first: this code came before, and the restart was made. */
static wz_move judge(wz_run *run, size_t i, bool started, bool had_restart_first)
{
    wz_journal_step *step = &run->session->journal->steps[i];
    wz_code_meaning  meaning = wz_code_treat(step->code);
    bool             signs = wz_system_restart_pending(run->session->snapshot);

    if (wz_run_is_in_force(run, i)) {
        set_outcome(run, i, started && meaning == WZ_CODE_ALREADY ? WZ_OUTCOME_ALREADY : WZ_OUTCOME_INSTALLED);
        return run->restart_after[i] ? WZ_MOVE_RESTART : WZ_MOVE_NEXT;
    }
    if (is_waiting(run, i))
        return step_waits(run, i);
    if (!started)
        return step_failed(run, i, WZ_OUTCOME_FAILED, IDS_RUN_NOT_STARTED);
    switch (meaning) {
    case WZ_CODE_OK:
    case WZ_CODE_RESTART:
    case WZ_CODE_ALREADY:
        if (signs || is_done_but_for_restart(run, i))
            return step_waits(run, i);
        return step_failed(run, i, WZ_OUTCOME_FAILED, IDS_RUN_NOT_IN_FORCE);
    case WZ_CODE_RESTART_FIRST:
        if (had_restart_first)
            return step_failed(run, i, WZ_OUTCOME_FAILED, IDS_RUN_STEP_FAILED);
        step->outcome = WZ_OUTCOME_NONE;
        return WZ_MOVE_RESTART;
    case WZ_CODE_NOT_APPLICABLE:
        return step_failed(run, i, WZ_OUTCOME_NOT_APPLICABLE, IDS_RUN_NOT_APPLICABLE);
    case WZ_CODE_RETRY:
    case WZ_CODE_FAILED:
        break;
    }
    return step_failed(run, i, WZ_OUTCOME_FAILED, IDS_RUN_STEP_FAILED);
}

/* Runs the installer; again after a pause as long as the service is busy. */
static void run_installer(wz_run *run, size_t i, wz_install_result *result)
{
    for (unsigned retry = 0;; retry++) {
        *result = (wz_install_result){ 0 };
        run->platform->install(run->platform->context, &run->staged[i], result);
        if (!result->started || wz_code_treat(result->code) != WZ_CODE_RETRY || retry >= WZ_RUN_RETRIES ||
            wz_progress_cancelled(run->progress))
            return;
        wz_run_log(run, IDS_LOG_RETRY, run->session->journal->steps[i].kb, 0, NULL);
        run->platform->pause(run->platform->context, WZ_RUN_RETRY_MS);
    }
}

static void log_result(const wz_run *run, size_t i, const wz_install_result *result)
{
    wz_text     code = { 0 };
    wz_text     seconds = { 0 };
    const char *args[2];

    add_code(&code, result->code);
    wz_text_add_number(&seconds, result->seconds);
    args[0] = wz_text_at(&code);
    args[1] = wz_text_at(&seconds);
    wz_run_log(run, result->started ? IDS_LOG_ENDED : IDS_LOG_NOT_STARTED, run->session->journal->steps[i].kb, 2, args);
    wz_text_clear(&code);
    wz_text_clear(&seconds);
}

static wz_move install_and_judge(wz_run *run, size_t i)
{
    wz_journal_step  *step = &run->session->journal->steps[i];
    wz_journal_step   before = *step;
    bool              had_restart_first = step->has_code && wz_code_treat(step->code) == WZ_CODE_RESTART_FIRST;
    wz_install_result result = { 0 };

    step->outcome = WZ_OUTCOME_BEGUN;
    step->attempts++;
    step->begun = now_of(run);
    step->ended = 0;
    step->has_code = false;
    if (!wz_run_save(run)) {
        *step = before;                                /* nothing was begun */
        return WZ_MOVE_UNSAVED;
    }
    wz_run_log(run, IDS_LOG_BEGIN, step->kb, 0, NULL);
    run_installer(run, i, &result);
    step->code = result.code;
    step->has_code = true;
    step->ended = now_of(run);
    log_result(run, i, &result);
    /* Should the power fail now: "pending" where the installer says it is done, else still "begun" and the probe
       decides. */
    if (result.started && is_done_but_for_restart(run, i))
        step->outcome = WZ_OUTCOME_PENDING;
    if (!wz_run_save(run))
        return WZ_MOVE_UNSAVED;
    probe_again(run, i);
    return judge(run, i, result.started, had_restart_first);
}

static unsigned outcome_line(wz_outcome outcome)
{
    switch (outcome) {
    case WZ_OUTCOME_INSTALLED:
    case WZ_OUTCOME_ALREADY:        return IDS_LOG_IN_FORCE;
    case WZ_OUTCOME_PENDING:        return IDS_LOG_WAITS;
    case WZ_OUTCOME_NONE:           return IDS_LOG_RESTART_FIRST;
    case WZ_OUTCOME_BEGUN:
    case WZ_OUTCOME_NOT_APPLICABLE:
    case WZ_OUTCOME_FAILED:
    case WZ_OUTCOME_ROLLED_BACK:    break;
    }
    return IDS_LOG_NOT_IN_FORCE;
}

wz_move wz_run_install(wz_run *run, size_t i)
{
    wz_journal_step *step = &run->session->journal->steps[i];
    unsigned         from = wz_run_position(run, i);
    unsigned         to = wz_run_position(run, i + 1);
    wz_text          name = { 0 };
    wz_progress_part part;
    wz_move          move;

    wz_run_add_kb(&name, step->kb);
    wz_progress_report(run->progress, IDS_DOING_VERIFY, wz_text_at(&name), from);
    wz_progress_part_init(&part, run->progress, from, from + (to - from) / 10, true);
    move = verify_again(run, i, &part.inner);
    if (move == WZ_MOVE_NEXT && !wz_run_has_space(run, 0, run->staged[i].bytes, step->kb))
        move = WZ_MOVE_SPACE;
    if (move == WZ_MOVE_NEXT) {
        wz_progress_report(run->progress, IDS_DOING_INSTALL, wz_text_at(&name), from + (to - from) / 10);
        move = install_and_judge(run, i);
        if (move != WZ_MOVE_UNSAVED)
            wz_run_log(run, outcome_line(step->outcome), step->kb, 0, NULL);
    }
    wz_text_clear(&name);
    return move;
}
