/* Every sign that Windows waits for a restart: servicing.md 7C. */
#include <stdlib.h>

#include "platform/probe.h"
#include "platform/registry.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

#define SERVICING       L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing"
#define UPDATE_AGENT    L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired"
#define SESSION_MANAGER L"SYSTEM\\CurrentControlSet\\Control\\Session Manager"
#define RENAMES         L"PendingFileRenameOperations"

static unsigned subkeys(HKEY key, DWORD *count)
{
    return (unsigned)RegQueryInfoKeyW(key, NULL, NULL, NULL, count, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* A key on some machines and a value on others (servicing.md 7C). The key counts by its existence. */
static void probe_packages_pending(wz_snapshot *out)
{
    char    *source = wz_probe_registry_source(SERVICING, L"PackagesPending");
    DWORD    count = 0;
    uint64_t number = 0;
    HKEY     key;
    unsigned code = wz_registry_open(SERVICING L"\\PackagesPending", &key);

    if (code == ERROR_SUCCESS) {
        code = subkeys(key, &count);
        RegCloseKey(key);
        number = count > 0 ? count : 1;
    } else if (wz_registry_is_missing(code)) {
        code = wz_registry_open(SERVICING, &key);
        if (code == ERROR_SUCCESS) {
            code = wz_registry_number(key, L"PackagesPending", &number);
            RegCloseKey(key);
        }
    }
    if (code == ERROR_SUCCESS)
        wz_probe_number(out, WZ_FACT_PENDING_CBS_PACKAGES, source, number);
    else
        wz_probe_code(out, WZ_FACT_PENDING_CBS_PACKAGES, source, code);
    free(source);
}

static void probe_sessions_pending(wz_snapshot *out)
{
    static const wchar_t path[] = SERVICING L"\\PendedSessionPackages";
    char    *source = wz_probe_registry_source(path, NULL);
    DWORD    count = 0;
    HKEY     key;
    unsigned code = wz_registry_open(path, &key);

    if (code == ERROR_SUCCESS) {
        code = subkeys(key, &count);
        RegCloseKey(key);
    }
    if (code == ERROR_SUCCESS)
        wz_probe_number(out, WZ_FACT_PENDING_CBS_SESSIONS, source, count);
    else
        wz_probe_code(out, WZ_FACT_PENDING_CBS_SESSIONS, source, code);
    free(source);
}

/* The hive is loaded only while Windows services components: no key means that nothing is under way. */
static void probe_components(wz_snapshot *out)
{
    static const wchar_t *const names[] = { L"PendingXmlIdentifier", L"ExecutionState" };
    static const char source[] = "registry HKLM\\COMPONENTS";
    HKEY     key;
    unsigned code = wz_registry_open(L"COMPONENTS", &key);
    wz_text  found = { 0 };

    if (code != ERROR_SUCCESS) {
        wz_probe_code(out, WZ_FACT_PENDING_COMPONENTS, source, code);
        return;
    }
    for (size_t i = 0; i < WZ_COUNT(names) && code == ERROR_SUCCESS; i++) {
        char *name = wz_utf8_from_wide(names[i]);

        code = (unsigned)RegQueryValueExW(key, names[i], NULL, NULL, NULL, NULL);
        if (code == ERROR_SUCCESS) {
            wz_text_add(&found, found.length > 0 ? ", " : "");
            wz_text_add(&found, name);
        } else if (wz_registry_is_missing(code)) {
            code = ERROR_SUCCESS;
        }
        free(name);
    }
    RegCloseKey(key);
    if (code != ERROR_SUCCESS)
        wz_probe_code(out, WZ_FACT_PENDING_COMPONENTS, source, code);
    else if (found.length == 0)
        wz_probe_absent(out, WZ_FACT_PENDING_COMPONENTS, source);
    else
        wz_probe_known(out, WZ_FACT_PENDING_COMPONENTS, source, wz_text_at(&found));
    wz_text_clear(&found);
}

static void probe_pending_file(wz_snapshot *out)
{
    wchar_t *path = wz_windows_path(L"WinSxS\\pending.xml");
    char    *source = wz_probe_file_source(path);

    if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES)
        wz_probe_known(out, WZ_FACT_PENDING_XML_FILE, source, "1");
    else
        wz_probe_code(out, WZ_FACT_PENDING_XML_FILE, source, GetLastError());
    free(source);
    free(path);
}

/*
 * REG_MULTI_SZ of pairs "\??\from", "\??\to"; an empty second one deletes. Empty strings stand inside the list, so it
 * is read by its length. One line per file that will change: the first of each pair.
 */
static void renames_add(wz_text *lines, const wchar_t *list, size_t units)
{
    bool is_first = true;

    for (size_t at = 0; at < units; is_first = !is_first) {
        size_t length = 0;

        while (at + length < units && list[at + length] != L'\0')
            length++;
        if (is_first && length > 0) {
            size_t skip = length > 4 && wcsncmp(list + at, L"\\??\\", 4) == 0 ? 4 : 0;
            char  *path = wz_utf8_for_display(list + at + skip, length - skip);

            wz_text_add(lines, lines->length > 0 ? "\n" : "");
            wz_text_add(lines, path);
            free(path);
        }
        at += length + 1;
    }
}

static void probe_renames(wz_snapshot *out)
{
    static const wchar_t *const names[] = { RENAMES, RENAMES L"2" };
    char    *source = wz_probe_registry_source(SESSION_MANAGER, RENAMES);
    wz_text  lines = { 0 };
    HKEY     key;
    unsigned code = wz_registry_open(SESSION_MANAGER, &key);

    if (code == ERROR_SUCCESS) {
        for (size_t i = 0; i < WZ_COUNT(names) && code == ERROR_SUCCESS; i++) {
            DWORD type = REG_NONE;
            DWORD length = 0;
            void *bytes = NULL;

            code = wz_registry_bytes(key, names[i], &type, &bytes, &length);
            if (code == ERROR_SUCCESS && type != REG_MULTI_SZ)
                code = ERROR_INVALID_DATA;
            else if (code == ERROR_SUCCESS)
                renames_add(&lines, bytes, length / sizeof(wchar_t));
            else if (wz_registry_is_missing(code))
                code = ERROR_SUCCESS;
            free(bytes);
        }
        RegCloseKey(key);
    }
    if (code != ERROR_SUCCESS)
        wz_probe_code(out, WZ_FACT_PENDING_RENAMES, source, code);
    else if (lines.length == 0)
        wz_probe_absent(out, WZ_FACT_PENDING_RENAMES, source);
    else
        wz_probe_known(out, WZ_FACT_PENDING_RENAMES, source, wz_text_at(&lines));
    wz_text_clear(&lines);
    free(source);
}

void wz_probe_pending(wz_snapshot *out)
{
    wz_probe_registry_key(out, WZ_FACT_PENDING_CBS_REBOOT, SERVICING L"\\RebootPending");
    probe_packages_pending(out);
    probe_sessions_pending(out);
    probe_components(out);
    probe_pending_file(out);
    wz_probe_registry_key(out, WZ_FACT_PENDING_UPDATE_AGENT, UPDATE_AGENT);
    probe_renames(out);
}
