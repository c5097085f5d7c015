#include "check.h"
#include "core/checksum.h"
#include "resource.h"
#include "words.h"

#define A1 "5cb91f4e9000383f061b80f88feffdf228c2443c"
#define A2 "26bf790fadd11eca1433abd8edc78d2ddfa1fe85fe0d2f67cdffb5de0c069530"
#define B1 "09cb148f6ef10779d7352b7269d66a7f23019207"
#define C1 "0000000000000000000000000000000000000001"
#define A_NAME "windows6.0-kb4493730-x64.msu"
#define B_NAME "windows6.0-kb4493730-x64 (1).msu"

static void file_add(wz_files *files, const char *name, const char *sha1, const char *sha256)
{
    wz_file *file;

    files->items = wz_grow(files->items, files->count, &files->room, sizeof *files->items);
    file = &files->items[files->count++];
    *file = (wz_file){ .name = wz_copy(name), .is_examined = true };
    memcpy(file->sha1, sha1, strlen(sha1) + 1);
    memcpy(file->sha256, sha256, strlen(sha256) + 1);
}

static wz_files make_files(void)
{
    wz_files files = { 0 };

    file_add(&files, A_NAME, A1, A2);
    file_add(&files, B_NAME, B1, "");
    file_add(&files, "locked.cab", "", "");
    files.items[2].is_examined = false;
    wz_fail(&files.items[2].error, WZ_E_BUSY, 32, "locked.cab");
    return files;
}

/* The results as one letter a line: Matches, Differs, No file, Unread, - no checksum. */
static void results_of(wz_view bytes, char *out, size_t room)
{
    wz_files       files = make_files();
    wz_checksums   list = { 0 };
    wz_comparisons all = { 0 };
    wz_text        said = { 0 };

    memset(out, 0, room);
    if (wz_checksums_parse("list", bytes, &list, NULL) == WZ_OK)
        wz_checksums_compare(&list, &files, &all);
    assert_true(all.count < room);
    for (size_t i = 0; i < all.count; i++) {
        out[i] = "MDNU-"[all.items[i].result];
        assert_true((all.items[i].file != NULL) == (strchr("MDU", out[i]) != NULL));
        wz_comparison_say(&all.items[i], test_words(), &said);
        assert_true(said.length > 10);
        wz_text_clear(&said);
    }
    wz_comparisons_clear(&all);
    wz_checksums_clear(&list);
    wz_files_clear(&files);
}

static void all_forms_are_understood(void **state)
{
    static const struct { const char *text, *want; } rows[] = {
        /* sha1sum, sha256sum */
        { A1 "  " A_NAME "\n" A2 "  " A_NAME "\n", "MM" },
        { A1 " *" A_NAME "\r\n" B1 " *" B_NAME, "MM" },
        { A1 "  ./updates/" A_NAME "\n" A1 "  D:\\updates\\" A_NAME "\n", "MM" },
        { "\\" A1 "  D:\\\\updates\\\\" A_NAME "\n", "M" },
        { "5CB91F4E9000383F061B80F88FEFFDF228C2443C  WINDOWS6.0-KB4493730-X64.MSU\n", "M" },
        { "\xEF\xBB\xBF" A1 "  " A_NAME "\n\n# comment\n; comment\n", "M" },
        { B1 "  " A_NAME "\n", "D" },
        { A1 "  other.msu\n" A1 "  locked.cab\n", "NU" },
        /* BSD and openssl */
        { "SHA1 (" A_NAME ") = " A1 "\nSHA256 (" A_NAME ") = " A2 "\n", "MM" },
        { "SHA256(" A_NAME ")= " A2 "\nSHA1(" B_NAME ")= " B1 "\nSHA1 (" B_NAME ") = " A1, "MMD" },
        { "\\SHA1 (x\\\\" A_NAME ") = " A1 "\n", "M" },
        /* certutil, old with blanks and new without, English and not */
        { "SHA1 hash of file " A_NAME ":\r\n5c b9 1f 4e 90 00 38 3f 06 1b 80 f8 8f ef fd f2 28 c2 44 3c\r\n"
          "CertUtil: -hashfile command completed successfully.\r\n", "M" },
        { "SHA256 hash of D:\\updates\\" A_NAME ":\r\n" A2 "\r\nCertUtil: -hashfile command completed successfully.",
          "M" },
        { "SHA1-Hash von " B_NAME ":\r\n" B1 "\r\nCertUtil: -hashfile-Befehl wurde erfolgreich ausgef\xC3\xBChrt.\r\n",
          "M" },
        { "SHA1 \xE7\x9A\x84 " A_NAME " \xE5\x93\x88\xE5\xB8\x8C\xEF\xBC\x9A\r\n" A1 "\r\nCertUtil: x\r\n", "M" },
        { "SHA1 hash of file " A_NAME ":\n" B1 "\n", "D" },
        { "SHA1 hash of file other.msu:\n" A1 "\n", "N" },
        { "SHA1 hash of file x" A_NAME ":\n" A1 "\n", "N" },
        { "SHA1 hash of file " A_NAME ":\n" A1 "\nCertUtil: x\nSHA1 hash of file " B_NAME ":\n" B1 "\nCertUtil: x\n",
          "MM" },
        { "SHA1 hash of file " A_NAME ":\nCertUtil: -hashfile command FAILED: 0x80070002\n" A1 "  " A_NAME, "-M" },
        /* digits alone */
        { A1 "\n" C1 "\n", "MN" },
        /* among others */
        { "Hello,\nhere they are:\n" A1 "  " A_NAME "\nRegards\n", "--M-" },
        { A1 "\tx\n" A1 "x  " A_NAME "\n" A1 "  " A_NAME, "N-M" },
        { A1 "0  " A_NAME "\n" A1 "  " A_NAME "\nd41d8cd98f00b204e9800998ecf8427e  " A_NAME "\n", "-M-" },
        { "SHA1 (" A_NAME ") = 123\nSHA1 () = " A1 "\nSHA1 " A_NAME " = " A1 "\n" A1 "  " A_NAME, "---M" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char got[16];

        results_of((wz_view){ rows[i].text, strlen(rows[i].text) }, got, sizeof got);
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("row %u: %s, not %s", (unsigned)i, got, rows[i].want);
    }
}

static void a_list_from_powershell_is_utf16(void **state)
{
    static const char text[] = A1 "  " A_NAME "\r\n" B1 "  " B_NAME "\r\n";
    char   wide[2 * sizeof text];
    char   got[16];

    (void)state;
    memcpy(wide, "\xFF\xFE", 2);
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        wide[2 + 2 * i] = text[i];
        wide[3 + 2 * i] = 0;
    }
    results_of((wz_view){ wide, 2 * sizeof text }, got, sizeof got);
    CHECK_TEXT(got, "MM");
}

static void lists_without_a_checksum_are_refused(void **state)
{
    static const struct { const char *text; unsigned reason; } rows[] = {
        { "", IDS_REASON_EMPTY }, { "\n \n# x\n", IDS_REASON_EMPTY }, { "CertUtil: no\n", IDS_REASON_EMPTY },
        { "hello\n", IDS_REASON_FORMAT }, { "heading:\n", IDS_REASON_FORMAT }, { "\\", IDS_REASON_FORMAT },
    };
    wz_checksums list = { 0 };
    wz_error     error = { 0 };
    char        *large = wz_new_array(WZ_CHECKSUM_MAX_BYTES + 1, char);

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        CHECK_ROW(i, wz_checksums_parse("list", (wz_view){ rows[i].text, strlen(rows[i].text) }, &list, &error)
                     == WZ_E_FORMAT);
        CHECK_ROW(i, error.reason == rows[i].reason && list.count == 0);
    }
    assert_int_equal(wz_checksums_parse("list", (wz_view){ large, WZ_CHECKSUM_MAX_BYTES + 1 }, &list, &error),
                     WZ_E_LIMIT);
    free(large);
}

/* Any bytes, cut anywhere: an answer, and nothing read past the end. */
static void cut_and_changed_lists_are_survived(void **state)
{
    static const char text[] = "\\" A1 "  a\\\\b\nSHA1 (" A_NAME ") = " A1 "\nSHA1 hash of " A_NAME ":\n" A2 "\n";

    (void)state;
    for (size_t length = 0; length < sizeof text; length++)
        for (int c = 0; c < 256; c += 15) {
            char        *copy = wz_copy_part(text, length);
            wz_checksums list = { 0 };

            if (length > 0)
                copy[length - 1] = (char)c;
            wz_checksums_parse("list", (wz_view){ copy, length }, &list, NULL);
            wz_checksums_clear(&list);
            free(copy);
        }
}

static void results_are_counted_and_named(void **state)
{
    wz_files       files = make_files();
    wz_checksums   list = { 0 };
    wz_comparisons all = { 0 };
    wz_text        said = { 0 };
    static const char text[] = A1 "  " A_NAME "\n" A1 "  " B_NAME "\nwhat\n";

    (void)state;
    assert_int_equal(wz_checksums_parse("list", (wz_view){ text, sizeof text - 1 }, &list, NULL), WZ_OK);
    wz_checksums_compare(&list, &files, &all);
    assert_int_equal(wz_comparisons_count(&all, WZ_CHECKSUM_MATCHES), 1);
    assert_int_equal(wz_comparisons_count(&all, WZ_CHECKSUM_DIFFERS), 1);
    assert_int_equal(wz_comparisons_count(&all, WZ_CHECKSUM_NO_LINE), 1);
    CHECK_TEXT(wz_checksum_result_name(all.items[1].result), "differs");
    wz_comparison_say(&all.items[1], test_words(), &said);
    CHECK_TEXT(said.at, B_NAME ": the checksum differs. Fetch the file again.");
    assert_int_equal(all.items[2].checksum->line, 3);
    wz_text_clear(&said);
    wz_comparisons_clear(&all);
    wz_checksums_clear(&list);
    wz_files_clear(&files);
}

int test_checksum(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_forms_are_understood),
        cmocka_unit_test(a_list_from_powershell_is_utf16),
        cmocka_unit_test(lists_without_a_checksum_are_refused),
        cmocka_unit_test(cut_and_changed_lists_are_survived),
        cmocka_unit_test(results_are_counted_and_named),
    };

    return cmocka_run_group_tests_name("checksum", tests, NULL, NULL);
}
