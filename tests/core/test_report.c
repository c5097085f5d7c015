#include "check.h"
#include "fake_scan.h"
#include "report_forms.h"
#include "words.h"

/*
 * The golden files are tests/data/report/NAME.html, .xml and .txt; those in HTML without the style, which says nothing.
 * WZ_ACCEPT=1 in the environment rewrites them; look at the difference before it is committed.
 */
typedef void fixture_maker(report_fixture *fixture);

static void make_nothing_done(report_fixture *fixture) { (void)fixture; }

static void make_files(report_fixture *fixture) { report_fixture_find_files(fixture); }

static void make_installed(report_fixture *fixture)
{
    report_fixture_find_files(fixture);
    report_fixture_install(fixture);
}

static void make_scanned(report_fixture *fixture)
{
    wz_scan_result  *scan = &fixture->session.scan;
    wz_suppression   decided = { "note.exe", "*", "Looked at by B. Berg, INC-7" };
    const wz_program program = { "Sophos Endpoint Security", "Sophos Limited", "10.8" };

    fake_scan_fill(scan);
    scan->state = WZ_SCAN_FINISHED;
    scan->began = 1793952000;
    scan->seconds = 41;
    scan->suppressions = wz_copy("E:\\decided.xml");
    wz_fail(&scan->places[WZ_PLACE_TASKS].error, WZ_E_DENIED, 5, "Tasks");
    scan->places[WZ_PLACE_TASKS].is_looked_at = true;
    wz_scan_result_finish(scan);
    wz_findings_suppress(&scan->findings, &decided, 1);
    scan->known = wz_new(wz_known_hit);
    scan->known[scan->known_count++] = (wz_known_hit){
        wz_copy(program.name), wz_copy(program.company), wz_copy(program.version),
        wz_copy("Made the system unresponsive."), wz_copy("Microsoft's release information"), 4493471,
    };
}

static void make_finished(report_fixture *fixture) { report_fixture_finish(fixture); }

static void make_site(report_fixture *fixture)
{
    wz_catalogue_set_origin(fixture->session.catalogue, false,
                            "5d41402abc4b2a76b9719d911017c592aabbccddeeff00112233445566778899");
    fixture->session.opened_from = wz_copy("E:\\snapshots\\MRT-SRV-01.xml");
}

/* Probing failed or was stopped: there is no snapshot and so no plan. */
static void make_unread(report_fixture *fixture)
{
    wz_plan_free(fixture->session.plan);
    fixture->session.plan = NULL;
    wz_snapshot_free(fixture->session.snapshot);
    fixture->session.snapshot = NULL;
}

static void make_unsupported(report_fixture *fixture)
{
    static const wz_fact_id facts[] = {
        WZ_FACT_VERSION_API, WZ_FACT_VERSION_SHIM, WZ_FACT_VERSION_REGISTRY, WZ_FACT_VERSION_KERNEL,
    };
    wz_session *session = &fixture->session;
    wz_time     taken = session->snapshot->taken;

    report_fixture_finish(fixture);
    for (size_t i = 0; i < CHECK_COUNT(facts); i++)
        wz_fact_known(session->snapshot, facts[i], taken, "API RtlGetVersion", "6.1.7601.17514");
    wz_fact_known(session->snapshot, WZ_FACT_SERVICE_PACK, taken, "API RtlGetVersion", "Service Pack 1");
    session->system = wz_system_of(session->snapshot);
    session->plan->state = WZ_PLAN_UNSUPPORTED;
    report_phrase(&session->plan->why, "This is Windows Server 2008 R2.");
}

static const struct { const char *name; fixture_maker *make; } fixtures[] = {
    { "nothing-done", make_nothing_done },
    { "files",        make_files        },
    { "installed",    make_installed    },
    { "scanned",      make_scanned      },
    { "finished",     make_finished     },
    { "site",         make_site         },
    { "unread",       make_unread       },
    { "unsupported",  make_unsupported  },
};

static const char *const endings[] = {
    [WZ_REPORT_HTML] = ".html", [WZ_REPORT_XML] = ".xml", [WZ_REPORT_TEXT] = ".txt",
    [WZ_REPORT_CSV] = ".csv",
};

/* ---- golden files ---------------------------------------------------------------------------------------------- */

static void golden_path(wz_text *path, size_t i, wz_report_format format)
{
    wz_text_add(path, "tests/data/report/");
    wz_text_add(path, fixtures[i].name);
    wz_text_add(path, endings[format]);
}

static void accept(const char *path, const wz_text *text)
{
    const char *top = getenv("WZ_TOP");
    wz_text     full = { 0 };

    wz_text_add(&full, top != NULL && *top != '\0' ? top : ".");
    wz_text_add(&full, "/");
    wz_text_add(&full, path);
    FILE *file = fopen(full.at, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text->at, 1, text->length, file), text->length);
    assert_int_equal(fclose(file), 0);
    wz_text_clear(&full);
}

static void compare_lines(const char *path, const char *got, const char *want)
{
    for (unsigned line = 1; *got != '\0' || *want != '\0'; line++) {
        size_t got_length = strcspn(got, "\n"), want_length = strcspn(want, "\n");

        if (got_length != want_length || memcmp(got, want, got_length) != 0) {
            print_error("%s:%u\n  is   %.*s\n  not  %.*s\nWZ_ACCEPT=1 accepts all differences\n", path, line,
                        (int)got_length, got, (int)want_length, want);
            fail();
        }
        got += got_length + (got[got_length] == '\n');
        want += want_length + (want[want_length] == '\n');
    }
}

static void drop_style(wz_text *html)
{
    char *begin = strstr(html->at, "<style"), *end = strstr(html->at, "</head>");

    assert_true(begin != NULL && end != NULL && begin < end);
    memmove(begin, end, strlen(end) + 1);
    html->length = strlen(html->at);
}

static void golden(size_t i)
{
    report_fixture *fixture = report_fixture_create();

    fixtures[i].make(fixture);
    for (size_t format = 0; format < CHECK_COUNT(endings); format++) {
        wz_text path = { 0 }, got = report_rendered(fixture, (wz_report_format)format);

        if (format == WZ_REPORT_HTML)
            drop_style(&got);
        golden_path(&path, i, (wz_report_format)format);
        if (getenv("WZ_ACCEPT") != NULL)
            accept(path.at, &got);
        wz_text want = test_read(path.at);

        compare_lines(path.at, wz_text_at(&got), wz_text_at(&want));
        assert_int_equal(got.length, want.length);
        wz_text_clear(&want);
        wz_text_clear(&got);
        wz_text_clear(&path);
    }
    report_fixture_free(fixture);
}

static void every_report_is_as_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(fixtures); i++)
        golden(i);
}

/* ---- form ------------------------------------------------------------------------------------------------------ */

static void every_report_follows_its_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(fixtures); i++) {
        report_fixture *fixture = report_fixture_create();

        fixtures[i].make(fixture);
        report_check_forms(fixture);
        report_fixture_free(fixture);
    }
}

static void no_word_of_the_report_is_missing(void **state)
{
    report_fixture *fixture = report_fixture_create();

    (void)state;
    make_installed(fixture);
    wz_text text = report_rendered(fixture, WZ_REPORT_TEXT);

    assert_null(strstr(text.at, "#79"));
    assert_null(strstr(text.at, "#8"));
    assert_null(strstr(text.at, "%"));                 /* a slot that nobody filled */
    wz_text_clear(&text);
    report_fixture_free(fixture);
}

static void a_verdict_is_a_word_in_the_first_cell(void **state)
{
    report_fixture *fixture = report_fixture_create();
    size_t          verdicts = 0;

    (void)state;
    make_installed(fixture);
    wz_report *report = wz_report_create(&fixture->session, &fixture->words);

    for (size_t i = 0; i < report->section_count; i++)
        for (size_t row = 0; row < report->sections[i].row_count; row++)
            if (report->sections[i].rows[row].verdict != NULL) {
                verdicts++;
                assert_non_null(report->sections[i].rows[row].cells[0].text);
            }
    assert_true(verdicts >= WZ_CHECK_COUNT + 3 + 6);
    wz_report_free(report);
    report_fixture_free(fixture);
}

/* ---- contents -------------------------------------------------------------------------------------------------- */

static void before_and_after_stand_side_by_side(void **state)
{
    report_fixture *fixture = report_fixture_create();

    (void)state;
    make_installed(fixture);
    wz_text        text = report_rendered(fixture, WZ_REPORT_XML);
    wz_xml        *xml = report_opened(&text);
    const wz_node *about = report_node(wz_xml_root(xml), "section", "name", "about");
    const wz_node *row = report_node(about, "row", "id", "about");
    char          *before = wz_node_text(report_node(row, "cell", "name", "before"));
    char          *now = wz_node_text(report_node(row, "cell", "name", "now"));

    CHECK_TEXT(before, "Version 6.0 (Build 6002: Service Pack 2)");
    CHECK_TEXT(now, "Version 6.0 (Build 6003: Service Pack 2)");
    free(before);
    free(now);
    wz_xml_free(xml);
    wz_text_clear(&text);
    report_fixture_free(fixture);
}

static void exit_codes_are_decimal_and_hexadecimal(void **state)
{
    report_fixture *fixture = report_fixture_create();

    (void)state;
    make_installed(fixture);
    wz_text text = report_rendered(fixture, WZ_REPORT_TEXT), xml = report_rendered(fixture, WZ_REPORT_XML);

    CHECK_CONTAINS(text.at, "2149842967");
    CHECK_CONTAINS(text.at, "-2145124329");
    CHECK_CONTAINS(text.at, "0x80240017");
    CHECK_CONTAINS(xml.at, "<cell name=\"code\" code=\"2149842967\">2149842967 (-2145124329, 0x80240017)</cell>");
    CHECK_CONTAINS(xml.at, "<cell name=\"duration\" code=\"84\">1 min 24 s</cell>");
    wz_text_clear(&text);
    wz_text_clear(&xml);
    report_fixture_free(fixture);
}

/* The journal is that of the computer the program runs on, not of the one whose snapshot was opened. */
static void an_opened_snapshot_has_no_journal(void **state)
{
    report_fixture *fixture = report_fixture_create();

    (void)state;
    make_installed(fixture);
    wz_fail(&fixture->session.journal_error, WZ_E_FORMAT, 0, "journal.xml");
    fixture->session.opened_from = wz_copy("E:\\other.xml");
    wz_text text = report_rendered(fixture, WZ_REPORT_TEXT);

    assert_null(strstr(text.at, "3010"));
    assert_null(strstr(text.at, "6.0.6002.24565"));
    assert_null(strstr(text.at, "journal.xml"));
    wz_text_clear(&text);
    report_fixture_free(fixture);
}

static void a_site_catalogue_is_named_before_everything_else(void **state)
{
    report_fixture *fixture = report_fixture_create();

    (void)state;
    make_site(fixture);
    wz_text     text = report_rendered(fixture, WZ_REPORT_TEXT);
    const char *hash = strstr(text.at, "5d41402abc4b2a76b9719d911017c592aabbccddeeff00112233445566778899");

    assert_non_null(hash);
    assert_true(hash < strstr(text.at, "MRT-SRV-01.xml"));
    assert_true(hash < strstr(text.at, "Visit"));
    wz_text_clear(&text);
    report_fixture_free(fixture);
}

/* ---- saving ---------------------------------------------------------------------------------------------------- */

static void the_ending_decides_the_format(void **state)
{
    static const struct { const char *path; bool known; wz_report_format format; } rows[] = {
        { "E:\\report.html", true,  WZ_REPORT_HTML }, { "E:\\REPORT.HTM", true,  WZ_REPORT_HTML },
        { "report.xml",      true,  WZ_REPORT_XML  }, { "a.html.txt",     true,  WZ_REPORT_TEXT },
        { "report",          false, WZ_REPORT_HTML }, { "report.pdf",     false, WZ_REPORT_HTML },
        { ".xml",            false, WZ_REPORT_HTML }, { "",               false, WZ_REPORT_HTML },
        { "report.xml ",     false, WZ_REPORT_HTML }, { "reportxml",      false, WZ_REPORT_HTML },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_report_format format = WZ_REPORT_HTML;

        CHECK_ROW(i, wz_report_format_of(rows[i].path, &format) == rows[i].known);
        CHECK_ROW(i, format == rows[i].format);
    }
}

static void text_is_saved_for_notepad(void **state)
{
    report_fixture *fixture = report_fixture_create();
    wz_error        err = { 0 };

    (void)state;
    assert_int_equal(wz_report_save(&fixture->session, &fixture->words, "E:\\report.txt", &err), WZ_OK);
    CHECK_TEXT(fixture->path, "E:\\report.txt");
    assert_memory_equal(fixture->written.at, "\xEF\xBB\xBF", 3);
    for (const char *at = strchr(fixture->written.at, '\n'); at != NULL; at = strchr(at + 1, '\n'))
        assert_int_equal(at[-1], '\r');
    assert_int_equal(wz_report_save(&fixture->session, &fixture->words, "E:\\report.xml", &err), WZ_OK);
    assert_int_equal(fixture->written.at[0], '<');
    assert_null(strchr(fixture->written.at, '\r'));
    report_fixture_free(fixture);
}

static void a_report_that_cannot_be_saved_says_why(void **state)
{
    report_fixture *fixture = report_fixture_create();
    wz_error        err = { 0 };

    (void)state;
    assert_int_equal(wz_report_save(&fixture->session, &fixture->words, "E:\\report.pdf", &err), WZ_E_FORMAT);
    assert_int_equal(fixture->written.length, 0);
    CHECK_CONTAINS(test_error(&err), "E:\\report.pdf");
    CHECK_CONTAINS(test_error(&err), ".html");
    fixture->write_status = WZ_E_DENIED;
    assert_int_equal(wz_report_save(&fixture->session, &fixture->words, "E:\\report.xml", &err), WZ_E_DENIED);
    CHECK_TEXT(err.subject, "E:\\report.xml");
    report_fixture_free(fixture);
}

int test_report(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_is_as_accepted),
        cmocka_unit_test(every_report_follows_its_format),
        cmocka_unit_test(no_word_of_the_report_is_missing),
        cmocka_unit_test(a_verdict_is_a_word_in_the_first_cell),
        cmocka_unit_test(before_and_after_stand_side_by_side),
        cmocka_unit_test(exit_codes_are_decimal_and_hexadecimal),
        cmocka_unit_test(an_opened_snapshot_has_no_journal),
        cmocka_unit_test(a_site_catalogue_is_named_before_everything_else),
        cmocka_unit_test(the_ending_decides_the_format),
        cmocka_unit_test(text_is_saved_for_notepad),
        cmocka_unit_test(a_report_that_cannot_be_saved_says_why),
    };

    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
