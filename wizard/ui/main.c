/*
 * The program: a window, or with an action on the command line none.
 */
#include "ui/wizard.h"

#include <stdlib.h>

#include <objbase.h>
#include <shellapi.h>
#include <commctrl.h>

#include "core/xml.h"
#include "platform/wide.h"
#include "platform/windows.h"
#include "resource.h"
#include "ui/headless.h"
#include "ui/list.h"
#include "ui/paper.h"

static BOOL CALLBACK note_window(HWND window, LPARAM has_window)
{
    DWORD process = 0;

    GetWindowThreadProcessId(window, &process);
    if (process != GetCurrentProcessId() || !IsWindowVisible(window))
        return TRUE;
    *(bool *)has_window = true;
    return FALSE;
}

/* Says so without taking memory, in a box only when there is a window: nobody would see it in an unattended run, and it
   would never end. */
void wz_out_of_memory(void)
{
    static const char line[] = "Build6003Wizard: out of memory\n";
    wchar_t text[400], title[100];
    HINSTANCE program = GetModuleHandleW(NULL);
    bool has_window = false;
    DWORD written = 0;

    EnumWindows(note_window, (LPARAM)&has_window);
    if (has_window) {
        LoadStringW(program, IDS_OUT_OF_MEMORY, text, ARRAYSIZE(text));
        LoadStringW(program, IDS_PRODUCT, title, ARRAYSIZE(title));
        MessageBoxW(NULL, text, title, MB_OK | MB_ICONERROR | MB_TASKMODAL | MB_SETFOREGROUND);
    } else {
        WriteFile(GetStdHandle(STD_ERROR_HANDLE), line, sizeof line - 1, &written, NULL);
    }
    ExitProcess(WZ_EXIT_FAILED);
}

/* ---- arguments ---- */

typedef struct wz_arguments { char **items; size_t count; } wz_arguments;

/* Without the program's name. Arguments need not be valid UTF-16; what is not becomes U+FFFD and is refused. */
static wz_arguments arguments_take(void)
{
    wz_arguments taken = { 0 };
    int count = 0;
    LPWSTR *wide = CommandLineToArgvW(GetCommandLineW(), &count);

    if (wide == NULL)
        return taken;
    taken.items = wz_new_array((size_t)count, char *);
    for (int i = 1; i < count; i++)
        taken.items[taken.count++] = wz_utf8_for_display(wide[i], wcslen(wide[i]));
    LocalFree(wide);
    return taken;
}

static void arguments_free(wz_arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++)
        free(arguments->items[i]);
    free(arguments->items);
}

/* A path as it was typed means another file after a restart. What has no full form stays. */
static void full_path(char **path)
{
    wchar_t *wide = *path != NULL ? wz_wide_from_utf8(*path) : NULL;
    wchar_t full[4096];
    DWORD units = wide != NULL ? GetFullPathNameW(wide, ARRAYSIZE(full), full, NULL) : 0;
    char *made = units > 0 && units < ARRAYSIZE(full) ? wz_utf8_from_wide(full) : NULL;

    free(wide);
    if (made != NULL) {
        free(*path);
        *path = made;
    }
}

static void full_paths(wz_options *options)
{
    char **paths[] = { &options->snapshot,      &options->open,   &options->media, &options->catalogue,
                       &options->shopping_list, &options->report, &options->log, &options->verify_report,
                       &options->checksums,     &options->compare[0], &options->compare[1],
                       &options->scan,          &options->suppressions };

    for (size_t i = 0; i < ARRAYSIZE(paths); i++)
        full_path(paths[i]);
}

static int run_headless(HINSTANCE program, wz_options *options)
{
    wz_platform *platform = wz_windows_create();
    wz_exit code = wz_headless_run(program, platform, options);

    wz_windows_free(platform);
    return (int)code;
}

/* ---- with a window ---- */

static char *copy_or_empty(const char *text)
{
    return wz_copy(text != NULL ? text : "");
}

/* The folder that the program was started from: on a stick the update files lie beside it. */
static char *own_folder(void)
{
    wchar_t path[4096];
    DWORD units = GetModuleFileNameW(NULL, path, ARRAYSIZE(path));

    while (units > 0 && units < ARRAYSIZE(path) && path[units - 1] != L'\\')
        units--;
    /* without the backslash, except after a drive's letter */
    if (units > 3 && units < ARRAYSIZE(path))
        units--;
    char *folder = units < ARRAYSIZE(path) ? wz_utf8_from_wide_part(path, units) : NULL;
    return folder != NULL ? folder : wz_copy("");
}

/* What page 1 offers depends on the journal: a small local file, read before there is a window to keep alive. */
static wz_page_id look(wz_wizard *wz)
{
    const wz_options *options = wz->options;

    wz->work.session = wz_session_create(wz->platform);
    wz->work.catalogue = wz_copy(options->catalogue);
    wz_work_look(NULL, &wz->work);
    if (wz->work.status != WZ_OK) {             /* page 1 says so when it is to be used; the journal needs none */
        free(wz->work.catalogue);
        wz->work.catalogue = NULL;
        wz_work_look(NULL, &wz->work);
    }
    wz->session = wz->work.session;
    wz->task = WZ_TASK_UPDATE;
    if (options->open != NULL)
        wz->task = WZ_TASK_OPEN;
    else if (wz->session->journal != NULL && wz_journal_is_open(wz->session->journal))
        wz->task = WZ_TASK_CONTINUE;
    if (options->carry_on)
        wz->task = WZ_TASK_CONTINUE;
    return options->begin || options->carry_on ? WZ_PAGE_INSTALL : WZ_PAGE_START;
}

static void wizard_clear(wz_wizard *wz)
{
    if (wz->work.session != wz->session)
        wz_session_free(wz->work.session);
    wz_session_free(wz->session);
    wz_paper_forget(wz);
    free(wz->work.path);
    free(wz->work.catalogue);
    free(wz->work.other_path);
    wz_phrase_clear(&wz->work.why);
    free(wz->snapshot_path);
    free(wz->catalogue_path);
    free(wz->media_folder);
    free(wz->scan_rows);
    free(wz->language);
    free(wz->report_language);
    free(wz->failure);
    wz_report_free(wz->card);
    ImageList_Destroy(wz->marks);
    wz_strings_free(wz->report_strings);
    wz_strings_free(wz->strings);
}

/* A run goes on in the languages it was begun in, unless the command line says otherwise. */
static void take_languages(wz_wizard *wz)
{
    const wz_journal *journal = wz->session->journal;

    wz->language = wz_copy(wz->options->language);
    wz->report_language = wz_copy(wz->options->report_language);
    wz_journal_languages(journal, &wz->language, &wz->report_language);
    if (wz->report_language != NULL)
        wz->report_strings = wz_strings_create(wz->program, wz->report_language);
}

static void speak(wz_wizard *wz)
{
    wz_strings_free(wz->strings);
    wz->strings = wz_strings_create(wz->program, wz->language);
    wz->words = wz_strings_shown(wz->strings);
    SetProcessDefaultLayout(wz_strings_are_rtl(wz->strings) ? LAYOUT_RTL : 0);
}

/* As the same thing without a window would end. Who leaves before anything was begun has cancelled. */
static wz_exit outcome(const wz_wizard *wz)
{
    if (wz->installed)
        return wz_run_exit(wz->result, wz->restarting);
    return wz->left_well ? WZ_EXIT_DONE : WZ_EXIT_CANCELLED;
}

static wz_exit run_wizard(HINSTANCE program, const wz_options *options)
{
    INITCOMMONCONTROLSEX classes = { sizeof classes, ICC_LISTVIEW_CLASSES | ICC_PROGRESS_CLASS | ICC_STANDARD_CLASSES };
    wz_platform *platform = wz_windows_create();
    wz_wizard wz = {
        .program = program,
        .options = options,
        .platform = platform,
        .snapshot_path = copy_or_empty(options->open),
        .catalogue_path = copy_or_empty(options->catalogue),
        .media_folder = options->media != NULL ? wz_copy(options->media) : own_folder(),
        .target = options->target,
        .has_target = options->has_target,
    };

    InitCommonControlsEx(&classes);
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);      /* the folder window wants it */
    wz_page_id first = look(&wz);
    take_languages(&wz);
    wz.marks = wz_marks_create();
    do {
        speak(&wz);
        wz_sheet_run(&wz, wz.reopen ? WZ_PAGE_START : first);
    } while (wz.reopen);
    wz_exit code = outcome(&wz);
    wizard_clear(&wz);
    wz_windows_free(platform);
    CoUninitialize();
    return code;
}

int WINAPI wWinMain(HINSTANCE program, HINSTANCE previous, PWSTR line, int show)
{
    wz_options options = { 0 };
    wz_error error = { 0 };
    int code = WZ_EXIT_DONE;

    (void)previous;
    (void)line;
    (void)show;
    wz_platform_harden();
    wz_xml_start();
    wz_arguments arguments = arguments_take();
    wz_status status = wz_options_parse((const char *const *)arguments.items, arguments.count, &options, &error);
    full_paths(&options);
    if (status != WZ_OK)
        code = (int)wz_headless_refuse(program, &options, &error);
    else if (!wz_headless_knows_languages(program, &options))
        code = WZ_EXIT_USAGE;
    else
        code = options.headless ? run_headless(program, &options) : (int)run_wizard(program, &options);
    wz_options_clear(&options);
    arguments_free(&arguments);
    wz_xml_stop();
    return code;
}
