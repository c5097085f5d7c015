#include "core/figure.h"

#include <stdlib.h>
#include <string.h>

#include "core/line_break.h"
#include "core/report_parts.h"

static wz_shape *add_shape(wz_figure *figure, size_t row, int x, int y, int width, int height)
{
    figure->shapes = wz_grow(figure->shapes, figure->shape_count, &figure->shape_room, sizeof *figure->shapes);

    wz_shape *shape = &figure->shapes[figure->shape_count++];

    *shape = (wz_shape){ .row = row, .x = x, .y = y, .width = width, .height = height };
    return shape;
}

static void put_number(wz_shape *shape, unsigned number)
{
    wz_text text = { 0 };

    wz_text_add_number(&text, number);
    shape->text = wz_text_take(&text);
}

void wz_figure_free(wz_figure *figure)
{
    if (figure == NULL)
        return;
    for (size_t i = 0; i < figure->shape_count; i++)
        free(figure->shapes[i].text);
    free(figure->shapes);
    free(figure);
}

wz_border wz_border_of(const char *verdict)
{
    static const struct { const char *verdict; wz_border border; } rows[] = {
        { "ready",   WZ_BORDER_SOLID  }, { "action",  WZ_BORDER_DASHED },
        { "blocked", WZ_BORDER_DOUBLE }, { "unknown", WZ_BORDER_DOTTED },
    };

    for (size_t i = 0; verdict != NULL && i < WZ_COUNT(rows); i++)
        if (strcmp(verdict, rows[i].verdict) == 0)
            return rows[i].border;
    return WZ_BORDER_THIN;
}

/* ---- gauge ---- */

#define NUMBER_WIDTH 400
#define BAR_LEFT     450
#define BAR_WIDTH    (WZ_FIGURE_WIDTH - 2 * BAR_LEFT)
#define BAR_HEIGHT   120

wz_figure *wz_figure_gauge(wz_version kernel)
{
    wz_branch branch = wz_version_branch(kernel.revision);
    unsigned  first = branch == WZ_BRANCH_GDR ? WZ_GDR_FIRST : WZ_LDR_FIRST;
    unsigned  last = branch == WZ_BRANCH_GDR ? WZ_GDR_LAST : WZ_LDR_LAST;

    if (branch == WZ_BRANCH_NONE || kernel.major != 6 || kernel.minor != 0)
        return NULL;

    wz_figure *figure = wz_new(wz_figure);
    int        filled = (int)((kernel.revision - first + 1) * (unsigned)BAR_WIDTH / (last - first + 1));
    int        at = BAR_LEFT + filled - NUMBER_WIDTH / 2;

    figure->row_height = 280;
    figure->row_count = 1;
    put_number(add_shape(figure, 0, 0, 20, NUMBER_WIDTH, BAR_HEIGHT), first);
    put_number(add_shape(figure, 0, WZ_FIGURE_WIDTH - NUMBER_WIDTH, 20, NUMBER_WIDTH, BAR_HEIGHT), last);
    add_shape(figure, 0, BAR_LEFT, 20, filled, BAR_HEIGHT)->tone = WZ_TONE_STRONG;
    add_shape(figure, 0, BAR_LEFT, 20, BAR_WIDTH, BAR_HEIGHT)->border = WZ_BORDER_THIN;
    add_shape(figure, 0, BAR_LEFT + filled - 8, 20, 16, BAR_HEIGHT + 30)->tone = WZ_TONE_STRONG;

    wz_shape *shape = add_shape(figure, 0, at, 170, NUMBER_WIDTH, 100);

    shape->is_strong = true;
    put_number(shape, kernel.revision);
    return figure;
}

/* ---- strip ---- */

#define STEP_WIDTH    1020
#define RESTART_WIDTH 560
#define GAP           60
#define PADDING       30
#define LINE          110
#define WORD_COLUMNS  22u       /* fit into a step */
#define MOST_LINES    4

static int lines_of(const char *word)
{
    int lines = 0;

    while (*word != '\0' && lines < MOST_LINES) {
        wz_line_fit_columns(word, WORD_COLUMNS, &word);
        lines++;
    }
    return lines;
}

static void add_step(wz_figure *figure, const wz_strip_step *step, size_t number, int x)
{
    size_t      row = figure->row_count - 1;
    int         y = PADDING;
    const char *word = step->word;
    wz_text     name = { 0 };
    wz_shape   *shape = add_shape(figure, row, x, 0, STEP_WIDTH, figure->row_height - GAP);

    shape->tone = WZ_TONE_PAPER;
    shape->border = step->border;
    wz_text_add_number(&name, number);
    wz_text_add(&name, ". ");
    wz_text_add_kb(&name, step->kb);
    shape = add_shape(figure, row, x, y, STEP_WIDTH, LINE);
    shape->text = wz_text_take(&name);
    shape->is_strong = true;
    for (int line = 0; *word != '\0' && line < MOST_LINES; line++) {
        const char *next;
        size_t      length = wz_line_fit_columns(word, WORD_COLUMNS, &next);

        y += LINE;
        add_shape(figure, row, x, y, STEP_WIDTH, LINE)->text = wz_copy_part(word, length);
        word = next;
    }
}

/* Where a box of this width begins, in a new row where the old one is full; joined to the one before it. */
static int place(wz_figure *figure, int x, int width)
{
    int middle = (figure->row_height - GAP) / 2;

    if (x > 0 && x + GAP + width > WZ_FIGURE_WIDTH) {
        figure->row_count++;
        return 0;
    }
    if (x == 0)
        return 0;
    add_shape(figure, figure->row_count - 1, x, middle - 5, GAP, 10)->tone = WZ_TONE_STRONG;
    return x + GAP;
}

wz_figure *wz_figure_strip(const wz_strip_step steps[], size_t count, const char *restart)
{
    wz_figure *figure;
    int        lines = 1, x = 0;

    if (count == 0)
        return NULL;
    figure = wz_new(wz_figure);
    for (size_t i = 0; i < count; i++)
        if (lines_of(steps[i].word) > lines)
            lines = lines_of(steps[i].word);
    figure->row_height = 2 * PADDING + (1 + lines) * LINE + GAP;
    figure->row_count = 1;
    for (size_t i = 0; i < count; i++) {
        x = place(figure, x, STEP_WIDTH);
        add_step(figure, &steps[i], i + 1, x);
        x += STEP_WIDTH;
        if (steps[i].restart_after) {
            int middle = (figure->row_height - GAP) / 2;

            x = place(figure, x, RESTART_WIDTH);

            wz_shape *shape = add_shape(figure, figure->row_count - 1, x, middle - 80, RESTART_WIDTH, 160);

            shape->tone = WZ_TONE_STRONG;
            shape->text = wz_copy(restart);
            x += RESTART_WIDTH;
        }
    }
    return figure;
}
