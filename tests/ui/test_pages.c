/*
 * The pages of the shipped program on a machine that is Windows Server 2008 SP2: reached, left, come back to. What
 * holds on the arrival of each is in story_arrive. Nothing is installed here.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/layout.h"
#include "ui/story.h"

static void the_first_page_is_ready_to_go_on(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    story_arrive(d, 1, "");
    assert_true(drive_is_checked(d, IDC_START_UPDATE));
    assert_false(drive_is_enabled(d, IDC_START_CONTINUE));      /* there is no journal */
    assert_false(drive_can_press(d, IDC_FRAME_BACK));
    drive_next(d, 2);
    drive_wait_idle(d);
    assert_true(drive_contains(d, IDC_PAGE_CATALOGUE, L"SHA-256: "));
}

static void checking_shows_every_page_and_installs_nothing(void **state)
{
    static const unsigned pages[] = { 2, 3, 4, 5, 6, 10 };
    wz_drive             *d = *state;

    story_start(d);
    story_check_only(d);
    for (size_t i = 0; i < CHECK_COUNT(pages); i++)
        story_next(d, pages[i], "check");
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), 0);
}

static void version_now_says_6002(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    drive_next(d, 2);
    drive_wait_text(d, IDC_VERSION_ABOUT, L"6002");
    drive_wait_list(d, IDC_VERSION_SOURCES, 4);                 /* API, registry, kernel file, WMI */
    for (int row = 0; row < 4; row++)
        CHECK_ROW(row, wcsstr(drive_list_text(d, IDC_VERSION_SOURCES, row, 1), L"6.0.6002") != NULL);
}

static void the_notice_of_libxml2_can_be_read(void **state)
{
    wz_drive      *d = *state;
    const wchar_t *text;

    story_start(d);
    drive_click(d, IDC_START_ABOUT);
    text = drive_box_text(d);
    assert_non_null(wcsstr(text, L"libxml2"));
    assert_non_null(wcsstr(text, L"WITHOUT WARRANTY OF ANY KIND"));
    drive_shot(d, "about");
    drive_answer(d, IDOK);
}

static void cancel_on_page(wz_drive *d, unsigned last)
{
    story_start(d);
    for (unsigned page = 2; page <= last; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    drive_press(d, IDCANCEL);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_CANCELLED);
    drive_end(d);
}

/* At once: a question would keep the program from ending. */
static void cancel_before_the_installation_closes_at_once(void **state)
{
    for (unsigned page = 1; page <= 7; page++)
        cancel_on_page(*state, page);
}

static void cancel_closes_while_the_computer_is_read(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    drive_press(d, IDC_FRAME_NEXT);
    drive_press(d, IDCANCEL);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_CANCELLED);
}

static void escape_on_a_later_page_closes_too(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    drive_next(d, 2);
    drive_key(d, VK_ESCAPE, 0);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_CANCELLED);
}

static void escape_in_a_box_of_many_lines_closes(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    drive_next(d, 2);
    drive_next(d, 3);
    drive_wait_focus(d, IDC_PREREQUISITES_LIST);
    drive_key(d, VK_TAB, 0);
    drive_wait_focus(d, IDC_PREREQUISITES_DETAIL);
    drive_key(d, VK_ESCAPE, 0);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_CANCELLED);
}

static void the_close_box_does_what_cancel_does(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    PostMessageW(d->sheet, WM_SYSCOMMAND, SC_CLOSE, 0);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_CANCELLED);
}

static void the_window_answers_while_the_computer_is_read(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    drive_next(d, 2);
    drive_next(d, 3);
    for (int i = 0; i < 3; i++) {
        drive_click(d, IDC_PREREQUISITES_AGAIN);
        drive_wait_idle(d);
    }
    assert_true(d->answers > 10);
    assert_true(d->slowest_ms < 2000);
}

int test_pages(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(the_first_page_is_ready_to_go_on),
        DRIVE_TEST(checking_shows_every_page_and_installs_nothing),
        DRIVE_TEST(version_now_says_6002),
        DRIVE_TEST(the_notice_of_libxml2_can_be_read),
        DRIVE_TEST(cancel_before_the_installation_closes_at_once),
        DRIVE_TEST(cancel_closes_while_the_computer_is_read),
        DRIVE_TEST(escape_on_a_later_page_closes_too),
        DRIVE_TEST(escape_in_a_box_of_many_lines_closes),
        DRIVE_TEST(the_close_box_does_what_cancel_does),
        DRIVE_TEST(the_window_answers_while_the_computer_is_read),
    };

    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
