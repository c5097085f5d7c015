/*
 * gate: what happens at the start of a test machine, in place of Wine's own handling of RunOnce.
 *
 * The test bed makes this program the first value of HKLM RunOnce ("~~~gate": Wine goes by descending names, and waits
 * for each). It puts itself there again and then:
 *
 * - the first time in a session it runs the other values: those called "~…" one after the other (they finish updates),
 *   then the rest, not waiting for them, so that other programs can be started meanwhile;
 * - the second time somebody has asked Windows to restart: Wine ends the windows and then handles RunOnce again, in the
 *   same session, with the boot time unchanged. Leave the mark C:\restart-asked and wait to be ended with everything
 *   else; the test bed then begins a new session, which is a restart in every respect.
 *
 * A session is known by a volatile key, which ends with it. Wine counts the values before it runs the first, so it
 * comes to our new value once more: then the program that started us is the same as before, and there is nothing to do.
 */
#include <windows.h>

#include <tlhelp32.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define RUN_ONCE L"Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce"
#define SESSION  L"Software\\TestBedSession"
#define OWN_NAME L"~~~gate"
#define MARK     L"C:\\restart-asked"
#define MOST     32
#define UNITS    1024

typedef struct entry { wchar_t name[256], command[UNITS]; } entry;

static int by_descending_name(const void *a, const void *b)
{
    return _wcsicmp(((const entry *)b)->name, ((const entry *)a)->name);
}

/* All values but our own, which are deleted; the number of them. */
static size_t take_values(HKEY key, entry *out)
{
    size_t count = 0;
    DWORD  index = 0;

    while (count < MOST) {
        DWORD name_units = ARRAYSIZE(out->name);
        DWORD bytes = sizeof out->command - sizeof(wchar_t);

        ZeroMemory(&out[count], sizeof out[count]);
        if (RegEnumValueW(key, index++, out[count].name, &name_units, NULL, NULL, (BYTE *)out[count].command, &bytes))
            break;
        count += _wcsicmp(out[count].name, OWN_NAME) != 0;
    }
    for (size_t i = 0; i < count; i++)
        RegDeleteValueW(key, out[i].name);
    qsort(out, count, sizeof *out, by_descending_name);
    return count;
}

static void run(wchar_t *command, bool wait)
{
    STARTUPINFOW        startup = { 0 };
    PROCESS_INFORMATION child = { 0 };

    startup.cb = sizeof startup;
    if (!CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
        return;
    if (wait)
        WaitForSingleObject(child.hProcess, INFINITE);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
}

/* Number of the process that started this one; 0 when it cannot be found. */
static DWORD parent_process(void)
{
    PROCESSENTRY32W process = { 0 };
    HANDLE          all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    DWORD           parent = 0;

    process.dwSize = sizeof process;
    for (BOOL more = Process32FirstW(all, &process); more && parent == 0; more = Process32NextW(all, &process))
        if (process.th32ProcessID == GetCurrentProcessId())
            parent = process.th32ParentProcessID;
    CloseHandle(all);
    return parent;
}

/* The parent of the first gate of this session; 0 when we are the first, and then ours is kept. */
static DWORD first_parent(void)
{
    DWORD disposition = 0;
    DWORD parent = 0;
    DWORD bytes = sizeof parent;
    HKEY  key;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, SESSION, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL, &key,
                        &disposition))
        return 0;
    if (disposition == REG_CREATED_NEW_KEY) {
        DWORD own = parent_process();

        RegSetValueExW(key, L"Parent", 0, REG_DWORD, (const BYTE *)&own, sizeof own);
    } else {
        RegQueryValueExW(key, L"Parent", NULL, NULL, (BYTE *)&parent, &bytes);
    }
    RegCloseKey(key);
    return parent;
}

int main(void)
{
    entry *entries = calloc(MOST + 1, sizeof *entries);
    size_t count;
    DWORD  first;
    HKEY   key;

    if (entries == NULL || RegCreateKeyExW(HKEY_LOCAL_MACHINE, RUN_ONCE, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL))
        return 1;
    RegSetValueExW(key, OWN_NAME, 0, REG_SZ, (const BYTE *)GetCommandLineW(),
                   (DWORD)((wcslen(GetCommandLineW()) + 1) * sizeof(wchar_t)));
    first = first_parent();
    if (first != 0 && first == parent_process())
        return 0;
    if (first != 0) {
        CloseHandle(CreateFileW(MARK, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
        Sleep(INFINITE);
    }
    count = take_values(key, entries);
    for (size_t i = 0; i < count; i++)
        run(entries[i].command, entries[i].name[0] == L'~');
    RegCloseKey(key);
    free(entries);
    return 0;
}
