#include "scan/confusion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan/corpus.h"

static const char *const kinds[CONFUSION_KIND_COUNT] = { "strict", "capped", "tolerant", "noise", "trap" };

/* "strict_branch" or "strict scripts/x.cmd": the kind that its first word says; -1. */
static int kind_of(const char *label)
{
    size_t length = strcspn(label, "_ ");

    for (int i = 0; i < CONFUSION_KIND_COUNT; i++)
        if (strlen(kinds[i]) == length && strncmp(label, kinds[i], length) == 0)
            return i;
    return -1;
}

static bool is_as_wished(int kind, wz_grade best)
{
    switch (kind) {
    case CONFUSION_STRICT: return best >= WZ_GRADE_B;
    case CONFUSION_CAPPED: return best >= WZ_GRADE_C;
    default:               return best == WZ_GRADE_NONE;
    }
}

static void count(confusion *out, int kind, wz_grade best, const char *where, const char *label)
{
    out->of[kind]++;
    out->best[kind][best]++;
    if (!is_as_wished(kind, best)) {
        wz_text_add(&out->strays, where);
        wz_text_add(&out->strays, ": ");
        wz_text_add(&out->strays, label);
        wz_text_add(&out->strays, " is ");
        wz_text_add(&out->strays, wz_grade_name(best));
        wz_text_add(&out->strays, "\n");
    }
}

/* The strongest grade within one function, or of the whole file without a map. */
static wz_grade best_of(const wz_findings *list, const wz_text *map, const char *label)
{
    wz_grade best = WZ_GRADE_NONE;

    for (size_t i = 0; i < list->count; i++) {
        char *where = map != NULL ? corpus_label(map, list->items[i].rva) : wz_copy(label);

        if (strcmp(where, label) == 0 && list->items[i].grade > best)
            best = list->items[i].grade;
        free(where);
    }
    return best;
}

static bool scan(const char *name, const char *ending, wz_findings *list)
{
    wz_text      path = { 0 }, file = { 0 };
    wz_scan_note note = { 0 };
    bool         is_read;

    wz_text_add(&path, name);
    wz_text_add(&path, ending);
    is_read = corpus_read(wz_text_at(&path), &file)
              && wz_scan_file(wz_text_at(&path), (wz_view){ file.at, file.length }, NULL, list, &note) == WZ_OK
              && note.kind != WZ_SCAN_OTHER && note.unknown == WZ_UNKNOWN_NOT;
    wz_text_clear(&path);
    wz_text_clear(&file);
    return is_read;
}

static void measure_functions(const char *name, confusion *out)
{
    wz_findings list = { 0 };
    wz_text     path = { 0 }, map = { 0 };

    wz_text_add(&path, name);
    wz_text_add(&path, ".map");
    if (!scan(name, ".dll", &list) || !corpus_read(wz_text_at(&path), &map))
        out->unread++;
    for (const char *at = wz_text_at(&map); strchr(at, ' ') != NULL;) {
        const char *word = strchr(at, ' ') + 1;
        char       *label = wz_copy_part(word, strcspn(word, "\r\n"));
        int         kind = kind_of(label);

        if (kind >= 0)
            count(out, kind, best_of(&list, &map, label), name, label);
        at = word + strlen(label);
        at += strspn(at, "\r\n");
        free(label);
    }
    wz_findings_clear(&list);
    wz_text_clear(&map);
    wz_text_clear(&path);
}

static void measure_file(const char *name, int kind, confusion *out)
{
    wz_findings list = { 0 };

    if (!scan(name, "", &list))
        out->unread++;
    count(out, kind, best_of(&list, NULL, name), name, kinds[kind]);
    wz_findings_clear(&list);
}

bool confusion_measure(confusion *out)
{
    wz_text list = { 0 };

    *out = (confusion){ 0 };
    if (!corpus_read("corpus.txt", &list))
        return false;
    for (const char *at = wz_text_at(&list); *at != '\0'; at += strspn(at, "\r\n")) {
        size_t length = strcspn(at, "\r\n");
        char  *line = wz_copy_part(at, length);
        char  *space = strchr(line, ' ');

        if (space != NULL && strncmp(line, "map ", 4) == 0)
            measure_functions(space + 1, out);
        else if (space != NULL && kind_of(line) >= 0)
            measure_file(space + 1, kind_of(line), out);
        else
            out->unread++;
        free(line);
        at += length;
    }
    wz_text_clear(&list);
    return true;
}

void confusion_clear(confusion *table)
{
    wz_text_clear(&table->strays);
}

unsigned confusion_recall(const confusion *table)
{
    unsigned wanted = table->of[CONFUSION_STRICT] + table->of[CONFUSION_CAPPED];
    unsigned missed = table->best[CONFUSION_STRICT][WZ_GRADE_NONE] + table->best[CONFUSION_CAPPED][WZ_GRADE_NONE];

    return wanted == 0 ? 0 : (wanted - missed) * 1000 / wanted;
}

unsigned confusion_false_alarms(const confusion *table)
{
    unsigned harmless = 0, alarms = 0;

    for (int kind = CONFUSION_TOLERANT; kind < CONFUSION_KIND_COUNT; kind++) {
        harmless += table->of[kind];
        alarms += table->best[kind][WZ_GRADE_A] + table->best[kind][WZ_GRADE_B];
    }
    return harmless == 0 ? 1000 : (alarms * 1000 + harmless - 1) / harmless;
}

void confusion_print(const confusion *table, wz_text *out)
{
    char line[128];

    wz_text_add(out, "               A     B     C     D     0    of\n");
    for (int kind = 0; kind < CONFUSION_KIND_COUNT; kind++) {
        snprintf(line, sizeof line, "%-10s %5u %5u %5u %5u %5u %5u\n", kinds[kind], table->best[kind][WZ_GRADE_A],
                 table->best[kind][WZ_GRADE_B], table->best[kind][WZ_GRADE_C], table->best[kind][WZ_GRADE_D],
                 table->best[kind][WZ_GRADE_NONE], table->of[kind]);
        wz_text_add(out, line);
    }
    snprintf(line, sizeof line, "found of strict and capped: %u.%u %%; false A and B: %u.%u %%\n",
             confusion_recall(table) / 10, confusion_recall(table) % 10, confusion_false_alarms(table) / 10,
             confusion_false_alarms(table) % 10);
    wz_text_add(out, line);
}
