#include "platform/probe.h"

#include <process.h>
#include <stdlib.h>

#include "resource.h"

#define SECOND 1000u
#define POLL_MS 100u

/*
 * One group at work. It belongs to the waiter and to the thread together: whoever lets go last frees it, so a thread
 * that answers after its time writes into memory that is still its own.
 */
typedef struct probe_task {
    volatile LONG         owners;       /* 1 until it is started, 2, 1, 0: Interlocked only */
    const wz_probe_group *group;        /* in read-only data, as long as the program */
    wz_snapshot          *snapshot;     /* the thread's until it has ended */
    HANDLE                thread;       /* the waiter's; NULL when it could not be started */
    uint64_t              begun_ms;     /* the waiter's, as the next two; by the clock of GetTickCount64 */
    bool                  is_started;
    bool                  is_settled;   /* merged or given up */
} probe_task;

static void task_release(probe_task *task)
{
    if (InterlockedDecrement(&task->owners) == 0) {
        wz_snapshot_free(task->snapshot);
        free(task);
    }
}

static unsigned __stdcall task_main(void *argument)
{
    probe_task *task = argument;

    task->group->run(task->snapshot);
    task_release(task);
    return 0;
}

static probe_task *task_create(const wz_probe_group *group)
{
    probe_task *task = wz_new(probe_task);

    task->owners = 1;
    task->group = group;
    task->snapshot = wz_snapshot_create();
    return task;
}

static void task_start(probe_task *task)
{
    task->is_started = true;
    task->begun_ms = GetTickCount64();
    task->owners = 2;
    task->thread = (HANDLE)_beginthreadex(NULL, 0, task_main, task, 0, NULL);
    if (task->thread == NULL)
        task_release(task);                            /* the share of the thread that is not */
}

static void fact_move(wz_snapshot *to, wz_snapshot *from, wz_fact_id id)
{
    wz_fact old = to->facts[id];

    to->facts[id] = from->facts[id];
    from->facts[id] = old;
}

/* Lists belong to one group each, so the whole list changes hands. */
static void lists_move(wz_snapshot *to, wz_snapshot *from)
{
    if (from->package_count > 0) {
        to->packages = from->packages;
        to->package_count = from->package_count;
        to->package_room = from->package_room;
        from->packages = NULL;
        from->package_count = from->package_room = 0;
    }
    if (from->hotfix_count > 0) {
        to->hotfixes = from->hotfixes;
        to->hotfix_count = from->hotfix_count;
        to->hotfix_room = from->hotfix_room;
        from->hotfixes = NULL;
        from->hotfix_count = from->hotfix_room = 0;
    }
    if (from->manifest_count > 0) {
        to->manifests = from->manifests;
        to->manifest_count = from->manifest_count;
        to->manifest_room = from->manifest_room;
        from->manifests = NULL;
        from->manifest_count = from->manifest_room = 0;
    }
}

/* Ends the waiter's share: the thread has ended, or is given up (has_ended false). */
static void task_settle(probe_task *task, bool has_ended, unsigned code, wz_snapshot *out)
{
    for (const wz_fact_id *id = task->group->facts; *id != WZ_FACT_COUNT; id++) {
        if (has_ended)
            fact_move(out, task->snapshot, *id);
        else
            wz_fact_unreadable(out, *id, wz_windows_time(), task->group->source, code);
    }
    if (has_ended)
        lists_move(out, task->snapshot);
    task->is_settled = true;
}

static void progress_tell(probe_task *const tasks[], size_t count, const wz_progress *progress)
{
    unsigned permille = 0;
    size_t   first = count;

    for (size_t i = count; i-- > 0;) {
        if (tasks[i]->is_settled)
            permille += tasks[i]->group->weight;
        else if (tasks[i]->is_started)
            first = i;
    }
    if (first < count)
        wz_progress_report(progress, tasks[first]->group->word, NULL, permille);
    else if (count > 0)
        wz_progress_report(progress, tasks[count - 1]->group->word, NULL, permille);
}

/* One that is given up does not count: it may never end. */
static void tasks_start(probe_task *const tasks[], size_t count)
{
    unsigned at_work = 0;

    for (size_t i = 0; i < count; i++)
        at_work += tasks[i]->is_started && !tasks[i]->is_settled;
    for (size_t i = count; i-- > 0 && at_work < WZ_PROBES_AT_ONCE;) {
        if (!tasks[i]->is_started) {
            task_start(tasks[i]);
            at_work++;
        }
    }
}

/* Settle what has ended or run out of time; true while any is still at work or to be started. */
static bool tasks_look(probe_task *const tasks[], size_t count, wz_snapshot *out)
{
    uint64_t now_ms = GetTickCount64();
    bool     is_any_left = false;

    for (size_t i = 0; i < count; i++) {
        probe_task *task = tasks[i];

        if (task->is_settled)
            continue;
        if (!task->is_started)
            is_any_left = true;
        else if (task->thread == NULL)
            task_settle(task, false, ERROR_NOT_ENOUGH_MEMORY, out);
        else if (WaitForSingleObject(task->thread, 0) == WAIT_OBJECT_0)
            task_settle(task, true, 0, out);
        else if (now_ms - task->begun_ms >= task->group->limit_ms)
            task_settle(task, false, 0, out);
        else
            is_any_left = true;
    }
    return is_any_left;
}

static void tasks_wait(probe_task *const tasks[], size_t count)      /* until one ends, a short time at most */
{
    HANDLE threads[MAXIMUM_WAIT_OBJECTS];
    DWORD  waiting = 0;

    for (size_t i = 0; i < count && waiting < MAXIMUM_WAIT_OBJECTS; i++)
        if (!tasks[i]->is_settled && tasks[i]->thread != NULL)
            threads[waiting++] = tasks[i]->thread;
    if (waiting > 0)
        WaitForMultipleObjects(waiting, threads, FALSE, POLL_MS);
}

wz_status wz_probe_groups(const wz_probe_group groups[], size_t count, const wz_progress *progress, wz_snapshot **out,
                          wz_error *err)
{
    wz_snapshot *snapshot = wz_snapshot_create();
    probe_task **tasks = wz_new_array(count, probe_task *);
    bool         is_cancelled = false;

    snapshot->taken = wz_windows_time();
    for (size_t i = 0; i < count; i++)
        tasks[i] = task_create(&groups[i]);
    while (tasks_look(tasks, count, snapshot)) {
        tasks_start(tasks, count);
        progress_tell(tasks, count, progress);
        if ((is_cancelled = wz_progress_cancelled(progress)))
            break;
        tasks_wait(tasks, count);
    }
    if (!is_cancelled)
        progress_tell(tasks, count, progress);
    for (size_t i = 0; i < count; i++) {
        if (tasks[i]->thread != NULL)
            CloseHandle(tasks[i]->thread);
        task_release(tasks[i]);
    }
    free(tasks);
    if (is_cancelled) {
        wz_snapshot_free(snapshot);
        return wz_fail(err, WZ_E_CANCELLED, 0, "");
    }
    *out = snapshot;
    return WZ_OK;
}

static const wz_fact_id computer_facts[] = {
    WZ_FACT_COMPUTER_NAME, WZ_FACT_COMPUTER_DOMAIN, WZ_FACT_MACHINE_ID, WZ_FACT_BOOT_TIME, WZ_FACT_ON_BATTERY,
    WZ_FACT_COUNT
};
static const wz_fact_id version_facts[] = {
    WZ_FACT_VERSION_API, WZ_FACT_VERSION_SHIM, WZ_FACT_VERSION_REGISTRY, WZ_FACT_VERSION_KERNEL, WZ_FACT_SERVICE_PACK,
    WZ_FACT_SERVICE_PACK_MAJOR, WZ_FACT_BUILD_LAB, WZ_FACT_PRODUCT_NAME, WZ_FACT_PRODUCT_TYPE, WZ_FACT_EDITION,
    WZ_FACT_SERVER_CORE, WZ_FACT_ARCHITECTURE, WZ_FACT_COUNT
};
static const wz_fact_id pending_facts[] = {
    WZ_FACT_PENDING_CBS_REBOOT, WZ_FACT_PENDING_CBS_PACKAGES, WZ_FACT_PENDING_CBS_SESSIONS, WZ_FACT_PENDING_COMPONENTS,
    WZ_FACT_PENDING_XML_FILE, WZ_FACT_PENDING_UPDATE_AGENT, WZ_FACT_PENDING_RENAMES, WZ_FACT_COUNT
};
static const wz_fact_id servicing_facts[] = {
    WZ_FACT_SHA2_SUPPORT, WZ_FACT_SHA2_CORE_SUPPORT, WZ_FACT_STACK_VERSION, WZ_FACT_DISK_FREE, WZ_FACT_DISK_TOTAL,
    WZ_FACT_START_UPDATE, WZ_FACT_START_INSTALLER, WZ_FACT_COUNT
};
static const wz_fact_id rights_facts[] = {
    WZ_FACT_ADMINISTRATOR, WZ_FACT_CAN_ELEVATE, WZ_FACT_REMOTE_SESSION, WZ_FACT_COUNT
};
static const wz_fact_id host_facts[] = {
    WZ_FACT_FIRMWARE, WZ_FACT_AZURE_AGENT, WZ_FACT_CHASSIS_TAG, WZ_FACT_CLUSTER, WZ_FACT_SOPHOS, WZ_FACT_SOPHOS_DATE,
    WZ_FACT_AVIRA, WZ_FACT_AVIRA_DATE, WZ_FACT_COUNT
};
static const wz_fact_id log_facts[] = { WZ_FACT_LOG_SERVICING, WZ_FACT_LOG_READINESS, WZ_FACT_COUNT };
static const wz_fact_id package_facts[] = { WZ_FACT_PACKAGES, WZ_FACT_COUNT };
static const wz_fact_id manifest_facts[] = { WZ_FACT_MANIFESTS, WZ_FACT_COUNT };
static const wz_fact_id wmi_facts[] = { WZ_FACT_VERSION_WMI, WZ_FACT_CAPTION, WZ_FACT_COUNT };
static const wz_fact_id hotfix_facts[] = { WZ_FACT_HOTFIXES, WZ_FACT_COUNT };
static const wz_fact_id licence_facts[] = {
    WZ_FACT_ESU_YEAR1, WZ_FACT_ESU_YEAR2, WZ_FACT_ESU_YEAR3, WZ_FACT_ESU_YEAR4, WZ_FACT_ESU_YEAR5, WZ_FACT_ESU_YEAR6,
    WZ_FACT_ESU_PREMIUM, WZ_FACT_COUNT
};

/* The limits leave room for an old disk and a sick WMI; a healthy machine needs a few seconds for all together. */
#define PACKAGE_KEYS   "registry HKLM\\SOFTWARE\\…\\Component Based Servicing\\Packages"
#define MANIFEST_FILES "file servicing\\Packages\\*.mum"

static const wz_probe_group machine_groups[] = {       /* the last ones take longest */
    { wz_probe_version,      IDS_PROBE_VERSION,   20 * SECOND,  100, "API, registry and kernel file", version_facts },
    { wz_probe_computer,     IDS_PROBE_COMPUTER,  20 * SECOND,  50,  "API and registry",              computer_facts },
    { wz_probe_rights,       IDS_PROBE_COMPUTER,  20 * SECOND,  50,  "API",                           rights_facts },
    { wz_probe_pending,      IDS_PROBE_PENDING,   20 * SECOND,  50,  "registry and file",             pending_facts },
    { wz_probe_servicing,    IDS_PROBE_SERVICING, 30 * SECOND,  50,  "registry and file",             servicing_facts },
    { wz_probe_host,         IDS_PROBE_HOST,      30 * SECOND,  50,  "registry and file",             host_facts },
    { wz_probe_logs,         IDS_PROBE_LOGS,      30 * SECOND,  50,  "file Logs\\CBS",                log_facts },
    { wz_probe_packages,     IDS_PROBE_PACKAGES,  120 * SECOND, 150, PACKAGE_KEYS,                    package_facts },
    { wz_probe_manifests,    IDS_PROBE_PACKAGES,  120 * SECOND, 100, MANIFEST_FILES,                  manifest_facts },
    { wz_probe_wmi_system,   IDS_PROBE_WMI,       90 * SECOND,  100, "WMI Win32_OperatingSystem",     wmi_facts },
    { wz_probe_wmi_hotfixes, IDS_PROBE_HOTFIXES,  120 * SECOND, 100, "WMI Win32_QuickFixEngineering", hotfix_facts },
    { wz_probe_wmi_licence,  IDS_PROBE_LICENCE,   120 * SECOND, 150, "WMI SoftwareLicensingProduct",  licence_facts },
};

wz_status wz_probe(const wz_progress *progress, wz_snapshot **out, wz_error *err)
{
    return wz_probe_groups(machine_groups, WZ_COUNT(machine_groups), progress, out, err);
}
