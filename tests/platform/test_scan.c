/*
 * The compatibility scan of folders and of the machine, against Wine's file system and registry.
 *
 * What Wine cannot prove: Wine 8 has no junctions (a symbolic link of the host looks like a folder, see tests/e2e), no
 * catalogues that sign Windows' own files, no loaded drivers, and does not lower the priority of reading.
 */
#include "platform/place.h"

#include "platform/scan_list.h"
#include "platform/wide.h"
#include "platform/windows.h"
#include "resource.h"

#include <stdio.h>

typedef struct place { char *folder; wz_platform *platform; } place;

static const char script[] = "@echo off\r\nver | find \"6.0.6002\" > nul && goto old\r\n";

static int place_setup(void **state)
{
    place *here = calloc(1, sizeof *here);

    here->folder = place_create();
    here->platform = wz_windows_create();
    *state = here;
    return 0;
}

static int place_teardown(void **state)
{
    place *here = *state;

    wz_windows_free(here->platform);
    place_remove(here->folder);
    free(here);
    return 0;
}

static void put(const place *here, const char *name, const void *bytes, size_t length)
{
    char *path = place_path(here->folder, name);

    place_write(path, bytes, length);
    free(path);
}

static void put_script(const place *here, const char *name)
{
    put(here, name, script, sizeof script - 1);
}

static void make_folder(const place *here, const char *name)
{
    char    *path = place_path(here->folder, name);
    wchar_t *wide = wz_wide_path(path);

    assert_true(CreateDirectoryW(wide, NULL));
    free(wide);
    free(path);
}

static wz_scan_result scan(const place *here)
{
    wz_scan_result result = { 0 };

    assert_int_equal(here->platform->scan(here->platform->context, here->folder, NULL, &result, NULL), WZ_OK);
    wz_scan_result_finish(&result);
    return result;
}

static const wz_scanned *file_named(const wz_scan_result *result, const char *end)
{
    for (size_t i = 0; i < result->scanned_count; i++) {
        size_t length = strlen(result->scanned[i].path);

        if (length >= strlen(end) && strcmp(result->scanned[i].path + length - strlen(end), end) == 0)
            return &result->scanned[i];
    }
    return NULL;
}

static void each_kind_counts_where_it_belongs(void **state)
{
    place         *here = *state;
    wz_scan_result result;

    put_script(here, "logon.cmd");
    put(here, "notes.txt", "6.0.6002", 8);
    put(here, "empty.cmd", "", 0);
    put(here, "archive.zip", "PK\x03\x04zzzz", 8);
    put(here, "broken.exe", "MZ\x90\x00 and nothing behind it that holds", 38);
    make_folder(here, "sub");
    put_script(here, "sub\\again.cmd");
    result = scan(here);
    assert_int_equal(result.findings.by_grade[WZ_GRADE_B], 2);
    assert_int_equal(result.by_kind[WZ_SCAN_SCRIPT], 3);
    assert_int_equal(result.unknown[WZ_UNKNOWN_COMPRESSED], 1);
    assert_int_equal(result.left[WZ_LEFT_KIND] + result.unknown[WZ_UNKNOWN_BROKEN], 2);
    assert_int_equal(result.unread, 0);
    assert_int_equal(result.places[WZ_PLACE_FOLDER].files, 5);
    assert_non_null(file_named(&result, "\\sub\\again.cmd"));
    assert_int_equal(result.findings.items[0].line, 2);
    wz_scan_result_clear(&result);
}

/* By its own name and by a second one; whichever comes first counts. */
static void a_file_with_two_names_counts_once(void **state)
{
    place         *here = *state;
    char          *first = place_path(here->folder, "one.cmd"), *second = place_path(here->folder, "two.cmd");
    wchar_t       *from = wz_wide_path(first), *to = wz_wide_path(second);
    wz_scan_result result;

    put_script(here, "one.cmd");
    assert_true(CreateHardLinkW(to, from, NULL));
    result = scan(here);
    assert_int_equal(result.files, 1);
    assert_int_equal(result.left[WZ_LEFT_TWICE], 1);
    wz_scan_result_clear(&result);
    free(first);
    free(second);
    free(from);
    free(to);
}

static void a_locked_file_is_told_and_one_being_written_is_read(void **state)
{
    place            *here = *state;
    char             *locked = place_path(here->folder, "locked.cmd"), *busy = place_path(here->folder, "busy.cmd");
    HANDLE            one, two;
    const wz_scanned *file;
    wz_scan_result    result;

    put_script(here, "locked.cmd");
    put_script(here, "busy.cmd");
    one = place_open(locked, GENERIC_READ, 0);
    two = place_open(busy, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE);
    result = scan(here);
    assert_int_equal(result.unread, 1);
    assert_int_equal(result.files, 1);
    file = file_named(&result, "\\locked.cmd");
    assert_non_null(file);
    assert_int_equal(file->error.status, WZ_E_BUSY);
    assert_int_equal(wz_scan_result_untold(&result), 1);
    wz_scan_result_clear(&result);
    CloseHandle(one);
    CloseHandle(two);
    free(locked);
    free(busy);
}

/* Names that are fine for the file system and not for most programs; and a path of more than 260 characters. */
static void names_that_few_programs_open_are_scanned(void **state)
{
    static const wchar_t *const names[] = { L"nul.cmd", L"blank .cmd", L"com1.bat", L"\x65E5\x672C.cmd",
                                            L"two\xD83D\xDCBEparts.cmd" };
    place         *here = *state;
    wchar_t       *root = wz_wide_from_utf8(here->folder), *path = wz_wide_join(L"\\\\?\\", root);
    wz_scan_result result;

    for (unsigned depth = 0; depth < 12; depth++) {
        wchar_t *deeper = wz_wide_join(path, L"\\a folder with a name of forty characters");

        assert_true(CreateDirectoryW(deeper, NULL));
        free(path);
        path = deeper;
    }
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        wchar_t *begin = wz_wide_join(path, L"\\"), *name = wz_wide_join(begin, names[i]);
        DWORD    written;
        HANDLE   file = CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);

        assert_true(file != INVALID_HANDLE_VALUE);
        assert_true(WriteFile(file, script, sizeof script - 1, &written, NULL));
        CloseHandle(file);
        free(begin);
        free(name);
    }
    result = scan(here);
    assert_int_equal(result.files, CHECK_COUNT(names));
    assert_int_equal(result.findings.by_grade[WZ_GRADE_B], CHECK_COUNT(names));
    assert_true(strlen(result.findings.items[0].path) > 480);
    for (size_t i = 0; i < result.findings.count; i++)
        assert_true(wz_is_utf8(result.findings.items[i].path, strlen(result.findings.items[i].path)));
    wz_scan_result_clear(&result);
    free(path);
    free(root);
}

static void a_copy_of_this_program_is_left_out(void **state)
{
    place         *here = *state;
    wchar_t        own[1024];
    char          *path = place_path(here->folder, "copy.exe");
    wchar_t       *wide = wz_wide_path(path);
    wz_scan_result result;

    assert_true(GetModuleFileNameW(NULL, own, CHECK_COUNT(own)) < CHECK_COUNT(own));
    assert_true(CopyFileW(own, wide, TRUE));
    result = scan(here);
    assert_int_equal(result.left[WZ_LEFT_OWN], 1);
    assert_int_equal(result.files, 0);
    wz_scan_result_clear(&result);
    free(wide);
    free(path);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    place         *here = *state;
    char          *missing = place_path(here->folder, "missing"), *file = place_path(here->folder, "file.cmd");
    wz_scan_result result = { 0 };
    wz_error       err = { 0 };

    put_script(here, "file.cmd");
    assert_int_equal(here->platform->scan(here->platform->context, missing, NULL, &result, &err), WZ_E_NOT_FOUND);
    CHECK_TEXT(err.subject, missing);
    assert_int_not_equal(here->platform->scan(here->platform->context, file, NULL, &result, &err), WZ_OK);
    assert_int_not_equal(here->platform->scan(here->platform->context, "", NULL, &result, &err), WZ_OK);
    wz_scan_result_clear(&result);
    free(missing);
    free(file);
}

/* ---- the bar, and stopping ---- */

typedef struct ear { DWORD thread; unsigned reports, asked, last, cancel_at; bool went_back, elsewhere; } ear;

static void on_report(void *context, const wz_phrase *doing, unsigned permille)
{
    ear *self = context;

    assert_true(doing->id == IDS_DOING_SCAN || doing->id == IDS_DOING_SCAN_LIST);
    self->reports++;
    self->went_back |= permille < self->last || permille > 1000;
    self->elsewhere |= GetCurrentThreadId() != self->thread;
    self->last = permille;
}

static bool on_question(void *context)
{
    ear *self = context;

    self->elsewhere |= GetCurrentThreadId() != self->thread;
    self->asked++;
    return self->cancel_at != 0 && self->asked >= self->cancel_at;
}

static void the_bar_counts_bytes_and_ends_full(void **state)
{
    place            *here = *state;
    ear               heard = { .thread = GetCurrentThreadId() };
    const wz_progress progress = { on_report, on_question, &heard };
    wz_scan_result    result = { 0 };

    for (unsigned i = 0; i < 40; i++) {
        char name[32];

        snprintf(name, sizeof name, "script%02u.cmd", i);
        put_script(here, name);
    }
    assert_int_equal(here->platform->scan(here->platform->context, here->folder, &progress, &result, NULL), WZ_OK);
    assert_int_equal(heard.last, 1000);
    assert_false(heard.went_back);
    assert_false(heard.elsewhere);
    assert_int_equal(result.files, 40);
    wz_scan_result_clear(&result);
}

static void stopping_leaves_what_was_found(void **state)
{
    place            *here = *state;
    char             *path = place_path(here->folder, "script.cmd");
    ear               heard = { .thread = GetCurrentThreadId(), .cancel_at = 1 };
    const wz_progress progress = { on_report, on_question, &heard };
    wz_scan_result    result = { 0 };

    put_script(here, "script.cmd");
    assert_int_equal(here->platform->scan(here->platform->context, here->folder, &progress, &result, NULL),
                     WZ_E_CANCELLED);
    assert_true(result.files <= 1);
    place_delete(path);                                /* nobody holds it any more */
    assert_false(place_exists(path));
    wz_scan_result_clear(&result);
    free(path);
}

/* ---- installers ---- */

static void conditions_of_an_installer_are_read_from_its_tables(void **state)
{
    static const wchar_t *const strict[] = {
        PLACE_LAUNCH_CONDITIONS,
        L"INSERT INTO `LaunchCondition` (`Condition`, `Description`) VALUES ('WindowsBuild = 6002', 'SP2 only')",
        L"CREATE TABLE `Component` (`Component` CHAR(72) NOT NULL, `Condition` CHAR(255) PRIMARY KEY `Component`)",
        L"INSERT INTO `Component` (`Component`, `Condition`) VALUES ('Agent', 'VersionNT=600 AND WindowsBuild=6002')",
    };
    static const wchar_t *const tolerant[] = {
        PLACE_LAUNCH_CONDITIONS,
        L"INSERT INTO `LaunchCondition` (`Condition`, `Description`) VALUES ('WindowsBuild >= 6002', 'SP2 or later')",
    };
    place         *here = *state;
    char          *first = place_path(here->folder, "strict.msi"), *second = place_path(here->folder, "tolerant.msi");
    wz_scan_result result;

    if (!place_installer(first, strict, CHECK_COUNT(strict))) {
        print_message("msi.dll cannot be loaded here: its tables are not read\n");
        free(first);
        free(second);
        return;
    }
    assert_true(place_installer(second, tolerant, CHECK_COUNT(tolerant)));
    result = scan(here);
    assert_int_equal(result.by_kind[WZ_SCAN_INSTALLER], 2);
    assert_int_equal(result.findings.by_grade[WZ_GRADE_B], 2);
    for (size_t i = 0; i < 2; i++)
        CHECK_TEXT(result.findings.items[i].path, first);
    CHECK_TEXT(result.findings.items[0].place, "Component: VersionNT=600 AND WindowsBuild=6002");
    CHECK_TEXT(result.findings.items[1].place, "LaunchCondition: WindowsBuild = 6002");
    place_delete(first);                               /* nor does Windows Installer hold it */
    assert_false(place_exists(first));
    wz_scan_result_clear(&result);
    free(first);
    free(second);
}

/* ---- what names files ---- */

static void command_lines_are_peeled_to_their_files(void **state)
{
    static const struct { const wchar_t *before, *after; const char *files; } rows[] = {
        { L"", L"\\plain.exe", "plain.exe" },
        { L"", L"\\plain.exe /k -x", "plain.exe" },
        { L"\"", L"\\with blank.exe\" /k", "with blank.exe" },
        { L"", L"\\with blank.exe /k", "with blank.exe" },
        { L"", L"\\plain", "plain.exe" },
        { L"\\??\\", L"\\driver.sys", "driver.sys" },
        { L"  \"", L"\\plain.exe", "plain.exe" },
        { L"C:\\no such\\rundll32.exe \"", L"\\part.dll\",Entry", "part.dll" },
        { L"C:\\no.exe ", L"\\part.dll,Entry 7", "part.dll" },
        { L"C:\\no.exe //b \"", L"\\logon script.vbs\" now", "logon script.vbs" },
        { L"", L"\\missing.exe", "" },
        { L"\\\\server\\share", L"\\plain.exe", "" },
        { L"", L"", "" },
        { L"\"", L"", "" },
        { L"*", L"\\plain.exe", "" },
    };
    static const char *const names[] = { "plain.exe", "with blank.exe", "driver.sys", "part.dll", "logon script.vbs" };
    place   *here = *state;
    wchar_t *root = wz_wide_from_utf8(here->folder);

    for (size_t i = 0; i < CHECK_COUNT(names); i++)
        put_script(here, names[i]);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        volatile LONG  is_cancelled = 0;
        wz_scan_result result = { 0 };
        wz_scan_list   list;
        wchar_t       *begin = wz_wide_join(rows[i].before, rows[i].before[0] == L'\\' && rows[i].before[1] == L'\\'
                                                            ? L"" : rows[i].after[0] == L'\0' ? L"" : root);
        wchar_t       *line = wz_wide_join(begin, rows[i].after);
        bool           is_there;

        wz_scan_list_init(&list, &result, &is_cancelled);
        is_there = wz_scan_list_command(&list, WZ_PLACE_SERVICES, L"label", line, true);
        CHECK_ROW(i, is_there == (rows[i].files[0] != '\0'));
        CHECK_ROW(i, list.count == (rows[i].files[0] != '\0'));
        if (list.count > 0) {
            wchar_t *shown = wz_scan_list_shown(&list, 0);
            char    *path = wz_utf8_from_wide(shown);

            CHECK_ROW(i, strcmp(path + strlen(path) - strlen(rows[i].files), rows[i].files) == 0);
            free(path);
            free(shown);
        }
        wz_scan_list_clear(&list);
        wz_scan_result_clear(&result);
        free(begin);
        free(line);
    }
    free(root);
}

int test_scan(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_kind_counts_where_it_belongs, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(a_file_with_two_names_counts_once, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(a_locked_file_is_told_and_one_being_written_is_read, place_setup,
                                        place_teardown),
        cmocka_unit_test_setup_teardown(names_that_few_programs_open_are_scanned, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(a_copy_of_this_program_is_left_out, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_an_error, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(the_bar_counts_bytes_and_ends_full, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(stopping_leaves_what_was_found, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(conditions_of_an_installer_are_read_from_its_tables, place_setup,
                                        place_teardown),
        cmocka_unit_test_setup_teardown(command_lines_are_peeled_to_their_files, place_setup, place_teardown),
    };

    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
