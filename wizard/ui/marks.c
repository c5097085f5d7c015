/* The marks before a verdict: a tick, an arrow, a cross, a question. Shapes differ, so that colour is not needed. */
#include "ui/list.h"

#include <commctrl.h>

#include "core/check.h"

#define UNITS 16                /* shapes are drawn on a grid of 16 by 16 and scaled to the system's small icon */

static const COLORREF key = RGB(255, 0, 255);      /* becomes transparent */

static const struct { COLORREF colour; bool is_round; } looks[] = {
    [WZ_VERDICT_READY]   = { RGB(0, 128, 0),   true  },
    [WZ_VERDICT_ACTION]  = { RGB(192, 112, 0), false },
    [WZ_VERDICT_BLOCKED] = { RGB(192, 0, 0),   true  },
    [WZ_VERDICT_UNKNOWN] = { RGB(96, 96, 96),  true  },
};

static void draw_lines(HDC dc, int size, const POINT points[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int x = MulDiv(points[i].x, size, UNITS), y = MulDiv(points[i].y, size, UNITS);

        if (i == 0)
            MoveToEx(dc, x, y, NULL);
        else
            LineTo(dc, x, y);
    }
}

static void draw_shape(HDC dc, int size, wz_verdict verdict)
{
    static const POINT tick[] = { { 4, 8 }, { 7, 11 }, { 12, 5 } };
    static const POINT stroke[] = { { 8, 6 }, { 8, 10 } }, dot[] = { { 8, 12 }, { 8, 12 } };
    static const POINT fall[] = { { 5, 5 }, { 11, 11 } }, rise[] = { { 11, 5 }, { 5, 11 } };
    static const POINT hook[] = { { 6, 6 }, { 7, 4 }, { 9, 4 }, { 10, 6 }, { 8, 8 }, { 8, 9 } };

    switch (verdict) {
    case WZ_VERDICT_READY:
        draw_lines(dc, size, tick, ARRAYSIZE(tick));
        break;
    case WZ_VERDICT_ACTION:
        draw_lines(dc, size, stroke, ARRAYSIZE(stroke));
        draw_lines(dc, size, dot, ARRAYSIZE(dot));
        break;
    case WZ_VERDICT_BLOCKED:
        draw_lines(dc, size, fall, ARRAYSIZE(fall));
        draw_lines(dc, size, rise, ARRAYSIZE(rise));
        break;
    case WZ_VERDICT_UNKNOWN:
        draw_lines(dc, size, hook, ARRAYSIZE(hook));
        draw_lines(dc, size, dot, ARRAYSIZE(dot));
        break;
    }
}

static void draw_mark(HDC dc, int size, wz_verdict verdict)
{
    RECT area = { 0, 0, size, size };
    POINT corners[] = { { size / 2, 0 }, { size - 1, size - 2 }, { 0, size - 2 } };
    HBRUSH background = CreateSolidBrush(key), brush = CreateSolidBrush(looks[verdict].colour);
    HPEN outline = CreatePen(PS_SOLID, 1, looks[verdict].colour);
    HPEN white = CreatePen(PS_SOLID, size >= 2 * UNITS ? 4 : 2, RGB(255, 255, 255));

    FillRect(dc, &area, background);
    HGDIOBJ old_brush = SelectObject(dc, brush), old_pen = SelectObject(dc, outline);
    if (looks[verdict].is_round)
        Ellipse(dc, 0, 0, size, size);
    else
        Polygon(dc, corners, ARRAYSIZE(corners));
    SelectObject(dc, white);
    draw_shape(dc, size, verdict);
    SelectObject(dc, old_pen);
    SelectObject(dc, old_brush);
    DeleteObject(white);
    DeleteObject(outline);
    DeleteObject(brush);
    DeleteObject(background);
}

HIMAGELIST wz_marks_create(void)
{
    int size = GetSystemMetrics(SM_CXSMICON);
    HIMAGELIST marks = ImageList_Create(size, size, ILC_COLOR24 | ILC_MASK, ARRAYSIZE(looks), 0);
    HDC screen = GetDC(NULL), dc = CreateCompatibleDC(screen);

    for (size_t i = 0; i < ARRAYSIZE(looks); i++) {
        HBITMAP bitmap = CreateCompatibleBitmap(screen, size, size);
        HGDIOBJ old = SelectObject(dc, bitmap);

        draw_mark(dc, size, (wz_verdict)i);
        SelectObject(dc, old);
        ImageList_AddMasked(marks, bitmap, key);
        DeleteObject(bitmap);
    }
    DeleteDC(dc);
    ReleaseDC(NULL, screen);
    return marks;
}
