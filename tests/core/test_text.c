#include "check.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/text.h"

static void xml_form_survives_between_tags_and_in_quotes(void **state)
{
    static const struct { const char *from, *to; } rows[] = {
        { "", "" },
        { "plain", "plain" },
        { "a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;" },
        { "it's", "it's" },
        { "tab\tline\nreturn\r", "tab&#9;line&#10;return&#13;" },
        { "\x01\x1f", "\xEF\xBF\xBD\xEF\xBF\xBD" },
        { "\x7f", "\x7f" },
        { "\xC2\xAE \xF0\x9F\x9B\xA1", "\xC2\xAE \xF0\x9F\x9B\xA1" },
        { "\xEF\xBF\xBE", "\xEF\xBF\xBD" },                         /* U+FFFE is no character of XML */
        { "a\xFFz", "a\xEF\xBF\xBDz" },                             /* not UTF-8 */
        { "cut \xE2\x82", "cut \xEF\xBF\xBD\xEF\xBF\xBD" },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_text text = { 0 };

        wz_text_add_xml(&text, rows[i].from);
        CHECK_TEXT(wz_text_at(&text), rows[i].to);
        wz_text_clear(&text);
    }
}

static void fill_replaces_slots_and_leaves_the_rest(void **state)
{
    static const char *const args[] = { "one", NULL, "%1" };
    static const struct { const char *pattern; size_t count; const char *to; } rows[] = {
        { "", 3, "" },
        { "none", 3, "none" },
        { "%1", 3, "one" },
        { "%1%1 %1.", 3, "oneone one." },
        { "[%2]", 3, "[]" },                                        /* NULL is empty */
        { "%3 and %1", 3, "%1 and one" },                           /* arguments are not filled again */
        { "%4", 3, "%4" },
        { "%1 %2", 0, "%1 %2" },
        { "100 %", 3, "100 %" },
        { "%0 %s %% %", 3, "%0 %s %% %" },
        { "%12", 3, "one2" },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_text text = { 0 };

        wz_text_fill(&text, rows[i].pattern, args, rows[i].count);
        CHECK_TEXT(wz_text_at(&text), rows[i].to);
        wz_text_clear(&text);
    }
}

static void utf8_is_strict(void **state)
{
    static const struct { const char *bytes; size_t length; bool valid; } rows[] = {
        { "", 0, true },
        { "abc", 3, true },
        { "a\0c", 3, false },
        { "\xC2\x80", 2, true },
        { "\xC1\xBF", 2, false },                                   /* overlong */
        { "\xE0\x9F\xBF", 3, false },
        { "\xF0\x8F\xBF\xBF", 4, false },
        { "\xC0\x80", 2, false },                                   /* Java's NUL */
        { "\xED\x9F\xBF", 3, true },
        { "\xED\xA0\x80", 3, false },                               /* surrogate */
        { "\xEE\x80\x80", 3, true },
        { "\xF4\x8F\xBF\xBF", 4, true },
        { "\xF4\x90\x80\x80", 4, false },                           /* above U+10FFFF */
        { "\xF8\x88\x80\x80\x80", 5, false },
        { "\x80", 1, false },
        { "\xE2\x82", 2, false },                                   /* cut */
        { "\xE2\x28\xA1", 3, false },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        CHECK_ROW(i, wz_is_utf8(rows[i].bytes, rows[i].length) == rows[i].valid);
}

static void numbers_are_digits_only(void **state)
{
    static const struct { const char *text; bool valid; uint64_t number; } rows[] = {
        { "0", true, 0 }, { "007", true, 7 }, { "18446744073709551615", true, UINT64_MAX },
        { "18446744073709551616", false, 0 }, { "99999999999999999999999", false, 0 },
        { "", false, 0 }, { "-1", false, 0 }, { "+1", false, 0 }, { " 1", false, 0 }, { "1 ", false, 0 },
        { "0x10", false, 0 }, { "1.0", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        uint64_t number = 4711;

        CHECK_ROW(i, wz_parse_number(rows[i].text, &number) == rows[i].valid);
        CHECK_ROW(i, number == (rows[i].valid ? rows[i].number : 4711));
    }
}

static void numbers_are_written(void **state)
{
    wz_text text = { 0 };

    (void)state;
    wz_text_add_number(&text, 0);
    wz_text_add(&text, " ");
    wz_text_add_number(&text, UINT64_MAX);
    wz_text_add(&text, " ");
    wz_text_add_hex(&text, 0, 0);
    wz_text_add(&text, " ");
    wz_text_add_hex(&text, 0x80096010, 8);
    wz_text_add(&text, " ");
    wz_text_add_hex(&text, 10, 4);
    wz_text_add(&text, " ");
    wz_text_add_hex(&text, UINT64_MAX, 99);
    CHECK_TEXT(wz_text_at(&text), "0 18446744073709551615 0 80096010 000a ffffffffffffffff");
    wz_text_clear(&text);
}

static void text_grows_is_taken_and_is_never_null(void **state)
{
    wz_text text = { 0 };
    char   *taken;

    (void)state;
    CHECK_TEXT(wz_text_at(&text), "");
    wz_text_add(&text, NULL);
    wz_text_append(&text, "", 0);
    assert_int_equal(text.length, 0);
    taken = wz_text_take(&text);
    CHECK_TEXT(taken, "");
    free(taken);
    for (size_t i = 0; i < 1000; i++)                               /* every length around a doubling of the room */
        wz_text_add(&text, "x");
    assert_int_equal(text.length, 1000);
    assert_int_equal(strlen(wz_text_at(&text)), 1000);
    taken = wz_text_take(&text);
    assert_int_equal(text.length, 0);
    assert_null(text.at);
    free(taken);
}

static void copies_and_arrays_have_room(void **state)
{
    size_t room = 0;
    int   *items = NULL;
    char  *part = wz_copy_part("abcdef", 3);

    (void)state;
    CHECK_TEXT(part, "abc");
    assert_null(wz_copy(NULL));
    for (size_t i = 0; i < 100; i++) {
        items = wz_grow(items, i, &room, sizeof *items);
        assert_true(room > i);
        items[i] = (int)i;
    }
    assert_int_equal(items[99], 99);
    free(items);
    free(part);
}

static void keys_compare_without_ascii_case(void **state)
{
    (void)state;
    assert_true(wz_equal_nocase("KB4493730", "kb4493730"));
    assert_false(wz_equal_nocase("KB449373", "kb4493730"));
    assert_true(wz_compare_nocase("a", "B") < 0);
    assert_true(wz_compare_nocase("\xC3\xA9", "z") > 0);
    assert_false(wz_equal_nocase("\xC3\x89", "\xC3\xA9"));          /* only ASCII letters */
    assert_true(wz_starts_nocase("Package_for", "pACKAGE"));
    assert_false(wz_starts_nocase("Pack", "Package"));
    assert_true(wz_starts_nocase("", ""));
}

static void crc_has_its_check_value(void **state)
{
    (void)state;
    assert_int_equal(wz_crc32("123456789", 9), 0xCBF43926);         /* the catalogue of CRC algorithms, ISO-HDLC */
    assert_int_equal(wz_crc32("", 0), 0);
    assert_int_equal(wz_crc32("a", 1), 0xE8B7BE43);
}

static void times_are_written_and_read_back(void **state)
{
    static const struct { const char *text; wz_time time; bool valid; } rows[] = {
        { "2026-01-13T09:05:00Z", 1768295100, true },
        { "2019-04-09", 1554768000, true },
        { "1970-01-02T00:00:00Z", 86400, true },
        { "1969-12-31T23:59:59Z", -1, true },
        { "1601-01-01T00:00:01Z", -11644473599, true },
        { "2000-02-29", 951782400, true },
        { "2100-02-29", 0, false },
        { "2019-02-29", 0, false },
        { "2019-13-01", 0, false },
        { "2019-00-10", 0, false },
        { "2019-04-31", 0, false },
        { "2019-04-00", 0, false },
        { "0000-01-01", 0, false },
        { "2019-4-09", 0, false },
        { "2019-04-09 ", 0, false },
        { "2019-04-09T", 0, false },
        { "2019-04-09T24:00:00Z", 0, false },
        { "2019-04-09T23:60:00Z", 0, false },
        { "2019-04-09T23:59:60Z", 0, false },
        { "2019-04-09T23:59:59", 0, false },
        { "2019-04-09T23:59:59Zx", 0, false },
        { "2019-04-09T23:59:59+01:00", 0, false },
        { "", 0, false },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_time time = 4711;
        wz_text text = { 0 };

        CHECK_ROW(i, wz_time_parse(rows[i].text, &time) == rows[i].valid);
        CHECK_ROW(i, time == (rows[i].valid ? rows[i].time : 4711));
        if (!rows[i].valid)
            continue;
        if (strlen(rows[i].text) == 10)
            wz_text_add_date(&text, time);
        else
            wz_text_add_time(&text, time);
        CHECK_TEXT(wz_text_at(&text), rows[i].text);
        wz_text_clear(&text);
    }
}

static void every_day_of_five_centuries_comes_back(void **state)
{
    wz_time previous = -11644473600 - 86400;

    (void)state;
    for (wz_time day = -11644473600; day < 4133980800; day += 86400) {
        wz_text text = { 0 };
        wz_time again = 1;

        wz_text_add_date(&text, day);
        assert_true(day == 0 ? text.length == 0 : wz_time_parse(wz_text_at(&text), &again) && again == day);
        assert_true(day == previous + 86400);
        previous = day;
        wz_text_clear(&text);
    }
}

static void unknown_time_is_nothing(void **state)
{
    wz_text text = { 0 };

    (void)state;
    wz_text_add_time(&text, 0);
    wz_text_add_date(&text, 0);
    wz_text_add_time(&text, INT64_MAX / 2);                         /* a year of more than four digits */
    CHECK_TEXT(wz_text_at(&text), "");
    wz_text_clear(&text);
}

static void error_subject_is_cut_between_characters(void **state)
{
    wz_error error;
    char     subject[400];

    (void)state;
    memset(subject, 'x', sizeof subject);
    memcpy(subject + 258, "\xC3\xA9", 2);                           /* would be cut in the middle */
    subject[sizeof subject - 1] = '\0';
    assert_int_equal(wz_fail(&error, WZ_E_IO, 5, subject), WZ_E_IO);
    assert_int_equal(strlen(error.subject), 258);
    assert_int_equal(error.os_code, 5);
    assert_int_equal(wz_fail(NULL, WZ_E_FULL, 0, subject), WZ_E_FULL);
    wz_fail_at(&error, WZ_E_FORMAT, NULL, 7, 7040);
    CHECK_TEXT(error.subject, "");
    assert_int_equal(error.line, 7);
    assert_int_equal(error.reason, 7040);
    assert_int_equal(error.os_code, 0);
    wz_fail(&error, WZ_E_IO, 1, "kept");
    wz_fail(&error, WZ_E_DENIED, 2, error.subject);                 /* its own subject */
    CHECK_TEXT(error.subject, "kept");
}

int test_text(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_form_survives_between_tags_and_in_quotes),
        cmocka_unit_test(fill_replaces_slots_and_leaves_the_rest),
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(numbers_are_digits_only),
        cmocka_unit_test(numbers_are_written),
        cmocka_unit_test(text_grows_is_taken_and_is_never_null),
        cmocka_unit_test(copies_and_arrays_have_room),
        cmocka_unit_test(keys_compare_without_ascii_case),
        cmocka_unit_test(crc_has_its_check_value),
        cmocka_unit_test(times_are_written_and_read_back),
        cmocka_unit_test(every_day_of_five_centuries_comes_back),
        cmocka_unit_test(unknown_time_is_nothing),
        cmocka_unit_test(error_subject_is_cut_between_characters),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
