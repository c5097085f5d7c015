#include "check.h"
#include "core/catalogue.h"
#include "core/xml.h"
#include "resource.h"
#include "words.h"

static wz_status read_text(const char *text, wz_catalogue **out, wz_error *err)
{
    wz_text   schema = test_read("resources/catalogue.xsd");
    wz_status status = wz_catalogue_read("site.xml", (wz_view){ text, strlen(text) },
                                         (wz_view){ schema.at, schema.length }, out, err);

    wz_text_clear(&schema);
    return status;
}

static wz_catalogue *read_built_in(void)
{
    wz_text       text = test_read("resources/catalogue.xml");
    wz_catalogue *catalogue = NULL;
    wz_error      error = { .status = WZ_OK };

    if (read_text(text.at, &catalogue, &error) != WZ_OK)
        fail_msg("%s", test_error(&error));
    wz_text_clear(&text);
    return catalogue;
}

static size_t count_kind(const wz_catalogue *catalogue, wz_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++)
        count += wz_catalogue_at(catalogue, i)->kind == kind;
    return count;
}

static void built_in_has_all_updates_in_order(void **state)
{
    const wz_catalogue *catalogue = *state;

    assert_int_equal(count_kind(catalogue, WZ_KIND_ROLLUP), 84);    /* 83 months and July 2021 twice */
    assert_int_equal(count_kind(catalogue, WZ_KIND_SECURITY_ONLY), 84);
    assert_int_equal(count_kind(catalogue, WZ_KIND_PREVIEW), 9);
    assert_int_equal(count_kind(catalogue, WZ_KIND_STACK), 15);
    assert_int_equal(count_kind(catalogue, WZ_KIND_LICENSING), 3);
    assert_int_equal(count_kind(catalogue, WZ_KIND_SHA2), 1);
    assert_int_equal(count_kind(catalogue, WZ_KIND_SERVICE_PACK), 1);
    assert_int_equal(count_kind(catalogue, WZ_KIND_OTHER), 12);
    for (size_t i = 1; i < wz_catalogue_count(catalogue); i++)
        CHECK_ROW(i, wz_catalogue_at(catalogue, i - 1)->kb < wz_catalogue_at(catalogue, i)->kb);
    CHECK_TEXT(wz_catalogue_name(catalogue), "site.xml");
    CHECK_TEXT(wz_catalogue_edition(catalogue), "2026-06-26");
}

static void targets_are_the_last_of_each_programme(void **state)
{
    static const struct { const char *name; unsigned kb; uint16_t build, revision; } rows[] = {
        { "6003", 4493471, 6003, 20489 }, { "free", 4534303, 6003, 20705 }, { "esu3", 5022340, 6003, 21872 },
        { "esu4", 5034173, 6003, 22464 }, { "PA", 5073697, 6003, 23717 },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_target        target = WZ_TARGET_COUNT;
        const wz_update *update;

        CHECK_ROW(i, wz_target_parse(rows[i].name, &target));
        CHECK_ROW(i, wz_equal_nocase(wz_target_name(target), rows[i].name));
        update = wz_catalogue_target(*state, target);
        CHECK_ROW(i, update->kb == rows[i].kb);
        CHECK_ROW(i, update->build.build == rows[i].build && update->build.revision == rows[i].revision);
        CHECK_ROW(i, update->kind == WZ_KIND_ROLLUP);
    }
    assert_false(wz_target_parse("esu", &(wz_target){ 0 }));
    assert_false(wz_target_parse("", &(wz_target){ 0 }));
}

static bool requires_kb(const wz_update *update, unsigned kb)
{
    for (size_t i = 0; i < update->requires_count; i++)
        if (update->requires_kbs[i] == kb)
            return true;
    return false;
}

static void rules_hold_for_every_update(void **state)
{
    const wz_catalogue *catalogue = *state;
    wz_time             july = 0;

    assert_true(wz_time_parse("2019-07-01", &july));
    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);
        bool             is_monthly = update->kind == WZ_KIND_ROLLUP || update->kind == WZ_KIND_SECURITY_ONLY;
        bool             is_esu = update->programme != WZ_PROGRAMME_FREE;

        CHECK_ROW(update->kb, update->source != NULL && *update->source != '\0');
        CHECK_ROW(update->kb, update->architectures != 0);
        CHECK_ROW(update->kb, !update->known_bad);
        if (update->kb != 4474419 && update->date != 0)             /* itself installs without SHA-2 support */
            CHECK_ROW(update->kb, update->needs_sha2 == (update->date >= july));
        if (update->needs_sha2)
            CHECK_ROW(update->kb, requires_kb(update, 4474419) && requires_kb(update, 4493730));
        if (is_monthly)
            CHECK_ROW(update->kb, is_esu == requires_kb(update, 5016891));
        if (is_monthly)
            CHECK_ROW(update->kb, ((update->architectures & WZ_ARCH_IA64) != 0) == !is_esu);
        CHECK_ROW(update->kb, (update->build.major != 0) == (update->build_source != NULL));
        if (update->kind == WZ_KIND_PREVIEW)
            CHECK_ROW(update->kb, update->build.major == 0);
        for (size_t j = 0; j < update->offer_count; j++) {
            const wz_offer *offer = &update->offers[j];

            CHECK_ROW(update->kb, strstr(offer->name, offer->sha1) != NULL);
            CHECK_ROW(update->kb, (update->architectures & (unsigned)offer->architecture) != 0);
            CHECK_ROW(update->kb, offer->is_inner == (strstr(offer->name, ".cab") != NULL));
        }
    }
    assert_false(wz_catalogue_find(catalogue, 4474419)->needs_sha2);
    assert_true(requires_kb(wz_catalogue_find(catalogue, 5022340), 5016129));
    assert_true(requires_kb(wz_catalogue_find(catalogue, 5034173), 5016129));
    assert_true(requires_kb(wz_catalogue_find(catalogue, 5073697), 5050682));
    assert_int_equal(wz_catalogue_find(catalogue, 4493730)->stack.revision, 20484);
    assert_int_equal(wz_catalogue_find(catalogue, 5016129)->stack.revision, 21569);
    CHECK_TEXT(wz_catalogue_find(catalogue, 4534303)->build_file, "crypt32.dll");
    assert_null(wz_catalogue_find(catalogue, 4570673));
    assert_null(wz_catalogue_find(catalogue, 0));
}

static void supersedence_is_followed_through_the_chain(void **state)
{
    static const struct { unsigned newer, older; bool replaces; } rows[] = {
        { 5073697, 4489880, true },  { 4489880, 5073697, false }, { 4534303, 4534303, true },
        { 4489880, 4487023, true },  /* not in the catalogue itself */
        { 5073697, 4487023, true },  { 5073697, 4534312, false }, { 5016129, 4493730, true },
        { 5050682, 4493730, true },  { 4493730, 4550737, false }, { 5016891, 4538484, true },
        { 4474419, 3212642, true },  { 1, 2, false },             { 1, 1, true },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        CHECK_ROW(i, wz_catalogue_replaces(*state, rows[i].newer, rows[i].older) == rows[i].replaces);
}

static void level_names_the_rollup_between_known_builds(void **state)
{
    static const struct { const char *version; unsigned level, next; } rows[] = {
        { "6.0.6001.18000", 0, 4489880 },       { "6.0.6002.18005", 0, 4489880 },
        { "6.0.6002.24564", 0, 4489880 },       { "6.0.6002.24565", 4489880, 4493471 },
        { "6.0.6002.24566", 4489880, 4493471 }, { "6.0.6003", 4489880, 4493471 },
        { "6.0.6003.20488", 4489880, 4493471 }, { "6.0.6003.20489", 4493471, 4499149 },
        { "6.0.6003.20706", 4534303, 4537810 }, { "6.0.6003.21251", 5006736, 5008274 },
        { "6.0.6003.21300", 5006736, 5008274 }, /* November 2021 has no known build */
        { "6.0.6003.22262", 5030271, 5031416 }, { "6.0.6003.23717", 5073697, 0 },
        { "6.0.6003.24000", 5073697, 0 },       { "6.0.6004.1", 5073697, 0 },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_version       version;
        const wz_update *next = NULL;
        const wz_update *level;

        CHECK_ROW(i, wz_version_parse(rows[i].version, &version));
        level = wz_catalogue_level(*state, version, &next);
        CHECK_ROW(i, (level != NULL ? level->kb : 0) == rows[i].level);
        CHECK_ROW(i, (next != NULL ? next->kb : 0) == rows[i].next);
        CHECK_ROW(i, wz_catalogue_level(*state, version, NULL) == level);
    }
}

static void offer_is_what_one_downloads(void **state)
{
    const wz_update *stack = wz_catalogue_find(*state, 4493730);
    const wz_update *sha2 = wz_catalogue_find(*state, 4474419);
    const wz_update *first = wz_catalogue_find(*state, 4493471);

    CHECK_TEXT(wz_update_offer(stack, WZ_ARCH_X64)->sha1, "5cb91f4e9000383f061b80f88feffdf228c2443c");
    CHECK_TEXT(wz_update_offer(stack, WZ_ARCH_X64)->folder, "d/msdownload/update/software/secu/2019/04/");
    CHECK_TEXT(wz_update_offer(stack, WZ_ARCH_IA64)->sha1, "024e5a390f7eace6d2e9dcaa91f09976e4d147db");
    CHECK_TEXT(wz_update_offer(sha2, WZ_ARCH_X86)->sha1, "fd568cb47870cd8ed5ba10e1dd3c49061894030e");
    assert_null(wz_update_offer(sha2, WZ_ARCH_IA64));
    assert_null(wz_update_offer(first, WZ_ARCH_X64));
    assert_null(wz_update_offer(stack, WZ_ARCH_UNKNOWN));
}

static void names_and_words_exist(void **state)
{
    (void)state;
    CHECK_TEXT(wz_architecture_name(wz_architecture_parse("AMD64")), "x64");
    CHECK_TEXT(wz_architecture_name(wz_architecture_parse("X86")), "x86");
    CHECK_TEXT(wz_architecture_name(wz_architecture_parse("ia64")), "ia64");
    CHECK_TEXT(wz_architecture_name(wz_architecture_parse("arm64")), "");
    for (int i = WZ_KIND_SERVICE_PACK; i <= WZ_KIND_OTHER; i++)
        CHECK_ROW(i, *wz_word(test_words(), wz_kind_word((wz_kind)i)) != '#');
    for (int i = WZ_PROGRAMME_FREE; i <= WZ_PROGRAMME_PA; i++)
        CHECK_ROW(i, *wz_word(test_words(), wz_programme_word((wz_programme)i)) != '#');
    for (int i = 0; i < WZ_TARGET_COUNT; i++)
        CHECK_ROW(i, *wz_word(test_words(), wz_target_word((wz_target)i)) != '#');
}

static void origin_needs_both_the_kind_and_the_resource(void **state)
{
    wz_catalogue *catalogue = read_built_in();

    (void)state;
    assert_false(wz_catalogue_is_built_in(catalogue));
    CHECK_TEXT(wz_catalogue_sha256(catalogue), "");
    wz_catalogue_set_origin(catalogue, true, "abc");
    assert_true(wz_catalogue_is_built_in(catalogue));
    CHECK_TEXT(wz_catalogue_sha256(catalogue), "abc");
    wz_catalogue_set_origin(catalogue, false, "");
    assert_false(wz_catalogue_is_built_in(catalogue));
    CHECK_TEXT(wz_catalogue_sha256(catalogue), "");
    wz_catalogue_free(catalogue);
    wz_catalogue_free(NULL);
}

/* ---- site catalogues ---- */

#define TARGETS "<targets><target name='6003' kb='2'/><target name='free' kb='2'/><target name='esu3' kb='2'/>" \
                "<target name='esu4' kb='2'/><target name='pa' kb='2'/></targets>\n"
#define HEAD    "<catalogue version='1' kind='site' date='2026-02-01'>\n" TARGETS "<updates>\n"
#define TAIL    "</updates></catalogue>"
#define REST    " kind='rollup' programme='free' restart='yes' architectures='x86 x64' source='s' confidence='I'"
#define SHA1    "0123456789abcdef0123456789abcdef01234567"

static void site_catalogue_is_read_whole(void **state)
{
    wz_catalogue    *catalogue = NULL;
    const wz_update *update;

    (void)state;
    assert_int_equal(read_text(HEAD "<update kb='9' requires=' 2  3 '" REST " bad='true'/>\n"
                               "<update kb='2' supersedes='1'" REST " date='2019-04-09' sha2='true' build='6.0.6003'>"
                               "<file architecture='x64' name='a_" SHA1 ".msu' sha1='" SHA1 "' source='f'"
                               " confidence='S'/><file architecture='x86' source='f' confidence='P'/>"
                               "<problem source='p' confidence='S+'>Some &amp; text</problem></update>\n"
                               "<update kb='3' kind='stack' programme='pa' restart='maybe' architectures='ia64'"
                               " source='s' confidence='P' stack='6.0.6003.1' month='2021-07 OOB' title='T'/>\n" TAIL,
                               &catalogue, NULL), WZ_OK);
    assert_int_equal(wz_catalogue_count(catalogue), 3);
    update = wz_catalogue_at(catalogue, 0);
    assert_int_equal(update->kb, 2);
    assert_true(update->needs_sha2);
    assert_int_equal(update->date, 1554768000);
    assert_int_equal(update->build.build, 6003);
    assert_null(update->month);
    assert_int_equal(update->offer_count, 2);
    assert_null(update->offers[1].name);
    assert_int_equal(update->offers[1].confidence, WZ_CONFIDENCE_P);
    CHECK_TEXT(update->problems[0].text, "Some & text");
    assert_int_equal(update->problems[0].confidence, WZ_CONFIDENCE_S_PLUS);
    update = wz_catalogue_at(catalogue, 1);
    assert_int_equal(update->kind, WZ_KIND_STACK);
    assert_int_equal(update->programme, WZ_PROGRAMME_PA);
    assert_int_equal(update->restart, WZ_RESTART_MAYBE);
    assert_int_equal(update->architectures, WZ_ARCH_IA64);
    assert_int_equal(update->stack.revision, 1);
    CHECK_TEXT(update->month, "2021-07 OOB");
    CHECK_TEXT(update->title, "T");
    update = wz_catalogue_find(catalogue, 9);
    assert_true(update->known_bad);
    assert_int_equal(update->requires_count, 2);
    assert_int_equal(update->requires_kbs[1], 3);
    assert_int_equal(update->architectures, WZ_ARCH_X86 | WZ_ARCH_X64);
    assert_false(wz_catalogue_is_built_in(catalogue));
    wz_catalogue_free(catalogue);
}

static void nonsense_is_refused_with_line_and_reason(void **state)
{
    static const struct { const char *text; unsigned line, reason; } rows[] = {
        { HEAD "<update kb='2'" REST "/>\n<update kb='2'" REST "/>" TAIL, 5, IDS_REASON_TWICE },
        { HEAD "<update kb='2' requires='3'" REST "/>" TAIL, 4, IDS_REASON_NO_REQUIREMENT },
        { HEAD "<update kb='3'" REST "/>" TAIL, 2, IDS_REASON_NO_TARGET },
        { HEAD "<update kb='2' requires='2'" REST "/>" TAIL, 4, IDS_REASON_CYCLE },
        { HEAD "<update kb='2' requires='4'" REST "/>\n<update kb='3' requires='2'" REST "/>\n"
          "<update kb='4' requires='3'" REST "/>" TAIL, 4, IDS_REASON_CYCLE },
        { HEAD "<update kb='2' supersedes='3'" REST "/>\n<update kb='3' supersedes='2'" REST "/>" TAIL, 4,
          IDS_REASON_CYCLE },
        { HEAD "<update kb='2' date='2019-02-30'" REST "/>" TAIL, 4, IDS_REASON_VALUE },
        { HEAD "<update kb='2' build='6.0.70000'" REST "/>" TAIL, 4, IDS_REASON_VALUE },
        { HEAD "<update kb='2'" REST "><file architecture='x64' name='a_" SHA1 ".msu' sha1='"
          "1123456789abcdef0123456789abcdef01234567' source='f' confidence='S'/></update>" TAIL, 4, IDS_REASON_HASH },
        { HEAD "<update kb='2'" REST "><file architecture='x64' sha1='" SHA1 "0' source='f' confidence='S'/></update>"
          TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='2'" REST "><file architecture='x64' sha256='" SHA1 "' source='f' confidence='S'/></update>"
          TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='2'" REST "><file architecture='x64' name='..\\evil.msu' source='f' confidence='S'/>"
          "</update>" TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='2'" REST "><file architecture='x64' name='C:evil.msu' source='f' confidence='S'/>"
          "</update>" TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='0'" REST "/>" TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='123456789'" REST "/>" TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='2' bad=' true'" REST "/>" TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='2' requires='x'" REST "/>" TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "<update kb='2' more='x'" REST "/>" TAIL, 4, IDS_REASON_SCHEMA },
        { HEAD "\n<update kb='2' kind='rollup' programme='free' restart='yes' architectures='' source='s'"
          " confidence='I'/>" TAIL, 5, IDS_REASON_SCHEMA },
        { HEAD "\n<update kb='2' kind=' rollup' programme='free' restart='yes' architectures='x86' source='s'"
          " confidence='I'/>" TAIL, 5, IDS_REASON_SCHEMA },
        { HEAD "\n<update kb='2' kind='rollup' programme='free' restart='yes' architectures='x86' source='s'"
          " confidence='U'/>" TAIL, 5, IDS_REASON_SCHEMA },
        { HEAD TAIL, 3, IDS_REASON_SCHEMA },
        { "<catalogue version='2' kind='site' date='2026-02-01'>\n" TARGETS "<updates><update kb='2'" REST "/>" TAIL,
          1, IDS_REASON_SCHEMA },
        { "<catalogue version='1' kind='site' date='2026-02-01'>\n<targets><target name='6003' kb='2'/>"
          "<target name='6003' kb='2'/><target name='esu3' kb='2'/><target name='esu4' kb='2'/>"
          "<target name='pa' kb='2'/></targets><updates>\n<update kb='2'" REST "/>" TAIL, 2, IDS_REASON_TWICE },
        { "<catalogue version='1' kind='site' date='2026-02-01'>\n<targets><target name='6003' kb='2'/></targets>"
          "<updates>\n<update kb='2'" REST "/>" TAIL, 2, IDS_REASON_SCHEMA },
        { "<snapshot/>", 1, IDS_REASON_ROOT },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_catalogue *catalogue = NULL;
        wz_error      error = { .status = WZ_OK };
        wz_status     status = read_text(rows[i].text, &catalogue, &error);

        if (error.line != rows[i].line || error.reason != rows[i].reason)
            print_error("row %u: %s\n", (unsigned)i, test_error(&error));
        CHECK_ROW(i, status == WZ_E_FORMAT && catalogue == NULL);
        CHECK_ROW(i, error.line == rows[i].line && error.reason == rows[i].reason);
    }
}

static void a_long_chain_needs_no_stack(void **state)
{
    wz_text       text = { 0 };
    wz_catalogue *catalogue = NULL;

    (void)state;
    wz_text_add(&text, HEAD);
    for (unsigned kb = 2; kb < 20002; kb++) {
        wz_text_add(&text, "<update kb='");
        wz_text_add_number(&text, kb);
        wz_text_add(&text, "' supersedes='");
        wz_text_add_number(&text, kb - 1);
        wz_text_add(&text, "'" REST "/>\n");
    }
    wz_text_add(&text, TAIL);
    assert_int_equal(read_text(text.at, &catalogue, NULL), WZ_OK);
    assert_true(wz_catalogue_replaces(catalogue, 20001, 1));
    assert_false(wz_catalogue_replaces(catalogue, 20000, 20001));
    wz_catalogue_free(catalogue);
    wz_text_clear(&text);
}

static int start(void **state)
{
    wz_xml_start();
    *state = read_built_in();
    return 0;
}

static int stop(void **state)
{
    wz_catalogue_free(*state);
    return 0;
}

int test_catalogue(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_has_all_updates_in_order),
        cmocka_unit_test(targets_are_the_last_of_each_programme),
        cmocka_unit_test(rules_hold_for_every_update),
        cmocka_unit_test(supersedence_is_followed_through_the_chain),
        cmocka_unit_test(level_names_the_rollup_between_known_builds),
        cmocka_unit_test(offer_is_what_one_downloads),
        cmocka_unit_test(names_and_words_exist),
        cmocka_unit_test(origin_needs_both_the_kind_and_the_resource),
        cmocka_unit_test(site_catalogue_is_read_whole),
        cmocka_unit_test(nonsense_is_refused_with_line_and_reason),
        cmocka_unit_test(a_long_chain_needs_no_stack),
    };

    return cmocka_run_group_tests_name("catalogue", tests, start, stop);
}
