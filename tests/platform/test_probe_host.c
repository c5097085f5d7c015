/* What a computer runs on, its antivirus and its servicing logs: put there, read, taken away again. */
#include "platform/probed.h"

#include "core/host.h"
#include "core/servicing_log.h"

#define SERVICES L"SYSTEM\\CurrentControlSet\\Services\\"
#define FIRMWARE L"HARDWARE\\DESCRIPTION\\System"

static void place_text(const wchar_t *key, const wchar_t *name, DWORD type, const wchar_t *text)
{
    place_value(key, name, type, text, (wcslen(text) + 1) * sizeof *text);
}

/* Restores nothing: Wine fills the key anew when it starts. */
static void firmware_is_named_by_its_parts(void **state)
{
    static const wchar_t bios[] = L"BOCHS  - 1\0SeaBIOS rel-1.14.0 \0";

    (void)state;
    place_text(FIRMWARE L"\\BIOS", L"SystemManufacturer", REG_SZ, L"QEMU ");
    place_text(FIRMWARE L"\\BIOS", L"SystemProductName", REG_SZ, L"Standard PC");
    place_value(FIRMWARE, L"SystemBiosVersion", REG_MULTI_SZ, bios, sizeof bios);
    probed_check(wz_probe_host, WZ_FACT_FIRMWARE, "QEMU; Standard PC; BOCHS  - 1, SeaBIOS rel-1.14.0");
    place_value_remove(FIRMWARE L"\\BIOS", L"SystemManufacturer");
    place_value_remove(FIRMWARE, L"SystemBiosVersion");
    probed_check(wz_probe_host, WZ_FACT_FIRMWARE, "Standard PC");
    place_value_remove(FIRMWARE L"\\BIOS", L"SystemProductName");
    probed_check(wz_probe_host, WZ_FACT_FIRMWARE, NULL);
}

static void cluster_and_azure_are_known_by_their_services(void **state)
{
    (void)state;
    probed_check(wz_probe_host, WZ_FACT_CLUSTER, NULL);
    place_number(SERVICES L"ClusSvc", L"Start", 2);
    probed_check(wz_probe_host, WZ_FACT_CLUSTER, "2");
    place_key_remove(SERVICES L"ClusSvc");
    probed_check(wz_probe_host, WZ_FACT_CLUSTER, NULL);

    probed_check(wz_probe_host, WZ_FACT_AZURE_AGENT, NULL);
    place_key(SERVICES L"RdAgent");
    probed_check(wz_probe_host, WZ_FACT_AZURE_AGENT, "RdAgent");
    place_key(SERVICES L"WindowsAzureGuestAgent");
    probed_check(wz_probe_host, WZ_FACT_AZURE_AGENT, "WindowsAzureGuestAgent, RdAgent");
    place_key_remove(SERVICES L"RdAgent");
    place_key_remove(SERVICES L"WindowsAzureGuestAgent");
}

/* A program in folder\Sophos with this time of its last change. */
static void program(const char *folder, const char *name, WORD year, WORD month)
{
    SYSTEMTIME when = { .wYear = year, .wMonth = month, .wDay = 5, .wHour = 10 };
    char      *path = place_path(folder, name);
    FILETIME   time;
    HANDLE     file;

    place_write(path, "x", 1);
    file = place_open(path, FILE_WRITE_ATTRIBUTES, FILE_SHARE_READ);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(SystemTimeToFileTime(&when, &time) && SetFileTime(file, NULL, NULL, &time));
    CloseHandle(file);
    free(path);
}

/* What the firmware of this very machine says is not known here: that it is asked is, and that only one tag is told. */
static void the_chassis_is_asked_for_its_tag(void **state)
{
    wz_snapshot *snapshot = wz_snapshot_create();

    (void)state;
    wz_probe_chassis(snapshot);
    assert_true(snapshot->facts[WZ_FACT_CHASSIS_TAG].state != WZ_FACT_NOT_ASKED);
    CHECK_TEXT(snapshot->facts[WZ_FACT_CHASSIS_TAG].source, "API GetSystemFirmwareTable RSMB");
    assert_true(wz_snapshot_text(snapshot, WZ_FACT_CHASSIS_TAG) == NULL || wz_host_is_azure(snapshot));
    wz_snapshot_free(snapshot);
}

static void antivirus_is_dated_by_its_newest_program(void **state)
{
    char    *top = place_create();
    char    *folder = place_path(top, "Sophos");
    char    *path = place_path(folder, "Sav Service.exe");
    wz_text  image = { 0 };
    wchar_t  wide[400];
    wz_snapshot *snapshot;

    (void)state;
    probed_check(wz_probe_host, WZ_FACT_SOPHOS, NULL);
    MultiByteToWideChar(CP_UTF8, 0, folder, -1, wide, ARRAYSIZE(wide));
    assert_true(CreateDirectoryW(wide, NULL));
    wz_text_add(&image, "\"");
    wz_text_add(&image, path);
    wz_text_add(&image, "\" -service");
    MultiByteToWideChar(CP_UTF8, 0, wz_text_at(&image), -1, wide, ARRAYSIZE(wide));
    place_text(SERVICES L"SAVService", L"ImagePath", REG_EXPAND_SZ, wide);

    snapshot = probed_ask(wz_probe_host);              /* the service is there, its folder is empty */
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_SOPHOS), path);
    CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_SOPHOS_DATE), NULL);
    wz_snapshot_free(snapshot);

    program(folder, "Sav Service.exe", 2018, 3);
    program(folder, "engine.DLL", 2019, 2);
    program(folder, "virus.ide", 2024, 1);             /* data says nothing about the program */
    probed_check(wz_probe_host, WZ_FACT_SOPHOS, path);
    probed_check(wz_probe_host, WZ_FACT_SOPHOS_DATE, "2019-02-05T10:00:00Z");
    probed_check(wz_probe_host, WZ_FACT_AVIRA, NULL);
    place_key_remove(SERVICES L"SAVService");
    probed_check(wz_probe_host, WZ_FACT_SOPHOS, NULL);
    probed_check(wz_probe_host, WZ_FACT_SOPHOS_DATE, NULL);
    wz_text_clear(&image);
    free(path);
    free(folder);
    place_remove(top);
}

static void an_image_without_quotation_marks_is_a_program_too(void **state)
{
    (void)state;
    place_text(SERVICES L"AntiVirService", L"ImagePath", REG_EXPAND_SZ,
               L"%" L"SystemDrive%\\Program Files\\Avira\\AntiVir Desktop\\avguard.exe /service");
    probed_check(wz_probe_host, WZ_FACT_AVIRA, "C:\\Program Files\\Avira\\AntiVir Desktop\\avguard.exe");
    place_key_remove(SERVICES L"AntiVirService");
}

/* ---- logs ---- */

static void notable_lines_of_the_logs_are_kept(void **state)
{
    static const char cbs[] = "2019-01-01 00:00:00, Info                  CBS    Starting the main loop.\r\n"
                              "2019-01-01 00:00:01, Error                 CBS    Failed. hr: 0x80070005\r\n";
    static const char sur[] = "Checking System Update Readiness.\r\n2010-12-03 11:43\r\n\r\nSummary:\r\n"
                              "No errors detected\r\n";
    char *cbs_path = probed_path("Logs\\CBS\\CBS.log");
    char *sur_path = probed_path("Logs\\CBS\\CheckSUR.log");

    (void)state;
    probed_folder("Logs");
    probed_folder("Logs\\CBS");
    probed_check(wz_probe_logs, WZ_FACT_LOG_SERVICING, NULL);
    probed_check(wz_probe_logs, WZ_FACT_LOG_READINESS, NULL);
    place_write(cbs_path, cbs, sizeof cbs - 1);
    place_write(sur_path, sur, sizeof sur - 1);
    probed_check(wz_probe_logs, WZ_FACT_LOG_SERVICING,
                 "2019-01-01 00:00:01, Error                 CBS    Failed. hr: 0x80070005");
    probed_check(wz_probe_logs, WZ_FACT_LOG_READINESS,
                 "Checking System Update Readiness.\n2010-12-03 11:43\nSummary:\nNo errors detected");
    place_write(cbs_path, "", 0);
    probed_check(wz_probe_logs, WZ_FACT_LOG_SERVICING, "");
    place_delete(cbs_path);
    place_delete(sur_path);
    free(cbs_path);
    free(sur_path);
}

static void only_the_end_of_a_long_log_is_read_and_utf16_too(void **state)
{
    static const char    old[] = "2019-01-01 00:00:01, Error CBS too long ago\r\n";
    static const char    last[] = "2019-01-01 00:00:02, Error CBS the last one\r\n";
    static const wchar_t wide[] = L"\xFEFF" L"2019-01-01 00:00:03, Error CBS in another form\r\n";
    char                *path = probed_path("Logs\\CBS\\CBS.log");
    wz_text              text = { 0 };

    (void)state;
    wz_text_add(&text, old);
    while (text.length < WZ_LOG_TAIL_BYTES + 100)
        wz_text_add(&text, "2019-01-01 00:00:01, Info CBS nothing that matters, again and again and again\r\n");
    wz_text_add(&text, last);
    place_write(path, text.at, text.length);
    probed_check(wz_probe_logs, WZ_FACT_LOG_SERVICING, "2019-01-01 00:00:02, Error CBS the last one");
    place_write(path, wide, sizeof wide - sizeof *wide);
    probed_check(wz_probe_logs, WZ_FACT_LOG_SERVICING, "2019-01-01 00:00:03, Error CBS in another form");
    place_delete(path);
    wz_text_clear(&text);
    free(path);
}

/* What an earlier run that failed may have left. */
static int leftovers_remove(void **state)
{
    static const wchar_t *const keys[] = {
        SERVICES L"ClusSvc", SERVICES L"RdAgent", SERVICES L"WindowsAzureGuestAgent", SERVICES L"SAVService",
        SERVICES L"AntiVirService",
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(keys); i++)
        place_key_remove(keys[i]);
    return 0;
}

int test_probe_host(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(firmware_is_named_by_its_parts),
        cmocka_unit_test(cluster_and_azure_are_known_by_their_services),
        cmocka_unit_test(the_chassis_is_asked_for_its_tag),
        cmocka_unit_test(antivirus_is_dated_by_its_newest_program),
        cmocka_unit_test(an_image_without_quotation_marks_is_a_program_too),
        cmocka_unit_test(notable_lines_of_the_logs_are_kept),
        cmocka_unit_test(only_the_end_of_a_long_log_is_read_and_utf16_too),
    };

    return cmocka_run_group_tests_name("probe_host", tests, leftovers_remove, leftovers_remove);
}
