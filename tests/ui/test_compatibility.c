/*
 * Page 5: a folder with known answers is scanned, the scan is stopped, skipped, and its list is saved.
 *
 * The files are made here, so each row has its reason. Scanning the computer itself differs by where the files are
 * looked for, which tests/platform proves; the window does the same.
 */
#include "check.h"
#include "resource.h"
#include "core/scan_filter.h"
#include "ui/drive.h"
#include "ui/layout.h"
#include "ui/story.h"

enum { MANY_FILES = 3, MANY_LINES = 110 };

static void to_page(wz_drive *d)
{
    story_start(d);
    for (unsigned page = 2; page <= 5; page++)
        drive_next(d, page);
    drive_wait_idle(d);
}

/* ---- files ---- */

static void write_file(const wchar_t *folder, const wchar_t *name, const char *bytes, size_t length)
{
    wchar_t path[600];
    HANDLE  file;
    DWORD   written = 0;

    _snwprintf(path, CHECK_COUNT(path) - 1, L"\\\\?\\%ls\\%ls", folder, name);
    path[CHECK_COUNT(path) - 1] = L'\0';
    file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, bytes, (DWORD)length, &written, NULL) && written == length);
    CloseHandle(file);
}

static void write_text(const wchar_t *folder, const wchar_t *name, const char *text)
{
    write_file(folder, name, text, strlen(text));
}

/* WZ_FILES\name, new and empty. */
static void make_folder(const wchar_t *name, wchar_t *out)
{
    story_path(L"WZ_FILES", name, out);
    assert_true(CreateDirectoryW(out, NULL));
}

/* Below folder, so deep that a file there has a path of 300 characters and more. */
static void make_deep(const wchar_t *folder, wchar_t *out, size_t units)
{
    static const wchar_t part[] = L"\\a-name-of-forty-letters-as-vendors-do-it";
    wchar_t              path[600];

    wcsncpy(out, folder, units - 1);
    while (wcslen(out) < 300) {
        assert_true(wcslen(out) + CHECK_COUNT(part) < units);
        wcsncat(out, part, units - wcslen(out) - 1);                             /* the room was checked */
        _snwprintf(path, CHECK_COUNT(path) - 1, L"\\\\?\\%ls", out);
        assert_true(CreateDirectoryW(path, NULL));
    }
}

/* One of each kind of answer. */
static void make_known(wchar_t *folder)
{
    make_folder(L"known", folder);
    write_text(folder, L"logon.cmd", "@echo off\r\nver | find \"6.0.6002\"\r\n");
    write_text(folder, L"range.ps1", "if ($os.BuildNumber -le 6002) { 'old' }\r\n");
    write_text(folder, L"both.vbs", "If os.BuildNumber = \"6002\" Or os.BuildNumber = \"6003\" Then\r\n");
    write_file(folder, L"setup.zip", "PK\x03\x04 and so on", 16);
}

static void scan(wz_drive *d, const wchar_t *folder)
{
    drive_set_text(d, IDC_COMPATIBILITY_FOLDER, folder);
    drive_click(d, IDC_COMPATIBILITY_SCAN);
    drive_wait_idle(d);
}

static void show(wz_drive *d, wz_scan_filter filter, int rows)
{
    drive_choose_at_once(d, IDC_COMPATIBILITY_SHOW, (int)filter);
    if (drive_list_count(d, IDC_COMPATIBILITY_LIST) != rows)
        drive_fail(d, "filter %d has %d rows", filter, drive_list_count(d, IDC_COMPATIBILITY_LIST));
}

static void check_cell(wz_drive *d, int row, int column, const wchar_t *part)
{
    if (wcsstr(drive_list_text(d, IDC_COMPATIBILITY_LIST, row, column), part) == NULL)
        drive_fail(d, "row %d says \"%s\"", row, drive_utf8(d, d->text));
}

/* ---- tests ---- */

static void a_scan_lists_what_was_found(void **state)
{
    wz_drive *d = *state;
    wchar_t   folder[MAX_PATH] = L"";

    make_known(folder);
    to_page(d);
    assert_false(drive_is_enabled(d, IDC_COMPATIBILITY_STOP));
    assert_false(drive_is_enabled(d, IDC_COMPATIBILITY_SAVE));
    scan(d, folder);
    drive_wait_list(d, IDC_COMPATIBILITY_LIST, 2);
    story_shot(d, 5, "found");
    layout_check(d);
    assert_int_equal(drive_list_count(d, IDC_COMPATIBILITY_LIST), 2);
    check_cell(d, 0, 0, L"B ");                        /* the grade is a word, not a colour */
    check_cell(d, 0, 0, drive_string(d, IDS_SCAN_GRADE_B, NULL, NULL));
    check_cell(d, 0, 1, L"logon.cmd");
    check_cell(d, 0, 2, L"2");
    check_cell(d, 0, 3, L"ver | find \"6.0.6002\"");
    check_cell(d, 1, 0, L"C ");
    check_cell(d, 1, 1, L"range.ps1");
    assert_true(drive_contains(d, IDC_COMPATIBILITY_DETAIL, L"WMI"));      /* nothing selected: what was not seen */
    drive_list_select(d, IDC_COMPATIBILITY_LIST, 0);
    drive_wait_text(d, IDC_COMPATIBILITY_DETAIL, folder);
    drive_wait_text(d, IDC_COMPATIBILITY_DETAIL, drive_string(d, IDS_SCAN_DO_EDIT, NULL, NULL));
    story_shot(d, 5, "detail");
    show(d, WZ_SHOW_A, 0);
    show(d, WZ_SHOW_B, 1);
    show(d, WZ_SHOW_HARMLESS, 1);                      /* 6002 and 6003 are both there */
    check_cell(d, 0, 1, L"both.vbs");
    show(d, WZ_SHOW_UNTOLD, 1);
    check_cell(d, 0, 0, drive_string(d, IDS_COMPATIBILITY_UNTOLD, NULL, NULL));
    check_cell(d, 0, 1, L"setup.zip");
    drive_list_select(d, IDC_COMPATIBILITY_LIST, 0);
    drive_wait_text(d, IDC_COMPATIBILITY_DETAIL, drive_string(d, IDS_SCAN_COMPRESSED, NULL, NULL));
    story_shot(d, 5, "cannot-tell");
    drive_next(d, 6);                                  /* finished: nobody is asked */
    drive_wait_idle(d);
    drive_back(d, 5);
    drive_wait_idle(d);
    assert_true(drive_contains(d, IDC_COMPATIBILITY_RESULT, L"4 "));       /* files, as before */
    show(d, WZ_SHOW_OPEN, 2);
}

static void hundreds_of_findings_and_a_long_path(void **state)
{
    wz_drive *d = *state;
    wchar_t   folder[MAX_PATH] = L"", deep[600] = L"", name[16];
    char      text[MANY_LINES * 64] = "";
    int       row;

    make_folder(L"many", folder);
    for (int line = 0; line < MANY_LINES; line++)
        strncat(text, "If os.BuildNumber = \"6002\" Then x\r\n", sizeof text - strlen(text) - 1);
    for (int file = 0; file < MANY_FILES; file++) {
        _snwprintf(name, CHECK_COUNT(name), L"many%d.vbs", file);
        write_text(folder, name, text);
    }
    make_deep(folder, deep, CHECK_COUNT(deep));
    write_text(deep, L"deep.vbs", "If os.BuildNumber = \"6002\" Then x\r\n");
    to_page(d);
    scan(d, folder);
    drive_wait_list(d, IDC_COMPATIBILITY_LIST, MANY_FILES * MANY_LINES + 1);
    assert_int_equal(drive_list_count(d, IDC_COMPATIBILITY_LIST), MANY_FILES * MANY_LINES + 1);
    check_cell(d, MANY_FILES * MANY_LINES, 0, L"B ");  /* the last one is asked for only when it is wanted */
    row = drive_list_find(d, IDC_COMPATIBILITY_LIST, 1, L"deep.vbs");
    assert_true(row != DRIVE_NONE);
    drive_list_select(d, IDC_COMPATIBILITY_LIST, row);
    drive_wait_text(d, IDC_COMPATIBILITY_DETAIL, deep);
    story_shot(d, 5, "long-path");
    layout_check(d);
}

static void nothing_found_says_what_was_not_looked_at(void **state)
{
    wz_drive *d = *state;
    wchar_t   folder[MAX_PATH] = L"";

    make_folder(L"harmless", folder);
    write_text(folder, L"port.cmd", "set PORT=6002\r\n");
    write_text(folder, L"notes.txt", "6.0.6002\r\n");
    to_page(d);
    scan(d, folder);
    drive_wait_text(d, IDC_COMPATIBILITY_RESULT, drive_string(d, IDS_SCAN_SAYS_NONE, NULL, NULL));
    assert_int_equal(drive_list_count(d, IDC_COMPATIBILITY_LIST), 0);
    assert_true(drive_contains(d, IDC_COMPATIBILITY_DETAIL, L"WMI"));
    story_shot(d, 5, "nothing");
    layout_check(d);
    drive_next(d, 6);
}

static bool is_not_stoppable(wz_drive *d, void *context)
{
    (void)context;
    return !drive_is_enabled(d, IDC_COMPATIBILITY_STOP);
}

/* A folder with so much in it that nobody waits for its end. */
static void stop_keeps_what_was_found(void **state)
{
    wz_drive *d = *state;

    to_page(d);
    drive_set_text(d, IDC_COMPATIBILITY_FOLDER, L"Z:\\usr");
    drive_click(d, IDC_COMPATIBILITY_SCAN);
    drive_wait_enabled(d, IDC_COMPATIBILITY_STOP);
    assert_false(drive_can_press(d, IDC_FRAME_NEXT));
    story_shot(d, 5, "scanning");
    drive_click(d, IDC_COMPATIBILITY_STOP);
    assert_true(drive_wait(d, is_not_stoppable, NULL));
    drive_wait_idle(d);
    assert_true(drive_is_enabled(d, IDC_COMPATIBILITY_SCAN));
    assert_true(drive_is_enabled(d, IDC_COMPATIBILITY_SAVE));
    assert_true(drive_focus(d) == IDC_COMPATIBILITY_LIST);
    drive_wait_text(d, IDC_COMPATIBILITY_RESULT, L"stopped");
    story_shot(d, 5, "stopped");
    layout_check(d);
    drive_next(d, 6);                                  /* stopped is an answer: nobody is asked */
}

static void next_without_a_scan_asks(void **state)
{
    wz_drive *d = *state;

    to_page(d);
    drive_press(d, IDC_FRAME_NEXT);
    assert_non_null(wcsstr(drive_box_text(d), drive_string(d, IDS_COMPATIBILITY_QUESTION, NULL, NULL)));
    drive_answer(d, IDNO);
    assert_int_equal(drive_page(d), 5);
    assert_true(drive_is_enabled(d, IDC_COMPATIBILITY_SKIP));
    drive_press(d, IDC_FRAME_NEXT);
    drive_wait_box(d);
    drive_answer(d, IDYES);
    drive_wait_page(d, 6);
    drive_wait_idle(d);
    drive_back(d, 5);
    drive_wait_idle(d);
    assert_false(drive_is_enabled(d, IDC_COMPATIBILITY_SKIP));     /* it is skipped */
    drive_press(d, IDC_FRAME_NEXT);                        /* and is not asked for again */
    drive_wait_page(d, 6);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    wz_drive *d = *state;

    to_page(d);
    drive_set_text(d, IDC_COMPATIBILITY_FOLDER, L"C:\\there-is-no-such-folder");
    drive_click(d, IDC_COMPATIBILITY_SCAN);
    assert_non_null(wcsstr(drive_box_text(d), L"there-is-no-such-folder"));
    drive_answer(d, IDOK);
    drive_wait_idle(d);
    assert_true(drive_is_enabled(d, IDC_COMPATIBILITY_SKIP));      /* as if it had not been tried */
    assert_false(drive_is_enabled(d, IDC_COMPATIBILITY_SAVE));
}

static void the_list_is_saved_as_a_table(void **state)
{
    static const char header[] = "\xEF\xBB\xBFgrade,kind,path,offset,rule,evidence\r\n";
    wz_drive *d = *state;
    wchar_t   folder[MAX_PATH] = L"", path[MAX_PATH] = L"";
    char      table[4096] = "";
    DWORD     length = 0;
    HANDLE    file;

    make_folder(L"saved", folder);
    write_text(folder, L"logon.cmd", "ver | find \"6.0.6002\"\r\n");
    story_path(L"WZ_FILES", L"findings.csv", path);
    to_page(d);
    scan(d, folder);
    drive_wait_list(d, IDC_COMPATIBILITY_LIST, 1);
    drive_click(d, IDC_COMPATIBILITY_SAVE);
    drive_type_file(d, path);
    assert_non_null(wcsstr(drive_box_text(d), L"findings.csv"));
    drive_answer(d, IDOK);
    drive_wait_idle(d);
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(ReadFile(file, table, sizeof table - 1, &length, NULL));
    CloseHandle(file);
    assert_int_equal(strncmp(table, header, strlen(header)), 0);
    CHECK_CONTAINS(table + strlen(header), "\"B\",\"script\",");
    CHECK_CONTAINS(table, "logon.cmd");
    assert_int_equal(drive_list_count(d, IDC_COMPATIBILITY_LIST), 1);      /* and is still there */
}

/* The programs of the computer that a snapshot is of are not here: nothing to scan, and nothing to skip. */
static void a_snapshot_has_nothing_to_scan(void **state)
{
    wz_drive *d = *state;

    story_open(d, L"bare-sp2-x64.xml");
    for (unsigned page = 2; page <= 5; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    assert_false(drive_is_enabled(d, IDC_COMPATIBILITY_SCAN));
    assert_false(drive_is_enabled(d, IDC_COMPATIBILITY_SKIP));
    drive_wait_text(d, IDC_COMPATIBILITY_RESULT, drive_string(d, IDS_COMPATIBILITY_OPENED, NULL, NULL));
    story_shot(d, 5, "snapshot");
    layout_check(d);
    drive_press(d, IDC_FRAME_NEXT);
    drive_wait_page(d, 6);
}

int test_compatibility(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(a_scan_lists_what_was_found), DRIVE_TEST(hundreds_of_findings_and_a_long_path),
        DRIVE_TEST(nothing_found_says_what_was_not_looked_at), DRIVE_TEST(stop_keeps_what_was_found),
        DRIVE_TEST(next_without_a_scan_asks), DRIVE_TEST(a_folder_that_is_not_there_is_named),
        DRIVE_TEST(the_list_is_saved_as_a_table), DRIVE_TEST(a_snapshot_has_nothing_to_scan),
    };

    return cmocka_run_group_tests_name("compatibility", tests, NULL, NULL);
}
