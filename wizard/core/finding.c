#include "core/finding.h"

#include <stdlib.h>
#include <string.h>

#include "resource.h"

static const struct { const char *name; unsigned meaning, advice; } rules[WZ_RULE_COUNT] = {
    [WZ_RULE_CODE_EQUAL]        = { "code-equal",         IDS_SCAN_CODE_EQUAL,   IDS_SCAN_DO_VENDOR },
    [WZ_RULE_CODE_WORD]         = { "code-word",          IDS_SCAN_CODE_WORD,    IDS_SCAN_DO_VENDOR },
    [WZ_RULE_CODE_RANGE]        = { "code-range",         IDS_SCAN_CODE_RANGE,   IDS_SCAN_DO_VENDOR },
    [WZ_RULE_CODE_TABLE]        = { "code-table",         IDS_SCAN_CODE_TABLE,   IDS_SCAN_DO_VENDOR },
    [WZ_RULE_CODE_VERIFY]       = { "code-verify",        IDS_SCAN_CODE_VERIFY,  IDS_SCAN_DO_VENDOR },
    [WZ_RULE_IL_EQUAL]          = { "il-equal",           IDS_SCAN_IL_EQUAL,     IDS_SCAN_DO_VENDOR },
    [WZ_RULE_IL_RANGE]          = { "il-range",           IDS_SCAN_IL_RANGE,     IDS_SCAN_DO_VENDOR },
    [WZ_RULE_DATA_TABLE]        = { "data-table",         IDS_SCAN_DATA_TABLE,   IDS_SCAN_DO_VENDOR },
    [WZ_RULE_DATA_TEXT]         = { "data-text",          IDS_SCAN_DATA_TEXT,    IDS_SCAN_DO_LOOK },
    [WZ_RULE_TEXT_EQUAL]        = { "text-equal",         IDS_SCAN_TEXT_EQUAL,   IDS_SCAN_DO_EDIT },
    [WZ_RULE_TEXT_RANGE]        = { "text-range",         IDS_SCAN_TEXT_RANGE,   IDS_SCAN_DO_EDIT },
    [WZ_RULE_TEXT_FIND]         = { "text-find",          IDS_SCAN_TEXT_FIND,    IDS_SCAN_DO_EDIT },
    [WZ_RULE_TEXT_QUERY]        = { "text-query",         IDS_SCAN_TEXT_QUERY,   IDS_SCAN_DO_EDIT },
    [WZ_RULE_TEXT_FILE_VERSION] = { "text-file-version",  IDS_SCAN_TEXT_FILE,    IDS_SCAN_DO_LOOK },
    [WZ_RULE_MSI_CONDITION]     = { "msi-condition",      IDS_SCAN_MSI,          IDS_SCAN_DO_INSTALLER },
};

static const unsigned excuses[WZ_EXCUSE_COUNT] = {
    [WZ_EXCUSE_KNOWS_6003] = IDS_SCAN_KNOWS_6003, [WZ_EXCUSE_OPEN_RANGE] = IDS_SCAN_OPEN_RANGE,
    [WZ_EXCUSE_MESSAGE] = IDS_SCAN_MESSAGE, [WZ_EXCUSE_LAYER] = IDS_SCAN_LAYER, [WZ_EXCUSE_OWN] = IDS_SCAN_OWN,
    [WZ_EXCUSE_ASSERT] = IDS_SCAN_ASSERT, [WZ_EXCUSE_COMPONENT] = IDS_SCAN_COMPONENT,
    [WZ_EXCUSE_NAMES] = IDS_SCAN_NAMES, [WZ_EXCUSE_UNRELATED] = IDS_SCAN_UNRELATED,
};

const char *wz_rule_name(wz_rule rule)
{
    return rules[rule].name;
}

unsigned wz_rule_meaning(wz_rule rule)
{
    return rules[rule].meaning;
}

unsigned wz_rule_advice(wz_rule rule)
{
    return rules[rule].advice;
}

const char *wz_grade_name(wz_grade grade)
{
    static const char *const names[WZ_GRADE_COUNT] = { "0", "D", "C", "B", "A" };

    return names[grade];
}

unsigned wz_grade_word(wz_grade grade)
{
    static const unsigned words[WZ_GRADE_COUNT] = {
        IDS_SCAN_GRADE_NONE, IDS_SCAN_GRADE_D, IDS_SCAN_GRADE_C, IDS_SCAN_GRADE_B, IDS_SCAN_GRADE_A,
    };

    return words[grade];
}

unsigned wz_evidence_word(wz_evidence evidence)
{
    static const unsigned words[WZ_EVIDENCE_COUNT] = { IDS_SCAN_FROM_NOWHERE, IDS_SCAN_FROM_FILE, IDS_SCAN_FROM_HERE };

    return words[evidence];
}

unsigned wz_excuse_word(wz_excuse excuse)
{
    return excuses[excuse];
}

/* ---- grades ---- */

wz_grade wz_finding_grade(wz_rule rule, wz_evidence evidence, wz_excuse excuse, bool is_driver)
{
    if (excuse != WZ_EXCUSE_NONE || (evidence == WZ_EVIDENCE_NONE && rule != WZ_RULE_TEXT_FILE_VERSION))
        return WZ_GRADE_NONE;
    switch (rule) {
    case WZ_RULE_CODE_EQUAL: case WZ_RULE_CODE_WORD: case WZ_RULE_CODE_VERIFY: case WZ_RULE_IL_EQUAL:
        return evidence == WZ_EVIDENCE_HERE || is_driver ? WZ_GRADE_A : WZ_GRADE_B;
    case WZ_RULE_TEXT_EQUAL: case WZ_RULE_TEXT_FIND: case WZ_RULE_TEXT_QUERY: case WZ_RULE_MSI_CONDITION:
        return evidence == WZ_EVIDENCE_HERE ? WZ_GRADE_B : WZ_GRADE_C;
    case WZ_RULE_CODE_RANGE: case WZ_RULE_CODE_TABLE: case WZ_RULE_IL_RANGE: case WZ_RULE_DATA_TABLE:
    case WZ_RULE_TEXT_RANGE:
        return WZ_GRADE_C;
    case WZ_RULE_DATA_TEXT: case WZ_RULE_TEXT_FILE_VERSION: case WZ_RULE_COUNT:
        break;
    }
    return WZ_GRADE_D;
}

/* ---- the list ---- */

static void finding_clear(wz_finding *finding)
{
    free(finding->path);
    free(finding->place);
    free(finding->bytes);
    free(finding->source);
    free(finding->suppressed);
    *finding = (wz_finding){ 0 };
}

void wz_findings_add(wz_findings *list, wz_finding *finding, size_t first_of_file)
{
    list->by_grade[finding->grade]++;
    if (list->count - first_of_file >= WZ_FINDINGS_PER_FILE) {
        list->left_off++;
        finding_clear(finding);
        return;
    }
    list->items = wz_grow(list->items, list->count, &list->room, sizeof *list->items);
    list->items[list->count++] = *finding;
}

void wz_findings_clear(wz_findings *list)
{
    for (size_t i = 0; i < list->count; i++)
        finding_clear(&list->items[i]);
    free(list->items);
    *list = (wz_findings){ 0 };
}

void wz_findings_excuse(wz_findings *list, size_t first, wz_excuse excuse)
{
    for (size_t i = first; i < list->count; i++) {
        wz_finding *finding = &list->items[i];

        if (finding->grade == WZ_GRADE_NONE)
            continue;
        list->by_grade[finding->grade]--;
        list->by_grade[WZ_GRADE_NONE]++;
        finding->grade = WZ_GRADE_NONE;
        finding->excuse = excuse;
    }
}

bool wz_layer_answers(const char *layers)
{
    for (const char *word = layers; *word != '\0'; word += strspn(word, " ~")) {
        if (wz_starts_nocase(word, "WIN") || wz_starts_nocase(word, "NT4") || wz_starts_nocase(word, "VISTA"))
            return true;
        word += strcspn(word, " ~");
    }
    return false;
}

static int compare(const void *left, const void *right)
{
    const wz_finding *a = left, *b = right;
    int               order;

    if (a->grade != b->grade)
        return a->grade > b->grade ? -1 : 1;
    order = wz_compare_nocase(a->path, b->path);
    if (order == 0)
        order = a->offset < b->offset ? -1 : a->offset > b->offset;
    if (order == 0)
        order = (int)a->rule - (int)b->rule;
    /* rows of an installer's tables have no offset; qsort alone would order them anew each time */
    return order != 0 || a->place == NULL || b->place == NULL ? order : strcmp(a->place, b->place);
}

void wz_findings_sort(wz_findings *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare);
}

void wz_findings_keep(wz_findings *list, size_t most)
{
    wz_findings_sort(list);
    while (list->count > most) {
        finding_clear(&list->items[--list->count]);
        list->left_off++;
    }
}

void wz_findings_move(wz_findings *list, wz_findings *from)
{
    for (size_t i = 0; i < from->count; i++) {
        list->items = wz_grow(list->items, list->count, &list->room, sizeof *list->items);
        list->items[list->count++] = from->items[i];
    }
    for (size_t grade = 0; grade < WZ_GRADE_COUNT; grade++)
        list->by_grade[grade] += from->by_grade[grade];
    list->left_off += from->left_off;
    free(from->items);
    *from = (wz_findings){ 0 };
}

static bool ends_with_path(const char *path, const char *end)
{
    size_t length = strlen(path), wanted = strlen(end);
    char   before;

    if (wanted == 0 || wanted > length || !wz_equal_nocase(path + length - wanted, end))
        return false;
    before = wanted < length ? path[length - wanted - 1] : '\\';
    return before == '\\' || before == '/' || *end == '\\' || *end == '/';
}

void wz_findings_suppress(wz_findings *list, const wz_suppression items[], size_t count)
{
    for (size_t i = 0; i < list->count; i++)
        for (size_t n = 0; n < count; n++) {
            wz_finding *finding = &list->items[i];

            if (finding->suppressed == NULL && ends_with_path(finding->path, items[n].path_end)
                && (strcmp(items[n].rule, "*") == 0 || strcmp(items[n].rule, wz_rule_name(finding->rule)) == 0))
                finding->suppressed = wz_copy(items[n].reason);
        }
}

/* ---- words ---- */

static void add_sentence(const wz_words *words, unsigned id, const char *arg, wz_text *out)
{
    if (out->length > 0)
        wz_text_add(out, " ");
    wz_words_fill(words, id, &arg, arg != NULL, out);
}

void wz_finding_explain(const wz_finding *finding, const wz_words *words, wz_text *out)
{
    add_sentence(words, rules[finding->rule].meaning, NULL, out);
    if (finding->excuse != WZ_EXCUSE_NONE) {
        add_sentence(words, excuses[finding->excuse], NULL, out);
        return;                                        /* harmless: nothing to do */
    }
    add_sentence(words, wz_evidence_word(finding->evidence), finding->source, out);
    add_sentence(words, rules[finding->rule].advice, NULL, out);
}
