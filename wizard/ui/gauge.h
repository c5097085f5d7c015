/*
 * gauge: how far a kernel's revision is in the range of its branch, drawn.
 */
#ifndef WZ_UI_GAUGE_H
#define WZ_UI_GAUGE_H

#include "platform/win32.h"

/* An owner-drawn static. A revision of no branch gives an empty area. */
void wz_gauge_draw(const DRAWITEMSTRUCT *item, unsigned revision);

#endif
