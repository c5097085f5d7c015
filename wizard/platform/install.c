/* Windows' own installers, servicing.md 7.9 to 7.16: started by full path, waited for, never ended by us. */
#include <stdlib.h>
#include <string.h>

#include "platform/context.h"
#include "platform/files.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

typedef struct installer {
    const char    *ending;
    const wchar_t *program;             /* in System32 */
    const wchar_t *before, *after;      /* what stands around the file in its arguments */
} installer;

/* wusa gives an .msu to the update agent (servicing.md 7.10); for a .cab alone there is no DISM on 6.0 (7.14, 7.17). */
static const installer installers[] = {
    { ".msu", L"wusa.exe",   L"\" \"",             L"\" /quiet /norestart" },
    { ".cab", L"pkgmgr.exe", L"\" /ip /m:\"",      L"\" /quiet /norestart" },
};

static const installer *installer_for(const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < WZ_COUNT(installers); i++)
        if (length > 4 && wz_equal_nocase(name + length - 4, installers[i].ending))
            return &installers[i];
    return NULL;
}

static wchar_t *join_take(wchar_t *first, const wchar_t *second)      /* frees first */
{
    wchar_t *joined = wz_wide_join(first, second);

    free(first);
    return joined;
}

/* "C:\Windows\System32\wusa.exe" "file" /quiet /norestart. A path holds no quotation marks. */
static wchar_t *command_line(const installer *with, const wchar_t *file)
{
    wchar_t *shown = wz_native_path_shown(with->program);
    wchar_t *line = wz_wide_join(L"\"", shown);

    free(shown);
    line = join_take(line, with->before);
    line = join_take(line, file);
    return join_take(line, with->after);
}

static DWORD run_and_wait(const wchar_t *program, wchar_t *line, uint32_t *exit_code)
{
    STARTUPINFOW        startup = { .cb = sizeof startup };
    PROCESS_INFORMATION process;
    wchar_t            *folder = wz_windows_path(L"");
    DWORD               code = ERROR_SUCCESS;
    DWORD               exit = 0;

    if (!CreateProcessW(program, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, folder, &startup, &process)) {
        code = GetLastError();
    } else {
        CloseHandle(process.hThread);
        WaitForSingleObject(process.hProcess, INFINITE);
        if (!GetExitCodeProcess(process.hProcess, &exit))
            code = GetLastError();
        CloseHandle(process.hProcess);
    }
    free(folder);
    *exit_code = exit;
    return code;
}

void wz_install(const wz_file *staged, wz_install_result *out)
{
    const installer *with = installer_for(staged->name);
    wchar_t         *file = wz_wide_from_utf8(staged->path);
    uint64_t         begun = GetTickCount64();
    wchar_t         *program, *line;
    DWORD            code;

    *out = (wz_install_result){ .started = false, .code = ERROR_NOT_SUPPORTED };
    if (with != NULL && file != NULL && wcschr(file, L'"') == NULL) {
        program = wz_native_path(with->program);
        line = command_line(with, file);
        code = run_and_wait(program, line, &out->code);
        out->started = code == ERROR_SUCCESS;
        if (code != ERROR_SUCCESS)
            out->code = code;
        free(line);
        free(program);
    }
    out->seconds = (unsigned)((GetTickCount64() - begun) / 1000);
    free(file);
}

wz_status wz_space_free(uint64_t *bytes, wz_error *err)
{
    wchar_t       *folder = wz_windows_path(L"");
    ULARGE_INTEGER there;
    BOOL           is_read = GetDiskFreeSpaceExW(folder, &there, NULL, NULL);   /* what a quota leaves us */
    DWORD          code = GetLastError();

    free(folder);
    if (!is_read)
        return wz_fail_code(err, code, "GetDiskFreeSpaceEx");
    *bytes = there.QuadPart;
    return WZ_OK;
}
