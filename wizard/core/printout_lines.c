/* See printout_parts.h: text broken into lines. */
#include "core/printout_parts.h"

#include "core/line_break.h"
#include "core/report_parts.h"

#include <stdlib.h>
#include <string.h>

static int width_of(const wz_measure *measure, wz_type type, const char *text, size_t length)
{
    return length == 0 ? 0 : measure->width(measure->context, type, text, length);
}

typedef struct type_ruler { const wz_measure *measure; wz_type type; } type_ruler;

static int ruled_width(const void *context, const char *text, size_t length)
{
    const type_ruler *ruler = context;

    return width_of(ruler->measure, ruler->type, text, length);
}

void wz_lines_break(wz_lines *lines, const wz_measure *measure, wz_type type, const char *text, int width)
{
    const type_ruler by_type = { measure, type };
    const wz_ruler   ruler = { ruled_width, &by_type };
    wz_text          shown = { 0 };
    const char      *at, *next;

    wz_text_add_visible(&shown, text != NULL ? text : "");
    for (at = wz_text_at(&shown); *at != '\0'; at = next) {
        size_t length = wz_line_fit(at, width, &ruler, &next);

        lines->items = wz_grow(lines->items, lines->count, &lines->room, sizeof *lines->items);
        lines->items[lines->count++] = wz_copy_part(at, length);
    }
    wz_text_clear(&shown);
}

void wz_lines_clear(wz_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->items[i]);
    free(lines->items);
    *lines = (wz_lines){ 0 };
}

int wz_lines_width(const wz_measure *measure, wz_type type, const char *text, int most)
{
    wz_text shown = { 0 };
    int     widest = 0;

    wz_text_add_visible(&shown, text != NULL ? text : "");
    for (const char *line = wz_text_at(&shown); line != NULL && widest < most;) {
        const char *end = strchr(line, '\n');
        int         width = width_of(measure, type, line, end != NULL ? (size_t)(end - line) : strlen(line));

        if (width > widest)
            widest = width;
        line = end != NULL ? end + 1 : NULL;
    }
    wz_text_clear(&shown);
    return widest < most ? widest : most;
}
