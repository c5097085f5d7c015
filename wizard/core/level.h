/*
 * level: the month of updates that a version of the kernel stands for, in words.
 *
 * "This revision is the level of April 2019 (KB4493471)" when it is exactly the one a rollup brings, else the two
 * levels it lies between. What the catalogue has from a single source is called reported, and so is a level of which
 * it knows another file than the kernel. Any thread.
 */
#ifndef WZ_CORE_LEVEL_H
#define WZ_CORE_LEVEL_H

#include "core/catalogue.h"
#include "core/words.h"

typedef struct wz_level {
    const wz_update *reached;     /* the newest rollup at or below the version; NULL: older than all; borrowed */
    const wz_update *next;        /* the oldest above it; NULL: nothing newer is known */
    bool             is_exact;    /* the version is the one that reached brings */
} wz_level;

void wz_level_find(const wz_catalogue *catalogue, wz_version version, wz_level *out);
/* One sentence. Appends. */
void wz_level_say(const wz_level *level, const wz_words *words, wz_text *out);
/* "April 2019 (KB4493471)". Appends. */
void wz_level_name(const wz_update *update, const wz_words *words, wz_text *out);

#endif
