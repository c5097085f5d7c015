#include "check.h"
#include "core/snapshot.h"
#include "words.h"

static void package_names_give_their_kb(void **state)
{
    static const struct { const char *identity; unsigned kb; } rows[] = {
        { "Package_for_KB2999226~31bf3856ad364e35~amd64~~6.0.1.6", 2999226 },
        { "package_for_kb2999226_client_2_bf~31bf3856ad364e35~x86~~6.0.1.6", 2999226 },
        { "Package_114_for_KB955839~31bf3856ad364e35~amd64~~6.0.1.0", 955839 },
        { "Package_for_KB958690_sc_0~31bf3856ad364e35~amd64~~6.0.1.6", 958690 },
        { "Package_for_KB948609~31bf3856ad364e35~amd64~~6.0.6001.3053", 948609 },
        { "Package_for_KB948609~31bf3856ad364e35~amd64~en-US~6.0.1.1", 948609 },
        { "package_for_kb4493730~31bf3856ad364e35~ia64~~6.0.1.1.mum", 4493730 },
        { "VistaSP2-KB948465~31bf3856ad364e35~amd64~~6.0.1.18005", 948465 },
        { "KB936330~31bf3856ad364e35~amd64~~6.0.1.18000", 936330 },
        { "Package_for_KB4493730~ffffffffffffffff~amd64~~6.0.1.1", 0 },      /* not Microsoft's token */
        { "Package_for_KB4493730", 0 },
        { "Package_for_KB4493730x~31bf3856ad364e35~amd64~~6.0.1.1", 0 },
        { "Package_for_KB~31bf3856ad364e35~amd64~~6.0.1.1", 0 },
        { "Package_for_KB99999999999~31bf3856ad364e35~amd64~~6.0.1.1", 0 },
        { "Package_for_RollupFix~31bf3856ad364e35~amd64~~6.0.1.1", 0 },
        { "MyPackage_for_KB1~31bf3856ad364e35~amd64~~1.0.0.0", 0 },
        { "Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~6.0.6001.18000", 0 },
        { "Microsoft-Windows-X~31bf3856ad364e35~_for_kb4493730~~1", 0 },     /* after the name */
        { "", 0 },
        { "~31bf3856ad364e35~", 0 },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        CHECK_ROW(i, wz_package_kb(rows[i].identity) == rows[i].kb);
}

/* The number after "kb" in the first field: a second way to the same answer, for names that are known to be right. */
static unsigned kb_by_search(const char *line)
{
    for (const char *at = line; *at != '\0' && *at != '~'; at++)
        if (wz_starts_nocase(at, "kb") && at[2] >= '0' && at[2] <= '9')
            return (unsigned)strtoul(at + 2, NULL, 10);
    return 0;
}

static void real_package_names_give_their_kb(void **state)
{
    const char *shared = check_shared("package");
    wz_text     path = { 0 };
    wz_text     content = { 0 };
    size_t      count = 0;
    size_t      named = 0;

    (void)state;
    if (shared == NULL)
        skip();
    wz_text_add(&path, shared);
    wz_text_add(&path, "/version-strings/package-identities-nt60.tsv");
    if (!test_read_any(wz_text_at(&path), &content)) {
        print_message("package: %s is not there\n", wz_text_at(&path));
        wz_text_clear(&path);
        skip();
    }
    for (char *line = strchr(content.at, '\n'); line != NULL && line[1] != '\0'; line = strchr(line + 1, '\n')) {
        unsigned kb = wz_package_kb(line + 1);

        CHECK_ROW(count, kb == kb_by_search(line + 1));
        count++;
        named += kb != 0;
    }
    print_message("package: %u real identities read, %u name an update\n", (unsigned)count, (unsigned)named);
    assert_true(count >= 30 && named >= 28);
    wz_text_clear(&path);
    wz_text_clear(&content);
}

/* The listing of an update's cabinet: every .mum in it but update.mum and update-bf.mum names the update. */
static void check_listing(const char *shared, const char *file)
{
    wz_text path = { 0 };
    wz_text content = { 0 };
    size_t  count = 0;

    wz_text_add(&path, shared);
    wz_text_add(&path, file);
    if (!test_read_any(wz_text_at(&path), &content))
        print_message("package: %s is not there\n", wz_text_at(&path));
    for (char *line = content.at; line != NULL && *line != '\0';) {
        char  *name = strchr(line, '\t');
        char  *end = name != NULL ? strchr(name + 1, '\t') : NULL;
        char  *next = strchr(line, '\n');

        if (end != NULL && end - name > 5 && strncmp(end - 4, ".mum", 4) == 0) {
            *end = '\0';
            if (wz_package_kb(name + 1) != (strncmp(name + 1, "update", 6) == 0 ? 0 : 2999226))
                fail_msg("%s", name + 1);
            count++;
        }
        line = next != NULL ? next + 1 : NULL;
    }
    assert_true(content.at == NULL || count == 20);
    wz_text_clear(&path);
    wz_text_clear(&content);
}

static void file_names_of_a_real_update_give_its_kb(void **state)
{
    const char *shared = check_shared("package");

    (void)state;
    if (shared == NULL)
        skip();
    check_listing(shared, "/cab/Windows6.0-KB2999226-x64.cab.listing.tsv");
    check_listing(shared, "/cab/Windows6.0-KB2999226-x86.cab.listing.tsv");
}

static void states_are_read_on_both_scales(void **state)
{
    static const struct { int32_t value; wz_package_state meaning; } rows[] = {
        { 0, WZ_PACKAGE_ABSENT }, { 16, WZ_PACKAGE_ABSENT }, { 32, WZ_PACKAGE_ABSENT }, { 48, WZ_PACKAGE_ABSENT },
        { 1, WZ_PACKAGE_ABSENT }, { 9, WZ_PACKAGE_ABSENT }, { 0x90, WZ_PACKAGE_ABSENT }, { 0x71, WZ_PACKAGE_ABSENT },
        { 4, WZ_PACKAGE_STAGED }, { 0x40, WZ_PACKAGE_STAGED }, { 5, WZ_PACKAGE_REMOVING },
        { 6, WZ_PACKAGE_PENDING }, { 0x60, WZ_PACKAGE_PENDING }, { 0x65, WZ_PACKAGE_PENDING },
        { 0x50, WZ_PACKAGE_SUPERSEDED }, { 7, WZ_PACKAGE_INSTALLED }, { 8, WZ_PACKAGE_INSTALLED },
        { 0x70, WZ_PACKAGE_INSTALLED }, { 0x80, WZ_PACKAGE_INSTALLED },
        { -1, WZ_PACKAGE_BROKEN }, { -8, WZ_PACKAGE_BROKEN }, { INT32_MIN, WZ_PACKAGE_BROKEN },
        { INT32_MAX, WZ_PACKAGE_ABSENT },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        CHECK_ROW(i, wz_package_meaning(rows[i].value) == rows[i].meaning);
}

static void best_package_of_an_update_counts_in_any_order(void **state)
{
    /* best first: each beats everything after it */
    static const struct { int32_t value; wz_package_state meaning; } order[] = {
        { 7, WZ_PACKAGE_INSTALLED }, { 0x50, WZ_PACKAGE_SUPERSEDED }, { 6, WZ_PACKAGE_PENDING },
        { 5, WZ_PACKAGE_REMOVING }, { -2, WZ_PACKAGE_BROKEN }, { 4, WZ_PACKAGE_STAGED }, { 0, WZ_PACKAGE_ABSENT },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(order); i++)
        for (size_t j = 0; j < WZ_COUNT(order); j++) {
            wz_snapshot *snapshot = wz_snapshot_create();

            wz_snapshot_add_package(snapshot, "Package_for_KB1_server~31bf3856ad364e35~x86~~6.0.1.1", order[i].value);
            wz_snapshot_add_package(snapshot, "Package_for_KB1_BF~31bf3856ad364e35~x86~~6.0.1.1", order[j].value);
            CHECK_ROW(i * 10 + j, wz_snapshot_update_state(snapshot, 1) == order[i < j ? i : j].meaning);
            assert_int_equal(wz_snapshot_update_state(snapshot, 2), WZ_PACKAGE_ABSENT);
            wz_snapshot_free(snapshot);
        }
}

static void all_states_at_once_are_those_one_by_one(void **state)
{
    static const int32_t values[] = { 0, 4, 5, 6, 7, 0x50, 0x60, 0x70, -2 };
    enum { KBS = 300 };
    wz_snapshot     *snapshot = wz_snapshot_create();
    unsigned         kbs[KBS];
    wz_package_state states[KBS];
    unsigned         seed = 6003;

    (void)state;
    for (unsigned i = 0; i < 2000; i++) {
        char name[128];

        seed = seed * 1103515245u + 12345u;
        snprintf(name, sizeof name, "Package_%u_for_KB%u~31bf3856ad364e35~amd64~~6.0.1.%u", i,
                 1000 + seed / 65536 % 400, i);
        wz_snapshot_add_package(snapshot, name, values[seed / 7 % WZ_COUNT(values)]);
    }
    for (unsigned i = 0; i < KBS; i++)
        kbs[i] = 990 + i;
    wz_snapshot_update_states(snapshot, kbs, KBS, states);
    for (unsigned i = 0; i < KBS; i++)
        CHECK_ROW(i, states[i] == wz_snapshot_update_state(snapshot, kbs[i]));
    wz_snapshot_update_states(snapshot, NULL, 0, NULL);
    wz_snapshot_free(snapshot);
}

int test_package(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(package_names_give_their_kb),
        cmocka_unit_test(real_package_names_give_their_kb),
        cmocka_unit_test(file_names_of_a_real_update_give_its_kb),
        cmocka_unit_test(states_are_read_on_both_scales),
        cmocka_unit_test(best_package_of_an_update_counts_in_any_order),
        cmocka_unit_test(all_states_at_once_are_those_one_by_one),
    };

    return cmocka_run_group_tests_name("package", tests, NULL, NULL);
}
