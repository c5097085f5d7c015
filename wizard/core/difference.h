/*
 * difference: what two snapshots say differently: of one machine before and after, or of two machines.
 *
 * A pure function of two sessions with an opened snapshot each, assessed with the same catalogue and target. What is
 * compared is meaning: a package that is installed on either scale of CurrentState is the same (snapshot.h). Values of
 * the moment, such as the free space, change by themselves; they are listed and do not count. Any thread.
 */
#ifndef WZ_CORE_DIFFERENCE_H
#define WZ_CORE_DIFFERENCE_H

#include "core/report.h"

typedef enum wz_machines { WZ_MACHINES_UNKNOWN, WZ_MACHINES_ONE, WZ_MACHINES_TWO } wz_machines;

typedef struct wz_update_difference { unsigned kb; wz_package_state first, second; } wz_update_difference;
/* NULL: not registered. Both borrowed from their snapshots. */
typedef struct wz_package_difference { const wz_package *first, *second; } wz_package_difference;
/* Listed by WMI in one of them only, and no update that a package difference tells of. Borrowed. */
typedef struct wz_hotfix_difference { const char *id; bool is_first; } wz_hotfix_difference;

typedef struct wz_differences {
    const wz_session *first, *second;                  /* lent */
    wz_machines       machines;
    wz_check_id       checks[WZ_CHECK_COUNT];  size_t check_count;     /* with another verdict */
    wz_fact_id        facts[WZ_FACT_COUNT];    size_t fact_count;
    wz_fact_id        moments[WZ_FACT_COUNT];  size_t moment_count;    /* facts that do not count */
    bool              has_packages, has_hotfixes;      /* both snapshots have the list; else it is not compared */
    wz_update_difference  *updates;  size_t update_count, update_room;    /* by number */
    wz_package_difference *packages; size_t package_count, package_room;  /* by name */
    wz_hotfix_difference  *hotfixes; size_t hotfix_count, hotfix_room;    /* by name */
} wz_differences;

/* The sessions must outlive out. */
void wz_differences_find(const wz_session *first, const wz_session *second, wz_differences *out);
void wz_differences_clear(wz_differences *differences);
bool wz_differences_any(const wz_differences *differences);             /* does anything that counts differ? */

/* As a document with the sections compared, checks, facts, updates, packages and moment; exit_code is 0 or 1. Redacted
   when the first session is to be. */
wz_report *wz_differences_report(const wz_differences *differences, const wz_words *words);

#endif
