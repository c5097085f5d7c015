/* printout_strips: what printout_strips.c and printout_table.c share. */
#ifndef WZ_CORE_PRINTOUT_STRIPS_H
#define WZ_CORE_PRINTOUT_STRIPS_H

#include "core/printout_parts.h"

wz_strip *wz_strips_add(wz_strips *strips, int height);           /* good until the next one is added */
void      wz_strips_keep(wz_strips *strips, size_t first);        /* the strips from first on as one paragraph */
void      wz_strips_paragraphs(wz_strips *strips, const char *text, bool keep);
void      wz_strips_table(wz_strips *strips, const wz_section *section);

#endif
