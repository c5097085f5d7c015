/*
 * package_cabinet: the table of contents of a cabinet, read and judged before anything is unpacked.
 *
 * [MS-CAB] 2.1 to 2.4: CFHEADER, CFFOLDER, CFFILE, little endian. A signature may follow the cabinet in the file, so
 * the file may be longer than the header says, never shorter. The data blocks are not read here. Any thread.
 *
 * Refused, each with its own reason: an empty file; no cabinet of version 1.3; a file that ends too early; a part of a
 * set; more than WZ_CABINET_MAX_ENTRIES files; a name that is none, is absolute, names a drive or leads out of the
 * folder; a description (see package.h) larger than WZ_PACKAGE_MAX_BYTES; the same description twice; more than
 * WZ_CABINET_MAX_TOTAL bytes unpacked; a growth beyond WZ_CABINET_MAX_RATIO; offsets and sizes that cannot be.
 */
#ifndef WZ_CORE_PACKAGE_CABINET_H
#define WZ_CORE_PACKAGE_CABINET_H

#include "core/package.h"

#define WZ_CABINET_MAX_ENTRIES 10000u
#define WZ_CABINET_MAX_FOLDERS 4096u
#define WZ_CABINET_MAX_TOTAL   ((uint64_t)4 << 30)
#define WZ_CABINET_MAX_RATIO   200u                  /* unpacked to packed, beyond the first WZ_CABINET_FREE_BYTES */
#define WZ_CABINET_FREE_BYTES  ((uint64_t)16 << 20)
#define WZ_CABINET_MAX_HEADER  (8u * 1024u * 1024u)  /* of the tables together */

/* Where the bytes come from; asked in ascending order. False: they cannot be had, and the source knows why. */
typedef struct wz_source {
    bool   (*read)(void *context, uint64_t at, void *to, size_t length);
    void    *context;
    uint64_t length;                                 /* of the whole file */
} wz_source;

typedef struct wz_cabinet_entry {
    char     *name;
    uint32_t  bytes;
    wz_member member;
} wz_cabinet_entry;

typedef struct wz_cabinet {
    wz_cabinet_entry *entries;
    size_t            count;
    uint64_t          bytes;       /* of the cabinet without a signature behind it */
    uint64_t          unpacked;    /* all files together */
    bool              is_payload;  /* has update.mum itself: a .cab for pkgmgr, or the inner one of an .msu */
    size_t            wanted;      /* entries that are not WZ_MEMBER_OTHER */
} wz_cabinet;

/*
 * WZ_E_FORMAT, WZ_E_LIMIT with a reason; WZ_E_IO without one when the source failed (the caller asks it why).
 * out is the caller's to clear, also untouched on failure.
 */
wz_status wz_cabinet_read(const char *name, const wz_source *source, wz_cabinet *out, wz_error *err);
void      wz_cabinet_clear(wz_cabinet *cabinet);

/* May a file be called so inside a cabinet? */
bool wz_cabinet_name_is_safe(const char *name);

#endif
