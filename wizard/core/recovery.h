/*
 * recovery: the card to have at hand when the computer does not come up again.
 *
 * A short document for paper: which computer, what is being installed and how far it is, what to do in which situation,
 * whom to call. Made before the first restart from the session's plan, later from its journal; needs no snapshot. The
 * situations are a section of the report too. Steps that Microsoft describes for a later Windows say so
 * (servicing.md 8.10, 8.36); what it says of licences and antivirus programs is servicing.md 8.6, 9.3, 9.4. Any thread.
 */
#ifndef WZ_CORE_RECOVERY_H
#define WZ_CORE_RECOVERY_H

#include "core/report.h"

wz_report *wz_recovery_create(const wz_session *session, const wz_words *words);   /* for wz_report_free */

/* The card as a file: .html or .htm, else text. Bytes for Notepad as in report.h. Appends. */
void      wz_recovery_render(const wz_report *card, const char *path, wz_text *out);
/* Create, render and write whole or not at all. Errors as write_file. */
wz_status wz_recovery_save(const wz_session *session, const wz_words *words, const char *path, wz_error *err);

#endif
