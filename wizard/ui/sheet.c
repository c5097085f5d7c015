/*
 * The window around the pages: the system's property sheet in its Wizard97 form. The only file that knows this.
 *
 * The sheet takes its buttons from the language of Windows, so their texts are set from our own strings each time they
 * change. In Wizard97 the caption comes from the page, hence PSP_USETITLE.
 */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include <prsht.h>
#include <commctrl.h>

#include "platform/wide.h"
#include "resource.h"
#include "ui/drop.h"
#include "ui/foot.h"
#include "ui/help.h"
#include "ui/list.h"

/* The sheet's own controls, as in Windows' prsht template. */
#define BUTTON_BACK   0x3023
#define BUTTON_NEXT   0x3024
#define BUTTON_FINISH 0x3025

#define PAGES (WZ_PAGE_COUNT - 1)
#define WM_WZ_ARRIVED (WM_APP + 2)

typedef struct wz_page_init { const wz_page *page; wz_wizard *wizard; } wz_page_init;

static const wz_page *const pages[PAGES] = {
    &wz_page_start, &wz_page_version, &wz_page_prerequisites, &wz_page_target, &wz_page_compatibility,
    &wz_page_files, &wz_page_review, &wz_page_install, &wz_page_after, &wz_page_report,
};

static const wz_page *page_of(wz_page_id id)
{
    return id > WZ_PAGE_NONE && id < WZ_PAGE_COUNT ? pages[id - 1] : NULL;
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

void wz_sheet_buttons(wz_wizard *wz)
{
    bool is_review = wz->page->id == WZ_PAGE_REVIEW, is_last = wz->page->id == WZ_PAGE_REPORT;
    wz_choices choices = wz_wizard_choices(wz);
    DWORD flags = 0;

    if (wz->job == NULL) {
        flags = is_last ? PSWIZB_FINISH : PSWIZB_NEXT;
        if (wz_flow_back(wz->page->id, &choices) != WZ_PAGE_NONE)
            flags |= PSWIZB_BACK;
    } else if (is_last) {
        flags = PSWIZB_DISABLEDFINISH;
    }
    SendMessageW(wz->sheet, PSM_SETWIZBUTTONS, 0, (LPARAM)flags);
    button_set(wz, BUTTON_BACK, IDS_BUTTON_BACK);
    button_set(wz, BUTTON_NEXT, is_review ? IDS_BUTTON_INSTALL : IDS_BUTTON_NEXT);
    button_set(wz, BUTTON_FINISH, IDS_BUTTON_FINISH);
    button_set(wz, IDCANCEL, cancel_text(wz, &choices));
    button_set(wz, IDHELP, IDS_BUTTON_HELP);
    if (wz->job == NULL)
        SendDlgItemMessageW(wz->sheet, BUTTON_NEXT, BCM_SETSHIELD, 0, is_review && !is_administrator(wz));
}

/* ---- moving ---- */

void wz_sheet_focus(wz_wizard *wz, HWND control)
{
    SendMessageW(wz->sheet, WM_NEXTDLGCTL, (WPARAM)control, TRUE);
}

static void go(wz_wizard *wz, wz_page_id id)
{
    const wz_page *page = page_of(id);

    if (page != NULL)
        PostMessageW(wz->sheet, PSM_SETCURSELID, 0, page->dialog);
}

void wz_sheet_next(wz_wizard *wz)
{
    wz_choices choices = wz_wizard_choices(wz);

    go(wz, wz_flow_next(wz->page->id, &choices));
}

void wz_sheet_press_next(wz_wizard *wz)
{
    PostMessageW(wz->sheet, PSM_PRESSBUTTON, PSBTN_NEXT, 0);
}

void wz_sheet_go(wz_wizard *wz, wz_page_id page)
{
    go(wz, page);
}

void wz_sheet_close(wz_wizard *wz)
{
    PostMessageW(wz->sheet, PSM_PRESSBUTTON, PSBTN_CANCEL, 0);
}

/* ---- the sheet's window ---- */

static LRESULT CALLBACK sheet_proc(HWND sheet, UINT message, WPARAM wparam, LPARAM lparam)
{
    wz_wizard *wz = GetPropW(sheet, WZ_SHEET_PROPERTY);

    if (message == WM_QUERYENDSESSION && !wz_busy_may_end(wz))
        return FALSE;
    if (message == WM_SYSCOMMAND && (wparam & 0xFFF0) == SC_CLOSE) {
        wz_sheet_close(wz);                         /* Wine's sheet would ask the page twice */
        return 0;
    }
    if (message == WM_DROPFILES) {
        wz_drop(wz, (HDROP)wparam);
        return 0;
    }
    if (message == WM_HELP) {                       /* F1 on the sheet's own buttons */
        wz_help_show(wz);
        return TRUE;
    }
    if (message == WM_NCDESTROY)
        RemovePropW(sheet, WZ_SHEET_PROPERTY);
    return CallWindowProcW(wz->sheet_proc, sheet, message, wparam, lparam);
}

/* A wizard's frame takes no icon from the header; the task bar and Alt+Tab want one. Shared: not to be destroyed. */
static void sheet_icons(const wz_wizard *wz, HWND sheet)
{
    HICON large = LoadImageW(wz->program, MAKEINTRESOURCEW(IDI_WIZARD), IMAGE_ICON, GetSystemMetrics(SM_CXICON),
                             GetSystemMetrics(SM_CYICON), LR_SHARED);
    HICON small_one = LoadImageW(wz->program, MAKEINTRESOURCEW(IDI_WIZARD), IMAGE_ICON, GetSystemMetrics(SM_CXSMICON),
                                 GetSystemMetrics(SM_CYSMICON), LR_SHARED);

    SendMessageW(sheet, WM_SETICON, ICON_BIG, (LPARAM)large);
    SendMessageW(sheet, WM_SETICON, ICON_SMALL, (LPARAM)small_one);
}

static void sheet_attach(wz_wizard *wz, HWND sheet)
{
    if (wz->sheet == sheet)
        return;
    sheet_icons(wz, sheet);
    wz->sheet = sheet;
    if (wz->reopen)
        SetWindowPos(sheet, NULL, wz->reopen_at.x, wz->reopen_at.y, 0, 0, SWP_NOSIZE | SWP_NOZORDER | SWP_NOACTIVATE);
    SetPropW(sheet, WZ_SHEET_PROPERTY, wz);
    wz->sheet_proc = (WNDPROC)SetWindowLongPtrW(sheet, GWLP_WNDPROC, (LONG_PTR)sheet_proc);
    wz_drop_accept(sheet);
}

/* ---- the one dialog procedure ---- */

static INT_PTR page_result(HWND page, LONG_PTR value)
{
    SetWindowLongPtrW(page, DWLP_MSGRESULT, value);
    return TRUE;
}

static void page_init(HWND page, const wz_page_init *self)
{
    wz_wizard *wz = self->wizard;

    SetWindowLongPtrW(page, DWLP_USER, (LONG_PTR)self);
    sheet_attach(wz, GetParent(page));
    for (size_t i = 0; i < self->page->label_count; i++)
        wz_control_say(wz, page, self->page->labels[i].control, self->page->labels[i].text);
    EnumChildWindows(page, wz_box_tame, 0);
    wz_control_left_to_right(page, IDC_PAGE_CODE);
    if (self->page->create != NULL)
        self->page->create(wz, page);
}

static LONG_PTR page_active(const wz_page_init *self, HWND page)
{
    self->wizard->page = self->page;
    self->wizard->page_window = page;
    wz_sheet_foot(self->wizard);
    if (self->page->enter != NULL)
        self->page->enter(self->wizard, page);
    PostMessageW(page, WM_WZ_ARRIVED, 0, 0);
    return 0;
}

/* The template of the page to go to, or -1 to stay. */
static LONG_PTR page_move(const wz_page_init *self, HWND page, bool forward)
{
    wz_wizard *wz = self->wizard;

    if (wz->job != NULL || (self->page->leave != NULL && !self->page->leave(wz, page, forward) && forward))
        return -1;
    wz_choices choices = wz_wizard_choices(wz);
    const wz_page *to = page_of(forward ? wz_flow_next(self->page->id, &choices)
                                        : wz_flow_back(self->page->id, &choices));
    return to != NULL ? to->dialog : -1;
}

static LONG_PTR page_focus(const wz_page_init *self, HWND page)
{
    int control = self->page->focus != NULL ? self->page->focus(self->wizard) : 0;

    return control != 0 ? (LONG_PTR)GetDlgItem(page, control) : 0;
}

/* Once the page is on the screen. Not every Windows asks with PSN_QUERYINITIALFOCUS, so the focus is put here too; on
   a control that rests while a job runs it comes after the job. A page with nothing to work on leaves it to Next. */
static void page_arrived(const wz_page_init *self, HWND page)
{
    wz_wizard *wz = self->wizard;
    HWND control = (HWND)page_focus(self, page);

    wz_sheet_buttons(wz);
    if (control == NULL)
        control = GetDlgItem(wz->sheet, BUTTON_NEXT);
    if (control != NULL && IsWindowEnabled(control)) {
        wz_sheet_focus(wz, control);
    } else if (wz->job != NULL) {
        wz->focus_before = control;
        wz_sheet_focus(wz, GetDlgItem(wz->sheet, IDCANCEL));
    }
    wz->reopen = false;
}

static bool page_may_finish(const wz_page_init *self, HWND page)
{
    wz_wizard *wz = self->wizard;

    wz->left_well = wz->job == NULL && (self->page->leave == NULL || self->page->leave(wz, page, true));
    return wz->left_well;
}

static INT_PTR page_notify(const wz_page_init *self, HWND page, const NMHDR *header)
{
    switch (header->code) {
    case PSN_SETACTIVE:
        return page_result(page, page_active(self, page));
    case PSN_QUERYINITIALFOCUS:
        return page_result(page, page_focus(self, page));
    case PSN_WIZNEXT:
        return page_result(page, page_move(self, page, true));
    case PSN_WIZBACK:
        return page_result(page, page_move(self, page, false));
    case PSN_WIZFINISH:
        return page_result(page, !page_may_finish(self, page));
    case PSN_HELP:
        wz_help_show(self->wizard);
        return TRUE;
    case PSN_QUERYCANCEL:
        return page_result(page, !wz_busy_may_close(self->wizard, page));
    case LVN_KEYDOWN:
        wz_list_keys(header);
        return FALSE;
    }
    if (self->page->notify != NULL)
        self->page->notify(self->wizard, page, header);
    return FALSE;
}

static INT_PTR CALLBACK page_proc(HWND page, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_INITDIALOG) {
        page_init(page, (const wz_page_init *)((const PROPSHEETPAGEW *)lparam)->lParam);
        return TRUE;
    }
    const wz_page_init *self = (const wz_page_init *)GetWindowLongPtrW(page, DWLP_USER);
    if (self == NULL)
        return FALSE;                               /* messages before WM_INITDIALOG, such as WM_SETFONT */

    switch (message) {
    case WM_COMMAND:
        if (!wz_foot_command(self->wizard, page, LOWORD(wparam)) && self->page->command != NULL)
            self->page->command(self->wizard, page, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    case WM_WZ_ARRIVED:
        page_arrived(self, page);
        return TRUE;
    case WM_WZ_NEWS:
        wz_busy_news(self->wizard, page);
        return TRUE;
    case WM_TIMER:
        if (self->page->timer != NULL)
            self->page->timer(self->wizard, page);
        return TRUE;
    case WM_DRAWITEM:
        if (self->page->draw != NULL)
            self->page->draw(self->wizard, (const DRAWITEMSTRUCT *)lparam);
        return TRUE;
    case WM_HELP:
        wz_help_show(self->wizard);
        return TRUE;
    case WM_NOTIFY:
        return page_notify(self, page, (const NMHDR *)lparam);
    }
    return FALSE;
}

/* ---- open ---- */

typedef struct wz_titles { wchar_t *caption, *title, *subtitle; } wz_titles;

static void page_describe(wz_wizard *wz, const wz_page *page, wz_page_init *init, wz_titles *titles,
                          PROPSHEETPAGEW *out)
{
    const char *args[] = { wz_say(wz, page->title), wz_say(wz, IDS_PRODUCT) };
    char *caption = wz_say_with(wz, IDS_CAPTION, 2, args);

    *init = (wz_page_init){ page, wz };
    titles->caption = wz_wide_from_utf8(caption);
    titles->title = wz_wide_from_utf8(wz_say(wz, page->title));
    titles->subtitle = wz_wide_from_utf8(wz_say(wz, page->subtitle));
    *out = (PROPSHEETPAGEW){
        .dwSize = sizeof *out,
        .dwFlags = PSP_USETITLE | PSP_USEHEADERTITLE | PSP_USEHEADERSUBTITLE | PSP_HASHELP,
        .hInstance = wz->program,
        .pszTitle = titles->caption,
        .pfnDlgProc = page_proc,
        .lParam = (LPARAM)init,
        .pszHeaderTitle = titles->title,
        .pszHeaderSubTitle = titles->subtitle,
    };
    out->pszTemplate = MAKEINTRESOURCEW(page->dialog);
    free(caption);
}

/* What the sheet leaves for it, whatever the resolution: 49 by 49 pixels. */
#define PICTURE 48

/* The picture at the end of the header: the program's icon on the header's own colour. Owned by the caller. */
static HBITMAP header_picture(const wz_wizard *wz)
{
    HICON icon = LoadImageW(wz->program, MAKEINTRESOURCEW(IDI_WIZARD), IMAGE_ICON, PICTURE, PICTURE, 0);
    HDC screen = GetDC(NULL), dc = CreateCompatibleDC(screen);
    HBITMAP bitmap = CreateCompatibleBitmap(screen, PICTURE, PICTURE);
    HGDIOBJ old = SelectObject(dc, bitmap);

    DrawIconEx(dc, 0, 0, icon, PICTURE, PICTURE, 0, GetSysColorBrush(COLOR_WINDOW), DI_NORMAL);
    SelectObject(dc, old);
    DeleteDC(dc);
    ReleaseDC(NULL, screen);
    DestroyIcon(icon);
    return bitmap;
}

void wz_sheet_run(wz_wizard *wz, wz_page_id first)
{
    PROPSHEETPAGEW rows[PAGES];
    wz_page_init inits[PAGES];
    wz_titles titles[PAGES];
    PROPSHEETHEADERW header = {
        .dwSize = sizeof header,
        .dwFlags = PSH_PROPSHEETPAGE | PSH_WIZARD97 | PSH_HEADER | PSH_USEHBMHEADER | PSH_HASHELP,
        .hInstance = wz->program,
        .nPages = PAGES,
    };

    for (size_t i = 0; i < PAGES; i++)
        page_describe(wz, pages[i], &inits[i], &titles[i], &rows[i]);
    header.ppsp = rows;
    header.hbmHeader = wz_strings_are_rtl(wz->strings) ? NULL : header_picture(wz);    /* it would be drawn mirrored */
    header.nStartPage = (UINT)first - 1;
    wz->page = page_of(first);
    wz->closing = false;
    HHOOK keys = SetWindowsHookExW(WH_MSGFILTER, wz_page_keys, NULL, GetCurrentThreadId());
    if (PropertySheetW(&header) < 0)
        wz->reopen = false;
    if (keys != NULL)
        UnhookWindowsHookEx(keys);
    DeleteObject(header.hbmHeader);
    wz_job_free(wz->job);
    wz->job = NULL;
    wz->sheet = NULL;
    for (size_t i = 0; i < PAGES; i++) {
        free(titles[i].subtitle);
        free(titles[i].title);
        free(titles[i].caption);
    }
}
