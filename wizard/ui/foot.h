/*
 * foot: the support code at the foot of the window. All on the window's thread.
 */
#ifndef WZ_UI_FOOT_H
#define WZ_UI_FOOT_H

#include "ui/wizard.h"

void  wz_foot_code(wz_wizard *wz);                                   /* no job may run: it reads the session */
void  wz_foot_command(wz_wizard *wz, int control);                   /* a button of the foot was pressed */
/* While a code is open: whose page it is, and the caller's last error; owned; "" while none is. */
char *wz_foot_opened_code(const wz_wizard *wz);
char *wz_foot_opened_error(const wz_wizard *wz);

#endif
