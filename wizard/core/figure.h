/*
 * figure: a small drawing in a report: boxes and words.
 *
 * Made once, drawn twice: as SVG in HTML and with rectangles and text on paper, so both look the same. Measured in
 * tenths of a point. It repeats what the table beside it says and never says more; where nothing can be drawn, nothing
 * is lost. It can be read in black and white: a border's kind tells what elsewhere a colour would. Any thread.
 */
#ifndef WZ_CORE_FIGURE_H
#define WZ_CORE_FIGURE_H

#include "core/version.h"

typedef enum wz_tone { WZ_TONE_NONE, WZ_TONE_PAPER, WZ_TONE_LIGHT, WZ_TONE_STRONG } wz_tone;
typedef enum wz_border {
    WZ_BORDER_NONE, WZ_BORDER_THIN, WZ_BORDER_SOLID, WZ_BORDER_DASHED, WZ_BORDER_DOTTED, WZ_BORDER_DOUBLE
} wz_border;

/* A box, or only its text. The text is one line in the middle of it, white on WZ_TONE_STRONG. */
typedef struct wz_shape {
    size_t    row;                   /* of the figure: y is counted from its top */
    int       x, y, width, height;
    wz_tone   tone;
    wz_border border;
    char     *text;                  /* owned; NULL: none */
    bool      is_strong;             /* bold */
} wz_shape;

#define WZ_FIGURE_WIDTH 4800
#define WZ_FIGURE_TYPE  80           /* height of its letters */
typedef struct wz_figure {
    int       row_height;
    size_t    row_count;             /* a page may end between two rows */
    wz_shape *shapes; size_t shape_count, shape_room;
} wz_figure;

/* How far the kernel's revision is in the range of its branch. Owned; NULL where the revision is of no branch, and for
   another Windows than 6.0. */
wz_figure *wz_figure_gauge(wz_version kernel);

typedef struct wz_strip_step {
    unsigned    kb;
    const char *word;                /* what it is, or what became of it */
    wz_border   border;              /* wz_border_of its verdict */
    bool        restart_after;
} wz_strip_step;
/* The steps one behind the other, each a box, with the restarts as dark boxes between them. restart: the word on them.
   Owned; NULL without steps. */
wz_figure *wz_figure_strip(const wz_strip_step steps[], size_t count, const char *restart);

void       wz_figure_free(wz_figure *figure);                    /* NULL is fine */

/* The frame that a verdict has everywhere: wz_verdict_name, or NULL for none of them. */
wz_border  wz_border_of(const char *verdict);

/* <svg …>…</svg>, well-formed. Appends. */
void       wz_figure_add_svg(const wz_figure *figure, wz_text *out);

#endif
