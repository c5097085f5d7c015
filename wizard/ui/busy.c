/* While a job runs: what rests, what is shown, and what Cancel and a shutdown of Windows mean. */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "platform/wide.h"
#include "resource.h"

/* Buttons, boxes and edits rest while a job runs; lists and read-only texts may be read meanwhile. */
static BOOL CALLBACK disable_child(HWND child, LPARAM parameter)
{
    wz_wizard *wz = (wz_wizard *)parameter;
    wchar_t name[16] = L"";

    GetClassNameW(child, name, ARRAYSIZE(name));
    bool is_input = wcscmp(name, L"Button") == 0 || wcscmp(name, L"ComboBox") == 0
                 || (wcscmp(name, L"Edit") == 0 && (GetWindowLongPtrW(child, GWL_STYLE) & ES_READONLY) == 0);
    int  id = GetDlgCtrlID(child);
    bool is_for_waiting = id == IDC_INSTALL_CARD || id == IDC_COMPATIBILITY_STOP;   /* wanted just when it takes long */
    if (is_input && !is_for_waiting && IsWindowEnabled(child) && wz->disabled_count < WZ_MAX_DISABLED) {
        EnableWindow(child, FALSE);
        wz->disabled[wz->disabled_count++] = child;
    }
    return TRUE;
}

static const int foot_buttons[] = { IDC_PAGE_CODE_COPY, IDC_PAGE_CODE_LARGE, IDC_PAGE_COPY };

void wz_sheet_work(wz_wizard *wz, HWND page, wz_job_work *work, wz_work_done *done)
{
    HWND focus = GetFocus();

    wz_phrase_clear(&wz->work.why);
    wz->work.words = wz_strings_words(wz->strings);
    wz->work.report_words = wz_report_words(wz);
    wz->work.status = WZ_OK;
    wz->work.error = (wz_error){ 0 };
    wz->done = done;
    wz->focus_before = focus;
    wz->job = wz_job_start(page, work, &wz->work);
    wz_sheet_buttons(wz);
    if (focus != NULL && GetAncestor(focus, GA_ROOT) == wz->sheet)
        wz_sheet_focus(wz, GetDlgItem(wz->sheet, IDCANCEL));      /* before what has the focus is disabled */
    EnumChildWindows(page, disable_child, (LPARAM)wz);
    for (size_t i = 0; i < WZ_COUNT(foot_buttons); i++)
        disable_child(GetDlgItem(wz->sheet, foot_buttons[i]), (LPARAM)wz);
    SendDlgItemMessageW(wz->sheet, IDC_PAGE_BAR, PBM_SETRANGE32, 0, 1000);
    SendDlgItemMessageW(wz->sheet, IDC_PAGE_BAR, PBM_SETPOS, 0, 0);
    if (wz->page->id != WZ_PAGE_INSTALL)
        ShowWindow(GetDlgItem(wz->sheet, IDC_PAGE_BAR), SW_SHOW);
}

static void block_shutdown(const wz_wizard *wz)
{
    wchar_t *reason = wz_wide_from_utf8(wz_say(wz, IDS_SHUTDOWN_REASON));

    if (reason != NULL)
        ShutdownBlockReasonCreate(wz->sheet, reason);
    free(reason);
}

static void stop_installing(wz_wizard *wz)
{
    wz_job_cancel(wz->job);
    wz_control_say(wz, wz->page_window, IDC_INSTALL_STEP, IDS_INSTALL_STOPPING);
}

static void work_finished(wz_wizard *wz, HWND page)
{
    HWND focus = GetFocus();

    wz_job_free(wz->job);
    wz->job = NULL;
    if (wz->installing)
        ShutdownBlockReasonDestroy(wz->sheet);
    wz->installing = false;
    for (size_t i = 0; i < wz->disabled_count; i++)
        EnableWindow(wz->disabled[i], TRUE);
    wz->disabled_count = 0;
    ShowWindow(GetDlgItem(wz->sheet, IDC_PAGE_BAR), SW_HIDE);
    wz_sheet_foot(wz);
    wz_sheet_buttons(wz);
    if (focus == GetDlgItem(wz->sheet, IDCANCEL) && IsWindow(wz->focus_before) && IsWindowEnabled(wz->focus_before))
        wz_sheet_focus(wz, wz->focus_before);
    if (wz->closing)
        wz_sheet_close(wz);
    else
        wz->done(wz, page);
}

void wz_busy_news(wz_wizard *wz, HWND page)
{
    wz_news news;

    if (wz->job == NULL)
        return;
    wz_job_fetch(wz->job, &news);
    if (wz->page->id != WZ_PAGE_INSTALL && news.doing.id != 0)
        wz_control_phrase(wz, wz->sheet, IDC_PAGE_BUSY, &news.doing);
    SendDlgItemMessageW(wz->sheet, IDC_PAGE_BAR, PBM_SETPOS, news.permille, 0);
    if (wz->page->news != NULL)
        wz->page->news(wz, page, &news);
    bool finished = news.finished;
    wz_news_clear(&news);
    if (finished)
        work_finished(wz, page);
}

bool wz_busy_may_close(wz_wizard *wz, HWND page)
{
    if (wz->job == NULL)
        return true;
    if (!wz->installing) {
        wz->closing = !wz->printing;
        wz_job_cancel(wz->job);
        wz_control_say(wz, wz->sheet, IDC_PAGE_BUSY, IDS_STOPPING);
    } else if (wz_job_is_stopping(wz->job) || !wz_ask(wz, page, IDS_STOP_QUESTION)) {
        return false;
    } else if (wz->job != NULL) {                   /* it may have finished behind the question */
        stop_installing(wz);
    }
    return false;
}

bool wz_busy_may_end(wz_wizard *wz)
{
    if (wz->job == NULL)
        return true;
    if (!wz->installing) {
        wz_job_cancel(wz->job);
        return true;
    }
    stop_installing(wz);
    block_shutdown(wz);
    return false;
}
