#include "core/diagnosis_parts.h"

#include "core/system.h"
#include "resource.h"

#define MEGABYTE (1024u * 1024u)

static void add_kb(wz_text *text, unsigned kb)
{
    wz_text_add(text, "KB");
    wz_text_add_number(text, kb);
}

/* ---- comparing ---- */

static void add_architectures(wz_text *text, unsigned architectures)
{
    static const wz_architecture all[] = { WZ_ARCH_X86, WZ_ARCH_X64, WZ_ARCH_IA64 };

    for (size_t i = 0; i < WZ_COUNT(all); i++)
        if ((architectures & (unsigned)all[i]) != 0) {
            if (text->length > 0)
                wz_text_add(text, ", ");
            wz_text_add(text, wz_architecture_name(all[i]));
        }
}

static void compare_architecture(wz_diagnosing *d)
{
    wz_architecture here = wz_system_architecture(d->session->snapshot);
    wz_text         there = { 0 };

    add_architectures(&there, d->update->architectures);
    if (here != WZ_ARCH_UNKNOWN && (d->update->architectures & (unsigned)here) == 0)
        wz_because(d, IDS_REMEDY_CAUSE, IDS_REMEDY_FOUND_ARCHITECTURE, IDS_REMEDY_FIX_OTHER_FILE, wz_text_at(&there),
                   wz_architecture_name(here));
    wz_text_clear(&there);
}

static void compare_service_pack(wz_diagnosing *d)
{
    uint64_t level = 0;

    if (d->update->kind != WZ_KIND_SERVICE_PACK &&
        wz_snapshot_number(d->session->snapshot, WZ_FACT_SERVICE_PACK_MAJOR, &level) && level < 2)
        wz_because(d, IDS_REMEDY_CAUSE, IDS_REMEDY_FOUND_SERVICE_PACK, IDS_REMEDY_FIX_PREREQUISITE, NULL, NULL);
}

static void compare_replacement(wz_diagnosing *d)
{
    const wz_catalogue *catalogue = d->session->catalogue;
    wz_text             name = { 0 };

    for (size_t i = wz_catalogue_count(catalogue); i-- > 0 && name.length == 0;) {
        const wz_update *newer = wz_catalogue_at(catalogue, i);

        if (wz_catalogue_replaces(catalogue, newer->kb, d->update->kb) &&
            wz_update_in_force(newer, d->session->snapshot, catalogue))
            add_kb(&name, newer->kb);
    }
    if (name.length > 0)
        wz_because(d, IDS_REMEDY_CAUSE, IDS_REMEDY_FOUND_REPLACED, IDS_REMEDY_FIX_NOTHING, wz_text_at(&name), NULL);
    wz_text_clear(&name);
}

static void compare_requirements(wz_diagnosing *d)
{
    const wz_catalogue *catalogue = d->session->catalogue;
    wz_text             missing = { 0 };

    for (size_t i = 0; i < d->update->requires_count; i++) {
        const wz_update *needed = wz_catalogue_find(catalogue, d->update->requires_kbs[i]);

        if (needed == NULL || wz_update_in_force(needed, d->session->snapshot, catalogue))
            continue;
        if (missing.length > 0)
            wz_text_add(&missing, ", ");
        add_kb(&missing, needed->kb);
    }
    if (missing.length > 0)
        wz_because(d, IDS_REMEDY_CAUSE, IDS_REMEDY_FOUND_REQUIRES, IDS_REMEDY_FIX_PREREQUISITE, wz_text_at(&missing),
                   NULL);
    wz_text_clear(&missing);
}

static bool compare_edition(wz_diagnosing *d)
{
    if (d->update->programme == WZ_PROGRAMME_FREE || wz_edition_is_entitled(d->session->snapshot))
        return false;
    wz_because(d, IDS_REMEDY_CAUSE, IDS_REMEDY_FOUND_EDITION, IDS_REMEDY_FIX_EDITION, NULL, NULL);
    return true;
}

static void compare_disk(wz_diagnosing *d)
{
    uint64_t space = 0;
    wz_text  there = { 0 };
    wz_text  wanted = { 0 };

    if (!wz_snapshot_number(d->session->snapshot, WZ_FACT_DISK_FREE, &space) || space >= WZ_DISK_NEEDED_BYTES / 4)
        return;
    wz_text_add_number(&there, space / MEGABYTE);
    wz_text_add_number(&wanted, WZ_DISK_NEEDED_BYTES / 4 / MEGABYTE);
    wz_because(d, IDS_REMEDY_LIKELY, IDS_REMEDY_FOUND_DISK, IDS_REMEDY_FIX_DISK, wz_text_at(&there),
               wz_text_at(&wanted));
    wz_text_clear(&there);
    wz_text_clear(&wanted);
}

/* ---- by outcome ---- */

static void not_applicable(wz_diagnosing *d)
{
    const wz_remedy *row = d->step->has_code ? wz_remedy_of(d->step->code) : NULL;

    if (d->update != NULL) {
        compare_replacement(d);
        compare_architecture(d);
        compare_service_pack(d);
        compare_requirements(d);
        compare_edition(d);
    }
    if (d->out->count > 0)
        return;
    wz_because(d, IDS_REMEDY_REMARK, IDS_REMEDY_FOUND_NOTHING, 0, NULL, NULL);
    if (row != NULL && row->cause != 0)
        wz_because(d, IDS_REMEDY_POSSIBLE, row->cause, row->fix, NULL, NULL);
}

static bool is_for_esu(const wz_diagnosing *d)
{
    return d->update != NULL && d->update->programme != WZ_PROGRAMME_FREE;
}

static bool is_licensed(const wz_diagnosing *d)
{
    const wz_entitlement *entitlement = &d->session->entitlement;

    return entitlement->is_known && entitlement->highest >= d->update->programme;
}

/* servicing.md 4C: of an update that needs a licence this is what Microsoft expects without one. The words of the
   programme come from the catalogue's own names. */
static void rolled_back(wz_diagnosing *d)
{
    compare_disk(d);
    if (is_for_esu(d) && !compare_edition(d) && !is_licensed(d)) {
        bool known = d->session->entitlement.is_known;

        wz_because(d, known ? IDS_REMEDY_LIKELY : IDS_REMEDY_POSSIBLE, IDS_REMEDY_CAUSE_LICENCE,
                   IDS_REMEDY_FIX_LICENCE, NULL, NULL);
        wz_because(d, IDS_REMEDY_REMARK, known ? IDS_REMEDY_FOUND_NO_LICENCE : IDS_REMEDY_FOUND_LICENCE_UNKNOWN, 0,
                   NULL, NULL);
    }
    wz_diagnosis_look_into_log(d);
    if (d->out->fix == 0)
        wz_because(d, IDS_REMEDY_POSSIBLE, IDS_REMEDY_CAUSE_INSTALLER, IDS_REMEDY_FIX_ALONE, NULL, NULL);
}

static void failed(wz_diagnosing *d)
{
    const wz_remedy *row = d->step->has_code ? wz_remedy_of(d->step->code) : NULL;

    if (!d->step->has_code) {
        wz_because(d, IDS_REMEDY_CAUSE, IDS_REMEDY_FOUND_INTERRUPTED, IDS_REMEDY_FIX_POWER, NULL, NULL);
        return;
    }
    compare_disk(d);
    if (row != NULL && row->cause == IDS_REMEDY_CAUSE_LICENCE) {
        if (is_for_esu(d) && !compare_edition(d))
            wz_because(d, is_licensed(d) ? IDS_REMEDY_POSSIBLE : IDS_REMEDY_LIKELY, row->cause, row->fix, NULL, NULL);
        wz_diagnosis_look_into_log(d);
    } else if (row != NULL && row->cause != 0) {
        wz_diagnosis_say_row(d, row);
        if (row->fix == IDS_REMEDY_FIX_LOG || row->cause == IDS_REMEDY_CAUSE_ANTIVIRUS)
            wz_diagnosis_look_into_log(d);
    } else if (row != NULL) {
        wz_because(d, IDS_REMEDY_REMARK, IDS_REMEDY_FOUND_NOT_SEEN, 0, NULL, NULL);
        wz_diagnosis_look_into_log(d);
    } else {
        wz_diagnosis_say_unlisted(d, d->step->code, d->step->kb);
        wz_diagnosis_look_into_log(d);
    }
    if (d->out->fix == 0)
        d->out->fix = IDS_REMEDY_FIX_LOG;
}

static bool is_given_up(const wz_diagnosing *d)
{
    return d->session->journal != NULL && d->session->journal->state == WZ_JOURNAL_STOPPED;
}

bool wz_diagnose(const wz_session *session, const wz_journal_step *step, wz_diagnosis *out)
{
    wz_diagnosing d = { .session = session, .step = step, .out = out };

    wz_diagnosis_clear(out);
    if (session->snapshot == NULL || session->catalogue == NULL)
        return false;
    d.update = wz_catalogue_find(session->catalogue, step->kb);
    add_kb(&d.name, step->kb);
    switch (step->outcome) {
    case WZ_OUTCOME_NOT_APPLICABLE:
        not_applicable(&d);
        break;
    case WZ_OUTCOME_FAILED:
        failed(&d);
        break;
    case WZ_OUTCOME_ROLLED_BACK:
        rolled_back(&d);
        break;
    case WZ_OUTCOME_PENDING:
        if (is_given_up(&d))
            wz_because(&d, IDS_REMEDY_POSSIBLE, IDS_REMEDY_CAUSE_ALREADY, IDS_REMEDY_FIX_CARD, NULL, NULL);
        break;
    case WZ_OUTCOME_NONE:
    case WZ_OUTCOME_BEGUN:
    case WZ_OUTCOME_INSTALLED:
    case WZ_OUTCOME_ALREADY:
        break;
    }
    wz_text_clear(&d.name);
    return out->fix != 0 || out->count > 0;
}

void wz_diagnosis_clear(wz_diagnosis *diagnosis)
{
    for (size_t i = 0; i < diagnosis->count; i++)
        wz_phrase_clear(&diagnosis->causes[i].words);
    *diagnosis = (wz_diagnosis){ 0 };
}

void wz_diagnosis_add_causes(const wz_diagnosis *diagnosis, const wz_words *words, const char *between, wz_text *out)
{
    for (size_t i = 0; i < diagnosis->count; i++) {
        const wz_cause *cause = &diagnosis->causes[i];
        wz_text         sentence = { 0 };
        const char     *args[1];

        if (i > 0)
            wz_text_add(out, between);
        wz_phrase_render(&cause->words, words, &sentence);
        args[0] = wz_text_at(&sentence);
        wz_words_fill(words, cause->how, args, 1, out);
        wz_text_clear(&sentence);
    }
}

void wz_diagnosis_add_fix(const wz_diagnosis *diagnosis, const wz_words *words, wz_text *out)
{
    const char *args[1];

    if (diagnosis->fix == 0)
        return;
    args[0] = wz_word(words, diagnosis->fix);
    wz_words_fill(words, IDS_REMEDY_FIX, args, 1, out);
}
