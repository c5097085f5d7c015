/*
 * plan_omit: why something is not in a plan. The part of plan.c that a technician asks about.
 *
 * Only what somebody could expect there: requirements that are in force, the levels of the other targets, the
 * security-only update of the same month and the preview before it, SHA-2 support and the licensing package when the
 * target needs none, and what the catalogue marks as bad. By KB number. Used by plan.c only.
 */
#ifndef WZ_CORE_PLAN_OMIT_H
#define WZ_CORE_PLAN_OMIT_H

#include "core/plan.h"
#include "core/standing.h"

/* After the steps are known. */
void wz_plan_add_omissions(wz_plan *plan, const wz_standing *standing, wz_architecture architecture);

#endif
