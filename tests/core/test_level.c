#include "check.h"
#include "core/level.h"
#include "machine.h"
#include "words.h"

static void say(const char *version, wz_text *out)
{
    wz_version parsed;
    wz_level   level;

    assert_true(wz_version_parse(version, &parsed));
    wz_level_find(machine_catalogue(), parsed, &level);
    wz_level_say(&level, test_words(), out);
}

/* servicing.md 5B; in the words of page 2. */
static void a_version_is_named_by_its_month(void **state)
{
    static const struct { const char *version, *sentence; } rows[] = {
        { "6.0.6003.20489", "level of April 2019 (KB4493471)." },
        { "6.0.6003.20706", "The level of January 2020 (KB4534303), as reported; its own kernel" },
        { "6.0.6003.23717", "level of January 2026 (KB5073697)." },
        { "6.0.6003.20490", "Between April 2019 (KB4493471) and May 2019 (KB4499149), as reported." },
        { "6.0.6003.23718", "Newer than the newest known level, January 2026 (KB5073697)." },
        { "6.0.6002.18005", "Older than the oldest known level, March 2019 (KB4489880)." },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text text = { 0 };

        say(rows[i].version, &text);
        CHECK_CONTAINS(wz_text_at(&text), rows[i].sentence);
        wz_text_clear(&text);
    }
}

/* Every rollup whose build is known stands for itself, with a year and a month that is spelt out. */
static void every_known_build_is_exact(void **state)
{
    const wz_catalogue *catalogue = machine_catalogue();
    size_t              count = 0;

    (void)state;
    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);
        wz_level         level;
        wz_text          name = { 0 };

        if (update->kind != WZ_KIND_ROLLUP || update->build.major == 0)
            continue;
        wz_level_find(catalogue, update->build, &level);
        CHECK_ROW(i, level.is_exact);
        wz_level_name(update, test_words(), &name);
        CHECK_ROW(i, name.at[0] >= 'A' && name.at[0] <= 'Z');
        wz_text_clear(&name);
        count++;
    }
    assert_true(count > 40);
}

static void what_rests_on_one_source_is_called_reported(void **state)
{
    const wz_catalogue *catalogue = machine_catalogue();
    size_t              reported = 0;

    (void)state;
    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);
        wz_version       version;
        wz_level         level;
        wz_text          text = { 0 };
        bool             is_fact;

        if (update->kind != WZ_KIND_ROLLUP || update->build.major == 0)
            continue;
        wz_level_find(catalogue, update->build, &level);
        is_fact = wz_confidence_is_fact(level.reached->build_confidence)
               && wz_update_kernel_version(level.reached, &version);
        wz_level_say(&level, test_words(), &text);
        CHECK_ROW(i, (strstr(text.at, "reported") == NULL) == is_fact);
        reported += !is_fact;
        wz_text_clear(&text);
    }
    assert_true(reported > 0);
}

/* Page 2 has room for so much in a line. */
static void every_sentence_is_short(void **state)
{
    const wz_catalogue *catalogue = machine_catalogue();

    (void)state;
    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);

        if (update->kind != WZ_KIND_ROLLUP || update->build.major == 0)
            continue;
        for (unsigned more = 0; more < 2; more++) {
            wz_version version = update->build;
            wz_level   level;
            wz_text    text = { 0 };

            version.revision = (uint16_t)(version.revision + more);
            wz_level_find(catalogue, version, &level);
            wz_level_say(&level, test_words(), &text);
            if (text.length > 86)
                print_error("%s\n", text.at);
            CHECK_ROW(i, text.length <= 86);
            wz_text_clear(&text);
        }
    }
}

int test_level(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_version_is_named_by_its_month),
        cmocka_unit_test(every_known_build_is_exact),
        cmocka_unit_test(what_rests_on_one_source_is_called_reported),
        cmocka_unit_test(every_sentence_is_short),
    };

    return cmocka_run_group_tests_name("level", tests, NULL, NULL);
}
