/* The installed packages: Component Based Servicing and the manifests beside it (servicing.md 7A, FINDINGS.md 2, 3). */
#include <process.h>
#include <stdlib.h>
#include <string.h>

#include "platform/probe.h"
#include "platform/registry.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

#define PACKAGES   L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages"
#define SLICES     4u
#define NAME_UNITS 256u                 /* a registry key's name has 255 at most */

static unsigned package_state(HKEY packages, const wchar_t *name, int32_t *state)
{
    DWORD    value = 0;
    DWORD    length = sizeof value;
    DWORD    type = REG_NONE;
    HKEY     key;
    unsigned code = (unsigned)RegOpenKeyExW(packages, name, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key);

    if (code != ERROR_SUCCESS)
        return code;
    code = (unsigned)RegQueryValueExW(key, L"CurrentState", NULL, &type, (BYTE *)&value, &length);
    RegCloseKey(key);
    if (code == ERROR_MORE_DATA || (code == ERROR_SUCCESS && type != REG_DWORD))
        return ERROR_INVALID_DATA;
    *state = (int32_t)value;
    return code;
}

/*
 * A stretch of the list. Reading one package is a handful of short calls that mostly wait, so stretches are read side
 * by side: with 50,000 packages that halves the time.
 */
typedef struct slice {
    HKEY         packages;
    DWORD        from, to;              /* indexes; to is beyond the last */
    wz_snapshot *found;
    unsigned     code;
    HANDLE       thread;
} slice;

static unsigned slice_read(slice *self)
{
    for (DWORD index = self->from; index < self->to; index++) {
        wchar_t  name[NAME_UNITS];
        DWORD    units = NAME_UNITS;
        int32_t  state = 0;
        char    *utf8;
        unsigned code = (unsigned)RegEnumKeyExW(self->packages, index, name, &units, NULL, NULL, NULL, NULL);

        if (code == ERROR_NO_MORE_ITEMS)
            return ERROR_SUCCESS;
        if (code == ERROR_SUCCESS)
            code = package_state(self->packages, name, &state);
        if (wz_registry_is_missing(code))              /* a key without a state, or gone meanwhile: not installed */
            continue;
        if (code != ERROR_SUCCESS)
            return code;
        utf8 = wz_utf8_for_display(name, units);
        wz_snapshot_add_package(self->found, utf8, state);
        free(utf8);
    }
    return ERROR_SUCCESS;
}

static unsigned __stdcall slice_main(void *argument)
{
    slice *self = argument;

    self->code = slice_read(self);
    return 0;
}

static void slice_start(slice *self, HKEY packages, DWORD from, DWORD to, bool is_here)
{
    *self = (slice){ .packages = packages, .from = from, .to = to, .found = wz_snapshot_create() };
    if (!is_here)
        self->thread = (HANDLE)_beginthreadex(NULL, 0, slice_main, self, 0, NULL);
    if (self->thread == NULL)
        slice_main(self);
}

static unsigned slice_finish(slice *self, wz_snapshot *out)
{
    if (self->thread != NULL) {
        WaitForSingleObject(self->thread, INFINITE);
        CloseHandle(self->thread);
    }
    for (size_t i = 0; i < self->found->package_count; i++)
        wz_snapshot_add_package(out, self->found->packages[i].name, self->found->packages[i].state);
    wz_snapshot_free(self->found);
    return self->code;
}

static unsigned packages_read(HKEY packages, wz_snapshot *out)
{
    slice    slices[SLICES];
    DWORD    count = 0;
    unsigned code = (unsigned)RegQueryInfoKeyW(packages, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL,
                                               NULL);

    if (code != ERROR_SUCCESS)
        return code;
    for (DWORD i = 0; i < SLICES; i++) {               /* the last one goes on to the end, wherever that is by then */
        bool is_last = i + 1 == SLICES;

        slice_start(&slices[i], packages, count / SLICES * i, is_last ? MAXDWORD : count / SLICES * (i + 1), is_last);
    }
    for (DWORD i = 0; i < SLICES; i++) {
        unsigned slice_code = slice_finish(&slices[i], out);

        if (code == ERROR_SUCCESS)
            code = slice_code;
    }
    return code;
}

void wz_probe_packages(wz_snapshot *out)
{
    char    *source = wz_probe_registry_source(PACKAGES, NULL);
    HKEY     key;
    unsigned code = wz_registry_open(PACKAGES, &key);

    if (code == ERROR_SUCCESS) {
        code = packages_read(key, out);
        RegCloseKey(key);
    }
    if (code == ERROR_SUCCESS)
        wz_probe_number(out, WZ_FACT_PACKAGES, source, out->package_count);
    else
        wz_probe_code(out, WZ_FACT_PACKAGES, source, code);
    free(source);
}

/* Lower case and without ".mum"; owned. NULL when it names no update. */
static char *manifest_name(const wchar_t *file)
{
    static const char ending[] = ".mum";
    char  *name = wz_utf8_for_display(file, wcslen(file));
    size_t length = strlen(name);

    for (size_t i = 0; i < length; i++)
        if (name[i] >= 'A' && name[i] <= 'Z')
            name[i] = (char)(name[i] - 'A' + 'a');
    if (length > sizeof ending - 1 && strcmp(name + length - (sizeof ending - 1), ending) == 0) {
        name[length - (sizeof ending - 1)] = '\0';
        if (wz_package_kb(name) != 0)
            return name;
    }
    free(name);
    return NULL;
}

void wz_probe_manifests(wz_snapshot *out)
{
    wchar_t         *pattern = wz_windows_path(L"servicing\\Packages\\*.mum");
    char            *source = wz_probe_file_source(pattern);
    WIN32_FIND_DATAW found;
    DWORD            code = ERROR_SUCCESS;
    HANDLE           find = FindFirstFileW(pattern, &found);

    if (find == INVALID_HANDLE_VALUE) {
        code = GetLastError();
    } else {
        do {
            char *name = manifest_name(found.cFileName);

            if (name != NULL)
                wz_snapshot_add_manifest(out, name);
            free(name);
        } while (FindNextFileW(find, &found));
        code = GetLastError();
        FindClose(find);
    }
    if (code == ERROR_NO_MORE_FILES)
        wz_probe_number(out, WZ_FACT_MANIFESTS, source, out->manifest_count);
    else
        wz_probe_code(out, WZ_FACT_MANIFESTS, source, code);
    free(source);
    free(pattern);
}
