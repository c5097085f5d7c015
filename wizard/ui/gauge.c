#include "ui/gauge.h"

#include "core/version.h"

/* Numbers only, so there is nothing to translate: first, the revision, last. */
static void draw_number(const DRAWITEMSTRUCT *item, RECT area, unsigned number, UINT format)
{
    wz_text digits = { 0 };
    wchar_t wide[16] = L"";

    wz_text_add_number(&digits, number);
    for (size_t i = 0; i < digits.length && i < ARRAYSIZE(wide) - 1; i++)
        wide[i] = (wchar_t)digits.at[i];
    DrawTextW(item->hDC, wide, -1, &area, format | DT_SINGLELINE | DT_VCENTER | DT_NOPREFIX);
    wz_text_clear(&digits);
}

static int number_width(const DRAWITEMSTRUCT *item)
{
    SIZE size = { 0 };

    GetTextExtentPoint32W(item->hDC, L"24575", 5, &size);
    return size.cx + size.cy / 2;
}

void wz_gauge_draw(const DRAWITEMSTRUCT *item, unsigned revision)
{
    wz_branch branch = wz_version_branch((uint16_t)revision);
    int first = branch == WZ_BRANCH_GDR ? (int)WZ_GDR_FIRST : (int)WZ_LDR_FIRST;
    int last = branch == WZ_BRANCH_GDR ? (int)WZ_GDR_LAST : (int)WZ_LDR_LAST;
    RECT area = item->rcItem, bar, filled;
    int side = number_width(item);

    FillRect(item->hDC, &area, GetSysColorBrush(COLOR_BTNFACE));
    if (branch == WZ_BRANCH_NONE)
        return;
    SetBkMode(item->hDC, TRANSPARENT);
    SetTextColor(item->hDC, GetSysColor(COLOR_BTNTEXT));
    draw_number(item, area, (unsigned)first, DT_LEFT);
    draw_number(item, area, (unsigned)last, DT_RIGHT);

    bar = area;
    bar.left += side;
    bar.right -= side;
    InflateRect(&bar, 0, -(bar.bottom - bar.top) / 4);
    FillRect(item->hDC, &bar, GetSysColorBrush(COLOR_WINDOW));
    filled = bar;
    filled.right = filled.left + MulDiv(bar.right - bar.left, (int)revision - first + 1, last - first + 1);
    FillRect(item->hDC, &filled, GetSysColorBrush(COLOR_HIGHLIGHT));
    FrameRect(item->hDC, &bar, GetSysColorBrush(COLOR_BTNSHADOW));
}
