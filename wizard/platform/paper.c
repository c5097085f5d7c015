#include "platform/paper.h"

#include <stdlib.h>

#include "platform/wide.h"

#define FACE L"Tahoma"        /* on every NT 6.0; what it lacks is taken from the fonts that Windows links to it */

static HFONT make_font(wz_type type, int per_inch)
{
    LOGFONTW font = {
        .lfHeight = -MulDiv(wz_type_size(type), per_inch, WZ_PAPER_INCH),
        .lfWeight = wz_type_is_bold(type) ? FW_BOLD : FW_NORMAL,
        .lfCharSet = DEFAULT_CHARSET,
        .lfOutPrecision = OUT_TT_PRECIS,               /* a printer's own letters are of other widths */
        .lfFaceName = FACE,
    };

    return CreateFontIndirectW(&font);
}

/* ---- measure ---- */

typedef struct wz_ruler { HDC dc; HFONT fonts[WZ_TYPE_COUNT]; } wz_ruler;

static int ruler_width(void *context, wz_type type, const char *text, size_t length)
{
    const wz_ruler *ruler = context;
    char           *part = wz_copy_part(text, length);
    wchar_t        *wide = wz_wide_from_utf8(part);
    SIZE            size = { 0 };

    SelectObject(ruler->dc, ruler->fonts[type]);
    if (wide != NULL)
        GetTextExtentPoint32W(ruler->dc, wide, (int)wcslen(wide), &size);
    free(wide);
    free(part);
    return size.cx;
}

static int ruler_line(void *context, wz_type type)
{
    const wz_ruler *ruler = context;
    TEXTMETRICW     metric = { 0 };

    SelectObject(ruler->dc, ruler->fonts[type]);
    GetTextMetricsW(ruler->dc, &metric);
    return metric.tmHeight > 0 ? metric.tmHeight : wz_type_size(type);
}

wz_printout *wz_paper_lay_out(const wz_report *report, const wz_words *words, const wz_paper *paper)
{
    wz_ruler     ruler = { .dc = CreateCompatibleDC(NULL) };
    wz_measure   measure = { ruler_width, ruler_line, &ruler };
    wz_printout *printout;

    for (size_t i = 0; i < WZ_TYPE_COUNT; i++)
        ruler.fonts[i] = make_font((wz_type)i, WZ_PAPER_INCH);
    printout = wz_printout_create(report, words, paper, &measure);
    DeleteDC(ruler.dc);
    for (size_t i = 0; i < WZ_TYPE_COUNT; i++)
        DeleteObject(ruler.fonts[i]);
    return printout;
}

/* ---- paper ---- */

wz_paper wz_paper_usual(void)
{
    wchar_t measure[4] = L"";

    GetLocaleInfoW(LOCALE_USER_DEFAULT, LOCALE_IPAPERSIZE, measure, ARRAYSIZE(measure));
    return measure[0] == L'1' ? wz_paper_letter() : wz_paper_a4();         /* "1" Letter, "5" Legal, "8" A3, "9" A4 */
}

static int tenths(HDC device, int what, int per_inch)
{
    int pixels = GetDeviceCaps(device, per_inch);

    return pixels > 0 ? MulDiv(GetDeviceCaps(device, what), WZ_PAPER_INCH, pixels) : 0;
}

wz_paper wz_paper_of(HDC printer)
{
    wz_paper paper = wz_paper_usual();
    int      width = tenths(printer, PHYSICALWIDTH, LOGPIXELSX), height = tenths(printer, PHYSICALHEIGHT, LOGPIXELSY);
    int      left = tenths(printer, PHYSICALOFFSETX, LOGPIXELSX), top = tenths(printer, PHYSICALOFFSETY, LOGPIXELSY);

    if (width <= 0 || height <= 0)
        return paper;
    paper.width = width;
    paper.height = height;
    wz_paper_reach(&paper, left, top, width - left - tenths(printer, HORZRES, LOGPIXELSX),
                   height - top - tenths(printer, VERTRES, LOGPIXELSY));
    return paper;
}

/* ---- draw ---- */

/* As ui/strings.c knows it, of a tag. */
static bool is_rtl(const char *language)
{
    LOCALESIGNATURE signature;
    wchar_t        *tag = language != NULL ? wz_wide_from_utf8(language) : NULL;
    LCID            locale = tag != NULL ? LocaleNameToLCID(tag, 0) : 0;

    free(tag);
    return locale != 0 && GetLocaleInfoW(locale, LOCALE_FONTSIGNATURE, (wchar_t *)&signature,
                                         (int)(sizeof signature / sizeof(wchar_t))) != 0
        && (signature.lsUsb[3] & 0x08000000u) != 0;
}

typedef struct wz_brush {
    HDC             device;
    const wz_place *place;
    int             paper_width;
    bool            is_rtl;
    HFONT           fonts[WZ_TYPE_COUNT];
} wz_brush;

static COLORREF grey(unsigned shade)
{
    BYTE light = (BYTE)(255 - shade * 255 / 100);

    return RGB(light, light, light);
}

static int across(const wz_brush *brush, int tenths_of_point)
{
    return MulDiv(tenths_of_point, brush->place->across, WZ_PAPER_INCH);
}

static int down(const wz_brush *brush, int tenths_of_point)
{
    return MulDiv(tenths_of_point, brush->place->down, WZ_PAPER_INCH);
}

static int left_of(const wz_brush *brush, const wz_ink *ink)
{
    return brush->place->x + across(brush, brush->is_rtl ? brush->paper_width - ink->x - ink->width : ink->x);
}

/* The thinnest line is a pixel wide. */
static void draw_area(const wz_brush *brush, const wz_ink *ink)
{
    int    width = across(brush, ink->width), height = down(brush, ink->height);
    RECT   area = { .left = left_of(brush, ink), .top = brush->place->y + down(brush, ink->y) };
    HBRUSH colour = CreateSolidBrush(grey(ink->shade));

    area.right = area.left + (width > 0 ? width : 1);
    area.bottom = area.top + (height > 0 ? height : 1);
    FillRect(brush->device, &area, colour);
    DeleteObject(colour);
}

/*
 * The steps from letter to letter, so that all of them are as wide as width. The spaces give way, as long as that is
 * not seen; else every letter does. Not SetTextJustification, which cannot be relied on to narrow.
 */
static void find_steps(const int sums[], const wchar_t *text, int units, int width, int steps[])
{
    int natural = sums[units - 1], spaces = 0, seen = 0, before = 0;

    for (int i = 0; i + 1 < units; i++)
        spaces += text[i] == L' ';
    if (abs(width - natural) > spaces * natural / units / 4)
        spaces = 0;
    for (int i = 0; i < units; i++) {
        int at;

        seen += text[i] == L' ' && i + 1 < units;
        at = spaces > 0 ? sums[i] + MulDiv(width - natural, seen, spaces)
           : natural > 0 ? MulDiv(sums[i], width, natural) : 0;
        steps[i] = at - before;
        before = at;
    }
}

/* From right to left letters are joined and turned round by Windows: those have their own width. */
static void draw_text(const wz_brush *brush, const wz_ink *ink)
{
    wchar_t *text = wz_wide_from_utf8(ink->text);
    int      units = text != NULL ? (int)wcslen(text) : 0;
    int     *sums = wz_new_array((size_t)units, int), *steps = wz_new_array((size_t)units, int);
    int      x = left_of(brush, ink), y = brush->place->y + down(brush, ink->y);
    SIZE     size = { 0 };

    SelectObject(brush->device, brush->fonts[ink->type]);
    SetTextColor(brush->device, grey(ink->shade));
    if (brush->is_rtl) {
        ExtTextOutW(brush->device, x, y, ETO_RTLREADING, NULL, text, (UINT)units, NULL);
    } else if (units > 0 && GetTextExtentExPointW(brush->device, text, units, 0, NULL, sums, &size)) {
        find_steps(sums, text, units, across(brush, ink->width), steps);
        ExtTextOutW(brush->device, x, y, 0, NULL, text, (UINT)units, steps);
    }
    free(steps);
    free(sums);
    free(text);
}

void wz_paper_draw(HDC device, const wz_printout *printout, size_t leaf, const char *language, const wz_place *place)
{
    const wz_leaf *page = &printout->leaves[leaf];
    wz_brush       brush = { device, place, printout->paper.width, is_rtl(language), { NULL } };
    int            saved = SaveDC(device);

    for (size_t i = 0; i < WZ_TYPE_COUNT; i++)
        brush.fonts[i] = make_font((wz_type)i, place->down);
    SetMapMode(device, MM_TEXT);
    SetBkMode(device, TRANSPARENT);
    SetTextAlign(device, TA_LEFT | TA_TOP);
    for (size_t i = 0; i < page->ink_count; i++) {
        if (page->inks[i].text != NULL)
            draw_text(&brush, &page->inks[i]);
        else
            draw_area(&brush, &page->inks[i]);
    }
    RestoreDC(device, saved);
    for (size_t i = 0; i < WZ_TYPE_COUNT; i++)
        DeleteObject(brush.fonts[i]);
}
