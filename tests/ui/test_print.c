/*
 * The report and the recovery card, seen as pages and printed. tests/ui/run gives the machine printers and looks at
 * what was printed: tests/tools/printers.py. The system's print window is Wine's own here; Windows' looks otherwise.
 */
#include "check.h"
#include "core/printout.h"
#include "platform/paper.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

#define PRINTER L"Front-desk"

/* ---- the window with the pages ---- */

typedef struct number_wait { HWND box; const wchar_t *text; } number_wait;

static bool shows_number(wz_drive *d, void *context)
{
    const number_wait *wanted = context;
    wchar_t            text[100] = L"";

    (void)d;
    SendMessageTimeoutW(GetDlgItem(wanted->box, IDC_PREVIEW_NUMBER), WM_GETTEXT, ARRAYSIZE(text), (LPARAM)text,
                        SMTO_ABORTIFHUNG, DRIVE_HANG_MS, NULL);
    return wcscmp(text, wanted->text) == 0;
}

static void wait_number(wz_drive *d, HWND box, unsigned page, unsigned pages)
{
    wchar_t     first[10], second[10], text[100];
    number_wait wanted = { box, text };

    swprintf(first, ARRAYSIZE(first), L"%u", page);
    swprintf(second, ARRAYSIZE(second), L"%u", pages);
    wcsncpy(text, drive_string(d, IDS_PRINT_PAGE_OF, first, second), ARRAYSIZE(text) - 1);
    text[ARRAYSIZE(text) - 1] = L'\0';
    if (!drive_wait(d, shows_number, &wanted))
        drive_fail(d, "the preview does not show page %u of %u", page, pages);
}

static unsigned pages_of(HWND box)
{
    wchar_t        text[100] = L"";
    const wchar_t *at = text;

    SendMessageTimeoutW(GetDlgItem(box, IDC_PREVIEW_NUMBER), WM_GETTEXT, ARRAYSIZE(text), (LPARAM)text,
                        SMTO_ABORTIFHUNG, DRIVE_HANG_MS, NULL);
    for (const wchar_t *p = text; *p != L'\0'; p++)
        at = *p == L' ' ? p + 1 : at;
    return (unsigned)wcstoul(at, NULL, 10);
}

static bool is_not_first(wz_drive *d, void *box)
{
    wchar_t text[100] = L"", first[10] = L"1", second[10];

    swprintf(second, ARRAYSIZE(second), L"%u", pages_of(box));
    SendMessageTimeoutW(GetDlgItem(box, IDC_PREVIEW_NUMBER), WM_GETTEXT, ARRAYSIZE(text), (LPARAM)text,
                        SMTO_ABORTIFHUNG, DRIVE_HANG_MS, NULL);
    return text[0] != L'\0' && wcscmp(text, drive_string(d, IDS_PRINT_PAGE_OF, first, second)) != 0;
}

static void press(HWND box, int button)
{
    PostMessageW(GetDlgItem(box, button), BM_CLICK, 0, 0);
}

static bool is_another_box(wz_drive *d, void *context)
{
    HWND box = drive_has_box(d) ? drive_wait_box(d) : NULL;

    return box != NULL && box != *(HWND *)context;
}

/* Print in the preview; then the system's window, and its OK. */
static void print_from(wz_drive *d, HWND box, const char *shot)
{
    press(box, IDC_PREVIEW_PRINT);
    if (!drive_wait(d, is_another_box, &box))
        drive_fail(d, "no window asks for the printer");
    drive_shot(d, shot);
    drive_answer(d, IDOK);
}

/* ---- tests ---- */

static void to_report(wz_drive *d)
{
    static const unsigned pages[] = { 2, 3, 4, 5, 6, 10 };

    story_start(d);
    story_check_only(d);
    for (size_t i = 0; i < CHECK_COUNT(pages); i++)
        drive_next(d, pages[i]);
}

static void the_report_is_seen_as_pages_and_printed(void **state)
{
    wz_drive *d = *state;
    unsigned  pages;
    HWND      box;

    to_report(d);
    drive_set_text(d, IDC_REPORT_TICKET, L"INC-4711");
    drive_set_text(d, IDC_REPORT_TECHNICIAN, L"Zo\x00EB Svensson");
    drive_click(d, IDC_REPORT_PREVIEW);
    box = drive_wait_box(d);
    pages = pages_of(box);
    assert_in_range(pages, 5, 12);
    wait_number(d, box, 1, pages);
    drive_shot(d, "preview-width");
    assert_false(IsWindowEnabled(GetDlgItem(box, IDC_PREVIEW_PREVIOUS)));
    press(box, IDC_PREVIEW_NEXT);
    wait_number(d, box, 2, pages);
    press(box, IDC_PREVIEW_WIDTH);
    drive_shot(d, "preview-page");
    for (unsigned page = 3; page <= pages; page++) {
        press(box, IDC_PREVIEW_NEXT);
        wait_number(d, box, page, pages);
    }
    assert_false(IsWindowEnabled(GetDlgItem(box, IDC_PREVIEW_NEXT)));
    press(box, IDC_PREVIEW_PREVIOUS);
    wait_number(d, box, pages - 1, pages);
    print_from(d, box, "printer");
    drive_wait_text(d, IDC_REPORT_SAVED, PRINTER);
    drive_wait_idle(d);
    drive_shot(d, "printed");
    drive_press(d, IDC_FRAME_FINISH);
    assert_int_equal(drive_wait_exit(d), WZ_EXIT_DONE);
}

/* By keyboard alone: the pages have the focus, Esc closes. */
static void the_preview_is_worked_by_keys(void **state)
{
    wz_drive *d = *state;
    unsigned  pages;
    HWND      box;

    to_report(d);
    drive_click(d, IDC_REPORT_PREVIEW);
    box = drive_wait_box(d);
    pages = pages_of(box);
    wait_number(d, box, 1, pages);
    drive_key(d, VK_END, 0);
    wait_number(d, box, pages, pages);
    drive_key(d, VK_HOME, 0);
    wait_number(d, box, 1, pages);
    for (int i = 0; i < 4; i++)                        /* some screenfuls to a page */
        drive_key(d, VK_NEXT, 0);
    if (!drive_wait(d, is_not_first, box))
        drive_fail(d, "Page Down does not get beyond the first page");
    drive_key(d, VK_ESCAPE, 0);
    drive_wait_idle(d);
    assert_false(drive_has_box(d));
}

static void a_print_that_was_given_up_changes_nothing(void **state)
{
    wz_drive *d = *state;

    to_report(d);
    drive_click(d, IDC_REPORT_PRINT);
    drive_wait_box(d);
    drive_answer(d, IDCANCEL);
    drive_wait_idle(d);
    assert_true(drive_text(d, IDC_REPORT_SAVED)[0] == L'\0');
}

static void the_recovery_card_is_printed_before_the_first_restart(void **state)
{
    wz_drive *d = *state;
    HWND      box;

    story_start(d);
    story_to_review(d);
    drive_click(d, IDC_REVIEW_PRINT);
    box = drive_wait_box(d);
    wait_number(d, box, 1, pages_of(box));
    drive_shot(d, "preview-card");
    print_from(d, box, "printer-card");
    drive_wait_text(d, IDC_PAGE_BUSY, PRINTER);
    drive_shot(d, "printed-card");
}

/* ---- stopping ---- */

typedef struct stop { unsigned asked, after; } stop;

static bool stop_now(void *context)
{
    stop *s = context;

    return ++s->asked > s->after;
}

static const char *no_words(const void *context, unsigned id)
{
    (void)context;
    (void)id;
    return "%1 %2";
}

/* In this process: nothing that was begun is left in the queue, however many pages it has. */
static void printing_stops_between_two_pages(void **state)
{
    wz_words    words = { .find = no_words, .language = "en-US" };
    wz_report   report = { 0 };
    char        title[] = "Stopped";
    wz_text     verdict = { 0 };
    wz_printout *printout;
    wz_paper    paper;

    (void)state;
    for (int i = 0; i < 300; i++)
        wz_text_add(&verdict, "one more line\n");
    report.title = title;
    report.verdict = verdict.at;
    for (unsigned after = 0; after <= 2; after++) {
        HDC         printer = CreateDCW(L"WINSPOOL", PRINTER, NULL, NULL);
        stop        s = { 0, after };
        wz_progress progress = { NULL, stop_now, &s };
        wz_error    err = { 0 };

        assert_non_null(printer);
        paper = wz_paper_of(printer);
        printout = wz_paper_lay_out(&report, &words, &paper);
        assert_true(printout->leaf_count >= 4);
        assert_int_equal(wz_paper_print(printer, "Front-desk", printout, "en-US", &progress, &err), WZ_E_CANCELLED);
        assert_int_equal(s.asked, after + 1);
        wz_printout_free(printout);
        DeleteDC(printer);
    }
    wz_text_clear(&verdict);
}

int test_print(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(the_report_is_seen_as_pages_and_printed),
        DRIVE_TEST(the_preview_is_worked_by_keys),
        DRIVE_TEST(a_print_that_was_given_up_changes_nothing),
        DRIVE_TEST(the_recovery_card_is_printed_before_the_first_restart),
        cmocka_unit_test(printing_stops_between_two_pages),
    };

    return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
