/* See report_parts.h: what the machine is: verdict, order, about, system, sources, checks. */
#include "core/report_parts.h"

#include "core/level.h"

#include "core/support_state.h"
#include "product.h"
#include "resource.h"

static void pair_time(const wz_maker *maker, wz_section *section, const char *id, unsigned label, wz_time time)
{
    wz_row *row = wz_maker_pair(maker, section, id, label, NULL);

    wz_row_time(row, 1, time);
}

static void put_unknown(const wz_maker *maker, wz_row *row, size_t column)
{
    wz_maker_word(maker, row, column, IDS_DOC_UNKNOWN, "unknown");
}

static void pair_fact(const wz_maker *maker, wz_section *section, const char *id, unsigned label, wz_fact_id fact)
{
    const wz_snapshot *snapshot = maker->session->snapshot;
    const char        *value = snapshot != NULL ? wz_snapshot_text(snapshot, fact) : NULL;
    wz_row            *row = wz_maker_pair(maker, section, id, label, value);

    if (value == NULL)
        put_unknown(maker, row, 1);
}

/* An opened code is told as it came; else that of the last page, as it is when the report is written there. */
static void add_code(const wz_maker *maker, wz_section *section)
{
    wz_support support;
    char       code[WZ_SUPPORT_TEXT];

    if (maker->session->support != NULL)
        support = *maker->session->support;
    else
        wz_support_of(maker->session, WZ_PAGE_REPORT, NULL, &support);
    wz_support_encode(&support, code);
    wz_maker_pair(maker, section, "supportCode", IDS_CALL_TITLE, code);
}

/* Of the renames as they are, else of the installation that this report is about. */
static const char *renames_note(const wz_session *session)
{
    const char *note = wz_session_renames_note(session);

    return note == NULL && session->opened_from == NULL && session->journal != NULL ? session->journal->renames_note
                                                                                    : note;
}

/*
 * Below the sentence of the verdict: how many checks stand at each level, and which they are where something is to be
 * done. The levels are always there, so that two reports can be laid side by side.
 */
static void add_levels(const wz_maker *maker)
{
    static const char *const names[] = { "verdict", "count", "checks" };
    const wz_checks *checks = &maker->session->checks;
    wz_section      *section = wz_maker_section(maker, "verdict", IDS_DOC_COL_VERDICT, &WZ_COLUMNS(names, NULL, 0));

    for (wz_verdict verdict = WZ_VERDICT_READY; verdict <= WZ_VERDICT_UNKNOWN; verdict++) {
        const char *name = wz_verdict_name(verdict);
        wz_row     *row = wz_section_add(section, name, name);
        wz_text     which = { 0 };
        size_t      count = 0;

        for (size_t i = 0; i < WZ_CHECK_COUNT; i++) {
            if (checks->items[i].verdict != verdict)
                continue;
            if (count++ > 0)
                wz_text_add(&which, "; ");
            wz_text_add(&which, wz_word(maker->words, wz_check_title_word(checks->items[i].id)));
        }
        wz_maker_word(maker, row, 0, wz_verdict_word(verdict), name);
        wz_row_number(row, 1, count);
        if (count > 0 && verdict != WZ_VERDICT_READY)
            wz_row_put(row, 2, wz_text_at(&which), NULL);
        wz_text_clear(&which);
    }
}

/* Whose machine, who was there, and what wrote this. Without notes there is no line for them. */
static void add_order(const wz_maker *maker)
{
    const wz_session  *session  = maker->session;
    const wz_snapshot *snapshot = session->snapshot;
    wz_section        *section  = wz_maker_pairs(maker, "order", IDS_DOC_ORDER);
    wz_text            program = { 0 };

    wz_maker_lead(maker, section, IDS_DOC_UTC, NULL, 0);
    pair_fact(maker, section, "computer", IDS_DOC_COL_COMPUTER, WZ_FACT_COMPUTER_NAME);
    pair_fact(maker, section, "domain", IDS_DOC_COL_DOMAIN, WZ_FACT_COMPUTER_DOMAIN);
    wz_maker_pair(maker, section, "ticket", IDS_DOC_COL_TICKET, session->ticket);
    wz_maker_pair(maker, section, "technician", IDS_DOC_COL_TECHNICIAN, session->technician);
    wz_maker_pair(maker, section, "customer", IDS_DOC_COL_CUSTOMER, session->customer);
    if (session->notes != NULL && *session->notes != '\0')
        wz_maker_pair(maker, section, "notes", IDS_DOC_COL_NOTES, session->notes);
    if (renames_note(session) != NULL)
        wz_maker_pair(maker, section, "acceptedRenames", IDS_DOC_COL_RENAMES, renames_note(session));
    if (snapshot != NULL)
        pair_time(maker, section, "taken", IDS_DOC_COL_TAKEN, snapshot->taken);
    pair_time(maker, section, "made", IDS_DOC_COL_MADE, maker->report->made);

    add_code(maker, section);
    wz_text_add(&program, wz_word(maker->words, IDS_PRODUCT));
    wz_text_add(&program, " " WZ_PRODUCT_VERSION_TEXT);
    wz_row_put(wz_maker_pair(maker, section, "program", IDS_DOC_COL_PROGRAM, NULL), 1, wz_text_at(&program),
               WZ_PRODUCT_VERSION_TEXT);
    wz_text_clear(&program);
}

/* ---- about: one column per state of the machine --------------------------------------------------------------- */

static void put_version(const wz_maker *maker, wz_row *row, size_t column, const wz_version *version, unsigned parts)
{
    wz_text text = { 0 };

    if (version == NULL) {
        put_unknown(maker, row, column);
        return;
    }
    wz_text_add_version(&text, *version, parts);
    wz_row_put(row, column, wz_text_at(&text), NULL);
    wz_text_clear(&text);
}

static void put_branch(const wz_maker *maker, wz_row *row, size_t column, const wz_version *kernel)
{
    if (kernel == NULL) {
        put_unknown(maker, row, column);
        return;
    }
    switch (wz_version_branch(kernel->revision)) {
    case WZ_BRANCH_GDR:  wz_maker_word(maker, row, column, IDS_DOC_BRANCH_GDR, "gdr");   break;
    case WZ_BRANCH_LDR:  wz_maker_word(maker, row, column, IDS_DOC_BRANCH_LDR, "ldr");   break;
    case WZ_BRANCH_NONE: wz_maker_word(maker, row, column, IDS_DOC_BRANCH_NONE, "none"); break;
    }
}

static void put_level(const wz_maker *maker, wz_row *row, size_t column, const wz_version *kernel)
{
    wz_level level;
    wz_text  kb = { 0 }, text = { 0 };

    if (kernel == NULL || maker->session->catalogue == NULL || kernel->major != 6 || kernel->minor != 0) {
        put_unknown(maker, row, column);
        return;
    }
    wz_level_find(maker->session->catalogue, *kernel, &level);
    wz_level_say(&level, maker->words, &text);
    if (level.reached != NULL)
        wz_text_add_kb(&kb, level.reached->kb);
    wz_row_put(row, column, wz_text_at(&text), level.reached != NULL ? wz_text_at(&kb) : "none");
    wz_text_clear(&kb);
    wz_text_clear(&text);
}

enum { ABOUT_LINE, ABOUT_VER, ABOUT_KERNEL, ABOUT_BRANCH, ABOUT_REMAINING, ABOUT_LEVEL, ABOUT_COUNT };

static void put_about(const wz_maker *maker, wz_section *section, size_t column, const wz_snapshot *snapshot)
{
    wz_row    *rows = section->rows;
    wz_version kernel, running;
    bool       has_kernel = wz_snapshot_version(snapshot, WZ_FACT_VERSION_KERNEL, &kernel);
    wz_text    text = { 0 };

    wz_system_about(snapshot, &text);
    if (text.length > 0)
        wz_row_put(&rows[ABOUT_LINE], column, wz_text_at(&text), NULL);
    else
        put_unknown(maker, &rows[ABOUT_LINE], column);
    wz_text_clear(&text);

    if (wz_snapshot_version(snapshot, WZ_FACT_VERSION_API, &running)) {
        wz_version_ver_line(running, &text);
        wz_row_put(&rows[ABOUT_VER], column, wz_text_at(&text), NULL);
        wz_text_clear(&text);
    } else {
        put_unknown(maker, &rows[ABOUT_VER], column);
    }
    put_version(maker, &rows[ABOUT_KERNEL], column, has_kernel ? &kernel : NULL, 4);
    put_branch(maker, &rows[ABOUT_BRANCH], column, has_kernel ? &kernel : NULL);
    if (has_kernel)
        wz_row_number(&rows[ABOUT_REMAINING], column, wz_version_remaining(kernel.revision));
    else
        put_unknown(maker, &rows[ABOUT_REMAINING], column);
    put_level(maker, &rows[ABOUT_LEVEL], column, has_kernel ? &kernel : NULL);
}

static void lead_about(const wz_maker *maker, wz_section *section)
{
    const wz_session *session = maker->session;
    wz_version        before, now;

    if (maker->before == NULL) {
        if (session->opened_from == NULL)
            wz_maker_lead(maker, section, maker->journal ? IDS_DOC_BEFORE_MISSING : IDS_DOC_ABOUT_NOTHING, NULL, 0);
    } else if (wz_system_version(maker->before, &before) && wz_system_version(session->snapshot, &now)) {
        wz_text from = { 0 }, to = { 0 };

        wz_text_add_version(&from, before, 4);
        wz_text_add_version(&to, now, 4);
        const char *args[] = { wz_text_at(&from), wz_text_at(&to) };

        if (wz_version_compare(before, now) == 0)
            wz_maker_lead(maker, section, IDS_DOC_ABOUT_SAME, NULL, 0);
        else
            wz_maker_lead(maker, section, IDS_DOC_ABOUT_CHANGED, args, WZ_COUNT(args));
        wz_text_clear(&from);
        wz_text_clear(&to);
    }
    wz_maker_lead(maker, section, IDS_DOC_ABOUT_REVISION, NULL, 0);
}

static void add_about(const wz_maker *maker)
{
    static const char *const both_names[]  = { "item", "before", "now" };
    static const unsigned    both_titles[] = { IDS_DOC_COL_ITEM, IDS_DOC_COL_BEFORE, IDS_DOC_COL_AFTER };
    static const char *const now_names[]   = { "item", "now" };
    static const unsigned    now_titles[]  = { IDS_DOC_COL_ITEM, IDS_DOC_COL_NOW };
    static const struct { const char *id; unsigned label; } rows[ABOUT_COUNT] = {
        [ABOUT_LINE]      = { "about",      IDS_DOC_COL_ABOUT     },
        [ABOUT_VER]       = { "ver",        IDS_DOC_COL_VER       },
        [ABOUT_KERNEL]    = { "kernelFile", IDS_DOC_COL_KERNEL    },
        [ABOUT_BRANCH]    = { "branch",     IDS_DOC_COL_BRANCH    },
        [ABOUT_REMAINING] = { "remaining",  IDS_DOC_COL_REMAINING },
        [ABOUT_LEVEL]     = { "level",      IDS_DOC_COL_LEVEL     },
    };
    const wz_session *session = maker->session;
    bool              is_both = maker->before != NULL;
    wz_version        kernel;
    wz_columns        columns = is_both ? WZ_COLUMNS(both_names, both_titles, 0) : WZ_COLUMNS(now_names, now_titles, 0);
    wz_section       *section = wz_maker_section(maker, "about", is_both ? IDS_DOC_ABOUT : IDS_DOC_ABOUT_NOW, &columns);

    lead_about(maker, section);
    for (size_t i = 0; i < ABOUT_COUNT; i++)
        wz_maker_word(maker, wz_section_add(section, rows[i].id, NULL), 0, rows[i].label, NULL);
    if (is_both)
        put_about(maker, section, 1, maker->before);
    put_about(maker, section, is_both ? 2 : 1, session->snapshot);
    if (wz_snapshot_version(session->snapshot, WZ_FACT_VERSION_KERNEL, &kernel))
        section->figure = wz_figure_gauge(kernel);
}

/* ---- system, sources, checks ---------------------------------------------------------------------------------- */

static const char *system_name(wz_system system)
{
    switch (system) {
    case WZ_SYSTEM_TARGET:   return "server2008sp2";
    case WZ_SYSTEM_ITANIUM:  return "server2008sp2Itanium";
    case WZ_SYSTEM_2008_SP1: return "server2008sp1";
    case WZ_SYSTEM_VISTA:    return "vista";
    case WZ_SYSTEM_2008_R2:  return "server2008r2";
    case WZ_SYSTEM_NEWER:    return "newer";
    case WZ_SYSTEM_OLDER:    return "older";
    case WZ_SYSTEM_UNKNOWN:  break;
    }
    return "unknown";
}

static void add_system(const wz_maker *maker)
{
    static const wz_fact_id facts[] = {
        WZ_FACT_PRODUCT_NAME, WZ_FACT_SERVICE_PACK, WZ_FACT_ARCHITECTURE, WZ_FACT_BUILD_LAB,
    };
    const wz_session *session = maker->session;
    wz_section       *section = wz_maker_pairs(maker, "system", IDS_DOC_SYSTEM);
    unsigned          advice  = wz_system_advice_word(session->system);
    uint64_t          core;

    if (advice != 0)
        wz_maker_lead(maker, section, advice, NULL, 0);
    wz_maker_word(maker, wz_maker_pair(maker, section, "system", IDS_DOC_COL_SYSTEM, NULL), 1,
                  wz_system_word(session->system), system_name(session->system));
    for (size_t i = 0; i < WZ_COUNT(facts); i++)
        pair_fact(maker, section, wz_fact_name(facts[i]), wz_fact_word(facts[i]), facts[i]);
    wz_row *row = wz_maker_pair(maker, section, wz_fact_name(WZ_FACT_SERVER_CORE),
                                wz_fact_word(WZ_FACT_SERVER_CORE), NULL);

    if (wz_snapshot_number(session->snapshot, WZ_FACT_SERVER_CORE, &core))
        wz_maker_yes(maker, row, 1, core != 0);
    else
        put_unknown(maker, row, 1);
}

static void add_sources(const wz_maker *maker)
{
    static const char *const names[]  = { "item", "value", "state", "source", "time" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_ITEM, IDS_DOC_COL_VALUE, IDS_DOC_COL_STATE, IDS_DOC_COL_SOURCE, IDS_DOC_COL_TIME,
    };
    static const wz_fact_id  facts[]  = {
        WZ_FACT_VERSION_API, WZ_FACT_VERSION_REGISTRY, WZ_FACT_VERSION_KERNEL, WZ_FACT_VERSION_WMI,
        WZ_FACT_VERSION_SHIM,
    };
    const wz_snapshot *snapshot = maker->session->snapshot;
    wz_section        *section = wz_maker_section(maker, "sources", IDS_DOC_SOURCES, &WZ_COLUMNS(names, titles, 3));

    wz_maker_lead(maker, section, wz_agreement_word(wz_system_agreement(snapshot)), NULL, 0);
    for (size_t i = 0; i < WZ_COUNT(facts); i++) {
        wz_row *row = wz_section_add(section, wz_fact_name(facts[i]), NULL);

        wz_maker_word(maker, row, 0, wz_fact_word(facts[i]), NULL);
        wz_maker_fact(maker, row, &snapshot->facts[facts[i]], (wz_fact_columns){ 1, 2, 3, 4 });
    }
}

static void add_checks(const wz_maker *maker)
{
    static const char *const names[]  = { "verdict", "check", "found", "why", "fix", "source", "time" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_VERDICT, IDS_DOC_COL_CHECK, IDS_DOC_COL_FOUND, IDS_DOC_COL_WHY, IDS_DOC_COL_FIX,
        IDS_DOC_COL_SOURCE, IDS_DOC_COL_TIME,
    };
    const wz_session *session = maker->session;
    wz_section       *section = wz_maker_section(maker, "checks", IDS_DOC_CHECKS, &WZ_COLUMNS(names, titles, 3));

    for (size_t i = 0; i < WZ_CHECK_COUNT; i++) {
        const wz_check *check = &session->checks.items[i];
        const char     *verdict = wz_verdict_name(check->verdict);
        wz_row         *row = wz_section_add(section, wz_check_name(check->id), verdict);

        wz_maker_word(maker, row, 0, wz_verdict_word(check->verdict), verdict);
        wz_maker_word(maker, row, 1, wz_check_title_word(check->id), NULL);
        wz_maker_phrase(maker, row, 2, &check->evidence);
        if (check->verdict != WZ_VERDICT_READY)
            wz_maker_word(maker, row, 3, check->why, NULL);
        wz_maker_word(maker, row, 4, check->fix, NULL);
        wz_maker_fact(maker, row, &session->snapshot->facts[check->fact],
                      (wz_fact_columns){ WZ_NO_COLUMN, WZ_NO_COLUMN, 5, 6 });
    }
}

void wz_report_add_machine(const wz_maker *maker)
{
    const wz_session *session = maker->session;

    if (session->snapshot != NULL && session->plan != NULL)
        add_levels(maker);
    add_order(maker);
    if (session->snapshot == NULL)
        return;
    add_about(maker);
    add_system(maker);
    add_sources(maker);
    if (session->plan != NULL)                     /* assessed: the checks are filled */
        add_checks(maker);
}
