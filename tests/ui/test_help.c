/* What every page offers: its help by F1 and by the button, and itself as text by the button and by Ctrl+C. */
#include "check.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

#define FIRST_HELP IDS_START_HELP_SEE
#define HELP_MOST  600                               /* characters of a page's own three paragraphs */

static void check_box(wz_drive *d, unsigned page)
{
    wchar_t *text = _wcsdup(drive_box_text(d));      /* the next text that is read takes its place */
    size_t   length = 0;
    wchar_t  number[32] = L"", title[128] = L"", head[256] = L"";

    _snwprintf(title, ARRAYSIZE(title) - 1, L"%u", page);
    wcsncpy(number, drive_string(d, IDS_PAGE_NUMBER, title, L"10"), ARRAYSIZE(number) - 1);
    wcsncpy(title, drive_string(d, drive_title_of(page), NULL, NULL), ARRAYSIZE(title) - 1);
    wcsncpy(head, drive_string(d, IDS_PAGE_COPIED_HEAD, number, title), ARRAYSIZE(head) - 1);

    assert_non_null(text);
    if (wcsstr(text, head) == NULL)
        drive_fail(d, "the help of page %u does not say so", page);
    assert_non_null(wcsstr(text, drive_string(d, IDS_PAGE_HELP_SEE, NULL, NULL)));
    assert_non_null(wcsstr(text, drive_string(d, IDS_PAGE_HELP_DO, NULL, NULL)));
    assert_non_null(wcsstr(text, drive_string(d, IDS_PAGE_HELP_TELL, NULL, NULL)));
    for (unsigned i = 0; i < 3; i++) {
        const wchar_t *paragraph = drive_string(d, FIRST_HELP + 3 * (page - 1) + i, NULL, NULL);

        assert_non_null(wcsstr(text, paragraph));
        length += wcslen(paragraph);
    }
    assert_true(length <= HELP_MOST);
    free(text);
}

static void f1_and_the_button_open_the_help_of_each_page(void **state)
{
    wz_drive *d = *state;

    story_start(d);
    for (unsigned page = 1; page <= 7; page++) {
        if (page > 1)
            drive_next(d, page);
        drive_wait_idle(d);
        drive_key(d, VK_F1, 0);
        drive_wait_box(d);
        check_box(d, page);
        if (page == 3)
            drive_shot(d, "help");
        drive_answer(d, IDOK);
        drive_press(d, IDHELP);
        drive_wait_box(d);
        check_box(d, page);
        drive_answer(d, IDOK);
    }
}

static bool has_no_box(wz_drive *d, void *context)
{
    (void)context;
    return !drive_has_box(d);
}

static void the_pages_of_a_visit_have_their_help_too(void **state)
{
    wz_drive *d = *state;

    story_open(d, L"bare-sp2-x64.xml");
    for (unsigned page = 2; page <= 6; page++)
        drive_next(d, page);
    drive_next(d, 10);
    drive_wait_idle(d);
    drive_key(d, VK_F1, 0);
    drive_wait_box(d);
    check_box(d, 10);
    drive_key(d, VK_F1, 0);                          /* help has no help of its own: Esc, behind it, closes all */
    drive_key(d, VK_ESCAPE, 0);
    if (!drive_wait(d, has_no_box, NULL))
        drive_fail(d, "help opens another help");
    drive_wait_page(d, 10);
}

/* ---- the page as text ---- */

static void wait_clipboard(wz_drive *d, const wchar_t *part)
{
    wchar_t copy[1024] = L"";

    wcsncpy(copy, part, ARRAYSIZE(copy) - 1);
    if (!drive_wait(d, drive_clipboard_has, copy))
        drive_fail(d, "the clipboard does not get \"%s\"", drive_utf8(d, copy));
}

static bool clipboard_changed(wz_drive *d, void *context)
{
    (void)d;
    return GetClipboardSequenceNumber() != *(const DWORD *)context;
}

/* Nobody looks into the clipboard meanwhile: the system's edit control, unlike the wizard, tries only once. */
static void copy_by_key(wz_drive *d)
{
    DWORD before = GetClipboardSequenceNumber();

    drive_key(d, 'C', DRIVE_CTRL);
    if (!drive_wait(d, clipboard_changed, &before))
        drive_fail(d, "Ctrl+C does not change the clipboard");
}

/* Somebody else has the clipboard at the moment when the button is pressed. */
static void copy_against_another(wz_drive *d)
{
    assert_true(OpenClipboard(NULL));
    drive_click(d, IDC_PAGE_COPY);
    Sleep(100);                                                  /* the wizard finds it taken; no verdict hangs on it */
    EmptyClipboard();
    CloseClipboard();
}

static void a_page_is_copied_with_its_verdict_words(void **state)
{
    wz_drive *d = *state;
    wchar_t   row[256] = L"";

    story_start(d);
    drive_next(d, 2);
    drive_next(d, 3);
    drive_wait_idle(d);
    copy_against_another(d);
    wait_clipboard(d, drive_string(d, IDS_PREREQUISITES_TITLE, NULL, NULL));
    wcsncpy(row, drive_list_text(d, IDC_PREREQUISITES_LIST, 3, 0), ARRAYSIZE(row) - 1);
    wcsncat(row, L"\t", ARRAYSIZE(row) - 1 - wcslen(row));
    wcsncat(row, drive_list_text(d, IDC_PREREQUISITES_LIST, 3, 1), ARRAYSIZE(row) - 1 - wcslen(row));
    wait_clipboard(d, row);                                      /* "Action", a tab, the check */
    wait_clipboard(d, drive_text(d, IDC_PAGE_CODE));
}

/* A row that is marked, and no other. */
static void ctrl_c_in_a_list_copies_its_row(void **state)
{
    wz_drive *d = *state;
    wchar_t   row[256] = L"", other[256] = L"";

    story_start(d);
    drive_next(d, 2);
    drive_next(d, 3);
    drive_wait_idle(d);
    drive_wait_focus(d, IDC_PREREQUISITES_LIST);
    drive_list_select(d, IDC_PREREQUISITES_LIST, 3);
    copy_by_key(d);
    wcsncpy(row, drive_list_text(d, IDC_PREREQUISITES_LIST, 3, 0), ARRAYSIZE(row) - 1);
    wcsncat(row, L"\t", ARRAYSIZE(row) - 1 - wcslen(row));
    wcsncat(row, drive_list_text(d, IDC_PREREQUISITES_LIST, 3, 1), ARRAYSIZE(row) - 1 - wcslen(row));
    wait_clipboard(d, row);
    wcsncpy(other, drive_list_text(d, IDC_PREREQUISITES_LIST, 4, 1), ARRAYSIZE(other) - 1);
    assert_false(drive_clipboard_has(d, other));
}

/* Each level with its reason below it, not all levels and then all reasons. */
static void a_page_is_copied_as_it_is_read(void **state)
{
    wz_drive *d = *state;
    wchar_t   lines[1024] = L"";

    story_start(d);
    for (unsigned page = 2; page <= 4; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    drive_click(d, IDC_PAGE_COPY);
    wcsncpy(lines, drive_text(d, IDC_TARGET_FREE_WHY), ARRAYSIZE(lines) / 2);
    wcsncat(lines, L"\r\n( ) ", 8);
    for (const wchar_t *at = drive_text(d, IDC_TARGET_ESU3); *at != L'\0'; at++)
        if (*at != L'&')
            wcsncat(lines, at, 1);
    wait_clipboard(d, lines);
}

static void ctrl_c_copies_the_page_unless_something_is_marked(void **state)
{
    wz_drive *d = *state;
    wchar_t   label[256] = L"", chosen[256] = L"";

    story_start(d);
    story_check_only(d);
    drive_wait_focus(d, IDC_START_CHECK);
    copy_by_key(d);
    wait_clipboard(d, drive_string(d, IDS_START_LEAD, NULL, NULL));
    wcsncpy(label, drive_text(d, IDC_START_CHECK), ARRAYSIZE(label) - 1);
    wcsncpy(chosen, drive_string(d, IDS_PAGE_CHOSEN, label, NULL), ARRAYSIZE(chosen) - 1);
    for (wchar_t *at = chosen; *at != L'\0'; at++)
        if (*at == L'&')
            memmove(at, at + 1, (wcslen(at + 1) + 1) * sizeof *at);
    wait_clipboard(d, chosen);                                   /* (x) and the label, without its access key */

    drive_next(d, 2);
    for (unsigned page = 3; page <= 6; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    drive_wait_focus(d, IDC_FILES_FOLDER);
    drive_key(d, 'A', DRIVE_CTRL);
    drive_key(d, VK_END, 0);                                     /* nothing is marked */
    copy_by_key(d);
    wait_clipboard(d, drive_string(d, IDS_FILES_SUBTITLE, NULL, NULL));
    drive_key(d, VK_HOME, DRIVE_SHIFT);                          /* the folder is */
    copy_by_key(d);
    wait_clipboard(d, drive_text(d, IDC_FILES_FOLDER));
    wchar_t subtitle[256] = L"";
    wcsncpy(subtitle, drive_string(d, IDS_FILES_SUBTITLE, NULL, NULL), ARRAYSIZE(subtitle) - 1);
    assert_false(drive_clipboard_has(d, subtitle));
}

int test_help(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(f1_and_the_button_open_the_help_of_each_page),
        DRIVE_TEST(the_pages_of_a_visit_have_their_help_too),
        DRIVE_TEST(a_page_is_copied_with_its_verdict_words),
        DRIVE_TEST(ctrl_c_in_a_list_copies_its_row),
        DRIVE_TEST(a_page_is_copied_as_it_is_read),
        DRIVE_TEST(ctrl_c_copies_the_page_unless_something_is_marked),
    };

    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
