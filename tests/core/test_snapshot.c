#include "check.h"
#include "core/snapshot.h"
#include "core/xml.h"
#include "resource.h"
#include "words.h"

static wz_status read_text(const char *text, size_t length, wz_snapshot **out, wz_error *err)
{
    wz_text   schema = test_read("resources/snapshot.xsd");
    wz_status status = wz_snapshot_read("machine.xml", (wz_view){ text, length },
                                        (wz_view){ schema.at, schema.length }, out, err);

    wz_text_clear(&schema);
    return status;
}

static void value_that_does_not_fit_is_unreadable(void **state)
{
    wz_snapshot *snapshot = wz_snapshot_create();
    wz_version   version;
    uint64_t     number;

    (void)state;
    assert_null(wz_snapshot_text(snapshot, WZ_FACT_VERSION_API));
    wz_fact_known(snapshot, WZ_FACT_VERSION_API, 1, "API", "6.0.banana");
    assert_int_equal(snapshot->facts[WZ_FACT_VERSION_API].state, WZ_FACT_UNREADABLE);
    assert_int_equal(snapshot->facts[WZ_FACT_VERSION_API].os_code, 13);
    assert_false(wz_snapshot_version(snapshot, WZ_FACT_VERSION_API, &version));
    wz_fact_known(snapshot, WZ_FACT_VERSION_API, 2, "API", "6.0.6003");
    assert_true(wz_snapshot_version(snapshot, WZ_FACT_VERSION_API, &version));
    assert_int_equal(version.build, 6003);
    wz_fact_known(snapshot, WZ_FACT_EDITION, 1, "API", "-1");
    assert_false(wz_snapshot_number(snapshot, WZ_FACT_EDITION, &number));
    wz_fact_known_number(snapshot, WZ_FACT_EDITION, 1, NULL, 36);
    assert_true(wz_snapshot_number(snapshot, WZ_FACT_EDITION, &number));
    assert_int_equal(number, 36);
    wz_fact_known(snapshot, WZ_FACT_SERVER_CORE, 1, "API", "yes");
    assert_false(wz_snapshot_flag(snapshot, WZ_FACT_SERVER_CORE));
    wz_fact_known(snapshot, WZ_FACT_SERVER_CORE, 1, "API", "1");
    assert_true(wz_snapshot_flag(snapshot, WZ_FACT_SERVER_CORE));
    wz_fact_known(snapshot, WZ_FACT_SERVER_CORE, 1, "API", "0");
    assert_false(wz_snapshot_flag(snapshot, WZ_FACT_SERVER_CORE));
    wz_fact_absent(snapshot, WZ_FACT_SERVER_CORE, 1, "API");
    assert_false(wz_snapshot_flag(snapshot, WZ_FACT_SERVER_CORE));
    wz_fact_known(snapshot, WZ_FACT_COMPUTER_NAME, 1, "API", "caf\xE9");
    assert_null(wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME));
    wz_snapshot_add_manifest(snapshot, "Package_for_KB1~31BF3856AD364E35~x86~~6.0.1.1.MUM");
    CHECK_TEXT(snapshot->manifests[0], "package_for_kb1~31bf3856ad364e35~x86~~6.0.1.1");
    wz_snapshot_free(snapshot);
}

/* A value of its kind for any fact. */
static const char *value_for(wz_fact_id id)
{
    static const char *const values[] = { "Server\xC2\xAE <2008>\n\t\"a&b\" \xF0\x9F\x98\x80 ", "6.0.6003.20706", "42",
                                          "1" };

    for (size_t i = 0; i < WZ_COUNT(values); i++)
        if (wz_fact_fits(id, values[i]))
            return values[i];
    return "";
}

static wz_snapshot *make_full(void)
{
    wz_snapshot *snapshot = wz_snapshot_create();

    snapshot->taken = 1768295100;
    for (int i = 0; i < WZ_FACT_COUNT; i++)
        switch (i % 5) {
        case 0: case 1: case 2:
            wz_fact_known(snapshot, (wz_fact_id)i, 1768295101 + i, "registry HKLM\\\"x\"", value_for((wz_fact_id)i));
            assert_int_equal(snapshot->facts[i].state, WZ_FACT_KNOWN);
            break;
        case 3:
            wz_fact_unreadable(snapshot, (wz_fact_id)i, 0, NULL, i % 2 == 0 ? 0 : 0x80041003u);
            break;
        default:
            if (i % 2 == 0)
                wz_fact_absent(snapshot, (wz_fact_id)i, 5, "");
            break;
        }
    wz_fact_known(snapshot, WZ_FACT_CAPTION, 9, "WMI", "");        /* known and empty */
    wz_snapshot_add_package(snapshot, "Package_for_KB1~31bf3856ad364e35~x86~~6.0.1.1", 112);
    wz_snapshot_add_package(snapshot, "", INT32_MIN);
    wz_snapshot_add_package(snapshot, "a & b <c>", INT32_MAX);
    wz_snapshot_add_hotfix(snapshot, "KB948465");
    wz_snapshot_add_hotfix(snapshot, "{12345678-1234-1234-1234-123456789012}");
    wz_snapshot_add_manifest(snapshot, "package_for_kb1~31bf3856ad364e35~x86~~6.0.1.1");
    return snapshot;
}

static void check_equal(const wz_snapshot *a, const wz_snapshot *b)
{
    assert_int_equal(a->taken, b->taken);
    for (size_t i = 0; i < WZ_FACT_COUNT; i++) {
        CHECK_ROW(i, a->facts[i].state == b->facts[i].state);
        CHECK_ROW(i, a->facts[i].os_code == b->facts[i].os_code);
        CHECK_ROW(i, a->facts[i].time == b->facts[i].time);
        CHECK_TEXT(a->facts[i].source, b->facts[i].source);
        CHECK_TEXT(a->facts[i].value, b->facts[i].value);
    }
    assert_int_equal(a->package_count, b->package_count);
    for (size_t i = 0; i < a->package_count; i++) {
        CHECK_TEXT(a->packages[i].name, b->packages[i].name);
        CHECK_ROW(i, a->packages[i].state == b->packages[i].state);
    }
    assert_int_equal(a->hotfix_count, b->hotfix_count);
    for (size_t i = 0; i < a->hotfix_count; i++)
        CHECK_TEXT(a->hotfixes[i], b->hotfixes[i]);
    assert_int_equal(a->manifest_count, b->manifest_count);
    for (size_t i = 0; i < a->manifest_count; i++)
        CHECK_TEXT(a->manifests[i], b->manifests[i]);
}

static void check_round_trip(wz_snapshot *snapshot)
{
    wz_text      text = { 0 };
    wz_text      again = { 0 };
    wz_snapshot *read = NULL;
    wz_error     error = { .status = WZ_OK };

    wz_snapshot_write(snapshot, &text);
    if (read_text(text.at, text.length, &read, &error) != WZ_OK)
        fail_msg("%s", test_error(&error));
    check_equal(read, snapshot);
    wz_snapshot_write(read, &again);
    CHECK_TEXT(wz_text_at(&again), wz_text_at(&text));
    assert_true(text.at[text.length - 1] == '\n');
    wz_snapshot_free(read);
    wz_snapshot_free(snapshot);
    wz_text_clear(&text);
    wz_text_clear(&again);
}

static void what_is_written_is_read_back_exactly(void **state)
{
    (void)state;
    check_round_trip(make_full());
    check_round_trip(wz_snapshot_create());
}

static void facts_of_a_later_version_are_skipped(void **state)
{
    static const char text[] =
        "<snapshot version='1' taken='2026-01-13T09:05:00Z'>\n"
        "<fact id='future.thing' state='known' source='x' time='2026-01-13T09:05:00Z'>anything at all</fact>\n"
        "<fact id='version.api' state='known'>6.0.6002</fact></snapshot>";
    wz_snapshot *snapshot = NULL;
    wz_version   version;

    (void)state;
    assert_int_equal(read_text(text, sizeof text - 1, &snapshot, NULL), WZ_OK);
    assert_true(wz_snapshot_version(snapshot, WZ_FACT_VERSION_API, &version));
    assert_null(snapshot->facts[WZ_FACT_VERSION_API].source);
    wz_snapshot_free(snapshot);
}

#define SNAP(inside) "<snapshot version='1'>\n" inside "</snapshot>"

static void nonsense_is_refused_with_line_and_reason(void **state)
{
    static const struct { const char *text; unsigned line, reason; } rows[] = {
        { SNAP("<fact id='version.api' state='known'>six</fact>"), 2, IDS_REASON_VALUE },
        { SNAP("\n<fact id='version.edition' state='known'>0x24</fact>"), 3, IDS_REASON_VALUE },
        { SNAP("<fact id='version.edition' state='known'></fact>"), 2, IDS_REASON_VALUE },
        { SNAP("<fact id='version.edition' state='known'>18446744073709551616</fact>"), 2, IDS_REASON_VALUE },
        { SNAP("<fact id='version.serverCore' state='known'>2</fact>"), 2, IDS_REASON_VALUE },
        { SNAP("<fact id='version.serverCore' state='known'>true</fact>"), 2, IDS_REASON_VALUE },
        { SNAP("<fact id='version.serverCore' state='absent'>1</fact>"), 2, IDS_REASON_VALUE },
        { SNAP("<fact id='version.serverCore' state='absent' code='5'/>"), 2, IDS_REASON_VALUE },
        { SNAP("<fact id='version.serverCore' state='unreadable' code='4294967296'/>"), 2, IDS_REASON_VALUE },
        { SNAP("<fact id='version.serverCore' state='known' time='2026-13-01T00:00:00Z'>1</fact>"), 2,
          IDS_REASON_VALUE },
        { SNAP("<fact id='computer.name' state='known'>A</fact>\n<fact id='computer.name' state='absent'/>"), 3,
          IDS_REASON_TWICE },
        { SNAP("<fact id='computer.name' state='guessed'>A</fact>"), 2, IDS_REASON_SCHEMA },
        { SNAP("<fact id='computer.name'>A</fact>"), 2, IDS_REASON_SCHEMA },
        { SNAP("<fact id='a b' state='absent'/>"), 2, IDS_REASON_SCHEMA },
        { SNAP("<fact id='computer.name' state='known' time='yesterday'>A</fact>"), 2, IDS_REASON_SCHEMA },
        { SNAP("<fact id='computer.name' state='known'><b/></fact>"), 2, IDS_REASON_SCHEMA },
        { SNAP("<packages><package name='a' state='x'/></packages>"), 2, IDS_REASON_SCHEMA },
        { SNAP("<packages>\n<package name='a' state='2147483648'/></packages>"), 3, IDS_REASON_VALUE },
        { SNAP("<packages>\n<package name='a' state='-2147483649'/></packages>"), 3, IDS_REASON_VALUE },
        { SNAP("<packages/><packages/>"), 2, IDS_REASON_SCHEMA },
        { SNAP("<manifests/><hotfixes/>"), 2, IDS_REASON_SCHEMA },
        { "<snapshot version='2'/>", 1, IDS_REASON_SCHEMA },
        { "<snapshot version='1' taken='2026-02-30T00:00:00Z'/>", 1, IDS_REASON_VALUE },
        { "<catalogue/>", 1, IDS_REASON_ROOT },
        { "<!DOCTYPE snapshot>\n<snapshot version='1'/>", 1, IDS_REASON_DOCTYPE },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_snapshot *snapshot = NULL;
        wz_error     error = { .status = WZ_OK };
        wz_status    status = read_text(rows[i].text, strlen(rows[i].text), &snapshot, &error);

        if (error.line != rows[i].line || error.reason != rows[i].reason)
            print_error("row %u: %s\n", (unsigned)i, test_error(&error));
        CHECK_ROW(i, status == WZ_E_FORMAT && snapshot == NULL);
        CHECK_ROW(i, error.line == rows[i].line && error.reason == rows[i].reason);
    }
}

static void every_fact_knows_its_kind(void **state)
{
    static const char *const shapes[] = { "free text", "6.0.6002", "7", "1" };
    /* One letter a fact, in the order of the list: T text, V version, N number, F flag. */
    static const char kinds[] = "TTTTVVVVVTNTTTNNFTNNVFNNTFFTNNFFFNNNNNNNNNTTTNTTTTTTFNNN";

    (void)state;
    assert_int_equal(strlen(kinds), WZ_FACT_COUNT);
    for (int i = 0; i < WZ_FACT_COUNT; i++) {
        char letter = wz_fact_fits((wz_fact_id)i, shapes[0]) ? 'T'
                    : wz_fact_fits((wz_fact_id)i, shapes[1]) ? 'V'
                    : wz_fact_fits((wz_fact_id)i, shapes[2]) ? 'N'
                    : wz_fact_fits((wz_fact_id)i, shapes[3]) ? 'F' : '?';

        if (letter != kinds[i])
            print_error("%s\n", wz_fact_name((wz_fact_id)i));
        CHECK_ROW(i, letter == kinds[i]);
    }
}

static void twelve_thousand_packages_go_round(void **state)
{
    wz_snapshot *snapshot = wz_snapshot_create();

    (void)state;
    for (unsigned i = 0; i < 12000; i++) {
        char name[160];

        snprintf(name, sizeof name, "Package_%u_for_KB%u_server~31bf3856ad364e35~amd64~~6.0.1.%u", i % 200,
                 900000 + i, i);
        wz_snapshot_add_package(snapshot, name, i % 2 == 0 ? 7 : 0x70);
        wz_snapshot_add_manifest(snapshot, name);
        wz_snapshot_add_hotfix(snapshot, name);
    }
    check_round_trip(snapshot);
}

static void limit_is_kept(void **state)
{
    size_t       length = WZ_SNAPSHOT_MAX_BYTES + 1;
    char        *text = malloc(length);
    wz_snapshot *snapshot = NULL;
    wz_error     error = { .status = WZ_OK };

    (void)state;
    assert_non_null(text);
    memset(text, ' ', length);
    memcpy(text, "<snapshot version='1'/>", 23);
    assert_int_equal(read_text(text, length, &snapshot, &error), WZ_E_LIMIT);
    assert_int_equal(error.reason, IDS_REASON_TOO_LARGE);
    assert_int_equal(read_text(text, 1000, &snapshot, &error), WZ_OK);
    wz_snapshot_free(snapshot);
    free(text);
}

static int start(void **state)
{
    (void)state;
    wz_xml_start();
    return 0;
}

int test_snapshot(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_that_does_not_fit_is_unreadable),
        cmocka_unit_test(every_fact_knows_its_kind),
        cmocka_unit_test(what_is_written_is_read_back_exactly),
        cmocka_unit_test(facts_of_a_later_version_are_skipped),
        cmocka_unit_test(nonsense_is_refused_with_line_and_reason),
        cmocka_unit_test(twelve_thousand_packages_go_round),
        cmocka_unit_test(limit_is_kept),
    };

    return cmocka_run_group_tests_name("snapshot", tests, start, NULL);
}
