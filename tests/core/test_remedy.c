/* What installers' codes mean, and what is told of a step that did not end well. */
#include "check.h"

#include "core/diagnosis.h"
#include "core/remedy.h"
#include "core/xml.h"
#include "machine.h"
#include "resource.h"
#include "words.h"

/* ---- codes ---- */

/* servicing.md 7D, by both numbers where it gives both; then section 8. */
static void codes_are_treated_as_the_facts_say(void **state)
{
    static const struct { int64_t code; wz_code_meaning meaning; unsigned word; } rows[] = {
        { 0, WZ_CODE_OK, IDS_CODE_OK },
        { 1641, WZ_CODE_RESTART, IDS_CODE_RESTART },
        { 3010, WZ_CODE_RESTART, IDS_CODE_RESTART },
        { 3011, WZ_CODE_RESTART, IDS_CODE_RESTART },
        { 0x80070BC2, WZ_CODE_RESTART, IDS_CODE_RESTART },
        { 2359301, WZ_CODE_RESTART, IDS_CODE_RESTART },
        { 2359302, WZ_CODE_ALREADY, IDS_CODE_ALREADY },
        { 2149842967, WZ_CODE_NOT_APPLICABLE, IDS_CODE_NOT_APPLICABLE },
        { -2145124329, WZ_CODE_NOT_APPLICABLE, IDS_CODE_NOT_APPLICABLE },
        { 2149842966, WZ_CODE_RESTART_FIRST, IDS_CODE_NOT_ALLOWED },
        { -2145124330, WZ_CODE_RESTART_FIRST, IDS_CODE_NOT_ALLOWED },
        { 2148098064, WZ_CODE_RESTART_FIRST, IDS_CODE_SHA2_NOT_ACTIVE },
        { -2146869232, WZ_CODE_RESTART_FIRST, IDS_CODE_SHA2_NOT_ACTIVE },
        { 0x80242014, WZ_CODE_RESTART_FIRST, IDS_REMEDY_SAYS_NOT_FINISHED },
        { 1722, WZ_CODE_RETRY, IDS_CODE_SERVICE_BUSY },
        { 0x800706BA, WZ_CODE_RETRY, IDS_CODE_SERVICE_BUSY },
        { 0x800B0109, WZ_CODE_FAILED, IDS_CODE_SHA2_MISSING },
        { -2146885628, WZ_CODE_FAILED, IDS_CODE_SHA2_MISSING },
        { 112, WZ_CODE_FAILED, IDS_CODE_DISK_FULL },
        { 0x80070070, WZ_CODE_FAILED, IDS_CODE_DISK_FULL },
        { 0x80070643, WZ_CODE_FAILED, IDS_CODE_LICENCE },
        { 1603, WZ_CODE_FAILED, IDS_CODE_LICENCE },
        /* Not listed, or too small to mean one thing. */
        { 0x80070661, WZ_CODE_FAILED, IDS_CODE_FAILED },
        { 1633, WZ_CODE_FAILED, IDS_CODE_FAILED },
        { 1, WZ_CODE_FAILED, IDS_CODE_FAILED },
        { 2, WZ_CODE_FAILED, IDS_CODE_FAILED },
        { 5, WZ_CODE_FAILED, IDS_CODE_FAILED },
        { 0xFFFFFFFF, WZ_CODE_FAILED, IDS_CODE_FAILED },
        { 0x80070000, WZ_CODE_FAILED, IDS_CODE_FAILED },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        CHECK_ROW(i, wz_code_treat((uint32_t)rows[i].code) == rows[i].meaning);
        CHECK_ROW(i, wz_code_word((uint32_t)rows[i].code) == rows[i].word);
    }
}

#define IS_TEXT(id) (wz_word(test_words(), (id))[0] != '#')

static void every_code_has_its_words(void **state)
{
    size_t count = 0;

    (void)state;
    for (const wz_remedy *row; (row = wz_remedy_at(count)) != NULL; count++) {
        bool is_wrong = row->treatment != WZ_CODE_OK && row->treatment != WZ_CODE_RESTART;

        CHECK_ROW(count, wz_remedy_of(row->code) == row);          /* none is there twice */
        CHECK_ROW(count, IS_TEXT(row->says));
        CHECK_ROW(count, (row->cause != 0) == is_wrong && (row->fix != 0) == is_wrong);
        CHECK_ROW(count, !is_wrong || (IS_TEXT(row->cause) && IS_TEXT(row->fix)));
    }
    assert_true(count >= 40);
}

static void codes_are_shown_in_every_form(void **state)
{
    static const struct { uint32_t code; const char *want; } rows[] = {
        { 0, "0 (0x00000000)" },
        { 1, "1 (0x00000001)" },
        { 3010, "3010 (0x00000bc2)" },
        { 2359302, "2359302 (0x00240006)" },
        { 0x80240017u, "2149842967 (-2145124329, 0x80240017)" },
        { 0x80096010u, "2148098064 (-2146869232, 0x80096010)" },
        { 0x80000000u, "2147483648 (-2147483648, 0x80000000)" },
        { 0xFFFFFFFFu, "4294967295 (-1, 0xffffffff)" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text text = { 0 };

        wz_text_add_code_forms(&text, rows[i].code);
        CHECK_TEXT(text.at, rows[i].want);
        wz_text_clear(&text);
    }
}

/* ---- one step on one machine ---- */

typedef struct patient {
    wz_session      session;
    wz_journal      journal;
    wz_journal_step step;
    wz_diagnosis    diagnosis;
} patient;

static patient arrive(unsigned kb, wz_outcome outcome)
{
    patient p = { .step = { .kb = kb, .outcome = outcome, .attempts = 1 } };

    p.session.snapshot = machine_bare("x64");
    p.session.catalogue = (wz_catalogue *)(uintptr_t)machine_catalogue();
    return p;
}

static void with_code(patient *p, uint32_t code)
{
    p->step.code = code;
    p->step.has_code = true;
}

/* says: parts that the causes hold, each; fix: 0 for no diagnosis at all. Ends the visit. */
static void expect(size_t row, patient *p, const char *says, const char *also, unsigned fix)
{
    wz_text text = { 0 };

    p->session.journal = &p->journal;
    wz_entitlement_of(p->session.snapshot, &p->session.entitlement);
    CHECK_ROW(row, wz_diagnose(&p->session, &p->step, &p->diagnosis) == (fix != 0));
    CHECK_ROW(row, p->diagnosis.fix == fix);
    wz_diagnosis_add_causes(&p->diagnosis, test_words(), "\n", &text);
    if (says != NULL)
        CHECK_CONTAINS(wz_text_at(&text), says);
    if (also != NULL)
        CHECK_CONTAINS(wz_text_at(&text), also);
    wz_text_clear(&text);
    wz_diagnosis_add_fix(&p->diagnosis, test_words(), &text);
    CHECK_ROW(row, (text.length > 0) == (fix != 0));
    wz_text_clear(&text);
    wz_diagnosis_clear(&p->diagnosis);
    wz_entitlement_clear(&p->session.entitlement);
    wz_snapshot_free(p->session.snapshot);
}

static void what_ended_well_needs_no_diagnosis(void **state)
{
    static const wz_outcome well[] = { WZ_OUTCOME_NONE, WZ_OUTCOME_BEGUN, WZ_OUTCOME_INSTALLED, WZ_OUTCOME_PENDING,
                                       WZ_OUTCOME_ALREADY };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(well); i++) {
        patient p = arrive(4534303, well[i]);

        with_code(&p, 3010);
        expect(i, &p, NULL, NULL, 0);
    }
    patient p = arrive(4534303, WZ_OUTCOME_PENDING);           /* two restarts, and it still waits */

    p.journal.state = WZ_JOURNAL_STOPPED;
    expect(99, &p, "Possible cause: The update may hang", NULL, IDS_REMEDY_FIX_CARD);
}

static void not_applicable_is_explained_by_comparing(void **state)
{
    patient p = arrive(5022340, WZ_OUTCOME_NOT_APPLICABLE);

    (void)state;
    with_code(&p, 0x80240017u);
    machine_set(p.session.snapshot, WZ_FACT_ARCHITECTURE, "ia64");
    expect(1, &p, "Cause: KB5022340 exists for x86, x64, and this computer is ia64.", "KB5022340 needs KB4474419",
           IDS_REMEDY_FIX_OTHER_FILE);

    p = arrive(4534303, WZ_OUTCOME_NOT_APPLICABLE);
    machine_set(p.session.snapshot, WZ_FACT_SERVICE_PACK_MAJOR, "1");
    expect(2, &p, "Cause: KB4534303 needs Service Pack 2", "Cause: KB4534303 needs KB4474419, KB4493730",
           IDS_REMEDY_FIX_PREREQUISITE);

    p = arrive(4493471, WZ_OUTCOME_NOT_APPLICABLE);
    machine_set_version(p.session.snapshot, "6.0.6003.20706");
    expect(3, &p, "is in force on this computer and replaces KB4493471", NULL, IDS_REMEDY_FIX_NOTHING);

    p = arrive(5022340, WZ_OUTCOME_NOT_APPLICABLE);             /* Web Server edition */
    machine_set(p.session.snapshot, WZ_FACT_EDITION, "17");
    machine_set_sha2(p.session.snapshot);
    machine_set(p.session.snapshot, WZ_FACT_STACK_VERSION, "6.0.6003.21569");
    machine_add(p.session.snapshot, 5016891, MACHINE_INSTALLED);
    expect(4, &p, "this computer has another edition", NULL, IDS_REMEDY_FIX_EDITION);

    p = arrive(4493730, WZ_OUTCOME_NOT_APPLICABLE);             /* nothing speaks against it */
    with_code(&p, 0x80240017u);
    expect(5, &p, "Comparing KB4493730 with this computer gives no reason.", "Possible cause: The file is for another",
           IDS_REMEDY_FIX_NOT_APPLICABLE);

    p = arrive(1, WZ_OUTCOME_NOT_APPLICABLE);                   /* a catalogue that no longer has it */
    with_code(&p, 0x80240017u);
    expect(6, &p, "Comparing KB1", NULL, IDS_REMEDY_FIX_NOT_APPLICABLE);
}

static void a_rollback_of_a_paid_update_points_to_the_licence(void **state)
{
    patient p = arrive(5022340, WZ_OUTCOME_ROLLED_BACK);

    (void)state;
    expect(1, &p, "Likely cause: The update is one of Extended Security Updates",
           "No licence that covers KB5022340 was found", IDS_REMEDY_FIX_LICENCE);

    p = arrive(5022340, WZ_OUTCOME_ROLLED_BACK);                /* WMI did not answer */
    for (int fact = WZ_FACT_ESU_YEAR1; fact <= WZ_FACT_ESU_PREMIUM; fact++)
        machine_forget(p.session.snapshot, (wz_fact_id)fact, WZ_FACT_UNREADABLE);
    expect(2, &p, "Possible cause: The update is one of Extended", "could not be read", IDS_REMEDY_FIX_LICENCE);

    p = arrive(5022340, WZ_OUTCOME_ROLLED_BACK);
    machine_set(p.session.snapshot, WZ_FACT_ESU_YEAR3, "1");
    expect(3, &p, "Possible cause: A part of the update", NULL, IDS_REMEDY_FIX_ALONE);

    p = arrive(5034173, WZ_OUTCOME_ROLLED_BACK);                /* year 3 does not cover year 4 */
    machine_set(p.session.snapshot, WZ_FACT_ESU_YEAR3, "1");
    expect(4, &p, "Likely cause", "No licence that covers KB5034173", IDS_REMEDY_FIX_LICENCE);

    p = arrive(4534303, WZ_OUTCOME_ROLLED_BACK);                /* free: never the licence */
    expect(5, &p, "Possible cause: A part of the update", NULL, IDS_REMEDY_FIX_ALONE);

    p = arrive(4534303, WZ_OUTCOME_ROLLED_BACK);
    machine_set(p.session.snapshot, WZ_FACT_DISK_FREE, "734003200");
    expect(6, &p, "Likely cause: The system drive has 700 MB free", NULL, IDS_REMEDY_FIX_DISK);
}

static void a_failure_is_explained_by_its_code(void **state)
{
    static const struct { unsigned kb; uint32_t code; const char *says; unsigned fix; } rows[] = {
        { 4534303, 0x80073712u, "Cause: The component store", IDS_REMEDY_FIX_STORE },
        { 4534303, 0x80092004u, "Possible cause: The file is signed", IDS_REMEDY_FIX_SHA2 },
        { 4534303, 0x800B0109u, "Cause: The file is signed", IDS_REMEDY_FIX_SHA2 },
        { 4534303, 0x80070422u, "Cause: The start type", IDS_REMEDY_FIX_SERVICE },
        { 5022340, 0x80070643u, "Likely cause: The update is one of Extended", IDS_REMEDY_FIX_LICENCE },
        { 4534303, 0x80070643u, NULL, IDS_REMEDY_FIX_LOG },      /* free: the licence is not it */
        { 4534303, 0x80070661u, NULL, IDS_REMEDY_FIX_LOG },      /* nobody confirms what it means */
        { 4534303, 12345u, NULL, IDS_REMEDY_FIX_LOG },
        { 4534303, 0, "success, but nothing of KB4534303", IDS_REMEDY_FIX_LOG },
        { 4534303, 2359302, "Possible cause: The update may hang", IDS_REMEDY_FIX_CARD },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        patient p = arrive(rows[i].kb, WZ_OUTCOME_FAILED);

        with_code(&p, rows[i].code);
        expect(i, &p, rows[i].says, NULL, rows[i].fix);
    }
    patient p = arrive(4534303, WZ_OUTCOME_FAILED);

    p.step.attempts = 3;
    expect(99, &p, "Cause: The power failed, or this program was ended, while KB4534303", NULL, IDS_REMEDY_FIX_POWER);
}

/* The installer's own code says little; the lines around the package in CBS.log say more. */
static void the_log_around_the_package_gives_the_cause(void **state)
{
#define ERROR_LINE(time, rest) "2026-11-06 " time ", Error                 CBS    " rest "\n"
    static const char other[] =
        ERROR_LINE("08:00:00", "Failed to stage Package_for_KB4493471~31bf3856ad364e35~amd64~~6.0.1.3 "
                               "[HRESULT = 0x80070005 - E_ACCESSDENIED]");
    static const char ours[] =
        ERROR_LINE("08:00:00", "Failed to stage Package_for_KB4493471~31bf3856ad364e35~amd64~~6.0.1.3 "
                               "[HRESULT = 0x80070005 - E_ACCESSDENIED]")
        ERROR_LINE("09:00:00", "one") ERROR_LINE("09:00:01", "two") ERROR_LINE("09:00:02", "three")
        ERROR_LINE("09:00:03", "Failed to install Package_2_for_KB4534303~31bf3856ad364e35~amd64~~6.0.1.4")
        ERROR_LINE("09:00:04", "Startup: Failed to process. hr: 0x80070020");
    static const struct { uint32_t code; wz_outcome outcome; const char *log, *says, *also; unsigned fix; } rows[] = {
        { 0x80070643u, WZ_OUTCOME_FAILED, ours, "Cause: A filter driver", "CBS.log: 2026-11-06 09:00:04",
          IDS_REMEDY_FIX_LOCKED },
        { 12345u, WZ_OUTCOME_FAILED, ours, "0x00003039 (Win32) is not among", "Cause: A filter driver",
          IDS_REMEDY_FIX_LOCKED },
        { 0x800F0922u, WZ_OUTCOME_FAILED, ours, "Cause: A part of the update has", "Cause: A filter driver",
          IDS_REMEDY_FIX_LOG },
        { 3010, WZ_OUTCOME_ROLLED_BACK, ours, "Cause: A filter driver", NULL, IDS_REMEDY_FIX_LOCKED },
        /* the log of another update is not this one's */
        { 0x80070643u, WZ_OUTCOME_FAILED, other, NULL, NULL, IDS_REMEDY_FIX_LOG },
        { 3010, WZ_OUTCOME_ROLLED_BACK, other, "Possible cause: A part", NULL, IDS_REMEDY_FIX_ALONE },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        patient p = arrive(4534303, rows[i].outcome);

        with_code(&p, rows[i].code);
        machine_set(p.session.snapshot, WZ_FACT_LOG_SERVICING, rows[i].log);
        expect(i, &p, rows[i].says, rows[i].also, rows[i].fix);
    }
}

/* What page 3 finds makes a possible cause a likely one, with the evidence beside it. */
static void the_checks_confirm_a_cause(void **state)
{
    patient p = arrive(4534303, WZ_OUTCOME_FAILED);

    (void)state;
    with_code(&p, 0x80092004u);
    wz_checks_run(p.session.snapshot, machine_catalogue(), WZ_TARGET_FREE, NULL, &p.session.checks);
    assert_int_equal(p.session.checks.items[WZ_CHECK_SHA2].verdict, WZ_VERDICT_ACTION);
    expect(0, &p, "Likely cause: The file is signed with SHA-2", "SHA2-Codesigning-Support", IDS_REMEDY_FIX_SHA2);
    wz_checks_clear(&p.session.checks);
}

static void without_a_snapshot_nothing_is_claimed(void **state)
{
    patient p = arrive(4534303, WZ_OUTCOME_FAILED);

    (void)state;
    wz_snapshot_free(p.session.snapshot);
    p.session.snapshot = NULL;
    assert_false(wz_diagnose(&p.session, &p.step, &p.diagnosis));
    assert_int_equal(p.diagnosis.count, 0);
}

int test_remedy(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_treated_as_the_facts_say),
        cmocka_unit_test(every_code_has_its_words),
        cmocka_unit_test(codes_are_shown_in_every_form),
        cmocka_unit_test(what_ended_well_needs_no_diagnosis),
        cmocka_unit_test(not_applicable_is_explained_by_comparing),
        cmocka_unit_test(a_rollback_of_a_paid_update_points_to_the_licence),
        cmocka_unit_test(a_failure_is_explained_by_its_code),
        cmocka_unit_test(the_log_around_the_package_gives_the_cause),
        cmocka_unit_test(the_checks_confirm_a_cause),
        cmocka_unit_test(without_a_snapshot_nothing_is_claimed),
    };

    return cmocka_run_group_tests_name("remedy", tests, NULL, NULL);
}
