#include "scan/code.h"

#include <string.h>

/* winnt.h: VER_BUILDNUMBER; VER_EQUAL, VER_GREATER, VER_GREATER_EQUAL, VER_LESS, VER_LESS_EQUAL */
enum { BUILD_NUMBER = 4, EQUAL = 1, GREATER = 2, GREATER_EQUAL = 3, LESS = 4, LESS_EQUAL = 5, LOOK_BACK = 16 };

/* mov r8d, n; mov r8b, n; push n; mov [esp+8], n: the small number and where it goes. False: something else. */
static bool small_store(const wz_insn *insn, unsigned *reg, int32_t *stack, bool *is_push)
{
    *reg = 99;
    *stack = -1;
    *is_push = false;
    if (insn->map != WZ_MAP_ONE || insn->imm_bytes == 0 || insn->imm < 0 || insn->imm > 255)
        return false;
    if ((insn->opcode & 0xF0) == 0xB0) {
        *reg = (insn->opcode & 7u) | ((insn->rex & 1u) << 3);
    } else if (insn->opcode == 0x6A) {
        *is_push = true;
    } else if ((insn->opcode == 0xC7 || insn->opcode == 0xC6)
               && ((insn->has_sib && insn->sib == 0x24) || (insn->modrm & 0xC7) == 0x40)) {  /* [esp+8], [eax+8] */
        *stack = insn->disp;
    } else {
        return false;
    }
    return true;
}

/* The condition that a call of VerSetConditionMask at index sets for the build number; 0 when it is not for it. */
static unsigned condition_of(const wz_listing *listing, size_t call)
{
    int64_t  type = -1, condition = -1;
    int64_t  pushed[4] = { -1, -1, -1, -1 };
    unsigned pushes = 0;

    for (size_t i = call; i > 0 && call - i < LOOK_BACK; i--) {
        const wz_insn *insn = &listing->insns[i - 1];
        unsigned       reg;
        int32_t        stack;
        bool           is_push, is_small = small_store(insn, &reg, &stack, &is_push);

        if (insn->map == WZ_MAP_ONE && (insn->opcode == 0xE8 || (insn->opcode == 0xFF && (insn->modrm & 0x38) == 0x10)))
            break;                                     /* the call before */
        if (insn->map == WZ_MAP_ONE && ((insn->opcode & 0xF8) == 0x50 || insn->opcode == 0x6A || insn->opcode == 0x68)
            && pushes < 4)
            pushed[pushes++] = is_push ? insn->imm : -1;
        if (!is_small)
            continue;
        if (listing->pe->is_64 && reg == 2 && type < 0)
            type = insn->imm;
        if (listing->pe->is_64 && reg == 8 && condition < 0)
            condition = insn->imm;
        if (!listing->pe->is_64 && stack == 8 && type < 0)
            type = insn->imm;
        if (!listing->pe->is_64 && stack == 12 && condition < 0)
            condition = insn->imm;
    }
    if (!listing->pe->is_64 && pushes == 4 && type < 0) {      /* mask, mask, type, condition from the last push back */
        type = pushed[2] >= 0 ? pushed[2] : BUILD_NUMBER;      /* a register: then it is likely that */
        condition = pushed[3];
    }
    return type == BUILD_NUMBER && condition > 0 ? (unsigned)condition : 0;
}

static bool stores_old_build(const wz_insn *insn)
{
    return insn->map == WZ_MAP_ONE && insn->imm_bytes >= 2 && insn->imm == 6002
           && (insn->opcode == 0xC7 || (insn->opcode & 0xF8) == 0xB8);
}

bool wz_verify_match(const wz_listing *listing, wz_use *out)
{
    bool     verifies = false;
    unsigned condition = 0;

    if (!stores_old_build(&listing->insns[listing->index]))
        return false;
    for (size_t i = 0; i < listing->count; i++) {
        const wz_source *source = wz_insn_source(listing, i);

        if (source == NULL)
            continue;
        if (source->sets_condition && condition == 0)
            condition = condition_of(listing, i);
        verifies |= strncmp(source->name, "VerifyVersionInfo", 17) == 0
                    || strcmp(source->name, "RtlVerifyVersionInfo") == 0;
    }
    if (!verifies)
        return false;
    *out = (wz_use){ .rule = WZ_RULE_CODE_VERIFY };
    if (condition == GREATER || condition == LESS_EQUAL)
        out->rule = WZ_RULE_CODE_RANGE;
    else if (condition == GREATER_EQUAL || condition == LESS)
        out->excuse = WZ_EXCUSE_OPEN_RANGE;
    return true;
}
