/* Files dropped on the window: one snapshot is opened as page 1 opens it, two are compared. */
#include "ui/drop.h"

#include <stdlib.h>

#include "platform/wide.h"
#include "resource.h"

/* Carries the names of dropped files between processes; undocumented but by its number. */
#define WM_COPYGLOBALDATA_ 0x0049

/* Explorer runs with fewer rights than a wizard as administrator; Windows would hold its messages back. */
void wz_drop_accept(HWND sheet)
{
    ChangeWindowMessageFilter(WM_DROPFILES, MSGFLT_ADD);
    ChangeWindowMessageFilter(WM_COPYDATA, MSGFLT_ADD);
    ChangeWindowMessageFilter(WM_COPYGLOBALDATA_, MSGFLT_ADD);
    DragAcceptFiles(sheet, TRUE);
}

static char *dropped_path(HDROP drop, UINT index)
{
    UINT     units = DragQueryFileW(drop, index, NULL, 0);
    wchar_t *wide = wz_new_array((size_t)units + 1, wchar_t);

    DragQueryFileW(drop, index, wide, units + 1);
    char *path = wz_utf8_from_wide(wide);
    free(wide);
    return path;
}

/* As somebody does who types the path on page 1 and chooses Next. */
static void open_one(wz_wizard *wz, char *path)
{
    free(wz->snapshot_path);
    wz->snapshot_path = path;
    wz->task = WZ_TASK_OPEN;
    if (wz->page->id == WZ_PAGE_START)
        wz->page->enter(wz, wz->page_window);
    else
        wz_sheet_go(wz, WZ_PAGE_START);
    wz_sheet_press_next(wz);
}

void wz_drop(wz_wizard *wz, HDROP drop)
{
    UINT  count = DragQueryFileW(drop, 0xFFFFFFFF, NULL, 0);
    char *first = count > 0 ? dropped_path(drop, 0) : NULL;
    char *second = count == 2 ? dropped_path(drop, 1) : NULL;

    DragFinish(drop);
    /* Not while there is work, behind a question, or when this visit has installed something: it would be lost. */
    if (wz->job != NULL || !IsWindowEnabled(wz->sheet) || wz->installed || first == NULL || count > 2) {
        MessageBeep(MB_ICONWARNING);
    } else if (count == 1) {
        open_one(wz, first);
        first = NULL;
    } else if (second != NULL) {
        wz_compare_start(wz, wz->page_window, first, second);
    }
    free(second);
    free(first);
}
