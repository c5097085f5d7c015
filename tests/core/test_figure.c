#include "check.h"
#include "core/report_parts.h"
#include "report_forms.h"
#include "words.h"

static const wz_shape *shape_of(const wz_figure *figure, const char *text)
{
    for (size_t i = 0; i < figure->shape_count; i++)
        if (figure->shapes[i].text != NULL && strcmp(figure->shapes[i].text, text) == 0)
            return &figure->shapes[i];
    return NULL;
}

/* The filled part of the bar: the first dark shape. */
static int filled(const wz_figure *figure)
{
    for (size_t i = 0; i < figure->shape_count; i++)
        if (figure->shapes[i].tone == WZ_TONE_STRONG)
            return figure->shapes[i].width;
    return 0;
}

static void the_gauge_is_as_full_as_the_branch(void **state)
{
    static const struct { uint16_t revision; const char *first, *last; int filled; } rows[] = {
        { 16384, "16384", "20479", 0    }, { 18431, "16384", "20479", 1950 }, { 20479, "16384", "20479", 3900 },
        { 20480, "20480", "24575", 0    }, { 24566, "20480", "24575", 3891 }, { 24575, "20480", "24575", 3900 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_figure *figure = wz_figure_gauge((wz_version){ 6, 0, 6002, rows[i].revision });

        CHECK_ROW(i, figure != NULL && filled(figure) == rows[i].filled);
        CHECK_ROW(i, shape_of(figure, rows[i].first) != NULL && shape_of(figure, rows[i].last) != NULL);
        wz_figure_free(figure);
    }
    assert_null(wz_figure_gauge((wz_version){ 6, 0, 6002, 16383 }));
    assert_null(wz_figure_gauge((wz_version){ 6, 0, 6002, 24576 }));
    assert_null(wz_figure_gauge((wz_version){ 6, 1, 7601, 17514 }));
    wz_figure_free(NULL);
}

/* Whatever the steps are, they stand in their order, within the figure, and none over another. */
static void steps_stand_one_behind_the_other(void **state)
{
    wz_strip_step steps[9] = { { 0 } };

    (void)state;
    assert_null(wz_figure_strip(steps, 0, "Restart"));
    for (size_t count = 1; count <= CHECK_COUNT(steps); count++) {
        wz_figure *figure;
        int        right = 0;
        size_t     row = 0, boxes = 0;

        for (size_t i = 0; i < count; i++)
            steps[i] = (wz_strip_step){ (unsigned)(4000000 + i), "Installed, waits for a restart of the computer",
                                        WZ_BORDER_SOLID, i % 3 == 2 };
        figure = wz_figure_strip(steps, count, "Restart");
        for (size_t i = 0; i < figure->shape_count; i++) {
            const wz_shape *shape = &figure->shapes[i];

            CHECK_ROW(i, shape->x >= 0 && shape->x + shape->width <= WZ_FIGURE_WIDTH && shape->y >= 0);
            CHECK_ROW(i, shape->y + shape->height <= figure->row_height && shape->row < figure->row_count);
            if (shape->border != WZ_BORDER_SOLID)
                continue;
            CHECK_ROW(i, shape->row > row || shape->x >= right);
            row = shape->row;
            right = shape->x + shape->width;
            boxes++;
        }
        assert_int_equal(boxes, count);
        assert_non_null(shape_of(figure, "1. KB4000000"));
        assert_int_equal(shape_of(figure, "Restart") != NULL, count >= 3);
        wz_figure_free(figure);
    }
}

static void a_long_word_is_broken_and_not_cut(void **state)
{
    wz_strip_step step = { 1, "Undone by Windows at the restart", WZ_BORDER_DOUBLE, false };
    wz_figure    *figure = wz_figure_strip(&step, 1, "Restart");

    (void)state;
    assert_non_null(shape_of(figure, "Undone by Windows at"));
    assert_non_null(shape_of(figure, "the restart"));
    wz_figure_free(figure);
}

static const wz_figure *figure_of(const wz_report *report, const char *name)
{
    for (size_t i = 0; i < report->section_count; i++)
        if (strcmp(report->sections[i].name, name) == 0)
            return report->sections[i].figure;
    return NULL;
}

static size_t restarts_in(const wz_figure *figure)
{
    size_t count = 0;

    for (size_t i = 0; figure != NULL && i < figure->shape_count; i++)
        count += figure->shapes[i].text != NULL && strcmp(figure->shapes[i].text, "Restart") == 0;
    return count;
}

/* The restarts of a plan are those it says; of what was done, those that were, up to the first failure. */
static void restarts_are_marked_where_they_were(void **state)
{
    report_fixture *fixture = report_fixture_create();

    (void)state;
    wz_report *report = wz_report_create(&fixture->session, &fixture->words);

    assert_int_equal(restarts_in(figure_of(report, "plan")), 2);
    assert_null(figure_of(report, "results"));
    assert_non_null(figure_of(report, "about"));
    wz_report_free(report);
    report_fixture_install(fixture);
    for (unsigned restarts = 0; restarts <= 1; restarts++) {
        fixture->session.journal->restarts = restarts;
        report = wz_report_create(&fixture->session, &fixture->words);
        assert_int_equal(restarts_in(figure_of(report, "results")), restarts);
        wz_report_free(report);
    }
    fixture->session.journal->restarts = 9;
    fixture->session.journal->steps[1].outcome = WZ_OUTCOME_FAILED;
    report = wz_report_create(&fixture->session, &fixture->words);
    assert_int_equal(restarts_in(figure_of(report, "results")), 0);
    wz_report_free(report);
    report_fixture_free(fixture);
}

static void a_figure_is_well_formed_in_html(void **state)
{
    wz_strip_step step = { 1, "<b>&\"\xE2\x80\xAE", WZ_BORDER_DASHED, true };
    wz_figure    *figure = wz_figure_strip(&step, 1, "<Restart>");
    wz_text       html = { 0 };

    (void)state;
    wz_text_add(&html, "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head></head><body>");
    wz_figure_add_svg(figure, &html);
    wz_text_add(&html, "</body></html>");
    report_check_html(&html);
    CHECK_CONTAINS(html.at, "&lt;Restart&gt;");
    CHECK_CONTAINS(html.at, "[U+202E]");
    wz_text_clear(&html);
    wz_figure_free(figure);
}

int test_figure(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_gauge_is_as_full_as_the_branch),
        cmocka_unit_test(steps_stand_one_behind_the_other),
        cmocka_unit_test(a_long_word_is_broken_and_not_cut),
        cmocka_unit_test(restarts_are_marked_where_they_were),
        cmocka_unit_test(a_figure_is_well_formed_in_html),
    };

    return cmocka_run_group_tests_name("figure", tests, NULL, NULL);
}
