/* See paper.h: the window that shows the pages before they are printed. */
#include "ui/paper.h"

#include <stdlib.h>

#include "platform/paper.h"
#include "resource.h"

#define VIEW_CLASS L"Build6003WizardPaper"       /* also in dialogs.rc */
#define EDGE       8                             /* around a page, at 96 to the inch */

typedef struct wz_preview {
    const wz_wizard   *wz;
    const wz_printout *printout;
    const wz_words    *words;
    size_t             leaf;
    bool               fits_width;               /* else the whole page is seen */
    int                scroll;                   /* pixels of the page above the view */
    HWND               dialog, view;
} wz_preview;

/* ---- where the page is in the view ---- */

typedef struct wz_scene { int x, y, width, height, per_inch, range; } wz_scene;

static int edge_of(HWND view)
{
    HDC dc = GetDC(view);
    int edge = MulDiv(EDGE, GetDeviceCaps(dc, LOGPIXELSX), 96);

    ReleaseDC(view, dc);
    return edge;
}

static wz_scene scene_of(const wz_preview *preview)
{
    const wz_paper *paper = &preview->printout->paper;
    int edge = edge_of(preview->view), per_inch;
    wz_scene scene = { 0 };
    RECT area;

    GetClientRect(preview->view, &area);
    per_inch = MulDiv(area.right - 2 * edge, WZ_PAPER_INCH, paper->width);
    if (!preview->fits_width && MulDiv(area.bottom - 2 * edge, WZ_PAPER_INCH, paper->height) < per_inch)
        per_inch = MulDiv(area.bottom - 2 * edge, WZ_PAPER_INCH, paper->height);
    scene.per_inch = per_inch > 10 ? per_inch : 10;
    scene.width = MulDiv(paper->width, scene.per_inch, WZ_PAPER_INCH);
    scene.height = MulDiv(paper->height, scene.per_inch, WZ_PAPER_INCH);
    scene.range = scene.height + 2 * edge - area.bottom;
    scene.range = scene.range > 0 ? scene.range : 0;
    scene.x = (area.right - scene.width) / 2;
    scene.y = scene.range > 0 ? edge - preview->scroll : (area.bottom - scene.height) / 2;
    return scene;
}

static void scroll_to(wz_preview *preview, int to)
{
    wz_scene scene = scene_of(preview);
    RECT area;

    GetClientRect(preview->view, &area);
    preview->scroll = to > scene.range ? scene.range : to < 0 ? 0 : to;
    SCROLLINFO info = { .cbSize = sizeof info, .fMask = SIF_ALL | SIF_DISABLENOSCROLL, .nPage = (UINT)area.bottom,
                        .nMax = scene.range + area.bottom - 1, .nPos = preview->scroll };

    SetScrollInfo(preview->view, SB_VERT, &info, TRUE);
    InvalidateRect(preview->view, NULL, FALSE);
}

static void show_number(const wz_preview *preview)
{
    wz_text number = { 0 }, all = { 0 };

    wz_text_add_count(&number, preview->leaf + 1);
    wz_text_add_count(&all, preview->printout->leaf_count);
    const char *args[] = { wz_text_at(&number), wz_text_at(&all) };
    char *text = wz_say_with(preview->wz, IDS_PRINT_PAGE_OF, 2, args);
    wz_control_set(preview->dialog, IDC_PREVIEW_NUMBER, text);
    free(text);
    wz_text_clear(&all);
    wz_text_clear(&number);
}

static void enable(const wz_preview *preview, int button, bool is_on)
{
    HWND window = GetDlgItem(preview->dialog, button);

    if (!is_on && GetFocus() == window)              /* a disabled button keeps no focus */
        SendMessageW(preview->dialog, WM_NEXTDLGCTL, (WPARAM)preview->view, TRUE);
    EnableWindow(window, is_on);
}

static void turn_to(wz_preview *preview, size_t leaf, bool at_end)
{
    preview->leaf = leaf;
    scroll_to(preview, at_end ? scene_of(preview).range : 0);
    show_number(preview);
    enable(preview, IDC_PREVIEW_PREVIOUS, leaf > 0);
    enable(preview, IDC_PREVIEW_NEXT, leaf + 1 < preview->printout->leaf_count);
}

/* So far down the page, or up; beyond its end to the next page. */
static void move_by(wz_preview *preview, int pixels)
{
    int range = scene_of(preview).range;

    if (pixels > 0 && preview->scroll >= range && preview->leaf + 1 < preview->printout->leaf_count)
        turn_to(preview, preview->leaf + 1, false);
    else if (pixels < 0 && preview->scroll <= 0 && preview->leaf > 0)
        turn_to(preview, preview->leaf - 1, true);
    else
        scroll_to(preview, preview->scroll + pixels);
}

/* ---- the view ---- */

static void draw(const wz_preview *preview, HDC dc, const RECT *area)
{
    wz_scene scene = scene_of(preview);
    wz_place place = { scene.x, scene.y, scene.per_inch, scene.per_inch };
    RECT page = { scene.x, scene.y, scene.x + scene.width, scene.y + scene.height };

    FillRect(dc, area, GetSysColorBrush(COLOR_APPWORKSPACE));
    FillRect(dc, &page, GetStockObject(WHITE_BRUSH));
    wz_paper_draw(dc, preview->printout, preview->leaf, preview->words->language, &place);
    InflateRect(&page, 1, 1);
    FrameRect(dc, &page, GetSysColorBrush(COLOR_WINDOWFRAME));
    if (GetFocus() == preview->view)
        DrawFocusRect(dc, area);
}

/* Drawn aside first, so that it does not flicker. */
static void paint(const wz_preview *preview)
{
    PAINTSTRUCT painting;
    HDC dc = BeginPaint(preview->view, &painting), aside = CreateCompatibleDC(dc);
    RECT area;

    GetClientRect(preview->view, &area);
    HBITMAP bitmap = CreateCompatibleBitmap(dc, area.right, area.bottom);
    HGDIOBJ old = SelectObject(aside, bitmap);
    draw(preview, aside, &area);
    BitBlt(dc, 0, 0, area.right, area.bottom, aside, 0, 0, SRCCOPY);
    SelectObject(aside, old);
    DeleteObject(bitmap);
    DeleteDC(aside);
    EndPaint(preview->view, &painting);
}

static int screenful(const wz_preview *preview)
{
    RECT area;

    GetClientRect(preview->view, &area);
    return area.bottom * 9 / 10;
}

static void on_key(wz_preview *preview, WPARAM key)
{
    switch (key) {
    case VK_DOWN:  move_by(preview, screenful(preview) / 10);  break;
    case VK_UP:    move_by(preview, -screenful(preview) / 10); break;
    case VK_NEXT:  move_by(preview, screenful(preview));       break;
    case VK_PRIOR: move_by(preview, -screenful(preview));      break;
    case VK_HOME:  turn_to(preview, 0, false);                 break;
    case VK_END:   turn_to(preview, preview->printout->leaf_count - 1, true); break;
    }
}

static void on_scroll(wz_preview *preview, WPARAM what)
{
    SCROLLINFO info = { .cbSize = sizeof info, .fMask = SIF_TRACKPOS };

    switch (LOWORD(what)) {
    case SB_LINEDOWN: scroll_to(preview, preview->scroll + screenful(preview) / 10); break;
    case SB_LINEUP:   scroll_to(preview, preview->scroll - screenful(preview) / 10); break;
    case SB_PAGEDOWN: scroll_to(preview, preview->scroll + screenful(preview));      break;
    case SB_PAGEUP:   scroll_to(preview, preview->scroll - screenful(preview));      break;
    case SB_THUMBTRACK:
    case SB_THUMBPOSITION:
        GetScrollInfo(preview->view, SB_VERT, &info);
        scroll_to(preview, info.nTrackPos);
        break;
    }
}

static LRESULT CALLBACK view_proc(HWND view, UINT message, WPARAM wparam, LPARAM lparam)
{
    wz_preview *preview = (wz_preview *)GetWindowLongPtrW(view, GWLP_USERDATA);

    if (preview == NULL)
        return DefWindowProcW(view, message, wparam, lparam);
    switch (message) {
    case WM_PAINT:       paint(preview); return 0;
    case WM_ERASEBKGND:  return 1;
    case WM_GETDLGCODE:  return DLGC_WANTARROWS;
    case WM_KEYDOWN:     on_key(preview, wparam); return 0;
    case WM_VSCROLL:     on_scroll(preview, wparam); return 0;
    case WM_MOUSEWHEEL:  move_by(preview, -GET_WHEEL_DELTA_WPARAM(wparam)); return 0;
    case WM_LBUTTONDOWN: SetFocus(view); return 0;
    case WM_SETFOCUS:
    case WM_KILLFOCUS:   InvalidateRect(view, NULL, FALSE); return 0;
    }
    return DefWindowProcW(view, message, wparam, lparam);
}

/* ---- the dialog ---- */

/* The view takes the room below the buttons; Print and Close keep to the far edge. */
static const wz_anchor anchors[] = {
    { IDC_PREVIEW_PRINT, 100, 0, 100, 0   }, { IDCANCEL, 100, 0, 100, 0 },
    { IDC_PREVIEW_VIEW,  0,   0, 100, 100 },
};

/* As large as the screen allows, so that letters can be read. */
static void enlarge(wz_preview *preview)
{
    MONITORINFO screen = { .cbSize = sizeof screen };
    RECT window;

    GetWindowRect(preview->dialog, &window);
    int least = window.right - window.left;
    GetMonitorInfoW(MonitorFromWindow(preview->dialog, MONITOR_DEFAULTTONEAREST), &screen);
    int room = screen.rcWork.right - screen.rcWork.left, height = screen.rcWork.bottom - screen.rcWork.top;
    int width = MulDiv(height, 9, 10);

    width = width < least ? least : width > room ? room : width;
    MoveWindow(preview->dialog, screen.rcWork.left + (room - width) / 2, screen.rcWork.top + height / 20, width,
               height * 9 / 10, TRUE);
}

static void preview_init(wz_preview *preview, HWND dialog)
{
    const wz_wizard *wz = preview->wz;
    const char *args[] = { preview->printout->name };
    char *title = wz_say_with(wz, IDS_PREVIEW_TITLE, 1, args);

    preview->dialog = dialog;
    preview->view = GetDlgItem(dialog, IDC_PREVIEW_VIEW);
    preview->fits_width = true;
    wz_window_set(dialog, title);
    wz_control_say(wz, dialog, IDC_PREVIEW_PREVIOUS, IDS_PREVIEW_PREVIOUS);
    wz_control_say(wz, dialog, IDC_PREVIEW_NEXT, IDS_PREVIEW_NEXT);
    wz_control_say(wz, dialog, IDC_PREVIEW_WIDTH, IDS_PREVIEW_WIDTH);
    wz_control_say(wz, dialog, IDC_PREVIEW_PRINT, IDS_PREVIEW_PRINT);
    wz_control_say(wz, dialog, IDCANCEL, IDS_BUTTON_CLOSE);
    CheckDlgButton(dialog, IDC_PREVIEW_WIDTH, BST_CHECKED);
    /* a page is turned round by who draws it, not by the window */
    SetWindowLongPtrW(preview->view, GWL_EXSTYLE,
                      GetWindowLongPtrW(preview->view, GWL_EXSTYLE) & ~(LONG_PTR)WS_EX_LAYOUTRTL);
    SetWindowLongPtrW(preview->view, GWLP_USERDATA, (LONG_PTR)preview);
    wz_arrange_begin(dialog, anchors, WZ_COUNT(anchors));
    enlarge(preview);
    turn_to(preview, 0, false);
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)preview->view, TRUE);
    free(title);
}

static void preview_command(wz_preview *preview, int control)
{
    switch (control) {
    case IDC_PREVIEW_PREVIOUS: turn_to(preview, preview->leaf - (preview->leaf > 0), false); break;
    case IDC_PREVIEW_NEXT:
        turn_to(preview, preview->leaf + (preview->leaf + 1 < preview->printout->leaf_count), false);
        break;
    case IDC_PREVIEW_WIDTH:
        preview->fits_width = IsDlgButtonChecked(preview->dialog, IDC_PREVIEW_WIDTH) == BST_CHECKED;
        scroll_to(preview, 0);
        break;
    case IDC_PREVIEW_PRINT:
    case IDCANCEL: EndDialog(preview->dialog, control); break;
    }
}

static INT_PTR CALLBACK preview_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    wz_preview *preview = (wz_preview *)GetWindowLongPtrW(dialog, DWLP_USER);

    if (message == WM_INITDIALOG) {
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        preview_init((wz_preview *)lparam, dialog);
        return FALSE;
    }
    bool is_done = wz_arrange_message(dialog, message, lparam);
    if (preview == NULL || preview->view == NULL)
        return is_done;
    switch (message) {
    case WM_COMMAND:
        preview_command(preview, LOWORD(wparam));
        return TRUE;
    case WM_SIZE:
        scroll_to(preview, preview->scroll);
        return TRUE;
    }
    return is_done;
}

bool wz_preview_show(const wz_wizard *wz, HWND page, const wz_printout *printout, const wz_words *words)
{
    wz_preview preview = { .wz = wz, .printout = printout, .words = words };
    WNDCLASSW class = { .lpfnWndProc = view_proc, .hInstance = wz->program, .lpszClassName = VIEW_CLASS,
                        .hCursor = LoadCursorW(NULL, (const wchar_t *)IDC_ARROW) };

    RegisterClassW(&class);
    INT_PTR answer = DialogBoxParamW(wz->program, MAKEINTRESOURCEW(IDD_PREVIEW), GetAncestor(page, GA_ROOT),
                                     preview_proc, (LPARAM)&preview);
    UnregisterClassW(VIEW_CLASS, wz->program);
    return answer == IDC_PREVIEW_PRINT;
}
