#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- memory ---- */

void *wz_alloc_array(size_t count, size_t size)
{
    void *block = size == 0 || count <= SIZE_MAX / size ? calloc(count != 0 ? count : 1, size != 0 ? size : 1) : NULL;

    if (block == NULL) {
        wz_out_of_memory();
        abort();
    }
    return block;
}

void *wz_realloc_array(void *block, size_t count, size_t size)
{
    size_t bytes = count != 0 && size != 0 ? count * size : 1;
    void  *grown = size == 0 || count <= SIZE_MAX / size ? realloc(block, bytes) : NULL;

    if (grown == NULL) {
        wz_out_of_memory();
        abort();
    }
    return grown;
}

void *wz_grow(void *items, size_t count, size_t *room, size_t size)
{
    size_t wanted = *room < 8 ? 8 : *room;

    if (count < *room)
        return items;
    while (wanted <= count)
        wanted = wanted <= SIZE_MAX / 2 ? wanted * 2 : SIZE_MAX;
    *room = wanted;
    return wz_realloc_array(items, wanted, size);
}

char *wz_copy_part(const char *text, size_t length)
{
    char *copy = wz_alloc_array(length + 1, 1);

    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *wz_copy(const char *text)
{
    return text != NULL ? wz_copy_part(text, strlen(text)) : NULL;
}

/* ---- wz_text ---- */

void wz_text_clear(wz_text *text)
{
    free(text->at);
    *text = (wz_text){ 0 };
}

void wz_text_append(wz_text *text, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    if (length >= text->room - text->length) {         /* room is 0 or counts the end as well */
        size_t room = text->room < 64 ? 64 : text->room;

        if (length >= SIZE_MAX / 4 || room >= SIZE_MAX / 4) {
            wz_out_of_memory();
            abort();
        }
        while (room - text->length <= length)
            room *= 2;
        text->at = wz_realloc_array(text->at, room, 1);
        text->room = room;
    }
    memcpy(text->at + text->length, bytes, length);
    text->length += length;
    text->at[text->length] = '\0';
}

void wz_text_add(wz_text *text, const char *terminated)
{
    if (terminated != NULL)
        wz_text_append(text, terminated, strlen(terminated));
}

void wz_text_add_number(wz_text *text, uint64_t number)
{
    char   digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    wz_text_append(text, digits + at, sizeof digits - at);
}

void wz_text_add_hex(wz_text *text, uint64_t number, unsigned digits)
{
    char   hex[16];
    size_t at = sizeof hex;

    do {
        hex[--at] = "0123456789abcdef"[number & 15];
        number >>= 4;
    } while (at > 0 && (number != 0 || sizeof hex - at < digits));
    wz_text_append(text, hex + at, sizeof hex - at);
}

void wz_text_add_attribute(wz_text *text, const char *name, const char *value)
{
    if (value == NULL)
        return;
    wz_text_add(text, " ");
    wz_text_add(text, name);
    wz_text_add(text, "=\"");
    wz_text_add_xml(text, value);
    wz_text_add(text, "\"");
}

const char *wz_text_at(const wz_text *text)
{
    return text->at != NULL ? text->at : "";
}

char *wz_text_take(wz_text *text)
{
    char *taken = text->at != NULL ? text->at : wz_copy("");

    *text = (wz_text){ 0 };
    return taken;
}

void wz_text_fill(wz_text *out, const char *pattern, const char *const args[], size_t count)
{
    const char *from = pattern;
    const char *at = pattern;

    while (*at != '\0') {
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '9' && (size_t)(at[1] - '1') < count) {
            wz_text_append(out, from, (size_t)(at - from));
            wz_text_add(out, args[at[1] - '1']);       /* NULL adds nothing */
            at += 2;
            from = at;
        } else {
            at++;
        }
    }
    wz_text_append(out, from, (size_t)(at - from));
}

/* ---- UTF-8 ---- */

/* Bytes of the character at bytes[0 … length), 0 when it is none; *point is its number. Unicode 15, table 3-7. */
static size_t text_character(const unsigned char *bytes, size_t length, uint32_t *point)
{
    static const uint32_t smallest[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t count = bytes[0] < 0x80 ? 1 : (bytes[0] & 0xE0) == 0xC0 ? 2 : (bytes[0] & 0xF0) == 0xE0 ? 3
                 : (bytes[0] & 0xF8) == 0xF0 ? 4 : 0;

    if (count == 0 || count > length)
        return 0;
    *point = count == 1 ? bytes[0] : bytes[0] & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (bytes[i] & 0x3Fu);
    }
    if (*point < smallest[count] || *point > 0x10FFFF || (*point >= 0xD800 && *point <= 0xDFFF))
        return 0;
    return count;
}

bool wz_is_utf8(const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes;
    uint32_t point = 0;

    while (length > 0) {
        size_t count = text_character(at, length, &point);

        if (count == 0 || point == 0)
            return false;
        at += count;
        length -= count;
    }
    return true;
}

/* What stands for this character in XML; NULL when it stands for itself. Line ends and tabs would not survive inside
   quotes (XML 1.0, 3.3.3), so they are always written as numbers. */
static const char *text_xml_form(uint32_t point)
{
    switch (point) {
    case '&':  return "&amp;";
    case '<':  return "&lt;";
    case '>':  return "&gt;";
    case '"':  return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default:   return point < 0x20 || point == 0xFFFE || point == 0xFFFF ? "\xEF\xBF\xBD" : NULL;
    }
}

void wz_text_add_xml(wz_text *text, const char *terminated)
{
    const char *from = terminated;
    const char *at = terminated;
    size_t      left = terminated != NULL ? strlen(terminated) : 0;

    while (left > 0) {
        uint32_t    point = 0;
        size_t      count = text_character((const unsigned char *)at, left, &point);
        const char *form = count == 0 ? "\xEF\xBF\xBD" : text_xml_form(point);
        size_t      used = count == 0 ? 1 : count;

        if (form != NULL) {
            wz_text_append(text, from, (size_t)(at - from));
            wz_text_add(text, form);
            from = at + used;
        }
        at += used;
        left -= used;
    }
    if (at != from)
        wz_text_append(text, from, (size_t)(at - from));
}

/* ---- comparing and numbers ---- */

static int text_lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : (unsigned char)letter;
}

int wz_compare_nocase(const char *a, const char *b)
{
    while (*a != '\0' && text_lower(*a) == text_lower(*b)) {
        a++;
        b++;
    }
    return text_lower(*a) - text_lower(*b);
}

bool wz_equal_nocase(const char *a, const char *b)
{
    return wz_compare_nocase(a, b) == 0;
}

bool wz_starts_nocase(const char *text, const char *prefix)
{
    for (; *prefix != '\0'; text++, prefix++)
        if (text_lower(*text) != text_lower(*prefix))
            return false;
    return true;
}

bool wz_parse_number(const char *text, uint64_t *out)
{
    uint64_t number = 0;

    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');

        if (*text < '0' || *text > '9' || number > (UINT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

/* Four bits at a time: a table of 16 is enough for files of some kilobytes. */
uint32_t wz_crc32(const void *bytes, size_t length)
{
    static const uint32_t table[16] = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C
    };
    const unsigned char *at = bytes;
    uint32_t crc = 0xFFFFFFFF;

    for (; length > 0; length--, at++) {
        crc ^= *at;
        crc = crc >> 4 ^ table[crc & 15];
        crc = crc >> 4 ^ table[crc & 15];
    }
    return ~crc;
}
