#include "platform/wide.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "platform/win32.h"

/* CreateDirectory needs room for an 8.3 name below MAX_PATH */
#define LONGEST_PLAIN_PATH (MAX_PATH - 13u)

wchar_t *wz_wide_from_utf8(const char *utf8)
{
    size_t   length = strlen(utf8);
    int      units;
    wchar_t *wide;

    if (length >= INT_MAX || !wz_is_utf8(utf8, length))
        return NULL;
    units = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, NULL, 0);
    if (units <= 0)
        return NULL;
    wide = wz_new_array((size_t)units, wchar_t);
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, wide, units);
    return wide;
}

static char *utf8_convert(const wchar_t *wide, size_t units, DWORD flags)
{
    char *utf8;
    int   length;

    if (units >= INT_MAX)
        return NULL;
    if (units == 0)
        return wz_copy("");
    length = WideCharToMultiByte(CP_UTF8, flags, wide, (int)units, NULL, 0, NULL, NULL);
    if (length <= 0)
        return NULL;
    utf8 = wz_new_array((size_t)length + 1, char);
    WideCharToMultiByte(CP_UTF8, flags, wide, (int)units, utf8, length, NULL, NULL);
    return utf8;
}

char *wz_utf8_from_wide_part(const wchar_t *wide, size_t units)
{
    char *utf8;

    for (size_t i = 0; i < units; i++)
        if (wide[i] == L'\0')
            return NULL;
    utf8 = utf8_convert(wide, units, WC_ERR_INVALID_CHARS);
    if (utf8 != NULL && !wz_is_utf8(utf8, strlen(utf8))) {
        free(utf8);
        return NULL;
    }
    return utf8;
}

char *wz_utf8_from_wide(const wchar_t *wide)
{
    return wz_utf8_from_wide_part(wide, wcslen(wide));
}

char *wz_utf8_for_display(const wchar_t *wide, size_t units)
{
    wchar_t *copy = wz_new_array(units + 1, wchar_t);
    char    *utf8;

    for (size_t i = 0; i < units; i++) {
        bool is_pair = IS_HIGH_SURROGATE(wide[i]) && i + 1 < units && IS_LOW_SURROGATE(wide[i + 1]);

        copy[i] = wide[i];
        if (is_pair) {
            copy[i + 1] = wide[i + 1];
            i++;
        } else if (wide[i] == L'\0' || IS_HIGH_SURROGATE(wide[i]) || IS_LOW_SURROGATE(wide[i])) {
            copy[i] = 0xFFFD;
        }
    }
    utf8 = utf8_convert(copy, units, 0);
    free(copy);
    return utf8 != NULL ? utf8 : wz_copy("");
}

static wchar_t *path_make_long(wchar_t *full)          /* takes full */
{
    wchar_t *result;

    if (wcslen(full) <= LONGEST_PLAIN_PATH || wcsncmp(full, L"\\\\?\\", 4) == 0 || wcsncmp(full, L"\\\\.\\", 4) == 0)
        return full;
    result = wcsncmp(full, L"\\\\", 2) == 0 ? wz_wide_join(L"\\\\?\\UNC\\", full + 2) : wz_wide_join(L"\\\\?\\", full);
    free(full);
    return result;
}

wchar_t *wz_wide_path(const char *utf8)
{
    wchar_t *wide = wz_wide_from_utf8(utf8);
    wchar_t *full = NULL;
    DWORD    room, units;

    if (wide == NULL || *wide == L'\0')
        goto done;
    room = GetFullPathNameW(wide, 0, NULL, NULL);
    if (room == 0)
        goto done;
    full = wz_new_array((size_t)room + 1, wchar_t);
    units = GetFullPathNameW(wide, room + 1, full, NULL);
    if (units == 0 || units > room || wcsncmp(full, L"\\\\.\\", 4) == 0) {
        free(full);                                    /* "E:\com1.msu" is a port, whatever lies in E: */
        full = NULL;
        goto done;
    }
    full = path_make_long(full);
done:
    free(wide);
    return full;
}

wchar_t *wz_wide_copy(const wchar_t *text)
{
    return wz_wide_join(text, L"");
}

wchar_t *wz_wide_join(const wchar_t *a, const wchar_t *b)
{
    size_t   a_units = wcslen(a);
    size_t   b_units = wcslen(b);
    wchar_t *joined = wz_new_array(a_units + b_units + 1, wchar_t);

    memcpy(joined, a, a_units * sizeof *joined);
    memcpy(joined + a_units, b, b_units * sizeof *joined);
    return joined;
}
