#include "check.h"
#include "core/version.h"

static void parse_takes_two_to_four_numbers(void **state)
{
    static const struct { const char *text; bool valid; wz_version version; } rows[] = {
        { "6.0",                     true,  { 6, 0, 0, 0 } },
        { "6.0.6002",                true,  { 6, 0, 6002, 0 } },
        { "6.0.6003.20706",          true,  { 6, 0, 6003, 20706 } },
        { "65535.65535.65535.65535", true,  { 65535, 65535, 65535, 65535 } },
        { "06.00.6002",              true,  { 6, 0, 6002, 0 } },
        { "",                        false, { 0 } },
        { "6",                       false, { 0 } },
        { "6.",                      false, { 0 } },
        { ".6",                      false, { 0 } },
        { "6..0",                    false, { 0 } },
        { "6.0.6002.",               false, { 0 } },
        { "6.0.6002.1.1",            false, { 0 } },
        { "6.0.65536",               false, { 0 } },
        { "6.0.99999999999999999999", false, { 0 } },
        { "6.0 ",                    false, { 0 } },
        { " 6.0",                    false, { 0 } },
        { "6.-1",                    false, { 0 } },
        { "6.0.6002 (vistasp2_ldr)", false, { 0 } },
        { "6,0,6002",                false, { 0 } },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_version version = { 1, 2, 3, 4 };
        wz_version kept = { 1, 2, 3, 4 };

        CHECK_ROW(i, wz_version_parse(rows[i].text, &version) == rows[i].valid);
        CHECK_ROW(i, wz_version_compare(version, rows[i].valid ? rows[i].version : kept) == 0);
    }
}

static void compare_goes_field_by_field_as_numbers(void **state)
{
    static const wz_version rising[] = {
        { 5, 2, 3790, 0 }, { 6, 0, 6001, 24999 }, { 6, 0, 6002, 9999 }, { 6, 0, 6002, 24565 }, { 6, 0, 6002, 24566 },
        { 6, 0, 6003, 0 }, { 6, 0, 6003, 20489 }, { 6, 0, 10000, 0 }, { 6, 1, 7601, 0 }, { 10, 0, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rising); i++)
        for (size_t j = 0; j < WZ_COUNT(rising); j++) {
            int order = wz_version_compare(rising[i], rising[j]);

            CHECK_ROW(i * 100 + j, i < j ? order < 0 : i > j ? order > 0 : order == 0);
        }
}

static void lines_are_those_windows_prints(void **state)
{
    wz_version sp2 = { 6, 0, 6002, 24565 };
    wz_version done = { 6, 0, 6003, 20706 };
    wz_text    text = { 0 };

    (void)state;
    wz_version_about_line(sp2, "Service Pack 2", &text);
    CHECK_TEXT(wz_text_at(&text), "Version 6.0 (Build 6002: Service Pack 2)");
    wz_text_clear(&text);
    wz_version_about_line(done, "Service Pack 2", &text);
    CHECK_TEXT(wz_text_at(&text), "Version 6.0 (Build 6003: Service Pack 2)");
    wz_text_clear(&text);
    wz_version_about_line(sp2, NULL, &text);
    wz_version_about_line(sp2, "", &text);
    CHECK_TEXT(wz_text_at(&text), "Version 6.0 (Build 6002)Version 6.0 (Build 6002)");
    wz_text_clear(&text);
    wz_version_ver_line(done, &text);
    CHECK_TEXT(wz_text_at(&text), "Microsoft Windows [Version 6.0.6003]");
    wz_text_clear(&text);
    wz_text_add_version(&text, done, 2);
    wz_text_add(&text, " ");
    wz_text_add_version(&text, done, 4);
    CHECK_TEXT(wz_text_at(&text), "6.0 6.0.6003.20706");
    wz_text_clear(&text);
}

static void branch_and_room_follow_the_ranges(void **state)
{
    static const struct { uint16_t revision; wz_branch branch; unsigned remaining; } rows[] = {
        { 0, WZ_BRANCH_NONE, 0 },        { 16383, WZ_BRANCH_NONE, 0 },  { 16384, WZ_BRANCH_GDR, 4095 },
        { 18005, WZ_BRANCH_GDR, 2474 },  { 20479, WZ_BRANCH_GDR, 0 },   { 20480, WZ_BRANCH_LDR, 4095 },
        { 20489, WZ_BRANCH_LDR, 4086 },  { 24566, WZ_BRANCH_LDR, 9 },   { 24575, WZ_BRANCH_LDR, 0 },
        { 24576, WZ_BRANCH_NONE, 0 },    { 65535, WZ_BRANCH_NONE, 0 },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        CHECK_ROW(i, wz_version_branch(rows[i].revision) == rows[i].branch);
        CHECK_ROW(i, wz_version_remaining(rows[i].revision) == rows[i].remaining);
    }
}

int test_version(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_takes_two_to_four_numbers),
        cmocka_unit_test(compare_goes_field_by_field_as_numbers),
        cmocka_unit_test(lines_are_those_windows_prints),
        cmocka_unit_test(branch_and_room_follow_the_ranges),
    };

    return cmocka_run_group_tests_name("version", tests, NULL, NULL);
}
