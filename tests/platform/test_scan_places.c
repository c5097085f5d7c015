/* Where a compatibility scan of the machine finds its files: services, drivers, what starts, tasks, programs. */
#include "platform/place.h"

#include "platform/identities.h"
#include "platform/scan_list.h"
#include "platform/system_dll.h"
#include "platform/wide.h"
#include "platform/windows.h"

#include <stdio.h>

#define SERVICE   L"SYSTEM\\CurrentControlSet\\Services\\WzTest"
#define DRIVER    L"SYSTEM\\CurrentControlSet\\Services\\WzTestDriver"
#define FAR_AWAY  L"SYSTEM\\CurrentControlSet\\Services\\WzTestFar"
#define RUN       L"Software\\Microsoft\\Windows\\CurrentVersion\\Run"
#define UNINSTALL L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\WzTest"
#define TOO_WIDE  L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\WzTestWide"

static const char script[] = "ver | find \"6.0.6002\"\r\n";

typedef struct place { char *folder; wchar_t *wide; } place;

static void put(const place *here, const char *name)
{
    char *path = place_path(here->folder, name);

    place_write(path, script, sizeof script - 1);
    free(path);
}

static int place_setup(void **state)
{
    place   *here = calloc(1, sizeof *here);
    wchar_t *program;

    here->folder = place_create();
    here->wide = wz_wide_from_utf8(here->folder);
    program = wz_wide_join(here->wide, L"\\program");
    assert_true(CreateDirectoryW(program, NULL));
    free(program);
    *state = here;
    return 0;
}

static int place_teardown(void **state)
{
    place *here = *state;

    place_key_remove(SERVICE L"\\Parameters");
    place_key_remove(SERVICE);
    place_key_remove(DRIVER);
    place_key_remove(FAR_AWAY);
    place_key_remove(UNINSTALL);
    place_key_remove(TOO_WIDE);
    place_value_remove(RUN, L"WzTest");
    place_value_remove(RUN, L"WzTestWords");
    place_value_remove(RUN, L"WzTestShell");
    place_remove(here->folder);
    free(here->wide);
    free(here);
    return 0;
}

/* before, the folder, after: as the registry or a task writes it. */
static void put_value(const place *here, const wchar_t *key, const wchar_t *name, const wchar_t *before,
                      const wchar_t *after)
{
    wchar_t *begin = wz_wide_join(before, here->wide), *text = wz_wide_join(begin, after);

    place_key(key);
    place_value(key, name, REG_EXPAND_SZ, text, (wcslen(text) + 1) * sizeof *text);
    free(begin);
    free(text);
}

/* The place of a listed file of the test's folder, by its name; WZ_PLACE_COUNT: it is not listed. */
static wz_scan_place place_of(const place *here, const wz_scan_list *list, const wchar_t *name, char **label)
{
    wz_scan_place found = WZ_PLACE_COUNT;

    for (size_t i = 0; i < list->count; i++) {
        const wz_listed *file = &list->files[i];
        const wchar_t   *words = list->names + (file->label != 0 ? file->label : list->folders[file->folder].label);
        wchar_t         *path = wz_scan_list_shown(list, i);

        if (found == WZ_PLACE_COUNT && wz_scan_is_below(path, here->wide)
            && wcscmp(list->names + file->name, name) == 0) {
            found = (wz_scan_place)file->place;
            if (label != NULL)
                *label = wz_utf8_from_wide(words);
        }
        free(path);
    }
    return found;
}

static void services_and_what_starts_are_found(void **state)
{
    static const struct { const wchar_t *name; wz_scan_place place; const char *label; } rows[] = {
        { L"agent service.exe", WZ_PLACE_SERVICES, "WzTest" }, { L"inside.dll", WZ_PLACE_SERVICES, "WzTest" },
        { L"agent.sys", WZ_PLACE_DRIVERS, "WzTestDriver" }, { L"start me.cmd", WZ_PLACE_STARTUP, "WzTest" },
        { L"inner.vbs", WZ_PLACE_PROGRAMS, "Contoso Agent" }, { L"nobody.exe", WZ_PLACE_COUNT, NULL },
    };
    place         *here = *state;
    volatile LONG  is_cancelled = 0;
    wz_scan_result result = { 0 };
    wz_scan_list   list;
    bool           has_program = false;

    put(here, "agent service.exe");
    put(here, "inside.dll");
    put(here, "agent.sys");
    put(here, "start me.cmd");
    put(here, "program\\inner.vbs");
    put(here, "nobody.exe");
    put_value(here, SERVICE, L"ImagePath", L"\"", L"\\agent service.exe\" -k");
    place_number(SERVICE, L"Type", SERVICE_WIN32_OWN_PROCESS);
    put_value(here, SERVICE L"\\Parameters", L"ServiceDll", L"", L"\\inside.dll");
    put_value(here, DRIVER, L"ImagePath", L"\\??\\", L"\\agent.sys");
    place_number(DRIVER, L"Type", SERVICE_KERNEL_DRIVER);
    place_key(FAR_AWAY);
    place_value(FAR_AWAY, L"ImagePath", REG_SZ, L"\\\\192.0.2.1\\share\\far.exe", 28 * sizeof(wchar_t));
    place_number(FAR_AWAY, L"Type", SERVICE_WIN32_OWN_PROCESS);
    put_value(here, RUN, L"WzTest", L"", L"\\start me.cmd /quiet");
    put_value(here, UNINSTALL, L"InstallLocation", L"", L"\\program\\");
    place_value(UNINSTALL, L"DisplayName", REG_SZ, L"Contoso Agent", 14 * sizeof(wchar_t));
    place_value(UNINSTALL, L"Publisher", REG_SZ, L"Contoso", 8 * sizeof(wchar_t));
    place_key(TOO_WIDE);
    place_value(TOO_WIDE, L"DisplayName", REG_SZ, L"Wide", 5 * sizeof(wchar_t));
    place_value(TOO_WIDE, L"InstallLocation", REG_SZ, L"C:\\", 4 * sizeof(wchar_t));

    wz_scan_list_init(&list, &result, &is_cancelled);
    wz_scan_list_machine(&list);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char *label = NULL;

        CHECK_ROW(i, place_of(here, &list, rows[i].name, &label) == rows[i].place);
        CHECK_TEXT(label, rows[i].label);
        free(label);
    }
    assert_true(result.places[WZ_PLACE_SERVICES].missing > 0);     /* the one on another computer: not asked for */
    for (size_t i = 0; i < result.program_count; i++)
        has_program |= strcmp(result.programs[i].name, "Contoso Agent") == 0
                    && strcmp(result.programs[i].company, "Contoso") == 0;
    assert_true(has_program);
    for (int p = 0; p < WZ_PLACE_FOLDER; p++)
        assert_true(result.places[p].is_looked_at);
    wz_scan_list_clear(&list);
    wz_scan_result_clear(&result);
}

static void commands_without_a_file_are_read(void **state)
{
    static const wchar_t batch[] = L"cmd.exe /c ver | find \"6.0.6002\" && start agent";
    static const wchar_t shell[] = L"PowerShell.exe -Command \"if ((gwmi Win32_OperatingSystem).BuildNumber -eq 6002) "
                                   L"{ agent }\"";
    volatile LONG        is_cancelled = 0;
    wz_scan_result       result = { 0 };
    wz_scan_list         list;
    unsigned             found = 0;

    (void)state;
    place_key(RUN);
    place_value(RUN, L"WzTestWords", REG_SZ, batch, sizeof batch);
    place_value(RUN, L"WzTestShell", REG_SZ, shell, sizeof shell);
    wz_scan_list_init(&list, &result, &is_cancelled);
    wz_scan_list_machine(&list);
    for (size_t i = 0; i < result.findings.count; i++) {
        const wz_finding *finding = &result.findings.items[i];

        if (strstr(finding->path, "\\Run\\WzTest") != NULL) {
            assert_int_equal(finding->grade, WZ_GRADE_B);
            assert_int_equal(finding->path[0], 'H');
            assert_null(strstr(finding->path, ".cmd"));
            found++;
        }
    }
    assert_true(found >= 2);                           /* Wine shows one key in both views */
    wz_scan_list_clear(&list);
    wz_scan_result_clear(&result);
}

/* ---- tasks ---- */

/* A .job as [MS-TSCH] 2.4 has it: the fixed part, a count, then the name of the program and its arguments. */
static void put_job(const wchar_t *path, const wchar_t *program, const wchar_t *arguments)
{
    BYTE            bytes[4096] = { 0 };
    size_t          at = 70;
    const wchar_t  *texts[] = { program, arguments };
    char           *utf8 = wz_utf8_from_wide(path);

    bytes[20] = 70;
    for (size_t i = 0; i < CHECK_COUNT(texts); i++) {
        uint16_t units = (uint16_t)(wcslen(texts[i]) + 1);

        memcpy(bytes + at, &units, sizeof units);
        memcpy(bytes + at + 2, texts[i], units * sizeof *texts[i]);
        at += 2 + units * sizeof *texts[i];
    }
    place_write(utf8, bytes, at);
    free(utf8);
}

static void put_task(const wchar_t *path, const char *command, const char *arguments)
{
    wz_text text = { 0 };
    char   *utf8 = wz_utf8_from_wide(path);

    wz_text_add(&text, "<?xml version=\"1.0\"?>\n<Task xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">"
                       "<Actions Context=\"Author\"><Exec><Command>");
    wz_text_add_xml(&text, command);
    wz_text_add(&text, "</Command><Arguments>");
    wz_text_add_xml(&text, arguments);
    wz_text_add(&text, "</Arguments></Exec></Actions></Task>\n");
    place_write(utf8, text.at, text.length);
    free(utf8);
    wz_text_clear(&text);
}

static void tasks_of_both_kinds_are_found(void **state)
{
    place         *here = *state;
    volatile LONG  is_cancelled = 0;
    wz_scan_result result = { 0 };
    wz_scan_list   list;
    wchar_t       *tasks = wz_native_path(L"Tasks"), *jobs = wz_windows_path(L"Tasks");
    wchar_t       *task = wz_wide_join(tasks, L"\\WzTest"), *job = wz_wide_join(jobs, L"\\WzTest.job");
    wchar_t       *old = wz_wide_join(here->wide, L"\\old job.cmd");
    char          *given = place_path(here->folder, "given.vbs");
    wz_text        arguments = { 0 };

    CreateDirectoryW(tasks, NULL);
    CreateDirectoryW(jobs, NULL);
    put(here, "old job.cmd");
    put(here, "given.vbs");
    wz_text_add(&arguments, "//b \"");
    wz_text_add(&arguments, given);
    wz_text_add(&arguments, "\"");
    put_job(job, old, L"/x");
    put_task(task, "%SystemRoot%\\System32\\no such host.exe", arguments.at);
    wz_scan_list_init(&list, &result, &is_cancelled);
    wz_scan_list_tasks(&list);
    assert_int_equal(place_of(here, &list, L"old job.cmd", NULL), WZ_PLACE_TASKS);
    assert_int_equal(place_of(here, &list, L"given.vbs", NULL), WZ_PLACE_TASKS);
    assert_int_equal(result.places[WZ_PLACE_TASKS].error.status, WZ_OK);
    DeleteFileW(task);
    DeleteFileW(job);
    RemoveDirectoryW(tasks);                           /* only when it is empty */
    wz_scan_list_clear(&list);
    wz_scan_result_clear(&result);
    wz_text_clear(&arguments);
    free(given);
    free(old);
    free(task);
    free(job);
    free(tasks);
    free(jobs);
}

/* ---- what was met before ---- */

static void files_of_two_volumes_are_told_apart(void **state)
{
    wz_identities met = { 0 };

    (void)state;
    for (uint32_t volume = 0; volume < 3; volume++)
        for (uint64_t id = 1; id <= 20000; id++)
            assert_true(wz_identities_is_first(&met, volume * 0x7FFFFFFFu, id << 48 | id));
    for (uint32_t volume = 0; volume < 3; volume++)
        for (uint64_t id = 1; id <= 20000; id++)
            assert_false(wz_identities_is_first(&met, volume * 0x7FFFFFFFu, id << 48 | id));
    assert_true(wz_identities_is_first(&met, 1, 0) && wz_identities_is_first(&met, 1, 0));
    wz_identities_clear(&met);
}

int test_scan_places(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(services_and_what_starts_are_found, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(commands_without_a_file_are_read, place_setup, place_teardown),
        cmocka_unit_test_setup_teardown(tasks_of_both_kinds_are_found, place_setup, place_teardown),
        cmocka_unit_test(files_of_two_volumes_are_told_apart),
    };

    return cmocka_run_group_tests_name("scan_places", tests, NULL, NULL);
}
