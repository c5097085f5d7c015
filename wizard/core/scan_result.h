/*
 * scan_result: what the compatibility scan of a machine or a folder found, and what it did not look at.
 *
 * platform->scan fills one, wz_session_scan (session.h) puts it in order and into the session; page 5, /scan and the
 * report read it there. Nothing here says that a program is incompatible: a finding asks for a look. What could not be
 * looked into is counted and named, so that "nothing found" never stands for "not looked". Memory is bounded whatever
 * the disk holds: beyond WZ_SCAN_FINDINGS_MAX the weakest findings are only counted, beyond WZ_SCANNED_MAX files are.
 * UTF-8, strings are owned by the result. Plain values, any thread.
 */
#ifndef WZ_CORE_SCAN_RESULT_H
#define WZ_CORE_SCAN_RESULT_H

#include "core/clock.h"
#include "core/finding.h"
#include "core/media.h"

#define WZ_SCAN_FINDINGS_MAX 10000
#define WZ_SCANNED_MAX       10000

typedef enum wz_scan_state {
    WZ_SCAN_NOT_RUN,
    WZ_SCAN_SKIPPED,           /* a person chose to go on without it */
    WZ_SCAN_STOPPED,           /* a person stopped it: the result is what was found until then */
    WZ_SCAN_FINISHED
} wz_scan_state;

typedef enum wz_scan_kind {
    WZ_SCAN_OTHER,             /* neither a program nor a known script: not looked into */
    WZ_SCAN_PROGRAM,           /* PE with native code */
    WZ_SCAN_MANAGED,           /* PE with .NET code */
    WZ_SCAN_SCRIPT,
    WZ_SCAN_INSTALLER,         /* Windows Installer database */
    WZ_SCAN_ARCHIVE,
    WZ_SCAN_KIND_COUNT
} wz_scan_kind;

/* Why the answer for a file is "cannot tell", in part or as a whole. */
typedef enum wz_unknown {
    WZ_UNKNOWN_NOT,            /* looked into as a whole */
    WZ_UNKNOWN_PACKED,         /* code is packed or encrypted until it runs */
    WZ_UNKNOWN_COMPRESSED,     /* an archive, or an installer with its contents compressed */
    WZ_UNKNOWN_MACHINE,        /* code for another processor */
    WZ_UNKNOWN_BROKEN,         /* its headers contradict themselves */
    WZ_UNKNOWN_TOO_MUCH,       /* too large, or too many candidates: the rest was left */
    WZ_UNKNOWN_COUNT
} wz_unknown;

/* Where a file was found; a file of several places counts for the first. */
typedef enum wz_scan_place {
    WZ_PLACE_DRIVERS,          /* loaded, or registered as a service */
    WZ_PLACE_SERVICES,
    WZ_PLACE_STARTUP,          /* Run and RunOnce */
    WZ_PLACE_TASKS,            /* scheduled tasks */
    WZ_PLACE_POLICIES,         /* logon and start-up scripts and preferences of group policy */
    WZ_PLACE_PROGRAMS,         /* installed programs and their packages */
    WZ_PLACE_FOLDER,           /* the chosen folder */
    WZ_PLACE_COUNT
} wz_scan_place;

/* What was seen and left out on purpose; the number of files, or of folders for the first two. */
typedef enum wz_scan_left {
    WZ_LEFT_STORE,             /* Windows' own component store: WinSxS, servicing, downloads of Windows Update */
    WZ_LEFT_LINK,              /* junctions and other links: what they lead to counts where it really is */
    WZ_LEFT_WINDOWS,           /* files of Windows, signed by Microsoft, with findings: they change with the update */
    WZ_LEFT_KIND,              /* neither program nor script by name or content */
    WZ_LEFT_TWICE,             /* the same file under a second name */
    WZ_LEFT_OWN,               /* this program and its data */
    WZ_LEFT_COUNT
} wz_scan_left;

/* A file with graded findings, or that was not, or not wholly, looked into. */
typedef struct wz_scanned {
    char         *path;        /* full */
    char         *name;        /* what the place calls it: service, program, task; NULL */
    wz_scan_place place;
    wz_scan_kind  kind;
    wz_unknown    unknown;
    bool          is_driver;
    uint64_t      bytes;
    char         *product, *company, *version;   /* of its version resource; NULL */
    wz_signature  signature;   /* looked at for files with findings only; else WZ_SIGNATURE_NOT_CHECKED */
    char         *signer;      /* NULL when none */
    wz_error      error;       /* status not WZ_OK: could not be read */
} wz_scanned;

typedef struct wz_scan_place_note {
    bool     is_looked_at;
    size_t   files;            /* named there, also ones of another place before it */
    size_t   missing;          /* named there and not on the disk */
    wz_error error;            /* status not WZ_OK: the place, or a part of it, could not be read */
} wz_scan_place_note;

/* An installed program of a publisher whose programs had trouble with an update, as the catalogue says. */
typedef struct wz_known_hit {
    char    *name, *company, *version; /* as installed; version may be NULL */
    char    *words, *source;           /* of the catalogue, in English */
    unsigned kb;                       /* the update */
} wz_known_hit;

/* An installed program, as its uninstall entry says. */
typedef struct wz_program { char *name, *company, *version; } wz_program;

typedef struct wz_scan_result {
    wz_scan_state      state;
    char              *folder;          /* what was scanned; NULL: this computer */
    wz_time            began;
    unsigned           seconds;
    size_t             files;           /* looked into, wholly or in part */
    uint64_t           bytes;           /* of these */
    size_t             by_kind[WZ_SCAN_KIND_COUNT];
    size_t             unknown[WZ_UNKNOWN_COUNT];   /* "cannot tell", by reason; [0] is not used */
    size_t             unread;          /* locked, denied, gone meanwhile */
    size_t             left[WZ_LEFT_COUNT];
    wz_scan_place_note places[WZ_PLACE_COUNT];
    wz_findings        findings;        /* sorted; harmless ones (WZ_GRADE_NONE) come last */
    wz_scanned        *scanned;         /* sorted by path without case */
    size_t             scanned_count, scanned_room;
    wz_program        *programs;        /* installed ones, in no order */
    size_t             program_count, program_room;
    wz_known_hit      *known;
    size_t             known_count, known_room;
    char              *suppressions;    /* path of the file of suppressions; NULL: none */
} wz_scan_result;

void wz_scan_result_clear(wz_scan_result *result);

/* The row of a finding's file; NULL when it fell to a limit. Borrowed. */
const wz_scanned *wz_scan_result_file(const wz_scan_result *result, const char *path);
/* Findings of that grade without a suppression; kept or not. */
size_t wz_scan_result_open(const wz_scan_result *result, wz_grade grade);
size_t wz_scan_result_suppressed(const wz_scan_result *result);
/* Files that were not, or not wholly, looked into: all of unknown, and unread. */
size_t wz_scan_result_untold(const wz_scan_result *result);

/* How it ended and what it found, as sentences for page and report; also for NOT_RUN and SKIPPED. Appends. */
void wz_scan_result_say(const wz_scan_result *result, const wz_words *words, wz_text *out);
/* What was left out and why, and what cannot be seen from a machine: one sentence a line. Appends. */
void wz_scan_result_say_left(const wz_scan_result *result, const wz_words *words, wz_text *out);
/* Product, company, signer, version: "Agent 4.1, Contoso Ltd., signed by Contoso"; nothing when not known. Appends. */
void wz_scanned_say(const wz_scanned *file, const wz_words *words, wz_text *out);
/* "offset 1a2b in .text" or "line 12". Appends. */
void wz_finding_say_place(const wz_finding *finding, const wz_words *words, wz_text *out);

/* design.md section 5: a line for each graded finding, "grade,kind,path,offset,rule,evidence"; RFC 4180, with a byte
   order mark, safe to open in a spreadsheet. Appends. */
void wz_scan_result_csv(const wz_scan_result *result, wz_text *out);

/* Why the answer for a file is "cannot tell": string id; 0 when it was looked into as a whole. */
unsigned    wz_scanned_untold_word(const wz_scanned *file);
unsigned    wz_unknown_word(wz_unknown unknown);               /* string ids; 0 for none */
unsigned    wz_scan_place_word(wz_scan_place place);           /* "Drivers" */
unsigned    wz_scan_left_word(wz_scan_left left);              /* a sentence, %1 = number */
unsigned    wz_scan_kind_word(wz_scan_kind kind);
const char *wz_scan_kind_name(wz_scan_kind kind);              /* in XML and CSV: "program" "managed" "script" … */
const char *wz_scan_place_name(wz_scan_place place);           /* in XML: "drivers" … */
const char *wz_scan_state_name(wz_scan_state state);           /* in XML: "notRun" "skipped" "stopped" "finished" */
const char *wz_unknown_name(wz_unknown unknown);               /* in XML: "packed" …; "" for none */

/* ---- for whoever fills one: platform/scan_*.c and tests ---- */

/* Takes over the strings of *file. */
void wz_scan_result_add_file(wz_scan_result *result, wz_scanned *file);
/* Moves the findings of one file over; the list is empty afterwards. */
void wz_scan_result_add(wz_scan_result *result, wz_findings *of_file);
/* Sorts, and keeps within the limits. */
void wz_scan_result_finish(wz_scan_result *result);

#endif
