/*
 * arrange: where the controls of a window go when it grows.
 *
 * A dialog is laid out once, in its template. A row says for one control how far each of its edges follows the window:
 * in percent of what the window has grown by. {id, 0, 0, 100, 60} keeps the near top corner, ends at the far edge and
 * takes six tenths of the height; a control without a row stays where it is. Left is the near edge, also where pages
 * are mirrored. A window never becomes smaller than its template. UI thread only.
 */
#ifndef WZ_UI_ARRANGE_H
#define WZ_UI_ARRANGE_H

#include "platform/win32.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct wz_anchor { int control; int left, top, right, bottom; } wz_anchor;   /* percent */

/* Remember a window as its template has made it, until it is destroyed. anchors must live as long. */
void wz_arrange_begin(HWND window, const wz_anchor anchors[], size_t count);

/* For its dialog procedure, first of all: true when that message was about size and is dealt with. On WM_SIZE the
   controls move to where they belong, and list views widen their columns. */
bool wz_arrange_message(HWND window, UINT message, LPARAM lparam);

#endif
