#include "scan/parts.h"

#include <stdlib.h>
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
    while (i < room && length < 2 && strchr("<>=", at[i]) != NULL && at[i] != 0)
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

/* ---- conditions that somebody else has read ---- */

void wz_conditions_add(wz_conditions *list, const char *table, const char *text)
{
    if (strstr(text, "WindowsBuild") == NULL)
        return;
    list->texts = wz_grow(list->texts, list->count, &list->room, sizeof *list->texts);
    list->tables = wz_grow(list->tables, list->count, &list->table_room, sizeof *list->tables);
    list->texts[list->count] = wz_copy(text);
    list->tables[list->count++] = wz_copy(table);
}

void wz_conditions_clear(wz_conditions *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->texts[i]);
        free(list->tables[i]);
    }
    free(list->texts);
    free(list->tables);
    *list = (wz_conditions){ 0 };
}

/* "LaunchCondition: WindowsBuild = 6002" */
static char *place_of(const char *table, const char *text)
{
    wz_text place = { 0 };
    char   *cut = shown((const uint8_t *)text, strlen(text));

    wz_text_add(&place, table);
    wz_text_add(&place, ": ");
    wz_text_add(&place, cut);
    free(cut);
    return wz_text_take(&place);
}

void wz_msi_scan_conditions(const char *path, const wz_conditions *conditions, wz_findings *list)
{
    wz_text all = { 0 };
    size_t  first = list->count, row = 0, end = 0;

    for (size_t i = 0; i < conditions->count; i++) {
        wz_text_add(&all, conditions->texts[i]);
        wz_text_add(&all, "\n");
    }
    wz_msi_scan(path, (wz_view){ wz_text_at(&all), all.length }, list, first);
    for (size_t i = first; i < list->count; i++) {     /* in the order of the text */
        wz_finding *finding = &list->items[i];

        for (; row < conditions->count && end <= finding->offset; row++)
            end += strlen(conditions->texts[row]) + 1;
        free(finding->place);
        finding->place = place_of(conditions->tables[row - 1], conditions->texts[row - 1]);
        finding->offset = 0;
    }
    wz_text_clear(&all);
}
