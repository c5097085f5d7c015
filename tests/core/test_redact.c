#include "check.h"

#include "core/command.h"
#include "core/redact.h"

#include "fake_platform.h"
#include "machine.h"
#include "words.h"

static wz_snapshot *named(void)
{
    wz_snapshot *snapshot = machine_bare("x64");

    machine_set(snapshot, WZ_FACT_COMPUTER_NAME, "MRT-SRV-01");
    machine_set(snapshot, WZ_FACT_COMPUTER_DOMAIN, "hospital.example");
    machine_set(snapshot, WZ_FACT_MACHINE_ID, "9e2f6c5a-0000-4000-8000-1234567890ab");
    return snapshot;
}

/* '~' stands for the eight digits of a token. */
static bool is_like(const char *got, const char *want)
{
    for (; *want != '\0'; want++) {
        if (*want != '~') {
            if (*got++ != *want)
                return false;
            continue;
        }
        if (strspn(got, "0123456789abcdef") < 8)
            return false;
        got += 8;
    }
    return *got == '\0';
}

static void names_and_addresses_become_tokens(void **state)
{
    static const struct { const char *text, *want; } rows[] = {
        { "MRT-SRV-01", "COMPUTER-~" },
        { "on mrt-srv-01.", "on COMPUTER-~." },
        { "mrt-srv-01.hospital.example", "COMPUTER-~.DOMAIN-~" },
        { "\\\\MRT-SRV-01\\share\\x", "\\\\SERVER-~\\share\\x" },
        { "hospital.example", "DOMAIN-~" },
        { "HOSPITAL\\joe", "DOMAIN-~\\joe" },
        { "C:\\Users\\Jo Smith\\Desktop\\x.msu", "C:\\Users\\USER-~\\Desktop\\x.msu" },
        { "C:\\documents and settings\\joe", "C:\\documents and settings\\USER-~" },
        { "at 192.168.0.17, 10.0.0.1", "at ADDRESS-~, ADDRESS-~" },
        { "fe80::1:2ff:fe00:17 and 00:1a:2b:3c:4d:5e", "ADDRESS-~ and ADDRESS-~" },
        { "S-1-5-21-1004336348-1177238915-682003330-512", "IDENTITY-~" },
        { "9E2F6C5A-0000-4000-8000-1234567890ab", "MACHINE-~" },
        { "6.0.1.5", "6.0.1.5" },
        { "6.0.6002.24565", "6.0.6002.24565" },
        { "2026-11-06T21:20:00Z", "2026-11-06T21:20:00Z" },
        { "Package_1_for_KB4493730 31bf3856ad364e35 amd64  6.0.1.7", NULL },
        { "XMRT-SRV-01", NULL },
        { "MRT-SRV-011", NULL },
        { "256.1.1.1", NULL },
        { "1.2.3.4.5", NULL },
        { "C:\\Users\\", NULL },
        { "", NULL },
    };
    fake_machine *machine = fake_create();
    wz_snapshot  *snapshot = named();
    wz_redactor  *redactor = wz_redactor_create(&machine->platform, snapshot);

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char *got = wz_redact(redactor, rows[i].text);

        if (!is_like(got, rows[i].want != NULL ? rows[i].want : rows[i].text))
            print_error("%s\n", got);
        CHECK_ROW(i, is_like(got, rows[i].want != NULL ? rows[i].want : rows[i].text));
        free(got);
    }
    assert_null(wz_redact(redactor, NULL));
    wz_redactor_free(redactor);
    wz_snapshot_free(snapshot);
    fake_free(machine);
}

static void a_name_has_one_token_on_one_machine(void **state)
{
    fake_machine *machine = fake_create();
    wz_snapshot  *snapshot = named(), *other = named();
    wz_redactor  *one = wz_redactor_create(&machine->platform, snapshot);
    char         *first = wz_redact(one, "MRT-SRV-01"), *again = wz_redact(one, "mrt-srv-01"), *elsewhere;

    (void)state;
    CHECK_TEXT(first, again);
    machine_set(other, WZ_FACT_MACHINE_ID, "11111111-0000-4000-8000-1234567890ab");
    wz_redactor *two = wz_redactor_create(&machine->platform, other);

    elsewhere = wz_redact(two, "MRT-SRV-01");
    assert_string_not_equal(first, elsewhere);
    free(elsewhere);
    free(again);
    free(first);
    wz_redactor_free(two);
    wz_redactor_free(one);
    wz_snapshot_free(other);
    wz_snapshot_free(snapshot);
    fake_free(machine);
}

/* ---- through the command line ---- */

static void on_write(void *context, bool is_error, const char *utf8)
{
    (void)is_error;
    wz_text_add(context, utf8);
}

static int run_line(fake_machine *machine, wz_text *said, const char *first, const char *second)
{
    const char *arguments[] = { first, second };
    wz_options  options;
    wz_output   output = { on_write, said, NULL };
    int         exit;

    wz_text_clear(said);
    assert_int_equal(wz_options_parse(arguments, second != NULL ? 2 : 1, &options, NULL), WZ_OK);
    exit = (int)wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    return exit;
}

static void what_leaves_the_machine_names_nobody(void **state)
{
    static const struct { const char *line, *path; } rows[] = {
        { "/report:C:\\r.xml", "C:\\r.xml" },   { "/report:C:\\r.html", "C:\\r.html" },
        { "/report:C:\\r.txt", "C:\\r.txt" },   { "/report:C:\\r.csv", "C:\\r.csv" },
        { "/snapshot:C:\\s.xml", "C:\\s.xml" },
    };
    fake_machine *machine = fake_create();
    wz_text       said = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        CHECK_ROW(i, run_line(machine, &said, rows[i].line, NULL) < 4);
        assert_non_null(strstr(fake_file_at(machine, rows[i].path)->at, "SRV-01"));
        CHECK_ROW(i, run_line(machine, &said, rows[i].line, "/redact") < 4);
        assert_null(strstr(fake_file_at(machine, rows[i].path)->at, "SRV-01"));
        assert_null(strstr(fake_file_at(machine, rows[i].path)->at, machine->machine_id));
        assert_non_null(strstr(fake_file_at(machine, rows[i].path)->at, "COMPUTER-"));
    }
    assert_int_equal(run_line(machine, &said, "/assess", "/open:C:\\s.xml") < 4, 1);     /* still a snapshot */
    CHECK_CONTAINS(said.at, "COMPUTER-");
    wz_text_clear(&said);
    fake_free(machine);
}

static void change(fake_machine *machine, const char *from, const char *to)
{
    const wz_text *now = fake_file_at(machine, "C:\\r.xml");
    wz_text        text = { 0 };
    const char    *at = strstr(now->at, from);

    assert_non_null(at);
    wz_text_append(&text, now->at, (size_t)(at - now->at));
    wz_text_add(&text, to);
    wz_text_add(&text, at + strlen(from));
    fake_put(machine, "C:\\r.xml", text.at);
    wz_text_clear(&text);
}

static void a_seal_tells_a_changed_report_from_a_whole_one(void **state)
{
    fake_machine *machine = fake_create();
    wz_text       said = { 0 }, mailed = { 0 };

    (void)state;
    run_line(machine, &said, "/report:C:\\r.xml", NULL);
    assert_int_equal(run_line(machine, &said, "/verify-report:C:\\r.xml", NULL), 0);
    CHECK_CONTAINS(said.at, "C:\\r.xml");
    for (const char *at = fake_file_at(machine, "C:\\r.xml")->at; *at != '\0'; at++)
        wz_text_append(&mailed, *at == '\n' ? "\r\n" : at, *at == '\n' ? 2 : 1);
    fake_put(machine, "C:\\m.xml", mailed.at);
    assert_int_equal(run_line(machine, &said, "/verify-report:C:\\m.xml", NULL), 0);

    change(machine, "SRV-01", "SRV-02");
    assert_int_equal(run_line(machine, &said, "/verify-report:C:\\r.xml", NULL), 1603);
    CHECK_CONTAINS(said.at, "changed");
    run_line(machine, &said, "/report:C:\\r.xml", NULL);
    change(machine, "<seal algorithm=\"sha-256\">", "<!-- --><seal algorithm=\"sha-256\">");
    assert_int_equal(run_line(machine, &said, "/verify-report:C:\\r.xml", NULL), 1603);
    fake_put(machine, "C:\\r.xml", "<report/>");
    assert_int_equal(run_line(machine, &said, "/verify-report:C:\\r.xml", NULL), 1603);
    assert_int_equal(run_line(machine, &said, "/verify-report:C:\\none.xml", NULL), 1603);
    wz_text_clear(&mailed);
    wz_text_clear(&said);
    fake_free(machine);
}

int test_redact(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_addresses_become_tokens),
        cmocka_unit_test(a_name_has_one_token_on_one_machine),
        cmocka_unit_test(what_leaves_the_machine_names_nobody),
        cmocka_unit_test(a_seal_tells_a_changed_report_from_a_whole_one),
    };

    return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
