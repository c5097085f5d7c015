/*
 * machine: snapshots and catalogues for the tests of core's decisions.
 *
 * Machines are made by hand from what is known of real ones; a test changes the one thing it is about.
 */
#ifndef WZ_TESTS_CORE_MACHINE_H
#define WZ_TESTS_CORE_MACHINE_H

#include "core/plan.h"

#define MACHINE_TIME ((wz_time)1794000000)            /* 2026-11-06T21:20:00Z */

/* resources/catalogue.xml; lives as long as the program. */
const wz_catalogue *machine_catalogue(void);
/* A site catalogue of these <update …/> elements; targets: five KBs in the order of wz_target. Owned by the caller. */
wz_catalogue *machine_site_catalogue(const unsigned targets[], const char *updates);

/*
 * Windows Server 2008 Standard with SP2 at 6.0.6002.18005, logged on as administrator at the console: every fact is
 * known or absent, nothing is pending, SP2 is its only update, no licence. Owned by the caller.
 */
wz_snapshot *machine_bare(const char *architecture);
/* Build and revision of all sources: "6.0.6003.20489". */
void machine_set_version(wz_snapshot *snapshot, const char *version);
void machine_set(wz_snapshot *snapshot, wz_fact_id fact, const char *value);       /* known */
/* ABSENT, UNREADABLE (code 5) or NOT_ASKED */
void machine_forget(wz_snapshot *snapshot, wz_fact_id fact, wz_fact_state state);
/* A package of the update with this CurrentState, and, when it is installed, the hotfix row and the manifest. */
void machine_add(wz_snapshot *snapshot, unsigned kb, int state);
void machine_set_sha2(wz_snapshot *snapshot);         /* both registry values 1 */

/*
 * The plan has this state, a reason when it is not ready, and these steps: "p4493730 4474419| 4534303|", numbers in
 * order, p for one that only waits, | for a restart after it.
 */
void machine_expect_plan(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target,
                         wz_plan_state state, const char *steps);

/* The states as the registry of this Windows has them (FINDINGS.md 1). */
#define MACHINE_INSTALLED  0x70
#define MACHINE_PENDING    0x60
#define MACHINE_SUPERSEDED 0x50
#define MACHINE_STAGED     0x40
#define MACHINE_BROKEN     (-0x70)

#endif
