/* What installing an update rests on: SHA-2 support, the servicing stack, the services, free space. */
#include <stdlib.h>

#include "platform/probe.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

/* servicing.md 2.10 */
#define SHA2     L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Servicing\\Codesigning\\SHA2"
#define SERVICES L"SYSTEM\\CurrentControlSet\\Services\\"

/* The highest folder below servicing\Version names the stack (servicing.md 7.7). */
static void probe_stack(wz_snapshot *out)
{
    wchar_t         *pattern = wz_windows_path(L"servicing\\Version\\*");
    char            *source = wz_probe_file_source(pattern);
    wz_version       highest = { 0 };
    bool             is_found = false;
    DWORD            code;
    WIN32_FIND_DATAW found;
    HANDLE           find = FindFirstFileW(pattern, &found);

    if (find == INVALID_HANDLE_VALUE) {
        code = GetLastError();
    } else {
        do {
            char      *name = wz_utf8_for_display(found.cFileName, wcslen(found.cFileName));
            wz_version version;

            if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 && wz_version_parse(name, &version) &&
                (!is_found || wz_version_compare(version, highest) > 0)) {
                highest = version;
                is_found = true;
            }
            free(name);
        } while (FindNextFileW(find, &found));
        code = GetLastError();
        FindClose(find);
    }
    if (code != ERROR_NO_MORE_FILES) {
        wz_probe_code(out, WZ_FACT_STACK_VERSION, source, code);
    } else if (!is_found) {
        wz_probe_absent(out, WZ_FACT_STACK_VERSION, source);
    } else {
        wz_text value = { 0 };

        wz_text_add_version(&value, highest, 4);
        wz_probe_known(out, WZ_FACT_STACK_VERSION, source, wz_text_at(&value));
        wz_text_clear(&value);
    }
    free(source);
    free(pattern);
}

static void probe_disk(wz_snapshot *out)
{
    static const char source[] = "API GetDiskFreeSpaceEx";
    wchar_t          *folder = wz_windows_path(L"");
    ULARGE_INTEGER    total, free_bytes;

    if (GetDiskFreeSpaceExW(folder, NULL, &total, &free_bytes)) {
        wz_probe_number(out, WZ_FACT_DISK_FREE, source, free_bytes.QuadPart);
        wz_probe_number(out, WZ_FACT_DISK_TOTAL, source, total.QuadPart);
    } else {
        DWORD code = GetLastError();

        wz_fact_unreadable(out, WZ_FACT_DISK_FREE, wz_windows_time(), source, code);
        wz_fact_unreadable(out, WZ_FACT_DISK_TOTAL, wz_windows_time(), source, code);
    }
    free(folder);
}

void wz_probe_servicing(wz_snapshot *out)
{
    wz_probe_registry_number(out, WZ_FACT_SHA2_SUPPORT, SHA2, L"SHA2-Codesigning-Support");
    wz_probe_registry_number(out, WZ_FACT_SHA2_CORE_SUPPORT, SHA2, L"SHA2-Core-Codesigning-Support");
    probe_stack(out);
    probe_disk(out);
    wz_probe_registry_number(out, WZ_FACT_START_UPDATE, SERVICES L"wuauserv", L"Start");
    wz_probe_registry_number(out, WZ_FACT_START_INSTALLER, SERVICES L"TrustedInstaller", L"Start");
}
