/*
 * code: x86 and x64 instructions around a number that looks like a build.
 *
 * A listing is one function, or as much of it as is certain, decoded so that one instruction's number is exactly the
 * candidate; so the bytes of another instruction, a string or a table are never taken for a comparison. Parts of the
 * scanner only; the way in is wz_code_scan. Any thread, one listing per thread.
 */
#ifndef WZ_SCAN_CODE_H
#define WZ_SCAN_CODE_H

#include "core/platform.h"
#include "scan/decode.h"
#include "core/finding.h"
#include "scan/pe.h"

#define WZ_LISTING_MAX 4096

typedef struct wz_listing {
    const wz_pe      *pe;
    const wz_section *section;
    size_t            count, index;           /* index: the instruction that holds the candidate */
    uint32_t          rva[WZ_LISTING_MAX];
    wz_insn           insns[WZ_LISTING_MAX];
} wz_listing;

/* candidate: offset in the file of the number itself. False: not the number of an instruction. */
bool wz_listing_make(wz_listing *listing, const wz_pe *pe, const wz_section *section, size_t candidate);

/* The slot or other address in the image that a memory operand names, without registers; 0 when it names none. */
uint32_t wz_insn_address(const wz_listing *listing, size_t index);
/* The same, or the slot of the import table behind the thunk that a call or jump goes to; 0 for neither. */
uint32_t wz_insn_slot(const wz_listing *listing, size_t index);
/* What the function asks for the version, directly or through an import thunk; NULL. Not VerSetConditionMask. */
const char *wz_listing_source(const wz_listing *listing);
/* Does instruction index use this import, and which? NULL. */
const wz_source *wz_insn_source(const wz_listing *listing, size_t index);

typedef struct wz_use {
    wz_rule   rule;
    wz_excuse excuse;
    bool      is_field;        /* compares the dwBuildNumber field of a structure */
} wz_use;

/* What the instruction at listing->index does with its number; false: nothing that matters. */
bool wz_code_match(const wz_listing *listing, wz_use *out);
/* The same for a 6002 that is stored for VerifyVersionInfo. */
bool wz_verify_match(const wz_listing *listing, wz_use *out);

/*
 * Is a message all that depends on the comparison at listing->index? Either one of its two ways does nothing but call
 * functions that tell (wz_pe_is_teller) and rejoins the other, or the function points at the text of KB971644, as old
 * samples of Direct3D 11 do for 6002 alone.
 */
bool wz_code_only_tells(const wz_listing *listing);

/* "cmp dword [ecx+0Ch], 1772h"; only forms that wz_code_match knows. */
void wz_insn_say(const wz_insn *insn, bool is_64, wz_text *out);

/* A number of code that stands for a build. */
typedef struct wz_number {
    uint32_t build;            /* 6000 … 6003 */
    bool     is_word;          /* GetVersion's high half, or with the flags of NtBuildNumber */
    bool     is_top;           /* the last value with that build: 1772FFFFh */
    bool     is_negative;
} wz_number;

/* bytes: 2 or 4, of the operand. False: none of these. */
bool wz_number_read(int64_t value, unsigned bytes, wz_number *out);

/* ---- small questions about one instruction ---- */

int      wz_insn_condition(const wz_insn *insn);            /* 0 … 15 for jcc, setcc, cmovcc; 2 for sbb; -1 */
bool     wz_insn_keeps_flags(const wz_insn *insn);          /* and goes on to the next one */
/* 0 add, 1 or, 4 and, 5 sub, 6 xor, 7 cmp with an immediate; -1 */
int      wz_insn_arithmetic(const wz_insn *insn);

/* A file with more candidates is made to cost time; 1,400 programs of Wine have fewer than 100 each. */
#define WZ_CODE_LOOKS 20000

/*
 * Candidates of all executable sections; first: where the findings of this file begin. is_whole is set to false when
 * there were more than WZ_CODE_LOOKS. WZ_E_CANCELLED only.
 */
wz_status wz_code_scan(const wz_pe *pe, const char *path, const wz_progress *progress, wz_findings *list, size_t first,
                       bool *is_whole);

#endif
