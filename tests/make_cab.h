/*
 * make_cab: small cabinets for tests, good and bad ones, made in memory.
 *
 * [MS-CAB] 2.1 to 2.6; files are stored, not compressed, in one folder. CFDATA checksums are 0, which means "not
 * checked". Native tests and PE tests use the same bytes. The result is owned by the caller.
 */
#ifndef WZ_TESTS_MAKE_CAB_H
#define WZ_TESTS_MAKE_CAB_H

#include "core/text.h"

#include <string.h>

typedef struct cab_member { const char *name; const char *bytes; size_t length; } cab_member;

#define CAB_TEXT(name, text) { (name), (text), sizeof(text) - 1 }

static inline void cab_add(wz_text *out, uint32_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        char byte = (char)(number >> (8 * i) & 0xFF);

        wz_text_append(out, &byte, 1);
    }
}

static inline void cab_put(wz_text *cabinet, size_t at, uint32_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        cabinet->at[at + i] = (char)(number >> (8 * i) & 0xFF);
}

static inline void cab_add_header(wz_text *out, size_t count)
{
    wz_text_append(out, "MSCF", 4);
    for (unsigned i = 0; i < 5; i++)
        cab_add(out, i == 3 ? 36 + 8 : 0, 4);          /* reserved, size (later), reserved, CFFILE offset, reserved */
    cab_add(out, 0x0103, 2);
    cab_add(out, 1, 2);
    cab_add(out, (uint32_t)count, 2);
    cab_add(out, 0, 4);
    cab_add(out, 0, 2);
}

/* Sets the size in the header and the first block's offset in the folder. */
static inline void cab_finish(wz_text *out, size_t data_at, unsigned blocks, unsigned method)
{
    cab_put(out, 8, (uint32_t)out->length, 4);
    cab_put(out, 36, (uint32_t)data_at, 4);
    cab_put(out, 40, blocks, 2);
    cab_put(out, 42, method, 2);
}

static inline wz_text cab_make(const cab_member *members, size_t count)
{
    wz_text  out = { 0 };
    wz_text  data = { 0 };
    unsigned blocks = 0;
    size_t   data_at;

    cab_add_header(&out, count);
    cab_add(&out, 0, 4);
    cab_add(&out, 0, 4);
    for (size_t i = 0; i < count; i++) {
        cab_add(&out, (uint32_t)members[i].length, 4);
        cab_add(&out, (uint32_t)data.length, 4);
        cab_add(&out, 0, 2);
        cab_add(&out, 0x5021, 2);                      /* 2020-01-01 */
        cab_add(&out, 0, 2);
        cab_add(&out, 0x20, 2);
        wz_text_append(&out, members[i].name, strlen(members[i].name) + 1);
        wz_text_append(&data, members[i].bytes, members[i].length);
    }
    data_at = out.length;
    for (size_t at = 0; at < data.length; at += 32768, blocks++) {
        size_t part = data.length - at < 32768 ? data.length - at : 32768;

        cab_add(&out, 0, 4);
        cab_add(&out, (uint32_t)part, 2);
        cab_add(&out, (uint32_t)part, 2);
        wz_text_append(&out, data.at + at, part);
    }
    cab_finish(&out, data_at, blocks, 0);
    wz_text_clear(&data);
    return out;
}

/* One file of zeros, blocks times 32 KB of them, in MSZIP. */
static inline wz_text cab_make_bomb(const char *name, unsigned blocks)
{
    static const unsigned char zeros[] = {
        0xed, 0xc1, 0x01, 0x01, 0x00, 0x00, 0x00, 0x80, 0x90, 0xfe, 0xaf, 0xee, 0x08, 0x0a, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x18
    };
    wz_text out = { 0 };
    size_t  data_at;

    cab_add_header(&out, 1);
    cab_add(&out, 0, 4);
    cab_add(&out, 0, 4);
    cab_add(&out, blocks * 32768, 4);
    cab_add(&out, 0, 4);
    cab_add(&out, 0, 4);
    cab_add(&out, 0x20u << 16, 4);
    wz_text_append(&out, name, strlen(name) + 1);
    data_at = out.length;
    for (unsigned i = 0; i < blocks; i++) {
        cab_add(&out, 0, 4);
        cab_add(&out, 2 + sizeof zeros, 2);
        cab_add(&out, 32768, 2);
        wz_text_append(&out, "CK", 2);
        wz_text_append(&out, (const char *)zeros, sizeof zeros);
    }
    cab_finish(&out, data_at, blocks, 1);
    return out;
}

#endif
