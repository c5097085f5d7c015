/*
 * Page 10: the report saved in each format, and what happens when it cannot be.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/layout.h"
#include "ui/story.h"

static void to_report(wz_drive *d)
{
    static const unsigned pages[] = { 2, 3, 4, 5, 6, 10 };

    story_start(d);
    story_check_only(d);
    for (size_t i = 0; i < CHECK_COUNT(pages); i++)
        drive_next(d, pages[i]);
}

static void the_report_is_saved_in_every_format(void **state)
{
    static const struct { const wchar_t *name; const char *ticket, *notes, *head; } rows[] = {
        { L"saved.html", "T &lt;6003&gt; &amp; more", "Zo\xC3\xAB",     "<!DOCTYPE html" },
        { L"saved.xml",  "T &lt;6003&gt; &amp; more", "Zo\xC3\xAB",     "<?xml" },
        { L"saved.txt",  "T <6003> & more",           "Zo\xC3\xAB",     "Build 6003" },
    };
    wchar_t   path[MAX_PATH] = L"";
    wz_drive *d = *state;

    to_report(d);
    drive_set_text(d, IDC_REPORT_TICKET, L"T <6003> & more");
    drive_set_text(d, IDC_REPORT_NOTES, L"Zo\x00EB was here.\r\nSecond line");
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char *content;

        story_path(L"WZ_FILES", rows[i].name, path);
        DeleteFileW(path);
        drive_click(d, IDC_REPORT_SAVE);
        drive_answer_file(d, path);
        drive_wait_text(d, IDC_REPORT_SAVED, path);
        drive_wait_idle(d);
        content = story_content(path);
        CHECK_CONTAINS(content, rows[i].head);
        CHECK_CONTAINS(content, rows[i].ticket);
        CHECK_CONTAINS(content, rows[i].notes);
        CHECK_CONTAINS(content, "6.0.6002.24565");
        free(content);
    }
    layout_check(d);
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_DONE);
}

static bool box_names(wz_drive *d, void *context)
{
    return drive_has_box(d) && wcsstr(drive_box_text(d), context) != NULL && wcsstr(d->text, L"&Yes") == NULL;
}

/* Somebody else has the file open: one message with its path, nothing half-written, and the page stays usable. */
static void a_report_that_cannot_be_saved_is_said_with_its_path(void **state)
{
    wchar_t   path[MAX_PATH] = L"";
    wz_drive *d = *state;
    char     *content;

    to_report(d);
    story_path(L"WZ_FILES", L"held.html", path);
    HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD  bytes = 0;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, "mine", 4, &bytes, NULL));
    drive_click(d, IDC_REPORT_SAVE);
    drive_type_file(d, path);
    drive_answer(d, IDYES);                                     /* the system asks whether to replace it */
    if (!drive_wait(d, box_names, path))
        drive_fail(d, "nobody says that the report was not saved");
    drive_shot(d, "not-saved");
    drive_answer(d, IDOK);
    drive_wait_idle(d);
    assert_true(drive_text(d, IDC_REPORT_SAVED)[0] == L'\0');
    CloseHandle(file);
    content = story_content(path);
    CHECK_TEXT(content, "mine");
    free(content);
    story_path(L"WZ_FILES", L"instead.html", path);
    drive_click(d, IDC_REPORT_SAVE);
    drive_answer_file(d, path);
    drive_wait_text(d, IDC_REPORT_SAVED, path);
}

int test_report(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(the_report_is_saved_in_every_format),
        DRIVE_TEST(a_report_that_cannot_be_saved_is_said_with_its_path),
    };

    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
