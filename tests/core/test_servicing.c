/*
 * The built-in catalogue against the research it was made from: every row of the monthly updates, of the servicing
 * stacks and of the file names, so that no digit is lost. The research is not part of the project; where it is not
 * there, the tests say so and are skipped.
 */
#include "check.h"
#include "core/catalogue.h"
#include "core/xml.h"
#include "words.h"

#define CELLS 16

typedef struct facts { wz_text text; wz_catalogue *catalogue; } facts;

typedef struct row { char *cells[CELLS]; size_t count; } row;

/* Cut a line "| a | b |" into cells without blanks, code marks and emphasis; false when it is no such line. */
static bool split(char *line, row *out)
{
    *out = (row){ .count = 0 };
    if (line[0] != '|')
        return false;
    for (char *at = line + 1; out->count < CELLS;) {
        char *end = strchr(at, '|');
        char *last = end;

        if (end == NULL)
            return out->count > 0;
        while (strchr(" *`", *at) != NULL && at < end)
            at++;
        while (last > at && strchr(" *`", last[-1]) != NULL)
            last--;
        *last = '\0';
        out->cells[out->count++] = at;
        at = end + 1;
    }
    return true;
}

typedef void (*row_check)(const wz_catalogue *catalogue, const row *cells);

/* Every table row of the section that begins with the heading and whose first cell begins with first. */
static size_t each_row(const facts *all, const char *heading, const char *first, row_check check)
{
    char  *copy = wz_copy(wz_text_at(&all->text));
    char  *line = strstr(copy, heading);
    size_t count = 0;

    assert_non_null(line);
    line = strchr(line, '\n');
    while (line != NULL) {
        char *next = strchr(++line, '\n');
        row   cells;

        if (line[0] == '#')
            break;
        if (next != NULL)
            *next = '\0';
        if (split(line, &cells) && strncmp(cells.cells[0], first, strlen(first)) == 0
            && strcmp(cells.cells[0], first) != 0) {                /* the head of the table */
            check(all->catalogue, &cells);
            count++;
        }
        line = next;
    }
    free(copy);
    return count;
}

static unsigned kb_of(const char *text)
{
    return strncmp(text, "KB", 2) == 0 ? (unsigned)strtoul(text + 2, NULL, 10) : 0;
}

static const wz_update *find(const wz_catalogue *catalogue, const char *text)
{
    const wz_update *update = wz_catalogue_find(catalogue, kb_of(text));

    if (update == NULL)
        fail_msg("%s is not in the catalogue", text);
    return update;
}

static bool supersedes(const wz_update *update, unsigned kb)
{
    for (size_t i = 0; i < update->supersedes_count; i++)
        if (update->supersedes_kbs[i] == kb)
            return true;
    return false;
}

/* ---- monthly updates ---- */

enum { MONTH, DATE, ROLLUP, SECURITY_ONLY, PREVIEW, ESU, PROGRAMME, REPLACES, REPLACED_BY, IA64, BUILD, BUILD_SOURCE };

static void check_build(const wz_update *update, const row *cells)
{
    const char *build = cells->cells[BUILD];
    const char *other = strstr(build, " / ");
    char       *source = wz_copy(cells->cells[BUILD_SOURCE]);
    char       *mark = strrchr(source, '(');
    wz_text     text = { 0 };

    if (strcmp(build, "unknown") == 0) {
        assert_int_equal(update->build.major, 0);
        assert_null(update->build_source);
        free(source);
        return;
    }
    wz_text_add_version(&text, update->build, 4);
    if (other != NULL)                                              /* two values in one record: the lower */
        assert_true(strncmp(wz_text_at(&text), build, 9) == 0 && update->build.revision == strtoul(other + 3, NULL, 10)
                    && update->build.revision < strtoul(build + 9, NULL, 10));
    else
        assert_true(strncmp(wz_text_at(&text), build, text.length) == 0 && strchr(" ", build[text.length]) != NULL);
    if (strchr(build, '(') != NULL)
        assert_true(strncmp(update->build_file, strchr(build, '(') + 1, strlen(update->build_file)) == 0);
    else
        CHECK_TEXT(update->build_file, strstr(source, "NESSUS") != NULL ? "ntoskrnl.exe" : NULL);
    assert_int_equal(update->build_confidence, mark[1] == 'P' ? WZ_CONFIDENCE_P : WZ_CONFIDENCE_S);
    *mark = '\0';
    if (strncmp(source, "CNA ", 4) == 0)
        assert_true(strncmp(strstr(update->build_source, "CVE-"), source + 4, strcspn(source + 4, " ,")) == 0);
    free(source);
    wz_text_clear(&text);
}

static void check_month(const wz_catalogue *catalogue, const row *cells)
{
    static const char *const programmes[] = { "free", "ESU year 1", "ESU year 2", "ESU year 3",
                                              "ESU year 4 (Azure only)", "Premium Assurance" };
    static const wz_kind kinds[] = { WZ_KIND_ROLLUP, WZ_KIND_SECURITY_ONLY, WZ_KIND_PREVIEW };

    assert_int_equal(cells->count, 12);
    for (size_t i = 0; i < WZ_COUNT(kinds); i++) {
        const char      *kb = cells->cells[ROLLUP + i];
        const wz_update *update;
        wz_text          date = { 0 };

        if (strcmp(kb, "-") == 0 && kinds[i] == WZ_KIND_PREVIEW)
            continue;
        update = find(catalogue, kb);
        assert_int_equal(update->kind, kinds[i]);
        CHECK_TEXT(update->month, cells->cells[MONTH]);
        CHECK_TEXT(programmes[update->programme], cells->cells[PROGRAMME]);
        assert_true((update->programme == WZ_PROGRAMME_FREE) == (strcmp(cells->cells[ESU], "no") == 0));
        assert_true(((update->architectures & WZ_ARCH_IA64) != 0) == (strcmp(cells->cells[IA64], "yes") == 0));
        if (kinds[i] == WZ_KIND_PREVIEW)
            continue;
        wz_text_add_date(&date, update->date);
        if (strstr(cells->cells[MONTH], "OOB") != NULL)             /* 1 or 7 July: sources differ */
            CHECK_TEXT(wz_text_at(&date), "2021-07-07");
        else
            CHECK_TEXT(wz_text_at(&date), cells->cells[DATE]);
        wz_text_clear(&date);
        check_build(update, cells);
        assert_int_equal(update->confidence, WZ_CONFIDENCE_S_PLUS);
    }
    assert_true(supersedes(find(catalogue, cells->cells[ROLLUP]), kb_of(cells->cells[REPLACES])));
    if (strncmp(cells->cells[REPLACED_BY], "KB", 2) == 0)
        assert_true(supersedes(find(catalogue, cells->cells[REPLACED_BY]), kb_of(cells->cells[ROLLUP])));
}

static void every_monthly_update_is_as_researched(void **state)
{
    const facts *all = *state;

    if (all->text.length == 0)
        skip();
    assert_int_equal(each_row(all, "### 5B.", "20", check_month), 84);
}

/* ---- servicing stacks ---- */

static void check_stack(const wz_catalogue *catalogue, const row *cells)
{
    const wz_update *update;
    wz_text          version = { 0 };

    if (strstr(cells->cells[7], "U") != NULL || strcmp(cells->cells[7], "I") == 0) {
        assert_null(wz_catalogue_find(catalogue, kb_of(cells->cells[0])));
        return;
    }
    update = find(catalogue, cells->cells[0]);
    assert_int_equal(update->kind, WZ_KIND_STACK);
    assert_int_equal(update->confidence,
                     strncmp(cells->cells[7], "S+", 2) == 0 ? WZ_CONFIDENCE_S_PLUS : WZ_CONFIDENCE_S);
    if (strcmp(cells->cells[2], "unknown") != 0) {
        wz_text_add_version(&version, update->stack, 4);
        CHECK_TEXT(wz_text_at(&version), cells->cells[2]);
        wz_text_clear(&version);
    } else {
        assert_int_equal(update->stack.major, 0);
    }
    if (kb_of(cells->cells[3]) != 0)
        assert_true(supersedes(update, kb_of(cells->cells[3])));
    assert_true(update->needs_sha2 == (strncmp(cells->cells[4], "yes", 3) == 0));
    assert_int_equal(update->programme, WZ_PROGRAMME_FREE);
}

static void every_servicing_stack_is_as_researched(void **state)
{
    const facts *all = *state;

    if (all->text.length == 0)
        skip();
    assert_int_equal(each_row(all, "## 3.", "KB", check_stack), 20);
}

/* ---- files ---- */

static void check_file(const wz_catalogue *catalogue, const row *cells)
{
    const wz_update *update = find(catalogue, cells->cells[0]);
    const char      *folder = cells->cells[3];

    for (size_t i = 0; i < update->offer_count; i++) {
        const wz_offer *offer = &update->offers[i];

        if (strcmp(offer->name, cells->cells[2]) != 0)
            continue;
        CHECK_TEXT(wz_architecture_name(offer->architecture), cells->cells[1]);
        assert_non_null(strstr(cells->cells[2], offer->sha1));
        assert_int_equal(strlen(offer->sha1), 40);
        CHECK_TEXT(offer->folder, strncmp(folder, "unknown", 7) == 0 ? NULL : folder);
        CHECK_TEXT(offer->sha256, strcmp(cells->cells[4], "unknown") == 0 ? NULL : cells->cells[4]);
        assert_true(offer->is_inner == (strstr(folder, "inner") != NULL));
        assert_int_equal(offer->confidence,
                         strcmp(cells->cells[6], "S+") == 0 ? WZ_CONFIDENCE_S_PLUS : WZ_CONFIDENCE_S);
        return;
    }
    fail_msg("%s is not in the catalogue", cells->cells[2]);
}

static void every_file_name_and_hash_is_as_researched(void **state)
{
    const facts *all = *state;
    size_t       in_catalogue = 0;
    size_t       rows;

    if (all->text.length == 0)
        skip();
    rows = each_row(all, "## 6.", "KB", check_file);
    for (size_t i = 0; i < wz_catalogue_count(all->catalogue); i++)
        in_catalogue += wz_catalogue_at(all->catalogue, i)->offer_count;
    print_message("servicing: %u file names compared\n", (unsigned)rows);
    assert_int_equal(rows, 78);
    assert_int_equal(in_catalogue, 79);                             /* and service pack 2 in five languages */
}

static int start(void **state)
{
    facts       *all = wz_new(facts);
    const char  *shared = check_shared("servicing");
    wz_text      path = { 0 };
    wz_text      schema = test_read("resources/catalogue.xsd");
    wz_text      text = test_read("resources/catalogue.xml");
    wz_status    status;

    wz_xml_start();
    status = wz_catalogue_read("built in", (wz_view){ text.at, text.length }, (wz_view){ schema.at, schema.length },
                               &all->catalogue, NULL);
    wz_text_add(&path, shared != NULL ? shared : "");
    wz_text_add(&path, "/../facts/servicing.md");
    if (shared != NULL && !test_read_any(wz_text_at(&path), &all->text))
        print_message("servicing: %s is not there\n", wz_text_at(&path));
    wz_text_clear(&path);
    wz_text_clear(&schema);
    wz_text_clear(&text);
    *state = all;
    return status == WZ_OK ? 0 : -1;
}

static int stop(void **state)
{
    facts *all = *state;

    wz_catalogue_free(all->catalogue);
    wz_text_clear(&all->text);
    free(all);
    return 0;
}

int test_servicing(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_monthly_update_is_as_researched),
        cmocka_unit_test(every_servicing_stack_is_as_researched),
        cmocka_unit_test(every_file_name_and_hash_is_as_researched),
    };

    return cmocka_run_group_tests_name("servicing", tests, start, stop);
}
