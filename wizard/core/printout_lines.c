/* See printout_parts.h: text broken into lines. */
#include "core/printout_parts.h"

#include "core/report_parts.h"

#include <stdlib.h>
#include <string.h>

static int width_of(const wz_measure *measure, wz_type type, const char *text, size_t length)
{
    return length == 0 ? 0 : measure->width(measure->context, type, text, length);
}

static bool is_east_asian(const char *text, size_t length)
{
    return length > 1 && wz_text_columns(text, length) == 2;
}

/* Up to where the next break is possible: behind a space, a character at which paths may be broken, or between East
   Asian ones. */
static size_t chunk(const char *text)
{
    size_t at = 0;

    while (text[at] != '\0' && text[at] != '\n') {
        uint32_t c;
        size_t   length = wz_text_character(text + at, &c);

        at += length;
        if (c < 0x80 && strchr(" \\/_-,;~", (int)c) != NULL && c != 0)
            break;
        if (is_east_asian(text + at - length, length))
            break;
        if (text[at] != '\0' && is_east_asian(text + at, wz_text_character(text + at, &c)))
            break;
    }
    return at;
}

/* After this chunk a line may end as well as at a space. */
static bool is_good_break(const char *text, size_t at, size_t length)
{
    uint32_t c;
    size_t   next = text[at] != '\0' ? wz_text_character(text + at, &c) : 0;

    return text[at - 1] == ' ' || is_east_asian(text + at, next)
        || is_east_asian(text + at - length, length);
}

static size_t without_spaces(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

/* As many characters as fit, at least one: for what has no place to break. */
static size_t fit_hard(const wz_measure *measure, wz_type type, const char *text, size_t length, int width)
{
    size_t at = 0;

    while (at < length) {
        uint32_t c;
        size_t   bytes = wz_text_character(text + at, &c);

        if (at > 0 && width_of(measure, type, text, at + bytes) > width)
            break;
        at += bytes;
    }
    return at;
}

/* Bytes of the first line; next is where the second begins. */
static size_t fit(const wz_measure *measure, wz_type type, const char *text, int width, const char **next)
{
    size_t at = 0, space = 0, soft = 0, end;

    while (text[at] != '\0' && text[at] != '\n') {
        size_t length = chunk(text + at);

        if (width_of(measure, type, text, without_spaces(text, at + length)) > width) {
            end = space > 0 ? space : soft;
            if (end == 0)
                end = fit_hard(measure, type, text, length, width);
            *next = text + end + strspn(text + end, " ");
            return without_spaces(text, end);
        }
        at += length;
        soft = at;
        if (is_good_break(text, at, length))
            space = at;
    }
    *next = text[at] == '\n' ? text + at + 1 : text + at;
    return without_spaces(text, at);
}

void wz_lines_break(wz_lines *lines, const wz_measure *measure, wz_type type, const char *text, int width)
{
    wz_text     shown = { 0 };
    const char *at, *next;

    wz_text_add_visible(&shown, text != NULL ? text : "");
    for (at = wz_text_at(&shown); *at != '\0'; at = next) {
        size_t length = fit(measure, type, at, width, &next);

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
