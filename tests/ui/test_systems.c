/*
 * Machines that are not to be updated: opened snapshots, other Windows, a machine with something in the way. Each is
 * explained, and Install is never offered.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

#define CURRENT_VERSION L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define PRODUCT_OPTIONS L"SYSTEM\\CurrentControlSet\\Control\\ProductOptions"
#define WINDOWS_UPDATE  L"SYSTEM\\CurrentControlSet\\Services\\wuauserv"

static void set_text(const wchar_t *key, const wchar_t *name, const wchar_t *text)
{
    DWORD bytes = (DWORD)((wcslen(text) + 1) * sizeof *text);

    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, name, REG_SZ, text, bytes), ERROR_SUCCESS);
}

static void set_number(const wchar_t *key, const wchar_t *name, DWORD number)
{
    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, name, REG_DWORD, &number, sizeof number), ERROR_SUCCESS);
}

/* What programs that start from now on see. Each test says it, so none depends on another. */
static void be(const wchar_t *version, const wchar_t *build, const wchar_t *kind, DWORD update_service)
{
    set_text(CURRENT_VERSION, L"CurrentVersion", version);
    set_text(CURRENT_VERSION, L"CurrentBuild", build);
    set_text(CURRENT_VERSION, L"CurrentBuildNumber", build);
    set_text(PRODUCT_OPTIONS, L"ProductType", kind);
    set_number(WINDOWS_UPDATE, L"Start", update_service);
}

static void be_itself(void)
{
    be(L"6.0", L"6002", L"ServerNT", SERVICE_AUTO_START);
}

/* On a page that only looks: Next does not say Install, and the banner names the snapshot. */
static void check_read_only(wz_drive *d, const wchar_t *computer)
{
    assert_int_equal(wcscmp(drive_button_text(d, IDC_FRAME_NEXT), L"&Next"), 0);
    assert_true(drive_is_visible(d, IDC_PAGE_BUSY));
    drive_wait_text(d, IDC_PAGE_BUSY, computer);
    assert_true(drive_contains(d, IDC_PAGE_BUSY, L"Read only"));
}

/* Before its last update, of January 2020, and after: tests/data/make_machines.py. */
#define ITANIUM_BEFORE L"..\\..\\..\\build\\machines\\itanium-march-2019.xml"
#define ITANIUM_AFTER  L"..\\..\\..\\build\\machines\\itanium-january-2020.xml"

/* ---- snapshots -------------------------------------------------------------------------------------------------- */

typedef struct opened { const wchar_t *file, *computer; const char *name; unsigned pages[8]; } opened;

static const opened snapshots[] = {
    { L"server-2008-r2-x64.xml",    L"FILES-R2",    "r2",      { 2, 10 } },
    { L"vista-sp2-x86.xml",         L"RECEPTION-7", "vista",   { 2, 10 } },
    { L"bare-sp2-x64.xml",          L"MRT-SRV-01",  "bare",    { 2, 3, 4, 5, 6, 10 } },
    { L"sp2-x86-stack.xml",         L"PLC-GATE-3",  "x86",     { 2, 3, 4, 5, 6, 10 } },
    { L"broken-pending-x64.xml",    L"MRT-SRV-03",  "broken",  { 2, 3, 4, 5, 6, 10 } },
    { L"6003-january-2020-x64.xml", L"MRT-SRV-02",  "6003",    { 2, 3, 4, 5, 10 } },
    { ITANIUM_BEFORE,               L"MRT-SRV-01",  "itanium", { 2, 3, 4, 5, 6, 10 } },
    { ITANIUM_AFTER,                L"MRT-SRV-01",  "at-end",  { 2, 3, 4, 5, 10 } },
};

/* There and back again, then Finish. */
static void look_through(wz_drive *d, const opened *it)
{
    size_t last = 0;

    story_open(d, it->file);
    story_arrive(d, 1, it->name);
    for (size_t i = 0; it->pages[i] != 0; i++) {
        story_next(d, it->pages[i], it->name);
        check_read_only(d, it->computer);
        last = i;
    }
    while (last > 0) {
        drive_back(d, it->pages[--last]);
        check_read_only(d, it->computer);
    }
    for (size_t i = 1; it->pages[i] != 0; i++)
        drive_next(d, it->pages[i]);
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_DONE);
    drive_end(d);
}

static void opened_snapshots_are_only_looked_at(void **state)
{
    be_itself();
    for (size_t i = 0; i < CHECK_COUNT(snapshots); i++)
        look_through(*state, &snapshots[i]);
}

static void another_system_is_explained_where_it_is_met(void **state)
{
    wz_drive *d = *state;

    be_itself();
    story_open(d, L"server-2008-r2-x64.xml");
    drive_next(d, 2);
    drive_wait_text(d, IDC_VERSION_ADVICE, L"R2");
    assert_true(drive_contains(d, IDC_VERSION_ABOUT, L"7601"));
    assert_false(drive_is_enabled(d, IDC_VERSION_WINVER));      /* it would show this computer's */
}

static void an_itanium_is_told_where_its_updates_end(void **state)
{
    wz_drive *d = *state;

    be_itself();
    story_open(d, ITANIUM_BEFORE);
    drive_next(d, 2);
    drive_wait_text(d, IDC_VERSION_AGREEMENT, L"Itanium-based systems ended in January 2020");
    drive_next(d, 3);
    drive_next(d, 4);
    assert_true(drive_is_enabled(d, IDC_TARGET_FREE));
    assert_false(drive_is_enabled(d, IDC_TARGET_ESU3));
    assert_true(drive_contains(d, IDC_TARGET_ESU3_WHY, L"does not exist for this architecture (ia64)"));
    drive_next(d, 5);
    drive_next(d, 6);
    drive_wait_list(d, IDC_FILES_LIST, 3);
    drive_list_select(d, IDC_FILES_LIST, drive_list_find(d, IDC_FILES_LIST, 1, L"KB4493730"));
    drive_wait_text(d, IDC_FILES_DETAIL, L"windows6.0-kb4493730-ia64_");
    story_next(d, 10, "itanium-end");
}

static void a_broken_snapshot_is_refused_with_its_name(void **state)
{
    wchar_t   root[MAX_PATH] = L"";
    wz_drive *d = *state;

    be_itself();
    story_open(d, L"..\\make_updates.py");
    drive_press(d, IDC_FRAME_NEXT);
    assert_non_null(wcsstr(drive_box_text(d), L"make_updates.py"));
    drive_shot(d, "refused");
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 1);
    story_path(L"WZ_ROOT", L"tests\\data\\snapshots\\bare-sp2-x64.xml", root);
    drive_set_text(d, IDC_START_SNAPSHOT, root);                /* and another one is taken after that */
    drive_next(d, 2);
    check_read_only(d, L"MRT-SRV-01");
}

static void no_snapshot_named_is_asked_for(void **state)
{
    wz_drive *d = *state;

    be_itself();
    story_start(d);
    drive_click(d, IDC_START_OPEN);
    drive_wait_checked(d, IDC_START_OPEN);
    drive_wait_enabled(d, IDC_START_SNAPSHOT);
    drive_press(d, IDC_FRAME_NEXT);
    assert_non_null(wcsstr(drive_box_text(d), L"Choose the snapshot file"));
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 1);
}

/* ---- this machine ----------------------------------------------------------------------------------------------- */

static void check_unsupported(wz_drive *d, const wchar_t *word, const char *name)
{
    story_start(d);
    story_next(d, 2, name);
    drive_wait_text(d, IDC_VERSION_ADVICE, word);
    story_next(d, 10, name);
    story_back(d, 2);
    drive_next(d, 10);
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_DONE);
    drive_end(d);
}

static void another_windows_goes_from_the_version_to_the_report(void **state)
{
    be(L"6.1", L"7601", L"ServerNT", SERVICE_AUTO_START);
    check_unsupported(*state, L"R2", "own-r2");
    be(L"6.0", L"6002", L"WinNT", SERVICE_AUTO_START);
    check_unsupported(*state, L"Vista", "own-vista");
    be_itself();
}

/* Page 3 lets nobody by, names what is in the way, and lets by when it is mended. */
static void a_blocked_check_stops_next_until_it_is_mended(void **state)
{
    wchar_t   title[256];
    wz_drive *d = *state;
    int       row;

    be(L"6.0", L"6002", L"ServerNT", SERVICE_DISABLED);
    story_start(d);
    drive_next(d, 2);
    story_next(d, 3, "blocked");
    row = drive_list_find(d, IDC_PREREQUISITES_LIST, 0, L"Blocked");
    assert_int_not_equal(row, DRIVE_NONE);
    assert_int_equal(drive_list_selected(d, IDC_PREREQUISITES_LIST), row);      /* the first thing to look at */
    assert_true(drive_contains(d, IDC_PREREQUISITES_DETAIL, L"What to do:"));
    wcsncpy(title, drive_list_text(d, IDC_PREREQUISITES_LIST, row, 1), ARRAYSIZE(title) - 1);
    title[ARRAYSIZE(title) - 1] = L'\0';
    drive_press(d, IDC_FRAME_NEXT);
    assert_non_null(wcsstr(drive_box_text(d), title));
    drive_shot(d, "blocked-box");
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 3);
    be_itself();
    drive_click(d, IDC_PREREQUISITES_AGAIN);
    drive_wait_idle(d);
    assert_int_equal(drive_list_find(d, IDC_PREREQUISITES_LIST, 0, L"Blocked"), DRIVE_NONE);
    story_next(d, 4, "mended");
}

static void only_checking_goes_past_what_is_blocked(void **state)
{
    wz_drive *d = *state;

    be(L"6.0", L"6002", L"ServerNT", SERVICE_DISABLED);
    story_start(d);
    story_check_only(d);
    drive_next(d, 2);
    drive_next(d, 3);
    drive_next(d, 4);
    be_itself();
}

int test_systems(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(opened_snapshots_are_only_looked_at),
        DRIVE_TEST(another_system_is_explained_where_it_is_met),
        DRIVE_TEST(an_itanium_is_told_where_its_updates_end),
        DRIVE_TEST(a_broken_snapshot_is_refused_with_its_name),
        DRIVE_TEST(no_snapshot_named_is_asked_for),
        DRIVE_TEST(another_windows_goes_from_the_version_to_the_report),
        DRIVE_TEST(a_blocked_check_stops_next_until_it_is_mended),
        DRIVE_TEST(only_checking_goes_past_what_is_blocked),
    };

    return cmocka_run_group_tests_name("systems", tests, NULL, NULL);
}
