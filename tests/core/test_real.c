/*
 * Files of real machines that have no test of their own: state tables, systeminfo, hotfix tables, licence printouts,
 * version strings and update logs. They are read where they lie; see check_shared.
 */
#include "check.h"

#include "core/check.h"
#include "core/licence_words.h"
#include "core/remedy.h"
#include "machine.h"
#include "words.h"

/* ---- reading ---- */

/* The file as UTF-8; UTF-16 with a mark is taken as Latin-1, which is enough for what is looked for. */
static bool real_read(const char *shared, const char *name, wz_text *out)
{
    wz_text path = { 0 }, bytes = { 0 };
    bool    is_there;

    wz_text_add(&path, shared);
    wz_text_add(&path, name);
    is_there = test_read_any(path.at, &bytes);
    if (is_there && bytes.length > 2 && memcmp(bytes.at, "\xFF\xFE", 2) == 0) {
        for (size_t i = 2; i + 1 < bytes.length; i += 2)
            wz_text_append(out, bytes.at[i + 1] == 0 && (unsigned char)bytes.at[i] < 0x80 ? bytes.at + i : "?", 1);
    } else {
        wz_text_add(out, wz_text_at(&bytes));
    }
    wz_text_clear(&path);
    wz_text_clear(&bytes);
    return is_there;
}

/* The next line without its end, in place; NULL at the end of the text. */
static char *next_line(char **rest)
{
    char *line = *rest;
    char *end;

    if (line == NULL || *line == '\0')
        return NULL;
    end = line + strcspn(line, "\n");
    *rest = *end == '\0' ? NULL : end + 1;
    *end = '\0';
    line[strcspn(line, "\r")] = '\0';
    return line;
}

/* ---- state scales ---- */

static wz_package_state meaning_of(const char *state)
{
    static const struct { const char *begins; wz_package_state meaning; } rows[] = {
        { "Absent", WZ_PACKAGE_ABSENT },         { "Uninstall pending", WZ_PACKAGE_REMOVING },
        { "Resolv", WZ_PACKAGE_ABSENT },         { "Staging", WZ_PACKAGE_ABSENT },
        { "Staged", WZ_PACKAGE_STAGED },         { "Superseded", WZ_PACKAGE_SUPERSEDED },
        { "Install pending", WZ_PACKAGE_PENDING }, { "Partially", WZ_PACKAGE_PENDING },
        { "Installed", WZ_PACKAGE_INSTALLED },   { "Permanent", WZ_PACKAGE_INSTALLED },
        { "Invalid", WZ_PACKAGE_BROKEN },
    };

    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        if (strncmp(state, rows[i].begins, strlen(rows[i].begins)) == 0)
            return rows[i].meaning;
    fail_msg("%s", state);
    return WZ_PACKAGE_ABSENT;
}

static void both_scales_of_states_mean_what_microsoft_says(void **state)
{
    const char *shared = check_shared("real");
    wz_text     text = { 0 };
    unsigned    count = 0;

    (void)state;
    if (shared == NULL)
        skip();
    assert_true(real_read(shared, "/registry/cbs-state-values.tsv", &text));
    char *rest = text.at;
    (void)next_line(&rest);                                /* the heading */
    for (char *line; (line = next_line(&rest)) != NULL; count++) {
        char *later = strchr(strchr(line, '\t') + 1, '\t') + 1;
        char *old = strchr(later, '\t') + 1;
        int   on_old = (int)strtol(old, NULL, 10);
        bool  is_stored = strstr(old, "only returned") == NULL;

        CHECK_ROW(count, wz_package_meaning((int32_t)strtol(later, NULL, 10)) == meaning_of(line));
        CHECK_ROW(count, !is_stored || wz_package_meaning(on_old) == meaning_of(line));
    }
    assert_int_equal(count, 15);
    wz_text_clear(&text);
}

/* The shape of a package key, of a later Windows: the name of the value and the state that this wizard reads. */
static void a_package_key_has_the_value_that_is_read(void **state)
{
    const char *shared = check_shared("real");
    wz_text     text = { 0 };

    (void)state;
    if (shared == NULL)
        skip();
    assert_true(real_read(shared, "/registry/nt10-cbs-package-key-shape-third-best.reg", &text));
    CHECK_CONTAINS(text.at, "\\Component Based Servicing\\Packages\\");
    CHECK_CONTAINS(text.at, "\"CurrentState\"=dword:00000070");
    assert_int_equal(wz_package_meaning(0x70), WZ_PACKAGE_INSTALLED);
    wz_text_clear(&text);
}

/* ---- systeminfo ---- */

/* The value that begins with the version, whatever its label is in the language of the file. */
static bool version_of(char *text, wz_version *version, unsigned *service_pack)
{
    for (char *rest = text, *line; (line = next_line(&rest)) != NULL;) {
        char *value = strchr(line, ':');
        char *pack;

        if (value == NULL)
            continue;
        value += 1 + strspn(value + 1, " ");
        if (value[0] != '6' || value[1] != '.')
            continue;
        pack = strstr(value, "Service Pack ");
        *service_pack = pack != NULL ? (unsigned)strtoul(pack + 13, NULL, 10) : 0;
        value[strcspn(value, " ")] = '\0';
        return wz_version_parse(value, version);
    }
    return false;
}

static void each_real_system_is_told_from_the_others(void **state)
{
    static const struct { const char *name, *type, *arch; wz_system system; unsigned build, pack; } rows[] = {
        { "srv2008-sp2-x64-standard-en-us.utf16le.txt", "3", "x64", WZ_SYSTEM_TARGET, 6002, 2 },
        { "srv2008-sp2-x64-standard-dc-en-us.txt", "2", "x64", WZ_SYSTEM_TARGET, 6002, 2 },
        { "srv2008-rtm-sp1-x64-standard-en-us.cp437.txt", "3", "x64", WZ_SYSTEM_2008_SP1, 6001, 1 },
        { "srv2008-rtm-sp1-x86-standard-en-us.cp437.txt", "3", "x86", WZ_SYSTEM_2008_SP1, 6001, 1 },
        { "vista-sp0-x64-enterprise-en-us.cp437.txt", "1", "x64", WZ_SYSTEM_VISTA, 6000, 0 },
        { "vista-sp1-x64-enterprise-en-us.cp437.txt", "1", "x64", WZ_SYSTEM_VISTA, 6001, 1 },
        { "vista-sp2-x64-business-en-us.txt", "1", "x64", WZ_SYSTEM_VISTA, 6002, 2 },
        { "vista-sp2-x64-enterprise-en-us.cp437.txt", "1", "x64", WZ_SYSTEM_VISTA, 6002, 2 },
        { "other-windows/srv2008r2-sp1-x64-standard-en-us.utf16le.txt", "3", "x64", WZ_SYSTEM_2008_R2, 7601, 1 },
        { "other-windows/srv2012r2-x64-standard-ru.utf8.txt", "2", "x64", WZ_SYSTEM_NEWER, 9600, 0 },
        { "other-windows/win7-sp1-x64-enterprise-n-fr.cp850.txt", "1", "x64", WZ_SYSTEM_NEWER, 7601, 1 },
        { "other-windows/win7-sp1-x64-enterprise-n-fr.utf16le.txt", "1", "x64", WZ_SYSTEM_NEWER, 7601, 1 },
        { "other-windows/win7-sp1-x64-ultimate-n-de.txt", "1", "x64", WZ_SYSTEM_NEWER, 7601, 1 },
    };
    const char *shared = check_shared("real");

    (void)state;
    if (shared == NULL)
        skip();
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot = machine_bare(rows[i].arch);
        wz_version   version = { 0 };
        wz_text      name = { 0 }, text = { 0 }, four = { 0 };
        unsigned     pack = 9;
        char         digit[2] = "0";

        wz_text_add(&name, "/systeminfo/");
        wz_text_add(&name, rows[i].name);
        CHECK_ROW(i, real_read(shared, name.at, &text));
        CHECK_ROW(i, version_of(text.at, &version, &pack));
        CHECK_ROW(i, version.build == rows[i].build && pack == rows[i].pack);
        wz_text_add_version(&four, version, 4);
        machine_set_version(snapshot, four.at);
        digit[0] = (char)('0' + pack);
        machine_set(snapshot, WZ_FACT_SERVICE_PACK_MAJOR, digit);
        machine_set(snapshot, WZ_FACT_PRODUCT_TYPE, rows[i].type);
        CHECK_ROW(i, wz_system_of(snapshot) == rows[i].system);
        wz_text_clear(&name);
        wz_text_clear(&text);
        wz_text_clear(&four);
        wz_snapshot_free(snapshot);
    }
}

/* ---- hotfixes ---- */

/* 175 rows with their odd ids: two without "KB", one a GUID. Each that CBS has as well contradicts nothing. */
static void a_real_hotfix_table_is_read_whole(void **state)
{
    const char  *shared = check_shared("real");
    wz_snapshot *snapshot = machine_bare("x64");
    wz_checks    checks = { 0 };
    wz_text      text = { 0 };
    unsigned     rows = 0, odd = 0;

    (void)state;
    if (shared == NULL) {
        wz_snapshot_free(snapshot);
        skip();
    }
    assert_true(real_read(shared, "/systeminfo/vista-sp2-x64-enterprise.wmic-qfe.utf16le.txt", &text));
    char  *rest = text.at;
    char  *heading = next_line(&rest);
    size_t from = (size_t)(strstr(heading, "HotFixID") - heading);

    for (char *line; (line = next_line(&rest)) != NULL;) {
        unsigned kb;

        if (strlen(line) <= from)
            continue;
        line[from + strcspn(line + from, " ")] = '\0';
        wz_snapshot_add_hotfix(snapshot, line + from);
        rows++;
        kb = (unsigned)strtoul(line + from + (strncmp(line + from, "KB", 2) == 0 ? 2 : 0), NULL, 10);
        if (kb != 0 && kb != 948465)
            machine_add(snapshot, kb, MACHINE_SUPERSEDED);
        odd += strncmp(line + from, "KB", 2) != 0;
    }
    assert_int_equal(rows, 175);
    assert_int_equal(odd, 3);
    wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &checks);
    assert_int_equal(checks.items[WZ_CHECK_PACKAGES].verdict, WZ_VERDICT_READY);
    CHECK_TEXT(checks.items[WZ_CHECK_PACKAGES].evidence.args[2], "174");       /* the GUID names none */
    wz_checks_clear(&checks);
    wz_snapshot_free(snapshot);
    wz_text_clear(&text);
}

/* ---- licences ---- */

/* slmgr's own words for LicenseStatus, in the order of the numbers, are those that this wizard uses. */
static void the_states_of_a_licence_are_those_of_slmgr(void **state)
{
    static const char *const words[] = { "Unlicensed", "Licensed", "Initial grace period",
                                         "License expired or Hardware", "Non-genuine grace period", "Notification" };
    static const char *const ours[] = { "unlicensed", "licensed", "initial grace", "expired", "not genuine",
                                        "notification" };
    const char *shared = check_shared("real");
    wz_text     text = { 0 };
    const char *at;

    (void)state;
    if (shared == NULL)
        skip();
    assert_true(real_read(shared, "/slmgr/slmgr-dli-nt61-kmshost-serverenterprise.txt", &text));
    at = text.at;
    for (size_t i = 0; i < CHECK_COUNT(words); i++) {
        wz_text said = { 0 }, want = { 0 };

        wz_text_add(&want, "License Status ");
        wz_text_add(&want, words[i]);
        at = strstr(at, want.at);
        CHECK_ROW(i, at != NULL);
        wz_licence_status(i, test_words(), &said);
        CHECK_CONTAINS(said.at, ours[i]);
        wz_text_clear(&said);
        wz_text_clear(&want);
    }
    wz_text_clear(&text);
}

/* No name of a licence that was found is one for a server of this Windows: names are told, identities decide. */
static void no_name_of_an_esu_licence_is_matched(void **state)
{
    const char *shared = check_shared("real");
    wz_text     text = { 0 };

    (void)state;
    if (shared == NULL)
        skip();
    assert_true(real_read(shared, "/slmgr/esu-product-names.tsv", &text));
    CHECK_CONTAINS(text.at, "Client-ESU-Year");
    assert_null(strstr(text.at, "Server-ESU"));
    wz_text_clear(&text);
}

/* ---- version strings ---- */

static void real_version_strings_give_their_level(void **state)
{
    static const struct { const char *part, *version; unsigned kb; } rows[] = {
        { "6.0.6003.20706 Service Pack 2", "6.0.6003.20706", 4534303 },
        { "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)", "6.0.6003.20489", 4493471 },
        { "6.0.6002.24566 (vistasp2_ldr_escrow.190311-1800)", "6.0.6002.24566", 4489880 },
        { "6.0.6003.22015.vistasp2_ldr_escrow.230327-1945", "6.0.6003.22015", 5025271 },
    };
    const char  *shared = check_shared("real");
    wz_snapshot *snapshot = machine_bare("x64");
    wz_checks    checks = { 0 };
    wz_text      text = { 0 };

    (void)state;
    if (shared == NULL) {
        wz_snapshot_free(snapshot);
        skip();
    }
    assert_true(real_read(shared, "/version-strings/version-strings.tsv", &text));
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        const wz_update *level;
        wz_version       version;

        CHECK_CONTAINS(text.at, rows[i].part);
        assert_true(wz_version_parse(rows[i].version, &version));
        level = wz_catalogue_level(machine_catalogue(), version, NULL);
        CHECK_ROW(i, level != NULL && level->kb == rows[i].kb);
    }
    /* The caption ends in a blank, which no sentence shows. */
    CHECK_CONTAINS(text.at, "Microsoft® Windows Server® 2008 Standard \t");
    machine_forget(snapshot, WZ_FACT_PRODUCT_NAME, WZ_FACT_ABSENT);
    machine_set(snapshot, WZ_FACT_CAPTION, "Microsoft® Windows Server® 2008 Standard ");
    wz_checks_run(snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &checks);
    CHECK_TEXT(checks.items[WZ_CHECK_SYSTEM].evidence.args[0], "Microsoft® Windows Server® 2008 Standard");
    wz_checks_clear(&checks);
    wz_snapshot_free(snapshot);
    wz_text_clear(&text);
}

/* ---- logs of the update agent ---- */

/* Every failure that they hold can be asked for by /remedy: as a code, with its facility. */
static void codes_of_real_update_logs_can_be_explained(void **state)
{
    static const struct { const char *name, *code, *facility; } rows[] = {
        { "wu-nt60-vista-2008-02-14.log", "0x8007045B", "FACILITY_WIN32 (7)" },
        { "wu-nt61-r2-evaluate-0x80070057.log", "0x80070057", "FACILITY_WIN32 (7)" },
        { "wu-nt61-r2-wusa-install-0x800736b3.log", "0x800736b3", "FACILITY_WIN32 (7)" },
    };
    const char *shared = check_shared("real");

    (void)state;
    if (shared == NULL)
        skip();
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text  name = { 0 }, text = { 0 }, facility = { 0 };
        uint32_t code = 0;

        wz_text_add(&name, "/windowsupdate-log/");
        wz_text_add(&name, rows[i].name);
        CHECK_ROW(i, real_read(shared, name.at, &text));
        CHECK_CONTAINS(text.at, rows[i].code);
        CHECK_ROW(i, wz_code_parse(rows[i].code, &code));
        wz_text_add_code_facility(&facility, code);
        CHECK_TEXT(facility.at, rows[i].facility);
        wz_text_clear(&name);
        wz_text_clear(&text);
        wz_text_clear(&facility);
    }
}

int test_real(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_scales_of_states_mean_what_microsoft_says),
        cmocka_unit_test(a_package_key_has_the_value_that_is_read),
        cmocka_unit_test(each_real_system_is_told_from_the_others),
        cmocka_unit_test(a_real_hotfix_table_is_read_whole),
        cmocka_unit_test(the_states_of_a_licence_are_those_of_slmgr),
        cmocka_unit_test(no_name_of_an_esu_licence_is_matched),
        cmocka_unit_test(real_version_strings_give_their_level),
        cmocka_unit_test(codes_of_real_update_logs_can_be_explained),
    };

    return cmocka_run_group_tests_name("real", tests, NULL, NULL);
}
