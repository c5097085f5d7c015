/* See scan_list.h: where this computer says what it runs. Both views of the registry; nothing of the network. */
#include <stdlib.h>
#include <string.h>

#include "platform/files.h"
#include "platform/late.h"
#include "platform/registry.h"
#include "platform/scan_list.h"
#include "platform/wide.h"

#define SERVICES  L"SYSTEM\\CurrentControlSet\\Services"
#define UNINSTALL L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall"
#define POLICY    L"Software\\Microsoft\\Windows\\CurrentVersion\\Group Policy\\Scripts"
#define MOST_KEYS 20000u

/* The value as text, without what stands behind a first zero; owned, NULL when there is none. */
static wchar_t *text_of(HKEY key, const wchar_t *name)
{
    DWORD type = REG_NONE, length = 0;
    void *bytes = NULL;

    if (wz_registry_bytes(key, name, &type, &bytes, &length) != ERROR_SUCCESS)
        return NULL;
    if ((type == REG_SZ || type == REG_EXPAND_SZ) && *(wchar_t *)bytes != L'\0')
        return bytes;
    free(bytes);
    return NULL;
}

typedef void key_function(wz_scan_list *list, HKEY key, const wchar_t *name, bool native);

/* Each key below a key. What cannot be opened is an error of the place. */
static void each_key(wz_scan_list *list, wz_scan_place place, HKEY root, const wchar_t *path, REGSAM view,
                     key_function *use)
{
    wchar_t name[256];
    HKEY    key, child;
    LONG    code = RegOpenKeyExW(root, path, 0, KEY_READ | view, &key);

    if (code != ERROR_SUCCESS) {
        if (!wz_registry_is_missing((unsigned)code))
            wz_fail_code(&list->out->places[place].error, (unsigned)code, "registry");
        return;
    }
    for (DWORD i = 0; i < MOST_KEYS && *list->is_cancelled == 0; i++) {
        DWORD units = WZ_COUNT(name);

        if (RegEnumKeyExW(key, i, name, &units, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
            break;
        if (RegOpenKeyExW(key, name, 0, KEY_READ | view, &child) == ERROR_SUCCESS) {
            use(list, child, name, view == KEY_WOW64_64KEY);
            RegCloseKey(child);
        }
    }
    RegCloseKey(key);
}

static void note_missing(wz_scan_list *list, wz_scan_place place, bool is_there)
{
    list->out->places[place].missing += !is_there;
}

/* ---- drivers and services ---- */

static wz_scan_place place_of_type(uint64_t type)
{
    return (type & (SERVICE_KERNEL_DRIVER | SERVICE_FILE_SYSTEM_DRIVER | SERVICE_RECOGNIZER_DRIVER)) != 0
           ? WZ_PLACE_DRIVERS : WZ_PLACE_SERVICES;
}

static void service_dll(wz_scan_list *list, HKEY key, const wchar_t *name, bool native)
{
    wchar_t *dll = text_of(key, L"ServiceDll");

    if (dll != NULL) {
        wchar_t *full = wz_scan_full_path(list, dll, native);

        note_missing(list, WZ_PLACE_SERVICES, wz_scan_list_file(list, WZ_PLACE_SERVICES, name, full));
        free(full);
    }
    free(dll);
}

static void service_take(wz_scan_list *list, HKEY key, const wchar_t *name, bool native)
{
    wchar_t      *image = text_of(key, L"ImagePath");
    uint64_t      type = 0;
    wz_scan_place place;
    HKEY          parameters;

    if (wz_registry_number(key, L"Type", &type) != ERROR_SUCCESS || type == 0) {
        free(image);                                   /* settings under a service's name, not a service */
        return;
    }
    place = place_of_type(type);
    if (image == NULL && place == WZ_PLACE_DRIVERS) {  /* the default of drivers */
        wchar_t *begin = wz_wide_join(L"System32\\drivers\\", name);

        image = wz_wide_join(begin, L".sys");
        free(begin);
    }
    if (image != NULL)
        note_missing(list, place, wz_scan_list_command(list, place, name, image, native));
    free(image);
    service_dll(list, key, name, native);
    if (RegOpenKeyExW(key, L"Parameters", 0, KEY_READ, &parameters) == ERROR_SUCCESS) {
        service_dll(list, parameters, name, native);
        RegCloseKey(parameters);
    }
}

typedef BOOL (WINAPI *list_function)(void **bases, DWORD room, DWORD *needed);
typedef DWORD (WINAPI *file_name_function)(void *base, wchar_t *path, DWORD units);

/* psapi.dll by its full path: it is no DLL that every Windows loads from its own folder. */
static void loaded_drivers(wz_scan_list *list)
{
    list_function      enumerate = (list_function)wz_late(WZ_LATE_EnumDeviceDrivers);
    file_name_function name_of = (file_name_function)wz_late(WZ_LATE_GetDeviceDriverFileNameW);
    DWORD              needed = 0, room;
    void             **bases;
    wchar_t            path[1024];

    list->out->places[WZ_PLACE_DRIVERS].is_looked_at = true;
    if (enumerate == NULL || name_of == NULL || !enumerate(NULL, 0, &needed) || needed == 0)
        return;                                        /* the registered ones are looked at in any case */
    room = needed + 64 * (DWORD)sizeof *bases;
    bases = wz_new_array(room / sizeof *bases, void *);
    if (enumerate(bases, room, &needed))
        for (DWORD i = 0; i < (needed < room ? needed : room) / sizeof *bases; i++)
            if (name_of(bases[i], path, WZ_COUNT(path)) != 0)
                wz_scan_list_command(list, WZ_PLACE_DRIVERS, NULL, path, true);
    free(bases);
}

/* ---- what starts by itself ---- */

/* "HKLM\Software\…\Run\name", however long the command that it holds. */
static void run_command(wz_scan_list *list, const wchar_t *where, const wchar_t *name, const wchar_t *command,
                        bool native)
{
    wchar_t *begin = wz_wide_join(where, L"\\"), *value = wz_wide_join(begin, name);

    note_missing(list, WZ_PLACE_STARTUP, wz_scan_list_command(list, WZ_PLACE_STARTUP, name, command, native));
    wz_scan_list_words(list, WZ_PLACE_STARTUP, value, name, command);
    free(value);
    free(begin);
}

static void run_values(wz_scan_list *list, HKEY key, const wchar_t *where, bool native)
{
    for (DWORD i = 0; i < MOST_KEYS; i++) {
        wchar_t  name[512];
        DWORD    units = WZ_COUNT(name);
        wchar_t *command;

        if (RegEnumValueW(key, i, name, &units, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
            break;
        command = text_of(key, name);
        if (command != NULL)
            run_command(list, where, name, command, native);
        free(command);
    }
}

/* hive: how people write root, with a backslash behind it. */
static void run_keys(wz_scan_list *list, HKEY root, const wchar_t *hive, REGSAM view)
{
    static const wchar_t *const names[] = { L"Run", L"RunOnce", L"RunServices", L"Policies\\Explorer\\Run" };

    for (size_t i = 0; i < WZ_COUNT(names); i++) {
        wchar_t *path = wz_wide_join(L"Software\\Microsoft\\Windows\\CurrentVersion\\", names[i]);
        HKEY     key;

        if (RegOpenKeyExW(root, path, 0, KEY_READ | view, &key) == ERROR_SUCCESS) {
            wchar_t *where = wz_wide_join(hive, path);

            run_values(list, key, where, view == KEY_WOW64_64KEY);
            free(where);
            RegCloseKey(key);
        }
        free(path);
    }
}

/* ---- installed programs ---- */

/* "C:\x\y.exe,0" without the number: where the file is. */
static wchar_t *folder_of(const wchar_t *path)
{
    wchar_t *copy = wz_wide_copy(path + (*path == L'"'));
    wchar_t *slash;

    copy[wcscspn(copy, L"\"")] = L'\0';
    slash = wcsrchr(copy, L'\\');
    if (slash != NULL)
        *slash = L'\0';
    else
        *copy = L'\0';
    return copy;
}

/* A root, a folder of many programs or of Windows is no folder of one program, whatever its entry says. */
static bool is_too_wide(const wz_scan_list *list, const wchar_t *folder)
{
    static const wchar_t *const names[] = { L"%ProgramFiles%", L"%ProgramFiles(x86)%", L"%ProgramW6432%",
                                            L"%CommonProgramFiles%", L"%ProgramData%",
                                            L"%PUBLIC%", L"%CommonProgramW6432%", L"%CommonProgramFiles(x86)%" };
    wchar_t                     expanded[MAX_PATH];

    if (wcslen(folder) <= 3 || !wz_scan_is_local(folder) || wz_scan_is_below(folder, list->windows))
        return true;
    for (size_t i = 0; i < WZ_COUNT(names); i++) {
        DWORD units = ExpandEnvironmentStringsW(names[i], expanded, WZ_COUNT(expanded));

        if (units > 0 && units <= WZ_COUNT(expanded) && wz_scan_is_below(expanded, folder))
            return true;
    }
    return false;
}

static bool program_folder(wz_scan_list *list, const wchar_t *label, wchar_t *folder)
{
    size_t units = wcslen(folder);
    bool   is_taken;

    while (units > 3 && (folder[units - 1] == L'\\' || folder[units - 1] == L'"'))
        folder[--units] = L'\0';
    is_taken = !is_too_wide(list, folder)
            && wz_scan_list_folder(list, WZ_PLACE_PROGRAMS, label, folder) == ERROR_SUCCESS;
    free(folder);
    return is_taken;
}

static char *shown(HKEY key, const wchar_t *name)
{
    wchar_t *text = text_of(key, name);
    char    *utf8 = text == NULL ? NULL : wz_utf8_for_display(text, wcslen(text));

    free(text);
    return utf8;
}

static void program_take(wz_scan_list *list, HKEY key, const wchar_t *name, bool native)
{
    static const wchar_t *const sources[] = { L"InstallLocation", L"DisplayIcon", L"UninstallString" };
    wchar_t                    *label = text_of(key, L"DisplayName"), *parent = text_of(key, L"ParentKeyName");
    wz_scan_result             *out = list->out;
    bool                        is_taken = false;

    (void)name;
    if (label != NULL && parent == NULL && out->program_count < MOST_KEYS) {   /* no update of another program */
        out->programs = wz_grow(out->programs, out->program_count, &out->program_room, sizeof *out->programs);
        out->programs[out->program_count++] = (wz_program){ shown(key, L"DisplayName"), shown(key, L"Publisher"),
                                                            shown(key, L"DisplayVersion") };
        for (size_t i = 0; i < WZ_COUNT(sources) && !is_taken; i++) {
            wchar_t *text = text_of(key, sources[i]);

            if (text != NULL) {
                wchar_t *full = wz_scan_full_path(list, text + (*text == L'"'), native);

                is_taken = program_folder(list, label, i == 0 ? wz_wide_copy(full) : folder_of(full));
                free(full);
            }
            free(text);
        }
    }
    free(label);
    free(parent);
}

/* ---- group policy ---- */

static void folder_if_there(wz_scan_list *list, wz_scan_place place, const wchar_t *path)
{
    wchar_t *real = wz_scan_real_path(path);
    DWORD    attributes = GetFileAttributesW(real);

    free(real);
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        wz_scan_list_folder(list, place, NULL, path);
}

static void policy_script(wz_scan_list *list, HKEY key, const wchar_t *name, bool native)
{
    wchar_t *script = text_of(key, L"Script");

    (void)name;
    if (script != NULL)                                /* one without a folder lies in those that are walked */
        wz_scan_list_command(list, WZ_PLACE_POLICIES, NULL, script, native);
    free(script);
}

static void policy_number(wz_scan_list *list, HKEY key, const wchar_t *name, bool native)
{
    (void)name;
    each_key(list, WZ_PLACE_POLICIES, key, L"", native ? KEY_WOW64_64KEY : KEY_WOW64_32KEY, policy_script);
}

static void policy_kind(wz_scan_list *list, HKEY key, const wchar_t *name, bool native)
{
    (void)name;                                        /* Startup, Shutdown, Logon, Logoff */
    each_key(list, WZ_PLACE_POLICIES, key, L"", native ? KEY_WOW64_64KEY : KEY_WOW64_32KEY, policy_number);
}

static void policies(wz_scan_list *list)
{
    static const wchar_t *const folders[] = { L"\\System32\\GroupPolicy", L"\\System32\\GroupPolicyUsers" };
    wchar_t                     history[MAX_PATH];
    wchar_t                    *sysvol = NULL;
    HKEY                        key;

    list->out->places[WZ_PLACE_POLICIES].is_looked_at = true;
    for (size_t i = 0; i < WZ_COUNT(folders); i++) {
        wchar_t *path = wz_wide_join(list->windows, folders[i]);

        folder_if_there(list, WZ_PLACE_POLICIES, path);
        free(path);
    }
    if (ExpandEnvironmentStringsW(L"%ProgramData%\\Microsoft\\Group Policy\\History", history, WZ_COUNT(history)) > 0)
        folder_if_there(list, WZ_PLACE_POLICIES, history);
    /* On a domain controller. The share's folder holds links to the domain's; what they lead to lies beside it. */
    if (wz_registry_open(SERVICES L"\\Netlogon\\Parameters", &key) == ERROR_SUCCESS) {
        sysvol = text_of(key, L"SysVol");
        RegCloseKey(key);
    }
    if (sysvol != NULL) {
        wchar_t *folder = folder_of(sysvol);

        if (wcslen(folder) > 3 && _wcsicmp(folder, list->windows) != 0 && wz_scan_is_local(folder))
            folder_if_there(list, WZ_PLACE_POLICIES, folder);
        free(folder);
    }
    free(sysvol);
    each_key(list, WZ_PLACE_POLICIES, HKEY_LOCAL_MACHINE, POLICY, KEY_WOW64_64KEY, policy_kind);
}

/* ---- all of them ---- */

static void user_take(wz_scan_list *list, HKEY key, const wchar_t *name, bool native)
{
    wchar_t *begin = wz_wide_join(L"HKEY_USERS\\", name), *hive = wz_wide_join(begin, L"\\");

    run_keys(list, key, hive, native ? KEY_WOW64_64KEY : KEY_WOW64_32KEY);
    free(hive);
    free(begin);
    each_key(list, WZ_PLACE_PROGRAMS, key, UNINSTALL, KEY_WOW64_64KEY, program_take);
    each_key(list, WZ_PLACE_POLICIES, key, POLICY, KEY_WOW64_64KEY, policy_kind);
}

void wz_scan_list_machine(wz_scan_list *list)
{
    static const REGSAM views[] = { KEY_WOW64_64KEY, KEY_WOW64_32KEY };
    SYSTEM_INFO         system;
    wchar_t            *packages;
    size_t              count;

    GetNativeSystemInfo(&system);
    count = system.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_INTEL ? 1 : 2;     /* one view: both are the same */
    wz_scan_note_store(list);
    loaded_drivers(list);
    list->out->places[WZ_PLACE_SERVICES].is_looked_at = true;
    each_key(list, WZ_PLACE_SERVICES, HKEY_LOCAL_MACHINE, SERVICES, KEY_WOW64_64KEY, service_take);
    list->out->places[WZ_PLACE_STARTUP].is_looked_at = true;
    for (size_t i = 0; i < count; i++)
        run_keys(list, HKEY_LOCAL_MACHINE, L"HKLM\\", views[i]);
    wz_scan_list_tasks(list);
    policies(list);
    list->out->places[WZ_PLACE_PROGRAMS].is_looked_at = true;
    for (size_t i = 0; i < count; i++)
        each_key(list, WZ_PLACE_PROGRAMS, HKEY_LOCAL_MACHINE, UNINSTALL, views[i], program_take);
    each_key(list, WZ_PLACE_STARTUP, HKEY_USERS, L"", KEY_WOW64_64KEY, user_take);
    packages = wz_wide_join(list->windows, L"\\Installer");        /* what repairing and removing start from */
    wz_scan_list_ending(list, WZ_PLACE_PROGRAMS, packages, L".msi");
    free(packages);
}
