/* See report.h: the report as XML, after resources/report.xsd. Values as they are. */
#include "core/report_parts.h"

#include "product.h"

/* <name key="code">text</name> on a line of its own. */
static void add_element(wz_text *out, const char *indent, const char *name, const char *key, const char *code,
                        const char *text)
{
    wz_text_add(out, indent);
    wz_text_add(out, "<");
    wz_text_add(out, name);
    wz_text_add_attribute(out, key, code);
    wz_text_add(out, ">");
    wz_text_add_xml(out, text);
    wz_text_add(out, "</");
    wz_text_add(out, name);
    wz_text_add(out, ">\n");
}

static void add_row(wz_text *out, const wz_section *section, const wz_row *row)
{
    wz_text_add(out, "    <row");
    wz_text_add_attribute(out, "id", row->id);
    wz_text_add_attribute(out, "verdict", row->verdict);
    wz_text_add(out, ">\n");
    for (size_t i = 0; i < section->column_count; i++) {
        const wz_cell *cell = &row->cells[i];

        if (cell->text == NULL && cell->code == NULL)
            continue;
        wz_text_add(out, "      <cell");
        wz_text_add_attribute(out, "name", section->column_names[i]);
        wz_text_add_attribute(out, "code", cell->code);
        wz_text_add(out, ">");
        if (cell->text != NULL)
            wz_text_add_xml(out, cell->text);
        wz_text_add(out, "</cell>\n");
    }
    wz_text_add(out, "    </row>\n");
}

static void add_section(wz_text *out, const wz_section *section)
{
    wz_text_add(out, "  <section");
    wz_text_add_attribute(out, "name", section->name);
    wz_text_add(out, ">\n");
    add_element(out, "    ", "title", NULL, NULL, section->title);
    if (section->lead != NULL)
        add_element(out, "    ", "lead", NULL, NULL, section->lead);
    for (size_t i = 0; section->column_titles != NULL && i < section->column_count; i++)
        add_element(out, "    ", "column", "name", section->column_names[i], section->column_titles[i]);
    for (size_t i = 0; i < section->row_count; i++)
        add_row(out, section, &section->rows[i]);
    wz_text_add(out, "  </section>\n");
}

void wz_report_render_xml(const wz_report *report, wz_text *out)
{
    wz_text made = { 0 }, exit_code = { 0 };

    wz_text_add_time(&made, report->made);
    wz_text_add_number(&exit_code, report->exit_code);

    wz_text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<report version=\"1\"");
    wz_text_add_attribute(out, "program", WZ_PRODUCT_VERSION_TEXT);
    if (made.length > 0)
        wz_text_add_attribute(out, "made", wz_text_at(&made));
    wz_text_add_attribute(out, "language", report->language);
    wz_text_add(out, ">\n");
    if (report->title != NULL)
        add_element(out, "  ", "title", NULL, NULL, report->title);
    if (report->subtitle != NULL)
        add_element(out, "  ", "subtitle", NULL, NULL, report->subtitle);
    if (report->verdict != NULL)
        add_element(out, "  ", "verdict", "exit", wz_text_at(&exit_code), report->verdict);
    for (size_t i = 0; i < report->notice_count; i++)
        add_element(out, "  ", "notice", "code", report->notices[i].code, report->notices[i].text);
    for (size_t i = 0; i < report->section_count; i++)
        add_section(out, &report->sections[i]);
    wz_report_add_seal(report, out);
    wz_text_add(out, "</report>\n");
    wz_text_clear(&made);
    wz_text_clear(&exit_code);
}
