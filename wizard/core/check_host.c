/* The checks that ask what else this machine is: its roles, what it runs on, and what watches over its files. */
#include "core/check_rules.h"

#include "core/host.h"

#include "resource.h"

/* ---- roles that a restart takes from others ---- */

#define PRODUCT_DOMAIN_CONTROLLER 2u
#define SERVICE_DISABLED          4u

void wz_check_roles(const wz_check_input *input, wz_check *out)
{
    uint64_t product_type;
    uint64_t start = SERVICE_DISABLED;
    bool     is_controller;
    bool     is_node;

    if (!wz_snapshot_number(input->snapshot, WZ_FACT_PRODUCT_TYPE, &product_type)) {
        wz_check_unknown(input, out, WZ_FACT_PRODUCT_TYPE);
        return;
    }
    is_controller = product_type == PRODUCT_DOMAIN_CONTROLLER;
    is_node = wz_snapshot_number(input->snapshot, WZ_FACT_CLUSTER, &start) && start != SERVICE_DISABLED;
    if (is_controller && is_node)
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_ROLES_BOTH, IDS_CHK_ROLES_BOTH, 0, NULL);
    else if (is_controller)
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_ROLES_CONTROLLER, IDS_CHK_ROLES_CONTROLLER, 0, NULL);
    else if (is_node)
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_ROLES_CLUSTER, IDS_CHK_ROLES_CLUSTER, 0, NULL);
    else if (start == SERVICE_DISABLED && input->snapshot->facts[WZ_FACT_CLUSTER].state != WZ_FACT_ABSENT
             && wz_snapshot_text(input->snapshot, WZ_FACT_CLUSTER) == NULL)
        wz_check_unknown(input, out, WZ_FACT_CLUSTER);
    else
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_ROLES_NONE, 0, NULL);
    if (is_node)
        out->fact = WZ_FACT_CLUSTER;
}

/* ---- hypervisor ---- */

void wz_check_host(const wz_check_input *input, wz_check *out)
{
    const char *firmware = wz_snapshot_text(input->snapshot, WZ_FACT_FIRMWARE);
    wz_host     host = wz_host_of(input->snapshot);
    const char *args[2] = { wz_host_name(host), firmware != NULL ? firmware : "" };
    uint64_t    product_type = 0;
    unsigned    fix = host == WZ_HOST_VMWARE ? IDS_CHK_FIX_HOST_VMWARE : IDS_CHK_FIX_HOST;

    (void)wz_snapshot_number(input->snapshot, WZ_FACT_PRODUCT_TYPE, &product_type);
    if (product_type == PRODUCT_DOMAIN_CONTROLLER)
        fix = IDS_CHK_FIX_HOST_CONTROLLER;
    if (host != WZ_HOST_UNRECOGNISED)
        wz_check_say(out, WZ_VERDICT_ACTION, fix, IDS_CHK_HOST_VIRTUAL, 2, args);
    else if (firmware != NULL)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_HOST_UNRECOGNISED, 2, args);
    else if (input->snapshot->facts[WZ_FACT_FIRMWARE].state == WZ_FACT_ABSENT)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_HOST_UNNAMED, 0, NULL);
    else
        wz_check_unknown(input, out, WZ_FACT_FIRMWARE);
}

/* ---- antivirus ---- */

/*
 * With Sophos and Avira of before 14 May 2019 this Windows hung at the restart after the update of April 2019; that day
 * both had released the cure (servicing.md 9.3, 9.4). Of other makers Microsoft's pages for this Windows say nothing.
 */
#define CURE_DATE ((wz_time)1557792000)                /* 2019-05-14 */

typedef struct watcher { wz_fact_id program, date; const char *name; } watcher;

static const watcher watchers[] = {
    { WZ_FACT_SOPHOS, WZ_FACT_SOPHOS_DATE, "Sophos" },
    { WZ_FACT_AVIRA,  WZ_FACT_AVIRA_DATE,  "Avira"  },
};

static bool watcher_is_known(const wz_check_input *input, wz_fact_id fact)
{
    wz_fact_state state = input->snapshot->facts[fact].state;

    return state == WZ_FACT_KNOWN || state == WZ_FACT_ABSENT;
}

static bool is_6003(const wz_check_input *input)
{
    wz_version version;

    return wz_system_version(input->snapshot, &version) && version.major == 6 && version.minor == 0
        && version.build >= 6003;
}

static void watcher_judge(const wz_check_input *input, wz_check *out, const watcher *row)
{
    const char *date = wz_snapshot_text(input->snapshot, row->date);
    wz_text     day = { 0 };
    wz_time     time;
    const char *args[3] = { row->name, wz_check_value(input, row->program), NULL };

    out->fact = row->program;
    if (date == NULL || !wz_time_parse(date, &time)) {
        wz_check_unknown(input, out, row->date);
        out->fix = IDS_CHK_FIX_ANTIVIRUS_UNKNOWN;
        return;
    }
    wz_text_add_date(&day, time);
    args[2] = wz_text_at(&day);
    if (time >= CURE_DATE)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_ANTIVIRUS_NEWER, 3, args);
    else
        wz_check_say(out, is_6003(input) ? WZ_VERDICT_ACTION : WZ_VERDICT_BLOCKED, IDS_CHK_FIX_ANTIVIRUS,
                     IDS_CHK_ANTIVIRUS_OLD, 3, args);
    wz_text_clear(&day);
}

static int watcher_rank(wz_verdict verdict)
{
    return verdict == WZ_VERDICT_BLOCKED ? 3 : verdict == WZ_VERDICT_UNKNOWN ? 2 : verdict == WZ_VERDICT_ACTION;
}

/* The worse of the two speaks. */
void wz_check_antivirus(const wz_check_input *input, wz_check *out)
{
    bool is_any = false;

    for (size_t i = 0; i < WZ_COUNT(watchers); i++) {
        wz_check one = { .id = out->id, .why = out->why, .fact = watchers[i].program };

        if (!watcher_is_known(input, watchers[i].program))
            wz_check_unknown(input, &one, watchers[i].program);
        else if (wz_snapshot_text(input->snapshot, watchers[i].program) != NULL)
            watcher_judge(input, &one, &watchers[i]);
        else
            continue;
        if (!is_any || watcher_rank(one.verdict) > watcher_rank(out->verdict)) {
            wz_phrase_clear(&out->evidence);
            *out = one;
        } else {
            wz_phrase_clear(&one.evidence);
        }
        is_any = true;
    }
    if (!is_any)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_ANTIVIRUS_NONE, 0, NULL);
}
