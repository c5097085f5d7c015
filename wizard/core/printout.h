/*
 * printout: a report laid out on pages of paper.
 *
 * The same pages go to a printer and to the preview. All lengths are tenths of a point (720 to the inch), from the
 * upper left corner of the paper as a reader of English sees it; who draws a language that is written from right to
 * left turns them round. How wide a text is tells wz_measure, so the layout needs no printer: with the same measures
 * and the same paper it is the same everywhere. Any thread.
 *
 * What holds for every page: nothing lies outside the margins, no line is cut, a table goes on under its column heads,
 * a heading is not left without what it heads, and each page says which of how many it is, of which computer and
 * ticket.
 */
#ifndef WZ_CORE_PRINTOUT_H
#define WZ_CORE_PRINTOUT_H

#include "core/report.h"

#define WZ_PAPER_INCH 720

typedef struct wz_paper {
    int width, height;
    int left, top, right, bottom;          /* margins */
} wz_paper;

/* ISO A4, and the Letter of North America, with the report's own margins. */
wz_paper wz_paper_a4(void);
wz_paper wz_paper_letter(void);
/* Margins at least as wide as what the printer cannot reach, the report's own where it reaches further. */
void     wz_paper_reach(wz_paper *paper, int left, int top, int right, int bottom);

typedef enum wz_type {
    WZ_TYPE_TITLE, WZ_TYPE_HEADING, WZ_TYPE_VERDICT, WZ_TYPE_BODY, WZ_TYPE_STRONG, WZ_TYPE_SMALL,
    WZ_TYPE_SMALL_STRONG, WZ_TYPE_COUNT
} wz_type;

int  wz_type_size(wz_type type);            /* height of its letters */
bool wz_type_is_bold(wz_type type);

/* Borrowed for the time of wz_printout_create. */
typedef struct wz_measure {
    int (*width)(void *context, wz_type type, const char *text, size_t length);      /* of one line of UTF-8 */
    int (*line)(void *context, wz_type type);                                        /* from one line to the next */
    void *context;
} wz_measure;

/* A filled rectangle, or a line of text in one: at its left edge, from its upper edge. */
typedef struct wz_ink {
    int      x, y, width, height;
    unsigned shade;                         /* 0 white to 100 black: of the area, or of the letters */
    char    *text;                          /* owned; NULL: the area */
    wz_type  type;
} wz_ink;

typedef struct wz_leaf {                    /* one page */
    wz_ink *inks; size_t ink_count, ink_room;
} wz_leaf;

typedef struct wz_printout {
    char    *name;                          /* for the printer's queue; owned */
    wz_paper paper;
    wz_leaf *leaves; size_t leaf_count, leaf_room;     /* at least one */
} wz_printout;

/* Owned by the caller; keeps nothing of the report. A paper too small for a page is used as far as it goes. */
wz_printout *wz_printout_create(const wz_report *report, const wz_words *words, const wz_paper *paper,
                                const wz_measure *measure);
void         wz_printout_free(wz_printout *printout);                /* NULL is fine */

#endif
