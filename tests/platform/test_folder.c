/* The data folder and what may not stand in its place. Real junctions and owners: tests/REAL-WINDOWS.md. */
#include "platform/place.h"

#include "platform/context.h"
#include "platform/wide.h"

#include <sddl.h>

static void something_else_in_place_of_the_folder_is_refused(void **state)
{
    char    *folder = place_create();
    char    *file = place_path(folder, "file");
    char    *deep = place_path(folder, "missing\\folder");
    wz_error error = { 0 };

    (void)state;
    place_fill(file, 1);
    assert_int_equal(wz_folder_prepare(file, &error), WZ_E_DENIED);
    CHECK_TEXT(error.subject, file);
    assert_int_equal(wz_folder_inside(file, &error), WZ_E_DENIED);
    assert_int_equal(wz_folder_prepare(deep, &error), WZ_E_NOT_FOUND);
    free(deep);
    free(file);
    place_remove(folder);
}

#ifdef _WIN64                                          /* the names of imports of x86 are none that C can say */
typedef BOOL (WINAPI *information_function)(HANDLE file, BY_HANDLE_FILE_INFORMATION *info);
typedef DWORD (WINAPI *attributes_function)(const wchar_t *path);

extern information_function __real___imp_GetFileInformationByHandle;
extern attributes_function  __real___imp_GetFileAttributesW;
extern information_function __wrap___imp_GetFileInformationByHandle;
extern attributes_function  __wrap___imp_GetFileAttributesW;

static bool all_are_links;

static BOOL WINAPI linked_information(HANDLE file, BY_HANDLE_FILE_INFORMATION *info)
{
    BOOL is_read = __real___imp_GetFileInformationByHandle(file, info);

    if (is_read && all_are_links)
        info->dwFileAttributes |= FILE_ATTRIBUTE_REPARSE_POINT;
    return is_read;
}

static DWORD WINAPI linked_attributes(const wchar_t *path)
{
    DWORD found = __real___imp_GetFileAttributesW(path);

    return found != INVALID_FILE_ATTRIBUTES && all_are_links ? found | FILE_ATTRIBUTE_REPARSE_POINT : found;
}

/* The linker puts these in the place of the imports (Makefile, HIDE_x64). */
information_function __wrap___imp_GetFileInformationByHandle = linked_information;
attributes_function  __wrap___imp_GetFileAttributesW = linked_attributes;

/* Wine 8 has no junctions: here Windows only says of a folder that it is one. */
static void a_junction_in_place_of_a_folder_is_refused(void **state)
{
    char    *folder = place_create(), *inside = place_path(folder, "Media");
    wz_error error = { 0 };

    (void)state;
    assert_int_equal(wz_folder_prepare(folder, &error), WZ_OK);
    assert_int_equal(wz_folder_inside(inside, &error), WZ_OK);
    all_are_links = true;
    assert_int_equal(wz_folder_prepare(folder, &error), WZ_E_DENIED);
    assert_int_equal(error.os_code, ERROR_CANT_ACCESS_FILE);
    assert_int_equal(wz_folder_inside(inside, &error), WZ_E_DENIED);
    all_are_links = false;
    assert_true(place_exists(inside));
    place_remove(folder);
    free(inside);
}
#endif

/* As a program's own folder, made so that everybody may write there; one that holds something is left alone. */
static void a_folder_that_others_may_write_to_is_refused(void **state)
{
    static const struct { const wchar_t *rights; bool is_refused; } rows[] = {
        { L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)",                       false },
        { L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FR;;;WD)",       false },
        { L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;WD)",       true },
        { L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;WD)", true },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char                *folder = place_create(), *path = place_path(folder, "data"), *file = place_path(path, "x");
        wchar_t             *wide = wz_wide_from_utf8(path);
        PSECURITY_DESCRIPTOR rights = NULL;
        wz_error             error = { 0 };

        assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(rows[i].rights, SDDL_REVISION_1,
                                                                         &rights, NULL));
        assert_true(CreateDirectoryW(wide, NULL));
        assert_true(SetFileSecurityW(wide, DACL_SECURITY_INFORMATION, rights));
        place_fill(file, 1);
        CHECK_ROW(i, wz_folder_prepare(path, &error) == (rows[i].is_refused ? WZ_E_DENIED : WZ_OK));
        CHECK_ROW(i, place_exists(file));
        place_delete(file);
        CHECK_ROW(i, wz_folder_prepare(path, &error) == WZ_OK);    /* an empty one is made anew */
        place_fill(file, 1);
        CHECK_ROW(i, wz_folder_prepare(path, &error) == WZ_OK);
        LocalFree(rights);
        place_remove(folder);
        free(wide);
        free(file);
        free(path);
    }
}

int test_folder(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(something_else_in_place_of_the_folder_is_refused),
        cmocka_unit_test(a_folder_that_others_may_write_to_is_refused),
#ifdef _WIN64
        cmocka_unit_test(a_junction_in_place_of_a_folder_is_refused),
#endif
    };

    return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
