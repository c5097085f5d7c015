/* The pages in their frame: which one is shown, what the buttons do, and the one dialog procedure of all pages. */
#include "ui/wizard.h"

#include <stdlib.h>

#include <commctrl.h>

#include "resource.h"
#include "ui/arrange.h"
#include "ui/foot.h"
#include "ui/frame.h"
#include "ui/help.h"
#include "ui/list.h"

#define PAGES (WZ_PAGE_COUNT - 1)

/* A page in this window. Made when it is first gone to, and kept: it holds what was typed there. */
struct wz_pane { const wz_page *page; wz_wizard *wizard; HWND window; };

static const wz_page *const pages[PAGES] = {
    &wz_page_start, &wz_page_version, &wz_page_prerequisites, &wz_page_target, &wz_page_compatibility,
    &wz_page_files, &wz_page_review, &wz_page_install, &wz_page_after, &wz_page_report,
};

static bool is_page(wz_page_id id)
{
    return id > WZ_PAGE_NONE && id < WZ_PAGE_COUNT;
}

/* ---- buttons ---- */

static void button_set(const wz_wizard *wz, int button, unsigned text)
{
    wz_control_say(wz, wz->sheet, button, text);
}

static bool is_administrator(const wz_wizard *wz)
{
    return wz->session != NULL && wz->session->snapshot != NULL
        && wz_snapshot_flag(wz->session->snapshot, WZ_FACT_ADMINISTRATOR);
}

/* What is installed is not undone by leaving: after the work the button closes, during it it stops. */
static unsigned cancel_text(const wz_wizard *wz, const wz_choices *choices)
{
    if (wz->installing || wz->printing)
        return IDS_BUTTON_STOP;
    return choices->installed && wz->page->id >= WZ_PAGE_AFTER ? IDS_BUTTON_CLOSE : IDS_BUTTON_CANCEL;
}

static void button_show(const wz_wizard *wz, int button, bool is_visible, bool is_enabled)
{
    HWND window = GetDlgItem(wz->sheet, button);

    EnableWindow(window, is_enabled);
    ShowWindow(window, is_visible ? SW_SHOW : SW_HIDE);
}

void wz_sheet_buttons(wz_wizard *wz)
{
    bool is_review = wz->page->id == WZ_PAGE_REVIEW, is_last = wz->page->id == WZ_PAGE_REPORT, rests = wz->job == NULL;
    wz_choices choices = wz_wizard_choices(wz);

    button_set(wz, IDC_FRAME_BACK, IDS_BUTTON_BACK);
    button_set(wz, IDC_FRAME_NEXT, is_review ? IDS_BUTTON_INSTALL : IDS_BUTTON_NEXT);
    button_set(wz, IDC_FRAME_FINISH, IDS_BUTTON_FINISH);
    button_set(wz, IDCANCEL, cancel_text(wz, &choices));
    button_set(wz, IDHELP, IDS_BUTTON_HELP);
    button_show(wz, IDC_FRAME_BACK, true, rests && wz_flow_back(wz->page->id, &choices) != WZ_PAGE_NONE);
    button_show(wz, IDC_FRAME_NEXT, !is_last, rests && !is_last);
    button_show(wz, IDC_FRAME_FINISH, is_last, rests && is_last);
    wz_frame_default(wz->frame, is_last ? IDC_FRAME_FINISH : IDC_FRAME_NEXT);
    if (rests)
        SendDlgItemMessageW(wz->sheet, IDC_FRAME_NEXT, BCM_SETSHIELD, 0, is_review && !is_administrator(wz));
}

/* ---- moving ---- */

void wz_sheet_focus(wz_wizard *wz, HWND control)
{
    SendMessageW(wz->sheet, WM_NEXTDLGCTL, (WPARAM)control, TRUE);
}

void wz_sheet_go(wz_wizard *wz, wz_page_id page)
{
    if (is_page(page))
        PostMessageW(wz->sheet, WM_WZ_GO, (WPARAM)page, 0);
}

void wz_sheet_next(wz_wizard *wz)
{
    wz_choices choices = wz_wizard_choices(wz);

    wz_sheet_go(wz, wz_flow_next(wz->page->id, &choices));
}

static void press(const wz_wizard *wz, int button)
{
    PostMessageW(wz->sheet, WM_COMMAND, MAKEWPARAM(button, BN_CLICKED), (LPARAM)GetDlgItem(wz->sheet, button));
}

void wz_sheet_press_next(wz_wizard *wz)
{
    press(wz, IDC_FRAME_NEXT);
}

void wz_sheet_close(wz_wizard *wz)
{
    press(wz, IDCANCEL);
}

static bool leave(wz_wizard *wz, bool forward)
{
    return wz->page->leave == NULL || wz->page->leave(wz, wz->page_window, forward);
}

/* Going back is never refused. */
static void move(wz_wizard *wz, bool forward)
{
    if (wz->job != NULL || (!leave(wz, forward) && forward))
        return;
    wz_choices choices = wz_wizard_choices(wz);
    wz_sheet_show(wz, forward ? wz_flow_next(wz->page->id, &choices) : wz_flow_back(wz->page->id, &choices));
}

static void finish(wz_wizard *wz)
{
    wz->left_well = wz->job == NULL && leave(wz, true);
    if (wz->left_well)
        wz_frame_close(wz->frame);
}

void wz_sheet_pressed(wz_wizard *wz, int button)
{
    switch (button) {
    case IDC_FRAME_BACK:
    case IDC_FRAME_NEXT:
        move(wz, button == IDC_FRAME_NEXT);
        break;
    case IDC_FRAME_FINISH:
        finish(wz);
        break;
    case IDCANCEL:
        if (wz_busy_may_close(wz, wz->page_window))
            wz_frame_close(wz->frame);
        break;
    case IDHELP:
        wz_help_show(wz);
        break;
    default:
        wz_foot_command(wz, button);
    }
}

/* ---- the one dialog procedure ---- */

static void page_init(wz_pane *pane, HWND window)
{
    const wz_page *page = pane->page;
    wz_wizard *wz = pane->wizard;

    SetWindowLongPtrW(window, DWLP_USER, (LONG_PTR)pane);
    for (size_t i = 0; i < page->label_count; i++)
        wz_control_say(wz, window, page->labels[i].control, page->labels[i].text);
    EnumChildWindows(window, wz_box_tame, 0);
    wz_arrange_begin(window, page->anchors, page->anchor_count);
    if (page->create != NULL)
        page->create(wz, window);
}

static void page_notify(const wz_pane *pane, HWND window, const NMHDR *header)
{
    if (header->code == LVN_KEYDOWN)
        wz_list_keys(header);
    else if (pane->page->notify != NULL)
        pane->page->notify(pane->wizard, window, header);
}

static INT_PTR CALLBACK page_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    const wz_pane *pane = (const wz_pane *)GetWindowLongPtrW(window, DWLP_USER);

    if (message == WM_INITDIALOG) {
        page_init((wz_pane *)lparam, window);
        return FALSE;
    }
    if (wz_arrange_message(window, message, lparam))
        return TRUE;
    if (pane == NULL)
        return FALSE;                               /* messages before WM_INITDIALOG, such as WM_SETFONT */

    switch (message) {
    case WM_COMMAND:
        if (pane->page->command != NULL)
            pane->page->command(pane->wizard, window, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    case WM_WZ_NEWS:
        wz_busy_news(pane->wizard, window);
        return TRUE;
    case WM_TIMER:
        if (pane->page->timer != NULL)
            pane->page->timer(pane->wizard, window);
        return TRUE;
    case WM_DRAWITEM:
        if (pane->page->draw != NULL)
            pane->page->draw(pane->wizard, (const DRAWITEMSTRUCT *)lparam);
        return TRUE;
    case WM_NOTIFY:
        page_notify(pane, window, (const NMHDR *)lparam);
        return FALSE;
    }
    return FALSE;
}

/* ---- showing ---- */

static bool pane_make(wz_pane *pane)
{
    if (pane->window == NULL)
        pane->window = CreateDialogParamW(pane->wizard->program, MAKEINTRESOURCEW(pane->page->dialog),
                                          pane->wizard->sheet, page_proc, (LPARAM)pane);
    return pane->window != NULL;
}

/* On a control that rests while a job runs the focus comes after the job. A page with nothing to work on leaves it to
   Next. */
static void take_focus(wz_wizard *wz)
{
    int wanted = wz->page->focus != NULL ? wz->page->focus(wz) : 0;
    HWND control = wanted != 0 ? GetDlgItem(wz->page_window, wanted) : GetDlgItem(wz->sheet, IDC_FRAME_NEXT);

    if (control != NULL && IsWindowEnabled(control)) {
        wz_sheet_focus(wz, control);
    } else if (wz->job != NULL) {
        wz->focus_before = control;
        wz_sheet_focus(wz, GetDlgItem(wz->sheet, IDCANCEL));
    }
}

void wz_sheet_show(wz_wizard *wz, wz_page_id id)
{
    wz_pane *pane = is_page(id) ? &wz->panes[id - 1] : NULL;
    HWND before = wz->page_window;

    if (pane == NULL || !pane_make(pane))
        return;
    wz->page = pane->page;
    wz->page_window = pane->window;
    wz_frame_place(wz->frame, pane->window);
    wz_frame_head(wz->frame, pane->page->title, pane->page->subtitle);
    wz_sheet_foot(wz);
    if (pane->page->enter != NULL)
        pane->page->enter(wz, pane->window);
    wz_sheet_buttons(wz);
    ShowWindow(pane->window, SW_SHOW);
    take_focus(wz);
    if (before != NULL && before != pane->window)
        ShowWindow(before, SW_HIDE);
}

void wz_sheet_run(wz_wizard *wz, wz_page_id first)
{
    wz_pane panes[PAGES];

    for (size_t i = 0; i < PAGES; i++)
        panes[i] = (wz_pane){ .page = pages[i], .wizard = wz };
    wz->panes = panes;
    wz->page = pages[first - 1];
    wz->closing = false;
    wz->frame = wz_frame_create(wz);
    if (wz->frame != NULL) {
        wz_sheet_show(wz, first);
        ShowWindow(wz->sheet, SW_SHOW);
        take_focus(wz);                             /* again: what is not yet seen cannot have it */
        wz->reopen = false;
        wz_frame_run(wz->frame);
    }
    wz_job_free(wz->job);
    wz->job = NULL;
    wz_frame_free(wz->frame);
    wz->frame = NULL;
    wz->panes = NULL;
}
