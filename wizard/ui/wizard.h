/*
 * wizard: what the pages share.
 *
 * One struct wz_wizard lives on wWinMain's stack. Its fields are grouped by who writes them: set before the window
 * opens, choices of the pages, results of the work. While a job runs, session and work belong to the worker and the
 * window's thread leaves them alone. A page is a row of data and small functions; pages do not know each other.
 */
#ifndef WZ_UI_WIZARD_H
#define WZ_UI_WIZARD_H

#include "platform/win32.h"

#include <commctrl.h>

#include "core/flow.h"
#include "core/options.h"
#include "core/printout.h"
#include "core/report.h"
#include "core/run.h"
#include "core/scan_filter.h"
#include "ui/arrange.h"
#include "ui/job.h"
#include "ui/strings.h"

typedef struct wz_wizard wz_wizard;
typedef struct wz_frame wz_frame;      /* ui/frame.h */
typedef struct wz_pane wz_pane;        /* a page in the frame, see sheet.c */

typedef struct wz_label { int control; unsigned text; } wz_label;

typedef struct wz_page {
    wz_page_id      id;
    int             dialog;
    unsigned        title, subtitle;
    const wz_label *labels;
    size_t          label_count;
    const wz_anchor *anchors;                               /* how it grows with the window */
    size_t          anchor_count;
    int  (*focus)(const wz_wizard *wz);                     /* control that has it on arrival; NULL, 0: the first */
    void (*create)(wz_wizard *wz, HWND page);               /* once, after the labels: columns and the like */
    void (*enter)(wz_wizard *wz, HWND page);                /* model -> controls */
    bool (*leave)(wz_wizard *wz, HWND page, bool forward);  /* controls -> model; false: Next stays here */
    void (*command)(wz_wizard *wz, HWND page, int control, unsigned code);
    void (*notify)(wz_wizard *wz, HWND page, const NMHDR *header);
    void (*news)(wz_wizard *wz, HWND page, const wz_news *news);
    void (*timer)(wz_wizard *wz, HWND page);                /* each second while the page has asked for it */
    void (*draw)(wz_wizard *wz, const DRAWITEMSTRUCT *item);
} wz_page;

typedef enum wz_document { WZ_DOCUMENT_REPORT, WZ_DOCUMENT_CARD } wz_document;

/* What is lent to the worker while a job runs: the input of one piece of work, and its outcome. */
typedef struct wz_work {
    const wz_words *words, *report_words;     /* the report may be in another language than the pages */
    wz_session     *session;
    char           *path;               /* snapshot to open, media folder, or file to write; owned; NULL */
    char           *other_path;         /* the second snapshot of a comparison; owned; NULL */
    wz_report      *comparison;         /* its outcome; owned; NULL */
    char           *catalogue;          /* site catalogue; owned; NULL for the built-in one */
    wz_target       target;
    bool            has_target;
    wz_run_options  run;
    wz_status       status;
    wz_error        error;
    wz_run_result   result;
    wz_phrase       why;
    wz_document     document;           /* for ui/paper.c, and its printer, kept from one time to the next; owned */
    HGLOBAL         devmode, devnames;
    char           *printer_name;
    HDC             printer;
    wz_printout    *printout;
} wz_work;

typedef void wz_work_done(wz_wizard *wz, HWND page);         /* on the window's thread, after the job */

#define WZ_MAX_DISABLED 32

struct wz_wizard {
    /* set before the window opens */
    HINSTANCE          program;
    const wz_options  *options;
    const wz_platform *platform;
    wz_strings        *strings;
    const wz_words    *words;
    wz_strings        *report_strings;  /* NULL: the report is in the language of the pages */
    HIMAGELIST         marks;           /* by wz_verdict; see list.h */

    /* choices, written by the pages */
    wz_task   task;
    char     *snapshot_path, *catalogue_path, *media_folder;   /* owned, "" when empty */
    bool      has_backup;
    wz_target target;
    bool      has_target;
    char     *language;                 /* tag: from the command line, the journal, or page 1; NULL: that of Windows */
    char     *report_language;          /* tag; NULL: as the pages */

    /* what page 5 shows of the scan: rows of session->scan by scan_filter.h; owned; none while a scan runs */
    wz_scan_filter scan_filter;
    size_t        *scan_rows;
    size_t         scan_row_count;

    /* results, written by work on the worker */
    wz_work   work;
    wz_session *session;                /* NULL before the first look */
    bool      installed;                /* page 8 has gone as far as it can */
    bool      restarting;               /* Windows has been asked to restart */
    bool      left_well;                /* by Finish, or for the same wizard as an administrator */
    wz_run_result result;
    char     *failure;                  /* why page 8 has ended early; owned; NULL */
    uint64_t  began_ms;                 /* GetTickCount64 when page 8 began */
    uint64_t  news_ms;                  /* and when its log last grew */
    wz_report *card;                    /* recovery card as of then, for use while the worker has the session; owned */

    /* the sheet's own, see sheet.c */
    HWND           sheet;               /* the window of the frame, with foot and buttons */
    wz_frame      *frame;
    HFONT          heading;             /* of the frame: for a line that is larger than the others */
    wz_pane       *panes;               /* by wz_page_id - 1 */
    const wz_page *page;                /* the one on the screen */
    HWND           page_window;
    wz_job        *job;
    wz_work_done  *done;
    bool           installing;          /* the job must not be cut: Windows is asked not to shut down */
    bool           printing;            /* the button stops it, and nothing else */
    bool           closing;             /* close as soon as the job has stopped */
    bool           reopen;              /* in another language, in the same place */
    WINDOWPLACEMENT reopen_at;
    HWND           disabled[WZ_MAX_DISABLED];   /* by the running job */
    size_t         disabled_count;
    HWND           focus_before;
};

/* In the order of the pages. */
extern const wz_page wz_page_start, wz_page_version, wz_page_prerequisites, wz_page_target, wz_page_compatibility,
                     wz_page_files, wz_page_review, wz_page_install, wz_page_after, wz_page_report;

/* ---- text between controls and core ---- */

const char *wz_say(const wz_wizard *wz, unsigned id);                   /* borrowed */
const wz_words *wz_report_words(const wz_wizard *wz);                   /* what the report is written and printed in */
char       *wz_say_with(const wz_wizard *wz, unsigned id, size_t count, const char *const args[]);   /* owned */
void        wz_control_set(HWND page, int control, const char *utf8);
void        wz_control_say(const wz_wizard *wz, HWND page, int control, unsigned id);
void        wz_control_phrase(const wz_wizard *wz, HWND page, int control, const wz_phrase *phrase);
char       *wz_control_text(HWND page, int control);                    /* owned, never NULL */
BOOL CALLBACK wz_box_tame(HWND child, LPARAM unused);                   /* for EnumChildWindows: see controls.c */
void        wz_control_left_to_right(HWND page, int control);           /* a box for paths and codes, in any language */
int         wz_combo_add(HWND combo, const char *utf8);                 /* the row */
void        wz_window_set(HWND window, const char *utf8);
wchar_t    *wz_wide_shown(const char *utf8);            /* for the eye: no name can turn the text around it; owned */
HFONT       wz_font_bold(HWND like, int quarters);                      /* of a control's height; to be deleted */
void        wz_text_add_shown_time(wz_text *text, wz_time time, bool with_clock);   /* local, in the person's format */
void        wz_text_add_count(wz_text *text, uint64_t number);          /* with the person's digit groups */
void        wz_clipboard_put(HWND owner, const char *utf8);
const char *wz_path_name(const char *path);                             /* the last part; borrowed */

/* ---- questions and messages ---- */

bool wz_ask(const wz_wizard *wz, HWND page, unsigned question);         /* Yes/No, No is the default */
void wz_tell(const wz_wizard *wz, HWND page, unsigned id);
void wz_tell_text(const wz_wizard *wz, HWND page, const char *utf8);
void wz_tell_error(const wz_wizard *wz, HWND page, const wz_error *error);
void wz_tell_saved(const wz_wizard *wz, HWND page, const char *path);
void wz_tell_written(wz_wizard *wz, HWND page);      /* what the job that has ended wrote to work.path, or its error */

/* ---- file and folder windows; owned UTF-8 path, NULL when the person gave up ---- */

typedef struct wz_filter { unsigned text; const char *pattern; } wz_filter;   /* "*.xml" */

char *wz_browse_open(const wz_wizard *wz, HWND page, unsigned title, const wz_filter filters[], size_t count);
char *wz_browse_save(const wz_wizard *wz, HWND page, unsigned title, const wz_filter filters[], size_t count,
                     const char *name);
char *wz_browse_folder(const wz_wizard *wz, HWND page, unsigned title, const char *start);

/* Ask where to, and save the recovery card: the session's, or while the worker has that, wz->card. */
void wz_card_save(wz_wizard *wz, HWND page);

/* ---- the sheet ---- */

/* Opens the wizard on a page and returns when it was closed. */
void wz_sheet_run(wz_wizard *wz, wz_page_id first);
void wz_sheet_buttons(wz_wizard *wz);                  /* as the flow and the job say */
void wz_sheet_foot(wz_wizard *wz);                     /* number, banner */
void wz_sheet_next(wz_wizard *wz);                     /* go on as Next does, without asking the page again */
void wz_sheet_press_next(wz_wizard *wz);               /* as the person does, once a page that was gone to is there */
void wz_sheet_go(wz_wizard *wz, wz_page_id page);      /* straight to a page: an opened support code names it */
void wz_sheet_focus(wz_wizard *wz, HWND control);
void wz_sheet_close(wz_wizard *wz);                    /* as Cancel does */
wz_choices wz_wizard_choices(const wz_wizard *wz);

/* Run work on the worker; buttons and controls rest meanwhile; done is called after it. */
void wz_sheet_work(wz_wizard *wz, HWND page, wz_job_work *work, wz_work_done *done);

/* For the sheet: news of the job; may the window close now (it asks during an installation, and the work goes on until
   there is an answer); may Windows end the session. */
void wz_busy_news(wz_wizard *wz, HWND page);
bool wz_busy_may_close(wz_wizard *wz, HWND page);
bool wz_busy_may_end(wz_wizard *wz);

/* ---- work, for wz_sheet_work; argument is the wizard's wz_work ---- */

void wz_work_look(wz_job *job, void *argument);        /* catalogue and journal, nothing else */
void wz_work_assess(wz_job *job, void *argument);      /* catalogue, journal, then this computer or a snapshot */
void wz_work_again(wz_job *job, void *argument);       /* probe this computer again */
void wz_work_target(wz_job *job, void *argument);
void wz_work_verify(wz_job *job, void *argument);
void wz_work_scan(wz_job *job, void *argument);        /* path: a folder; NULL: this computer */
void wz_work_scan_list(wz_job *job, void *argument);   /* what was found, as a table, to path */
void wz_work_begin(wz_job *job, void *argument);
void wz_work_begin_here(wz_job *job, void *argument);  /* after elevation: assess, target, verify, begin */
void wz_work_resume(wz_job *job, void *argument);
void wz_work_restart(wz_job *job, void *argument);
void wz_work_report(wz_job *job, void *argument);
void wz_work_shopping(wz_job *job, void *argument);
void wz_work_card(wz_job *job, void *argument);
void wz_work_compare(wz_job *job, void *argument);     /* path and other_path; uses nothing of the session */

/* Compare two snapshot files and show where they differ; no job may run. */
void wz_compare_start(wz_wizard *wz, HWND page, const char *first, const char *second);
void wz_log_show(const wz_wizard *wz, HWND page);      /* pages 8 and 10: no job may run */
void wz_about_show(const wz_wizard *wz, HWND page);
void wz_guide_show(const wz_wizard *wz, HWND page);    /* page 4: licence details; needs a session */
bool wz_accept_show(wz_wizard *wz, HWND page);         /* page 3: true when the session's checks have changed */
void wz_checksums_show(const wz_wizard *wz, HWND page);   /* page 6: needs a session and its files */
char *wz_with_line_ends(wz_view text);                 /* as an edit control wants them; owned */

#endif
