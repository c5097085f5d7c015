#include "check.h"
#include "core/check.h"
#include "machine.h"
#include "resource.h"
#include "words.h"

typedef enum change_kind { SET, ABSENT, UNREADABLE, NOT_ASKED } change_kind;

/* One thing is changed on a bare machine; one check is looked at. */
typedef struct check_case {
    wz_check_id check;
    wz_fact_id  fact;
    change_kind kind;
    const char *value;
    wz_verdict  verdict;
    const char *evidence;         /* part of it */
} check_case;

static void apply(wz_snapshot *snapshot, const check_case *row)
{
    switch (row->kind) {
    case SET:        machine_set(snapshot, row->fact, row->value); break;
    case ABSENT:     machine_forget(snapshot, row->fact, WZ_FACT_ABSENT); break;
    case UNREADABLE: machine_forget(snapshot, row->fact, WZ_FACT_UNREADABLE); break;
    case NOT_ASKED:  machine_forget(snapshot, row->fact, WZ_FACT_NOT_ASKED); break;
    }
}

/* A verdict that is not "ready" says what to do, one that is does not; every check says why it matters. */
static void look(size_t row, const wz_snapshot *snapshot, wz_target target, wz_check_id id, wz_verdict verdict,
                 const char *evidence)
{
    wz_checks       checks = { 0 };
    const wz_check *check = &checks.items[id];
    wz_text         text = { 0 };

    wz_checks_run(snapshot, machine_catalogue(), target, NULL, &checks);
    wz_phrase_render(&check->evidence, test_words(), &text);
    CHECK_CONTAINS(wz_text_at(&text), evidence);
    CHECK_ROW(row, check->verdict == verdict);
    CHECK_ROW(row, (check->fix == 0) == (verdict == WZ_VERDICT_READY));
    CHECK_ROW(row, check->why != 0 && strlen(wz_word(test_words(), check->why)) > 20);
    CHECK_ROW(row, check->fix == 0 || strlen(wz_word(test_words(), check->fix)) > 20);
    CHECK_ROW(row, check->id == id && check->fact < WZ_FACT_COUNT);
    wz_text_clear(&text);
    wz_checks_clear(&checks);
}

static void look_at_all(const check_case rows[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wz_snapshot *snapshot = machine_bare("x64");

        apply(snapshot, &rows[i]);
        look(i, snapshot, WZ_TARGET_FREE, rows[i].check, rows[i].verdict, rows[i].evidence);
        wz_snapshot_free(snapshot);
    }
}

/* ---- rows ---- */

static void machine_checks_follow_their_one_fact(void **state)
{
    static const check_case rows[] = {
        { WZ_CHECK_SERVICE_PACK, WZ_FACT_SERVICE_PACK_MAJOR, SET, "2", WZ_VERDICT_READY, "Service Pack 2" },
        { WZ_CHECK_SERVICE_PACK, WZ_FACT_SERVICE_PACK_MAJOR, SET, "1", WZ_VERDICT_BLOCKED, "Service Pack 1" },
        { WZ_CHECK_SERVICE_PACK, WZ_FACT_SERVICE_PACK_MAJOR, SET, "3", WZ_VERDICT_BLOCKED, "Service Pack 3" },
        { WZ_CHECK_SERVICE_PACK, WZ_FACT_SERVICE_PACK_MAJOR, SET, "0", WZ_VERDICT_BLOCKED, "Service Pack 0" },
        { WZ_CHECK_SERVICE_PACK, WZ_FACT_SERVICE_PACK_MAJOR, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN, "test (code 5)" },
        { WZ_CHECK_SERVICE_PACK, WZ_FACT_SERVICE_PACK_MAJOR, NOT_ASKED, NULL, WZ_VERDICT_UNKNOWN, "not looked up" },
        { WZ_CHECK_PENDING_RENAMES, WZ_FACT_PENDING_RENAMES, ABSENT, NULL, WZ_VERDICT_READY, "No file renames" },
        { WZ_CHECK_PENDING_RENAMES, WZ_FACT_PENDING_RENAMES, SET, "C:\\a\nC:\\b\r\n\nC:\\c\nC:\\d", WZ_VERDICT_ACTION,
          "restart: 4. First: C:\\a, C:\\b, C:\\c" },
        { WZ_CHECK_PENDING_RENAMES, WZ_FACT_PENDING_RENAMES, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN, "test" },
        { WZ_CHECK_DISK, WZ_FACT_DISK_FREE, SET, "4294967296", WZ_VERDICT_READY, "4096 MB free of 81920 MB" },
        { WZ_CHECK_DISK, WZ_FACT_DISK_FREE, SET, "4294967295", WZ_VERDICT_ACTION, "4095 MB free" },
        { WZ_CHECK_DISK, WZ_FACT_DISK_FREE, SET, "1073741824", WZ_VERDICT_ACTION, "1024 MB free" },
        { WZ_CHECK_DISK, WZ_FACT_DISK_FREE, SET, "1073741823", WZ_VERDICT_BLOCKED, "1023 MB free" },
        { WZ_CHECK_DISK, WZ_FACT_DISK_FREE, SET, "0", WZ_VERDICT_BLOCKED, "0 MB free" },
        { WZ_CHECK_DISK, WZ_FACT_DISK_FREE, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN, "test" },
        { WZ_CHECK_DISK, WZ_FACT_DISK_TOTAL, UNREADABLE, NULL, WZ_VERDICT_READY, "free of ? MB" },
        { WZ_CHECK_SERVICE_UPDATE, WZ_FACT_START_UPDATE, SET, "2", WZ_VERDICT_READY, "automatic" },
        { WZ_CHECK_SERVICE_UPDATE, WZ_FACT_START_UPDATE, SET, "3", WZ_VERDICT_READY, "manual" },
        { WZ_CHECK_SERVICE_UPDATE, WZ_FACT_START_UPDATE, SET, "4", WZ_VERDICT_BLOCKED, "disabled" },
        { WZ_CHECK_SERVICE_UPDATE, WZ_FACT_START_UPDATE, SET, "7", WZ_VERDICT_UNKNOWN, "test: 7" },
        { WZ_CHECK_SERVICE_UPDATE, WZ_FACT_START_UPDATE, ABSENT, NULL, WZ_VERDICT_BLOCKED, "not there" },
        { WZ_CHECK_SERVICE_UPDATE, WZ_FACT_START_UPDATE, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN, "test" },
        { WZ_CHECK_SERVICE_INSTALLER, WZ_FACT_START_INSTALLER, SET, "3", WZ_VERDICT_READY, "manual" },
        { WZ_CHECK_SERVICE_INSTALLER, WZ_FACT_START_INSTALLER, SET, "4", WZ_VERDICT_BLOCKED, "disabled" },
        { WZ_CHECK_RIGHTS, WZ_FACT_ADMINISTRATOR, SET, "1", WZ_VERDICT_READY, "as administrator" },
        { WZ_CHECK_RIGHTS, WZ_FACT_ADMINISTRATOR, SET, "0", WZ_VERDICT_ACTION, "You are an administrator" },
        { WZ_CHECK_REMOTE, WZ_FACT_REMOTE_SESSION, SET, "0", WZ_VERDICT_READY, "not a remote" },
        { WZ_CHECK_REMOTE, WZ_FACT_REMOTE_SESSION, SET, "1", WZ_VERDICT_ACTION, "is a remote" },
        { WZ_CHECK_REMOTE, WZ_FACT_REMOTE_SESSION, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN, "test" },
        { WZ_CHECK_POWER, WZ_FACT_ON_BATTERY, SET, "0", WZ_VERDICT_READY, "does not run on a battery" },
        { WZ_CHECK_POWER, WZ_FACT_ON_BATTERY, SET, "1", WZ_VERDICT_ACTION, "runs on its battery" },
        { WZ_CHECK_POWER, WZ_FACT_ON_BATTERY, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN, "test" },
    };

    (void)state;
    look_at_all(rows, CHECK_COUNT(rows));
}

static void pending_restart_names_its_owner(void **state)
{
    static const check_case rows[] = {
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_DISK_FREE, SET, "1", WZ_VERDICT_READY, "No sign" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_CBS_REBOOT, SET, "1", WZ_VERDICT_BLOCKED,
          "Component Based Servicing waits for a restart: RebootPending." },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_CBS_REBOOT, SET, "0", WZ_VERDICT_READY, "No sign" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_CBS_PACKAGES, SET, "2", WZ_VERDICT_BLOCKED, "PackagesPending" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_CBS_SESSIONS, SET, "1", WZ_VERDICT_BLOCKED,
          "PendedSessionPackages" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_CBS_SESSIONS, SET, "0", WZ_VERDICT_READY, "No sign" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_COMPONENTS, SET, "PendingXmlIdentifier", WZ_VERDICT_BLOCKED,
          "component store has unfinished work: PendingXmlIdentifier" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_XML_FILE, SET, "1", WZ_VERDICT_BLOCKED, "pending.xml" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_UPDATE_AGENT, SET, "1", WZ_VERDICT_BLOCKED,
          "Windows Update agent waits for a restart: RebootRequired" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_CBS_REBOOT, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN,
          "test (code 5)" },
        { WZ_CHECK_PENDING_RESTART, WZ_FACT_PENDING_UPDATE_AGENT, NOT_ASKED, NULL, WZ_VERDICT_UNKNOWN, "test" },
    };
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    look_at_all(rows, CHECK_COUNT(rows));
    machine_set(snapshot, WZ_FACT_PENDING_UPDATE_AGENT, "1");
    machine_set(snapshot, WZ_FACT_PENDING_CBS_SESSIONS, "3");
    machine_forget(snapshot, WZ_FACT_PENDING_XML_FILE, WZ_FACT_UNREADABLE);    /* what is found outweighs it */
    look(100, snapshot, WZ_TARGET_FREE, WZ_CHECK_PENDING_RESTART, WZ_VERDICT_BLOCKED,
         "Several parts of Windows wait for a restart: PendedSessionPackages, RebootRequired.");
    wz_snapshot_free(snapshot);
}

static void rights_are_told_by_two_facts(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    machine_set(snapshot, WZ_FACT_ADMINISTRATOR, "0");
    machine_set(snapshot, WZ_FACT_CAN_ELEVATE, "0");
    look(0, snapshot, WZ_TARGET_FREE, WZ_CHECK_RIGHTS, WZ_VERDICT_BLOCKED, "without administrator rights");
    machine_forget(snapshot, WZ_FACT_CAN_ELEVATE, WZ_FACT_ABSENT);             /* no UAC: nothing to ask */
    look(1, snapshot, WZ_TARGET_FREE, WZ_CHECK_RIGHTS, WZ_VERDICT_BLOCKED, "without administrator rights");
    machine_forget(snapshot, WZ_FACT_CAN_ELEVATE, WZ_FACT_UNREADABLE);
    look(2, snapshot, WZ_TARGET_FREE, WZ_CHECK_RIGHTS, WZ_VERDICT_UNKNOWN, "test");
    machine_forget(snapshot, WZ_FACT_ADMINISTRATOR, WZ_FACT_UNREADABLE);
    look(3, snapshot, WZ_TARGET_FREE, WZ_CHECK_RIGHTS, WZ_VERDICT_UNKNOWN, "test");
    wz_snapshot_free(snapshot);
}

/* ---- system and versions ---- */

static void system_is_judged_by_version_type_and_target(void **state)
{
    static const struct {
        const char *version, *type, *architecture; wz_target target; wz_verdict verdict; const char *evidence;
    } rows[] = {
        { "6.0.6002.18005", "3", "x64", WZ_TARGET_FREE, WZ_VERDICT_READY,
          "Windows Server (R) 2008 Standard, version 6.0.6002.18005, x64." },
        { "6.0.6003.20706", "2", "x86", WZ_TARGET_PA, WZ_VERDICT_READY, "6.0.6003.20706, x86" },
        { "6.0.6002.18005", "3", "ia64", WZ_TARGET_FREE, WZ_VERDICT_READY, "up to January 2020" },
        { "6.0.6002.18005", "3", "ia64", WZ_TARGET_6003, WZ_VERDICT_READY, "Itanium" },
        { "6.0.6002.18005", "3", "ia64", WZ_TARGET_ESU3, WZ_VERDICT_ACTION, "no updates for Itanium after" },
        { "6.0.6002.18005", "1", "x64", WZ_TARGET_FREE, WZ_VERDICT_BLOCKED, "not a Windows that the wizard updates" },
        { "6.0.6001.18000", "3", "x64", WZ_TARGET_FREE, WZ_VERDICT_BLOCKED, "6.0.6001" },
        { "6.1.7601.24545", "3", "x64", WZ_TARGET_FREE, WZ_VERDICT_BLOCKED, "6.1.7601" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare(rows[i].architecture);

        machine_set_version(snapshot, rows[i].version);
        machine_set(snapshot, WZ_FACT_PRODUCT_TYPE, rows[i].type);
        look(i, snapshot, rows[i].target, WZ_CHECK_SYSTEM, rows[i].verdict, rows[i].evidence);
        wz_snapshot_free(snapshot);
    }
}

static void unknown_system_says_what_was_not_read(void **state)
{
    static const check_case rows[] = {
        { WZ_CHECK_SYSTEM, WZ_FACT_PRODUCT_TYPE, UNREADABLE, NULL, WZ_VERDICT_UNKNOWN, "test (code 5)" },
        { WZ_CHECK_SYSTEM, WZ_FACT_PRODUCT_NAME, UNREADABLE, NULL, WZ_VERDICT_READY, "Windows, version 6.0.6002" },
    };
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    look_at_all(rows, CHECK_COUNT(rows));
    machine_set(snapshot, WZ_FACT_CAPTION, "Microsoft\xC2\xAE Windows Server\xC2\xAE 2008 Standard ");
    machine_forget(snapshot, WZ_FACT_PRODUCT_NAME, WZ_FACT_UNREADABLE);
    look(10, snapshot, WZ_TARGET_FREE, WZ_CHECK_SYSTEM, WZ_VERDICT_READY, "2008 Standard, version");
    wz_snapshot_free(snapshot);
}

static void witnesses_that_disagree_need_action(void **state)
{
    static const struct {
        const char *api, *shim, *registry, *kernel, *pending; wz_verdict verdict; const char *evidence;
    } rows[] = {
        { "6.0.6002", "6.0.6002", "6.0.6002", "6.0.6002.24565", "0", WZ_VERDICT_READY,
          "RtlGetVersion: 6.0.6002. Registry: 6.0.6002. Kernel file: 6.0.6002.24565. WMI: 6.0.6002." },
        { "6.0.6002", "6.0.6002", "6.0.6003", "6.0.6003.20489", "1", WZ_VERDICT_ACTION, "Registry: 6.0.6003" },
        { "6.0.6003", "6.0.6002", "6.0.6003", "6.0.6003.20489", "0", WZ_VERDICT_ACTION,
          "RtlGetVersion says 6.0.6003, but GetVersionEx tells this program 6.0.6002" },
        { "6.0.6002", "6.0.6002", "6.0.6003", "6.0.6002.24565", "0", WZ_VERDICT_ACTION, "Registry: 6.0.6003" },
        { "6.0.6002", "6.0.6002", "6.0.6002", "6.0.6003.20489", "0", WZ_VERDICT_ACTION, "Kernel file: 6.0.6003" },
    };
    wz_snapshot *snapshot;

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        snapshot = machine_bare("x64");
        machine_set(snapshot, WZ_FACT_VERSION_API, rows[i].api);
        machine_set(snapshot, WZ_FACT_VERSION_SHIM, rows[i].shim);
        machine_set(snapshot, WZ_FACT_VERSION_REGISTRY, rows[i].registry);
        machine_set(snapshot, WZ_FACT_VERSION_KERNEL, rows[i].kernel);
        machine_set(snapshot, WZ_FACT_VERSION_WMI, rows[i].api);
        machine_set(snapshot, WZ_FACT_PENDING_CBS_REBOOT, rows[i].pending);
        look(i, snapshot, WZ_TARGET_FREE, WZ_CHECK_VERSION_SOURCES, rows[i].verdict, rows[i].evidence);
        wz_snapshot_free(snapshot);
    }
    snapshot = machine_bare("x64");
    machine_forget(snapshot, WZ_FACT_VERSION_REGISTRY, WZ_FACT_UNREADABLE);
    machine_forget(snapshot, WZ_FACT_VERSION_KERNEL, WZ_FACT_UNREADABLE);
    machine_forget(snapshot, WZ_FACT_VERSION_WMI, WZ_FACT_UNREADABLE);
    look(10, snapshot, WZ_TARGET_FREE, WZ_CHECK_VERSION_SOURCES, WZ_VERDICT_UNKNOWN, "Registry: –. Kernel file: –.");
    wz_snapshot_free(snapshot);
}

/* ---- what the plan mends ---- */

static void sha2_is_asked_of_the_registry_and_of_the_target(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    look(0, snapshot, WZ_TARGET_FREE, WZ_CHECK_SHA2, WZ_VERDICT_ACTION, "SHA-2 support is not there");
    look(1, snapshot, WZ_TARGET_6003, WZ_CHECK_SHA2, WZ_VERDICT_READY, "does not need it");
    machine_set(snapshot, WZ_FACT_SHA2_SUPPORT, "1");
    look(2, snapshot, WZ_TARGET_FREE, WZ_CHECK_SHA2, WZ_VERDICT_ACTION, "SHA2-Codesigning-Support 1, ");
    machine_set(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, "1");
    look(3, snapshot, WZ_TARGET_FREE, WZ_CHECK_SHA2, WZ_VERDICT_READY, "SHA-2 support is there");
    machine_forget(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, WZ_FACT_UNREADABLE);
    look(4, snapshot, WZ_TARGET_FREE, WZ_CHECK_SHA2, WZ_VERDICT_UNKNOWN, "code 5");
    machine_set(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, "0");
    machine_add(snapshot, 4474419, MACHINE_INSTALLED);
    look(5, snapshot, WZ_TARGET_FREE, WZ_CHECK_SHA2, WZ_VERDICT_ACTION, "KB4474419 is installed, but");
    wz_snapshot_free(snapshot);
}

static void stack_is_measured_by_what_the_target_needs(void **state)
{
    static const struct { const char *version; wz_target target; wz_verdict verdict; const char *evidence; } rows[] = {
        { "6.0.6003.20484", WZ_TARGET_FREE, WZ_VERDICT_READY,  "Servicing stack 6.0.6003.20484" },
        { "6.0.6003.20483", WZ_TARGET_FREE, WZ_VERDICT_ACTION, "needs KB4493730 first"          },
        { "6.0.6002.18005", WZ_TARGET_6003, WZ_VERDICT_ACTION, "needs KB4493730 first"          },
        { "6.0.6003.20484", WZ_TARGET_ESU3, WZ_VERDICT_ACTION, "needs KB5016129 first"          },
        { "6.0.6003.21569", WZ_TARGET_ESU3, WZ_VERDICT_READY,  "6.0.6003.21569"                 },
        { "6.0.6003.21569", WZ_TARGET_PA,   WZ_VERDICT_ACTION, "needs KB5050682 first"          },
    };
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        machine_set(snapshot, WZ_FACT_STACK_VERSION, rows[i].version);
        look(i, snapshot, rows[i].target, WZ_CHECK_STACK, rows[i].verdict, rows[i].evidence);
    }
    machine_add(snapshot, 5050682, MACHINE_INSTALLED);
    look(10, snapshot, WZ_TARGET_PA, WZ_CHECK_STACK, WZ_VERDICT_READY, "needs no newer one");
    wz_snapshot_free(snapshot);

    snapshot = machine_bare("x64");
    look(11, snapshot, WZ_TARGET_FREE, WZ_CHECK_STACK, WZ_VERDICT_ACTION, "Servicing stack –.");
    machine_forget(snapshot, WZ_FACT_STACK_VERSION, WZ_FACT_UNREADABLE);
    look(12, snapshot, WZ_TARGET_FREE, WZ_CHECK_STACK, WZ_VERDICT_UNKNOWN, "code 5");
    wz_snapshot_free(snapshot);
}

/* ---- packages ---- */

static void packages_are_compared_with_the_other_witnesses(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    look(0, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_READY,
         "Component Based Servicing: packages: 1, updates installed: 1. Updates in WMI: 1, in package manifests: 1.");
    wz_snapshot_add_hotfix(snapshot, "{A1B2C3D4-0000-0000-0000-000000000000}");    /* names no KB */
    wz_snapshot_add_hotfix(snapshot, "948465");
    look(1, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_READY, "Updates in WMI: 1,");
    wz_snapshot_add_hotfix(snapshot, "KB4499180");
    look(2, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_ACTION, "does not know: 1. First: KB4499180");
    wz_snapshot_add_package(snapshot, "Package_2_for_KB4499180_client~31bf3856ad364e35~x86~~6.0.1.0", 0x50);
    look(3, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_READY, "packages: 2,");
    wz_snapshot_add_package(snapshot, "Package_for_KB4489880~31bf3856ad364e35~x86~~6.0.1.0", 0x70);
    look(4, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_ACTION,
         "without a package manifest: 1. First: KB4489880");
    wz_snapshot_add_package(snapshot, "Package_for_KB4012583~31bf3856ad364e35~x86~~6.0.1.2", MACHINE_BROKEN);
    look(5, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_BLOCKED,
         "broken: 1. First: Package_for_KB4012583~31bf3856ad364e35~x86~~6.0.1.2");
    wz_snapshot_free(snapshot);
}

static void silent_witnesses_are_named(void **state)
{
    wz_snapshot *snapshot = wz_snapshot_create();

    (void)state;
    wz_snapshot_add_package(snapshot, "Package_for_KB948465~31bf3856ad364e35~x86~~6.0.1.18005", 0x70);
    look(0, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_UNKNOWN, "not looked up: packages");
    machine_set(snapshot, WZ_FACT_PACKAGES, "1");
    look(1, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_UNKNOWN, "not looked up: hotfixes");
    machine_set(snapshot, WZ_FACT_HOTFIXES, "0");
    look(2, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_READY, "WMI and the package manifests are silent");
    wz_snapshot_add_hotfix(snapshot, "KB948465");
    look(3, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_READY, "The package manifests are silent.");
    wz_snapshot_free(snapshot);

    snapshot = wz_snapshot_create();
    wz_snapshot_add_package(snapshot, "Package_for_KB948465~31bf3856ad364e35~x86~~6.0.1.18005", 0x70);
    wz_snapshot_add_manifest(snapshot, "package_for_kb948465~31bf3856ad364e35~x86~~6.0.1.18005");
    machine_set(snapshot, WZ_FACT_PACKAGES, "1");
    machine_set(snapshot, WZ_FACT_MANIFESTS, "1");
    look(4, snapshot, WZ_TARGET_FREE, WZ_CHECK_PACKAGES, WZ_VERDICT_READY, "WMI is silent.");
    wz_snapshot_free(snapshot);
}

/* ---- clock ---- */

static void clock_cannot_be_earlier_than_the_last_update(void **state)
{
    static const struct { const char *taken; wz_verdict verdict; const char *evidence; } rows[] = {
        { "2026-11-06T21:20:00Z", WZ_VERDICT_READY,  "2026-11-06T21:20:00Z"                 },
        { "2026-01-13T00:00:00Z", WZ_VERDICT_READY,  "2026-01-13"                           },
        { "2026-01-11T00:00:00Z", WZ_VERDICT_READY,  "2026-01-11"                           },
        { "2026-01-10T23:59:59Z", WZ_VERDICT_ACTION, "It cannot be earlier than 2026-01-11" },
        { "2008-01-01T00:00:00Z", WZ_VERDICT_ACTION, "The clock says 2008-01-01T00:00:00Z"  },
    };
    static const unsigned targets[] = { 4493471, 4493471, 4493471, 4493471, 4493471 };
    wz_catalogue *undated = machine_site_catalogue(targets, "<update kb=\"4493471\" kind=\"rollup\" programme=\"free\" "
        "restart=\"yes\" architectures=\"x64\" source=\"t\" confidence=\"S\"/>");
    wz_snapshot  *snapshot = machine_bare("x64");
    wz_checks     checks = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        assert_true(wz_time_parse(rows[i].taken, &snapshot->taken));
        look(i, snapshot, WZ_TARGET_FREE, WZ_CHECK_CLOCK, rows[i].verdict, rows[i].evidence);
    }
    assert_true(wz_time_parse("2018-12-31", &snapshot->taken));                /* a catalogue without dates: 2019 */
    wz_checks_run(snapshot, undated, WZ_TARGET_FREE, NULL, &checks);
    assert_int_equal(checks.items[WZ_CHECK_CLOCK].verdict, WZ_VERDICT_ACTION);
    assert_true(wz_time_parse("2019-01-01", &snapshot->taken));
    wz_checks_run(snapshot, undated, WZ_TARGET_FREE, NULL, &checks);
    assert_int_equal(checks.items[WZ_CHECK_CLOCK].verdict, WZ_VERDICT_READY);
    snapshot->taken = 0;
    look(10, snapshot, WZ_TARGET_FREE, WZ_CHECK_CLOCK, WZ_VERDICT_UNKNOWN, "NtQuerySystemInformation");
    wz_checks_clear(&checks);
    wz_snapshot_free(snapshot);
    wz_catalogue_free(undated);
}

/* ---- all of them ---- */

static void empty_snapshot_is_never_called_ready(void **state)
{
    wz_snapshot *snapshot = wz_snapshot_create();
    wz_checks    checks = { 0 };

    (void)state;
    for (int target = 0; target < WZ_TARGET_COUNT; target++) {
        wz_checks_run(snapshot, machine_catalogue(), (wz_target)target, NULL, &checks);
        for (int i = 0; i < WZ_CHECK_COUNT; i++)
            CHECK_ROW(i, checks.items[i].verdict == WZ_VERDICT_UNKNOWN);
    }
    wz_checks_clear(&checks);
    wz_snapshot_free(snapshot);
}

static void worst_verdict_counts(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");
    wz_checks    checks = { 0 };

    (void)state;
    machine_set_version(snapshot, "6.0.6003.20706");  /* reached: neither SHA-2 support nor stack is asked for */
    wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &checks);
    assert_int_equal(wz_checks_worst(&checks), WZ_VERDICT_READY);
    machine_set(snapshot, WZ_FACT_REMOTE_SESSION, "1");
    wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &checks);
    assert_int_equal(wz_checks_worst(&checks), WZ_VERDICT_ACTION);
    machine_forget(snapshot, WZ_FACT_DISK_FREE, WZ_FACT_UNREADABLE);
    wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &checks);
    assert_int_equal(wz_checks_worst(&checks), WZ_VERDICT_UNKNOWN);
    machine_set(snapshot, WZ_FACT_START_UPDATE, "4");
    wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &checks);
    assert_int_equal(wz_checks_worst(&checks), WZ_VERDICT_BLOCKED);
    wz_checks_clear(&checks);
    wz_snapshot_free(snapshot);
}

static void names_and_titles_are_complete(void **state)
{
    static const char *const verdicts[] = { "ready", "action", "blocked", "unknown" };

    (void)state;
    for (int i = 0; i < WZ_CHECK_COUNT; i++) {
        CHECK_ROW(i, strlen(wz_word(test_words(), wz_check_title_word((wz_check_id)i))) > 2);
        for (int k = 0; k < i; k++)
            CHECK_ROW(i, strcmp(wz_check_name((wz_check_id)i), wz_check_name((wz_check_id)k)) != 0);
    }
    CHECK_TEXT(wz_check_name(WZ_CHECK_SYSTEM), "system");
    CHECK_TEXT(wz_check_name(WZ_CHECK_CLOCK), "clock");
    for (int i = 0; i < 4; i++)
        CHECK_TEXT(wz_verdict_name((wz_verdict)i), verdicts[i]);
    CHECK_TEXT(wz_word(test_words(), wz_verdict_word(WZ_VERDICT_BLOCKED)), "Blocked");
}

int test_check(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(machine_checks_follow_their_one_fact),
        cmocka_unit_test(pending_restart_names_its_owner),
        cmocka_unit_test(rights_are_told_by_two_facts),
        cmocka_unit_test(system_is_judged_by_version_type_and_target),
        cmocka_unit_test(unknown_system_says_what_was_not_read),
        cmocka_unit_test(witnesses_that_disagree_need_action),
        cmocka_unit_test(sha2_is_asked_of_the_registry_and_of_the_target),
        cmocka_unit_test(stack_is_measured_by_what_the_target_needs),
        cmocka_unit_test(packages_are_compared_with_the_other_witnesses),
        cmocka_unit_test(silent_witnesses_are_named),
        cmocka_unit_test(clock_cannot_be_earlier_than_the_last_update),
        cmocka_unit_test(empty_snapshot_is_never_called_ready),
        cmocka_unit_test(worst_verdict_counts),
        cmocka_unit_test(names_and_titles_are_complete),
    };

    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
