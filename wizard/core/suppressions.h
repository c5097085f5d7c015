/*
 * suppressions: decisions of people that a finding is fine, read from a file of theirs.
 *
 * An XML file after resources/suppressions.xsd: for a path, or the end of one, and a rule, or every rule, the reason.
 * What is suppressed stays in the result and in the report, with the reason; it only asks for nothing any more. Any
 * thread.
 */
#ifndef WZ_CORE_SUPPRESSIONS_H
#define WZ_CORE_SUPPRESSIONS_H

#include "core/finding.h"

#define WZ_SUPPRESSIONS_MAX_BYTES (1024u * 1024u)

typedef struct wz_suppressions {
    char           *path;      /* of the file; NULL: none */
    wz_suppression *items;     /* their strings are owned here */
    size_t          count;
} wz_suppressions;

/* name is what errors call the input. out is untouched on failure. WZ_E_FORMAT (line and reason), WZ_E_LIMIT */
wz_status wz_suppressions_read(const char *name, wz_view bytes, wz_view schema, wz_suppressions *out, wz_error *err);
void      wz_suppressions_clear(wz_suppressions *list);

#endif
