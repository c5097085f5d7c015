/*
 * hold: stands in the place of System32\wusa.exe and does not begin while the file C:\hold is there.
 *
 * Wine's wusa is done before a person could press a button. A test that wants something to happen during an update
 * makes that file, and deletes it when the update may go on; the real wusa, kept in C:\windows\testbed, then does the
 * work and its exit code is ours. A file that nobody deletes holds for a minute.
 */
#include <windows.h>

#include <wchar.h>

#define HOLD    L"C:\\hold"
#define REAL    L"C:\\windows\\testbed\\wusa.exe"
#define MOST_MS 60000

/* What follows the program's own name on the command line. */
static const wchar_t *arguments(void)
{
    const wchar_t *line = GetCommandLineW();
    wchar_t        end = *line == L'"' ? L'"' : L' ';

    for (line++; *line != L'\0' && *line != end; line++)
        ;
    return *line == L'"' ? line + 1 : line;
}

int main(void)
{
    STARTUPINFOW        startup = { 0 };
    PROCESS_INFORMATION child = { 0 };
    wchar_t             line[2048] = L"\"" REAL L"\" ";
    DWORD               code = 1;

    for (int waited = 0; waited < MOST_MS && GetFileAttributesW(HOLD) != INVALID_FILE_ATTRIBUTES; waited += 20)
        Sleep(20);
    wcsncat(line, arguments(), ARRAYSIZE(line) - 1 - wcslen(line));
    startup.cb = sizeof startup;
    if (!CreateProcessW(REAL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
        return 1;
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}
