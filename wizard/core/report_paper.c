/* See report_parts.h: making text fit for paper: harmless to show, and measured. */
#include "core/report_parts.h"

#include <string.h>

size_t wz_text_character(const char *at, uint32_t *code_point)
{
    const unsigned char *bytes = (const unsigned char *)at;
    size_t               length = bytes[0] < 0x80 ? 1 : 0;
    uint32_t             value = bytes[0];

    if (bytes[0] >= 0xC2 && bytes[0] < 0xF5) {
        length = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
        value = bytes[0] & (0x7Fu >> length);
    }
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            length = 0;
            break;
        }
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if ((length == 3 && (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))) ||
        (length == 4 && (value < 0x10000 || value > 0x10FFFF)))
        length = 0;                                /* overlong, half a surrogate pair, beyond Unicode */
    *code_point = length == 0 ? 0xFFFD : value;
    return length == 0 ? 1 : length;
}

void wz_text_add_visible(wz_text *out, const char *value)
{
    uint32_t c;

    for (size_t length; *value != '\0'; value += length) {
        length = wz_text_character(value, &c);
        if (c == '\t') {
            wz_text_add(out, " ");
        } else if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
            char digit = "0123456789ABCDEF"[c & 15];

            wz_text_add(out, c < 0x2060 ? "[U+202" : "[U+206");
            wz_text_append(out, &digit, 1);
            wz_text_add(out, "]");
        } else if ((c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF || c == 0xFFFD ||
                   c == 0x2028 || c == 0x2029) {
            wz_text_add(out, "\xEF\xBF\xBD");
        } else {
            wz_text_append(out, value, length);
        }
    }
}

void wz_section_add_detail(const wz_section *section, const wz_row *row, size_t column, wz_text *out)
{
    const char *args[] = { section->column_titles != NULL ? section->column_titles[column] : NULL,
                           row->cells[column].text };

    wz_text_fill(out, section->pair != NULL ? section->pair : "%2", args, WZ_COUNT(args));
}

/* Unicode 15, blocks rather than every character: enough to keep a column straight. */
static unsigned character_columns(uint32_t c)
{
    static const struct { uint32_t first, last; unsigned columns; } ranges[] = {
        { 0x0300,  0x036F,  0 }, { 0x0483,  0x0489,  0 }, { 0x0591,  0x05BD,  0 }, { 0x0610,  0x061A,  0 },
        { 0x064B,  0x065F,  0 }, { 0x0670,  0x0670,  0 }, { 0x06D6,  0x06DC,  0 }, { 0x0E31,  0x0E31,  0 },
        { 0x0E34,  0x0E3A,  0 }, { 0x0E47,  0x0E4E,  0 }, { 0x1100,  0x115F,  2 }, { 0x200B,  0x200F,  0 },
        { 0x2E80,  0x303E,  2 }, { 0x3041,  0xA4CF,  2 }, { 0xAC00,  0xD7A3,  2 }, { 0xF900,  0xFAFF,  2 },
        { 0xFE00,  0xFE0F,  0 }, { 0xFE20,  0xFE2F,  0 }, { 0xFE30,  0xFE6F,  2 }, { 0xFEFF,  0xFEFF,  0 },
        { 0xFF00,  0xFF60,  2 }, { 0xFFE0,  0xFFE6,  2 }, { 0x1F300, 0x1FAFF, 2 }, { 0x20000, 0x3FFFD, 2 },
    };

    for (size_t i = 0; i < WZ_COUNT(ranges) && ranges[i].first <= c; i++)
        if (c <= ranges[i].last)
            return ranges[i].columns;
    return 1;
}

unsigned wz_text_columns(const char *text, size_t length)
{
    unsigned columns = 0;
    uint32_t c;

    for (size_t at = 0; at < length;) {
        at += wz_text_character(text + at, &c);
        columns += character_columns(c);
    }
    return columns;
}

/* Of the widest line, as it will be shown. */
static unsigned natural_width(const char *text, unsigned most)
{
    wz_text  shown = { 0 };
    unsigned widest = 0;

    if (text != NULL)
        wz_text_add_visible(&shown, text);
    for (const char *line = wz_text_at(&shown); line != NULL;) {
        const char *end = strchr(line, '\n');
        unsigned    width = wz_text_columns(line, end ? (size_t)(end - line) : strlen(line));

        if (width > widest)
            widest = width;
        line = end ? end + 1 : NULL;
    }
    wz_text_clear(&shown);
    return widest < most ? widest : most;
}

void wz_section_widths(const wz_section *section, size_t count, unsigned total, unsigned gap, unsigned widths[])
{
    unsigned room = total - gap * (unsigned)(count - 1);
    unsigned cap = room;

    for (size_t i = 0; i < count; i++) {
        widths[i] = section->column_titles ? natural_width(section->column_titles[i], room) : 1;
        for (size_t row = 0; row < section->row_count; row++) {
            unsigned width = natural_width(section->rows[row].cells[i].text, room);

            if (width > widths[i])
                widths[i] = width;
        }
        if (widths[i] == 0)
            widths[i] = 1;
    }
    for (; cap > 1; cap--) {                       /* the widest give way, all to the same width */
        unsigned sum = 0;

        for (size_t i = 0; i < count; i++)
            sum += widths[i] < cap ? widths[i] : cap;
        if (sum <= room)
            break;
    }
    for (size_t i = 0; i < count; i++)
        if (widths[i] > cap)
            widths[i] = cap;
}
