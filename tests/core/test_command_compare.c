/* /compare:FIRST;SECOND: what is said, what is written, and how it ends. */
#include "check.h"

#include "core/command.h"
#include "fake_platform.h"
#include "resource.h"

#include "words.h"

#define BEFORE "C:\\before.xml"
#define AFTER  "C:\\after.xml"
#define REPORT "C:\\out\\compare.xml"

typedef struct said { wz_text out, err; } said;

static void on_write(void *context, bool is_error, const char *utf8)
{
    said *s = context;

    wz_text_add(is_error ? &s->err : &s->out, utf8);
}

static int run(fake_machine *machine, said *s, size_t count, const char *const arguments[])
{
    wz_options options;
    wz_output  output = { on_write, s, NULL };
    wz_exit    exit;

    wz_text_clear(&s->out);
    wz_text_clear(&s->err);
    assert_int_equal(wz_options_parse(arguments, count, &options, NULL), WZ_OK);
    exit = wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    return (int)exit;
}

#define RUN(machine, s, ...) run((machine), (s), CHECK_COUNT(((const char *const[]){ __VA_ARGS__ })), \
                                 (const char *const[]){ __VA_ARGS__ })

/* Snapshots of this machine before and after. */
static fake_machine *photographed(said *s)
{
    fake_machine *machine = fake_create();

    fake_add_road(machine);
    assert_int_equal(RUN(machine, s, "/snapshot:" BEFORE), 1);
    machine->version = (wz_version){ 6, 0, 6003, 20706 };
    machine->sha2 = true;
    assert_int_equal(RUN(machine, s, "/snapshot:" AFTER), 0);
    return machine;
}

static void the_code_says_whether_they_differ(void **state)
{
    said          s = { 0 };
    fake_machine *machine = photographed(&s);

    (void)state;
    assert_int_equal(RUN(machine, &s, "/compare:" BEFORE ";" AFTER), 1);
    CHECK_CONTAINS(s.out.at, "6.0.6002.24565 | 6.0.6003.20706");
    CHECK_TEXT(s.err.at, NULL);
    assert_int_equal(RUN(machine, &s, "/compare:" AFTER ";" AFTER), 0);
    CHECK_CONTAINS(s.out.at, wz_word(test_words(), IDS_COMPARE_SAME));
    assert_int_equal(RUN(machine, &s, "/compare:" BEFORE ";" AFTER, "/quiet"), 1);
    CHECK_TEXT(s.out.at, NULL);
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
    fake_free(machine);
}

static void the_report_is_written_and_sealed(void **state)
{
    said          s = { 0 };
    fake_machine *machine = photographed(&s);

    (void)state;
    assert_int_equal(RUN(machine, &s, "/compare:" BEFORE ";" AFTER, "/report:" REPORT), 1);
    assert_non_null(fake_file_at(machine, REPORT));
    CHECK_CONTAINS(s.out.at, REPORT);
    assert_int_equal(RUN(machine, &s, "/verify-report:" REPORT), 0);
    machine->read_only = "C:\\out";
    assert_int_equal(RUN(machine, &s, "/compare:" BEFORE ";" AFTER, "/report:" REPORT), 1603);
    CHECK_CONTAINS(s.err.at, REPORT);
    assert_int_equal(RUN(machine, &s, "/compare:" BEFORE ";" AFTER, "/report:C:\\r.doc"), 1639);
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
    fake_free(machine);
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    said          s = { 0 };
    fake_machine *machine = photographed(&s);

    (void)state;
    fake_put(machine, "C:\\bad.xml", "<snapshot>\n<");
    assert_int_equal(RUN(machine, &s, "/compare:" BEFORE ";C:\\none.xml"), 1603);
    CHECK_CONTAINS(s.err.at, "C:\\none.xml");
    assert_int_equal(RUN(machine, &s, "/compare:C:\\bad.xml;" AFTER), 1603);
    CHECK_CONTAINS(s.err.at, "C:\\bad.xml, line 2");
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
    fake_free(machine);
}

static void it_takes_two_files(void **state)
{
    static const char *const bad[] = { "/compare:C:\\a.xml", "/compare:;C:\\a.xml", "/compare:C:\\a.xml;",
                                       "/compare:a;b;c" };
    wz_options options;
    wz_error   err = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(bad); i++) {
        CHECK_ROW(i, wz_options_parse(&bad[i], 1, &options, &err) == WZ_E_FORMAT);
        CHECK_ROW(i, err.reason == IDS_OPTION_COMPARE && strcmp(err.subject, "/compare") == 0);
    }
    assert_int_equal(wz_options_parse((const char *const[]){ "/Compare:C:\\a b.xml;D:\\c.xml" }, 1, &options, &err),
                     WZ_OK);
    CHECK_TEXT(options.compare[0], "C:\\a b.xml");
    CHECK_TEXT(options.compare[1], "D:\\c.xml");
    assert_true(options.headless);
    wz_options_clear(&options);
    assert_int_equal(wz_options_parse((const char *const[]){ "/compare:a;b", "/open:c" }, 2, &options, &err),
                     WZ_E_FORMAT);
}

int test_command_compare(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_says_whether_they_differ),
        cmocka_unit_test(the_report_is_written_and_sealed),
        cmocka_unit_test(a_file_that_cannot_be_read_is_named),
        cmocka_unit_test(it_takes_two_files),
    };

    return cmocka_run_group_tests_name("command_compare", tests, NULL, NULL);
}
