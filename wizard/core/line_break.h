/*
 * line_break: where a line of text for people may end; the one rule for the text report and for paper.
 *
 * Best behind a space and between East Asian characters, else behind a mark at which a path or a name of a package may
 * be parted, else anywhere. A line does not begin with a closing mark nor end with an opening one, and a word, a
 * number, a date and a switch stay whole where that is possible. Any thread.
 */
#ifndef WZ_CORE_LINE_BREAK_H
#define WZ_CORE_LINE_BREAK_H

#include "core/text.h"

typedef enum wz_break { WZ_BREAK_BAD, WZ_BREAK_PATH, WZ_BREAK_GOOD } wz_break;

/* How well a line may end before text[at]; at is where a character begins, not 0 and not the end. */
wz_break wz_line_break(const char *text, size_t at);

/* How wide so many bytes from text on are, in what the line is measured in. */
typedef struct wz_ruler {
    int (*width)(const void *context, const char *text, size_t length);
    const void *context;
} wz_ruler;

/*
 * Bytes of the first line of text, without spaces at its end: at most width wide, one character at least. It ends at a
 * line feed at the latest.
 *
 * next  where the following line begins; at the end of the text there is none.
 */
size_t wz_line_fit(const char *text, int width, const wz_ruler *ruler, const char **next);
/* The same for type of one width, see wz_text_columns. */
size_t wz_line_fit_columns(const char *text, unsigned width, const char **next);

#endif
