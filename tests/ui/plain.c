#include "ui/plain.h"

#include "check.h"
#include "resource.h"
#include "ui/drive_private.h"

#include <wctype.h>

#define TEXT_UNITS 16384
#define SHOWN      60

typedef struct plain {
    wz_drive   *d;
    const char *what;
    wchar_t    *text;                  /* TEXT_UNITS */
    unsigned    faults, texts;
} plain;

static bool is_word(wchar_t c)
{
    return c >= L'a' && c <= L'z';
}

/* Two words in small letters, one space between: "are read". Names and file names have none. */
static const wchar_t *sentence_at(const wchar_t *at)
{
    const wchar_t *p = at;

    while (is_word(*p))
        p++;
    if (p - at < 2 || *p != L' ')
        return NULL;
    at = ++p;
    while (is_word(*p))
        p++;
    return p - at >= 2 && (*p == L'\0' || iswspace(*p) || *p == L'.' || *p == L',') ? p : NULL;
}

const wchar_t *plain_find(const wchar_t *text)
{
    const wchar_t *open = NULL;
    int            depth = 0;

    for (const wchar_t *p = text; *p != L'\0'; p++) {
        bool begins = is_word(*p) && (p == text || (!is_word(p[-1]) && !iswalnum(p[-1])));

        if (*p == L'[' && depth++ == 0)
            open = p;
        else if (*p == L']' && --depth < 0)
            return p;
        else if (depth == 0 && begins && sentence_at(p) != NULL)
            return p;
    }
    return depth > 0 ? open : NULL;
}

static void look_at(plain *all, int id, const wchar_t *text)
{
    const wchar_t *found = plain_find(text);
    wchar_t        part[SHOWN] = L"";

    all->texts += *text != L'\0';
    if (found == NULL)
        return;
    wcsncpy(part, found, SHOWN - 1);
    print_error("%s, control %d: \"%s\" is not from the string table, or was cut\n", all->what, id,
                drive_utf8(all->d, part));
    all->faults++;
}

static void look_at_list(plain *all, HWND list)
{
    HWND header = (HWND)drive_send(list, LVM_GETHEADER, 0, 0);
    int  columns = header != NULL ? (int)drive_send(header, HDM_GETITEMCOUNT, 0, 0) : 0;
    int  id = GetDlgCtrlID(list);

    if (GetParent(list) != drive_page_window(all->d))
        return;                                                 /* drive reads those of pages alone */
    for (int column = 0; column < columns; column++) {
        if ((GetWindowLongW(list, GWL_STYLE) & LVS_NOCOLUMNHEADER) == 0)
            look_at(all, id, drive_list_title(all->d, id, column));
        for (int row = 0; row < drive_list_count(all->d, id); row++)
            look_at(all, id, drive_list_text(all->d, id, row, column));
    }
}

static BOOL CALLBACK look_at_window(HWND window, LPARAM context)
{
    plain  *all = (plain *)context;
    wchar_t class_name[32] = L"";

    GetClassNameW(window, class_name, ARRAYSIZE(class_name));
    if (!IsWindowVisible(window) || GetDlgCtrlID(window) == IDC_ABOUT_NOTICE)      /* a licence has its own words */
        return TRUE;
    if (wcscmp(class_name, WC_LISTVIEWW) == 0) {
        look_at_list(all, window);
        return TRUE;
    }
    all->text[0] = L'\0';
    drive_send(window, WM_GETTEXT, TEXT_UNITS, (LPARAM)all->text);
    look_at(all, GetDlgCtrlID(window), all->text);
    return TRUE;
}

void plain_check(wz_drive *d, HWND window, const char *what)
{
    plain all = { .d = d, .what = what, .text = calloc(TEXT_UNITS, sizeof *all.text) };

    assert_non_null(all.text);
    look_at_window(window, (LPARAM)&all);
    EnumChildWindows(window, look_at_window, (LPARAM)&all);
    free(all.text);
    if (all.texts < 3)
        drive_fail(d, "%s: only %u texts were found", what, all.texts);
    if (all.faults > 0)
        drive_fail(d, "%s: %u texts of unknown origin", what, all.faults);
}
