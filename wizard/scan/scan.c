#include "scan/scan.h"

#include <string.h>

#include "scan/parts.h"

static bool has_ending(const char *path, const char *const endings[], size_t count)
{
    size_t length = strlen(path);

    for (size_t i = 0; i < count; i++) {
        size_t ending = strlen(endings[i]);

        if (length > ending && wz_equal_nocase(path + length - ending, endings[i]))
            return true;
    }
    return false;
}

bool wz_scan_wants(const char *path)
{
    static const char *const endings[] = {
        ".exe", ".dll", ".sys", ".ocx", ".cpl", ".scr", ".drv", ".ax", ".com", ".msi", ".msp", ".msm", ".cab", ".zip",
        ".7z", ".rar",
    };

    return has_ending(path, endings, WZ_COUNT(endings)) || wz_script_language(path) != WZ_LANGUAGE_NONE;
}

static wz_status scan_program(const char *path, wz_pe *pe, const wz_progress *progress, wz_findings *list, size_t first,
                              wz_scan_note *note)
{
    wz_status status = WZ_OK;
    bool      is_whole = true;

    wz_pe_read_imports(pe);
    note->kind = pe->is_managed ? WZ_SCAN_MANAGED : WZ_SCAN_PROGRAM;
    note->is_driver = pe->is_driver;
    note->unknown = wz_pe_unknown(pe);
    if (pe->is_managed)
        status = wz_il_scan(pe, path, progress, list, first);
    if (status == WZ_OK && (!pe->is_managed || pe->has_native_entry))
        status = wz_code_scan(pe, path, progress, list, first, &is_whole);
    if (status == WZ_OK)
        status = wz_data_scan(pe, path, progress, list, first);
    if (!is_whole)
        note->unknown = WZ_UNKNOWN_TOO_MUCH;
    return status;
}

wz_status wz_scan_file(const char *path, wz_view bytes, const wz_progress *progress, wz_findings *list,
                       wz_scan_note *note)
{
    wz_language language = wz_script_language(path);
    size_t      first = list->count;
    wz_status   status = WZ_OK;
    wz_pe       pe;

    *note = (wz_scan_note){ .kind = WZ_SCAN_OTHER };
    if (wz_progress_cancelled(progress))
        return WZ_E_CANCELLED;
    switch (wz_pe_open(bytes, &pe)) {
    case WZ_PE_FINE:
        status = scan_program(path, &pe, progress, list, first, note);
        break;
    case WZ_PE_BROKEN:
        note->kind = WZ_SCAN_PROGRAM;
        note->unknown = WZ_UNKNOWN_BROKEN;
        break;
    case WZ_PE_OTHER_MACHINE:
        note->kind = WZ_SCAN_PROGRAM;
        note->unknown = WZ_UNKNOWN_MACHINE;
        break;
    case WZ_PE_NOT:
        if (wz_is_installer_database(bytes)) {
            note->kind = WZ_SCAN_INSTALLER;
            wz_msi_scan(path, bytes, list, first);
        } else if (wz_is_archive(bytes)) {
            note->kind = WZ_SCAN_ARCHIVE;
            note->unknown = WZ_UNKNOWN_COMPRESSED;
        } else if (language != WZ_LANGUAGE_NONE) {
            note->kind = WZ_SCAN_SCRIPT;
            status = wz_script_scan(path, bytes, language, progress, list, first);
        }
        break;
    }
    note->findings = list->count - first;
    return status;
}
