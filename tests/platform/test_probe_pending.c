/* Every sign of a pending restart, put there and taken away again. */
#include "platform/probed.h"

#define WINDOWS   L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\"
#define SERVICING WINDOWS L"Component Based Servicing"
#define SESSION   L"SYSTEM\\CurrentControlSet\\Control\\Session Manager"
#define RENAMES   L"PendingFileRenameOperations"

static void each_sign_of_a_pending_restart_is_seen(void **state)
{
    static const struct { const wchar_t *key; wz_fact_id id; const char *want; } rows[] = {
        { SERVICING L"\\RebootPending",                         WZ_FACT_PENDING_CBS_REBOOT,   "1" },
        { WINDOWS L"WindowsUpdate\\Auto Update\\RebootRequired", WZ_FACT_PENDING_UPDATE_AGENT, "1" },
        { SERVICING L"\\PackagesPending",                       WZ_FACT_PENDING_CBS_PACKAGES, "1" },
        { SERVICING L"\\PendedSessionPackages",                 WZ_FACT_PENDING_CBS_SESSIONS, "0" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        probed_check(wz_probe_pending, rows[i].id, NULL);
        place_key(rows[i].key);
        probed_check(wz_probe_pending, rows[i].id, rows[i].want);
        place_key_remove(rows[i].key);
        probed_check(wz_probe_pending, rows[i].id, NULL);
    }
}

static void pending_packages_and_sessions_are_counted(void **state)
{
    (void)state;
    place_key(SERVICING L"\\PendedSessionPackages\\30000001_1");
    place_key(SERVICING L"\\PendedSessionPackages\\30000001_2");
    place_key(SERVICING L"\\PackagesPending\\a");
    place_key(SERVICING L"\\PackagesPending\\b");
    place_key(SERVICING L"\\PackagesPending\\c");
    probed_check(wz_probe_pending, WZ_FACT_PENDING_CBS_SESSIONS, "2");
    probed_check(wz_probe_pending, WZ_FACT_PENDING_CBS_PACKAGES, "3");
    place_key_remove(SERVICING L"\\PendedSessionPackages");
    place_key_remove(SERVICING L"\\PackagesPending");
    place_number(SERVICING, L"PackagesPending", 4);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_CBS_PACKAGES, "4");
    place_value_remove(SERVICING, L"PackagesPending");
    probed_check(wz_probe_pending, WZ_FACT_PENDING_CBS_PACKAGES, NULL);
}

static void component_operations_are_named(void **state)
{
    (void)state;
    probed_check(wz_probe_pending, WZ_FACT_PENDING_COMPONENTS, NULL);
    place_key(L"COMPONENTS");
    probed_check(wz_probe_pending, WZ_FACT_PENDING_COMPONENTS, NULL);
    place_value(L"COMPONENTS", L"PendingXmlIdentifier", REG_BINARY, "x", 1);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_COMPONENTS, "PendingXmlIdentifier");
    place_number(L"COMPONENTS", L"ExecutionState", 1);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_COMPONENTS, "PendingXmlIdentifier, ExecutionState");
    place_key_remove(L"COMPONENTS");
}

static void renames_are_listed_one_a_line(void **state)
{
    static const wchar_t pairs[] = L"\\??\\C:\\old.dll\0\0\\??\\C:\\new.tmp\0!\\??\\C:\\new.dll\0";
    static const wchar_t more[] = L"\\??\\D:\\x\0\0";

    (void)state;
    place_value_remove(SESSION, RENAMES);
    place_value_remove(SESSION, RENAMES L"2");
    probed_check(wz_probe_pending, WZ_FACT_PENDING_RENAMES, NULL);
    place_value(SESSION, RENAMES, REG_MULTI_SZ, pairs, sizeof pairs);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_RENAMES, "C:\\old.dll\nC:\\new.tmp");
    place_value(SESSION, RENAMES L"2", REG_MULTI_SZ, more, sizeof more);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_RENAMES, "C:\\old.dll\nC:\\new.tmp\nD:\\x");
    place_value_remove(SESSION, RENAMES L"2");
    place_value(SESSION, RENAMES, REG_MULTI_SZ, L"", sizeof L"");
    probed_check(wz_probe_pending, WZ_FACT_PENDING_RENAMES, NULL);
    place_value(SESSION, RENAMES, REG_MULTI_SZ, "odd", 3);                /* half a character at the end */
    place_value_remove(SESSION, RENAMES);
}

static void a_long_list_of_renames_is_read_whole(void **state)
{
    enum { PAIRS = 400, UNITS = 21 };
    wchar_t     *list = calloc(PAIRS * UNITS + 1, sizeof *list);
    wz_snapshot *snapshot;
    const char  *lines;
    size_t       count = 1;

    (void)state;
    for (size_t i = 0; i < PAIRS; i++)
        swprintf(list + i * UNITS, UNITS, L"\\??\\C:\\file%06u.x", (unsigned)i);      /* 19, its end, an empty one */
    place_value(SESSION, RENAMES, REG_MULTI_SZ, list, (PAIRS * UNITS + 1) * sizeof *list);
    snapshot = probed_ask(wz_probe_pending);
    place_value_remove(SESSION, RENAMES);
    lines = wz_snapshot_text(snapshot, WZ_FACT_PENDING_RENAMES);
    assert_non_null(lines);
    for (const char *p = lines; *p != '\0'; p++)
        count += *p == '\n';
    assert_int_equal(count, PAIRS);
    CHECK_CONTAINS(lines, "C:\\file000399.x");
    wz_snapshot_free(snapshot);
    free(list);
}

static void a_pending_xml_file_is_seen(void **state)
{
    char *path = probed_path("WinSxS\\pending.xml");

    (void)state;
    probed_folder("WinSxS");
    probed_check(wz_probe_pending, WZ_FACT_PENDING_XML_FILE, NULL);
    place_write(path, "", 0);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_XML_FILE, "1");
    place_delete(path);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_XML_FILE, NULL);
    free(path);
}

/* What an earlier run that failed may have left. */
static int leftovers_remove(void **state)
{
    (void)state;
    place_key_remove(SERVICING);
    place_key_remove(WINDOWS L"WindowsUpdate\\Auto Update\\RebootRequired");
    place_key_remove(L"COMPONENTS");
    return 0;
}

int test_probe_pending(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sign_of_a_pending_restart_is_seen),
        cmocka_unit_test(pending_packages_and_sessions_are_counted),
        cmocka_unit_test(component_operations_are_named),
        cmocka_unit_test(renames_are_listed_one_a_line),
        cmocka_unit_test(a_long_list_of_renames_is_read_whole),
        cmocka_unit_test(a_pending_xml_file_is_seen),
    };

    return cmocka_run_group_tests_name("probe_pending", tests, leftovers_remove, NULL);
}
