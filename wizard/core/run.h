/*
 * run: carries a plan out, step by step, over platform.h.
 *
 *   begin ──► step: stage, verify, journal, install, journal, probe ──► next step
 *                 │ restart due: journal RESTART, arrange resume ──► (machine restarts) ──► resume
 *   resume ──► probe; every step: in force? skip. pending and rebooted? wait. begun without end? probe decides.
 *
 * An installer is never ended. A stop that is asked for, and the end of Windows' session, are heard between two
 * updates. Before each update its file is verified again and the free space is read again.
 *
 * The probe is believed, not the exit code (servicing.md 7D). Two restarts without a further step in force stop the
 * plan. The journal is written before and after every action; a write that fails stops before the action. Worker
 * thread.
 *
 * What becomes of a step. "in force" and "waiting" are what the probe says of the update; "restarted" is a boot time
 * other than the journal's; "signs" are those of a pending restart that block (wz_system_restart_pending).
 *
 *   outcome now        probe says                          becomes           and then
 *   any                in force                            INSTALLED (1)     next step
 *   any                waiting                             PENDING           restart, where one is due (2)
 *   PENDING            neither, not restarted or signs     PENDING           restart
 *   PENDING            neither, restarted, no signs        ROLLED_BACK       the run has failed
 *   BEGUN              neither, not restarted and signs    PENDING           restart: it may have been finished unseen
 *   BEGUN              neither, otherwise                  NONE              begin it again; after three times failed
 *   NONE               neither                             BEGUN             install, probe, then by the code:
 *     OK, RESTART        in force or waiting               as above
 *     OK                 neither, update restarts (3)      PENDING           restart
 *     RESTART            neither                           PENDING           restart
 *     ALREADY            neither, signs                    PENDING           restart
 *     RETRY              neither                           -                 5 s, up to four times, then failed
 *     RESTART_FIRST      neither, for the first time       NONE              restart, then once more
 *     NOT_APPLICABLE     neither                           NOT_APPLICABLE    the run has failed
 *     everything else    neither                           FAILED            the run has failed
 *
 *   (1) ALREADY where we did not begin it, or where the installer says so.
 *   (2) after a step whose plan says restart_after, before one that requires a waiting one, and at the end.
 *   (3) its catalogue row says it always restarts, or signs are there now.
 *
 * What becomes of the journal.
 *
 *   OPEN     restart due            RESTART     boot time, steps in force; resume arranged unless /install /norestart
 *   OPEN     stop asked for         OPEN        between two updates, never within one
 *   OPEN     target reached         DONE        resume cancelled, protected copies removed
 *   OPEN     a step failed          FAILED      resume cancelled
 *   OPEN     file not good, busy, check blocked, disk too full, journal not writable: stays OPEN, nothing installed
 *   RESTART  resumed, same boot     RESTART     the restart is still to come
 *   RESTART  resumed, restarted     OPEN        goes on; the second time without a further step in force: STOPPED
 */
#ifndef WZ_CORE_RUN_H
#define WZ_CORE_RUN_H

#include "core/remedy.h"
#include "core/session.h"

typedef enum wz_run_result {
    WZ_RUN_DONE,            /* target reached */
    WZ_RUN_RESTART,         /* a restart is needed before it can go on (or to finish) */
    WZ_RUN_STOPPED,         /* the person asked to stop; the journal stays open */
    WZ_RUN_FAILED,          /* a step failed or was rolled back, or no progress over two restarts: why */
    WZ_RUN_FILE,            /* an update file is missing or not acceptable */
    WZ_RUN_BUSY,            /* another instance or installer */
    WZ_RUN_OTHER_MACHINE,   /* the journal is another machine's */
    /* a check is blocked, the disk is too full, or the plan has nothing to do or is not allowed: why */
    WZ_RUN_BLOCKED
} wz_run_result;

typedef struct wz_run_options {
    bool        unattended;        /* from the command line */
    bool        restart_allowed;   /* /restart: the engine asks for the restart itself */
    /* full paths to go on writing to after a restart; may be NULL; borrowed for the call */
    const char *log, *report;
    const wz_words *words;         /* the log of the machine is written in, see run_log.h; NULL: it is not */
    const char *language, *report_language;   /* tags to go on in after a restart; may be NULL; borrowed for the call */
} wz_run_options;

typedef struct wz_run_watch {
    wz_progress progress;
    /* A line for the log, already with time; may be NULL. */
    void (*log)(void *context, const wz_phrase *line);
    void *context;
} wz_run_watch;

/*
 * Start: session holds an assessed plan with complete matches. Creates the journal, saves the before snapshot, stages
 * every file. An older journal is moved aside. session->snapshot and all that follows from it are renewed as it goes.
 */
wz_run_result wz_run_begin(wz_session *session, const wz_run_options *options, const wz_run_watch *watch,
                           wz_phrase *why);

/* Go on with the session's open journal after a restart or a crash. Probes first; the plan is made anew from what is
   there, within the journal's target. */
wz_run_result wz_run_resume(wz_session *session, const wz_run_options *options, const wz_run_watch *watch,
                            wz_phrase *why);

/* Ask Windows to restart, with the resume arranged. gui_switches or the unattended ones are chosen from the journal. */
wz_status wz_run_restart(wz_session *session, wz_error *err);

/*
 * An installer is waited for however long it takes. After this time in one step the page says so, and nothing else
 * changes: out gets the sentence. False, and out untouched: not yet.
 */
#define WZ_RUN_PATIENCE_SECONDS (30u * 60u)
bool    wz_run_patience(uint64_t seconds, wz_phrase *out);

wz_exit wz_run_exit(wz_run_result result, bool restarting);

#endif
