/*
 * drop: files dropped on the window. UI thread only.
 */
#ifndef WZ_UI_DROP_H
#define WZ_UI_DROP_H

#include "ui/wizard.h"

#include <shellapi.h>

void wz_drop_accept(HWND sheet);               /* once, when the window is there */
void wz_drop(wz_wizard *wz, HDROP drop);       /* takes what came with WM_DROPFILES */

#endif
