#include "scan/parts.h"

#include <string.h>

/* ---- encoding ---- */

/* UTF-16 without a mark: most of the first units have a zero in the same half. */
static unsigned guess_unit(wz_view bytes, bool *big_endian)
{
    size_t checked = bytes.length < 512 ? bytes.length / 2 : 256;
    size_t zeros[2] = { 0, 0 };

    for (size_t i = 0; i < checked * 2; i++)
        zeros[i & 1] += bytes.at[i] == 0;
    *big_endian = zeros[0] > zeros[1];
    return checked > 0 && (zeros[0] > checked / 2 || zeros[1] > checked / 2) ? 2 : 1;
}

void wz_lines_open(wz_lines *lines, wz_view bytes, wz_language language)
{
    *lines = (wz_lines){ .bytes = bytes, .unit = 1, .language = language };
    if (bytes.length >= 2 && (memcmp(bytes.at, "\xFF\xFE", 2) == 0 || memcmp(bytes.at, "\xFE\xFF", 2) == 0)) {
        lines->unit = 2;
        lines->big_endian = (unsigned char)bytes.at[0] == 0xFE;
        lines->at = 2;
    } else if (bytes.length >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0) {
        lines->at = 3;
    } else {
        lines->unit = guess_unit(bytes, &lines->big_endian);
    }
}

void wz_lines_close(wz_lines *lines)
{
    wz_text_clear(&lines->line);
    wz_text_clear(&lines->code);
}

static unsigned unit_at(const wz_lines *lines, size_t at)
{
    const uint8_t *byte = (const uint8_t *)lines->bytes.at + at;

    return lines->big_endian ? (unsigned)byte[0] << 8 | byte[1] : (unsigned)byte[1] << 8 | byte[0];
}

static void add_character(wz_text *text, uint32_t c)
{
    char   utf8[4];
    size_t length;

    if (c < 0x80) {
        utf8[0] = c == 0 ? ' ' : (char)c;
        length = 1;
    } else if (c < 0x800) {
        utf8[0] = (char)(0xC0 | c >> 6);
        utf8[1] = (char)(0x80 | (c & 0x3F));
        length = 2;
    } else if (c < 0x10000) {
        utf8[0] = (char)(0xE0 | c >> 12);
        utf8[1] = (char)(0x80 | (c >> 6 & 0x3F));
        utf8[2] = (char)(0x80 | (c & 0x3F));
        length = 3;
    } else {
        utf8[0] = (char)(0xF0 | c >> 18);
        utf8[1] = (char)(0x80 | (c >> 12 & 0x3F));
        utf8[2] = (char)(0x80 | (c >> 6 & 0x3F));
        utf8[3] = (char)(0x80 | (c & 0x3F));
        length = 4;
    }
    wz_text_append(text, utf8, length);
}

/* One byte a character: as it is. */
static void take_bytes(wz_lines *lines)
{
    const char *from = lines->bytes.at + lines->at;
    size_t      left = lines->bytes.length - lines->at;
    size_t      most = left < WZ_LINE_MAX ? left : WZ_LINE_MAX;
    const char *end = memchr(from, '\n', most);
    size_t      length = end != NULL ? (size_t)(end - from) : most;

    wz_text_append(&lines->line, from, length);
    lines->at += length + (end != NULL);
    for (size_t i = 0; i < length; i++)
        if (lines->line.at[i] == '\0')
            lines->line.at[i] = ' ';
    if (!wz_is_utf8(lines->line.at, lines->line.length))
        for (size_t i = 0; i < length; i++)            /* ANSI: letters that no build number contains */
            if ((unsigned char)lines->line.at[i] >= 0x80)
                lines->line.at[i] = '?';
}

static void take_units(wz_lines *lines)
{
    wz_text *line = &lines->line;

    while (lines->bytes.length - lines->at >= 2 && line->length < WZ_LINE_MAX) {
        unsigned c = unit_at(lines, lines->at);

        lines->at += 2;
        if (c == '\n')
            break;
        if (c >= 0xD800 && c < 0xE000) {               /* half a pair: joined, or replaced when alone */
            unsigned low = c < 0xDC00 && lines->bytes.length - lines->at >= 2 ? unit_at(lines, lines->at) : 0;
            bool     is_pair = low >= 0xDC00 && low < 0xE000;

            add_character(line, is_pair ? 0x10000u + ((c - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD);
            lines->at += is_pair ? 2 : 0;
        } else {
            add_character(line, c);
        }
    }
}

bool wz_lines_next(wz_lines *lines)
{
    wz_text *line = &lines->line;

    if (lines->bytes.length - lines->at < lines->unit)
        return false;
    lines->begin = lines->at;
    lines->number++;
    if (line->at == NULL)
        wz_text_append(line, " ", 1);                  /* so that there is something to end */
    line->length = 0;
    if (lines->unit == 1)
        take_bytes(lines);
    else
        take_units(lines);
    while (line->length > 0 && line->at[line->length - 1] == '\r')
        line->length--;
    line->at[line->length] = '\0';
    wz_lines_blank(lines);
    return true;
}

size_t wz_lines_offset(const wz_lines *lines, size_t index)
{
    size_t units = 0;

    if (lines->unit == 1)
        return lines->begin + index;
    for (size_t i = 0; i < index && i < lines->line.length; i++) {
        unsigned char c = (unsigned char)lines->line.at[i];

        units += (c & 0xC0) != 0x80;
        units += c >= 0xF0;
    }
    return lines->begin + 2 * units;
}

/* ---- comments ---- */

static void blank(wz_text *code, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < code->length; i++)
        code->at[i] = ' ';
}

static size_t first_letter(const char *text)
{
    size_t at = 0;

    while (text[at] == ' ' || text[at] == '\t' || text[at] == '@')
        at++;
    return at;
}

static bool begins_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    return wz_starts_nocase(text, word) && (text[length] == '\0' || text[length] == ' ' || text[length] == '\t');
}

/* The whole line is a comment. */
static bool is_comment_line(const char *line, wz_language language)
{
    const char *text = line + first_letter(line);

    switch (language) {
    case WZ_LANGUAGE_BATCH:
        return begins_word(text, "rem") || (text[0] == ':' && text[1] == ':');
    case WZ_LANGUAGE_VBS:
        return begins_word(text, "rem") || *text == '\'';
    case WZ_LANGUAGE_XML:                              /* a .wsf has scripts between its tags */
        return *text == '\'' || (text[0] == '/' && text[1] == '/');
    case WZ_LANGUAGE_INI:
        return *text == ';' || *text == '#';
    case WZ_LANGUAGE_NONE: case WZ_LANGUAGE_JS: case WZ_LANGUAGE_POWERSHELL: case WZ_LANGUAGE_BASIC:
    case WZ_LANGUAGE_NSIS: case WZ_LANGUAGE_PLAIN:
        break;
    }
    return false;
}

/* How many bytes at text begin a comment to the end of the line; 0. */
static bool opens_tail(const char *text, size_t at, wz_language language)
{
    char before = at > 0 ? text[at - 1] : ' ';

    switch (language) {
    case WZ_LANGUAGE_VBS:        return text[at] == '\'';
    case WZ_LANGUAGE_JS:         return text[at] == '/' && text[at + 1] == '/' && before != ':';
    case WZ_LANGUAGE_POWERSHELL: return text[at] == '#' && (before == ' ' || before == '\t' || before == ';'
                                                            || before == '}' || before == ')');
    case WZ_LANGUAGE_BASIC:      return text[at] == ';';
    case WZ_LANGUAGE_NSIS:       return text[at] == ';' || text[at] == '#';
    case WZ_LANGUAGE_NONE: case WZ_LANGUAGE_BATCH: case WZ_LANGUAGE_INI: case WZ_LANGUAGE_XML:
    case WZ_LANGUAGE_PLAIN:
        break;
    }
    return false;
}

/* What ends the block that begins at text; NULL when none begins there. */
static const char *opens_block(const char *text, size_t at, wz_language language)
{
    const char *here = text + at;

    if ((language == WZ_LANGUAGE_JS || language == WZ_LANGUAGE_NSIS) && here[0] == '/' && here[1] == '*')
        return "*/";
    if (language == WZ_LANGUAGE_POWERSHELL && here[0] == '<' && here[1] == '#')
        return "#>";
    if (language == WZ_LANGUAGE_POWERSHELL && here[0] == '@' && (here[1] == '\'' || here[1] == '"') && here[2] == '\0')
        return here[1] == '\'' ? "\n'@" : "\n\"@";     /* a here-string: ends at the beginning of a line */
    if (language == WZ_LANGUAGE_XML && strncmp(here, "<!--", 4) == 0)
        return "-->";
    if (language == WZ_LANGUAGE_BASIC && (begins_word(here, "#cs") || begins_word(here, "#comments-start")) && at == 0)
        return "#ce";
    return NULL;
}

static bool has_strings(char c, wz_language language)
{
    return c == '"' || (c == '\'' && (language == WZ_LANGUAGE_JS || language == WZ_LANGUAGE_POWERSHELL
                                      || language == WZ_LANGUAGE_BASIC || language == WZ_LANGUAGE_NSIS));
}

/* From at on, until the block ends: where code begins again. */
static size_t leave_block(wz_lines *lines, size_t at)
{
    const char *end = lines->until;
    const char *found;

    if (*end == '\n')
        found = at == 0 && strncmp(lines->code.at, end + 1, 2) == 0 ? lines->code.at : NULL;
    else
        found = strstr(lines->code.at + at, end);
    if (found == NULL) {
        blank(&lines->code, at, lines->code.length);
        return lines->code.length;
    }
    at = (size_t)(found - lines->code.at) + strlen(end) - (*end == '\n');
    blank(&lines->code, 0, *end == '\n' ? at : 0);
    blank(&lines->code, (size_t)(found - lines->code.at), at);
    lines->until = NULL;
    return at;
}

static bool is_plain(char c)                           /* opens and closes nothing in any language */
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '.'
           || c == '_' || c == '=' || c == ',';
}

void wz_lines_blank(wz_lines *lines)
{
    wz_text *code = &lines->code;
    size_t   at = 0, block = 0;
    char     quote = 0;

    code->length = 0;
    wz_text_append(code, lines->line.at, lines->line.length);
    if (code->at == NULL)
        wz_text_append(code, " ", 1);
    code->at[code->length] = '\0';
    if (lines->until == NULL && is_comment_line(code->at, lines->language)) {
        blank(code, 0, code->length);
        return;
    }
    while (at < code->length) {
        char c = code->at[at];

        if (lines->until == NULL && (is_plain(c) || (quote != 0 && c != quote && c != '\\'))) {
            at++;
            continue;
        }
        if (lines->until != NULL) {
            block = at;
            at = leave_block(lines, at);
            blank(code, block, at);
            continue;
        }
        if (quote == 0) {
            lines->until = opens_block(code->at, at, lines->language);
            if (lines->until != NULL) {
                if (*lines->until == '\n')             /* the here-string begins with the next line */
                    return;
                continue;
            }
            if (opens_tail(code->at, at, lines->language)) {
                blank(code, at, code->length);
                return;
            }
            if (has_strings(c, lines->language))
                quote = c;
        } else if (c == '\\' && lines->language == WZ_LANGUAGE_JS) {
            at++;
        } else if (c == quote) {
            quote = 0;
        }
        at++;
    }
}
