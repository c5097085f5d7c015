/* The words of the program under test, in the language it is to speak: read from its own string tables. */
#include "ui/drive_private.h"

#include "check.h"
#include "resource.h"

#define TITLE_FIRST IDS_START_TITLE
#define BUNDLE      16                 /* strings are stored in bundles of 16, each with its length before it */

typedef struct tag_search { const wchar_t *tag; LANGID found; } tag_search;

static BOOL CALLBACK compare_tag(HMODULE program, LPCWSTR type, LPCWSTR name, WORD language, LONG_PTR context)
{
    tag_search *search = (tag_search *)context;
    wchar_t     tag[LOCALE_NAME_MAX_LENGTH] = L"";

    (void)program;
    (void)type;
    (void)name;
    LCIDToLocaleName(MAKELCID(language, SORT_DEFAULT), tag, ARRAYSIZE(tag), 0);
    if (_wcsicmp(tag, search->tag) == 0)
        search->found = language;
    return TRUE;
}

void drive_speak(wz_drive *d, const wchar_t *tag)
{
    tag_search search = { tag, 0 };

    EnumResourceLanguagesW(d->strings, RT_STRING, MAKEINTRESOURCEW(IDS_LANGUAGE_NAME / BUNDLE + 1), compare_tag,
                           (LONG_PTR)&search);
    if (search.found == 0)
        drive_fail(d, "the program does not speak %s", drive_utf8(d, tag));
    d->language = search.found;
}

const wchar_t *drive_tag(wchar_t tag[DRIVE_TAG_UNITS])
{
    if (GetEnvironmentVariableW(L"WZ_LANG", tag, DRIVE_TAG_UNITS) == 0)
        wcsncpy(tag, L"en-US", DRIVE_TAG_UNITS);
    return tag;
}

size_t drive_word(wz_drive *d, unsigned id, LANGID language, const wchar_t **out)
{
    HRSRC          bundle = FindResourceExW(d->strings, RT_STRING, MAKEINTRESOURCEW(id / BUNDLE + 1), language);
    const wchar_t *at = bundle != NULL ? LockResource(LoadResource(d->strings, bundle)) : NULL;

    if (at == NULL)
        return 0;
    for (unsigned i = 0; i < id % BUNDLE; i++)
        at += 1 + *at;
    *out = at + 1;
    return *at;
}

void drive_unmark(wchar_t *text)
{
    wchar_t *to = text;

    for (const wchar_t *from = text; *from != L'\0'; from++)
        if (*from != 0x200E)
            *to++ = *from;
    *to = L'\0';
}

static void append(wchar_t *out, const wchar_t *part)
{
    wcsncat(out, part, DRIVE_TEXT_UNITS - 1 - wcslen(out));
}

const wchar_t *drive_string(wz_drive *d, unsigned id, const wchar_t *first, const wchar_t *second)
{
    const wchar_t *pattern = NULL;
    size_t         units = drive_word(d, id, d->language, &pattern);

    if (units == 0)
        drive_fail(d, "the program has no string %u in language %04x", id, d->language);
    d->said[0] = L'\0';
    for (size_t i = 0; i < units; i++) {
        if (pattern[i] == L'%' && i + 1 < units && (pattern[i + 1] == L'1' || pattern[i + 1] == L'2')) {
            const wchar_t *part = pattern[++i] == L'1' ? first : second;
            append(d->said, part != NULL ? part : L"");
        } else {
            append(d->said, (const wchar_t[]){ pattern[i], L'\0' });
        }
    }
    return d->said;
}

bool drive_says(wz_drive *d, int id, unsigned string)
{
    wchar_t part[1024] = L"";

    wcsncpy(part, drive_string(d, string, NULL, NULL), ARRAYSIZE(part) - 1);
    return drive_contains(d, id, part);
}

unsigned drive_title_of(unsigned page)
{
    return TITLE_FIRST + 100 * (page - 1);
}
