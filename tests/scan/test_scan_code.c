#include "check.h"
#include "scan/confusion.h"
#include "scan/corpus.h"
#include "scan/scan.h"

static void judges_the_corpus_as_wished(void **state)
{
    confusion table;
    wz_text   text = { 0 };

    (void)state;
    if (!confusion_measure(&table)) {
        skip();
        return;
    }
    confusion_print(&table, &text);
    print_message("%s%s", wz_text_at(&table.strays), wz_text_at(&text));
    assert_int_equal(table.unread, 0);
    assert_true(table.of[CONFUSION_STRICT] + table.of[CONFUSION_CAPPED] > 500);
    assert_true(table.of[CONFUSION_TOLERANT] + table.of[CONFUSION_NOISE] > 300);
    assert_true(table.of[CONFUSION_TRAP] > 100);
    assert_true(confusion_recall(&table) >= 950);
    assert_true(confusion_false_alarms(&table) <= 10);
    confusion_clear(&table);
    wz_text_clear(&text);
}

/* Wine's programs run on any Windows: whatever is found in them would be a false alarm. */
static void raises_no_alarm_in_real_programs(void **state)
{
    wz_text     paths = { 0 };
    wz_findings list = { 0 };
    unsigned    scanned = 0, missing = 0;

    (void)state;
    if (!corpus_read("wine.txt", &paths)) {
        skip();
        return;
    }
    for (const char *at = wz_text_at(&paths); *at != '\0'; at += strspn(at, "\r\n")) {
        size_t       length = strcspn(at, "\r\n");
        char        *path = wz_copy_part(at, length);
        wz_text      file = { 0 };
        wz_scan_note note;

        if (corpus_read_any(path, &file)) {
            assert_int_equal(wz_scan_file(path, (wz_view){ file.at, file.length }, NULL, &list, &note), WZ_OK);
            scanned += note.kind != WZ_SCAN_OTHER;
            if (note.unknown != WZ_UNKNOWN_NOT)
                print_message("%s: cannot tell, %d\n", path, note.unknown);
        } else {
            missing++;
        }
        wz_text_clear(&file);
        free(path);
        at += length;
    }
    print_message("%u programs of Wine scanned, %u not there\n", scanned, missing);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].grade > WZ_GRADE_NONE)
            print_error("%s %s: %s\n", wz_grade_name(list.items[i].grade), list.items[i].path, list.items[i].place);
    assert_int_equal(list.by_grade[WZ_GRADE_A] + list.by_grade[WZ_GRADE_B] + list.by_grade[WZ_GRADE_C], 0);
    wz_findings_clear(&list);
    wz_text_clear(&paths);
    if (scanned < 50)
        skip();
}

int test_scan_code(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_the_corpus_as_wished), cmocka_unit_test(raises_no_alarm_in_real_programs),
    };

    return cmocka_run_group_tests_name("scan_code", tests, NULL, NULL);
}
