/*
 * log_lines: lines of a log whose bytes may be anything. The inside of servicing_log*.c.
 */
#ifndef WZ_CORE_LOG_LINES_H
#define WZ_CORE_LOG_LINES_H

#include "core/text.h"

/* The next line that is not empty, without its end and without blanks around it; false at the end of the text. */
bool        wz_log_line_next(wz_view *text, wz_view *line);
const char *wz_log_line_find(wz_view line, const char *part);       /* without case; NULL when it is not there */
bool        wz_log_line_starts(wz_view line, const char *start);    /* without case */
/* Cut to fit and terminated; bytes that are no text become "?". */
void        wz_log_line_copy(wz_view part, char *out, size_t room);
/* A line feed before it unless out is empty; cut at limit bytes, valid UTF-8. */
void        wz_log_line_add(wz_text *out, wz_view line, size_t limit);

#endif
