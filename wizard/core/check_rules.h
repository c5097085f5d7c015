/*
 * check_rules: the single checks. The inside of check.h; used by check*.c only.
 *
 * A rule gets the facts and fills verdict, evidence, fix and fact of its check; why and id are set for it.
 */
#ifndef WZ_CORE_CHECK_RULES_H
#define WZ_CORE_CHECK_RULES_H

#include "core/check.h"
#include "core/standing.h"

typedef struct wz_check_input {
    const wz_snapshot  *snapshot;
    const wz_catalogue *catalogue;
    wz_target           target;
    wz_system           system;
    const wz_standing  *standing;
    const char         *accepted;   /* the note with which the pending renames were accepted; NULL */
    const bool         *required;   /* by catalogue index: the goal and all it requires; none when it is reached */
} wz_check_input;

typedef void wz_check_rule(const wz_check_input *input, wz_check *out);

wz_check_rule wz_check_system, wz_check_service_pack, wz_check_version_sources, wz_check_sha2, wz_check_stack;
wz_check_rule wz_check_pending_restart, wz_check_pending_renames, wz_check_disk, wz_check_service_update,
    wz_check_service_installer, wz_check_rights, wz_check_remote, wz_check_power, wz_check_clock;
wz_check_rule wz_check_packages, wz_check_store, wz_check_antivirus, wz_check_roles, wz_check_host;

/* Verdict, what to do (0 for ready) and the evidence. */
void wz_check_say(wz_check *out, wz_verdict verdict, unsigned fix, unsigned evidence, size_t count,
                  const char *const args[]);

/* Unknown, because of this fact: names its source and why it is not known. Also for a known fact with an odd value. */
void wz_check_unknown(const wz_check_input *input, wz_check *out, wz_fact_id fact);

/* The fact's value, "?" when there is none. */
const char *wz_check_value(const wz_check_input *input, wz_fact_id fact);

#endif
