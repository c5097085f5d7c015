/*
 * A question with Yes and No, in the language of the pages: the buttons of MessageBox speak that of Windows. No is the
 * default, and what Esc means. (A message with nothing but OK stays with MessageBox, which can copy its text.)
 */
#include "ui/wizard.h"

#include <stdlib.h>

#include "resource.h"

typedef struct question { const wz_wizard *wz; unsigned text; } question;

/* The letter to press: the first of the word, where keyboards have it. */
static void say_button(const wz_wizard *wz, HWND dialog, int button, unsigned word)
{
    wz_text text = { 0 };
    const char *name = wz_say(wz, word);

    if (((unsigned char)name[0] & 0xF0) < 0xE0)             /* beyond are Chinese and Japanese */
        wz_text_add(&text, "&");
    wz_text_add(&text, name);
    wz_control_set(dialog, button, wz_text_at(&text));
    wz_text_clear(&text);
}

static int text_height(HWND control, int width)
{
    int units = GetWindowTextLengthW(control);
    wchar_t *text = wz_new_array((size_t)units + 1, wchar_t);
    HDC dc = GetDC(control);
    HGDIOBJ before = SelectObject(dc, (HFONT)SendMessageW(control, WM_GETFONT, 0, 0));
    RECT area = { 0, 0, width, 0 };

    GetWindowTextW(control, text, units + 1);
    DrawTextW(dc, text, units, &area, DT_CALCRECT | DT_WORDBREAK | DT_NOPREFIX);
    SelectObject(dc, before);
    ReleaseDC(control, dc);
    free(text);
    return area.bottom;
}

static void grow(HWND window, HWND dialog, int move, int by)
{
    RECT area;

    GetWindowRect(window, &area);
    if (window != dialog)
        MapWindowPoints(NULL, dialog, (POINT *)&area, 2);
    SetWindowPos(window, NULL, area.left, area.top + move, area.right - area.left, area.bottom - area.top + by,
                 SWP_NOZORDER | SWP_NOACTIVATE);
}

/* The template has room for two lines; what the text needs more, the dialog gets. */
static void fit(HWND dialog)
{
    HWND text = GetDlgItem(dialog, IDC_ASK_TEXT);
    RECT area;

    GetClientRect(text, &area);
    int more = text_height(text, area.right) - area.bottom;
    if (more <= 0)
        return;
    grow(text, dialog, 0, more);
    grow(GetDlgItem(dialog, IDYES), dialog, more, 0);
    grow(GetDlgItem(dialog, IDNO), dialog, more, 0);
    grow(dialog, dialog, -more / 2, more);
}

static void show(HWND dialog, const question *q)
{
    wz_window_set(dialog, wz_say(q->wz, IDS_PRODUCT));
    SendDlgItemMessageW(dialog, IDC_ASK_ICON, STM_SETICON, (WPARAM)LoadIconW(NULL, IDI_WARNING), 0);
    wz_control_say(q->wz, dialog, IDC_ASK_TEXT, q->text);
    say_button(q->wz, dialog, IDYES, IDS_YES);
    say_button(q->wz, dialog, IDNO, IDS_NO);
    fit(dialog);
    MessageBeep(MB_ICONWARNING);
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDNO), TRUE);
}

static INT_PTR CALLBACK ask_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    switch (message) {
    case WM_INITDIALOG:
        show(dialog, (const question *)lparam);
        return FALSE;                                       /* the focus is on No */
    case WM_COMMAND:
        if (LOWORD(wparam) == IDYES)
            EndDialog(dialog, IDYES);
        else if (LOWORD(wparam) == IDNO || LOWORD(wparam) == IDCANCEL)
            EndDialog(dialog, IDNO);
        return TRUE;
    }
    return FALSE;
}

bool wz_ask(const wz_wizard *wz, HWND page, unsigned text)
{
    question q = { wz, text };

    return DialogBoxParamW(wz->program, MAKEINTRESOURCEW(IDD_ASK), GetAncestor(page, GA_ROOT), ask_proc, (LPARAM)&q)
        == IDYES;
}
