/*
 * box: a dialog that only shows something and is closed again.
 *
 * One dialog procedure for all of them: init fills the controls; Close has the focus; Enter, Esc and the close box end
 * it. UI thread only.
 */
#ifndef WZ_UI_BOX_H
#define WZ_UI_BOX_H

#include "ui/wizard.h"

typedef struct wz_box {
    void (*init)(const struct wz_box *box, HWND dialog);
    const wz_wizard *wz;
    void *context;                     /* init's own, may be NULL */
    int growing;                       /* the control that takes the room when the window is made larger; 0: none */
} wz_box;

/* Over the window that page belongs to; returns when it is closed. Sets the text of IDOK to Close. */
void wz_box_show(const wz_box *box, HWND page, int dialog);

#endif
