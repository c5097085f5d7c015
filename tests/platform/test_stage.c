#include "platform/place.h"

#include "platform/wide.h"
#include "platform/windows.h"

typedef struct place {
    wz_platform *platform;
    char        *folder, *data, *media;
} place;

static int place_setup(void **state)
{
    place  *here = calloc(1, sizeof *here);
    wz_text data = { 0 };

    here->platform = wz_windows_create();
    here->folder = place_create();
    if (here->platform->data_folder(here->platform->context, &data, NULL) != WZ_OK)
        return -1;
    here->data = wz_text_take(&data);
    here->media = place_path(here->data, "Media");
    *state = here;
    return 0;
}

static int place_teardown(void **state)
{
    place *here = *state;

    wz_windows_free(here->platform);
    place_remove(here->folder);
    place_remove_tree(here->data);
    free(here->data);
    free(here->media);
    free(here);
    return 0;
}

static wz_file file_named(const char *folder, const char *name)
{
    return (wz_file){ .path = place_path(folder, name), .name = wz_copy(name) };
}

static wz_status stage(const place *here, const wz_file *file, wz_file *out, wz_error *err)
{
    return here->platform->stage(here->platform->context, file, out, NULL, err);
}

static void check_writers_are_refused(const char *path, bool want)
{
    static const DWORD accesses[] = { GENERIC_WRITE, FILE_APPEND_DATA, DELETE };

    for (size_t i = 0; i < CHECK_COUNT(accesses); i++) {
        HANDLE writer = place_open(path, accesses[i], FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE);

        CHECK_ROW(i, (writer == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION) == want);
        if (writer != INVALID_HANDLE_VALUE)
            CloseHandle(writer);
    }
}

static void a_copy_is_held_against_writers_and_open_to_readers(void **state)
{
    place  *here = *state;
    wz_file file = file_named(here->folder, "update.msu");
    wz_file copy = { 0 };
    HANDLE  reader;

    place_fill(file.path, 65);
    assert_int_equal(stage(here, &file, &copy, NULL), WZ_OK);
    assert_true(copy.is_examined);
    assert_int_equal(copy.error.status, WZ_OK);
    assert_int_equal(copy.bytes, 65);
    assert_false(copy.is_cabinet);
    assert_true(strncmp(copy.path, here->media, strlen(here->media)) == 0);
    check_writers_are_refused(copy.path, true);
    reader = place_open(copy.path, GENERIC_READ, FILE_SHARE_READ);       /* as wusa.exe opens it */
    assert_true(reader != INVALID_HANDLE_VALUE);
    CloseHandle(reader);
    here->platform->unstage(here->platform->context);
    check_writers_are_refused(copy.path, false);
    wz_file_clear(&copy);
    wz_file_clear(&file);
}

static void a_copy_is_examined_as_it_is_now(void **state)
{
    place  *here = *state;
    wz_file file = file_named(here->folder, "update.msu");
    wz_file first = { 0 }, second = { 0 }, again = { 0 };

    place_fill(file.path, 65);
    assert_int_equal(stage(here, &file, &first, NULL), WZ_OK);
    CHECK_TEXT(first.sha256, "788367c73c7ddf4c53f65e68cc0d943e6227ab55b0e78ba63ace822b1c6301c0");
    place_fill(file.path, 64);
    assert_int_equal(stage(here, &file, &second, NULL), WZ_OK);          /* replaces the copy that is held */
    assert_int_equal(second.bytes, 64);
    assert_string_not_equal(second.sha256, first.sha256);
    assert_int_equal(here->platform->examine(here->platform->context, &second, NULL), WZ_OK);
    assert_true(second.is_examined);
    here->platform->unstage(here->platform->context);
    place_fill(second.path, 63);                                         /* somebody changes it between two runs */
    assert_int_equal(stage(here, &second, &again, NULL), WZ_OK);         /* as after a restart: held where it lies */
    assert_int_equal(again.bytes, 63);
    assert_string_not_equal(again.sha256, second.sha256);
    check_writers_are_refused(again.path, true);
    wz_file_clear(&again);
    wz_file_clear(&second);
    wz_file_clear(&first);
    wz_file_clear(&file);
}

static void a_read_only_source_does_not_make_a_read_only_copy(void **state)
{
    place   *here = *state;
    wz_file  file = file_named(here->folder, "update.cab");
    wchar_t *wide = wz_wide_path(file.path);
    wz_file  copy = { 0 };

    place_fill(file.path, 10);
    assert_true(SetFileAttributesW(wide, FILE_ATTRIBUTE_READONLY));
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(stage(here, &file, &copy, NULL), WZ_OK);
        wz_file_clear(&copy);
        here->platform->unstage(here->platform->context);
    }
    free(wide);
    wz_file_clear(&file);
}

static void what_cannot_be_copied_leaves_nothing(void **state)
{
    place   *here = *state;
    wz_file  file = file_named(here->folder, "missing.msu");
    wz_file  copy = { 0 };
    wz_error error = { 0 };
    HANDLE   writer;

    assert_int_equal(stage(here, &file, &copy, &error), WZ_E_NOT_FOUND);
    CHECK_TEXT(error.subject, file.path);
    assert_null(copy.path);
    place_fill(file.path, 10);
    writer = place_open(file.path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE);
    assert_int_equal(stage(here, &file, &copy, &error), WZ_E_BUSY);      /* somebody is still writing it */
    CloseHandle(writer);
    assert_int_equal(place_count(here->media), 0);
    wz_file_clear(&file);
}

static void a_name_cannot_leave_the_folder(void **state)
{
    static const char *const names[] = { "..\\x.msu", "../x.msu", "C:x.msu", "..", ".", "", "x.msu:stream", "a|b",
                                         "a\"b" };
    place *here = *state;
    char  *source = place_path(here->folder, "x.msu");

    place_fill(source, 10);
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        wz_file file = { .path = wz_copy(source), .name = wz_copy(names[i]) };
        wz_file copy = { 0 };

        CHECK_ROW(i, stage(here, &file, &copy, NULL) == WZ_E_NOT_FOUND);
        wz_file_clear(&file);
    }
    free(source);
}

static bool always(void *context)
{
    (void)context;
    return true;
}

static void a_person_can_stop_copying(void **state)
{
    place      *here = *state;
    wz_file     file = file_named(here->folder, "update.msu");
    wz_file     copy = { 0 };
    wz_progress progress = { NULL, always, NULL };

    place_fill(file.path, 10);
    assert_int_equal(here->platform->stage(here->platform->context, &file, &copy, &progress, NULL), WZ_E_CANCELLED);
    assert_int_equal(place_count(here->media), 0);
    wz_file_clear(&file);
}

static void update_files_are_listed_by_name_and_not_below(void **state)
{
    static const char *const names[] = { "b.MSU", "a.cab", "C.exe", "notes.txt", "msu", ".msu" };
    place   *here = *state;
    char    *below = place_path(here->folder, "below.msu");
    wchar_t *wide = wz_wide_path(below);
    wz_files files = { 0 };

    assert_true(CreateDirectoryW(wide, NULL));
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        char *path = place_path(here->folder, names[i]);

        place_fill(path, i);
        free(path);
    }
    assert_int_equal(here->platform->list_media(here->platform->context, here->folder, &files, NULL), WZ_OK);
    assert_int_equal(files.count, 3);
    CHECK_TEXT(files.items[0].name, "a.cab");
    CHECK_TEXT(files.items[1].name, "b.MSU");
    CHECK_TEXT(files.items[2].name, "C.exe");
    assert_int_equal(files.items[0].bytes, 1);
    assert_true(files.items[0].modified > 0);
    assert_false(files.items[0].is_examined);
    wz_files_clear(&files);
    free(wide);
    free(below);
}

static void a_folder_may_be_empty_but_must_be_there(void **state)
{
    place   *here = *state;
    char    *missing = place_path(here->folder, "missing");
    char    *file = place_path(here->folder, "file");
    wz_files files = { 0 };
    wz_error error = { 0 };

    assert_int_equal(here->platform->list_media(here->platform->context, here->folder, &files, NULL), WZ_OK);
    assert_int_equal(files.count, 0);
    wz_files_clear(&files);
    assert_int_equal(here->platform->list_media(here->platform->context, missing, &files, &error), WZ_E_NOT_FOUND);
    CHECK_TEXT(error.subject, missing);
    place_fill(file, 1);
    assert_int_equal(here->platform->list_media(here->platform->context, file, &files, &error), WZ_E_NOT_FOUND);
    free(file);
    free(missing);
}

static void a_file_that_cannot_be_opened_says_so(void **state)
{
    place  *here = *state;
    wz_file file = file_named(here->folder, "missing.msu");

    assert_int_equal(here->platform->examine(here->platform->context, &file, NULL), WZ_OK);
    assert_false(file.is_examined);
    assert_int_equal(file.error.status, WZ_E_NOT_FOUND);
    place_write(file.path, "MSCF", 4);
    assert_int_equal(here->platform->examine(here->platform->context, &file, NULL), WZ_OK);
    assert_true(file.is_examined);                     /* the error of before is gone */
    assert_int_equal(file.error.status, WZ_OK);
    assert_false(file.is_cabinet);                     /* too short for a header */
    wz_file_clear(&file);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int test_stage(void)
{
    static const struct CMUnitTest tests[] = {
        IN_PLACE(a_copy_is_held_against_writers_and_open_to_readers),
        IN_PLACE(a_copy_is_examined_as_it_is_now),
        IN_PLACE(a_read_only_source_does_not_make_a_read_only_copy),
        IN_PLACE(what_cannot_be_copied_leaves_nothing),
        IN_PLACE(a_name_cannot_leave_the_folder),
        IN_PLACE(a_person_can_stop_copying),
        IN_PLACE(update_files_are_listed_by_name_and_not_below),
        IN_PLACE(a_folder_may_be_empty_but_must_be_there),
        IN_PLACE(a_file_that_cannot_be_opened_says_so),
    };

    return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
