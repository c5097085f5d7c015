#include "check.h"
#include "scan/corpus.h"
#include "scan/scan.h"

/* ---- programs with known answers ---- */

enum { STRICT, CAPPED, TOLERANT, NOISE, KIND_COUNT };

typedef struct tally {
    unsigned forms[KIND_COUNT];
    unsigned by_best[KIND_COUNT][WZ_GRADE_COUNT];      /* of each function, its strongest grade */
    unsigned misplaced;
} tally;

static int kind_of(const char *label)
{
    static const char *const words[KIND_COUNT] = { "strict_", "capped_", "tolerant_", "noise_" };

    for (int i = 0; i < KIND_COUNT; i++)
        if (strncmp(label, words[i], strlen(words[i])) == 0)
            return i;
    return -1;
}

static bool is_as_wished(int kind, wz_grade best)
{
    switch (kind) {
    case STRICT: return best >= WZ_GRADE_B;
    case CAPPED: return best >= WZ_GRADE_C;
    default:     return best == WZ_GRADE_NONE;
    }
}

/* The strongest grade within one function. */
static wz_grade best_of(const wz_findings *list, const wz_text *map, const char *label)
{
    wz_grade best = WZ_GRADE_NONE;

    for (size_t i = 0; i < list->count; i++) {
        char *where = corpus_label(map, list->items[i].rva);

        if (strcmp(where, label) == 0 && list->items[i].grade > best)
            best = list->items[i].grade;
        free(where);
    }
    return best;
}

static bool judge_program(const char *name, tally *out)
{
    char         path[64];
    wz_text      program = { 0 }, map = { 0 };
    wz_findings  list = { 0 };
    wz_scan_note note;
    const char  *at;

    snprintf(path, sizeof path, "%s.dll", name);
    if (!corpus_read(path, &program))
        return false;
    snprintf(path, sizeof path, "%s.map", name);
    assert_true(corpus_read(path, &map));
    assert_int_equal(wz_scan_file(name, (wz_view){ program.at, program.length }, NULL, &list, &note), WZ_OK);
    assert_int_equal(note.kind, WZ_SCAN_PROGRAM);
    assert_int_equal(note.unknown, WZ_UNKNOWN_NOT);
    for (at = wz_text_at(&map); *at != '\0';) {
        const char *space = strchr(at, ' ');
        char       *label = wz_copy_part(space + 1, strcspn(space + 1, "\r\n"));
        int         kind = kind_of(label);

        if (kind >= 0) {
            wz_grade best = best_of(&list, &map, label);

            out->forms[kind]++;
            out->by_best[kind][best]++;
            if (!is_as_wished(kind, best))
                print_message("  %s: %s is %s\n", name, label, wz_grade_name(best));
        }
        at = space + 1 + strlen(label);
        at += strspn(at, "\r\n");
        free(label);
    }
    wz_findings_clear(&list);
    wz_text_clear(&program);
    wz_text_clear(&map);
    return true;
}

static void tells_the_forms_of_compilers_apart(void **state)
{
    static const char *const kinds[KIND_COUNT] = { "strict", "capped", "tolerant", "noise" };
    static const char *const arches[] = { "x64", "x86" }, *const compilers[] = { "gcc", "clang" };
    static const char *const levels[] = { "O0", "O1", "O2", "Os" };
    tally    all = { 0 };
    unsigned found, wanted, falsely, harmless;

    (void)state;
    for (size_t i = 0; i < 16; i++) {
        char name[64];

        snprintf(name, sizeof name, "forms-%s-%s-%s", arches[i / 8], compilers[i / 4 % 2], levels[i % 4]);
        if (!judge_program(name, &all)) {
            skip();
            return;
        }
        if (i % 4 == 0) {
            snprintf(name, sizeof name, "ports-%s-%s-O2", arches[i / 8], compilers[i / 4 % 2]);
            assert_true(judge_program(name, &all));
        }
    }
    print_message("            A     B     C     D     0   of\n");
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        print_message("%-9s", kinds[kind]);
        for (int grade = WZ_GRADE_A; grade >= WZ_GRADE_NONE; grade--)
            print_message("%5u ", all.by_best[kind][grade]);
        print_message("%5u\n", all.forms[kind]);
    }
    wanted = all.forms[STRICT] + all.forms[CAPPED];
    found = wanted - all.by_best[STRICT][WZ_GRADE_NONE] - all.by_best[CAPPED][WZ_GRADE_NONE];
    harmless = all.forms[TOLERANT] + all.forms[NOISE];
    falsely = all.by_best[TOLERANT][WZ_GRADE_A] + all.by_best[TOLERANT][WZ_GRADE_B]
              + all.by_best[NOISE][WZ_GRADE_A] + all.by_best[NOISE][WZ_GRADE_B];
    assert_true(wanted > 300 && harmless > 200);
    assert_true(found * 100 >= wanted * 95);
    assert_true(falsely * 100 <= harmless);
}

/* Wine's programs run on any Windows: whatever is found in them would be a false alarm. */
static void raises_no_alarm_in_real_programs(void **state)
{
    wz_text     paths = { 0 };
    wz_findings list = { 0 };
    unsigned    scanned = 0, missing = 0;

    (void)state;
    if (!corpus_read("wine.txt", &paths)) {
        skip();
        return;
    }
    for (const char *at = wz_text_at(&paths); *at != '\0'; at += strspn(at, "\r\n")) {
        size_t       length = strcspn(at, "\r\n");
        char        *path = wz_copy_part(at, length);
        wz_text      file = { 0 };
        wz_scan_note note;

        if (corpus_read_any(path, &file)) {
            assert_int_equal(wz_scan_file(path, (wz_view){ file.at, file.length }, NULL, &list, &note), WZ_OK);
            scanned += note.kind != WZ_SCAN_OTHER;
            if (note.unknown != WZ_UNKNOWN_NOT)
                print_message("%s: cannot tell, %d\n", path, note.unknown);
        } else {
            missing++;
        }
        wz_text_clear(&file);
        free(path);
        at += length;
    }
    print_message("%u programs of Wine scanned, %u not there\n", scanned, missing);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].grade > WZ_GRADE_NONE)
            print_error("%s %s: %s\n", wz_grade_name(list.items[i].grade), list.items[i].path, list.items[i].place);
    assert_int_equal(list.by_grade[WZ_GRADE_A] + list.by_grade[WZ_GRADE_B] + list.by_grade[WZ_GRADE_C], 0);
    wz_findings_clear(&list);
    wz_text_clear(&paths);
    if (scanned < 50)
        skip();
}

int test_scan_code(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_forms_of_compilers_apart),
        cmocka_unit_test(raises_no_alarm_in_real_programs),
    };

    return cmocka_run_group_tests_name("scan_code", tests, NULL, NULL);
}
