#include "check.h"
#include "core/licence_words.h"
#include "machine.h"
#include "words.h"

static void every_status_has_a_word(void **state)
{
    static const char *const words[] = { "0 (unlicensed)", "1 (licensed)", "2 (initial grace period)",
                                         "3 (grace period after", "4 (grace period, not genuine)", "5 (notification)",
                                         "6 (extended grace period)" };
    wz_text text = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(words); i++) {
        wz_licence_status(i, test_words(), &text);
        CHECK_CONTAINS(wz_text_at(&text), words[i]);
        wz_text_clear(&text);
    }
    wz_licence_status(7, test_words(), &text);
    CHECK_TEXT(wz_text_at(&text), "7");
    wz_text_clear(&text);
}

static void the_newest_preparation_package_counts(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");

    (void)state;
    assert_null(wz_licence_preparation(snapshot, machine_catalogue()));
    machine_add(snapshot, 5016891, MACHINE_STAGED);
    assert_null(wz_licence_preparation(snapshot, machine_catalogue()));
    machine_add(snapshot, 4538484, MACHINE_SUPERSEDED);
    assert_int_equal(wz_licence_preparation(snapshot, machine_catalogue())->kb, 4538484);
    machine_add(snapshot, 4575904, MACHINE_INSTALLED);
    assert_int_equal(wz_licence_preparation(snapshot, machine_catalogue())->kb, 4575904);
    wz_snapshot_free(snapshot);
}

static void the_guide_tells_what_was_found_and_how_to_go_on(void **state)
{
    static const char *const parts[] = {
        "Build 6003 needs no licence", "Server-ESU-Year1: no key",
        "Server-ESU-Year3: a key is installed, status 1 (licensed)",
        "Server-ESU-Year5 (unconfirmed ID): could not be read", "Server-ESU-PA (unconfirmed ID): no key",
        "none is installed", "The network was not asked", "KB5016891", "/ipk <key>",
        "%SystemRoot%\\System32\\slmgr.vbs",
        "/ato 16c08c85-0c8b-4009-9b2b-f1f7319e45f9", "/dlv 16c08c85-0c8b-4009-9b2b-f1f7319e45f9", "0xC004F050",
        "Server-ESU-Year1: 553673ed-6ddf-419c-a153-b760283472fd",
    };
    wz_snapshot *snapshot = machine_bare("x64");
    wz_text      text = { 0 };

    (void)state;
    machine_set(snapshot, WZ_FACT_ESU_YEAR3, "1");
    machine_forget(snapshot, WZ_FACT_ESU_YEAR5, WZ_FACT_UNREADABLE);
    wz_licence_guide(snapshot, machine_catalogue(), test_words(), &text);
    for (size_t i = 0; i < CHECK_COUNT(parts); i++)
        CHECK_CONTAINS(wz_text_at(&text), parts[i]);
    assert_null(strchr(text.at, '#'));
    wz_text_clear(&text);
    wz_snapshot_free(snapshot);
}

static void azure_is_entitled_without_a_key_up_to_its_year(void **state)
{
    static const struct { wz_target target; bool allowed; } rows[] = {
        { WZ_TARGET_6003, true }, { WZ_TARGET_FREE, true }, { WZ_TARGET_ESU3, true }, { WZ_TARGET_ESU4, true },
        { WZ_TARGET_PA, false },
    };
    wz_snapshot   *snapshot = machine_bare("x64");
    wz_entitlement entitlement = { 0 };
    wz_text        text = { 0 };

    (void)state;
    machine_set(snapshot, WZ_FACT_AZURE_AGENT, "WindowsAzureGuestAgent, RdAgent");
    machine_set(snapshot, WZ_FACT_FIRMWARE, "Microsoft Corporation; Virtual Machine; VRTUAL - 9001602");
    wz_licence_say_azure(snapshot, test_words(), &text);
    CHECK_CONTAINS(wz_text_at(&text), "possible");
    CHECK_CONTAINS(wz_text_at(&text), "WindowsAzureGuestAgent, RdAgent");
    CHECK_CONTAINS(wz_text_at(&text), "not counted");
    wz_text_clear(&text);
    wz_entitlement_of(snapshot, &entitlement);
    assert_int_equal(entitlement.highest, WZ_PROGRAMME_FREE);

    machine_set(snapshot, WZ_FACT_CHASSIS_TAG, "7783-7084-3265-9085-8269-3286-77");
    wz_entitlement_of(snapshot, &entitlement);
    assert_int_equal(entitlement.highest, WZ_PROGRAMME_ESU4);
    assert_int_equal(entitlement.fact, WZ_FACT_CHASSIS_TAG);
    wz_phrase_render(&entitlement.summary, test_words(), &text);
    CHECK_CONTAINS(wz_text_at(&text), "7783-7084-3265-9085-8269-3286-77");
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_target_verdict verdict = { 0 };

        wz_target_assess(snapshot, machine_catalogue(), rows[i].target, &verdict);
        CHECK_ROW(i, verdict.allowed == rows[i].allowed);
        wz_target_verdict_clear(&verdict);
    }
    wz_text_clear(&text);
    wz_licence_say_covered(&entitlement, machine_catalogue(), test_words(), &text);
    CHECK_CONTAINS(wz_text_at(&text), "KB5034173 (2024-01-09)");
    machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "1");
    wz_entitlement_of(snapshot, &entitlement);
    assert_int_equal(entitlement.highest, WZ_PROGRAMME_PA);
    wz_text_clear(&text);
    wz_entitlement_clear(&entitlement);
    wz_snapshot_free(snapshot);
}

int test_licence_words(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_word),
        cmocka_unit_test(the_newest_preparation_package_counts),
        cmocka_unit_test(the_guide_tells_what_was_found_and_how_to_go_on),
        cmocka_unit_test(azure_is_entitled_without_a_key_up_to_its_year),
    };

    return cmocka_run_group_tests_name("licence_words", tests, NULL, NULL);
}
