#include "core/flow.h"

/*
 * The ways through the pages. Numbers stay: a page that is left out is skipped, never renumbered.
 *
 *   check, open   1 2 3 4 5 6 10    page 6 shows what to fetch and verifies what is there; nothing is installed
 *   update        1 2 3 4 5 6 7 8 9 10
 *   continue      1 8 9 10
 *
 *   unsupported system        2 goes to 10
 *   blocked                   update stays on 3 until the check is mended; check and open go on, to see and report it
 *   nothing to install        5 goes to 10
 *   opened snapshot           like check, whatever the task says
 *   page 8                    Next only when the work is done or has gone as far as it can; no way back from 8 or 9,
 *                             and from 10 only to 9: what is installed is installed
 */

static bool flow_only_looks(const wz_choices *choices)
{
    return choices->read_only || choices->task == WZ_TASK_CHECK || choices->task == WZ_TASK_OPEN;
}

static bool flow_continues(const wz_choices *choices)
{
    return choices->task == WZ_TASK_CONTINUE && !choices->read_only;
}

wz_page_id wz_flow_next(wz_page_id from, const wz_choices *choices)
{
    switch (from) {
    case WZ_PAGE_START:
        return flow_continues(choices) ? WZ_PAGE_INSTALL : WZ_PAGE_VERSION;
    case WZ_PAGE_VERSION:
        return choices->supported ? WZ_PAGE_PREREQUISITES : WZ_PAGE_REPORT;
    case WZ_PAGE_PREREQUISITES:
        return choices->blocked && !flow_only_looks(choices) ? WZ_PAGE_NONE : WZ_PAGE_TARGET;
    case WZ_PAGE_TARGET:
        return WZ_PAGE_COMPATIBILITY;
    case WZ_PAGE_COMPATIBILITY:
        return choices->has_work ? WZ_PAGE_FILES : WZ_PAGE_REPORT;
    case WZ_PAGE_FILES:
        return flow_only_looks(choices) ? WZ_PAGE_REPORT : WZ_PAGE_REVIEW;
    case WZ_PAGE_REVIEW:
        return WZ_PAGE_INSTALL;
    case WZ_PAGE_INSTALL:
        return choices->installed ? WZ_PAGE_AFTER : WZ_PAGE_NONE;
    case WZ_PAGE_AFTER:
        return WZ_PAGE_REPORT;
    case WZ_PAGE_REPORT:
    case WZ_PAGE_NONE:
    case WZ_PAGE_COUNT:
        break;
    }
    return WZ_PAGE_NONE;
}

/* The page before the report, by the way that led to it. */
static wz_page_id flow_before_report(const wz_choices *choices)
{
    if (choices->installed)
        return WZ_PAGE_AFTER;
    if (!choices->supported)
        return WZ_PAGE_VERSION;
    return choices->has_work ? WZ_PAGE_FILES : WZ_PAGE_COMPATIBILITY;
}

wz_page_id wz_flow_back(wz_page_id from, const wz_choices *choices)
{
    switch (from) {
    case WZ_PAGE_VERSION:       return WZ_PAGE_START;
    case WZ_PAGE_PREREQUISITES: return WZ_PAGE_VERSION;
    case WZ_PAGE_TARGET:        return WZ_PAGE_PREREQUISITES;
    case WZ_PAGE_COMPATIBILITY: return WZ_PAGE_TARGET;
    case WZ_PAGE_FILES:         return WZ_PAGE_COMPATIBILITY;
    case WZ_PAGE_REVIEW:        return WZ_PAGE_FILES;
    case WZ_PAGE_REPORT:        return flow_before_report(choices);
    case WZ_PAGE_START:
    case WZ_PAGE_INSTALL:
    case WZ_PAGE_AFTER:
    case WZ_PAGE_NONE:
    case WZ_PAGE_COUNT:         break;
    }
    return WZ_PAGE_NONE;
}
