/*
 * Stop: during an installation it asks, finishes the update that is running, keeps the journal open, and the wizard can
 * go on afterwards. On a machine whose installer waits while C:\hold is there (tests/e2e/witness.c).
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/drive_private.h"
#include "ui/layout.h"
#include "ui/story.h"

#define HOLD            L"C:\\hold"
#define JOURNAL         L"C:\\ProgramData\\Build6003Wizard\\journal.xml"
#define JOURNAL_BYTES   65536

static void hold(void)
{
    HANDLE file = CreateFileW(HOLD, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

    assert_true(file != INVALID_HANDLE_VALUE);
    CloseHandle(file);
}

static void let_go(void)
{
    assert_true(DeleteFileW(HOLD));
}

static void check_journal(const char *part)
{
    char  *content = calloc(JOURNAL_BYTES + 1, 1);
    HANDLE file = CreateFileW(JOURNAL, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, 0, NULL);
    DWORD  bytes = 0;

    assert_non_null(content);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(ReadFile(file, content, JOURNAL_BYTES, &bytes, NULL));
    CloseHandle(file);
    CHECK_CONTAINS(content, part);
    free(content);
}

static void check_says(wz_drive *d, int control, unsigned id)
{
    wchar_t wanted[1024];

    wcsncpy(wanted, drive_string(d, id, NULL, NULL), ARRAYSIZE(wanted) - 1);
    wanted[ARRAYSIZE(wanted) - 1] = L'\0';
    drive_wait_text(d, control, wanted);
}

/* The row of a list that says this string with its second argument; DRIVE_NONE. */
static int row_that_says(wz_drive *d, int list, unsigned id, const wchar_t *second)
{
    wchar_t wanted[512] = L"";

    wcsncpy(wanted, drive_string(d, id, NULL, second), ARRAYSIZE(wanted) - 1);
    return drive_list_find(d, list, 0, wanted);
}

static bool button_says(wz_drive *d, unsigned id)
{
    wchar_t wanted[64] = L"";

    wcsncpy(wanted, drive_string(d, id, NULL, NULL), ARRAYSIZE(wanted) - 1);
    return wcscmp(drive_button_text(d, IDCANCEL), wanted) == 0;
}

/* A button of a box says a word of ours, with the letter to press before it. */
static void check_answer(wz_drive *d, int button, unsigned id)
{
    wchar_t shown[64] = L"", plain[64] = L"", *to = plain;

    GetDlgItemTextW(drive_wait_box(d), button, shown, ARRAYSIZE(shown));
    for (const wchar_t *from = shown; *from != L'\0'; from++)
        if (*from != L'&')
            *to++ = *from;
    CHECK_ROW(button, wcscmp(plain, drive_string(d, id, NULL, NULL)) == 0);
}

/* Page 8 with the first update held; the window lives. */
static void begin_held(wz_drive *d)
{
    story_start(d);
    story_to_review(d);
    hold();
    story_install(d);
    drive_wait_list(d, IDC_INSTALL_LOG, 1);
    drive_wait_focus(d, IDC_INSTALL_LOG);
    drive_wait_text(d, IDC_INSTALL_ELAPSED, L"0:00:02");        /* the clock goes on while the installer works */
    assert_false(drive_can_press(d, IDC_FRAME_BACK));
    assert_false(drive_can_press(d, IDC_FRAME_NEXT));
    assert_true(button_says(d, IDS_BUTTON_STOP));
    assert_true(d->slowest_ms < 2000);
    story_shot(d, 8, "working");
    layout_check(d);
}

static void ask_to_stop(wz_drive *d, int answer)
{
    wchar_t question[1024] = L"";

    wcsncpy(question, drive_string(d, IDS_STOP_QUESTION, NULL, NULL), ARRAYSIZE(question) - 1);
    drive_press(d, IDCANCEL);
    assert_non_null(wcsstr(drive_box_text(d), question));
    check_answer(d, IDYES, IDS_YES);
    check_answer(d, IDNO, IDS_NO);
    assert_int_equal(drive_box_default(d), IDNO);
    story_shot(d, 8, "question");
    drive_answer(d, answer);
}

static void stop_asks_and_finishes_the_current_update(void **state)
{
    wz_drive *d = *state;

    begin_held(d);
    ask_to_stop(d, IDNO);
    assert_false(drive_says(d, IDC_INSTALL_STEP, IDS_INSTALL_STOPPING));
    PostMessageW(d->sheet, WM_SYSCOMMAND, SC_CLOSE, 0);         /* the close box asks too */
    drive_answer(d, IDNO);
    ask_to_stop(d, IDYES);
    check_says(d, IDC_INSTALL_STEP, IDS_INSTALL_STOPPING);
    assert_false(drive_send(d->sheet, WM_QUERYENDSESSION, 0, 0));      /* Windows must wait for the update */
    story_shot(d, 8, "stopping");
    layout_check(d);
    check_journal("state=\"open\"");
    let_go();
    story_wait_end(d);
    assert_int_equal(drive_page(d), 8);
    check_says(d, IDC_INSTALL_STEP, IDS_INSTALL_STOPPED);
    assert_int_not_equal(row_that_says(d, IDC_INSTALL_LOG, IDS_LOG_IN_FORCE, L"KB4493730"), DRIVE_NONE);
    assert_int_equal(drive_list_find(d, IDC_INSTALL_LOG, 0, L"KB4474419"), DRIVE_NONE);
    assert_false(button_says(d, IDS_BUTTON_STOP));
    story_arrive(d, 8, "stopped");
    assert_true(drive_send(d->sheet, WM_QUERYENDSESSION, 0, 0));
    check_journal("state=\"open\"");
    story_next(d, 9, "stopped");
    check_says(d, IDC_AFTER_LEAD, IDS_AFTER_LEAD_OPEN);
    assert_int_equal(row_that_says(d, IDC_AFTER_STEPS, IDS_OUTCOME_INSTALLED, NULL), 0);
    assert_int_equal(row_that_says(d, IDC_AFTER_STEPS, IDS_OUTCOME_NONE, NULL), 1);
    story_next(d, 10, "stopped");
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_CANCELLED);
}

/* After the test before it: the journal is open. */
static void an_open_journal_preselects_to_continue(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    story_arrive(d, 1, "continue");
    assert_true(drive_is_checked(d, IDC_START_CONTINUE));
    check_says(d, IDC_START_NOTE, IDS_START_CONTINUE_NOTE);
    drive_next(d, 8);
    story_wait_end(d);
    check_says(d, IDC_INSTALL_STEP, IDS_INSTALL_RESTART);
    assert_int_equal(row_that_says(d, IDC_INSTALL_LOG, IDS_LOG_BEGIN, L"KB4493730"), DRIVE_NONE);
    assert_int_not_equal(row_that_says(d, IDC_INSTALL_LOG, IDS_LOG_WAITS, L"KB4474419"), DRIVE_NONE);
    story_arrive(d, 8, "restart");
    drive_click(d, IDC_INSTALL_RESTART_LATER);
    story_arrive(d, 9, "restart-later");
    check_says(d, IDC_AFTER_LEAD, IDS_AFTER_LEAD_RESTART);
    story_next(d, 10, "restart-later");
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_RESTART);
    check_journal("state=\"restart\"");
}

/* After the test before it: a restart is due. Nothing runs, so Cancel closes at once. */
static void cancel_closes_while_a_restart_is_due(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    assert_true(drive_is_checked(d, IDC_START_CONTINUE));
    drive_next(d, 8);
    story_wait_end(d);
    check_says(d, IDC_INSTALL_STEP, IDS_INSTALL_RESTART);
    drive_press(d, IDCANCEL);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_RESTART);
    check_journal("state=\"restart\"");
}

int test_stop(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(stop_asks_and_finishes_the_current_update),
        DRIVE_TEST(an_open_journal_preselects_to_continue),
        DRIVE_TEST(cancel_closes_while_a_restart_is_due),
    };

    return cmocka_run_group_tests_name("stop", tests, NULL, NULL);
}
