/*
 * strings: the words of one language, read from the program's string tables.
 *
 * The whole table is read once, into UTF-8; what it gives stays valid until it is freed; any thread may read it. A
 * string that a language lacks is the English one: a lint and a test of the built program see to it that none does. The
 * list of languages comes from the resources themselves, so a new language needs no line of code.
 */
#ifndef WZ_UI_STRINGS_H
#define WZ_UI_STRINGS_H

#include "core/words.h"
#include "platform/win32.h"

typedef struct wz_strings wz_strings;

/*
 * tag  as on the command line, "en-US", without case; NULL takes the language of the person's Windows. A language that
 *      is not there gives one with the same first part and the same script ("de" and "de-AT" give de-DE, zh-TW does
 *      not give zh-CN), then that of Windows by the same rule, then English.
 */
wz_strings     *wz_strings_create(HINSTANCE program, const char *tag);
/* Whether wz_strings_create has something for the tag itself. */
bool            wz_strings_know(HINSTANCE program, const char *tag);
/* The tags there are, "de-DE, en-US"; appends. */
void            wz_strings_add_tags(HINSTANCE program, wz_text *out);
void            wz_strings_free(wz_strings *strings);
const wz_words *wz_strings_words(const wz_strings *strings);
const wz_words *wz_strings_shown(const wz_strings *strings);        /* the same for windows: see wz_words.marks */
LANGID          wz_strings_language(const wz_strings *strings);
bool            wz_strings_are_rtl(const wz_strings *strings);

/* Languages of the string tables, at most room of them; the count. */
size_t wz_strings_list(HINSTANCE program, LANGID out[], size_t room);
/* The language's own name for itself, and its tag; owned by the caller. */
char  *wz_strings_name(HINSTANCE program, LANGID language);
char  *wz_strings_tag(LANGID language);

#endif
