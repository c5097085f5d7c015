/*
 * help: what every page offers besides its own work: its help, and itself as text. UI thread only.
 */
#ifndef WZ_UI_HELP_H
#define WZ_UI_HELP_H

#include "ui/wizard.h"

void  wz_help_show(const wz_wizard *wz);          /* of the page on the screen; returns when it is closed */

/* "Page 3 of 10: Prerequisites"; owned. */
char *wz_page_head(const wz_wizard *wz);

/*
 * The page on the screen as text, CR LF: its head, every line that is seen, lists with tabs between the columns,
 * choices with their state in characters, the support code. Owned.
 */
char *wz_page_text(const wz_wizard *wz);
void  wz_page_copy(const wz_wizard *wz);          /* to the clipboard */

/* A message before the window sees it: true when it was a key that is dealt with. Ctrl+C copies the page where neither
   a list nor a marked text has a use for it. */
bool  wz_page_key(const wz_wizard *wz, const MSG *message);

#endif
