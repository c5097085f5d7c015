#include "core/xml_bytes.h"

#include <string.h>

#include "resource.h"

typedef enum bytes_form { BYTES_UTF8, BYTES_UTF16_LE, BYTES_UTF16_BE, BYTES_OTHER } bytes_form;

/* By the first four bytes; *mark is the length of the byte order mark. */
static bytes_form bytes_detect(wz_view bytes, size_t *mark)
{
    unsigned char first[4] = { 'x', 'x', 'x', 'x' };

    memcpy(first, bytes.at, bytes.length < 4 ? bytes.length : 4);
    *mark = 0;
    if (first[0] == 0xEF && first[1] == 0xBB && first[2] == 0xBF) {
        *mark = 3;
        return BYTES_UTF8;
    }
    if ((first[0] == 0xFF && first[1] == 0xFE && first[2] == 0 && first[3] == 0)
        || (first[0] == 0 && first[1] == 0))
        return BYTES_OTHER;                            /* UTF-32 */
    if (first[0] == 0xFF && first[1] == 0xFE) {
        *mark = 2;
        return BYTES_UTF16_LE;
    }
    if (first[0] == 0xFE && first[1] == 0xFF) {
        *mark = 2;
        return BYTES_UTF16_BE;
    }
    if (first[0] == '<' && first[1] == 0)
        return BYTES_UTF16_LE;
    return first[0] == 0 && first[1] == '<' ? BYTES_UTF16_BE : BYTES_UTF8;
}

static unsigned bytes_line(const char *text, size_t at)
{
    unsigned line = 1;

    for (size_t i = 0; i < at; i++)
        line += text[i] == '\n';
    return line;
}

/* Code units to UTF-8; false at the first that is no character: out then ends before it. */
static bool bytes_from_utf16(wz_view units, bool big, wz_text *out)
{
    const unsigned char *byte = (const unsigned char *)units.at;
    uint32_t high = 0;

    for (size_t i = 0; i + 1 < units.length; i += 2) {
        uint32_t unit = big ? (uint32_t)byte[i] << 8 | byte[i + 1] : (uint32_t)byte[i + 1] << 8 | byte[i];
        uint32_t point = unit;
        char     form[4];
        size_t   count = 0;

        if (unit >= 0xD800 && unit <= 0xDBFF && high == 0) {
            high = unit;
            continue;
        }
        if ((high != 0) != (unit >= 0xDC00 && unit <= 0xDFFF) || (unit >= 0xD800 && unit <= 0xDBFF))
            return false;
        if (high != 0)
            point = 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00);
        high = 0;
        if (point < 0x80) {
            form[count++] = (char)point;
        } else if (point < 0x800) {
            form[count++] = (char)(0xC0 | point >> 6);
        } else if (point < 0x10000) {
            form[count++] = (char)(0xE0 | point >> 12);
            form[count++] = (char)(0x80 | (point >> 6 & 0x3F));
        } else {
            form[count++] = (char)(0xF0 | point >> 18);
            form[count++] = (char)(0x80 | (point >> 12 & 0x3F));
            form[count++] = (char)(0x80 | (point >> 6 & 0x3F));
        }
        if (point >= 0x80)
            form[count++] = (char)(0x80 | (point & 0x3F));
        wz_text_append(out, form, count);
    }
    return high == 0 && units.length % 2 == 0;
}

/* The encoding the XML declaration names, into name; "" when it names none. */
static void bytes_declared(wz_view text, char name[32])
{
    size_t end = 0;
    size_t at;
    char   quote;

    name[0] = '\0';
    if (text.length < 6 || memcmp(text.at, "<?xml", 5) != 0)
        return;
    while (end < text.length && end < 512 && text.at[end] != '>')
        end++;
    for (at = 5; at + 9 < end; at++)
        if (memcmp(text.at + at, "encoding", 8) == 0)
            break;
    for (at += 8; at < end && strchr(" \t\r\n=", text.at[at]) != NULL; at++)
        continue;
    if (at >= end || (text.at[at] != '"' && text.at[at] != '\''))
        return;
    quote = text.at[at++];
    for (size_t i = 0; at < end && text.at[at] != quote && i < 31; i++) {
        name[i] = text.at[at++];
        name[i + 1] = '\0';
    }
}

static bool bytes_declaration_fits(wz_view text, bool is_utf16)
{
    char name[32];

    bytes_declared(text, name);
    if (name[0] == '\0')
        return true;
    if (is_utf16)
        return wz_equal_nocase(name, "UTF-16") || wz_equal_nocase(name, "UTF-16LE")
            || wz_equal_nocase(name, "UTF-16BE");
    return wz_equal_nocase(name, "UTF-8") || wz_equal_nocase(name, "US-ASCII") || wz_equal_nocase(name, "ASCII");
}

/* Where the first byte is that begins no character; length when all is well. */
static size_t bytes_valid(wz_view text)
{
    size_t at = 0;

    if (wz_is_utf8(text.at, text.length))
        return text.length;
    while (at < text.length) {
        size_t next = at + 1;

        while (next < text.length && ((unsigned char)text.at[next] & 0xC0) == 0x80)
            next++;
        if (!wz_is_utf8(text.at + at, next - at))
            return at;
        at = next;
    }
    return at;
}

wz_status wz_xml_bytes(const char *name, wz_view bytes, wz_text *converted, wz_view *out, wz_error *err)
{
    size_t     mark = 0;
    bytes_form form;
    wz_view    text;
    size_t     valid;

    if (bytes.length == 0)
        return wz_fail_at(err, WZ_E_FORMAT, name, 0, IDS_REASON_EMPTY);
    form = bytes_detect(bytes, &mark);
    if (form == BYTES_OTHER)
        return wz_fail_at(err, WZ_E_FORMAT, name, 1, IDS_REASON_ENCODING);
    text = (wz_view){ bytes.at + mark, bytes.length - mark };
    if (form != BYTES_UTF8) {
        bool is_whole = bytes_from_utf16(text, form == BYTES_UTF16_BE, converted);

        text = (wz_view){ wz_text_at(converted), converted->length };
        if (!is_whole)
            return wz_fail_at(err, WZ_E_FORMAT, name, bytes_line(text.at, text.length), IDS_REASON_UTF8);
    }
    if (memchr(text.at, 0, text.length) != NULL) {
        size_t at = (size_t)((const char *)memchr(text.at, 0, text.length) - text.at);

        return wz_fail_at(err, WZ_E_FORMAT, name, bytes_line(text.at, at), IDS_REASON_NUL);
    }
    if (!bytes_declaration_fits(text, form != BYTES_UTF8))
        return wz_fail_at(err, WZ_E_FORMAT, name, 1, IDS_REASON_ENCODING);
    valid = bytes_valid(text);
    if (valid < text.length)
        return wz_fail_at(err, WZ_E_FORMAT, name, bytes_line(text.at, valid), IDS_REASON_UTF8);
    if (text.length == 0)
        return wz_fail_at(err, WZ_E_FORMAT, name, 0, IDS_REASON_EMPTY);
    *out = text;
    return WZ_OK;
}
