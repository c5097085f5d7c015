#include "platform/files.h"

#include <stdlib.h>

#include "platform/wide.h"
#include "platform/win32.h"

#define CHUNK (1024u * 1024u)
#define TEMPORARY_TRIES 16u

wz_status wz_status_of_code(unsigned win32)
{
    switch (win32) {
    case ERROR_SUCCESS:
        return WZ_OK;
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_DRIVE:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
    case ERROR_BAD_PATHNAME:
    case ERROR_INVALID_NAME:
    case ERROR_DIRECTORY:
        return WZ_E_NOT_FOUND;
    case ERROR_ACCESS_DENIED:
    case ERROR_WRITE_PROTECT:
    case ERROR_PRIVILEGE_NOT_HELD:
    case ERROR_NETWORK_ACCESS_DENIED:
    case ERROR_INVALID_OWNER:
        return WZ_E_DENIED;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
    case ERROR_NOT_ENOUGH_QUOTA:
        return WZ_E_FULL;
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
        return WZ_E_BUSY;
    case ERROR_REQUEST_ABORTED:
    case ERROR_CANCELLED:
        return WZ_E_CANCELLED;
    default:
        return WZ_E_IO;
    }
}

wz_status wz_fail_code(wz_error *err, unsigned win32, const char *subject)
{
    wz_status status = wz_status_of_code(win32);

    return wz_fail(err, status == WZ_OK ? WZ_E_IO : status, win32, subject);
}

static wz_status read_all(HANDLE file, size_t limit, wz_text *content, DWORD *code)
{
    char     *chunk = wz_new_array(CHUNK, char);
    wz_status status = WZ_OK;
    DWORD     got;

    do {
        if (!ReadFile(file, chunk, CHUNK, &got, NULL)) {
            *code = GetLastError();
            status = WZ_E_IO;
            break;
        }
        if (got > limit - content->length) {           /* a file that grows while it is read obeys the limit too */
            status = WZ_E_LIMIT;
            break;
        }
        wz_text_append(content, chunk, got);
    } while (got > 0);
    free(chunk);
    return status;
}

wz_status wz_files_read(const char *path, size_t limit, wz_text *out, wz_error *err)
{
    wchar_t      *wide = wz_wide_path(path);
    wz_text       content = { 0 };
    wz_status     status = WZ_OK;
    HANDLE        file;
    LARGE_INTEGER length;
    DWORD         code = 0;

    if (wide == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, path);
    file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    code = GetLastError();
    free(wide);
    if (file == INVALID_HANDLE_VALUE)
        return wz_fail_code(err, code, path);
    if (!GetFileSizeEx(file, &length))
        status = wz_fail_code(err, GetLastError(), path);
    else if (length.QuadPart < 0 || (uint64_t)length.QuadPart > limit)
        status = wz_fail(err, WZ_E_LIMIT, 0, path);
    else if ((status = read_all(file, limit, &content, &code)) == WZ_E_LIMIT)
        wz_fail(err, WZ_E_LIMIT, 0, path);
    else if (status != WZ_OK)
        status = wz_fail_code(err, code, path);
    CloseHandle(file);
    if (status == WZ_OK) {
        *out = content;
        content = (wz_text){ 0 };
    }
    wz_text_clear(&content);
    return status;
}

#define TEMPORARY_FORM  L".%08lx%08lx.tmp"
#define TEMPORARY_UNITS 21u                            /* of what TEMPORARY_FORM gives */

/* A new file beside path, which nobody else can have opened; *name owned. */
static HANDLE temporary_create(const wchar_t *path, wchar_t **name)
{
    HANDLE file = INVALID_HANDLE_VALUE;

    for (unsigned i = 0; i < TEMPORARY_TRIES; i++) {
        wchar_t suffix[40];
        DWORD   code;

        swprintf(suffix, WZ_COUNT(suffix), TEMPORARY_FORM, GetCurrentProcessId(), (DWORD)GetTickCount64() + i);
        *name = wz_wide_join(path, suffix);
        file = CreateFileW(*name, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
        code = GetLastError();
        if (file != INVALID_HANDLE_VALUE)
            break;
        free(*name);
        *name = NULL;
        SetLastError(code);
        if (code != ERROR_FILE_EXISTS)
            break;
    }
    return file;
}

static bool write_all(HANDLE file, wz_view bytes)
{
    while (bytes.length > 0) {
        DWORD part = bytes.length < CHUNK ? (DWORD)bytes.length : CHUNK;
        DWORD written = 0;

        if (!WriteFile(file, bytes.at, part, &written, NULL))
            return false;
        if (written == 0) {                            /* some file systems report a full disk this way */
            SetLastError(ERROR_DISK_FULL);
            return false;
        }
        bytes.at += written;
        bytes.length -= written;
    }
    return FlushFileBuffers(file) != FALSE;
}

wz_status wz_files_write(const char *path, wz_view bytes, wz_error *err)
{
    wchar_t *wide = wz_wide_path(path);
    wchar_t *name = NULL;
    DWORD    code = ERROR_SUCCESS;
    DWORD    old;
    HANDLE   file;

    if (wide == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, path);
    old = GetFileAttributesW(wide);
    if (old != INVALID_FILE_ATTRIBUTES && (old & FILE_ATTRIBUTE_READONLY) != 0) {
        code = ERROR_ACCESS_DENIED;                    /* Wine would replace it */
        goto done;
    }
    file = temporary_create(wide, &name);
    if (file == INVALID_HANDLE_VALUE) {
        code = GetLastError();
        goto done;
    }
    if (!write_all(file, bytes))
        code = GetLastError();
    if (!CloseHandle(file) && code == ERROR_SUCCESS)
        code = GetLastError();
    if (code == ERROR_SUCCESS && !MoveFileExW(name, wide, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        code = GetLastError();
    if (code != ERROR_SUCCESS)
        DeleteFileW(name);
done:
    free(name);
    free(wide);
    return code == ERROR_SUCCESS ? WZ_OK : wz_fail_code(err, code, path);
}

wz_status wz_files_remove(const char *path, wz_error *err)
{
    wchar_t *wide = wz_wide_path(path);
    DWORD    code = ERROR_SUCCESS;

    if (wide == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, path);
    if (!DeleteFileW(wide))
        code = GetLastError();
    free(wide);
    if (code == ERROR_SUCCESS || wz_status_of_code(code) == WZ_E_NOT_FOUND)
        return WZ_OK;
    return wz_fail_code(err, code, path);
}

static bool is_temporary(const wchar_t *name)
{
    size_t units = wcslen(name);

    if (units <= TEMPORARY_UNITS)
        return false;
    name += units - TEMPORARY_UNITS;
    return name[0] == L'.' && wcsspn(name + 1, L"0123456789abcdef") == 16 && wcscmp(name + 17, L".tmp") == 0;
}

void wz_files_sweep(const char *folder)
{
    wchar_t         *wide = wz_wide_path(folder);
    wchar_t         *pattern = wide != NULL ? wz_wide_join(wide, L"\\*") : NULL;
    WIN32_FIND_DATAW found;
    HANDLE           search = pattern != NULL ? FindFirstFileW(pattern, &found) : INVALID_HANDLE_VALUE;
    BOOL             more = search != INVALID_HANDLE_VALUE;

    for (; more; more = FindNextFileW(search, &found)) {
        if (is_temporary(found.cFileName) && (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
            wchar_t *below = wz_wide_join(wide, L"\\");
            wchar_t *path = wz_wide_join(below, found.cFileName);

            DeleteFileW(path);
            free(path);
            free(below);
        }
    }
    if (search != INVALID_HANDLE_VALUE)
        FindClose(search);
    free(pattern);
    free(wide);
}
