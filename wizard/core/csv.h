/*
 * csv: one field of a table for spreadsheets.
 *
 * RFC 4180: every field in quotation marks, lines end in CR LF. A spreadsheet takes a field that begins with = + - @ or
 * a tab for a formula, also within quotation marks, and would run what a stranger has put into a name: such a field,
 * also behind spaces, is led by an apostrophe (OWASP, "CSV Injection"). Any thread.
 */
#ifndef WZ_CORE_CSV_H
#define WZ_CORE_CSV_H

#include "core/text.h"

/* value may be NULL: an empty field. is_last ends the line. Appends. */
void wz_csv_field(wz_text *out, const char *value, bool is_last);

#endif
