/* The probes of this machine, a Windows Server 2008 SP2 in Wine; see also test_probe_pending.c, test_probe_groups.c. */
#include "platform/probed.h"

#include "platform/system_dll.h"
#include "platform/wide.h"

#define WINDOWS   L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\"
#define SERVICING WINDOWS L"Component Based Servicing"
#define SHA2      WINDOWS L"Servicing\\Codesigning\\SHA2"

static void every_fact_is_answered_with_source_and_time(void **state)
{
    static const char *const starts[] = { "API ", "registry HKLM\\", "file C:\\", "WMI " };
    wz_snapshot *snapshot = NULL;
    wz_time      before = wz_windows_time();

    (void)state;
    assert_int_equal(wz_probe(NULL, &snapshot, NULL), WZ_OK);
    for (size_t i = 0; i < WZ_FACT_COUNT; i++) {
        const wz_fact *fact = &snapshot->facts[i];
        bool           has_start = false;

        CHECK_ROW(i, fact->state != WZ_FACT_NOT_ASKED);
        CHECK_ROW(i, fact->source != NULL);
        for (size_t start = 0; start < CHECK_COUNT(starts); start++)
            has_start = has_start || strncmp(fact->source, starts[start], strlen(starts[start])) == 0;
        CHECK_ROW(i, has_start);
        CHECK_ROW(i, fact->time >= before && fact->time <= wz_windows_time());
        CHECK_ROW(i, (fact->state == WZ_FACT_KNOWN) == (fact->value != NULL));
    }
    assert_true(snapshot->taken >= before && snapshot->taken <= wz_windows_time());
    wz_snapshot_free(snapshot);
}

static void the_version_is_the_one_this_windows_has(void **state)
{
    static const wz_fact_id sources[] = { WZ_FACT_VERSION_API, WZ_FACT_VERSION_SHIM, WZ_FACT_VERSION_REGISTRY,
                                          WZ_FACT_VERSION_WMI };
    wz_snapshot *snapshot = NULL;
    wz_version   kernel;

    (void)state;
    assert_int_equal(wz_probe(NULL, &snapshot, NULL), WZ_OK);
    for (size_t i = 0; i < CHECK_COUNT(sources); i++) {
        /* Wine's mode for x86 programs on a 64-bit Wine (8.0) cannot load the client of WMI */
        if (wz_is_wow64() && snapshot->facts[sources[i]].state == WZ_FACT_UNREADABLE &&
            strncmp(snapshot->facts[sources[i]].source, "WMI ", 4) == 0)
            print_message("WMI does not answer an x86 program here: code %08x\n", snapshot->facts[sources[i]].os_code);
        else
            CHECK_TEXT(wz_snapshot_text(snapshot, sources[i]), "6.0.6002");
    }
    assert_true(wz_snapshot_version(snapshot, WZ_FACT_VERSION_KERNEL, &kernel));
    assert_int_not_equal(kernel.revision, 0);
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_SERVICE_PACK), "Service Pack 2");
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_SERVICE_PACK_MAJOR), "2");
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_PRODUCT_TYPE), "3");
    /* the machine's own, from an x86 program on a 64-bit Windows too */
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_ARCHITECTURE), sizeof(void *) == 8 || wz_is_wow64() ? "x64" : "x86");
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_SERVER_CORE), "0");
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_ADMINISTRATOR), "1");
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_REMOTE_SESSION), "0");
    wz_snapshot_free(snapshot);
}

static void the_registry_is_read_anew_each_time(void **state)
{
    static const wchar_t path[] = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

    (void)state;
    place_value(path, L"CurrentBuildNumber", REG_SZ, L"6003", sizeof L"6003");
    probed_check(wz_probe_version, WZ_FACT_VERSION_REGISTRY, "6.0.6003");
    place_value(path, L"CurrentBuildNumber", REG_SZ, L"6002", sizeof L"6002");
    probed_check(wz_probe_version, WZ_FACT_VERSION_REGISTRY, "6.0.6002");
    probed_check(wz_probe_version, WZ_FACT_BUILD_LAB, NULL);
    place_value(path, L"BuildLab", REG_SZ, L"6002.a", sizeof L"6002.a");
    probed_check(wz_probe_version, WZ_FACT_BUILD_LAB, "6002.a");
    place_value(path, L"BuildLabEx", REG_SZ, L"6002.b", sizeof L"6002.b");
    probed_check(wz_probe_version, WZ_FACT_BUILD_LAB, "6002.b");
    place_value_remove(path, L"BuildLab");
    place_value_remove(path, L"BuildLabEx");
}

static void a_version_that_is_none_is_not_readable(void **state)
{
    static const wchar_t path[] = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    static const struct { DWORD type; const void *bytes; size_t length; } rows[] = {
        { REG_SZ,    L"6oo3",           sizeof L"6oo3" },
        { REG_SZ,    L"",               sizeof L"" },
        { REG_SZ,    L"6002\xD800",     sizeof L"6002\xD800" },
        { REG_DWORD, "\x72\x17\0\0",    4 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot;

        place_value(path, L"CurrentBuildNumber", rows[i].type, rows[i].bytes, rows[i].length);
        snapshot = probed_ask(wz_probe_version);
        place_value(path, L"CurrentBuildNumber", REG_SZ, L"6002", sizeof L"6002");
        CHECK_ROW(i, snapshot->facts[WZ_FACT_VERSION_REGISTRY].state == WZ_FACT_UNREADABLE);
        CHECK_ROW(i, snapshot->facts[WZ_FACT_VERSION_REGISTRY].os_code == ERROR_INVALID_DATA);
        wz_snapshot_free(snapshot);
    }
}

static void a_boot_time_stays_until_the_next_boot(void **state)
{
    wz_snapshot *first = probed_ask(wz_probe_computer);
    wz_snapshot *second;
    wz_time      boot = 0;

    (void)state;
    Sleep(1100);
    second = probed_ask(wz_probe_computer);
    CHECK_TEXT(wz_snapshot_text(second, WZ_FACT_BOOT_TIME), wz_snapshot_text(first, WZ_FACT_BOOT_TIME));
    assert_true(wz_time_parse(wz_snapshot_text(first, WZ_FACT_BOOT_TIME), &boot));
    assert_true(boot > 0 && boot <= wz_windows_time());
    assert_non_null(wz_snapshot_text(first, WZ_FACT_MACHINE_ID));
    assert_non_null(wz_snapshot_text(first, WZ_FACT_COMPUTER_NAME));
    wz_snapshot_free(first);
    wz_snapshot_free(second);
}

static void sha2_support_and_start_types_are_numbers(void **state)
{
    (void)state;
    place_number(SHA2, L"SHA2-Codesigning-Support", 1);
    place_number(SHA2, L"SHA2-Core-Codesigning-Support", 0);
    probed_check(wz_probe_servicing, WZ_FACT_SHA2_SUPPORT, "1");
    probed_check(wz_probe_servicing, WZ_FACT_SHA2_CORE_SUPPORT, "0");
    place_key_remove(SHA2);
    probed_check(wz_probe_servicing, WZ_FACT_SHA2_SUPPORT, NULL);
    place_number(L"SYSTEM\\CurrentControlSet\\Services\\TrustedInstaller", L"Start", 4);
    probed_check(wz_probe_servicing, WZ_FACT_START_INSTALLER, "4");
    place_key_remove(L"SYSTEM\\CurrentControlSet\\Services\\TrustedInstaller");
    probed_check(wz_probe_servicing, WZ_FACT_START_INSTALLER, NULL);
}

/* As numbers: 6.0.6003.20484 is above 6.0.6002.18005 and 6.0.6002.9. */
static void the_highest_folder_is_the_stack(void **state)
{
    (void)state;
    probed_folder("servicing");
    probed_check(wz_probe_servicing, WZ_FACT_STACK_VERSION, NULL);
    probed_folder("servicing\\Version");
    probed_check(wz_probe_servicing, WZ_FACT_STACK_VERSION, NULL);
    probed_folder("servicing\\Version\\6.0.6002.18005");
    probed_folder("servicing\\Version\\6.0.6002.9");
    probed_folder("servicing\\Version\\9 is no version");
    probed_check(wz_probe_servicing, WZ_FACT_STACK_VERSION, "6.0.6002.18005");
    probed_folder("servicing\\Version\\6.0.6003.20484");
    probed_check(wz_probe_servicing, WZ_FACT_STACK_VERSION, "6.0.6003.20484");
    probed_folder_remove("servicing\\Version");
}

static void manifests_that_name_an_update_are_listed(void **state)
{
    static const char *const names[] = {
        "Package_for_KB4493730~31bf3856ad364e35~amd64~~6.0.1.0.mum",
        "package_1_for_kb4474419_server~31bf3856ad364e35~amd64~~6.0.1.2.MUM",
        "Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~6.0.6001.18000.mum",
        "Package_for_KB4493730~31bf3856ad364e35~amd64~~6.0.1.0.cat",
    };
    static const char first[] = "package_for_kb4493730~31bf3856ad364e35~amd64~~6.0.1.0";
    static const char second[] = "package_1_for_kb4474419_server~31bf3856ad364e35~amd64~~6.0.1.2";
    wz_snapshot *snapshot;

    (void)state;
    probed_check(wz_probe_manifests, WZ_FACT_MANIFESTS, NULL);
    probed_folder("servicing");
    probed_folder("servicing\\Packages");
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        char *folder = probed_path("servicing\\Packages");
        char *path = place_path(folder, names[i]);

        place_write(path, "", 0);
        free(path);
        free(folder);
    }
    snapshot = probed_ask(wz_probe_manifests);
    probed_folder_remove("servicing\\Packages");
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_MANIFESTS), "2");
    assert_int_equal(snapshot->manifest_count, 2);
    for (size_t i = 0; i < snapshot->manifest_count; i++)
        CHECK_ROW(i, strcmp(snapshot->manifests[i], first) == 0 || strcmp(snapshot->manifests[i], second) == 0);
    wz_snapshot_free(snapshot);
}

static int32_t state_of(const wz_snapshot *snapshot, const char *start)
{
    for (size_t i = 0; i < snapshot->package_count; i++)
        if (strncmp(snapshot->packages[i].name, start, strlen(start)) == 0)
            return snapshot->packages[i].state;
    return -9999;
}

static void packages_come_with_their_raw_state(void **state)
{
    static const struct { const wchar_t *name; const char *start; DWORD value; int32_t want; } rows[] = {
        { L"Package_for_KB4493730~31bf3856ad364e35~amd64~~6.0.1.0", "Package_for_KB4493730~", 0x70, 112 },
        { L"Package_for_KB4474419~31bf3856ad364e35~amd64~~6.0.1.2", "Package_for_KB4474419~", 0x60, 96 },
        { L"Package_for_KB1~31bf3856ad364e35~amd64~~6.0.1.0",       "Package_for_KB1~", 0xFFFFFF90, -112 },
        { L"Package_for_KB2~31bf3856ad364e35~amd64~~6.0.1.0",       "Package_for_KB2~", 7, 7 },
    };
    wz_snapshot *snapshot;

    (void)state;
    probed_check(wz_probe_packages, WZ_FACT_PACKAGES, NULL);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wchar_t *path = wz_wide_join(SERVICING L"\\Packages\\", rows[i].name);

        place_number(path, L"CurrentState", rows[i].value);
        free(path);
    }
    place_key(SERVICING L"\\Packages\\Package_for_KB3~without a state");
    snapshot = probed_ask(wz_probe_packages);
    place_key_remove(SERVICING L"\\Packages");
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_PACKAGES), "4");
    assert_int_equal(snapshot->package_count, 4);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        CHECK_ROW(i, state_of(snapshot, rows[i].start) == rows[i].want);
    wz_snapshot_free(snapshot);
}

static void a_package_with_a_damaged_state_makes_the_list_unreadable(void **state)
{
    wz_snapshot *snapshot;

    (void)state;
    place_value(SERVICING L"\\Packages\\a", L"CurrentState", REG_SZ, L"112", sizeof L"112");
    snapshot = probed_ask(wz_probe_packages);
    place_key_remove(SERVICING L"\\Packages");
    assert_int_equal(snapshot->facts[WZ_FACT_PACKAGES].state, WZ_FACT_UNREADABLE);
    assert_int_equal(snapshot->facts[WZ_FACT_PACKAGES].os_code, ERROR_INVALID_DATA);
    wz_snapshot_free(snapshot);
}

/* What an earlier run that failed may have left. */
static int leftovers_remove(void **state)
{
    (void)state;
    place_key_remove(SERVICING L"\\Packages");
    place_key_remove(SHA2);
    place_key_remove(L"SYSTEM\\CurrentControlSet\\Services\\TrustedInstaller");
    probed_folder_remove("servicing");
    return 0;
}

int test_probe(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_version_is_the_one_this_windows_has),       /* first: Wine failed only the first time */
        cmocka_unit_test(every_fact_is_answered_with_source_and_time),
        cmocka_unit_test(the_registry_is_read_anew_each_time),
        cmocka_unit_test(a_version_that_is_none_is_not_readable),
        cmocka_unit_test(a_boot_time_stays_until_the_next_boot),
        cmocka_unit_test(sha2_support_and_start_types_are_numbers),
        cmocka_unit_test(the_highest_folder_is_the_stack),
        cmocka_unit_test(manifests_that_name_an_update_are_listed),
        cmocka_unit_test(packages_come_with_their_raw_state),
        cmocka_unit_test(a_package_with_a_damaged_state_makes_the_list_unreadable),
    };

    return cmocka_run_group_tests_name("probe", tests, leftovers_remove, NULL);
}
