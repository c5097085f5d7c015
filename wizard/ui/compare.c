/* Two snapshots opened and compared, and the window that shows where they differ. */
#include "ui/wizard.h"

#include <stdlib.h>

#include "core/difference.h"
#include "resource.h"
#include "ui/list.h"

static const wz_column column_items[] = {
    { IDS_COMPARE_COLUMN_PART, 22 }, { IDS_DOC_COL_NAME, 30 }, { IDS_COMPARE_FIRST, 24 }, { IDS_COMPARE_SECOND, 24 },
};
static const wz_columns columns = { column_items, WZ_COUNT(column_items), false };

static const wz_filter report_files[] = {
    { IDS_FILTER_HTML, "*.html" }, { IDS_FILTER_XML, "*.xml" }, { IDS_FILTER_TEXT, "*.txt" },
    { IDS_FILTER_CSV, "*.csv" },
};

/* ---- on the worker ---- */

static wz_session *open_side(wz_work *work, wz_job *job, const char *path)
{
    wz_session *session = wz_session_create(work->session->platform);

    work->status = wz_session_load_catalogue(session, work->catalogue, &work->error);
    session->redact = work->session->redact;
    session->target = work->has_target ? work->target : WZ_TARGET_FREE;
    if (work->status == WZ_OK)
        work->status = wz_session_probe(session, path, wz_job_progress(job), &work->error);
    if (work->status == WZ_OK)
        return session;
    wz_session_free(session);
    return NULL;
}

void wz_work_compare(wz_job *job, void *argument)
{
    wz_work       *work = argument;
    wz_session    *first = open_side(work, job, work->path), *second = NULL;
    wz_differences differences;

    if (first != NULL)
        second = open_side(work, job, work->other_path);
    if (second != NULL) {
        wz_differences_find(first, second, &differences);
        work->comparison = wz_differences_report(&differences, work->words);
        wz_differences_clear(&differences);
    }
    wz_session_free(second);
    wz_session_free(first);
}

/* ---- the window ---- */

static void fill_list(HWND list, const wz_report *report)
{
    for (size_t i = 0; i < report->section_count; i++) {
        const wz_section *section = &report->sections[i];

        for (size_t k = 0; k < section->row_count; k++) {
            int row = wz_list_add(list, WZ_MARK_NONE, section->title);

            for (size_t column = 0; column < section->column_count; column++) {
                const char *text = section->rows[k].cells[column].text;

                wz_list_set(list, row, (int)column + 1, text != NULL ? text : "");
            }
        }
    }
}

static void compare_init(const wz_wizard *wz, HWND dialog)
{
    HWND list = GetDlgItem(dialog, IDC_COMPARE_LIST);

    wz_window_set(dialog, wz_say(wz, IDS_COMPARE_TITLE));
    wz_control_set(dialog, IDC_COMPARE_VERDICT, wz->work.comparison->verdict);
    wz_control_set(dialog, IDC_COMPARE_LEAD, wz->work.comparison->sections[0].lead);
    wz_control_say(wz, dialog, IDC_COMPARE_LIST_LABEL, IDS_COMPARE_LIST);
    wz_control_say(wz, dialog, IDC_COMPARE_SAVE, IDS_REPORT_SAVE);
    wz_control_say(wz, dialog, IDCANCEL, IDS_BUTTON_CLOSE);
    wz_list_create(wz, list, &columns);
    fill_list(list, wz->work.comparison);
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)list, TRUE);
}

static const char *computer(const wz_report *report, size_t column)
{
    const char *name = report->sections[0].rows[1].cells[column].text;

    return name != NULL ? name : "";
}

static void save(const wz_wizard *wz, HWND dialog)
{
    const wz_report *report = wz->work.comparison;
    const char      *args[] = { computer(report, 1), computer(report, 2) };
    char            *name = wz_say_with(wz, IDS_COMPARE_FILE_NAME, 2, args);
    char            *path = wz_browse_save(wz, dialog, IDS_COMPARE_PICK, report_files, WZ_COUNT(report_files), name);
    wz_error         error = { 0 };

    if (path != NULL) {
        const char *saved[] = { path };
        char       *text = wz_say_with(wz, IDS_SAVED, 1, saved);

        if (wz_report_write(report, wz->platform, path, &error) == WZ_OK)
            wz_control_set(dialog, IDC_COMPARE_SAVED, text);
        else
            wz_tell_error(wz, dialog, &error);
        free(text);
    }
    free(path);
    free(name);
}

static const wz_anchor anchors[] = {
    { IDC_COMPARE_VERDICT, 0, 0,   100, 0   }, { IDC_COMPARE_LEAD,  0,   0,   100, 0   },
    { IDC_COMPARE_LIST,    0, 0,   100, 100 }, { IDC_COMPARE_SAVED, 0,   100, 100, 100 },
    { IDC_COMPARE_SAVE,  100, 100, 100, 100 }, { IDCANCEL,          100, 100, 100, 100 },
};

static INT_PTR CALLBACK compare_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    const wz_wizard *wz = (const wz_wizard *)GetWindowLongPtrW(dialog, DWLP_USER);

    if (wz_arrange_message(dialog, message, lparam))
        return TRUE;
    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        wz_arrange_begin(dialog, anchors, WZ_COUNT(anchors));
        compare_init((const wz_wizard *)lparam, dialog);
        return FALSE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDC_COMPARE_SAVE)
            save(wz, dialog);
        else if (LOWORD(wparam) == IDCANCEL)
            EndDialog(dialog, IDCANCEL);
        return TRUE;
    case WM_NOTIFY:
        wz_list_keys((const NMHDR *)lparam);
        return FALSE;
    case WM_HELP:
        return TRUE;                                /* else it goes to the owner, which opens the page's help */
    }
    return FALSE;
}

/* ---- start ---- */

static void compared(wz_wizard *wz, HWND page)
{
    if (wz->work.status != WZ_OK)
        wz_tell_error(wz, page, &wz->work.error);
    else if (wz->work.comparison != NULL)
        DialogBoxParamW(wz->program, MAKEINTRESOURCEW(IDD_COMPARE), GetAncestor(page, GA_ROOT), compare_proc,
                        (LPARAM)wz);
    wz_report_free(wz->work.comparison);
    wz->work.comparison = NULL;
    wz->work.status = WZ_OK;                        /* an error of the other files is none of this visit's */
}

static void replace(char **text, char *with)
{
    free(*text);
    *text = with;
}

void wz_compare_start(wz_wizard *wz, HWND page, const char *first, const char *second)
{
    replace(&wz->work.path, wz_copy(first));
    replace(&wz->work.other_path, wz_copy(second));
    replace(&wz->work.catalogue, wz->catalogue_path[0] != '\0' ? wz_copy(wz->catalogue_path) : NULL);
    wz->work.target = wz->target;
    wz->work.has_target = wz->has_target;
    wz->work.session = wz->session;
    wz_sheet_work(wz, page, wz_work_compare, compared);
    wz_control_say(wz, wz->sheet, IDC_PAGE_BUSY, IDS_COMPARE_WORKING);
}
