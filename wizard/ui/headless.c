#include "ui/headless.h"

#include <stdlib.h>

#include "platform/wide.h"
#include "resource.h"
#include "ui/strings.h"

enum { STOP_UNITS = 48 };

static bool is_redirected(HANDLE handle)
{
    return handle != NULL && handle != INVALID_HANDLE_VALUE && GetFileType(handle) != FILE_TYPE_UNKNOWN;
}

/* A program without a console writes to what was redirected, else to the console it was started from, else nowhere. */
static HANDLE output_of(DWORD which)
{
    HANDLE handle = GetStdHandle(which);

    if (is_redirected(handle))
        return handle;
    if (GetConsoleWindow() == NULL && !AttachConsole(ATTACH_PARENT_PROCESS))
        return INVALID_HANDLE_VALUE;
    return CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, 0, NULL);
}

typedef struct wz_streams { HANDLE out, err, stop; } wz_streams;

static void write_line(void *context, bool is_error, const char *utf8)
{
    const wz_streams *streams = context;
    HANDLE handle = is_error ? streams->err : streams->out;
    DWORD mode = 0, written = 0;
    size_t length = 0;

    if (handle == INVALID_HANDLE_VALUE)
        return;
    while (utf8[length] != '\0')
        length++;
    if (GetConsoleMode(handle, &mode)) {
        wchar_t *wide = wz_wide_from_utf8(utf8);

        if (wide != NULL)
            WriteConsoleW(handle, wide, (DWORD)wcslen(wide), &written, NULL);
        free(wide);
    } else {
        WriteFile(handle, utf8, (DWORD)length, &written, NULL);
    }
}

static wz_streams streams_open(void)
{
    return (wz_streams){ output_of(STD_OUTPUT_HANDLE), output_of(STD_ERROR_HANDLE), NULL };
}

/* ---- Ctrl+C on the console ---- */

/* Windows hands nothing to the function that it calls but the key, so an event with our number is what both know. */
static void stop_name(wchar_t name[STOP_UNITS])
{
    swprintf(name, STOP_UNITS, L"Local\\Build6003Wizard.Stop.%lu", GetCurrentProcessId());
}

/* On a thread of Windows. Closing the console or logging off ends the program as ever. */
static BOOL WINAPI on_key(DWORD key)
{
    wchar_t name[STOP_UNITS];
    HANDLE stop = NULL;

    stop_name(name);
    if (key == CTRL_C_EVENT || key == CTRL_BREAK_EVENT)
        stop = OpenEventW(EVENT_MODIFY_STATE, FALSE, name);
    if (stop == NULL)
        return FALSE;
    SetEvent(stop);
    CloseHandle(stop);
    return TRUE;
}

static bool is_stop_asked(void *context)
{
    const wz_streams *streams = context;

    return streams->stop != NULL && WaitForSingleObject(streams->stop, 0) == WAIT_OBJECT_0;
}

/* After the console was attached, which forgets such functions; the event last: who sees it may press the key. */
static void stop_open(wz_streams *streams)
{
    wchar_t name[STOP_UNITS];

    stop_name(name);
    SetConsoleCtrlHandler(on_key, TRUE);
    streams->stop = CreateEventW(NULL, TRUE, FALSE, name);
}

static void stop_close(const wz_streams *streams)
{
    SetConsoleCtrlHandler(on_key, FALSE);
    if (streams->stop != NULL)
        CloseHandle(streams->stop);
}

/* One line of error. */
static void complain(wz_text *line)
{
    wz_streams streams = streams_open();

    wz_text_add(line, "\n");
    write_line(&streams, true, wz_text_at(line));
    wz_text_clear(line);
}

wz_exit wz_headless_refuse(HINSTANCE program, const wz_options *options, const wz_error *error)
{
    wz_strings *strings = wz_strings_create(program, options->language);
    wz_text line = { 0 };

    wz_error_render(error, wz_strings_words(strings), &line);
    complain(&line);
    wz_strings_free(strings);
    return WZ_EXIT_USAGE;
}

/* ---- languages ---- */

static bool knows_language(HINSTANCE program, const char *option, const char *tag)
{
    wz_text subject = { 0 }, tags = { 0 }, line = { 0 };

    if (tag == NULL || wz_strings_know(program, tag))
        return true;
    wz_text_add(&subject, option);
    wz_text_add(&subject, tag);
    wz_strings_add_tags(program, &tags);
    wz_strings *strings = wz_strings_create(program, NULL);
    const char *args[] = { wz_text_at(&subject), wz_text_at(&tags) };
    wz_words_fill(wz_strings_words(strings), IDS_OPTION_LANGUAGE, args, ARRAYSIZE(args), &line);
    complain(&line);
    wz_strings_free(strings);
    wz_text_clear(&tags);
    wz_text_clear(&subject);
    return false;
}

bool wz_headless_knows_languages(HINSTANCE program, const wz_options *options)
{
    return knows_language(program, "/lang:", options->language)
        && knows_language(program, "/report-lang:", options->report_language);
}

static void languages_of_journal(const wz_platform *platform, wz_options *options)
{
    wz_journal *journal = NULL;

    if (options->action == WZ_ACTION_RESUME && wz_journal_load(platform, &journal, NULL) == WZ_OK)
        wz_journal_languages(journal, &options->language, &options->report_language);
    wz_journal_free(journal);
}

/* ---- run ---- */

wz_exit wz_headless_run(HINSTANCE program, const wz_platform *platform, wz_options *options)
{
    wz_streams streams = streams_open();
    wz_output output = { write_line, &streams, is_stop_asked };

    stop_open(&streams);
    languages_of_journal(platform, options);
    wz_strings *strings = wz_strings_create(program, options->language);
    wz_strings *report = options->report_language != NULL ? wz_strings_create(program, options->report_language) : NULL;
    wz_exit code = wz_command_run(options, platform, wz_strings_words(strings),
                                  wz_strings_words(report != NULL ? report : strings), &output);
    stop_close(&streams);
    wz_strings_free(report);
    wz_strings_free(strings);
    return code;
}
