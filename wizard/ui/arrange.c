#include "ui/arrange.h"

#include <stdlib.h>

#include <commctrl.h>

#include "core/text.h"
#include "ui/list.h"

#define PROPERTY L"Build6003Wizard.arrangement"

typedef struct arrangement {
    SIZE             least;             /* of the window */
    SIZE             size;              /* of its client area, at first */
    const wz_anchor *anchors;
    size_t           count;
    RECT            *places;            /* of the controls, at first; owned */
} arrangement;

static RECT place_of(HWND window, HWND control)
{
    RECT place = { 0 };

    GetWindowRect(control, &place);
    MapWindowPoints(NULL, window, (POINT *)&place, 2);           /* both corners: in a mirrored window they swap */
    return place;
}

static SIZE client_size(HWND window)
{
    RECT area = { 0 };

    GetClientRect(window, &area);
    return (SIZE){ area.right, area.bottom };
}

void wz_arrange_begin(HWND window, const wz_anchor anchors[], size_t count)
{
    arrangement *all = wz_new(arrangement);
    RECT area = { 0 };

    GetWindowRect(window, &area);
    *all = (arrangement){ .least = { area.right - area.left, area.bottom - area.top }, .size = client_size(window),
                          .anchors = anchors, .count = count, .places = wz_new_array(count, RECT) };
    for (size_t i = 0; i < count; i++)
        all->places[i] = place_of(window, GetDlgItem(window, anchors[i].control));
    if (!SetPropW(window, PROPERTY, all)) {                      /* then it is simply not arranged */
        free(all->places);
        free(all);
    }
}

static void forget(HWND window, arrangement *all)
{
    RemovePropW(window, PROPERTY);
    free(all->places);
    free(all);
}

static RECT place_at(const arrangement *all, size_t i, SIZE now)
{
    const wz_anchor *anchor = &all->anchors[i];
    int  wider = now.cx - all->size.cx, higher = now.cy - all->size.cy;
    RECT place = all->places[i];

    place.left += MulDiv(wider, anchor->left, 100);
    place.right += MulDiv(wider, anchor->right, 100);
    place.top += MulDiv(higher, anchor->top, 100);
    place.bottom += MulDiv(higher, anchor->bottom, 100);
    return place;
}

static void widen_list(HWND control)
{
    wchar_t name[24] = L"";

    GetClassNameW(control, name, ARRAYSIZE(name));
    if (wcscmp(name, WC_LISTVIEWW) == 0)
        wz_list_widen(control);
}

static void arrange(HWND window, const arrangement *all)
{
    SIZE size = client_size(window);
    HDWP moves = BeginDeferWindowPos((int)all->count);

    for (size_t i = 0; i < all->count && moves != NULL; i++) {
        HWND control = GetDlgItem(window, all->anchors[i].control);
        RECT now = place_of(window, control), to = place_at(all, i, size);
        UINT flags = SWP_NOZORDER | SWP_NOACTIVATE | SWP_NOCOPYBITS;

        if (EqualRect(&now, &to))
            continue;
        if (to.right - to.left == now.right - now.left && to.bottom - to.top == now.bottom - now.top)
            flags |= SWP_NOSIZE;                                 /* the height of a combo box means its open list */
        moves = DeferWindowPos(moves, control, NULL, to.left, to.top, to.right - to.left, to.bottom - to.top, flags);
    }
    if (moves != NULL)
        EndDeferWindowPos(moves);
    for (size_t i = 0; i < all->count; i++)
        widen_list(GetDlgItem(window, all->anchors[i].control));
}

bool wz_arrange_message(HWND window, UINT message, LPARAM lparam)
{
    arrangement *all = GetPropW(window, PROPERTY);

    if (all == NULL)
        return false;
    switch (message) {
    case WM_SIZE:
        if (!IsIconic(window))
            arrange(window, all);
        return true;
    case WM_GETMINMAXINFO:
        ((MINMAXINFO *)lparam)->ptMinTrackSize = (POINT){ all->least.cx, all->least.cy };
        return true;
    case WM_NCDESTROY:
        forget(window, all);
        return false;
    }
    return false;
}
