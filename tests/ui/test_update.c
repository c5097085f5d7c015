/*
 * The whole story in the windows: 6002, three updates, the restarts they ask for, 6003, the report.
 *
 * A restart ends this program with all others, so tests/ui/run runs the group once per boot of its machine and says
 * in WZ_BOOT which one it is; it also checks that there were two restarts and that the report is there.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

static void begin(wz_drive *d)
{
    story_start(d);
    story_to_review(d);
    assert_int_equal(drive_list_count(d, IDC_REVIEW_LIST), 3);
    assert_int_equal(drive_list_find(d, IDC_REVIEW_LIST, 1, L"KB4493730"), 0);
    assert_int_equal(drive_list_find(d, IDC_REVIEW_LIST, 1, L"KB4474419"), 1);
    assert_int_equal(drive_list_find(d, IDC_REVIEW_LIST, 1, L"KB4534303"), 2);
    story_install(d);
}

/* The log of all three visits, in the window of page 10. */
static void the_log_tells_the_whole_story(wz_drive *d)
{
    static const wchar_t *const order[] = { L"KB4493730", L"KB4474419", L"KB4534303" };
    const wchar_t              *at, *shown, *after_time;
    wchar_t                     done[256] = L"";
    size_t                      lines = 0;

    wcsncpy(done, drive_string(d, IDS_LOG_RUN_DONE, L"", NULL), ARRAYSIZE(done) - 1);
    after_time = wcsstr(done, L"  ");
    assert_non_null(after_time);
    drive_click(d, IDC_REPORT_LOG_OPEN);
    shown = drive_box_text(d);
    assert_non_null(wcsstr(shown, after_time));
    for (at = shown; (at = wcsstr(at, L"Z 20")) != NULL; at++)         /* UTC, then local time */
        lines++;
    assert_true(lines >= 15);
    at = shown;
    for (size_t i = 0; i < CHECK_COUNT(order); i++) {
        at = wcsstr(at, order[i]);
        CHECK_ROW(i, at != NULL);
    }
    drive_shot(d, "log");
    drive_answer(d, IDOK);
}

/* On the machine as it is now: from page 5 to the report, and Install is never offered. */
static void nothing_is_left_to_do(wz_drive *d)
{
    static const unsigned pages[] = { 2, 3, 4, 5, 10 };

    story_start(d);
    story_arrive(d, 1, "after");
    assert_true(drive_is_checked(d, IDC_START_UPDATE));
    assert_false(drive_is_enabled(d, IDC_START_CONTINUE));
    for (size_t i = 0; i < CHECK_COUNT(pages); i++)
        story_next(d, pages[i], "after");
    assert_true(drive_says(d, IDC_REPORT_VERDICT, IDS_ASSESSED_DONE));
    the_log_tells_the_whole_story(d);
    drive_back(d, 5);
    drive_next(d, 10);
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_DONE);
}

static void the_wizard_takes_6002_through_restarts_to_6003(void **state)
{
    wz_drive *d = *state;

    if (story_boot() == 0)
        begin(d);
    else
        story_attach(d);                                       /* RunOnce has started it */
    if (!story_installed(d))
        return;
    assert_int_equal(drive_list_count(d, IDC_AFTER_STEPS), 3);
    assert_int_not_equal(drive_list_find(d, IDC_AFTER_LIST, 1, L"6002"), DRIVE_NONE);
    assert_int_not_equal(drive_list_find(d, IDC_AFTER_LIST, 2, L"6003"), DRIVE_NONE);
    assert_int_not_equal(drive_list_find(d, IDC_AFTER_LIST, 1, L"6.0.6002.24565"), DRIVE_NONE);    /* kernel file */
    assert_int_not_equal(drive_list_find(d, IDC_AFTER_LIST, 2, L"6.0.6003.20706"), DRIVE_NONE);
    assert_int_equal(story_report(d), WZ_EXIT_DONE);
    drive_end(d);
    nothing_is_left_to_do(d);
}

int test_update(void)
{
    static const struct CMUnitTest tests[] = { DRIVE_TEST(the_wizard_takes_6002_through_restarts_to_6003) };

    return cmocka_run_group_tests_name("update", tests, NULL, NULL);
}
