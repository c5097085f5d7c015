/*
 * See report.h: the report as CSV, for spreadsheets. One line a cell: section, row, verdict, column, code, text.
 *
 * RFC 4180: every field in quotation marks, lines end in CR LF. A spreadsheet takes a field that begins with = + - @ or
 * a tab for a formula, also within quotation marks, and would run what a stranger has put into a computer's name: such
 * a field, also behind spaces, is led by an apostrophe (OWASP, "CSV Injection").
 */
#include "core/report_parts.h"

#include <string.h>

static void add_field(wz_text *out, const char *value, bool is_last)
{
    wz_text     shown = { 0 };
    const char *at;

    wz_text_add_visible(&shown, value != NULL ? value : "");
    at = wz_text_at(&shown);
    wz_text_add(out, "\"");
    if (strchr("=+-@|%", at[strspn(at, " \n")]) != NULL && at[strspn(at, " \n")] != '\0')
        wz_text_add(out, "'");
    for (; *at != '\0'; at++)
        wz_text_append(out, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    wz_text_add(out, is_last ? "\"\r\n" : "\",");
    wz_text_clear(&shown);
}

static void add_line(wz_text *out, const char *section, const wz_row *row, const char *column, const char *code,
                     const char *text)
{
    add_field(out, section, false);
    add_field(out, row != NULL ? row->id : NULL, false);
    add_field(out, row != NULL ? row->verdict : NULL, false);
    add_field(out, column, false);
    add_field(out, code, false);
    add_field(out, text, true);
}

static void add_section(wz_text *out, const wz_section *section)
{
    if (section->lead != NULL)
        add_line(out, section->name, NULL, "lead", NULL, section->lead);
    for (size_t i = 0; i < section->row_count; i++) {
        const wz_row *row = &section->rows[i];

        for (size_t column = 0; column < section->column_count; column++) {
            const wz_cell *cell = &row->cells[column];

            if (cell->text != NULL || cell->code != NULL)
                add_line(out, section->name, row, section->column_names[column], cell->code, cell->text);
        }
    }
}

void wz_report_render_csv(const wz_report *report, wz_text *out)
{
    wz_text exit_code = { 0 }, made = { 0 };

    wz_text_add_number(&exit_code, report->exit_code);
    wz_text_add_time(&made, report->made);
    wz_text_add(out, "\xEF\xBB\xBF\"section\",\"row\",\"verdict\",\"column\",\"code\",\"text\"\r\n");
    add_line(out, "report", NULL, "title", NULL, report->title);
    add_line(out, "report", NULL, "subtitle", NULL, report->subtitle);
    add_line(out, "report", NULL, "made", NULL, wz_text_at(&made));
    add_line(out, "report", NULL, "verdict", wz_text_at(&exit_code), report->verdict);
    for (size_t i = 0; i < report->notice_count; i++)
        add_line(out, "report", NULL, "notice", report->notices[i].code, report->notices[i].text);
    for (size_t i = 0; i < report->section_count; i++)
        if (!report->sections[i].is_form)
            add_section(out, &report->sections[i]);
    if (report->seal[0] != '\0')
        add_line(out, "report", NULL, "seal", "sha-256", report->seal);
    wz_text_clear(&made);
    wz_text_clear(&exit_code);
}
