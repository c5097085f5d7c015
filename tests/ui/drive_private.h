/* drive_private: what the parts of drive share; not for tests. */
#ifndef WZ_TESTS_UI_DRIVE_PRIVATE_H
#define WZ_TESTS_UI_DRIVE_PRIVATE_H

#include "ui/drive.h"

/* The sheet's own buttons, the same on every Windows and in Wine. */
#define DRIVE_ID_BACK   0x3023
#define DRIVE_ID_NEXT   0x3024
#define DRIVE_ID_FINISH 0x3025

/* SendMessage that gives up after 10 s: then 0. */
LRESULT drive_send(HWND window, UINT message, WPARAM wparam, LPARAM lparam);

#endif
