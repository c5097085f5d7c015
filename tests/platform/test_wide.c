#include "check.h"

#include "core/text.h"
#include "platform/wide.h"

static void utf8_that_is_not_valid_is_refused(void **state)
{
    static const char *const rows[] = {
        "\x80", "a\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xFE", "ok \xC3( not",
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        CHECK_ROW(i, wz_wide_from_utf8(rows[i]) == NULL);
}

static void text_comes_back_as_it_was(void **state)
{
    static const struct { const char *utf8; const wchar_t *wide; } rows[] = {
        { "",                        L"" },
        { "abc",                     L"abc" },
        { "\xC3\xBC\xC3\x9F",        L"\x00FC\x00DF" },
        { "\xE2\x82\xAC",            L"\x20AC" },
        { "\xEF\xBB\xBFx",           L"\xFEFFx" },
        { "\xED\x9F\xBF\xEE\x80\x80", L"\xD7FF\xE000" },
        { "\xF0\x9F\x98\x80",        L"\xD83D\xDE00" },
        { "\xF4\x8F\xBF\xBF",        L"\xDBFF\xDFFF" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wchar_t *wide = wz_wide_from_utf8(rows[i].utf8);
        char    *utf8 = wz_utf8_from_wide(rows[i].wide);

        CHECK_ROW(i, wide != NULL && wcscmp(wide, rows[i].wide) == 0);
        CHECK_TEXT(utf8, rows[i].utf8);
        free(utf8);
        free(wide);
    }
}

static void utf16_with_half_a_pair_is_refused_and_shown_as_replaced(void **state)
{
    static const struct { const wchar_t *wide; size_t units; const char *shown; } rows[] = {
        { L"\xD83D",        1, "\xEF\xBF\xBD" },
        { L"\xDE00",        1, "\xEF\xBF\xBD" },
        { L"\xDE00\xD83D",  2, "\xEF\xBF\xBD\xEF\xBF\xBD" },
        { L"a\xD83Dz",      3, "a\xEF\xBF\xBDz" },
        { L"a\0z",          3, "a\xEF\xBF\xBDz" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char *shown = wz_utf8_for_display(rows[i].wide, rows[i].units);

        CHECK_ROW(i, wz_utf8_from_wide_part(rows[i].wide, rows[i].units) == NULL);
        CHECK_TEXT(shown, rows[i].shown);
        free(shown);
    }
}

static void a_part_is_taken_by_its_length(void **state)
{
    char *part = wz_utf8_from_wide_part(L"\x00FC" L"berall", 4);
    char *nothing = wz_utf8_from_wide_part(L"abc", 0);

    (void)state;
    CHECK_TEXT(part, "\xC3\xBC" "ber");
    CHECK_TEXT(nothing, "");
    free(nothing);
    free(part);
}

static void paths_become_full_and_have_backslashes(void **state)
{
    static const struct { const char *path; const wchar_t *want; } rows[] = {
        { "C:\\a\\b.txt",        L"C:\\a\\b.txt" },
        { "C:/a/b.txt",          L"C:\\a\\b.txt" },
        { "C:\\a\\..\\b.txt",    L"C:\\b.txt" },
        { "\\\\srv\\share\\x",   L"\\\\srv\\share\\x" },
        { "C:\\\xC3\xBC",        L"C:\\\x00FC" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wchar_t *wide = wz_wide_path(rows[i].path);

        CHECK_ROW(i, wide != NULL && wcscmp(wide, rows[i].want) == 0);
        free(wide);
    }
    assert_null(wz_wide_path(""));
    assert_null(wz_wide_path("C:\\\xFF"));
}

static void long_paths_get_the_form_without_a_limit(void **state)
{
    static const struct { const char *start; const wchar_t *want; } rows[] = {
        { "C:\\",              L"\\\\?\\C:\\aaaa" },
        { "\\\\srv\\share\\",  L"\\\\?\\UNC\\srv\\share\\aaaa" },
        { "\\\\?\\C:\\",       L"\\\\?\\C:\\aaaa" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text  path = { 0 };
        wchar_t *wide;

        wz_text_add(&path, rows[i].start);
        for (size_t part = 0; part < 300; part++)
            wz_text_add(&path, part % 100 == 99 ? "\\" : "a");
        wide = wz_wide_path(wz_text_at(&path));
        CHECK_ROW(i, wide != NULL && wcsncmp(wide, rows[i].want, wcslen(rows[i].want)) == 0);
        free(wide);
        wz_text_clear(&path);
    }
}

/* A listed file of such a name is another thing than what opening the name gives. */
static void what_windows_takes_for_a_device_is_no_path(void **state)
{
    static const char *const paths[] = {
        "CON", "nul", "C:\\media\\com1.msu", "C:\\media\\AUX.cab", "E:\\lpt1 .msu", "C:\\x\\prn",
        "\\\\.\\PhysicalDrive0", "//./C:", "\\\\.\\pipe\\x",
    };
    wchar_t *path;

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(paths); i++)
        CHECK_ROW(i, wz_wide_path(paths[i]) == NULL);
    path = wz_wide_path("C:\\com1\\console.msu");
    CHECK_ROW(0, path != NULL && wcscmp(path, L"C:\\com1\\console.msu") == 0);
    free(path);
}

int test_wide(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_that_is_not_valid_is_refused),
        cmocka_unit_test(text_comes_back_as_it_was),
        cmocka_unit_test(utf16_with_half_a_pair_is_refused_and_shown_as_replaced),
        cmocka_unit_test(a_part_is_taken_by_its_length),
        cmocka_unit_test(paths_become_full_and_have_backslashes),
        cmocka_unit_test(what_windows_takes_for_a_device_is_no_path),
        cmocka_unit_test(long_paths_get_the_form_without_a_limit),
    };

    return cmocka_run_group_tests_name("wide", tests, NULL, NULL);
}
