/*
 * run_step: the inside of a run: one step, from its file to its outcome.
 *
 * For run.c, run_begin.c, run_resume.c, run_step.c and run_note.c only. See run.h for the table these carry out.
 */
#ifndef WZ_CORE_RUN_STEP_H
#define WZ_CORE_RUN_STEP_H

#include "core/run.h"

typedef struct wz_run {
    wz_session           *session;
    const wz_platform    *platform;
    const wz_run_options *options;
    const wz_run_watch   *watch;          /* may be NULL */
    const wz_progress    *progress;       /* of watch; may be NULL */
    wz_phrase            *why;            /* never NULL; empty until something stops the run */
    wz_file              *staged;         /* one per step of the journal; path NULL: no copy is held */
    bool                 *restart_after;  /* one per step of the journal, as planned when this call began */
    bool                  restarted;      /* since the journal was last written */
} wz_run;

typedef enum wz_move {
    WZ_MOVE_NEXT,          /* in force, or waiting and the next may follow */
    WZ_MOVE_INSTALL,       /* to be installed now */
    WZ_MOVE_RESTART,       /* a restart is due */
    WZ_MOVE_STOPPED,
    WZ_MOVE_FILE,          /* why is set, journal stays open */
    WZ_MOVE_SPACE,         /* not enough room on the disk: why is set, journal stays open */
    WZ_MOVE_UNSAVED,       /* the journal cannot be written: why is set */
    WZ_MOVE_FAILED         /* why is set, outcome is set */
} wz_move;

#define WZ_RUN_ATTEMPTS    3u             /* how often a step is begun that is cut off each time */
#define WZ_RUN_RETRIES     4u             /* servicing.md 7D, 1722 */
#define WZ_RUN_RETRY_MS    5000u
#define WZ_RUN_UNPACK      6u             /* times the size of an update file */
#define WZ_RUN_MARGIN      (512ull << 20) /* bytes that stay free */
#define WZ_RUN_STAGED_FOLDER "Media\\"   /* in the data folder */

/* What the probe says of step i, and so what is to be done with it. Changes the outcome in memory. */
wz_move wz_run_reconcile(wz_run *run, size_t i);
/* Install step i: verify, journal, install, journal, probe. */
wz_move wz_run_install(wz_run *run, size_t i);
/* Copy (or hold again) and examine the file of step i; source is the file to take. */
wz_move wz_run_stage(wz_run *run, size_t i, const wz_file *source, const wz_progress *progress);

/*
 * Room on the system drive, as it is now: copies that are still to be made, and of the largest file what Windows
 * unpacks and installs from it. How much that is nobody says; WZ_RUN_UNPACK is this program's own guess. kb: the step
 * it is for, 0 for all. False: too little, why is set. What cannot be read stops nothing.
 */
bool wz_run_has_space(const wz_run *run, uint64_t copies, uint64_t largest, unsigned kb);

/* Writes the journal; false sets why. */
bool wz_run_save(wz_run *run);
/* A line of the log, the caller's and the machine's: the time is %1, the step's KB %2, then up to three more. */
void wz_run_log(const wz_run *run, unsigned id, unsigned kb, size_t count, const char *const args[]);
/* The same in the machine's log alone: of the run as a whole. */
void wz_run_log_run(const wz_run *run, unsigned id, size_t count, const char *const args[]);
void wz_run_log_begun(const wz_run *run);
void wz_run_log_resumed(const wz_run *run);
void wz_run_log_ended(const wz_run *run, wz_run_result result);
void wz_run_explain(wz_phrase *why, const wz_error *err);
/* why: id with the step's KB as %1 and up to four more. */
void wz_run_blame(wz_phrase *why, unsigned id, unsigned kb, size_t count, const char *const args[]);
/* Where step i begins on the bar, permille; i may be the count. */
unsigned wz_run_position(const wz_run *run, size_t i);
bool     wz_run_is_in_force(const wz_run *run, size_t i);
size_t   wz_run_in_force(const wz_run *run);              /* how many steps are, by the present snapshot */
void     wz_run_add_kb(wz_text *out, unsigned kb);        /* "KB4493730" */

/* run.c */
wz_run_result wz_run_blocked(wz_run *run, unsigned id);           /* sets why */
wz_run_result wz_run_error(wz_run *run, const wz_error *err);     /* sets why */
/* all steps from the first, to the end of this call */
wz_run_result wz_run_steps(wz_run *run);

wz_move       wz_run_one_step(wz_run *run, size_t i);
/* a restart is: the journal says so, the resume is arranged */
wz_run_result wz_run_due(wz_run *run);
wz_run_result wz_run_failed(wz_run *run, wz_journal_state state); /* why is set already */

/* run_begin.c; WZ_RUN_DONE means: go on */
wz_run_result wz_run_may_work(wz_run *run, bool goes_on);
wz_run_result wz_run_check_matches(wz_run *run);
wz_run_result wz_run_begin_claimed(wz_run *run);
void          wz_run_note_options(wz_run *run);
void          wz_run_note_restarts(wz_run *run);

/* run_resume.c */
wz_run_result wz_run_resume_claimed(wz_run *run);

#endif
