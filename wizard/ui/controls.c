/* Text between controls and core, and messages. UTF-16 exists only here. */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "core/report_parts.h"
#include "platform/wide.h"
#include "resource.h"

const char *wz_say(const wz_wizard *wz, unsigned id)
{
    return wz_word(wz->words, id);
}

const wz_words *wz_report_words(const wz_wizard *wz)
{
    return wz_strings_words(wz->report_strings != NULL ? wz->report_strings : wz->strings);
}

char *wz_say_with(const wz_wizard *wz, unsigned id, size_t count, const char *const args[])
{
    wz_text text = { 0 };

    wz_words_fill(wz->words, id, args, count, &text);
    return wz_text_take(&text);
}

/* Lines may end with CR LF, as boxes want them; what else is not to be seen becomes so, see report_parts.h. */
wchar_t *wz_wide_shown(const char *utf8)
{
    wz_text shown = { 0 };

    for (const char *end; *utf8 != '\0'; utf8 = end) {
        size_t length = strcspn(utf8, "\r");
        char *line = wz_copy_part(utf8, length);
        bool is_line_end = utf8[length] == '\r' && utf8[length + 1] == '\n';

        wz_text_add_visible(&shown, line);
        wz_text_add(&shown, is_line_end ? "\r\n" : utf8[length] == '\r' ? " " : "");
        end = utf8 + length + (utf8[length] == '\r') + is_line_end;
        free(line);
    }
    wchar_t *wide = wz_wide_from_utf8(wz_text_at(&shown));

    wz_text_clear(&shown);
    return wide;
}

/* What can be typed into is read again, as a path or a name: it has to stay as it is. */
static bool is_typed_into(HWND window)
{
    wchar_t name[16] = L"";

    GetClassNameW(window, name, ARRAYSIZE(name));
    return wcscmp(name, L"Edit") == 0 && (GetWindowLongPtrW(window, GWL_STYLE) & ES_READONLY) == 0;
}

void wz_window_set(HWND window, const char *utf8)
{
    wchar_t *wide = is_typed_into(window) ? wz_wide_from_utf8(utf8) : wz_wide_shown(utf8);

    SetWindowTextW(window, wide != NULL ? wide : L"");
    free(wide);
}

HFONT wz_font_bold(HWND like, int quarters)
{
    LOGFONTW font = { 0 };

    GetObjectW((HFONT)SendMessageW(like, WM_GETFONT, 0, 0), sizeof font, &font);
    font.lfHeight = MulDiv(font.lfHeight, quarters, 4);
    font.lfWeight = FW_BOLD;
    return CreateFontIndirectW(&font);
}

void wz_control_set(HWND page, int control, const char *utf8)
{
    wz_window_set(GetDlgItem(page, control), utf8);
}

void wz_control_say(const wz_wizard *wz, HWND page, int control, unsigned id)
{
    wz_control_set(page, control, wz_say(wz, id));
}

void wz_control_phrase(const wz_wizard *wz, HWND page, int control, const wz_phrase *phrase)
{
    wz_text text = { 0 };

    wz_phrase_render(phrase, wz->words, &text);
    wz_control_set(page, control, wz_text_at(&text));
    wz_text_clear(&text);
}

char *wz_control_text(HWND page, int control)
{
    HWND window = GetDlgItem(page, control);
    int units = GetWindowTextLengthW(window);
    wchar_t *wide = wz_new_array((size_t)units + 1, wchar_t);

    units = GetWindowTextW(window, wide, units + 1);
    char *text = wz_utf8_for_display(wide, (size_t)units);
    free(wide);
    return text;
}

/* ---- boxes of many lines ---- */

#define BOX_PROPERTY L"Build6003WizardBox"

/* Such a box takes all keys for itself and knows nothing of a sheet around its page: Tab would turn round within the
   page, Enter and Esc would do nothing. It keeps those that it edits with; the sheet has the others. */
static LRESULT CALLBACK box_proc(HWND box, UINT message, WPARAM wparam, LPARAM lparam)
{
    WNDPROC before = (WNDPROC)(ULONG_PTR)GetPropW(box, BOX_PROPERTY);

    if (message == WM_NCDESTROY)
        RemovePropW(box, BOX_PROPERTY);
    LRESULT result = CallWindowProcW(before, box, message, wparam, lparam);
    if (message == WM_GETDLGCODE) {
        const MSG *key = (const MSG *)lparam;
        bool is_return = key != NULL && key->message == WM_KEYDOWN && key->wParam == VK_RETURN;

        if (!is_return || (GetWindowLongPtrW(box, GWL_STYLE) & ES_WANTRETURN) == 0)
            result &= ~(LRESULT)DLGC_WANTALLKEYS;
    }
    return result;
}

BOOL CALLBACK wz_box_tame(HWND child, LPARAM unused)
{
    wchar_t name[16] = L"";

    (void)unused;
    GetClassNameW(child, name, ARRAYSIZE(name));
    if (wcscmp(name, L"Edit") == 0 && (GetWindowLongPtrW(child, GWL_STYLE) & ES_MULTILINE) != 0 &&
        SetPropW(child, BOX_PROPERTY, (HANDLE)(ULONG_PTR)GetWindowLongPtrW(child, GWLP_WNDPROC)))
        SetWindowLongPtrW(child, GWLP_WNDPROC, (LONG_PTR)box_proc);
    return TRUE;
}

void wz_control_left_to_right(HWND page, int control)
{
    HWND window = GetDlgItem(page, control);
    LONG_PTR style = GetWindowLongPtrW(window, GWL_EXSTYLE);

    SetWindowLongPtrW(window, GWL_EXSTYLE,
                      style & ~(LONG_PTR)(WS_EX_LAYOUTRTL | WS_EX_RTLREADING | WS_EX_RIGHT | WS_EX_LEFTSCROLLBAR));
}

int wz_combo_add(HWND combo, const char *utf8)
{
    wchar_t *wide = wz_wide_from_utf8(utf8);
    LRESULT row = SendMessageW(combo, CB_ADDSTRING, 0, (LPARAM)wide);

    free(wide);
    return (int)row;
}

/* Seconds from 1601 to 1970, the two calendars' beginnings. */
#define EPOCH_SECONDS 11644473600ll

void wz_text_add_shown_time(wz_text *text, wz_time time, bool with_clock)
{
    ULARGE_INTEGER ticks = { .QuadPart = (uint64_t)(time + EPOCH_SECONDS) * 10000000u };
    FILETIME utc = { ticks.LowPart, ticks.HighPart };
    SYSTEMTIME system, local;
    wchar_t date[80] = L"", clock[80] = L"";

    if (time == 0 || !FileTimeToSystemTime(&utc, &system) || !SystemTimeToTzSpecificLocalTime(NULL, &system, &local))
        return;
    GetDateFormatW(LOCALE_USER_DEFAULT, DATE_SHORTDATE, &local, NULL, date, ARRAYSIZE(date));
    if (with_clock)
        GetTimeFormatW(LOCALE_USER_DEFAULT, 0, &local, NULL, clock, ARRAYSIZE(clock));
    char *shown_date = wz_utf8_for_display(date, wcslen(date));
    char *shown_clock = wz_utf8_for_display(clock, wcslen(clock));
    wz_text_add(text, shown_date);
    if (with_clock)
        wz_text_add(text, " ");
    wz_text_add(text, shown_clock);
    free(shown_clock);
    free(shown_date);
}

void wz_text_add_count(wz_text *text, uint64_t number)
{
    wchar_t separator[8] = L"", wide[64];
    wz_text digits = { 0 };

    wz_text_add_number(&digits, number);
    GetLocaleInfoW(LOCALE_USER_DEFAULT, LOCALE_STHOUSAND, separator, ARRAYSIZE(separator));
    wchar_t point[] = L".";
    NUMBERFMTW format = { .Grouping = 3, .lpDecimalSep = point, .lpThousandSep = separator };
    wchar_t *plain = wz_wide_from_utf8(wz_text_at(&digits));
    int units = GetNumberFormatW(LOCALE_USER_DEFAULT, 0, plain, &format, wide, ARRAYSIZE(wide));
    char *shown = units > 1 ? wz_utf8_for_display(wide, (size_t)units - 1) : wz_copy(wz_text_at(&digits));

    wz_text_add(text, shown);
    free(shown);
    free(plain);
    wz_text_clear(&digits);
}

const char *wz_path_name(const char *path)
{
    const char *name = path;

    for (const char *p = path; *p != '\0'; p++)
        if (*p == '\\' || *p == '/')
            name = p + 1;
    return name;
}

/* Others hold it for moments, in a remote session at each change: ask for half a second. */
static bool clipboard_open(HWND owner)
{
    for (int tries = 0; tries < 20; tries++) {
        if (OpenClipboard(owner))
            return true;
        Sleep(25);
    }
    return false;
}

void wz_clipboard_put(HWND owner, const char *utf8)
{
    wchar_t *wide = wz_wide_from_utf8(utf8);
    size_t bytes = wide != NULL ? (wcslen(wide) + 1) * sizeof *wide : 0;
    HGLOBAL block = bytes > 0 ? GlobalAlloc(GMEM_MOVEABLE, bytes) : NULL;
    void *at = block != NULL ? GlobalLock(block) : NULL;

    if (at != NULL) {
        memcpy(at, wide, bytes);
        GlobalUnlock(block);
        if (clipboard_open(owner)) {
            EmptyClipboard();
            if (SetClipboardData(CF_UNICODETEXT, block) != NULL)
                block = NULL;               /* the clipboard owns it now */
            CloseClipboard();
        }
    }
    GlobalFree(block);
    free(wide);
}

static void message(const wz_wizard *wz, HWND page, const char *utf8, UINT style)
{
    wchar_t *text = wz_wide_shown(utf8), *title = wz_wide_from_utf8(wz_say(wz, IDS_PRODUCT));
    HWND owner = page != NULL ? GetAncestor(page, GA_ROOT) : NULL;

    if (wz_strings_are_rtl(wz->strings))
        style |= MB_RTLREADING | MB_RIGHT;
    MessageBoxW(owner, text, title, style);
    free(title);
    free(text);
}

void wz_tell_text(const wz_wizard *wz, HWND page, const char *utf8)
{
    message(wz, page, utf8, MB_OK | MB_ICONINFORMATION);
}

void wz_tell(const wz_wizard *wz, HWND page, unsigned id)
{
    wz_tell_text(wz, page, wz_say(wz, id));
}

void wz_tell_error(const wz_wizard *wz, HWND page, const wz_error *error)
{
    wz_text text = { 0 };

    wz_error_render(error, wz->words, &text);
    message(wz, page, wz_text_at(&text), MB_OK | MB_ICONERROR);
    wz_text_clear(&text);
}

void wz_tell_saved(const wz_wizard *wz, HWND page, const char *path)
{
    const char *args[] = { path };
    char *text = wz_say_with(wz, IDS_SAVED, 1, args);

    wz_tell_text(wz, page, text);
    free(text);
}

void wz_tell_written(wz_wizard *wz, HWND page)
{
    if (wz->work.status != WZ_OK)
        wz_tell_error(wz, page, &wz->work.error);
    else
        wz_tell_saved(wz, page, wz->work.path);
}
