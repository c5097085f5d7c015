/*
 * What two snapshots say differently. The golden files are tests/data/compare/NAME.txt, .xml and .csv; WZ_ACCEPT=1
 * rewrites them: look at the difference before it is committed.
 */
#include "check.h"

#include "core/difference.h"
#include "fake_platform.h"
#include "machine.h"
#include "report_forms.h"
#include "resource.h"
#include "words.h"

typedef struct pair { fake_machine *fake; wz_session *one, *other; wz_differences found; } pair;

static wz_session *session_of(const fake_machine *fake, wz_snapshot *snapshot, const char *path)
{
    wz_session *session = wz_session_create(&fake->platform);
    wz_error    err = { 0 };

    assert_int_equal(wz_session_load_catalogue(session, NULL, &err), WZ_OK);
    session->snapshot = snapshot;
    session->opened_from = wz_copy(path);
    snapshot->taken = MACHINE_TIME;
    wz_session_assess(session);
    return session;
}

/* Takes the snapshots. */
static pair compared(wz_snapshot *one, wz_snapshot *other)
{
    pair p = { .fake = fake_create() };

    p.one = session_of(p.fake, one, "C:\\before.xml");
    p.other = session_of(p.fake, other, "C:\\after.xml");
    wz_differences_find(p.one, p.other, &p.found);
    return p;
}

static void leave(pair *p)
{
    wz_differences_clear(&p->found);
    wz_session_free(p->one);
    wz_session_free(p->other);
    fake_free(p->fake);
}

/* ---- what counts ----------------------------------------------------------------------------------------------- */

static void a_machine_does_not_differ_from_itself(void **state)
{
    pair p = compared(machine_bare("x64"), machine_bare("x64"));

    (void)state;
    assert_false(wz_differences_any(&p.found));
    assert_int_equal(p.found.moment_count, 0);
    assert_int_equal(p.found.machines, WZ_MACHINES_ONE);
    assert_true(p.found.has_packages && p.found.has_hotfixes);
    leave(&p);
}

static void values_of_the_moment_are_listed_and_do_not_count(void **state)
{
    wz_snapshot *later = machine_bare("x64");

    (void)state;
    machine_set(later, WZ_FACT_DISK_FREE, "10737418240");
    machine_set(later, WZ_FACT_BOOT_TIME, "2026-11-07T05:12:44Z");
    pair p = compared(machine_bare("x64"), later);

    assert_false(wz_differences_any(&p.found));
    assert_int_equal(p.found.moment_count, 2);
    leave(&p);
}

static void a_fact_differs_by_its_value_its_state_and_its_error(void **state)
{
    static const struct { wz_fact_state one, other; unsigned os_code; const char *value; bool differs; } rows[] = {
        { WZ_FACT_KNOWN,      WZ_FACT_KNOWN,      0, "Service Pack 2", false },
        { WZ_FACT_KNOWN,      WZ_FACT_KNOWN,      0, "Service Pack 1", true },
        { WZ_FACT_KNOWN,      WZ_FACT_ABSENT,     0, NULL,             true },
        { WZ_FACT_ABSENT,     WZ_FACT_ABSENT,     0, NULL,             false },
        { WZ_FACT_NOT_ASKED,  WZ_FACT_ABSENT,     0, NULL,             true },
        { WZ_FACT_UNREADABLE, WZ_FACT_UNREADABLE, 5, NULL,             false },
        { WZ_FACT_UNREADABLE, WZ_FACT_UNREADABLE, 2, NULL,             true },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *one = machine_bare("x64"), *other = machine_bare("x64");

        machine_set(one, WZ_FACT_SERVICE_PACK, "Service Pack 2");
        machine_set(other, WZ_FACT_SERVICE_PACK, rows[i].value != NULL ? rows[i].value : "");
        if (rows[i].one != WZ_FACT_KNOWN)
            machine_forget(one, WZ_FACT_SERVICE_PACK, rows[i].one);
        if (rows[i].other != WZ_FACT_KNOWN)
            machine_forget(other, WZ_FACT_SERVICE_PACK, rows[i].other);
        if (rows[i].other == WZ_FACT_UNREADABLE)
            other->facts[WZ_FACT_SERVICE_PACK].os_code = rows[i].os_code;
        pair p = compared(one, other);

        CHECK_ROW(i, (p.found.fact_count == 1) == rows[i].differs);
        leave(&p);
    }
}

/* ---- packages and updates -------------------------------------------------------------------------------------- */

static void both_scales_of_a_state_are_the_same(void **state)
{
    wz_snapshot *one = machine_bare("x64"), *other = machine_bare("x64");

    (void)state;
    wz_snapshot_add_package(one, "Package_for_KB4493730~31bf3856ad364e35~amd64~~6.0.1.0", 7);
    wz_snapshot_add_package(other, "package_for_kb4493730~31BF3856AD364E35~amd64~~6.0.1.0", 0x70);
    pair p = compared(one, other);

    assert_int_equal(p.found.package_count, 0);
    assert_int_equal(p.found.update_count, 0);
    leave(&p);
}

static void packages_are_found_wherever_they_stand(void **state)
{
    wz_snapshot *one = machine_bare("x64"), *other = machine_bare("x64");

    (void)state;
    wz_snapshot_add_package(one, "Zeta~1", 0x70);
    wz_snapshot_add_package(one, "Alpha~1", 0x70);
    wz_snapshot_add_package(one, "Gone~1", 0x70);
    wz_snapshot_add_package(other, "alpha~1", 0x40);
    wz_snapshot_add_package(other, "New~1", 0x60);
    wz_snapshot_add_package(other, "Zeta~1", 0x70);
    pair p = compared(one, other);

    assert_int_equal(p.found.package_count, 3);
    CHECK_TEXT(p.found.packages[0].first->name, "Alpha~1");
    CHECK_TEXT(p.found.packages[0].second->name, "alpha~1");
    CHECK_TEXT(p.found.packages[1].first->name, "Gone~1");
    assert_null(p.found.packages[1].second);
    assert_null(p.found.packages[2].first);
    CHECK_TEXT(p.found.packages[2].second->name, "New~1");
    assert_int_equal(p.found.update_count, 0);                   /* none of them names one */
    leave(&p);
}

/* The state of an update is that of its best package: one more beside an installed one changes nothing. */
static void an_update_differs_by_what_its_packages_mean_together(void **state)
{
    wz_snapshot *one = machine_bare("x64"), *other = machine_bare("x64");

    (void)state;
    machine_add(one, 4474419, MACHINE_INSTALLED);
    machine_add(other, 4474419, MACHINE_INSTALLED);
    wz_snapshot_add_package(other, "Package_1_for_KB4474419~31bf3856ad364e35~amd64~~6.0.4.0", MACHINE_STAGED);
    machine_add(other, 4534303, MACHINE_PENDING);
    pair p = compared(one, other);

    assert_int_equal(p.found.update_count, 1);
    assert_int_equal(p.found.updates[0].kb, 4534303);
    assert_int_equal(p.found.updates[0].first, WZ_PACKAGE_ABSENT);
    assert_int_equal(p.found.updates[0].second, WZ_PACKAGE_PENDING);
    assert_int_equal(p.found.package_count, 2);
    leave(&p);
}

static void a_list_that_one_of_them_lacks_is_not_compared(void **state)
{
    wz_snapshot *one = machine_bare("x64"), *other = machine_bare("x64");

    (void)state;
    machine_add(other, 4534303, MACHINE_INSTALLED);
    machine_forget(one, WZ_FACT_PACKAGES, WZ_FACT_UNREADABLE);
    machine_forget(one, WZ_FACT_HOTFIXES, WZ_FACT_UNREADABLE);
    pair p = compared(one, other);

    assert_false(p.found.has_packages || p.found.has_hotfixes);
    assert_int_equal(p.found.package_count + p.found.update_count + p.found.hotfix_count, 0);
    wz_report *report = wz_differences_report(&p.found, test_words());
    wz_text    text = { 0 };

    wz_report_render(report, WZ_REPORT_TEXT, &text);
    CHECK_CONTAINS(text.at, wz_word(test_words(), IDS_COMPARE_NO_LIST));
    wz_text_clear(&text);
    wz_report_free(report);
    leave(&p);
}

static void what_only_wmi_lists_is_told_once(void **state)
{
    wz_snapshot *one = machine_bare("x64"), *other = machine_bare("x64");

    (void)state;
    machine_add(other, 4534303, MACHINE_INSTALLED);              /* with a row of WMI */
    wz_snapshot_add_hotfix(one, "KB1234567");
    wz_snapshot_add_hotfix(other, "{9A25302D-30C0-39D9-BD6F-21E6EC160475}");
    pair p = compared(one, other);

    assert_int_equal(p.found.update_count, 1);
    assert_int_equal(p.found.hotfix_count, 2);
    CHECK_TEXT(p.found.hotfixes[0].id, "KB1234567");
    assert_true(p.found.hotfixes[0].is_first);
    assert_false(p.found.hotfixes[1].is_first);
    leave(&p);
}

/* ---- the document ---------------------------------------------------------------------------------------------- */

static wz_snapshot *updated(const char *name)
{
    wz_snapshot *snapshot = machine_bare("x64");

    machine_set_version(snapshot, "6.0.6003.20706");
    machine_set(snapshot, WZ_FACT_STACK_VERSION, "6.0.6003.20555");
    machine_set_sha2(snapshot);
    machine_add(snapshot, 4493730, MACHINE_INSTALLED);
    machine_add(snapshot, 4474419, MACHINE_INSTALLED);
    machine_add(snapshot, 4534303, MACHINE_INSTALLED);
    machine_set(snapshot, WZ_FACT_DISK_FREE, "10737418240");
    machine_set(snapshot, WZ_FACT_COMPUTER_NAME, name);
    return snapshot;
}

static void golden(const wz_report *report, const char *name, wz_report_format format, const char *ending)
{
    wz_text path = { 0 }, got = { 0 };

    wz_text_add(&path, "tests/data/compare/");
    wz_text_add(&path, name);
    wz_text_add(&path, ending);
    wz_report_render(report, format, &got);
    if (getenv("WZ_ACCEPT") != NULL) {
        FILE *file = fopen(path.at, "wb");

        assert_non_null(file);
        assert_int_equal(fwrite(got.at, 1, got.length, file), got.length);
        assert_int_equal(fclose(file), 0);
    }
    wz_text want = test_read(path.at);

    CHECK_TEXT(wz_text_at(&got), wz_text_at(&want));
    wz_text_clear(&want);
    wz_text_clear(&got);
    wz_text_clear(&path);
}

static void check_document(const pair *p, const char *name)
{
    wz_report *report = wz_differences_report(&p->found, test_words());
    wz_text    html = { 0 }, xml = { 0 }, text = { 0 };

    assert_int_equal(report->exit_code, wz_differences_any(&p->found));
    wz_report_render(report, WZ_REPORT_HTML, &html);
    wz_report_render(report, WZ_REPORT_XML, &xml);
    wz_report_render(report, WZ_REPORT_TEXT, &text);
    report_check_html(&html);
    report_check_text(text.at);
    wz_xml_free(report_opened(&xml));
    assert_null(strchr(text.at, '#'));                           /* so are strings shown that are missing */
    assert_null(strchr(text.at, '%'));
    golden(report, name, WZ_REPORT_TEXT, ".txt");
    golden(report, name, WZ_REPORT_XML, ".xml");
    golden(report, name, WZ_REPORT_CSV, ".csv");
    wz_text_clear(&text);
    wz_text_clear(&xml);
    wz_text_clear(&html);
    wz_report_free(report);
}

static void one_machine_before_and_after(void **state)
{
    wz_snapshot *before = machine_bare("x64");

    (void)state;
    machine_set(before, WZ_FACT_COMPUTER_NAME, "MRT-SRV-01");
    pair p = compared(before, updated("MRT-SRV-01"));

    check_document(&p, "before-after");
    leave(&p);
}

static void two_machines(void **state)
{
    wz_snapshot *other = updated("MRT-SRV-02");

    (void)state;
    machine_set(other, WZ_FACT_MACHINE_ID, "0d6f7c5e-1111-4222-8333-444455556666");
    wz_snapshot_add_hotfix(other, "KB1234567");
    pair p = compared(updated("MRT-SRV-01"), other);

    assert_int_equal(p.found.machines, WZ_MACHINES_TWO);
    check_document(&p, "two-machines");
    leave(&p);
}

static void nothing_that_differs(void **state)
{
    pair p = compared(machine_bare("x64"), machine_bare("x64"));

    (void)state;
    check_document(&p, "same");
    leave(&p);
}

static void names_are_left_out_of_both(void **state)
{
    wz_snapshot *other = updated("MRT-SRV-02");
    wz_text      xml = { 0 };

    (void)state;
    machine_set(other, WZ_FACT_MACHINE_ID, "0d6f7c5e-1111-4222-8333-444455556666");
    pair p = compared(updated("MRT-SRV-01"), other);

    p.one->redact = true;
    wz_report *report = wz_differences_report(&p.found, test_words());

    wz_report_render(report, WZ_REPORT_XML, &xml);
    assert_null(strstr(xml.at, "MRT-SRV-01"));
    assert_null(strstr(xml.at, "MRT-SRV-02"));
    wz_text_clear(&xml);
    wz_report_free(report);
    leave(&p);
}

int test_difference(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_machine_does_not_differ_from_itself),
        cmocka_unit_test(values_of_the_moment_are_listed_and_do_not_count),
        cmocka_unit_test(a_fact_differs_by_its_value_its_state_and_its_error),
        cmocka_unit_test(both_scales_of_a_state_are_the_same),
        cmocka_unit_test(packages_are_found_wherever_they_stand),
        cmocka_unit_test(an_update_differs_by_what_its_packages_mean_together),
        cmocka_unit_test(a_list_that_one_of_them_lacks_is_not_compared),
        cmocka_unit_test(what_only_wmi_lists_is_told_once),
        cmocka_unit_test(one_machine_before_and_after),
        cmocka_unit_test(two_machines),
        cmocka_unit_test(nothing_that_differs),
        cmocka_unit_test(names_are_left_out_of_both),
    };

    return cmocka_run_group_tests_name("difference", tests, NULL, NULL);
}
