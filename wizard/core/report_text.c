/*
 * See report.h: the report as text, 78 columns wide.
 *
 * A table keeps its first columns side by side, with wrapped cells; the other columns follow below each row as
 * "Name: text". More than four columns side by side would be too narrow to read.
 */
#include "core/line_break.h"
#include "core/report_parts.h"

#include <string.h>

#define PAGE   78u
#define GAP    2u
#define MOST   4u     /* columns side by side */
#define INDENT 4u     /* of details */

static void add_spaces(wz_text *out, unsigned count)
{
    while (count-- > 0)
        wz_text_add(out, " ");
}

static void add_rule(wz_text *out, char mark, unsigned count)
{
    while (count-- > 0)
        wz_text_append(out, &mark, 1);
    wz_text_add(out, "\n");
}

/* Paragraphs, each line behind indent spaces; the first line continues what is there, which is first columns wide. */
static void add_wrapped(wz_text *out, const char *value, unsigned indent, unsigned first)
{
    wz_text     shown = { 0 };
    const char *at, *next;

    wz_text_add_visible(&shown, value);
    at = wz_text_at(&shown);
    do {
        size_t length = wz_line_fit_columns(at, PAGE - indent, &next);

        if (first < indent && length > 0)
            add_spaces(out, indent - first);
        wz_text_append(out, at, length);
        wz_text_add(out, "\n");
        first = 0;
        at = next;
    } while (*at != '\0');
    wz_text_clear(&shown);
}

static bool is_empty(const wz_cell *cell)
{
    return cell->text == NULL || cell->text[strspn(cell->text, " \t\n")] == '\0';
}

static size_t main_columns(const wz_section *section)
{
    size_t count = section->main_count == 0 ? section->column_count : section->main_count;

    if (section->main_count == 0 && count > MOST)
        count = MOST - 1;
    return count < section->column_count ? count : section->column_count;
}

/* One row of cells, as many lines as the highest needs. */
static void add_cells(wz_text *out, const char *const cells[], size_t count, const unsigned widths[])
{
    wz_text     shown[MOST] = { { 0 } };
    const char *at[MOST];
    bool        more = true;

    for (size_t i = 0; i < count; i++) {
        if (cells[i] != NULL)
            wz_text_add_visible(&shown[i], cells[i]);
        at[i] = wz_text_at(&shown[i]);
    }
    while (more) {
        unsigned owed = 0;                         /* spaces, written only when something follows */

        more = false;
        for (size_t i = 0; i < count; i++) {
            const char *next;
            size_t      length = wz_line_fit_columns(at[i], widths[i], &next);

            if (length > 0) {
                add_spaces(out, owed);
                owed = 0;
                wz_text_append(out, at[i], length);
            }
            owed += widths[i] - wz_text_columns(at[i], length) + GAP;
            at[i] = next;
            more = more || *next != '\0';
        }
        wz_text_add(out, "\n");
    }
    for (size_t i = 0; i < count; i++)
        wz_text_clear(&shown[i]);
}

/* Each behind the head of its column, several on a line where they fit. */
static void add_details(wz_text *out, const wz_section *section, const wz_row *row, size_t first)
{
    wz_text  line = { 0 };
    unsigned used = 0;

    for (size_t i = first; i < section->column_count; i++) {
        wz_text one = { 0 }, pair = { 0 };

        if (is_empty(&row->cells[i]))
            continue;
        wz_section_add_detail(section, row, i, &pair);
        wz_text_add_visible(&one, wz_text_at(&pair));
        wz_text_clear(&pair);
        unsigned width = wz_text_columns(one.at, one.length);

        if (used > 0 && INDENT + used + GAP + width <= PAGE && strchr(one.at, '\n') == NULL) {
            add_spaces(&line, GAP);
            used += GAP + width;
        } else {
            if (used > 0)
                add_wrapped(out, line.at, INDENT, 0);
            wz_text_clear(&line);
            used = width;
        }
        wz_text_add(&line, one.at);
        wz_text_clear(&one);
    }
    if (used > 0)
        add_wrapped(out, line.at, INDENT, 0);
    wz_text_clear(&line);
}

static void add_form(wz_text *out, const wz_section *section)
{
    for (size_t row = 0; row < section->row_count; row++) {
        const wz_cell *cells = section->rows[row].cells;

        wz_text_add(out, "\n");
        add_wrapped(out, is_empty(&cells[0]) ? "" : cells[0].text, 0, 0);
        for (size_t i = 1; i < section->column_count; i++) {
            wz_text line = { 0 };

            wz_text_add_visible(&line, section->column_titles[i]);
            add_spaces(out, INDENT);
            unsigned used = INDENT + wz_text_columns(wz_text_at(&line), line.length);

            wz_text_add(out, wz_text_at(&line));
            wz_text_clear(&line);
            add_spaces(out, used < 20 ? 20 - used : 1);
            if (is_empty(&cells[i]))
                add_rule(out, '_', 40);
            else
                add_wrapped(out, cells[i].text, 20, 20);
        }
    }
}

static void add_table(wz_text *out, const wz_section *section)
{
    size_t      count = main_columns(section);
    unsigned    widths[MOST];
    const char *cells[MOST];

    wz_section_widths(section, count, PAGE, GAP, widths);
    if (section->column_titles != NULL) {
        unsigned total = GAP * (unsigned)(count - 1);

        for (size_t i = 0; i < count; i++) {
            cells[i] = section->column_titles[i];
            total += widths[i];
        }
        add_cells(out, cells, count, widths);
        add_rule(out, '-', total);
    }
    for (size_t row = 0; row < section->row_count; row++) {
        if (row > 0 && count < section->column_count)
            wz_text_add(out, "\n");
        for (size_t i = 0; i < count; i++)
            cells[i] = section->rows[row].cells[i].text;
        add_cells(out, cells, count, widths);
        add_details(out, section, &section->rows[row], count);
    }
}

/* A section's title, underlined. */
static void add_title(wz_text *out, const char *title, char mark)
{
    wz_text shown = { 0 };

    wz_text_add_visible(&shown, title);
    unsigned width = wz_text_columns(wz_text_at(&shown), shown.length);

    add_wrapped(out, title, 0, 0);
    add_rule(out, mark, width < PAGE ? width : PAGE);
    wz_text_clear(&shown);
}

static void add_seal(wz_text *out, const wz_report *report)
{
    if (report->seal[0] == '\0')
        return;
    wz_text_add(out, "\n\n");
    add_wrapped(out, report->seal_label, 0, 0);
    add_wrapped(out, report->seal, 0, 0);
}

void wz_report_render_text(const wz_report *report, wz_text *out)
{
    if (report->title != NULL)
        add_title(out, report->title, '=');
    if (report->subtitle != NULL)
        add_wrapped(out, report->subtitle, 0, 0);
    for (size_t i = 0; i < report->notice_count; i++) {
        wz_text_add(out, "\n*** ");
        add_wrapped(out, report->notices[i].text, 4, 4);
    }
    if (report->verdict != NULL) {
        wz_text_add(out, "\n");
        add_wrapped(out, report->verdict, 0, 0);
    }
    for (size_t i = 0; i < report->section_count; i++) {
        const wz_section *section = &report->sections[i];

        wz_text_add(out, "\n\n");
        add_title(out, section->title, '-');
        if (section->lead != NULL)
            add_wrapped(out, section->lead, 0, 0);
        if (section->lead != NULL && section->row_count > 0 && !section->is_form)
            wz_text_add(out, "\n");
        if (section->is_form)
            add_form(out, section);
        else if (section->row_count > 0)
            add_table(out, section);
    }
    add_seal(out, report);
}
