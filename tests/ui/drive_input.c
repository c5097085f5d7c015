/*
 * drive_input: the keyboard, the clipboard, and pictures of the screen.
 */
#include "ui/drive_private.h"

#include "check.h"

int drive_focus(wz_drive *d)
{
    GUITHREADINFO info = { .cbSize = sizeof info };

    if (!GetGUIThreadInfo(d->thread_id, &info) || info.hwndFocus == NULL)
        return 0;
    return GetDlgCtrlID(info.hwndFocus);
}

/* True when the sheet, or a box before it, is what the person is working with. */
static bool is_in_front(wz_drive *d, void *context)
{
    DWORD process_id = 0;

    (void)context;
    GetWindowThreadProcessId(GetForegroundWindow(), &process_id);
    return process_id == d->process_id;
}

/*
 * A window that RunOnce opens is not always brought to the front by the window manager; a person would click it.
 * Without that nothing in it has the focus.
 */
static bool focus_is(wz_drive *d, void *context)
{
    if (!is_in_front(d, NULL))
        SetForegroundWindow(d->sheet);
    return drive_focus(d) == *(const int *)context;
}

void drive_wait_focus(wz_drive *d, int id)
{
    if (!drive_wait(d, focus_is, &id))
        drive_fail(d, "control %d does not get the focus", id);
}

static void press(WORD key, WORD scan, DWORD flags)
{
    INPUT input = { .type = INPUT_KEYBOARD };

    input.ki.wVk = key;
    input.ki.wScan = scan;
    input.ki.dwFlags = flags;
    SendInput(1, &input, sizeof input);
}

static void be_in_front(wz_drive *d)
{
    if (!is_in_front(d, NULL))
        SetForegroundWindow(d->sheet);
    if (!drive_wait(d, is_in_front, NULL))
        drive_fail(d, "the wizard is not the foreground window");
}

void drive_key(wz_drive *d, WORD key, unsigned modifiers)
{
    static const struct { unsigned bit; WORD key; } rows[] = {
        { DRIVE_CTRL, VK_CONTROL }, { DRIVE_ALT, VK_MENU }, { DRIVE_SHIFT, VK_SHIFT },
    };

    be_in_front(d);
    for (size_t i = 0; i < ARRAYSIZE(rows); i++)
        if (modifiers & rows[i].bit)
            press(rows[i].key, 0, 0);
    press(key, 0, 0);
    press(key, 0, KEYEVENTF_KEYUP);
    for (size_t i = ARRAYSIZE(rows); i-- > 0;)
        if (modifiers & rows[i].bit)
            press(rows[i].key, 0, KEYEVENTF_KEYUP);
}

void drive_type(wz_drive *d, const wchar_t *text)
{
    be_in_front(d);
    for (; *text != L'\0'; text++) {
        press(0, *text, KEYEVENTF_UNICODE);
        press(0, *text, KEYEVENTF_UNICODE | KEYEVENTF_KEYUP);
    }
}

bool drive_clipboard_has(wz_drive *d, void *part)
{
    bool           is_there = false;
    HANDLE         block;
    const wchar_t *text;

    (void)d;
    if (!OpenClipboard(NULL))
        return false;
    block = GetClipboardData(CF_UNICODETEXT);
    text = block != NULL ? GlobalLock(block) : NULL;
    if (text != NULL) {
        is_there = wcsstr(text, part) != NULL;
        GlobalUnlock(block);
    }
    CloseClipboard();
    return is_there;
}

/* A host path as the machine sees it: drive Z: is the root of the host. */
static void host_path(const char *path, wchar_t *out, size_t units)
{
    _snwprintf(out, units, L"Z:%hs", path);
    out[units - 1] = L'\0';
    for (; *out != L'\0'; out++)
        if (*out == L'/')
            *out = L'\\';
}

static bool file_exists(wz_drive *d, void *context)
{
    (void)d;
    return GetFileAttributesW(context) != INVALID_FILE_ATTRIBUTES;
}

void drive_shot(wz_drive *d, const char *name)
{
    STARTUPINFOW        startup = { .cb = sizeof startup };
    PROCESS_INFORMATION child = { 0 };
    const char         *folder = getenv("WZ_SHOTS");
    char                picture[512];
    wchar_t             line[2048];
    wchar_t             there[512];

    if (folder == NULL || *folder == '\0')
        return;
    snprintf(picture, sizeof picture, "%s/%s.png", folder, name);
    host_path(picture, there, ARRAYSIZE(there));
    DeleteFileW(there);
    RedrawWindow(d->sheet, NULL, NULL, RDW_ALLCHILDREN | RDW_UPDATENOW);
    drive_send(d->sheet, WM_NULL, 0, 0);
    _snwprintf(line, ARRAYSIZE(line),
               L"Z:\\bin\\sh -c \"import -window root '%hs.part.png' && mv '%hs.part.png' '%hs'\"", picture, picture,
               picture);
    line[ARRAYSIZE(line) - 1] = L'\0';
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child)) {
        print_error("no picture %s: error %lu\n", picture, (unsigned long)GetLastError());
        return;
    }
    /* Wine has no handles for a program of the host and leaves anything in child: to close that would close ours */
    if (!drive_wait(d, file_exists, there))
        print_error("no picture %s\n", picture);
}
