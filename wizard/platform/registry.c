#include "platform/registry.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "platform/wide.h"

unsigned wz_registry_open(const wchar_t *path, HKEY *out)
{
    return (unsigned)RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ | KEY_WOW64_64KEY, out);
}

bool wz_registry_is_missing(unsigned code)
{
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
}

unsigned wz_registry_bytes(HKEY key, const wchar_t *name, DWORD *type, void **bytes, DWORD *length)
{
    DWORD    room = 256;
    unsigned code;

    for (;;) {
        DWORD got = room;
        BYTE *block = wz_new_array((size_t)room + 2 * sizeof(wchar_t), BYTE);

        code = (unsigned)RegQueryValueExW(key, name, NULL, type, block, &got);
        if (code == ERROR_SUCCESS) {
            memset(block + got, 0, 2 * sizeof(wchar_t));
            *bytes = block;
            *length = got;
            return code;
        }
        free(block);
        if (code != ERROR_MORE_DATA)
            return code;
        room = got > room ? got : room * 2;            /* it may grow between two calls */
    }
}

unsigned wz_registry_number(HKEY key, const wchar_t *name, uint64_t *out)
{
    uint64_t number = 0;
    DWORD    type = REG_NONE;
    DWORD    length = sizeof number;
    unsigned code = (unsigned)RegQueryValueExW(key, name, NULL, &type, (BYTE *)&number, &length);

    if (code == ERROR_MORE_DATA)
        return ERROR_INVALID_DATA;
    if (code != ERROR_SUCCESS)
        return code;
    if (!(type == REG_DWORD && length == sizeof(uint32_t)) && !(type == REG_QWORD && length == sizeof(uint64_t)))
        return ERROR_INVALID_DATA;
    *out = number;
    return ERROR_SUCCESS;
}

unsigned wz_registry_text(HKEY key, const wchar_t *name, char **out)
{
    DWORD    type = REG_NONE;
    DWORD    length = 0;
    void    *bytes = NULL;
    char    *text;
    unsigned code = wz_registry_bytes(key, name, &type, &bytes, &length);

    if (code != ERROR_SUCCESS)
        return code;
    text = type == REG_SZ || type == REG_EXPAND_SZ ? wz_utf8_from_wide(bytes) : NULL;
    free(bytes);
    if (text == NULL)
        return ERROR_INVALID_DATA;
    *out = text;
    return ERROR_SUCCESS;
}
