/*
 * A step that fails: page 8 stays and says so, page 9 gives the cause, and nothing is left to continue. The machine
 * lacks only the last update, and its file makes the installer end with 1.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/layout.h"
#include "ui/story.h"

static void a_failed_update_reaches_page_9_with_its_cause(void **state)
{
    wz_drive *d = *state;
    int       row;

    story_start(d);
    story_to_review(d);
    assert_int_equal(drive_list_count(d, IDC_REVIEW_LIST), 1);
    story_install(d);
    story_wait_end(d);
    assert_int_equal(drive_page(d), 8);                         /* the person must see it */
    assert_true(drive_contains(d, IDC_INSTALL_STEP, L"KB4534303"));
    story_arrive(d, 8, "failed");
    drive_next(d, 9);
    story_arrive(d, 9, "failed");
    assert_true(drive_contains(d, IDC_AFTER_LEAD, L"KB4534303"));
    row = drive_list_find(d, IDC_AFTER_STEPS, 1, L"KB4534303");
    assert_int_not_equal(row, DRIVE_NONE);
    assert_non_null(wcsstr(drive_list_text(d, IDC_AFTER_STEPS, row, 0), L"Failed"));
    assert_non_null(wcsstr(drive_list_text(d, IDC_AFTER_STEPS, row, 2), L"0x00000001"));
    assert_int_equal(drive_list_selected(d, IDC_AFTER_STEPS), row);
    assert_true(drive_contains(d, IDC_AFTER_DETAIL, L"0x00000001"));
    assert_int_equal(story_report(d), WZ_EXIT_FAILED);
}

/* After the test before it. */
static void a_failed_installation_is_not_offered_to_continue(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    story_arrive(d, 1, "after-failure");
    assert_false(drive_is_enabled(d, IDC_START_CONTINUE));
    assert_true(drive_is_checked(d, IDC_START_UPDATE));
}

int test_fails(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(a_failed_update_reaches_page_9_with_its_cause),
        DRIVE_TEST(a_failed_installation_is_not_offered_to_continue),
    };

    return cmocka_run_group_tests_name("fails", tests, NULL, NULL);
}
