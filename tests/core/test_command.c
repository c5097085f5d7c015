#include "check.h"

#include "core/command.h"
#include "core/report.h"
#include "core/xml.h"
#include "fake_platform.h"

#include "words.h"

#define REPORT   "C:\\out\\report.txt"
#define SNAPSHOT "C:\\out\\snapshot.xml"

/* ---- one command line on one machine ---- */

typedef struct said { wz_text out, err; unsigned lines_of_err; } said;

static void on_write(void *context, bool is_error, const char *utf8)
{
    said  *s = context;
    size_t length = strlen(utf8);

    assert_true(length > 0 && utf8[length - 1] == '\n' && strchr(utf8, '\n') == utf8 + length - 1);
    assert_true(wz_is_utf8(utf8, length));
    assert_null(strchr(utf8, '%'));                    /* a slot that nobody filled */
    wz_text_add(is_error ? &s->err : &s->out, utf8);
    s->lines_of_err += is_error;
}

static void forget(said *s)
{
    wz_text_clear(&s->out);
    wz_text_clear(&s->err);
    *s = (said){ 0 };
}

#define MAX 8

static int run_line(fake_machine *machine, said *s, const char *const arguments[MAX])
{
    wz_options options;
    wz_output  output = { on_write, s, NULL };
    wz_error   err = { 0 };
    size_t     count = 0;
    wz_exit    exit;

    forget(s);
    while (count < MAX && arguments[count] != NULL)
        count++;
    if (wz_options_parse(arguments, count, &options, &err) != WZ_OK)
        fail_msg("%s", err.subject);
    exit = wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    return (int)exit;
}

#define RUN(machine, s, ...) run_line((machine), (s), (const char *const[MAX]){ __VA_ARGS__ })

static fake_machine *road(void)
{
    fake_machine *machine = fake_create();

    fake_add_road(machine);
    return machine;
}

static const char *file_text(const fake_machine *machine, const char *path)
{
    const wz_text *text = fake_file_at(machine, path);

    return text != NULL ? text->at : NULL;
}

/* ---- looking only ---- */

static void help_and_version_need_no_machine(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/?"), 0);
    CHECK_CONTAINS(s.out.at, "/shopping-list:FILE");
    CHECK_CONTAINS(s.out.at, "3010");
    assert_int_equal(RUN(machine, &s, "/version"), 0);
    CHECK_CONTAINS(s.out.at, "Build 6003 Readiness Wizard 0.");
    assert_int_equal(machine->actions, 0);
    forget(&s);
    fake_free(machine);
}

static void an_assessment_says_what_is_and_what_to_do(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/assess"), 1);
    CHECK_CONTAINS(s.out.at, "Version 6.0 (Build 6002: Service Pack 2)");
    CHECK_CONTAINS(s.out.at, "SRV-01");
    CHECK_CONTAINS(s.out.at, "1. KB4493730");
    CHECK_CONTAINS(s.out.at, "2. KB4474419");
    CHECK_CONTAINS(s.out.at, "3. KB4534303");
    CHECK_CONTAINS(s.out.at, "Verdict: Ready");
    CHECK_TEXT(s.err.at, NULL);
    assert_int_equal(machine->actions, 0);             /* nothing was written */
    assert_int_equal(RUN(machine, &s, "/assess", "/quiet"), 1);
    CHECK_TEXT(s.out.at, NULL);
    assert_int_equal(RUN(machine, &s, "/plan", "/target:6003"), 1);
    CHECK_CONTAINS(s.out.at, "KB4493471");
    forget(&s);
    fake_free(machine);
}

static void an_assessment_has_the_exit_codes_of_its_verdict(void **state)
{
    static const struct { const char *what; int want; } rows[] = {
        { "done", 0 }, { "ready", 1 }, { "signs", 2 }, { "licence", 2 }, { "R2", 1633 }, { "client", 1633 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = road();
        said          s = { 0 };
        bool          licence = strcmp(rows[i].what, "licence") == 0;

        if (strcmp(rows[i].what, "done") == 0)
            machine->version = (wz_version){ 6, 0, 6003, 20706 };
        if (strcmp(rows[i].what, "R2") == 0)
            machine->version = (wz_version){ 6, 1, 7601, 24544 };
        machine->product_type = strcmp(rows[i].what, "client") == 0 ? 1 : 3;
        machine->signs = strcmp(rows[i].what, "signs") == 0;
        CHECK_ROW(i, RUN(machine, &s, "/assess", licence ? "/target:esu3" : NULL) == rows[i].want);
        CHECK_ROW(i, s.err.length == 0 && s.out.length > 0);
        CHECK_ROW(i, RUN(machine, &s, "/plan", licence ? "/target:esu3" : NULL) == rows[i].want);
        forget(&s);
        fake_free(machine);
    }
}

static void a_snapshot_is_saved_and_opened_again(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/snapshot:" SNAPSHOT), 1);
    CHECK_TEXT(s.out.at, NULL);
    assert_non_null(file_text(machine, SNAPSHOT));
    machine->version = (wz_version){ 6, 0, 6003, 20706 };    /* this computer is another one by now */
    assert_int_equal(RUN(machine, &s, "/open:" SNAPSHOT, "/assess"), 1);
    CHECK_CONTAINS(s.out.at, SNAPSHOT);
    CHECK_CONTAINS(s.out.at, "Build 6002");
    forget(&s);
    fake_free(machine);
}

static void what_cannot_be_read_is_one_line_that_names_it(void **state)
{
    static const struct { const char *arguments[MAX]; const char *names; int want; } rows[] = {
        { { "/assess", "/open:C:\\none.xml" }, "C:\\none.xml", 1603 },
        { { "/assess", "/open:C:\\bad.xml" }, "C:\\bad.xml, line 2", 1603 },
        { { "/assess", "/catalogue:C:\\none.xml" }, "C:\\none.xml", 1603 },
        { { "/assess", "/catalogue:C:\\bad.xml" }, "C:\\bad.xml, line 2", 1603 },
        { { "/assess", "/media:Q:\\none" }, "Q:\\none", 1620 },
        { { "/verify", "/media:Q:\\none" }, "Q:\\none", 1620 },
        { { "/install", "/media:Q:\\none" }, "Q:\\none", 1620 },
        { { "/assess", "/report:C:\\r.doc" }, "C:\\r.doc", 1639 },
        { { "/assess", "/report:R:\\r.html" }, "R:\\r.html", 1603 },
        { { "/report:R:\\r.xml" }, "R:\\r.xml", 1603 },
        { { "/snapshot:R:\\s.xml" }, "R:\\s.xml", 1603 },
        { { "/shopping-list:R:\\s.txt" }, "R:\\s.txt", 1603 },
        { { "/assess", "/log:R:\\l.txt" }, "R:\\l.txt", 1603 },
        { { "/install", "/media:" FAKE_MEDIA, "/report:R:\\r.html" }, "R:\\r.html", 1603 },
        { { "/install", "/media:" FAKE_MEDIA, "/log:R:\\l.txt" }, "R:\\l.txt", 1603 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = road();
        said          s = { 0 };
        size_t        files;

        machine->missing_folder = "Q:\\none";
        machine->read_only = "R:\\";
        fake_put(machine, "C:\\bad.xml", "<?xml version='1.0'?>\n<broken");
        files = machine->file_count;
        CHECK_ROW(i, run_line(machine, &s, rows[i].arguments) == rows[i].want);
        CHECK_CONTAINS(s.err.at, rows[i].names);
        CHECK_ROW(i, s.lines_of_err == 1);
        CHECK_ROW(i, machine->file_count == files && fake_find(machine, 4493730)->runs == 0);
        forget(&s);
        fake_free(machine);
    }
}

static void files_are_verified_one_line_each(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/verify", "/media:" FAKE_MEDIA), 0);
    CHECK_CONTAINS(s.out.at, "sha1  KB4474419  Windows6.0-KB4474419-v4-x64.msu");
    CHECK_CONTAINS(s.out.at, "sha256  KB4493730  Windows6.0-KB4493730-x64.msu");
    fake_add_media(machine, "Windows6.0-KB4012583-x64.msu", "microsoft, but not in the plan");
    assert_int_equal(RUN(machine, &s, "/verify", "/media:" FAKE_MEDIA), 0);
    CHECK_CONTAINS(s.out.at, "unused  KB4012583  Windows6.0-KB4012583-x64.msu");
    machine->media[1].content[30] ^= 1;
    assert_int_equal(RUN(machine, &s, "/verify", "/media:" FAKE_MEDIA), 1620);
    CHECK_CONTAINS(s.out.at, "KB4493730");
    fake_drop_media(machine, 0);
    assert_int_equal(RUN(machine, &s, "/verify", "/media:" FAKE_MEDIA), 1620);
    CHECK_CONTAINS(s.out.at, "KB4534303");
    assert_int_equal(RUN(machine, &s, "/assess", "/media:" FAKE_MEDIA), 1);
    machine->version = (wz_version){ 6, 0, 6003, 20706 };
    assert_int_equal(RUN(machine, &s, "/verify", "/media:" FAKE_MEDIA), 0);
    forget(&s);
    fake_free(machine);
}

/* ---- installing ---- */

static void installing_goes_through_two_restarts_by_hand(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/install", "/media:" FAKE_MEDIA, "/norestart", "/report:" REPORT,
                         "/log:C:\\out\\l.txt"), 3010);
    CHECK_CONTAINS(s.out.at, "KB4493730: in force");
    CHECK_CONTAINS(s.out.at, "A restart is needed");
    CHECK_TEXT(s.err.at, NULL);
    assert_null(machine->resume);
    assert_int_equal(machine->restarts, 0);
    assert_int_equal(RUN(machine, &s, "/resume"), 3010);
    CHECK_CONTAINS(s.out.at, "has not been restarted yet");
    fake_power_on(machine);
    assert_int_equal(RUN(machine, &s, "/resume", "/norestart"), 3010);
    fake_power_on(machine);
    assert_int_equal(RUN(machine, &s, "/resume", "/norestart"), 0);
    CHECK_CONTAINS(s.out.at, "Before: Version 6.0 (Build 6002: Service Pack 2)");
    CHECK_CONTAINS(s.out.at, "About: Version 6.0 (Build 6003: Service Pack 2)");
    fake_put(machine, "C:\\out\\mark.txt", file_text(machine, REPORT));
    assert_int_equal(RUN(machine, &s, "/resume"), 0);
    CHECK_CONTAINS(s.out.at, "the last one is done");
    CHECK_TEXT(file_text(machine, REPORT), file_text(machine, "C:\\out\\mark.txt"));
    for (size_t i = 0; i < machine->update_count; i++)
        CHECK_ROW(i, machine->updates[i].installs == 1);

    /* Report and log go on where /install said, without being named again. */
    CHECK_CONTAINS(file_text(machine, REPORT), "Build 6002");
    CHECK_CONTAINS(file_text(machine, REPORT), "Build 6003");
    CHECK_CONTAINS(file_text(machine, "C:\\out\\l.txt"), "KB4534303: installation begun");
    CHECK_CONTAINS(file_text(machine, "C:\\out\\l.txt"), "Build 6003");
    assert_int_equal(RUN(machine, &s, "/assess"), 0);
    forget(&s);
    fake_free(machine);
}

static void installing_restarts_by_itself_when_it_may(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/install", "/media:" FAKE_MEDIA, "/restart", "/report:" REPORT), 1641);
    CHECK_TEXT(machine->resume, "/resume /quiet /restart");
    assert_int_equal(machine->restarts, 1);
    assert_non_null(file_text(machine, REPORT));       /* written before the restart */
    for (int i = 0; i < 2; i++) {
        assert_true(machine->is_restarting);
        fake_power_on(machine);
        assert_int_equal(RUN(machine, &s, "/resume", "/quiet", "/restart"), i == 0 ? 1641 : 0);
        CHECK_TEXT(s.out.at, NULL);
    }
    assert_int_equal(machine->restarts, 2);
    CHECK_CONTAINS(file_text(machine, REPORT), "Build 6003");
    forget(&s);
    fake_free(machine);
}

static void a_restart_that_cannot_be_started_is_still_needed(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    machine->no_restart = true;
    assert_int_equal(RUN(machine, &s, "/install", "/media:" FAKE_MEDIA, "/restart"), 3010);
    assert_int_equal(s.lines_of_err, 1);
    forget(&s);
    fake_free(machine);
}

static void what_stops_an_installation_has_its_exit_code(void **state)
{
    static const struct { const char *what, *names; int want; } rows[] = {
        { "busy", "Another instance", 1618 }, { "signs", NULL, 2 },       { "rights", "administrator", 2 },
        { "missing", "KB4534303", 1620 },         { "refused", "KB4493730", 1620 }, { "fails", "KB4493730", 1603 },
        { "full", FAKE_DATA, 1603 },              { "client", NULL, 1633 },   { "done", NULL, 0 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = road();
        said          s = { 0 };

        machine->is_busy = strcmp(rows[i].what, "busy") == 0;
        machine->signs = strcmp(rows[i].what, "signs") == 0;
        machine->administrator = strcmp(rows[i].what, "rights") != 0;
        machine->product_type = strcmp(rows[i].what, "client") == 0 ? 1 : 3;
        if (strcmp(rows[i].what, "missing") == 0)
            fake_drop_media(machine, 2);
        if (strcmp(rows[i].what, "refused") == 0)
            machine->media[1].content[30] ^= 1;
        if (strcmp(rows[i].what, "full") == 0)
            machine->full = FAKE_DATA;
        if (strcmp(rows[i].what, "done") == 0)
            machine->version = (wz_version){ 6, 0, 6003, 20706 };
        if (strcmp(rows[i].what, "fails") == 0) {
            machine->updates[0].codes[0] = 0x80070643u;
            machine->updates[0].code_count = 1;
        }
        CHECK_ROW(i, RUN(machine, &s, "/install", "/media:" FAKE_MEDIA, "/report:" REPORT) == rows[i].want);
        CHECK_ROW(i, s.lines_of_err == (rows[i].want != 0));
        if (rows[i].names != NULL)
            CHECK_CONTAINS(s.err.at, rows[i].names);
        CHECK_ROW(i, fake_file_at(machine, REPORT) != NULL);     /* above all when it failed */
        forget(&s);
        fake_free(machine);
    }
}

static void a_broken_journal_stops_resuming_and_is_kept(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/resume"), 1);
    CHECK_CONTAINS(s.out.at, "no installation to continue");
    fake_put(machine, FAKE_DATA "\\journal.xml", "one\ntwo\nthree");
    assert_int_equal(RUN(machine, &s, "/resume"), 1603);
    CHECK_CONTAINS(s.err.at, FAKE_DATA "\\journal.xml, line 3");
    assert_int_equal(s.lines_of_err, 1);
    CHECK_TEXT(file_text(machine, FAKE_DATA "\\journal.xml"), "one\ntwo\nthree");
    assert_int_equal(RUN(machine, &s, "/install", "/media:" FAKE_MEDIA), 3010);
    forget(&s);
    fake_free(machine);
}

static void a_log_is_added_to(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    fake_put(machine, "C:\\l.txt", "earlier\r\n");
    assert_int_equal(RUN(machine, &s, "/assess", "/log:C:\\l.txt"), 1);
    CHECK_CONTAINS(file_text(machine, "C:\\l.txt"), "earlier\r\n2026-");
    CHECK_CONTAINS(file_text(machine, "C:\\l.txt"), "Verdict: Ready");
    assert_int_equal(RUN(machine, &s, "/assess", "/quiet", "/log:C:\\new.txt"), 1);
    assert_true(wz_starts_nocase(file_text(machine, "C:\\new.txt"), "\xEF\xBB\xBF" "2026-"));
    CHECK_CONTAINS(file_text(machine, "C:\\new.txt"), "Verdict: Ready");
    forget(&s);
    fake_free(machine);
}

/* ---- a site's own catalogue ---- */

/* The built-in one with another kind: what a site would begin with. */
static void put_site_catalogue(fake_machine *machine, const char *path)
{
    wz_view     bytes = machine->platform.resource(machine, WZ_RESOURCE_CATALOGUE);
    const char *kind = strstr(bytes.at, "kind=\"built-in\"");
    wz_text     site = { 0 };

    assert_non_null(kind);
    wz_text_append(&site, bytes.at, (size_t)(kind - bytes.at));
    wz_text_add(&site, "kind=\"site\"");
    wz_text_add(&site, kind + strlen("kind=\"built-in\""));
    fake_put(machine, path, site.at);
    wz_text_clear(&site);
}

static void a_site_catalogue_goes_along_over_the_restart(void **state)
{
    fake_machine *machine = road();
    said          s = { 0 };

    (void)state;
    put_site_catalogue(machine, "E:\\site.xml");
    assert_int_equal(RUN(machine, &s, "/assess", "/catalogue:E:\\site.xml"), 1);
    CHECK_CONTAINS(s.out.at, "Site catalogue: E:\\site.xml (SHA-256 ");
    assert_int_equal(RUN(machine, &s, "/install", "/media:" FAKE_MEDIA, "/catalogue:E:\\site.xml"), 3010);
    fake_put(machine, "E:\\site.xml", "the stick is gone");
    fake_power_on(machine);
    assert_int_equal(RUN(machine, &s, "/resume"), 3010);

    /* The kept copy must be the one that the journal knows. */
    fake_power_on(machine);
    put_site_catalogue(machine, FAKE_DATA "\\catalogue.xml");
    assert_int_equal(RUN(machine, &s, "/assess"), 0);  /* another action does not use it */
    fake_put(machine, FAKE_DATA "\\catalogue.xml", "changed");
    assert_int_equal(RUN(machine, &s, "/resume"), 1603);
    CHECK_CONTAINS(s.err.at, FAKE_DATA "\\catalogue.xml");
    put_site_catalogue(machine, FAKE_DATA "\\catalogue.xml");
    assert_int_equal(RUN(machine, &s, "/resume"), 0);
    forget(&s);
    fake_free(machine);
}

int test_command(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_and_version_need_no_machine),
        cmocka_unit_test(an_assessment_says_what_is_and_what_to_do),
        cmocka_unit_test(an_assessment_has_the_exit_codes_of_its_verdict),
        cmocka_unit_test(a_snapshot_is_saved_and_opened_again),
        cmocka_unit_test(what_cannot_be_read_is_one_line_that_names_it),
        cmocka_unit_test(files_are_verified_one_line_each),
        cmocka_unit_test(installing_goes_through_two_restarts_by_hand),
        cmocka_unit_test(installing_restarts_by_itself_when_it_may),
        cmocka_unit_test(a_restart_that_cannot_be_started_is_still_needed),
        cmocka_unit_test(what_stops_an_installation_has_its_exit_code),
        cmocka_unit_test(a_broken_journal_stops_resuming_and_is_kept),
        cmocka_unit_test(a_log_is_added_to),
        cmocka_unit_test(a_site_catalogue_goes_along_over_the_restart),
    };
    int failed;

    wz_xml_start();
    failed = cmocka_run_group_tests_name("command", tests, NULL, NULL);
    wz_xml_stop();
    return failed;
}
