/*
 * catalogue_parts: what the files of the catalogue module share. Not for others: see catalogue.h.
 */
#ifndef WZ_CORE_CATALOGUE_PARTS_H
#define WZ_CORE_CATALOGUE_PARTS_H

#include "core/catalogue.h"
#include "core/xml.h"

struct wz_catalogue {
    char      *name;
    bool       says_built_in;                   /* kind="built-in" */
    bool       came_built_in;                   /* read from the resource */
    char       sha256[65];
    wz_xml    *xml;                             /* owns the text of every update */
    wz_update *updates;   size_t count;         /* ascending KB */
    unsigned  *lines;                           /* of updates[i] in the file */
    size_t     targets[WZ_TARGET_COUNT];        /* index of the update */
};

#define WZ_CATALOGUE_NONE ((size_t)-1)

/* Index of a KB; WZ_CATALOGUE_NONE when it is not in it. */
size_t wz_catalogue_index(const wz_catalogue *catalogue, unsigned kb);

/* No KB twice, every requirement there, no circle of requirements or supersedence, hashes agree with file names. */
wz_status wz_catalogue_check(const wz_catalogue *catalogue, wz_error *err);

#endif
