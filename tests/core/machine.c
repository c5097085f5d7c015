#include "machine.h"

#include "check.h"

#include "core/xml.h"
#include "words.h"

static wz_catalogue *machine_read_catalogue(const char *name, const wz_text *xml)
{
    wz_text       schema = test_read("resources/catalogue.xsd");
    wz_catalogue *catalogue = NULL;
    wz_error      error = { 0 };
    wz_status     status;

    wz_xml_start();
    status = wz_catalogue_read(name, (wz_view){ xml->at, xml->length }, (wz_view){ schema.at, schema.length },
                               &catalogue, &error);
    wz_text_clear(&schema);
    if (status != WZ_OK) {
        fprintf(stderr, "%s: %s\n", name, test_error(&error));
        abort();
    }
    return catalogue;
}

static wz_catalogue *machine_built_in;                 /* read once; the tests run in one thread */

const wz_catalogue *machine_catalogue(void)
{
    if (machine_built_in == NULL) {
        wz_text xml = test_read("resources/catalogue.xml");

        machine_built_in = machine_read_catalogue("resources/catalogue.xml", &xml);
        wz_catalogue_set_origin(machine_built_in, true, "");
        wz_text_clear(&xml);
    }
    return machine_built_in;
}

wz_catalogue *machine_site_catalogue(const unsigned targets[], const char *updates)
{
    wz_text       xml = { 0 };
    wz_catalogue *catalogue;

    wz_text_add(&xml, "<catalogue version=\"1\" kind=\"site\" date=\"2026-06-26\"><targets>");
    for (int i = 0; i < WZ_TARGET_COUNT; i++) {
        wz_text_add(&xml, "<target name=\"");
        wz_text_add(&xml, wz_target_name((wz_target)i));
        wz_text_add(&xml, "\" kb=\"");
        wz_text_add_number(&xml, targets[i]);
        wz_text_add(&xml, "\"/>");
    }
    wz_text_add(&xml, "</targets><updates>");
    wz_text_add(&xml, updates);
    wz_text_add(&xml, "</updates></catalogue>");
    catalogue = machine_read_catalogue("site.xml", &xml);
    wz_text_clear(&xml);
    return catalogue;
}

/* ---- machines ---- */

static const struct { wz_fact_id fact; const char *source, *value; } machine_facts[] = {
    { WZ_FACT_COMPUTER_NAME,         "API GetComputerNameEx",            "MRT-SRV-01"                              },
    { WZ_FACT_COMPUTER_DOMAIN,       "API NetGetJoinInformation",        "WORKGROUP"                               },
    { WZ_FACT_MACHINE_ID,            "registry MachineGuid",             "9e2f6c5a-0000-4000-8000-1234567890ab"    },
    { WZ_FACT_BOOT_TIME,             "API NtQuerySystemInformation",     "2026-11-06T08:00:00Z"                    },
    { WZ_FACT_SERVICE_PACK,          "API RtlGetVersion",                "Service Pack 2"                          },
    { WZ_FACT_SERVICE_PACK_MAJOR,    "API RtlGetVersion",                "2"                                       },
    { WZ_FACT_PRODUCT_NAME,          "registry ProductName",             "Windows Server (R) 2008 Standard"        },
    { WZ_FACT_PRODUCT_TYPE,          "API RtlGetVersion",                "3"                                       },
    { WZ_FACT_EDITION,               "API GetProductInfo",               "7"                                       },
    { WZ_FACT_SERVER_CORE,           "API GetProductInfo",               "0"                                       },
    { WZ_FACT_DISK_FREE,             "API GetDiskFreeSpaceEx",           "42949672960"                             },
    { WZ_FACT_DISK_TOTAL,            "API GetDiskFreeSpaceEx",           "85899345920"                             },
    { WZ_FACT_ADMINISTRATOR,         "API CheckTokenMembership",         "1"                                       },
    { WZ_FACT_CAN_ELEVATE,           "API GetTokenInformation",          "1"                                       },
    { WZ_FACT_REMOTE_SESSION,        "API GetSystemMetrics",             "0"                                       },
    { WZ_FACT_ON_BATTERY,            "API GetSystemPowerStatus",         "0"                                       },
    { WZ_FACT_START_UPDATE,          "registry wuauserv Start",          "2"                                       },
    { WZ_FACT_START_INSTALLER,       "registry TrustedInstaller Start",  "3"                                       },
};

static const wz_fact_id machine_absent[] = {
    WZ_FACT_SHA2_SUPPORT, WZ_FACT_SHA2_CORE_SUPPORT, WZ_FACT_STACK_VERSION, WZ_FACT_PENDING_CBS_REBOOT,
    WZ_FACT_PENDING_CBS_PACKAGES, WZ_FACT_PENDING_CBS_SESSIONS, WZ_FACT_PENDING_COMPONENTS, WZ_FACT_PENDING_XML_FILE,
    WZ_FACT_PENDING_UPDATE_AGENT, WZ_FACT_PENDING_RENAMES, WZ_FACT_ESU_YEAR1, WZ_FACT_ESU_YEAR2, WZ_FACT_ESU_YEAR3,
    WZ_FACT_ESU_YEAR4, WZ_FACT_ESU_YEAR5, WZ_FACT_ESU_YEAR6, WZ_FACT_ESU_PREMIUM, WZ_FACT_FIRMWARE, WZ_FACT_AZURE_AGENT,
    WZ_FACT_CHASSIS_TAG, WZ_FACT_CLUSTER, WZ_FACT_SOPHOS, WZ_FACT_SOPHOS_DATE, WZ_FACT_AVIRA, WZ_FACT_AVIRA_DATE,
    WZ_FACT_LOG_SERVICING, WZ_FACT_LOG_READINESS,
};

wz_snapshot *machine_bare(const char *architecture)
{
    wz_snapshot *snapshot = wz_snapshot_create();

    snapshot->taken = MACHINE_TIME;
    for (size_t i = 0; i < WZ_COUNT(machine_facts); i++)
        wz_fact_known(snapshot, machine_facts[i].fact, MACHINE_TIME, machine_facts[i].source, machine_facts[i].value);
    for (size_t i = 0; i < WZ_COUNT(machine_absent); i++)
        wz_fact_absent(snapshot, machine_absent[i], MACHINE_TIME, "registry HKLM\\SOFTWARE");
    wz_fact_known(snapshot, WZ_FACT_ARCHITECTURE, MACHINE_TIME, "API GetNativeSystemInfo", architecture);
    machine_set_version(snapshot, "6.0.6002.18005");
    machine_add(snapshot, 948465, MACHINE_INSTALLED);
    return snapshot;
}

void machine_set_version(wz_snapshot *snapshot, const char *version)
{
    wz_version parsed = { 0 };
    wz_text    three = { 0 };

    if (!wz_version_parse(version, &parsed))
        abort();
    wz_text_add_version(&three, parsed, 3);
    machine_set(snapshot, WZ_FACT_VERSION_API, three.at);
    machine_set(snapshot, WZ_FACT_VERSION_SHIM, three.at);
    machine_set(snapshot, WZ_FACT_VERSION_REGISTRY, three.at);
    machine_set(snapshot, WZ_FACT_VERSION_WMI, three.at);
    machine_set(snapshot, WZ_FACT_VERSION_KERNEL, version);
    wz_text_clear(&three);
}

void machine_set(wz_snapshot *snapshot, wz_fact_id fact, const char *value)
{
    wz_fact_known(snapshot, fact, MACHINE_TIME, "test", value);
    if (wz_snapshot_text(snapshot, fact) == NULL)
        abort();                                      /* the value does not fit the fact */
}

void machine_forget(wz_snapshot *snapshot, wz_fact_id fact, wz_fact_state state)
{
    if (state == WZ_FACT_ABSENT)
        wz_fact_absent(snapshot, fact, MACHINE_TIME, "test");
    else
        wz_fact_unreadable(snapshot, fact, MACHINE_TIME, "test", 5);
    snapshot->facts[fact].state = state;
}

static void machine_count(wz_snapshot *snapshot)
{
    wz_fact_known_number(snapshot, WZ_FACT_PACKAGES, MACHINE_TIME, "registry Packages", snapshot->package_count);
    wz_fact_known_number(snapshot, WZ_FACT_HOTFIXES, MACHINE_TIME, "WMI Win32_QuickFixEngineering",
                         snapshot->hotfix_count);
    wz_fact_known_number(snapshot, WZ_FACT_MANIFESTS, MACHINE_TIME, "file servicing\\Packages",
                         snapshot->manifest_count);
}

void machine_add(wz_snapshot *snapshot, unsigned kb, int state)
{
    char name[100];

    snprintf(name, sizeof name, "Package_for_KB%u~31bf3856ad364e35~amd64~~6.0.1.0", kb);
    wz_snapshot_add_package(snapshot, name, state);
    if (state == MACHINE_INSTALLED) {
        wz_snapshot_add_manifest(snapshot, name);
        snprintf(name, sizeof name, "KB%u", kb);
        wz_snapshot_add_hotfix(snapshot, name);
    }
    machine_count(snapshot);
}

void machine_set_sha2(wz_snapshot *snapshot)
{
    machine_set(snapshot, WZ_FACT_SHA2_SUPPORT, "1");
    machine_set(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, "1");
}

/* ---- plans ---- */

static void plan_show(const wz_plan *plan, wz_text *out)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        if (i > 0)
            wz_text_add(out, " ");
        if (plan->steps[i].is_pending)
            wz_text_add(out, "p");
        wz_text_add_number(out, plan->steps[i].update->kb);
        if (plan->steps[i].restart_after)
            wz_text_add(out, "|");
    }
}

void machine_expect_plan(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target,
                         wz_plan_state state, const char *steps)
{
    wz_plan *plan = wz_plan_create(snapshot, catalogue, target);
    wz_text  got = { 0 };

    plan_show(plan, &got);
    CHECK_TEXT(wz_text_at(&got), steps);
    assert_int_equal(plan->state, state);
    assert_true((plan->why.id != 0) == (state != WZ_PLAN_READY));
    wz_text_clear(&got);
    wz_plan_free(plan);
}
