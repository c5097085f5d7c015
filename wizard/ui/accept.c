/* Asks for the note with which somebody accepts the pending file renames. */
#include "ui/wizard.h"

#include <stdlib.h>

#include "resource.h"

#define NOTE_UNITS 250                                 /* a sentence for the report */

static void accept_init(wz_wizard *wz, HWND dialog)
{
    const char *note = wz->session->renames_note;

    wz_window_set(dialog, wz_say(wz, IDS_PREREQUISITES_ACCEPT_TITLE));
    wz_control_say(wz, dialog, IDC_ACCEPT_LEAD, IDS_PREREQUISITES_ACCEPT_LEAD);
    wz_control_say(wz, dialog, IDC_ACCEPT_NOTE_LABEL, IDS_PREREQUISITES_ACCEPT_NOTE);
    wz_control_say(wz, dialog, IDOK, IDS_PREREQUISITES_ACCEPT_OK);
    wz_control_say(wz, dialog, IDCANCEL, IDS_BUTTON_CANCEL);
    SendDlgItemMessageW(dialog, IDC_ACCEPT_NOTE, EM_LIMITTEXT, NOTE_UNITS, 0);
    wz_control_set(dialog, IDC_ACCEPT_NOTE, note != NULL ? note : "");
}

static INT_PTR CALLBACK accept_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    wz_wizard *wz = (wz_wizard *)GetWindowLongPtrW(dialog, DWLP_USER);
    char      *note;

    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        accept_init((wz_wizard *)lparam, dialog);
        SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDC_ACCEPT_NOTE), TRUE);
        return FALSE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDOK) {
            note = wz_control_text(dialog, IDC_ACCEPT_NOTE);
            wz_session_accept_renames(wz->session, note);
            free(note);
            EndDialog(dialog, IDOK);
        } else if (LOWORD(wparam) == IDCANCEL) {
            EndDialog(dialog, IDCANCEL);
        }
        return TRUE;
    }
    return FALSE;
}

bool wz_accept_show(wz_wizard *wz, HWND page)
{
    return DialogBoxParamW(wz->program, MAKEINTRESOURCEW(IDD_ACCEPT), GetAncestor(page, GA_ROOT), accept_proc,
                           (LPARAM)wz) == IDOK;
}
