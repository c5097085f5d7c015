#include "ui/headless.h"

#include <stdlib.h>

#include "platform/wide.h"
#include "resource.h"
#include "ui/strings.h"

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

typedef struct wz_streams { HANDLE out, err; } wz_streams;

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
    return (wz_streams){ output_of(STD_OUTPUT_HANDLE), output_of(STD_ERROR_HANDLE) };
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
    wz_output output = { write_line, &streams };

    languages_of_journal(platform, options);
    wz_strings *strings = wz_strings_create(program, options->language);
    wz_strings *report = options->report_language != NULL ? wz_strings_create(program, options->report_language) : NULL;
    wz_exit code = wz_command_run(options, platform, wz_strings_words(strings),
                                  wz_strings_words(report != NULL ? report : strings), &output);
    wz_strings_free(report);
    wz_strings_free(strings);
    return code;
}
