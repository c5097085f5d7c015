/*
 * decode: the length and the parts of one x86 or x64 instruction.
 *
 * Exact for the one- and two-byte opcode maps, 0F 38, 0F 3A, VEX, EVEX and XOP. Does not know every invalid encoding:
 * for those it may still give a length. Source: Intel SDM volume 2, chapter 2 and appendix A; AMD APM volume 3. Any
 * thread.
 */
#ifndef WZ_SCAN_DECODE_H
#define WZ_SCAN_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WZ_INSN_MAX 15

enum { WZ_MAP_ONE, WZ_MAP_0F, WZ_MAP_0F38, WZ_MAP_0F3A, WZ_MAP_VECTOR };

typedef struct wz_insn {
    uint8_t length;
    uint8_t map, opcode;
    uint8_t rex;               /* 0 when none */
    uint8_t segment;           /* 0x64 fs, 0x65 gs, other prefixes of that kind as they are; 0 */
    uint8_t operand_bytes;     /* 2, 4 or 8 */
    uint8_t modrm, sib;
    bool    has_modrm, has_sib;
    bool    is_rip;            /* memory operand counts from the next instruction */
    uint8_t disp_at, disp_bytes;   /* offset from the instruction's first byte; 0 bytes: none */
    uint8_t imm_at, imm_bytes;     /* immediates and relative targets */
    int32_t disp;
    int64_t imm;               /* sign-extended */
} wz_insn;

/* False: invalid, or does not end within room bytes. */
bool wz_decode(const uint8_t *code, size_t room, bool is_64, wz_insn *out);

#endif
