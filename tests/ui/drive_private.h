/* drive_private: what the parts of drive share; not for tests. */
#ifndef WZ_TESTS_UI_DRIVE_PRIVATE_H
#define WZ_TESTS_UI_DRIVE_PRIVATE_H

#include "ui/drive.h"

#define DRIVE_TAG_UNITS 85             /* LOCALE_NAME_MAX_LENGTH */

/* The language of WZ_LANG, or en-US. */
const wchar_t *drive_tag(wchar_t tag[DRIVE_TAG_UNITS]);
/* UTF-16 units of the string in exactly this language, and where it is; 0: it is not there. */
size_t drive_word(wz_drive *d, unsigned id, LANGID language, const wchar_t **out);

/* Without the marks that a wizard from right to left puts around arguments, in place. */
void drive_unmark(wchar_t *text);

/* SendMessage that gives up after 10 s: then 0. */
LRESULT drive_send(HWND window, UINT message, WPARAM wparam, LPARAM lparam);

#endif
