#include "ui/box.h"

#include "resource.h"

static INT_PTR CALLBACK box_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    const wz_box *box;

    switch (message) {
    case WM_INITDIALOG:
        box = (const wz_box *)lparam;
        box->init(box, dialog);
        wz_control_say(box->wz, dialog, IDOK, IDS_BUTTON_CLOSE);
        SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDOK), TRUE);
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
    DialogBoxParamW(box->wz->program, MAKEINTRESOURCEW(dialog), GetAncestor(page, GA_ROOT), box_proc, (LPARAM)box);
}
