/*
 * list: list views in report form.
 *
 * Rows are read only. The verdict is a word in its own column; the mark before it only repeats it. Ctrl+C copies the
 * selected rows, or all when none is selected, with tabs between the columns.
 */
#ifndef WZ_UI_LIST_H
#define WZ_UI_LIST_H

#include "ui/wizard.h"

typedef struct wz_column { unsigned title; unsigned percent; } wz_column;   /* percent of the width; title 0: none */

/* whole: the column with the largest share (the last of several) is not cut, and the list scrolls to the side when it
   must; else its texts can be read elsewhere on the page. */
typedef struct wz_columns { const wz_column *items; size_t count; bool whole; } wz_columns;

#define WZ_MARK_NONE (-1)

void wz_list_create(const wz_wizard *wz, HWND list, const wz_columns *columns);   /* which must live as long */
/*
 * After filling: each column becomes as wide as its widest text, but not wider than three fifths, and not narrower than
 * its share while nothing is cut for that; the one with the largest share gets the rest. The first WZ_LIST_MEASURED
 * rows count.
 */
#define WZ_LIST_MEASURED 200
void wz_list_fit(HWND list);
void wz_list_widen(HWND list);         /* the list has another width now: the column with the largest share follows */
void wz_list_clear(HWND list);
int  wz_list_add(HWND list, int mark, const char *first);      /* mark: a wz_verdict or WZ_MARK_NONE; the row */
void wz_list_set(HWND list, int row, int column, const char *text);
int  wz_list_selected(HWND list);                              /* -1 when none */
void wz_list_select(HWND list, int row);
void wz_list_text(HWND list, bool all, wz_text *out);          /* appends; all: every row, below the column titles */
void wz_list_copy(HWND list);
void wz_list_keys(const NMHDR *header);                        /* any notification: Ctrl+C in a list copies it */
bool wz_list_is_new_selection(const NMHDR *header);            /* this notification says that a row was selected */

/* The four marks, by wz_verdict, at the size of small icons; owned by the caller. */
HIMAGELIST wz_marks_create(void);

#endif
