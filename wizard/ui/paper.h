/*
 * paper: the report and the recovery card on a printer, and the same pages on the screen before that.
 *
 * The printer that the person chose, with its paper, is kept until the program ends; copies are not. Pages are laid out
 * and printed on the worker; Stop ends printing between two pages and nothing else. UI thread only.
 */
#ifndef WZ_UI_PAPER_H
#define WZ_UI_PAPER_H

#include "platform/paper.h"
#include "ui/wizard.h"

/* Ask for the printer and print. What came of it stands in IDC_REPORT_SAVED, on pages without that at the foot. */
void wz_paper_ask(wz_wizard *wz, HWND page, wz_document document);
/* Lay out for the chosen printer, or the default one, and show. */
void wz_paper_preview(wz_wizard *wz, HWND page, wz_document document);

/* The window with the pages; true: Print was pressed. */
bool wz_preview_show(const wz_wizard *wz, HWND page, const wz_printout *printout, const wz_words *words);

/* Give back what was kept of the printer. */
void wz_paper_forget(wz_wizard *wz);

#endif
