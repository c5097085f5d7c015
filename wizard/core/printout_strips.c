/* See printout_parts.h: a report cut into strips. Tables are in printout_table.c. */
#include "core/printout_strips.h"

#include <stdlib.h>
#include <string.h>

#define BAR       30        /* beside a notice and the verdict */
#define BAR_SPACE 60

/* ---- ink ---- */

wz_ink *wz_ink_add(wz_ink **inks, size_t *count, size_t *room)
{
    *inks = wz_grow(*inks, *count, room, sizeof **inks);
    return &(*inks)[(*count)++];
}

void wz_ink_fill(wz_strip *strip, int x, int y, int width, int height, unsigned shade)
{
    *wz_ink_add(&strip->inks, &strip->ink_count, &strip->ink_room) =
        (wz_ink){ .x = x, .y = y, .width = width, .height = height, .shade = shade };
}

void wz_ink_text(wz_strip *strip, const wz_measure *measure, int x, int y, wz_type type, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    *wz_ink_add(&strip->inks, &strip->ink_count, &strip->ink_room) = (wz_ink){
        .x = x, .y = y, .width = measure->width(measure->context, type, text, strlen(text)),
        .height = measure->line(measure->context, type), .shade = 100, .text = wz_copy(text), .type = type,
    };
}

/* A side, in dashes of this length with gaps as long as gap: 0 for none. */
static void add_side(wz_strip *strip, int x, int y, int width, int height, int dash, int gap)
{
    bool is_flat = width > height;
    int  length = is_flat ? width : height;

    if (gap == 0)
        dash = length;
    for (int at = 0; at < length; at += dash + gap) {
        int part = at + dash > length ? length - at : dash;

        if (is_flat)
            wz_ink_fill(strip, x + at, y, part, height, 100);
        else
            wz_ink_fill(strip, x, y + at, width, part, 100);
    }
}

static void add_frame(wz_strip *strip, int x, int y, int width, int height, int line, int dash, int gap)
{
    add_side(strip, x, y, width, line, dash, gap);
    add_side(strip, x, y + height - line, width, line, dash, gap);
    add_side(strip, x, y + line, line, height - 2 * line, dash, gap);
    add_side(strip, x + width - line, y + line, line, height - 2 * line, dash, gap);
}

void wz_ink_border(wz_strip *strip, int x, int y, int width, int height, wz_border border)
{
    switch (border) {
    case WZ_BORDER_NONE:   break;
    case WZ_BORDER_THIN:   add_frame(strip, x, y, width, height, 5, 0, 0);    break;
    case WZ_BORDER_SOLID:  add_frame(strip, x, y, width, height, 10, 0, 0);   break;
    case WZ_BORDER_DASHED: add_frame(strip, x, y, width, height, 10, 40, 20); break;
    case WZ_BORDER_DOTTED: add_frame(strip, x, y, width, height, 10, 10, 15); break;
    case WZ_BORDER_DOUBLE:
        add_frame(strip, x, y, width, height, 7, 0, 0);
        add_frame(strip, x + 14, y + 14, width - 28, height - 28, 7, 0, 0);
        break;
    }
}

/* ---- strips ---- */

wz_strip *wz_strips_add(wz_strips *strips, int height)
{
    strips->items = wz_grow(strips->items, strips->count, &strips->room, sizeof *strips->items);

    wz_strip *strip = &strips->items[strips->count++];

    *strip = (wz_strip){ .height = height };
    return strip;
}

void wz_strips_clear(wz_strips *strips)
{
    for (size_t i = 0; i < strips->count; i++) {
        for (size_t ink = 0; ink < strips->items[i].ink_count; ink++)
            free(strips->items[i].inks[ink].text);
        free(strips->items[i].inks);
    }
    free(strips->items);
    *strips = (wz_strips){ 0 };
}

/* No line of a paragraph is alone on its page. */
void wz_strips_keep(wz_strips *strips, size_t first)
{
    size_t count = strips->count - first;
    int    height = 0;

    for (size_t i = first; i < strips->count; i++)
        height += strips->items[i].height;
    for (size_t i = 0; i + 1 < count; i++)
        strips->items[first + i].keep = height <= strips->height / 3 || i == 0 || i + 2 == count;
}

/* The lines of a paragraph; the first has this space above it. keep: the last one stays with what follows. */
static void add_text(wz_strips *strips, wz_type type, const char *text, int indent, int space, bool keep)
{
    wz_lines lines = { 0 };
    size_t   first = strips->count;

    wz_lines_break(&lines, strips->measure, type, text, strips->width - indent);
    for (size_t i = 0; i < lines.count; i++) {
        wz_strip *strip = wz_strips_add(strips, strips->measure->line(strips->measure->context, type));

        strip->space = i == 0 ? space : 0;
        wz_ink_text(strip, strips->measure, indent, 0, type, lines.items[i]);
    }
    wz_strips_keep(strips, first);
    if (lines.count > 0)
        strips->items[strips->count - 1].keep = keep;
    wz_lines_clear(&lines);
}

/* With one bar beside it, or two. */
static void add_barred(wz_strips *strips, wz_type type, const char *text, int bars)
{
    size_t first = strips->count;

    add_text(strips, type, text, bars * BAR + BAR_SPACE, 100, false);
    for (size_t i = first; i < strips->count; i++)
        for (int bar = 0; bar < bars; bar++)
            wz_ink_fill(&strips->items[i], bar * BAR * 3 / 2, 0, bars == 1 ? BAR : BAR / 3 * 2, strips->items[i].height,
                        100);
}

static void add_figure(wz_strips *strips, const wz_figure *figure, bool keep)
{
    static const unsigned shades[] = {
        [WZ_TONE_NONE] = 0, [WZ_TONE_PAPER] = 0, [WZ_TONE_LIGHT] = 8, [WZ_TONE_STRONG] = 80,
    };
    size_t first = strips->count;

    if (strips->width < WZ_FIGURE_WIDTH)
        return;                                        /* nothing is lost: the table says it */
    for (size_t row = 0; row < figure->row_count; row++)
        wz_strips_add(strips, figure->row_height)->space = row == 0 ? 50 : 0;
    for (size_t i = 0; i < figure->shape_count; i++) {
        const wz_shape *shape = &figure->shapes[i];
        wz_strip       *strip = &strips->items[first + shape->row];

        if (shape->tone != WZ_TONE_NONE)
            wz_ink_fill(strip, shape->x, shape->y, shape->width, shape->height, shades[shape->tone]);
        wz_ink_border(strip, shape->x, shape->y, shape->width, shape->height, shape->border);
        if (shape->text == NULL)
            continue;
        wz_ink_text(strip, strips->measure, 0, 0, shape->is_strong ? WZ_TYPE_SMALL_STRONG : WZ_TYPE_SMALL, shape->text);

        wz_ink *ink = &strip->inks[strip->ink_count - 1];

        ink->x = shape->x + (shape->width - ink->width) / 2;
        ink->y = shape->y + (shape->height - ink->height) / 2;
        ink->shade = shape->tone == WZ_TONE_STRONG ? 0 : 100;
    }
    strips->items[strips->count - 1].keep = keep;
}

static void add_section(wz_strips *strips, const wz_section *section)
{
    size_t first = strips->count;
    bool   has_rows = section->row_count > 0;

    add_text(strips, WZ_TYPE_HEADING, section->title, 0, 180, true);
    for (size_t i = first; i < strips->count; i++)
        strips->items[i].keep = true;
    if (strips->count > first) {
        wz_strip *last = &strips->items[strips->count - 1];

        wz_ink_fill(last, 0, last->height, strips->width, 10, 100);
        last->height += 40;
    }
    if (section->lead != NULL)
        wz_strips_paragraphs(strips, section->lead, has_rows || section->figure != NULL);
    if (section->figure != NULL)
        add_figure(strips, section->figure, has_rows);
    if (has_rows)
        wz_strips_table(strips, section);
    if (strips->count > 0)
        strips->items[strips->count - 1].keep = false;
}

/* Each line of the text is a paragraph. */
void wz_strips_paragraphs(wz_strips *strips, const char *text, bool keep)
{
    for (const char *at = text; at != NULL;) {
        const char *end = strchr(at, '\n');
        char       *one = wz_copy_part(at, end != NULL ? (size_t)(end - at) : strlen(at));

        add_text(strips, WZ_TYPE_BODY, one, 0, at == text ? 0 : 30, keep && end == NULL);
        free(one);
        at = end != NULL ? end + 1 : NULL;
    }
}

void wz_strips_of(wz_strips *strips, const wz_report *report)
{
    add_text(strips, WZ_TYPE_TITLE, report->title, 0, 0, true);
    add_text(strips, WZ_TYPE_BODY, report->subtitle, 0, 0, true);
    for (size_t i = 0; i < report->notice_count; i++)
        add_barred(strips, WZ_TYPE_STRONG, report->notices[i].text, 2);
    add_barred(strips, WZ_TYPE_VERDICT, report->verdict, 1);
    for (size_t i = 0; i < report->section_count; i++)
        add_section(strips, &report->sections[i]);
    if (report->seal[0] != '\0' && strips->count > 0) {
        strips->items[strips->count - 1].keep = true;  /* not on a page of its own */
        add_text(strips, WZ_TYPE_SMALL, report->seal_label, 0, 200, true);
        add_text(strips, WZ_TYPE_SMALL, report->seal, 0, 0, false);
    }
}
