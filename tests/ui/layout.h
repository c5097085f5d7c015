/*
 * layout: looks at every control of the page that is on the screen, as a reader, a keyboard and a screen reader would.
 */
#ifndef WZ_TESTS_UI_LAYOUT_H
#define WZ_TESTS_UI_LAYOUT_H

#include "ui/drive.h"

/*
 * Fails the running test with a sentence for each fault of the page:
 *
 *   - a text of a label, button, box, column header or of the first two columns that does not fit its place
 *   - controls that lie over each other or stick out of the page; a window that does not fit 800 by 600
 *   - tab stops that are not in reading order
 *   - a control without text of its own that has no label before it (WinAuto, "Ensure that UI elements are named
 *     correctly": the name is the static text immediately before in z-order)
 *   - a button without access key; an access key used twice, also with the buttons of the sheet
 *
 * Texts are measured with the dialog font of this process, which is that of the wizard: same machine, same font.
 */
void layout_check(wz_drive *d);

#endif
