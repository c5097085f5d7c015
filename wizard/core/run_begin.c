/* The beginning of a run: may it work, older journals, the protected copies, the first journal. */
#include "core/progress.h"
#include "core/run_step.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

#define SITE_COPY_NAME "catalogue.xml"

static bool is_elevated(const wz_snapshot *snapshot)
{
    return snapshot->facts[WZ_FACT_ADMINISTRATOR].state != WZ_FACT_KNOWN ||
           wz_snapshot_flag(snapshot, WZ_FACT_ADMINISTRATOR);
}

/* Checks that are blocked; for a run that goes on, a pending restart is the run's own business. */
static const wz_check *blocked_check(const wz_session *session, bool goes_on)
{
    for (size_t i = 0; i < WZ_CHECK_COUNT; i++)
        if (session->checks.items[i].verdict == WZ_VERDICT_BLOCKED && !(goes_on && i == WZ_CHECK_PENDING_RESTART))
            return &session->checks.items[i];
    return NULL;
}

wz_run_result wz_run_may_work(wz_run *run, bool goes_on)
{
    const wz_session *session = run->session;
    const wz_check   *check;

    if (session->opened_from != NULL || session->plan == NULL)
        return wz_run_blocked(run, IDS_RUN_READ_ONLY);
    if (session->plan->state == WZ_PLAN_NOT_ALLOWED || session->plan->state == WZ_PLAN_UNSUPPORTED) {
        wz_phrase_copy(run->why, &session->plan->why);
        return WZ_RUN_BLOCKED;
    }
    if (session->plan->state == WZ_PLAN_NOTHING)
        return goes_on ? WZ_RUN_DONE : wz_run_blocked(run, IDS_RUN_NOTHING);
    check = blocked_check(session, goes_on);
    if (check != NULL) {
        wz_phrase_copy(run->why, &check->evidence);
        return WZ_RUN_BLOCKED;
    }
    return is_elevated(session->snapshot) ? WZ_RUN_DONE : wz_run_blocked(run, IDS_RUN_RIGHTS);
}

wz_run_result wz_run_check_matches(wz_run *run)
{
    const wz_session *session = run->session;

    for (size_t i = 0; i < session->plan->step_count; i++) {
        const wz_match *match = i < session->matches.count ? &session->matches.items[i] : NULL;
        unsigned        kb = session->plan->steps[i].update->kb;

        if (match != NULL && wz_file_is_accepted(match->verdict))
            continue;
        if (match == NULL || match->file == NULL) {
            wz_run_blame(run->why, IDS_RUN_FILE_MISSING, kb, 0, NULL);
        } else {
            const char *args[] = { match->file->name };

            wz_run_blame(run->why, IDS_RUN_FILE_REFUSED, kb, 1, args);
        }
        return WZ_RUN_FILE;
    }
    return WZ_RUN_DONE;
}

static wz_journal *make_journal(const wz_run *run)
{
    const wz_session *session = run->session;
    wz_journal       *journal = wz_journal_create();

    journal->state = WZ_JOURNAL_OPEN;
    journal->machine_id = wz_copy(wz_snapshot_text(session->snapshot, WZ_FACT_MACHINE_ID));
    journal->computer = wz_copy(wz_snapshot_text(session->snapshot, WZ_FACT_COMPUTER_NAME));
    journal->target = session->target;
    if (!wz_catalogue_is_built_in(session->catalogue))
        journal->catalogue = wz_copy(wz_catalogue_name(session->catalogue));
    if (strlen(wz_catalogue_sha256(session->catalogue)) == 64)
        memcpy(journal->catalogue_sha256, wz_catalogue_sha256(session->catalogue), 65);
    journal->begun = run->platform->now(run->platform->context);
    journal->boot_time_then = wz_boot_time(session->snapshot);
    journal->ticket = wz_copy(session->ticket);
    journal->technician = wz_copy(session->technician);
    journal->customer = wz_copy(session->customer);
    journal->notes = wz_copy(session->notes);
    journal->renames_note = wz_copy(wz_session_renames_note(session));
    journal->step_count = session->plan->step_count;
    journal->steps = wz_new_array(journal->step_count, wz_journal_step);
    for (size_t i = 0; i < journal->step_count; i++) {
        wz_journal_step *step = &journal->steps[i];
        const wz_match  *match = &session->matches.items[i];

        step->kb = session->plan->steps[i].update->kb;
        step->rule = wz_copy(wz_file_verdict_name(match->verdict));
        if (session->plan->steps[i].is_pending)
            step->outcome = WZ_OUTCOME_PENDING;        /* by somebody else, before us: only the restart is missing */
        if (match->file == NULL)
            continue;
        step->file = wz_copy(match->file->name);
        memcpy(step->sha256, match->file->sha256, sizeof step->sha256);
    }
    return journal;
}

static wz_status keep_site_catalogue(wz_run *run, wz_error *err)
{
    const wz_platform *platform = run->platform;
    const wz_text     *bytes = &run->session->site_catalogue;
    wz_text            path = { 0 };
    wz_status          status = wz_data_path(platform, SITE_COPY_NAME, &path, err);

    if (status == WZ_OK && run->session->journal->catalogue != NULL)
        status = platform->write_file(platform->context, path.at, (wz_view){ wz_text_at(bytes), bytes->length }, err);
    else if (status == WZ_OK)
        status = platform->remove_file(platform->context, path.at, err);
    wz_text_clear(&path);
    return status;
}

/* An older journal is moved aside, a broken one kept as it is; then the session has none. */
static wz_status clear_the_way(wz_run *run, wz_error *err)
{
    wz_session *session = run->session;
    wz_status   status = WZ_OK;

    if (session->journal != NULL)
        status = wz_journal_archive(run->platform, session->journal, err);
    else if (session->journal_error.status != WZ_OK)
        status = wz_journal_archive_broken(run->platform, err);
    if (status != WZ_OK)
        return status;
    wz_session_forget_journal(session);
    return WZ_OK;
}

static void note_option(char **noted, const char *option)
{
    if (option == NULL)
        return;
    free(*noted);
    *noted = wz_copy(option);
}

void wz_run_note_options(wz_run *run)
{
    wz_journal *journal = run->session->journal;

    journal->unattended = run->options->unattended;
    journal->restart_allowed = run->options->restart_allowed;
    note_option(&journal->log, run->options->log);
    note_option(&journal->report, run->options->report);
    note_option(&journal->language, run->options->language);
    note_option(&journal->report_language, run->options->report_language);
}

/* The restarts as planned now: later plans no longer name a step that has been done. */
void wz_run_note_restarts(wz_run *run)
{
    const wz_journal *journal = run->session->journal;
    const wz_plan    *plan = run->session->plan;

    run->staged = wz_new_array(journal->step_count, wz_file);
    run->restart_after = wz_new_array(journal->step_count, bool);
    for (size_t i = 0; i < journal->step_count; i++)
        for (size_t p = 0; p < plan->step_count; p++)
            if (plan->steps[p].update->kb == journal->steps[i].kb)
                run->restart_after[i] = plan->steps[p].restart_after;
}

/* The machine as it is now, again: the one in the session goes on changing. */
static wz_status copy_before(wz_run *run, wz_error *err)
{
    wz_session *session = run->session;
    wz_view     schema = run->platform->resource(run->platform->context, WZ_RESOURCE_SNAPSHOT_SCHEMA);
    wz_text     bytes = { 0 };
    wz_status   status;

    wz_snapshot_write(session->snapshot, &bytes);
    status = wz_snapshot_read("before.xml", (wz_view){ wz_text_at(&bytes), bytes.length }, schema,
                              &session->journal->before, err);
    wz_text_clear(&bytes);
    session->before = session->journal->before;
    return status;
}

/* The copies lie side by side until the end; the updates are unpacked one after the other. */
static bool has_space_for_all(const wz_run *run)
{
    const wz_session *session = run->session;
    uint64_t          copies = 0;
    uint64_t          largest = 0;

    for (size_t i = 0; i < session->journal->step_count; i++) {
        const wz_file *file = session->matches.items[i].file;

        if (session->journal->steps[i].outcome == WZ_OUTCOME_PENDING || file == NULL)
            continue;
        copies += file->bytes;
        if (file->bytes > largest)
            largest = file->bytes;
    }
    return wz_run_has_space(run, copies, largest, 0);
}

static wz_run_result stage_all(wz_run *run)
{
    const wz_session *session = run->session;
    size_t            count = session->journal->step_count;

    if (!has_space_for_all(run))
        return WZ_RUN_BLOCKED;
    for (size_t i = 0; i < count; i++) {
        const wz_file   *file = session->matches.items[i].file;
        wz_progress_part part;

        if (session->journal->steps[i].outcome == WZ_OUTCOME_PENDING)
            continue;                                  /* needs no file */
        wz_progress_part_init(&part, run->progress, (unsigned)(100 * i / count), (unsigned)(100 * (i + 1) / count),
                              true);
        wz_progress_report(&part.inner, IDS_DOING_STAGE, file->name, 0);
        switch (wz_progress_cancelled(run->progress) ? WZ_MOVE_STOPPED : wz_run_stage(run, i, file, &part.inner)) {
        case WZ_MOVE_NEXT:
        case WZ_MOVE_INSTALL:
        case WZ_MOVE_RESTART: break;
        case WZ_MOVE_STOPPED: wz_phrase_set(run->why, IDS_RUN_STOPPED, 0, NULL); return WZ_RUN_STOPPED;
        case WZ_MOVE_FILE:    return WZ_RUN_FILE;
        case WZ_MOVE_SPACE:   return WZ_RUN_BLOCKED;
        case WZ_MOVE_UNSAVED:
        case WZ_MOVE_FAILED:  return WZ_RUN_FAILED;
        }
    }
    return WZ_RUN_DONE;
}

static void drop_journal(wz_session *session)
{
    session->before = NULL;
    wz_journal_free(session->journal);
    session->journal = NULL;
}

wz_run_result wz_run_begin_claimed(wz_run *run)
{
    wz_session   *session = run->session;
    wz_error      err = { 0 };
    wz_run_result result;

    if (clear_the_way(run, &err) != WZ_OK)
        return wz_run_error(run, &err);
    session->journal = make_journal(run);
    wz_run_note_options(run);
    wz_run_note_restarts(run);
    result = stage_all(run);
    if (result == WZ_RUN_DONE &&
        (copy_before(run, &err) != WZ_OK || wz_journal_save_before(run->platform, session->journal, &err) != WZ_OK ||
         keep_site_catalogue(run, &err) != WZ_OK))
        result = wz_run_error(run, &err);
    if (result == WZ_RUN_DONE && !wz_run_save(run))
        result = WZ_RUN_FAILED;
    if (result != WZ_RUN_DONE) {
        drop_journal(session);                         /* none was written: nothing was begun */
        return result;
    }
    wz_run_log_begun(run);
    return wz_run_steps(run);
}
