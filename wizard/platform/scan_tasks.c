/*
 * See scan_list.h: the files that scheduled tasks start.
 *
 * Tasks of 6.0 are XML files of any name below System32\Tasks; those of its predecessors are .job files in
 * Windows\Tasks, [MS-TSCH] 2.4: a fixed part of 68 bytes, which says where the length-prefixed texts begin.
 */
#include <stdlib.h>
#include <string.h>

#include "core/xml.h"
#include "platform/files.h"
#include "platform/scan_list.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

enum { TASK_MOST_BYTES = 1024 * 1024, FIXED_PART = 68, AT_NAME_OFFSET = 20, MOST_DEPTH = 16 };

typedef void file_function(wz_scan_list *list, const wchar_t *path, const wchar_t *name, wz_view bytes);

static void take_line(wz_scan_list *list, const wchar_t *name, const char *command, const char *arguments)
{
    wz_text  line = { 0 };
    wchar_t *wide;
    bool     is_quoted = *command == '"';

    wz_text_add(&line, is_quoted ? "" : "\"");
    wz_text_add(&line, command);
    wz_text_add(&line, is_quoted ? " " : "\" ");
    wz_text_add(&line, arguments != NULL ? arguments : "");
    wide = wz_wide_from_utf8(wz_text_at(&line));
    if (wide != NULL) {
        /* a variable stands behind the quotation mark */
        wchar_t *full = wz_scan_full_path(list, wide + 1, true);
        wchar_t *quoted = wz_wide_join(L"\"", full);

        list->out->places[WZ_PLACE_TASKS].missing += !wz_scan_list_command(list, WZ_PLACE_TASKS, name, quoted, true);
        free(quoted);
        free(full);
    }
    free(wide);
    wz_text_clear(&line);
}

static void xml_task(wz_scan_list *list, const wchar_t *path, const wchar_t *name, wz_view bytes)
{
    wz_xml        *xml = NULL;
    const wz_node *actions, *exec;

    /* what it says itself may ask for the build: a query of an event, a command in its arguments */
    wz_scan_list_file(list, WZ_PLACE_TASKS, name, path);
    if (wz_xml_open_unchecked("task", bytes, TASK_MOST_BYTES, &xml, NULL) != WZ_OK)
        return;
    actions = wz_node_first(wz_xml_root(xml), "Actions");
    exec = actions == NULL ? NULL : wz_node_first(actions, "Exec");
    for (; exec != NULL; exec = wz_node_next(exec, "Exec")) {
        const wz_node *command = wz_node_first(exec, "Command"), *arguments = wz_node_first(exec, "Arguments");
        char          *program = command == NULL ? NULL : wz_node_text(command);
        char          *rest = arguments == NULL ? NULL : wz_node_text(arguments);

        if (program != NULL && *program != '\0')
            take_line(list, name, program, rest);
        free(program);
        free(rest);
    }
    wz_xml_free(xml);
}

/* A text of a .job file: the number of units with the zero at the end, then the units. NULL: not within the file. */
static char *job_text(wz_view bytes, size_t *at)
{
    uint16_t units;
    wchar_t *wide;
    char    *utf8;

    if (*at > bytes.length || bytes.length - *at < sizeof units)
        return NULL;
    memcpy(&units, bytes.at + *at, sizeof units);
    *at += sizeof units;
    if (bytes.length - *at < units * sizeof *wide)
        return NULL;
    wide = wz_new_array((size_t)units + 1, wchar_t);
    memcpy(wide, bytes.at + *at, units * sizeof *wide);
    *at += units * sizeof *wide;
    utf8 = wz_utf8_for_display(wide, wcslen(wide));
    free(wide);
    return utf8;
}

static void job_task(wz_scan_list *list, const wchar_t *path, const wchar_t *name, wz_view bytes)
{
    char    *program, *arguments;
    uint16_t name_at;
    size_t   at;

    (void)path;
    if (bytes.length < FIXED_PART)
        return;
    memcpy(&name_at, bytes.at + AT_NAME_OFFSET, sizeof name_at);
    at = name_at;
    program = job_text(bytes, &at);
    arguments = program == NULL ? NULL : job_text(bytes, &at);
    if (program != NULL && *program != '\0')
        take_line(list, name, program, arguments);
    free(program);
    free(arguments);
}

static void read_task(wz_scan_list *list, const wchar_t *path, const wchar_t *name, file_function *use)
{
    wchar_t *real = wz_scan_real_path(path);
    char    *utf8 = wz_utf8_from_wide(real);
    wz_text  bytes = { 0 };
    wz_error err = { 0 };

    if (utf8 == NULL || wz_files_read(utf8, TASK_MOST_BYTES, &bytes, &err) != WZ_OK) {
        if (list->out->places[WZ_PLACE_TASKS].error.status == WZ_OK && err.status != WZ_E_NOT_FOUND)
            list->out->places[WZ_PLACE_TASKS].error = err;
    } else {
        use(list, path, name, (wz_view){ wz_text_at(&bytes), bytes.length });
    }
    wz_text_clear(&bytes);
    free(utf8);
    free(real);
}

static void each_file(wz_scan_list *list, const wchar_t *folder, unsigned depth, file_function *use)
{
    wchar_t         *begin = wz_wide_join(folder, L"\\");
    wchar_t         *pattern = wz_wide_join(begin, L"*"), *real = wz_scan_real_path(pattern);
    WIN32_FIND_DATAW found;
    HANDLE           find = FindFirstFileW(real, &found);
    DWORD            code = GetLastError();
    bool             goes_on = find != INVALID_HANDLE_VALUE;

    free(pattern);
    free(real);
    for (; goes_on && *list->is_cancelled == 0; goes_on = FindNextFileW(find, &found) != FALSE) {
        wchar_t *path = wz_wide_join(begin, found.cFileName);
        bool     is_folder = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;

        if (found.cFileName[0] == L'.' || (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
            ;                                          /* itself, its parent, a link */
        else if (!is_folder)
            read_task(list, path, found.cFileName, use);
        else if (depth < MOST_DEPTH)
            each_file(list, path, depth + 1, use);
        free(path);
    }
    if (find != INVALID_HANDLE_VALUE)
        FindClose(find);
    else if (code == ERROR_ACCESS_DENIED)
        wz_fail_code(&list->out->places[WZ_PLACE_TASKS].error, code, "Tasks");
    free(begin);
}

void wz_scan_list_tasks(wz_scan_list *list)
{
    wchar_t *newer = wz_wide_join(list->windows, L"\\System32\\Tasks");
    wchar_t *older = wz_wide_join(list->windows, L"\\Tasks");

    list->out->places[WZ_PLACE_TASKS].is_looked_at = true;
    each_file(list, newer, 0, xml_task);
    each_file(list, older, 0, job_task);
    free(newer);
    free(older);
}
