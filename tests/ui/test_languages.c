/*
 * The wizard in languages that nobody speaks (tests/data/make_pseudo.py; tests/ui/run gives this group the program that
 * has them): texts 40 % longer than English, and pages that are mirrored. That the real languages are complete is in
 * test_strings.c; their whole story is the group update, once for each.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/layout.h"
#include "ui/plain.h"
#include "ui/story.h"

#define LONG     L"is-IS"
#define MIRRORED L"he-IL"

static const unsigned walk[] = { 2, 3, 4, 5, 6, 10 };      /* without an installation */

static void a_sentence_outside_brackets_is_found(void **state)
{
    static const struct { const wchar_t *text; bool is_good; } rows[] = {
        { L"[Whát ís]", true },          { L"[a [b] c]", true },         { L"KB4493730", true },
        { L"Windows Server 2008", true }, { L"6.0.6002 [are read] C:\\a b", true }, { L"", true },
        { L"are read", false },          { L"[x] It was not there", false }, { L"[cut off", false },
        { L"off]", false },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        CHECK_ROW(i, (plain_find(rows[i].text) == NULL) == rows[i].is_good);
}

static void start(wz_drive *d, const wchar_t *tag)
{
    SetEnvironmentVariableW(L"WZ_LANG", tag);
    story_start(d);
    SetEnvironmentVariableW(L"WZ_LANG", NULL);
}

static int find_entry(wz_drive *d, const wchar_t *name)
{
    HWND combo = drive_control(d, IDC_START_LANGUAGE);
    int  count = (int)SendMessageW(combo, CB_GETCOUNT, 0, 0);

    for (int i = 0; i < count; i++) {
        wchar_t entry[100] = L"";

        SendMessageW(combo, CB_GETLBTEXT, (WPARAM)i, (LPARAM)entry);
        if (wcscmp(entry, name) == 0)
            return i;
    }
    drive_fail(d, "there is no language called %s", drive_utf8(d, name));
}

/* The window is another one then, in the same place. */
static void choose(wz_drive *d, const wchar_t *name, const wchar_t *tag)
{
    RECT before, after;

    GetWindowRect(d->sheet, &before);
    drive_choose(d, IDC_START_LANGUAGE, find_entry(d, name));
    drive_wait_other_sheet(d);
    drive_speak(d, tag);
    drive_wait_page(d, 1);
    drive_wait_idle(d);
    drive_wait_focus(d, IDC_START_LANGUAGE);
    GetWindowRect(d->sheet, &after);
    assert_int_equal(before.left, after.left);
    assert_int_equal(before.top, after.top);
}

static void another_language_is_spoken_at_once_and_nothing_is_lost(void **state)
{
    static const unsigned back[] = { 6, 5, 4, 3, 2, 1 };
    wz_drive             *d = *state;

    story_start(d);
    story_check_only(d);
    for (size_t i = 0; i < CHECK_COUNT(walk); i++)
        drive_next(d, walk[i]);
    drive_wait_idle(d);
    drive_set_text(d, IDC_REPORT_TICKET, L"T-6003");
    for (size_t i = 0; i < CHECK_COUNT(back); i++)
        drive_back(d, back[i]);
    choose(d, L"[Pšéúdó]", LONG);
    assert_true(drive_says(d, IDC_START_TASK_LABEL, IDS_START_TASK_LABEL));
    assert_true(drive_is_checked(d, IDC_START_CHECK));
    assert_true(wcslen(drive_text(d, IDC_START_CATALOGUE)) > 0);
    choose(d, L"English", L"en-US");
    choose(d, L"[Pšéúdó]", LONG);
    for (size_t i = 0; i < CHECK_COUNT(walk); i++)
        drive_next(d, walk[i]);
    drive_wait_idle(d);
    assert_true(drive_contains(d, IDC_REPORT_TICKET, L"T-6003"));
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_DONE);
}

static void look_at_box(wz_drive *d, int button, const char *what)
{
    drive_click(d, button);
    drive_shot(d, what);
    plain_check(d, drive_wait_box(d), what);
    drive_answer(d, GetDlgItem(drive_wait_box(d), IDCANCEL) != NULL ? IDCANCEL : IDOK);
}

static void look_at_boxes(wz_drive *d, unsigned page)
{
    switch (page) {
    case 1: look_at_box(d, IDC_START_ABOUT, "about"); break;
    case 2: look_at_box(d, IDC_PAGE_CODE_LARGE, "code"); break;
    case 4: look_at_box(d, IDC_TARGET_GUIDE, "guide"); break;
    case 6: look_at_box(d, IDC_FILES_CHECKSUMS, "checksums"); break;
    default: break;
    }
}

static void look_at_page(wz_drive *d, unsigned page)
{
    char what[32];

    snprintf(what, sizeof what, "page %u", page);
    plain_check(d, d->sheet, what);
    look_at_boxes(d, page);
}

static void long_texts_fit_and_no_other_text_shows(void **state)
{
    wz_drive *d = *state;

    start(d, LONG);
    story_arrive(d, 1, "long");
    look_at_page(d, 1);
    story_check_only(d);
    for (size_t i = 0; i < CHECK_COUNT(walk); i++) {
        story_next(d, walk[i], "long");
        look_at_page(d, walk[i]);
    }
}

static bool is_mirrored(HWND window)
{
    return (GetWindowLongW(window, GWL_EXSTYLE) & WS_EX_LAYOUTRTL) != 0;
}

static void check_box_reads_left_to_right(wz_drive *d, int id)
{
    LONG_PTR style = GetWindowLongW(drive_control(d, id), GWL_EXSTYLE);

    CHECK_ROW(id, (style & (WS_EX_LAYOUTRTL | WS_EX_RTLREADING)) == 0);
}

static void pages_are_mirrored_and_paths_are_not(void **state)
{
    wz_drive *d = *state;

    start(d, MIRRORED);
    story_arrive(d, 1, "mirrored");
    assert_true(is_mirrored(d->sheet));
    assert_true(is_mirrored(drive_page_window(d)));
    check_box_reads_left_to_right(d, IDC_START_SNAPSHOT);
    check_box_reads_left_to_right(d, IDC_START_CATALOGUE);
    check_box_reads_left_to_right(d, IDC_PAGE_CODE);
    story_check_only(d);
    for (size_t i = 0; i < CHECK_COUNT(walk); i++) {
        story_next(d, walk[i], "mirrored");
        assert_true(is_mirrored(drive_page_window(d)));
        if (walk[i] == 6)
            check_box_reads_left_to_right(d, IDC_FILES_FOLDER);
    }
}

int test_languages(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_outside_brackets_is_found),
        DRIVE_TEST(another_language_is_spoken_at_once_and_nothing_is_lost),
        DRIVE_TEST(long_texts_fit_and_no_other_text_shows),
        DRIVE_TEST(pages_are_mirrored_and_paths_are_not),
    };

    return cmocka_run_group_tests_name("languages", tests, NULL, NULL);
}
