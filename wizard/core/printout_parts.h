/*
 * printout_parts: what the files printout*.c share: lines of text, and strips of paper to be put on pages.
 *
 * A strip is as high as one line, or as one row of a figure, and as wide as the paper between its margins; what is in
 * it is never parted. printout_strips.c cuts a report into strips, printout.c puts them on pages.
 */
#ifndef WZ_CORE_PRINTOUT_PARTS_H
#define WZ_CORE_PRINTOUT_PARTS_H

#include "core/printout.h"

typedef struct wz_strip {
    int     height;
    int     space;                /* above it, where it is not the first on its page */
    bool    keep;                 /* with the next one on the same page, where that is possible */
    size_t  head;                 /* 1 + index of the strip that is repeated above it on a new page; 0: none */
    wz_ink *inks; size_t ink_count, ink_room;      /* from the strip's own corner */
} wz_strip;

typedef struct wz_strips {
    const wz_measure *measure;
    int               width;      /* of the paper between its margins */
    int               height;     /* of a page, for what should not be parted */
    wz_strip         *items; size_t count, room;
} wz_strips;

void wz_strips_of(wz_strips *strips, const wz_report *report);
void wz_strips_clear(wz_strips *strips);

/* Adding to inks; the text is copied. */
void wz_ink_fill(wz_strip *strip, int x, int y, int width, int height, unsigned shade);
void wz_ink_text(wz_strip *strip, const wz_measure *measure, int x, int y, wz_type type, const char *text);
void wz_ink_border(wz_strip *strip, int x, int y, int width, int height, wz_border border);
wz_ink *wz_ink_add(wz_ink **inks, size_t *count, size_t *room);

/* Lines that text needs in this width, each with a character at least, broken as line_break.h says. */
typedef struct wz_lines { char **items; size_t count, room; } wz_lines;
void wz_lines_break(wz_lines *lines, const wz_measure *measure, wz_type type, const char *text, int width);
void wz_lines_clear(wz_lines *lines);
/* The widest line as it is, at most most. */
int  wz_lines_width(const wz_measure *measure, wz_type type, const char *text, int most);

#endif
