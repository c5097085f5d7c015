/*
 * Windows' other installers at work.
 *
 * Windows Installer says so by its mutex. The others are known by their process, which lives as long as the
 * installation: also wusa.exe that an instance of this program began and did not live to see the end of. Not by the
 * process of the service Windows Modules Installer: that stays for minutes after its work, and is there after every
 * restart that finishes an update.
 */
#include "platform/context.h"

#include <tlhelp32.h>

/* "_MSIExecute Mutex" in the documentation of Windows Installer: owned while it carries out an installation. */
static bool is_msi_busy(void)
{
    HANDLE mutex = OpenMutexW(SYNCHRONIZE, FALSE, L"Global\\_MSIExecute");
    bool   is_busy;

    if (mutex == NULL)
        return GetLastError() == ERROR_ACCESS_DENIED;
    is_busy = WaitForSingleObject(mutex, 0) == WAIT_TIMEOUT;
    if (!is_busy)
        ReleaseMutex(mutex);
    CloseHandle(mutex);
    return is_busy;
}

static const struct { const wchar_t *process; const char *name; } programs[] = {
    { L"wusa.exe",      "Windows Update Standalone Installer (wusa.exe)" },
    { L"pkgmgr.exe",    "Package Manager (pkgmgr.exe)"                   },
    { L"spinstall.exe", "Service Pack setup (spinstall.exe)"             },
};

static const char *name_of(const wchar_t *process)
{
    for (size_t i = 0; i < WZ_COUNT(programs); i++)
        if (lstrcmpiW(process, programs[i].process) == 0)
            return programs[i].name;
    return NULL;
}

const char *wz_installers_busy(void)
{
    PROCESSENTRY32W entry = { .dwSize = sizeof entry };
    const char     *name = is_msi_busy() ? "Windows Installer (msiexec.exe)" : NULL;
    HANDLE          list;

    if (name != NULL)
        return name;
    list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (list == INVALID_HANDLE_VALUE)
        return NULL;
    for (BOOL more = Process32FirstW(list, &entry); more && name == NULL; more = Process32NextW(list, &entry))
        name = name_of(entry.szExeFile);
    CloseHandle(list);
    return name;
}
