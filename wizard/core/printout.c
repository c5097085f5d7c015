/* See printout.h: strips put on pages, with what stands above and below them. */
#include "core/printout_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/report_parts.h"
#include "resource.h"

#define MARGIN      425      /* 15 mm */
#define MARGIN_HIGH 395      /* 14 mm: with the line above the text */
#define LEAST       720      /* of a page between its margins */
#define EDGE        90       /* between the lines above and below and the text */
#define RULE        5

wz_paper wz_paper_a4(void)
{
    return (wz_paper){ 5953, 8419, MARGIN, MARGIN_HIGH, MARGIN, MARGIN_HIGH };
}

wz_paper wz_paper_letter(void)
{
    return (wz_paper){ 6120, 7920, MARGIN, MARGIN_HIGH, MARGIN, MARGIN_HIGH };
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

void wz_paper_reach(wz_paper *paper, int left, int top, int right, int bottom)
{
    paper->left = larger(paper->left, left);
    paper->top = larger(paper->top, top);
    paper->right = larger(paper->right, right);
    paper->bottom = larger(paper->bottom, bottom);
}

int wz_type_size(wz_type type)
{
    static const int sizes[WZ_TYPE_COUNT] = {
        [WZ_TYPE_TITLE] = 180, [WZ_TYPE_HEADING] = 120, [WZ_TYPE_VERDICT] = 110, [WZ_TYPE_BODY] = 90,
        [WZ_TYPE_STRONG] = 90, [WZ_TYPE_SMALL] = 80, [WZ_TYPE_SMALL_STRONG] = 80,
    };

    return sizes[type];
}

bool wz_type_is_bold(wz_type type)
{
    return type != WZ_TYPE_BODY && type != WZ_TYPE_SMALL;
}

/* ---- pages ---- */

typedef struct wz_layout {
    wz_printout     *out;
    const wz_strips *strips;
    int              left, top, height;          /* of the part for the strips */
    int              used;                       /* of the last page */
} wz_layout;

static wz_leaf *last_leaf(wz_layout *layout)
{
    return &layout->out->leaves[layout->out->leaf_count - 1];
}

static void new_leaf(wz_layout *layout)
{
    wz_printout *out = layout->out;

    out->leaves = wz_grow(out->leaves, out->leaf_count, &out->leaf_room, sizeof *out->leaves);
    out->leaves[out->leaf_count++] = (wz_leaf){ 0 };
    layout->used = 0;
}

static void put(wz_layout *layout, const wz_strip *strip)
{
    wz_leaf *leaf = last_leaf(layout);

    layout->used += layout->used > 0 ? strip->space : 0;
    for (size_t i = 0; i < strip->ink_count; i++) {
        wz_ink *ink = wz_ink_add(&leaf->inks, &leaf->ink_count, &leaf->ink_room);

        *ink = strip->inks[i];
        ink->text = wz_copy(ink->text);
        ink->x += layout->left;
        ink->y += layout->top + layout->used;
    }
    layout->used += strip->height;
}

static int height_from(const wz_strips *strips, size_t first, size_t end)
{
    int height = 0;

    for (size_t i = first; i < end; i++)
        height += strips->items[i].height + strips->items[i].space;
    return height;
}

/* The head that has to be repeated when strip i comes first on a page; NULL for none. */
static const wz_strip *head_of(const wz_strips *strips, size_t i)
{
    size_t head = strips->items[i].head;

    return head != 0 && head - 1 < i ? &strips->items[head - 1] : NULL;
}

/* One strip; on a new page when it does not fit on this one. */
static void put_one(wz_layout *layout, size_t i)
{
    const wz_strip *strip = &layout->strips->items[i];
    const wz_strip *head = head_of(layout->strips, i);

    if (layout->used > 0 && layout->used + strip->space + strip->height > layout->height)
        new_leaf(layout);
    if (layout->used == 0 && head != NULL)
        put(layout, head);
    put(layout, strip);
}

static void put_all(wz_layout *layout)
{
    const wz_strips *strips = layout->strips;

    new_leaf(layout);
    for (size_t first = 0, end; first < strips->count; first = end) {
        for (end = first + 1; end < strips->count && strips->items[end - 1].keep; end++)
            ;
        if (layout->used > 0 && layout->used + height_from(strips, first, end) > layout->height)
            new_leaf(layout);
        for (size_t i = first; i < end; i++)           /* what is higher than a page goes on on the next */
            put_one(layout, i);
    }
}

/* ---- above and below ---- */

static const char *value_of(const wz_report *report, const char *id)
{
    for (size_t i = 0; i < report->section_count; i++) {
        const wz_section *section = &report->sections[i];

        for (size_t row = 0; section->column_titles == NULL && row < section->row_count; row++)
            if (section->rows[row].id != NULL && strcmp(section->rows[row].id, id) == 0)
                return section->rows[row].cells[1].text;
    }
    return NULL;
}

/* "SRV-01, ticket 4711", one of them, or nothing. Owned. */
static char *whose(const wz_report *report, const wz_words *words)
{
    const char *computer = value_of(report, "computer"), *ticket = value_of(report, "ticket");
    const char *args[] = { computer, ticket };
    wz_text     text = { 0 };

    if (ticket == NULL || *ticket == '\0')
        return wz_copy(computer != NULL ? computer : "");
    if (computer == NULL)
        return wz_copy(ticket);
    wz_words_fill(words, IDS_PRINT_TICKET, args, WZ_COUNT(args), &text);
    return wz_text_take(&text);
}

static char *page_of(const wz_words *words, size_t page, size_t count)
{
    wz_text number = { 0 }, all = { 0 }, text = { 0 };

    wz_text_add_number(&number, page);
    wz_text_add_number(&all, count);
    const char *args[] = { wz_text_at(&number), wz_text_at(&all) };

    wz_words_fill(words, IDS_PRINT_PAGE_OF, args, WZ_COUNT(args), &text);
    wz_text_clear(&number);
    wz_text_clear(&all);
    return wz_text_take(&text);
}

/* As much of it as fits, on one line: what is left out stands on the page. Owned; "" for nothing. */
static char *one_line(const wz_measure *measure, const char *text, int width)
{
    wz_lines lines = { 0 };
    wz_text  out = { 0 };

    wz_lines_break(&lines, measure, WZ_TYPE_SMALL, text, width);
    if (lines.count > 0)
        wz_text_add(&out, lines.items[0]);
    if (lines.count > 1)
        wz_text_add(&out, "…");
    wz_lines_clear(&lines);
    return wz_text_take(&out);
}

/* Two texts at the ends of a line; the first has what the second leaves. */
static void put_ends(wz_layout *layout, const wz_measure *measure, const char *near, const char *far, int y)
{
    int       width = layout->strips->width, end = width / 3 * 2;
    wz_strip  strip = { 0 };
    char     *far_part = one_line(measure, far, end - EDGE);

    wz_ink_text(&strip, measure, 0, y, WZ_TYPE_SMALL, far_part);
    if (strip.ink_count > 0) {
        strip.inks[0].x = width - strip.inks[0].width;
        end = strip.inks[0].x - EDGE;
    } else {
        end = width;
    }
    char *near_part = one_line(measure, near, end - EDGE);

    wz_ink_text(&strip, measure, 0, y, WZ_TYPE_SMALL, near_part);
    layout->used = -layout->top;                       /* y counts from the top of the paper */
    put(layout, &strip);
    for (size_t i = 0; i < strip.ink_count; i++)
        free(strip.inks[i].text);
    free(strip.inks);
    free(near_part);
    free(far_part);
}

static void put_edges(wz_layout *layout, const wz_report *report, const wz_words *words)
{
    wz_printout      *out = layout->out;
    const wz_measure *measure = layout->strips->measure;
    int               line = measure->line(measure->context, WZ_TYPE_SMALL), bottom = out->paper.height;
    char             *owner = whose(report, words);
    wz_text           made = { 0 };
    size_t            count = out->leaf_count;

    bottom -= out->paper.bottom + line;
    wz_text_add_time(&made, report->made);
    for (size_t i = 0; i < count; i++) {
        wz_strip rules = { 0 };
        char    *number = page_of(words, i + 1, count);

        out->leaf_count = i + 1;                       /* put writes on the last one */
        put_ends(layout, measure, report->title, owner, out->paper.top);
        put_ends(layout, measure, wz_text_at(&made), number, bottom);
        wz_ink_fill(&rules, 0, out->paper.top + line + RULE, layout->strips->width, RULE, 100);
        wz_ink_fill(&rules, 0, bottom - 3 * RULE, layout->strips->width, RULE, 100);
        layout->used = -layout->top;
        put(layout, &rules);
        free(rules.inks);
        free(number);
    }
    out->leaf_count = count;
    wz_text_clear(&made);
    free(owner);
}

wz_printout *wz_printout_create(const wz_report *report, const wz_words *words, const wz_paper *paper,
                                const wz_measure *measure)
{
    wz_printout *out = wz_new(wz_printout);
    int          line = measure->line(measure->context, WZ_TYPE_SMALL);
    wz_strips    strips = { .measure = measure };
    wz_layout    layout = { .out = out, .strips = &strips, .left = paper->left };

    out->paper = *paper;
    out->name = wz_copy(report->subtitle != NULL ? report->subtitle : report->title);
    layout.top = paper->top + line + EDGE;
    layout.height = larger(paper->height - layout.top - paper->bottom - line - EDGE, LEAST);
    strips.width = larger(paper->width - paper->left - paper->right, LEAST);
    strips.height = layout.height;
    wz_strips_of(&strips, report);
    put_all(&layout);
    put_edges(&layout, report, words);
    wz_strips_clear(&strips);
    return out;
}

void wz_printout_free(wz_printout *printout)
{
    if (printout == NULL)
        return;
    for (size_t i = 0; i < printout->leaf_count; i++) {
        for (size_t ink = 0; ink < printout->leaves[i].ink_count; ink++)
            free(printout->leaves[i].inks[ink].text);
        free(printout->leaves[i].inks);
    }
    free(printout->leaves);
    free(printout->name);
    free(printout);
}
