/*
 * witness: stands in the place of System32\wusa.exe and tells on whoever starts it.
 *
 * Adds a line to C:\witness.txt, "64" or "32" for itself and its command line as it was given; then waits as long as
 * there is a file C:\hold, because Wine's wusa is done before a person could press a button; then starts Wine's own
 * installer, which put_witness of tests/tools/testbed.py has put beside it as wusa-wine.exe, with the same arguments,
 * and ends with its code. So a test knows what was installed, how often and how, from somebody other than the program
 * that it tests, and can do something while an installation is going on.
 */
#include <windows.h>

#include <stdio.h>
#include <wchar.h>

#define NOTES L"C:\\witness.txt"
#define HOLD  L"C:\\hold"
#define REAL  L"C:\\windows\\system32\\wusa-wine.exe"
#define UNITS 2048

static void note(const wchar_t *line)
{
    FILE *notes = _wfopen(NOTES, L"a");

    if (notes == NULL)
        return;
    fprintf(notes, "%u %ls\n", (unsigned)(8 * sizeof(void *)), line);
    fclose(notes);
}

/* What follows the first argument. */
static const wchar_t *after_first(const wchar_t *line)
{
    wchar_t end = L' ';

    if (*line == L'"') {
        end = L'"';
        line++;
    }
    while (*line != L'\0' && *line != end)
        line++;
    return *line == L'"' ? line + 1 : line;
}

int main(void)
{
    STARTUPINFOW        startup = { 0 };
    PROCESS_INFORMATION child = { 0 };
    wchar_t             line[UNITS] = L"";
    DWORD               code = 1;

    startup.cb = sizeof startup;
    note(GetCommandLineW());
    while (GetFileAttributesW(HOLD) != INVALID_FILE_ATTRIBUTES)
        Sleep(20);
    _snwprintf(line, UNITS - 1, L"wusa.exe%ls", after_first(GetCommandLineW()));
    if (!CreateProcessW(REAL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
        return 1;
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    return (int)code;
}
