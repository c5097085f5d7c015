/*
 * Each function that is asked for at run time, taken away in turn: what late.h promises is what happens.
 *
 * The linker puts __wrap_wz_late in the place of wz_late (Makefile, HIDE). A promise is checked with all functions
 * there as well, so that a check which sees no difference fails.
 */
#include "platform/probed.h"

#include "make_cab.h"
#include "platform/cabinet.h"
#include "platform/digest.h"
#include "platform/file_version.h"
#include "platform/late.h"
#include "platform/paper.h"
#include "platform/scan_look.h"
#include "platform/signature.h"
#include "platform/wide.h"
#include "platform/windows.h"
#include "resource.h"

#define DRIVER  L"SYSTEM\\CurrentControlSet\\Services\\WzTestDriver"
#define CATROOT "{F750E6C3-38EE-11D1-85E5-00C04FC295EE}"

wz_function __real_wz_late(wz_late_function which);
wz_function __wrap_wz_late(wz_late_function which);
void        __real_wz_system_preload(void);
void        __wrap_wz_system_preload(void);

static wz_late_function hidden = WZ_LATE_COUNT;
static unsigned         asked[WZ_LATE_COUNT], preloads;

wz_function __wrap_wz_late(wz_late_function which)
{
    asked[which]++;
    return which == hidden ? NULL : __real_wz_late(which);
}

void __wrap_wz_system_preload(void)
{
    preloads++;
    __real_wz_system_preload();
}

/* ---- the promises; is_hidden: without the function, else with all of them ---- */

static void without_PRELOAD(bool is_hidden)
{
    preloads = 0;
    wz_platform_harden();
    assert_int_equal(preloads, is_hidden ? 1 : 0);
}

/* The fact cannot be read, with a code; or the probe has an answer. */
static void check_fact(probed_run run, wz_fact_id id, bool is_hidden)
{
    wz_snapshot   *snapshot = probed_ask(run);
    const wz_fact *fact = &snapshot->facts[id];

    if (is_hidden != (fact->state == WZ_FACT_UNREADABLE) || is_hidden != (fact->os_code != 0))
        fail_msg("%s is %d, code %u", wz_fact_name(id), (int)fact->state, (unsigned)fact->os_code);
    wz_snapshot_free(snapshot);
}

static void without_NO_VERSION(bool is_hidden)
{
    check_fact(wz_probe_version, WZ_FACT_VERSION_API, is_hidden);
    check_fact(wz_probe_version, WZ_FACT_SERVICE_PACK, is_hidden);
    check_fact(wz_probe_version, WZ_FACT_PRODUCT_TYPE, is_hidden);
    check_fact(wz_probe_version, WZ_FACT_VERSION_REGISTRY, false);
}

static void without_NO_SHIM(bool is_hidden)
{
    check_fact(wz_probe_version, WZ_FACT_VERSION_SHIM, is_hidden);
}

static void without_NO_START(bool is_hidden)
{
    check_fact(wz_probe_computer, WZ_FACT_BOOT_TIME, is_hidden);
}

static void without_NO_DOMAIN(bool is_hidden)
{
    check_fact(wz_probe_computer, WZ_FACT_COMPUTER_DOMAIN, is_hidden);
}

static unsigned version_of_kernel32(void)
{
    wchar_t         *path = wz_windows_path(L"System32\\kernel32.dll");
    VS_FIXEDFILEINFO info;
    unsigned         code = wz_file_version(path, &info);

    free(path);
    return code;
}

static void without_PLAIN(bool is_hidden)
{
    asked[WZ_LATE_GetFileVersionInfoW] = 0;
    assert_int_equal(version_of_kernel32(), ERROR_SUCCESS);
    assert_int_equal(asked[WZ_LATE_GetFileVersionInfoW], is_hidden ? 1 : 0);
}

static void without_NO_STRINGS(bool is_hidden)
{
    wchar_t   *path = wz_windows_path(L"System32\\kernel32.dll");
    wz_scanned file = { 0 };

    wz_look_version(path, &file);
    assert_true((file.product == NULL && file.company == NULL && file.version == NULL) == is_hidden);
    free(file.product);
    free(file.company);
    free(file.version);
    free(path);
}

static void without_NO_RESOURCE(bool is_hidden)
{
    assert_int_equal(version_of_kernel32(), is_hidden ? ERROR_PROC_NOT_FOUND : ERROR_SUCCESS);
    without_NO_STRINGS(is_hidden);
}

/* Wine has no loaded drivers to tell of; a registered one is listed in any case. */
static void without_REGISTERED(bool is_hidden)
{
    static const wchar_t image[] = L"System32\\kernel32.dll";
    wz_scan_result       result = { 0 };
    volatile LONG        is_cancelled = 0;
    wz_scan_list         list;
    bool                 is_listed = false;

    place_key(DRIVER);
    place_number(DRIVER, L"Type", 1);
    place_value(DRIVER, L"ImagePath", REG_EXPAND_SZ, image, sizeof image);
    asked[WZ_LATE_EnumDeviceDrivers] = 0;
    wz_scan_list_init(&list, &result, &is_cancelled);
    wz_scan_list_machine(&list);
    for (size_t i = 0; i < list.count; i++)
        is_listed |= list.files[i].place == WZ_PLACE_DRIVERS
                  && _wcsicmp(list.names + list.files[i].name, L"kernel32.dll") == 0;
    wz_scan_list_clear(&list);
    wz_scan_result_clear(&result);
    place_key_remove(DRIVER);
    assert_true(is_listed);
    assert_int_equal(asked[WZ_LATE_EnumDeviceDrivers], 1);
    (void)is_hidden;
}

static void without_NO_DIGEST(bool is_hidden)
{
    wz_platform *platform = wz_windows_create();
    wz_error     err = { 0 };
    char         text[65] = "unchanged", sum[65];
    wz_status    status = wz_digest_bytes((wz_view){ "abc", 3 }, text, &err);

    platform->sha256(platform->context, (wz_view){ "abc", 3 }, sum);
    assert_int_equal(status, is_hidden ? WZ_E_SYSTEM : WZ_OK);
    assert_int_equal(err.os_code, is_hidden ? 0xC0000135u : 0);
    assert_int_equal(strlen(sum), is_hidden ? 0 : 64);
    if (is_hidden)
        CHECK_TEXT(text, "unchanged");
    wz_windows_free(platform);
}

static wz_file signature_of(const char *path, bool of_windows)
{
    wz_file  file = { .name = wz_copy("file") };
    wchar_t *wide = wz_wide_path(path);
    HANDLE   handle = place_open(path, GENERIC_READ, FILE_SHARE_READ);

    assert_true(handle != INVALID_HANDLE_VALUE);
    if (of_windows)
        wz_signature_check_windows(wide, handle, &file);
    else
        wz_signature_check(wide, handle, &file);
    CloseHandle(handle);
    free(wide);
    return file;
}

static void check_signature(const char *path, bool of_windows, bool is_hidden)
{
    wz_file file = signature_of(path, of_windows);

    assert_true((file.signature == WZ_SIGNATURE_NOT_CHECKED) == is_hidden);
    if (is_hidden)
        assert_int_equal(file.signature_code, ERROR_PROC_NOT_FOUND);
    wz_file_clear(&file);
}

static void without_NO_TRUST(bool is_hidden)
{
    check_signature("tests/data/signature/signed.cab", false, is_hidden);
    check_signature("tests/data/signature/unsigned.cab", false, is_hidden);
    check_signature("tests/data/signature/signed.cab", true, is_hidden);
}

/* Only where Windows has catalogues; the folder is made here. */
static void without_NO_LISTS(bool is_hidden)
{
    wchar_t *root = wz_native_path(L"CatRoot"), *own = wz_native_path(L"CatRoot\\" CATROOT);
    bool     had_root = !CreateDirectoryW(root, NULL), had_own = !CreateDirectoryW(own, NULL);

    if (__real_wz_late(WZ_LATE_WinVerifyTrust) != NULL)
        check_signature("tests/data/signature/signed.cab", true, false);
    check_signature("tests/data/signature/unsigned.cab", true, is_hidden);
    if (!had_own)
        RemoveDirectoryW(own);
    if (!had_root)
        RemoveDirectoryW(root);
    free(own);
    free(root);
}

static void without_NO_CABINET(bool is_hidden)
{
    static const cab_member members[] = { CAB_TEXT("update.mum", "<assembly/>") };
    wz_text    bytes = cab_make(members, CHECK_COUNT(members));
    char      *folder = place_create(), *path = place_path(folder, "x.cab");
    wz_content content = { 0 };
    HANDLE     file;

    place_write(path, wz_text_at(&bytes), bytes.length);
    file = place_open(path, GENERIC_READ, FILE_SHARE_READ);
    assert_int_equal(wz_cabinet_examine(file, "x.cab", bytes.length, NULL, &content), WZ_OK);
    CloseHandle(file);
    assert_true((content.error.status == WZ_E_SYSTEM) == is_hidden);
    assert_true((content.error.reason == IDS_CABINET_LIBRARY) == is_hidden);
    wz_content_clear(&content);
    wz_text_clear(&bytes);
    place_remove(folder);
    free(path);
}

static void without_TEXTS(bool is_hidden)
{
    static const wchar_t *const queries[] = {
        PLACE_LAUNCH_CONDITIONS,
        L"INSERT INTO `LaunchCondition` (`Condition`, `Description`) VALUES ('WindowsBuild = 6002', 'SP2 only')",
    };
    char       *folder = place_create(), *path = place_path(folder, "x.msi");
    wchar_t    *wide = wz_wide_path(path);
    wz_findings findings = { 0 };

    if (place_installer(path, queries, CHECK_COUNT(queries))) {
        wz_look_msi(wide, "x.msi", &findings);
        assert_int_equal(findings.count, is_hidden ? 0 : 1);
    }
    wz_findings_clear(&findings);
    place_remove(folder);
    free(wide);
    free(path);
}

static wz_status find_printer(const char *name, wz_error *err)
{
    wz_text   found = { 0 };
    wz_status status = wz_printer_find(name, &found, err);

    wz_text_clear(&found);
    return status;
}

static void without_NO_PRINTER(bool is_hidden)
{
    wz_error err = { 0 };

    assert_int_equal(find_printer("no such printer", &err), is_hidden ? WZ_E_SYSTEM : WZ_E_NOT_FOUND);
    assert_int_equal(err.reason, is_hidden ? IDS_PRINT_SPOOLER : 0);
}

/* Whether this Wine has a printer depends on where it runs. */
static void without_NO_DEFAULT(bool is_hidden)
{
    wz_error err = { 0 };

    assert_int_equal(find_printer("no such printer", &err), WZ_E_NOT_FOUND);
    if (is_hidden)
        assert_int_equal(find_printer(NULL, &err), WZ_E_NOT_FOUND);
}

/* ---- */

static const struct { wz_late_function which; const wchar_t *dll; const char *name; void (*without)(bool); } rows[] = {
#define ROW(dll, function, since, without) { WZ_LATE_##function, dll, #function, without_##without },
    WZ_LATE_ROWS(ROW)
#undef ROW
};

/* Wine's mode for x86 programs on a 64-bit Wine (8.0) has not all of the DLLs; then only the lack of them is seen. */
static bool all_are_there(void (*without)(bool))
{
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        if (rows[i].without == without && __real_wz_late(rows[i].which) == NULL)
            return false;
    return true;
}

static void every_function_is_done_without_as_promised(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        bool is_there = all_are_there(rows[i].without);

        print_message("  %-13ls %-36s%s\n", rows[i].dll, rows[i].name, is_there ? "" : " is not here");
        if (is_there)
            rows[i].without(false);
        hidden = rows[i].which;
        asked[hidden] = 0;
        rows[i].without(true);
        assert_true(!is_there || asked[hidden] > 0);
        hidden = WZ_LATE_COUNT;
    }
}

static void every_function_comes_from_the_system_folder(void **state)
{
    wchar_t system[MAX_PATH], path[MAX_PATH];

    (void)state;
    GetSystemDirectoryW(system, MAX_PATH);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        HMODULE module = NULL;

        if (__real_wz_late(rows[i].which) == NULL)
            continue;
        module = GetModuleHandleW(rows[i].dll);
        CHECK_ROW(i, module != NULL && GetModuleFileNameW(module, path, MAX_PATH) > 0);
        CHECK_ROW(i, _wcsnicmp(path, system, wcslen(system)) == 0);
    }
}

static int show_all(void **state)
{
    (void)state;
    hidden = WZ_LATE_COUNT;
    return 0;
}

int test_late(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_function_is_done_without_as_promised, show_all),
        cmocka_unit_test(every_function_comes_from_the_system_folder),
    };

    return cmocka_run_group_tests_name("late", tests, NULL, NULL);
}
