/*
 * clock: points in time, in core always as seconds since 1970-01-01 00:00:00 UTC.
 *
 * The clock itself is asked through platform.h, so tests give the time as data. Any thread.
 */
#ifndef WZ_CORE_CLOCK_H
#define WZ_CORE_CLOCK_H

#include "core/text.h"

typedef int64_t wz_time;   /* 0 = not known */

void wz_text_add_time(wz_text *text, wz_time time);          /* 2026-01-13T09:05:00Z; nothing when 0 */
void wz_text_add_date(wz_text *text, wz_time time);          /* 2026-01-13 */
void wz_text_add_time_attribute(wz_text *text, const char *name, wz_time time);   /* nothing when 0 */
bool wz_time_parse(const char *text, wz_time *out);          /* both forms above, strict */

#endif
