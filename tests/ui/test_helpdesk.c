/* The telephone call: a technician's page and error travel in a code to the wizard of an agent. */
#include "check.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/story.h"

#define CODE_UNITS 29

static void keep_code(wz_drive *d, wchar_t code[CODE_UNITS + 1])
{
    const wchar_t *text = drive_text(d, IDC_PAGE_CODE);

    assert_int_equal(wcslen(text), CODE_UNITS);
    memcpy(code, text, (CODE_UNITS + 1) * sizeof *code);
}

/* The technician: a folder that is not there, on page 6. */
static void meet_an_error(wz_drive *d, wchar_t code[CODE_UNITS + 1])
{
    wchar_t before[CODE_UNITS + 1];

    story_start(d);
    story_check_only(d);
    for (unsigned page = 2; page <= 6; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    keep_code(d, before);
    drive_set_text(d, IDC_FILES_FOLDER, L"C:\\not there");
    drive_click(d, IDC_FILES_CHECK);
    drive_wait_box(d);
    drive_answer(d, IDOK);
    drive_wait_idle(d);
    keep_code(d, code);
    assert_int_not_equal(wcscmp(before, code), 0);
    story_shot(d, 6, "error");
}

static void see_it_as_an_agent(wz_drive *d, const wchar_t *arguments, const wchar_t *tag, const char *shot)
{
    wchar_t   code[CODE_UNITS + 1], typed[2 * CODE_UNITS] = L"", *to = typed;

    meet_an_error(d, code);
    drive_end(d);
    for (const wchar_t *at = code; *at != L'\0'; at++)                 /* as it is typed on the telephone */
        *to++ = *at == L'-' ? L' ' : *at == L'0' ? L'o' : *at >= L'A' && *at <= L'Z' ? *at + L'a' - L'A' : *at;
    *to = L'\0';
    drive_start(d, arguments);
    drive_speak(d, tag);
    drive_click(d, IDC_START_OPEN);
    drive_wait_checked(d, IDC_START_OPEN);
    drive_set_text(d, IDC_START_SNAPSHOT, typed);
    drive_press(d, IDC_FRAME_NEXT);
    drive_wait_page(d, 6);                                             /* by its title in the agent's language */
    drive_wait_idle(d);
    drive_wait_text(d, IDC_PAGE_BUSY, drive_string(d, IDS_CALL_OPENED, L"6", NULL));
    assert_true(drive_contains(d, IDC_PAGE_CATALOGUE, L"0x0000000"));  /* the same error */
    assert_int_equal(wcscmp(drive_text(d, IDC_PAGE_CODE), code), 0);
    story_shot(d, 6, shot);
    drive_next(d, 10);                                                 /* read only: no Review, no Install */
}

static void the_agent_sees_the_page_and_the_error(void **state)
{
    see_it_as_an_agent(*state, L"", L"en-US", "agent");
}

static void the_agent_sees_it_in_another_language(void **state)
{
    see_it_as_an_agent(*state, L"/lang:de-DE", L"de-DE", "agent-german");
}

static void a_mistyped_code_is_named_with_its_group(void **state)
{
    wz_drive *d = *state;
    wchar_t   code[CODE_UNITS + 1];

    story_start(d);
    drive_next(d, 2);
    drive_wait_idle(d);
    keep_code(d, code);
    drive_back(d, 1);
    code[11] = code[11] == L'7' ? L'8' : L'7';                         /* in the third group */
    drive_click(d, IDC_START_OPEN);
    drive_wait_checked(d, IDC_START_OPEN);
    drive_set_text(d, IDC_START_SNAPSHOT, code);
    drive_press(d, IDC_FRAME_NEXT);
    assert_non_null(wcsstr(drive_box_text(d), L"group 3"));
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 1);
}

static void the_code_is_copied_and_shown_large(void **state)
{
    wz_drive *d = *state;
    wchar_t   code[CODE_UNITS + 1];

    story_start(d);
    drive_next(d, 2);
    drive_wait_idle(d);
    keep_code(d, code);
    drive_click(d, IDC_PAGE_CODE_COPY);
    assert_true(drive_wait(d, drive_clipboard_has, code));
    drive_click(d, IDC_PAGE_CODE_LARGE);
    assert_non_null(wcsstr(drive_box_text(d), code));
    assert_non_null(wcsstr(drive_box_text(d), L"Build 6002"));
    drive_shot(d, "code-large");
    drive_answer(d, IDOK);
}

int test_helpdesk(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(the_agent_sees_the_page_and_the_error),
        DRIVE_TEST(the_agent_sees_it_in_another_language),
        DRIVE_TEST(a_mistyped_code_is_named_with_its_group),
        DRIVE_TEST(the_code_is_copied_and_shown_large),
    };

    return cmocka_run_group_tests_name("helpdesk", tests, NULL, NULL);
}
