#include "ui/strings.h"

#include <stdlib.h>
#include <string.h>

#include <shlwapi.h>

#include "platform/wide.h"
#include "resource.h"

#define FIRST_ID   5000u
#define COUNT_IDS  5000u
#define PER_BUNDLE 16u          /* a string table is stored in bundles of 16, each string with its length before it */
#define MAX_LANGUAGES 64
#define ENGLISH MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US)

struct wz_strings {
    wz_words words, shown;
    LANGID   language;
    char    *tag;
    char    *texts[COUNT_IDS];
};

/* The strings of one bundle, handed one by one to put. */
static void read_bundle(HINSTANCE program, LANGID language, unsigned bundle,
                        void (*put)(void *context, unsigned id, const wchar_t *at, size_t units), void *context)
{
    HRSRC found = FindResourceExW(program, RT_STRING, MAKEINTRESOURCEW(bundle + 1), language);
    const wchar_t *at = found != NULL ? LockResource(LoadResource(program, found)) : NULL;
    size_t left = found != NULL ? SizeofResource(program, found) / sizeof(wchar_t) : 0;

    for (unsigned i = 0; at != NULL && i < PER_BUNDLE && left > 0; i++) {
        size_t units = *at;

        if (units >= left)
            return;
        if (units > 0)
            put(context, bundle * PER_BUNDLE + i, at + 1, units);
        at += units + 1;
        left -= units + 1;
    }
}

static void put_text(void *context, unsigned id, const wchar_t *at, size_t units)
{
    wz_strings *strings = context;

    if (id >= FIRST_ID && id < FIRST_ID + COUNT_IDS && strings->texts[id - FIRST_ID] == NULL)
        strings->texts[id - FIRST_ID] = wz_utf8_for_display(at, units);
}

static void read_language(wz_strings *strings, HINSTANCE program, LANGID language)
{
    for (unsigned bundle = FIRST_ID / PER_BUNDLE; bundle <= (FIRST_ID + COUNT_IDS) / PER_BUNDLE; bundle++)
        read_bundle(program, language, bundle, put_text, strings);
}

static const char *find_text(const void *context, unsigned id)
{
    const wz_strings *strings = context;

    return id >= FIRST_ID && id < FIRST_ID + COUNT_IDS ? strings->texts[id - FIRST_ID] : NULL;
}

typedef struct wz_language_list { LANGID *out; size_t count, room; } wz_language_list;

static BOOL CALLBACK note_language(HMODULE program, LPCWSTR type, LPCWSTR name, WORD language, LONG_PTR parameter)
{
    wz_language_list *list = (wz_language_list *)parameter;

    (void)program;
    (void)type;
    (void)name;
    if (list->count < list->room)
        list->out[list->count++] = language;
    return TRUE;
}

size_t wz_strings_list(HINSTANCE program, LANGID out[], size_t room)
{
    wz_language_list list = { out, 0, room };

    EnumResourceLanguagesW(program, RT_STRING, MAKEINTRESOURCEW(IDS_LANGUAGE_NAME / PER_BUNDLE + 1), note_language,
                           (LONG_PTR)&list);
    return list.count;
}

/* ---- which language ---- */

/*
 * The scripts of a language: the part of four letters in its tag, "Hant", else as Windows has them, "Hira;Hani;Kana;".
 * Empty when neither says.
 */
static void scripts_of(const char *tag, wchar_t scripts[LOCALE_NAME_MAX_LENGTH])
{
    wchar_t *wide = wz_wide_from_utf8(tag);

    scripts[0] = L'\0';
    for (const wchar_t *at = wide; at != NULL && scripts[0] == L'\0'; at = wcschr(at + 1, L'-'))
        if (*at == L'-' && wcscspn(at + 1, L"-") == 4)
            swprintf(scripts, LOCALE_NAME_MAX_LENGTH, L"%.4ls", at + 1);
    if (wide != NULL && scripts[0] == L'\0')
        GetLocaleInfoEx(wide, LOCALE_SSCRIPTS, scripts, LOCALE_NAME_MAX_LENGTH);
    free(wide);
}

/*
 * Whether who reads the one can be given the other: "de-AT" and "de-DE" begin with the same part. Not when they are
 * known to be written differently: Windows in Traditional Chinese (zh-TW, zh-HK) has neither the characters nor the
 * words of zh-CN, and does not show its readers the one for the other.
 */
static bool is_near(const char *tag, const char *name)
{
    char   *begin = wz_copy_part(tag, strcspn(tag, "-")), *other = wz_copy_part(name, strcspn(name, "-"));
    wchar_t scripts[LOCALE_NAME_MAX_LENGTH], others[LOCALE_NAME_MAX_LENGTH];
    bool    is_same = wz_equal_nocase(begin, other);

    scripts_of(tag, scripts);
    scripts_of(name, others);
    free(other);
    free(begin);
    return is_same && (scripts[0] == L'\0' || others[0] == L'\0' || StrStrIW(others, scripts) != NULL);
}

/* The language of the tag: exact, then a near one; 0 for none. */
static LANGID language_of_tag(HINSTANCE program, const char *tag)
{
    LANGID there[MAX_LANGUAGES], found = 0;
    size_t count = wz_strings_list(program, there, MAX_LANGUAGES);
    bool is_exact = false;

    for (size_t i = 0; i < count && !is_exact; i++) {
        char *name = wz_strings_tag(there[i]);

        is_exact = wz_equal_nocase(name, tag);
        if (is_exact || (found == 0 && is_near(tag, name)))
            found = there[i];
        free(name);
    }
    return found;
}

/* That of the person's Windows, by the same rule, then English. */
static LANGID language_of_windows(HINSTANCE program)
{
    char *tag = wz_strings_tag(GetUserDefaultUILanguage());
    LANGID found = language_of_tag(program, tag);

    free(tag);
    return found != 0 ? found : ENGLISH;
}

bool wz_strings_know(HINSTANCE program, const char *tag)
{
    return language_of_tag(program, tag) != 0;
}

void wz_strings_add_tags(HINSTANCE program, wz_text *out)
{
    LANGID there[MAX_LANGUAGES];
    size_t count = wz_strings_list(program, there, MAX_LANGUAGES);

    for (size_t i = 0; i < count; i++) {
        char *name = wz_strings_tag(there[i]);

        if (i > 0)
            wz_text_add(out, ", ");
        wz_text_add(out, name);
        free(name);
    }
}

wz_strings *wz_strings_create(HINSTANCE program, const char *tag)
{
    wz_strings *strings = wz_new(wz_strings);

    strings->language = tag != NULL ? language_of_tag(program, tag) : 0;
    if (strings->language == 0)
        strings->language = language_of_windows(program);
    strings->tag = wz_strings_tag(strings->language);
    strings->words = (wz_words){ .find = find_text, .context = strings, .language = strings->tag };
    strings->shown = strings->words;
    strings->shown.marks = wz_strings_are_rtl(strings);
    read_language(strings, program, strings->language);
    if (strings->language != ENGLISH)
        read_language(strings, program, ENGLISH);           /* what is still missing */
    return strings;
}

void wz_strings_free(wz_strings *strings)
{
    if (strings == NULL)
        return;
    for (size_t i = 0; i < COUNT_IDS; i++)
        free(strings->texts[i]);
    free(strings->tag);
    free(strings);
}

const wz_words *wz_strings_words(const wz_strings *strings) { return &strings->words; }
const wz_words *wz_strings_shown(const wz_strings *strings) { return &strings->shown; }
LANGID wz_strings_language(const wz_strings *strings) { return strings->language; }

/* Bit 123 of the locale's signature: written from right to left (LOCALE_IREADINGLAYOUT is newer than NT 6.0). */
bool wz_strings_are_rtl(const wz_strings *strings)
{
    LOCALESIGNATURE signature;
    LCID locale = MAKELCID(strings->language, SORT_DEFAULT);

    return GetLocaleInfoW(locale, LOCALE_FONTSIGNATURE, (wchar_t *)&signature,
                          (int)(sizeof signature / sizeof(wchar_t))) != 0
        && (signature.lsUsb[3] & 0x08000000u) != 0;
}

static void take_name(void *context, unsigned id, const wchar_t *at, size_t units)
{
    char **name = context;

    if (id == IDS_LANGUAGE_NAME && *name == NULL)
        *name = wz_utf8_for_display(at, units);
}

char *wz_strings_name(HINSTANCE program, LANGID language)
{
    char *name = NULL;

    read_bundle(program, language, IDS_LANGUAGE_NAME / PER_BUNDLE, take_name, &name);
    return name != NULL ? name : wz_strings_tag(language);
}

char *wz_strings_tag(LANGID language)
{
    wchar_t name[LOCALE_NAME_MAX_LENGTH];
    int units = LCIDToLocaleName(MAKELCID(language, SORT_DEFAULT), name, LOCALE_NAME_MAX_LENGTH, 0);

    return units > 1 ? wz_utf8_for_display(name, (size_t)units - 1) : wz_copy("en-US");
}
