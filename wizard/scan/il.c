#include "scan/parts.h"

#include <string.h>

#include "scan/hunt.h"

/* ECMA-335, partition III: ldc.i4 20, call 28, callvirt 6F; the branches and comparisons below. */
enum { OLD = 6002, NEW = 6003, LDC_I4 = 0x20, CALL = 0x28, CALLVIRT = 0x6F, SET_REACH = 64 };

typedef enum relation { NOTHING, EQUAL, UPPER, LOWER } relation;

static relation relation_of(const uint8_t *at, size_t room)
{
    if (room < 2)
        return NOTHING;
    switch (at[0]) {
    case 0x2E: case 0x33: case 0x3B: case 0x40:        /* beq, bne.un */
        return EQUAL;
    case 0x30: case 0x35: case 0x3D: case 0x42:        /* bgt */
    case 0x31: case 0x36: case 0x3E: case 0x43:        /* ble */
        return UPPER;
    case 0x2F: case 0x34: case 0x3C: case 0x41:        /* bge */
    case 0x32: case 0x37: case 0x3F: case 0x44:        /* blt */
        return LOWER;
    case 0xFE:
        return at[1] == 0x01 ? EQUAL : at[1] == 0x02 || at[1] == 0x03 ? UPPER : at[1] == 0x04 || at[1] == 0x05 ? LOWER
               : NOTHING;
    default:
        return NOTHING;
    }
}

static bool has_name(const wz_pe *pe, const char *name)
{
    size_t         room;
    const uint8_t *at = wz_pe_at(pe, pe->managed.rva, 1, &room);

    if (at != NULL && pe->managed.length < room)
        room = pe->managed.length;
    return at != NULL && wz_find_bytes(at, room, name, strlen(name) + 1) != NULL;
}

/* The same method, more or less, also compares with 6003. */
static bool knows_new(const uint8_t *code, size_t length, size_t at)
{
    size_t low = at > SET_REACH ? at - SET_REACH : 0;
    size_t end = length - at > SET_REACH ? at + SET_REACH : length;

    for (size_t i = low; i + 7 <= end; i++)
        if (code[i] == LDC_I4 && wz_get32(code + i + 1) == NEW && relation_of(code + i + 5, end - i - 5) == EQUAL)
            return true;
    return false;
}

static bool is_asked_before(const uint8_t *code, size_t at)
{
    return at >= 6 && (code[at - 5] == CALL || code[at - 5] == CALLVIRT)
           && (code[at - 1] == 0x0A || code[at - 1] == 0x06 || code[at - 1] == 0x2B);  /* a token of a method */
}

/* at: of ldc.i4 */
static void judge(const wz_pe *pe, const wz_section *section, size_t at, const char *path, wz_findings *list,
                  size_t first)
{
    static const char *const places[] = { "", "ldc.i4 6002, equal", "ldc.i4 6002, above", "ldc.i4 6002, below" };
    const uint8_t *code = pe->bytes + section->at;
    uint32_t       value = wz_get32(code + at + 1);
    relation       how = relation_of(code + at + 5, section->length - at - 5);
    bool           has_build = has_name(pe, "get_Build");
    bool           has_version = has_name(pe, "get_OSVersion") || has_name(pe, "GetVersionEx")
                                 || has_name(pe, "RtlGetVersion");
    wz_finding     finding = { .rule = how == EQUAL ? WZ_RULE_IL_EQUAL : WZ_RULE_IL_RANGE };

    if (how == NOTHING || (value == NEW && how != LOWER))
        return;
    if (value == OLD && how == LOWER)
        finding.excuse = WZ_EXCUSE_OPEN_RANGE;
    else if (knows_new(code, section->length, at))
        finding.excuse = WZ_EXCUSE_KNOWS_6003;
    else if (!has_build && !has_version)
        finding.excuse = WZ_EXCUSE_UNRELATED;
    finding.evidence = has_build && has_version && is_asked_before(code, at) ? WZ_EVIDENCE_HERE
                       : has_build || has_version ? WZ_EVIDENCE_FILE : WZ_EVIDENCE_NONE;
    finding.grade = wz_finding_grade(finding.rule, finding.evidence, finding.excuse, false);
    finding.path = wz_copy(path);
    finding.offset = section->at + at + 1;
    finding.rva = wz_section_rva(section, section->at + at);
    memcpy(finding.section, section->name, sizeof finding.section);
    finding.place = wz_copy(value == NEW ? "ldc.i4 6003, below" : places[how]);
    finding.source = wz_copy(has_version ? "Environment.OSVersion" : has_build ? "Version.Build" : NULL);
    wz_findings_add(list, &finding, first);
}

wz_status wz_il_scan(const wz_pe *pe, const char *path, const wz_progress *progress, wz_findings *list, size_t first)
{
    wz_hunt_way way = wz_hunt_best();

    for (size_t i = 0; i < pe->section_count; i++) {
        const wz_section *section = &pe->sections[i];
        const uint8_t    *code = pe->bytes + section->at;
        unsigned          asked = 0;

        if (!section->is_code)
            continue;
        for (size_t at = wz_hunt(way, WZ_PREY_CODE, code, section->length, 0); at < section->length;
             at = wz_hunt(way, WZ_PREY_CODE, code, section->length, at + 1)) {
            if ((asked++ & 1023) == 0 && wz_progress_cancelled(progress))
                return WZ_E_CANCELLED;
            if (at >= 1 && section->length - at >= 6 && code[at - 1] == LDC_I4
                && (wz_get32(code + at) == OLD || wz_get32(code + at) == NEW))
                judge(pe, section, at - 1, path, list, first);
        }
    }
    return WZ_OK;
}
