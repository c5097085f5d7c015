/*
 * Back: from every page, and what was chosen or typed is still there, also after going on again.
 */
#include "check.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

static const struct { int id; const wchar_t *text; } ticket[] = {
    { IDC_REPORT_TICKET,     L"INC 0004711" },
    { IDC_REPORT_TECHNICIAN, L"Zo\x00EB <zoe@example.org>" },
    { IDC_REPORT_CUSTOMER,   L"St. Mary's & Sons" },
    { IDC_REPORT_NOTES,      L"First line\r\nSecond line" },
};

static void check_ticket(wz_drive *d)
{
    for (size_t i = 0; i < CHECK_COUNT(ticket); i++)
        CHECK_ROW(i, wcscmp(drive_text(d, ticket[i].id), ticket[i].text) == 0);
}

static void choose_target(wz_drive *d, int id)
{
    drive_click(d, id);
    drive_wait_checked(d, id);
}

/* Every choice of the way that only looks: task, target, folder, ticket. */
static void back_from_the_report_keeps_every_choice(void **state)
{
    static const unsigned pages[] = { 1, 2, 3, 4, 5, 6, 10 };
    wchar_t               folder[MAX_PATH] = L"";
    wz_drive             *d = *state;

    story_path(L"WZ_UPDATES", L"empty", folder);
    story_start(d);
    story_check_only(d);
    drive_next(d, 2);
    drive_next(d, 3);
    drive_next(d, 4);
    choose_target(d, IDC_TARGET_6003);
    drive_next(d, 5);
    drive_next(d, 6);
    drive_wait_idle(d);
    drive_set_text(d, IDC_FILES_FOLDER, folder);
    drive_next(d, 10);
    for (size_t i = 0; i < CHECK_COUNT(ticket); i++)
        drive_set_text(d, ticket[i].id, ticket[i].text);
    for (size_t i = CHECK_COUNT(pages) - 1; i-- > 0;) {
        story_back(d, pages[i]);
        if (pages[i] == 6)
            assert_true(drive_contains(d, IDC_FILES_FOLDER, folder));
        if (pages[i] == 4)
            assert_true(drive_is_checked(d, IDC_TARGET_6003));
    }
    assert_true(drive_is_checked(d, IDC_START_CHECK));
    assert_true(drive_contains(d, IDC_START_CATALOGUE, L"media.xml"));
    for (size_t i = 1; i < CHECK_COUNT(pages); i++) {           /* the computer is read anew here */
        drive_next(d, pages[i]);
        drive_wait_idle(d);
        if (pages[i] == 6)
            assert_true(drive_contains(d, IDC_FILES_FOLDER, folder));
        if (pages[i] == 4)
            assert_true(drive_is_checked(d, IDC_TARGET_6003));
    }
    check_ticket(d);
}

static void the_backup_box_stays_ticked(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    for (unsigned page = 2; page <= 7; page++)
        drive_next(d, page);
    assert_false(drive_is_checked(d, IDC_REVIEW_BACKUP));
    drive_click(d, IDC_REVIEW_BACKUP);
    drive_wait_checked(d, IDC_REVIEW_BACKUP);
    story_back(d, 6);
    assert_int_equal(drive_list_count(d, IDC_FILES_LIST), 3);   /* verified once, not again */
    story_next(d, 7, "again");
    assert_true(drive_is_checked(d, IDC_REVIEW_BACKUP));
    for (unsigned page = 6; page >= 1; page--)
        drive_back(d, page);
    assert_true(drive_is_checked(d, IDC_START_UPDATE));
    for (unsigned page = 2; page <= 7; page++)
        drive_next(d, page);
    assert_true(drive_is_checked(d, IDC_REVIEW_BACKUP));
}

/* Another target is another plan: the list of files follows it, and the page says what is missing. */
static void another_target_after_back_is_another_plan(void **state)
{
    wz_drive *d = *state;
    int       step;

    story_start(d);
    for (unsigned page = 2; page <= 6; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    assert_int_not_equal(drive_list_find(d, IDC_FILES_LIST, 1, L"KB4534303"), DRIVE_NONE);
    drive_back(d, 5);
    drive_back(d, 4);
    choose_target(d, IDC_TARGET_6003);
    drive_next(d, 5);
    drive_next(d, 6);
    drive_wait_idle(d);
    step = drive_list_find(d, IDC_FILES_LIST, 1, L"KB4493471");
    assert_int_not_equal(step, DRIVE_NONE);
    assert_true(drive_list_find(d, IDC_FILES_LIST, 1, L"KB4534303") > step);   /* below the steps: taken by none */
}

static void the_snapshot_to_open_stays_chosen(void **state)
{
    wz_drive *d = *state;

    story_open(d, L"bare-sp2-x64.xml");
    story_arrive(d, 1, "open");
    assert_true(drive_is_checked(d, IDC_START_OPEN));
    drive_next(d, 2);
    story_back(d, 1);
    assert_true(drive_is_checked(d, IDC_START_OPEN));
    assert_true(drive_contains(d, IDC_START_SNAPSHOT, L"bare-sp2-x64.xml"));
}

int test_back(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(back_from_the_report_keeps_every_choice),
        DRIVE_TEST(the_backup_box_stays_ticked),
        DRIVE_TEST(another_target_after_back_is_another_plan),
        DRIVE_TEST(the_snapshot_to_open_stays_chosen),
    };

    return cmocka_run_group_tests_name("back", tests, NULL, NULL);
}
