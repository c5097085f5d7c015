/* The result of a compatibility scan: its order, its limits, its words, what suppressions do to it, and /scan. */
#include "check.h"

#include "core/command.h"
#include "core/session.h"
#include "core/xml.h"
#include "fake_scan.h"
#include "report_forms.h"
#include "resource.h"

#include "words.h"

#define CSV          "C:\\out\\findings.csv"
#define SUPPRESSIONS "C:\\in\\decided.xml"

static wz_session *scanned(fake_machine *machine, const char *folder, wz_status want)
{
    wz_session *session = wz_session_create(&machine->platform);

    fake_scan_give(machine);
    assert_int_equal(wz_session_scan(session, folder, NULL, NULL), want);
    return session;
}

static void the_strongest_come_first(void **state)
{
    static const char *const order[] = { "C:\\Agent\\agent.sys", "C:\\Scripts\\logon.cmd", "D:\\Tools\\old.exe",
                                         "C:\\Tools\\note.exe", "D:\\Tools\\port.exe" };
    fake_machine         *machine = fake_create();
    wz_session           *session = scanned(machine, NULL, WZ_OK);
    const wz_scan_result *scan = &session->scan;

    (void)state;
    assert_int_equal(scan->state, WZ_SCAN_FINISHED);
    assert_int_equal(scan->seconds, 3);
    assert_int_equal(scan->findings.count, CHECK_COUNT(order));
    for (size_t i = 0; i < CHECK_COUNT(order); i++)
        CHECK_TEXT(scan->findings.items[i].path, order[i]);
    CHECK_TEXT(wz_scan_result_file(scan, "D:\\Tools\\old.exe")->product, "Contoso Agent");
    assert_null(wz_scan_result_file(scan, "D:\\Tools\\other.exe"));
    assert_int_equal(wz_scan_result_untold(scan), 2);
    assert_int_equal(wz_scanned_untold_word(wz_scan_result_file(scan, "C:\\Tools\\locked.exe")), IDS_SCAN_UNREAD);
    assert_int_equal(wz_scanned_untold_word(wz_scan_result_file(scan, "C:\\Tools\\packed.exe")), IDS_SCAN_PACKED);
    assert_int_equal(wz_scanned_untold_word(wz_scan_result_file(scan, "C:\\Agent\\agent.sys")), 0);
    wz_session_free(session);
    fake_free(machine);
}

static void a_stopped_one_keeps_what_it_found_and_says_so(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *session = scanned(machine, "C:\\stop", WZ_E_CANCELLED);
    wz_text       said = { 0 };

    (void)state;
    assert_int_equal(session->scan.state, WZ_SCAN_STOPPED);
    assert_int_equal(session->scan.findings.count, 2);
    CHECK_TEXT(session->scan.folder, "C:\\stop");
    wz_scan_result_say(&session->scan, test_words(), &said);
    CHECK_CONTAINS(said.at, "stopped");
    wz_text_clear(&said);
    wz_session_skip_scan(session);
    assert_int_equal(session->scan.state, WZ_SCAN_STOPPED);
    wz_session_free(session);
    fake_free(machine);
}

static void a_failed_one_changes_nothing(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *session = scanned(machine, NULL, WZ_OK);
    wz_error      err = { 0 };

    (void)state;
    assert_int_equal(wz_session_scan(session, "C:\\none", NULL, &err), WZ_E_NOT_FOUND);
    CHECK_TEXT(err.subject, "C:\\none");
    assert_int_equal(session->scan.state, WZ_SCAN_FINISHED);
    assert_int_equal(session->scan.findings.count, 5);
    wz_session_free(session);
    fake_free(machine);
}

static void not_looking_is_never_called_nothing_found(void **state)
{
    wz_scan_result scan = { 0 };
    wz_text        said = { 0 };

    (void)state;
    for (int i = 0; i < 2; i++) {
        scan.state = i == 0 ? WZ_SCAN_NOT_RUN : WZ_SCAN_SKIPPED;
        wz_scan_result_say(&scan, test_words(), &said);
        assert_null(strstr(said.at, wz_word(test_words(), IDS_SCAN_SAYS_NONE)));
        wz_text_clear(&said);
    }
    scan.state = WZ_SCAN_FINISHED;
    scan.unknown[WZ_UNKNOWN_PACKED] = 31;
    wz_scan_result_say(&scan, test_words(), &said);
    CHECK_CONTAINS(said.at, wz_word(test_words(), IDS_SCAN_SAYS_NONE));
    CHECK_CONTAINS(said.at, "31");
    wz_text_clear(&said);
}

/* Which ones are kept is the same in any order, and everything is counted. */
static void the_weakest_fall_to_the_limit(void **state)
{
    wz_text first = { 0 };

    (void)state;
    for (unsigned turn = 0; turn < 2; turn++) {
        wz_scan_result scan = { 0 };
        wz_text        all = { 0 };
        size_t         many = WZ_SCAN_FINDINGS_MAX * 2 + 77;

        for (size_t i = 0; i < many; i++) {
            size_t      number = turn == 0 ? i : many - 1 - i;
            wz_findings one = { 0 };
            char        path[32];

            snprintf(path, sizeof path, "C:\\%06u.exe", (unsigned)number);
            fake_finding(&one, path, number % 3 == 0 ? WZ_RULE_CODE_EQUAL : WZ_RULE_DATA_TEXT, WZ_EVIDENCE_HERE, 0,
                         "x");
            wz_scan_result_add(&scan, &one);
            assert_true(scan.findings.count <= 2 * WZ_SCAN_FINDINGS_MAX);
        }
        wz_scan_result_finish(&scan);
        assert_int_equal(scan.findings.count, WZ_SCAN_FINDINGS_MAX);
        assert_int_equal(scan.findings.left_off, many - WZ_SCAN_FINDINGS_MAX);
        assert_int_equal(scan.findings.by_grade[WZ_GRADE_A] + scan.findings.by_grade[WZ_GRADE_D], many);
        assert_int_equal(wz_scan_result_open(&scan, WZ_GRADE_A), (many + 2) / 3);
        wz_scan_result_csv(&scan, &all);
        if (turn == 0)
            wz_text_add(&first, all.at);
        else
            assert_true(strcmp(first.at, all.at) == 0);
        wz_text_clear(&all);
        wz_scan_result_clear(&scan);
    }
    wz_text_clear(&first);
}

static void many_files_stay_within_the_limit(void **state)
{
    wz_scan_result scan = { 0 };

    (void)state;
    for (size_t i = 0; i < WZ_SCANNED_MAX + 5; i++) {
        wz_scanned file = { .path = wz_copy("C:\\x.exe"), .product = wz_copy("x") };

        wz_scan_result_add_file(&scan, &file);
        assert_null(file.path);
    }
    assert_int_equal(scan.scanned_count, WZ_SCANNED_MAX);
    wz_scan_result_clear(&scan);
}

/* ---- CSV ---- */

static void csv_is_one_safe_line_a_finding(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *session = scanned(machine, NULL, WZ_OK);
    wz_text       text = { 0 };

    (void)state;
    fake_finding(&session->scan.findings, "=1+1\\x \"y\".cmd", WZ_RULE_TEXT_FIND, WZ_EVIDENCE_HERE, 3, "ver | find");
    wz_scan_result_csv(&session->scan, &text);
    assert_int_equal(strncmp(text.at, "\xEF\xBB\xBFgrade,kind,path,offset,rule,evidence\r\n", 41), 0);
    CHECK_CONTAINS(text.at, "\"A\",\"program\",\"C:\\Agent\\agent.sys\",\"6699\",\"code-equal\","
                            "\"cmp eax, 1772h; source: GetVersionExW\"\r\n");
    CHECK_CONTAINS(text.at, "\"B\",\"script\",\"C:\\Scripts\\logon.cmd\",\"6699\",\"text-equal\",\"line 12: if ");
    CHECK_CONTAINS(text.at, "\"'=1+1\\x \"\"y\"\".cmd\"");
    assert_null(strstr(text.at, "port.exe"));          /* harmless: counted only */
    wz_text_clear(&text);
    wz_session_free(session);
    fake_free(machine);
}

/* ---- the bar ---- */

typedef struct heard { wz_phrase doing; unsigned permille; } heard;

static void on_report(void *context, const wz_phrase *doing, unsigned permille)
{
    heard *h = context;

    wz_phrase_copy(&h->doing, doing);
    h->permille = permille;
}

static void the_bar_is_made_of_bytes(void **state)
{
    static const struct { size_t files, of_files; uint64_t bytes, of_bytes; unsigned permille; } rows[] = {
        { 0, 10, 0, 1000, 0 }, { 9, 10, 1, 1000, 1 }, { 1, 10, 999, 1000, 999 }, { 10, 10, 1000, 1000, 1000 },
        { 0, 3, 0, 0, 0 }, { 3, 3, 0, 0, 1000 }, { 1, 2, UINT64_MAX / 2, UINT64_MAX, 500 },
    };
    heard             h = { 0 };
    const wz_progress progress = { on_report, NULL, &h };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_progress_scan(&progress, "C:\\x.exe", rows[i].files, rows[i].of_files, rows[i].bytes, rows[i].of_bytes);
        CHECK_ROW(i, h.permille == rows[i].permille);
        CHECK_ROW(i, h.doing.id == IDS_DOING_SCAN && h.doing.count == 5);
        CHECK_TEXT(h.doing.args[0], "C:\\x.exe");
    }
    wz_progress_scan(&progress, NULL, 0, 0, 0, 0);
    assert_int_equal(h.doing.id, IDS_DOING_SCAN_LIST);
    assert_int_equal(h.permille, 0);
    wz_progress_scan(NULL, NULL, 0, 0, 0, 0);
    wz_phrase_clear(&h.doing);
}

/* ---- the report ---- */

/* A path, a line of a script, a version resource and a reason come from anybody. */
static void the_report_survives_what_strangers_write(void **state)
{
    static const char *const rows[] = {
        "<b>&\"'</b>]]>", "=cmd|'/c calc'!A0", ("\xE2\x80\xAE" "cod.exe"), "a\x01\x1F\n\tb", "%1 %s %n", "",
        "\xF0\x9F\x92\xBE\xE6\x97\xA5\xE6\x9C\xAC",
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        report_fixture *fixture = report_fixture_create();
        wz_scan_result *scan = &fixture->session.scan;
        wz_scanned      file = { .path = wz_copy(rows[i]), .name = wz_copy(rows[i]), .product = wz_copy(rows[i]) };

        fake_finding(&scan->findings, rows[i], WZ_RULE_TEXT_EQUAL, WZ_EVIDENCE_HERE, 1, rows[i]);
        scan->findings.items[0].suppressed = wz_copy(rows[i]);
        file.company = wz_copy(rows[i]);
        file.version = wz_copy(rows[i]);
        file.signer = wz_copy(rows[i]);
        file.signature = WZ_SIGNATURE_OTHER;
        wz_fail(&file.error, WZ_E_DENIED, 5, rows[i]);
        scan->unread = 1;
        wz_scan_result_add_file(scan, &file);
        scan->state = WZ_SCAN_STOPPED;
        scan->folder = wz_copy(rows[i]);
        wz_scan_result_finish(scan);
        report_check_forms(fixture);
        report_fixture_free(fixture);
    }
}

static void the_report_stays_short_and_says_what_is_missing(void **state)
{
    report_fixture *fixture = report_fixture_create();
    wz_scan_result *scan = &fixture->session.scan;
    wz_text         xml;

    (void)state;
    for (unsigned i = 0; i < 1017; i++)
        fake_finding(&scan->findings, "C:\\x.exe", WZ_RULE_CODE_EQUAL, WZ_EVIDENCE_HERE, 0, "cmp eax, 1772h");
    scan->state = WZ_SCAN_FINISHED;
    wz_scan_result_finish(scan);
    xml = report_rendered(fixture, WZ_REPORT_XML);
    CHECK_CONTAINS(xml.at, "<row id=\"f1000\"");
    assert_null(strstr(xml.at, "<row id=\"f1001\""));
    CHECK_CONTAINS(xml.at, "(IDS_DOC_SCAN_MORE)");
    wz_text_clear(&xml);
    report_fixture_free(fixture);
}

static void programs_with_known_trouble_are_named_by_their_publisher(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *session = wz_session_create(&machine->platform);

    (void)state;
    fake_scan_give(machine);
    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_scan(session, NULL, NULL, NULL), WZ_OK);
    assert_int_equal(session->scan.known_count, 1);
    CHECK_TEXT(session->scan.known[0].name, "Sophos Endpoint Security");
    assert_int_equal(session->scan.known[0].kb, 4493471);
    CHECK_CONTAINS(session->scan.known[0].words, "14 May 2019");
    wz_session_free(session);
    fake_free(machine);
}

/* ---- suppressions ---- */

static const char decided[] =
    "<suppressions version=\"1\">\n"
    "  <suppression path=\"\\Agent\\AGENT.SYS\" rule=\"code-equal\" reason=\"Contoso: fixed by 4.1, INC-7\"/>\n"
    "  <suppression path=\"old.exe\" rule=\"code-word\" reason=\"another rule\"/>\n"
    "</suppressions>\n";

static void a_suppression_is_kept_with_its_reason(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *session = wz_session_create(&machine->platform);
    wz_text       text = { 0 };

    (void)state;
    fake_scan_give(machine);
    fake_put(machine, SUPPRESSIONS, decided);
    assert_int_equal(wz_session_load_suppressions(session, SUPPRESSIONS, NULL), WZ_OK);
    assert_int_equal(wz_session_scan(session, NULL, NULL, NULL), WZ_OK);
    CHECK_TEXT(session->scan.findings.items[0].suppressed, "Contoso: fixed by 4.1, INC-7");
    assert_null(session->scan.findings.items[2].suppressed);
    assert_int_equal(wz_scan_result_open(&session->scan, WZ_GRADE_A), 0);
    assert_int_equal(wz_scan_result_open(&session->scan, WZ_GRADE_C), 1);
    assert_int_equal(wz_scan_result_suppressed(&session->scan), 1);
    CHECK_TEXT(session->scan.suppressions, SUPPRESSIONS);
    wz_scan_result_csv(&session->scan, &text);
    CHECK_CONTAINS(text.at, "; suppressed: Contoso: fixed by 4.1, INC-7\"");
    wz_text_clear(&text);
    wz_session_free(session);
    fake_free(machine);
}

static void broken_suppressions_are_told_with_their_line(void **state)
{
    static const struct { const char *rows; unsigned line; } rows[] = {
        { "<suppression path=\"a\" rule=\"code-equals\" reason=\"r\"/>", 2 },      /* no such rule */
        { "<suppression path=\"a\" rule=\"*\"/>", 2 },                             /* no reason */
        { "\n<suppression path=\"a\" rule=\"*\" reason=\" \"/>", 3 },
        { "<suppression path=\"\" rule=\"*\" reason=\"r\"/>", 2 },
    };
    fake_machine *machine = fake_create();
    wz_session   *session = wz_session_create(&machine->platform);

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text  text = { 0 };
        wz_error err = { 0 };

        wz_text_add(&text, "<suppressions version=\"1\">\n");
        wz_text_add(&text, rows[i].rows);
        wz_text_add(&text, "\n</suppressions>\n");
        fake_put(machine, SUPPRESSIONS, text.at);
        CHECK_ROW(i, wz_session_load_suppressions(session, SUPPRESSIONS, &err) == WZ_E_FORMAT);
        CHECK_ROW(i, err.line == rows[i].line);
        CHECK_CONTAINS(err.subject, SUPPRESSIONS);
        wz_text_clear(&text);
    }
    assert_int_equal(session->suppressions.count, 0);
    wz_session_free(session);
    fake_free(machine);
}

/* ---- /scan ---- */

typedef struct said { wz_text out, err; bool asks_to_stop; } said;

static void on_write(void *context, bool is_error, const char *utf8)
{
    said *s = context;

    wz_text_add(is_error ? &s->err : &s->out, utf8);
}

static bool on_asked(void *context)
{
    return ((said *)context)->asks_to_stop;
}

static int run(fake_machine *machine, said *s, const char *first, const char *second, const char *third)
{
    const char *arguments[] = { first, second, third };
    wz_options  options;
    wz_output   output = { on_write, s, on_asked };
    size_t      count = second == NULL ? 1 : third == NULL ? 2 : 3;
    wz_exit     exit;

    wz_text_clear(&s->out);
    wz_text_clear(&s->err);
    assert_int_equal(wz_options_parse(arguments, count, &options, NULL), WZ_OK);
    exit = wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    return (int)exit;
}

static void the_exit_code_tells_what_was_found(void **state)
{
    fake_machine *machine = fake_create();
    said          s = { 0 };

    (void)state;
    fake_scan_give(machine);
    assert_int_equal(run(machine, &s, "/scan", "/report:" CSV, NULL), WZ_EXIT_UPDATES);
    CHECK_CONTAINS(s.out.at, "[A Strong] C:\\Agent\\agent.sys, offset 1a2b in .text: cmp eax, 1772h\n");
    CHECK_CONTAINS(s.out.at, "[B Likely] C:\\Scripts\\logon.cmd, line 12: if \"%b%\"==\"6002\"");
    CHECK_CONTAINS(s.out.at, "C:\\Tools\\locked.exe: ");
    CHECK_CONTAINS(fake_file_at(machine, CSV)->at, "old.exe");
    assert_int_equal(s.err.length, 0);
    assert_int_equal(run(machine, &s, "/scan:C:\\none", "/report:" CSV, NULL), WZ_EXIT_FAILED);
    CHECK_CONTAINS(s.err.at, "C:\\none");
    CHECK_CONTAINS(fake_file_at(machine, CSV)->at, "old.exe");     /* the earlier one: nothing was scanned */
    s.asks_to_stop = true;
    assert_int_equal(run(machine, &s, "/scan", NULL, NULL), WZ_EXIT_CANCELLED);
    CHECK_CONTAINS(s.out.at, "logon.cmd");             /* what was found until then is told */
    assert_int_equal(run(machine, &s, "/scan", "/quiet", NULL), WZ_EXIT_CANCELLED);
    assert_int_equal(s.out.length, 0);
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
    fake_free(machine);
}

static void suppressed_findings_ask_for_nothing(void **state)
{
    fake_machine *machine = fake_create();
    said          s = { 0 };

    (void)state;
    fake_scan_give(machine);
    fake_put(machine, SUPPRESSIONS, "<suppressions version=\"1\"><suppression path=\"agent.sys\" rule=\"*\" "
                                    "reason=\"r1\"/><suppression path=\"logon.cmd\" rule=\"*\" reason=\"r2\"/>"
                                    "<suppression path=\"old.exe\" rule=\"*\" reason=\"r3\"/></suppressions>");
    assert_int_equal(run(machine, &s, "/scan", "/suppressions:" SUPPRESSIONS, NULL), WZ_EXIT_UNKNOWN);
    CHECK_CONTAINS(s.out.at, "r2\n");
    fake_put(machine, SUPPRESSIONS, "<suppressions/>");
    assert_int_equal(run(machine, &s, "/scan", "/suppressions:" SUPPRESSIONS, NULL), WZ_EXIT_FAILED);
    CHECK_CONTAINS(s.err.at, SUPPRESSIONS);
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
    fake_free(machine);
}

static int setup(void **state)
{
    (void)state;
    wz_xml_start();
    return 0;
}

int test_scan_result(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_strongest_come_first),
        cmocka_unit_test(a_stopped_one_keeps_what_it_found_and_says_so),
        cmocka_unit_test(a_failed_one_changes_nothing),
        cmocka_unit_test(not_looking_is_never_called_nothing_found),
        cmocka_unit_test(the_weakest_fall_to_the_limit),
        cmocka_unit_test(many_files_stay_within_the_limit),
        cmocka_unit_test(csv_is_one_safe_line_a_finding),
        cmocka_unit_test(the_bar_is_made_of_bytes),
        cmocka_unit_test(the_report_survives_what_strangers_write),
        cmocka_unit_test(the_report_stays_short_and_says_what_is_missing),
        cmocka_unit_test(programs_with_known_trouble_are_named_by_their_publisher),
        cmocka_unit_test(a_suppression_is_kept_with_its_reason),
        cmocka_unit_test(broken_suppressions_are_told_with_their_line),
        cmocka_unit_test(the_exit_code_tells_what_was_found),
        cmocka_unit_test(suppressed_findings_ask_for_nothing),
    };

    return cmocka_run_group_tests_name("scan_result", tests, setup, NULL);
}
