#include "platform/place.h"

#include "platform/files.h"
#include "platform/wide.h"

#define MEGABYTE (1024u * 1024u)

typedef struct place { char *folder, *path; } place;

static int place_setup(void **state)
{
    place *here = calloc(1, sizeof *here);

    here->folder = place_create();
    here->path = place_path(here->folder, "file \xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80.xml");
    *state = here;
    return 0;
}

static int place_teardown(void **state)
{
    place *here = *state;

    place_remove(here->folder);
    free(here->path);
    free(here);
    return 0;
}

static void check_content(const char *path, const char *want)
{
    wz_text got = { 0 };

    assert_int_equal(wz_files_read(path, MEGABYTE, &got, NULL), WZ_OK);
    CHECK_TEXT(wz_text_at(&got), want);
    wz_text_clear(&got);
}

static wz_view view_of(const char *text)
{
    return (wz_view){ text, strlen(text) };
}

static void what_was_written_is_read_again(void **state)
{
    static const size_t lengths[] = { 0, 1, 4096, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 3 * MEGABYTE + 5 };
    place *here = *state;
    char  *bytes = malloc(4 * MEGABYTE);

    for (size_t i = 0; i < 4 * MEGABYTE; i++)
        bytes[i] = (char)place_byte(i);
    for (size_t i = 0; i < CHECK_COUNT(lengths); i++) {
        wz_text got = { 0 };

        assert_int_equal(wz_files_write(here->path, (wz_view){ bytes, lengths[i] }, NULL), WZ_OK);
        assert_int_equal(wz_files_read(here->path, lengths[i], &got, NULL), WZ_OK);
        CHECK_ROW(i, got.length == lengths[i] && (got.length == 0 || memcmp(got.at, bytes, got.length) == 0));
        CHECK_ROW(i, place_count(here->folder) == 1);
        wz_text_clear(&got);
    }
    free(bytes);
}

static void a_file_over_the_limit_is_refused(void **state)
{
    place   *here = *state;
    wz_text  got = { 0 };
    wz_error error = { 0 };

    place_write(here->path, "12345", 5);
    assert_int_equal(wz_files_read(here->path, 4, &got, &error), WZ_E_LIMIT);
    assert_int_equal(error.status, WZ_E_LIMIT);
    CHECK_TEXT(error.subject, here->path);
    assert_null(got.at);
    assert_int_equal(wz_files_read(here->path, 5, &got, &error), WZ_OK);
    CHECK_TEXT(got.at, "12345");
    wz_text_clear(&got);
}

static void what_is_not_there_is_said_to_be_missing(void **state)
{
    place   *here = *state;
    char    *deep = place_path(here->folder, "no folder\\file");
    wz_text  got = { 0 };
    wz_error error = { 0 };

    assert_int_equal(wz_files_read(here->path, MEGABYTE, &got, &error), WZ_E_NOT_FOUND);
    assert_int_equal(error.os_code, ERROR_FILE_NOT_FOUND);
    CHECK_TEXT(error.subject, here->path);
    assert_int_equal(wz_files_read(deep, MEGABYTE, &got, &error), WZ_E_NOT_FOUND);
    assert_int_equal(wz_files_write(deep, view_of("x"), &error), WZ_E_NOT_FOUND);
    assert_int_equal(error.os_code, ERROR_PATH_NOT_FOUND);
    assert_int_equal(wz_files_read("C:\\\xFF", MEGABYTE, &got, &error), WZ_E_NOT_FOUND);
    assert_int_equal(wz_files_write("C:\\\xFF", view_of("x"), &error), WZ_E_NOT_FOUND);
    assert_int_equal(wz_files_remove(deep, &error), WZ_OK);
    free(deep);
}

static void a_folder_is_not_a_file(void **state)
{
    place   *here = *state;
    wz_text  got = { 0 };
    wz_error error = { 0 };

    assert_int_not_equal(wz_files_read(here->folder, MEGABYTE, &got, &error), WZ_OK);
    assert_int_not_equal(wz_files_write(here->folder, view_of("x"), &error), WZ_OK);
    assert_int_not_equal(wz_files_remove(here->folder, &error), WZ_OK);
    assert_true(place_exists(here->folder));
}

static void a_write_that_fails_leaves_the_old_content_and_nothing_else(void **state)
{
    place   *here = *state;
    wz_error error = { 0 };
    HANDLE   held;

    place_write(here->path, "old", 3);
    held = place_open(here->path, GENERIC_READ, FILE_SHARE_READ);        /* no one may replace it meanwhile */
    assert_true(held != INVALID_HANDLE_VALUE);
    assert_int_not_equal(wz_files_write(here->path, view_of("new"), &error), WZ_OK);
    assert_int_not_equal(error.os_code, 0);
    CHECK_TEXT(error.subject, here->path);
    CloseHandle(held);
    check_content(here->path, "old");
    assert_int_equal(place_count(here->folder), 1);
    assert_int_equal(wz_files_write(here->path, view_of("new"), &error), WZ_OK);
    check_content(here->path, "new");
}

static void a_read_only_file_is_not_replaced(void **state)
{
    place   *here = *state;
    wchar_t *wide = wz_wide_path(here->path);
    wz_error error = { 0 };

    place_write(here->path, "old", 3);
    assert_true(SetFileAttributesW(wide, FILE_ATTRIBUTE_READONLY));
    assert_int_equal(wz_files_write(here->path, view_of("new"), &error), WZ_E_DENIED);
    assert_int_equal(error.os_code, ERROR_ACCESS_DENIED);
    check_content(here->path, "old");
    assert_int_equal(place_count(here->folder), 1);
    free(wide);
}

/* A folder that refuses even the superuser, which Wine's drive Z: has. */
static void a_folder_without_permission_is_denied(void **state)
{
    wz_error error = { 0 };

    (void)state;
    if (GetFileAttributesW(L"Z:\\sys\\kernel") == INVALID_FILE_ATTRIBUTES)
        skip();
    assert_int_equal(wz_files_write("Z:\\sys\\kernel\\wizard.xml", view_of("x"), &error), WZ_E_DENIED);
    CHECK_TEXT(error.subject, "Z:\\sys\\kernel\\wizard.xml");
}

static void removing_twice_is_fine(void **state)
{
    place *here = *state;

    place_write(here->path, "x", 1);
    assert_int_equal(wz_files_remove(here->path, NULL), WZ_OK);
    assert_false(place_exists(here->path));
    assert_int_equal(wz_files_remove(here->path, NULL), WZ_OK);
}

static void only_temporary_files_of_our_own_are_swept(void **state)
{
    static const struct { const char *name; bool is_swept; } rows[] = {
        { "journal.xml.000000fc00576794.tmp", true  },
        { "a.0123456789abcdef.tmp",           true  },
        { ".0123456789abcdef.tmp",            false },
        { "journal.xml",                      false },
        { "journal.xml.tmp",                  false },
        { "journal.xml.00576794.tmp",         false },
        { "journal.xml.000000fc0057679g.tmp", false },
        { "journal.xml.000000fc00576794.bak", false },
    };
    place *here = *state;

    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char *path = place_path(here->folder, rows[i].name);

        place_write(path, "x", 1);
        free(path);
    }
    wz_files_sweep(here->folder);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char *path = place_path(here->folder, rows[i].name);

        CHECK_ROW(i, place_exists(path) == !rows[i].is_swept);
        free(path);
    }
    wz_files_sweep("C:\\no such folder");
}

static void codes_become_the_status_a_person_can_act_on(void **state)
{
    static const struct { unsigned code; wz_status want; } rows[] = {
        { ERROR_SUCCESS,           WZ_OK          },
        { ERROR_FILE_NOT_FOUND,    WZ_E_NOT_FOUND },
        { ERROR_PATH_NOT_FOUND,    WZ_E_NOT_FOUND },
        { ERROR_INVALID_DRIVE,     WZ_E_NOT_FOUND },
        { ERROR_BAD_NETPATH,       WZ_E_NOT_FOUND },
        { ERROR_INVALID_NAME,      WZ_E_NOT_FOUND },
        { ERROR_ACCESS_DENIED,     WZ_E_DENIED    },
        { ERROR_WRITE_PROTECT,     WZ_E_DENIED    },
        { ERROR_DISK_FULL,         WZ_E_FULL      },
        { ERROR_HANDLE_DISK_FULL,  WZ_E_FULL      },
        { ERROR_SHARING_VIOLATION, WZ_E_BUSY      },
        { ERROR_CANCELLED,         WZ_E_CANCELLED },
        { ERROR_CRC,               WZ_E_IO        },
        { ERROR_NOT_READY,         WZ_E_IO        },
        { 0x80070005,              WZ_E_IO        },
    };
    wz_error error = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        CHECK_ROW(i, wz_status_of_code(rows[i].code) == rows[i].want);
    assert_int_equal(wz_fail_code(&error, ERROR_SUCCESS, "x"), WZ_E_IO);      /* a failure is never WZ_OK */
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int test_files(void)
{
    static const struct CMUnitTest tests[] = {
        IN_PLACE(what_was_written_is_read_again),
        IN_PLACE(a_file_over_the_limit_is_refused),
        IN_PLACE(what_is_not_there_is_said_to_be_missing),
        IN_PLACE(a_folder_is_not_a_file),
        IN_PLACE(a_write_that_fails_leaves_the_old_content_and_nothing_else),
        IN_PLACE(a_read_only_file_is_not_replaced),
        cmocka_unit_test(a_folder_without_permission_is_denied),
        IN_PLACE(removing_twice_is_fine),
        IN_PLACE(only_temporary_files_of_our_own_are_swept),
        cmocka_unit_test(codes_become_the_status_a_person_can_act_on),
    };

    return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
