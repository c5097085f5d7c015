#include "check.h"
#include "report_forms.h"
#include "words.h"

/*
 * The six machines of tests/data/snapshots and an Itanium before and after its last update, assessed by the real engine
 * with the built-in catalogue and reported in English: what each report must say of it, and that every word in it
 * exists.
 */

#define SNAPSHOTS "tests/data/snapshots/"
#define MACHINES  "build/machines/"            /* see tests/data/make_machines.py */

static const struct { const char *path; wz_exit exit; const char *says[6]; } machines[] = {
    { SNAPSHOTS "bare-sp2-x64.xml", WZ_EXIT_UPDATES,
      { "Version 6.0 (Build 6002: Service Pack 2)", "6.0.6002.18005", "KB4493730", "KB4474419", "KB4534303",
        "MRT-SRV-01" } },
    { SNAPSHOTS "sp2-x86-stack.xml", WZ_EXIT_UPDATES,
      { "Version 6.0 (Build 6002: Service Pack 2)", "6.0.6002.24565", "KB4474419", "KB4534303", "PLC-GATE-3", "x86" } },
    { SNAPSHOTS "6003-january-2020-x64.xml", WZ_EXIT_DONE,
      { "Version 6.0 (Build 6003: Service Pack 2)", "6.0.6003.20706", "January 2020", "2026-01-13", NULL, NULL } },
    { SNAPSHOTS "server-2008-r2-x64.xml", WZ_EXIT_UNSUPPORTED,
      { "Version 6.1 (Build 7601: Service Pack 1)", "R2", NULL, NULL, NULL, NULL } },
    { SNAPSHOTS "vista-sp2-x86.xml", WZ_EXIT_UNSUPPORTED,
      { "Version 6.0 (Build 6002: Service Pack 2)", "Vista", NULL, NULL, NULL, NULL } },
    { SNAPSHOTS "broken-pending-x64.xml", WZ_EXIT_BLOCKED,
      { "6.0.6003.20489", "No answer within the time limit", "2147749891", "setup<1>&2.tmp", "CheckSUR.log of",
        "QEMU/KVM" } },
    { MACHINES "itanium-march-2019.xml", WZ_EXIT_UPDATES,
      { "Version 6.0 (Build 6002: Service Pack 2)", "Itanium-based systems ended in January 2020", "ia64", "KB4493730",
        "KB4534303", "Not allowed: KB5022340 does" } },
    { MACHINES "itanium-january-2020.xml", WZ_EXIT_DONE,
      { "Version 6.0 (Build 6003: Service Pack 2)", "Itanium-based systems ended in January 2020", "ia64",
        "Not allowed: KB5022340 does", NULL, NULL } },
};

static wz_text catalogue_bytes, catalogue_schema, snapshot_schema;

static wz_view view_of(const wz_text *text)
{
    return (wz_view){ text->at, text->length };
}

static wz_view fake_resource(void *context, wz_resource which)
{
    (void)context;
    return which == WZ_RESOURCE_CATALOGUE ? view_of(&catalogue_bytes)
         : which == WZ_RESOURCE_CATALOGUE_SCHEMA ? view_of(&catalogue_schema) : view_of(&snapshot_schema);
}

static wz_time fake_now(void *context)
{
    (void)context;
    return 1794000060;
}

static wz_status fake_read(void *context, const char *path, size_t limit, wz_text *out, wz_error *err)
{
    (void)context;
    (void)limit;
    (void)err;
    *out = test_read(path);
    return WZ_OK;
}

static void fake_sha256(void *context, wz_view bytes, char out[65])
{
    (void)context;
    (void)bytes;
    memset(out, '0', 64);
    out[64] = '\0';
}

static wz_session *opened(const wz_platform *platform, const char *path)
{
    wz_session *session = wz_session_create(platform);
    wz_error    err = { 0 };

    if (wz_session_load_catalogue(session, NULL, &err) != WZ_OK ||
        wz_session_probe(session, path, NULL, &err) != WZ_OK) {
        print_error("%s\n", test_error(&err));
        fail();
    }
    return session;
}

static void each_machine_is_reported_as_it_is(void **state)
{
    wz_platform platform = {
        .resource = fake_resource, .now = fake_now, .read_file = fake_read, .sha256 = fake_sha256,
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(machines); i++) {
        wz_session *session = opened(&platform, machines[i].path);
        wz_report  *report = wz_report_create(session, test_words());
        wz_text     text = { 0 }, xml = { 0 }, html = { 0 };

        CHECK_ROW(i, report->exit_code == (unsigned)machines[i].exit);
        wz_report_render(report, WZ_REPORT_TEXT, &text);
        wz_report_render(report, WZ_REPORT_XML, &xml);
        wz_report_render(report, WZ_REPORT_HTML, &html);
        for (size_t part = 0; part < CHECK_COUNT(machines[i].says) && machines[i].says[part] != NULL; part++)
            CHECK_CONTAINS(text.at, machines[i].says[part]);
        report_check_text(text.at);
        report_check_html(&html);
        wz_xml_free(report_opened(&xml));
        assert_null(strchr(text.at, '#'));                 /* so are strings shown that are missing */
        wz_text_clear(&text);
        wz_text_clear(&xml);
        wz_text_clear(&html);
        wz_report_free(report);
        wz_session_free(session);
    }
}

static int set_up(void **state)
{
    (void)state;
    catalogue_bytes = test_read("resources/catalogue.xml");
    catalogue_schema = test_read("resources/catalogue.xsd");
    snapshot_schema = test_read("resources/snapshot.xsd");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    wz_text_clear(&catalogue_bytes);
    wz_text_clear(&catalogue_schema);
    wz_text_clear(&snapshot_schema);
    return 0;
}

int test_report_machines(void)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(each_machine_is_reported_as_it_is) };

    return cmocka_run_group_tests_name("report_machines", tests, set_up, tear_down);
}
