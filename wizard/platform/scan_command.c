/* See scan_list.h: which files a command line of the registry or of a task names. */
#include <stdlib.h>
#include <string.h>

#include "platform/scan_list.h"
#include "platform/system_dll.h"
#include "platform/wide.h"
#include "scan/scan.h"

#define COMMAND_MOST 8192u

static wchar_t *copy_part(const wchar_t *text, size_t units)
{
    wchar_t *copy = wz_new_array(units + 1, wchar_t);

    memcpy(copy, text, units * sizeof *copy);
    return copy;
}

/* ProgramFiles is another folder for an x86 program than for the machine that wrote the text. */
static wchar_t *expand(const wchar_t *text, bool native)
{
    static const wchar_t name[] = L"%ProgramFiles%";
    wchar_t             *source, *expanded;
    DWORD                room;

    if (native && wz_is_wow64() && _wcsnicmp(text, name, WZ_COUNT(name) - 1) == 0)
        source = wz_wide_join(L"%ProgramW6432%", text + WZ_COUNT(name) - 1);
    else
        source = wz_wide_copy(text);
    room = ExpandEnvironmentStringsW(source, NULL, 0);
    if (room == 0 || room > 32768)
        return source;
    expanded = wz_new_array((size_t)room + 1, wchar_t);
    if (ExpandEnvironmentStringsW(source, expanded, room) == 0) {
        free(expanded);
        return source;
    }
    free(source);
    return expanded;
}

/* Takes expanded. Forms that the loader of drivers accepts: "Windows Internals", and IoCreateDriver's ImagePath. */
static wchar_t *make_full(const wz_scan_list *list, wchar_t *expanded)
{
    static const struct { const wchar_t *prefix; bool in_windows; } rows[] = {
        { L"\\??\\", false }, { L"\\\\?\\", false }, { L"\\SystemRoot\\", true },
        { L"System32\\", true }, { L"SysWOW64\\", true },
    };
    wchar_t *full = NULL;

    for (size_t i = 0; i < WZ_COUNT(rows) && full == NULL; i++) {
        size_t units = wcslen(rows[i].prefix);

        if (_wcsnicmp(expanded, rows[i].prefix, units) != 0)
            continue;
        if (!rows[i].in_windows) {
            full = wz_wide_copy(expanded + units);
        } else {
            wchar_t *root = wz_wide_join(list->windows, L"\\");

            full = wz_wide_join(root, expanded + (expanded[0] == L'S' || expanded[0] == L's' ? 0 : units));
            free(root);
        }
    }
    if (full == NULL)
        return expanded;
    free(expanded);
    return full;
}

wchar_t *wz_scan_full_path(const wz_scan_list *list, const wchar_t *path, bool native)
{
    return make_full(list, expand(path, native));
}

/* The file, or with .exe behind it, or for a bare name in Windows' own folders. */
static bool take(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *path)
{
    static const wchar_t *const folders[] = { L"\\System32\\", L"\\" };
    wchar_t                    *with_ending;
    bool                        is_there;

    if (wcschr(path, L'\\') == NULL && *path != L'\0' && wcschr(path, L':') == NULL) {
        for (size_t i = 0; i < WZ_COUNT(folders); i++) {
            wchar_t *folder = wz_wide_join(list->windows, folders[i]);
            wchar_t *full = wz_wide_join(folder, path);

            free(folder);
            is_there = take(list, place, label, full);
            free(full);
            if (is_there)
                return true;
        }
        return false;
    }
    if (wz_scan_list_file(list, place, label, path))
        return true;
    with_ending = wz_wide_join(path, L".exe");
    is_there = wz_scan_list_file(list, place, label, with_ending);
    free(with_ending);
    return is_there;
}

/*
 * The program of a command line: in quotation marks, or, as CreateProcess looks for it, the shortest beginning that is
 * a file. Returns where the arguments begin; NULL when there is no such file.
 */
static const wchar_t *take_program(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *line)
{
    const wchar_t *end;

    if (*line == L'"') {
        wchar_t *path;
        bool     is_there;

        end = wcschr(line + 1, L'"');
        path = copy_part(line + 1, end == NULL ? wcslen(line + 1) : (size_t)(end - line) - 1);
        is_there = take(list, place, label, path);
        free(path);
        return !is_there ? NULL : end == NULL ? L"" : end + 1;
    }
    end = line;
    for (unsigned tries = 0; tries < 64; tries++) {
        wchar_t *path;
        bool     is_there;

        end += wcscspn(end, L" \t");
        path = copy_part(line, (size_t)(end - line));
        is_there = take(list, place, label, path);
        free(path);
        if (is_there)
            return end;
        if (*end == L'\0')
            break;
        end++;
    }
    return NULL;
}

/* What hosts are given to run: "rundll32 C:\x.dll,Entry", "cscript //b C:\x.vbs", "cmd /c C:\x.cmd". */
static bool take_arguments(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *at)
{
    bool is_any = false;

    while (*at != L'\0') {
        bool     is_quoted = *at == L'"';
        size_t   units = is_quoted ? wcscspn(at + 1, L"\"") : wcscspn(at, L" \t,\"");
        wchar_t *part = copy_part(at + is_quoted, units);
        wchar_t *comma = wcschr(part, L',');
        char    *utf8;

        if (comma != NULL)
            *comma = L'\0';
        utf8 = wz_utf8_for_display(part, wcslen(part));
        if (wz_scan_wants(utf8) && wcschr(part, L'\\') != NULL)
            is_any = wz_scan_list_file(list, place, label, part) || is_any;
        free(utf8);
        free(part);
        at += is_quoted + units;
        at += *at != L'\0';
    }
    return is_any;
}

bool wz_scan_list_command(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *command,
                          bool native)
{
    wchar_t       *line;
    const wchar_t *arguments;
    bool           is_there;

    if (wcslen(command) > COMMAND_MOST)
        return false;
    command += wcsspn(command, L" \t");
    line = wz_scan_full_path(list, command, native);
    arguments = take_program(list, place, label, line);
    is_there = arguments != NULL;
    is_there = take_arguments(list, place, label, arguments != NULL ? arguments : line) || is_there;
    free(line);
    return is_there;
}

static bool is_powershell(const wchar_t *command)
{
    static const wchar_t name[] = L"powershell";

    for (; *command != L'\0'; command++)
        if (_wcsnicmp(command, name, WZ_COUNT(name) - 1) == 0)
            return true;
    return false;
}

void wz_scan_list_words(wz_scan_list *list, wz_scan_place place, const wchar_t *where, const wchar_t *label,
                        const wchar_t *command)
{
    wz_scanned   file = { .path = wz_utf8_for_display(where, wcslen(where)), .place = place, .kind = WZ_SCAN_SCRIPT };
    char        *words = wz_utf8_for_display(command, wcslen(command));
    wz_text      named = { 0 };
    wz_findings  found = { 0 };
    wz_scan_note note = { 0 };

    wz_text_add(&named, file.path);
    wz_text_add(&named, is_powershell(command) ? ".ps1" : ".cmd");
    wz_scan_file(wz_text_at(&named), (wz_view){ words, strlen(words) }, NULL, &found, &note);
    for (size_t i = 0; i < found.count; i++)
        found.items[i].path[strlen(file.path)] = '\0';
    if (found.by_grade[WZ_GRADE_NONE] < found.count) {
        file.name = wz_utf8_for_display(label, wcslen(label));
        wz_scan_result_add_file(list->out, &file);
    } else {
        free(file.path);
    }
    wz_scan_result_add(list->out, &found);
    wz_findings_clear(&found);
    wz_text_clear(&named);
    free(words);
}
