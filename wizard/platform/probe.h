/*
 * probe: reads the facts of this computer into a snapshot, in groups.
 *
 * Each group runs on its own thread with a time limit, a few at once, and fills a snapshot of its own; the results are
 * merged when it ends in time. A group that does not answer is left behind with everything it may still write to, and
 * its facts are unreadable with code 0. Facts on whose state a group ends up saying nothing stay "not asked".
 *
 * The wz_probe_* functions of a group write the facts that probe.c's table gives it, and nothing else. They run on any
 * thread, at the same time as the others, and share nothing.
 */
#ifndef WZ_PLATFORM_PROBE_H
#define WZ_PLATFORM_PROBE_H

#include "core/platform.h"
#include "platform/win32.h"

/* Everything, as platform.h's probe. WZ_E_CANCELLED only; out is the caller's. */
wz_status wz_probe(const wz_progress *progress, wz_snapshot **out, wz_error *err);

/* The machinery, for tests: any groups. facts: ids, ended by WZ_FACT_COUNT. */
typedef struct wz_probe_group {
    void (*run)(wz_snapshot *out);
    unsigned           word;         /* string id of the progress line */
    unsigned           limit_ms;
    unsigned           weight;       /* share of the progress bar; all weights of a table add up to 1000 */
    const char        *source;       /* of facts that got no answer */
    const wz_fact_id  *facts;
} wz_probe_group;

/* Three of them wait for WMI; the others are too short to gain from more, and each costs a stack (1 MB in Wine). The
   last groups of a table are begun first. */
#define WZ_PROBES_AT_ONCE 4u

wz_status wz_probe_groups(const wz_probe_group groups[], size_t count, const wz_progress *progress, wz_snapshot **out,
                          wz_error *err);

void wz_probe_computer(wz_snapshot *out);
void wz_probe_version(wz_snapshot *out);
void wz_probe_pending(wz_snapshot *out);
void wz_probe_servicing(wz_snapshot *out);
void wz_probe_packages(wz_snapshot *out);
void wz_probe_manifests(wz_snapshot *out);
void wz_probe_rights(wz_snapshot *out);
void wz_probe_host(wz_snapshot *out);
void wz_probe_chassis(wz_snapshot *out);           /* a part of host: probe_chassis.c */
void wz_probe_logs(wz_snapshot *out);
void wz_probe_wmi_system(wz_snapshot *out);
void wz_probe_wmi_hotfixes(wz_snapshot *out);
void wz_probe_wmi_licence(wz_snapshot *out);

wz_time wz_windows_time(void);

/* Helpers of the groups: one fact from one place, with its source and the time of now. */
void wz_probe_known(wz_snapshot *out, wz_fact_id id, const char *source, const char *value);
void wz_probe_number(wz_snapshot *out, wz_fact_id id, const char *source, uint64_t value);
void wz_probe_absent(wz_snapshot *out, wz_fact_id id, const char *source);
/* Absent when the code says "not there", else unreadable. */
void wz_probe_code(wz_snapshot *out, wz_fact_id id, const char *source, unsigned win32);
void wz_probe_registry_text(wz_snapshot *out, wz_fact_id id, const wchar_t *path, const wchar_t *name);
void wz_probe_registry_number(wz_snapshot *out, wz_fact_id id, const wchar_t *path, const wchar_t *name);
void wz_probe_registry_key(wz_snapshot *out, wz_fact_id id, const wchar_t *path);      /* "1" when the key exists */

/* "registry HKLM\path\name"; name may be NULL. "file C:\…" for a path as people write it. Owned. */
char *wz_probe_registry_source(const wchar_t *path, const wchar_t *name);
char *wz_probe_file_source(const wchar_t *path);

#endif
