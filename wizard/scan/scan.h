/*
 * scan: does one file depend on the number 6002?
 *
 * Content decides what a file is, its name only which script language it is in. The whole file is borrowed as one view
 * (a mapping); memory beyond it is bounded by WZ_FINDINGS_PER_FILE and a few hundred kilobytes, whatever the file
 * claims about itself. Nothing is executed, nothing is opened. Any thread, one list per thread.
 */
#ifndef WZ_SCAN_SCAN_H
#define WZ_SCAN_SCAN_H

#include "core/platform.h"
#include "scan/finding.h"

typedef enum wz_scan_kind {
    WZ_SCAN_OTHER,             /* neither a program nor a known script: not looked into */
    WZ_SCAN_PROGRAM,           /* PE with native code */
    WZ_SCAN_MANAGED,           /* PE with .NET code */
    WZ_SCAN_SCRIPT,
    WZ_SCAN_INSTALLER,         /* Windows Installer database */
    WZ_SCAN_ARCHIVE
} wz_scan_kind;

/* Why the answer for a file is "cannot tell", in part or as a whole. */
typedef enum wz_unknown {
    WZ_UNKNOWN_NOT,            /* looked into as a whole */
    WZ_UNKNOWN_PACKED,         /* code is packed or encrypted until it runs */
    WZ_UNKNOWN_COMPRESSED,     /* an archive, or an installer with its contents compressed */
    WZ_UNKNOWN_MACHINE,        /* code for another processor */
    WZ_UNKNOWN_BROKEN,         /* its headers contradict themselves */
    WZ_UNKNOWN_TOO_MUCH,       /* more candidates than WZ_CODE_LOOKS: the rest was left */
    WZ_UNKNOWN_COUNT
} wz_unknown;

typedef struct wz_scan_note {
    wz_scan_kind kind;
    wz_unknown   unknown;
    bool         is_driver;
    size_t       findings;     /* of this file, harmless ones too */
} wz_scan_note;

/*
 * path      UTF-8; used for the ending and copied into findings
 * bytes     the whole file
 * progress  asked for cancelling only, at least every few megabytes; may be NULL
 * list      findings are appended
 *
 * WZ_E_CANCELLED only; what was found until then stays in the list.
 */
wz_status wz_scan_file(const char *path, wz_view bytes, const wz_progress *progress, wz_findings *list,
                       wz_scan_note *note);

/* Would wz_scan_file look into a file of that name? By its ending; programs, scripts, installers, archives. */
bool wz_scan_wants(const char *path);

unsigned wz_unknown_word(wz_unknown unknown);               /* string id; 0 for none */

#endif
