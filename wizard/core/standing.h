/*
 * standing: where every update of a catalogue stands on one machine.
 *
 * One pass over the packages and one over the catalogue, so that plan, checks and licences ask in constant time.
 * In force means: the update, or one that replaces it, does its work now. What counts as evidence, by kind:
 *
 *   any            a package that is installed or superseded (FINDINGS.md 1)
 *   service pack   the version: 6.0.6002 or later
 *   stack          stack.version is the stack it brings, or later (servicing.md 7.7)
 *   SHA-2          both registry values above 0 (servicing.md 2.10)
 *   rollup         the kernel's build and revision have reached its own (servicing.md 1). A security-only update moves
 *                  the kernel as well (servicing.md 1.8): while one is installed, a revision that it explains says
 *                  nothing about the rollups up to its date, and their packages alone decide.
 *
 * Borrows the catalogue. Plain values, any thread.
 */
#ifndef WZ_CORE_STANDING_H
#define WZ_CORE_STANDING_H

#include "core/catalogue.h"
#include "core/snapshot.h"

typedef struct wz_standing {
    const wz_catalogue *catalogue;
    size_t              count;      /* of the catalogue; the arrays run in its order */
    wz_package_state   *packages;   /* by the packages alone */
    bool               *in_force;
    const wz_update   **pending;    /* not in force, but this one (itself or what replaces it) waits for a restart */
} wz_standing;

void wz_standing_fill(wz_standing *standing, const wz_snapshot *snapshot, const wz_catalogue *catalogue);
void wz_standing_clear(wz_standing *standing);

/* Position of a KB in the catalogue; wz_catalogue_count when it is not in it. */
size_t wz_update_index(const wz_catalogue *catalogue, unsigned kb);

#endif
