/*
 * The whole story without a mouse: real keys only. Tab reaches everything on every page, arrows move in groups and
 * lists, Space ticks, access keys jump and press, Enter goes on. Run once per boot, as the group update.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/drive_private.h"
#include "ui/story.h"

#define MOST_STOPS 32

/* ---- keys and their effect -------------------------------------------------------------------------------------- */

static bool focus_is_not(wz_drive *d, void *context)
{
    int focus = drive_focus(d);

    return focus != 0 && focus != *(const int *)context;
}

/* The control that Tab comes to. */
static int tab(wz_drive *d, unsigned modifiers)
{
    int before = drive_focus(d);

    drive_key(d, VK_TAB, modifiers);
    if (!drive_wait(d, focus_is_not, &before))
        drive_fail(d, "Tab does not leave control %d", before);
    return drive_focus(d);
}

static void tab_to(wz_drive *d, int id)
{
    for (int i = 0; i < MOST_STOPS && drive_focus(d) != id; i++)
        tab(d, 0);
    drive_wait_focus(d, id);
}

static void access_key(wz_drive *d, char letter)
{
    drive_key(d, (WORD)letter, DRIVE_ALT);
}

static void enter_to(wz_drive *d, unsigned page)
{
    drive_key(d, VK_RETURN, 0);
    story_arrive(d, page, "");
}

/* Arrows in a group of radio buttons. */
static void arrow_to(wz_drive *d, WORD key, int id)
{
    drive_key(d, key, 0);
    drive_wait_checked(d, id);
    drive_wait_focus(d, id);
}

typedef struct list_row { int id, row; } list_row;

static bool row_is_selected(wz_drive *d, void *context)
{
    const list_row *wanted = context;

    return drive_list_selected(d, wanted->id) == wanted->row;
}

/* Arrows in a list: the line is selected, and its text can be read. */
static void row_to(wz_drive *d, WORD key, int id, int row)
{
    list_row wanted = { id, row };

    drive_wait_focus(d, id);
    drive_key(d, key, 0);
    if (!drive_wait(d, row_is_selected, &wanted))
        drive_fail(d, "list %d does not come to line %d", id, row);
    assert_true(drive_list_text(d, id, row, 1)[0] != L'\0');
}

static void replace_text(wz_drive *d, const wchar_t *text)
{
    drive_key(d, VK_HOME, 0);
    drive_key(d, VK_END, DRIVE_SHIFT);
    drive_type(d, text);
}

/* ---- Tab -------------------------------------------------------------------------------------------------------- */

static bool is_among(int id, const int stops[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (stops[i] == id)
            return true;
    return false;
}

static bool is_radio(HWND window)
{
    wchar_t class_name[16] = L"";

    GetClassNameW(window, class_name, ARRAYSIZE(class_name));
    return wcscmp(class_name, L"Button") == 0 &&
           (GetWindowLongW(window, GWL_STYLE) & BS_TYPEMASK) == BS_AUTORADIOBUTTON;
}

static void check_reached(wz_drive *d, HWND window, const int stops[], size_t count)
{
    bool is_stop = (GetWindowLongW(window, GWL_STYLE) & WS_TABSTOP) != 0 && IsWindowVisible(window) &&
                   IsWindowEnabled(window) && !is_radio(window);

    if (is_stop && !is_among(GetDlgCtrlID(window), stops, count))
        drive_fail(d, "Tab does not reach control %d", GetDlgCtrlID(window));
}

static void check_all_reached(wz_drive *d, const int stops[], size_t count)
{
    static const int buttons[] = { IDC_FRAME_BACK, IDC_FRAME_NEXT, IDC_FRAME_FINISH, IDCANCEL };
    HWND             child = GetWindow(drive_page_window(d), GW_CHILD);

    for (; child != NULL; child = GetWindow(child, GW_HWNDNEXT))
        check_reached(d, child, stops, count);
    for (size_t i = 0; i < CHECK_COUNT(buttons); i++)
        check_reached(d, GetDlgItem(d->sheet, buttons[i]), stops, count);
}

/* Once round the page and the buttons by Tab, and one step back. Ends where it began. */
static void tab_round(wz_drive *d)
{
    int    nowhere = 0;
    int    stops[MOST_STOPS];
    int    first;
    size_t count = 0;

    assert_true(drive_wait(d, focus_is_not, &nowhere));         /* a window that is just being activated has none */
    first = drive_focus(d);
    do
        stops[count++] = tab(d, 0);
    while (stops[count - 1] != first && count < MOST_STOPS);
    drive_wait_focus(d, first);
    check_all_reached(d, stops, count);
    if (count > 1) {
        assert_int_equal(tab(d, DRIVE_SHIFT), stops[count - 2]);
        tab_to(d, first);
    }
}

/* ---- the pages -------------------------------------------------------------------------------------------------- */

static void first_pages(wz_drive *d)
{
    story_start(d);
    story_arrive(d, 1, "");
    tab_round(d);
    arrow_to(d, VK_UP, IDC_START_CHECK);
    arrow_to(d, VK_DOWN, IDC_START_UPDATE);
    arrow_to(d, VK_DOWN, IDC_START_OPEN);                       /* past the disabled one */
    assert_int_equal(tab(d, 0), IDC_START_SNAPSHOT);
    access_key(d, 'U');
    drive_wait_checked(d, IDC_START_UPDATE);
    access_key(d, 'T');
    drive_wait_focus(d, IDC_START_CATALOGUE);
    access_key(d, 'L');
    drive_wait_focus(d, IDC_START_LANGUAGE);
    access_key(d, 'A');
    assert_non_null(wcsstr(drive_box_text(d), L"libxml2"));
    drive_key(d, VK_ESCAPE, 0);
    drive_wait_enabled(d, IDC_START_ABOUT);
    access_key(d, 'N');
    story_arrive(d, 2, "");
    tab_round(d);
    row_to(d, VK_HOME, IDC_VERSION_FACTS, 0);
    row_to(d, VK_DOWN, IDC_VERSION_FACTS, 1);
    access_key(d, 'U');
    row_to(d, VK_HOME, IDC_VERSION_SOURCES, 0);
    row_to(d, VK_DOWN, IDC_VERSION_SOURCES, 1);
    enter_to(d, 3);
}

static void middle_pages(wz_drive *d)
{
    wchar_t first[512];

    tab_round(d);
    row_to(d, VK_HOME, IDC_PREREQUISITES_LIST, 0);
    wcsncpy(first, drive_text(d, IDC_PREREQUISITES_DETAIL), ARRAYSIZE(first) - 1);
    first[ARRAYSIZE(first) - 1] = L'\0';
    row_to(d, VK_DOWN, IDC_PREREQUISITES_LIST, 1);
    assert_int_not_equal(wcsncmp(drive_text(d, IDC_PREREQUISITES_DETAIL), first, ARRAYSIZE(first) - 1), 0);
    access_key(d, 'D');
    drive_wait_focus(d, IDC_PREREQUISITES_DETAIL);
    enter_to(d, 4);
    tab_round(d);
    arrow_to(d, VK_UP, IDC_TARGET_6003);
    arrow_to(d, VK_DOWN, IDC_TARGET_FREE);
    enter_to(d, 5);
    tab_round(d);
    access_key(d, 'B');
    story_arrive(d, 4, "back");
    enter_to(d, 5);
    drive_key(d, VK_RETURN, 0);                                 /* nothing was scanned: Next asks, and No stays */
    drive_wait_box(d);
    drive_key(d, VK_RETURN, 0);
    drive_wait_enabled(d, IDC_COMPATIBILITY_SKIP);
    assert_int_equal(drive_page(d), 5);
    access_key(d, 'K');
    story_arrive(d, 6, "");
}

static void files_and_review(wz_drive *d)
{
    wchar_t media[MAX_PATH] = L"";

    story_path(L"WZ_MEDIA", NULL, media);
    tab_round(d);
    access_key(d, 'D');
    drive_wait_focus(d, IDC_FILES_FOLDER);
    replace_text(d, media);
    drive_wait_text(d, IDC_FILES_FOLDER, media);
    access_key(d, 'F');
    drive_wait_focus(d, IDC_FILES_CHECK);                       /* pressed, or done again: the list looked so before */
    drive_wait_idle(d);
    drive_wait_list(d, IDC_FILES_LIST, 3);
    access_key(d, 'U');
    row_to(d, VK_END, IDC_FILES_LIST, 2);
    drive_wait_text(d, IDC_FILES_DETAIL, L"KB4534303");
    enter_to(d, 7);
    tab_round(d);
    row_to(d, VK_DOWN, IDC_REVIEW_LIST, 1);
    drive_wait_text(d, IDC_REVIEW_DETAIL, L"KB4474419");
    drive_key(d, VK_RETURN, 0);                                 /* no backup yet: nothing begins */
    assert_non_null(wcsstr(drive_box_text(d), L"backup"));
    drive_key(d, VK_RETURN, 0);
    drive_wait_enabled(d, IDC_REVIEW_BACKUP);
    assert_int_equal(drive_page(d), 7);
    tab_to(d, IDC_REVIEW_BACKUP);
    drive_key(d, VK_SPACE, 0);
    drive_wait_checked(d, IDC_REVIEW_BACKUP);
    access_key(d, 'I');
    drive_wait_page(d, 8);
}

static void last_pages(wz_drive *d)
{
    wchar_t path[MAX_PATH] = L"";

    story_path(L"WZ_REPORT", NULL, path);
    story_arrive(d, 9, "");
    tab_round(d);
    row_to(d, VK_HOME, IDC_AFTER_LIST, 0);
    row_to(d, VK_DOWN, IDC_AFTER_LIST, 1);
    access_key(d, 'U');
    row_to(d, VK_END, IDC_AFTER_STEPS, 2);
    drive_wait_text(d, IDC_AFTER_DETAIL, L"KB4534303");
    enter_to(d, 10);
    tab_round(d);
    drive_type(d, L"T-6003");
    drive_wait_text(d, IDC_REPORT_TICKET, L"T-6003");
    access_key(d, 'O');
    drive_wait_focus(d, IDC_REPORT_NOTES);
    drive_type(d, L"one");
    drive_key(d, VK_RETURN, 0);                                 /* a new line, not Finish */
    drive_type(d, L"two");
    drive_wait_text(d, IDC_REPORT_NOTES, L"one\r\ntwo");
    access_key(d, 'P');
    drive_wait_box(d);
    replace_text(d, path);
    drive_key(d, VK_RETURN, 0);
    drive_wait_text(d, IDC_REPORT_SAVED, path);
    drive_wait_idle(d);
    access_key(d, 'F');
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_DONE);
}

static void the_whole_story_goes_by_keyboard(void **state)
{
    wz_drive *d = *state;

    if (story_boot() == 0) {
        first_pages(d);
        middle_pages(d);
        files_and_review(d);
    } else {
        story_attach(d);                                        /* RunOnce has started it */
    }
    story_wait_end(d);
    if (drive_page(d) == 9) {
        last_pages(d);
        return;
    }
    story_arrive(d, 8, "restart");
    tab_round(d);
    access_key(d, 'R');
    drive_wait_exit(d);
}

int test_keyboard(void)
{
    static const struct CMUnitTest tests[] = { DRIVE_TEST(the_whole_story_goes_by_keyboard) };

    return cmocka_run_group_tests_name("keyboard", tests, NULL, NULL);
}
