/*
 * shopping: the list of files to fetch for a plan, as text or HTML, for a machine that has internet.
 *
 * By step: KB, title, file name for the architecture, hashes, address where known, what to type into the Update
 * Catalog's search. A file that is already there and acceptable is marked so. Any thread.
 */
#ifndef WZ_CORE_SHOPPING_H
#define WZ_CORE_SHOPPING_H

#include "core/report.h"

/* Whole or not at all; .html/.htm gives HTML, everything else text. */
wz_status wz_shopping_save(const wz_session *session, const wz_words *words, const char *path, wz_error *err);

#endif
