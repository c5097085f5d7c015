#include "check.h"
#include "core/servicing_log.h"
#include "words.h"

static wz_view view_of(const char *text)
{
    return (wz_view){ text, strlen(text) };
}

/* What a whole log says, and that the lines kept of it say the same. */
static void read_both(wz_view text, wz_servicing_log *out)
{
    wz_servicing_log again;
    wz_text          lines = { 0 };

    wz_servicing_log_read(text, out);
    wz_servicing_log_pick(text, &lines);
    wz_servicing_log_read((wz_view){ wz_text_at(&lines), lines.length }, &again);
    assert_true(wz_is_utf8(wz_text_at(&lines), lines.length));
    assert_true(lines.length <= WZ_LOG_LINES * (WZ_LOG_LINE_BYTES + 1));
    assert_int_equal(again.esu, out->esu);
    assert_int_equal(again.has_rolled_back, out->has_rolled_back);
    assert_int_equal(again.is_pending, out->is_pending);
    assert_int_equal(again.corruptions > 0, out->corruptions > 0);
    CHECK_TEXT(again.time, out->time);
    wz_text_clear(&lines);
}

/* ---- CBS.log ---- */

static void both_wordings_give_the_code(void **state)
{
    static const struct { const char *line; uint32_t code; } rows[] = {
        { "2008-02-14 06:46:09, Error                 CBS    Doqe: Failed processing queue with hr: 0x800705aa",
          0x800705AAu },
        { "2009-06-11 13:33:08, Error CBS SPI: (X::Open:227)Failed to open package hr=0x800b0100", 0x800B0100u },
        { "2009-06-11 13:33:08, Error CBS SPI: Failed opening parent package X. hr 0x800f0805", 0x800F0805u },
        { "2016-10-19 11:28:37, Error                 CBS    Failed to call X [HRESULT = 0x80070057 - E_INVALIDARG]",
          0x80070057u },
        { "2016-10-19 14:24:01, Error                 CSI    00000095 (F) X #4474948# from Y[gle=0x800736b3]",
          0x800736B3u },
        { "2010-07-08 14:04:09, Error [0x018007] CSI 00000052 (F) X with HRESULT HRESULT_FROM_WIN32(14109)."
          " Failure will not be ignored: A rollback will be initiated [gle=0x80004005]", 0x8007371Du },
        { "2016-10-19 14:24:01, Error                 CSI    X [gle=0x80004005]", 0x80004005u },
        { "2016-10-19 14:24:01, Error                 CBS    Disposition 0x1, handle @0x581c", 0 },
        { "Error CBS    X [HRESULT = 0x800F0922 - CBS_E_INSTALLERS_FAILED]", 0x800F0922u },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_servicing_log log;

        read_both(view_of(rows[i].line), &log);
        CHECK_ROW(i, log.errors == 1);
        CHECK_ROW(i, log.code == rows[i].code);
    }
}

static void the_code_that_comes_most_often_counts_and_of_several_the_last(void **state)
{
    wz_servicing_log log;

    (void)state;
    read_both(view_of("2019-01-01 00:00:00, Error CBS a 0x80070005\n"
                      "2019-01-01 00:00:01, Error CBS b 0x80070005\r\n"
                      "2019-01-01 00:00:02, Error CBS c 0x80070020\n"), &log);
    assert_int_equal(log.code, 0x80070005u);
    read_both(view_of("2019-01-01 00:00:00, Error CBS a 0x80070005\n2019-01-01 00:00:02, Error CBS c 0x80070020\n"
                      "2019-01-01 00:00:03, Error CBS d 0x80004005"), &log);
    assert_int_equal(log.code, 0x80070020u);
    CHECK_TEXT(log.time, "2019-01-01 00:00:03");
    assert_int_equal(log.errors, 3);
}

static void noise_is_none(void **state)
{
    static const char *const lines[] = {
        "",
        "2016-09-28 04:30:31, Info                  CBS    SQM: Failed to start upload [HRESULT = 0x80004005 - E_FAIL]",
        "2016-09-28 04:30:31, Info                  CBS    Warning: Unrecognized packageExtended attribute.",
        "2016-09-28 04:30:31, Info                  CBS    The Error is mentioned only",
        "Error",
        "Error in another program",
        "2016-09-28 04:30:31, Error",
        "\xFF\xFE\x01 half a line",
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(lines); i++) {
        wz_servicing_log log;

        read_both(view_of(lines[i]), &log);
        CHECK_ROW(i, log.errors == 0 && log.corruptions == 0 && log.esu == WZ_ESU_SILENT && log.code == 0);
        CHECK_ROW(i, !log.has_rolled_back && !log.is_pending);
    }
}

static void esu_texts_give_their_reason(void **state)
{
    static const struct { const char *text; wz_esu_word word; } rows[] = {
        { "ESU: Product = 36 (0x00000024).", WZ_ESU_SILENT },
        { "2020-02-12 01:00:00, Info CBS ESU: NO ESU KEY FOUND\nESU: not eligible:HRESULT_FROM_WIN32(1633)",
          WZ_ESU_NO_KEY },
        { "ESU: Windows is not activated.\nESU: not eligible HRESULT_FROM_WIN32(1633)", WZ_ESU_NOT_ACTIVATED },
        { "ESU: Pre IMDS checks failed, Not Eligible:HRESULT_FROM_WIN32(1605)", WZ_ESU_NOT_ELIGIBLE },
        { "ESU: not eligible HRESULT_FROM_WIN32(1633)", WZ_ESU_NOT_ELIGIBLE },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_servicing_log log;

        read_both(view_of(rows[i].text), &log);
        CHECK_ROW(i, log.esu == rows[i].word);
        CHECK_ROW(i, log.code == 0 && log.errors == 0);
    }
}

static void a_damage_names_its_package(void **state)
{
    wz_servicing_log log;

    (void)state;
    read_both(view_of("2017-11-15 12:40:00, Error CBS Failed to resolve package "
                      "'Package_123_for_KB3192392~31bf3856ad364e35~amd64~~6.3.1.4' [HRESULT = 0x800f0831 - X]\n"
                      "2017-11-15 12:40:00, Info CBS Mark store corruption flag because of package: "
                      "Package_93_for_KB948465~31bf3856ad364e35~amd64~~6.0.1.18005. hr: 0x800b0100"), &log);
    assert_int_equal(log.corruptions, 2);
    CHECK_TEXT(log.package, "Package_93_for_KB948465~31bf3856ad364e35~amd64~~6.0.1.18005");
}

/* Ten thousand errors, long lines and bytes that are no text: the newest are kept, within bounds. */
static void a_large_log_is_kept_small(void **state)
{
    wz_text          text = { 0 };
    wz_text          lines = { 0 };
    wz_servicing_log log;

    (void)state;
    for (unsigned i = 0; i < 10000; i++) {
        wz_text_add(&text, "2019-01-01 00:00:00, Error CBS \xE9\x80 ");
        wz_text_add_number(&text, i);
        for (unsigned k = 0; k < 40; k++)
            wz_text_add(&text, " long words \xC3\xA9");
        wz_text_add(&text, "\n");
    }
    wz_servicing_log_read((wz_view){ text.at, text.length }, &log);
    assert_int_equal(log.errors, 10000);
    wz_servicing_log_pick((wz_view){ text.at, text.length }, &lines);
    assert_true(wz_is_utf8(lines.at, lines.length));
    assert_true(lines.length <= WZ_LOG_LINES * (WZ_LOG_LINE_BYTES + 1));
    CHECK_CONTAINS(lines.at, " 9999 ");
    CHECK_CONTAINS(lines.at, " 9976 ");
    assert_null(strstr(lines.at, " 9975 "));
    wz_text_clear(&text);
    wz_text_clear(&lines);
}

/* ---- CheckSUR.log ---- */

static void only_the_last_check_counts(void **state)
{
    static const char text[] =
        "=================================\r\nChecking System Update Readiness.\r\nVersion 6.0.6001.22275\r\n"
        "2009-07-20 22:35\r\n(f) CBS MUM Missing 0x00000002 a.mum\r\nSummary:\r\nFound 1 errors\r\n"
        "=================================\r\nChecking System Update Readiness.\r\nBinary Version 6.1.7600.20822\r\n"
        "Package Version 10.0\r\n2010-12-03 11:43\r\n"
        "(f) CBS MUM Corrupt 0x800F0900 servicing\\Packages\\b.mum Line 1:\r\n"
        "(fix) CBS MUM Corrupt CBS File Replaced b.mum from Cabinet: x\r\nSummary:\r\nSeconds executed: 253\r\n"
        " Found 1 errors\r\n Fixed 1 errors\r\n  CBS MUM Corrupt Total count: 1\r\n";
    wz_readiness_log log;
    wz_readiness_log again;
    wz_text          lines = { 0 };

    (void)state;
    wz_readiness_log_read(view_of(text), &log);
    assert_true(log.is_there && log.is_complete);
    assert_int_equal(log.found, 1);
    assert_int_equal(log.fixed, 1);
    CHECK_TEXT(log.date, "2010-12-03 11:43");
    CHECK_TEXT(log.kind, "CBS MUM Corrupt");
    CHECK_TEXT(log.file, "servicing\\Packages\\b.mum");
    wz_readiness_log_pick(view_of(text), &lines);
    assert_null(strstr(lines.at, "2009"));
    wz_readiness_log_read((wz_view){ lines.at, lines.length }, &again);
    assert_memory_equal(&again, &log, sizeof log);
    wz_text_clear(&lines);
}

static void a_check_without_errors_is_clean_and_nothing_is_no_check(void **state)
{
    wz_readiness_log log;

    (void)state;
    wz_readiness_log_read(view_of("Checking System Update Readiness.\nSummary:\nSeconds executed: 9\n"
                                  "No errors detected\n"), &log);
    assert_true(log.is_there && log.is_complete);
    assert_int_equal(log.found, 0);
    wz_readiness_log_read(view_of(""), &log);
    assert_false(log.is_there);
    wz_readiness_log_read(view_of("Found something"), &log);
    assert_false(log.is_there);
}

/* Windows puts tabs between the parts of a line; copies in forums have blanks there. */
static void tabs_part_what_blanks_part(void **state)
{
    static const char *const lines[] = {
        "(f)\tCBS MUM Missing\t0x00000002\tservicing\\Packages\\x~6.0.1.2.mum\t\t\n",
        "(f) CBS MUM Missing 0x00000002 servicing\\Packages\\x~6.0.1.2.mum\n",
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(lines); i++) {
        wz_text          text = { 0 };
        wz_readiness_log log;

        wz_text_add(&text, "Checking System Update Readiness.\n");
        wz_text_add(&text, lines[i]);
        wz_readiness_log_read((wz_view){ text.at, text.length }, &log);
        CHECK_TEXT(log.kind, "CBS MUM Missing");
        CHECK_TEXT(log.file, "servicing\\Packages\\x~6.0.1.2.mum");
        wz_text_clear(&text);
    }
}

static void many_errors_are_kept_small_with_the_summary(void **state)
{
    wz_text          text = { 0 };
    wz_text          lines = { 0 };
    wz_readiness_log log;

    (void)state;
    wz_text_add(&text, "Checking System Update Readiness.\n2010-12-03 11:43\n");
    for (unsigned i = 0; i < 5000; i++)
        wz_text_add(&text, "(f) CBS MUM Missing 0x00000002 servicing\\packages\\x.mum\n");
    wz_text_add(&text, "Summary:\nFound 5000 errors\nCBS MUM Missing Total Count: 5000\n");
    wz_readiness_log_pick((wz_view){ text.at, text.length }, &lines);
    wz_readiness_log_read((wz_view){ lines.at, lines.length }, &log);
    assert_true(lines.length < WZ_LOG_LINES * WZ_LOG_LINE_BYTES);
    assert_true(log.is_complete);
    assert_int_equal(log.found, 5000);
    wz_text_clear(&text);
    wz_text_clear(&lines);
}

/* ---- logs of real machines ---- */

static bool real_read(const char *folder, const char *name, wz_text *out)
{
    wz_text path = { 0 };
    bool    is_there;

    wz_text_add(&path, folder);
    wz_text_add(&path, name);
    is_there = test_read_any(wz_text_at(&path), out);
    wz_text_clear(&path);
    return is_there;
}

static void real_servicing_logs_are_judged_as_researched(void **state)
{
    static const struct {
        const char *name;
        size_t      errors, corruptions;
        bool        has_rolled_back, is_pending;
        wz_esu_word esu;
        uint32_t    code;
    } rows[] = {
        { "cbs-nt60-srv2008-sp2-parent-missing.log",         3, 1, false, false, WZ_ESU_SILENT, 0x800B0100u },
        { "cbs-nt60-vista-rtm-shutdown-driver-0x800705aa.log", 3, 0, false, false, WZ_ESU_SILENT, 0x800705AAu },
        { "cbs-nt61-pending-reboot-0x80070bc9.log",          0, 0, false, true,  WZ_ESU_SILENT, 0x80070BC9u },
        { "cbs-nt61-r2-applicability-0x80070057.log",        3, 0, false, false, WZ_ESU_SILENT, 0x80070057u },
        { "cbs-nt61-r2-commit-failed-0x800736b3.log",        7, 0, true,  false, WZ_ESU_SILENT, 0x800736B3u },
        { "cbs-nt61-r2-installer-failed-rollback-14109.log", 2, 0, true,  false, WZ_ESU_SILENT, 0x8007371Du },
        { "cbs-nt61-win7-normal.log",                        0, 0, false, false, WZ_ESU_SILENT, 0           },
        { "cbs-nt63-store-corruption-0x800f0831.log",        1, 4, false, false, WZ_ESU_SILENT, 0x800F0831u },
        { "cbs-nt10-startup-installer-failed-rollback.log",  3, 0, true,  false, WZ_ESU_SILENT, 0x800F0922u },
        { "cbs-esu-strings.txt",                             0, 0, false, false, WZ_ESU_NOT_ACTIVATED, 0    },
    };
    const char *shared = check_shared("servicing_log");

    (void)state;
    if (shared == NULL)
        skip();
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text          name = { 0 };
        wz_text          text = { 0 };
        wz_servicing_log log;

        wz_text_add(&name, "/cbs-logs/");
        wz_text_add(&name, rows[i].name);
        CHECK_ROW(i, real_read(shared, wz_text_at(&name), &text));
        read_both((wz_view){ wz_text_at(&text), text.length }, &log);
        CHECK_ROW(i, log.errors == rows[i].errors);
        CHECK_ROW(i, log.corruptions == rows[i].corruptions);
        CHECK_ROW(i, log.has_rolled_back == rows[i].has_rolled_back && log.is_pending == rows[i].is_pending);
        CHECK_ROW(i, log.esu == rows[i].esu);
        CHECK_ROW(i, log.code == rows[i].code);
        wz_text_clear(&name);
        wz_text_clear(&text);
    }
}

static void real_readiness_logs_are_judged_as_researched(void **state)
{
    static const struct { const char *name; bool is_complete; unsigned found; const char *date, *kind; } rows[] = {
        { "/checksur/checksur-nt60-6001-mum-missing.log",     true,  1, "2009-07-20 22:35", "CBS MUM Missing" },
        { "/checksur/checksur-nt60-mum-corrupt-lines.log",    false, 6, "",                 "CBS MUM Corrupt" },
        { "/checksur/checksur-nt60-summary-unavailable.log",  true,  3, "",                 ""                },
        { "/checksur/checksur-nt61-package-10.log",           true,  1, "2010-12-03 11:43", "CBS MUM Corrupt" },
        { "/checksur/checksur-nt61-package-8.log",            false, 3, "2010-08-13 13:26", "CBS MUM Corrupt" },
    };
    const char *shared = check_shared("servicing_log");

    (void)state;
    if (shared == NULL)
        skip();
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text          text = { 0 };
        wz_readiness_log log;

        CHECK_ROW(i, real_read(shared, rows[i].name, &text));
        wz_readiness_log_read((wz_view){ wz_text_at(&text), text.length }, &log);
        CHECK_ROW(i, log.is_there && log.is_complete == rows[i].is_complete);
        CHECK_ROW(i, log.found == rows[i].found && log.fixed == 0);
        CHECK_TEXT(log.date, rows[i].date);
        CHECK_TEXT(log.kind, rows[i].kind);
        wz_text_clear(&text);
    }
}

int test_servicing_log(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_wordings_give_the_code),
        cmocka_unit_test(the_code_that_comes_most_often_counts_and_of_several_the_last),
        cmocka_unit_test(noise_is_none),
        cmocka_unit_test(esu_texts_give_their_reason),
        cmocka_unit_test(a_damage_names_its_package),
        cmocka_unit_test(a_large_log_is_kept_small),
        cmocka_unit_test(only_the_last_check_counts),
        cmocka_unit_test(a_check_without_errors_is_clean_and_nothing_is_no_check),
        cmocka_unit_test(tabs_part_what_blanks_part),
        cmocka_unit_test(many_errors_are_kept_small_with_the_summary),
        cmocka_unit_test(real_servicing_logs_are_judged_as_researched),
        cmocka_unit_test(real_readiness_logs_are_judged_as_researched),
    };

    return cmocka_run_group_tests_name("servicing_log", tests, NULL, NULL);
}
