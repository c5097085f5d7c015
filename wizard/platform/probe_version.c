/* Which Windows this is, asked in several places that may disagree (servicing.md 1.14 to 1.16, 11). */
#include <stdlib.h>

#include "platform/file_version.h"
#include "platform/late.h"
#include "platform/probe.h"
#include "platform/registry.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

#define CURRENT_VERSION L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"

#ifndef PROCESSOR_ARCHITECTURE_ARM64
#define PROCESSOR_ARCHITECTURE_ARM64 12
#endif

typedef LONG (WINAPI *version_function)(OSVERSIONINFOEXW *version);
typedef BOOL (WINAPI *version_old_function)(OSVERSIONINFOEXW *version);

static void version_set(wz_snapshot *out, wz_fact_id id, const char *source, const uint64_t parts[], size_t count)
{
    wz_text value = { 0 };

    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            wz_text_add(&value, ".");
        wz_text_add_number(&value, parts[i]);
    }
    wz_probe_known(out, id, source, wz_text_at(&value));
    wz_text_clear(&value);
}

static void probe_product(wz_snapshot *out, const OSVERSIONINFOEXW *version)
{
    /* GetProductInfo values of Server Core installations: winnt.h, PRODUCT_*_CORE* and PRODUCT_HYPERV */
    static const DWORD core[] = { 0x0C, 0x0D, 0x0E, 0x1D, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x35, 0x39 };
    static const char  source[] = "API GetProductInfo";
    DWORD              product = 0;
    bool               is_core = false;

    if (!GetProductInfo(version->dwMajorVersion, version->dwMinorVersion, version->wServicePackMajor,
                        version->wServicePackMinor, &product)) {
        wz_fact_unreadable(out, WZ_FACT_EDITION, wz_windows_time(), source, ERROR_PROC_NOT_FOUND);
        wz_fact_unreadable(out, WZ_FACT_SERVER_CORE, wz_windows_time(), source, ERROR_PROC_NOT_FOUND);
        return;
    }
    for (size_t i = 0; i < WZ_COUNT(core); i++)
        is_core = is_core || product == core[i];
    wz_probe_number(out, WZ_FACT_EDITION, source, product);
    wz_probe_known(out, WZ_FACT_SERVER_CORE, source, is_core ? "1" : "0");
}

static void service_pack_set(wz_snapshot *out, const char *source, const OSVERSIONINFOEXW *version)
{
    char *pack = wz_utf8_from_wide(version->szCSDVersion);

    if (pack == NULL)
        wz_fact_unreadable(out, WZ_FACT_SERVICE_PACK, wz_windows_time(), source, ERROR_NO_UNICODE_TRANSLATION);
    else if (*pack == '\0')
        wz_probe_absent(out, WZ_FACT_SERVICE_PACK, source);
    else
        wz_probe_known(out, WZ_FACT_SERVICE_PACK, source, pack);
    free(pack);
    wz_probe_number(out, WZ_FACT_SERVICE_PACK_MAJOR, source, version->wServicePackMajor);
}

/* What the kernel says of itself: no compatibility layer reaches RtlGetVersion. */
static void probe_api(wz_snapshot *out)
{
    static const wz_fact_id ids[] = { WZ_FACT_VERSION_API, WZ_FACT_SERVICE_PACK, WZ_FACT_SERVICE_PACK_MAJOR,
                                      WZ_FACT_PRODUCT_TYPE };
    static const char source[] = "API RtlGetVersion";
    version_function  ask = (version_function)wz_late(WZ_LATE_RtlGetVersion);
    OSVERSIONINFOEXW  version = { .dwOSVersionInfoSize = sizeof version };
    LONG              status = ask == NULL ? -1 : ask(&version);

    if (status < 0)
        for (size_t i = 0; i < WZ_COUNT(ids); i++)
            wz_fact_unreadable(out, ids[i], wz_windows_time(), source, (unsigned)status);
    else {
        const uint64_t parts[] = { version.dwMajorVersion, version.dwMinorVersion, version.dwBuildNumber };

        version_set(out, WZ_FACT_VERSION_API, source, parts, WZ_COUNT(parts));
        service_pack_set(out, source, &version);
        wz_probe_number(out, WZ_FACT_PRODUCT_TYPE, source, version.wProductType);
    }
    probe_product(out, &version);
}

/* What this program is told: differs under a compatibility layer. By address, as newer SDKs deprecate the name. */
static void probe_shim(wz_snapshot *out)
{
    static const char    source[] = "API GetVersionEx";
    version_old_function ask = (version_old_function)wz_late(WZ_LATE_GetVersionExW);
    OSVERSIONINFOEXW     version = { .dwOSVersionInfoSize = sizeof version };

    if (ask == NULL || !ask(&version)) {
        DWORD code = ask == NULL ? ERROR_PROC_NOT_FOUND : GetLastError();

        wz_fact_unreadable(out, WZ_FACT_VERSION_SHIM, wz_windows_time(), source, code);
    } else {
        const uint64_t parts[] = { version.dwMajorVersion, version.dwMinorVersion, version.dwBuildNumber };

        version_set(out, WZ_FACT_VERSION_SHIM, source, parts, WZ_COUNT(parts));
    }
}

static void probe_registry(wz_snapshot *out)
{
    char      *source = wz_probe_registry_source(CURRENT_VERSION, L"CurrentBuildNumber");
    char      *version = NULL;
    char      *build = NULL;
    wz_text    value = { 0 };
    wz_version parsed;
    HKEY       key;
    unsigned   code = wz_registry_open(CURRENT_VERSION, &key);

    if (code == ERROR_SUCCESS) {
        code = wz_registry_text(key, L"CurrentVersion", &version);
        if (code == ERROR_SUCCESS)
            code = wz_registry_text(key, L"CurrentBuildNumber", &build);
        RegCloseKey(key);
    }
    if (code == ERROR_SUCCESS) {
        wz_text_add(&value, version);
        wz_text_add(&value, ".");
        wz_text_add(&value, build);
        if (!wz_version_parse(wz_text_at(&value), &parsed))
            code = ERROR_INVALID_DATA;
    }
    if (code == ERROR_SUCCESS)
        wz_probe_known(out, WZ_FACT_VERSION_REGISTRY, source, wz_text_at(&value));
    else
        wz_probe_code(out, WZ_FACT_VERSION_REGISTRY, source, code);
    wz_text_clear(&value);
    free(build);
    free(version);
    free(source);
}

static void probe_kernel(wz_snapshot *out)
{
    wchar_t         *path = wz_native_path(L"ntoskrnl.exe");
    wchar_t         *shown = wz_native_path_shown(L"ntoskrnl.exe");
    char            *source = wz_probe_file_source(shown);
    VS_FIXEDFILEINFO info;
    unsigned         code = wz_file_version(path, &info);

    if (code == ERROR_SUCCESS) {
        const uint64_t parts[] = { HIWORD(info.dwFileVersionMS), LOWORD(info.dwFileVersionMS),
                                   HIWORD(info.dwFileVersionLS), LOWORD(info.dwFileVersionLS) };

        version_set(out, WZ_FACT_VERSION_KERNEL, source, parts, WZ_COUNT(parts));
    } else {
        wz_probe_code(out, WZ_FACT_VERSION_KERNEL, source, code);
    }
    free(source);
    free(shown);
    free(path);
}

static void probe_architecture(wz_snapshot *out)
{
    static const char source[] = "API GetNativeSystemInfo";
    SYSTEM_INFO       info;
    const char       *name = NULL;

    GetNativeSystemInfo(&info);                        /* the machine's, also from WOW64 and from x86 on Itanium */
    switch (info.wProcessorArchitecture) {
    case PROCESSOR_ARCHITECTURE_INTEL: name = "x86";   break;
    case PROCESSOR_ARCHITECTURE_AMD64: name = "x64";   break;
    case PROCESSOR_ARCHITECTURE_IA64:  name = "ia64";  break;
    case PROCESSOR_ARCHITECTURE_ARM64: name = "arm64"; break;
    default:                           break;
    }
    if (name != NULL)
        wz_probe_known(out, WZ_FACT_ARCHITECTURE, source, name);
    else
        wz_fact_unreadable(out, WZ_FACT_ARCHITECTURE, wz_windows_time(), source, ERROR_NOT_SUPPORTED);
}

void wz_probe_version(wz_snapshot *out)
{
    probe_api(out);
    probe_shim(out);
    probe_registry(out);
    probe_kernel(out);
    probe_architecture(out);
    wz_probe_registry_text(out, WZ_FACT_BUILD_LAB, CURRENT_VERSION, L"BuildLabEx");
    if (out->facts[WZ_FACT_BUILD_LAB].state == WZ_FACT_ABSENT)
        wz_probe_registry_text(out, WZ_FACT_BUILD_LAB, CURRENT_VERSION, L"BuildLab");
    wz_probe_registry_text(out, WZ_FACT_PRODUCT_NAME, CURRENT_VERSION, L"ProductName");
}
