#include "report_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

#define NOW       ((wz_time)1794000000)            /* 2026-11-06T21:20:00Z */
#define PHRASE_ID 9001u
#define WHY_ID    9002u
#define FIX_ID    9003u
#define LAST_ID   9999u

/* ---- words ----------------------------------------------------------------------------------------------------- */

static const char *find_word(const void *context, unsigned id)
{
    const report_fixture *fixture = context;
    const wz_words       *english = test_words();

    if (id == PHRASE_ID)
        return "%1";
    if ((id >= 5000 && id <= 5099) || (id >= 7900 && id <= 7999) || (id >= 8100 && id <= 8399) ||
        (id >= 8600 && id <= 8699) || (id >= 8800 && id <= 8849))
        return english->find(english->context, id);
    return id <= LAST_ID && fixture->names[id][0] != '\0' ? fixture->names[id] : NULL;
}

void report_phrase(wz_phrase *phrase, const char *text)
{
    const char *args[] = { text };

    wz_phrase_set(phrase, PHRASE_ID, WZ_COUNT(args), args);
}

static void read_names(report_fixture *fixture)
{
    wz_text header = test_read("resources/texts.h");

    fixture->names = wz_alloc_array(LAST_ID + 1, sizeof *fixture->names);
    for (const char *at = strstr(header.at, "#define IDS_"); at != NULL; at = strstr(at + 1, "#define IDS_")) {
        const char   *name = at + strlen("#define ");
        int           length = (int)strcspn(name, " \r\n");
        unsigned long id = strtoul(name + length, NULL, 10);

        if (id <= LAST_ID)
            snprintf(fixture->names[id], REPORT_NAME, "(%.*s)", length, name);
    }
    snprintf(fixture->names[WHY_ID], REPORT_NAME, "Because of this.");
    snprintf(fixture->names[FIX_ID], REPORT_NAME, "Do that.");
    wz_text_clear(&header);
}

/* ---- platform -------------------------------------------------------------------------------------------------- */

static wz_time fake_now(void *context)
{
    (void)context;
    return NOW;
}

static wz_status fake_write(void *context, const char *path, wz_view bytes, wz_error *err)
{
    report_fixture *fixture = context;

    if (fixture->write_status != WZ_OK)
        return wz_fail(err, fixture->write_status, 0, path);
    wz_text_clear(&fixture->written);
    wz_text_append(&fixture->written, bytes.at, bytes.length);
    snprintf(fixture->path, sizeof fixture->path, "%s", path);
    return WZ_OK;
}

/* Always the same, so that the golden files change where the report does and nowhere else. */
static void fake_sha256(void *context, wz_view bytes, char out[65])
{
    (void)context;
    (void)bytes;
    memset(out, 'a', 64);
    out[64] = '\0';
}

/* ---- snapshot -------------------------------------------------------------------------------------------------- */

static const struct { wz_fact_id id; const char *source, *value; } known[] = {
    { WZ_FACT_COMPUTER_NAME,      "API GetComputerNameEx", "MRT-SRV-01" },
    { WZ_FACT_COMPUTER_DOMAIN,    "API NetGetJoinInformation", "hospital.example" },
    { WZ_FACT_MACHINE_ID,         "registry HKLM\\SOFTWARE\\Microsoft\\Cryptography\\MachineGuid",
                                  "9e2f6c5a-0000-4000-8000-1234567890ab" },
    { WZ_FACT_BOOT_TIME,          "API NtQuerySystemInformation", "2026-11-06T05:12:44Z" },
    { WZ_FACT_VERSION_API,        "API RtlGetVersion", "6.0.6002" },
    { WZ_FACT_VERSION_SHIM,       "API GetVersionEx", "6.0.6002" },
    { WZ_FACT_VERSION_REGISTRY,   "registry HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\CurrentBuildNumber",
                                  "6.0.6002" },
    { WZ_FACT_VERSION_KERNEL,     "file C:\\Windows\\System32\\ntoskrnl.exe", "6.0.6002.24565" },
    { WZ_FACT_SERVICE_PACK,       "API RtlGetVersion", "Service Pack 2" },
    { WZ_FACT_SERVICE_PACK_MAJOR, "API RtlGetVersion", "2" },
    { WZ_FACT_PRODUCT_NAME,       "registry HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProductName",
                                  "Windows Server (R) 2008 Standard" },
    { WZ_FACT_PRODUCT_TYPE,       "API RtlGetVersion", "3" },
    { WZ_FACT_EDITION,            "API GetProductInfo", "7" },
    { WZ_FACT_SERVER_CORE,        "API GetProductInfo", "0" },
    { WZ_FACT_ARCHITECTURE,       "API GetNativeSystemInfo", "x64" },
    { WZ_FACT_STACK_VERSION,      "file C:\\Windows\\servicing\\Version", "6.0.6002.18005" },
    { WZ_FACT_DISK_FREE,          "API GetDiskFreeSpaceEx", "21474836480" },
    { WZ_FACT_ADMINISTRATOR,      "API CheckTokenMembership", "1" },
    { WZ_FACT_START_UPDATE,       "registry HKLM\\SYSTEM\\CurrentControlSet\\Services\\wuauserv\\Start", "2" },
};

static wz_snapshot *make_snapshot(wz_time time)
{
    wz_snapshot *snapshot = wz_snapshot_create();

    snapshot->taken = time;
    for (size_t i = 0; i < WZ_FACT_MANIFESTS; i++)     /* nobody asked for the manifests */
        wz_fact_absent(snapshot, (wz_fact_id)i, time, "registry HKLM\\SOFTWARE\\…");
    for (size_t i = 0; i < WZ_COUNT(known); i++)
        wz_fact_known(snapshot, known[i].id, time, known[i].source, known[i].value);
    wz_fact_unreadable(snapshot, WZ_FACT_VERSION_WMI, time, "WMI Win32_OperatingSystem.Version", 0);
    wz_fact_unreadable(snapshot, WZ_FACT_ESU_YEAR1, time, "WMI SoftwareLicensingProduct", 0x80041003u);
    return snapshot;
}

/* ---- session --------------------------------------------------------------------------------------------------- */

static wz_catalogue *make_catalogue(bool built_in)
{
    wz_text       bytes = test_read("tests/data/report/catalogue.xml");
    wz_text       schema = test_read("resources/catalogue.xsd");
    wz_catalogue *catalogue = NULL;
    wz_error      err = { 0 };
    const char   *name = built_in ? "built in" : "E:\\site\\catalogue.xml";

    if (wz_catalogue_read(name, (wz_view){ bytes.at, bytes.length }, (wz_view){ schema.at, schema.length }, &catalogue,
                          &err) != WZ_OK) {
        fprintf(stderr, "tests/data/report/catalogue.xml: %s\n", test_error(&err));
        exit(2);
    }
    wz_catalogue_set_origin(catalogue, built_in, "5d41402abc4b2a76b9719d911017c592aabbccddeeff00112233445566778899");
    wz_text_clear(&bytes);
    wz_text_clear(&schema);
    return catalogue;
}

#define CHECK_ROW_OF(check, verdict, fact, evidence) \
    [WZ_CHECK_##check] = { WZ_VERDICT_##verdict, WZ_FACT_##fact, evidence }

static void make_checks(wz_checks *checks)
{
    static const struct { wz_verdict verdict; wz_fact_id fact; const char *evidence; } rows[WZ_CHECK_COUNT] = {
        CHECK_ROW_OF(SYSTEM, READY, VERSION_API, "Windows Server 2008 SP2, x64"),
        CHECK_ROW_OF(SERVICE_PACK, READY, SERVICE_PACK, "Service Pack 2"),
        CHECK_ROW_OF(VERSION_SOURCES, READY, VERSION_API, "All sources say 6.0.6002."),
        CHECK_ROW_OF(SHA2, ACTION, SHA2_SUPPORT, "SHA-2 support is not there."),
        CHECK_ROW_OF(STACK, ACTION, STACK_VERSION, "6.0.6002.18005"),
        CHECK_ROW_OF(PENDING_RESTART, BLOCKED, PENDING_CBS_REBOOT, "Component servicing waits."),
        CHECK_ROW_OF(PENDING_RENAMES, READY, PENDING_RENAMES, "None"),
        CHECK_ROW_OF(DISK, READY, DISK_FREE, "20 GB free"),
        CHECK_ROW_OF(SERVICE_UPDATE, READY, START_UPDATE, "Automatic"),
        CHECK_ROW_OF(SERVICE_INSTALLER, UNKNOWN, START_INSTALLER, "The start type was not read."),
        CHECK_ROW_OF(RIGHTS, READY, ADMINISTRATOR, "Administrator"),
        CHECK_ROW_OF(REMOTE, READY, REMOTE_SESSION, "At the console"),
        CHECK_ROW_OF(PACKAGES, READY, PACKAGES, "1204 packages"),
        CHECK_ROW_OF(STORE, READY, LOG_SERVICING, "Both logs report no problem."),
        CHECK_ROW_OF(ANTIVIRUS, READY, SOPHOS, "None"),
        CHECK_ROW_OF(POWER, READY, ON_BATTERY, "On mains power."),
        CHECK_ROW_OF(ROLES, ACTION, PRODUCT_TYPE, "A domain controller"),
        CHECK_ROW_OF(HOST, READY, FIRMWARE, "Not recognised as a virtual machine."),
        CHECK_ROW_OF(CLOCK, READY, BOOT_TIME, "2026-11-06"),
    };

    for (size_t i = 0; i < WZ_CHECK_COUNT; i++) {
        wz_check *check = &checks->items[i];

        check->id = (wz_check_id)i;
        check->verdict = rows[i].verdict;
        check->why = WHY_ID;
        check->fix = rows[i].verdict == WZ_VERDICT_READY ? 0 : FIX_ID;
        check->fact = rows[i].fact;
        report_phrase(&check->evidence, rows[i].evidence);
    }
}

static const unsigned plan_kbs[] = { 4493730, 4474419, 4534303 };

static wz_plan *make_plan(const wz_catalogue *catalogue)
{
    static const char *const reasons[] = {
        "Newer updates need this servicing stack.",
        "Updates of July 2019 and later are signed with SHA-2 only; Windows must be able to check them.",
        "The last free rollup; it contains all earlier ones and brings build 6003.",
    };
    wz_plan *plan = wz_new(wz_plan);

    plan->state = WZ_PLAN_READY;
    plan->target = WZ_TARGET_FREE;
    plan->steps = wz_new_array(WZ_COUNT(plan_kbs), wz_step);
    plan->step_count = WZ_COUNT(plan_kbs);
    for (size_t i = 0; i < plan->step_count; i++) {
        plan->steps[i].update = wz_catalogue_find(catalogue, plan_kbs[i]);
        plan->steps[i].restart_after = i > 0;
        plan->steps[i].minutes = 5 * (unsigned)(i + 1);
        report_phrase(&plan->steps[i].reason, reasons[i]);
    }
    plan->omissions = wz_new_array(1, wz_omission);
    plan->omission_count = 1;
    plan->omissions[0].update = wz_catalogue_find(catalogue, 4493471);
    report_phrase(&plan->omissions[0].reason, "KB4534303 contains it.");
    plan->restarts = 2;
    plan->minutes = 50;
    return plan;
}

report_fixture *report_fixture_create(void)
{
    report_fixture *fixture = wz_new(report_fixture);
    wz_session     *session = &fixture->session;

    read_names(fixture);
    fixture->words = (wz_words){ .find = find_word, .context = fixture, .language = "en-US" };
    fixture->platform.context = fixture;
    fixture->platform.now = fake_now;
    fixture->platform.write_file = fake_write;
    fixture->platform.sha256 = fake_sha256;

    session->platform = &fixture->platform;
    session->catalogue = make_catalogue(true);
    session->snapshot = make_snapshot(NOW - 60);
    session->target = WZ_TARGET_FREE;
    session->system = wz_system_of(session->snapshot);
    session->scan.state = WZ_SCAN_SKIPPED;
    session->ticket = wz_copy("INC-20261106-17");
    session->technician = wz_copy("A. Svensson");
    session->customer = wz_copy("St. Elsewhere, Radiology");
    session->notes = wz_copy("UPS battery is weak.\nBackup of 5 November verified.");
    make_checks(&session->checks);
    report_phrase(&session->entitlement.summary, "No licence for updates after January 2020 was found.");
    for (size_t i = 0; i < WZ_TARGET_COUNT; i++) {
        bool allowed = i <= WZ_TARGET_FREE;

        session->targets[i].allowed = allowed;
        report_phrase(&session->targets[i].reason, allowed ? "Free of charge." : "Needs a licence that was not found.");
    }
    session->plan = make_plan(session->catalogue);
    return fixture;
}

void report_fixture_free(report_fixture *fixture)
{
    wz_session *session = &fixture->session;

    wz_matches_clear(&session->matches);
    wz_files_clear(&session->files);
    wz_plan_free(session->plan);
    for (size_t i = 0; i < WZ_TARGET_COUNT; i++)
        wz_target_verdict_clear(&session->targets[i]);
    wz_entitlement_clear(&session->entitlement);
    wz_checks_clear(&session->checks);
    if (session->journal == NULL || session->before != session->journal->before)
        wz_snapshot_free(session->before);
    wz_journal_free(session->journal);
    wz_snapshot_free(session->snapshot);
    wz_scan_result_clear(&session->scan);
    wz_catalogue_free(session->catalogue);
    free(session->opened_from);
    free(session->media_folder);
    free(session->ticket);
    free(session->technician);
    free(session->customer);
    free(session->notes);
    wz_text_clear(&fixture->written);
    free(fixture->names);
    free(fixture);
}

/* One that no step took: the same update for another Windows. */
static void add_other(wz_session *session, wz_file *file)
{
    file->name = wz_copy("Windows6.1-KB4474419-v3-x64.msu");
    file->path = wz_copy(file->name);
    file->bytes = 9100000;
    file->is_examined = file->is_cabinet = true;
    snprintf(file->sha1, sizeof file->sha1, "%040u", 9u);
    snprintf(file->sha256, sizeof file->sha256, "%064u", 9u);
    file->content = (wz_content){ .is_asked = true, .witnesses = 7, .kb = 4474419, .architecture = WZ_ARCH_X64,
                                  .windows = { 6, 1, 0, 0 } };
    session->matches.others = wz_new_array(1, wz_match);
    session->matches.other_count = 1;
    session->matches.others[0] = (wz_match){ .file = file, .verdict = WZ_FILE_WRONG_WINDOWS };
}

void report_fixture_find_files(report_fixture *fixture)
{
    static const struct { const char *name; wz_file_verdict verdict; wz_signature signature; } rows[] = {
        { "Windows6.0-KB4493730-x64.msu",    WZ_FILE_OK_SHA1,      WZ_SIGNATURE_MICROSOFT },
        { "Windows6.0-KB4474419-v4-x64.msu", WZ_FILE_OK_SIGNATURE, WZ_SIGNATURE_MICROSOFT },
        { "Windows6.0-KB4534303-x64.msu",    WZ_FILE_WRONG_HASH,   WZ_SIGNATURE_INVALID   },
    };
    wz_session *session = &fixture->session;

    session->media_folder = wz_copy("E:\\Updates");
    session->files.items = wz_new_array(WZ_COUNT(rows) + 1, wz_file);
    session->files.count = session->files.room = WZ_COUNT(rows) + 1;
    session->matches.items = wz_new_array(WZ_COUNT(rows), wz_match);
    session->matches.count = WZ_COUNT(rows);
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_file *file = &session->files.items[i];

        file->path = wz_copy(rows[i].name);
        file->name = wz_copy(rows[i].name);
        file->bytes = 9000000 + i;
        file->is_examined = file->is_cabinet = true;
        snprintf(file->sha1, sizeof file->sha1, "%040u", (unsigned)i + 1);
        snprintf(file->sha256, sizeof file->sha256, "%064u", (unsigned)i + 1);
        file->signature = rows[i].signature;
        file->signature_code = rows[i].signature == WZ_SIGNATURE_INVALID ? 0x80096010u : 0;
        file->signer = rows[i].signature == WZ_SIGNATURE_INVALID ? NULL : wz_copy("Microsoft Corporation");
        file->signature_kinds = i == 0 ? WZ_SIGNATURE_SHA1 | WZ_SIGNATURE_SHA2 : i == 1 ? WZ_SIGNATURE_SHA2 : 0;
        file->content = (wz_content){ .is_asked = true, .witnesses = 7, .windows = { 6, 0, 0, 0 } };
        wz_file_name_parse(file->name, &file->content.kb, &file->content.architecture);
        session->matches.items[i].update = session->plan->steps[i].update;
        session->matches.items[i].offer = wz_update_offer(session->plan->steps[i].update, WZ_ARCH_X64);
        session->matches.items[i].file = file;
        session->matches.items[i].verdict = rows[i].verdict;
    }
    add_other(session, &session->files.items[WZ_COUNT(rows)]);
}

void report_fixture_install(report_fixture *fixture)
{
    static const struct { unsigned kb; wz_outcome outcome; bool has_code; uint32_t code; } rows[] = {
        { 948465,  WZ_OUTCOME_ALREADY,     false, 0           },
        { 4493730, WZ_OUTCOME_INSTALLED,   true,  0           },
        { 4474419, WZ_OUTCOME_PENDING,     true,  3010        },
        { 4493471, WZ_OUTCOME_FAILED,      true,  0x80240017u },
        { 4534303, WZ_OUTCOME_ROLLED_BACK, true,  2359302     },
        { 4534312, WZ_OUTCOME_BEGUN,       false, 0           },
        { 4489880, WZ_OUTCOME_NONE,        false, 0           },
    };
    wz_session *session = &fixture->session;
    wz_journal *journal = wz_journal_create();

    journal->state = WZ_JOURNAL_FAILED;
    journal->target = WZ_TARGET_FREE;
    journal->begun = NOW - 7200;
    journal->ended = NOW - 90;
    journal->restarts = 2;
    journal->steps = wz_new_array(WZ_COUNT(rows), wz_journal_step);
    journal->step_count = WZ_COUNT(rows);
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_journal_step *step = &journal->steps[i];

        step->kb = rows[i].kb;
        step->outcome = rows[i].outcome;
        step->has_code = rows[i].has_code;
        step->code = rows[i].code;
        if (rows[i].outcome == WZ_OUTCOME_NONE || rows[i].outcome == WZ_OUTCOME_ALREADY)
            continue;
        step->attempts = 1;
        step->begun = NOW - 7000 + 600 * (wz_time)i;
        step->ended = rows[i].outcome == WZ_OUTCOME_BEGUN ? 0 : step->begun + 83 + (wz_time)i;
        step->file = wz_copy("Windows6.0-KB4493730-x64.msu");
        step->rule = wz_copy(wz_file_verdict_name(WZ_FILE_OK_SHA256));
        snprintf(step->sha256, sizeof step->sha256, "%064u", (unsigned)i + 1);
    }
    session->journal = journal;
    journal->before = session->snapshot;
    session->before = journal->before;
    session->snapshot = make_snapshot(NOW - 60);
    wz_fact_known(session->snapshot, WZ_FACT_VERSION_API, NOW - 60, "API RtlGetVersion", "6.0.6003");
    wz_fact_known(session->snapshot, WZ_FACT_VERSION_SHIM, NOW - 60, "API GetVersionEx", "6.0.6003");
    wz_fact_known(session->snapshot, WZ_FACT_VERSION_REGISTRY, NOW - 60, "registry", "6.0.6003");
    wz_fact_known(session->snapshot, WZ_FACT_VERSION_KERNEL, NOW - 60, "file ntoskrnl.exe", "6.0.6003.20706");
}

void report_fixture_finish(report_fixture *fixture)
{
    wz_session *session = &fixture->session;
    wz_plan    *plan = wz_new(wz_plan);

    wz_plan_free(session->plan);
    plan->state = WZ_PLAN_NOTHING;
    plan->target = session->target;
    report_phrase(&plan->why, "The target is reached.");
    session->plan = plan;
    for (size_t i = 0; i < WZ_FACT_COUNT; i++)
        if (session->snapshot->facts[i].state != WZ_FACT_KNOWN)
            wz_fact_absent(session->snapshot, (wz_fact_id)i, NOW - 60, "WMI");
}

static void set(char **text, const char *value)
{
    free(*text);
    *text = wz_copy(value);
}

void report_fixture_poison(report_fixture *fixture, const char *value)
{
    wz_session *session = &fixture->session;

    set(&session->ticket, value);
    set(&session->technician, value);
    set(&session->customer, value);
    set(&session->notes, value);
    set(&session->media_folder, value);
    for (size_t i = 0; i < WZ_FACT_COUNT; i++)
        wz_fact_known(session->snapshot, (wz_fact_id)i, NOW, value, value);
    for (size_t i = 0; i < session->files.count; i++) {
        set(&session->files.items[i].name, value);
        set(&session->files.items[i].signer, value);
        wz_fail(&session->files.items[i].error, WZ_E_IO, 5, value);
    }
    for (size_t i = 0; session->journal != NULL && i < session->journal->step_count; i++) {
        set(&session->journal->steps[i].file, value);
        set(&session->journal->steps[i].rule, value);
    }
    wz_fail(&session->journal_error, WZ_E_FORMAT, 0, value);
}
