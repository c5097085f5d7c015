#include "core/licence_words.h"

#include "core/host.h"

#include "resource.h"

/*
 * The licences by year, as Windows' licensing service identifies them (servicing.md 4A). What rests on a single public
 * table, or on tables whose origin is one, is called unconfirmed.
 */
static const struct { wz_fact_id fact; const char *name, *id; bool is_confirmed; } licences[] = {
    { WZ_FACT_ESU_YEAR1,   "Server-ESU-Year1", "553673ed-6ddf-419c-a153-b760283472fd", true  },
    { WZ_FACT_ESU_YEAR2,   "Server-ESU-Year2", "04fa0286-fa74-401e-bbe9-fbfbb158010d", true  },
    { WZ_FACT_ESU_YEAR3,   "Server-ESU-Year3", "16c08c85-0c8b-4009-9b2b-f1f7319e45f9", true  },
    { WZ_FACT_ESU_YEAR4,   "Server-ESU-Year4", "32163ff8-e96d-40b1-973c-44b9bf096d83", false },
    { WZ_FACT_ESU_YEAR5,   "Server-ESU-Year5", "338554b7-6f0a-48b6-aef3-ff6b42f1398b", false },
    { WZ_FACT_ESU_YEAR6,   "Server-ESU-Year6", "0ed79ef1-052c-4362-9cdc-5141491d06dd", false },
    { WZ_FACT_ESU_PREMIUM, "Server-ESU-PA",    "8e7bfb1e-acc1-4f56-abae-b80fce56cd4b", false },
};

#define LAST_KEYED 2u                                  /* year 3: the last for which keys were sold */

static void add_line(wz_text *out, const wz_words *words, unsigned id, const char *const args[], size_t count)
{
    if (out->length > 0)
        wz_text_add(out, "\n");
    wz_words_fill(words, id, args, count, out);
}

void wz_licence_status(uint64_t status, const wz_words *words, wz_text *out)
{
    static const unsigned names[] = {
        IDS_LICENCE_STATUS_0, IDS_LICENCE_STATUS_1, IDS_LICENCE_STATUS_2, IDS_LICENCE_STATUS_3, IDS_LICENCE_STATUS_4,
        IDS_LICENCE_STATUS_5, IDS_LICENCE_STATUS_6,
    };
    wz_text number = { 0 };

    wz_text_add_number(&number, status);
    if (status < WZ_COUNT(names)) {
        const char *args[] = { wz_text_at(&number), wz_word(words, names[status]) };

        wz_words_fill(words, IDS_LICENCE_STATUS, args, WZ_COUNT(args), out);
    } else {
        wz_text_add(out, wz_text_at(&number));
    }
    wz_text_clear(&number);
}

/* ---- what was found ---- */

static void say_licence(const wz_snapshot *snapshot, size_t i, const wz_words *words, wz_text *out)
{
    const wz_fact *fact = &snapshot->facts[licences[i].fact];
    const char    *named[1] = { licences[i].name };
    wz_text        name = { 0 };
    wz_text        status = { 0 };
    uint64_t       number;
    unsigned       word = IDS_LICENCE_LINE_UNREADABLE;

    if (licences[i].is_confirmed)
        wz_text_add(&name, licences[i].name);
    else
        wz_words_fill(words, IDS_LICENCE_UNCONFIRMED, named, 1, &name);
    if (wz_snapshot_number(snapshot, licences[i].fact, &number)) {
        wz_licence_status(number, words, &status);
        word = IDS_LICENCE_LINE_KEY;
    } else if (fact->state == WZ_FACT_ABSENT) {
        word = IDS_LICENCE_LINE_NONE;
    }
    const char *args[] = { wz_text_at(&name), wz_text_at(&status) };

    add_line(out, words, word, args, WZ_COUNT(args));
    wz_text_clear(&name);
    wz_text_clear(&status);
}

const wz_update *wz_licence_preparation(const wz_snapshot *snapshot, const wz_catalogue *catalogue)
{
    const wz_update *newest = NULL;

    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);
        wz_package_state state;

        if (update->kind != WZ_KIND_LICENSING)
            continue;
        state = wz_snapshot_update_state(snapshot, update->kb);
        if ((state == WZ_PACKAGE_INSTALLED || state == WZ_PACKAGE_SUPERSEDED)
            && (newest == NULL || wz_catalogue_replaces(catalogue, update->kb, newest->kb)))
            newest = update;
    }
    return newest;
}

void wz_licence_say_preparation(const wz_snapshot *snapshot, const wz_catalogue *catalogue, const wz_words *words,
                                wz_text *out)
{
    const wz_update *update = wz_licence_preparation(snapshot, catalogue);
    bool             is_read = snapshot->facts[WZ_FACT_PACKAGES].state == WZ_FACT_KNOWN;
    wz_text          kb = { 0 };

    if (update != NULL)
        wz_text_add_number(&kb, update->kb);
    const char *args[] = { wz_text_at(&kb) };

    wz_words_fill(words, update != NULL ? IDS_LICENCE_PREPARED : is_read ? IDS_LICENCE_NOT_PREPARED
                  : IDS_LICENCE_PREPARED_UNKNOWN, args, 1, out);
    wz_text_clear(&kb);
}

void wz_licence_say_covered(const wz_entitlement *entitlement, const wz_catalogue *catalogue, const wz_words *words,
                            wz_text *out)
{
    const wz_update *last = NULL;
    wz_text          kb = { 0 }, date = { 0 };

    for (size_t i = 0; entitlement->highest != WZ_PROGRAMME_FREE && i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);

        if (update->kind == WZ_KIND_ROLLUP && update->programme == entitlement->highest && !update->known_bad
            && (last == NULL || update->date > last->date))
            last = update;
    }
    if (last == NULL)
        return;
    wz_text_add_number(&kb, last->kb);
    wz_text_add_date(&date, last->date);
    const char *args[] = { wz_text_at(&kb), wz_text_at(&date) };

    wz_words_fill(words, IDS_LICENCE_COVERS, args, WZ_COUNT(args), out);
    wz_text_clear(&kb);
    wz_text_clear(&date);
}

void wz_licence_say_azure(const wz_snapshot *snapshot, const wz_words *words, wz_text *out)
{
    const char *agent = wz_snapshot_text(snapshot, WZ_FACT_AZURE_AGENT);
    const char *tag = wz_snapshot_text(snapshot, WZ_FACT_CHASSIS_TAG);
    bool        is_azure = wz_host_is_azure(snapshot);
    const char *args[] = { is_azure ? tag : agent != NULL ? agent : "" };

    wz_words_fill(words, is_azure ? IDS_LICENCE_AZURE : agent != NULL ? IDS_LICENCE_AZURE_AGENT
                  : IDS_LICENCE_AZURE_NONE, args, 1, out);
}

/* ---- the guide ---- */

static const wz_update *newest_preparation(const wz_catalogue *catalogue)
{
    const wz_update *newest = NULL;

    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);

        if (update->kind == WZ_KIND_LICENSING && !update->known_bad
            && (newest == NULL || wz_catalogue_replaces(catalogue, update->kb, newest->kb)))
            newest = update;
    }
    return newest;
}

static void say_steps(const wz_catalogue *catalogue, const wz_words *words, wz_text *out)
{
    const wz_update *preparation = newest_preparation(catalogue);
    wz_text          kb = { 0 };

    if (preparation != NULL)
        wz_text_add_number(&kb, preparation->kb);
    const char *update[] = { wz_text_at(&kb) };
    const char *command[] = { "cscript //Nologo %SystemRoot%\\System32\\slmgr.vbs", licences[LAST_KEYED].id };

    add_line(out, words, IDS_LICENCE_GUIDE, NULL, 0);
    add_line(out, words, IDS_LICENCE_GUIDE_1, update, 1);
    add_line(out, words, IDS_LICENCE_GUIDE_2, NULL, 0);
    add_line(out, words, IDS_LICENCE_GUIDE_3, command, 1);
    add_line(out, words, IDS_LICENCE_GUIDE_4, command, 2);
    add_line(out, words, IDS_LICENCE_GUIDE_5, command, 2);
    add_line(out, words, IDS_LICENCE_GUIDE_6, NULL, 0);
    for (size_t i = 0; i <= LAST_KEYED; i++) {
        const char *args[] = { licences[i].name, licences[i].id };

        add_line(out, words, IDS_PAIR, args, WZ_COUNT(args));
    }
    wz_text_clear(&kb);
}

void wz_licence_guide(const wz_snapshot *snapshot, const wz_catalogue *catalogue, const wz_words *words, wz_text *out)
{
    wz_entitlement entitlement = { 0 };

    wz_entitlement_of(snapshot, &entitlement);
    wz_phrase_render(&entitlement.summary, words, out);
    if (entitlement.highest != WZ_PROGRAMME_FREE) {
        wz_text_add(out, "\n");
        wz_licence_say_covered(&entitlement, catalogue, words, out);
    }
    add_line(out, words, IDS_LICENCE_6003_FREE, NULL, 0);
    wz_text_add(out, "\n");
    for (size_t i = 0; i < WZ_COUNT(licences); i++)
        say_licence(snapshot, i, words, out);
    wz_text_add(out, "\n");
    wz_licence_say_preparation(snapshot, catalogue, words, out);
    wz_text_add(out, "\n");
    wz_licence_say_azure(snapshot, words, out);
    wz_text_add(out, "\n");
    say_steps(catalogue, words, out);
    wz_entitlement_clear(&entitlement);
}
