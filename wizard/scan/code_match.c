#include "scan/code.h"

/* What the instructions after a comparison make of it. */
typedef struct fate {
    bool equal, capped, open, knows, asserts;
} fate;

typedef wz_number number;

enum { FIRST = 6000, OLD = 6002, NEW = 6003, LOOK_AHEAD = 12 };

/* ---- one instruction ---- */

int wz_insn_condition(const wz_insn *insn)
{
    uint8_t high = insn->opcode & 0xF0;

    if ((insn->map == WZ_MAP_ONE && high == 0x70)
        || (insn->map == WZ_MAP_0F && (high == 0x80 || high == 0x90 || high == 0x40)))
        return insn->opcode & 0x0F;
    if (insn->map == WZ_MAP_ONE && ((insn->opcode >= 0x10 && insn->opcode <= 0x1D && (insn->opcode & 7) < 6)
        || (insn->opcode == 0x83 && ((insn->modrm >> 3) & 7) >= 2 && ((insn->modrm >> 3) & 7) <= 3)))
        return 2;                                      /* adc, sbb: take the carry, like "below" */
    return -1;
}

bool wz_insn_keeps_flags(const wz_insn *insn)
{
    if (insn->map == WZ_MAP_0F)
        return insn->opcode == 0xB6 || insn->opcode == 0xB7 || insn->opcode == 0xBE || insn->opcode == 0xBF
               || insn->opcode == 0x1F || insn->opcode == 0x10 || insn->opcode == 0x11 || insn->opcode == 0x28
               || insn->opcode == 0x29;
    if (insn->map != WZ_MAP_ONE)
        return false;
    return (insn->opcode >= 0x88 && insn->opcode <= 0x8D) || (insn->opcode >= 0xB0 && insn->opcode <= 0xBF)
           || insn->opcode == 0xC6 || insn->opcode == 0xC7 || (insn->opcode >= 0x50 && insn->opcode <= 0x5F)
           || (insn->opcode >= 0xA0 && insn->opcode <= 0xA3) || insn->opcode == 0x68 || insn->opcode == 0x6A
           || insn->opcode == 0x90 || insn->opcode == 0x98 || insn->opcode == 0x63;
}

int wz_insn_arithmetic(const wz_insn *insn)
{
    if (insn->map != WZ_MAP_ONE)
        return -1;
    if (insn->opcode == 0x81 || insn->opcode == 0x83)
        return (insn->modrm >> 3) & 7;
    if (insn->opcode < 0x40 && (insn->opcode & 7) == 5)
        return insn->opcode >> 3;
    return -1;
}

static bool is_equality(int cc)
{
    return cc == 4 || cc == 5;
}

static bool is_upper(int cc)                           /* above, greater and their opposites */
{
    return cc == 6 || cc == 7 || cc == 14 || cc == 15;
}

static bool is_lower(int cc)                           /* below, less and their opposites */
{
    return cc == 2 || cc == 3 || cc == 12 || cc == 13;
}

/* ---- what follows ---- */

static void judge_compare(uint32_t build, bool is_top, int cc, fate *out)
{
    if (is_equality(cc)) {
        out->equal |= build == OLD;
        out->knows |= build == NEW;
    } else if (is_upper(cc)) {
        out->capped |= build == OLD;
        out->open |= build == OLD - 1;
    } else if (is_lower(cc)) {
        out->open |= build == OLD && !is_top;
        out->capped |= build == NEW || (build == OLD && is_top);
    }
}

static void judge_set(uint32_t first, uint32_t last, fate *out)
{
    if (first <= OLD && last >= OLD) {
        out->equal |= first == OLD && last == OLD;
        out->capped |= first < OLD && last == OLD;
        out->knows |= last >= NEW;
    }
}

/* A jump whose other way is the assertion of a checked build: int 2Ch. */
static bool jumps_around_assert(const wz_listing *listing, size_t index)
{
    const wz_insn *insn = &listing->insns[index];
    uint32_t       target = listing->rva[index] + insn->length + (uint32_t)insn->imm;
    size_t         room;
    const uint8_t *at;

    if (insn->imm_bytes == 0)
        return false;
    if (index + 1 < listing->count && listing->insns[index + 1].opcode == 0xCD && listing->insns[index + 1].imm == 0x2C)
        return true;
    at = wz_pe_at(listing->pe, target, 2, &room);
    return at != NULL && at[0] == 0xCD && at[1] == 0x2C;
}

/* The flags that instruction index has set, by comparing with build. */
static void follow_compare(const wz_listing *listing, size_t index, const number *value, fate *out)
{
    bool seen = false;

    for (size_t i = index + 1; i < listing->count && i <= index + LOOK_AHEAD; i++) {
        int cc = wz_insn_condition(&listing->insns[i]);

        if (cc >= 0) {
            seen = true;
            judge_compare(value->build, value->is_top, cc, out);
            if (is_equality(cc) && jumps_around_assert(listing, i))
                out->asserts = true;
        } else if (!wz_insn_keeps_flags(&listing->insns[i])) {
            break;
        }
    }
    if (!seen)
        out->equal |= value->build == OLD;             /* used further away than we look */
}

/* Is this cmp, test or and with a small immediate? What it compares with, or the mask. */
static bool small_compare(const wz_insn *insn, int64_t *bound)
{
    *bound = insn->imm;
    return wz_insn_arithmetic(insn) == 7 && insn->imm >= 0 && insn->imm < 64;
}

static bool tests_pair(const wz_insn *insn)            /* test r, -2: both of a pair of neighbours */
{
    bool is_test = insn->map == WZ_MAP_ONE
                   && (insn->opcode == 0xA8 || insn->opcode == 0xA9
                       || ((insn->opcode == 0xF6 || insn->opcode == 0xF7) && (insn->modrm & 0x30) == 0));

    return (is_test || wz_insn_arithmetic(insn) == 4) && insn->imm == -2;
}

static int64_t step_of(const wz_insn *insn)            /* sub r, 1; dec r; add r, -1 */
{
    int kind = wz_insn_arithmetic(insn);

    if (insn->map == WZ_MAP_ONE && insn->rex == 0 && (insn->opcode & 0xF8) == 0x48)
        return 1;
    if (insn->map == WZ_MAP_ONE && insn->opcode == 0xFF && (insn->modrm & 0x38) == 8)
        return 1;
    if ((kind == 5 || kind == 0) && insn->imm > -64 && insn->imm < 64)
        return kind == 5 ? insn->imm : -insn->imm;
    return 0;
}

static bool is_zeroing(const wz_insn *insn)            /* xor r, r */
{
    return insn->map == WZ_MAP_ONE && (insn->opcode == 0x31 || insn->opcode == 0x33) && insn->modrm >= 0xC0
           && ((insn->modrm >> 3) & 7) == (insn->modrm & 7);
}

/* A register now holds build - base; how is it used? */
static void follow_difference(const wz_listing *listing, size_t index, uint32_t base, bool has_flags, fate *out)
{
    enum { ZERO, BOUND, PAIR, NOTHING } asked = has_flags ? ZERO : NOTHING;
    uint32_t bound = 0;

    for (size_t i = index + 1; i < listing->count && i <= index + LOOK_AHEAD; i++) {
        const wz_insn *insn = &listing->insns[i];
        int            cc = wz_insn_condition(insn);
        int64_t        step = step_of(insn);
        int64_t        number_asked;

        if (cc >= 0) {
            if (asked == PAIR && is_equality(cc))
                judge_set(base, base + 1, out);
            else if (asked == BOUND && is_equality(cc))
                judge_set(base + bound, base + bound, out);
            else if (asked == BOUND && (is_upper(cc) || (is_lower(cc) && bound > 0)))
                judge_set(base, is_upper(cc) ? base + bound : base + bound - 1, out);
            else if (asked == ZERO)
                judge_compare(base, false, cc, out);
        } else if (small_compare(insn, &number_asked)) {
            asked = BOUND;
            bound = (uint32_t)number_asked;
        } else if (tests_pair(insn)) {
            asked = PAIR;
        } else if (insn->map == WZ_MAP_ONE && insn->opcode == 0xF7 && (insn->modrm & 0x38) == 0x18) {
            out->equal |= base == OLD;                 /* neg, then the carry says "not zero" */
            out->knows |= base == NEW;
            break;
        } else if (insn->map == WZ_MAP_ONE && (insn->opcode == 0x85 || insn->opcode == 0x84)) {
            asked = ZERO;
        } else if (step != 0) {
            base += (uint32_t)step;
            asked = ZERO;
        } else if (is_zeroing(insn)) {
            asked = NOTHING;
        } else if (!wz_insn_keeps_flags(insn)) {
            break;
        }
    }
}

/* mov r, 6002 and soon cmp with that register; or xor, sub, whose zero may be combined with other fields by or */
static void follow_register(const wz_listing *listing, size_t index, const number *value, fate *out)
{
    const wz_insn *load = &listing->insns[index];
    unsigned       wanted = (load->opcode & 7u) | ((load->rex & 1u) << 3);

    for (size_t i = index + 1; i < listing->count && i <= index + LOOK_AHEAD; i++) {
        const wz_insn *insn = &listing->insns[i];
        unsigned       reg = ((insn->modrm >> 3) & 7u) | ((insn->rex & 4u) << 1);
        unsigned       rm = (insn->modrm & 7u) | ((insn->rex & 1u) << 3);

        if (insn->map == WZ_MAP_ONE && (insn->opcode == 0x39 || insn->opcode == 0x3B)
            && (reg == wanted || (rm == wanted && insn->modrm >= 0xC0))) {
            follow_compare(listing, i, value, out);
            return;
        }
        if (insn->map == WZ_MAP_ONE && (insn->opcode == 0x33 || insn->opcode == 0x2B) && reg == wanted
            && !is_zeroing(insn)) {
            for (size_t next = i + 1; next < listing->count && next <= i + 6; next++)
                if (is_equality(wz_insn_condition(&listing->insns[next])))
                    judge_compare(value->build, value->is_top, 4, out);
            return;
        }
        if (insn->map == WZ_MAP_ONE && (insn->opcode == 0xE8 || insn->opcode == 0xC3 || insn->opcode == 0xE9))
            return;
    }
}

/* mov r, -6002 and soon add to that register */
static void follow_addition(const wz_listing *listing, size_t index, uint32_t base, fate *out)
{
    const wz_insn *load = &listing->insns[index];
    unsigned       wanted = (load->opcode & 7u) | ((load->rex & 1u) << 3);

    for (size_t i = index + 1; i < listing->count && i <= index + 4; i++) {
        const wz_insn *insn = &listing->insns[i];
        unsigned       reg = ((insn->modrm >> 3) & 7u) | ((insn->rex & 4u) << 1);
        unsigned       rm = (insn->modrm & 7u) | ((insn->rex & 1u) << 3);

        if (insn->map == WZ_MAP_ONE
            && ((insn->opcode == 0x03 && reg == wanted)
                || (insn->opcode == 0x01 && insn->modrm >= 0xC0 && (rm == wanted || reg == wanted)))) {
            follow_difference(listing, i, base, true, out);
            return;
        }
    }
}

/* The register that arithmetic with an immediate is about; -1 for memory. */
static int register_of(const wz_insn *insn)
{
    if (insn->opcode < 0x40)
        return 0;
    return insn->modrm >= 0xC0 ? (insn->modrm & 7) | (insn->rex & 1) << 3 : -1;
}

/* and r, ~1 shortly before: the comparison with r is one with two neighbours at once. The mask, or -1. */
static int64_t mask_before(const wz_listing *listing, size_t index)
{
    int compared = register_of(&listing->insns[index]);

    for (size_t i = index; i > 0 && index - i < 4; i--) {
        const wz_insn *insn = &listing->insns[i - 1];

        if (register_of(insn) != compared)
            continue;
        if (wz_insn_arithmetic(insn) == 4 && insn->imm <= -2 && insn->imm >= -4)
            return insn->imm;
        if (insn->map == WZ_MAP_ONE && insn->opcode == 0x24 && insn->imm <= -2 && insn->imm >= -4)
            return insn->imm;
    }
    return -1;
}

static void judge_masked(int64_t mask, uint32_t build, fate *out)
{
    if (build == OLD && mask == -2)
        *out = (fate){ .knows = true };                /* 6002 or 6003 */
    else if (build == FIRST && mask == -3)
        out->equal = true;                             /* 6000 or 6002 */
    else if (build == FIRST && mask == -4)
        out->knows = true;
}

/* Fate of instruction index, which has a number; false when it does nothing with it that matters. */
static bool judge(const wz_listing *listing, size_t index, const number *value, fate *out)
{
    const wz_insn *insn = &listing->insns[index];
    int            kind = wz_insn_arithmetic(insn);
    int64_t        mask;

    if (kind == 7 && !value->is_negative) {
        follow_compare(listing, index, value, out);
        mask = mask_before(listing, index);
        if (mask != -1)
            judge_masked(mask, value->build, out);
    } else if (kind == 6 && !value->is_negative) {
        follow_difference(listing, index, value->build, true, out);
        out->capped = out->open = false;               /* order means nothing after xor */
    } else if ((kind == 5 && !value->is_negative) || (kind == 0 && value->is_negative)) {
        follow_difference(listing, index, value->build, true, out);
    } else if (insn->map == WZ_MAP_ONE && insn->opcode == 0x8D && value->is_negative && insn->modrm < 0xC0) {
        follow_difference(listing, index, value->build, false, out);
    } else if (insn->map == WZ_MAP_ONE && (insn->opcode & 0xF8) == 0xB8) {
        if (value->is_negative)
            follow_addition(listing, index, value->build, out);
        else
            follow_register(listing, index, value, out);
    }
    return out->equal || out->capped || out->open || out->knows;
}

static bool number_of(const wz_insn *insn, number *out)
{
    if (insn->map != WZ_MAP_ONE)
        return false;
    if (insn->opcode == 0x8D)
        return insn->disp_bytes == 4 && !insn->is_rip && !(insn->has_sib && (insn->sib & 0xC0) != 0)
               && wz_number_read(insn->disp, 4, out) && out->is_negative;
    return insn->imm_bytes >= 2 && wz_number_read(insn->imm, insn->imm_bytes, out);
}

/* [table + r*4 - 24000] */
static bool is_table(const wz_insn *insn)
{
    int32_t scale = 1 << (insn->sib >> 6);

    if (!insn->has_sib || insn->disp_bytes != 4 || scale == 1 || insn->disp >= 0 || insn->disp % scale != 0)
        return false;
    return insn->disp / scale <= -FIRST && insn->disp / scale >= -OLD;
}

/* 6003 has a branch of its own somewhere in the function. */
static bool knows_new(const wz_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        number value;
        fate   found = { 0 };

        if (number_of(&listing->insns[i], &value) && value.build == NEW && judge(listing, i, &value, &found)
            && found.knows)
            return true;
    }
    return false;
}

static bool is_field_of_pointer(const wz_insn *insn)
{
    unsigned base = insn->modrm & 7;

    return insn->has_modrm && (insn->modrm >> 6) == 1 && insn->disp == 12 && !insn->has_sib && base != 5;
}

bool wz_code_match(const wz_listing *listing, wz_use *out)
{
    const wz_insn *insn = &listing->insns[listing->index];
    number         value;
    fate           found = { 0 };

    *out = (wz_use){ .is_field = is_field_of_pointer(insn) };
    if (is_table(insn)) {
        out->rule = WZ_RULE_CODE_TABLE;
        return true;
    }
    if (!number_of(insn, &value) || !judge(listing, listing->index, &value, &found))
        return false;
    if (!found.equal && !found.capped && !found.open && value.build == NEW)
        return false;                                  /* only 6003: nothing to look at */
    out->rule = found.equal ? (value.is_word ? WZ_RULE_CODE_WORD : WZ_RULE_CODE_EQUAL) : WZ_RULE_CODE_RANGE;
    if (found.knows || knows_new(listing))
        out->excuse = WZ_EXCUSE_KNOWS_6003;
    else if (found.asserts)
        out->excuse = WZ_EXCUSE_ASSERT;
    else if (!found.equal && !found.capped)
        out->excuse = WZ_EXCUSE_OPEN_RANGE;
    return true;
}
