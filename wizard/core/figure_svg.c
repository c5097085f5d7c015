/*
 * See figure.h: a figure as SVG. Colours are those of the report's style; sizes are CSS points, which a browser prints
 * as they are.
 */
#include "core/figure.h"

#include "core/report_parts.h"

#define COLOUR "#1f4e79"

static void add_number(wz_text *out, const char *name, int number)
{
    wz_text_add(out, " ");
    wz_text_add(out, name);
    wz_text_add(out, number < 0 ? "=\"-" : "=\"");
    wz_text_add_number(out, (uint64_t)(number < 0 ? -number : number));
    wz_text_add(out, "\"");
}

static void add_rectangle(wz_text *out, int x, int y, int width, int height, const char *look)
{
    wz_text_add(out, "<rect");
    add_number(out, "x", x);
    add_number(out, "y", y);
    add_number(out, "width", width);
    add_number(out, "height", height);
    wz_text_add(out, look);
    wz_text_add(out, " />");
}

static void add_box(wz_text *out, const wz_shape *shape, int y)
{
    static const char *const tones[] = {
        [WZ_TONE_NONE] = NULL, [WZ_TONE_PAPER] = " fill=\"#ffffff\"", [WZ_TONE_LIGHT] = " fill=\"#e8eef5\"",
        [WZ_TONE_STRONG] = " fill=\"" COLOUR "\"",
    };
    static const char *const borders[] = {
        [WZ_BORDER_NONE] = NULL,
        [WZ_BORDER_THIN] = " fill=\"none\" stroke=\"#666666\" stroke-width=\"6\"",
        [WZ_BORDER_SOLID] = " fill=\"none\" stroke=\"#1b5e20\" stroke-width=\"15\"",
        [WZ_BORDER_DASHED] = " fill=\"none\" stroke=\"#7a4b00\" stroke-width=\"15\" stroke-dasharray=\"60 30\"",
        [WZ_BORDER_DOTTED] = " fill=\"none\" stroke=\"#333333\" stroke-width=\"15\" stroke-dasharray=\"15 25\"",
        [WZ_BORDER_DOUBLE] = " fill=\"none\" stroke=\"#a00000\" stroke-width=\"10\"",
    };

    if (tones[shape->tone] != NULL)
        add_rectangle(out, shape->x, y, shape->width, shape->height, tones[shape->tone]);
    if (borders[shape->border] != NULL)                /* its line lies inside the box */
        add_rectangle(out, shape->x + 8, y + 8, shape->width - 16, shape->height - 16, borders[shape->border]);
    if (shape->border == WZ_BORDER_DOUBLE)
        add_rectangle(out, shape->x + 28, y + 28, shape->width - 56, shape->height - 56, borders[shape->border]);
}

static void add_label(wz_text *out, const wz_shape *shape, int y)
{
    wz_text shown = { 0 };

    wz_text_add(out, "<text");
    add_number(out, "x", shape->x + shape->width / 2);
    add_number(out, "y", y + shape->height / 2 + WZ_FIGURE_TYPE * 35 / 100);
    wz_text_add(out, shape->is_strong ? " font-weight=\"bold\"" : "");
    wz_text_add(out, shape->tone == WZ_TONE_STRONG ? " fill=\"#ffffff\">" : ">");
    wz_text_add_visible(&shown, shape->text);
    wz_text_add_xml(out, wz_text_at(&shown));
    wz_text_add(out, "</text>");
    wz_text_clear(&shown);
}

void wz_figure_add_svg(const wz_figure *figure, wz_text *out)
{
    int height = figure->row_height * (int)figure->row_count;

    wz_text_add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    wz_text_add_number(out, WZ_FIGURE_WIDTH);
    wz_text_add(out, " ");
    wz_text_add_number(out, (unsigned)height);
    wz_text_add(out, "\" style=\"width: ");
    wz_text_add_number(out, WZ_FIGURE_WIDTH / 10);
    wz_text_add(out, "pt; height: ");
    wz_text_add_number(out, (unsigned)height / 10);
    wz_text_add(out, "pt; text-anchor: middle; font-size: ");
    wz_text_add_number(out, WZ_FIGURE_TYPE);
    wz_text_add(out, "px\">\n");
    for (size_t i = 0; i < figure->shape_count; i++) {
        const wz_shape *shape = &figure->shapes[i];
        int             y = shape->y + figure->row_height * (int)shape->row;

        add_box(out, shape, y);
        if (shape->text != NULL)
            add_label(out, shape, y);
        wz_text_add(out, "\n");
    }
    wz_text_add(out, "</svg>\n");
}
