/*
 * job: one piece of work on a thread of its own.
 *
 * The worker never touches a window. It leaves its news under a lock and posts at most one WM_WZ_NEWS at a time to the
 * page that started it; the page then fetches the news. Cancel is a request that the work looks at between its parts.
 * Created, asked and freed on the window's thread.
 */
#ifndef WZ_UI_JOB_H
#define WZ_UI_JOB_H

#include "core/platform.h"
#include "platform/win32.h"

#define WM_WZ_NEWS (WM_APP + 1)

typedef struct wz_job wz_job;
typedef void wz_job_work(wz_job *job, void *argument);     /* runs on the worker */

/* argument is lent to the worker until the job has finished. */
wz_job *wz_job_start(HWND page, wz_job_work *work, void *argument);
void    wz_job_free(wz_job *job);                          /* waits for the thread: after finished, or at the end */

/* For the worker: what to give to the engine, and a line of the log. */
const wz_progress *wz_job_progress(wz_job *job);
void               wz_job_log(wz_job *job, const wz_phrase *line);

typedef struct wz_news {
    wz_phrase  doing;           /* owned by the reader; id 0 when nothing was said yet */
    unsigned   permille;
    wz_phrase *lines;           /* lines of the log since the last time; owned by the reader */
    size_t     line_count;
    bool       finished;        /* the work has returned and will post nothing more */
} wz_news;

void wz_job_fetch(wz_job *job, wz_news *out);
void wz_news_clear(wz_news *news);

void wz_job_cancel(wz_job *job);                           /* asking twice is harmless */
bool wz_job_is_stopping(wz_job *job);

#endif
