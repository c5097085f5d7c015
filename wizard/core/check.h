/*
 * check: the questions of page 3, each with a verdict.
 *
 * A pure function of snapshot, catalogue and target; same input, same answer. What cannot be answered is "unknown" with
 * the reason, never ready. Words by id; evidence names the value and source that were read. Any thread.
 */
#ifndef WZ_CORE_CHECK_H
#define WZ_CORE_CHECK_H

#include "core/system.h"
#include "core/words.h"

typedef enum wz_verdict { WZ_VERDICT_READY, WZ_VERDICT_ACTION, WZ_VERDICT_BLOCKED, WZ_VERDICT_UNKNOWN } wz_verdict;

/* X(suffix, name in XML). The order is the order on the page. */
#define WZ_CHECKS(X)                          \
    X(SYSTEM,           "system")             \
    X(SERVICE_PACK,     "servicePack")        \
    X(VERSION_SOURCES,  "versionSources")     \
    X(SHA2,             "sha2")               \
    X(STACK,            "servicingStack")     \
    X(PENDING_RESTART,  "pendingRestart")     \
    X(PENDING_RENAMES,  "pendingFileRenames") \
    X(DISK,             "diskSpace")          \
    X(SERVICE_UPDATE,   "serviceWindowsUpdate") \
    X(SERVICE_INSTALLER,"serviceTrustedInstaller") \
    X(RIGHTS,           "rights")             \
    X(REMOTE,           "remoteSession")      \
    X(PACKAGES,         "packages")           \
    X(STORE,            "componentStore")     \
    X(ANTIVIRUS,        "antivirus")          \
    X(POWER,            "power")              \
    X(ROLES,            "serverRoles")        \
    X(HOST,             "virtualMachine")     \
    X(CLOCK,            "clock")

typedef enum wz_check_id {
#define WZ_CHECK_ENUM(suffix, name) WZ_CHECK_##suffix,
    WZ_CHECKS(WZ_CHECK_ENUM)
#undef WZ_CHECK_ENUM
    WZ_CHECK_COUNT
} wz_check_id;

typedef struct wz_check {
    wz_check_id id;
    wz_verdict  verdict;
    wz_phrase   evidence;   /* what was read */
    unsigned    why;        /* string id: why it matters */
    unsigned    fix;        /* string id: what to do; 0 when ready */
    wz_fact_id  fact;       /* the fact whose source and time stand beside it */
} wz_check;

typedef struct wz_checks { wz_check items[WZ_CHECK_COUNT]; } wz_checks;

#define WZ_DISK_NEEDED_BYTES (4ull * 1024u * 1024u * 1024u)   /* blocked below a quarter of it, action below it */

/*
 * Fills out (an empty or cleared struct). note: that with which somebody has accepted the pending file renames; NULL
 * when nobody has. The action verdicts of SHA2 and STACK are what the plan will mend.
 */
void       wz_checks_run(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target, const char *note,
                         wz_checks *out);
void       wz_checks_clear(wz_checks *checks);
wz_verdict wz_checks_worst(const wz_checks *checks);            /* blocked > unknown > action > ready */
const char *wz_check_name(wz_check_id id);
unsigned   wz_check_title_word(wz_check_id id);                 /* string id */
unsigned   wz_verdict_word(wz_verdict verdict);                 /* string id: "Ready" "Action" "Blocked" "Unknown" */
const char *wz_verdict_name(wz_verdict verdict);                /* in XML: "ready" … */

#endif
