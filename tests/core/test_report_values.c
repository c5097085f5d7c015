#include "check.h"
#include "core/report_parts.h"
#include "report_forms.h"
#include "resource.h"

/* What strangers can set: it comes back whole from XML, and stays a value on paper. */

static report_fixture *made(void)
{
    report_fixture *fixture = report_fixture_create();

    report_fixture_find_files(fixture);
    report_fixture_install(fixture);
    return fixture;
}

/* ---- the same in all three ------------------------------------------------------------------------------------- */

/* Text as XML gives it back: what XML forbids has become U+FFFD. */
static void check_cells(const wz_section *section, const wz_node *node)
{
    for (size_t row = 0; row < section->row_count; row++) {
        const wz_node *line = report_node(node, "row", "id", section->rows[row].id);

        assert_non_null(line);
        for (size_t i = 0; i < section->column_count; i++) {
            const wz_cell *cell = &section->rows[row].cells[i];
            const wz_node *got = report_node(line, "cell", "name", section->column_names[i]);

            if (cell->text == NULL)
                continue;
            assert_non_null(got);
            char *text = wz_node_text(got);

            CHECK_TEXT(text, cell->text);
            free(text);
        }
    }
}

static void xml_gives_back_every_value(void **state)
{
    report_fixture *fixture = made();

    (void)state;
    report_fixture_poison(fixture, "<script>&amp; \"quotes\" 'and' ]]> \xE2\x80\xAE" "exe.txt "
                                   "\xF0\x9F\x92\xBE <!-- -- -->");
    wz_report *report = wz_report_create(&fixture->session, &fixture->words);
    wz_text    text = { 0 };

    wz_report_render(report, WZ_REPORT_XML, &text);
    wz_xml *xml = report_opened(&text);

    for (size_t i = 0; i < report->section_count; i++) {
        const wz_node *node = report_node(wz_xml_root(xml), "section", "name", report->sections[i].name);

        assert_non_null(node);
        check_cells(&report->sections[i], node);
    }
    wz_xml_free(xml);
    wz_text_clear(&text);
    wz_report_free(report);
    report_fixture_free(fixture);
}

static void every_cell_stands_in_html_and_text(void **state)
{
    report_fixture *fixture = made();
    size_t          cells = 0;

    (void)state;
    wz_text    html = report_rendered(fixture, WZ_REPORT_HTML), text = report_rendered(fixture, WZ_REPORT_TEXT);
    wz_report *report = wz_report_create(&fixture->session, &fixture->words);

    for (size_t i = 0; i < report->section_count; i++)
        for (size_t row = 0; row < report->sections[i].row_count; row++)
            for (size_t column = 0; column < report->sections[i].column_count; column++) {
                const char *value = report->sections[i].rows[row].cells[column].text;
                char        word[12] = "";              /* short enough to stand on one line of any column */

                if (value == NULL)
                    continue;
                cells++;
                snprintf(word, sizeof word, "%.*s", (int)strcspn(value, " \\-/_,;~\n"), value);
                CHECK_CONTAINS(html.at, word);
                CHECK_CONTAINS(text.at, word);
            }
    assert_true(cells > 300);
    wz_report_free(report);
    wz_text_clear(&html);
    wz_text_clear(&text);
    report_fixture_free(fixture);
}

/* ---- hostile values -------------------------------------------------------------------------------------------- */

static char *long_path(size_t length)
{
    char *path = wz_alloc_array(length + 1, 1);

    memset(path, 'x', length);
    memcpy(path, "E:\\", 3);
    for (size_t i = 40; i < length; i += 97)
        path[i] = '\\';
    return path;
}

/* Twelve characters, each as wide as two. */
#define WIDE "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E" \
             "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E"

static void hostile_values_stay_values(void **state)
{
    static const char *const values[] = {
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "' ]]> &#60;script&#62;",
        "</td></tr></table></body></html>",
        "\x01\x02\x1B[2J\x7F",
        "a\tb\rc\nd\n\ne\n",
        "\xC2\x85\xC2\x9B" "31m",
        "\xE2\x80\xAEtxt.exe\xE2\x81\xA6",
        "\xE2\x80\x8F\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
        "\xEF\xBF\xBE\xEF\xBF\xBF",
        "%1 %2 %9 %s %n",
        "\xFF\xC0\x80\xED\xA0\x80",
        "",
        " ",
        "\n",
        "   leading and trailing   ",
        WIDE WIDE WIDE WIDE,
    };

    (void)state;
    for (size_t i = 0; i <= CHECK_COUNT(values); i++) {
        report_fixture *fixture = made();
        char           *path = long_path(300);
        const char     *value = i < CHECK_COUNT(values) ? values[i] : path;

        report_fixture_poison(fixture, value);
        report_check_forms(fixture);
        fixture->session.opened_from = wz_copy(value);
        report_check_forms(fixture);
        free(path);
        report_fixture_free(fixture);
    }
}

static void direction_marks_are_shown_on_paper(void **state)
{
    static const struct { const char *value, *shown; } rows[] = {
        { "a\xE2\x80\xAE" "b",       "a[U+202E]b"          },
        { "a\xE2\x81\xA9",           "a[U+2069]"           },
        { "a\tb",                    "a b"                 },
        { "a\nb",                    "a\nb"                },
        { "a\x1B[31m",               "a\xEF\xBF\xBD[31m"   },
        { "a\xC2\x9B" "31m",         "a\xEF\xBF\xBD" "31m" },
        { "\xFFz\xE2\x80",           "\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD" },
        { "\xE2\x80\x8F\xD7\xA9",    "\xE2\x80\x8F\xD7\xA9" },
        { "Radiologie \xC3\xBC\xE2\x82\xAC\xF0\x9F\x92\xBE", "Radiologie \xC3\xBC\xE2\x82\xAC\xF0\x9F\x92\xBE" },
        { "",                        ""                    },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text got = { 0 };

        wz_text_add_visible(&got, rows[i].value);
        CHECK_TEXT(wz_text_at(&got), rows[i].shown);
        wz_text_clear(&got);
    }
}

/* Whatever a stranger has put in: a spreadsheet finds fields of text and nothing to calculate. */
static void csv_has_no_formula(void **state)
{
    static const char *const values[] = {
        "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "\n=1", "\"\r\n=1,\"x\"", "|x", "%0A=1",
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(values); i++) {
        report_fixture *fixture = report_fixture_create();
        unsigned        fields = 0, lines = 0;

        report_fixture_poison(fixture, values[i]);
        wz_text csv = report_rendered(fixture, WZ_REPORT_CSV);

        CHECK_ROW(i, wz_is_utf8(csv.at, csv.length));
        for (const char *at = csv.at + 3; *at != '\0'; fields++) {
            CHECK_ROW(i, *at++ == '"');
            CHECK_ROW(i, strchr("=+-@|%\t\r", at[strspn(at, " \n")]) == NULL || at[strspn(at, " \n")] == '\0');
            while (at[0] != '"' || at[1] == '"') {
                CHECK_ROW(i, *at != '\0');
                at += at[0] == '"' ? 2 : 1;
            }
            at++;
            if (strncmp(at, "\r\n", 2) == 0) {
                CHECK_ROW(i, fields % 6 == 5);
                at += 2;
                lines++;
            } else {
                CHECK_ROW(i, *at++ == ',');
            }
        }
        CHECK_ROW(i, lines > 50 && fields == lines * 6);
        wz_text_clear(&csv);
        report_fixture_free(fixture);
    }
}

/* ---- what every form has ---------------------------------------------------------------------------------------- */

/* The sentence and, right below it, how many checks stand at each level and which of them are not ready. */
static void the_verdict_has_its_levels(void **state)
{
    report_fixture *fixture = report_fixture_create();

    (void)state;
    wz_text        text = report_rendered(fixture, WZ_REPORT_XML), html = report_rendered(fixture, WZ_REPORT_HTML);
    wz_text        csv = report_rendered(fixture, WZ_REPORT_CSV);
    wz_xml        *xml = report_opened(&text);
    const wz_node *first = wz_node_first(wz_xml_root(xml), "section");

    CHECK_TEXT(wz_node_attribute(first, "name"), "verdict");
    for (wz_verdict verdict = WZ_VERDICT_READY; verdict <= WZ_VERDICT_UNKNOWN; verdict++) {
        const wz_node *row = report_node(first, "row", "verdict", wz_verdict_name(verdict));
        unsigned long  expected = 0;

        assert_non_null(row);
        char *count = wz_node_text(report_node(row, "cell", "name", "count"));

        for (size_t i = 0; i < WZ_CHECK_COUNT; i++)
            expected += fixture->session.checks.items[i].verdict == verdict;
        assert_int_equal(strtoul(count, NULL, 10), expected);
        free(count);
    }
    CHECK_CONTAINS(csv.at, "\"verdict\",\"blocked\",\"blocked\",\"checks\",\"\",\"(IDS_CHK_PENDING_RESTART)\"");
    assert_true(strstr(html.at, "<span class=\"blocked\">") < strstr(html.at, ">MRT-SRV-01</td>"));
    wz_xml_free(xml);
    wz_text_clear(&csv);
    wz_text_clear(&html);
    wz_text_clear(&text);
    report_fixture_free(fixture);
}

static void signature_lines_are_in_every_form(void **state)
{
    static const wz_report_format formats[] = { WZ_REPORT_HTML, WZ_REPORT_XML, WZ_REPORT_TEXT, WZ_REPORT_CSV };
    report_fixture *fixture = report_fixture_create();

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(formats); i++) {
        wz_text text = report_rendered(fixture, formats[i]);

        CHECK_CONTAINS(text.at, wz_word(&fixture->words, IDS_DOC_SIGN_LEAD));
        wz_text_clear(&text);
    }
    report_fixture_free(fixture);
}

int test_report_values(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_gives_back_every_value),
        cmocka_unit_test(every_cell_stands_in_html_and_text),
        cmocka_unit_test(hostile_values_stay_values),
        cmocka_unit_test(direction_marks_are_shown_on_paper),
        cmocka_unit_test(csv_has_no_formula),
        cmocka_unit_test(the_verdict_has_its_levels),
        cmocka_unit_test(signature_lines_are_in_every_form),
    };

    return cmocka_run_group_tests_name("report_values", tests, NULL, NULL);
}
