#include "core/licence.h"

#include "core/host.h"
#include "core/plan_order.h"
#include "core/system.h"

#include "resource.h"

/*
 * The licences Windows can hold, strongest first (servicing.md 4A; names as Microsoft's tables print them). Each covers
 * the programmes before its own. The identities of years 1 to 3 and of Premium Assurance are confirmed by several
 * sources; that of year 4 rests on one, and is accepted because nothing else could stand for the Azure year, with a
 * sentence that says so. What years 5 and 6 cover on this Windows is not known: they are told and not counted.
 */
typedef struct licence_row {
    wz_fact_id   fact;
    const char  *name;
    wz_programme programme;
    unsigned     word;            /* what it covers; 0 = not counted */
} licence_row;

static const licence_row licence_rows[] = {
    { WZ_FACT_ESU_PREMIUM, "Server-ESU-PA",    WZ_PROGRAMME_PA,   IDS_ENTITLED_PA   },
    { WZ_FACT_ESU_YEAR4,   "Server-ESU-Year4", WZ_PROGRAMME_ESU4, IDS_ENTITLED_ESU4 },
    { WZ_FACT_ESU_YEAR3,   "Server-ESU-Year3", WZ_PROGRAMME_ESU3, IDS_ENTITLED_ESU3 },
    { WZ_FACT_ESU_YEAR2,   "Server-ESU-Year2", WZ_PROGRAMME_ESU2, IDS_ENTITLED_ESU2 },
    { WZ_FACT_ESU_YEAR1,   "Server-ESU-Year1", WZ_PROGRAMME_ESU1, IDS_ENTITLED_ESU1 },
    { WZ_FACT_ESU_YEAR6,   "Server-ESU-Year6", WZ_PROGRAMME_FREE, 0                 },
    { WZ_FACT_ESU_YEAR5,   "Server-ESU-Year5", WZ_PROGRAMME_FREE, 0                 },
};

#define LICENCE_STATUS_LICENSED 1u    /* servicing.md 4B */

static bool licence_was_read(const wz_snapshot *snapshot, wz_fact_id fact)
{
    uint64_t status;

    return snapshot->facts[fact].state == WZ_FACT_ABSENT || wz_snapshot_number(snapshot, fact, &status);
}

static bool licence_is_active(const wz_snapshot *snapshot, wz_fact_id fact)
{
    uint64_t status;

    return wz_snapshot_number(snapshot, fact, &status) && status == LICENCE_STATUS_LICENSED;
}

static const licence_row *licence_first_active(const wz_snapshot *snapshot)
{
    for (size_t i = 0; i < WZ_COUNT(licence_rows); i++)
        if (licence_is_active(snapshot, licence_rows[i].fact))
            return &licence_rows[i];
    return NULL;
}

static const licence_row *licence_first_known(const wz_snapshot *snapshot)
{
    uint64_t status;

    for (size_t i = 0; i < WZ_COUNT(licence_rows); i++)
        if (wz_snapshot_number(snapshot, licence_rows[i].fact, &status))
            return &licence_rows[i];
    return NULL;
}

static void licence_say(wz_phrase *summary, const wz_snapshot *snapshot, unsigned word, const licence_row *row)
{
    const char *status = wz_snapshot_text(snapshot, row->fact);
    const char *args[2] = { row->name, status != NULL ? status : "?" };

    wz_phrase_set(summary, word, 2, args);
}

void wz_entitlement_of(const wz_snapshot *snapshot, wz_entitlement *out)
{
    const licence_row *active = licence_first_active(snapshot);
    const licence_row *known = licence_first_known(snapshot);

    wz_entitlement_clear(out);
    for (size_t i = 0; i < WZ_COUNT(licence_rows); i++)
        out->is_known = out->is_known || licence_was_read(snapshot, licence_rows[i].fact);
    if (wz_host_is_azure(snapshot) && (active == NULL || active->programme < WZ_PROGRAMME_ESU4)) {
        const char *args[1] = { wz_snapshot_text(snapshot, WZ_FACT_CHASSIS_TAG) };

        out->highest = WZ_PROGRAMME_ESU4;
        out->fact = WZ_FACT_CHASSIS_TAG;
        wz_phrase_set(&out->summary, IDS_ENTITLED_AZURE, 1, args);
    } else if (active != NULL && active->word != 0) {
        out->highest = active->programme;
        out->fact = active->fact;
        wz_phrase_set(&out->summary, active->word, 0, NULL);
    } else if (active != NULL) {
        licence_say(&out->summary, snapshot, IDS_ENTITLED_NOT_COUNTED, active);
    } else if (known != NULL) {
        licence_say(&out->summary, snapshot, IDS_ENTITLED_INACTIVE, known);
    } else {
        wz_phrase_set(&out->summary, out->is_known ? IDS_ENTITLED_NONE : IDS_ENTITLED_UNREADABLE, 0, NULL);
    }
}

void wz_entitlement_clear(wz_entitlement *entitlement)
{
    wz_phrase_clear(&entitlement->summary);
    *entitlement = (wz_entitlement){ .highest = WZ_PROGRAMME_FREE };
}

/* ---- targets ---- */

bool wz_edition_is_entitled(const wz_snapshot *snapshot)
{
    /* the numbers of GetProductInfo */
    static const unsigned editions[] = { 0x07, 0x0A, 0x08, 0x0D, 0x0E, 0x0C, 0x24, 0x26, 0x25, 0x28, 0x29, 0x27 };
    uint64_t              edition;

    if (!wz_snapshot_number(snapshot, WZ_FACT_EDITION, &edition))
        return true;
    for (size_t i = 0; i < WZ_COUNT(editions); i++)
        if (edition == editions[i])
            return true;
    return false;
}

/* Is there a licence fact that would cover the programme and could not be read? */
static bool licence_may_be_hidden(const wz_snapshot *snapshot, wz_programme programme)
{
    for (size_t i = 0; i < WZ_COUNT(licence_rows); i++)
        if (licence_rows[i].programme >= programme && !licence_was_read(snapshot, licence_rows[i].fact))
            return true;
    return false;
}

static unsigned target_allowed_word(wz_target target, const wz_update *goal, const wz_entitlement *entitlement)
{
    if (goal->programme != WZ_PROGRAMME_FREE)
        return entitlement->fact == WZ_FACT_CHASSIS_TAG ? IDS_LEVEL_AZURE : IDS_LEVEL_LICENSED;
    return target == WZ_TARGET_6003 ? IDS_LEVEL_6003 : IDS_LEVEL_FREE;
}

void wz_target_assess(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target,
                      wz_target_verdict *out)
{
    const wz_update *goal = wz_order_goal(catalogue, target);
    const wz_update *named = goal != NULL ? goal : wz_catalogue_target(catalogue, target);
    wz_architecture  architecture = wz_system_architecture(snapshot);
    wz_system        system = wz_system_of(snapshot);
    wz_entitlement   entitlement = { 0 };
    wz_text          kb = { 0 };
    wz_text          date = { 0 };
    const char      *args[2];
    unsigned         word;

    wz_entitlement_of(snapshot, &entitlement);
    wz_text_add_number(&kb, named->kb);
    wz_text_add_date(&date, named->date);
    args[0] = wz_text_at(&kb);
    args[1] = wz_text_at(&date);

    if (!wz_system_is_supported(system)) {
        word = system == WZ_SYSTEM_UNKNOWN ? IDS_LEVEL_SYSTEM_UNKNOWN : IDS_LEVEL_NOT_SUPPORTED;
    } else if (architecture == WZ_ARCH_UNKNOWN) {
        word = IDS_LEVEL_NO_ARCHITECTURE;
    } else if (goal == NULL) {
        word = IDS_LEVEL_KNOWN_BAD;
    } else if ((goal->architectures & (unsigned)architecture) == 0) {
        word = IDS_LEVEL_NOT_OFFERED;
        args[1] = wz_architecture_name(architecture);
    } else if (goal->programme > entitlement.highest) {
        word = licence_may_be_hidden(snapshot, goal->programme) ? IDS_LEVEL_LICENCE_UNREADABLE : IDS_LEVEL_NO_LICENCE;
    } else if (goal->programme != WZ_PROGRAMME_FREE && !wz_edition_is_entitled(snapshot)) {
        word = IDS_LEVEL_EDITION;
    } else {
        word = target_allowed_word(target, goal, &entitlement);
    }
    wz_target_verdict_clear(out);
    out->allowed = word == IDS_LEVEL_6003 || word == IDS_LEVEL_FREE || word == IDS_LEVEL_LICENSED
        || word == IDS_LEVEL_AZURE;
    wz_phrase_set(&out->reason, word, 2, args);
    wz_text_clear(&kb);
    wz_text_clear(&date);
    wz_entitlement_clear(&entitlement);
}

void wz_target_verdict_clear(wz_target_verdict *verdict)
{
    wz_phrase_clear(&verdict->reason);
    *verdict = (wz_target_verdict){ 0 };
}
