#include "check.h"
#include "core/check.h"
#include "core/host.h"
#include "machine.h"
#include "resource.h"
#include "words.h"

/* ---- helpers ---- */

typedef struct fact_row { wz_fact_id fact; const char *value; } fact_row;   /* value NULL: unreadable */

static void look(size_t row, const wz_snapshot *snapshot, const char *note, wz_check_id id, wz_verdict verdict,
                 const char *evidence)
{
    wz_checks       checks = { 0 };
    const wz_check *check = &checks.items[id];
    wz_text         text = { 0 };

    wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, note, &checks);
    wz_phrase_render(&check->evidence, test_words(), &text);
    CHECK_CONTAINS(wz_text_at(&text), evidence);
    CHECK_ROW(row, check->verdict == verdict);
    CHECK_ROW(row, (check->fix == 0) == (verdict == WZ_VERDICT_READY));
    CHECK_ROW(row, check->fix == 0 || strlen(wz_word(test_words(), check->fix)) > 20);
    CHECK_ROW(row, strlen(wz_word(test_words(), check->why)) > 20);
    wz_text_clear(&text);
    wz_checks_clear(&checks);
}

static void put(wz_snapshot *snapshot, fact_row row)
{
    if (row.fact == WZ_FACT_COUNT)
        return;
    if (row.value != NULL)
        machine_set(snapshot, row.fact, row.value);
    else
        machine_forget(snapshot, row.fact, WZ_FACT_UNREADABLE);
}

typedef struct host_case {
    wz_check_id check;
    fact_row    facts[3];
    wz_verdict  verdict;
    const char *evidence;
} host_case;

#define NOTHING { WZ_FACT_COUNT, NULL }

static void look_at_all(const host_case rows[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wz_snapshot *snapshot = machine_bare("x64");

        for (size_t k = 0; k < CHECK_COUNT(rows[i].facts); k++)
            put(snapshot, rows[i].facts[k]);
        look(i, snapshot, NULL, rows[i].check, rows[i].verdict, rows[i].evidence);
        wz_snapshot_free(snapshot);
    }
}

/* ---- roles and hypervisor ---- */

static void roles_are_warned_of(void **state)
{
    static const host_case rows[] = {
        { WZ_CHECK_ROLES, { NOTHING, NOTHING, NOTHING }, WZ_VERDICT_READY, "Neither" },
        { WZ_CHECK_ROLES, { { WZ_FACT_PRODUCT_TYPE, "2" }, NOTHING, NOTHING }, WZ_VERDICT_ACTION,
          "domain controller." },
        { WZ_CHECK_ROLES, { { WZ_FACT_CLUSTER, "2" }, NOTHING, NOTHING }, WZ_VERDICT_ACTION, "failover cluster" },
        { WZ_CHECK_ROLES, { { WZ_FACT_CLUSTER, "4" }, NOTHING, NOTHING }, WZ_VERDICT_READY, "Neither" },
        { WZ_CHECK_ROLES, { { WZ_FACT_CLUSTER, NULL }, NOTHING, NOTHING }, WZ_VERDICT_UNKNOWN, "code 5" },
        { WZ_CHECK_ROLES, { { WZ_FACT_CLUSTER, NULL }, { WZ_FACT_PRODUCT_TYPE, "2" }, NOTHING }, WZ_VERDICT_ACTION,
          "domain controller." },
        { WZ_CHECK_ROLES, { { WZ_FACT_CLUSTER, "3" }, { WZ_FACT_PRODUCT_TYPE, "2" }, NOTHING }, WZ_VERDICT_ACTION,
          "domain controller and a node" },
        { WZ_CHECK_ROLES, { { WZ_FACT_PRODUCT_TYPE, NULL }, NOTHING, NOTHING }, WZ_VERDICT_UNKNOWN, "code 5" },
    };

    (void)state;
    look_at_all(rows, CHECK_COUNT(rows));
}

static void hypervisors_are_recognised(void **state)
{
    static const struct { const char *firmware; wz_host host; } rows[] = {
        { "VMware, Inc.; VMware Virtual Platform; PTLTD  - 6040000, Phoenix Technologies LTD 6.00", WZ_HOST_VMWARE },
        { "QEMU; Standard PC (i440FX + PIIX, 1996); BOCHS  - 1, SeaBIOS rel-1.14.0", WZ_HOST_QEMU },
        { "Red Hat; KVM; BOCHS  - 1", WZ_HOST_QEMU },
        { "Microsoft Corporation; Virtual Machine; VRTUAL - 5001223", WZ_HOST_MICROSOFT },
        { "innotek GmbH; VirtualBox; VBOX   - 1", WZ_HOST_VIRTUALBOX },
        { "Xen; HVM domU; Xen - 0", WZ_HOST_XEN },
        { "Amazon EC2; t3.medium; Xen - 0", WZ_HOST_AMAZON },
        { "Parallels Software International Inc.; Parallels Virtual Platform", WZ_HOST_PARALLELS },
        { "Google; Google Compute Engine", WZ_HOST_GOOGLE },
        { "Nutanix; AHV; SeaBIOS", WZ_HOST_NUTANIX },
        { "HP; ProLiant DL380 G5; HP     - 2, P56", WZ_HOST_UNRECOGNISED },
        { "Dell Inc.; PowerEdge 2950", WZ_HOST_UNRECOGNISED },
        { "Microsoft Corporation; Surface", WZ_HOST_UNRECOGNISED },
        { "", WZ_HOST_UNRECOGNISED },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        CHECK_ROW(i, wz_host_of_firmware(rows[i].firmware) == rows[i].host);
        CHECK_ROW(i, (wz_host_name(rows[i].host)[0] == '\0') == (rows[i].host == WZ_HOST_UNRECOGNISED));
    }
}

static void a_virtual_machine_gets_the_advice_for_it(void **state)
{
    static const host_case rows[] = {
        { WZ_CHECK_HOST, { NOTHING, NOTHING, NOTHING }, WZ_VERDICT_READY, "does not say" },
        { WZ_CHECK_HOST, { { WZ_FACT_FIRMWARE, "Dell Inc.; PowerEdge 2950" }, NOTHING, NOTHING }, WZ_VERDICT_READY,
          "PowerEdge 2950" },
        { WZ_CHECK_HOST, { { WZ_FACT_FIRMWARE, "Xen; HVM domU" }, NOTHING, NOTHING }, WZ_VERDICT_ACTION,
          "Xen (Xen; HVM domU)" },
        { WZ_CHECK_HOST, { { WZ_FACT_FIRMWARE, NULL }, NOTHING, NOTHING }, WZ_VERDICT_UNKNOWN, "code 5" },
    };
    static const struct { const char *firmware, *product_type; unsigned fix; } advice[] = {
        { "Xen; HVM domU",                        "3", IDS_CHK_FIX_HOST            },
        { "VMware, Inc.; VMware Virtual Platform", "3", IDS_CHK_FIX_HOST_VMWARE     },
        { "VMware, Inc.; VMware Virtual Platform", "2", IDS_CHK_FIX_HOST_CONTROLLER },
    };

    (void)state;
    look_at_all(rows, CHECK_COUNT(rows));
    for (size_t i = 0; i < CHECK_COUNT(advice); i++) {
        wz_snapshot *snapshot = machine_bare("x64");
        wz_checks    checks = { 0 };

        machine_set(snapshot, WZ_FACT_FIRMWARE, advice[i].firmware);
        machine_set(snapshot, WZ_FACT_PRODUCT_TYPE, advice[i].product_type);
        wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &checks);
        CHECK_ROW(i, checks.items[WZ_CHECK_HOST].fix == advice[i].fix);
        wz_checks_clear(&checks);
        wz_snapshot_free(snapshot);
    }
}

static void azure_is_what_its_tag_says_and_nothing_else(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    assert_false(wz_host_is_azure(snapshot));
    machine_set(snapshot, WZ_FACT_AZURE_AGENT, "RdAgent");
    machine_set(snapshot, WZ_FACT_FIRMWARE, "Microsoft Corporation; Virtual Machine; VRTUAL - 9001602");
    assert_false(wz_host_is_azure(snapshot));
    machine_set(snapshot, WZ_FACT_CHASSIS_TAG, "7783-7084-3265-9085-8269-3286-78");
    assert_false(wz_host_is_azure(snapshot));
    machine_set(snapshot, WZ_FACT_CHASSIS_TAG, "7783-7084-3265-9085-8269-3286-77");
    assert_true(wz_host_is_azure(snapshot));
    machine_forget(snapshot, WZ_FACT_AZURE_AGENT, WZ_FACT_ABSENT);
    assert_true(wz_host_is_azure(snapshot));
    wz_snapshot_free(snapshot);
}

/* ---- antivirus ---- */

static void antivirus_of_before_the_cure_blocks(void **state)
{
    static const char path[] = "C:\\Program Files\\Sophos\\Sophos Anti-Virus\\SavService.exe";
    static const host_case rows[] = {
        { WZ_CHECK_ANTIVIRUS, { NOTHING, NOTHING, NOTHING }, WZ_VERDICT_READY, "No service of Sophos or Avira" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_SOPHOS, path }, { WZ_FACT_SOPHOS_DATE, "2019-05-13T23:59:59Z" }, NOTHING },
          WZ_VERDICT_BLOCKED, "SavService.exe), and its newest program is of 2019-05-13" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_SOPHOS, path }, { WZ_FACT_SOPHOS_DATE, "2019-05-14T00:00:00Z" }, NOTHING },
          WZ_VERDICT_READY, "after the cure" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_AVIRA, path }, { WZ_FACT_AVIRA_DATE, "2018-01-01T00:00:00Z" }, NOTHING },
          WZ_VERDICT_BLOCKED, "Avira is installed" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_SOPHOS, path }, { WZ_FACT_SOPHOS_DATE, NULL }, NOTHING }, WZ_VERDICT_UNKNOWN,
          "code 5" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_SOPHOS, path }, { WZ_FACT_SOPHOS_DATE, "yesterday" }, NOTHING },
          WZ_VERDICT_UNKNOWN, "yesterday" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_SOPHOS, NULL }, NOTHING, NOTHING }, WZ_VERDICT_UNKNOWN, "code 5" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_SOPHOS, NULL }, { WZ_FACT_AVIRA, path },
          { WZ_FACT_AVIRA_DATE, "2018-01-01T00:00:00Z" } }, WZ_VERDICT_BLOCKED, "Avira is installed" },
        { WZ_CHECK_ANTIVIRUS, { { WZ_FACT_AVIRA, NULL }, { WZ_FACT_SOPHOS, path },
          { WZ_FACT_SOPHOS_DATE, "2020-01-01T00:00:00Z" } }, WZ_VERDICT_UNKNOWN, "code 5" },
    };

    (void)state;
    look_at_all(rows, CHECK_COUNT(rows));
}

static void antivirus_does_not_block_what_is_past(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_set_version(snapshot, "6.0.6003.20489");
    machine_set(snapshot, WZ_FACT_SOPHOS, "C:\\x.exe");
    machine_set(snapshot, WZ_FACT_SOPHOS_DATE, "2019-01-01T00:00:00Z");
    look(0, snapshot, NULL, WZ_CHECK_ANTIVIRUS, WZ_VERDICT_ACTION, "2019-01-01");
    wz_snapshot_free(snapshot);
}

/* ---- component store ---- */

#define CBS_DAMAGE "2019-03-13 10:00:00, Info CBS Mark store corruption flag because of package: " \
                   "Package_for_KB1~31bf3856ad364e35~amd64~~6.0.1.0. hr: 0x800b0100"
#define CHECKED(date, found, fixed) "Checking System Update Readiness.\n" date \
                                    "\n(f) CBS MUM Missing 0x00000002 a.mum\n" \
                                    "Summary:\nFound " found " errors\nFixed " fixed " errors"

static void logs_tell_of_the_component_store(void **state)
{
    static const host_case rows[] = {
        { WZ_CHECK_STORE, { NOTHING, NOTHING, NOTHING }, WZ_VERDICT_READY, "neither" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, "" }, NOTHING, NOTHING }, WZ_VERDICT_READY, "no CheckSUR.log" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, "" },
          { WZ_FACT_LOG_READINESS, CHECKED("2019-03-14 09:00", "1", "1") }, NOTHING }, WZ_VERDICT_READY,
          "no open problem" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_READINESS, CHECKED("2019-03-14 09:00", "3", "1") }, NOTHING, NOTHING },
          WZ_VERDICT_ACTION, "2019-03-14 09:00: problems found: 3, repaired: 1. First: CBS MUM Missing a.mum" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, CBS_DAMAGE }, NOTHING, NOTHING }, WZ_VERDICT_ACTION,
          "last entry 2019-03-13 10:00:00, code 0x800b0100. "
          "Package: Package_for_KB1~31bf3856ad364e35~amd64~~6.0.1.0." },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, CBS_DAMAGE }, { WZ_FACT_LOG_READINESS,
          CHECKED("2019-03-14 09:00", "1", "1") }, NOTHING }, WZ_VERDICT_READY, "no open problem" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, CBS_DAMAGE }, { WZ_FACT_LOG_READINESS,
          CHECKED("2019-03-12 09:00", "1", "1") }, NOTHING }, WZ_VERDICT_ACTION, "damaged" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, "ESU: NO ESU KEY FOUND" }, NOTHING, NOTHING }, WZ_VERDICT_ACTION,
          "no key for them was found" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, "ESU: Windows is not activated." }, NOTHING, NOTHING },
          WZ_VERDICT_ACTION, "Windows is not activated" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, "2019-03-13 10:00:00, Info CBS x [HRESULT = 0x80070bc9 - X]" },
          NOTHING, NOTHING }, WZ_VERDICT_ACTION, "0x80070bc9" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, "2019-03-13 10:00:00, Error CBS Startup: A rollback transaction "
          "will be created. [HRESULT = 0x800f0922 - X]" }, NOTHING, NOTHING }, WZ_VERDICT_ACTION,
          "taken back (0x800f0922)" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, "2019-03-13 10:00:00, Error CBS x hr: 0x80070005" }, NOTHING,
          NOTHING }, WZ_VERDICT_ACTION, "Lines: 1, last entry 2019-03-13 10:00:00, code 0x80070005. Package: –" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_SERVICING, NULL }, NOTHING, NOTHING }, WZ_VERDICT_UNKNOWN, "code 5" },
        { WZ_CHECK_STORE, { { WZ_FACT_LOG_READINESS, NULL }, { WZ_FACT_LOG_SERVICING, CBS_DAMAGE }, NOTHING },
          WZ_VERDICT_ACTION, "damaged" },
    };

    (void)state;
    look_at_all(rows, CHECK_COUNT(rows));
}

/* The remedies for this Windows are CheckSUR and sfc: DISM is not on it. */
static void no_advice_names_dism(void **state)
{
    static const unsigned advice[] = {
        IDS_CHK_FIX_STORE_READINESS, IDS_CHK_FIX_STORE_DAMAGED, IDS_CHK_FIX_STORE_ERRORS, IDS_CHK_FIX_PACKAGES,
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(advice); i++) {
        const char *text = wz_word(test_words(), advice[i]);

        CHECK_CONTAINS(text, "KB947821");
        CHECK_CONTAINS(text, "sfc /scannow");
        assert_null(strstr(text, "DISM"));
        assert_null(strstr(text, "RestoreHealth"));
    }
}

/* ---- SHA-2 ---- */

static void sha2_support_names_its_package(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_set_sha2(snapshot);
    look(0, snapshot, NULL, WZ_CHECK_SHA2, WZ_VERDICT_READY, "Version of its package: –.");
    wz_snapshot_add_package(snapshot, "Package_1_for_KB4474419~31bf3856ad364e35~amd64~~6.0.1.10", MACHINE_INSTALLED);
    wz_snapshot_add_package(snapshot, "Package_for_KB4474419~31bf3856ad364e35~amd64~~6.0.1.9", MACHINE_INSTALLED);
    wz_snapshot_add_package(snapshot, "Package_for_KB4474419~31bf3856ad364e35~amd64~~6.0.2.1", MACHINE_STAGED);
    wz_snapshot_add_package(snapshot, "Package_for_KB4493730~31bf3856ad364e35~amd64~~6.0.9.9", MACHINE_INSTALLED);
    look(1, snapshot, NULL, WZ_CHECK_SHA2, WZ_VERDICT_READY, "Version of its package: 6.0.1.10.");
    wz_snapshot_free(snapshot);
}

/* ---- renames ---- */

static void renames_name_their_probable_owners(void **state)
{
    static const struct { const char *lines, *owners; } rows[] = {
        { "C:\\Config.Msi\\1a.rbf\nC:\\Windows\\Installer\\x.tmp", ": Windows Installer (2)." },
        { "C:\\Windows\\winsxs\\Temp\\PendingRenames\\a.dll", ": Windows servicing (1)." },
        { "C:\\Windows\\SoftwareDistribution\\Download\\a", ": Windows Update (1)." },
        { "C:\\Program Files\\Old AV\\driver.sys\nc:\\program files (x86)\\OLD av\\b.dll", ": Old AV (2)." },
        { "C:\\Users\\a\\AppData\\Local\\Temp\\~nsu.tmp\\Au_.exe\nC:\\Windows\\Temp\\setup.tmp", ": Temp (2)." },
        { "C:\\Windows\\System32\\spool\\drivers\\x64\\3\\old\\1\\unidrv.dll", ": Print Spooler (1)." },
        { "C:\\data\\x\nC:\\Windows\\winsxs\\y", ": ? (1), Windows servicing (1)." },
        { "C:\\Program Files\\a\\1\nC:\\Program Files\\b\\1\nC:\\Program Files\\c\\1\nC:\\Program Files\\d\\1\n"
          "C:\\Program Files\\e\\1\nC:\\Program Files\\f\\1\nC:\\Program Files\\g\\1\nC:\\Program Files\\h\\1",
          "e (1), f (1), … (2)." },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare("x64");

        machine_set(snapshot, WZ_FACT_PENDING_RENAMES, rows[i].lines);
        look(i, snapshot, NULL, WZ_CHECK_PENDING_RENAMES, WZ_VERDICT_ACTION, rows[i].owners);
        look(i, snapshot, "a printer driver", WZ_CHECK_PENDING_RENAMES, WZ_VERDICT_READY,
             "Accepted with this note: a printer driver");
        wz_snapshot_free(snapshot);
    }
}

/* ---- real machines ---- */

/* The value of "Name:" in a systeminfo text, without blanks around it. */
static void field(const char *text, const char *name, wz_text *out)
{
    const char *at = strstr(text, name);
    size_t      length;

    assert_non_null(at);
    at += strlen(name);
    at += strspn(at, " ");
    length = strcspn(at, "\r\n");
    while (length > 0 && at[length - 1] == ' ')
        length--;
    wz_text_append(out, at, length);
}

static void real_systeminfo_names_the_hypervisor(void **state)
{
    static const struct { const char *name; wz_host host; const char *version; } rows[] = {
        { "/systeminfo/srv2008-sp2-x64-standard-dc-en-us.txt", WZ_HOST_QEMU, "6.0.6002 Service Pack 2" },
        { "/systeminfo/srv2008-rtm-sp1-x64-standard-en-us.cp437.txt", WZ_HOST_VMWARE, "6.0.6001 Service Pack 1" },
    };
    const char *shared = check_shared("check_host");

    (void)state;
    if (shared == NULL)
        skip();
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text path = { 0 };
        wz_text text = { 0 };
        wz_text firmware = { 0 };
        wz_text version = { 0 };

        wz_text_add(&path, shared);
        wz_text_add(&path, rows[i].name);
        CHECK_ROW(i, test_read_any(wz_text_at(&path), &text));
        field(wz_text_at(&text), "System Manufacturer:", &firmware);
        wz_text_add(&firmware, "; ");
        field(wz_text_at(&text), "System Model:", &firmware);
        CHECK_ROW(i, wz_host_of_firmware(firmware.at) == rows[i].host);
        field(wz_text_at(&text), "OS Version:", &version);
        CHECK_CONTAINS(wz_text_at(&version), rows[i].version);
        wz_text_clear(&path);
        wz_text_clear(&text);
        wz_text_clear(&firmware);
        wz_text_clear(&version);
    }
}

int test_check_host(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_are_warned_of),
        cmocka_unit_test(hypervisors_are_recognised),
        cmocka_unit_test(a_virtual_machine_gets_the_advice_for_it),
        cmocka_unit_test(azure_is_what_its_tag_says_and_nothing_else),
        cmocka_unit_test(antivirus_of_before_the_cure_blocks),
        cmocka_unit_test(antivirus_does_not_block_what_is_past),
        cmocka_unit_test(logs_tell_of_the_component_store),
        cmocka_unit_test(no_advice_names_dism),
        cmocka_unit_test(sha2_support_names_its_package),
        cmocka_unit_test(renames_name_their_probable_owners),
        cmocka_unit_test(real_systeminfo_names_the_hypervisor),
    };

    return cmocka_run_group_tests_name("check_host", tests, NULL, NULL);
}
