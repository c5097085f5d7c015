/*
 * plan: what to install, in which order, with which restarts, and why.
 *
 * A pure function of snapshot, catalogue and target: same input, same plan. Topological order of the requirements, ties
 * by kind (stack, SHA-2, licensing, rollup) and KB number. No step without its prerequisites, nothing that is already
 * there or replaced. Any thread; a finished plan never changes. Borrows updates from the catalogue, which must live
 * longer. What is installed and only waits for a restart comes first, as steps without work, so that the plan begins
 * with that restart.
 */
#ifndef WZ_CORE_PLAN_H
#define WZ_CORE_PLAN_H

#include "core/catalogue.h"
#include "core/snapshot.h"
#include "core/words.h"

typedef enum wz_plan_state {
    WZ_PLAN_NOTHING,      /* the target is reached */
    WZ_PLAN_READY,        /* steps to do */
    WZ_PLAN_NOT_ALLOWED,  /* the target needs a licence that was not found, or the architecture has none: why */
    WZ_PLAN_UNSUPPORTED   /* not this Windows: why */
} wz_plan_state;

typedef struct wz_step {
    const wz_update *update;
    wz_phrase        reason;         /* why it is in the plan */
    bool             is_pending;     /* installed, only the restart is missing: needs no file and no installer */
    /* A restart is due before the next step (or at the end): after the last pending step, after each whose update says
       so, and between SHA-2 support and the first that needs it. */
    bool             restart_after;
    unsigned         minutes;        /* rough estimate on old hardware, without the restart */
} wz_step;

typedef struct wz_omission {         /* why something is not in the plan */
    const wz_update *update;
    wz_phrase        reason;
} wz_omission;

typedef struct wz_plan {
    wz_plan_state state;
    wz_target     target;
    wz_phrase     why;               /* for states other than READY */
    wz_step      *steps;     size_t step_count;
    wz_omission  *omissions; size_t omission_count;
    unsigned      restarts;          /* how many */
    unsigned      minutes;           /* steps and restarts */
} wz_plan;

/* Owned by the caller. */
wz_plan *wz_plan_create(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target);
void     wz_plan_free(wz_plan *plan);

/*
 * Is this update (or one that replaces it) in force on the machine? True by package state, for a stack also by
 * stack.version, for SHA-2 by its two registry values, for rollups also by build and kernel revision (standing.h has
 * the rules). A pending one is not in force yet. For many updates at once use wz_standing_fill.
 */
bool wz_update_in_force(const wz_update *update, const wz_snapshot *snapshot, const wz_catalogue *catalogue);
/* Installed but waiting for a restart. */
bool wz_update_is_pending(const wz_update *update, const wz_snapshot *snapshot, const wz_catalogue *catalogue);

#endif
