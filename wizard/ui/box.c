#include "ui/box.h"

#include "resource.h"

typedef struct shown_box {
    const wz_box *box;
    wz_anchor     anchors[2];          /* Close, and what grows */
} shown_box;

static void box_init(HWND dialog, const shown_box *shown)
{
    const wz_box *box = shown->box;

    if (box->growing != 0)
        wz_arrange_begin(dialog, shown->anchors, WZ_COUNT(shown->anchors));
    box->init(box, dialog);
    wz_control_say(box->wz, dialog, IDOK, IDS_BUTTON_CLOSE);
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDOK), TRUE);
}

static INT_PTR CALLBACK box_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (wz_arrange_message(dialog, message, lparam))
        return TRUE;
    switch (message) {
    case WM_INITDIALOG:
        box_init(dialog, (const shown_box *)lparam);
        return FALSE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDOK || LOWORD(wparam) == IDCANCEL)
            EndDialog(dialog, 0);
        return TRUE;
    case WM_HELP:
        return TRUE;                                /* else it goes to the owner, which opens the page's help */
    }
    return FALSE;
}

void wz_box_show(const wz_box *box, HWND page, int dialog)
{
    const shown_box shown = { box, { { IDOK, 100, 100, 100, 100 }, { box->growing, 0, 0, 100, 100 } } };

    DialogBoxParamW(box->wz->program, MAKEINTRESOURCEW(dialog), GetAncestor(page, GA_ROOT), box_proc, (LPARAM)&shown);
}
