/* The numbers of failures as people write them and as Windows builds them. See remedy.h. */
#include "core/remedy.h"

#include <string.h>

#define WIN32_MOST    0xFFFFu
#define WIN32_HRESULT 0x80070000u
#define HEX_DIGITS    8u

void wz_text_add_code_forms(wz_text *out, uint32_t code)
{
    wz_text_add_number(out, code);
    wz_text_add(out, " (");
    if (code > INT32_MAX) {
        wz_text_add(out, "-");
        wz_text_add_number(out, 0x100000000ull - code);    /* as %errorlevel% shows it */
        wz_text_add(out, ", ");
    }
    wz_text_add(out, "0x");
    wz_text_add_hex(out, code, HEX_DIGITS);
    wz_text_add(out, ")");
}

/* ---- reading ---- */

static bool parse_hex(const char *text, uint32_t *code)
{
    uint32_t value = 0;
    size_t   count = 0;

    for (; text[count] != '\0'; count++) {
        char     c = text[count];
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0')
                       : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10u
                       : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10u : 16u;

        if (digit == 16u || count == HEX_DIGITS)
            return false;
        value = value << 4 | digit;
    }
    *code = value;
    return count > 0;
}

/* Eight digits that no decimal number of a code looks like. */
static bool is_bare_hex(const char *text)
{
    uint32_t code;

    return strlen(text) == HEX_DIGITS && (text[0] < '1' || text[0] > '7') && parse_hex(text, &code);
}

static bool parse_name(const char *text, uint32_t *code)
{
    const wz_remedy *row;

    for (size_t i = 0; (row = wz_remedy_at(i)) != NULL; i++)
        if (row->name != NULL && wz_equal_nocase(row->name, text)) {
            *code = row->code;
            return true;
        }
    return false;
}

bool wz_code_parse(const char *text, uint32_t *code)
{
    bool     is_negative = text[0] == '-';
    uint64_t number;

    if (wz_starts_nocase(text, "0x"))
        return parse_hex(text + 2, code);
    if (is_bare_hex(text))
        return parse_hex(text, code);
    if (wz_parse_number(text + is_negative, &number)) {
        if (number > (is_negative ? 0x80000000ull : 0xFFFFFFFFull))
            return false;
        *code = is_negative ? (uint32_t)(0x100000000ull - number) : (uint32_t)number;
        return true;
    }
    return parse_name(text, code);
}

bool wz_code_is_same(uint32_t one, uint32_t other)
{
    return one == other || (one <= WIN32_MOST && (one | WIN32_HRESULT) == other)
        || (other <= WIN32_MOST && (other | WIN32_HRESULT) == one);
}

/* ---- facilities ---- */

/* winerror.h of the Windows SDK; CBS and its setup API share 15. Names are the same in every language. */
static const struct { unsigned number; const char *name; } facilities[] = {
    { 0, "FACILITY_NULL" },       { 1, "FACILITY_RPC" },       { 2, "FACILITY_DISPATCH" }, { 3, "FACILITY_STORAGE" },
    { 4, "FACILITY_ITF" },        { 7, "FACILITY_WIN32" },     { 8, "FACILITY_WINDOWS" },  { 9, "FACILITY_SECURITY" },
    { 10, "FACILITY_CONTROL" },   { 11, "FACILITY_CERT" },     { 12, "FACILITY_INTERNET" },
    { 13, "FACILITY_MEDIASERVER" }, { 15, "FACILITY_SETUPAPI" }, { 25, "FACILITY_HTTP" },
    { 36, "FACILITY_WINDOWSUPDATE" }, { 40, "FACILITY_USERMODE_COMMONLOG" },
};

void wz_text_add_code_facility(wz_text *out, uint32_t code)
{
    unsigned    number = code >> 16 & 0x7FFu;
    const char *name = "facility";

    if (code <= WIN32_MOST) {
        wz_text_add(out, "Win32");
        return;
    }
    if (code >= 0xC0000000u || (code & 0x10000000u) != 0) {
        wz_text_add(out, "NTSTATUS");
        return;
    }
    for (size_t i = 0; i < WZ_COUNT(facilities); i++)
        if (facilities[i].number == number)
            name = facilities[i].name;
    wz_text_add(out, name);
    wz_text_add(out, " (");
    wz_text_add_number(out, number);
    wz_text_add(out, ")");
}
