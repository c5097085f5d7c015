#include "scan/pe.h"

#include <string.h>

enum {
    MACHINE_X86 = 0x14C, MACHINE_X64 = 0x8664,
    SECTION_CODE = 0x20, SECTION_DATA = 0x40, SECTION_EXECUTE = 0x20000000,
    DIRECTORY_EXCEPTION = 3, DIRECTORY_RELOCATION = 5, DIRECTORY_MANAGED = 14,
    SUBSYSTEM_NATIVE = 1, MANAGED_ONLY = 1
};

uint16_t wz_get16(const uint8_t *at)
{
    return (uint16_t)(at[0] | (unsigned)at[1] << 8);
}

uint32_t wz_get32(const uint8_t *at)
{
    return (uint32_t)wz_get16(at) | (uint32_t)wz_get16(at + 2) << 16;
}

/* ---- headers ---- */

static bool has(const wz_pe *pe, size_t at, size_t want)
{
    return at <= pe->length && want <= pe->length - at;
}

static bool name_is_one_of(const char *name, const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (wz_starts_nocase(name, names[i]))
            return true;
    return false;
}

static void read_section(wz_pe *pe, const uint8_t *row)
{
    static const char *const no_data[] = { ".rsrc", ".reloc", ".debug", ".pdata", ".xdata", ".buildid" };
    wz_section *section = &pe->sections[pe->section_count++];
    uint32_t    flags = wz_get32(row + 36);
    size_t      raw = wz_get32(row + 20);
    size_t      length = wz_get32(row + 16);

    for (size_t i = 0; i < 8 && row[i] != 0; i++)
        section->name[i] = row[i] >= 0x20 && row[i] < 0x7F ? (char)row[i] : '?';
    section->virtual_bytes = wz_get32(row + 8);
    section->rva = wz_get32(row + 12);
    raw &= ~(size_t)0x1FF;                             /* as the loader rounds it */
    if (raw > pe->length)
        raw = pe->length;
    section->at = raw;
    section->length = length < pe->length - raw ? length : pe->length - raw;
    if (section->virtual_bytes != 0 && section->length > section->virtual_bytes)
        section->length = section->virtual_bytes;      /* the rest is padding of the file */
    section->is_code = (flags & (SECTION_CODE | SECTION_EXECUTE)) != 0;
    section->is_initialised = (flags & SECTION_DATA) != 0 && !section->is_code
                              && !name_is_one_of(section->name, no_data, WZ_COUNT(no_data))
                              && section->name[0] != '/';  /* long names: debug information of GNU tools */
    if (length > 0 && raw + section->length > pe->overlay)
        pe->overlay = raw + section->length;
}

static wz_table read_directory(const wz_pe *pe, size_t first, uint32_t count, unsigned index)
{
    wz_table table = { 0 };
    size_t   at = first + (size_t)index * 8;

    if (index < count && has(pe, at, 8)) {
        table.rva = wz_get32(pe->bytes + at);
        table.length = wz_get32(pe->bytes + at + 4);
    }
    return table;
}

static void read_managed(wz_pe *pe)
{
    size_t         room;
    const uint8_t *header = pe->managed.rva != 0 ? wz_pe_at(pe, pe->managed.rva, 24, &room) : NULL;

    if (header == NULL)
        return;
    pe->is_managed = true;
    pe->has_native_entry = (wz_get32(header + 16) & MANAGED_ONLY) == 0;
    pe->managed = (wz_table){ wz_get32(header + 8), wz_get32(header + 12) };   /* metadata */
}

wz_pe_state wz_pe_open(wz_view file, wz_pe *out)
{
    size_t   header, optional, rows, directories;
    unsigned count, optional_bytes;

    memset(out, 0, sizeof *out);
    out->bytes = (const uint8_t *)file.at;
    out->length = file.length;
    if (file.length < 64 || file.at[0] != 'M' || file.at[1] != 'Z')
        return WZ_PE_NOT;
    header = wz_get32(out->bytes + 0x3C);
    if (!has(out, header, 24) || memcmp(file.at + header, "PE\0", 4) != 0)
        return WZ_PE_NOT;                              /* a program of DOS or of 16-bit Windows */
    out->machine = wz_get16(out->bytes + header + 4);
    count = wz_get16(out->bytes + header + 6);
    optional_bytes = wz_get16(out->bytes + header + 20);
    optional = header + 24;
    rows = optional + optional_bytes;
    if (!has(out, optional, 96) || optional_bytes < 96 || !has(out, rows, (size_t)count * 40))
        return WZ_PE_BROKEN;
    out->is_64 = wz_get16(out->bytes + optional) == 0x20B;
    if (out->machine != MACHINE_X86 && out->machine != MACHINE_X64)
        return WZ_PE_OTHER_MACHINE;
    if (out->is_64 != (out->machine == MACHINE_X64) || (!out->is_64 && wz_get16(out->bytes + optional) != 0x10B))
        return WZ_PE_BROKEN;
    out->base = wz_get32(out->bytes + optional + (out->is_64 ? 24 : 28));
    if (out->is_64)
        out->base |= (uint64_t)wz_get32(out->bytes + optional + 28) << 32;
    out->is_driver = wz_get16(out->bytes + optional + 68) == SUBSYSTEM_NATIVE;

    if (count > WZ_PE_SECTIONS)
        return WZ_PE_BROKEN;
    for (unsigned i = 0; i < count; i++)
        read_section(out, out->bytes + rows + (size_t)i * 40);

    directories = optional + (out->is_64 ? 112 : 96);
    if (directories <= rows && has(out, directories - 4, 4)) {
        uint32_t named = wz_get32(out->bytes + directories - 4);
        uint32_t fit = (uint32_t)((rows - directories) / 8);

        if (named > fit)
            named = fit;
        out->relocations = read_directory(out, directories, named, DIRECTORY_RELOCATION);
        out->exceptions = read_directory(out, directories, named, DIRECTORY_EXCEPTION);
        out->managed = read_directory(out, directories, named, DIRECTORY_MANAGED);
    }
    read_managed(out);
    return WZ_PE_FINE;
}

/* ---- addresses ---- */

const wz_section *wz_pe_section(const wz_pe *pe, uint32_t rva)
{
    for (size_t i = 0; i < pe->section_count; i++) {
        const wz_section *section = &pe->sections[i];

        if (rva >= section->rva && rva - section->rva < section->length)
            return section;
    }
    return NULL;
}

const uint8_t *wz_pe_at(const wz_pe *pe, uint32_t rva, size_t want, size_t *room)
{
    const wz_section *section = wz_pe_section(pe, rva);
    size_t            into = section != NULL ? rva - section->rva : 0;

    if (section == NULL || want > section->length - into)
        return NULL;
    *room = section->length - into;
    return pe->bytes + section->at + into;
}

uint32_t wz_section_rva(const wz_section *section, size_t offset)
{
    return section->rva + (uint32_t)(offset - section->at);
}

/* ---- tables ---- */

bool wz_pe_function(const wz_pe *pe, uint32_t rva, uint32_t *begin, uint32_t *end)
{
    size_t         room;
    const uint8_t *rows = pe->is_64 ? wz_pe_at(pe, pe->exceptions.rva, 12, &room) : NULL;
    size_t         low = 0, high;

    if (rows == NULL)
        return false;
    high = (pe->exceptions.length < room ? pe->exceptions.length : room) / 12;
    while (low < high) {
        size_t   middle = low + (high - low) / 2;
        uint32_t from = wz_get32(rows + middle * 12);
        uint32_t to = wz_get32(rows + middle * 12 + 4);

        if (rva < from) {
            high = middle;
        } else if (rva >= to) {
            low = middle + 1;
        } else {
            *begin = from;
            *end = to;
            return true;
        }
    }
    return false;
}

bool wz_pe_is_relocated(const wz_pe *pe, uint32_t rva)
{
    size_t         room;
    const uint8_t *block = pe->relocations.length >= 8 ? wz_pe_at(pe, pe->relocations.rva, 8, &room) : NULL;
    size_t         left;

    if (block == NULL)
        return false;
    left = pe->relocations.length < room ? pe->relocations.length : room;
    while (left >= 8) {
        uint32_t page = wz_get32(block);
        uint32_t length = wz_get32(block + 4);

        if (length < 8 || length > left)
            return false;
        if (page < rva + 4 && rva < page + 0x1000)
            for (size_t at = 8; at + 2 <= length; at += 2) {
                unsigned entry = wz_get16(block + at);
                uint32_t where = page + (entry & 0xFFF);

                if ((entry >> 12) != 0 && where < rva + 4 && rva < where + ((entry >> 12) == 10 ? 8 : 4))
                    return true;
            }
        block += length;
        left -= length;
    }
    return false;
}
