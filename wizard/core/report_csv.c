/*
 * See report.h: the report as CSV, for spreadsheets. One line a cell: section, row, verdict, column, code, text.
 */
#include "core/csv.h"
#include "core/report_parts.h"

static void add_line(wz_text *out, const char *section, const wz_row *row, const char *column, const char *code,
                     const char *text)
{
    wz_csv_field(out, section, false);
    wz_csv_field(out, row != NULL ? row->id : NULL, false);
    wz_csv_field(out, row != NULL ? row->verdict : NULL, false);
    wz_csv_field(out, column, false);
    wz_csv_field(out, code, false);
    wz_csv_field(out, text, true);
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
        add_section(out, &report->sections[i]);
    if (report->seal[0] != '\0')
        add_line(out, "report", NULL, "seal", "sha-256", report->seal);
    wz_text_clear(&made);
    wz_text_clear(&exit_code);
}
