#include "scan/image.h"

#include <string.h>

enum { HEADER_AT = 0x80, SECTION_ALIGN = 0x200 };

static void put(wz_text *out, size_t at, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        out->at[at + i] = (char)(value >> (8 * i));
}

static void fill(wz_text *out, size_t to)
{
    while (out->length < to)
        wz_text_append(out, "\0", 1);
}

void image_make(wz_text *out, unsigned machine, unsigned subsystem, const image_part parts[], size_t part_count,
                const image_directory directories[], size_t directory_count)
{
    bool   wide = machine == 0x8664;
    size_t optional = HEADER_AT + 24, optional_bytes = wide ? 240 : 224;
    size_t rows = optional + optional_bytes;
    size_t tables = optional + (wide ? 112 : 96);

    out->length = 0;
    wz_text_append(out, "MZ", 2);
    fill(out, (rows + 40 * part_count + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN);
    put(out, 0x3C, HEADER_AT, 4);
    memcpy(out->at + HEADER_AT, "PE\0\0", 4);
    put(out, HEADER_AT + 4, machine, 2);
    put(out, HEADER_AT + 6, part_count, 2);
    put(out, HEADER_AT + 20, optional_bytes, 2);
    put(out, optional, wide ? 0x20B : 0x10B, 2);
    put(out, optional + (wide ? 24 : 28), IMAGE_BASE, wide ? 8 : 4);
    put(out, optional + 68, subsystem, 2);
    put(out, tables - 4, 16, 4);
    for (size_t i = 0; i < directory_count; i++) {
        put(out, tables + 8 * directories[i].index, directories[i].rva, 4);
        put(out, tables + 8 * directories[i].index + 4, directories[i].length, 4);
    }
    for (size_t i = 0; i < part_count; i++) {
        size_t row = rows + 40 * i;

        memcpy(out->at + row, parts[i].name, strlen(parts[i].name) < 8 ? strlen(parts[i].name) : 8);
        put(out, row + 8, parts[i].length, 4);
        put(out, row + 12, (i + 1) * IMAGE_STEP, 4);
        put(out, row + 16, parts[i].length, 4);
        put(out, row + 20, out->length, 4);
        put(out, row + 36, parts[i].flags, 4);
        wz_text_append(out, parts[i].bytes, parts[i].length);
        fill(out, (out->length + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN);
    }
}
