/*
 * An update that Windows undoes at the restart: the wizard that continues says so. The machine lacks only the last
 * update; run once before and once after its restart.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

static void an_update_undone_at_the_restart_reaches_page_9(void **state)
{
    wz_drive *d = *state;
    int       row;

    if (story_boot() == 0) {
        story_start(d);
        story_to_review(d);
        story_install(d);
        assert_false(story_installed(d));
        return;
    }
    story_attach(d);                                            /* RunOnce has started it */
    story_wait_end(d);
    assert_int_equal(drive_page(d), 8);
    assert_true(drive_contains(d, IDC_INSTALL_STEP, L"KB4534303 was undone"));
    story_arrive(d, 8, "rolled-back");
    drive_next(d, 9);
    story_arrive(d, 9, "rolled-back");
    assert_true(drive_contains(d, IDC_AFTER_LEAD, L"KB4534303 was undone"));
    row = drive_list_find(d, IDC_AFTER_STEPS, 1, L"KB4534303");
    assert_int_not_equal(row, DRIVE_NONE);
    assert_non_null(wcsstr(drive_list_text(d, IDC_AFTER_STEPS, row, 0), L"Undone by Windows"));
    assert_int_not_equal(drive_list_find(d, IDC_AFTER_LIST, 2, L"6002"), DRIVE_NONE);
    assert_int_equal(story_report(d), WZ_EXIT_FAILED);
}

int test_rolls_back(void)
{
    static const struct CMUnitTest tests[] = { DRIVE_TEST(an_update_undone_at_the_restart_reaches_page_9) };

    return cmocka_run_group_tests_name("rolls_back", tests, NULL, NULL);
}
