/*
 * scan_look: one file of a compatibility scan, from opening it to what the result keeps of it.
 *
 * The file is read, not mapped: a mapping would forbid its owner to shorten or replace it, and end this program when a
 * stick is pulled out. It is shared with everybody, opened for reading only, never through a link that a list met, and
 * never longer than WZ_LOOK_MOST of it. For platform/scan_*.c; any thread, one wz_looker per thread.
 */
#ifndef WZ_PLATFORM_SCAN_LOOK_H
#define WZ_PLATFORM_SCAN_LOOK_H

#include "platform/scan_list.h"
#include "scan/scan.h"

#define WZ_LOOK_SMALL (1024u * 1024u)      /* has a buffer of its own in each looker */
/* Code stands before a program's resources and what is packed behind it; the address room of x86 is small. */
#define WZ_LOOK_MOST  ((sizeof(void *) == 8 ? 512u : 128u) * 1024u * 1024u)

typedef struct wz_own { DWORD volume; uint64_t id, bytes; char sha256[65]; } wz_own;   /* this program's file */

typedef struct wz_looker {
    const wz_scan_list *list;
    const wz_own       *own;
    wz_progress         progress;      /* is asked for cancelling only */
    uint8_t            *small;
} wz_looker;

/* Is a file with this identity the first? Asked once a file; by the crew, under its lock. */
typedef bool wz_first_function(void *context, DWORD volume, uint64_t id);

typedef struct wz_look {               /* what became of one file */
    wz_scanned   file;
    wz_findings  findings;
    bool         is_looked;            /* into, wholly or in part; else left or file.error says why not */
    wz_scan_left left;                 /* WZ_LEFT_COUNT: not left out */
    bool         is_cancelled;
} wz_look;

void wz_own_read(wz_own *out);
void wz_look_at(const wz_looker *looker, size_t index, wz_first_function *is_first, void *context, wz_look *out);
void wz_look_clear(wz_look *look);

/* scan_about.c: product, company and version of the version resource. */
void wz_look_version(const wchar_t *path, wz_scanned *file);

/* scan_layer.c: a program that runs in a compatibility mode sees the same version before and after, so its findings
   are harmless (wz_layer_answers). path as the registry spells it. For programs only, not for libraries or drivers. */
void wz_look_layer(const wchar_t *path, wz_findings *findings);

/*
 * scan_msi.c: the conditions of an installer database that names WindowsBuild, as msi.dll reads them, instead of what
 * its string pool showed; without msi.dll the findings stay. Only for databases with findings, because msi.dll shares a
 * file with readers alone while it is open.
 */
void wz_look_msi(const wchar_t *path, const char *shown, wz_findings *findings);

#endif
