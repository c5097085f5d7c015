#include "ui/frame.h"

#include <stdlib.h>

#include "resource.h"
#include "ui/arrange.h"
#include "ui/drop.h"
#include "ui/help.h"

struct wz_frame {
    wz_wizard      *wz;
    HWND            window;
    HFONT           title_font;
    HICON           icon;               /* that of the header */
    bool            is_closed;
};

/* The page is put in the place of IDC_FRAME_PAGE after these: resized. */
static const wz_anchor anchors[] = {
    { IDC_FRAME_TITLE,       0,   0,   100, 0   }, { IDC_FRAME_SUBTITLE,    0,   0,   100, 0   },
    { IDC_FRAME_ICON,        100, 0,   100, 0   }, { IDC_FRAME_HEADER_RULE, 0,   0,   100, 0   },
    { IDC_FRAME_PAGE,        0,   0,   100, 100 },
    { IDC_PAGE_NUMBER,       0,   100, 0,   100 }, { IDC_PAGE_BUSY,         0,   100, 100, 100 },
    { IDC_PAGE_BAR,          100, 100, 100, 100 }, { IDC_PAGE_CATALOGUE,    0,   100, 100, 100 },
    { IDC_PAGE_CODE_LABEL,   0,   100, 0,   100 }, { IDC_PAGE_CODE,         0,   100, 0,   100 },
    { IDC_PAGE_CODE_COPY,    100, 100, 100, 100 }, { IDC_PAGE_CODE_LARGE,   100, 100, 100, 100 },
    { IDC_PAGE_COPY,         100, 100, 100, 100 },
    { IDC_FRAME_RULE,        0,   100, 100, 100 }, { IDC_FRAME_BACK,        100, 100, 100, 100 },
    { IDC_FRAME_NEXT,        100, 100, 100, 100 }, { IDC_FRAME_FINISH,      100, 100, 100, 100 },
    { IDCANCEL,              100, 100, 100, 100 }, { IDHELP,                100, 100, 100, 100 },
};

/* ---- look ---- */

/* The icon of the task bar and of Alt+Tab. Shared: not to be destroyed. */
static void set_icon(const wz_frame *frame, WPARAM kind, int width, int height)
{
    HICON icon = LoadImageW(frame->wz->program, MAKEINTRESOURCEW(IDI_WIZARD), IMAGE_ICON, GetSystemMetrics(width),
                            GetSystemMetrics(height), LR_SHARED);

    SendMessageW(frame->window, WM_SETICON, kind, (LPARAM)icon);
}

static RECT child_place(const wz_frame *frame, int control)
{
    RECT place = { 0 };

    GetWindowRect(GetDlgItem(frame->window, control), &place);
    MapWindowPoints(NULL, frame->window, (POINT *)&place, 2);
    return place;
}

/* Square, as large as the header has room for, whatever the resolution. */
static int icon_size(const wz_frame *frame)
{
    RECT place = child_place(frame, IDC_FRAME_ICON);
    int width = place.right - place.left, height = place.bottom - place.top;

    return width < height ? width : height;
}

static void make_fonts(wz_frame *frame)
{
    HWND title = GetDlgItem(frame->window, IDC_FRAME_TITLE);

    frame->wz->heading = wz_font_bold(title, 6);
    frame->title_font = wz_font_bold(title, 5);
    SendMessageW(title, WM_SETFONT, (WPARAM)frame->title_font, FALSE);
}

/* The header has the colours of a document, the rest those of a dialog. */
static void erase(const wz_frame *frame, HDC dc)
{
    RECT area, header = child_place(frame, IDC_FRAME_HEADER_RULE);

    GetClientRect(frame->window, &area);
    RECT below = area;
    below.top = area.bottom < header.top ? area.bottom : header.top;
    area.bottom = below.top;
    FillRect(dc, &area, GetSysColorBrush(COLOR_WINDOW));
    FillRect(dc, &below, GetSysColorBrush(COLOR_BTNFACE));
}

static bool is_of_header(HWND control)
{
    int id = GetDlgCtrlID(control);

    return id == IDC_FRAME_TITLE || id == IDC_FRAME_SUBTITLE;
}

static INT_PTR header_brush(HDC dc)
{
    SetTextColor(dc, GetSysColor(COLOR_WINDOWTEXT));
    SetBkColor(dc, GetSysColor(COLOR_WINDOW));
    return (INT_PTR)GetSysColorBrush(COLOR_WINDOW);
}

/* At the far edge. Its window is never mirrored, see frame_init. */
static void draw_icon(const wz_frame *frame, const DRAWITEMSTRUCT *item)
{
    int size = icon_size(frame);
    int left = wz_strings_are_rtl(frame->wz->strings) ? item->rcItem.left : item->rcItem.right - size;

    FillRect(item->hDC, &item->rcItem, GetSysColorBrush(COLOR_WINDOW));
    DrawIconEx(item->hDC, left, item->rcItem.top, frame->icon, size, size, 0, NULL, DI_NORMAL);
}

/* ---- size ---- */

static void resized(const wz_frame *frame)
{
    if (IsIconic(frame->window))
        return;
    if (frame->wz->page_window != NULL)
        wz_frame_place(frame, frame->wz->page_window);
    InvalidateRect(frame->window, NULL, TRUE);
}

void wz_frame_place(const wz_frame *frame, HWND page)
{
    RECT place = child_place(frame, IDC_FRAME_PAGE);

    SetWindowPos(page, GetDlgItem(frame->window, IDC_FRAME_PAGE), place.left, place.top, place.right - place.left,
                 place.bottom - place.top, SWP_NOACTIVATE);
}

/* ---- the dialog ---- */

static void frame_init(wz_frame *frame, HWND window)
{
    frame->window = window;
    frame->wz->sheet = window;
    set_icon(frame, ICON_BIG, SM_CXICON, SM_CYICON);
    set_icon(frame, ICON_SMALL, SM_CXSMICON, SM_CYSMICON);
    frame->icon = LoadImageW(frame->wz->program, MAKEINTRESOURCEW(IDI_WIZARD), IMAGE_ICON, icon_size(frame),
                             icon_size(frame), 0);
    make_fonts(frame);
    wz_control_left_to_right(window, IDC_PAGE_CODE);
    wz_control_left_to_right(window, IDC_FRAME_ICON);            /* a dial with a number, not to be turned round */
    wz_drop_accept(window);
    wz_arrange_begin(window, anchors, WZ_COUNT(anchors));
    if (frame->wz->reopen)
        SetWindowPlacement(window, &frame->wz->reopen_at);       /* shows the window too */
}

/* Buttons of the frame, of the foot, and of the page: Enter on one of those comes here as well. */
static void frame_command(const wz_frame *frame, int control, WPARAM wparam, LPARAM lparam)
{
    wz_wizard *wz = frame->wz;
    HWND from = GetDlgItem(frame->window, control);

    if (from == NULL && wz->page_window != NULL && GetDlgItem(wz->page_window, control) != NULL)
        SendMessageW(wz->page_window, WM_COMMAND, wparam, lparam);
    else if (from != NULL && IsWindowEnabled(from) && HIWORD(wparam) == BN_CLICKED)
        wz_sheet_pressed(wz, control);
}

static INT_PTR frame_result(HWND window, LONG_PTR value)
{
    SetWindowLongPtrW(window, DWLP_MSGRESULT, value);
    return TRUE;
}

static INT_PTR CALLBACK frame_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    wz_frame *frame = (wz_frame *)GetWindowLongPtrW(window, DWLP_USER);

    if (message == WM_INITDIALOG) {
        SetWindowLongPtrW(window, DWLP_USER, lparam);
        frame_init((wz_frame *)lparam, window);
        return FALSE;
    }
    bool is_done = wz_arrange_message(window, message, lparam);
    if (frame == NULL || (is_done && message != WM_SIZE))
        return is_done;
    switch (message) {
    case WM_COMMAND:
        frame_command(frame, LOWORD(wparam), wparam, lparam);
        return TRUE;
    case WM_CLOSE:
        wz_sheet_pressed(frame->wz, IDCANCEL);
        return TRUE;
    case WM_WZ_GO:
        wz_sheet_show(frame->wz, (wz_page_id)wparam);
        return TRUE;
    case WM_SIZE:
        resized(frame);
        return TRUE;
    case WM_ERASEBKGND:
        erase(frame, (HDC)wparam);
        return frame_result(window, TRUE);
    case WM_CTLCOLORSTATIC:
        return is_of_header((HWND)lparam) ? header_brush((HDC)wparam) : FALSE;
    case WM_DRAWITEM:
        draw_icon(frame, (const DRAWITEMSTRUCT *)lparam);
        return TRUE;
    case WM_DROPFILES:
        wz_drop(frame->wz, (HDROP)wparam);
        return TRUE;
    case WM_HELP:
        wz_help_show(frame->wz);
        return TRUE;
    case WM_QUERYENDSESSION:
        return frame_result(window, wz_busy_may_end(frame->wz));
    }
    return FALSE;
}

/* ---- begin, run, end ---- */

wz_frame *wz_frame_create(wz_wizard *wz)
{
    wz_frame *frame = wz_new(wz_frame);

    frame->wz = wz;
    if (CreateDialogParamW(wz->program, MAKEINTRESOURCEW(IDD_FRAME), NULL, frame_proc, (LPARAM)frame) != NULL)
        return frame;
    wz_frame_free(frame);
    return NULL;
}

void wz_frame_free(wz_frame *frame)
{
    if (frame == NULL)
        return;
    frame->wz->page_window = NULL;
    frame->wz->sheet = NULL;
    if (frame->window != NULL)
        DestroyWindow(frame->window);
    if (frame->icon != NULL)
        DestroyIcon(frame->icon);
    if (frame->title_font != NULL)
        DeleteObject(frame->title_font);
    if (frame->wz->heading != NULL)
        DeleteObject(frame->wz->heading);
    frame->wz->heading = NULL;
    free(frame);
}

void wz_frame_run(wz_frame *frame)
{
    MSG message;

    while (!frame->is_closed && GetMessageW(&message, NULL, 0, 0) > 0) {
        if (wz_page_key(frame->wz, &message) || IsDialogMessageW(frame->window, &message))
            continue;
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
}

void wz_frame_close(wz_frame *frame)
{
    frame->is_closed = true;
    PostMessageW(frame->window, WM_NULL, 0, 0);     /* so that wz_frame_run looks */
}

void wz_frame_head(const wz_frame *frame, unsigned title, unsigned subtitle)
{
    const wz_wizard *wz = frame->wz;
    const char *args[] = { wz_say(wz, title), wz_say(wz, IDS_PRODUCT) };
    char *caption = wz_say_with(wz, IDS_CAPTION, 2, args);

    wz_control_say(wz, frame->window, IDC_FRAME_TITLE, title);
    wz_control_say(wz, frame->window, IDC_FRAME_SUBTITLE, subtitle);
    wz_window_set(frame->window, caption);
    free(caption);
}

void wz_frame_default(const wz_frame *frame, int button)
{
    SendMessageW(frame->window, DM_SETDEFID, (WPARAM)button, 0);
}
