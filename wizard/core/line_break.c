#include "core/line_break.h"

#include <string.h>

#include "core/report_parts.h"

#define STRIDE 64u      /* bytes after which a line is measured at the latest: a word may be as long as a file */

/* ---- kinds of characters ---- */

static bool is_one_of(uint32_t c, const char *set)
{
    for (uint32_t one; *set != '\0';) {
        set += wz_text_character(set, &one);
        if (one == c)
            return true;
    }
    return false;
}

/* What stands with the character before it. The small signs of Japanese and the sign that makes a sound long do too. */
static bool closes(uint32_t c)
{
    return is_one_of(c, "!%),.:;?]}»’”…‰℃"
                        "、。，．：；？！）〕］｝〉》」』】〗〙％・ヽヾゝゞ々ー"
                        "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡｣､･");
}

/* What stands with the character behind it. */
static bool opens(uint32_t c)
{
    return is_one_of(c, "([{«‘“（〔［｛〈《「『【〖〘｢￥＄");
}

static bool is_east_asian(uint32_t c, const char *at, size_t length)
{
    return c > 0x7F && wz_text_columns(at, length) == 2;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_path_mark(uint32_t c)
{
    return c != 0 && c < 0x80 && strchr("\\/_-,;~", (int)c) != NULL;
}

/* ---- between two characters ---- */

static size_t before(const char *text, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
    return at;
}

/* A mark in a path or a name of a package; not one that begins a switch or a number, nor one within a number. */
static bool parts_path(const char *text, size_t mark_at, uint32_t mark, uint32_t next)
{
    uint32_t previous = ' ';

    if (!is_path_mark(mark) || is_path_mark(next))
        return false;
    if (mark_at > 0)
        wz_text_character(text + before(text, mark_at), &previous);
    if (previous == ' ' || previous == '\n' || opens(previous))
        return false;
    size_t digits = is_digit(previous) ? strspn(text + mark_at + 1, "0123456789") : 0;

    return !(digits > 0 && (mark == ',' || (mark == '-' && digits <= 2)));     /* "1,234", "2026-01-13" */
}

wz_break wz_line_break(const char *text, size_t at)
{
    size_t   last_at = before(text, at);
    uint32_t last, next;
    size_t   last_length = wz_text_character(text + last_at, &last);
    size_t   next_length = wz_text_character(text + at, &next);

    if (next == ' ' || opens(last) || (closes(next) && (last != ' ' || next > 0x7F)))
        return WZ_BREAK_BAD;
    if (last == ' ')                                   /* before ".NET" too */
        return WZ_BREAK_GOOD;
    if (next != 0xA0 && last != 0xA0 && wz_text_columns(text + at, next_length) > 0
        && (is_east_asian(last, text + last_at, last_length) || is_east_asian(next, text + at, next_length)))
        return WZ_BREAK_GOOD;
    return parts_path(text, last_at, last, next) ? WZ_BREAK_PATH : WZ_BREAK_BAD;
}

/* ---- a line ---- */

static size_t without_spaces(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

static bool is_too_wide(const char *text, size_t length, int width, const wz_ruler *ruler)
{
    return ruler->width(ruler->context, text, length) > width;
}

/* As many characters as fit, at least one, of the first length bytes, which do not. */
static size_t fit_hard(const char *text, size_t length, int width, const wz_ruler *ruler)
{
    size_t   at = 0;
    uint32_t c;

    while (at < length) {
        size_t bytes = wz_text_character(text + at, &c);

        if (at > 0 && is_too_wide(text, at + bytes, width, ruler))
            break;
        at += bytes;
    }
    return at;
}

size_t wz_line_fit(const char *text, int width, const wz_ruler *ruler, const char **next)
{
    size_t   at = 0, measured = 0, good = 0, path = 0;
    uint32_t c;

    while (text[at] != '\0' && text[at] != '\n') {
        at += wz_text_character(text + at, &c);

        bool     is_end = text[at] == '\0' || text[at] == '\n';
        wz_break kind = is_end ? WZ_BREAK_GOOD : wz_line_break(text, at);

        if (kind == WZ_BREAK_BAD && at - measured < STRIDE)
            continue;
        measured = at;
        size_t length = without_spaces(text, at);

        if (length > 0 && is_too_wide(text, length, width, ruler)) {
            size_t end = good > 0 ? good : path > 0 ? path : fit_hard(text, length, width, ruler);

            *next = text + end + strspn(text + end, " ");
            return without_spaces(text, end);
        }
        if (length > 0 && kind == WZ_BREAK_GOOD)
            good = at;
        if (length > 0 && kind == WZ_BREAK_PATH)
            path = at;
    }
    *next = text[at] == '\n' ? text + at + 1 : text + at;
    return without_spaces(text, at);
}

static int width_in_columns(const void *context, const char *text, size_t length)
{
    (void)context;
    return (int)wz_text_columns(text, length);
}

size_t wz_line_fit_columns(const char *text, unsigned width, const char **next)
{
    static const wz_ruler ruler = { width_in_columns, NULL };

    return wz_line_fit(text, (int)width, &ruler, next);
}
