/*
 * drive: processes, pages, buttons and waiting. Controls, lists and boxes: drive_control.c; keys: drive_input.c.
 */
#include "ui/drive_private.h"

#include "check.h"
#include "resource.h"

#include <stdarg.h>

#define PAGES 10

typedef struct search {
    DWORD process_id;                  /* 0: any process */
    HWND  not;                         /* a sheet that is not meant */
    HWND  found;
} search;

/* ---- waiting ----------------------------------------------------------------------------------------------------- */

/* Once the window is known: does it still take messages, and how soon? */
static void ask_window(wz_drive *d)
{
    ULONGLONG began = GetTickCount64();
    DWORD_PTR result = 0;
    DWORD     took;

    if (d->sheet == NULL || !IsWindow(d->sheet))
        return;
    SetLastError(ERROR_SUCCESS);
    if (!SendMessageTimeoutW(d->sheet, WM_NULL, 0, 0, SMTO_NORMAL, DRIVE_HANG_MS, &result) &&
        GetLastError() == ERROR_TIMEOUT) {
        d->sheet = NULL;                                        /* nothing more to be had from it */
        drive_fail(d, "the window does not answer");
    }
    took = (DWORD)(GetTickCount64() - began);
    d->slowest_ms = took > d->slowest_ms ? took : d->slowest_ms;
    d->answers++;
}

bool drive_wait(wz_drive *d, drive_condition is_true, void *context)
{
    ULONGLONG deadline = GetTickCount64() + d->seconds * 1000ULL;

    for (;;) {
        ask_window(d);
        if (is_true(d, context))
            return true;
        if (GetTickCount64() > deadline)
            return false;
        if (d->process != NULL && WaitForSingleObject(d->process, 0) == WAIT_OBJECT_0)
            return is_true(d, context);
        Sleep(20);
    }
}

LRESULT drive_send(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    DWORD_PTR result = 0;

    if (!SendMessageTimeoutW(window, message, wparam, lparam, SMTO_NORMAL, 10000, &result))
        return 0;
    return (LRESULT)result;
}

const char *drive_utf8(wz_drive *d, const wchar_t *text)
{
    int bytes = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);

    free(d->utf8);
    d->utf8 = calloc((size_t)bytes + 1, 1);
    assert_non_null(d->utf8);
    WideCharToMultiByte(CP_UTF8, 0, text, -1, d->utf8, bytes, NULL, NULL);
    return d->utf8;
}

_Noreturn void drive_fail(wz_drive *d, const char *format, ...)
{
    char    message[1024];
    wchar_t caption[256] = L"";
    DWORD   code = STILL_ACTIVE;
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (d->process != NULL)
        GetExitCodeProcess(d->process, &code);
    if (d->sheet != NULL)
        drive_send(d->sheet, WM_GETTEXT, ARRAYSIZE(caption), (LPARAM)caption);
    print_error("%s\n  caption    \"%s\"\n", message, drive_utf8(d, caption));
    if (code != STILL_ACTIVE)
        print_error("  the program has ended with %lu\n", (unsigned long)code);
    else if (d->sheet != NULL) {
        print_error("  focus      %d\n  default    %d\n", drive_focus(d), drive_default_id(d));
        if (drive_has_box(d))
            print_error("  a box says \"%s\"\n", drive_utf8(d, drive_box_text(d)));
        drive_shot(d, "failed");
    }
    drive_end(d);
    fail();
    abort();                           /* fail does not return, but does not say so */
}

/* ---- processes --------------------------------------------------------------------------------------------------- */

int drive_setup(void **state)
{
    *state = calloc(1, sizeof(wz_drive));
    return *state == NULL;
}

int drive_teardown(void **state)
{
    drive_end(*state);
    free(*state);
    return 0;
}

static void drive_init(wz_drive *d)
{
    wchar_t path[MAX_PATH], tag[DRIVE_TAG_UNITS];

    *d = (wz_drive){ .seconds = DRIVE_SECONDS };
    d->text = calloc(DRIVE_TEXT_UNITS, sizeof *d->text);
    d->said = calloc(DRIVE_TEXT_UNITS, sizeof *d->said);
    assert_true(d->text != NULL && d->said != NULL);
    if (GetEnvironmentVariableW(L"WZ_EXE", path, MAX_PATH) == 0)
        drive_fail(d, "WZ_EXE does not name the program under test");
    d->strings = LoadLibraryExW(path, NULL, LOAD_LIBRARY_AS_DATAFILE);
    if (d->strings == NULL)
        drive_fail(d, "%s cannot be read: error %lu", drive_utf8(d, path), (unsigned long)GetLastError());
    drive_speak(d, drive_tag(tag));
}

/* The window of the page that is shown: the one child of the frame that is a dialog and visible. NULL: none is. */
static HWND page_of(HWND sheet)
{
    HWND page = NULL;

    do
        page = FindWindowExW(sheet, page, L"#32770", NULL);
    while (page != NULL && !(GetWindowLongW(page, GWL_STYLE) & WS_VISIBLE));
    return page;
}

/* The frame is a visible dialog with a Next button and a page. */
static BOOL CALLBACK find_sheet(HWND window, LPARAM lparam)
{
    search *wanted = (search *)lparam;
    wchar_t class_name[16] = L"";
    DWORD   process_id = 0;

    GetWindowThreadProcessId(window, &process_id);
    GetClassNameW(window, class_name, ARRAYSIZE(class_name));
    if (!IsWindowVisible(window) || window == wanted->not || wcscmp(class_name, L"#32770") != 0 ||
        process_id == GetCurrentProcessId() || (wanted->process_id != 0 && wanted->process_id != process_id))
        return TRUE;
    if (GetDlgItem(window, IDC_FRAME_NEXT) == NULL || page_of(window) == NULL)
        return TRUE;
    wanted->found = window;
    return FALSE;
}

static bool has_sheet(wz_drive *d, void *context)
{
    search *wanted = context;

    EnumWindows(find_sheet, (LPARAM)wanted);
    d->sheet = wanted->found;
    return d->sheet != NULL;
}

static void take_sheet(wz_drive *d)
{
    search wanted = { .process_id = d->process_id };

    if (!drive_wait(d, has_sheet, &wanted))
        drive_fail(d, "no wizard shows its window");
    d->thread_id = GetWindowThreadProcessId(d->sheet, &d->process_id);
}

/* A language of its own on the command line goes before that of the environment. */
static const wchar_t *lang_switch(const wchar_t *arguments, wchar_t tag[DRIVE_TAG_UNITS])
{
    return wcsstr(arguments, L"/lang:") == NULL && GetEnvironmentVariableW(L"WZ_LANG", tag, DRIVE_TAG_UNITS) > 0
         ? L" /lang:" : L"";
}

void drive_launch(wz_drive *d, const wchar_t *arguments)
{
    STARTUPINFOW        startup = { .cb = sizeof startup };
    PROCESS_INFORMATION child = { 0 };
    wchar_t             path[MAX_PATH] = L"";
    wchar_t             line[4096];
    wchar_t             tag[DRIVE_TAG_UNITS] = L"";

    drive_init(d);
    GetEnvironmentVariableW(L"WZ_EXE", path, MAX_PATH);
    const wchar_t *lang = lang_switch(arguments, tag);
    _snwprintf(line, ARRAYSIZE(line), L"\"%ls\" %ls%ls%ls", path, arguments, lang, tag);
    line[ARRAYSIZE(line) - 1] = L'\0';
    if (!CreateProcessW(path, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
        drive_fail(d, "%s cannot be started: error %lu", drive_utf8(d, path), (unsigned long)GetLastError());
    CloseHandle(child.hThread);
    d->process = child.hProcess;
    d->process_id = child.dwProcessId;
}

void drive_start(wz_drive *d, const wchar_t *arguments)
{
    drive_launch(d, arguments);
    take_sheet(d);
}

void drive_attach(wz_drive *d)
{
    drive_init(d);
    take_sheet(d);
    d->process = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_INFORMATION | PROCESS_VM_OPERATION | PROCESS_VM_READ |
                             PROCESS_VM_WRITE | PROCESS_TERMINATE, FALSE, d->process_id);
}

void drive_wait_other_sheet(wz_drive *d)
{
    search wanted = { .process_id = d->process_id, .not = d->sheet };

    d->sheet = NULL;
    if (!drive_wait(d, has_sheet, &wanted))
        drive_fail(d, "no other window comes");
}

DWORD drive_wait_exit(wz_drive *d)
{
    DWORD code = STILL_ACTIVE;

    if (WaitForSingleObject(d->process, d->seconds * 1000) != WAIT_OBJECT_0)
        drive_fail(d, "the program does not end");
    GetExitCodeProcess(d->process, &code);
    return code;
}

void drive_end(wz_drive *d)
{
    if (d->process != NULL) {
        if (WaitForSingleObject(d->process, 0) != WAIT_OBJECT_0) {
            TerminateProcess(d->process, 99);
            WaitForSingleObject(d->process, 5000);
        }
        CloseHandle(d->process);
    }
    if (d->strings != NULL)
        FreeLibrary(d->strings);
    free(d->text);
    free(d->said);
    free(d->utf8);
    *d = (wz_drive){ 0 };
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

/* The caption of a page, into out. */
static void caption_of(wz_drive *d, unsigned page, wchar_t *out, size_t units)
{
    wchar_t title[256];
    wchar_t product[256];

    wcsncpy(title, drive_string(d, drive_title_of(page), NULL, NULL), ARRAYSIZE(title) - 1);
    title[ARRAYSIZE(title) - 1] = L'\0';
    wcsncpy(product, drive_string(d, IDS_PRODUCT, NULL, NULL), ARRAYSIZE(product) - 1);
    product[ARRAYSIZE(product) - 1] = L'\0';
    wcsncpy(out, drive_string(d, IDS_CAPTION, title, product), units - 1);
    out[units - 1] = L'\0';
}

unsigned drive_page(wz_drive *d)
{
    wchar_t caption[512] = L"";
    wchar_t wanted[512];

    drive_send(d->sheet, WM_GETTEXT, ARRAYSIZE(caption), (LPARAM)caption);
    drive_unmark(caption);
    for (unsigned page = 1; page <= PAGES; page++) {
        caption_of(d, page, wanted, ARRAYSIZE(wanted));
        if (wcscmp(caption, wanted) == 0)
            return page;
    }
    return 0;
}

HWND drive_page_window(wz_drive *d)
{
    return page_of(d->sheet);
}

static bool is_on_page(wz_drive *d, void *context)
{
    wchar_t number[16];
    wchar_t shown[64] = L"";
    HWND    foot;

    if (drive_page(d) != *(const unsigned *)context)
        return false;
    foot = GetDlgItem(d->sheet, IDC_PAGE_NUMBER);
    if (foot == NULL || !IsWindowVisible(foot))
        return false;
    drive_send(foot, WM_GETTEXT, ARRAYSIZE(shown), (LPARAM)shown);
    drive_unmark(shown);
    _snwprintf(number, ARRAYSIZE(number), L"%u", *(const unsigned *)context);
    return wcscmp(shown, drive_string(d, IDS_PAGE_NUMBER, number, L"10")) == 0;
}

void drive_wait_page(wz_drive *d, unsigned page)
{
    if (!drive_wait(d, is_on_page, &page))
        drive_fail(d, "page %u does not come", page);
}

/* ---- buttons ----------------------------------------------------------------------------------------------------- */

bool drive_can_press(wz_drive *d, int button)
{
    HWND window = GetDlgItem(d->sheet, button);

    return window != NULL && IsWindowVisible(window) && IsWindowEnabled(window) && IsWindowEnabled(d->sheet);
}

static bool button_is_live(wz_drive *d, void *context)
{
    return drive_can_press(d, *(const int *)context);
}

void drive_press(wz_drive *d, int button)
{
    if (!drive_wait(d, button_is_live, &button))
        drive_fail(d, "button %d of the sheet cannot be pressed", button);
    PostMessageW(d->sheet, WM_COMMAND, MAKEWPARAM(button, BN_CLICKED), (LPARAM)GetDlgItem(d->sheet, button));
}

static bool is_idle(wz_drive *d, void *context)
{
    HWND bar = GetDlgItem(d->sheet, IDC_PAGE_BAR);

    (void)context;
    return !IsWindowVisible(bar) && (drive_can_press(d, IDC_FRAME_NEXT) || drive_can_press(d, IDC_FRAME_FINISH));
}

void drive_wait_idle(wz_drive *d)
{
    if (!drive_wait(d, is_idle, NULL))
        drive_fail(d, "the wizard does not come to rest");
}

void drive_next(wz_drive *d, unsigned page)
{
    if (drive_page(d) == 5 && page > 5 && drive_is_enabled(d, IDC_COMPATIBILITY_SKIP))
        drive_click(d, IDC_COMPATIBILITY_SKIP);
    else
        drive_press(d, IDC_FRAME_NEXT);
    drive_wait_page(d, page);
}

void drive_back(wz_drive *d, unsigned page)
{
    drive_press(d, IDC_FRAME_BACK);
    drive_wait_page(d, page);
}

int drive_default_id(wz_drive *d)
{
    LRESULT result = drive_send(d->sheet, DM_GETDEFID, 0, 0);

    return HIWORD(result) == DC_HASDEFID ? (int)LOWORD(result) : 0;
}

int drive_default_button(wz_drive *d)
{
    int id = drive_default_id(d);

    return GetDlgItem(d->sheet, id) != NULL ? id : DRIVE_NONE;
}

static bool default_is(wz_drive *d, void *context)
{
    return drive_default_button(d) == *(const int *)context;
}

void drive_wait_default(wz_drive *d, int button)
{
    if (!drive_wait(d, default_is, &button))
        drive_fail(d, "button %d of the sheet does not become the default one", button);
}

const wchar_t *drive_button_text(wz_drive *d, int button)
{
    d->text[0] = L'\0';
    drive_send(GetDlgItem(d->sheet, button), WM_GETTEXT, DRIVE_TEXT_UNITS, (LPARAM)d->text);
    return d->text;
}
