#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

#include <commctrl.h>

#include "platform/wide.h"

void wz_list_create(const wz_wizard *wz, HWND list, const wz_columns *columns)
{
    RECT area;

    GetClientRect(list, &area);
    int width = area.right - GetSystemMetrics(SM_CXVSCROLL);

    SetWindowLongPtrW(list, GWLP_USERDATA, (LONG_PTR)columns);
    ListView_SetExtendedListViewStyle(list, LVS_EX_FULLROWSELECT | LVS_EX_LABELTIP | LVS_EX_INFOTIP);
    for (size_t i = 0; i < columns->count; i++) {
        const wz_column *from = &columns->items[i];
        wchar_t *title = from->title != 0 ? wz_wide_from_utf8(wz_say(wz, from->title)) : NULL;
        LVCOLUMNW column = { .mask = LVCF_WIDTH | LVCF_TEXT | LVCF_SUBITEM, .iSubItem = (int)i,
                             .cx = MulDiv(width, (int)from->percent, 100) };

        column.pszText = title;
        if (title == NULL)
            column.mask &= ~(UINT)LVCF_TEXT;
        SendMessageW(list, LVM_INSERTCOLUMNW, i, (LPARAM)&column);
        free(title);
    }
}

/* ---- widths ---- */

#define CELL_SPACE 14           /* pixels at 96 dpi that the control keeps free around the text of a cell or title */

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int text_width(HWND list, wchar_t *text)
{
    return (int)SendMessageW(list, LVM_GETSTRINGWIDTHW, 0, (LPARAM)text);
}

static int title_width(HWND list, int at)
{
    wchar_t title[256] = L"";
    LVCOLUMNW column = { .mask = LVCF_TEXT, .pszText = title, .cchTextMax = ARRAYSIZE(title) };

    if ((GetWindowLongPtrW(list, GWL_STYLE) & LVS_NOCOLUMNHEADER) == 0)
        SendMessageW(list, LVM_GETCOLUMNW, (WPARAM)at, (LPARAM)&column);
    return text_width(list, title);
}

static int column_need(HWND list, int at, int space)
{
    wchar_t cell[1024];
    int rows = ListView_GetItemCount(list), need = title_width(list, at);
    bool has_marks = at == 0 && ListView_GetImageList(list, LVSIL_SMALL) != NULL;
    int mark = has_marks ? GetSystemMetrics(SM_CXSMICON) + space / 3 : 0;

    for (int row = 0; row < rows && row < WZ_LIST_MEASURED; row++) {
        LVITEMW item = { .iSubItem = at, .pszText = cell, .cchTextMax = ARRAYSIZE(cell) };

        cell[0] = L'\0';
        SendMessageW(list, LVM_GETITEMTEXTW, (WPARAM)row, (LPARAM)&item);
        need = larger(need, mark + text_width(list, item.pszText));
    }
    return need + space;
}

static int space_of(HWND list)
{
    HDC dc = GetDC(list);
    int space = MulDiv(CELL_SPACE, GetDeviceCaps(dc, LOGPIXELSX), 96);

    ReleaseDC(list, dc);
    return space;
}

static const wz_columns *columns_of(HWND list)
{
    return (const wz_columns *)GetWindowLongPtrW(list, GWLP_USERDATA);
}

/* What all columns have together. */
static int room_of(HWND list)
{
    RECT area;
    bool has_bar = (GetWindowLongPtrW(list, GWL_STYLE) & WS_VSCROLL) != 0;      /* then the area is without it */

    GetClientRect(list, &area);
    return area.right - (has_bar ? 0 : GetSystemMetrics(SM_CXVSCROLL));
}

static size_t largest(const wz_columns *columns)
{
    size_t found = 0;

    for (size_t i = 1; i < columns->count; i++)
        found = columns->items[i].percent >= columns->items[found].percent ? i : found;
    return found;
}

void wz_list_widen(HWND list)
{
    const wz_columns *columns = columns_of(list);
    int room = room_of(list), left = room;

    if (columns == NULL)
        return;
    int rest = (int)largest(columns);
    for (int i = 0; i < (int)columns->count; i++)
        left -= i != rest ? ListView_GetColumnWidth(list, i) : 0;
    ListView_SetColumnWidth(list, rest,
                            larger(left, columns->whole ? column_need(list, rest, space_of(list)) : room / 4));
}

/* Of a column that is not the largest. A name of 200 characters leaves room for the others. */
static int column_width(HWND list, const wz_columns *columns, size_t at, bool has_share)
{
    int room = room_of(list), need = column_need(list, (int)at, space_of(list));

    need = need < room * 3 / 5 ? need : room * 3 / 5;
    return has_share ? larger(need, MulDiv(room, (int)columns->items[at].percent, 100)) : need;
}

void wz_list_fit(HWND list)
{
    const wz_columns *columns = columns_of(list);
    size_t rest = largest(columns);
    int left = room_of(list);

    for (size_t i = 0; i < columns->count; i++)
        left -= i != rest ? column_width(list, columns, i, true) : 0;
    bool has_share = left >= column_need(list, (int)rest, space_of(list));
    for (size_t i = 0; i < columns->count; i++)
        if (i != rest)
            ListView_SetColumnWidth(list, (int)i, column_width(list, columns, i, has_share));
    wz_list_widen(list);
}

/* ---- rows ---- */

void wz_list_clear(HWND list)
{
    ListView_DeleteAllItems(list);
}

int wz_list_add(HWND list, int mark, const char *first)
{
    wchar_t *text = wz_wide_shown(first);
    LVITEMW item = { .mask = LVIF_TEXT | LVIF_IMAGE, .iItem = ListView_GetItemCount(list), .pszText = text,
                     .iImage = mark == WZ_MARK_NONE ? I_IMAGENONE : mark };
    int row = (int)SendMessageW(list, LVM_INSERTITEMW, 0, (LPARAM)&item);

    free(text);
    return row;
}

void wz_list_set(HWND list, int row, int column, const char *text)
{
    wchar_t *wide = wz_wide_shown(text);
    LVITEMW item = { .iSubItem = column, .pszText = wide };

    SendMessageW(list, LVM_SETITEMTEXTW, (WPARAM)row, (LPARAM)&item);
    free(wide);
}

int wz_list_selected(HWND list)
{
    return ListView_GetNextItem(list, -1, LVNI_SELECTED);
}

void wz_list_select(HWND list, int row)
{
    ListView_SetItemState(list, row, LVIS_SELECTED | LVIS_FOCUSED, LVIS_SELECTED | LVIS_FOCUSED);
    ListView_EnsureVisible(list, row, FALSE);
}

bool wz_list_is_new_selection(const NMHDR *header)
{
    const NMLISTVIEW *change = (const NMLISTVIEW *)header;

    return header->code == LVN_ITEMCHANGED && (change->uChanged & LVIF_STATE) != 0
        && (change->uNewState & LVIS_SELECTED) != 0 && (change->uOldState & LVIS_SELECTED) == 0;
}

static void add_cell(wz_text *out, HWND list, int row, int column)
{
    wchar_t cell[1024];
    LVITEMW item = { .iSubItem = column, .pszText = cell, .cchTextMax = (int)(sizeof cell / sizeof cell[0]) };
    LRESULT units = SendMessageW(list, LVM_GETITEMTEXTW, (WPARAM)row, (LPARAM)&item);
    char *text = wz_utf8_for_display(item.pszText, (size_t)units);

    if (column > 0)
        wz_text_add(out, "\t");
    wz_text_add(out, text);
    free(text);
}

static void add_titles(wz_text *out, HWND list, int columns)
{
    bool has_title = false;
    wz_text line = { 0 };

    for (int i = 0; i < columns; i++) {
        wchar_t title[256] = L"";
        LVCOLUMNW column = { .mask = LVCF_TEXT, .pszText = title, .cchTextMax = ARRAYSIZE(title) };

        SendMessageW(list, LVM_GETCOLUMNW, (WPARAM)i, (LPARAM)&column);
        char *text = wz_utf8_for_display(title, wcslen(title));
        has_title = has_title || text[0] != '\0';
        if (i > 0)
            wz_text_add(&line, "\t");
        wz_text_add(&line, text);
        free(text);
    }
    if (has_title && (GetWindowLongPtrW(list, GWL_STYLE) & LVS_NOCOLUMNHEADER) == 0) {
        wz_text_add(out, wz_text_at(&line));
        wz_text_add(out, "\r\n");
    }
    wz_text_clear(&line);
}

void wz_list_text(HWND list, bool all, wz_text *out)
{
    HWND header = ListView_GetHeader(list);
    int columns = header != NULL ? Header_GetItemCount(header) : 1;
    int rows = ListView_GetItemCount(list);

    if (all)
        add_titles(out, list, columns);
    for (int row = 0; row < rows; row++) {
        if (!all && ListView_GetItemState(list, row, LVIS_SELECTED) == 0)
            continue;
        for (int column = 0; column < columns; column++)
            add_cell(out, list, row, column);
        wz_text_add(out, "\r\n");
    }
}

void wz_list_keys(const NMHDR *header)
{
    if (header->code == LVN_KEYDOWN && ((const NMLVKEYDOWN *)header)->wVKey == 'C' && GetKeyState(VK_CONTROL) < 0)
        wz_list_copy(header->hwndFrom);
}

void wz_list_copy(HWND list)
{
    wz_text text = { 0 };

    wz_list_text(list, wz_list_selected(list) < 0, &text);
    wz_clipboard_put(list, wz_text_at(&text));
    wz_text_clear(&text);
}
