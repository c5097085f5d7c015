#include "check.h"
#include "core/printout_parts.h"
#include "core/report_parts.h"
#include "report_session.h"
#include "words.h"

/*
 * The layout with letters of one width, on many papers. Whatever is printed: nothing leaves the margins, nothing lies
 * over another text, no page is empty below its head, nothing of the report is lost, and only heads of columns come
 * twice.
 */

static int fake_width(void *context, wz_type type, const char *text, size_t length)
{
    (void)context;
    return (int)wz_text_columns(text, length) * wz_type_size(type) * (wz_type_is_bold(type) ? 60 : 55) / 100;
}

static int fake_line(void *context, wz_type type)
{
    (void)context;
    return wz_type_size(type) * 12 / 10;
}

static const wz_measure measure = { fake_width, fake_line, NULL };

/* ---- reports ---- */

static void as_it_is(report_fixture *fixture) { (void)fixture; }

static void with_files(report_fixture *fixture) { report_fixture_find_files(fixture); }

static void installed(report_fixture *fixture)
{
    report_fixture_find_files(fixture);
    report_fixture_install(fixture);
}

static void finished(report_fixture *fixture) { report_fixture_finish(fixture); }

static void poisoned(report_fixture *fixture)
{
    wz_text value = { 0 };

    for (unsigned i = 0; i < 200; i++)
        wz_text_add(&value, i % 50 == 0 ? "\xE6\x96\x87\xE5\xAD\x97" : i % 7 == 0 ? " " : "X\xCC\x81\t\\y");
    for (unsigned i = 0; i < 40; i++)
        wz_text_add(&value, "one line of many\n");
    installed(fixture);
    report_fixture_poison(fixture, value.at);
    wz_text_clear(&value);
}

static const struct { const char *name; void (*make)(report_fixture *fixture); } reports[] = {
    { "as it is", as_it_is }, { "with files", with_files }, { "installed", installed }, { "finished", finished },
    { "poisoned", poisoned },
};

static const wz_paper papers[] = {
    { 5953, 8419, 425, 395, 425, 395 },                /* A4 */
    { 6120, 7920, 425, 395, 425, 395 },                /* Letter */
    { 7920, 6120, 500, 300, 500, 700 },                /* Letter, landscape, a printer that wastes its edge */
    { 4195, 5953, 425, 395, 425, 395 },                /* A5: too narrow for the figures */
    { 2400, 2000, 100, 100, 100, 100 },                /* a label */
};

static wz_report *report_of(size_t which)
{
    report_fixture *fixture = report_fixture_create();
    wz_report      *report;

    reports[which].make(fixture);
    report = wz_report_create(&fixture->session, &fixture->words);
    report_fixture_free(fixture);
    return report;
}

/* ---- what holds for every page ---- */

typedef struct where { const char *report; const wz_paper *paper; size_t page; } where;

static void fail_at(const where *at, const wz_ink *ink, const char *what)
{
    print_error("%s, %d x %d, page %u: %s: %d,%d %d x %d \"%s\"\n", at->report, at->paper->width, at->paper->height,
                (unsigned)at->page + 1, what, ink->x, ink->y, ink->width, ink->height, ink->text ? ink->text : "-");
    fail();
}

static bool lie_over_each_other(const wz_ink *a, const wz_ink *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

/* Above and below the part for the report. */
static bool is_edge(const wz_paper *paper, const wz_ink *ink)
{
    return ink->y <= paper->top + 2 || ink->y + ink->height >= paper->height - paper->bottom - 2;
}

static void check_leaf(const where *at, const wz_leaf *leaf)
{
    const wz_paper *paper = at->paper;
    const wz_ink   *last = NULL;
    size_t          texts = 0;

    for (size_t i = 0; i < leaf->ink_count; i++) {
        const wz_ink *ink = &leaf->inks[i];

        if (ink->x < paper->left || ink->y < paper->top || ink->x + ink->width > paper->width - paper->right ||
            ink->y + ink->height > paper->height - paper->bottom || ink->width <= 0 || ink->height <= 0)
            fail_at(at, ink, "outside the margins");
        for (size_t j = 0; ink->text != NULL && j < i; j++)
            if (leaf->inks[j].text != NULL && lie_over_each_other(ink, &leaf->inks[j]))
                fail_at(at, ink, "over another text");
        if (ink->text != NULL && !is_edge(paper, ink)) {
            texts++;
            last = ink;
        }
    }
    if (texts == 0)
        fail_at(at, &leaf->inks[0], "an empty page");
    if (last->type == WZ_TYPE_HEADING)
        fail_at(at, last, "a heading alone");
}

static bool says(const wz_paper *paper, const wz_leaf *leaf, const char *text)
{
    for (size_t i = 0; i < leaf->ink_count; i++)
        if (leaf->inks[i].text != NULL && is_edge(paper, &leaf->inks[i]) && strcmp(leaf->inks[i].text, text) == 0)
            return true;
    return false;
}

static void every_page_is_whole_and_says_which_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(reports); i++) {
        wz_report *report = report_of(i);

        for (size_t j = 0; j < CHECK_COUNT(papers); j++) {
            wz_printout *printout = wz_printout_create(report, test_words(), &papers[j], &measure);
            where        at = { reports[i].name, &papers[j], 0 };

            for (; at.page < printout->leaf_count; at.page++) {
                char number[40];

                snprintf(number, sizeof number, "Page %u of %u", (unsigned)at.page + 1, (unsigned)printout->leaf_count);
                check_leaf(&at, &printout->leaves[at.page]);
                if (!says(&papers[j], &printout->leaves[at.page], number))
                    fail_at(&at, &printout->leaves[at.page].inks[0], number);
            }
            wz_printout_free(printout);
        }
        wz_report_free(report);
    }
}

static void every_page_names_title_computer_and_ticket(void **state)
{
    wz_report   *report = report_of(0);
    wz_paper     paper = wz_paper_a4();
    wz_printout *printout = wz_printout_create(report, test_words(), &paper, &measure);

    (void)state;
    assert_true(printout->leaf_count >= 3);
    CHECK_TEXT(printout->name, report->subtitle);
    for (size_t i = 0; i < printout->leaf_count; i++) {
        CHECK_ROW(i, says(&paper, &printout->leaves[i], report->title));
        CHECK_ROW(i, says(&paper, &printout->leaves[i], "MRT-SRV-01, ticket INC-20261106-17"));
        CHECK_ROW(i, says(&paper, &printout->leaves[i], "2026-11-06T21:20:00Z"));
    }
    wz_printout_free(printout);
    wz_report_free(report);
}

/* ---- nothing is lost ---- */

typedef struct letters { size_t count[256]; } letters;

static void count_letters(letters *all, const char *text)
{
    wz_text shown = { 0 };

    wz_text_add_visible(&shown, text != NULL ? text : "");
    for (const char *p = wz_text_at(&shown); *p != '\0'; p++)
        all->count[(unsigned char)*p] += *p != ' ' && *p != '\n';
    wz_text_clear(&shown);
}

static void count_section(letters *all, const wz_section *section)
{
    size_t count = section->main_count == 0 ? section->column_count : section->main_count;

    count_letters(all, section->title);
    count_letters(all, section->lead);
    for (size_t i = 0; section->figure != NULL && i < section->figure->shape_count; i++)
        count_letters(all, section->figure->shapes[i].text);
    for (size_t i = 0; section->column_titles != NULL && section->row_count > 0 && i < count; i++)
        count_letters(all, section->column_titles[i]);
    for (size_t row = 0; row < section->row_count; row++)
        for (size_t i = 0; i < section->column_count; i++) {
            const char *text = section->rows[row].cells[i].text;

            count_letters(all, text);
            if (i >= count && text != NULL && *text != '\0') {
                count_letters(all, section->column_titles[i]);
                count_letters(all, ":");
            }
        }
}

static void count_report(letters *all, const wz_report *report)
{
    count_letters(all, report->title);
    count_letters(all, report->subtitle);
    count_letters(all, report->verdict);
    for (size_t i = 0; i < report->notice_count; i++)
        count_letters(all, report->notices[i].text);
    for (size_t i = 0; i < report->section_count; i++)
        count_section(all, &report->sections[i]);
    count_letters(all, report->seal_label);
    count_letters(all, report->seal);
}

/* On one page as long as it takes there are no repeated heads, so each letter is there as often as in the report. */
static void every_letter_of_the_report_is_on_paper_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(reports); i++) {
        wz_report   *report = report_of(i);
        wz_paper     paper = { 5953, 50000000, 425, 395, 425, 395 };
        wz_printout *printout = wz_printout_create(report, test_words(), &paper, &measure);
        letters      want = { { 0 } }, got = { { 0 } };

        assert_int_equal(printout->leaf_count, 1);
        count_report(&want, report);
        for (size_t ink = 0; ink < printout->leaves[0].ink_count; ink++)
            if (!is_edge(&paper, &printout->leaves[0].inks[ink]))
                count_letters(&got, printout->leaves[0].inks[ink].text);
        for (size_t letter = 0; letter < CHECK_COUNT(want.count); letter++)
            if (want.count[letter] != got.count[letter]) {
                print_error("%s: 0x%02x %u times, not %u\n", reports[i].name, (unsigned)letter,
                            (unsigned)got.count[letter], (unsigned)want.count[letter]);
                fail();
            }
        wz_printout_free(printout);
        wz_report_free(report);
    }
}

/* ---- tables ---- */

typedef struct table { wz_report *report; wz_section section; const char *names[2]; char *titles[2]; } table;

/* A report of one table with so many rows, each of as many lines as lines says. */
static void make_table(table *made, size_t rows, unsigned lines)
{
    made->report = wz_new(wz_report);
    made->names[0] = made->names[1] = "x";
    made->report->title = wz_copy("T");
    made->report->sections = &made->section;
    made->report->section_count = 1;
    made->titles[0] = wz_copy("Head one");
    made->titles[1] = wz_copy("Head two");
    made->section = (wz_section){ .name = "x", .title = wz_copy("Heading"), .column_names = made->names,
                                  .column_titles = made->titles, .column_count = 2,
                                  .rows = wz_new_array(rows, wz_row), .row_count = rows };
    for (size_t i = 0; i < rows; i++) {
        wz_text text = { 0 };

        for (unsigned line = 0; line < lines; line++)
            wz_text_add(&text, line == 0 ? "first" : line + 1 == lines ? "\nlast" : "\nnext");
        made->section.rows[i] = (wz_row){ wz_new_array(2, wz_cell), NULL, NULL };
        made->section.rows[i].cells[0].text = wz_copy("name");
        made->section.rows[i].cells[1].text = wz_text_take(&text);
    }
}

static void free_table(table *made)
{
    for (size_t i = 0; i < made->section.row_count; i++) {
        free(made->section.rows[i].cells[0].text);
        free(made->section.rows[i].cells[1].text);
        free(made->section.rows[i].cells);
    }
    free(made->section.rows);
    free(made->section.title);
    free(made->titles[0]);
    free(made->titles[1]);
    free(made->report->title);
    free(made->report);
}

/* The n-th text of a page below its edge; NULL when it has fewer. */
static const wz_ink *text_at(const wz_paper *paper, const wz_leaf *leaf, size_t n)
{
    for (size_t i = 0; i < leaf->ink_count; i++)
        if (leaf->inks[i].text != NULL && !is_edge(paper, &leaf->inks[i]) && n-- == 0)
            return &leaf->inks[i];
    return NULL;
}

static size_t texts_of(const wz_paper *paper, const wz_leaf *leaf)
{
    size_t count = 0;

    while (text_at(paper, leaf, count) != NULL)
        count++;
    return count;
}

static void a_table_goes_on_below_its_heads_and_keeps_its_rows_whole(void **state)
{
    wz_paper paper = wz_paper_letter();

    (void)state;
    for (unsigned lines = 1; lines <= 9; lines++) {
        table        made;
        wz_printout *printout;

        make_table(&made, 100, lines);
        printout = wz_printout_create(made.report, test_words(), &paper, &measure);
        CHECK_ROW(lines, printout->leaf_count > 1);
        for (size_t i = 0; i < printout->leaf_count; i++) {
            const wz_leaf *leaf = &printout->leaves[i];
            size_t         first = i == 0 ? 2 : 0;     /* behind title and heading */

            CHECK_TEXT(text_at(&paper, leaf, first)->text, "Head one");
            CHECK_TEXT(text_at(&paper, leaf, first + 1)->text, "Head two");
            CHECK_TEXT(text_at(&paper, leaf, first + 2)->text, "name");
            CHECK_TEXT(text_at(&paper, leaf, first + 3)->text, "first");
            CHECK_TEXT(text_at(&paper, leaf, texts_of(&paper, leaf) - 1)->text, lines > 1 ? "last" : "first");
        }
        wz_printout_free(printout);
        free_table(&made);
    }
}

/* A row higher than a page is parted between lines, and never its first or last line from the next to it. */
static void a_row_higher_than_a_page_goes_on(void **state)
{
    wz_paper     paper = wz_paper_a4();
    table        made;
    wz_printout *printout;
    size_t       lines = 0;

    (void)state;
    make_table(&made, 3, 150);
    printout = wz_printout_create(made.report, test_words(), &paper, &measure);
    assert_true(printout->leaf_count >= 6);
    for (size_t i = 0; i < printout->leaf_count; i++) {
        const wz_leaf *leaf = &printout->leaves[i];
        size_t         count = texts_of(&paper, leaf);

        if (i > 0)
            CHECK_TEXT(text_at(&paper, leaf, 0)->text, "Head one");
        if (strcmp(text_at(&paper, leaf, 2)->text, "last") == 0 || strcmp(text_at(&paper, leaf, count - 1)->text,
                                                                          "first") == 0)
            fail_msg("page %u parts the ends of a row", (unsigned)i + 1);
        for (size_t n = 0; n < count; n++) {
            const char *text = text_at(&paper, leaf, n)->text;

            lines += strcmp(text, "first") == 0 || strcmp(text, "next") == 0 || strcmp(text, "last") == 0;
        }
    }
    assert_int_equal(lines, 3 * 150);
    wz_printout_free(printout);
    free_table(&made);
}

/* ---- lines ---- */

static void lines_are_broken_where_a_reader_expects_it(void **state)
{
    static const struct { const char *text; int letters; const char *lines[5]; } rows[] = {
        { "one two three", 8, { "one two", "three" } },
        { "one two  three", 7, { "one two", "three" } },
        { "one\ntwo", 20, { "one", "two" } },
        { "one\n\ntwo", 20, { "one", "", "two" } },
        { "C:\\Windows\\System32", 12, { "C:\\Windows\\", "System32" } },
        { "see C:\\Windows\\System32", 14, { "see", "C:\\Windows\\", "System32" } },
        { "aaaaaaaaaa", 4, { "aaaa", "aaaa", "aa" } },
        { "a\xCC\x81\x61\xCC\x81\x61\xCC\x81", 2, { "a\xCC\x81\x61\xCC\x81", "a\xCC\x81" } },
        { "KB1 \xE6\x96\x87\xE5\xAD\x97\xE6\x96\x87", 8, { "KB1 \xE6\x96\x87\xE5\xAD\x97", "\xE6\x96\x87" } },
        { "tab\there", 20, { "tab here" } },
        { "", 5, { NULL } },
        { "x", 0, { "x" } },
        { "xy", 0, { "x", "y" } },
    };
    int letter = fake_width(NULL, WZ_TYPE_BODY, "x", 1);

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_lines lines = { 0 };
        size_t   count = 0;

        while (count < CHECK_COUNT(rows[i].lines) && rows[i].lines[count] != NULL)
            count++;
        wz_lines_break(&lines, &measure, WZ_TYPE_BODY, rows[i].text, rows[i].letters * letter + letter / 2);
        for (size_t line = 0; line < lines.count && line < count; line++)
            CHECK_TEXT(lines.items[line], rows[i].lines[line]);
        CHECK_ROW(i, lines.count == count);
        wz_lines_clear(&lines);
    }
}

static void margins_are_the_printers_where_it_reaches_less(void **state)
{
    wz_paper paper = wz_paper_a4(), before = paper;

    (void)state;
    wz_paper_reach(&paper, 0, before.top + 1, 30, 900);
    assert_int_equal(paper.left, before.left);
    assert_int_equal(paper.top, before.top + 1);
    assert_int_equal(paper.right, before.right);
    assert_int_equal(paper.bottom, 900);
}

int test_printout(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_whole_and_says_which_it_is),
        cmocka_unit_test(every_page_names_title_computer_and_ticket),
        cmocka_unit_test(every_letter_of_the_report_is_on_paper_once),
        cmocka_unit_test(a_table_goes_on_below_its_heads_and_keeps_its_rows_whole),
        cmocka_unit_test(a_row_higher_than_a_page_goes_on),
        cmocka_unit_test(lines_are_broken_where_a_reader_expects_it),
        cmocka_unit_test(margins_are_the_printers_where_it_reaches_less),
    };

    return cmocka_run_group_tests_name("printout", tests, NULL, NULL);
}
