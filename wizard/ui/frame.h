/*
 * frame: the window around the pages: a header, the page, the foot, and the buttons.
 *
 * A dialog of our own (IDD_FRAME), because the system's Wizard97 sheet can neither be resized nor draw its header in
 * every resolution and colour scheme. It knows how a window looks and moves; which page comes when is up to sheet.c,
 * which it tells what the person wants. UI thread only.
 */
#ifndef WZ_UI_FRAME_H
#define WZ_UI_FRAME_H

#include "platform/win32.h"

#include "ui/wizard.h"

/* What the person wants of the window; sheet.c answers. */
#define WM_WZ_GO (WM_APP + 3)                    /* posted to the frame: a wz_page_id in wParam */
void wz_sheet_pressed(wz_wizard *wz, int button);               /* IDC_FRAME_…, IDCANCEL or IDHELP, when enabled */
void wz_sheet_show(wz_wizard *wz, wz_page_id id);

/*
 * Makes the window, not yet visible, and sets wz->sheet. NULL when Windows has no room for it. In its place from before
 * when wz->reopen says so.
 */
wz_frame *wz_frame_create(wz_wizard *wz);
void      wz_frame_free(wz_frame *frame);                        /* the window and all pages in it; NULL is fine */

/* Until wz_frame_close: all messages of the thread. */
void      wz_frame_run(wz_frame *frame);
void      wz_frame_close(wz_frame *frame);                       /* wz_frame_run returns, once no box is open */

/* Where a page goes; put it there before it is shown, and whenever the window has changed. */
void      wz_frame_place(const wz_frame *frame, HWND page);
/* Title, second line and caption of the page that is shown now. */
void      wz_frame_head(const wz_frame *frame, unsigned title, unsigned subtitle);
/* The button that Enter presses. */
void      wz_frame_default(const wz_frame *frame, int button);

#endif
