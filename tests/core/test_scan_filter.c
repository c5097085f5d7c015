#include "check.h"
#include "core/scan_filter.h"
#include "resource.h"

#include "words.h"

static void add(wz_scan_result *result, const char *path, wz_grade grade, wz_excuse excuse, const char *decided)
{
    wz_findings of_file = { 0 };
    wz_finding  finding = { .rule = WZ_RULE_CODE_EQUAL, .grade = grade, .excuse = excuse, .offset = 0x1a2b,
                            .evidence = WZ_EVIDENCE_HERE, .section = ".text" };

    finding.path = wz_copy(path);
    finding.place = wz_copy("cmp eax, 1772h");
    finding.bytes = wz_copy("3d 72 17 00 00");
    finding.source = wz_copy("GetVersionExW");
    finding.suppressed = wz_copy(decided);
    wz_findings_add(&of_file, &finding, 0);
    wz_scan_result_add(result, &of_file);
}

static void add_file(wz_scan_result *result, const char *path, wz_unknown unknown, wz_status status)
{
    wz_scanned file = { .place = WZ_PLACE_SERVICES, .kind = WZ_SCAN_PROGRAM, .unknown = unknown };

    file.path = wz_copy(path);
    file.product = wz_copy("Agent");
    file.version = wz_copy("4.1");
    file.company = wz_copy("Contoso Ltd.");
    if (status != WZ_OK)
        wz_fail(&file.error, status, 32, path);
    wz_scan_result_add_file(result, &file);
}

static void make(wz_scan_result *result)
{
    *result = (wz_scan_result){ .state = WZ_SCAN_FINISHED };
    add(result, "C:\\a\\one.dll", WZ_GRADE_A, WZ_EXCUSE_NONE, NULL);
    add(result, "C:\\a\\one.dll", WZ_GRADE_D, WZ_EXCUSE_NONE, NULL);
    add(result, "C:\\a\\two.dll", WZ_GRADE_B, WZ_EXCUSE_NONE, "tested in March");
    add(result, "C:\\a\\two.dll", WZ_GRADE_B, WZ_EXCUSE_NONE, NULL);
    add(result, "C:\\a\\six.dll", WZ_GRADE_C, WZ_EXCUSE_NONE, NULL);
    add(result, "C:\\a\\six.dll", WZ_GRADE_NONE, WZ_EXCUSE_KNOWS_6003, NULL);
    add_file(result, "C:\\a\\one.dll", WZ_UNKNOWN_NOT, WZ_OK);
    add_file(result, "C:\\a\\packed.exe", WZ_UNKNOWN_PACKED, WZ_OK);
    add_file(result, "C:\\a\\locked.exe", WZ_UNKNOWN_NOT, WZ_E_DENIED);
    wz_scan_result_finish(result);
}

static void each_filter_has_its_rows(void **state)
{
    static const struct { wz_scan_filter filter; size_t count; } rows[] = {
        { WZ_SHOW_OPEN, 4 },    { WZ_SHOW_A, 1 },        { WZ_SHOW_B, 1 },        { WZ_SHOW_C, 1 },
        { WZ_SHOW_D, 1 },       { WZ_SHOW_DECIDED, 1 },  { WZ_SHOW_HARMLESS, 1 }, { WZ_SHOW_UNTOLD, 2 },
    };
    wz_scan_result result;

    (void)state;
    make(&result);
    assert_int_equal(CHECK_COUNT(rows), WZ_SHOW_COUNT);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        size_t *list = NULL;
        size_t  count = wz_scan_rows(&result, rows[i].filter, &list);

        CHECK_ROW(i, count == rows[i].count && wz_scan_rows(&result, rows[i].filter, NULL) == count);
        for (size_t row = 0; row < count; row++)
            CHECK_ROW(i, list[row] < (rows[i].filter == WZ_SHOW_UNTOLD ? result.scanned_count : result.findings.count));
        for (size_t row = 1; row < count; row++)       /* the strongest first, as the result has them */
            CHECK_ROW(i, list[row] > list[row - 1]);
        free(list);
    }
    wz_scan_result_clear(&result);
}

static void nothing_gives_no_rows(void **state)
{
    wz_scan_result result = { .state = WZ_SCAN_NOT_RUN };

    (void)state;
    for (int filter = 0; filter < WZ_SHOW_COUNT; filter++) {
        size_t *list = (size_t *)&result;

        assert_int_equal(wz_scan_rows(&result, (wz_scan_filter)filter, &list), 0);
        assert_null(list);
    }
}

static void names_each_filter_with_its_number(void **state)
{
    const wz_words *words = test_words();
    char            all[WZ_SHOW_COUNT][80];

    (void)state;
    for (int filter = 0; filter < WZ_SHOW_COUNT; filter++) {
        wz_text text = { 0 };

        wz_scan_filter_say((wz_scan_filter)filter, 42, words, &text);
        CHECK_CONTAINS(wz_text_at(&text), "42");
        snprintf(all[filter], sizeof all[filter], "%s", wz_text_at(&text));
        for (int other = 0; other < filter; other++)
            assert_string_not_equal(all[other], all[filter]);
        wz_text_clear(&text);
    }
    CHECK_CONTAINS(all[WZ_SHOW_A], wz_word(words, IDS_SCAN_GRADE_A));
    CHECK_CONTAINS(all[WZ_SHOW_A], "A ");
}

static void says_everything_about_one(void **state)
{
    const wz_words *words = test_words();
    wz_scan_result  result;
    wz_text         text = { 0 };
    size_t         *list;

    (void)state;
    make(&result);
    assert_int_equal(wz_scan_rows(&result, WZ_SHOW_A, &list), 1);
    wz_scan_say_finding(&result, &result.findings.items[list[0]], words, &text);
    CHECK_CONTAINS(wz_text_at(&text), "C:\\a\\one.dll\n");
    CHECK_CONTAINS(wz_text_at(&text), "Agent 4.1, Contoso Ltd.");
    CHECK_CONTAINS(wz_text_at(&text), "1a2b");
    CHECK_CONTAINS(wz_text_at(&text), "cmp eax, 1772h  [3d 72 17 00 00]");
    CHECK_CONTAINS(wz_text_at(&text), "GetVersionExW");
    CHECK_CONTAINS(wz_text_at(&text), wz_word(words, wz_rule_advice(WZ_RULE_CODE_EQUAL)));
    assert_null(strstr(wz_text_at(&text), "\n\n"));
    free(list);
    wz_text_clear(&text);

    assert_int_equal(wz_scan_rows(&result, WZ_SHOW_DECIDED, &list), 1);
    wz_scan_say_finding(&result, &result.findings.items[list[0]], words, &text);
    CHECK_CONTAINS(wz_text_at(&text), "tested in March");
    free(list);
    wz_text_clear(&text);

    assert_int_equal(wz_scan_rows(&result, WZ_SHOW_UNTOLD, &list), 2);
    wz_scan_say_untold(&result.scanned[list[0]], words, &text);    /* locked comes before packed */
    CHECK_CONTAINS(wz_text_at(&text), "locked.exe\n");
    CHECK_CONTAINS(wz_text_at(&text), wz_word(words, IDS_SCAN_UNREAD));
    wz_text_clear(&text);
    wz_scan_say_untold(&result.scanned[list[1]], words, &text);
    CHECK_CONTAINS(wz_text_at(&text), wz_word(words, IDS_SCAN_PACKED));
    free(list);
    wz_text_clear(&text);
    wz_scan_result_clear(&result);
}

int test_scan_filter(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_filter_has_its_rows), cmocka_unit_test(nothing_gives_no_rows),
        cmocka_unit_test(names_each_filter_with_its_number), cmocka_unit_test(says_everything_about_one),
    };

    return cmocka_run_group_tests_name("scan_filter", tests, NULL, NULL);
}
