/*
 * What a technician learns on pages 3 and 4: planted signs are found and explained, renames are accepted with a note
 * that stands in the report, and the guide to a key can be read.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

#define SESSION_MANAGER L"SYSTEM\\CurrentControlSet\\Control\\Session Manager"
#define RENAMES         L"PendingFileRenameOperations"
#define CLUSTER         L"SYSTEM\\CurrentControlSet\\Services\\ClusSvc"
#define LOGS            L"C:\\windows\\Logs"

static const wchar_t renames[] = L"\\??\\C:\\Windows\\Temp\\setup.tmp\0\0\\??\\C:\\Config.Msi\\1a.rbf\0";

static void to_prerequisites(wz_drive *d, const char *name)
{
    story_start(d);
    drive_next(d, 2);
    story_next(d, 3, name);
}

/* Selects the line of this check and waits until its details are there. */
static void look_at(wz_drive *d, unsigned title, const wchar_t *verdict, const wchar_t *part)
{
    wchar_t name[64] = L"";
    int     row;

    wcsncpy(name, drive_string(d, title, NULL, NULL), ARRAYSIZE(name) - 1);
    row = drive_list_find(d, IDC_PREREQUISITES_LIST, 1, name);
    assert_int_not_equal(row, DRIVE_NONE);
    drive_list_select(d, IDC_PREREQUISITES_LIST, row);
    drive_wait_text(d, IDC_PREREQUISITES_DETAIL, part);
    assert_int_equal(wcscmp(drive_list_text(d, IDC_PREREQUISITES_LIST, row, 0), verdict), 0);
}

static void renames_are_accepted_with_a_note(void **state)
{
    wz_drive *d = *state;
    HWND      box;

    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, SESSION_MANAGER, RENAMES, REG_MULTI_SZ, renames,
                                     sizeof renames), ERROR_SUCCESS);
    to_prerequisites(d, "renames");
    look_at(d, IDS_CHK_SHA2, L"Action", L"SHA-2");
    assert_false(drive_is_enabled(d, IDC_PREREQUISITES_ACCEPT));          /* nothing else can be accepted */
    look_at(d, IDS_CHK_PENDING_RENAMES, L"Action", L"Temp (1), Windows Installer (1)");
    drive_wait_enabled(d, IDC_PREREQUISITES_ACCEPT);
    drive_click(d, IDC_PREREQUISITES_ACCEPT);
    box = drive_wait_box(d);
    SendDlgItemMessageW(box, IDC_ACCEPT_NOTE, WM_SETTEXT, 0, (LPARAM)L"a printer driver, T-4711");
    drive_shot(d, "accept");
    drive_answer(d, IDOK);
    look_at(d, IDS_CHK_PENDING_RENAMES, L"Ready", L"Accepted with this note: a printer driver, T-4711");
    drive_click(d, IDC_PREREQUISITES_AGAIN);                              /* the same renames stay accepted */
    drive_wait_idle(d);
    look_at(d, IDS_CHK_PENDING_RENAMES, L"Ready", L"a printer driver, T-4711");
    drive_click(d, IDC_PREREQUISITES_ACCEPT);
    SendDlgItemMessageW(drive_wait_box(d), IDC_ACCEPT_NOTE, WM_SETTEXT, 0, (LPARAM)L"");
    drive_answer(d, IDOK);
    look_at(d, IDS_CHK_PENDING_RENAMES, L"Action", L"Windows Installer (1)");
    drive_click(d, IDC_PREREQUISITES_ACCEPT);
    drive_wait_box(d);
    drive_answer(d, IDCANCEL);
    look_at(d, IDS_CHK_PENDING_RENAMES, L"Action", L"Windows Installer (1)");
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, SESSION_MANAGER, RENAMES);
}

static void place_log(const wchar_t *path, const char *text)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD  written;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    CloseHandle(file);
}

static void logs_and_roles_are_explained(void **state)
{
    wz_drive *d = *state;
    DWORD     start = SERVICE_AUTO_START;

    CreateDirectoryW(LOGS, NULL);
    CreateDirectoryW(LOGS L"\\CBS", NULL);
    place_log(LOGS L"\\CBS\\CBS.log",
              "2019-03-13 10:00:00, Info                  CBS    Mark store corruption flag because of package: "
              "Package_for_KB4012583~31bf3856ad364e35~amd64~~6.0.1.2. hr: 0x800b0100\r\n");
    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, CLUSTER, L"Start", REG_DWORD, &start, sizeof start),
                     ERROR_SUCCESS);
    to_prerequisites(d, "signs");
    look_at(d, IDS_CHK_STORE, L"Action", L"Package_for_KB4012583~31bf3856ad364e35~amd64~~6.0.1.2");
    assert_true(drive_contains(d, IDC_PREREQUISITES_DETAIL, L"KB947821"));
    assert_true(drive_contains(d, IDC_PREREQUISITES_DETAIL, L"Logs\\CBS\\CBS.log"));
    story_shot(d, 3, "store");
    look_at(d, IDS_CHK_ROLES, L"Action", L"failover cluster");
    assert_true(drive_contains(d, IDC_PREREQUISITES_DETAIL, L"Before the first restart"));
    look_at(d, IDS_CHK_ANTIVIRUS, L"Ready", L"No service of Sophos or Avira");
    DeleteFileW(LOGS L"\\CBS\\CBS.log");
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, CLUSTER);
    drive_click(d, IDC_PREREQUISITES_AGAIN);
    drive_wait_idle(d);
    look_at(d, IDS_CHK_STORE, L"Ready", L"neither");
    look_at(d, IDS_CHK_ROLES, L"Ready", L"Neither");
}

static void the_guide_to_a_key_can_be_read(void **state)
{
    wz_drive      *d = *state;
    const wchar_t *text;

    story_open(d, L"6003-january-2020-x64.xml");
    for (unsigned page = 2; page <= 4; page++)
        drive_next(d, page);
    drive_click(d, IDC_TARGET_GUIDE);
    text = drive_box_text(d);
    assert_non_null(wcsstr(text, L"Build 6003 needs no licence"));
    assert_non_null(wcsstr(text, L"Server-ESU-Year3: no key"));
    assert_non_null(wcsstr(text, L"%" L"SystemRoot%\\System32\\slmgr.vbs /ipk <key>"));
    assert_non_null(wcsstr(text, L"/ato 16c08c85-0c8b-4009-9b2b-f1f7319e45f9"));
    drive_shot(d, "guide");
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 4);
}

int test_readiness(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(renames_are_accepted_with_a_note),
        DRIVE_TEST(logs_and_roles_are_explained),
        DRIVE_TEST(the_guide_to_a_key_can_be_read),
    };

    return cmocka_run_group_tests_name("readiness", tests, NULL, NULL);
}
