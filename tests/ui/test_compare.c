/* Snapshots in the window: two compared, one dropped, the banner of an opened one. */
#include "check.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

#include <shellapi.h>
#include <shlobj.h>

#define BARE  L"bare-sp2-x64.xml"
#define LATER L"6003-january-2020-x64.xml"

static void snapshot_path(const wchar_t *name, wchar_t path[MAX_PATH])
{
    wchar_t below[MAX_PATH] = L"";

    _snwprintf(below, ARRAYSIZE(below) - 1, L"tests\\data\\snapshots\\%ls", name);
    story_path(L"WZ_ROOT", below, path);
}

/* ---- compare --------------------------------------------------------------------------------------------------- */

static void choose_to_open(wz_drive *d, const wchar_t *name)
{
    wchar_t path[MAX_PATH] = L"";

    if (name[0] != L'\0')
        snapshot_path(name, path);
    drive_click(d, IDC_START_OPEN);
    drive_wait_checked(d, IDC_START_OPEN);
    drive_set_text(d, IDC_START_SNAPSHOT, path);
}

static bool list_is_filled(wz_drive *d, void *context)
{
    (void)d;
    return SendMessageW(GetDlgItem(context, IDC_COMPARE_LIST), LVM_GETITEMCOUNT, 0, 0) > 10;
}

static bool box_is_covered(wz_drive *d, void *context)
{
    return drive_wait_box(d) != context;
}

static void save_as(wz_drive *d, HWND box, const wchar_t *path)
{
    PostMessageW(box, WM_COMMAND, IDC_COMPARE_SAVE, 0);
    assert_true(drive_wait(d, box_is_covered, box));
    drive_answer_file(d, path);
}

static void two_snapshots_are_compared_and_the_report_is_saved(void **state)
{
    wz_drive *d = *state;
    wchar_t   second[MAX_PATH] = L"", report[MAX_PATH] = L"", says[256] = L"";
    HWND      box;

    snapshot_path(LATER, second);
    story_path(L"WZ_FILES", L"compared.html", report);
    DeleteFileW(report);
    story_start(d);
    assert_false(drive_is_enabled(d, IDC_START_COMPARE));
    choose_to_open(d, BARE);
    drive_click(d, IDC_START_COMPARE);
    drive_answer_file(d, second);
    box = drive_wait_box(d);
    assert_true(drive_wait(d, list_is_filled, box));
    wcsncpy(says, drive_string(d, IDS_COMPARE_ONE_MACHINE, NULL, NULL), ARRAYSIZE(says) - 1);
    assert_non_null(wcsstr(drive_box_text(d), says));
    drive_shot(d, "compare");
    save_as(d, box, report);
    assert_int_equal(drive_wait_box(d) == box, true);
    assert_int_not_equal(GetFileAttributesW(report), INVALID_FILE_ATTRIBUTES);
    drive_shot(d, "compare-saved");
    drive_answer(d, IDCANCEL);
    assert_int_equal(drive_page(d), 1);
    drive_wait_idle(d);
    drive_next(d, 2);                                            /* the visit goes on as if nothing had been */
    drive_wait_idle(d);
    assert_true(drive_contains(d, IDC_VERSION_ABOUT, L"6002"));
}

static void what_cannot_be_compared_is_said(void **state)
{
    wz_drive *d = *state;
    wchar_t   second[MAX_PATH] = L"";

    story_start(d);
    choose_to_open(d, L"");
    drive_click(d, IDC_START_COMPARE);                           /* the first one is missing */
    drive_wait_box(d);
    drive_answer(d, IDOK);
    choose_to_open(d, L"none.xml");
    snapshot_path(LATER, second);
    drive_click(d, IDC_START_COMPARE);
    drive_answer_file(d, second);
    drive_wait_box(d);
    assert_non_null(wcsstr(drive_box_text(d), L"none.xml"));
    drive_answer(d, IDOK);
    drive_wait_idle(d);
    assert_int_equal(drive_page(d), 1);
}

/* ---- drop ------------------------------------------------------------------------------------------------------ */

/*
 * As Explorer does, but that here the names are written into the wizard's memory by hand: Windows carries them over
 * with WM_DROPFILES, Wine does not. That a wizard as administrator hears an Explorer with fewer rights is not proved
 * here: Wine holds no messages back.
 */
static void drop(wz_drive *d, const wchar_t *const paths[], size_t count)
{
    struct { DROPFILES head; wchar_t names[3 * MAX_PATH]; } local = {
        .head = { .pFiles = sizeof(DROPFILES), .fWide = TRUE },
    };
    wchar_t *at = local.names;
    void    *there = VirtualAllocEx(d->process, NULL, sizeof local, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);

    assert_non_null(there);
    for (size_t i = 0; i < count; i++) {
        wcsncpy(at, paths[i], MAX_PATH - 1);
        at += wcslen(at) + 1;
    }
    assert_true(WriteProcessMemory(d->process, there, &local, sizeof local, NULL));
    PostMessageW(d->sheet, WM_DROPFILES, (WPARAM)there, 0);
}

static void a_dropped_snapshot_is_opened_from_any_page(void **state)
{
    wz_drive      *d = *state;
    wchar_t        path[MAX_PATH] = L"";
    const wchar_t *paths[] = { path };

    snapshot_path(BARE, path);
    story_start(d);
    assert_true((GetWindowLongPtrW(d->sheet, GWL_EXSTYLE) & WS_EX_ACCEPTFILES) != 0);
    drop(d, paths, 1);
    drive_wait_page(d, 2);
    drive_wait_idle(d);
    drive_wait_text(d, IDC_PAGE_BUSY, L"MRT-SRV-01");
    drive_next(d, 3);
    drive_wait_idle(d);
    snapshot_path(LATER, path);
    drop(d, paths, 1);
    drive_wait_page(d, 2);
    drive_wait_idle(d);
    drive_wait_text(d, IDC_VERSION_ABOUT, L"6003");
}

static void two_dropped_snapshots_are_compared(void **state)
{
    wz_drive      *d = *state;
    wchar_t        one[MAX_PATH] = L"", other[MAX_PATH] = L"";
    const wchar_t *paths[] = { one, other };

    snapshot_path(BARE, one);
    snapshot_path(LATER, other);
    story_start(d);
    drop(d, paths, 2);
    assert_true(drive_wait(d, list_is_filled, drive_wait_box(d)));
    drive_answer(d, IDCANCEL);
}

/* The box of page 10 holds for what is compared from there, at once: the saved differences name nobody. */
static void what_is_compared_names_nobody_where_asked(void **state)
{
    static const unsigned pages[] = { 2, 3, 4, 5, 6, 10 };
    wz_drive      *d = *state;
    wchar_t        one[MAX_PATH] = L"", other[MAX_PATH] = L"", report[MAX_PATH] = L"";
    const wchar_t *paths[] = { one, other };
    char          *content;

    snapshot_path(BARE, one);
    snapshot_path(LATER, other);
    story_path(L"WZ_FILES", L"nobody.txt", report);
    DeleteFileW(report);
    story_open(d, BARE);
    for (size_t i = 0; i < CHECK_COUNT(pages); i++)
        drive_next(d, pages[i]);
    drive_click(d, IDC_REPORT_REDACT);
    drive_wait_checked(d, IDC_REPORT_REDACT);
    drop(d, paths, 2);
    save_as(d, drive_wait_box(d), report);
    drive_wait_box(d);
    content = story_content(report);
    CHECK_CONTAINS(content, "COMPUTER-");
    assert_null(strstr(content, "MRT-SRV-01"));
    free(content);
    drive_answer(d, IDCANCEL);
}

/* ---- banner ---------------------------------------------------------------------------------------------------- */

static void an_opened_snapshot_says_machine_date_and_age(void **state)
{
    wz_drive *d = *state;
    SYSTEMTIME taken = { .wYear = 2026, .wMonth = 11, .wDay = 6, .wHour = 21, .wMinute = 20 }, local;
    wchar_t    date[80] = L"";

    story_open(d, BARE);
    drive_next(d, 2);
    drive_wait_idle(d);
    assert_true(SystemTimeToTzSpecificLocalTime(NULL, &taken, &local));
    GetDateFormatW(LOCALE_USER_DEFAULT, DATE_SHORTDATE, &local, NULL, date, ARRAYSIZE(date));
    assert_true(drive_contains(d, IDC_PAGE_BUSY, L"MRT-SRV-01"));
    assert_true(drive_contains(d, IDC_PAGE_BUSY, date));
    assert_true(drive_contains(d, IDC_PAGE_BUSY, L"age in days: "));
    story_shot(d, 2, "age");
}

int test_compare(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(two_snapshots_are_compared_and_the_report_is_saved),
        DRIVE_TEST(what_cannot_be_compared_is_said),
        DRIVE_TEST(a_dropped_snapshot_is_opened_from_any_page),
        DRIVE_TEST(two_dropped_snapshots_are_compared),
        DRIVE_TEST(what_is_compared_names_nobody_where_asked),
        DRIVE_TEST(an_opened_snapshot_says_machine_date_and_age),
    };

    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
