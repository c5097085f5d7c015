#include "core/log_lines.h"

#include <string.h>

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\0';
}

bool wz_log_line_next(wz_view *text, wz_view *line)
{
    while (text->length > 0) {
        const char *end = memchr(text->at, '\n', text->length);
        size_t      length = end != NULL ? (size_t)(end - text->at) : text->length;
        size_t      taken = end != NULL ? length + 1 : length;

        *line = (wz_view){ text->at, length };
        text->at += taken;
        text->length -= taken;
        while (line->length > 0 && is_blank(line->at[line->length - 1]))
            line->length--;
        if (line->length >= 3 && memcmp(line->at, "\xEF\xBB\xBF", 3) == 0) {   /* byte order mark */
            line->at += 3;
            line->length -= 3;
        }
        while (line->length > 0 && is_blank(*line->at)) {
            line->at++;
            line->length--;
        }
        if (line->length > 0)
            return true;
    }
    return false;
}

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static bool is_at(const char *text, const char *part, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (lower(text[i]) != lower(part[i]))
            return false;
    return true;
}

const char *wz_log_line_find(wz_view line, const char *part)
{
    size_t length = strlen(part);

    for (size_t at = 0; at + length <= line.length; at++)
        if (is_at(line.at + at, part, length))
            return line.at + at;
    return NULL;
}

bool wz_log_line_starts(wz_view line, const char *start)
{
    size_t length = strlen(start);

    return length <= line.length && is_at(line.at, start, length);
}

static bool is_plain(char letter)
{
    return (unsigned char)letter >= 0x20 && (unsigned char)letter < 0x7F;
}

void wz_log_line_copy(wz_view part, char *out, size_t room)
{
    size_t length = part.length < room - 1 ? part.length : room - 1;

    for (size_t i = 0; i < length; i++)
        out[i] = is_plain(part.at[i]) ? part.at[i] : '?';
    out[length] = '\0';
}

void wz_log_line_add(wz_text *out, wz_view line, size_t limit)
{
    size_t length = line.length < limit ? line.length : limit;

    while (length > 0 && length < line.length && ((unsigned char)line.at[length] & 0xC0) == 0x80)
        length--;                                      /* never cut inside a character */
    if (out->length > 0)
        wz_text_add(out, "\n");
    if (wz_is_utf8(line.at, length)) {
        wz_text_append(out, line.at, length);
        return;
    }
    for (size_t i = 0; i < length; i++)
        wz_text_append(out, is_plain(line.at[i]) || line.at[i] == '\t' ? line.at + i : "?", 1);
}
