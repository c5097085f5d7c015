/* The lines that matter of Windows' own servicing logs. Only the end of a log is read, however long it is. */
#include <stdlib.h>
#include <string.h>

#include "core/servicing_log.h"
#include "platform/probe.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

/* The end of a file that others are writing to. out is owned by the caller, also after a failure. */
static DWORD tail_read(const wchar_t *path, wz_text *out)
{
    HANDLE        file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                     OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    LARGE_INTEGER size = { .QuadPart = 0 };
    LARGE_INTEGER start = { .QuadPart = 0 };
    DWORD         code = ERROR_SUCCESS;
    DWORD         got = 0;
    char         *bytes;

    if (file == INVALID_HANDLE_VALUE)
        return GetLastError();
    bytes = wz_new_array(WZ_LOG_TAIL_BYTES, char);
    if (!GetFileSizeEx(file, &size)) {
        code = GetLastError();
    } else {
        if (size.QuadPart > (LONGLONG)WZ_LOG_TAIL_BYTES)
            start.QuadPart = (size.QuadPart - (LONGLONG)WZ_LOG_TAIL_BYTES) & ~(LONGLONG)1;   /* whole UTF-16 units */
        if (!SetFilePointerEx(file, start, NULL, FILE_BEGIN) || !ReadFile(file, bytes, WZ_LOG_TAIL_BYTES, &got, NULL))
            code = GetLastError();
        else
            wz_text_append(out, bytes, got);
    }
    free(bytes);
    CloseHandle(file);
    return code;
}

/* Written in UTF-8 or an older code page as a rule; a zero byte tells UTF-16. */
static void tail_to_utf8(wz_text *text)
{
    char *utf8;

    if (text->length < 2 || memchr(text->at, '\0', text->length) == NULL)
        return;
    utf8 = wz_utf8_for_display((const wchar_t *)(const void *)text->at, text->length / sizeof(wchar_t));
    wz_text_clear(text);
    wz_text_add(text, utf8);
    free(utf8);
}

static void probe_log(wz_snapshot *out, wz_fact_id id, const wchar_t *name, void (*pick)(wz_view text, wz_text *out))
{
    wchar_t *path = wz_windows_path(name);
    char    *source = wz_probe_file_source(path);
    wz_text  tail = { 0 };
    wz_text  lines = { 0 };
    DWORD    code = tail_read(path, &tail);

    if (code == ERROR_SUCCESS) {
        tail_to_utf8(&tail);
        pick((wz_view){ wz_text_at(&tail), tail.length }, &lines);
        wz_probe_known(out, id, source, wz_text_at(&lines));
    } else {
        wz_probe_code(out, id, source, code);
    }
    wz_text_clear(&lines);
    wz_text_clear(&tail);
    free(source);
    free(path);
}

void wz_probe_logs(wz_snapshot *out)
{
    probe_log(out, WZ_FACT_LOG_SERVICING, L"Logs\\CBS\\CBS.log", wz_servicing_log_pick);
    probe_log(out, WZ_FACT_LOG_READINESS, L"Logs\\CBS\\CheckSUR.log", wz_readiness_log_pick);
}
