#include "core/snapshot.h"

#include <stdlib.h>
#include <string.h>

#define ERROR_INVALID_DATA_CODE 13u   /* Win32: "The data is invalid." */

/* ---- the closed list of facts ---- */

const char *wz_fact_name(wz_fact_id id)
{
    static const char *const names[WZ_FACT_COUNT] = {
#define WZ_FACT_NAME(suffix, name) [WZ_FACT_##suffix] = name,
        WZ_FACTS(WZ_FACT_NAME)
#undef WZ_FACT_NAME
    };

    return names[id];
}

static wz_fact_kind fact_kind(wz_fact_id id)
{
    switch (id) {
    case WZ_FACT_VERSION_API:
    case WZ_FACT_VERSION_SHIM:
    case WZ_FACT_VERSION_REGISTRY:
    case WZ_FACT_VERSION_KERNEL:
    case WZ_FACT_VERSION_WMI:
    case WZ_FACT_STACK_VERSION:
        return WZ_FACT_VERSION;
    case WZ_FACT_SERVER_CORE:
    case WZ_FACT_PENDING_CBS_REBOOT:
    case WZ_FACT_PENDING_XML_FILE:
    case WZ_FACT_PENDING_UPDATE_AGENT:
    case WZ_FACT_ADMINISTRATOR:
    case WZ_FACT_CAN_ELEVATE:
    case WZ_FACT_ON_BATTERY:
    case WZ_FACT_REMOTE_SESSION:
        return WZ_FACT_FLAG;
    case WZ_FACT_SERVICE_PACK_MAJOR:
    case WZ_FACT_PRODUCT_TYPE:
    case WZ_FACT_EDITION:
    case WZ_FACT_SHA2_SUPPORT:
    case WZ_FACT_SHA2_CORE_SUPPORT:
    case WZ_FACT_PENDING_CBS_PACKAGES:
    case WZ_FACT_PENDING_CBS_SESSIONS:
    case WZ_FACT_DISK_FREE:
    case WZ_FACT_DISK_TOTAL:
    case WZ_FACT_START_UPDATE:
    case WZ_FACT_START_INSTALLER:
    case WZ_FACT_ESU_YEAR1:
    case WZ_FACT_ESU_YEAR2:
    case WZ_FACT_ESU_YEAR3:
    case WZ_FACT_ESU_YEAR4:
    case WZ_FACT_ESU_YEAR5:
    case WZ_FACT_ESU_YEAR6:
    case WZ_FACT_ESU_PREMIUM:
    case WZ_FACT_CLUSTER:
    case WZ_FACT_PACKAGES:
    case WZ_FACT_HOTFIXES:
    case WZ_FACT_MANIFESTS:
        return WZ_FACT_NUMBER;
    case WZ_FACT_COMPUTER_NAME:
    case WZ_FACT_COMPUTER_DOMAIN:
    case WZ_FACT_MACHINE_ID:
    case WZ_FACT_BOOT_TIME:
    case WZ_FACT_SERVICE_PACK:
    case WZ_FACT_BUILD_LAB:
    case WZ_FACT_PRODUCT_NAME:
    case WZ_FACT_CAPTION:
    case WZ_FACT_ARCHITECTURE:
    case WZ_FACT_PENDING_COMPONENTS:
    case WZ_FACT_PENDING_RENAMES:
    case WZ_FACT_FIRMWARE:
    case WZ_FACT_AZURE_AGENT:
    case WZ_FACT_CHASSIS_TAG:
    case WZ_FACT_SOPHOS:
    case WZ_FACT_SOPHOS_DATE:
    case WZ_FACT_AVIRA:
    case WZ_FACT_AVIRA_DATE:
    case WZ_FACT_LOG_SERVICING:
    case WZ_FACT_LOG_READINESS:
    case WZ_FACT_COUNT:
        break;
    }
    return WZ_FACT_TEXT;
}

bool wz_fact_fits(wz_fact_id id, const char *value)
{
    wz_version version;
    uint64_t   number;

    switch (fact_kind(id)) {
    case WZ_FACT_TEXT:    return wz_is_utf8(value, strlen(value));
    case WZ_FACT_VERSION: return wz_version_parse(value, &version);
    case WZ_FACT_NUMBER:  return wz_parse_number(value, &number);
    case WZ_FACT_FLAG:    return strcmp(value, "0") == 0 || strcmp(value, "1") == 0;
    }
    return false;
}

/* ---- owning ---- */

wz_snapshot *wz_snapshot_create(void)
{
    return wz_new(wz_snapshot);
}

static void snapshot_free_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

void wz_snapshot_free(wz_snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    for (size_t i = 0; i < WZ_FACT_COUNT; i++) {
        free(snapshot->facts[i].source);
        free(snapshot->facts[i].value);
    }
    for (size_t i = 0; i < snapshot->package_count; i++)
        free(snapshot->packages[i].name);
    free(snapshot->packages);
    snapshot_free_names(snapshot->hotfixes, snapshot->hotfix_count);
    snapshot_free_names(snapshot->manifests, snapshot->manifest_count);
    free(snapshot);
}

/* ---- writers ---- */

static void fact_set(wz_snapshot *snapshot, wz_fact_id id, wz_fact made)
{
    wz_fact *fact = &snapshot->facts[id];
    wz_fact  old = *fact;

    *fact = made;
    free(old.source);
    free(old.value);
}

void wz_fact_known(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source, const char *value)
{
    if (wz_fact_fits(id, value))
        fact_set(snapshot, id, (wz_fact){ .state = WZ_FACT_KNOWN, .time = time, .source = wz_copy(source),
                                          .value = wz_copy(value) });
    else
        wz_fact_unreadable(snapshot, id, time, source, ERROR_INVALID_DATA_CODE);
}

void wz_fact_known_number(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source, uint64_t value)
{
    wz_text text = { 0 };

    wz_text_add_number(&text, value);
    wz_fact_known(snapshot, id, time, source, wz_text_at(&text));
    wz_text_clear(&text);
}

void wz_fact_absent(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source)
{
    fact_set(snapshot, id, (wz_fact){ .state = WZ_FACT_ABSENT, .time = time, .source = wz_copy(source) });
}

void wz_fact_unreadable(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source, unsigned os_code)
{
    fact_set(snapshot, id, (wz_fact){ .state = WZ_FACT_UNREADABLE, .os_code = os_code, .time = time,
                                      .source = wz_copy(source) });
}

void wz_snapshot_add_package(wz_snapshot *snapshot, const char *name, int32_t state)
{
    snapshot->packages = wz_grow(snapshot->packages, snapshot->package_count, &snapshot->package_room,
                                 sizeof *snapshot->packages);
    snapshot->packages[snapshot->package_count++] = (wz_package){ wz_copy(name), state };
}

void wz_snapshot_add_hotfix(wz_snapshot *snapshot, const char *id)
{
    snapshot->hotfixes = wz_grow(snapshot->hotfixes, snapshot->hotfix_count, &snapshot->hotfix_room,
                                 sizeof *snapshot->hotfixes);
    snapshot->hotfixes[snapshot->hotfix_count++] = wz_copy(id);
}

void wz_snapshot_add_manifest(wz_snapshot *snapshot, const char *name)
{
    size_t length = strlen(name);
    char  *copy;

    if (length > 4 && wz_equal_nocase(name + length - 4, ".mum"))
        length -= 4;
    copy = wz_copy_part(name, length);
    for (char *at = copy; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    snapshot->manifests = wz_grow(snapshot->manifests, snapshot->manifest_count, &snapshot->manifest_room,
                                  sizeof *snapshot->manifests);
    snapshot->manifests[snapshot->manifest_count++] = copy;
}

/* ---- readers ---- */

const char *wz_snapshot_text(const wz_snapshot *snapshot, wz_fact_id id)
{
    const wz_fact *fact = &snapshot->facts[id];

    return fact->state == WZ_FACT_KNOWN ? fact->value : NULL;
}

bool wz_snapshot_number(const wz_snapshot *snapshot, wz_fact_id id, uint64_t *out)
{
    const char *text = wz_snapshot_text(snapshot, id);

    return text != NULL && wz_parse_number(text, out);
}

bool wz_snapshot_version(const wz_snapshot *snapshot, wz_fact_id id, wz_version *out)
{
    const char *text = wz_snapshot_text(snapshot, id);

    return text != NULL && wz_version_parse(text, out);
}

bool wz_snapshot_flag(const wz_snapshot *snapshot, wz_fact_id id)
{
    const char *text = wz_snapshot_text(snapshot, id);

    return text != NULL && strcmp(text, "0") != 0;
}
