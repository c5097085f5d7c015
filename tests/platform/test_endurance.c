/*
 * Looking at the machine again and again in one process costs nothing that stays: no handles, no drawing objects, no
 * memory. A few rounds here; WZ_ROUNDS=1000 in tests/soak.
 */
#include "check.h"
#include "platform/win32.h"
#include "platform/windows.h"


typedef struct cost { DWORD handles, drawings; SIZE_T heap; } cost;

/* What the heap has given out. The size of the process would tell of Wine's own threads as well. */
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

static cost cost_now(void)
{
    cost now = { 0 };

    now.handles = handles_used();
    now.drawings = GetGuiResources(GetCurrentProcess(), GR_GDIOBJECTS);
    now.heap = heap_used();
    return now;
}

static void look(wz_platform *platform, unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        wz_snapshot *snapshot = NULL;

        assert_int_equal(platform->probe(platform->context, NULL, &snapshot, NULL), WZ_OK);
        assert_non_null(wz_snapshot_text(snapshot, WZ_FACT_VERSION_API));
        wz_snapshot_free(snapshot);
    }
}

static void looking_again_keeps_nothing(void **state)
{
    const char  *asked = getenv("WZ_ROUNDS");
    unsigned     rounds = asked != NULL && *asked != '\0' ? (unsigned)strtoul(asked, NULL, 10) : 12;
    wz_platform *platform = wz_windows_create();
    cost         before, after;

    (void)state;
    look(platform, 4);                                 /* what Windows loads once stays */
    before = cost_now();
    look(platform, rounds);
    after = cost_now();
    print_message("%u rounds: handles %lu to %lu, drawings %lu to %lu, heap %lu to %lu\n", rounds, before.handles,
                  after.handles, before.drawings, after.drawings, (unsigned long)before.heap,
                  (unsigned long)after.heap);
    assert_true(before.handles > 0 && before.heap > 0);
    assert_true(after.handles <= before.handles + 8);  /* threads of WMI come and go */
    assert_int_equal(after.drawings, before.drawings);
    assert_true(after.heap <= before.heap + 64 * 1024 + 64 * rounds);
    wz_windows_free(platform);
}

int test_endurance(void)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(looking_again_keeps_nothing) };

    return cmocka_run_group_tests_name("endurance", tests, NULL, NULL);
}
