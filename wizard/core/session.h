/*
 * session: one visit to one machine: everything the pages, the command line and the report speak of.
 *
 * Filled step by step by the engine calls below, in this order; the UI runs them on its worker and reads the result
 * afterwards. Owned by one thread at a time.
 */
#ifndef WZ_CORE_SESSION_H
#define WZ_CORE_SESSION_H

#include "core/check.h"
#include "core/journal.h"
#include "core/licence.h"
#include "core/suppressions.h"

typedef struct wz_session {
    const wz_platform *platform;
    wz_catalogue   *catalogue;
    /* the bytes of a site catalogue, kept beside the journal when a run begins; empty for the built-in one */
    wz_text         site_catalogue;
    wz_snapshot    *snapshot;        /* now (or the opened file) */
    /* before the first step; the journal's own when there is one; NULL when nothing was installed */
    wz_snapshot    *before;
    char           *opened_from;     /* path of an opened snapshot, or a support code: read-only; NULL: this computer */
    struct wz_support *support;      /* what the opened support code says; owned; NULL when none; support_state.h */
    bool            redact;          /* reports and snapshots name nobody: redact.h */
    wz_target       target;
    wz_system       system;
    wz_checks       checks;
    wz_entitlement  entitlement;
    wz_target_verdict targets[WZ_TARGET_COUNT];
    wz_plan        *plan;
    char           *media_folder;    /* NULL until chosen */
    wz_files        files;
    wz_matches      matches;
    wz_journal     *journal;         /* of this machine; NULL when none */
    wz_error        journal_error;   /* a journal that is there and cannot be read */
    wz_scan_result  scan;            /* page 5: state NOT_RUN until then */
    wz_suppressions suppressions;    /* findings that a person has decided on; empty when none were loaded */
    char           *renames_note;    /* why the pending file renames were accepted; NULL */
    char           *renames_accepted;/* the value of the fact that was accepted: another one is not */
    char           *ticket, *technician, *customer, *notes;
} wz_session;

wz_session *wz_session_create(const wz_platform *platform);
void        wz_session_free(wz_session *session);

/* path NULL: the built-in catalogue. Errors as wz_catalogue_read and read_file. */
wz_status wz_session_load_catalogue(wz_session *session, const char *path, wz_error *err);
/* Find the journal of this machine, if any, and the snapshot before it. Changes no choice. Never fails; see
   journal_error. */
void      wz_session_find_journal(wz_session *session);
void      wz_session_forget_journal(wz_session *session);         /* as if there were none; the file is not touched */
/*
 * Make an open journal's choices the session's: target, media folder (the protected copies) unless one was chosen, its
 * catalogue, ticket and names. wz_run_resume does it itself. WZ_E_NOT_FOUND, WZ_E_FORMAT: the kept site catalogue is
 * gone, or not the one it was begun with.
 */
wz_status wz_session_adopt_journal(wz_session *session, wz_error *err);
/* path NULL: probe this computer; else open that snapshot. Then assess. */
wz_status wz_session_probe(wz_session *session, const char *path, const wz_progress *progress, wz_error *err);
/* Everything that follows from snapshot, catalogue and target: system, checks, entitlement, targets, plan; matches
   are redone. */
void      wz_session_assess(wz_session *session);
/*
 * Ticket, technician, customer and notes of the last visit, from the journal of this computer, where this one has none
 * yet; part of wz_session_probe. And back into it, when there is one: they are there after a restart. Errors as
 * wz_journal_save.
 */
void      wz_session_recall_visit(wz_session *session);
wz_status wz_session_keep_visit(wz_session *session, wz_error *err);
/*
 * Accept the pending file renames as they are now, with a note that stands in the report, and judge the checks again.
 * NULL or an empty note takes it back. Renames that change later are not accepted.
 */
void      wz_session_accept_renames(wz_session *session, const char *note);
/* The note that holds for the renames as they are now; NULL: none. */
const char *wz_session_renames_note(const wz_session *session);
/* Choose the target and assess again. */
void      wz_session_set_target(wz_session *session, wz_target target);
/* The snapshot as XML; without names where the session is to be redacted. */
void      wz_session_write_snapshot(const wz_session *session, wz_text *out);
/* List and examine the folder's files for this plan. WZ_E_NOT_FOUND, WZ_E_IO folder: the session has none afterwards;
   WZ_E_CANCELLED: it is as it was. An empty folder is WZ_OK. Where there are no files the matches say missing. */
wz_status wz_session_set_media(wz_session *session, const char *folder, const wz_progress *progress, wz_error *err);

/* Read a file of suppressions (suppressions.h), for the next scan and the present one. Errors as read_file and
   wz_suppressions_read. */
wz_status wz_session_load_suppressions(wz_session *session, const char *path, wz_error *err);
/*
 * Run the compatibility scan (platform->scan says how) of folder, or with NULL of this computer, then put the result in
 * order: known products, suppressions, limits. WZ_E_CANCELLED: session->scan is what was found until then, its state
 * STOPPED. Any other error: session->scan is as it was.
 */
wz_status wz_session_scan(wz_session *session, const char *folder, const wz_progress *progress, wz_error *err);
/* The findings as CSV (wz_scan_result_csv), without names where the session is to be redacted. Errors of write_file. */
wz_status wz_session_save_findings(const wz_session *session, const char *path, wz_error *err);
/* A person goes on without it: state SKIPPED. What a scan found before stays found: then nothing changes. */
void      wz_session_skip_scan(wz_session *session);

/* design.md section 5 */
typedef enum wz_exit {
    WZ_EXIT_DONE = 0, WZ_EXIT_UPDATES = 1, WZ_EXIT_BLOCKED = 2, WZ_EXIT_UNKNOWN = 3, WZ_EXIT_CANCELLED = 1602,
    WZ_EXIT_FAILED = 1603, WZ_EXIT_BUSY = 1618, WZ_EXIT_FILE = 1620, WZ_EXIT_UNSUPPORTED = 1633, WZ_EXIT_USAGE = 1639,
    WZ_EXIT_RESTARTING = 1641, WZ_EXIT_RESTART = 3010
} wz_exit;

/* The one-sentence verdict and the exit code of an assessment. */
wz_exit wz_session_verdict(const wz_session *session, wz_phrase *sentence);   /* sentence may be NULL */

#endif
