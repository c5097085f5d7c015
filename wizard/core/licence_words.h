/*
 * licence_words: what page 4 and the report tell of the licences, beyond the one sentence of licence.h.
 *
 * No key and no part of one is ever here: Windows is asked only whether a licence has one. Any thread.
 */
#ifndef WZ_CORE_LICENCE_WORDS_H
#define WZ_CORE_LICENCE_WORDS_H

#include "core/licence.h"

/* "1 (licensed)"; the number alone when it is none of 0 to 6. Appends. */
void wz_licence_status(uint64_t status, const wz_words *words, wz_text *out);
/* The newest licensing preparation package that is installed; NULL when none is, or the packages were not read. */
const wz_update *wz_licence_preparation(const wz_snapshot *snapshot, const wz_catalogue *catalogue);
/* One line: the preparation package. Appends. */
void wz_licence_say_preparation(const wz_snapshot *snapshot, const wz_catalogue *catalogue, const wz_words *words,
                                wz_text *out);
/* One line: the last monthly rollup that the licence covers; nothing when there is none. Appends. */
void wz_licence_say_covered(const wz_entitlement *entitlement, const wz_catalogue *catalogue, const wz_words *words,
                            wz_text *out);
/* One line: Azure, by local signs. Appends. */
void wz_licence_say_azure(const wz_snapshot *snapshot, const wz_words *words, wz_text *out);
/* All of it, and how to install and activate a key with Windows' own tool: lines with line feeds. Appends. */
void wz_licence_guide(const wz_snapshot *snapshot, const wz_catalogue *catalogue, const wz_words *words, wz_text *out);

#endif
