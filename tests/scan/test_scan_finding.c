#include "check.h"
#include "../core/words.h"             /* the tests' own, not core's */
#include "core/finding.h"

static void grades_by_rule_evidence_and_excuse(void **state)
{
    static const struct {
        wz_rule     rule;
        wz_evidence evidence;
        wz_excuse   excuse;
        bool        is_driver;
        const char *grade;
    } rows[] = {
        { WZ_RULE_CODE_EQUAL,  WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, false, "A" },
        { WZ_RULE_CODE_EQUAL,  WZ_EVIDENCE_FILE, WZ_EXCUSE_NONE, false, "B" },
        { WZ_RULE_CODE_EQUAL,  WZ_EVIDENCE_FILE, WZ_EXCUSE_NONE, true,  "A" },
        { WZ_RULE_CODE_EQUAL,  WZ_EVIDENCE_NONE, WZ_EXCUSE_NONE, true,  "0" },
        { WZ_RULE_CODE_WORD,   WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, false, "A" },
        { WZ_RULE_CODE_VERIFY, WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, false, "A" },
        { WZ_RULE_CODE_RANGE,  WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, true,  "C" },
        { WZ_RULE_CODE_TABLE,  WZ_EVIDENCE_FILE, WZ_EXCUSE_NONE, false, "C" },
        { WZ_RULE_IL_EQUAL,    WZ_EVIDENCE_FILE, WZ_EXCUSE_NONE, false, "B" },
        { WZ_RULE_IL_RANGE,    WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, false, "C" },
        { WZ_RULE_DATA_TABLE,  WZ_EVIDENCE_FILE, WZ_EXCUSE_NONE, false, "C" },
        { WZ_RULE_DATA_TEXT,   WZ_EVIDENCE_FILE, WZ_EXCUSE_NONE, true,  "D" },
        { WZ_RULE_TEXT_EQUAL,  WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, false, "B" },
        { WZ_RULE_TEXT_EQUAL,  WZ_EVIDENCE_FILE, WZ_EXCUSE_NONE, false, "C" },
        { WZ_RULE_TEXT_RANGE,  WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, false, "C" },
        { WZ_RULE_TEXT_FILE_VERSION, WZ_EVIDENCE_NONE, WZ_EXCUSE_NONE, false, "D" },
        { WZ_RULE_MSI_CONDITION, WZ_EVIDENCE_HERE, WZ_EXCUSE_NONE, false, "B" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_grade grade = wz_finding_grade(rows[i].rule, rows[i].evidence, rows[i].excuse, rows[i].is_driver);

        CHECK_TEXT(wz_grade_name(grade), rows[i].grade);
    }
    for (int rule = 0; rule < WZ_RULE_COUNT; rule++)   /* an excuse always counts */
        for (int excuse = WZ_EXCUSE_NONE + 1; excuse < WZ_EXCUSE_COUNT; excuse++)
            assert_int_equal(wz_finding_grade((wz_rule)rule, WZ_EVIDENCE_HERE, (wz_excuse)excuse, true), WZ_GRADE_NONE);
}

static void add(wz_findings *list, const char *path, wz_grade grade, uint64_t offset, wz_rule rule)
{
    wz_finding finding = { .rule = rule, .grade = grade, .offset = offset };

    finding.path = wz_copy(path);
    finding.place = wz_copy("x");
    wz_findings_add(list, &finding, 0);
}

static void sorts_the_strongest_first(void **state)
{
    wz_findings list = { 0 };

    (void)state;
    add(&list, "b.exe", WZ_GRADE_C, 1, WZ_RULE_CODE_RANGE);
    add(&list, "B.exe", WZ_GRADE_A, 9, WZ_RULE_CODE_EQUAL);
    add(&list, "a.exe", WZ_GRADE_A, 9, WZ_RULE_CODE_EQUAL);
    add(&list, "b.exe", WZ_GRADE_A, 2, WZ_RULE_CODE_EQUAL);
    wz_findings_sort(&list);
    CHECK_TEXT(list.items[0].path, "a.exe");
    CHECK_TEXT(list.items[1].path, "b.exe");
    CHECK_TEXT(list.items[2].path, "B.exe");
    assert_int_equal(list.items[3].grade, WZ_GRADE_C);
    assert_int_equal(list.by_grade[WZ_GRADE_A], 3);
    wz_findings_clear(&list);
    assert_int_equal(list.count, 0);
}

static void suppresses_by_path_and_rule(void **state)
{
    static const wz_suppression items[] = {
        { "Vendor\\agent.exe", "code-equal", "tested on 2020-02-01" },
        { "tool.cmd", "*", "ours" },
    };
    wz_findings list = { 0 };

    (void)state;
    add(&list, "C:\\Vendor\\AGENT.EXE", WZ_GRADE_A, 1, WZ_RULE_CODE_EQUAL);
    add(&list, "C:\\Vendor\\agent.exe", WZ_GRADE_C, 2, WZ_RULE_CODE_RANGE);
    add(&list, "C:\\OtherVendor\\agent.exe", WZ_GRADE_A, 3, WZ_RULE_CODE_EQUAL);
    add(&list, "D:\\x\\tool.cmd", WZ_GRADE_B, 4, WZ_RULE_TEXT_FIND);
    add(&list, "D:\\x\\mytool.cmd", WZ_GRADE_B, 5, WZ_RULE_TEXT_FIND);
    wz_findings_suppress(&list, items, CHECK_COUNT(items));
    CHECK_TEXT(list.items[0].suppressed, "tested on 2020-02-01");
    assert_null(list.items[1].suppressed);
    assert_null(list.items[2].suppressed);
    CHECK_TEXT(list.items[3].suppressed, "ours");
    assert_null(list.items[4].suppressed);
    assert_int_equal(list.count, 5);                   /* kept all the same */
    wz_findings_clear(&list);
}

static void explains_without_a_verdict_on_the_program(void **state)
{
    const wz_words *words = test_words();

    (void)state;
    for (int rule = 0; rule < WZ_RULE_COUNT; rule++)
        for (int excuse = 0; excuse < WZ_EXCUSE_COUNT; excuse++) {
            wz_finding finding = { .rule = (wz_rule)rule, .excuse = (wz_excuse)excuse, .evidence = WZ_EVIDENCE_FILE,
                                   .source = "GetVersionExW" };
            wz_text    text = { 0 };

            wz_finding_explain(&finding, words, &text);
            assert_true(text.length > 60);
            assert_null(strstr(wz_text_at(&text), "incompatible"));
            assert_null(strchr(wz_text_at(&text), '#'));
            assert_int_equal(strstr(wz_text_at(&text), "(GetVersionExW)") != NULL, excuse == WZ_EXCUSE_NONE);
            wz_text_clear(&text);
        }
    for (int grade = 0; grade < WZ_GRADE_COUNT; grade++)
        assert_true(wz_word(words, wz_grade_word((wz_grade)grade))[0] != '#');
}

int test_scan_finding(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(grades_by_rule_evidence_and_excuse), cmocka_unit_test(sorts_the_strongest_first),
        cmocka_unit_test(suppresses_by_path_and_rule), cmocka_unit_test(explains_without_a_verdict_on_the_program),
    };

    return cmocka_run_group_tests_name("scan_finding", tests, NULL, NULL);
}
