/* Page 5: scan for what depends on build 6002, and what was found; or go on without. */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include <commctrl.h>

#include "core/scan_filter.h"
#include "resource.h"
#include "ui/list.h"

static const wz_label labels[] = {
    { IDC_COMPATIBILITY_FOLDER_LABEL, IDS_COMPATIBILITY_FOLDER_LABEL },
    { IDC_COMPATIBILITY_BROWSE,       IDS_FILES_BROWSE },
    { IDC_COMPATIBILITY_SCAN,         IDS_COMPATIBILITY_SCAN },
    { IDC_COMPATIBILITY_STOP,         IDS_BUTTON_STOP },
    { IDC_COMPATIBILITY_SKIP,         IDS_COMPATIBILITY_SKIP },
    { IDC_COMPATIBILITY_SHOW_LABEL,   IDS_COMPATIBILITY_SHOW },
    { IDC_COMPATIBILITY_SAVE,         IDS_COMPATIBILITY_SAVE },
    { IDC_COMPATIBILITY_LIST_LABEL,   IDS_COMPATIBILITY_LIST },
    { IDC_COMPATIBILITY_DETAIL_LABEL, IDS_COMPATIBILITY_DETAIL },
};

static const wz_anchor anchors[] = {
    { IDC_COMPATIBILITY_FOLDER,       0,   0,   100, 0   },
    { IDC_COMPATIBILITY_BROWSE,       100, 0,   100, 0   },
    { IDC_COMPATIBILITY_SCAN,         100, 0,   100, 0   },
    { IDC_COMPATIBILITY_STOP,         100, 0,   100, 0   },
    { IDC_COMPATIBILITY_SKIP,         100, 0,   100, 0   },
    { IDC_COMPATIBILITY_RESULT,       0,   0,   100, 0   },
    { IDC_COMPATIBILITY_SAVE,         100, 0,   100, 0   },
    { IDC_COMPATIBILITY_LIST,         0,   0,   100, 70  },
    { IDC_COMPATIBILITY_DETAIL_LABEL, 0,   70,  100, 70  },
    { IDC_COMPATIBILITY_DETAIL,       0,   70,  100, 100 },
};

static const wz_column column_items[] = {
    { IDS_COMPATIBILITY_COLUMN_GRADE, 17 }, { IDS_FILES_COLUMN_FILE, 25 }, { IDS_COMPATIBILITY_COLUMN_PLACE, 21 },
    { IDS_PREREQUISITES_COLUMN_EVIDENCE, 37 },
};
static const wz_columns columns = { column_items, WZ_COUNT(column_items), false };

enum { GRADE, FILE_NAME, PLACE, EVIDENCE };

static const wz_filter table_files[] = { { IDS_FILTER_CSV, "*.csv" } };

static void create(wz_wizard *wz, HWND page)
{
    HWND list = GetDlgItem(page, IDC_COMPATIBILITY_LIST);

    wz_list_create(wz, list, &columns);
    ListView_SetImageList(list, wz->marks, LVSIL_SMALL);
}

/* ---- the list: it holds no rows, it asks for what it shows, so ten thousand findings are there at once ---- */

static bool has_result(const wz_wizard *wz)
{
    return wz->session->scan.state == WZ_SCAN_FINISHED || wz->session->scan.state == WZ_SCAN_STOPPED;
}

/* NULL when the filter shows files, or row is none. */
static const wz_finding *finding_at(const wz_wizard *wz, int row)
{
    const wz_findings *findings = &wz->session->scan.findings;

    if (wz->scan_filter == WZ_SHOW_UNTOLD || row < 0 || (size_t)row >= wz->scan_row_count
        || wz->scan_rows[row] >= findings->count)
        return NULL;
    return &findings->items[wz->scan_rows[row]];
}

static const wz_scanned *untold_at(const wz_wizard *wz, int row)
{
    const wz_scan_result *scan = &wz->session->scan;

    if (wz->scan_filter != WZ_SHOW_UNTOLD || row < 0 || (size_t)row >= wz->scan_row_count
        || wz->scan_rows[row] >= scan->scanned_count)
        return NULL;
    return &scan->scanned[wz->scan_rows[row]];
}

static void finding_cell(const wz_wizard *wz, const wz_finding *finding, int column, wz_text *out)
{
    switch (column) {
    case GRADE:     wz_finding_say_grade(finding, wz->words, out); break;
    case FILE_NAME: wz_text_add(out, wz_path_name(finding->path)); break;
    case PLACE:     wz_finding_say_place(finding, wz->words, out); break;
    case EVIDENCE:  wz_text_add(out, finding->place != NULL ? finding->place : ""); break;
    }
}

static void untold_cell(const wz_wizard *wz, const wz_scanned *file, int column, wz_text *out)
{
    switch (column) {
    case GRADE:     wz_text_add(out, wz_say(wz, IDS_COMPATIBILITY_UNTOLD)); break;
    case FILE_NAME: wz_text_add(out, wz_path_name(file->path)); break;
    case PLACE:     wz_text_add(out, wz_say(wz, wz_scan_place_word(file->place))); break;
    case EVIDENCE:  wz_text_add(out, wz_say(wz, wz_scanned_untold_word(file))); break;
    }
}

static int mark_of(const wz_finding *finding)
{
    if (finding == NULL)
        return WZ_VERDICT_UNKNOWN;
    if (finding->suppressed != NULL || finding->grade == WZ_GRADE_NONE)
        return WZ_VERDICT_READY;
    return finding->grade >= WZ_GRADE_B ? WZ_VERDICT_ACTION : WZ_VERDICT_UNKNOWN;
}

/* While a scan runs the list is empty, so nothing of the worker's is ever asked for. */
static void show_cell(const wz_wizard *wz, LVITEMW *item)
{
    const wz_finding *finding = finding_at(wz, item->iItem);
    const wz_scanned *file = untold_at(wz, item->iItem);

    if ((item->mask & LVIF_IMAGE) != 0)
        item->iImage = mark_of(finding);
    if ((item->mask & LVIF_TEXT) == 0 || item->cchTextMax <= 0)
        return;
    wz_text text = { 0 };
    if (finding != NULL)
        finding_cell(wz, finding, item->iSubItem, &text);
    else if (file != NULL)
        untold_cell(wz, file, item->iSubItem, &text);
    wchar_t *wide = wz_wide_shown(wz_text_at(&text));
    size_t units = wide != NULL ? wcslen(wide) : 0, most = (size_t)item->cchTextMax - 1;

    if (units > most)
        units = most;
    if (units > 0)
        memcpy(item->pszText, wide, units * sizeof *wide);
    item->pszText[units] = L'\0';
    free(wide);
    wz_text_clear(&text);
}

static void forget_rows(wz_wizard *wz, HWND page)
{
    ListView_SetItemCountEx(GetDlgItem(page, IDC_COMPATIBILITY_LIST), 0, 0);
    free(wz->scan_rows);
    wz->scan_rows = NULL;
    wz->scan_row_count = 0;
}

/* ---- what is said of it ---- */

/* Of one row, or, when none is selected, what was looked at and what was not. */
static void show_detail(const wz_wizard *wz, HWND page, int row)
{
    const wz_finding *finding = finding_at(wz, row);
    const wz_scanned *file = untold_at(wz, row);
    wz_text text = { 0 };

    if (finding != NULL)
        wz_scan_say_finding(&wz->session->scan, finding, wz->words, &text);
    else if (file != NULL)
        wz_scan_say_untold(file, wz->words, &text);
    else if (has_result(wz))
        wz_scan_result_say_left(&wz->session->scan, wz->words, &text);
    else
        wz_text_add(&text, wz_say(wz, IDS_COMPATIBILITY_ADVICE));
    char *lines = wz_with_line_ends((wz_view){ wz_text_at(&text), text.length });
    wz_control_set(page, IDC_COMPATIBILITY_DETAIL, lines);
    free(lines);
    wz_text_clear(&text);
}

static void show_result(const wz_wizard *wz, HWND page)
{
    wz_text text = { 0 };

    if (wz->session->opened_from != NULL)
        wz_text_add(&text, wz_say(wz, IDS_COMPATIBILITY_OPENED));
    else if (has_result(wz))
        wz_scan_result_say(&wz->session->scan, wz->words, &text);
    else
        wz_text_add(&text, wz_say(wz, IDS_COMPATIBILITY_LEAD));
    wz_control_set(page, IDC_COMPATIBILITY_RESULT, wz_text_at(&text));
    wz_text_clear(&text);
}

static void show_rows(wz_wizard *wz, HWND page)
{
    HWND list = GetDlgItem(page, IDC_COMPATIBILITY_LIST);

    forget_rows(wz, page);
    wz->scan_row_count = wz_scan_rows(&wz->session->scan, wz->scan_filter, &wz->scan_rows);
    ListView_SetItemState(list, -1, 0, LVIS_SELECTED | LVIS_FOCUSED);
    ListView_SetItemCountEx(list, (int)wz->scan_row_count, 0);
    if (wz->scan_row_count > 0)
        ListView_EnsureVisible(list, 0, FALSE);
    show_detail(wz, page, -1);
}

static void show_filters(const wz_wizard *wz, HWND page)
{
    HWND combo = GetDlgItem(page, IDC_COMPATIBILITY_SHOW);

    SendMessageW(combo, CB_RESETCONTENT, 0, 0);
    for (int filter = 0; has_result(wz) && filter < WZ_SHOW_COUNT; filter++) {
        size_t count = wz_scan_rows(&wz->session->scan, (wz_scan_filter)filter, NULL);
        wz_text text = { 0 };

        wz_scan_filter_say((wz_scan_filter)filter, count, wz->words, &text);
        wz_combo_add(combo, wz_text_at(&text));
        wz_text_clear(&text);
    }
    SendMessageW(combo, CB_SETCURSEL, (WPARAM)wz->scan_filter, 0);
}

static void enable(HWND page, int control, bool enabled)
{
    EnableWindow(GetDlgItem(page, control), enabled);
}

/* A snapshot is of another computer, whose programs are not here. */
static void show_buttons(const wz_wizard *wz, HWND page)
{
    bool can_scan = wz->session->opened_from == NULL;

    enable(page, IDC_COMPATIBILITY_FOLDER, can_scan);
    enable(page, IDC_COMPATIBILITY_BROWSE, can_scan);
    enable(page, IDC_COMPATIBILITY_SCAN, can_scan);
    enable(page, IDC_COMPATIBILITY_STOP, false);
    enable(page, IDC_COMPATIBILITY_SKIP, can_scan && wz->session->scan.state == WZ_SCAN_NOT_RUN);
    enable(page, IDC_COMPATIBILITY_SHOW, has_result(wz));
    enable(page, IDC_COMPATIBILITY_SAVE, has_result(wz));
}

static void fill(wz_wizard *wz, HWND page)
{
    show_filters(wz, page);
    show_rows(wz, page);
    show_result(wz, page);
    show_buttons(wz, page);
}

static void enter(wz_wizard *wz, HWND page)
{
    fill(wz, page);
}

/* ---- scan ---- */

static void scanned(wz_wizard *wz, HWND page)
{
    bool had_focus = GetFocus() == GetDlgItem(page, IDC_COMPATIBILITY_STOP);

    wz->scan_filter = WZ_SHOW_OPEN;
    if (had_focus)                                      /* before it is disabled */
        wz_sheet_focus(wz, GetDlgItem(page, IDC_COMPATIBILITY_LIST));
    fill(wz, page);
    if (wz->work.status != WZ_OK && wz->work.status != WZ_E_CANCELLED)
        wz_tell_error(wz, page, &wz->work.error);
}

static void scan(wz_wizard *wz, HWND page)
{
    char *folder = wz_control_text(page, IDC_COMPATIBILITY_FOLDER);

    forget_rows(wz, page);
    wz_control_set(page, IDC_COMPATIBILITY_DETAIL, "");
    free(wz->work.path);
    wz->work.path = folder[0] != '\0' ? wz_copy(folder) : NULL;
    wz->work.session = wz->session;
    wz_sheet_work(wz, page, wz_work_scan, scanned);
    wz_control_say(wz, page, IDC_COMPATIBILITY_RESULT, IDS_DOING_SCAN_LIST);
    enable(page, IDC_COMPATIBILITY_STOP, true);
    wz_sheet_focus(wz, GetDlgItem(page, IDC_COMPATIBILITY_STOP));
    free(folder);
}

static void stop(wz_wizard *wz, HWND page)
{
    wz_job_cancel(wz->job);
    wz_control_say(wz, page, IDC_COMPATIBILITY_RESULT, IDS_STOPPING);
}

/* The file that is looked at is named at the foot; the numbers, which must not be cut off by it, above. */
static void news(wz_wizard *wz, HWND page, const wz_news *now)
{
    if (now->doing.id != IDS_DOING_SCAN || now->doing.count < 5 || wz_job_is_stopping(wz->job))
        return;
    const char *args[] = { now->doing.args[1], now->doing.args[2], now->doing.args[3], now->doing.args[4] };
    char *text = wz_say_with(wz, IDS_COMPATIBILITY_SCANNED, WZ_COUNT(args), args);

    wz_control_set(page, IDC_COMPATIBILITY_RESULT, text);
    wz_control_set(wz->sheet, IDC_PAGE_BUSY, now->doing.args[0]);
    free(text);
}

static void browse(wz_wizard *wz, HWND page)
{
    char *before = wz_control_text(page, IDC_COMPATIBILITY_FOLDER);
    char *path = wz_browse_folder(wz, page, IDS_COMPATIBILITY_PICK_FOLDER, before);

    if (path != NULL)
        wz_control_set(page, IDC_COMPATIBILITY_FOLDER, path);
    free(path);
    free(before);
}

/* ---- save ---- */

static void saved(wz_wizard *wz, HWND page)
{
    show_buttons(wz, page);
    wz_tell_written(wz, page);
}

static void save(wz_wizard *wz, HWND page)
{
    char *path = wz_browse_save(wz, page, IDS_COMPATIBILITY_PICK_LIST, table_files, WZ_COUNT(table_files),
                                wz_say(wz, IDS_COMPATIBILITY_LIST_NAME));

    if (path == NULL)
        return;
    free(wz->work.path);
    wz->work.path = path;
    wz->work.session = wz->session;
    wz_sheet_work(wz, page, wz_work_scan_list, saved);
}

/* ---- the person ---- */

static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    if (!forward || wz->session->opened_from != NULL || wz->session->scan.state != WZ_SCAN_NOT_RUN)
        return true;
    if (!wz_ask(wz, page, IDS_COMPATIBILITY_QUESTION))
        return false;
    wz_session_skip_scan(wz->session);
    return true;
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    if (control == IDC_COMPATIBILITY_STOP && wz->job != NULL)
        stop(wz, page);
    if (wz->job != NULL)
        return;
    switch (control) {
    case IDC_COMPATIBILITY_BROWSE:
        browse(wz, page);
        break;
    case IDC_COMPATIBILITY_SCAN:
        scan(wz, page);
        break;
    case IDC_COMPATIBILITY_SKIP:
        wz_session_skip_scan(wz->session);
        wz_sheet_next(wz);
        break;
    case IDC_COMPATIBILITY_SAVE:
        save(wz, page);
        break;
    case IDC_COMPATIBILITY_SHOW:
        if (code == CBN_SELCHANGE) {
            wz->scan_filter = (wz_scan_filter)SendDlgItemMessageW(page, control, CB_GETCURSEL, 0, 0);
            show_rows(wz, page);
        }
        break;
    }
}

static void notify(wz_wizard *wz, HWND page, const NMHDR *header)
{
    if (header->idFrom != IDC_COMPATIBILITY_LIST || wz->session == NULL)
        return;
    if (header->code == LVN_GETDISPINFOW)
        show_cell(wz, &((NMLVDISPINFOW *)(uintptr_t)header)->item);
    else if (wz_list_is_new_selection(header))
        show_detail(wz, page, wz_list_selected(header->hwndFrom));
}

static int focus(const wz_wizard *wz)
{
    return wz->session->opened_from != NULL || has_result(wz) ? IDC_COMPATIBILITY_LIST : IDC_COMPATIBILITY_FOLDER;
}

const wz_page wz_page_compatibility = {
    .id = WZ_PAGE_COMPATIBILITY, .dialog = IDD_COMPATIBILITY, .title = IDS_COMPATIBILITY_TITLE,
    .subtitle = IDS_COMPATIBILITY_SUBTITLE, .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors,
    .anchor_count = WZ_COUNT(anchors), .focus = focus, .create = create, .enter = enter, .leave = leave,
    .command = command, .notify = notify, .news = news,
};
