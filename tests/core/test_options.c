#include "check.h"

#include "core/options.h"
#include "resource.h"

#include "words.h"

#define MAX 6

static size_t count_of(const char *const arguments[])
{
    size_t count = 0;

    while (count < MAX && arguments[count] != NULL)
        count++;
    return count;
}

static void good_lines_are_understood(void **state)
{
    static const struct { const char *arguments[MAX]; wz_action action; bool headless, quiet; } rows[] = {
        { { NULL }, WZ_ACTION_GUI, false, false },
        { { "/?" }, WZ_ACTION_HELP, true, false },
        { { "-HELP" }, WZ_ACTION_HELP, true, false },
        { { "/install", "/?" }, WZ_ACTION_HELP, true, false },
        { { "/norestart", "/restart", "/?" }, WZ_ACTION_HELP, true, false },     /* together they are refused else */
        { { "/version" }, WZ_ACTION_VERSION, true, false },
        { { "/Assess" }, WZ_ACTION_ASSESS, true, false },
        { { "-assess", "-quiet" }, WZ_ACTION_ASSESS, true, true },
        { { "/plan", "/target:6003" }, WZ_ACTION_PLAN, true, false },
        { { "/verify", "/media:E:\\" }, WZ_ACTION_VERIFY, true, false },
        { { "/install", "/media:E:\\updates", "/norestart" }, WZ_ACTION_INSTALL, true, false },
        { { "/install", "/media:E:\\updates", "/restart", "/log:l", "/report:r.xml" }, WZ_ACTION_INSTALL, true, false },
        { { "/resume", "/quiet", "/restart" }, WZ_ACTION_RESUME, true, true },
        { { "/resume", "/media:E:\\updates" }, WZ_ACTION_RESUME, true, false },
        { { "/report:r.html" }, WZ_ACTION_ASSESS, true, true },
        { { "/print" }, WZ_ACTION_ASSESS, true, true },
        { { "/plan", "/print:Front desk" }, WZ_ACTION_PLAN, true, false },
        { { "/snapshot:s.xml", "/open:o.xml" }, WZ_ACTION_ASSESS, true, true },
        { { "/shopping-list:s.txt", "/target:pa" }, WZ_ACTION_ASSESS, true, true },
        { { "/assess", "/report:r.html" }, WZ_ACTION_ASSESS, true, false },
        { { "/open:o.xml" }, WZ_ACTION_GUI, false, false },
        { { "/open:o.xml", "/assess" }, WZ_ACTION_ASSESS, true, false },
        { { "/lang:en-US", "/catalogue:c.xml", "/media:m", "/target:FREE" }, WZ_ACTION_GUI, false, false },
        { { "/begin", "/target:free", "/media:m", "/catalogue:c" }, WZ_ACTION_GUI, false, false },
        { { "/continue" }, WZ_ACTION_GUI, false, false },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_options options;
        wz_error   err = { 0 };

        CHECK_ROW(i, wz_options_parse(rows[i].arguments, count_of(rows[i].arguments), &options, &err) == WZ_OK);
        CHECK_ROW(i, options.action == rows[i].action);
        CHECK_ROW(i, options.headless == rows[i].headless);
        CHECK_ROW(i, options.quiet == rows[i].quiet);
        wz_options_clear(&options);
    }
}

static void values_are_kept(void **state)
{
    static const char *const first[] = { "/install", "/media:D:\\my updates", "/target:Esu3", "/restart",
                                         "/catalogue:c:d.xml", "/lang:de" };
    static const char *const second[] = { "/continue" };
    static const char *const third[] = { "/snapshot:s", "/open:o", "/shopping-list:l", "/report:r", "/log:g" };
    wz_options               options;

    (void)state;
    assert_int_equal(wz_options_parse(first, 6, &options, NULL), WZ_OK);
    CHECK_TEXT(options.media, "D:\\my updates");
    CHECK_TEXT(options.catalogue, "c:d.xml");
    CHECK_TEXT(options.language, "de");
    assert_true(options.has_target && options.target == WZ_TARGET_ESU3);
    assert_true(options.restart && !options.norestart && !options.begin);
    wz_options_clear(&options);
    CHECK_TEXT(options.media, NULL);

    assert_int_equal(wz_options_parse(second, 1, &options, NULL), WZ_OK);
    assert_true(options.carry_on && !options.begin && !options.has_target);
    assert_int_equal(options.target, WZ_TARGET_FREE);
    wz_options_clear(&options);

    assert_int_equal(wz_options_parse(third, 5, &options, NULL), WZ_OK);
    CHECK_TEXT(options.snapshot, "s");
    CHECK_TEXT(options.open, "o");
    CHECK_TEXT(options.shopping_list, "l");
    CHECK_TEXT(options.report, "r");
    CHECK_TEXT(options.log, "g");
    wz_options_clear(&options);
}

static void bad_lines_are_one_error_that_names_the_switch(void **state)
{
    static const struct { const char *arguments[MAX]; const char *subject; unsigned reason; } rows[] = {
        { { "/asses" }, "/asses", IDS_OPTION_UNKNOWN },
        { { "/assess", "/checksums:c" }, "/checksums", IDS_OPTION_NEEDS_VERIFY },
        { { "/verify", "/media:m", "/checksums" }, "/checksums", IDS_OPTION_NO_VALUE },
        { { "/" }, "/", IDS_OPTION_UNKNOWN },
        { { "/:x" }, "/:x", IDS_OPTION_UNKNOWN },
        { { "" }, "", IDS_OPTION_NOT_A_SWITCH },
        { { "--assess" }, "--assess", IDS_OPTION_UNKNOWN },
        { { "assess" }, "assess", IDS_OPTION_NOT_A_SWITCH },
        { { "E:\\updates" }, "E:\\updates", IDS_OPTION_NOT_A_SWITCH },
        { { "/assess", "/ASSESS" }, "/assess", IDS_OPTION_TWICE },
        { { "/media:a", "/media:b" }, "/media", IDS_OPTION_TWICE },
        { { "/media" }, "/media", IDS_OPTION_NO_VALUE },
        { { "/media:" }, "/media", IDS_OPTION_NO_VALUE },
        { { "/report:" }, "/report", IDS_OPTION_NO_VALUE },
        { { "/target:" }, "/target", IDS_OPTION_NO_VALUE },
        { { "/assess:now" }, "/assess", IDS_OPTION_VALUE },
        { { "/quiet:", "/assess" }, "/quiet", IDS_OPTION_VALUE },
        { { "/target:6004" }, "/target", IDS_OPTION_TARGET },
        { { "/media:D:\\x\" /target:free" }, "/media", IDS_OPTION_QUOTE },
        { { "/log:a\xFF" }, "", IDS_OPTION_TEXT },
        { { "/scan:" }, "/scan", IDS_OPTION_NO_VALUE },
        { { "/scan", "/assess" }, "/scan", IDS_OPTION_TWO_ACTIONS },
        { { "/scan", "/open:o" }, "/scan", IDS_OPTION_CONFLICT },
        { { "/assess", "/suppressions:s" }, "/suppressions", IDS_OPTION_NEEDS_SCAN },
        { { "/scan", "/suppressions" }, "/suppressions", IDS_OPTION_NO_VALUE },
        { { "/print:" }, "/print", IDS_OPTION_NO_VALUE },
        { { "/print", "/print:x" }, "/print", IDS_OPTION_TWICE },
        { { "/decode:x", "/print" }, "/print", IDS_OPTION_CONFLICT },
        { { "/code:x" }, "/code", IDS_OPTION_VALUE },
        { { "/decode" }, "/decode", IDS_OPTION_NO_VALUE },
        { { "/code", "/assess" }, "/code", IDS_OPTION_TWO_ACTIONS },
        { { "/decode:x", "/open:o" }, "/open", IDS_OPTION_CONFLICT },
        { { "/assess", "/plan" }, "/plan", IDS_OPTION_TWO_ACTIONS },
        { { "/assess", "/install", "/media:m" }, "/install", IDS_OPTION_TWO_ACTIONS },
        { { "/install", "/resume", "/media:m" }, "/resume", IDS_OPTION_TWO_ACTIONS },
        { { "/install", "/media:m", "/restart", "/norestart" }, "/restart", IDS_OPTION_CONFLICT },
        { { "/install", "/media:m", "/open:o" }, "/install", IDS_OPTION_CONFLICT },
        { { "/resume", "/open:o" }, "/resume", IDS_OPTION_CONFLICT },
        { { "/resume", "/target:free" }, "/target", IDS_OPTION_CONFLICT },
        { { "/resume", "/catalogue:c" }, "/catalogue", IDS_OPTION_CONFLICT },
        { { "/begin", "/continue" }, "/continue", IDS_OPTION_CONFLICT },
        { { "/continue", "/target:free" }, "/target", IDS_OPTION_CONFLICT },
        { { "/assess", "/begin" }, "/begin", IDS_OPTION_CONFLICT },
        { { "/continue", "/report:r" }, "/continue", IDS_OPTION_CONFLICT },
        { { "/open:o", "/begin" }, "/begin", IDS_OPTION_CONFLICT },
        { { "/restart" }, "/restart", IDS_OPTION_NEEDS_INSTALL },
        { { "/assess", "/norestart" }, "/norestart", IDS_OPTION_NEEDS_INSTALL },
        { { "/install" }, "/install", IDS_OPTION_NEEDS_MEDIA },
        { { "/verify" }, "/verify", IDS_OPTION_NEEDS_MEDIA },
        { { "/log:l" }, "/log", IDS_OPTION_NEEDS_ACTION },
        { { "/quiet" }, "/quiet", IDS_OPTION_NEEDS_ACTION },
        { { "/redact" }, "/redact", IDS_OPTION_NEEDS_FILE },
        { { "/assess", "/redact" }, "/redact", IDS_OPTION_NEEDS_FILE },
        { { "/verify-report" }, "/verify-report", IDS_OPTION_NO_VALUE },
        { { "/verify-report:a", "/report:b.xml" }, "/report", IDS_OPTION_CONFLICT },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_options options;
        wz_error   err = { 0 };

        CHECK_ROW(i, wz_options_parse(rows[i].arguments, count_of(rows[i].arguments), &options, &err) == WZ_E_FORMAT);
        CHECK_ROW(i, err.reason == rows[i].reason);
        CHECK_ROW(i, strcmp(err.subject, rows[i].subject) == 0);
        CHECK_ROW(i, options.media == NULL && options.report == NULL && options.log == NULL);
        CHECK_ROW(i, wz_word(test_words(), err.reason)[0] != '#');
    }
}

int test_options(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_lines_are_understood),
        cmocka_unit_test(values_are_kept),
        cmocka_unit_test(bad_lines_are_one_error_that_names_the_switch),
    };

    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
