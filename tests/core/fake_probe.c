/* What the machine in memory answers to a probe. */
#include "fake_platform.h"

#include <stdio.h>

static void known_version(wz_snapshot *snapshot, const fake_machine *machine, wz_fact_id id, wz_version version,
                          unsigned parts)
{
    wz_text text = { 0 };

    wz_text_add_version(&text, version, parts);
    wz_fact_known(snapshot, id, machine->clock, "fake", text.at);
    wz_text_clear(&text);
}

static void probe_identity(const fake_machine *machine, wz_snapshot *snapshot)
{
    wz_text boot = { 0 };

    wz_fact_known(snapshot, WZ_FACT_COMPUTER_NAME, machine->clock, "fake", "SRV-01");
    wz_fact_known(snapshot, WZ_FACT_MACHINE_ID, machine->clock, "fake", machine->machine_id);
    wz_text_add_time(&boot, machine->booted);
    if (machine->boot_time_unknown)
        wz_fact_unreadable(snapshot, WZ_FACT_BOOT_TIME, machine->clock, "fake", 5);
    else
        wz_fact_known(snapshot, WZ_FACT_BOOT_TIME, machine->clock, "fake", boot.at);
    wz_text_clear(&boot);
    known_version(snapshot, machine, WZ_FACT_VERSION_API, machine->version, 3);
    known_version(snapshot, machine, WZ_FACT_VERSION_SHIM, machine->version, 3);
    known_version(snapshot, machine, WZ_FACT_VERSION_REGISTRY, machine->version, 3);
    known_version(snapshot, machine, WZ_FACT_VERSION_KERNEL, machine->version, 4);
    known_version(snapshot, machine, WZ_FACT_VERSION_WMI, machine->version, 3);
    wz_fact_known(snapshot, WZ_FACT_SERVICE_PACK, machine->clock, "fake", "Service Pack 2");
    wz_fact_known_number(snapshot, WZ_FACT_SERVICE_PACK_MAJOR, machine->clock, "fake", 2);
    wz_fact_known_number(snapshot, WZ_FACT_PRODUCT_TYPE, machine->clock, "fake", machine->product_type);
    wz_fact_known_number(snapshot, WZ_FACT_EDITION, machine->clock, "fake", 7);
    wz_fact_known(snapshot, WZ_FACT_ARCHITECTURE, machine->clock, "fake", machine->architecture);
    wz_fact_known(snapshot, WZ_FACT_SERVER_CORE, machine->clock, "fake", "0");
}

static void probe_state(const fake_machine *machine, wz_snapshot *snapshot)
{
    static const wz_fact_id absent[] = {
        WZ_FACT_PENDING_CBS_PACKAGES, WZ_FACT_PENDING_CBS_SESSIONS, WZ_FACT_PENDING_COMPONENTS,
        WZ_FACT_PENDING_XML_FILE, WZ_FACT_PENDING_RENAMES, WZ_FACT_ESU_YEAR1, WZ_FACT_ESU_YEAR2, WZ_FACT_ESU_YEAR3,
        WZ_FACT_ESU_YEAR4, WZ_FACT_ESU_YEAR5, WZ_FACT_ESU_YEAR6, WZ_FACT_ESU_PREMIUM, WZ_FACT_FIRMWARE,
        WZ_FACT_AZURE_AGENT, WZ_FACT_CHASSIS_TAG, WZ_FACT_CLUSTER, WZ_FACT_SOPHOS, WZ_FACT_SOPHOS_DATE,
        WZ_FACT_AVIRA, WZ_FACT_AVIRA_DATE, WZ_FACT_LOG_SERVICING, WZ_FACT_LOG_READINESS,
    };

    for (size_t i = 0; i < WZ_COUNT(absent); i++)
        wz_fact_absent(snapshot, absent[i], machine->clock, "fake");
    if (machine->signs) {
        wz_fact_known(snapshot, WZ_FACT_PENDING_CBS_REBOOT, machine->clock, "fake", "1");
        wz_fact_known(snapshot, WZ_FACT_PENDING_UPDATE_AGENT, machine->clock, "fake", "1");
    } else {
        wz_fact_absent(snapshot, WZ_FACT_PENDING_CBS_REBOOT, machine->clock, "fake");
        wz_fact_absent(snapshot, WZ_FACT_PENDING_UPDATE_AGENT, machine->clock, "fake");
    }
    wz_fact_known_number(snapshot, WZ_FACT_SHA2_SUPPORT, machine->clock, "fake", machine->sha2);
    wz_fact_known_number(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, machine->clock, "fake", machine->sha2);
    known_version(snapshot, machine, WZ_FACT_STACK_VERSION, machine->stack, 4);
    wz_fact_known_number(snapshot, WZ_FACT_DISK_FREE, machine->clock, "fake", machine->disk_free);
    wz_fact_known_number(snapshot, WZ_FACT_DISK_TOTAL, machine->clock, "fake", 80ull << 30);
    wz_fact_known(snapshot, WZ_FACT_ADMINISTRATOR, machine->clock, "fake", machine->administrator ? "1" : "0");
    wz_fact_known(snapshot, WZ_FACT_CAN_ELEVATE, machine->clock, "fake", machine->administrator ? "0" : "1");
    wz_fact_known(snapshot, WZ_FACT_REMOTE_SESSION, machine->clock, "fake", "0");
    wz_fact_known(snapshot, WZ_FACT_ON_BATTERY, machine->clock, "fake", "0");
    wz_fact_known_number(snapshot, WZ_FACT_START_UPDATE, machine->clock, "fake", 3);
    wz_fact_known_number(snapshot, WZ_FACT_START_INSTALLER, machine->clock, "fake", 3);
}

static void add_update_rows(wz_snapshot *snapshot, const fake_update *update)
{
    char name[96];
    bool is_seen = update->is_waiting && update->effect != FAKE_UNSEEN && update->effect != FAKE_SILENT;

    if (!update->is_in_force && !is_seen)
        return;
    snprintf(name, sizeof name, "Package_1_for_KB%u~31bf3856ad364e35~amd64~~6.0.1.0", update->kb);
    wz_snapshot_add_package(snapshot, name, update->is_in_force ? 0x70 : 0x60);
    snprintf(name, sizeof name, "package_1_for_kb%u~31bf3856ad364e35~amd64~~6.0.1.0", update->kb);
    wz_snapshot_add_manifest(snapshot, name);
    snprintf(name, sizeof name, "KB%u", update->kb);
    if (update->is_in_force)
        wz_snapshot_add_hotfix(snapshot, name);
}

wz_status fake_probe(void *context, const wz_progress *progress, wz_snapshot **out, wz_error *err)
{
    fake_machine *machine = context;
    wz_snapshot  *snapshot;

    if (wz_progress_cancelled(progress))
        return wz_fail(err, WZ_E_CANCELLED, 0, "");
    snapshot = wz_snapshot_create();
    snapshot->taken = machine->clock;
    probe_identity(machine, snapshot);
    probe_state(machine, snapshot);
    wz_snapshot_add_package(snapshot, "VistaSP2-KB948465~31bf3856ad364e35~amd64~~6.0.1.18005", 0x70);
    wz_snapshot_add_hotfix(snapshot, "KB948465");
    wz_snapshot_add_manifest(snapshot, "package_for_kb948465~31bf3856ad364e35~amd64~~6.0.1.18005");
    for (size_t i = 0; i < machine->update_count; i++)
        add_update_rows(snapshot, &machine->updates[i]);
    wz_fact_known_number(snapshot, WZ_FACT_PACKAGES, machine->clock, "fake", snapshot->package_count);
    wz_fact_known_number(snapshot, WZ_FACT_HOTFIXES, machine->clock, "fake", snapshot->hotfix_count);
    wz_fact_known_number(snapshot, WZ_FACT_MANIFESTS, machine->clock, "fake", snapshot->manifest_count);
    *out = snapshot;
    return WZ_OK;
}

int fake_local_minutes(void *context, wz_time time)
{
    (void)time;
    return ((fake_machine *)context)->local_minutes;
}
