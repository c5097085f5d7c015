/* See scan_look.h: what a file's version resource says of it. VerQueryValue, winver.h. */
#include <stdlib.h>

#include "platform/scan_look.h"
#include "platform/wide.h"

enum { MOST_BYTES = 4 * 1024 * 1024, MOST_UNITS = 200 };

/* Owned; NULL when there is none. Resources are the file's own and may be anything: cut, and shown only. */
static char *string_of(const void *data, WORD language, WORD code_page, const wchar_t *name)
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
    if (VerQueryValueW(data, path, (void **)&text, &units) && text != NULL)
        while (length < units && length < MOST_UNITS && text[length] != L'\0')
            length++;
    while (length > 0 && text[length - 1] == L' ')
        length--;
    free(path);
    return length == 0 ? NULL : wz_utf8_for_display(text, length);
}

static void read_strings(const void *data, wz_scanned *file)
{
    static const WORD none[] = { 0x0409, 1200 };
    const WORD       *pair = NULL;
    UINT              length = 0;

    if (!VerQueryValueW(data, L"\\VarFileInfo\\Translation", (void **)&pair, &length) || length < 2 * sizeof *pair)
        pair = none;
    file->product = string_of(data, pair[0], pair[1], L"ProductName");
    file->company = string_of(data, pair[0], pair[1], L"CompanyName");
    file->version = string_of(data, pair[0], pair[1], L"FileVersion");
}

void wz_look_version(const wchar_t *path, wz_scanned *file)
{
    DWORD ignored, length = GetFileVersionInfoSizeW(path, &ignored);
    BYTE *data;

    if (length == 0 || length > MOST_BYTES)
        return;
    data = wz_new_array(length, BYTE);
    if (GetFileVersionInfoW(path, 0, length, data))
        read_strings(data, file);
    free(data);
}
