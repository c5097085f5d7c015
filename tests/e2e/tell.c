/*
 * tell: run a program and write its whole exit code into a file.
 *
 * tell.exe NOTE PROGRAM [ARGUMENT…]. A shell on the other side of Wine sees an exit code modulo 256, so 1603 and 67
 * look alike. The program inherits our handles and the rest of our command line, character for character. NOTE is made
 * before the program is started and holds the code in decimal afterwards: no NOTE means that not even we were started,
 * an empty one that the program could not be, or that we were ended; then we end with 1.
 */
#include <windows.h>

#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

/* The first argument at *at, unquoted into out (cut at room units); *at moves to the argument after it. */
static void take_argument(wchar_t **at, wchar_t *out, size_t room)
{
    bool   quoted = false;
    size_t units = 0;

    for (; **at != L'\0' && (quoted || (**at != L' ' && **at != L'\t')); ++*at) {
        if (**at == L'"')
            quoted = !quoted;
        else if (units + 1 < room)
            out[units++] = **at;
    }
    out[units] = L'\0';
    while (**at == L' ' || **at == L'\t')
        ++*at;
}

int main(void)
{
    STARTUPINFOW        startup = { 0 };
    PROCESS_INFORMATION child = { 0 };
    DWORD               code = 1;
    wchar_t             path[MAX_PATH];
    wchar_t            *rest = GetCommandLineW();
    FILE               *note;

    startup.cb = sizeof startup;
    take_argument(&rest, path, MAX_PATH);              /* ourselves */
    take_argument(&rest, path, MAX_PATH);
    note = _wfopen(path, L"w");
    if (note == NULL || fclose(note) != 0) {
        fprintf(stderr, "tell: the note cannot be written\n");
        return 1;
    }
    if (!CreateProcessW(NULL, rest, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child)) {
        fprintf(stderr, "tell: CreateProcess: error %lu\n", (unsigned long)GetLastError());
        return 1;
    }
    WaitForSingleObject(child.hProcess, INFINITE);
    GetExitCodeProcess(child.hProcess, &code);
    note = _wfopen(path, L"w");
    if (note == NULL)
        return 1;
    fprintf(note, "%lu\n", (unsigned long)code);
    return fclose(note) == 0 ? 0 : 1;
}
