/*
 * The window is made larger and smaller: what grows on each page, what stays at its edge, and that nothing overlaps at
 * any size. That it opens small enough for 800 by 600 is in layout.h.
 */
#include "check.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/layout.h"
#include "ui/story.h"

static const unsigned walk[] = { 1, 2, 3, 4, 5, 6, 7 };

/* What takes the height that a page has gained; 0: a page whose contents need no more. */
static const int growing[] = {
    [2] = IDC_VERSION_FACTS, [3] = IDC_PREREQUISITES_LIST, [5] = IDC_COMPATIBILITY_LIST, [6] = IDC_FILES_LIST,
    [7] = IDC_REVIEW_LIST,   [10] = IDC_REPORT_NOTES,
};

static SIZE size_of(HWND window)
{
    RECT area;

    GetWindowRect(window, &area);
    return (SIZE){ area.right - area.left, area.bottom - area.top };
}

typedef struct wanted { SIZE size; } wanted;

static bool has_size(wz_drive *d, void *context)
{
    SIZE now = size_of(d->sheet), to = ((const wanted *)context)->size;

    return now.cx == to.cx && now.cy == to.cy;
}

static void resize(wz_drive *d, SIZE size)
{
    wanted to = { size };

    d->is_resized = true;
    SetWindowPos(d->sheet, NULL, 0, 0, size.cx, size.cy, SWP_NOZORDER | SWP_NOACTIVATE | SWP_ASYNCWINDOWPOS);
    if (!drive_wait(d, has_size, &to))
        drive_fail(d, "the window does not become %ld by %ld", size.cx, size.cy);
}

static int columns_width(wz_drive *d, int list)
{
    HWND window = drive_control(d, list), header = (HWND)SendMessageW(window, LVM_GETHEADER, 0, 0);
    int  count = (int)SendMessageW(header, HDM_GETITEMCOUNT, 0, 0), width = 0;

    for (int i = 0; i < count; i++)
        width += (int)SendMessageW(window, LVM_GETCOLUMNWIDTH, (WPARAM)i, 0);
    return width;
}

static bool is_list(wz_drive *d, int id)
{
    wchar_t name[32] = L"";

    GetClassNameW(drive_control(d, id), name, ARRAYSIZE(name));
    return wcscmp(name, WC_LISTVIEWW) == 0;
}

/* The page at its size, then larger: the list grows with it, and its columns with the list. */
static void grows(wz_drive *d, unsigned page, SIZE least, SIZE large)
{
    int  id = growing[page], columns = 0;
    SIZE before = { 0 }, after;

    if (id != 0)
        before = size_of(drive_control(d, id));
    if (id != 0 && is_list(d, id))
        columns = columns_width(d, id);
    resize(d, large);
    layout_check(d);
    story_shot(d, page, "large");
    if (id != 0) {
        after = size_of(drive_control(d, id));
        CHECK_ROW(page, after.cx == before.cx + large.cx - least.cx);
        CHECK_ROW(page, after.cy > before.cy && after.cy <= before.cy + large.cy - least.cy);
        if (is_list(d, id))
            CHECK_ROW(page, columns_width(d, id) >= columns + (large.cx - least.cx) / 2);
    }
    resize(d, least);
    layout_check(d);
    if (id != 0) {
        after = size_of(drive_control(d, id));
        CHECK_ROW(page, after.cx == before.cx && after.cy == before.cy);
    }
}

static void every_page_grows_and_shrinks_with_the_window(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    SIZE least = size_of(d->sheet), large = { least.cx + 240, least.cy + 170 };
    for (size_t i = 0; i < CHECK_COUNT(walk); i++) {
        if (walk[i] > 1)
            drive_next(d, walk[i]);
        drive_wait_idle(d);
        grows(d, walk[i], least, large);
    }
}

static void the_last_page_grows_and_a_page_comes_in_the_size_of_the_window(void **state)
{
    static const unsigned rest[] = { 3, 4, 5, 6, 10 };
    wz_drive             *d = *state;
    SIZE                  list;

    story_start(d);
    story_check_only(d);
    drive_next(d, 2);
    SIZE least = size_of(d->sheet), large = { least.cx + 150, least.cy + 90 };
    resize(d, large);
    for (size_t i = 0; i < CHECK_COUNT(rest); i++) {
        drive_next(d, rest[i]);                                 /* made now, in a window that is large already */
        drive_wait_idle(d);
        layout_check(d);
    }
    drive_back(d, 6);
    list = size_of(drive_control(d, IDC_FILES_LIST));
    resize(d, least);
    drive_next(d, 10);
    resize(d, large);
    drive_back(d, 6);                                           /* was not on the screen when the window grew */
    SIZE again = size_of(drive_control(d, IDC_FILES_LIST));
    assert_int_equal(again.cx, list.cx);
    assert_int_equal(again.cy, list.cy);
    resize(d, least);
    drive_next(d, 10);
    grows(d, 10, least, large);
}

static void the_window_does_not_become_too_small_for_its_pages(void **state)
{
    wz_drive *d = *state;
    SIZE      least;

    story_start(d);
    least = size_of(d->sheet);
    resize(d, (SIZE){ least.cx + 60, least.cy + 60 });
    SetWindowPos(d->sheet, NULL, 0, 0, 200, 100, SWP_NOZORDER | SWP_NOACTIVATE | SWP_ASYNCWINDOWPOS);
    if (!drive_wait(d, has_size, &(wanted){ least }))
        drive_fail(d, "the window becomes smaller than its pages, or stays as it was");
    layout_check(d);
}

static bool is_minimized(wz_drive *d, void *context)
{
    (void)context;
    return IsIconic(d->sheet) != FALSE;
}

#define ASK_AGAIN_MS 1000
#define STAYS_MS     500

typedef struct return_wait { SIZE size; ULONGLONG asked, back; } return_wait;

/* And stays. A window manager that has not yet put it away does not bring it back, or puts it away after that: it is
   asked again now and then. */
static bool is_back(wz_drive *d, void *context)
{
    return_wait *wait = context;
    ULONGLONG    now = GetTickCount64();
    RECT         client = { 0 };

    GetClientRect(d->sheet, &client);
    if (!IsIconic(d->sheet) && client.right > 0 && has_size(d, &(wanted){ wait->size })) {
        wait->back = wait->back != 0 ? wait->back : now;
        return now - wait->back > STAYS_MS;
    }
    wait->back = 0;
    if (now - wait->asked > ASK_AGAIN_MS) {
        wait->asked = now;
        PostMessageW(d->sheet, WM_SYSCOMMAND, SC_RESTORE, 0);
    }
    return false;
}

static void out_of_the_way_and_back_nothing_has_moved(void **state)
{
    wz_drive *d = *state;
    SIZE      before, window;
    int       columns;

    story_start(d);
    drive_next(d, 2);
    drive_next(d, 3);
    drive_wait_idle(d);
    window = size_of(d->sheet);
    before = size_of(drive_control(d, IDC_PREREQUISITES_LIST));
    columns = columns_width(d, IDC_PREREQUISITES_LIST);
    PostMessageW(d->sheet, WM_SYSCOMMAND, SC_MINIMIZE, 0);
    if (!drive_wait(d, is_minimized, NULL))
        drive_fail(d, "the window does not go out of the way");
    if (!drive_wait(d, is_back, &(return_wait){ .size = window }))
        drive_fail(d, "the window does not come back");
    layout_check(d);
    assert_int_equal(size_of(drive_control(d, IDC_PREREQUISITES_LIST)).cy, before.cy);
    assert_int_equal(columns_width(d, IDC_PREREQUISITES_LIST), columns);
}

static bool is_maximized(wz_drive *d, void *context)
{
    return IsZoomed(d->sheet) == (*(const bool *)context ? TRUE : FALSE);
}

static void the_whole_screen_can_be_used(void **state)
{
    wz_drive *d = *state;
    SIZE      before;

    story_start(d);
    drive_next(d, 2);
    drive_next(d, 3);
    drive_wait_idle(d);
    before = size_of(drive_control(d, IDC_PREREQUISITES_LIST));
    d->is_resized = true;
    PostMessageW(d->sheet, WM_SYSCOMMAND, SC_MAXIMIZE, 0);
    if (!drive_wait(d, is_maximized, &(bool){ true }))
        drive_fail(d, "the window does not take the whole screen");
    layout_check(d);
    story_shot(d, 3, "whole-screen");
    assert_true(size_of(drive_control(d, IDC_PREREQUISITES_LIST)).cy > before.cy);
    PostMessageW(d->sheet, WM_SYSCOMMAND, SC_RESTORE, 0);
    if (!drive_wait(d, is_maximized, &(bool){ false }))
        drive_fail(d, "the window does not come back");
    layout_check(d);
    assert_int_equal(size_of(drive_control(d, IDC_PREREQUISITES_LIST)).cy, before.cy);
}

static void another_language_comes_in_the_size_of_the_window(void **state)
{
    wz_drive *d = *state;
    SIZE      large;
    int       rows;

    story_start(d);
    large = size_of(d->sheet);
    large.cx += 100;
    large.cy += 80;
    resize(d, large);
    rows = (int)SendMessageW(drive_control(d, IDC_START_LANGUAGE), CB_GETCOUNT, 0, 0);
    assert_true(rows > 1);
    drive_choose(d, IDC_START_LANGUAGE, 0);                     /* Deutsch: they are sorted */
    drive_wait_other_sheet(d);
    drive_speak(d, L"de-DE");
    drive_wait_page(d, 1);
    assert_true(has_size(d, &(wanted){ large }));
    layout_check(d);
}

static bool box_has_width(wz_drive *d, void *context)
{
    return size_of(drive_wait_box(d)).cx == ((const wanted *)context)->size.cx;
}

static void a_box_with_a_long_text_grows_too(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    for (unsigned page = 2; page <= 4; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    drive_click(d, IDC_TARGET_GUIDE);
    HWND box = drive_wait_box(d), text = GetDlgItem(box, IDC_GUIDE_TEXT), button = GetDlgItem(box, IDOK);
    SIZE least = size_of(box), before = size_of(text), again = size_of(button);
    SetWindowPos(box, NULL, 0, 0, least.cx + 100, least.cy + 60, SWP_NOZORDER | SWP_NOACTIVATE | SWP_ASYNCWINDOWPOS);
    if (!drive_wait(d, box_has_width, &(wanted){ { least.cx + 100, 0 } }))
        drive_fail(d, "the box does not grow");
    assert_int_equal(size_of(text).cx, before.cx + 100);
    assert_int_equal(size_of(text).cy, before.cy + 60);
    assert_int_equal(size_of(button).cx, again.cx);
    drive_shot(d, "guide-large");
    drive_answer(d, IDOK);
}

int test_resize(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(every_page_grows_and_shrinks_with_the_window),
        DRIVE_TEST(the_last_page_grows_and_a_page_comes_in_the_size_of_the_window),
        DRIVE_TEST(the_window_does_not_become_too_small_for_its_pages),
        DRIVE_TEST(the_whole_screen_can_be_used),
        DRIVE_TEST(out_of_the_way_and_back_nothing_has_moved),
        DRIVE_TEST(another_language_comes_in_the_size_of_the_window),
        DRIVE_TEST(a_box_with_a_long_text_grows_too),
    };

    return cmocka_run_group_tests_name("resize", tests, NULL, NULL);
}
