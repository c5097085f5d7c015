/* The checks that ask whether this machine can install anything now. */
#include "core/check_rules.h"

#include "resource.h"

#include <string.h>

/* ---- pending restart ---- */

typedef enum restart_owner { RESTART_SERVICING, RESTART_STORE, RESTART_AGENT, RESTART_OWNERS } restart_owner;

/* The signs of servicing.md 7C that block, with the names they are found by. File renames are a check apart. */
struct restart_sign { wz_fact_id fact; restart_owner owner; const char *name; };

static const struct restart_sign restart_signs[] = {
    { WZ_FACT_PENDING_CBS_REBOOT,   RESTART_SERVICING, "RebootPending"         },
    { WZ_FACT_PENDING_CBS_PACKAGES, RESTART_SERVICING, "PackagesPending"       },
    { WZ_FACT_PENDING_CBS_SESSIONS, RESTART_SERVICING, "PendedSessionPackages" },
    { WZ_FACT_PENDING_COMPONENTS,   RESTART_STORE,     NULL                    },   /* the value names what was found */
    { WZ_FACT_PENDING_XML_FILE,     RESTART_STORE,     "pending.xml"           },
    { WZ_FACT_PENDING_UPDATE_AGENT, RESTART_AGENT,     "RebootRequired"        },
};

/* Counts and flags are signs when they are not 0, a text is one by being there. */
static bool restart_is_found(const wz_snapshot *snapshot, const struct restart_sign *sign)
{
    const char *text = wz_snapshot_text(snapshot, sign->fact);
    uint64_t    number;

    if (text == NULL)
        return false;
    if (sign->name == NULL)
        return *text != '\0';
    return !wz_parse_number(text, &number) || number != 0;
}

static void restart_add_sign(const wz_snapshot *snapshot, const struct restart_sign *sign, wz_text *out)
{
    if (out->length > 0)
        wz_text_add(out, ", ");
    wz_text_add(out, sign->name != NULL ? sign->name : wz_snapshot_text(snapshot, sign->fact));
}

static unsigned restart_word(const bool owners[])
{
    int count = 0;

    for (int i = 0; i < RESTART_OWNERS; i++)
        count += owners[i];
    if (count > 1)
        return IDS_CHK_RESTART_SEVERAL;
    if (owners[RESTART_SERVICING])
        return IDS_CHK_RESTART_SERVICING;
    return owners[RESTART_STORE] ? IDS_CHK_RESTART_STORE : IDS_CHK_RESTART_AGENT;
}

void wz_check_pending_restart(const wz_check_input *input, wz_check *out)
{
    const struct restart_sign *unknown = NULL;
    const struct restart_sign *found = NULL;
    bool                       owners[RESTART_OWNERS] = { false };
    wz_text                    signs = { 0 };
    const char                *args[1];

    for (size_t i = 0; i < WZ_COUNT(restart_signs); i++) {
        const struct restart_sign *sign = &restart_signs[i];
        wz_fact_state              state = input->snapshot->facts[sign->fact].state;

        if (state != WZ_FACT_KNOWN && state != WZ_FACT_ABSENT) {
            if (unknown == NULL)
                unknown = sign;
        } else if (restart_is_found(input->snapshot, sign)) {
            owners[sign->owner] = true;
            restart_add_sign(input->snapshot, sign, &signs);
            if (found == NULL)
                found = sign;
        }
    }
    args[0] = wz_text_at(&signs);
    if (found != NULL) {
        out->fact = found->fact;
        wz_check_say(out, WZ_VERDICT_BLOCKED, IDS_CHK_FIX_RESTART, restart_word(owners), 1, args);
    } else if (unknown != NULL) {
        wz_check_unknown(input, out, unknown->fact);
    } else {
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_RESTART_NONE, 0, NULL);
    }
    wz_text_clear(&signs);
}

/* ---- disk ---- */

#define DISK_MEGABYTE (1024u * 1024u)

void wz_check_disk(const wz_check_input *input, wz_check *out)
{
    uint64_t    space;
    uint64_t    total;
    wz_text     texts[3] = { { 0 } };
    const char *args[3];

    if (!wz_snapshot_number(input->snapshot, WZ_FACT_DISK_FREE, &space)) {
        wz_check_unknown(input, out, WZ_FACT_DISK_FREE);
        return;
    }
    wz_text_add_number(&texts[0], space / DISK_MEGABYTE);
    if (wz_snapshot_number(input->snapshot, WZ_FACT_DISK_TOTAL, &total))
        wz_text_add_number(&texts[1], total / DISK_MEGABYTE);
    else
        wz_text_add(&texts[1], "?");
    wz_text_add_number(&texts[2], WZ_DISK_NEEDED_BYTES / DISK_MEGABYTE);
    for (int i = 0; i < 3; i++)
        args[i] = wz_text_at(&texts[i]);
    if (space >= WZ_DISK_NEEDED_BYTES)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_DISK_FREE, 3, args);
    else
        wz_check_say(out, space < WZ_DISK_NEEDED_BYTES / 4 ? WZ_VERDICT_BLOCKED : WZ_VERDICT_ACTION, IDS_CHK_FIX_DISK,
                     IDS_CHK_DISK_FREE, 3, args);
    for (int i = 0; i < 3; i++)
        wz_text_clear(&texts[i]);
}

/* ---- services ---- */

static void check_service(const wz_check_input *input, wz_check *out, wz_fact_id fact, unsigned fix)
{
    const wz_fact *start = &input->snapshot->facts[fact];
    const char    *args[1] = { start->source != NULL ? start->source : wz_fact_name(fact) };
    uint64_t       type = 0;

    if (start->state == WZ_FACT_ABSENT) {
        wz_check_say(out, WZ_VERDICT_BLOCKED, IDS_CHK_FIX_SERVICE_MISSING, IDS_CHK_SERVICE_MISSING, 1, args);
        return;
    }
    (void)wz_snapshot_number(input->snapshot, fact, &type);
    switch (type) {
    case 2:
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SERVICE_AUTOMATIC, 0, NULL);
        break;
    case 3:
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SERVICE_MANUAL, 0, NULL);
        break;
    case 4:
        wz_check_say(out, WZ_VERDICT_BLOCKED, fix, IDS_CHK_SERVICE_DISABLED, 0, NULL);
        break;
    default:                                           /* boot and system start are for drivers */
        wz_check_unknown(input, out, fact);
        break;
    }
}

void wz_check_service_update(const wz_check_input *input, wz_check *out)
{
    check_service(input, out, WZ_FACT_START_UPDATE, IDS_CHK_FIX_SERVICE_UPDATE);
}

void wz_check_service_installer(const wz_check_input *input, wz_check *out)
{
    check_service(input, out, WZ_FACT_START_INSTALLER, IDS_CHK_FIX_SERVICE_INSTALLER);
}

/* ---- the person and the session ---- */

void wz_check_rights(const wz_check_input *input, wz_check *out)
{
    bool is_known = wz_snapshot_text(input->snapshot, WZ_FACT_ADMINISTRATOR) != NULL;

    if (wz_snapshot_flag(input->snapshot, WZ_FACT_ADMINISTRATOR)) {
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_RIGHTS_ADMINISTRATOR, 0, NULL);
    } else if (wz_snapshot_flag(input->snapshot, WZ_FACT_CAN_ELEVATE)) {
        out->fact = WZ_FACT_CAN_ELEVATE;
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_RIGHTS_ELEVATE, IDS_CHK_RIGHTS_CAN_ELEVATE, 0, NULL);
    } else if (!is_known) {
        wz_check_unknown(input, out, WZ_FACT_ADMINISTRATOR);
    } else if (wz_snapshot_text(input->snapshot, WZ_FACT_CAN_ELEVATE) == NULL
               && input->snapshot->facts[WZ_FACT_CAN_ELEVATE].state != WZ_FACT_ABSENT) {
        wz_check_unknown(input, out, WZ_FACT_CAN_ELEVATE);
    } else {
        wz_check_say(out, WZ_VERDICT_BLOCKED, IDS_CHK_FIX_RIGHTS_NONE, IDS_CHK_RIGHTS_NONE, 0, NULL);
    }
}

void wz_check_remote(const wz_check_input *input, wz_check *out)
{
    if (wz_snapshot_text(input->snapshot, WZ_FACT_REMOTE_SESSION) == NULL)
        wz_check_unknown(input, out, WZ_FACT_REMOTE_SESSION);
    else if (wz_snapshot_flag(input->snapshot, WZ_FACT_REMOTE_SESSION))
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_REMOTE, IDS_CHK_REMOTE_YES, 0, NULL);
    else
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_REMOTE_NO, 0, NULL);
}

/* ---- power ---- */

void wz_check_power(const wz_check_input *input, wz_check *out)
{
    if (wz_snapshot_text(input->snapshot, WZ_FACT_ON_BATTERY) == NULL)
        wz_check_unknown(input, out, WZ_FACT_ON_BATTERY);
    else if (wz_snapshot_flag(input->snapshot, WZ_FACT_ON_BATTERY))
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_POWER, IDS_CHK_POWER_BATTERY, 0, NULL);
    else
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_POWER_MAINS, 0, NULL);
}

/* ---- the clock ---- */

#define CLOCK_DAY       ((wz_time)24 * 60 * 60)
#define CLOCK_TOLERANCE (2 * CLOCK_DAY)           /* time zones, and a catalogue dated on the day of release */
#define CLOCK_EARLIEST  ((wz_time)1546300800)     /* 2019-01-01: the first of these updates is of March 2019 */

/* A clock before the last update of the catalogue is wrong: the catalogue is younger than that update. */
void wz_check_clock(const wz_check_input *input, wz_check *out)
{
    wz_time     earliest = CLOCK_EARLIEST;
    wz_text     now = { 0 };
    wz_text     least = { 0 };
    const char *args[2];

    if (input->snapshot->taken == 0) {
        wz_check_unknown(input, out, WZ_FACT_BOOT_TIME);
        return;
    }
    for (size_t i = 0; i < input->standing->count; i++) {
        wz_time date = wz_catalogue_at(input->catalogue, i)->date;

        if (date != 0 && date - CLOCK_TOLERANCE > earliest)
            earliest = date - CLOCK_TOLERANCE;
    }
    wz_text_add_time(&now, input->snapshot->taken);
    wz_text_add_date(&least, earliest);
    args[0] = wz_text_at(&now);
    args[1] = wz_text_at(&least);
    if (input->snapshot->taken < earliest)
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_CLOCK, IDS_CHK_CLOCK_BEHIND, 2, args);
    else
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_CLOCK_IS, 1, args);
    wz_text_clear(&now);
    wz_text_clear(&least);
}
