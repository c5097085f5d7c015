/* See difference.h: the differences as a document. */
#include "core/difference.h"

#include <stdlib.h>

#include "core/level.h"
#include "core/redact.h"
#include "core/report_parts.h"
#include "resource.h"

static const unsigned state_words[] = {
    [WZ_PACKAGE_ABSENT]     = IDS_STATE_ABSENT,         [WZ_PACKAGE_STAGED]     = IDS_COMPARE_STAGED,
    [WZ_PACKAGE_REMOVING]   = IDS_COMPARE_REMOVING,     [WZ_PACKAGE_PENDING]    = IDS_COMPARE_PENDING,
    [WZ_PACKAGE_SUPERSEDED] = IDS_COMPARE_SUPERSEDED,   [WZ_PACKAGE_INSTALLED]  = IDS_COMPARE_INSTALLED,
    [WZ_PACKAGE_BROKEN]     = IDS_COMPARE_BROKEN,
};

static const char *const state_codes[] = {
    [WZ_PACKAGE_ABSENT]     = "absent",     [WZ_PACKAGE_STAGED]    = "staged",    [WZ_PACKAGE_REMOVING] = "removing",
    [WZ_PACKAGE_PENDING]    = "pending",    [WZ_PACKAGE_INSTALLED] = "installed", [WZ_PACKAGE_BROKEN]   = "broken",
    [WZ_PACKAGE_SUPERSEDED] = "superseded",
};

static const char *const names[] = { "item", "first", "second" };

static wz_section *add_section(const wz_maker *maker, const char *name, unsigned title, unsigned item)
{
    const unsigned titles[] = { item, IDS_COMPARE_FIRST, IDS_COMPARE_SECOND };

    return wz_maker_section(maker, name, title, &WZ_COLUMNS(names, titles, 3));
}

static void lead_empty(const wz_maker *maker, wz_section *section)
{
    if (section->row_count == 0)
        wz_maker_lead(maker, section, IDS_COMPARE_NONE, NULL, 0);
}

/* ---- what is compared ---- */

static const wz_session *side(const wz_differences *differences, size_t column)
{
    return column == 1 ? differences->first : differences->second;
}

static void put_known(const wz_maker *maker, wz_row *row, size_t column, const char *text)
{
    if (text != NULL && text[0] != '\0')
        wz_row_put(row, column, text, NULL);
    else
        wz_maker_word(maker, row, column, IDS_DOC_UNKNOWN, "unknown");
}

static void put_side(const wz_maker *maker, wz_section *section, const wz_session *session, size_t column)
{
    const wz_snapshot *snapshot = session->snapshot;
    wz_row            *rows = section->rows;
    wz_text            about = { 0 }, level_text = { 0 };
    wz_version         kernel;
    wz_level           level;

    put_known(maker, &rows[0], column, session->opened_from);
    put_known(maker, &rows[1], column, wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME));
    wz_row_time(&rows[2], column, snapshot->taken);
    wz_system_about(snapshot, &about);
    put_known(maker, &rows[3], column, wz_text_at(&about));
    put_known(maker, &rows[4], column, wz_snapshot_text(snapshot, WZ_FACT_VERSION_KERNEL));
    if (wz_snapshot_version(snapshot, WZ_FACT_VERSION_KERNEL, &kernel) && kernel.major == 6 && kernel.minor == 0) {
        wz_level_find(session->catalogue, kernel, &level);
        wz_level_say(&level, maker->words, &level_text);
    }
    put_known(maker, &rows[5], column, wz_text_at(&level_text));
    wz_text_clear(&level_text);
    wz_text_clear(&about);
}

static void add_compared(const wz_maker *maker, const wz_differences *differences)
{
    static const struct { const char *id; unsigned label; } rows[] = {
        { "file", IDS_DOC_COL_FILE },   { "computer", IDS_DOC_COL_COMPUTER },   { "taken", IDS_DOC_COL_TAKEN },
        { "about", IDS_DOC_COL_ABOUT }, { "kernelFile", IDS_DOC_COL_KERNEL }, { "level", IDS_DOC_COL_LEVEL },
    };
    static const unsigned machines[] = {
        [WZ_MACHINES_UNKNOWN] = IDS_COMPARE_MACHINES_UNKNOWN, [WZ_MACHINES_ONE] = IDS_COMPARE_ONE_MACHINE,
        [WZ_MACHINES_TWO] = IDS_COMPARE_TWO_MACHINES,
    };
    wz_section *section = add_section(maker, "compared", IDS_COMPARE_COMPARED, IDS_DOC_COL_ITEM);

    wz_maker_lead(maker, section, machines[differences->machines], NULL, 0);
    wz_maker_lead(maker, section, IDS_DOC_UTC, NULL, 0);
    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        wz_maker_word(maker, wz_section_add(section, rows[i].id, NULL), 0, rows[i].label, NULL);
    for (size_t column = 1; column <= 2; column++)
        put_side(maker, section, side(differences, column), column);
}

/* ---- what differs ---- */

static void add_checks(const wz_maker *maker, const wz_differences *differences)
{
    wz_section *section = add_section(maker, "checks", IDS_COMPARE_CHECKS, IDS_DOC_COL_CHECK);

    for (size_t i = 0; i < differences->check_count; i++) {
        wz_check_id id = differences->checks[i];
        wz_row     *row = wz_section_add(section, wz_check_name(id), NULL);

        wz_maker_word(maker, row, 0, wz_check_title_word(id), NULL);
        for (size_t column = 1; column <= 2; column++) {
            wz_verdict verdict = side(differences, column)->checks.items[id].verdict;

            wz_maker_word(maker, row, column, wz_verdict_word(verdict), wz_verdict_name(verdict));
        }
    }
    lead_empty(maker, section);
}

static void put_fact(const wz_maker *maker, wz_row *row, size_t column, const wz_fact *fact)
{
    switch (fact->state) {
    case WZ_FACT_KNOWN:
        wz_row_put(row, column, fact->value, NULL);
        break;
    case WZ_FACT_ABSENT:
        wz_maker_word(maker, row, column, IDS_STATE_ABSENT, "absent");
        break;
    case WZ_FACT_NOT_ASKED:
    case WZ_FACT_UNREADABLE:
        wz_maker_fact_error(maker, row, column, fact);
        break;
    }
}

static void fill_facts(const wz_maker *maker, wz_section *section, const wz_differences *differences,
                       const wz_fact_id ids[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wz_row *row = wz_section_add(section, wz_fact_name(ids[i]), NULL);

        wz_maker_word(maker, row, 0, wz_fact_word(ids[i]), NULL);
        for (size_t column = 1; column <= 2; column++)
            put_fact(maker, row, column, &side(differences, column)->snapshot->facts[ids[i]]);
    }
    lead_empty(maker, section);
}

static void put_state(const wz_maker *maker, wz_row *row, size_t column, wz_package_state state)
{
    wz_maker_word(maker, row, column, state_words[state], state_codes[state]);
}

/* What WMI alone lists has no state; a GUID is no name of a row. */
static void add_hotfixes(const wz_maker *maker, wz_section *section, const wz_differences *differences)
{
    for (size_t i = 0; i < differences->hotfix_count; i++) {
        const wz_hotfix_difference *hotfix = &differences->hotfixes[i];
        wz_text                     id = { 0 };

        wz_text_add(&id, "wmi");
        wz_text_add_number(&id, i + 1);
        wz_row *row = wz_section_add(section, wz_text_at(&id), NULL);

        wz_row_put(row, 0, hotfix->id, NULL);
        wz_maker_word(maker, row, 1, hotfix->is_first ? IDS_COMPARE_LISTED : IDS_STATE_ABSENT,
                      hotfix->is_first ? "listed" : "absent");
        wz_maker_word(maker, row, 2, hotfix->is_first ? IDS_STATE_ABSENT : IDS_COMPARE_LISTED,
                      hotfix->is_first ? "absent" : "listed");
        wz_text_clear(&id);
    }
}

static void add_updates(const wz_maker *maker, const wz_differences *differences)
{
    wz_section *section = add_section(maker, "updates", IDS_COMPARE_UPDATES, IDS_DOC_COL_UPDATE);

    if (!differences->has_packages)
        wz_maker_lead(maker, section, IDS_COMPARE_NO_LIST, NULL, 0);
    for (size_t i = 0; i < differences->update_count; i++) {
        const wz_update_difference *update = &differences->updates[i];
        wz_text                     kb = { 0 };

        wz_text_add_kb(&kb, update->kb);
        wz_row *row = wz_section_add(section, wz_text_at(&kb), NULL);

        wz_row_put(row, 0, wz_text_at(&kb), NULL);
        put_state(maker, row, 1, update->first);
        put_state(maker, row, 2, update->second);
        wz_text_clear(&kb);
    }
    add_hotfixes(maker, section, differences);
    if (differences->has_packages)
        lead_empty(maker, section);
}

static void add_packages(const wz_maker *maker, const wz_differences *differences)
{
    wz_section *section;

    if (!differences->has_packages)
        return;
    section = add_section(maker, "packages", IDS_COMPARE_PACKAGES, IDS_DOC_COL_NAME);
    for (size_t i = 0; i < differences->package_count; i++) {
        const wz_package *first = differences->packages[i].first, *second = differences->packages[i].second;
        wz_text           id = { 0 };

        wz_text_add(&id, "package");
        wz_text_add_number(&id, i + 1);
        wz_row *row = wz_section_add(section, wz_text_at(&id), NULL);

        wz_row_put(row, 0, first != NULL ? first->name : second->name, NULL);
        put_state(maker, row, 1, first != NULL ? wz_package_meaning(first->state) : WZ_PACKAGE_ABSENT);
        put_state(maker, row, 2, second != NULL ? wz_package_meaning(second->state) : WZ_PACKAGE_ABSENT);
        wz_text_clear(&id);
    }
    lead_empty(maker, section);
}

/* ---- the document ---- */

static char *count_sentence(const wz_differences *differences, const wz_words *words)
{
    const size_t counts[] = { differences->check_count, differences->fact_count,
                              differences->update_count + differences->hotfix_count, differences->package_count };
    wz_text      numbers[WZ_COUNT(counts)] = { { 0 } }, sentence = { 0 };
    const char  *args[WZ_COUNT(counts)];

    for (size_t i = 0; i < WZ_COUNT(counts); i++) {
        wz_text_add_number(&numbers[i], counts[i]);
        args[i] = wz_text_at(&numbers[i]);
    }
    wz_words_fill(words, wz_differences_any(differences) ? IDS_COMPARE_DIFFERENT : IDS_COMPARE_SAME, args,
                  WZ_COUNT(args), &sentence);
    for (size_t i = 0; i < WZ_COUNT(counts); i++)
        wz_text_clear(&numbers[i]);
    return wz_text_take(&sentence);
}

static void set_heads(const wz_maker *maker, const wz_differences *differences)
{
    wz_report  *report = maker->report;
    const char *computers[2];
    wz_text     subtitle = { 0 };

    for (size_t column = 1; column <= 2; column++) {
        const char *name = wz_snapshot_text(side(differences, column)->snapshot, WZ_FACT_COMPUTER_NAME);

        computers[column - 1] = name != NULL ? name : wz_word(maker->words, IDS_NOT_KNOWN);
    }
    wz_words_fill(maker->words, IDS_COMPARE_SUBTITLE, computers, 2, &subtitle);
    report->language = wz_copy(maker->words->language);
    report->title = wz_copy(wz_word(maker->words, IDS_COMPARE_TITLE));
    report->subtitle = wz_text_take(&subtitle);
    report->seal_label = wz_copy(wz_word(maker->words, IDS_SEAL_LABEL));
    report->verdict = count_sentence(differences, maker->words);
    report->exit_code = wz_differences_any(differences);
}

static void redact(wz_report *report, const wz_session *session)
{
    wz_redactor *redactor = wz_redactor_create(session->platform, session->snapshot);

    wz_redact_report(redactor, report);
    wz_redactor_free(redactor);
}

wz_report *wz_differences_report(const wz_differences *differences, const wz_words *words)
{
    const wz_platform *platform = differences->first->platform;
    wz_report         *report = wz_new(wz_report);
    wz_maker           maker = { .report = report, .session = differences->first, .words = words };
    wz_section        *moments;

    report->made = platform->now(platform->context);
    set_heads(&maker, differences);
    add_compared(&maker, differences);
    add_checks(&maker, differences);
    fill_facts(&maker, add_section(&maker, "facts", IDS_COMPARE_FACTS, IDS_DOC_COL_NAME), differences,
               differences->facts, differences->fact_count);
    add_updates(&maker, differences);
    add_packages(&maker, differences);
    moments = add_section(&maker, "moment", IDS_COMPARE_MOMENT, IDS_DOC_COL_NAME);
    wz_maker_lead(&maker, moments, IDS_COMPARE_MOMENT_LEAD, NULL, 0);
    fill_facts(&maker, moments, differences, differences->moments, differences->moment_count);
    if (differences->first->redact) {
        redact(report, differences->first);
        redact(report, differences->second);
    }
    wz_report_seal(report, platform);
    return report;
}
