#include "scan/decode.h"

#include <string.h>

/* What follows an opcode of the one-byte map. */
enum {
    M = 1, I8 = 2, IZ = 4, I16 = 8, IV = 16, MO = 32, FAR_POINTER = 64, NO_64 = 128, JZ = 256, PREFIX = 512,
    GROUP_3 = 1024
};

static const uint16_t one_byte[256] = {
#define ALU(six, seven) M, M, M, M, I8, IZ, six, seven
    ALU(NO_64, NO_64), ALU(NO_64, 0), ALU(NO_64, NO_64), ALU(NO_64, NO_64),
    ALU(PREFIX, NO_64), ALU(PREFIX, NO_64), ALU(PREFIX, NO_64), ALU(PREFIX, NO_64),
#undef ALU
    /* 40 */ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    /* 50 */ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    /* 60 */ NO_64, NO_64, M | NO_64, M, PREFIX, PREFIX, PREFIX, PREFIX, IZ, M | IZ, I8, M | I8, 0, 0, 0, 0,
    /* 70 */ I8, I8, I8, I8, I8, I8, I8, I8, I8, I8, I8, I8, I8, I8, I8, I8,
    /* 80 */ M | I8, M | IZ, M | I8 | NO_64, M | I8, M, M, M, M, M, M, M, M, M, M, M, M,
    /* 90 */ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, FAR_POINTER | NO_64, 0, 0, 0, 0, 0,
    /* A0 */ MO, MO, MO, MO, 0, 0, 0, 0, I8, IZ, 0, 0, 0, 0, 0, 0,
    /* B0 */ I8, I8, I8, I8, I8, I8, I8, I8, IV, IV, IV, IV, IV, IV, IV, IV,
    /* C0 */ M | I8, M | I8, I16, 0, M | NO_64, M | NO_64, M | I8, M | IZ, I16 | I8, 0, I16, 0, 0, I8, NO_64, 0,
    /* D0 */ M, M, M, M, I8 | NO_64, I8 | NO_64, NO_64, 0, M, M, M, M, M, M, M, M,
    /* E0 */ I8, I8, I8, I8, I8, I8, I8, I8, JZ, JZ, FAR_POINTER | NO_64, I8, 0, 0, 0, 0,
    /* F0 */ PREFIX, 0, PREFIX, PREFIX, 0, 0, M | I8 | GROUP_3, M | IZ | GROUP_3, 0, 0, 0, 0, 0, 0, M, M,
};

typedef struct cursor {
    const uint8_t *code;
    size_t         room, at;
    bool           is_64, ok;
    bool           operand_16, address_alt;
    uint8_t        repeat;     /* F2, F3 or 0 */
} cursor;

static uint8_t take(cursor *c)
{
    if (c->at >= c->room || c->at >= WZ_INSN_MAX) {
        c->ok = false;
        return 0;
    }
    return c->code[c->at++];
}

/* Bytes of a little-endian number, sign-extended. */
static int64_t take_number(cursor *c, unsigned bytes)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value |= (uint64_t)take(c) << (8 * i);
    if (bytes > 0 && bytes < 8 && (value >> (8 * bytes - 1)) != 0)
        value |= ~(uint64_t)0 << (8 * bytes);
    return (int64_t)value;
}

static void take_imm(cursor *c, wz_insn *out, unsigned bytes)
{
    if (out->imm_bytes == 0) {                         /* the second immediate of enter and extrq is of no interest */
        out->imm_at = (uint8_t)c->at;
        out->imm_bytes = (uint8_t)bytes;
        out->imm = take_number(c, bytes);
    } else {
        take_number(c, bytes);
    }
}

static void take_disp(cursor *c, wz_insn *out, unsigned bytes)
{
    out->disp_at = (uint8_t)c->at;
    out->disp_bytes = (uint8_t)bytes;
    out->disp = (int32_t)take_number(c, bytes);
}

static void take_modrm(cursor *c, wz_insn *out)
{
    unsigned mod, rm;

    out->has_modrm = true;
    out->modrm = take(c);
    mod = out->modrm >> 6;
    rm = out->modrm & 7;
    if (mod == 3)
        return;
    if (!c->is_64 && c->address_alt) {                 /* 16-bit addresses */
        if (mod == 0 && rm == 6)
            take_disp(c, out, 2);
        else if (mod != 0)
            take_disp(c, out, mod);
        return;
    }
    if (rm == 4) {
        out->has_sib = true;
        out->sib = take(c);
        if (mod == 0 && (out->sib & 7) == 5)
            take_disp(c, out, 4);
    } else if (mod == 0 && rm == 5) {
        out->is_rip = c->is_64;
        take_disp(c, out, 4);
    }
    if (mod != 0)
        take_disp(c, out, mod == 1 ? 1 : 4);
}

static void decode_one(cursor *c, wz_insn *out)
{
    unsigned kind = one_byte[out->opcode];
    unsigned z = out->operand_bytes == 2 ? 2 : 4;

    if ((kind & NO_64) != 0 && c->is_64)
        c->ok = false;
    if ((kind & M) != 0)
        take_modrm(c, out);
    if ((kind & GROUP_3) != 0 && (out->modrm & 0x38) > 8)  /* only test has an immediate */
        return;
    if ((kind & FAR_POINTER) != 0) {
        take_imm(c, out, z);
        take_number(c, 2);
    }
    if ((kind & MO) != 0)
        take_imm(c, out, c->is_64 ? (c->address_alt ? 4 : 8) : (c->address_alt ? 2 : 4));
    if ((kind & I16) != 0)
        take_imm(c, out, 2);
    if ((kind & I8) != 0)
        take_imm(c, out, 1);
    if ((kind & IZ) != 0)
        take_imm(c, out, z);
    if ((kind & JZ) != 0)
        take_imm(c, out, c->is_64 ? 4 : z);
    if ((kind & IV) != 0)
        take_imm(c, out, out->operand_bytes);
}

static bool has_imm8_0f(uint8_t opcode)
{
    return (opcode >= 0x70 && opcode <= 0x73) || opcode == 0xA4 || opcode == 0xAC || opcode == 0xBA || opcode == 0xC2
           || (opcode >= 0xC4 && opcode <= 0xC6);
}

static bool has_no_modrm_0f(uint8_t opcode)
{
    return (opcode >= 0x04 && opcode <= 0x0C) || opcode == 0x0E || (opcode >= 0x30 && opcode <= 0x37) || opcode == 0x77
           || (opcode >= 0xA0 && opcode <= 0xA2) || (opcode >= 0xA8 && opcode <= 0xAA)
           || (opcode >= 0xC8 && opcode <= 0xCF);
}

static void decode_0f(cursor *c, wz_insn *out)
{
    uint8_t opcode = take(c);

    out->opcode = opcode;
    if (opcode == 0x38 || opcode == 0x3A) {
        out->map = opcode == 0x38 ? WZ_MAP_0F38 : WZ_MAP_0F3A;
        out->opcode = take(c);
        take_modrm(c, out);
        if (out->map == WZ_MAP_0F3A)
            take_imm(c, out, 1);
        return;
    }
    out->map = WZ_MAP_0F;
    if (opcode >= 0x80 && opcode <= 0x8F) {
        take_imm(c, out, !c->is_64 && out->operand_bytes == 2 ? 2 : 4);
    } else if (opcode >= 0x20 && opcode <= 0x23) {     /* control and debug registers: always register to register */
        out->has_modrm = true;
        out->modrm = take(c) | 0xC0;
    } else if (!has_no_modrm_0f(opcode)) {
        take_modrm(c, out);
        if (has_imm8_0f(opcode) || opcode == 0x0F)     /* 0F 0F: 3DNow!, its opcode comes last */
            take_imm(c, out, 1);
        if (opcode == 0x78 && (c->repeat == 0xF2 || c->operand_16))    /* insertq, extrq */
            take_imm(c, out, 2);
    }
}

/* map 1, 2, 3 as after 0F, 0F 38, 0F 3A */
static void decode_vector(cursor *c, wz_insn *out, unsigned map)
{
    out->map = WZ_MAP_VECTOR;
    out->opcode = take(c);
    if (map == 1 && out->opcode == 0x77)               /* vzeroupper */
        return;
    take_modrm(c, out);
    if (map == 3 || (map == 1 && has_imm8_0f(out->opcode)))
        take_imm(c, out, 1);
}

/* C4, C5, 62 and 8F open another map, in 32-bit code only when the next byte could not be their own ModRM. */
static bool decode_other_map(cursor *c, wz_insn *out)
{
    uint8_t next = c->at < c->room ? c->code[c->at] : 0;
    uint8_t first = out->opcode;
    unsigned map;

    if (first == 0x8F) {
        if ((next & 0x1F) < 8)
            return false;
        map = next & 0x1F;
        take_number(c, 2);
        out->map = WZ_MAP_VECTOR;
        out->opcode = take(c);
        take_modrm(c, out);
        if (map == 8 || map == 10)
            take_imm(c, out, map == 8 ? 1 : 4);
        return true;
    }
    if ((first != 0xC4 && first != 0xC5 && first != 0x62) || (!c->is_64 && next < 0xC0))
        return false;
    map = first == 0xC5 ? 1 : take(c) & (first == 0x62 ? 0x07u : 0x1Fu);
    take(c);
    if (first == 0x62)
        take(c);
    decode_vector(c, out, map);
    return true;
}

static uint8_t take_prefixes(cursor *c, wz_insn *out)
{
    for (;;) {
        uint8_t byte = take(c);

        if (!c->ok)
            return 0;
        if (c->is_64 && (byte & 0xF0) == 0x40) {
            out->rex = byte;                           /* counts only when the opcode follows */
            continue;
        }
        if ((one_byte[byte] & PREFIX) == 0)
            return byte;
        out->rex = 0;
        switch (byte) {
        case 0x66: c->operand_16 = true; break;
        case 0x67: c->address_alt = true; break;
        case 0xF0: break;
        case 0xF2: case 0xF3: c->repeat = byte; break;
        default: out->segment = byte; break;
        }
    }
}

bool wz_decode(const uint8_t *code, size_t room, bool is_64, wz_insn *out)
{
    cursor c = { .code = code, .room = room, .is_64 = is_64, .ok = true };

    memset(out, 0, sizeof *out);
    out->opcode = take_prefixes(&c, out);
    out->operand_bytes = (out->rex & 8) != 0 ? 8 : c.operand_16 ? 2 : 4;
    if (c.ok && out->opcode == 0x0F)
        decode_0f(&c, out);
    else if (c.ok && !decode_other_map(&c, out))
        decode_one(&c, out);
    out->length = (uint8_t)c.at;
    return c.ok;
}
