/*
 * See printout_parts.h: the tables of a report.
 *
 * The main columns stand side by side, as wide as their text wants, the widest give way; the other columns follow below
 * their row as "Name: text", several on a line where they fit.
 */
#include "core/printout_strips.h"

#include <stdlib.h>
#include <string.h>

#include "core/report_parts.h"

#define MOST    8u           /* columns side by side */
#define GAP     90           /* between two columns */
#define PAD     25           /* above a row */
#define BESIDE  45           /* a verdict in its frame */
#define FRAME   12           /* above and below it */
#define INDENT  150          /* of details */
#define SPACE   90           /* between two details of a line */
#define FORM    260          /* room to write */
#define RULE    5

typedef struct wz_table {
    const wz_section *section;
    size_t            count;                   /* of the main columns */
    int               x[MOST], width[MOST];
    size_t            head;                    /* as in wz_strip */
} wz_table;

static size_t main_columns(const wz_section *section)
{
    size_t count = section->main_count == 0 ? section->column_count : section->main_count;

    if (count > MOST)
        count = MOST;
    return count < section->column_count ? count : section->column_count;
}

static int natural_width(const wz_strips *strips, const wz_section *section, size_t column)
{
    int widest = section->column_titles == NULL ? 0
               : wz_lines_width(strips->measure, WZ_TYPE_STRONG, section->column_titles[column], strips->width);

    for (size_t row = 0; row < section->row_count; row++) {
        bool is_framed = column == 0 && section->rows[row].verdict != NULL;
        int  width = wz_lines_width(strips->measure, is_framed ? WZ_TYPE_STRONG : WZ_TYPE_BODY,
                                    section->rows[row].cells[column].text, strips->width);

        width += is_framed ? 2 * BESIDE : 0;
        if (width > widest)
            widest = width;
    }
    return widest;
}

static int sum_of(const int widths[], size_t count, int cap)
{
    int sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += widths[i] < cap ? widths[i] : cap;
    return sum;
}

static void set_widths(const wz_strips *strips, wz_table *table)
{
    int room = strips->width - GAP * (int)(table->count - 1), low = 1, high = strips->width, x = 0;

    for (size_t i = 0; i < table->count; i++)
        table->width[i] = table->section->is_form ? room / (int)table->count
                                                  : natural_width(strips, table->section, i);
    while (low < high) {                               /* the widest that all fit with */
        int middle = (low + high + 1) / 2;

        if (sum_of(table->width, table->count, middle) <= room)
            low = middle;
        else
            high = middle - 1;
    }
    for (size_t i = 0; i < table->count; i++) {
        if (table->width[i] > low)
            table->width[i] = low;
        table->x[i] = x;
        x += table->width[i] + GAP;
    }
    table->width[table->count - 1] = strips->width - table->x[table->count - 1];
}

/* ---- rows ---- */

/* Cells side by side, a strip for each of their lines. */
static void add_cells(wz_strips *strips, const wz_table *table, const char *const cells[], wz_type type,
                      const char *verdict, int space)
{
    wz_lines lines[MOST] = { { 0 } };
    size_t   most = 1;

    for (size_t i = 0; i < table->count; i++) {
        bool is_framed = i == 0 && verdict != NULL;

        wz_lines_break(&lines[i], strips->measure, is_framed ? WZ_TYPE_STRONG : type, cells[i],
                       table->width[i] - (is_framed ? 2 * BESIDE : 0));
        most = lines[i].count > most ? lines[i].count : most;
    }
    for (size_t line = 0; line < most; line++) {
        int       height = strips->measure->line(strips->measure->context, type);
        int       frame = verdict != NULL && line < lines[0].count ? FRAME : 0;
        int       top = line == 0 ? space : frame;
        wz_strip *strip = wz_strips_add(strips, height + top + frame);

        strip->head = table->head;
        for (size_t i = 0; i < table->count; i++) {
            bool is_framed = i == 0 && verdict != NULL;
            int  x = table->x[i];

            if (line >= lines[i].count)
                continue;
            if (is_framed) {
                wz_ink_text(strip, strips->measure, x + BESIDE, top, WZ_TYPE_STRONG, lines[i].items[line]);
                wz_ink_border(strip, x, top - FRAME, strip->inks[strip->ink_count - 1].width + 2 * BESIDE,
                              height + 2 * FRAME, wz_border_of(verdict));
            } else {
                wz_ink_text(strip, strips->measure, x, top, type, lines[i].items[line]);
            }
        }
    }
    for (size_t i = 0; i < table->count; i++)
        wz_lines_clear(&lines[i]);
}

static void add_detail_lines(wz_strips *strips, const wz_table *table, const char *text)
{
    wz_lines lines = { 0 };

    wz_lines_break(&lines, strips->measure, WZ_TYPE_SMALL, text, strips->width - INDENT);
    for (size_t i = 0; i < lines.count; i++) {
        wz_strip *strip = wz_strips_add(strips, strips->measure->line(strips->measure->context, WZ_TYPE_SMALL));

        strip->head = table->head;
        wz_ink_text(strip, strips->measure, INDENT, 0, WZ_TYPE_SMALL, lines.items[i]);
    }
    wz_lines_clear(&lines);
}

static void add_details(wz_strips *strips, const wz_table *table, const wz_row *row)
{
    const wz_section *section = table->section;
    int               used = 0, x = INDENT;

    for (size_t i = table->count; i < section->column_count; i++) {
        wz_text one = { 0 };

        if (row->cells[i].text == NULL || row->cells[i].text[0] == '\0')
            continue;
        wz_section_add_detail(section, row, i, &one);

        int  width = wz_lines_width(strips->measure, WZ_TYPE_SMALL, one.at, strips->width);
        bool is_short = strchr(one.at, '\n') == NULL && width <= strips->width - INDENT;

        if (is_short && used > 0 && x + SPACE + width <= strips->width) {
            wz_text shown = { 0 };

            wz_text_add_visible(&shown, one.at);
            wz_ink_text(&strips->items[strips->count - 1], strips->measure, x + SPACE, 0, WZ_TYPE_SMALL,
                        wz_text_at(&shown));
            wz_text_clear(&shown);
            x += SPACE + width;
        } else {
            add_detail_lines(strips, table, one.at);
            x = is_short ? INDENT + width : strips->width;
        }
        used++;
        wz_text_clear(&one);
    }
}

static void add_row(wz_strips *strips, const wz_table *table, const wz_row *row)
{
    bool        is_first = row == table->section->rows;
    const char *cells[MOST];
    size_t      first = strips->count;

    for (size_t i = 0; i < table->count; i++)
        cells[i] = row->cells[i].text;
    if (table->section->is_form)
        wz_strips_add(strips, FORM)->head = table->head;
    add_cells(strips, table, cells, WZ_TYPE_BODY, row->verdict, PAD);
    add_details(strips, table, row);
    strips->items[strips->count - 1].height += PAD / 2;
    for (size_t i = 0; i < table->count; i++) {        /* lines to write on, or one between two rows */
        wz_strip *last = &strips->items[strips->count - 1];

        if (table->section->is_form && i > 0)
            wz_ink_fill(last, table->x[i], last->height - RULE, table->width[i], RULE, 100);
    }
    if (!table->section->is_form && !(is_first && table->section->column_titles == NULL))
        wz_ink_fill(&strips->items[first], 0, 0, strips->width, RULE, 40);
    wz_strips_keep(strips, first);
}

/* The heads in one strip, because it is repeated whole. Heads that are too high for that are not. */
static void add_head(wz_strips *strips, wz_table *table)
{
    const char *cells[MOST];
    size_t      first = strips->count;
    wz_strip    joined = { .keep = true };

    for (size_t i = 0; i < table->count; i++)
        cells[i] = table->section->column_titles[i];
    add_cells(strips, table, cells, WZ_TYPE_STRONG, NULL, PAD);
    for (size_t i = first; i < strips->count; i++)
        joined.height += strips->items[i].height;
    joined.height += PAD;
    wz_ink_fill(&joined, 0, 0, strips->width, joined.height, 8);
    for (size_t i = first, y = 0; i < strips->count; i++) {
        wz_strip *one = &strips->items[i];

        for (size_t ink = 0; ink < one->ink_count; ink++) {
            wz_ink *moved = wz_ink_add(&joined.inks, &joined.ink_count, &joined.ink_room);

            *moved = one->inks[ink];
            moved->y += (int)y;
        }
        y += (size_t)one->height;
        free(one->inks);
    }
    strips->count = first;
    *wz_strips_add(strips, 0) = joined;
    strips->items[first].space = PAD;
    table->head = joined.height <= strips->height / 4 ? first + 1 : 0;
}

void wz_strips_table(wz_strips *strips, const wz_section *section)
{
    wz_table table = { .section = section, .count = main_columns(section) };

    set_widths(strips, &table);
    if (section->column_titles != NULL)
        add_head(strips, &table);
    for (size_t i = 0; i < section->row_count; i++)
        add_row(strips, &table, &section->rows[i]);
    if (section->is_form)                              /* who signs, signs all of it */
        for (size_t i = table.head > 0 ? table.head - 1 : 0; table.head > 0 && i < strips->count; i++)
            strips->items[i].keep = true;
}
