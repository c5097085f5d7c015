#include "scan/parts.h"

#include <string.h>

/* [MS-CFB] 2.2: the signature of a compound file. Conditions stand in its string pool as plain text. */
bool wz_is_installer_database(wz_view bytes)
{
    return bytes.length >= 512 && memcmp(bytes.at, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

/* "WindowsBuild" is behind at: the operator and the number that follow. False: another number or none. */
static bool read_condition(const uint8_t *at, size_t room, char sign[3], size_t *number_at, unsigned *number)
{
    size_t i = 0, length = 0;

    sign[0] = sign[1] = sign[2] = '\0';
    *number = 0;
    while (i < room && at[i] == ' ')
        i++;
    while (i < room && length < 2 && memchr("<>=", at[i], 3) != NULL)
        sign[length++] = (char)at[i++];
    while (i < room && (at[i] == ' ' || at[i] == '"'))
        i++;
    *number_at = i;
    for (; i < room && at[i] >= '0' && at[i] <= '9' && *number < 100000; i++)
        *number = *number * 10 + (unsigned)(at[i] - '0');
    return length > 0 && *number != 0;
}

static char *shown(const uint8_t *at, size_t room)
{
    size_t length = 0;

    while (length < room && length < 120 && at[length] >= 0x20 && at[length] < 0x7F)
        length++;
    return wz_copy_part((const char *)at, length);
}

void wz_msi_scan(const char *path, wz_view bytes, wz_findings *list, size_t first)
{
    static const char name[] = "WindowsBuild";
    const uint8_t    *file = (const uint8_t *)bytes.at, *end = file + bytes.length;
    bool              knows = false;
    size_t            begin = list->count;

    for (const uint8_t *at = wz_find_bytes(file, bytes.length, name, sizeof name - 1); at != NULL;
         at = wz_find_bytes(at + 1, (size_t)(end - at) - 1, name, sizeof name - 1)) {
        const uint8_t *rest = at + sizeof name - 1;
        wz_finding     finding = { .rule = WZ_RULE_MSI_CONDITION, .evidence = WZ_EVIDENCE_HERE };
        char           sign[3];
        size_t         number_at;
        unsigned       number;

        if (!read_condition(rest, (size_t)(end - rest), sign, &number_at, &number))
            continue;
        knows |= number == 6003;
        if (number != 6002)
            continue;
        if (strcmp(sign, ">=") == 0 || strcmp(sign, "<") == 0)
            finding.excuse = WZ_EXCUSE_OPEN_RANGE;
        else if (strcmp(sign, ">") == 0 || strcmp(sign, "<=") == 0)
            finding.evidence = WZ_EVIDENCE_FILE;       /* a range, less certain than equality */
        finding.grade = wz_finding_grade(finding.rule, finding.evidence, finding.excuse, false);
        finding.path = wz_copy(path);
        finding.offset = (uint64_t)(rest - file) + number_at;
        finding.place = shown(at, (size_t)(end - at));
        finding.source = wz_copy(name);
        wz_findings_add(list, &finding, first);
    }
    if (knows)                                         /* the same database has a condition for 6003 */
        wz_findings_excuse(list, begin, WZ_EXCUSE_KNOWS_6003);
}
