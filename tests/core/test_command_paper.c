/* /print: on which printer, when it is looked for, and what is said of it. */
#include "check.h"

#include "core/command.h"
#include "core/report.h"
#include "fake_platform.h"
#include "resource.h"

#include "words.h"

#define MAX 6

typedef struct said { wz_text out, err; unsigned lines_of_err; } said;

static void on_write(void *context, bool is_error, const char *utf8)
{
    said *s = context;

    wz_text_add(is_error ? &s->err : &s->out, utf8);
    s->lines_of_err += is_error;
}

static wz_status fake_find_printer(void *context, const char *name, wz_text *out, wz_error *err)
{
    fake_machine *machine = context;
    const char   *wanted = name != NULL ? name : machine->no_default ? NULL : machine->printer;

    if (machine->print_status == WZ_E_SYSTEM)
        return wz_fail_at(err, WZ_E_SYSTEM, name, 0, IDS_PRINT_SPOOLER);
    if (wanted != NULL && machine->printer != NULL && wz_equal_nocase(wanted, machine->printer)) {
        wz_text_add(out, machine->printer);
        return WZ_OK;
    }
    if (wanted != NULL && machine->other_printer != NULL && wz_equal_nocase(wanted, machine->other_printer)) {
        wz_text_add(out, machine->other_printer);
        return WZ_OK;
    }
    wz_text_add(out, machine->printer != NULL ? machine->printer : "");
    wz_text_add(out, machine->other_printer != NULL ? "; " : "");
    wz_text_add(out, machine->other_printer != NULL ? machine->other_printer : "");
    return wz_fail(err, WZ_E_NOT_FOUND, 0, name);
}

static wz_status fake_print(void *context, const char *printer, const wz_report *report, const wz_words *words,
                            const wz_progress *progress, size_t *pages, wz_error *err)
{
    fake_machine *machine = context;

    (void)words;
    (void)progress;
    if (machine->print_status != WZ_OK)
        return wz_fail(err, machine->print_status, 5, printer);
    wz_text_clear(&machine->printed);
    wz_report_render(report, WZ_REPORT_TEXT, &machine->printed);
    snprintf(machine->printed_on, sizeof machine->printed_on, "%s", printer);
    machine->prints++;
    *pages = 7;
    return WZ_OK;
}

static fake_machine *office(void)
{
    fake_machine *machine = fake_create();

    fake_add_road(machine);
    machine->printer = "Front desk";
    machine->other_printer = "\\\\print\\Ward 3";
    machine->platform.find_printer = fake_find_printer;
    machine->platform.print = fake_print;
    return machine;
}

static void close_office(fake_machine *machine)
{
    wz_text_clear(&machine->printed);
    fake_free(machine);
}

static int run_line(fake_machine *machine, said *s, const char *const arguments[MAX])
{
    wz_options options;
    wz_output  output = { on_write, s, NULL };
    size_t     count = 0;
    wz_exit    exit;

    wz_text_clear(&s->out);
    wz_text_clear(&s->err);
    *s = (said){ 0 };
    while (count < MAX && arguments[count] != NULL)
        count++;
    assert_int_equal(wz_options_parse(arguments, count, &options, NULL), WZ_OK);
    exit = wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    return (int)exit;
}

#define RUN(machine, s, ...) run_line((machine), (s), (const char *const[MAX]){ __VA_ARGS__ })

static void the_report_is_printed_on_the_printer_that_was_named(void **state)
{
    static const struct { const char *line, *printer; } rows[] = {
        { "/print", "Front desk" }, { "/print:front DESK", "Front desk" },
        { "/print:\\\\print\\ward 3", "\\\\print\\Ward 3" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = office();
        said          s = { 0 };

        CHECK_ROW(i, RUN(machine, &s, rows[i].line) == 1);
        CHECK_TEXT(machine->printed_on, rows[i].printer);
        CHECK_CONTAINS(machine->printed.at, "SRV-01");
        CHECK_ROW(i, machine->prints == 1 && s.out.length == 0 && s.lines_of_err == 0);
        CHECK_ROW(i, RUN(machine, &s, "/assess", rows[i].line) == 1 && machine->prints == 2);
        CHECK_CONTAINS(s.out.at, "7");
        CHECK_CONTAINS(s.out.at, rows[i].printer);
        RUN(machine, &s, "/redact", rows[i].line);
        assert_null(strstr(machine->printed.at, "SRV-01"));
        RUN(machine, &s, "/version");
        close_office(machine);
        wz_text_clear(&s.out);
    }
}

static void a_printer_that_is_not_there_is_told_before_anything_is_done(void **state)
{
    static const struct { const char *line, *says, *not; bool no_default, none; wz_status status; } rows[] = {
        { "/print:Nowhere", "Nowhere: ", NULL, false, false, WZ_OK },
        { "/print", "Front desk; \\\\print\\Ward 3", NULL, true, false, WZ_OK },
        { "/print:Nowhere", "no printer", "Front desk", false, true, WZ_OK },
        { "/print", "no printer", "Front desk", false, true, WZ_OK },
        { "/print", "Spooler", NULL, false, false, WZ_E_SYSTEM },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = office();
        said          s = { 0 };

        machine->no_default = rows[i].no_default;
        machine->printer = rows[i].none ? NULL : machine->printer;
        machine->other_printer = rows[i].none ? NULL : machine->other_printer;
        machine->print_status = rows[i].status;
        CHECK_ROW(i, RUN(machine, &s, "/install", "/media:" FAKE_MEDIA, rows[i].line) == WZ_EXIT_FAILED);
        CHECK_CONTAINS(s.err.at, rows[i].says);
        assert_true(rows[i].not == NULL || strstr(s.err.at, rows[i].not) == NULL);
        CHECK_ROW(i, s.lines_of_err == 1 && machine->prints == 0 && machine->writes == 0);
        CHECK_ROW(i, fake_find(machine, 4493730)->runs == 0);
        close_office(machine);
        wz_text_clear(&s.out);
        wz_text_clear(&s.err);
    }
}

static void a_page_that_is_not_printed_is_one_line_and_a_code(void **state)
{
    fake_machine *machine = office();
    said          s = { 0 };

    (void)state;
    machine->print_status = WZ_E_DENIED;
    assert_int_equal(RUN(machine, &s, "/assess", "/print"), WZ_EXIT_FAILED);
    CHECK_CONTAINS(s.err.at, "Front desk");
    assert_int_equal(s.lines_of_err, 1);
    CHECK_CONTAINS(s.out.at, "KB4493730");             /* the rest is done all the same */
    close_office(machine);
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
}

static void an_installation_is_printed_at_its_end(void **state)
{
    fake_machine *machine = office();
    said          s = { 0 };

    (void)state;
    assert_int_equal(RUN(machine, &s, "/install", "/media:" FAKE_MEDIA, "/restart", "/print"), WZ_EXIT_RESTARTING);
    assert_int_equal(machine->prints, 0);
    fake_power_on(machine);
    RUN(machine, &s, "/resume", "/norestart", "/print");
    assert_int_equal(machine->prints, 1);
    close_office(machine);
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
}

int test_command_paper(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_is_printed_on_the_printer_that_was_named),
        cmocka_unit_test(a_printer_that_is_not_there_is_told_before_anything_is_done),
        cmocka_unit_test(a_page_that_is_not_printed_is_one_line_and_a_code),
        cmocka_unit_test(an_installation_is_printed_at_its_end),
    };

    return cmocka_run_group_tests_name("command_paper", tests, NULL, NULL);
}
