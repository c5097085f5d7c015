#include <stdlib.h>

#include "platform/probe.h"
#include "platform/registry.h"
#include "platform/wide.h"

#define SECONDS_1601_TO_1970 11644473600LL

wz_time wz_windows_time(void)
{
    FILETIME       now;
    ULARGE_INTEGER ticks;

    GetSystemTimeAsFileTime(&now);
    ticks.LowPart = now.dwLowDateTime;
    ticks.HighPart = now.dwHighDateTime;
    return (wz_time)(ticks.QuadPart / 10000000u) - SECONDS_1601_TO_1970;
}

void wz_probe_known(wz_snapshot *out, wz_fact_id id, const char *source, const char *value)
{
    wz_fact_known(out, id, wz_windows_time(), source, value);
}

void wz_probe_number(wz_snapshot *out, wz_fact_id id, const char *source, uint64_t value)
{
    wz_fact_known_number(out, id, wz_windows_time(), source, value);
}

void wz_probe_absent(wz_snapshot *out, wz_fact_id id, const char *source)
{
    wz_fact_absent(out, id, wz_windows_time(), source);
}

void wz_probe_code(wz_snapshot *out, wz_fact_id id, const char *source, unsigned win32)
{
    if (wz_registry_is_missing(win32))
        wz_fact_absent(out, id, wz_windows_time(), source);
    else
        wz_fact_unreadable(out, id, wz_windows_time(), source, win32);
}

char *wz_probe_registry_source(const wchar_t *path, const wchar_t *name)
{
    wz_text source = { 0 };
    char   *part = wz_utf8_from_wide(path);

    wz_text_add(&source, "registry HKLM\\");
    wz_text_add(&source, part);
    free(part);
    if (name != NULL) {
        part = wz_utf8_from_wide(name);
        wz_text_add(&source, "\\");
        wz_text_add(&source, part);
        free(part);
    }
    return wz_text_take(&source);
}

char *wz_probe_file_source(const wchar_t *path)
{
    wz_text source = { 0 };
    char   *shown = wz_utf8_for_display(path, wcslen(path));

    wz_text_add(&source, "file ");
    wz_text_add(&source, shown);
    free(shown);
    return wz_text_take(&source);
}

void wz_probe_registry_text(wz_snapshot *out, wz_fact_id id, const wchar_t *path, const wchar_t *name)
{
    char    *source = wz_probe_registry_source(path, name);
    char    *value = NULL;
    HKEY     key;
    unsigned code = wz_registry_open(path, &key);

    if (code == ERROR_SUCCESS) {
        code = wz_registry_text(key, name, &value);
        RegCloseKey(key);
    }
    if (code == ERROR_SUCCESS)
        wz_probe_known(out, id, source, value);
    else
        wz_probe_code(out, id, source, code);
    free(value);
    free(source);
}

void wz_probe_registry_number(wz_snapshot *out, wz_fact_id id, const wchar_t *path, const wchar_t *name)
{
    char    *source = wz_probe_registry_source(path, name);
    uint64_t value = 0;
    HKEY     key;
    unsigned code = wz_registry_open(path, &key);

    if (code == ERROR_SUCCESS) {
        code = wz_registry_number(key, name, &value);
        RegCloseKey(key);
    }
    if (code == ERROR_SUCCESS)
        wz_probe_number(out, id, source, value);
    else
        wz_probe_code(out, id, source, code);
    free(source);
}

void wz_probe_registry_key(wz_snapshot *out, wz_fact_id id, const wchar_t *path)
{
    char    *source = wz_probe_registry_source(path, NULL);
    HKEY     key;
    unsigned code = wz_registry_open(path, &key);

    if (code == ERROR_SUCCESS) {
        RegCloseKey(key);
        wz_probe_known(out, id, source, "1");
    } else {
        wz_probe_code(out, id, source, code);
    }
    free(source);
}
