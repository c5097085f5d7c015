/*
 * plan_order: which updates lead to a goal, and in which order.
 *
 * The part of plan.h that knows nothing of words: choice of the goal, what it requires, topological order. Used by
 * plan.c, licence.c and check.c only. Any thread.
 *
 * An update that the catalogue marks as bad is never chosen. For the first level of build 6003 the next free rollup
 * takes its place, for every other target the newest rollup below it, for a requirement the oldest update that replaces
 * it, needs no later programme than the goal and does not itself require the bad one.
 */
#ifndef WZ_CORE_PLAN_ORDER_H
#define WZ_CORE_PLAN_ORDER_H

#include "core/standing.h"

/* What the target asks for: its own update or the one in its place; NULL when that is marked as bad and nothing is. */
const wz_update *wz_order_goal(const wz_catalogue *catalogue, wz_target target);

/*
 * Is there nothing left to do for the target? Build 6003 is a number: reached when the machine says so, whatever
 * brought it there (servicing.md 1.5 to 1.8). Every other target is reached when its goal is in force.
 */
bool wz_order_is_reached(const wz_standing *standing, wz_target target, const wz_update *goal, wz_version version);

/* marks[i] becomes true for the update and all it requires, directly or not, whatever is installed. One per update. */
void wz_order_requirements(const wz_catalogue *catalogue, const wz_update *update, bool marks[]);

typedef struct wz_ordered {
    const wz_update *update;
    const wz_update *instead_of;     /* the bad one it stands for; NULL */
    const wz_update *needed_by;      /* the first later one that requires it; NULL for the goal */
    bool             is_pending;     /* installed, waits for a restart */
} wz_ordered;

typedef struct wz_order {
    wz_ordered      *items;   size_t count;     /* owned; in the order to install */
    const wz_update *not_offered;    /* does not exist for the architecture; then items is empty */
    const wz_update *bad;            /* marked as bad, nothing in its place; then items is empty */
} wz_order;

/*
 * What is missing on the machine for goal. Pending ones first; then an update comes after all it requires; among
 * those that may come next stack before SHA-2 before licensing before anything else, then by number.
 */
void wz_order_fill(wz_order *order, const wz_standing *standing, const wz_update *goal, wz_architecture architecture);
void wz_order_clear(wz_order *order);

#endif
