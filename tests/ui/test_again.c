/*
 * The way through the pages and back, again and again in one program, costs nothing that stays: no handles, no windows,
 * no drawing objects, no memory. The machine is read anew each time. Three times here; WZ_WALKS=100 in tests/soak.
 */
#include "check.h"
#include "ui/drive.h"
#include "ui/story.h"

#include <psapi.h>
#include <winternl.h>

#include <stdio.h>
#include <stdlib.h>

enum { LAST_PAGE = 7 };

typedef struct cost { DWORD handles, windows, drawings; SIZE_T resident, private; } cost;

/* The highest of some new handles there: Wine (8.0) does not count handles, but gives out the lowest number that is
   free. */
static DWORD handles_of(HANDLE process)
{
    HANDLE own = CreateEventW(NULL, FALSE, FALSE, NULL);
    HANDLE there[16];
    DWORD  most = 0;

    for (unsigned i = 0; i < CHECK_COUNT(there); i++) {
        assert_true(DuplicateHandle(GetCurrentProcess(), own, process, &there[i], 0, FALSE, DUPLICATE_SAME_ACCESS));
        most = (DWORD)(ULONG_PTR)there[i] / 4 > most ? (DWORD)(ULONG_PTR)there[i] / 4 : most;
    }
    CloseHandle(own);
    for (unsigned i = 0; i < CHECK_COUNT(there); i++) {
        assert_true(DuplicateHandle(process, there[i], GetCurrentProcess(), &own, 0, FALSE,
                                    DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
        CloseHandle(own);
    }
    return most;
}

static BOOL CALLBACK count_child(HWND window, LPARAM count)
{
    (void)window;
    ++*(DWORD *)count;
    return TRUE;
}

static BOOL CALLBACK count_window(HWND window, LPARAM count)
{
    ++*(DWORD *)count;
    EnumChildWindows(window, count_child, count);
    return TRUE;
}

static DWORD windows_of(DWORD thread)
{
    DWORD count = 0;

    EnumThreadWindows(thread, count_window, (LPARAM)&count);
    return count;
}

/* Wine (8.0) does not count these: its table, laid out as that of an x64 Windows, is in the memory of the program. */
static DWORD drawings_of(HANDLE process)
{
    enum { ENTRIES = 0x10000, ENTRY = 24, TYPE_AT = 14, TABLE_IN_PEB = sizeof(void *) == 8 ? 0xF8 : 0x94 };
    typedef NTSTATUS (WINAPI *query_function)(HANDLE process, int which, void *to, ULONG length, ULONG *got);
    query_function            query = (query_function)(void (*)(void))GetProcAddress(GetModuleHandleW(L"ntdll.dll"),
                                                                                     "NtQueryInformationProcess");
    PROCESS_BASIC_INFORMATION basic = { 0 };
    char                     *table = NULL;
    BYTE                     *copy;
    SIZE_T                    got = 0;
    DWORD                     count = GetGuiResources(process, GR_GDIOBJECTS);

    if (count > 0)
        return count;
    assert_true(query(process, 0, &basic, sizeof basic, NULL) >= 0);
    assert_true(ReadProcessMemory(process, (char *)basic.PebBaseAddress + TABLE_IN_PEB, &table, sizeof table, &got));
    copy = malloc(ENTRIES * ENTRY);
    assert_true(ReadProcessMemory(process, table, copy, ENTRIES * ENTRY, &got));
    for (unsigned i = 0; i < ENTRIES; i++)
        count += copy[i * ENTRY + TYPE_AT] != 0;
    free(copy);
    return count;
}

static cost cost_of(const wz_drive *d)
{
    PROCESS_MEMORY_COUNTERS memory = { .cb = sizeof memory };
    cost                    now = { 0 };

    now.handles = handles_of(d->process);
    now.windows = windows_of(d->thread_id);
    now.drawings = drawings_of(d->process);
    assert_true(GetProcessMemoryInfo(d->process, &memory, sizeof memory));
    now.resident = memory.WorkingSetSize / 1024;
    now.private = memory.PagefileUsage / 1024;
    return now;
}

/* From page 1 to the last before something is installed, and back. */
static void walk(wz_drive *d, unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        for (unsigned page = 2; page <= LAST_PAGE; page++) {
            drive_next(d, page);
            drive_wait_idle(d);
        }
        for (unsigned page = LAST_PAGE - 1; page >= 1; page--)
            drive_back(d, page);
        drive_wait_idle(d);
    }
}

/* One round of walks; false when something has grown. */
static bool round_keeps_nothing(wz_drive *d, unsigned walks)
{
    cost before = cost_of(d), after;

    walk(d, walks);
    after = cost_of(d);
    print_message("%u walks: handles %lu to %lu, windows %lu to %lu, drawings %lu to %lu, resident %lu to %lu KB, "
                  "private %lu to %lu KB\n", walks, before.handles, after.handles, before.windows, after.windows,
                  before.drawings, after.drawings, (unsigned long)before.resident, (unsigned long)after.resident,
                  (unsigned long)before.private, (unsigned long)after.private);
    assert_true(before.handles > 0 && before.windows > 0 && before.drawings > 0 && before.resident > 0);
    return after.handles <= before.handles + 8         /* threads of WMI come and go */
        && after.windows == before.windows && after.drawings <= before.drawings + 8
        && after.resident <= before.resident + 4 * 1024;
}

/* What is lost by a walk is lost in every round; what Windows loads once, sooner or later, is not. */
static void walking_through_keeps_nothing(void **state)
{
    const char *asked = getenv("WZ_WALKS");
    unsigned    walks = asked != NULL && *asked != '\0' ? (unsigned)strtoul(asked, NULL, 10) : 3;
    wz_drive   *d = *state;

    story_start(d);
    walk(d, 2);
    assert_true(round_keeps_nothing(d, walks) || round_keeps_nothing(d, walks));
}

int test_again(void)
{
    static const struct CMUnitTest tests[] = { DRIVE_TEST(walking_through_keeps_nothing) };

    return cmocka_run_group_tests_name("again", tests, NULL, NULL);
}
