#include "core/check.h"

#include "core/check_rules.h"
#include "core/plan_order.h"

#include "resource.h"

#include <stdlib.h>

/* ---- what the rules share ---- */

void wz_check_say(wz_check *out, wz_verdict verdict, unsigned fix, unsigned evidence, size_t count,
                  const char *const args[])
{
    out->verdict = verdict;
    out->fix = fix;
    wz_phrase_set(&out->evidence, evidence, count, args);
}

/* A code as people look it up: small ones in decimal, an HRESULT in hexadecimal. */
static void check_add_code(wz_text *text, unsigned code)
{
    if (code <= 0xFFFF) {
        wz_text_add_number(text, code);
    } else {
        wz_text_add(text, "0x");
        wz_text_add_hex(text, code, 8);
    }
}

void wz_check_unknown(const wz_check_input *input, wz_check *out, wz_fact_id id)
{
    const wz_fact *fact = &input->snapshot->facts[id];
    wz_text        code = { 0 };
    const char    *args[2] = { fact->source != NULL ? fact->source : wz_fact_name(id), "" };
    unsigned       word = IDS_CHK_NOT_ASKED;

    switch (fact->state) {
    case WZ_FACT_NOT_ASKED:
        break;
    case WZ_FACT_KNOWN:
        word = IDS_CHK_ODD;
        args[1] = fact->value;
        break;
    case WZ_FACT_ABSENT:
        word = IDS_CHK_NOT_THERE;
        break;
    case WZ_FACT_UNREADABLE:
        word = fact->os_code != 0 ? IDS_CHK_UNREADABLE : IDS_CHK_TIMEOUT;
        check_add_code(&code, fact->os_code);
        args[1] = wz_text_at(&code);
        break;
    }
    out->fact = id;
    wz_check_say(out, WZ_VERDICT_UNKNOWN, IDS_CHK_FIX_UNKNOWN, word, 2, args);
    wz_text_clear(&code);
}

const char *wz_check_value(const wz_check_input *input, wz_fact_id fact)
{
    const char *value = wz_snapshot_text(input->snapshot, fact);

    return value != NULL ? value : "–";
}

/* ---- the table ---- */

typedef struct check_row {
    wz_check_rule *rule;
    unsigned       title, why;
    wz_fact_id     fact;          /* what the check rests on unless the rule says otherwise */
} check_row;

static check_row check_row_of(wz_check_id id)
{
    switch (id) {
    case WZ_CHECK_SYSTEM:
        return (check_row){ wz_check_system, IDS_CHK_SYSTEM, IDS_CHK_WHY_SYSTEM, WZ_FACT_VERSION_API };
    case WZ_CHECK_SERVICE_PACK:
        return (check_row){ wz_check_service_pack, IDS_CHK_SERVICE_PACK, IDS_CHK_WHY_SERVICE_PACK,
                            WZ_FACT_SERVICE_PACK_MAJOR };
    case WZ_CHECK_VERSION_SOURCES:
        return (check_row){ wz_check_version_sources, IDS_CHK_VERSION_SOURCES, IDS_CHK_WHY_VERSION_SOURCES,
                            WZ_FACT_VERSION_API };
    case WZ_CHECK_SHA2:
        return (check_row){ wz_check_sha2, IDS_CHK_SHA2, IDS_CHK_WHY_SHA2, WZ_FACT_SHA2_SUPPORT };
    case WZ_CHECK_STACK:
        return (check_row){ wz_check_stack, IDS_CHK_STACK, IDS_CHK_WHY_STACK, WZ_FACT_STACK_VERSION };
    case WZ_CHECK_PENDING_RESTART:
        return (check_row){ wz_check_pending_restart, IDS_CHK_PENDING_RESTART, IDS_CHK_WHY_PENDING_RESTART,
                            WZ_FACT_PENDING_CBS_REBOOT };
    case WZ_CHECK_PENDING_RENAMES:
        return (check_row){ wz_check_pending_renames, IDS_CHK_PENDING_RENAMES, IDS_CHK_WHY_PENDING_RENAMES,
                            WZ_FACT_PENDING_RENAMES };
    case WZ_CHECK_DISK:
        return (check_row){ wz_check_disk, IDS_CHK_DISK, IDS_CHK_WHY_DISK, WZ_FACT_DISK_FREE };
    case WZ_CHECK_SERVICE_UPDATE:
        return (check_row){ wz_check_service_update, IDS_CHK_SERVICE_UPDATE, IDS_CHK_WHY_SERVICE_UPDATE,
                            WZ_FACT_START_UPDATE };
    case WZ_CHECK_SERVICE_INSTALLER:
        return (check_row){ wz_check_service_installer, IDS_CHK_SERVICE_INSTALLER, IDS_CHK_WHY_SERVICE_INSTALLER,
                            WZ_FACT_START_INSTALLER };
    case WZ_CHECK_RIGHTS:
        return (check_row){ wz_check_rights, IDS_CHK_RIGHTS, IDS_CHK_WHY_RIGHTS, WZ_FACT_ADMINISTRATOR };
    case WZ_CHECK_REMOTE:
        return (check_row){ wz_check_remote, IDS_CHK_REMOTE, IDS_CHK_WHY_REMOTE, WZ_FACT_REMOTE_SESSION };
    case WZ_CHECK_PACKAGES:
        return (check_row){ wz_check_packages, IDS_CHK_PACKAGES, IDS_CHK_WHY_PACKAGES, WZ_FACT_PACKAGES };
    case WZ_CHECK_STORE:
        return (check_row){ wz_check_store, IDS_CHK_STORE, IDS_CHK_WHY_STORE, WZ_FACT_LOG_SERVICING };
    case WZ_CHECK_ANTIVIRUS:
        return (check_row){ wz_check_antivirus, IDS_CHK_ANTIVIRUS, IDS_CHK_WHY_ANTIVIRUS, WZ_FACT_SOPHOS };
    case WZ_CHECK_POWER:
        return (check_row){ wz_check_power, IDS_CHK_POWER, IDS_CHK_WHY_POWER, WZ_FACT_ON_BATTERY };
    case WZ_CHECK_ROLES:
        return (check_row){ wz_check_roles, IDS_CHK_ROLES, IDS_CHK_WHY_ROLES, WZ_FACT_PRODUCT_TYPE };
    case WZ_CHECK_HOST:
        return (check_row){ wz_check_host, IDS_CHK_HOST, IDS_CHK_WHY_HOST, WZ_FACT_FIRMWARE };
    case WZ_CHECK_CLOCK:
        return (check_row){ wz_check_clock, IDS_CHK_CLOCK, IDS_CHK_WHY_CLOCK, WZ_FACT_BOOT_TIME };
    case WZ_CHECK_COUNT:
        break;
    }
    return (check_row){ 0 };
}

const char *wz_check_name(wz_check_id id)
{
    static const char *const names[] = {
#define CHECK_NAME(suffix, name) name,
        WZ_CHECKS(CHECK_NAME)
#undef CHECK_NAME
    };

    return names[id];
}

unsigned wz_check_title_word(wz_check_id id)
{
    return check_row_of(id).title;
}

void wz_checks_run(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target, const char *note,
                   wz_checks *out)
{
    const wz_update *goal = wz_order_goal(catalogue, target);
    bool            *required = wz_new_array(wz_catalogue_count(catalogue), bool);
    wz_standing      standing;
    wz_check_input   input = { .snapshot = snapshot, .catalogue = catalogue, .target = target, .accepted = note };
    wz_version       version = { 0 };

    wz_checks_clear(out);
    wz_standing_fill(&standing, snapshot, catalogue);
    (void)wz_system_version(snapshot, &version);
    if (goal != NULL && !wz_order_is_reached(&standing, target, goal, version))
        wz_order_requirements(catalogue, goal, required);
    input.system = wz_system_of(snapshot);
    input.standing = &standing;
    input.required = required;
    for (int i = 0; i < WZ_CHECK_COUNT; i++) {
        check_row row = check_row_of((wz_check_id)i);
        wz_check *check = &out->items[i];

        check->id = (wz_check_id)i;
        check->why = row.why;
        check->fact = row.fact;
        row.rule(&input, check);
    }
    wz_standing_clear(&standing);
    free(required);
}

void wz_checks_clear(wz_checks *checks)
{
    for (int i = 0; i < WZ_CHECK_COUNT; i++)
        wz_phrase_clear(&checks->items[i].evidence);
    *checks = (wz_checks){ 0 };
}

/* ---- verdicts ---- */

static int verdict_rank(wz_verdict verdict)
{
    switch (verdict) {
    case WZ_VERDICT_READY:   return 0;
    case WZ_VERDICT_ACTION:  return 1;
    case WZ_VERDICT_UNKNOWN: return 2;
    case WZ_VERDICT_BLOCKED: return 3;
    }
    return 2;
}

wz_verdict wz_checks_worst(const wz_checks *checks)
{
    wz_verdict worst = WZ_VERDICT_READY;

    for (int i = 0; i < WZ_CHECK_COUNT; i++)
        if (verdict_rank(checks->items[i].verdict) > verdict_rank(worst))
            worst = checks->items[i].verdict;
    return worst;
}

unsigned wz_verdict_word(wz_verdict verdict)
{
    switch (verdict) {
    case WZ_VERDICT_READY:   return IDS_VERDICT_READY;
    case WZ_VERDICT_ACTION:  return IDS_VERDICT_ACTION;
    case WZ_VERDICT_BLOCKED: return IDS_VERDICT_BLOCKED;
    case WZ_VERDICT_UNKNOWN: break;
    }
    return IDS_VERDICT_UNKNOWN;
}

const char *wz_verdict_name(wz_verdict verdict)
{
    switch (verdict) {
    case WZ_VERDICT_READY:   return "ready";
    case WZ_VERDICT_ACTION:  return "action";
    case WZ_VERDICT_BLOCKED: return "blocked";
    case WZ_VERDICT_UNKNOWN: break;
    }
    return "unknown";
}
