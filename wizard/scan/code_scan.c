#include "scan/code.h"

#include <stdlib.h>
#include <string.h>

#include "scan/hunt.h"

enum { FIRST = 6000, NEW = 6003, ASK_EVERY = 1 << 20 };

static bool is_build(uint32_t value)
{
    return value >= FIRST && value <= NEW;
}

/* A prefix 66 where an instruction with a 16-bit number could have it. */
static bool has_prefix_66(const uint8_t *at, size_t before)
{
    for (size_t i = 2; i <= 9 && i <= before; i++)
        if (at[-(ptrdiff_t)i] == 0x66)
            return true;
    return false;
}

/* -6000 … -6003, or such a multiple of -6000 … -6002 as tables with rows of 2, 4 and 8 bytes have */
static bool is_negative_build(uint32_t value)
{
    uint32_t minus = 0u - value;

    if (is_build(minus))
        return true;
    for (uint32_t scale = 2; scale <= 8; scale *= 2)
        if (minus % scale == 0 && minus / scale >= FIRST && minus / scale < NEW)
            return true;
    return false;
}

/* From what wz_hunt found to where the number is; SIZE_MAX when it is none. */
static size_t candidate_at(const uint8_t *bytes, size_t length, size_t at)
{
    uint32_t value;

    if (at < 2 || length - at < 4)
        return SIZE_MAX;
    if (bytes[at + 1] == 0xFF)
        return is_negative_build(wz_get32(bytes + at - 1)) ? at - 1 : SIZE_MAX;
    value = wz_get32(bytes + at);
    if (is_build(value) || (is_build(value & 0x0FFFFFFF) && (value >> 28 == 0xF || value >> 28 == 0xC)))
        return at;
    value = wz_get32(bytes + at - 2);
    if ((value & 0xFFFF) == 0 || (value & 0xFFFF) == 6 || (value & 0xFFFF) == 0xFFFF)
        return at;
    return has_prefix_66(bytes + at, at) ? at : SIZE_MAX;
}

typedef struct scan {
    const wz_pe       *pe;
    const char        *path;
    wz_listing        *listing;
    wz_findings       *list;
    size_t             first;
    const char        *version_name;
    bool               has_looked;     /* for version_name */
    uint32_t           last_rva;       /* of the instruction found last */
    unsigned           looks;          /* candidates decoded */
} scan;

static char *hex_of(const uint8_t *bytes, size_t length)
{
    wz_text hex = { 0 };

    for (size_t i = 0; i < length; i++) {
        if (i > 0)
            wz_text_add(&hex, " ");
        wz_text_add_hex(&hex, bytes[i], 2);
    }
    return wz_text_take(&hex);
}

static void keep(scan *s, const wz_use *use, size_t candidate)
{
    const wz_listing *listing = s->listing;
    const wz_insn    *insn = &listing->insns[listing->index];
    uint32_t          rva = listing->rva[listing->index];
    const char       *source = wz_listing_source(listing);
    wz_finding        finding = { .rule = use->rule, .excuse = use->excuse, .evidence = WZ_EVIDENCE_HERE };
    wz_text           place = { 0 };

    if (!s->has_looked) {
        s->version_name = wz_pe_version_name(s->pe);
        s->has_looked = true;
    }
    if (source == NULL) {
        source = s->version_name;
        finding.evidence = source == NULL ? WZ_EVIDENCE_NONE : use->is_field ? WZ_EVIDENCE_HERE : WZ_EVIDENCE_FILE;
    }
    if (finding.excuse == WZ_EXCUSE_NONE && wz_code_only_tells(listing))
        finding.excuse = WZ_EXCUSE_MESSAGE;
    if (source == NULL && finding.excuse == WZ_EXCUSE_NONE)
        finding.excuse = WZ_EXCUSE_UNRELATED;
    finding.grade = wz_finding_grade(finding.rule, finding.evidence, finding.excuse, s->pe->is_driver);
    finding.path = wz_copy(s->path);
    finding.offset = candidate;
    finding.rva = rva;
    memcpy(finding.section, listing->section->name, sizeof finding.section);
    wz_insn_say(insn, s->pe->is_64, &place);
    finding.place = wz_text_take(&place);
    finding.bytes = hex_of(s->pe->bytes + listing->section->at + (rva - listing->section->rva), insn->length);
    finding.source = wz_copy(source);
    wz_findings_add(s->list, &finding, s->first);
}

static wz_status scan_section(scan *s, const wz_section *section, const wz_progress *progress)
{
    const uint8_t *bytes = s->pe->bytes + section->at;
    wz_hunt_way    way = wz_hunt_best();

    for (size_t stretch = 0; stretch < section->length; stretch += ASK_EVERY) {
        size_t end = section->length - stretch > ASK_EVERY ? stretch + ASK_EVERY + 1 : section->length;

        if (wz_progress_cancelled(progress))
            return WZ_E_CANCELLED;
        for (size_t at = wz_hunt(way, WZ_PREY_CODE, bytes, end, stretch); at < end;
             at = wz_hunt(way, WZ_PREY_CODE, bytes, end, at + 1)) {
            size_t candidate = candidate_at(bytes, section->length, at);
            wz_use use;

            if (candidate == SIZE_MAX)
                continue;
            if (s->looks >= WZ_CODE_LOOKS)
                return WZ_OK;
            if ((++s->looks & 63) == 0 && wz_progress_cancelled(progress))
                return WZ_E_CANCELLED;
            candidate += section->at;
            if (wz_pe_is_relocated(s->pe, wz_section_rva(section, candidate)))
                continue;                              /* part of an address */
            if (!wz_listing_make(s->listing, s->pe, section, candidate))
                continue;
            if ((wz_code_match(s->listing, &use) || wz_verify_match(s->listing, &use))
                && s->listing->rva[s->listing->index] != s->last_rva) {
                s->last_rva = s->listing->rva[s->listing->index];
                keep(s, &use, candidate);
            }
        }
    }
    return WZ_OK;
}

wz_status wz_code_scan(const wz_pe *pe, const char *path, const wz_progress *progress, wz_findings *list, size_t first,
                       bool *is_whole)
{
    scan      s = { .pe = pe, .path = path, .list = list, .first = first };
    wz_status status = WZ_OK;

    s.listing = wz_new(wz_listing);
    for (size_t i = 0; i < pe->section_count && status == WZ_OK; i++)
        if (pe->sections[i].is_code)
            status = scan_section(&s, &pe->sections[i], progress);
    *is_whole = s.looks < WZ_CODE_LOOKS;
    free(s.listing);
    return status;
}
