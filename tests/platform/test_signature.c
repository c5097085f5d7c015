#include "platform/place.h"

#include "platform/signature.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

/* Made by tests/data/signature/make.sh: signed under names that say Microsoft and are not. */
#define UNSIGNED "tests/data/signature/unsigned.cab"
#define SIGNED   "tests/data/signature/signed.cab"
#define CHANGED  "tests/data/signature/changed.cab"

#define ROOT_1997 "a43489159a520f0d93d032ccaf37e7fe20a8b419"
#define ROOT_2001 "cdd4eeae6000ac7f40c3802c171e30148030c072"
#define ROOT_2010 "3b1efd3a66ea28b16697394703a72ca340a05bd5"
#define ROOT_2011 "8f43288ad272f3103b6fb1428485ea3014c0bcfe"
#define NO_ROOT   "0000000000000000000000000000000000000000"

static void only_microsofts_own_root_and_names_count(void **state)
{
    static const struct { const char *root, *organization, *name; bool want; } rows[] = {
        { ROOT_1997, "Microsoft Corporation", "Microsoft Corporation", true },
        { ROOT_2001, "Microsoft Corporation", "Microsoft Corporation", true },
        { ROOT_2010, "Microsoft Corporation", "Microsoft Windows",     true },
        { ROOT_2011, "Microsoft Corporation", "Microsoft Corporation", true },
        { NO_ROOT,   "Microsoft Corporation", "Microsoft Corporation", false },
        { "",        "Microsoft Corporation", "Microsoft Corporation", false },
        { NULL,      "Microsoft Corporation", "Microsoft Corporation", false },
        { ROOT_2010, "Contoso",               "Microsoft Corporation", false },
        { ROOT_2010, NULL,                    "Microsoft Corporation", false },
        { ROOT_2010, "Microsoft Corporation", "Microsoft Windows Hardware Compatibility Publisher", false },
        { ROOT_2010, "Microsoft Corporation", "Microsoft Corporation ", false },
        { ROOT_2010, "Microsoft Corporation", NULL,                    false },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        CHECK_ROW(i, wz_signature_is_microsoft(rows[i].root, rows[i].organization, rows[i].name) == rows[i].want);
}

static wz_file check_file(const char *path)
{
    wz_file  file = { .name = wz_copy("file") };
    wchar_t *wide = wz_wide_path(path);
    HANDLE   handle = place_open(path, GENERIC_READ, FILE_SHARE_READ);

    if (handle == INVALID_HANDLE_VALUE)
        fail_msg("%s: cannot be opened", path);
    wz_signature_check(wide, handle, &file);
    CloseHandle(handle);
    free(wide);
    return file;
}

/* Wine's mode for x86 programs on a 64-bit Wine (8.0) cannot load crypt32.dll; then nothing may be accepted. */
static void skip_where_impossible(void)
{
    wz_file file;

    if (!wz_is_wow64() || wz_system_function(L"crypt32.dll", "CertGetNameStringW") != NULL)
        return;
    file = check_file(SIGNED);
    assert_int_equal(file.signature, WZ_SIGNATURE_NOT_CHECKED);
    wz_file_clear(&file);
    print_message("crypt32.dll does not load here: signatures are not tested\n");
    skip();
}

static void a_cabinet_without_signature_has_none(void **state)
{
    wz_file file;

    (void)state;
    skip_where_impossible();
    file = check_file(UNSIGNED);
    assert_int_equal(file.signature, WZ_SIGNATURE_NONE);
    assert_int_equal(file.signature_code, 0);
    assert_null(file.signer);
    wz_file_clear(&file);
}

/* Wine accepts the chain, Windows does not; on neither may it pass for Microsoft's. */
static void a_certificate_that_only_says_microsoft_is_not_microsofts(void **state)
{
    wz_file file;

    (void)state;
    skip_where_impossible();
    file = check_file(SIGNED);
    assert_true(file.signature == WZ_SIGNATURE_OTHER || file.signature == WZ_SIGNATURE_INVALID);
    CHECK_TEXT(file.signer, "Microsoft Corporation");
    assert_int_equal(file.signature_kinds, WZ_SIGNATURE_SHA2);
    wz_file_clear(&file);
    file = check_file(CHANGED);
    assert_true(file.signature == WZ_SIGNATURE_OTHER || file.signature == WZ_SIGNATURE_INVALID);
    wz_file_clear(&file);
}

static void what_is_no_cabinet_is_not_microsofts(void **state)
{
    static const struct { const char *name, *bytes; size_t length; } rows[] = {
        { "empty.msu", "",                         0 },
        { "text.msu",  "This is not a cabinet.",   22 },
        { "short.msu", "MSCF\0\0\0\0",             8 },
        { "zeros.cab", "\0\0\0\0\0\0\0\0\0\0\0\0", 12 },
        { "short.exe", "MZ\0\0",                   4 },
    };
    char *folder;

    (void)state;
    skip_where_impossible();
    folder = place_create();
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char   *path = place_path(folder, rows[i].name);
        wz_file file;

        place_write(path, rows[i].bytes, rows[i].length);
        file = check_file(path);
        CHECK_ROW(i, file.signature == WZ_SIGNATURE_NONE || file.signature == WZ_SIGNATURE_INVALID);
        CHECK_ROW(i, file.signer == NULL);
        wz_file_clear(&file);
        free(path);
    }
    place_remove(folder);
}

int test_signature(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_microsofts_own_root_and_names_count),
        cmocka_unit_test(a_cabinet_without_signature_has_none),
        cmocka_unit_test(a_certificate_that_only_says_microsoft_is_not_microsofts),
        cmocka_unit_test(what_is_no_cabinet_is_not_microsofts),
    };

    return cmocka_run_group_tests_name("signature", tests, NULL, NULL);
}
