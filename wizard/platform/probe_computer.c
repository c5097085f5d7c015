/* Who this computer is, since when it runs, and on what. */
#include <stdlib.h>

#include "platform/late.h"
#include "platform/probe.h"
#include "platform/wide.h"

#define JOINED_TO_WORKGROUP 2           /* NETSETUP_JOIN_STATUS, lmjoin.h */
#define JOINED_TO_DOMAIN    3

typedef DWORD (WINAPI *join_function)(const wchar_t *server, wchar_t **name, int *status);
typedef DWORD (WINAPI *buffer_free_function)(void *buffer);
typedef LONG  (WINAPI *query_function)(int information, void *buffer, ULONG length, ULONG *needed);

static char *computer_name(COMPUTER_NAME_FORMAT format, unsigned *code)      /* owned; NULL: *code */
{
    DWORD    units = 0;
    wchar_t *name;
    char    *utf8 = NULL;

    GetComputerNameExW(format, NULL, &units);
    name = wz_new_array((size_t)units + 1, wchar_t);
    if (!GetComputerNameExW(format, name, &units))
        *code = GetLastError();
    else if ((utf8 = wz_utf8_from_wide(name)) == NULL)
        *code = ERROR_NO_UNICODE_TRANSLATION;
    free(name);
    return utf8;
}

/* The node's own name, not that of a cluster it serves. */
static void probe_name(wz_snapshot *out)
{
    static const char source[] = "API GetComputerNameEx";
    unsigned          code = 0;
    char             *name = computer_name(ComputerNamePhysicalDnsHostname, &code);

    if (name == NULL || *name == '\0') {               /* no DNS name set: the NetBIOS one */
        free(name);
        name = computer_name(ComputerNamePhysicalNetBIOS, &code);
    }
    if (name != NULL)
        wz_probe_known(out, WZ_FACT_COMPUTER_NAME, source, name);
    else
        wz_probe_code(out, WZ_FACT_COMPUTER_NAME, source, code);
    free(name);
}

static void probe_domain(wz_snapshot *out)
{
    static const char    source[] = "API NetGetJoinInformation";
    join_function        join = (join_function)wz_late(WZ_LATE_NetGetJoinInformation);
    buffer_free_function release = (buffer_free_function)wz_late(WZ_LATE_NetApiBufferFree);
    wchar_t             *name = NULL;
    char                *utf8;
    int                  status = 0;
    DWORD                code = join == NULL || release == NULL ? ERROR_PROC_NOT_FOUND : join(NULL, &name, &status);

    if (code != ERROR_SUCCESS) {
        wz_fact_unreadable(out, WZ_FACT_COMPUTER_DOMAIN, wz_windows_time(), source, code);
        return;
    }
    utf8 = name == NULL ? NULL : wz_utf8_from_wide(name);
    if ((status == JOINED_TO_DOMAIN || status == JOINED_TO_WORKGROUP) && utf8 != NULL && *utf8 != '\0')
        wz_probe_known(out, WZ_FACT_COMPUTER_DOMAIN, source, utf8);
    else
        wz_probe_absent(out, WZ_FACT_COMPUTER_DOMAIN, source);
    free(utf8);
    if (name != NULL)
        release(name);
}

/*
 * When this Windows was started. SYSTEM_TIMEOFDAY_INFORMATION: the start moves along when somebody sets the clock,
 * and BootTimeBias says by how much; without it the value is the same all through one run of Windows.
 */
static void probe_boot_time(wz_snapshot *out)
{
    static const char source[] = "API NtQuerySystemInformation";
    struct {
        int64_t  boot, now, zone_bias;
        uint32_t zone, reserved;
        int64_t  boot_bias, sleep_bias;
    } times = { 0 };
    query_function query = (query_function)wz_late(WZ_LATE_NtQuerySystemInformation);
    LONG           status = query == NULL ? -1 : query(3, &times, sizeof times, NULL);
    wz_text        value = { 0 };

    if (status < 0 || times.boot == 0) {
        wz_fact_unreadable(out, WZ_FACT_BOOT_TIME, wz_windows_time(), source,
                           status < 0 ? (unsigned)status : ERROR_INVALID_DATA);
        return;
    }
    wz_text_add_time(&value, (times.boot - times.boot_bias) / 10000000 - 11644473600LL);
    wz_probe_known(out, WZ_FACT_BOOT_TIME, source, wz_text_at(&value));
    wz_text_clear(&value);
}

#define LINE_OFF       0                /* SYSTEM_POWER_STATUS, winbase.h */
#define LINE_ON        1
#define NO_BATTERY     0x80
#define FLAGS_UNKNOWN  0xFF

static void probe_power(wz_snapshot *out)
{
    static const char   source[] = "API GetSystemPowerStatus";
    SYSTEM_POWER_STATUS power = { 0 };
    BOOL                is_read = GetSystemPowerStatus(&power);
    DWORD               code = is_read ? ERROR_INVALID_DATA : GetLastError();
    bool                has_none = power.BatteryFlag != FLAGS_UNKNOWN && (power.BatteryFlag & NO_BATTERY) != 0;

    if (is_read && (power.ACLineStatus == LINE_ON || has_none))
        wz_probe_known(out, WZ_FACT_ON_BATTERY, source, "0");
    else if (is_read && power.ACLineStatus == LINE_OFF)
        wz_probe_known(out, WZ_FACT_ON_BATTERY, source, "1");
    else
        wz_fact_unreadable(out, WZ_FACT_ON_BATTERY, wz_windows_time(), source, code);
}

void wz_probe_computer(wz_snapshot *out)
{
    probe_name(out);
    probe_domain(out);
    wz_probe_registry_text(out, WZ_FACT_MACHINE_ID, L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid");
    probe_boot_time(out);
    probe_power(out);
}
