/*
 * paper: the pages of core/printout.h on devices of Windows: measured, drawn, printed. Opens no window.
 *
 * The letters are measured once, at 720 to the inch, and not on the printer: so a page is the same on the screen, on
 * every printer and without one. Where a device's letters are a little wider or narrower, the spaces between the
 * words give way. Any thread, one call at a time for one device; a device context may go from thread to thread.
 */
#ifndef WZ_PLATFORM_PAPER_H
#define WZ_PLATFORM_PAPER_H

#include "core/printout.h"
#include "platform/win32.h"

/* Lay out with the letters of this Windows. Owned by the caller. */
wz_printout *wz_paper_lay_out(const wz_report *report, const wz_words *words, const wz_paper *paper);

/* What lies in a printer, and what it can reach of it. For a device without paper wz_paper_usual. */
wz_paper     wz_paper_of(HDC printer);
/* What lies in printers where the person lives: A4 or Letter. */
wz_paper     wz_paper_usual(void);

/* Where a page is drawn: its upper left corner in pixels of the device, and pixels to the inch. */
typedef struct wz_place { int x, y, across, down; } wz_place;
/* In a language that is written from right to left, mirrored. */
void         wz_paper_draw(HDC device, const wz_printout *printout, size_t leaf, const char *language,
                           const wz_place *place);

/*
 * Print all pages. printer: borrowed, of the printer that name is for messages. Progress is told before each page, and
 * asked whether to stop: then WZ_E_CANCELLED, and the printer's queue is told to forget the pages it has. Other errors
 * as wz_paper_failed.
 */
wz_status    wz_paper_print(HDC printer, const char *name, const wz_printout *printout, const char *language,
                            const wz_progress *progress, wz_error *err);
/* Make an error of what Windows says of a printer. WZ_E_CANCELLED, WZ_E_NOT_FOUND, WZ_E_DENIED, WZ_E_FULL, WZ_E_SYSTEM;
   reason is used where the code has none of its own. */
wz_status    wz_paper_failed(wz_error *err, DWORD code, const char *name, unsigned reason);

/* core/platform.h: find_printer and print. */
wz_status    wz_printer_find(const char *name, wz_text *out, wz_error *err);
wz_status    wz_printer_print(const char *printer, const wz_report *report, const wz_words *words,
                              const wz_progress *progress, size_t *pages, wz_error *err);

#endif
