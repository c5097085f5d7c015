#include "core/words.h"

#include "resource.h"

#include <stdlib.h>

const char *wz_word(const wz_words *words, unsigned id)
{
    const char *word = words->find(words->context, id);

    return word != NULL ? word : "#";
}

/* U+200E: a letter of no width that is written from left to right. (Isolates, U+2066, are newer than NT 6.0.) */
#define MARK "\xE2\x80\x8E"
#define SLOTS 9

static void fill_marked(const char *pattern, const char *const args[], size_t count, wz_text *out)
{
    wz_text     marked[SLOTS] = { 0 };
    const char *with[SLOTS] = { NULL };

    count = count < SLOTS ? count : SLOTS;
    for (size_t i = 0; i < count; i++) {
        if (args[i] != NULL && args[i][0] != '\0') {
            wz_text_add(&marked[i], MARK);
            wz_text_add(&marked[i], args[i]);
            wz_text_add(&marked[i], MARK);
        }
        with[i] = wz_text_at(&marked[i]);
    }
    wz_text_fill(out, pattern, with, count);
    for (size_t i = 0; i < count; i++)
        wz_text_clear(&marked[i]);
}

void wz_words_fill(const wz_words *words, unsigned id, const char *const args[], size_t count, wz_text *out)
{
    const char *pattern = words->find(words->context, id);

    if (pattern != NULL && words->marks) {
        fill_marked(pattern, args, count, out);
    } else if (pattern != NULL) {
        wz_text_fill(out, pattern, args, count);
    } else {
        wz_text_add(out, "#");
        wz_text_add_number(out, id);
    }
}

/* ---- phrases ---- */

void wz_phrase_clear(wz_phrase *phrase)
{
    for (unsigned i = 0; i < phrase->count; i++)
        free(phrase->args[i]);
    *phrase = (wz_phrase){ 0 };
}

void wz_phrase_set(wz_phrase *phrase, unsigned id, size_t count, const char *const args[])
{
    wz_phrase made = { .id = id };

    for (size_t i = 0; i < count && i < WZ_PHRASE_ARGS; i++) {
        made.args[i] = wz_copy(args[i]);
        made.count++;
    }
    wz_phrase_clear(phrase);                           /* last: args may be the phrase's own */
    *phrase = made;
}

void wz_phrase_copy(wz_phrase *to, const wz_phrase *from)
{
    if (to != from)
        wz_phrase_set(to, from->id, from->count, (const char *const *)from->args);
}

void wz_phrase_render(const wz_phrase *phrase, const wz_words *words, wz_text *out)
{
    if (phrase->id != 0)
        wz_words_fill(words, phrase->id, (const char *const *)phrase->args, phrase->count, out);
}

/* ---- errors ---- */

typedef struct error_pattern {
    unsigned plain;    /* %1 subject, %3 reason */
    unsigned detailed; /* also %2 line or %4 code; used when there is one */
    unsigned reason;   /* stands for %3 when the error names none */
} error_pattern;

static error_pattern error_pattern_of(wz_status status)
{
    switch (status) {
    case WZ_OK:          return (error_pattern){ IDS_ERROR_NONE, IDS_ERROR_NONE, 0 };
    case WZ_E_NOT_FOUND: return (error_pattern){ IDS_ERROR_NOT_FOUND, IDS_ERROR_NOT_FOUND_CODE, 0 };
    case WZ_E_IO:        return (error_pattern){ IDS_ERROR_IO, IDS_ERROR_IO_CODE, 0 };
    case WZ_E_DENIED:    return (error_pattern){ IDS_ERROR_DENIED, IDS_ERROR_DENIED_CODE, 0 };
    case WZ_E_FULL:      return (error_pattern){ IDS_ERROR_FULL, IDS_ERROR_FULL_CODE, 0 };
    case WZ_E_FORMAT:    return (error_pattern){ IDS_ERROR_FORMAT, IDS_ERROR_FORMAT_LINE, IDS_REASON_FORMAT };
    case WZ_E_LIMIT:     return (error_pattern){ IDS_ERROR_FORMAT, IDS_ERROR_FORMAT_LINE, IDS_REASON_TOO_LARGE };
    case WZ_E_BUSY:      return (error_pattern){ IDS_ERROR_BUSY, IDS_ERROR_BUSY_CODE, 0 };
    case WZ_E_CANCELLED: return (error_pattern){ IDS_ERROR_CANCELLED, IDS_ERROR_CANCELLED, 0 };
    case WZ_E_TIMEOUT:   return (error_pattern){ IDS_ERROR_TIMEOUT, IDS_ERROR_TIMEOUT_CODE, 0 };
    case WZ_E_SYSTEM:    return (error_pattern){ IDS_ERROR_SYSTEM, IDS_ERROR_SYSTEM_CODE, 0 };
    }
    return (error_pattern){ IDS_ERROR_SYSTEM, IDS_ERROR_SYSTEM_CODE, 0 };
}

/* Small codes are looked up in decimal, an HRESULT in hexadecimal. */
static void error_add_code(wz_text *text, unsigned code)
{
    if (code <= 0xFFFF) {
        wz_text_add_number(text, code);
    } else {
        wz_text_add(text, "0x");
        wz_text_add_hex(text, code, 8);
    }
}

void wz_error_render(const wz_error *error, const wz_words *words, wz_text *out)
{
    error_pattern pattern = error_pattern_of(error->status);
    unsigned      reason = error->reason != 0 ? error->reason : pattern.reason;
    bool          takes_line = pattern.reason != 0;
    bool          has_detail = takes_line ? error->line != 0 : error->os_code != 0;
    wz_text       line = { 0 };
    wz_text       code = { 0 };
    const char   *args[4];

    wz_text_add_number(&line, error->line);
    error_add_code(&code, error->os_code);
    args[0] = error->subject[0] != '\0' ? error->subject : wz_word(words, IDS_ERROR_NO_SUBJECT);
    args[1] = wz_text_at(&line);
    args[2] = reason != 0 ? wz_word(words, reason) : "";
    args[3] = wz_text_at(&code);
    /* A reason is more than the general sentence of its status. */
    if (error->reason != 0 && !takes_line)
        wz_words_fill(words, has_detail ? IDS_ERROR_REASON_CODE : IDS_ERROR_FORMAT, args, 4, out);
    else
        wz_words_fill(words, has_detail ? pattern.detailed : pattern.plain, args, 4, out);
    wz_text_clear(&line);
    wz_text_clear(&code);
}
