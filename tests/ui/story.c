#include "ui/story.h"

#include "check.h"
#include "resource.h"
#include "ui/drive_private.h"
#include "ui/layout.h"

#define MOST_BYTES (1u << 20)

#define INSTALL_SECONDS 180            /* two updates by wusa and probes between; 10 s were measured */

void story_path(const wchar_t *variable, const wchar_t *name, wchar_t *out)
{
    wchar_t folder[MAX_PATH] = L"";

    if (GetEnvironmentVariableW(variable, folder, MAX_PATH) == 0)
        fail_msg("the environment variable %ls is not set", variable);
    assert_true(wcslen(folder) + (name != NULL ? wcslen(name) + 1 : 0) < MAX_PATH);
    _snwprintf(out, MAX_PATH, name != NULL ? L"%ls\\%ls" : L"%ls", folder, name);
}

void story_shot(wz_drive *d, unsigned page, const char *what)
{
    char name[64];

    snprintf(name, sizeof name, "page-%02u%s%s", page, *what != '\0' ? "-" : "", what);
    drive_shot(d, name);
}

char *story_content(const wchar_t *path)
{
    char  *content = calloc(MOST_BYTES + 1, 1);
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD  bytes = 0;

    assert_non_null(content);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(ReadFile(file, content, MOST_BYTES, &bytes, NULL));
    CloseHandle(file);
    return content;
}

void story_start(wz_drive *d)
{
    wchar_t media[MAX_PATH] = L"";
    wchar_t catalogue[MAX_PATH] = L"";
    wchar_t arguments[2 * MAX_PATH + 40];

    story_path(L"WZ_MEDIA", NULL, media);
    story_path(L"WZ_CATALOGUE", NULL, catalogue);
    _snwprintf(arguments, ARRAYSIZE(arguments), L"\"/media:%ls\" \"/catalogue:%ls\"", media, catalogue);
    arguments[ARRAYSIZE(arguments) - 1] = L'\0';
    drive_start(d, arguments);
    d->site = true;
    drive_wait_page(d, 1);
}

void story_attach(wz_drive *d)
{
    drive_attach(d);
    d->site = true;
}

void story_open(wz_drive *d, const wchar_t *snapshot)
{
    wchar_t root[MAX_PATH] = L"";
    wchar_t arguments[MAX_PATH + 80];

    story_path(L"WZ_ROOT", NULL, root);
    _snwprintf(arguments, ARRAYSIZE(arguments), L"\"/open:%ls\\tests\\data\\snapshots\\%ls\"", root, snapshot);
    arguments[ARRAYSIZE(arguments) - 1] = L'\0';
    drive_start(d, arguments);
    drive_wait_page(d, 1);
}

/* ---- what holds on arrival -------------------------------------------------------------------------------------- */

static int checked_of(wz_drive *d, const int ids[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (drive_is_checked(d, ids[i]))
            return ids[i];
    return IDC_FRAME_NEXT;
}

/* The control that is to have the focus when the page has just come. */
static int first_of(wz_drive *d, unsigned page)
{
    static const int tasks[] = { IDC_START_CHECK, IDC_START_UPDATE, IDC_START_CONTINUE, IDC_START_OPEN };
    static const int targets[] = { IDC_TARGET_6003, IDC_TARGET_FREE, IDC_TARGET_ESU3, IDC_TARGET_ESU4, IDC_TARGET_PA };

    switch (page) {
    case 1:  return checked_of(d, tasks, ARRAYSIZE(tasks));
    case 2:  return IDC_VERSION_FACTS;
    case 3:  return IDC_PREREQUISITES_LIST;
    case 4:  return checked_of(d, targets, ARRAYSIZE(targets));
    case 6:  return IDC_FILES_FOLDER;
    case 7:  return IDC_REVIEW_LIST;
    case 8:  return IDC_INSTALL_LOG;
    case 9:  return IDC_AFTER_LIST;
    case 10: return IDC_REPORT_TICKET;
    default: break;
    }
    /* page 5: the folder to scan until there is something to read, or nothing to scan */
    return drive_is_enabled(d, IDC_COMPATIBILITY_FOLDER) && !drive_is_enabled(d, IDC_COMPATIBILITY_SHOW)
           ? IDC_COMPATIBILITY_FOLDER : IDC_COMPATIBILITY_LIST;
}

/* The foot names the site catalogue and says its digest, and is empty without one. */
static void check_banner(wz_drive *d)
{
    wchar_t        path[MAX_PATH] = L"";
    wchar_t        digest[MAX_PATH] = L"";
    const wchar_t *name;

    if (!d->site) {
        if (drive_text(d, IDC_PAGE_CATALOGUE)[0] != L'\0')
            drive_fail(d, "the page names a site catalogue, and there is none");
        return;
    }
    story_path(L"WZ_CATALOGUE", NULL, path);
    story_path(L"WZ_SHA256", NULL, digest);
    name = wcsrchr(path, L'\\') + 1;
    if (!drive_is_visible(d, IDC_PAGE_CATALOGUE) || !drive_contains(d, IDC_PAGE_CATALOGUE, name) ||
        !drive_contains(d, IDC_PAGE_CATALOGUE, digest))
        drive_fail(d, "the page does not name the site catalogue and its SHA-256");
}

void story_arrive(wz_drive *d, unsigned page, const char *what)
{
    drive_wait_page(d, page);
    drive_wait_idle(d);
    drive_wait_default(d, page == 10 ? IDC_FRAME_FINISH : IDC_FRAME_NEXT);
    drive_wait_focus(d, first_of(d, page));
    story_shot(d, page, what);
    check_banner(d);
    layout_check(d);
}

void story_next(wz_drive *d, unsigned page, const char *what)
{
    drive_next(d, page);
    story_arrive(d, page, what);
}

void story_back(wz_drive *d, unsigned page)
{
    drive_back(d, page);
    story_arrive(d, page, "back");
}

/* ---- ways ------------------------------------------------------------------------------------------------------- */

void story_check_only(wz_drive *d)
{
    drive_click(d, IDC_START_CHECK);
    drive_wait_checked(d, IDC_START_CHECK);
}

void story_to_review(wz_drive *d)
{
    story_arrive(d, 1, "");
    for (unsigned page = 2; page <= 7; page++)
        story_next(d, page, "");
    drive_click(d, IDC_REVIEW_BACKUP);
    drive_wait_checked(d, IDC_REVIEW_BACKUP);
}

static bool asks_for_restart(wz_drive *d)
{
    HWND button = GetDlgItem(drive_page_window(d), IDC_INSTALL_RESTART_NOW);

    return button != NULL && IsWindowVisible(button);
}

/* Page 8 has stopped to ask for a restart, or page 9 is there. */
static bool is_restart_or_end(wz_drive *d, void *context)
{
    (void)context;
    return drive_page(d) == 9 || asks_for_restart(d);
}

unsigned story_boot(void)
{
    const char *boot = getenv("WZ_BOOT");

    return boot != NULL ? (unsigned)strtoul(boot, NULL, 10) : 0;
}

void story_install(wz_drive *d)
{
    drive_next(d, 8);
    story_shot(d, 8, "");
}

bool story_installed(wz_drive *d)
{
    char what[32];

    d->seconds = INSTALL_SECONDS;
    if (!drive_wait(d, is_restart_or_end, NULL))
        drive_fail(d, "the installation does not come to a restart or an end");
    d->seconds = DRIVE_SECONDS;
    if (drive_page(d) == 9)
        return true;
    snprintf(what, sizeof what, "restart-%u", story_boot() + 1);
    story_shot(d, 8, what);
    layout_check(d);
    drive_click(d, IDC_INSTALL_RESTART_NOW);
    drive_wait_exit(d);
    return false;
}

/* When all is done page 8 has Next for a moment, and then goes on by itself: that is not its end. */
static bool is_end(wz_drive *d, void *context)
{
    HWND step = GetDlgItem(drive_page_window(d), IDC_INSTALL_STEP);

    (void)context;
    if (step == NULL || drive_page(d) != 8)
        return drive_page(d) == 9;
    drive_send(step, WM_GETTEXT, DRIVE_TEXT_UNITS, (LPARAM)d->text);
    drive_unmark(d->text);
    return drive_can_press(d, IDC_FRAME_NEXT) && wcsstr(d->text, drive_string(d, IDS_INSTALL_DONE, NULL, NULL)) == NULL;
}

void story_wait_end(wz_drive *d)
{
    d->seconds = INSTALL_SECONDS;
    if (!drive_wait(d, is_end, NULL))
        drive_fail(d, "the installation does not end");
    d->seconds = DRIVE_SECONDS;
}

DWORD story_report(wz_drive *d)
{
    wchar_t path[MAX_PATH] = L"";

    story_path(L"WZ_REPORT", NULL, path);
    story_arrive(d, 9, "");
    story_next(d, 10, "");
    drive_set_text(d, IDC_REPORT_TICKET, L"T-6003");
    drive_set_text(d, IDC_REPORT_TECHNICIAN, L"Test bed");
    drive_click(d, IDC_REPORT_SAVE);
    drive_answer_file(d, path);
    drive_wait_text(d, IDC_REPORT_SAVED, path);
    story_shot(d, 10, "saved");
    layout_check(d);
    drive_press(d, IDC_FRAME_FINISH);
    return drive_wait_exit(d);
}
