#include "check.h"
#include "core/words.h"
#include "resource.h"
#include "words.h"

static void phrase_owns_its_arguments(void **state)
{
    char      argument[] = "KB4493730";
    const char *args[] = { argument, "x" };
    wz_phrase phrase = { 0 };
    wz_phrase copy = { 0 };
    wz_text   text = { 0 };

    (void)state;
    wz_phrase_set(&phrase, IDS_ERROR_NOT_FOUND, 2, args);
    memset(argument, '?', sizeof argument - 1);
    wz_phrase_copy(&copy, &phrase);
    wz_phrase_copy(&copy, &copy);
    wz_phrase_clear(&phrase);
    wz_phrase_render(&phrase, test_words(), &text);
    CHECK_TEXT(wz_text_at(&text), "");
    wz_phrase_render(&copy, test_words(), &text);
    CHECK_TEXT(wz_text_at(&text), "KB4493730: not found.");
    wz_phrase_set(&copy, IDS_ERROR_NOT_FOUND, 1, (const char *const *)copy.args);   /* its own argument */
    CHECK_TEXT(copy.args[0], "KB4493730");
    wz_phrase_set(&copy, 1, 99, (const char *const[99]){ "1", "2", "3", "4", "5", NULL });
    assert_int_equal(copy.count, WZ_PHRASE_ARGS);
    wz_phrase_clear(&copy);
    wz_text_clear(&text);
}

static void missing_string_is_seen(void **state)
{
    wz_text text = { 0 };

    (void)state;
    CHECK_TEXT(wz_word(test_words(), 6999), "#");
    wz_words_fill(test_words(), 6999, NULL, 0, &text);
    CHECK_TEXT(wz_text_at(&text), "#6999");
    CHECK_TEXT(wz_word(test_words(), IDS_PRODUCT), "Build 6003 Readiness Wizard");
    wz_text_clear(&text);
}

static void error_is_one_line_with_what_where_and_why(void **state)
{
    static const struct { wz_error error; const char *line; } rows[] = {
        { { .status = WZ_E_NOT_FOUND, .subject = "E:\\Updates" }, "E:\\Updates: not found." },
        { { .status = WZ_E_NOT_FOUND, .subject = "a", .os_code = 3 }, "a: not found (code 3)." },
        { { .status = WZ_E_FORMAT, .subject = "site.xml", .line = 12, .reason = IDS_REASON_DOCTYPE },
          "site.xml, line 12: A document type declaration (DOCTYPE) is not allowed." },
        { { .status = WZ_E_FORMAT, .subject = "site.xml" },
          "site.xml: The content does not have the expected form." },
        { { .status = WZ_E_LIMIT, .subject = "site.xml" },
          "site.xml: The file is larger than the limit for its kind." },
        { { .status = WZ_E_LIMIT, .subject = "s", .line = 3, .reason = IDS_REASON_TOO_DEEP },
          "s, line 3: The elements are nested more than 32 deep." },
        { { .status = WZ_E_SYSTEM, .subject = "wusa.exe", .os_code = 0x80096010 },
          "wusa.exe: Windows reported error 0x80096010." },
        { { .status = WZ_E_DENIED, .subject = "x", .os_code = 5, .reason = IDS_REASON_VALUE },
          "x: The value does not fit its kind. (code 5)" },
        { { .status = WZ_E_TIMEOUT }, "This program: no answer within the time limit." },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        CHECK_TEXT(test_error(&rows[i].error), rows[i].line);
}

static void every_status_has_words(void **state)
{
    (void)state;
    for (int status = WZ_OK; status <= WZ_E_SYSTEM; status++)
        for (unsigned detail = 0; detail < 2; detail++) {
            wz_error error = { .status = (wz_status)status, .os_code = detail, .line = detail, .subject = "subject" };

            assert_null(strchr(test_error(&error), '#'));
            assert_null(strchr(test_error(&error), '%'));
            assert_null(strchr(test_error(&error), '\n'));
        }
}

/* What a phrase is filled with stays as it is between letters that are written from right to left. */
static void arguments_are_marked_for_windows_from_right_to_left(void **state)
{
    static const char mark[] = "\xE2\x80\x8E";
    const char       *args[] = { "C:\\updates\\", "" };
    wz_words          marked = *test_words();
    wz_text           plain = { 0 }, want = { 0 }, got = { 0 };

    (void)state;
    marked.marks = true;
    wz_text_add(&want, mark);
    wz_text_add(&want, args[0]);
    wz_text_add(&want, mark);
    const char *wanted[] = { wz_text_at(&want), "" };
    wz_words_fill(test_words(), IDS_CAPTION, wanted, 2, &plain);
    wz_words_fill(&marked, IDS_CAPTION, args, 2, &got);
    CHECK_TEXT(got.at, plain.at);
    wz_text_clear(&got);
    wz_text_clear(&want);
    wz_text_clear(&plain);
}

int test_phrase(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrase_owns_its_arguments),
        cmocka_unit_test(missing_string_is_seen),
        cmocka_unit_test(error_is_one_line_with_what_where_and_why),
        cmocka_unit_test(every_status_has_words),
        cmocka_unit_test(arguments_are_marked_for_windows_from_right_to_left),
    };

    return cmocka_run_group_tests_name("phrase", tests, NULL, NULL);
}
