/* See scan_look.h: what a file's version resource says of it. VerQueryValue, winver.h; version.dll by its full path. */
#include <stdlib.h>

#include "platform/late.h"
#include "platform/scan_look.h"
#include "platform/wide.h"

enum { MOST_BYTES = 4 * 1024 * 1024, MOST_UNITS = 200 };

typedef DWORD (WINAPI *size_function)(const wchar_t *path, DWORD *unused);
typedef BOOL (WINAPI *info_function)(const wchar_t *path, DWORD unused, DWORD length, void *data);
typedef BOOL (WINAPI *query_function)(const void *data, const wchar_t *path, void **value, UINT *length);

/* Owned; NULL when there is none. Resources are the file's own and may be anything: cut, and shown only. */
static char *string_of(query_function query, const void *data, WORD language, WORD code_page, const wchar_t *name)
{
    static const wchar_t digits[] = L"0123456789abcdef";
    wchar_t              block[] = L"\\StringFileInfo\\00000000\\";
    const wchar_t       *text = NULL;
    wchar_t             *path;
    uint32_t             both = (uint32_t)language << 16 | code_page;
    UINT                 units = 0;
    size_t               length = 0;

    for (unsigned i = 0; i < 8; i++)
        block[16 + i] = digits[both >> (28 - 4 * i) & 15];
    path = wz_wide_join(block, name);
    if (query(data, path, (void **)&text, &units) && text != NULL)
        while (length < units && length < MOST_UNITS && text[length] != L'\0')
            length++;
    while (length > 0 && text[length - 1] == L' ')
        length--;
    free(path);
    return length == 0 ? NULL : wz_utf8_for_display(text, length);
}

static void read_strings(query_function query, const void *data, wz_scanned *file)
{
    static const WORD none[] = { 0x0409, 1200 };
    const WORD       *pair = NULL;
    UINT              length = 0;

    if (!query(data, L"\\VarFileInfo\\Translation", (void **)&pair, &length) || length < 2 * sizeof *pair)
        pair = none;
    file->product = string_of(query, data, pair[0], pair[1], L"ProductName");
    file->company = string_of(query, data, pair[0], pair[1], L"CompanyName");
    file->version = string_of(query, data, pair[0], pair[1], L"FileVersion");
}

void wz_look_version(const wchar_t *path, wz_scanned *file)
{
    size_function  ask = (size_function)wz_late(WZ_LATE_GetFileVersionInfoSizeW);
    info_function  read = (info_function)wz_late(WZ_LATE_GetFileVersionInfoW);
    query_function query = (query_function)wz_late(WZ_LATE_VerQueryValueW);
    DWORD          unused, length;
    BYTE          *data;

    if (ask == NULL || read == NULL || query == NULL)
        return;
    length = ask(path, &unused);
    if (length == 0 || length > MOST_BYTES)
        return;
    data = wz_new_array(length, BYTE);
    if (read(path, 0, length, data))
        read_strings(query, data, file);
    free(data);
}
