#include "platform/place.h"

#include "platform/context.h"
#include "platform/registry.h"
#include "platform/system_dll.h"
#include "platform/wide.h"
#include "platform/windows.h"

#define RUN_ONCE L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\RunOnce"

static char *data_folder(const wz_platform *platform)
{
    wz_text path = { 0 };

    assert_int_equal(platform->data_folder(platform->context, &path, NULL), WZ_OK);
    return wz_text_take(&path);
}

static void the_data_folder_is_made_by_the_claim_and_found_again(void **state)
{
    wz_platform *first = wz_windows_create();
    wz_platform *second = wz_windows_create();
    char        *one = data_folder(first);
    char        *two, *again;

    (void)state;
    assert_false(place_exists(one));                   /* looking leaves no trace */
    assert_int_equal(first->claim(first->context, NULL), WZ_OK);
    assert_true(place_exists(one));
    first->release(first->context);
    two = data_folder(second);
    again = data_folder(first);
    CHECK_CONTAINS(one, "\\Build6003Wizard");
    CHECK_TEXT(two, one);
    CHECK_TEXT(again, one);
    place_remove_tree(one);
    free(again);
    free(two);
    free(one);
    wz_windows_free(second);
    wz_windows_free(first);
}

static void only_one_instance_may_install(void **state)
{
    wz_platform *first = wz_windows_create();
    wz_platform *second = wz_windows_create();
    wz_error     error = { 0 };

    (void)state;
    assert_int_equal(first->claim(first->context, NULL), WZ_OK);
    assert_int_equal(first->claim(first->context, NULL), WZ_OK);
    assert_int_equal(second->claim(second->context, &error), WZ_E_BUSY);
    assert_int_equal(error.status, WZ_E_BUSY);
    first->release(first->context);
    assert_int_equal(second->claim(second->context, NULL), WZ_OK);
    wz_windows_free(second);                           /* lets go of it */
    assert_int_equal(first->claim(first->context, NULL), WZ_OK);
    wz_windows_free(first);
}

static DWORD WINAPI installer_main(void *argument)
{
    HANDLE *events = argument;
    HANDLE  mutex = CreateMutexW(NULL, TRUE, L"Global\\_MSIExecute");

    SetEvent(events[0]);
    WaitForSingleObject(events[1], INFINITE);
    ReleaseMutex(mutex);
    CloseHandle(mutex);
    return 0;
}

static void a_busy_windows_installer_is_waited_for(void **state)
{
    wz_platform *platform = wz_windows_create();
    HANDLE       events[2] = { CreateEventW(NULL, FALSE, FALSE, NULL), CreateEventW(NULL, FALSE, FALSE, NULL) };
    HANDLE       thread = CreateThread(NULL, 0, installer_main, events, 0, NULL);
    wz_error     error = { 0 };

    (void)state;
    WaitForSingleObject(events[0], INFINITE);
    assert_int_equal(platform->claim(platform->context, &error), WZ_E_BUSY);
    assert_int_equal(error.os_code, ERROR_INSTALL_ALREADY_RUNNING);
    SetEvent(events[1]);
    WaitForSingleObject(thread, INFINITE);
    assert_int_equal(platform->claim(platform->context, &error), WZ_OK);
    CloseHandle(thread);
    CloseHandle(events[0]);
    CloseHandle(events[1]);
    wz_windows_free(platform);
}

static char *run_once(void)                            /* owned; NULL when there is none */
{
    char *value = NULL;
    HKEY  key;

    if (wz_registry_open(RUN_ONCE, &key) == ERROR_SUCCESS) {
        wz_registry_text(key, L"Build6003Wizard", &value);
        RegCloseKey(key);
    }
    return value;
}

static void check_same_bytes(const wz_platform *platform, const char *a, const char *b)
{
    wz_text first = { 0 }, second = { 0 };

    assert_int_equal(platform->read_file(platform->context, a, 64u << 20, &first, NULL), WZ_OK);
    assert_int_equal(platform->read_file(platform->context, b, 64u << 20, &second, NULL), WZ_OK);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.at, second.at, first.length);
    wz_text_clear(&first);
    wz_text_clear(&second);
}

static void the_resume_runs_a_copy_with_the_switches(void **state)
{
    wz_platform *platform = wz_windows_create();
    char        *folder = data_folder(platform);
    char        *copy = place_path(folder, "Build6003Wizard.exe");
    wchar_t      own[MAX_PATH];
    char        *own_path, *value;
    wz_text      want = { 0 };

    (void)state;
    assert_int_equal(platform->arrange_resume(platform->context, "/resume /quiet", NULL), WZ_OK);
    assert_int_equal(platform->arrange_resume(platform->context, "/continue", NULL), WZ_OK);
    wz_text_add(&want, "\"");
    wz_text_add(&want, copy);
    wz_text_add(&want, "\" /continue");
    value = run_once();
    CHECK_TEXT(value, wz_text_at(&want));
    free(value);
    assert_true(GetModuleFileNameW(NULL, own, CHECK_COUNT(own)) > 0);
    own_path = wz_utf8_from_wide(own);
    check_same_bytes(platform, own_path, copy);
    free(own_path);
    platform->cancel_resume(platform->context);
    platform->cancel_resume(platform->context);
    assert_null(run_once());
    wz_text_clear(&want);
    free(copy);
    place_remove_tree(folder);
    free(folder);
    wz_windows_free(platform);
}

static void a_resume_that_windows_would_not_run_is_refused(void **state)
{
    wz_platform *platform = wz_windows_create();
    char        *folder = data_folder(platform);
    wz_error     error = { 0 };
    char         switches[300];

    (void)state;
    memset(switches, 'x', sizeof switches - 1);
    switches[sizeof switches - 1] = '\0';
    assert_int_equal(platform->arrange_resume(platform->context, switches, &error), WZ_E_LIMIT);
    assert_null(run_once());
    place_remove_tree(folder);
    free(folder);
    wz_windows_free(platform);
}

static void only_updates_are_given_to_an_installer(void **state)
{
    static const char *const names[] = { "setup.exe", "notes.txt", "msu", "" };
    wz_platform *platform = wz_windows_create();

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        wz_file           file = { .path = wz_copy("C:\\missing"), .name = wz_copy(names[i]) };
        wz_install_result result = { .started = true };

        platform->install(platform->context, &file, &result);
        CHECK_ROW(i, !result.started && result.code == ERROR_NOT_SUPPORTED);
        wz_file_clear(&file);
    }
    wz_windows_free(platform);
}

static void the_installer_is_run_and_its_code_kept(void **state)
{
    wz_platform      *platform = wz_windows_create();
    wz_file           file = { .path = wz_copy("C:\\no such file.msu"), .name = wz_copy("no such file.msu") };
    wz_install_result result = { 0 };

    (void)state;
    platform->install(platform->context, &file, &result);
    assert_true(result.started);                       /* wusa.exe of the machine's own System32 */
    assert_int_not_equal(result.code, 0);
    wz_file_clear(&file);
    wz_windows_free(platform);
}

/* Wine has no pkgmgr.exe. */
static void an_installer_that_is_missing_is_reported(void **state)
{
    wz_platform      *platform = wz_windows_create();
    wchar_t          *program = wz_native_path(L"pkgmgr.exe");
    wz_file           file = { .path = wz_copy("C:\\x.cab"), .name = wz_copy("x.cab") };
    wz_install_result result = { .started = true };

    (void)state;
    if (GetFileAttributesW(program) == INVALID_FILE_ATTRIBUTES) {
        platform->install(platform->context, &file, &result);
        assert_false(result.started);
        assert_int_equal(result.code, ERROR_FILE_NOT_FOUND);
    }
    free(program);
    wz_file_clear(&file);
    wz_windows_free(platform);
}

static void digests_and_clocks_are_sane(void **state)
{
    wz_platform *platform = wz_windows_create();
    char         got[65];
    uint64_t     ticks = platform->ticks_ms(platform->context);
    wz_time      now = platform->now(platform->context);

    (void)state;
    platform->sha256(platform->context, (wz_view){ "abc", 3 }, got);
    CHECK_TEXT(got, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    /* Wine's ticks are those of its server, which may be late on a busy machine. */
    for (int i = 0; i < 600 && platform->ticks_ms(platform->context) < ticks + 40; i++)
        platform->pause(platform->context, 50);
    assert_true(platform->ticks_ms(platform->context) >= ticks + 40);
    assert_true(now >= 1767225600);                    /* 2026: this program did not exist before */
    assert_true(platform->now(platform->context) >= now);
    platform->keep_awake(platform->context, true);
    platform->keep_awake(platform->context, false);
    wz_windows_free(platform);
    wz_windows_free(NULL);
}

/* As Windows tells the time: the test machine's zone may be any. */
static void local_time_is_as_far_away_as_windows_says(void **state)
{
    wz_platform *platform = wz_windows_create();
    wz_time      now = platform->now(platform->context);
    int          minutes = platform->local_minutes(platform->context, now);
    SYSTEMTIME   utc = { 0 }, local = { 0 };
    FILETIME     one, other;
    ULARGE_INTEGER from, to;

    (void)state;
    GetSystemTime(&utc);
    assert_true(SystemTimeToTzSpecificLocalTime(NULL, &utc, &local));
    assert_true(SystemTimeToFileTime(&utc, &one) && SystemTimeToFileTime(&local, &other));
    from = (ULARGE_INTEGER){ { one.dwLowDateTime, one.dwHighDateTime } };
    to = (ULARGE_INTEGER){ { other.dwLowDateTime, other.dwHighDateTime } };
    assert_int_equal(minutes, (int)((int64_t)(to.QuadPart - from.QuadPart) / 600000000ll));
    assert_true(minutes > -15 * 60 && minutes < 15 * 60);
    wz_windows_free(platform);
}

static void a_missing_resource_is_empty_and_not_a_crash(void **state)
{
    wz_platform *platform = wz_windows_create();
    wz_view      view = platform->resource(platform->context, WZ_RESOURCE_CATALOGUE);

    (void)state;
    assert_non_null(view.at);
    assert_int_equal(view.length, 0);                  /* the test program carries no resources */
    wz_windows_free(platform);
}

/* Wine's tables have the Win32 codes; NTSTATUS and those of the update agent are Windows' own (not proved here). */
static void windows_is_asked_what_a_code_means(void **state)
{
    static const uint32_t known[] = { 5, 1603, 0x80070643u, 0x80070005u };
    wz_platform          *platform = wz_windows_create();
    wz_text               text = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(known); i++) {
        platform->system_text(platform->context, known[i], &text);
        CHECK_ROW(i, text.length > 0 && text.at[text.length - 1] > ' ' && strpbrk(text.at, "\r\n") == NULL);
        wz_text_clear(&text);
    }
    platform->system_text(platform->context, 0x87FF1234u, &text);
    assert_int_equal(text.length, 0);
    wz_windows_free(platform);
}

static void the_current_folder_is_no_place_for_dlls(void **state)
{
    wchar_t folder[MAX_PATH] = L"unchanged";

    (void)state;
    wz_platform_harden();
    assert_int_equal(GetDllDirectoryW(MAX_PATH, folder), 0);
    CHECK_ROW(0, folder[0] == L'\0');
    assert_int_equal(GetErrorMode() & SEM_FAILCRITICALERRORS, SEM_FAILCRITICALERRORS);
    assert_null(wz_system_function(L"no such library.dll", "x"));
    assert_null(wz_system_function(L"kernel32.dll", "NoSuchFunction"));
    assert_non_null(wz_system_function(L"kernel32.dll", "GetTickCount"));
}

/* Only what the loader says: that a loaded name is not looked for again is Windows' own promise (LoadLibraryEx). */
static void what_windows_loads_later_is_loaded_from_the_system_folder(void **state)
{
    static const wchar_t *const names[] = { L"uxtheme.dll", L"version.dll", L"bcrypt.dll", L"wintrust.dll",
                                            L"oleacc.dll" };
    wchar_t system[MAX_PATH], path[MAX_PATH];

    (void)state;
    GetSystemDirectoryW(system, MAX_PATH);
    wz_system_preload();
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        HMODULE module = GetModuleHandleW(names[i]);

        if (module == NULL && LoadLibraryW(names[i]) == NULL) {  /* as an x86 program in a 64-bit Wine 8 */
            print_message("%ls does not load here\n", names[i]);
            continue;
        }
        CHECK_ROW(i, module != NULL && GetModuleFileNameW(module, path, MAX_PATH) > 0);
        CHECK_ROW(i, _wcsnicmp(path, system, wcslen(system)) == 0);
    }
}

int test_windows(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_data_folder_is_made_by_the_claim_and_found_again),
        cmocka_unit_test(windows_is_asked_what_a_code_means),
        cmocka_unit_test(only_one_instance_may_install),
        cmocka_unit_test(a_busy_windows_installer_is_waited_for),
        cmocka_unit_test(the_resume_runs_a_copy_with_the_switches),
        cmocka_unit_test(a_resume_that_windows_would_not_run_is_refused),
        cmocka_unit_test(only_updates_are_given_to_an_installer),
        cmocka_unit_test(the_installer_is_run_and_its_code_kept),
        cmocka_unit_test(an_installer_that_is_missing_is_reported),
        cmocka_unit_test(digests_and_clocks_are_sane),
        cmocka_unit_test(local_time_is_as_far_away_as_windows_says),
        cmocka_unit_test(a_missing_resource_is_empty_and_not_a_crash),
        cmocka_unit_test(the_current_folder_is_no_place_for_dlls),
        cmocka_unit_test(what_windows_loads_later_is_loaded_from_the_system_folder),
    };

    return cmocka_run_group_tests_name("windows", tests, NULL, NULL);
}
