/* Conditions of installers as Windows Installer reads them, each with its table. */
#include "check.h"

#include "scan/scan.h"

static void each_condition_is_judged_with_its_table(void **state)
{
    static const struct { const char *text; wz_grade grade; } rows[] = {
        { "WindowsBuild = 6002", WZ_GRADE_B },
        { "NOT Installed AND WindowsBuild=\"6002\"", WZ_GRADE_B },
        { "WindowsBuild >= 6002", WZ_GRADE_NONE },
        { "WindowsBuild <= 6002", WZ_GRADE_C },
        { "VersionNT = 600 AND WindowsBuild > 6002", WZ_GRADE_C },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_conditions conditions = { 0 };
        wz_findings   list = { 0 };

        wz_conditions_add(&conditions, "Component", "VersionNT64");            /* says nothing of the build */
        wz_conditions_add(&conditions, "LaunchCondition", rows[i].text);
        wz_msi_scan_conditions("C:\\setup.msi", &conditions, &list);
        CHECK_ROW(i, conditions.count == 1);
        CHECK_ROW(i, list.count == 1 && list.items[0].grade == rows[i].grade);
        CHECK_ROW(i, strncmp(list.items[0].place, "LaunchCondition: ", 17) == 0);
        CHECK_TEXT(list.items[0].place + 17, rows[i].text);
        wz_findings_clear(&list);
        wz_conditions_clear(&conditions);
    }
}

static void places_name_the_row_that_was_found(void **state)
{
    wz_conditions conditions = { 0 };
    wz_findings   list = { 0 };

    (void)state;
    wz_conditions_add(&conditions, "A", "WindowsBuild = 7600");
    wz_conditions_add(&conditions, "B", "WindowsBuild = 6002 OR WindowsBuild = 6002");
    wz_conditions_add(&conditions, "C", "");
    wz_conditions_add(&conditions, "D", "WindowsBuild <> WindowsBuild");
    wz_conditions_add(&conditions, "E", "WindowsBuild = 6002");
    wz_msi_scan_conditions("C:\\setup.msi", &conditions, &list);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0].place[0], 'B');
    assert_int_equal(list.items[1].place[0], 'B');
    assert_int_equal(list.items[2].place[0], 'E');
    wz_findings_clear(&list);
    wz_conditions_clear(&conditions);
}

static void another_condition_that_names_6003_excuses_them(void **state)
{
    wz_conditions conditions = { 0 };
    wz_findings   list = { 0 };

    (void)state;
    wz_conditions_add(&conditions, "LaunchCondition", "WindowsBuild = 6002 OR WindowsBuild = 6003");
    wz_msi_scan_conditions("C:\\setup.msi", &conditions, &list);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].grade, WZ_GRADE_NONE);
    assert_int_equal(list.items[0].excuse, WZ_EXCUSE_KNOWS_6003);
    wz_findings_clear(&list);
    wz_conditions_clear(&conditions);
}

int test_scan_conditions(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_condition_is_judged_with_its_table),
        cmocka_unit_test(places_name_the_row_that_was_found),
        cmocka_unit_test(another_condition_that_names_6003_excuses_them),
    };

    return cmocka_run_group_tests_name("scan_conditions", tests, NULL, NULL);
}
