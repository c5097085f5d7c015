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
#include "core/scan_result.h"

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

/* Conditions of an installer database, each with its table, as Windows Installer reads them. Only those that could
   matter are kept. */
typedef struct wz_conditions { char **tables, **texts; size_t count, room, table_room; } wz_conditions;

void wz_conditions_add(wz_conditions *list, const char *table, const char *text);
void wz_conditions_clear(wz_conditions *list);
/* As wz_scan_file does with the texts of the file; a finding's place is "LaunchCondition: WindowsBuild = 6002", its
   offset 0, because a row of a table has none. */
void wz_msi_scan_conditions(const char *path, const wz_conditions *conditions, wz_findings *list);

/* Would wz_scan_file look into a file of that name? By its ending; programs, scripts, installers, archives. */
bool wz_scan_wants(const char *path);

#endif
