/*
 * What this computer runs on, what others need it for, and what watches over its files: all from the registry and from
 * the dates of files, because Windows Management Instrumentation may be the part that is sick.
 */
#include <stdlib.h>
#include <string.h>

#include "platform/probe.h"
#include "platform/registry.h"
#include "platform/wide.h"

#define SERVICES L"SYSTEM\\CurrentControlSet\\Services"
#define FIRMWARE L"HARDWARE\\DESCRIPTION\\System"

/* ---- firmware ---- */

static void part_add(wz_text *text, const char *part, const char *between)
{
    size_t length = strlen(part);

    while (length > 0 && part[length - 1] == ' ')
        length--;
    if (length == 0)
        return;
    if (text->length > 0)
        wz_text_add(text, between);
    wz_text_append(text, part, length);
}

static void firmware_add(wz_text *text, const wchar_t *path, const wchar_t *name, unsigned *worst)
{
    HKEY     key;
    char    *value = NULL;
    unsigned code = wz_registry_open(path, &key);

    if (code == ERROR_SUCCESS) {
        code = wz_registry_text(key, name, &value);
        RegCloseKey(key);
    }
    if (code == ERROR_SUCCESS)
        part_add(text, value, "; ");
    else if (!wz_registry_is_missing(code))
        *worst = code;
    free(value);
}

/* SystemBiosVersion is REG_MULTI_SZ: a line for each part of the firmware. */
static void firmware_add_bios(wz_text *text, unsigned *worst)
{
    HKEY     key;
    DWORD    type = REG_NONE;
    DWORD    length = 0;
    void    *bytes = NULL;
    unsigned code = wz_registry_open(FIRMWARE, &key);
    wz_text  lines = { 0 };

    if (code == ERROR_SUCCESS) {
        code = wz_registry_bytes(key, L"SystemBiosVersion", &type, &bytes, &length);
        RegCloseKey(key);
    }
    if (code == ERROR_SUCCESS && (type == REG_MULTI_SZ || type == REG_SZ)) {
        const wchar_t *at = bytes;
        size_t         left = length / sizeof(wchar_t);

        while (left > 0) {
            size_t units = 0;
            char  *line;

            while (units < left && at[units] != L'\0')
                units++;
            line = wz_utf8_for_display(at, units);
            part_add(&lines, line, ", ");
            free(line);
            units += units < left;
            at += units;
            left -= units;
        }
        part_add(text, wz_text_at(&lines), "; ");
    } else if (code != ERROR_SUCCESS && !wz_registry_is_missing(code)) {
        *worst = code;
    }
    free(bytes);
    wz_text_clear(&lines);
}

static void probe_firmware(wz_snapshot *out)
{
    char    *source = wz_probe_registry_source(FIRMWARE, NULL);
    wz_text  text = { 0 };
    unsigned worst = ERROR_SUCCESS;

    firmware_add(&text, FIRMWARE L"\\BIOS", L"SystemManufacturer", &worst);
    firmware_add(&text, FIRMWARE L"\\BIOS", L"SystemProductName", &worst);
    firmware_add_bios(&text, &worst);
    if (text.length > 0)
        wz_probe_known(out, WZ_FACT_FIRMWARE, source, wz_text_at(&text));
    else if (worst != ERROR_SUCCESS)
        wz_probe_code(out, WZ_FACT_FIRMWARE, source, worst);
    else
        wz_probe_absent(out, WZ_FACT_FIRMWARE, source);
    wz_text_clear(&text);
    free(source);
}

/* ---- services ---- */

/* The services of the agent for virtual machines in Azure, by the names in Azure/aks-engine. See core/host.h. */
static void probe_azure(wz_snapshot *out)
{
    static const struct { const wchar_t *key; const char *name; } agents[] = {
        { SERVICES L"\\WindowsAzureGuestAgent", "WindowsAzureGuestAgent" }, { SERVICES L"\\RdAgent", "RdAgent" },
    };
    char    *source = wz_probe_registry_source(SERVICES, NULL);
    wz_text  found = { 0 };
    unsigned worst = ERROR_SUCCESS;

    for (size_t i = 0; i < WZ_COUNT(agents); i++) {
        HKEY     key;
        unsigned code = wz_registry_open(agents[i].key, &key);

        if (code == ERROR_SUCCESS) {
            RegCloseKey(key);
            part_add(&found, agents[i].name, ", ");
        } else if (!wz_registry_is_missing(code)) {
            worst = code;
        }
    }
    if (found.length > 0)
        wz_probe_known(out, WZ_FACT_AZURE_AGENT, source, wz_text_at(&found));
    else if (worst != ERROR_SUCCESS)
        wz_probe_code(out, WZ_FACT_AZURE_AGENT, source, worst);
    else
        wz_probe_absent(out, WZ_FACT_AZURE_AGENT, source);
    wz_text_clear(&found);
    free(source);
}

typedef struct watcher {
    wz_fact_id  program, date;
    const char *folder;              /* that the programs of its services lie in, whatever the service is called */
    wchar_t    *found;               /* the first such program; owned */
    FILETIME    newest;              /* of the programs beside it, and beside those of its other services */
    DWORD       code;                /* why newest could not be read */
} watcher;

static bool holds_nocase(const char *text, const char *part)
{
    for (; *text != '\0'; text++)
        if (wz_starts_nocase(text, part))
            return true;
    return false;
}

/* The path of the program in an ImagePath: within quotation marks, or up to .exe; with variables filled in. Owned. */
static wchar_t *image_program(const char *image)
{
    const char *begin = *image == '"' ? image + 1 : image;
    const char *end = begin;
    char       *part;
    wchar_t    *wide;
    wchar_t    *full;
    DWORD       units;

    while (*end != '\0' && *end != '"' && (*image == '"' || end - begin < 4 || !wz_starts_nocase(end - 4, ".exe")))
        end++;
    part = wz_copy_part(begin, (size_t)(end - begin));
    wide = wz_wide_from_utf8(part);
    free(part);
    if (wide == NULL)
        return NULL;
    units = ExpandEnvironmentStringsW(wide, NULL, 0);
    full = wz_new_array((size_t)units + 1, wchar_t);
    ExpandEnvironmentStringsW(wide, full, units);
    free(wide);
    return full;
}

/* The newest of the programs in the folder of this one. */
static void watcher_date(watcher *one, const wchar_t *program)
{
    wchar_t         *folder = wz_wide_copy(program);
    wchar_t         *name = wcsrchr(folder, L'\\');
    wchar_t         *pattern;
    WIN32_FIND_DATAW found;
    HANDLE           find;

    if (name != NULL)
        name[1] = L'\0';
    pattern = wz_wide_join(folder, L"*");
    find = FindFirstFileW(pattern, &found);
    if (find == INVALID_HANDLE_VALUE) {
        one->code = GetLastError();
    } else {
        do {
            const wchar_t *ending = wcsrchr(found.cFileName, L'.');

            if (ending != NULL && (_wcsicmp(ending, L".exe") == 0 || _wcsicmp(ending, L".dll") == 0)
                && CompareFileTime(&found.ftLastWriteTime, &one->newest) > 0)
                one->newest = found.ftLastWriteTime;
        } while (FindNextFileW(find, &found));
        FindClose(find);
    }
    free(pattern);
    free(folder);
}

static void watchers_look(watcher watchers[], size_t count, HKEY services, const wchar_t *name)
{
    wchar_t *program;
    char    *image = NULL;
    HKEY     key;

    if (RegOpenKeyExW(services, name, 0, KEY_READ, &key) != ERROR_SUCCESS)
        return;
    if (wz_registry_text(key, L"ImagePath", &image) == ERROR_SUCCESS)
        for (size_t i = 0; i < count; i++) {
            if (!holds_nocase(image, watchers[i].folder) || (program = image_program(image)) == NULL)
                continue;
            watcher_date(&watchers[i], program);
            if (watchers[i].found == NULL)
                watchers[i].found = program;
            else
                free(program);
        }
    free(image);
    RegCloseKey(key);
}

static void watcher_tell(wz_snapshot *out, watcher *one, const char *source)
{
    ULARGE_INTEGER ticks = { .LowPart = one->newest.dwLowDateTime };
    char          *shown;
    char          *file;
    wz_text        date = { 0 };

    ticks.HighPart = one->newest.dwHighDateTime;
    if (one->found == NULL) {
        wz_probe_absent(out, one->program, source);
        wz_probe_absent(out, one->date, source);
        return;
    }
    shown = wz_utf8_for_display(one->found, wcslen(one->found));
    file = wz_probe_file_source(one->found);
    wz_probe_known(out, one->program, source, shown);
    if (ticks.QuadPart != 0) {
        wz_text_add_time(&date, (wz_time)(ticks.QuadPart / 10000000u) - 11644473600LL);
        wz_probe_known(out, one->date, file, wz_text_at(&date));
    } else {
        wz_probe_code(out, one->date, file, one->code != ERROR_SUCCESS ? one->code : ERROR_FILE_NOT_FOUND);
    }
    wz_text_clear(&date);
    free(file);
    free(shown);
    free(one->found);
}

static void probe_watchers(wz_snapshot *out)
{
    watcher  watchers[] = {
        { .program = WZ_FACT_SOPHOS, .date = WZ_FACT_SOPHOS_DATE, .folder = "\\sophos\\" },
        { .program = WZ_FACT_AVIRA,  .date = WZ_FACT_AVIRA_DATE,  .folder = "\\avira\\"  },
    };
    char    *source = wz_probe_registry_source(SERVICES, NULL);
    wchar_t  name[256];                                /* the longest name of a key */
    HKEY     services;
    unsigned code = wz_registry_open(SERVICES, &services);

    if (code != ERROR_SUCCESS) {
        for (size_t i = 0; i < WZ_COUNT(watchers); i++) {
            wz_fact_unreadable(out, watchers[i].program, wz_windows_time(), source, code);
            wz_fact_unreadable(out, watchers[i].date, wz_windows_time(), source, code);
        }
        free(source);
        return;
    }
    for (DWORD i = 0;; i++) {
        DWORD units = ARRAYSIZE(name);

        if (RegEnumKeyExW(services, i, name, &units, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
            break;
        watchers_look(watchers, WZ_COUNT(watchers), services, name);
    }
    RegCloseKey(services);
    for (size_t i = 0; i < WZ_COUNT(watchers); i++)
        watcher_tell(out, &watchers[i], source);
    free(source);
}

void wz_probe_host(wz_snapshot *out)
{
    probe_firmware(out);
    probe_azure(out);
    wz_probe_chassis(out);
    wz_probe_registry_number(out, WZ_FACT_CLUSTER, SERVICES L"\\ClusSvc", L"Start");
    probe_watchers(out);
}
