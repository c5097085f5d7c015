/* The pieces of work that pages put on the worker. They see a wz_work and nothing else of the wizard. */
#include "ui/wizard.h"

#include <stdlib.h>

#include "core/recovery.h"
#include "core/report.h"
#include "core/shopping.h"
#include "core/support_state.h"

void wz_work_look(wz_job *job, void *argument)
{
    wz_work *work = argument;

    (void)job;
    work->status = wz_session_load_catalogue(work->session, work->catalogue, &work->error);
    if (work->status == WZ_OK)
        wz_session_find_journal(work->session);
}

void wz_work_assess(wz_job *job, void *argument)
{
    wz_work *work = argument;
    wz_support support;

    wz_work_look(job, work);
    if (work->status == WZ_OK && work->path != NULL && wz_support_decode(work->path, &support, NULL)) {
        wz_session_open_code(work->session, &support);
        return;
    }
    if (work->status == WZ_OK)
        work->status = wz_session_probe(work->session, work->path, wz_job_progress(job), &work->error);
    if (work->status == WZ_OK && work->has_target)
        wz_session_set_target(work->session, work->target);
}

void wz_work_again(wz_job *job, void *argument)
{
    wz_work *work = argument;

    work->status = wz_session_probe(work->session, NULL, wz_job_progress(job), &work->error);
}

void wz_work_target(wz_job *job, void *argument)
{
    wz_work *work = argument;

    (void)job;
    wz_session_set_target(work->session, work->target);
    work->status = WZ_OK;
}

void wz_work_verify(wz_job *job, void *argument)
{
    wz_work *work = argument;

    work->status = wz_session_set_media(work->session, work->path, wz_job_progress(job), &work->error);
}

void wz_work_scan(wz_job *job, void *argument)
{
    wz_work *work = argument;

    work->status = wz_session_scan(work->session, work->path, wz_job_progress(job), &work->error);
}

void wz_work_scan_list(wz_job *job, void *argument)
{
    wz_work *work = argument;
    const wz_platform *platform = work->session->platform;
    wz_text table = { 0 };

    (void)job;
    wz_scan_result_csv(&work->session->scan, &table);
    work->status = platform->write_file(platform->context, work->path, (wz_view){ table.at, table.length },
                                        &work->error);
    wz_text_clear(&table);
}

static void log_line(void *context, const wz_phrase *line)
{
    wz_job_log(context, line);
}

static wz_run_watch watch_of(wz_job *job)
{
    return (wz_run_watch){ .progress = *wz_job_progress(job), .log = log_line, .context = job };
}

void wz_work_begin(wz_job *job, void *argument)
{
    wz_work *work = argument;
    wz_run_watch watch = watch_of(job);

    work->result = wz_run_begin(work->session, &work->run, &watch, &work->why);
}

void wz_work_begin_here(wz_job *job, void *argument)
{
    wz_work *work = argument;

    wz_work_look(job, work);
    if (work->status == WZ_OK)
        work->status = wz_session_probe(work->session, NULL, NULL, &work->error);
    if (work->status == WZ_OK) {
        wz_session_set_target(work->session, work->target);
        work->status = wz_session_set_media(work->session, work->path, NULL, &work->error);
    }
    if (work->status == WZ_OK)
        wz_work_begin(job, work);
}

void wz_work_resume(wz_job *job, void *argument)
{
    wz_work *work = argument;
    wz_run_watch watch = watch_of(job);

    wz_work_look(job, work);
    if (work->status != WZ_OK)
        return;
    const wz_journal *journal = work->session->journal;
    if (work->session->journal_error.status != WZ_OK) {
        work->error = work->session->journal_error;
        work->status = work->error.status;
    } else if (journal == NULL || !wz_journal_is_open(journal)) {
        work->status = WZ_E_NOT_FOUND;
    } else {
        work->result = wz_run_resume(work->session, &work->run, &watch, &work->why);
    }
}

void wz_work_restart(wz_job *job, void *argument)
{
    wz_work *work = argument;

    (void)job;
    work->status = wz_run_restart(work->session, &work->error);
}

void wz_work_report(wz_job *job, void *argument)
{
    wz_work *work = argument;

    (void)job;
    wz_session_keep_visit(work->session, NULL);        /* who may not write there has the report all the same */
    work->status = wz_report_save(work->session, work->report_words, work->path, &work->error);
}

void wz_work_shopping(wz_job *job, void *argument)
{
    wz_work *work = argument;

    (void)job;
    work->status = wz_shopping_save(work->session, work->words, work->path, &work->error);
}

void wz_work_card(wz_job *job, void *argument)
{
    wz_work *work = argument;

    (void)job;
    work->status = wz_recovery_save(work->session, work->report_words, work->path, &work->error);
}
