/*
 * flow: the order of the ten pages. Pure; no dead ends, back undoes next, no way back over a commit.
 */
#ifndef WZ_CORE_FLOW_H
#define WZ_CORE_FLOW_H

#include <stdbool.h>

/* Page n of design.md section 4 has value n; 0 is none. */
typedef enum wz_page_id {
    WZ_PAGE_NONE, WZ_PAGE_START, WZ_PAGE_VERSION, WZ_PAGE_PREREQUISITES, WZ_PAGE_TARGET, WZ_PAGE_COMPATIBILITY,
    WZ_PAGE_FILES, WZ_PAGE_REVIEW, WZ_PAGE_INSTALL, WZ_PAGE_AFTER, WZ_PAGE_REPORT, WZ_PAGE_COUNT
} wz_page_id;

typedef enum wz_task { WZ_TASK_CHECK, WZ_TASK_UPDATE, WZ_TASK_CONTINUE, WZ_TASK_OPEN } wz_task;

typedef struct wz_choices {
    wz_task task;
    bool    supported;       /* the system is one we update */
    bool    blocked;         /* a check is blocked */
    bool    has_work;        /* the plan has steps */
    bool    read_only;       /* an opened snapshot */
    bool    installed;       /* the Install page has done its work (or gone as far as it can) */
} wz_choices;

wz_page_id wz_flow_next(wz_page_id from, const wz_choices *choices);   /* WZ_PAGE_NONE: not yet, or the last */
wz_page_id wz_flow_back(wz_page_id from, const wz_choices *choices);   /* WZ_PAGE_NONE: no way back */

#endif
