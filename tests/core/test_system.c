#include "check.h"
#include "core/system.h"
#include "words.h"

static void set(wz_snapshot *snapshot, wz_fact_id id, const char *value)
{
    if (value != NULL)
        wz_fact_known(snapshot, id, 1, "test", value);
}

static void systems_are_told_apart(void **state)
{
    static const struct { const char *version, *type, *architecture; wz_system system; } rows[] = {
        { "6.0.6002",   "3",  "x64",   WZ_SYSTEM_TARGET },      { "6.0.6002",   "2",  "x86",   WZ_SYSTEM_TARGET },
        { "6.0.6003",   "3",  "amd64", WZ_SYSTEM_TARGET },      { "6.0.6004",   "3",  "x64",   WZ_SYSTEM_TARGET },
        { "6.0.6002",   "3",  "ia64",  WZ_SYSTEM_ITANIUM },     { "6.0.6003",   "3",  "ia64",  WZ_SYSTEM_ITANIUM },
        { "6.0.6001",   "3",  "x64",   WZ_SYSTEM_2008_SP1 },    { "6.0.6001",   "2",  NULL,    WZ_SYSTEM_2008_SP1 },
        { "6.0.6001",   "3",  "ia64",  WZ_SYSTEM_2008_SP1 },    { "6.0.6000",   "1",  "x86",   WZ_SYSTEM_VISTA },
        { "6.0.6002",   "1",  "x64",   WZ_SYSTEM_VISTA },       { "6.0.6003",   "1",  "x64",   WZ_SYSTEM_VISTA },
        { "6.1.7601",   "3",  "x64",   WZ_SYSTEM_2008_R2 },     { "6.1.7601",   "2",  "x64",   WZ_SYSTEM_2008_R2 },
        { "6.1.7600",   "3",  "ia64",  WZ_SYSTEM_2008_R2 },     { "6.1.7601",   "1",  "x86",   WZ_SYSTEM_NEWER },
        { "6.2.9200",   "3",  "x64",   WZ_SYSTEM_NEWER },       { "6.3.9600",   "3",  "x64",   WZ_SYSTEM_NEWER },
        { "10.0.17763", "3",  "x64",   WZ_SYSTEM_NEWER },       { "10.0.22631", "1",  "arm64", WZ_SYSTEM_NEWER },
        { "10.0.22631", NULL, NULL,    WZ_SYSTEM_NEWER },       { "5.2.3790",   "3",  "x64",   WZ_SYSTEM_OLDER },
        { "5.1.2600",   NULL, "x86",   WZ_SYSTEM_OLDER },       { "6.0.6002",   NULL, "x64",   WZ_SYSTEM_UNKNOWN },
        { "6.0.6002",   "0",  "x64",   WZ_SYSTEM_UNKNOWN },     { "6.0.6002",   "4",  "x64",   WZ_SYSTEM_UNKNOWN },
        { "6.0.6002",   "3",  NULL,    WZ_SYSTEM_UNKNOWN },     { "6.0.6002",   "3",  "mips",  WZ_SYSTEM_UNKNOWN },
        { "6.1.7601",   NULL, "x64",   WZ_SYSTEM_UNKNOWN },     { NULL,         "3",  "x64",   WZ_SYSTEM_UNKNOWN },
        { NULL,         NULL, NULL,    WZ_SYSTEM_UNKNOWN },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_snapshot *snapshot = wz_snapshot_create();

        set(snapshot, WZ_FACT_VERSION_API, rows[i].version);
        set(snapshot, WZ_FACT_PRODUCT_TYPE, rows[i].type);
        set(snapshot, WZ_FACT_ARCHITECTURE, rows[i].architecture);
        CHECK_ROW(i, wz_system_of(snapshot) == rows[i].system);
        CHECK_ROW(i, wz_system_is_supported(rows[i].system)
                         == (rows[i].system == WZ_SYSTEM_TARGET || rows[i].system == WZ_SYSTEM_ITANIUM));
        wz_snapshot_free(snapshot);
    }
}

static void witnesses_are_compared_by_build(void **state)
{
    static const struct {
        const char *api, *wmi, *registry, *kernel, *shim;
        bool is_pending;
        wz_agreement agreement;
    } rows[] = {
        { "6.0.6002", "6.0.6002", "6.0.6002", "6.0.6002.24565", "6.0.6002", false, WZ_AGREE },
        { "6.0.6002", "6.0.6002", "6.0.6002", "6.0.6002.24565", "6.0.6002", true,  WZ_AGREE },
        { "6.0.6003", NULL,       "6.0.6003", NULL,             NULL,       false, WZ_AGREE },
        { NULL,       NULL,       "6.0.6003", "6.0.6003.20489", NULL,       false, WZ_AGREE },
        { "6.0.6003", NULL,       NULL,       NULL,             "6.0.6003", false, WZ_AGREE_TOO_FEW },
        { NULL,       NULL,       NULL,       NULL,             "6.0.6002", false, WZ_AGREE_TOO_FEW },
        { NULL,       NULL,       NULL,       NULL,             NULL,       true,  WZ_AGREE_TOO_FEW },
        { "6.0.6002", "6.0.6002", "6.0.6003", "6.0.6003.20489", "6.0.6002", true,  WZ_DISAGREE_PENDING },
        { "6.0.6002", "6.0.6002", "6.0.6002", "6.0.6003.20489", "6.0.6002", true,  WZ_DISAGREE_PENDING },
        { "6.0.6002", "6.0.6002", "6.0.6003", "6.0.6002.24565", "6.0.6002", false, WZ_DISAGREE_REGISTRY },
        { "6.0.6003", "6.0.6003", "6.0.6002", "6.0.6003.20489", "6.0.6003", false, WZ_DISAGREE_REGISTRY_OLDER },
        { "6.0.6003", "6.0.6002", "6.0.6003", "6.0.6003.20489", "6.0.6003", false, WZ_DISAGREE_REGISTRY_OLDER },
        { "6.0.6002", "6.0.6003", "6.0.6002", "6.0.6002.24565", "6.0.6002", false, WZ_DISAGREE_REGISTRY },
        { "6.0.6003", "6.0.6003", "6.0.6003", "6.0.6002.24565", "6.0.6003", false, WZ_DISAGREE_KERNEL_OLDER },
        { "6.0.6003", "6.0.6003", "6.0.6002", "6.0.6002.24565", "6.0.6003", false, WZ_DISAGREE_KERNEL_OLDER },
        { "6.0.6002", "6.0.6002", "6.0.6002", "6.0.6003.20489", "6.0.6002", false, WZ_DISAGREE_KERNEL },
        { "6.0.6002", "6.0.6002", "6.0.6003", "6.0.6003.20489", "6.0.6002", false, WZ_DISAGREE_KERNEL },
        { "6.0.6003", "6.0.6003", "6.0.6003", "6.0.6003.20489", "5.1.2600", false, WZ_DISAGREE_LAYER },
        { "6.0.6003", NULL,       NULL,       NULL,             "5.1.2600", false, WZ_DISAGREE_LAYER },
        { "6.0.6003", "6.0.6003", "6.0.6003", "6.0.6003.20489", "5.1.2600", true,  WZ_DISAGREE_LAYER },
        { "6.0.6002", "6.0.6002", "6.0.6003", "6.0.6002.24565", "5.1.2600", true,  WZ_DISAGREE_PENDING },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_snapshot *snapshot = wz_snapshot_create();

        set(snapshot, WZ_FACT_VERSION_API, rows[i].api);
        set(snapshot, WZ_FACT_VERSION_WMI, rows[i].wmi);
        set(snapshot, WZ_FACT_VERSION_REGISTRY, rows[i].registry);
        set(snapshot, WZ_FACT_VERSION_KERNEL, rows[i].kernel);
        set(snapshot, WZ_FACT_VERSION_SHIM, rows[i].shim);
        if (rows[i].is_pending)
            set(snapshot, WZ_FACT_PENDING_CBS_REBOOT, "1");
        CHECK_ROW(i, wz_system_agreement(snapshot) == rows[i].agreement);
        wz_snapshot_free(snapshot);
    }
}

static void revision_comes_from_a_kernel_of_the_same_build(void **state)
{
    static const struct { const char *api, *kernel, *version, *about; } rows[] = {
        { "6.0.6002", "6.0.6002.24565", "6.0.6002.24565", "Version 6.0 (Build 6002: Service Pack 2)" },
        { "6.0.6003", "6.0.6003.20706", "6.0.6003.20706", "Version 6.0 (Build 6003: Service Pack 2)" },
        { "6.0.6002", "6.0.6003.20489", "6.0.6002.0",     "Version 6.0 (Build 6002: Service Pack 2)" },
        { "6.0.6002", NULL,             "6.0.6002.0",     "Version 6.0 (Build 6002: Service Pack 2)" },
        { "6.0.6002.9", NULL,           "6.0.6002.0",     "Version 6.0 (Build 6002: Service Pack 2)" },
        { NULL,       "6.0.6003.20489", NULL,             "" },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_snapshot *snapshot = wz_snapshot_create();
        wz_version   version = { 0 };
        wz_text      text = { 0 };

        set(snapshot, WZ_FACT_VERSION_API, rows[i].api);
        set(snapshot, WZ_FACT_VERSION_KERNEL, rows[i].kernel);
        set(snapshot, WZ_FACT_SERVICE_PACK, "Service Pack 2");
        CHECK_ROW(i, wz_system_version(snapshot, &version) == (rows[i].version != NULL));
        if (rows[i].version != NULL) {
            wz_text_add_version(&text, version, 4);
            CHECK_TEXT(wz_text_at(&text), rows[i].version);
            wz_text_clear(&text);
        }
        wz_system_about(snapshot, &text);
        CHECK_TEXT(wz_text_at(&text), rows[i].about);
        wz_text_clear(&text);
        wz_snapshot_free(snapshot);
    }
}

static void sha2_needs_both_values_above_zero(void **state)
{
    static const struct { const char *support, *core; bool is_ready; } rows[] = {
        { "1", "1", true },   { "2", "1", true },   { "1", "0", false },  { "0", "1", false },
        { "1", NULL, false }, { NULL, "1", false }, { NULL, NULL, false },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_snapshot *snapshot = wz_snapshot_create();

        set(snapshot, WZ_FACT_SHA2_SUPPORT, rows[i].support);
        set(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, rows[i].core);
        CHECK_ROW(i, wz_system_sha2_ready(snapshot) == rows[i].is_ready);
        wz_snapshot_free(snapshot);
    }
}

static void signs_of_a_pending_restart(void **state)
{
    static const struct { wz_fact_id fact; const char *value; bool is_pending; } rows[] = {
        { WZ_FACT_PENDING_CBS_REBOOT, "1", true },    { WZ_FACT_PENDING_CBS_REBOOT, "0", false },
        { WZ_FACT_PENDING_CBS_PACKAGES, "1", true },  { WZ_FACT_PENDING_CBS_PACKAGES, "0", false },
        { WZ_FACT_PENDING_CBS_SESSIONS, "3", true },  { WZ_FACT_PENDING_CBS_SESSIONS, "0", false },
        { WZ_FACT_PENDING_COMPONENTS, "x", true },    { WZ_FACT_PENDING_COMPONENTS, "", false },
        { WZ_FACT_PENDING_XML_FILE, "1", true },      { WZ_FACT_PENDING_XML_FILE, "0", false },
        { WZ_FACT_PENDING_UPDATE_AGENT, "1", true },  { WZ_FACT_PENDING_UPDATE_AGENT, "0", false },
        { WZ_FACT_PENDING_RENAMES, "C:\\x", false },  /* anything can set it */
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_snapshot *snapshot = wz_snapshot_create();

        wz_fact_absent(snapshot, rows[i].fact, 1, "test");
        CHECK_ROW(i, !wz_system_restart_pending(snapshot));
        set(snapshot, rows[i].fact, rows[i].value);
        CHECK_ROW(i, wz_system_restart_pending(snapshot) == rows[i].is_pending);
        wz_snapshot_free(snapshot);
    }
}

static void every_answer_has_words(void **state)
{
    (void)state;
    for (int i = WZ_SYSTEM_TARGET; i <= WZ_SYSTEM_UNKNOWN; i++) {
        CHECK_ROW(i, *wz_word(test_words(), wz_system_word((wz_system)i)) != '#');
        CHECK_ROW(i, (wz_system_advice_word((wz_system)i) == 0) == (i == WZ_SYSTEM_TARGET));
        if (i != WZ_SYSTEM_TARGET)
            CHECK_ROW(i, *wz_word(test_words(), wz_system_advice_word((wz_system)i)) != '#');
    }
    for (int i = WZ_AGREE; i <= WZ_DISAGREE_KERNEL; i++)
        CHECK_ROW(i, *wz_word(test_words(), wz_agreement_word((wz_agreement)i)) != '#');
}

int test_system(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(systems_are_told_apart),
        cmocka_unit_test(witnesses_are_compared_by_build),
        cmocka_unit_test(revision_comes_from_a_kernel_of_the_same_build),
        cmocka_unit_test(sha2_needs_both_values_above_zero),
        cmocka_unit_test(signs_of_a_pending_restart),
        cmocka_unit_test(every_answer_has_words),
    };

    return cmocka_run_group_tests_name("system", tests, NULL, NULL);
}
