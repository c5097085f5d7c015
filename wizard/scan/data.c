#include "scan/parts.h"

#include <string.h>

#include "scan/hunt.h"

enum { OLD = 6002, NEW = 6003, TABLE_REACH = 512, TABLE_OTHERS = 2, ASK_EVERY = 1 << 20 };

typedef struct data_scan {
    const wz_pe *pe;
    const char  *path;
    wz_findings *list;
    size_t       first;
    const char  *version_name;
    bool         has_looked;
    size_t       table_end;            /* a table gives one finding */
} data_scan;

static void keep(data_scan *s, const wz_section *section, size_t offset, wz_rule rule, wz_excuse excuse,
                 const char *place)
{
    wz_finding finding = { .rule = rule, .excuse = excuse, .evidence = WZ_EVIDENCE_FILE };

    if (!s->has_looked) {
        s->version_name = wz_pe_version_name(s->pe);
        s->has_looked = true;
    }
    if (s->version_name == NULL) {
        finding.evidence = WZ_EVIDENCE_NONE;
        if (excuse == WZ_EXCUSE_NONE)
            finding.excuse = WZ_EXCUSE_UNRELATED;
    }
    finding.grade = wz_finding_grade(rule, finding.evidence, finding.excuse, s->pe->is_driver);
    finding.path = wz_copy(s->path);
    finding.offset = offset;
    finding.rva = wz_section_rva(section, offset);
    memcpy(finding.section, section->name, sizeof finding.section);
    finding.place = wz_copy(place);
    finding.source = wz_copy(s->version_name);
    wz_findings_add(s->list, &finding, s->first);
}

/* ---- tables ---- */

/* The builds that other rows of such a table have. */
static bool is_other_build(uint32_t value)
{
    static const uint16_t builds[] = { 2195, 2600, 3790, 6000, 6001, 7600, 7601, 9200, 9600, 10240, 14393 };

    for (size_t i = 0; i < WZ_COUNT(builds); i++)
        if (value == builds[i])
            return true;
    return false;
}

static void judge_table(data_scan *s, const wz_section *section, size_t at)
{
    const uint8_t *bytes = s->pe->bytes;
    size_t         low = at - section->at > TABLE_REACH ? at - TABLE_REACH : section->at + (at - section->at) % 4;
    size_t         end = section->at + section->length;
    unsigned       others = 0;
    bool           knows = false;
    uint32_t       last = 0;
    uint32_t       rva = wz_section_rva(section, at);
    bool           has_pointers;

    if (end - at > TABLE_REACH)
        end = at + TABLE_REACH;
    for (size_t i = low; i + 4 <= end; i += 4) {
        uint32_t value = wz_get32(bytes + i);

        others += is_other_build(value) && value != last;
        knows |= value == NEW;
        last = value;
    }
    if (others < TABLE_OTHERS)
        return;
    has_pointers = wz_pe_is_relocated(s->pe, rva + 4) || wz_pe_is_relocated(s->pe, rva + 8);
    keep(s, section, at, WZ_RULE_DATA_TABLE,
         knows ? WZ_EXCUSE_KNOWS_6003 : has_pointers ? WZ_EXCUSE_NAMES : WZ_EXCUSE_NONE, "6002");
    s->table_end = end;
}

/* ---- texts ---- */

static bool is_text_at(const data_scan *s, const wz_section *section, size_t at, const char *text, unsigned step)
{
    size_t length = strlen(text);

    if (section->at + section->length - at < length * step)
        return false;
    for (size_t i = 0; i < length; i++)
        if (s->pe->bytes[at + i * step] != (uint8_t)text[i] || (step == 2 && s->pe->bytes[at + i * step + 1] != 0))
            return false;
    return true;
}

/* The character before or after a text; 0 at the section's ends. */
static unsigned character_at(const data_scan *s, const wz_section *section, size_t at, unsigned step)
{
    if (at < section->at || at + step > section->at + section->length)
        return 0;
    return step == 1 ? s->pe->bytes[at] : wz_get16(s->pe->bytes + at);
}

static void judge_text(data_scan *s, const wz_section *section, size_t at)
{
    unsigned step = s->pe->bytes[at + 1] == 0 ? 2 : 1;
    size_t   begin = at;
    unsigned before, after;

    if (!is_text_at(s, section, at, "6002", step))
        return;
    if (at - section->at >= 4 * (size_t)step && is_text_at(s, section, at - 4 * step, "6.0.6002", step))
        begin = at - 4 * step;
    before = character_at(s, section, begin - step, step);
    after = character_at(s, section, at + 4 * step, step);
    if (begin == at && (before != 0 || after != 0))
        return;                                        /* part of a longer number or word */
    if ((before >= '0' && before <= '9') || before == '.' || before == '_' || (after >= '0' && after <= '9'))
        return;
    keep(s, section, begin, WZ_RULE_DATA_TEXT, after == '.' ? WZ_EXCUSE_COMPONENT : WZ_EXCUSE_NONE,
         begin == at ? "6002" : "6.0.6002");
}

static wz_status scan_section(data_scan *s, const wz_section *section, const wz_progress *progress)
{
    const uint8_t *bytes = s->pe->bytes + section->at;
    wz_hunt_way    way = wz_hunt_best();

    for (size_t stretch = 0; stretch < section->length; stretch += ASK_EVERY) {
        size_t end = section->length - stretch > ASK_EVERY ? stretch + ASK_EVERY + 1 : section->length;

        if (wz_progress_cancelled(progress))
            return WZ_E_CANCELLED;
        for (size_t at = wz_hunt(way, WZ_PREY_DATA, bytes, end, stretch); at < end;
             at = wz_hunt(way, WZ_PREY_DATA, bytes, end, at + 1)) {
            size_t place = section->at + at;

            if (bytes[at] == '6')
                judge_text(s, section, place);
            else if (place >= s->table_end && section->length - at >= 4 && wz_get32(bytes + at) == OLD)
                judge_table(s, section, place);
        }
    }
    return WZ_OK;
}

wz_status wz_data_scan(const wz_pe *pe, const char *path, const wz_progress *progress, wz_findings *list, size_t first)
{
    data_scan s = { .pe = pe, .path = path, .list = list, .first = first };
    wz_status status = WZ_OK;

    for (size_t i = 0; i < pe->section_count && status == WZ_OK; i++)
        if (pe->sections[i].is_initialised)
            status = scan_section(&s, &pe->sections[i], progress);
    return status;
}
