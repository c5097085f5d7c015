/*
 * Page 6: folders that are not there, are empty, or hold something else than the updates. Next goes on only with an
 * acceptable file for every step, and says why not.
 */
#include "check.h"
#include "core/session.h"
#include "resource.h"
#include "ui/drive.h"
#include "ui/layout.h"
#include "ui/story.h"

static void to_files(wz_drive *d)
{
    story_start(d);
    for (unsigned page = 2; page <= 6; page++)
        drive_next(d, page);
    drive_wait_idle(d);
}

static void look_into(wz_drive *d, const wchar_t *name)
{
    wchar_t folder[MAX_PATH] = L"";

    story_path(L"WZ_UPDATES", name, folder);
    drive_set_text(d, IDC_FILES_FOLDER, folder);
    drive_click(d, IDC_FILES_CHECK);
}

static void next_is_refused(wz_drive *d, const wchar_t *part)
{
    drive_press(d, IDC_FRAME_NEXT);
    assert_non_null(wcsstr(drive_box_text(d), part));
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 6);
}

static void check_verdict(wz_drive *d, const wchar_t *kb, const wchar_t *verdict)
{
    int row = drive_list_find(d, IDC_FILES_LIST, 1, kb);

    if (row == DRIVE_NONE || wcsstr(drive_list_text(d, IDC_FILES_LIST, row, 0), verdict) == NULL)
        drive_fail(d, "the verdict is \"%s\"", row == DRIVE_NONE ? "none" : drive_utf8(d, d->text));
    drive_list_select(d, IDC_FILES_LIST, row);
}

static void a_missing_folder_is_named(void **state)
{
    wz_drive *d = *state;

    to_files(d);
    look_into(d, L"there-is-no-such-folder");
    assert_non_null(wcsstr(drive_box_text(d), L"there-is-no-such-folder"));
    drive_shot(d, "missing-folder");
    drive_answer(d, IDOK);
    drive_wait_idle(d);
    story_shot(d, 6, "missing-folder");
    layout_check(d);
    assert_int_equal(drive_list_count(d, IDC_FILES_LIST), 3);
    for (int row = 0; row < 3; row++)
        CHECK_ROW(row, wcsstr(drive_list_text(d, IDC_FILES_LIST, row, 0), L"Missing") != NULL);
    assert_true(drive_contains(d, IDC_FILES_DETAIL, STORY_STACK L".msu"));         /* what to fetch */
    drive_press(d, IDC_FRAME_NEXT);
    drive_wait_box(d);
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 6);
}

static void an_empty_folder_lacks_every_update(void **state)
{
    wz_drive *d = *state;

    to_files(d);
    look_into(d, L"empty");
    drive_wait_idle(d);
    drive_wait_list(d, IDC_FILES_LIST, 3);
    for (int row = 0; row < 3; row++)
        CHECK_ROW(row, wcsstr(drive_list_text(d, IDC_FILES_LIST, row, 0), L"Missing") != NULL);
    assert_true(drive_contains(d, IDC_FILES_DETAIL, STORY_STACK L".msu"));         /* what to fetch */
    assert_true(drive_contains(d, IDC_FILES_DETAIL, L"SHA-1: "));
    story_shot(d, 6, "empty");
    layout_check(d);
    next_is_refused(d, L"Not every update has an acceptable file");
}

static void no_folder_named_is_asked_for(void **state)
{
    wz_drive *d = *state;

    to_files(d);
    drive_set_text(d, IDC_FILES_FOLDER, L"");
    next_is_refused(d, L"Choose the folder");
}

static void what_is_not_the_update_is_refused(void **state)
{
    static const struct { const wchar_t *folder, *kb, *verdict, *why; bool has_a_good_one; } rows[] = {
        { L"not-a-cabinet",      L"KB4493730", L"Refused", L"cabinet",      false },
        { L"truncated",          L"KB4534303", L"Refused", L"Refused: ",    false },
        { L"damaged",            L"KB4534303", L"Refused", L"Refused: ",    false },
        { L"wrong-architecture", L"KB4493730", L"Refused", L"architecture", false },
        { L"wrong-content",      L"KB4474419", L"Missing", L"No file",      true },     /* KB4493730 in it */
        { L"wrong-windows",      L"KB4474419", L"Refused", L"Refused: ",    false },
    };
    wz_drive *d = *state;
    char      name[64];

    to_files(d);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        look_into(d, rows[i].folder);
        drive_wait_idle(d);
        drive_wait_list(d, IDC_FILES_LIST, 3);
        check_verdict(d, rows[i].kb, rows[i].verdict);
        drive_wait_text(d, IDC_FILES_DETAIL, rows[i].why);
        CHECK_ROW(i, (drive_list_find(d, IDC_FILES_LIST, 0, L"Accepted") != DRIVE_NONE) == rows[i].has_a_good_one);
        snprintf(name, sizeof name, "%s", drive_utf8(d, rows[i].folder));
        story_shot(d, 6, name);
        layout_check(d);
    }
    next_is_refused(d, L"Not every update has an acceptable file");
    look_into(d, L"media");
    drive_wait_idle(d);
    story_next(d, 7, "mended");
}

/* A folder of our own with the good files, one of them twice, and files that nobody asked for. */
static void make_crowded(wchar_t *folder)
{
    static const struct { const wchar_t *from, *to; } rows[] = {
        { L"media\\" STORY_STACK L".msu",         STORY_STACK L".msu" },
        { L"media\\" STORY_STACK L".msu",         STORY_STACK L" (1).msu" },
        { L"media\\" STORY_SHA2 L".msu",          STORY_SHA2 L".msu" },
        { L"media\\" STORY_ROLLUP L".msu",        STORY_ROLLUP L".msu" },
        { L"not-a-cabinet\\" STORY_STACK L".msu", L"notes.cab" },
    };
    wchar_t from[MAX_PATH] = L"", to[MAX_PATH] = L"";

    story_path(L"WZ_FILES", L"crowded", folder);
    CreateDirectoryW(folder, NULL);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        story_path(L"WZ_UPDATES", rows[i].from, from);
        _snwprintf(to, MAX_PATH - 1, L"%ls\\%ls", folder, rows[i].to);
        CHECK_ROW(i, CopyFileW(from, to, FALSE));
    }
}

static void files_that_no_update_took_are_listed_below(void **state)
{
    static const struct { const wchar_t *file, *verdict, *detail; } rows[] = {
        { STORY_STACK,          L"Accepted", L"Also in the folder for this update: " },
        { STORY_SHA2,           L"Accepted", L"SHA-256: " },
        { STORY_ROLLUP L".msu", L"Accepted", L"SHA-256: " },
        { L"notes.cab",         L"Refused",  L"cabinet" },
        { STORY_STACK,          L"Spare",    L"SHA-256: " },
    };
    wchar_t   folder[MAX_PATH] = L"";
    wz_drive *d = *state;

    to_files(d);
    make_crowded(folder);
    drive_set_text(d, IDC_FILES_FOLDER, folder);
    drive_click(d, IDC_FILES_CHECK);
    drive_wait_idle(d);
    drive_wait_list(d, IDC_FILES_LIST, (int)CHECK_COUNT(rows));
    for (int row = 0; row < (int)CHECK_COUNT(rows); row++) {
        drive_list_select(d, IDC_FILES_LIST, row);
        CHECK_ROW(row, wcsstr(drive_list_text(d, IDC_FILES_LIST, row, 0), rows[row].verdict) != NULL);
        CHECK_ROW(row, wcsstr(drive_list_text(d, IDC_FILES_LIST, row, 2), rows[row].file) != NULL);
        drive_wait_text(d, IDC_FILES_DETAIL, rows[row].detail);
    }
    assert_int_equal(drive_list_count(d, IDC_FILES_LIST), CHECK_COUNT(rows));
    drive_list_select(d, IDC_FILES_LIST, 0);
    drive_wait_text(d, IDC_FILES_DETAIL, L"(Spare)");
    layout_check(d);
    story_shot(d, 6, "crowded");
    story_next(d, 7, "crowded");                                   /* they hinder nobody */
}

#define TURNED    L"KB4493730 a && b &c %1 \x202Eusm.cab"
#define AS_IT_IS  L"KB4493730 a && b &c %1 [U+202E]usm.cab"

/* The name is made to read as "… bac.msu". The box to type a folder in keeps what is in it: it is read again. */
static void a_name_that_turns_the_text_round_is_shown_as_it_is(void **state)
{
    wchar_t   folder[MAX_PATH] = L"", from[MAX_PATH] = L"", to[MAX_PATH] = L"";
    wz_drive *d = *state;

    to_files(d);
    story_path(L"WZ_FILES", L"turned \x202E round", folder);
    CreateDirectoryW(folder, NULL);
    story_path(L"WZ_UPDATES", L"not-a-cabinet\\" STORY_STACK L".msu", from);
    _snwprintf(to, MAX_PATH - 1, L"%ls\\%ls", folder, TURNED);
    assert_true(CopyFileW(from, to, FALSE));
    drive_set_text(d, IDC_FILES_FOLDER, folder);
    drive_click(d, IDC_FILES_CHECK);
    drive_wait_idle(d);
    int row = drive_list_find(d, IDC_FILES_LIST, 2, L"[U+202E]");
    assert_true(row != DRIVE_NONE);
    assert_int_equal(wcscmp(drive_list_text(d, IDC_FILES_LIST, row, 2), AS_IT_IS), 0);
    drive_list_select(d, IDC_FILES_LIST, row);
    drive_wait_text(d, IDC_FILES_DETAIL, AS_IT_IS);
    assert_false(drive_contains(d, IDC_FILES_DETAIL, L"\x202E"));
    assert_true(drive_contains(d, IDC_FILES_DETAIL, L"\r\n"));     /* its lines are still lines */
    story_shot(d, 6, "turned");
    drive_click(d, IDC_FILES_CHECK);
    drive_wait_idle(d);
    assert_true(drive_list_find(d, IDC_FILES_LIST, 2, L"[U+202E]") != DRIVE_NONE);
}

/* The SHA-256 of the file for an update, as the details have it. */
static void shown_sha256(wz_drive *d, const wchar_t *kb, wchar_t out[65])
{
    const wchar_t *at;

    drive_list_select(d, IDC_FILES_LIST, drive_list_find(d, IDC_FILES_LIST, 1, kb));
    drive_wait_text(d, IDC_FILES_DETAIL, kb);
    at = wcsstr(drive_text(d, IDC_FILES_DETAIL), L"SHA-256: ");
    assert_non_null(at);
    wcsncpy(out, at + 9, 64);
    out[64] = L'\0';
}

static HWND paste(wz_drive *d, const wchar_t *list)
{
    HWND box = drive_wait_box(d);

    SendDlgItemMessageW(box, IDC_CHECKSUMS_PASTE, WM_SETTEXT, 0, (LPARAM)list);
    SendMessageW(box, WM_COMMAND, IDOK, 0);
    return box;
}

static void a_pasted_checksum_list_is_compared(void **state)
{
    wchar_t   first[65], second[65], list[400];
    wz_drive *d = *state;

    to_files(d);
    look_into(d, L"media");
    drive_wait_idle(d);
    drive_wait_list(d, IDC_FILES_LIST, 3);
    shown_sha256(d, L"KB4493730", first);
    shown_sha256(d, L"KB4474419", second);
    second[5] = second[5] == L'0' ? L'1' : L'0';
    _snwprintf(list, CHECK_COUNT(list) - 1, L"%ls *" STORY_STACK L".msu\r\n%ls  " STORY_SHA2 L".msu\r\n", first,
               second);
    list[CHECK_COUNT(list) - 1] = L'\0';
    drive_click(d, IDC_FILES_CHECKSUMS);
    paste(d, list);
    assert_non_null(wcsstr(drive_box_text(d), L"Matching: 1. Differing: 1. Others: 0."));
    drive_shot(d, "checksums");
    drive_key(d, VK_ESCAPE, 0);
    drive_wait_idle(d);
    assert_false(drive_has_box(d));
    assert_int_equal(drive_page(d), 6);
}

/* Next looks itself when another folder has been typed. */
static void next_checks_a_folder_that_was_only_typed(void **state)
{
    wchar_t   folder[MAX_PATH] = L"";
    wz_drive *d = *state;

    to_files(d);
    story_path(L"WZ_UPDATES", L"empty", folder);
    drive_set_text(d, IDC_FILES_FOLDER, folder);
    drive_press(d, IDC_FRAME_NEXT);
    drive_wait_list(d, IDC_FILES_LIST, 3);
    drive_wait_idle(d);
    assert_int_equal(drive_page(d), 6);
    assert_int_equal(drive_list_find(d, IDC_FILES_LIST, 0, L"Accepted"), DRIVE_NONE);
    story_path(L"WZ_UPDATES", L"media", folder);
    drive_set_text(d, IDC_FILES_FOLDER, folder);
    drive_next(d, 7);
}

/* The files of the test bed are not Microsoft's: the built-in catalogue alone refuses them. */
static void without_the_site_catalogue_the_files_are_refused(void **state)
{
    wz_drive *d = *state;

    to_files(d);
    for (unsigned page = 5; page >= 1; page--)
        drive_back(d, page);
    drive_set_text(d, IDC_START_CATALOGUE, L"");
    for (unsigned page = 2; page <= 6; page++)
        drive_next(d, page);
    drive_wait_idle(d);
    assert_true(drive_text(d, IDC_PAGE_CATALOGUE)[0] == L'\0');
    drive_wait_list(d, IDC_FILES_LIST, 3);
    for (int row = 0; row < 3; row++)
        CHECK_ROW(row, wcsstr(drive_list_text(d, IDC_FILES_LIST, row, 0), L"Refused") != NULL);
    story_shot(d, 6, "built-in");
    layout_check(d);
    next_is_refused(d, L"Not every update has an acceptable file");
}

static void a_wrong_site_catalogue_is_refused_with_its_name(void **state)
{
    wchar_t   path[MAX_PATH] = L"";
    wz_drive *d = *state;

    story_start(d);
    story_path(L"WZ_ROOT", L"tests\\data\\snapshots\\bare-sp2-x64.xml", path);
    drive_set_text(d, IDC_START_CATALOGUE, path);
    drive_press(d, IDC_FRAME_NEXT);
    assert_non_null(wcsstr(drive_box_text(d), L"bare-sp2-x64.xml"));
    drive_answer(d, IDOK);
    assert_int_equal(drive_page(d), 1);
}

static void the_shopping_list_is_saved(void **state)
{
    wchar_t   path[MAX_PATH] = L"";
    wz_drive *d = *state;

    to_files(d);
    look_into(d, L"empty");
    drive_wait_idle(d);
    story_path(L"WZ_FILES", L"shopping.txt", path);
    drive_click(d, IDC_FILES_SHOPPING);
    drive_answer_file(d, path);
    assert_non_null(wcsstr(drive_box_text(d), path));
    drive_answer(d, IDOK);
    assert_true(GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES);
}

int test_files(void)
{
    static const struct CMUnitTest tests[] = {
        DRIVE_TEST(a_missing_folder_is_named),
        DRIVE_TEST(an_empty_folder_lacks_every_update),
        DRIVE_TEST(no_folder_named_is_asked_for),
        DRIVE_TEST(what_is_not_the_update_is_refused),
        DRIVE_TEST(files_that_no_update_took_are_listed_below),
        DRIVE_TEST(a_name_that_turns_the_text_round_is_shown_as_it_is),
        DRIVE_TEST(a_pasted_checksum_list_is_compared),
        DRIVE_TEST(next_checks_a_folder_that_was_only_typed),
        DRIVE_TEST(without_the_site_catalogue_the_files_are_refused),
        DRIVE_TEST(a_wrong_site_catalogue_is_refused_with_its_name),
        DRIVE_TEST(the_shopping_list_is_saved),
    };

    return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
