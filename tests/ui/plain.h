/*
 * plain: finds words on the screen that did not come from the string tables, in a wizard that speaks is-IS
 * (tests/data/make_pseudo.py): there every text is in brackets, and what the program takes from elsewhere, names and
 * numbers, is no sentence.
 */
#ifndef WZ_TESTS_UI_PLAIN_H
#define WZ_TESTS_UI_PLAIN_H

#include "ui/drive.h"

/* Fails the running test with a line for each text of the window and all in it that has a sentence outside brackets,
   or lacks the bracket at an end. what: names the window in that line. */
void plain_check(wz_drive *d, HWND window, const char *what);

/* Where a sentence begins outside of brackets, or brackets do not match; NULL: neither. */
const wchar_t *plain_find(const wchar_t *text);

#endif
