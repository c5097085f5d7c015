#include "scan/code.h"

#include <string.h>

enum { LOOK_AHEAD = 6, BLOCK_MAX = 24, TEXT_MAX = 600, STACK = 4, VOLATILE = 0x0F07 };

static bool is_one(const wz_insn *insn, uint8_t low, uint8_t high)
{
    return insn->map == WZ_MAP_ONE && insn->opcode >= low && insn->opcode <= high;
}

static uint32_t target_of(const wz_listing *listing, size_t index)
{
    const wz_insn *insn = &listing->insns[index];

    return listing->rva[index] + insn->length + (uint32_t)insn->imm;
}

static size_t index_at(const wz_listing *listing, uint32_t rva)
{
    for (size_t i = 0; i < listing->count; i++)
        if (listing->rva[i] == rva)
            return i;
    return SIZE_MAX;
}

static bool is_jump_on_condition(const wz_insn *insn)
{
    return is_one(insn, 0x70, 0x7F) || (insn->map == WZ_MAP_0F && (insn->opcode & 0xF0) == 0x80);
}

/* The jump that the comparison decides; SIZE_MAX when it decides anything else, too. */
static size_t jump_after(const wz_listing *listing)
{
    for (size_t i = listing->index + 1; i < listing->count && i <= listing->index + LOOK_AHEAD; i++) {
        if (is_jump_on_condition(&listing->insns[i]))
            return i;
        if (wz_insn_condition(&listing->insns[i]) >= 0 || !wz_insn_keeps_flags(&listing->insns[i]))
            break;
    }
    return SIZE_MAX;
}

/* ---- a block that only calls a teller ---- */

static bool is_call(const wz_insn *insn)
{
    return is_one(insn, 0xE8, 0xE8) || (is_one(insn, 0xFF, 0xFF) && (insn->modrm & 0x38) == 0x10);
}

/* The import that is called, also by way of a register that was loaded with it just before. */
static uint32_t called_slot(const wz_listing *listing, size_t index)
{
    const wz_insn *call = &listing->insns[index], *load = index > 0 ? call - 1 : call;

    if (call->modrm >= 0xC0 && is_one(call, 0xFF, 0xFF))
        return is_one(load, 0x8B, 0x8B) && ((load->modrm >> 3) & 7) == (call->modrm & 7)
               && ((load->rex & 4) != 0) == ((call->rex & 1) != 0) ? wz_insn_address(listing, index - 1)
               : is_one(load, 0xA1, 0xA1) && (call->modrm & 7) == 0 ? wz_insn_address(listing, index - 1) : 0;
    return wz_insn_slot(listing, index);
}

static bool moves_stack(const wz_insn *insn)           /* add, sub esp, n; lea esp, [esp+n] */
{
    int kind = wz_insn_arithmetic(insn);

    if (kind == 0 || kind == 5)
        return insn->has_modrm && (insn->modrm & 0xC7) == (0xC0 | STACK) && (insn->rex & 1) == 0;
    return is_one(insn, 0x8D, 0x8D) && ((insn->modrm >> 3) & 7) == STACK && (insn->rex & 4) == 0;
}

/* Sets up an argument: a register that a call may change anyway, or a place at the end of the stack. */
static bool sets_argument(const wz_insn *insn)
{
    unsigned reg = ((insn->modrm >> 3) & 7u) | ((insn->rex & 4u) << 1);
    unsigned rm = (insn->modrm & 7u) | ((insn->rex & 1u) << 3);
    unsigned written;

    if (is_one(insn, 0x50, 0x57) || is_one(insn, 0x68, 0x68) || is_one(insn, 0x6A, 0x6A))
        return true;
    if (is_one(insn, 0xA1, 0xA1))
        return true;
    if (is_one(insn, 0xB8, 0xBF))
        written = (insn->opcode & 7u) | ((insn->rex & 1u) << 3);
    else if (is_one(insn, 0x8B, 0x8B) || is_one(insn, 0x8D, 0x8D)
             || (is_one(insn, 0x33, 0x33) && insn->modrm >= 0xC0)
             || (insn->map == WZ_MAP_0F && (insn->opcode == 0xB6 || insn->opcode == 0xB7)))
        written = reg;
    else if ((is_one(insn, 0x31, 0x31) || is_one(insn, 0x89, 0x89)) && insn->modrm >= 0xC0)
        written = rm;
    else
        return (is_one(insn, 0x89, 0x89) || is_one(insn, 0xC7, 0xC7)) && insn->has_sib && insn->sib == 0x24;
    return (VOLATILE >> written & 1) != 0;             /* eax, ecx, edx, r8 to r11 */
}

static bool is_nothing(const wz_insn *insn)            /* nop */
{
    return is_one(insn, 0x90, 0x90) || (insn->map == WZ_MAP_0F && insn->opcode == 0x1F);
}

/* From begin on: arguments, tellers, nothing else, and then it is at the address end or jumps there. */
static bool only_tells(const wz_listing *listing, size_t begin, uint32_t end)
{
    bool has_told = false, has_arguments = false;

    for (size_t i = begin; i < listing->count && i < begin + BLOCK_MAX; i++) {
        const wz_insn *insn = &listing->insns[i];

        if (listing->rva[i] == end || ((is_one(insn, 0xEB, 0xEB) || is_one(insn, 0xE9, 0xE9))
                                       && target_of(listing, i) == end))
            return has_told && !has_arguments;         /* what is set after the last call is meant for others */
        if (is_call(insn)) {
            uint32_t slot = called_slot(listing, i);

            if (slot == 0 || !wz_pe_is_teller(listing->pe, slot))
                return false;
            has_told = true;
            has_arguments = false;
        } else if (sets_argument(insn)) {
            has_arguments = true;
        } else if (!moves_stack(insn) && !is_nothing(insn)) {
            return false;
        }
    }
    return false;
}

/* ---- a text ---- */

static bool text_has(const uint8_t *at, size_t room, const char *wanted)
{
    size_t step = room >= 2 && at[0] != 0 && at[1] == 0 ? 2 : 1;
    size_t length = strlen(wanted);

    if (room > TEXT_MAX)
        room = TEXT_MAX;
    for (size_t i = 0; i + length * step <= room && at[i] != 0; i += step) {
        size_t same = 0;

        while (same < length && at[i + same * step] == (uint8_t)wanted[same])
            same++;
        if (same == length)
            return true;
    }
    return false;
}

static bool points_at(const wz_listing *listing, size_t index, const char *wanted)
{
    const wz_insn *insn = &listing->insns[index];
    uint32_t       rva = wz_insn_address(listing, index);
    size_t         room;
    const uint8_t *at;

    if (rva == 0 && !listing->pe->is_64 && insn->imm_bytes == 4)
        rva = (uint32_t)insn->imm - (uint32_t)listing->pe->base;
    at = rva != 0 ? wz_pe_at(listing->pe, rva, 1, &room) : NULL;
    return at != NULL && text_has(at, room, wanted);
}

bool wz_code_only_tells(const wz_listing *listing)
{
    size_t jump = jump_after(listing);

    if (jump != SIZE_MAX && jump + 1 < listing->count) {
        uint32_t target = target_of(listing, jump), next = listing->rva[jump + 1];
        size_t   other = index_at(listing, target);

        if (only_tells(listing, jump + 1, target) || (other != SIZE_MAX && only_tells(listing, other, next)))
            return true;
    }
    for (size_t i = 0; i < listing->count; i++)
        if (points_at(listing, i, "971644"))
            return true;
    return false;
}
