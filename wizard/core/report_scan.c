/* See report_parts.h: the compatibility scan, with what it did not look at. */
#include "core/report_parts.h"

#include "resource.h"

#define ROWS_MOST 1000                                 /* of findings and of files: paper; the CSV has all */

static void add_id(wz_text *out, const char *letter, size_t number)
{
    wz_text_add(out, letter);
    wz_text_add_number(out, number);
}

static wz_row *add_row(wz_section *section, const char *letter, const char *verdict)
{
    wz_text id = { 0 };
    wz_row *row;

    add_id(&id, letter, section->row_count + 1);
    row = wz_section_add(section, wz_text_at(&id), verdict);
    wz_text_clear(&id);
    return row;
}

static void put_text(wz_row *row, size_t column, wz_text *text, const char *code)
{
    if (text->length > 0)
        wz_row_put(row, column, wz_text_at(text), code);
    wz_text_clear(text);
}

/* ---- how it went ---- */

static void add_place(const wz_maker *maker, wz_section *section, wz_scan_place place)
{
    const wz_scan_place_note *note = &maker->session->scan.places[place];
    wz_text                   value = { 0 };
    wz_row                   *row;

    if (!note->is_looked_at)
        return;
    wz_text_add_number(&value, note->files);
    if (note->error.status != WZ_OK) {
        wz_text_add(&value, "; ");
        wz_error_render(&note->error, maker->words, &value);
    }
    row = wz_section_add(section, wz_scan_place_name(place),
                         note->error.status != WZ_OK ? wz_verdict_name(WZ_VERDICT_UNKNOWN) : NULL);
    wz_maker_word(maker, row, 0, wz_scan_place_word(place), NULL);
    put_text(row, 1, &value, NULL);
}

static void add_summary(const wz_maker *maker)
{
    const wz_scan_result *scan = &maker->session->scan;
    wz_section           *section = wz_maker_pairs(maker, "compatibility", IDS_DOC_COMPATIBILITY);
    wz_text               lead = { 0 };
    wz_row               *row;

    wz_scan_result_say(scan, maker->words, &lead);
    wz_section_lead(section, &lead);
    if (scan->state != WZ_SCAN_STOPPED && scan->state != WZ_SCAN_FINISHED)
        return;
    wz_scan_result_say_left(scan, maker->words, &lead);
    wz_section_lead(section, &lead);
    row = wz_maker_pair(maker, section, "began", IDS_DOC_COL_BEGUN, NULL);
    wz_row_time(row, 1, scan->began);
    if (scan->folder != NULL)
        wz_maker_pair(maker, section, "scanned", IDS_SCAN_FOLDER, scan->folder);
    for (int place = 0; place < WZ_PLACE_COUNT; place++)
        add_place(maker, section, (wz_scan_place)place);
    if (scan->suppressions != NULL)
        wz_maker_pair(maker, section, "suppressions", IDS_DOC_SCAN_DECISIONS, scan->suppressions);
}

/* ---- findings ---- */

enum { FOUND_GRADE, FOUND_FILE, FOUND_PLACE, FOUND_EVIDENCE, FOUND_MEANING, FOUND_ABOUT, FOUND_RULE, FOUND_DECIDED,
       FOUND_COLUMNS };

static void add_finding(const wz_maker *maker, wz_section *section, const wz_finding *finding)
{
    const wz_scanned *file = wz_scan_result_file(&maker->session->scan, finding->path);
    bool              asks = finding->suppressed == NULL && finding->grade > WZ_GRADE_D;
    wz_row           *row = add_row(section, "f", asks ? wz_verdict_name(WZ_VERDICT_ACTION) : NULL);
    wz_text           text = { 0 };

    wz_text_add(&text, wz_grade_name(finding->grade));
    wz_text_add(&text, " ");
    wz_text_add(&text, wz_word(maker->words, wz_grade_word(finding->grade)));
    put_text(row, FOUND_GRADE, &text, wz_grade_name(finding->grade));
    wz_row_put(row, FOUND_FILE, finding->path, NULL);
    wz_finding_say_place(finding, maker->words, &text);
    put_text(row, FOUND_PLACE, &text, NULL);
    wz_row_put(row, FOUND_EVIDENCE, finding->place, finding->bytes);
    wz_finding_explain(finding, maker->words, &text);
    put_text(row, FOUND_MEANING, &text, NULL);
    if (file != NULL)
        wz_scanned_say(file, maker->words, &text);
    put_text(row, FOUND_ABOUT, &text, NULL);
    wz_row_put(row, FOUND_RULE, wz_rule_name(finding->rule), NULL);
    wz_row_put(row, FOUND_DECIDED, finding->suppressed, NULL);
}

static void add_findings(const wz_maker *maker)
{
    static const char *const names[] = { "grade", "file", "place", "evidence", "meaning", "about", "rule", "decided" };
    static const unsigned    titles[] = {
        IDS_DOC_SCAN_GRADE, IDS_DOC_COL_FILE, IDS_DOC_SCAN_PLACE, IDS_DOC_SCAN_EVIDENCE, IDS_DOC_COL_MEANING,
        IDS_DOC_SCAN_ABOUT, IDS_DOC_SCAN_RULE, IDS_DOC_SCAN_DECISION,
    };
    const wz_findings *findings = &maker->session->scan.findings;
    wz_section        *section = wz_maker_section(maker, "findings", IDS_DOC_SCAN_FINDINGS,
                                                  &WZ_COLUMNS(names, titles, FOUND_MEANING));
    size_t             more = 0;

    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].grade == WZ_GRADE_NONE)
            continue;
        if (section->row_count < ROWS_MOST)
            add_finding(maker, section, &findings->items[i]);
        else
            more++;
    }
    if (more > 0) {
        wz_text     number = { 0 };
        const char *args[1];

        wz_text_add_number(&number, more);
        args[0] = wz_text_at(&number);
        wz_maker_lead(maker, section, IDS_DOC_SCAN_MORE, args, WZ_COUNT(args));
        wz_text_clear(&number);
    }
    if (section->row_count == 0)
        wz_maker_lead(maker, section, IDS_SCAN_SAYS_NONE, NULL, 0);
}

/* ---- files it cannot tell about, programs with known trouble ---- */

static void add_untold(const wz_maker *maker)
{
    static const char *const names[] = { "file", "reason", "kind", "about", "error" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_FILE, IDS_DOC_COL_REASON, IDS_DOC_COL_KIND, IDS_DOC_SCAN_ABOUT, IDS_DOC_COL_CAUSE,
    };
    const wz_scan_result *scan = &maker->session->scan;
    wz_section           *section;

    if (wz_scan_result_untold(scan) == 0)
        return;
    section = wz_maker_section(maker, "untold", IDS_DOC_SCAN_UNTOLD, &WZ_COLUMNS(names, titles, 2));
    for (size_t i = 0; i < scan->scanned_count && section->row_count < ROWS_MOST; i++) {
        const wz_scanned *file = &scan->scanned[i];
        wz_text           text = { 0 };
        wz_row           *row;

        if (wz_scanned_untold_word(file) == 0)
            continue;
        row = add_row(section, "u", wz_verdict_name(WZ_VERDICT_UNKNOWN));
        wz_row_put(row, 0, file->path, NULL);
        wz_maker_word(maker, row, 1, wz_scanned_untold_word(file),
                      file->error.status != WZ_OK ? "unread" : wz_unknown_name(file->unknown));
        wz_maker_word(maker, row, 2, wz_scan_kind_word(file->kind), wz_scan_kind_name(file->kind));
        wz_scanned_say(file, maker->words, &text);
        put_text(row, 3, &text, NULL);
        if (file->error.status != WZ_OK)
            wz_error_render(&file->error, maker->words, &text);
        put_text(row, 4, &text, NULL);
    }
}

static void add_known(const wz_maker *maker)
{
    static const char *const names[] = { "program", "update", "words", "company", "version", "source" };
    static const unsigned    titles[] = {
        IDS_SCAN_KIND_PROGRAM, IDS_DOC_COL_UPDATE, IDS_DOC_COL_MEANING, IDS_DOC_SCAN_COMPANY, IDS_DOC_SCAN_VERSION,
        IDS_DOC_COL_SOURCE,
    };
    const wz_scan_result *scan = &maker->session->scan;
    wz_section           *section;

    if (scan->known_count == 0)
        return;
    section = wz_maker_section(maker, "known", IDS_DOC_SCAN_KNOWN, &WZ_COLUMNS(names, titles, 3));
    for (size_t i = 0; i < scan->known_count; i++) {
        const wz_known_hit *hit = &scan->known[i];
        wz_row             *row = add_row(section, "k", NULL);

        wz_row_put(row, 0, hit->name, NULL);
        wz_row_kb(row, 1, hit->kb);
        wz_row_put(row, 2, hit->words, NULL);
        wz_row_put(row, 3, hit->company, NULL);
        wz_row_put(row, 4, hit->version, NULL);
        wz_row_put(row, 5, hit->source, NULL);
    }
}

void wz_report_add_scan(const wz_maker *maker)
{
    wz_scan_state state = maker->session->scan.state;

    add_summary(maker);
    if (state != WZ_SCAN_STOPPED && state != WZ_SCAN_FINISHED)
        return;
    add_findings(maker);
    add_untold(maker);
    add_known(maker);
}
