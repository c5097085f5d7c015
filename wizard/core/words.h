/*
 * words: text for people, by number.
 *
 * Core never holds a sentence. It names one by the ids of resources/texts.h, with arguments, as a wz_phrase; the
 * words come from a language's string table through wz_words (ui/strings.c reads the resources, tests read
 * localization/<tag>.rc). A phrase owns its arguments. Patterns use %1 … %9. Any thread.
 */
#ifndef WZ_CORE_WORDS_H
#define WZ_CORE_WORDS_H

#include "core/error.h"
#include "core/text.h"

#define WZ_PHRASE_ARGS 5

typedef struct wz_words {
    const char *(*find)(const void *context, unsigned id);   /* UTF-8, NULL when there is no such string */
    const void *context;
    const char *language;                                    /* "en-US" */
    /* Written from right to left, and for a window: marks around each argument keep paths and numbers as they are. */
    bool        marks;
} wz_words;

/* The string; a missing one is "#", and "#7001" by wz_words_fill, so that it is seen. Valid as long as the words. */
const char *wz_word(const wz_words *words, unsigned id);

typedef struct wz_phrase {
    unsigned id;                      /* 0 = no phrase */
    unsigned count;
    char    *args[WZ_PHRASE_ARGS];    /* owned UTF-8 */
} wz_phrase;

void wz_phrase_set(wz_phrase *phrase, unsigned id, size_t count, const char *const args[]);   /* clears first, copies */
void wz_phrase_copy(wz_phrase *to, const wz_phrase *from);
void wz_phrase_clear(wz_phrase *phrase);
void wz_phrase_render(const wz_phrase *phrase, const wz_words *words, wz_text *out);          /* appends */

/* Convenience: append the string id filled with up to count args. */
void wz_words_fill(const wz_words *words, unsigned id, const char *const args[], size_t count, wz_text *out);

/*
 * One line that names what (subject, line) and why (reason or the status and os_code), ready to print. Every wz_status
 * has a pattern in block 7000: %1 = subject, %2 = line, %3 = reason, %4 = code
 * (decimal up to 65535, then hexadecimal).
 */
void wz_error_render(const wz_error *error, const wz_words *words, wz_text *out);

#endif
