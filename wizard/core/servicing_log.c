#include "core/servicing_log.h"

#include "core/log_lines.h"
#include "core/remedy.h"

#include <string.h>

/* ---- what a line is ---- */

#define TIME_LENGTH 19u                                /* 2016-10-19 14:24:01 */
#define CODE_ACCESS 0x80004005u                        /* E_FAIL: says nothing */

typedef enum line_kind {
    LINE_PLAIN, LINE_ERROR, LINE_CORRUPTION, LINE_ROLLBACK, LINE_PENDING, LINE_ESU
} line_kind;

static bool line_has_time(wz_view line)
{
    static const char form[] = "0000-00-00 00:00:00,";

    if (line.length < sizeof form - 1)
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == '0' ? line.at[i] < '0' || line.at[i] > '9' : line.at[i] != form[i])
            return false;
    return true;
}

/* "2009-06-11 13:33:08, Error CBS …" and, from logs that somebody has cut, "Error CBS …". */
static bool line_is_error(wz_view line)
{
    size_t skip = line_has_time(line) ? TIME_LENGTH + 1 : 0;

    while (skip < line.length && line.at[skip] == ' ')
        skip++;
    return wz_log_line_starts((wz_view){ line.at + skip, line.length - skip }, "Error ")
        && (wz_log_line_find(line, " CBS ") != NULL || wz_log_line_find(line, " CSI ") != NULL);
}

/* Its words, and the codes that mean it (servicing.md section 8, rows 14, 26, 27). */
static bool line_is_damage(wz_view line)
{
    static const char *const signs[] = {
        "Mark store corruption", "Store corruption", "0x80073712", "0x80073701", "0x8007371b", "0x800f0831",
        "0x800f081f",
    };

    for (size_t i = 0; i < WZ_COUNT(signs); i++)
        if (wz_log_line_find(line, signs[i]) != NULL)
            return true;
    return false;
}

static line_kind line_kind_of(wz_view line)
{
    if (wz_log_line_find(line, "ESU: ") != NULL)
        return LINE_ESU;
    if (line_is_damage(line))
        return LINE_CORRUPTION;
    if (wz_log_line_find(line, "InitiateRollback") != NULL
        || wz_log_line_find(line, "rollback transaction will be") != NULL
        || wz_log_line_find(line, "A rollback will be initiated") != NULL)
        return LINE_ROLLBACK;
    if (wz_log_line_find(line, "0x80070bc9") != NULL)
        return LINE_PENDING;
    return line_is_error(line) ? LINE_ERROR : LINE_PLAIN;
}

static wz_esu_word line_esu(wz_view line, wz_esu_word before)
{
    if (wz_log_line_find(line, "NO ESU KEY FOUND") != NULL)
        return WZ_ESU_NO_KEY;
    if (wz_log_line_find(line, "Windows is not activated") != NULL)
        return WZ_ESU_NOT_ACTIVATED;
    /* the sentence that ends it says less than the one that gave the reason */
    if (wz_log_line_find(line, "not eligible") != NULL && before == WZ_ESU_SILENT)
        return WZ_ESU_NOT_ELIGIBLE;
    return before;
}

/* ---- codes ---- */

static bool digit_of(char letter, unsigned base, uint32_t *digit)
{
    uint32_t value = letter >= '0' && letter <= '9' ? (uint32_t)(letter - '0')
                   : letter >= 'a' && letter <= 'f' ? (uint32_t)(letter - 'a') + 10
                   : letter >= 'A' && letter <= 'F' ? (uint32_t)(letter - 'A') + 10 : base;

    *digit = value;
    return value < base;
}

/* The digits at text, at most 8. */
static size_t number_of(const char *text, size_t length, unsigned base, uint32_t *number)
{
    size_t   count = 0;
    uint32_t digit;

    *number = 0;
    while (count < length && count < 8 && digit_of(text[count], base, &digit)) {
        *number = *number * base + digit;
        count++;
    }
    return count;
}

/* The code of a failure that a line gives; 0 when none. HRESULT_FROM_WIN32(14109) is 0x8007371d. */
static uint32_t line_code(wz_view line)
{
    static const char wrapped[] = "HRESULT_FROM_WIN32(";
    const char       *at = wz_log_line_find(line, wrapped);
    const char       *end = line.at + line.length;
    uint32_t          number;
    uint32_t          vague = 0;

    if (at != NULL) {
        at += sizeof wrapped - 1;
        if (number_of(at, (size_t)(end - at), 10, &number) > 0 && number <= 0xFFFF)
            return 0x80070000u | number;
    }
    for (at = line.at; end - at >= 10; at++) {
        if (at[0] != '0' || (at[1] != 'x' && at[1] != 'X') || number_of(at + 2, 8, 16, &number) != 8
            || (number & 0x80000000u) == 0)
            continue;
        if (number != CODE_ACCESS && (number & 0xF0000000u) == 0x80000000u)
            return number;
        vague = number;
    }
    return vague;
}

typedef struct code_list { struct { uint32_t code; size_t count; } items[32]; size_t length; } code_list;

/* Moves to the end: of several that come equally often the last counts. */
static void code_count(code_list *list, uint32_t code)
{
    size_t count = 1;
    size_t at = 0;

    if (code == 0)
        return;
    while (at < list->length && list->items[at].code != code)
        at++;
    if (at < list->length)
        count += list->items[at].count;
    else if (list->length == WZ_COUNT(list->items))
        at = 0;                                        /* the oldest makes room */
    else
        at = list->length++;
    memmove(&list->items[at], &list->items[at + 1], (list->length - at - 1) * sizeof list->items[0]);
    list->items[list->length - 1].code = code;
    list->items[list->length - 1].count = count;
}

static uint32_t code_most(const code_list *list)
{
    size_t   most = 0;
    uint32_t code = 0;

    for (size_t i = 0; i < list->length; i++) {
        bool is_vague = list->items[i].code == CODE_ACCESS || list->items[i].code >= 0xC0000000u;

        if (code == 0 || (!is_vague && list->items[i].count >= most)) {
            most = is_vague ? 0 : list->items[i].count;
            code = list->items[i].code;
        }
    }
    return code;
}

/* ---- packages ---- */

static bool is_of_identity(char letter)
{
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
        || letter == '~' || letter == '_' || letter == '-' || letter == '.';
}

static void line_package(wz_view line, char *out, size_t room)
{
    const char *token = wz_log_line_find(line, "~31bf3856ad364e35~");
    const char *begin = token;
    const char *end = token;

    if (token == NULL)
        return;
    while (begin > line.at && is_of_identity(begin[-1]))
        begin--;
    while (end < line.at + line.length && is_of_identity(*end))
        end++;
    while (end > begin && end[-1] == '.')
        end--;
    wz_log_line_copy((wz_view){ begin, (size_t)(end - begin) }, out, room);
}

/* ---- the log ---- */

void wz_servicing_log_read(wz_view text, wz_servicing_log *out)
{
    code_list codes = { .length = 0 };
    wz_view   line;

    *out = (wz_servicing_log){ 0 };
    while (wz_log_line_next(&text, &line)) {
        line_kind kind = line_kind_of(line);

        if (kind == LINE_PLAIN)
            continue;
        out->errors += kind == LINE_ERROR || line_is_error(line);
        out->corruptions += kind == LINE_CORRUPTION;
        out->has_rolled_back = out->has_rolled_back || kind == LINE_ROLLBACK;
        out->is_pending = out->is_pending || kind == LINE_PENDING;
        if (kind == LINE_ESU)
            out->esu = line_esu(line, out->esu);
        else
            code_count(&codes, line_code(line));
        line_package(line, out->package, sizeof out->package);
        if (line_has_time(line))
            wz_log_line_copy((wz_view){ line.at, TIME_LENGTH }, out->time, sizeof out->time);
    }
    out->code = code_most(&codes);
}

void wz_servicing_log_pick(wz_view text, wz_text *out)
{
    wz_view lines[WZ_LOG_LINES];
    wz_view line;
    size_t  count = 0;

    while (wz_log_line_next(&text, &line))
        if (line_kind_of(line) != LINE_PLAIN)
            lines[count++ % WZ_LOG_LINES] = line;
    for (size_t i = count > WZ_LOG_LINES ? count - WZ_LOG_LINES : 0; i < count; i++)
        wz_log_line_add(out, lines[i % WZ_LOG_LINES], WZ_LOG_LINE_BYTES);
}

/* ---- around one failure ---- */

#define NEAR_LINES 3u

static bool line_names_kb(wz_view line, const char *name)
{
    const char *end = line.at + line.length;
    const char *at = name != NULL ? wz_log_line_find(line, name) : NULL;

    if (at == NULL)
        return false;
    at += strlen(name);
    return at == end || *at < '0' || *at > '9';        /* not the beginning of a longer number */
}

/* "KB4474419"; nothing for 0. */
static const char *kb_name(unsigned kb, wz_text *name)
{
    if (kb == 0)
        return NULL;
    wz_text_add(name, "KB");
    wz_text_add_number(name, kb);
    return name->at;
}

bool wz_servicing_log_near(wz_view text, uint32_t code, unsigned kb, size_t most, wz_text *out)
{
    wz_view     hits[WZ_LOG_LINES], last[WZ_LOG_LINES], line;
    size_t      hit_count = 0, last_count = 0, count;
    wz_text     holder = { 0 };
    const char *name = kb_name(kb, &holder);

    while (wz_log_line_next(&text, &line)) {
        if (line_kind_of(line) == LINE_PLAIN)
            continue;
        last[last_count++ % most] = line;
        if ((code != 0 && wz_code_is_same(line_code(line), code)) || line_names_kb(line, name))
            hits[hit_count++ % most] = line;
    }
    count = hit_count > 0 ? hit_count : last_count;
    for (size_t i = count > most ? count - most : 0; i < count; i++)
        wz_log_line_add(out, hit_count > 0 ? hits[i % most] : last[i % most], WZ_LOG_LINE_BYTES);
    wz_text_clear(&holder);
    return count > 0;
}

uint32_t wz_servicing_log_code(wz_view text, unsigned kb)
{
    wz_text     holder = { 0 };
    const char *name = kb_name(kb, &holder);
    wz_view     line;
    uint32_t    found = 0, code = 0;
    size_t      number = NEAR_LINES + 1, named_at = 0, code_at = 0;

    while (wz_log_line_next(&text, &line)) {
        uint32_t here;

        if (line_kind_of(line) == LINE_PLAIN)
            continue;
        number++;
        if ((here = line_code(line)) != 0 && here != CODE_ACCESS) {
            code = here;
            code_at = number;
        }
        if (line_names_kb(line, name))
            named_at = number;
        if (code_at > 0 && named_at > 0 && (number == named_at || number == code_at)
            && (named_at > code_at ? named_at - code_at : code_at - named_at) <= NEAR_LINES)
            found = code;
    }
    wz_text_clear(&holder);
    return found;
}
