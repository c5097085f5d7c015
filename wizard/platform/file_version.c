#include "platform/file_version.h"

#include <stdlib.h>

#include "core/text.h"
#include "platform/late.h"

#ifndef FILE_VER_GET_NEUTRAL
#define FILE_VER_GET_NEUTRAL 2
#endif

typedef DWORD (WINAPI *size_function)(const wchar_t *path, DWORD *unused);
typedef BOOL (WINAPI *info_function)(const wchar_t *path, DWORD unused, DWORD length, void *data);
typedef DWORD (WINAPI *size_ex_function)(DWORD flags, const wchar_t *path, DWORD *unused);
typedef BOOL (WINAPI *info_ex_function)(DWORD flags, const wchar_t *path, DWORD unused, DWORD length, void *data);
typedef BOOL (WINAPI *query_function)(const void *data, const wchar_t *what, void **found, UINT *length);

static unsigned fixed_info(BYTE *data, VS_FIXEDFILEINFO *out)      /* takes data */
{
    query_function    query = (query_function)wz_late(WZ_LATE_VerQueryValueW);
    VS_FIXEDFILEINFO *fixed = NULL;
    UINT              length = 0;
    unsigned          code = query == NULL ? ERROR_PROC_NOT_FOUND : ERROR_RESOURCE_DATA_NOT_FOUND;

    if (query != NULL && query(data, L"\\", (void **)&fixed, &length) && length >= sizeof *fixed) {
        *out = *fixed;
        code = ERROR_SUCCESS;
    }
    free(data);
    return code;
}

static unsigned version_neutral(const wchar_t *path, VS_FIXEDFILEINFO *out)
{
    size_ex_function size = (size_ex_function)wz_late(WZ_LATE_GetFileVersionInfoSizeExW);
    info_ex_function info = (info_ex_function)wz_late(WZ_LATE_GetFileVersionInfoExW);
    DWORD            unused = 0;
    DWORD            length;
    unsigned         code;
    BYTE            *data;

    if (size == NULL || info == NULL)
        return ERROR_PROC_NOT_FOUND;
    length = size(FILE_VER_GET_NEUTRAL, path, &unused);
    if (length == 0)
        return GetLastError();
    data = wz_new_array(length, BYTE);
    if (info(FILE_VER_GET_NEUTRAL, path, 0, length, data))
        return fixed_info(data, out);
    code = GetLastError();
    free(data);
    return code;
}

static unsigned version_plain(const wchar_t *path, VS_FIXEDFILEINFO *out)
{
    size_function size = (size_function)wz_late(WZ_LATE_GetFileVersionInfoSizeW);
    info_function info = (info_function)wz_late(WZ_LATE_GetFileVersionInfoW);
    DWORD         unused = 0;
    DWORD         length;
    unsigned      code;
    BYTE         *data;

    if (size == NULL || info == NULL)
        return ERROR_PROC_NOT_FOUND;
    length = size(path, &unused);
    if (length == 0)
        return GetLastError();
    data = wz_new_array(length, BYTE);
    if (info(path, 0, length, data))
        return fixed_info(data, out);
    code = GetLastError();
    free(data);
    return code;
}

/* Asked the plain way when the other gives nothing: Wine's mode for x86 programs on a 64-bit Wine (8.0) fails the first
   time for a path in Sysnative. */
unsigned wz_file_version(const wchar_t *path, VS_FIXEDFILEINFO *out)
{
    return version_neutral(path, out) == ERROR_SUCCESS ? ERROR_SUCCESS : version_plain(path, out);
}
