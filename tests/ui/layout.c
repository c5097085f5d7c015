#include "ui/layout.h"

#include "check.h"
#include "resource.h"
#include "ui/drive_private.h"

#include <stdarg.h>

#define ITEMS       64
#define TEXT_UNITS  1024
#define BUTTON_EDGE 6                  /* pixels at 96 dpi of a push button that are no text, both sides */
#define BOX_EDGE    17                 /* the box or circle and its gap */
#define COMBO_EDGE  24                 /* the arrow and the border */
#define CELL_EDGE   12                 /* around the text of a cell or column header */
#define ICON_EDGE   20
#define SHEET_WIDTH  800
#define SHEET_HEIGHT (600 - 48)        /* without the taskbar: uxguide/vis-layout.md */

typedef struct item {
    HWND    window;
    int     id;
    DWORD   style;
    bool    visible;
    RECT    area;                      /* in the window */
    bool    is_of_page;          /* else of the frame around it */
    wchar_t class_name[32];
    wchar_t text[TEXT_UNITS];          /* "" for lists and boxes to type in */
} item;

typedef struct look {
    wz_drive *d;
    HDC       dc;
    int       dpi;
    HFONT     font, large, title;      /* large: the heading of page 2; title: that of the frame */
    unsigned  faults;
    size_t    count;
    item      items[ITEMS];            /* in z-order, which is tab order */
} look;

static void fault(look *l, const item *at, const char *format, ...)
{
    char    sentence[512];
    va_list args;

    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    print_error("page %u, control %d \"%s\": %s\n", drive_page(l->d), at != NULL ? at->id : 0,
                at != NULL ? drive_utf8(l->d, at->text) : "", sentence);
    l->faults++;
}

static bool is_a(const item *it, const wchar_t *class_name)
{
    return wcscmp(it->class_name, class_name) == 0;
}

static DWORD kind(const item *it)      /* of a static or of a button: one of SS_… or BS_… */
{
    return it->style & (is_a(it, L"Static") ? (DWORD)SS_TYPEMASK : (DWORD)BS_TYPEMASK);
}

static bool is_box(const item *it)
{
    return is_a(it, L"Button") && kind(it) != BS_PUSHBUTTON && kind(it) != BS_DEFPUSHBUTTON;
}

static void item_read(look *l, HWND window)
{
    item *it = &l->items[l->count++];

    it->window = window;
    it->id = GetDlgCtrlID(window);
    it->style = (DWORD)GetWindowLongW(window, GWL_STYLE);
    it->visible = IsWindowVisible(window) != FALSE;
    GetClassNameW(window, it->class_name, ARRAYSIZE(it->class_name));
    GetWindowRect(window, &it->area);
    MapWindowPoints(NULL, l->d->sheet, (POINT *)&it->area, 2);
    it->is_of_page = GetParent(window) != l->d->sheet;
    if (is_a(it, L"Static") || is_a(it, L"Button"))
        drive_send(window, WM_GETTEXT, TEXT_UNITS, (LPARAM)it->text);
}

static HFONT dialog_font(int height_of_8, int weight)
{
    HDC   screen = GetDC(NULL);
    int   height = -MulDiv(8, GetDeviceCaps(screen, LOGPIXELSY), 72);
    HFONT font;

    ReleaseDC(NULL, screen);
    font = CreateFontW(MulDiv(height, height_of_8, 8), 0, 0, 0, weight, FALSE, FALSE, FALSE, DEFAULT_CHARSET,
                       OUT_DEFAULT_PRECIS, CLIP_DEFAULT_PRECIS, DEFAULT_QUALITY, FF_DONTCARE, L"MS Shell Dlg");
    assert_non_null(font);
    return font;
}

/* ---- texts ------------------------------------------------------------------------------------------------------ */

static int scaled(const look *l, int pixels)
{
    return MulDiv(pixels, l->dpi, 96);
}

static SIZE measure(const look *l, const wchar_t *text, int width, UINT flags, HFONT font)
{
    RECT    area = { 0, 0, width, 0 };
    HGDIOBJ before = SelectObject(l->dc, font);

    DrawTextW(l->dc, text, -1, &area, DT_CALCRECT | DT_EXPANDTABS | flags);
    SelectObject(l->dc, before);
    return (SIZE){ area.right, area.bottom };
}

static void check_static(look *l, const item *it)
{
    bool one_line = (it->style & SS_ELLIPSISMASK) != 0;
    UINT flags = (one_line ? DT_SINGLELINE : DT_WORDBREAK) | (it->style & SS_NOPREFIX ? DT_NOPREFIX : 0u);
    int  width = it->area.right - it->area.left;
    int  height = it->area.bottom - it->area.top;
    SIZE size;

    if (kind(it) > SS_RIGHT || (it->style & SS_ELLIPSISMASK) == SS_PATHELLIPSIS)
        return;                                                 /* a picture; a path, which is cut on purpose */
    size = measure(l, it->text, width, flags,
                   it->id == IDC_VERSION_ABOUT ? l->large : it->id == IDC_FRAME_TITLE ? l->title : l->font);
    if (size.cx > width || size.cy > height)
        fault(l, it, "needs %ld by %ld pixels and has %d by %d", size.cx, size.cy, width, height);
}

static void check_button(look *l, const item *it)
{
    int  edge = scaled(l, is_box(it) ? BOX_EDGE : BUTTON_EDGE);
    int  width = it->area.right - it->area.left;
    SIZE size = measure(l, it->text, 0, DT_SINGLELINE, l->font);

    if (size.cx + edge > width || size.cy > it->area.bottom - it->area.top)
        fault(l, it, "needs %ld pixels and has %d", size.cx + edge, width);
}

static void check_combo(look *l, const item *it)
{
    int width = it->area.right - it->area.left;
    int needed = (int)measure(l, drive_text(l->d, it->id), 0, DT_SINGLELINE | DT_NOPREFIX, l->font).cx;

    if (needed + scaled(l, COMBO_EDGE) > width)
        fault(l, it, "its entry \"%s\" does not fit %d pixels", drive_utf8(l->d, l->d->text), width);
}

/* The support code is read aloud, and nothing else on the page repeats it. */
static void check_code(look *l, const item *it)
{
    DWORD margins = (DWORD)drive_send(it->window, EM_GETMARGINS, 0, 0);
    int   width = it->area.right - it->area.left - LOWORD(margins) - HIWORD(margins);
    int   needed = (int)measure(l, drive_text(l->d, it->id), 0, DT_SINGLELINE | DT_NOPREFIX, l->font).cx;

    if (needed > width)
        fault(l, it, "the code \"%s\" needs %d pixels and has %d", drive_utf8(l->d, l->d->text), needed, width);
}

static void check_cell(look *l, const item *it, const wchar_t *text, int column, int edge)
{
    int width = (int)drive_send(it->window, LVM_GETCOLUMNWIDTH, (WPARAM)column, 0);
    int needed = (int)measure(l, text, 0, DT_SINGLELINE | DT_NOPREFIX, l->font).cx + scaled(l, edge);

    if (needed > width)
        fault(l, it, "\"%s\" in column %d needs %d pixels and has %d", drive_utf8(l->d, text), column, needed, width);
}

/* Headers, and the columns that nothing else on the page repeats: the first two, and on page 9 what is now. Other cells
   may be cut, because the details of the line say them in full. */
static void check_list(look *l, const item *it)
{
    HWND header = (HWND)drive_send(it->window, LVM_GETHEADER, 0, 0);
    int  columns = header != NULL ? (int)drive_send(header, HDM_GETITEMCOUNT, 0, 0) : 0;
    int  whole = it->id == IDC_AFTER_LIST ? 3 : 2;
    bool has_icons = drive_send(it->window, LVM_GETIMAGELIST, LVSIL_SMALL, 0) != 0;

    if ((it->style & LVS_NOCOLUMNHEADER) == 0)
        for (int column = 0; column < columns; column++)
            check_cell(l, it, drive_list_title(l->d, it->id, column), column, CELL_EDGE);
    if (columns < 2)
        return;                                                 /* the log */
    for (int row = 0; row < drive_list_count(l->d, it->id); row++)
        for (int column = 0; column < whole; column++)
            check_cell(l, it, drive_list_text(l->d, it->id, row, column), column,
                       CELL_EDGE + (has_icons && column == 0 ? ICON_EDGE : 0));
}

static void check_texts(look *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const item *it = &l->items[i];

        if (!it->visible)
            continue;
        if (is_a(it, L"Static"))
            check_static(l, it);
        else if (is_a(it, L"Button"))
            check_button(l, it);
        else if (is_a(it, L"ComboBox"))
            check_combo(l, it);
        else if (is_a(it, WC_LISTVIEWW))
            check_list(l, it);
        else if (it->id == IDC_PAGE_CODE)
            check_code(l, it);
    }
}

/* ---- places ----------------------------------------------------------------------------------------------------- */

static bool has_something_to_show(const item *it)
{
    return it->visible && (!is_a(it, L"Static") || it->text[0] != L'\0' || kind(it) == SS_OWNERDRAW);
}

static void check_window(look *l)
{
    RECT window;

    GetWindowRect(l->d->sheet, &window);
    if (l->dpi == 96 && !l->d->is_resized
        && (window.right - window.left > SHEET_WIDTH || window.bottom - window.top > SHEET_HEIGHT))
        fault(l, NULL, "the window is %ld by %ld", window.right - window.left, window.bottom - window.top);
}

static void check_places(look *l)
{
    RECT page, frame, common;

    GetClientRect(l->d->sheet, &frame);
    GetClientRect(drive_page_window(l->d), &page);
    MapWindowPoints(drive_page_window(l->d), l->d->sheet, (POINT *)&page, 2);
    for (size_t i = 0; i < l->count; i++) {
        const item *it = &l->items[i];
        const RECT *around = it->is_of_page ? &page : &frame;

        if (!has_something_to_show(it))
            continue;
        UnionRect(&common, around, &it->area);
        if (!EqualRect(&common, around))
            fault(l, it, "sticks out of the %s", it->is_of_page ? "page" : "window");
        for (size_t k = i + 1; k < l->count; k++)
            if (has_something_to_show(&l->items[k]) && IntersectRect(&common, &it->area, &l->items[k].area))
                fault(l, it, "lies over control %d", l->items[k].id);
    }
}

/* ---- keyboard and screen readers -------------------------------------------------------------------------------- */

/* True when a person who reads from left to right and from top to bottom comes to b before a. */
static bool reads_before(const RECT *b, const RECT *a)
{
    return b->bottom <= a->top || (b->top < a->bottom && b->left < a->left);
}

static bool takes_keys(const item *it)
{
    return it->visible && (it->style & WS_TABSTOP || is_box(it));
}

static void check_order(look *l)
{
    const item *before = NULL;

    for (size_t i = 0; i < l->count; i++) {
        if (!takes_keys(&l->items[i]))
            continue;
        if (before != NULL && reads_before(&l->items[i].area, &before->area))
            fault(l, &l->items[i], "comes after control %d by Tab, but stands before it", before->id);
        before = &l->items[i];
    }
}

static bool needs_label(const item *it)
{
    if (is_a(it, L"Static"))
        return kind(it) == SS_OWNERDRAW;
    return !is_a(it, L"Button");
}

static void check_labels(look *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const item *label = i > 0 ? &l->items[i - 1] : NULL;

        if (!l->items[i].visible || !needs_label(&l->items[i]))
            continue;
        if (label == NULL || !is_a(label, L"Static") || kind(label) == SS_OWNERDRAW || label->text[0] == L'\0')
            fault(l, &l->items[i], "has no label before it");
    }
}

static wchar_t access_key(const wchar_t *text)
{
    for (; *text != L'\0'; text++) {
        if (text[0] != L'&')
            continue;
        if (text[1] != L'&')
            return (wchar_t)(UINT_PTR)CharUpperW((LPWSTR)(UINT_PTR)text[1]);
        text++;
    }
    return L'\0';
}

static void take_key(look *l, const item *it, wchar_t key, int owners[128])
{
    if (key == L'\0' || key >= 128)
        return;
    if (owners[key] != 0)
        fault(l, it, "its access key %c is that of control %d too", (char)key, owners[key]);
    owners[key] = it->id;
}

static void check_keys(look *l)
{
    int owners[128] = { 0 };

    for (size_t i = 0; i < l->count; i++) {
        const item *it = &l->items[i];
        wchar_t     key = access_key(it->text);
        bool        is_of_system = it->id == IDCANCEL || it->id == IDHELP;      /* Esc and F1 */

        if ((is_a(it, L"Static") && it->style & SS_NOPREFIX) || (!it->visible && !it->is_of_page))
            continue;
        take_key(l, it, key, owners);
        if (is_a(it, L"Button") && key == L'\0' && !is_of_system)
            fault(l, it, "has no access key");
    }
}

static bool is_page(HWND window)
{
    wchar_t class_name[8] = L"";

    return GetClassNameW(window, class_name, ARRAYSIZE(class_name)) > 0 && wcscmp(class_name, L"#32770") == 0;
}

/* In the order of Tab: the page stands among the controls of the frame; those that are not shown do not count. */
static void read_items(look *l, HWND window)
{
    for (HWND child = GetWindow(window, GW_CHILD); child != NULL; child = GetWindow(child, GW_HWNDNEXT)) {
        if (child == drive_page_window(l->d)) {
            read_items(l, child);
        } else if (!is_page(child)) {
            assert_true(l->count < ITEMS);
            item_read(l, child);
        }
    }
}

void layout_check(wz_drive *d)
{
    look *l = calloc(1, sizeof *l);
    unsigned faults;

    assert_non_null(l);
    l->d = d;
    l->dc = CreateCompatibleDC(NULL);
    l->dpi = GetDeviceCaps(l->dc, LOGPIXELSY);
    l->font = dialog_font(8, FW_NORMAL);
    l->large = dialog_font(12, FW_BOLD);
    l->title = dialog_font(10, FW_BOLD);
    read_items(l, d->sheet);
    if (l->count < 20)
        fault(l, NULL, "the page has only %u controls", (unsigned)l->count);
    check_texts(l);
    check_window(l);
    check_places(l);
    check_order(l);
    check_labels(l);
    check_keys(l);
    faults = l->faults;
    DeleteObject(l->font);
    DeleteObject(l->large);
    DeleteObject(l->title);
    DeleteDC(l->dc);
    free(l);
    if (faults > 0)
        drive_fail(d, "the page has %u faults", faults);
}
