#include "scan/code.h"

#include <string.h>

enum { REACH_BACK = 12000, REACH_AHEAD = 3000, VOTE_NEAR = 24, VOTE_FAR = 96, NEAR_JUMP = 512, FAR_JUMP = 4000 };

static bool holds(const wz_insn *insn, size_t into)
{
    return (insn->imm_bytes >= 2 && into == insn->imm_at) || (insn->disp_bytes == 4 && into == insn->disp_at)
           || (insn->imm_bytes == 4 && into == insn->imm_at + 2u);    /* the high half: GetVersion() */
}

/* Follow instructions from one offset of the file; the one that covers target, or SIZE_MAX. */
static size_t covering(const wz_pe *pe, size_t from, size_t target, size_t end)
{
    while (from <= target) {
        wz_insn insn;

        if (!wz_decode(pe->bytes + from, end - from, pe->is_64, &insn))
            return SIZE_MAX;
        if (target - from < insn.length)
            return from;
        from += insn.length;
    }
    return SIZE_MAX;
}

static bool is_end(const wz_insn *insn)
{
    return insn->map == WZ_MAP_ONE && (insn->opcode == 0xC3 || insn->opcode == 0xC2 || insn->opcode == 0xE9
                                       || insn->opcode == 0xEB || insn->opcode == 0xCC);
}

static bool is_prologue(const uint8_t *at)             /* push ebp, mov ebp, esp; with mov edi, edi before it */
{
    return (at[0] == 0x55 && ((at[1] == 0x8B && at[2] == 0xEC) || (at[1] == 0x89 && at[2] == 0xE5)))
           || (at[0] == 0x8B && at[1] == 0xFF && at[2] == 0x55);
}

/*
 * x86 code that is decoded from a wrong byte falls into step within a few instructions. So the start on which most
 * beginnings agree is the right one; where they disagree it is no code.
 */
static size_t vote(const wz_pe *pe, size_t low, size_t candidate, size_t end)
{
    unsigned votes[WZ_INSN_MAX] = { 0 };
    unsigned cast = 0, best = 0;

    if (candidate - low < VOTE_FAR)                    /* at the very beginning there is nothing to vote on */
        return covering(pe, low, candidate, end);
    for (size_t back = VOTE_NEAR; back <= VOTE_FAR; back++) {
        size_t found = covering(pe, candidate - back, candidate, end);

        cast++;
        if (found != SIZE_MAX && candidate - found < WZ_INSN_MAX)
            votes[candidate - found]++;
    }
    for (unsigned i = 1; i < WZ_INSN_MAX; i++)
        if (votes[i] > votes[best])
            best = i;
    if (best == 0 || votes[best] * 10 < cast * 6)
        return SIZE_MAX;
    return candidate - best;
}

/* As far before an instruction as decoding arrives at it. */
static size_t run_up(const wz_pe *pe, size_t low, size_t found, size_t end)
{
    static const size_t distances[] = { 4000, 2000, 1000, 500, 250, 100 };

    for (size_t i = 0; i < WZ_COUNT(distances); i++)
        for (size_t more = 0; more < WZ_INSN_MAX; more++) {
            size_t back = distances[i] + more;

            if (back <= found - low && covering(pe, found - back, found, end) == found)
                return found - back;
        }
    return found - low < 100 && covering(pe, low, found, end) == found ? low : found;
}

/* ---- functions ---- */

/* How far a jump reaches ahead; 0 for other instructions. A far jump without condition goes to another function. */
static uint32_t jump_target(const wz_insn *insn, uint32_t rva)
{
    bool     is_conditional = (insn->map == WZ_MAP_ONE && (insn->opcode & 0xF0) == 0x70)
                              || (insn->map == WZ_MAP_0F && (insn->opcode & 0xF0) == 0x80);
    bool     is_jump = insn->map == WZ_MAP_ONE && (insn->opcode == 0xEB || insn->opcode == 0xE9);
    int64_t  most = is_conditional ? FAR_JUMP : is_jump ? NEAR_JUMP : 0;

    return insn->imm > 0 && insn->imm <= most ? rva + insn->length + (uint32_t)insn->imm : 0;
}

static bool is_padding(const wz_insn *insn, const uint8_t *at)
{
    return insn->map == WZ_MAP_ONE ? insn->opcode == 0xCC || insn->opcode == 0x90
           : insn->map == WZ_MAP_0F && insn->opcode == 0x1F && at[0] != 0x0F;
}

/*
 * Decode from begin on. A function ends where no jump of it reaches beyond a return or jump; what comes before the
 * candidate's own function is forgotten. False when the candidate is not an instruction's number.
 */
static bool fill(wz_listing *listing, size_t begin, size_t candidate, size_t end, bool is_one_function)
{
    const wz_pe *pe = listing->pe;
    size_t       at = begin;
    uint32_t     reach = 0;
    bool         found = false;

    listing->count = 0;
    while (at < end && listing->count < WZ_LISTING_MAX) {
        wz_insn *insn = &listing->insns[listing->count];
        uint32_t rva = wz_section_rva(listing->section, at);
        uint32_t target;

        if (!wz_decode(pe->bytes + at, end - at, pe->is_64, insn))
            break;
        if (listing->count == 0 && is_padding(insn, pe->bytes + at) && at + insn->length <= candidate) {
            at += insn->length;
            continue;
        }
        listing->rva[listing->count] = rva;
        if (candidate >= at && candidate - at < insn->length) {
            if (!holds(insn, candidate - at))
                return false;
            listing->index = listing->count;
            found = true;
        }
        listing->count++;
        at += insn->length;
        target = jump_target(insn, rva);
        if (target > reach)
            reach = target;
        if (is_one_function || !is_end(insn))
            continue;
        if (reach < rva + insn->length || (at + 3 < end && insn->opcode != 0xCC && is_prologue(pe->bytes + at))) {
            if (found)
                break;
            listing->count = 0;
            reach = 0;
        }
    }
    return found;
}

bool wz_listing_make(wz_listing *listing, const wz_pe *pe, const wz_section *section, size_t candidate)
{
    size_t   low = section->at;
    size_t   end = section->at + section->length;
    uint32_t from, to;
    size_t   found;

    listing->pe = pe;
    listing->section = section;
    if (wz_pe_function(pe, wz_section_rva(section, candidate), &from, &to) && from >= section->rva
        && to - section->rva <= section->length) {
        size_t begin = section->at + (from - section->rva);

        if (candidate - begin <= REACH_BACK)
            return fill(listing, begin, candidate, section->at + (to - section->rva), true);
    }
    if (end - candidate > REACH_AHEAD)
        end = candidate + REACH_AHEAD;
    found = vote(pe, low, candidate, end);
    if (found == SIZE_MAX)
        return false;
    return fill(listing, run_up(pe, low, found, end), candidate, end, false);
}

/* ---- addresses and imports ---- */

uint32_t wz_insn_address(const wz_listing *listing, size_t index)
{
    const wz_insn *insn = &listing->insns[index];

    if (insn->has_modrm && (insn->modrm & 0xC7) == 5) {
        if (insn->is_rip)
            return listing->rva[index] + insn->length + (uint32_t)insn->disp;
        return (uint32_t)insn->disp - (uint32_t)listing->pe->base;
    }
    if (!listing->pe->is_64 && insn->map == WZ_MAP_ONE && insn->opcode >= 0xA0 && insn->opcode <= 0xA3
        && insn->imm_bytes == 4)
        return (uint32_t)insn->imm - (uint32_t)listing->pe->base;
    return 0;
}

/* The slot behind "jmp [slot]" at a call's target. */
static uint32_t thunk_slot(const wz_pe *pe, uint32_t rva)
{
    size_t         room;
    const uint8_t *at = wz_pe_at(pe, rva, 6, &room);
    wz_insn        insn;

    if (at == NULL || !wz_decode(at, room, pe->is_64, &insn) || insn.map != WZ_MAP_ONE || insn.opcode != 0xFF
        || insn.modrm != 0x25)
        return 0;
    return insn.is_rip ? rva + insn.length + (uint32_t)insn.disp : (uint32_t)insn.disp - (uint32_t)pe->base;
}

uint32_t wz_insn_slot(const wz_listing *listing, size_t index)
{
    const wz_insn *insn = &listing->insns[index];
    uint32_t       address = wz_insn_address(listing, index);

    if (address == 0 && insn->map == WZ_MAP_ONE && (insn->opcode == 0xE8 || insn->opcode == 0xE9))
        address = thunk_slot(listing->pe, listing->rva[index] + insn->length + (uint32_t)insn->imm);
    return address;
}

const wz_source *wz_insn_source(const wz_listing *listing, size_t index)
{
    uint32_t slot = wz_insn_slot(listing, index);

    return slot != 0 ? wz_pe_source(listing->pe, slot) : NULL;
}

/* PEB.OSBuildNumber: fs:[30h] and offset 0ACh, gs:[60h] and offset 120h. */
static bool reads_peb(const wz_listing *listing)
{
    uint8_t segment = listing->pe->is_64 ? 0x65 : 0x64;
    int32_t at = listing->pe->is_64 ? 0x60 : 0x30;
    int32_t field = listing->pe->is_64 ? 0x120 : 0xAC;
    bool    has_peb = false, has_field = false;

    for (size_t i = 0; i < listing->count; i++) {
        const wz_insn *insn = &listing->insns[i];

        if (insn->segment == segment && (insn->disp == at || (!insn->has_modrm && insn->imm == at)))
            has_peb = true;
        if (insn->disp_bytes == 4 && insn->disp == field)
            has_field = true;
    }
    return has_peb && has_field;
}

const char *wz_listing_source(const wz_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        const wz_source *source = wz_insn_source(listing, i);

        if (source != NULL && !source->sets_condition)
            return source->name;
    }
    return reads_peb(listing) ? "PEB.OSBuildNumber" : NULL;
}
