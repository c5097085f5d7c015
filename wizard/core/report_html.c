/*
 * See report.h: the report as one HTML file without script.
 *
 * HTML 5 that is well-formed XML as well, laid out with tables, so that the Internet Explorer 7 of this Windows shows
 * and prints it; what older ones do not know only beautifies. A verdict is a word in a frame of its own kind; colour
 * comes on top. Printed from a browser it has letters and margins as large as printout.h, and so as many pages.
 */
#include "core/report_parts.h"

#include <string.h>

#define MOST_COLUMNS 8u
#define LONG_DETAIL  36u    /* bytes: a hash or a sentence has a line of its own */

static const char *const style[] = {
    "body { font: 10pt/1.4 Tahoma, Verdana, Arial, sans-serif; color: #000; background: #fff; }",
    "body { margin: 2em auto; max-width: 60em; padding: 0 1em; }",
    "h1 { font-size: 1.6em; margin: 0; }",
    "h2 { font-size: 1.2em; margin: 1.8em 0 .4em 0; page-break-after: avoid; }",
    "h2 { border-bottom: 2px solid #1f4e79; padding-bottom: .1em; }",
    "p { margin: .3em 0 .5em 0; }",
    "p.subtitle { color: #333; }",
    "p.verdict { font-size: 1.15em; font-weight: bold; border: 2px solid #1f4e79; padding: .5em .7em; margin: 1em 0; }",
    "p.notice { border: 3px double #000; padding: .5em .7em; font-weight: bold; word-wrap: break-word; }",
    "table { border-collapse: collapse; width: 100%; table-layout: fixed; }",
    "thead { display: table-header-group; }",
    "tr, tbody.row { page-break-inside: avoid; }",
    "th, td { text-align: left; vertical-align: top; padding: .25em .5em; word-wrap: break-word; }",
    "th, td { border-top: 1px solid #999; }",
    "thead th { border-top: 0; background: #e8eef5; }",
    "tbody th { font-weight: normal; color: #333; }",
    "td.detail { border-top: 0; padding: 0 .5em .4em 2em; font-size: .9em; color: #333; }",
    "td.detail b { font-weight: normal; color: #1f4e79; }",
    "td.detail span { margin-right: 1.2em; }",
    "span.ready, span.action, span.blocked, span.unknown { font-weight: bold; padding: 0 .3em; border: 2px solid; }",
    "span.ready, span.action, span.blocked, span.unknown { white-space: nowrap; }",
    "span.ready { color: #1b5e20; border-color: #1b5e20; }",
    "span.action { color: #7a4b00; border-color: #7a4b00; border-style: dashed; }",
    "span.blocked { color: #a00000; border-color: #a00000; border-style: double; border-width: 4px; }",
    "span.unknown { color: #333; border-color: #333; border-style: dotted; }",
    "table.form td { height: 3.2em; vertical-align: bottom; border-top: 0; border-bottom: 1px solid #000; }",
    "p.seal { margin-top: 2em; font-size: .9em; word-wrap: break-word; }",
    "div.figure { margin: .6em 0; page-break-inside: avoid; }",
    "@page { margin: 14mm 15mm; }",
    "@media print { body { margin: 0; max-width: none; padding: 0; font-size: 9pt; line-height: 1.2; } }",
    "@media print { h1 { font-size: 18pt; } h2 { font-size: 12pt; margin: 1.2em 0 .3em 0; } }",
    "@media print { th, td { padding: .15em .5em; } td.detail { padding: 0 .5em .2em 2em; } p { margin: .2em 0; } }",
};

static void add_value(wz_text *out, const char *value)
{
    wz_text shown = { 0 };

    if (value == NULL)
        return;
    wz_text_add_visible(&shown, value);
    for (char *line = shown.at, *end; line != NULL; line = end) {
        end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        wz_text_add_xml(out, line);
        if (end != NULL)
            wz_text_add(out, "<br />");
    }
    wz_text_clear(&shown);
}

static void add_tagged(wz_text *out, const char *open, const char *value, const char *close)
{
    wz_text_add(out, open);
    add_value(out, value);
    wz_text_add(out, close);
}

static void add_paragraphs(wz_text *out, const char *text)
{
    for (const char *at = text; at != NULL;) {
        const char *end = strchr(at, '\n');
        wz_text     one = { 0 };

        wz_text_append(&one, at, end ? (size_t)(end - at) : strlen(at));
        add_tagged(out, "<p>", wz_text_at(&one), "</p>\n");
        wz_text_clear(&one);
        at = end ? end + 1 : NULL;
    }
}

static size_t main_columns(const wz_section *section)
{
    size_t count = section->main_count == 0 ? section->column_count : section->main_count;

    if (count > MOST_COLUMNS)
        count = MOST_COLUMNS;
    return count < section->column_count ? count : section->column_count;
}

/* The table is laid out before its content is known, else a long path would push it off the page. */
static void add_widths(wz_text *out, const wz_section *section, size_t count)
{
    unsigned widths[MOST_COLUMNS], sum = 0, given = 0;

    wz_section_widths(section, count, 90, 2, widths);
    for (size_t i = 0; i < count; i++) {
        if (widths[i] < 10 || section->is_form)
            widths[i] = section->is_form ? 20 : 10; /* a form has room to write, an update's number is not broken */
        widths[i] += i == 0 && section->row_count > 0 && section->rows[0].verdict != NULL ? 9 : 3;    /* frame, bold */
        sum += widths[i];
    }
    for (size_t i = 0; i < count; i++) {
        unsigned percent = i + 1 < count ? widths[i] * 100 / sum : 100 - given;

        given += percent;
        wz_text_add(out, "<col style=\"width: ");
        wz_text_add_number(out, percent);
        wz_text_add(out, "%\" />");
    }
    wz_text_add(out, "\n");
}

/* As wz_section_add_detail, with its name in a colour. */
static void add_detail(wz_text *out, const wz_section *section, size_t column, const char *text)
{
    wz_text name = { 0 }, value = { 0 }, pattern = { 0 };

    add_value(&value, text);
    if (section->column_titles != NULL)
        add_tagged(&name, "<b>", section->column_titles[column], "</b>");
    add_value(&pattern, section->pair != NULL ? section->pair : "%2");

    const char *args[] = { wz_text_at(&name), wz_text_at(&value) };

    wz_text_fill(out, wz_text_at(&pattern), args, WZ_COUNT(args));
    wz_text_clear(&pattern);
    wz_text_clear(&value);
    wz_text_clear(&name);
}

/* Each behind the head of its column; long ones on lines of their own. */
static void add_details(wz_text *out, const wz_section *section, const wz_row *row, size_t first)
{
    bool any = false, was_long = false;

    for (size_t i = first; i < section->column_count; i++) {
        const char *text = row->cells[i].text;

        if (text == NULL || *text == '\0')
            continue;
        bool is_long = strlen(text) > LONG_DETAIL;

        if (!any) {
            wz_text_add(out, "<tr><td class=\"detail\" colspan=\"");
            wz_text_add_number(out, first);
            wz_text_add(out, "\">");
        } else {
            wz_text_add(out, is_long || was_long ? "<br />" : " ");
        }
        wz_text_add(out, "<span>");
        add_detail(out, section, i, text);
        wz_text_add(out, "</span>");
        any = true;
        was_long = is_long;
    }
    if (any)
        wz_text_add(out, "</td></tr>\n");
}

static void add_row(wz_text *out, const wz_section *section, const wz_row *row, size_t count)
{
    bool is_pair = section->column_titles == NULL;

    wz_text_add(out, "<tr>");
    for (size_t i = 0; i < count; i++) {
        const char *text = row->cells[i].text;

        if (i == 0 && row->verdict != NULL && text != NULL) {
            wz_text_add(out, "<td><span class=\"");
            wz_text_add(out, row->verdict);
            add_tagged(out, "\">", text, "</span></td>");
        } else if (i == 0 && is_pair) {
            add_tagged(out, "<th>", text, "</th>");
        } else {
            add_tagged(out, "<td>", text, "</td>");
        }
    }
    wz_text_add(out, "</tr>\n");
    add_details(out, section, row, count);
}

static void add_table(wz_text *out, const wz_section *section)
{
    size_t count = main_columns(section);
    bool   has_details = count < section->column_count;

    wz_text_add(out, section->is_form ? "<table class=\"form\">\n" : "<table>\n");
    add_widths(out, section, count);
    if (section->column_titles != NULL) {
        wz_text_add(out, "<thead><tr>");
        for (size_t i = 0; i < count; i++)
            add_tagged(out, "<th>", section->column_titles[i], "</th>");
        wz_text_add(out, "</tr></thead>\n");
    }
    for (size_t i = 0; i < section->row_count; i++) {
        if (i == 0 || has_details)                     /* a row and its details stay on one page */
            wz_text_add(out, has_details ? "<tbody class=\"row\">\n" : "<tbody>\n");
        add_row(out, section, &section->rows[i], count);
        if (i + 1 == section->row_count || has_details)
            wz_text_add(out, "</tbody>\n");
    }
    wz_text_add(out, "</table>\n");
}

/* Internet Explorer 7 and 8 know no SVG and would show its words as a row: this hides it from them. */
#define NO_SVG "<!--[if lt IE 9]><style type=\"text/css\">div.figure { display: none; }</style><![endif]-->\n"

static void add_figure(wz_text *out, const wz_figure *figure)
{
    wz_text_add(out, "<div class=\"figure\">");
    wz_figure_add_svg(figure, out);
    wz_text_add(out, "</div>\n");
}

void wz_report_render_html(const wz_report *report, wz_text *out)
{
    const char *language = report->language ? report->language : "en-US";

    wz_text_add(out, "<!DOCTYPE html>\n"
                     "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
    wz_text_add_xml(out, language);
    wz_text_add(out, "\" xml:lang=\"");
    wz_text_add_xml(out, language);
    wz_text_add(out, "\">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" />\n");
    add_tagged(out, "<title>", report->subtitle ? report->subtitle : report->title, "</title>\n");
    wz_text_add(out, "<style type=\"text/css\">\n");
    for (size_t i = 0; i < WZ_COUNT(style); i++) {
        wz_text_add(out, style[i]);
        wz_text_add(out, "\n");
    }
    wz_text_add(out, "</style>\n" NO_SVG "</head>\n<body>\n");
    if (report->title != NULL)
        add_tagged(out, "<h1>", report->title, "</h1>\n");
    if (report->subtitle != NULL)
        add_tagged(out, "<p class=\"subtitle\">", report->subtitle, "</p>\n");
    for (size_t i = 0; i < report->notice_count; i++)
        add_tagged(out, "<p class=\"notice\">", report->notices[i].text, "</p>\n");
    if (report->verdict != NULL)
        add_tagged(out, "<p class=\"verdict\">", report->verdict, "</p>\n");
    for (size_t i = 0; i < report->section_count; i++) {
        const wz_section *section = &report->sections[i];

        add_tagged(out, "<h2>", section->title, "</h2>\n");
        if (section->lead != NULL)
            add_paragraphs(out, section->lead);
        if (section->figure != NULL)
            add_figure(out, section->figure);
        if (section->row_count > 0)
            add_table(out, section);
    }
    if (report->seal[0] != '\0') {
        add_tagged(out, "<p class=\"seal\">", report->seal_label, "<br />");
        add_tagged(out, "", report->seal, "</p>\n");
    }
    wz_text_add(out, "</body>\n</html>\n");
}
