/*
 * interrupt: press Ctrl+C on the console of a program without a window, while it works.
 *
 * interrupt.exe FILE PROGRAM [ARGUMENT…], started by tell.exe; FILE without blanks. Makes a console, which the program
 * finds as its parent's, and presses as soon as FILE is there and the program listens: it then has an event of the
 * name below. Says "pressed" on standard error. Ends as the program does; with 1 when it could not be started, with 2
 * when it ended, or a minute passed, before.
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

static int wait_listening(const PROCESS_INFORMATION *child, const wchar_t *file)
{
    wchar_t name[64];
    HANDLE  event;

    swprintf(name, 64, L"Local\\Build6003Wizard.Stop.%lu", (unsigned long)child->dwProcessId);
    for (int tries = 0; tries < 6000; tries++) {
        event = GetFileAttributesW(file) != INVALID_FILE_ATTRIBUTES ? OpenEventW(SYNCHRONIZE, FALSE, name) : NULL;
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
    wchar_t            *file = arguments_of(GetCommandLineW()), *rest = wcschr(file, L' ');

    if (rest == NULL)
        return 1;
    *rest++ = L'\0';
    startup.cb = sizeof startup;
    FreeConsole();
    if (!AllocConsole() || !SetConsoleCtrlHandler(not_us, TRUE)
        || !CreateProcessW(NULL, rest, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child)) {
        fprintf(stderr, "interrupt: error %lu\n", (unsigned long)GetLastError());
        return 1;
    }
    if (wait_listening(&child, file)) {
        GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
        fputs("pressed\n", stderr);
        fflush(stderr);                                /* Wine keeps what goes to a file */
        WaitForSingleObject(child.hProcess, INFINITE);
        GetExitCodeProcess(child.hProcess, &code);
    }
    return (int)code;
}
