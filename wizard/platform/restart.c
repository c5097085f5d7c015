/* Restarting Windows, and starting this program again afterwards. */
#include <stdlib.h>
#include <string.h>

#include "platform/context.h"
#include "platform/digest.h"
#include "platform/files.h"
#include "platform/rights.h"
#include "platform/wide.h"

#define RUN_ONCE      L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\RunOnce"
#define RUN_ONCE_NAME L"Build6003Wizard"
#define RUN_ONCE_MOST 260u              /* longer commands are not run ("Run and RunOnce Registry Keys") */
#define PROGRAM_NAME  "\\Build6003Wizard.exe"
#define PROGRAM_MOST  (64u * 1024u * 1024u)

#define RESTART_REASON (SHTDN_REASON_MAJOR_OPERATINGSYSTEM | SHTDN_REASON_MINOR_HOTFIX | SHTDN_REASON_FLAG_PLANNED)

static char *own_path(void)                            /* owned; NULL when it cannot be written in UTF-8 */
{
    DWORD    room = MAX_PATH;
    wchar_t *path = NULL;
    char    *utf8;
    DWORD    units;

    do {
        free(path);
        room *= 2;
        path = wz_new_array(room, wchar_t);
        units = GetModuleFileNameW(NULL, path, room);
    } while (units >= room);
    utf8 = wz_utf8_from_wide_part(path, units);
    free(path);
    return utf8;
}

/* The program itself, because the stick it came on may be gone. An equal copy, perhaps running, is left as it is. */
static wz_status program_copy(const char *to, wz_error *err)
{
    char     *from = own_path();
    wz_text   program = { 0 };
    wz_text   old = { 0 };
    wz_status status;

    if (from == NULL)
        return wz_fail(err, WZ_E_SYSTEM, ERROR_NO_UNICODE_TRANSLATION, to);
    status = wz_equal_nocase(from, to) ? WZ_OK : wz_files_read(from, PROGRAM_MOST, &program, err);
    if (status == WZ_OK && program.length > 0) {
        bool is_same = wz_files_read(to, PROGRAM_MOST, &old, NULL) == WZ_OK && old.length == program.length &&
                       memcmp(old.at, program.at, old.length) == 0;

        if (!is_same)
            status = wz_files_write(to, (wz_view){ program.at, program.length }, err);
    }
    wz_text_clear(&old);
    wz_text_clear(&program);
    free(from);
    return status;
}

static wz_status run_once_set(const char *command, wz_error *err)
{
    wchar_t *wide = wz_wide_from_utf8(command);
    HKEY     key;
    DWORD    code;

    if (wide == NULL || wcslen(wide) > RUN_ONCE_MOST) {
        free(wide);
        return wz_fail(err, WZ_E_LIMIT, 0, command);
    }
    code = (DWORD)RegCreateKeyExW(HKEY_LOCAL_MACHINE, RUN_ONCE, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key,
                                  NULL);
    if (code == ERROR_SUCCESS) {
        code = (DWORD)RegSetValueExW(key, RUN_ONCE_NAME, 0, REG_SZ, (const BYTE *)wide,
                                     (DWORD)((wcslen(wide) + 1) * sizeof *wide));
        if (code == ERROR_SUCCESS)
            code = (DWORD)RegFlushKey(key);
        RegCloseKey(key);
    }
    free(wide);
    return code == ERROR_SUCCESS ? WZ_OK : wz_fail_code(err, code, "RunOnce");
}

wz_status wz_restart_arrange(wz_windows *self, const char *switches, wz_error *err)
{
    const char *folder;
    wz_text     program = { 0 };
    wz_text     command = { 0 };
    wz_status   status = wz_folder_data_make(self, &folder, err);

    if (status != WZ_OK)
        return status;
    wz_text_add(&program, folder);
    wz_text_add(&program, PROGRAM_NAME);
    status = program_copy(wz_text_at(&program), err);
    if (status == WZ_OK) {
        wz_text_add(&command, "\"");
        wz_text_add(&command, wz_text_at(&program));
        wz_text_add(&command, "\" ");
        wz_text_add(&command, switches);
        status = run_once_set(wz_text_at(&command), err);
    }
    wz_text_clear(&command);
    wz_text_clear(&program);
    return status;
}

void wz_restart_forget(void)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, RUN_ONCE, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, &key) == ERROR_SUCCESS) {
        RegDeleteValueW(key, RUN_ONCE_NAME);
        RegCloseKey(key);
    }
}

/* ExitWindowsEx asks programs to close; from a session without a desktop only the second way works. */
wz_status wz_restart_now(wz_error *err)
{
    wz_rights_enable(SE_SHUTDOWN_NAME);
    if (ExitWindowsEx(EWX_REBOOT, RESTART_REASON) ||
        InitiateSystemShutdownExW(NULL, NULL, 0, FALSE, TRUE, RESTART_REASON))
        return WZ_OK;
    return wz_fail_code(err, GetLastError(), "ExitWindowsEx");
}
