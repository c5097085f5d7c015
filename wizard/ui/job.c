#include "ui/job.h"

#include <process.h>
#include <stdlib.h>

struct wz_job {
    CRITICAL_SECTION lock;      /* guards doing, permille, lines, finished */
    wz_phrase    doing;
    unsigned     permille;
    wz_phrase   *lines;
    size_t       line_count, line_room;
    bool         finished;
    volatile LONG posted, stopping;
    HWND         page;
    HANDLE       thread;
    wz_job_work *work;
    void        *argument;
    wz_progress  progress;
};

static void tell(wz_job *job)
{
    if (InterlockedExchange(&job->posted, 1) == 0)
        PostMessageW(job->page, WM_WZ_NEWS, 0, 0);
}

static void report(void *context, const wz_phrase *doing, unsigned permille)
{
    wz_job *job = context;

    EnterCriticalSection(&job->lock);
    if (doing != NULL)
        wz_phrase_copy(&job->doing, doing);
    if (permille > job->permille)
        job->permille = permille;
    LeaveCriticalSection(&job->lock);
    tell(job);
}

static bool is_cancelled(void *context)
{
    wz_job *job = context;

    return InterlockedCompareExchange(&job->stopping, 0, 0) != 0;
}

static unsigned __stdcall run(void *parameter)
{
    wz_job *job = parameter;

    job->work(job, job->argument);
    EnterCriticalSection(&job->lock);
    job->finished = true;
    LeaveCriticalSection(&job->lock);
    tell(job);
    return 0;
}

wz_job *wz_job_start(HWND page, wz_job_work *work, void *argument)
{
    wz_job *job = wz_new(wz_job);

    InitializeCriticalSection(&job->lock);
    job->page = page;
    job->work = work;
    job->argument = argument;
    job->progress = (wz_progress){ report, is_cancelled, job };
    job->thread = (HANDLE)_beginthreadex(NULL, 0, run, job, 0, NULL);
    if (job->thread == NULL)                /* no thread to be had is no memory to be had */
        wz_out_of_memory();
    return job;
}

void wz_job_free(wz_job *job)
{
    if (job == NULL)
        return;
    WaitForSingleObject(job->thread, INFINITE);
    CloseHandle(job->thread);
    DeleteCriticalSection(&job->lock);
    wz_phrase_clear(&job->doing);
    for (size_t i = 0; i < job->line_count; i++)
        wz_phrase_clear(&job->lines[i]);
    free(job->lines);
    free(job);
}

const wz_progress *wz_job_progress(wz_job *job)
{
    return &job->progress;
}

void wz_job_log(wz_job *job, const wz_phrase *line)
{
    EnterCriticalSection(&job->lock);
    job->lines = wz_grow(job->lines, job->line_count, &job->line_room, sizeof *job->lines);
    job->lines[job->line_count] = (wz_phrase){ 0 };
    wz_phrase_copy(&job->lines[job->line_count++], line);
    LeaveCriticalSection(&job->lock);
    tell(job);
}

void wz_job_fetch(wz_job *job, wz_news *out)
{
    *out = (wz_news){ 0 };
    InterlockedExchange(&job->posted, 0);   /* first, so that later news are posted again */
    EnterCriticalSection(&job->lock);
    wz_phrase_copy(&out->doing, &job->doing);
    out->permille = job->permille;
    out->lines = job->lines;
    out->line_count = job->line_count;
    out->finished = job->finished;
    job->lines = NULL;
    job->line_count = job->line_room = 0;
    LeaveCriticalSection(&job->lock);
}

void wz_news_clear(wz_news *news)
{
    wz_phrase_clear(&news->doing);
    for (size_t i = 0; i < news->line_count; i++)
        wz_phrase_clear(&news->lines[i]);
    free(news->lines);
    *news = (wz_news){ 0 };
}

void wz_job_cancel(wz_job *job)
{
    InterlockedExchange(&job->stopping, 1);
}

bool wz_job_is_stopping(wz_job *job)
{
    return is_cancelled(job);
}
