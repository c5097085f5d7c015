/*
 * Assessing the machine again and again in one process costs nothing that stays: no handles, no drawing objects, no
 * memory. A few rounds here; WZ_ROUNDS=1000 in tests/soak.
 */
#include "check.h"

#include "core/session.h"
#include "platform/win32.h"
#include "platform/windows.h"

#include <psapi.h>

#include <stdio.h>

typedef struct cost { DWORD handles, drawings; SIZE_T heap, resident; } cost;

/* What the heap has given out, to the byte. */
static SIZE_T heap_used(void)
{
    PROCESS_HEAP_ENTRY entry = { 0 };
    SIZE_T             used = 0;

    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
        if ((entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0)
            used += entry.cbData;
    HeapUnlock(GetProcessHeap());
    return used;
}

/* The highest of some new handles: Wine (8.0) does not count handles, but gives out the lowest number that is free. */
static DWORD handles_used(void)
{
    HANDLE made[16];
    DWORD  most = 0;

    for (unsigned i = 0; i < CHECK_COUNT(made); i++) {
        made[i] = CreateEventW(NULL, FALSE, FALSE, NULL);
        most = (DWORD)(ULONG_PTR)made[i] / 4 > most ? (DWORD)(ULONG_PTR)made[i] / 4 : most;
    }
    for (unsigned i = 0; i < CHECK_COUNT(made); i++)
        CloseHandle(made[i]);
    return most;
}

/* Wine (8.0) does not count these either: the highest number of some new ones, as above. 0: it cannot be told, because
   none can be deleted, as in an x86 program on its x64 half. */
static DWORD drawings_used(void)
{
    HGDIOBJ made[16];
    DWORD   most = GetGuiResources(GetCurrentProcess(), GR_GDIOBJECTS);

    if (most > 0)
        return most;
    for (unsigned i = 0; i < CHECK_COUNT(made); i++) {
        made[i] = CreateSolidBrush(i + 1);
        most = LOWORD(made[i]) > most ? LOWORD(made[i]) : most;
    }
    for (unsigned i = 0; i < CHECK_COUNT(made); i++)
        if (!DeleteObject(made[i]))
            most = 0;
    return most;
}

/* Also of Wine's own threads, whose stacks come and go. */
static SIZE_T resident(void)
{
    PROCESS_MEMORY_COUNTERS counters = { .cb = sizeof counters };

    return GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters) ? counters.WorkingSetSize : 0;
}

static cost cost_now(void)
{
    cost now = { 0 };

    now.handles = handles_used();
    now.drawings = drawings_used();
    now.heap = heap_used();
    now.resident = resident();
    return now;
}

/* A test has no resources of its own: the files that they are made of. */
enum { RESOURCES = WZ_RESOURCE_SUPPRESSIONS_SCHEMA + 1 };
typedef struct resources { char *at[RESOURCES]; size_t lengths[RESOURCES]; } resources;

static resources embedded;

static void resource_read(wz_resource which, const char *name)
{
    const char *top = getenv("WZ_TOP");
    wz_text     path = { 0 };
    FILE       *file;
    long        length;

    wz_text_add(&path, top != NULL ? top : ".");
    wz_text_add(&path, "/resources/");
    wz_text_add(&path, name);
    file = fopen(wz_text_at(&path), "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    length = ftell(file);
    rewind(file);
    embedded.at[which] = malloc((size_t)length);
    embedded.lengths[which] = fread(embedded.at[which], 1, (size_t)length, file);
    fclose(file);
    wz_text_clear(&path);
}

static wz_view resource_view(void *context, wz_resource which)
{
    (void)context;
    assert_non_null(embedded.at[which]);
    return (wz_view){ embedded.at[which], embedded.lengths[which] };
}

static int resources_setup(void **state)
{
    (void)state;
    resource_read(WZ_RESOURCE_CATALOGUE, "catalogue.xml");
    resource_read(WZ_RESOURCE_CATALOGUE_SCHEMA, "catalogue.xsd");
    resource_read(WZ_RESOURCE_SNAPSHOT_SCHEMA, "snapshot.xsd");
    resource_read(WZ_RESOURCE_REPORT_SCHEMA, "report.xsd");
    resource_read(WZ_RESOURCE_JOURNAL_SCHEMA, "journal.xsd");
    return 0;
}

static int resources_teardown(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(embedded.at); i++)
        free(embedded.at[i]);
    embedded = (resources){ 0 };
    return 0;
}

/* As /assess and a look at the report do, without the words. */
static void assess(const wz_platform *platform, unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        wz_session *session = wz_session_create(platform);
        wz_text     xml = { 0 };

        assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
        wz_session_find_journal(session);
        assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
        assert_non_null(wz_snapshot_text(session->snapshot, WZ_FACT_VERSION_API));
        assert_non_null(session->plan);
        wz_session_verdict(session, NULL);
        wz_session_write_snapshot(session, &xml);
        assert_true(xml.length > 0);
        wz_text_clear(&xml);
        wz_session_free(session);
    }
}

static void assessing_again_keeps_nothing(void **state)
{
    const char  *asked = getenv("WZ_ROUNDS");
    unsigned     rounds = asked != NULL && *asked != '\0' ? (unsigned)strtoul(asked, NULL, 10) : 12;
    wz_platform *own = wz_windows_create();
    wz_platform  platform = *own;
    cost         before, after;

    (void)state;
    platform.resource = resource_view;
    assess(&platform, 4);                              /* what Windows loads once stays */
    before = cost_now();
    assess(&platform, rounds);
    after = cost_now();
    print_message("%u rounds: handles %lu to %lu, drawings %lu to %lu, heap %lu to %lu, resident %lu to %lu KB\n",
                  rounds, before.handles, after.handles, before.drawings, after.drawings, (unsigned long)before.heap,
                  (unsigned long)after.heap, (unsigned long)(before.resident / 1024),
                  (unsigned long)(after.resident / 1024));
    assert_true(before.handles > 0 && before.heap > 0 && before.resident > 0);
    assert_true(before.drawings > 0 || sizeof(void *) == 4);
    assert_true(after.handles <= before.handles + 8);  /* threads of WMI come and go */
    assert_int_equal(after.drawings, before.drawings);
    assert_true(after.heap <= before.heap + 64 * 1024 + 64 * rounds);
    assert_true(after.resident <= before.resident + 16 * 1024 * 1024);
    wz_windows_free(own);
}

int test_endurance(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(assessing_again_keeps_nothing, resources_setup, resources_teardown),
    };

    return cmocka_run_group_tests_name("endurance", tests, NULL, NULL);
}
