/* See report_parts.h: what was not done or not known, where it is from, and the end: compatibility to facts. */
#include "core/report_parts.h"

#include "resource.h"

static void add_unchecked(const wz_maker *maker)
{
    static const char *const names[]  = { "question", "error", "source", "time" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_QUESTION, IDS_DOC_COL_ERROR, IDS_DOC_COL_SOURCE, IDS_DOC_COL_TIME,
    };
    const wz_snapshot *snapshot = maker->session->snapshot;
    wz_section        *section = wz_maker_section(maker, "unchecked", IDS_DOC_UNCHECKED, &WZ_COLUMNS(names, titles, 2));

    for (size_t i = 0; i < WZ_FACT_COUNT; i++) {
        const wz_fact *fact = &snapshot->facts[i];

        if (fact->state != WZ_FACT_UNREADABLE && fact->state != WZ_FACT_NOT_ASKED)
            continue;
        wz_row *row = wz_section_add(section, wz_fact_name((wz_fact_id)i), NULL);

        wz_maker_word(maker, row, 0, wz_fact_word((wz_fact_id)i), NULL);
        wz_maker_fact_error(maker, row, 1, fact);
        wz_maker_fact(maker, row, fact, (wz_fact_columns){ WZ_NO_COLUMN, WZ_NO_COLUMN, 2, 3 });
    }
    wz_maker_lead(maker, section, section->row_count == 0 ? IDS_DOC_UNCHECKED_NONE : IDS_DOC_UNCHECKED_LEAD, NULL, 0);
}

static void add_omissions(const wz_maker *maker)
{
    static const char *const names[]  = { "update", "kind", "reason" };
    static const unsigned    titles[] = { IDS_DOC_COL_UPDATE, IDS_DOC_COL_KIND, IDS_DOC_COL_REASON };
    const wz_plan *plan = maker->session->plan;
    wz_section    *section = wz_maker_section(maker, "omissions", IDS_DOC_OMISSIONS, &WZ_COLUMNS(names, titles, 0));

    for (size_t i = 0; i < plan->omission_count; i++) {
        const wz_omission *omission = &plan->omissions[i];
        wz_text            id = { 0 };

        wz_text_add_kb(&id, omission->update->kb);
        wz_row *row = wz_section_add(section, wz_text_at(&id), NULL);

        wz_text_clear(&id);
        wz_row_kb(row, 0, omission->update->kb);
        wz_maker_word(maker, row, 1, wz_kind_word(omission->update->kind), NULL);
        wz_maker_phrase(maker, row, 2, &omission->reason);
    }
    if (plan->omission_count == 0)
        wz_maker_lead(maker, section, IDS_DOC_OMISSIONS_NONE, NULL, 0);
}

static void add_catalogue(const wz_maker *maker)
{
    const wz_catalogue *catalogue = maker->session->catalogue;
    wz_section         *section = wz_maker_pairs(maker, "catalogue", IDS_DOC_CATALOGUE);

    if (catalogue == NULL) {
        wz_maker_lead(maker, section, IDS_DOC_CATALOGUE_NONE, NULL, 0);
        return;
    }
    bool built_in = wz_catalogue_is_built_in(catalogue);

    wz_maker_word(maker, wz_maker_pair(maker, section, "origin", IDS_DOC_COL_ORIGIN, NULL), 1,
                  built_in ? IDS_DOC_COL_BUILT_IN : IDS_DOC_COL_SITE, built_in ? "builtIn" : "site");
    wz_row_put(wz_maker_pair(maker, section, "name", IDS_DOC_COL_NAME, NULL), 1,
               built_in ? wz_word(maker->words, IDS_DOC_COL_BUILT_IN) : wz_catalogue_name(catalogue),
               built_in ? "builtIn" : NULL);
    wz_maker_pair(maker, section, "edition", IDS_DOC_COL_EDITION_DATE, wz_catalogue_edition(catalogue));
    if (*wz_catalogue_sha256(catalogue) != '\0')
        wz_maker_pair(maker, section, "sha256", IDS_DOC_COL_SHA256, wz_catalogue_sha256(catalogue));
    wz_row_number(wz_maker_pair(maker, section, "count", IDS_DOC_COL_COUNT, NULL), 1, wz_catalogue_count(catalogue));
}

/* servicing.md sections 4 and 10: 14 January 2020, 10 January 2023 and 9 January 2024 are Microsoft's own dates (P),
   13 January 2026 is confirmed by several sources (S+). */
static void add_support(const wz_maker *maker)
{
    static const char *const last[]  = { "2020-01-14", "2026-01-13" };
    static const char *const years[] = { "2023-01-10", "2024-01-09", "2026-01-13" };
    wz_section *section = wz_maker_pairs(maker, "support", IDS_DOC_SUPPORT);

    wz_maker_lead(maker, section, IDS_DOC_SUPPORT_LAST, last, WZ_COUNT(last));
    wz_maker_lead(maker, section, IDS_DOC_SUPPORT_YEARS, years, WZ_COUNT(years));
    wz_maker_lead(maker, section, IDS_DOC_SUPPORT_6003, NULL, 0);
    wz_maker_lead(maker, section, IDS_DOC_SUPPORT_MIGRATE, NULL, 0);
}

/* Names that are known are printed; date and signature are left to the pen. */
static void add_signatures(const wz_maker *maker)
{
    static const char *const names[]  = { "role", "name", "date", "signature" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_ITEM, IDS_DOC_SIGN_NAME, IDS_DOC_SIGN_DATE, IDS_DOC_SIGN_SIGNATURE,
    };
    wz_section *section = wz_maker_section(maker, "signatures", IDS_DOC_SIGNATURES, &WZ_COLUMNS(names, titles, 0));

    section->is_form = true;
    wz_maker_lead(maker, section, IDS_DOC_SIGN_LEAD, NULL, 0);
    wz_row *row = wz_section_add(section, "technician", NULL);

    wz_maker_word(maker, row, 0, IDS_DOC_SIGN_TECHNICIAN, NULL);
    wz_row_put(row, 1, maker->session->technician, NULL);
    row = wz_section_add(section, "customer", NULL);
    wz_maker_word(maker, row, 0, IDS_DOC_SIGN_CUSTOMER, NULL);
    wz_row_put(row, 1, maker->session->customer, NULL);
}

static void add_facts(const wz_maker *maker)
{
    static const char *const names[]  = { "item", "value", "state", "source", "time" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_ITEM, IDS_DOC_COL_VALUE, IDS_DOC_COL_STATE, IDS_DOC_COL_SOURCE, IDS_DOC_COL_TIME,
    };
    const wz_snapshot *snapshot = maker->session->snapshot;
    wz_section        *section = wz_maker_section(maker, "facts", IDS_DOC_FACTS, &WZ_COLUMNS(names, titles, 3));

    for (size_t i = 0; i < WZ_FACT_COUNT; i++) {
        wz_row *row = wz_section_add(section, wz_fact_name((wz_fact_id)i), NULL);

        wz_maker_word(maker, row, 0, wz_fact_word((wz_fact_id)i), NULL);
        wz_maker_fact(maker, row, &snapshot->facts[i], (wz_fact_columns){ 1, 2, 3, 4 });
    }
}

void wz_report_add_rest(const wz_maker *maker)
{
    wz_report_add_scan(maker);
    if (maker->session->snapshot != NULL)
        add_unchecked(maker);
    if (maker->session->plan != NULL)
        add_omissions(maker);
    add_catalogue(maker);
    add_support(maker);
    add_signatures(maker);
    if (maker->session->snapshot != NULL)
        add_facts(maker);
}
