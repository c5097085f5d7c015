/*
 * progress: one bar for a job of several parts.
 *
 * A part maps a callee's 0 … 1000 onto a stretch of its caller's bar. Lives on the caller's stack as long as the call.
 */
#ifndef WZ_CORE_PROGRESS_H
#define WZ_CORE_PROGRESS_H

#include "core/platform.h"

typedef struct wz_progress_part {
    wz_progress        inner;          /* hand this on */
    const wz_progress *outer;          /* may be NULL */
    unsigned           from, to;       /* permille of the outer bar */
} wz_progress_part;

/* may_cancel false: the callee is not told that the person asked to stop, so it goes on to its end. */
void wz_progress_part_init(wz_progress_part *part, const wz_progress *outer, unsigned from, unsigned to,
                           bool may_cancel);

#endif
