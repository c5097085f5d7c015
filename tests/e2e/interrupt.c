/*
 * interrupt: press Ctrl+C on the console of a program without a window, while it works.
 *
 * interrupt.exe PROGRAM [ARGUMENT…], started by tell.exe. Makes a console, which the program finds as its parent's, and
 * presses as soon as the program listens: it then has an event of the name below. Ends as the program does; with 1 when
 * it could not be started, with 2 when it ended, or a minute passed, before it listened.
 */
#include <windows.h>

#include <stdio.h>
#include <wchar.h>

static BOOL WINAPI not_us(DWORD key)
{
    return key == CTRL_C_EVENT;
}

/* What follows our own name. */
static wchar_t *arguments_of(wchar_t *line)
{
    wchar_t *end = *line == L'"' ? wcschr(line + 1, L'"') : wcschr(line, L' ');

    return end == NULL ? line + wcslen(line) : end + 1 + wcsspn(end + 1, L" ");
}

static int wait_listening(const PROCESS_INFORMATION *child)
{
    wchar_t name[64];
    HANDLE  event;

    swprintf(name, 64, L"Local\\Build6003Wizard.Stop.%lu", (unsigned long)child->dwProcessId);
    for (int tries = 0; tries < 6000; tries++) {
        event = OpenEventW(SYNCHRONIZE, FALSE, name);
        if (event != NULL) {
            CloseHandle(event);
            return 1;
        }
        if (WaitForSingleObject(child->hProcess, 10) != WAIT_TIMEOUT)
            return 0;
    }
    return 0;
}

int main(void)
{
    STARTUPINFOW        startup = { 0 };
    PROCESS_INFORMATION child = { 0 };
    DWORD               code = 2;

    startup.cb = sizeof startup;
    FreeConsole();
    if (!AllocConsole() || !SetConsoleCtrlHandler(not_us, TRUE)
        || !CreateProcessW(NULL, arguments_of(GetCommandLineW()), NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child)) {
        fprintf(stderr, "interrupt: error %lu\n", (unsigned long)GetLastError());
        return 1;
    }
    if (wait_listening(&child)) {
        GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
        WaitForSingleObject(child.hProcess, INFINITE);
        GetExitCodeProcess(child.hProcess, &code);
    }
    return (int)code;
}
