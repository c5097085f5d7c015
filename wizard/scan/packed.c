#include "scan/parts.h"

#include <string.h>

enum { SAMPLE_BYTES = 65536, SMALLEST_SAMPLE = 8192, OVERLAY_SMALLEST = 4096, OVERLAY_LOOK = 65536 };

/*
 * Bytes that are packed or encrypted are spread evenly: the chance that two of them are equal comes near 1/256. Code of
 * x86 is above 1/80.
 */
static bool is_even(const uint8_t *bytes, size_t length)
{
    uint32_t counts[256] = { 0 };
    uint64_t squares = 0;

    if (length < SMALLEST_SAMPLE)
        return false;
    if (length > SAMPLE_BYTES) {
        bytes += (length - SAMPLE_BYTES) / 2;
        length = SAMPLE_BYTES;
    }
    for (size_t i = 0; i < length; i++)
        counts[bytes[i]]++;
    for (size_t i = 0; i < 256; i++)
        squares += (uint64_t)counts[i] * counts[i];
    return squares * 210 < (uint64_t)length * length;  /* 1/210: some way above 1/256 */
}

static bool is_packer_name(const char *name)
{
    static const char *const names[] = { "UPX0", "UPX1", ".aspack", ".adata", ".petite", ".MPRESS", ".vmp", ".themida",
                                         "PEC2", ".nsp", ".enigma", ".packed", "PELOCK", ".perplex" };

    for (size_t i = 0; i < WZ_COUNT(names); i++)
        if (wz_starts_nocase(name, names[i]))
            return true;
    return false;
}

static bool has(const uint8_t *at, size_t length, const char *text, size_t text_length)
{
    return wz_find_bytes(at, length, text, text_length) != NULL;
}

/* What self-extracting programs carry after their last section, or among their resources. */
static bool carries_archive(const wz_pe *pe)
{
    const uint8_t *tail = pe->bytes + pe->overlay;
    size_t         length = pe->length - pe->overlay;

    if (length > OVERLAY_SMALLEST) {
        if (length > OVERLAY_LOOK)
            length = OVERLAY_LOOK;
        if (wz_is_archive((wz_view){ (const char *)tail, length }) || has(tail, length, "NullsoftInst", 12)
            || has(tail, length, "zlb\x1A", 4) || has(tail, length, "7z\xBC\xAF\x27\x1C", 6)
            || has(tail, length, "ISSetupStream", 13) || has(tail, length, "MSCF\0\0\0\0", 8)
            || has(tail, length, "Rar!\x1A\x07", 6) || has(tail, length, "PK\x03\x04", 4))
            return true;
    }
    for (size_t i = 0; i < pe->section_count; i++) {
        const wz_section *section = &pe->sections[i];

        if (wz_equal_nocase(section->name, ".rsrc")
            && has(pe->bytes + section->at, section->length, "MSCF\0\0\0\0", 8))
            return true;
    }
    return false;
}

wz_unknown wz_pe_unknown(const wz_pe *pe)
{
    for (size_t i = 0; i < pe->section_count; i++) {
        const wz_section *section = &pe->sections[i];

        if (is_packer_name(section->name)
            || (section->is_code && !pe->is_managed && is_even(pe->bytes + section->at, section->length)))
            return WZ_UNKNOWN_PACKED;
    }
    return carries_archive(pe) ? WZ_UNKNOWN_COMPRESSED : WZ_UNKNOWN_NOT;
}

bool wz_is_archive(wz_view bytes)
{
    static const struct { const char *magic; size_t length; } rows[] = {
        { "MSCF\0\0\0\0", 8 }, { "PK\x03\x04", 4 }, { "7z\xBC\xAF\x27\x1C", 6 }, { "Rar!\x1A\x07", 6 },
        { "\x1F\x8B\x08", 3 }, { "ISc(", 4 }, { "BZh", 3 }, { "\xFD" "7zXZ", 5 }, { "MSWIM\0\0\0", 8 },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        if (bytes.length >= rows[i].length && memcmp(bytes.at, rows[i].magic, rows[i].length) == 0)
            return true;
    return false;
}
