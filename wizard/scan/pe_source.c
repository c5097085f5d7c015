#include "scan/pe.h"

#include <string.h>

const uint8_t *wz_find_bytes(const uint8_t *at, size_t length, const char *text, size_t text_length)
{
    const uint8_t *end = at + length;

    while ((size_t)(end - at) >= text_length) {
        at = memchr(at, (unsigned char)text[0], (size_t)(end - at) - text_length + 1);
        if (at == NULL || memcmp(at, text, text_length) == 0)
            return at;
        at++;
    }
    return NULL;
}

/* A text in one or two bytes a character; looked for by its first three letters' worth at a time. */
static bool section_has(const wz_pe *pe, const wz_section *section, const char *text)
{
    const uint8_t *at = pe->bytes + section->at;
    size_t         length = strlen(text);
    char           wide[2 * 32] = { 0 };

    if (wz_find_bytes(at, section->length, text, length) != NULL)
        return true;
    for (size_t i = 0; i < length && i < 32; i++)
        wide[2 * i] = text[i];
    return wz_find_bytes(at, section->length, wide, 2 * length) != NULL;
}

const char *wz_pe_version_name(const wz_pe *pe)
{
    static const char *const names[] = {
        "RtlGetVersion", "RtlGetNtVersionNumbers", "NtBuildNumber", "GetVersionEx", "CurrentBuildNumber",
        "Win32_OperatingSystem",
    };

    for (size_t i = 0; i < pe->source_count; i++)
        if (!pe->sources[i].sets_condition)
            return pe->sources[i].name;
    for (size_t i = 0; i < pe->section_count; i++)
        for (size_t n = 0; n < WZ_COUNT(names); n++)
            if ((pe->sections[i].is_initialised || pe->sections[i].is_code)
                && section_has(pe, &pe->sections[i], names[n]))
                return names[n];
    return NULL;
}
