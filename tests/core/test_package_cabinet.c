#include "check.h"
#include "core/package_cabinet.h"
#include "make_cab.h"
#include "resource.h"

typedef struct memory { const wz_text *bytes; uint64_t highest; bool fails; } memory;

static bool memory_read(void *context, uint64_t at, void *to, size_t length)
{
    memory *self = context;

    if (self->fails || at > self->bytes->length || length > self->bytes->length - at)
        return false;
    memcpy(to, self->bytes->at + at, length);
    if (at + length > self->highest)
        self->highest = at + length;
    return true;
}

static wz_status read_text(const wz_text *bytes, wz_cabinet *out, wz_error *err)
{
    memory    of = { .bytes = bytes };
    wz_source source = { memory_read, &of, bytes->length };

    return wz_cabinet_read("x.msu", &source, out, err);
}

static const cab_member good[] = {
    CAB_TEXT("WSUSSCAN.cab", "scan"),
    CAB_TEXT("Windows6.0-KB4493730-x64.cab", "inner"),
    CAB_TEXT("Windows6.0-KB4493730-x64.xml", "<unattend/>"),
    CAB_TEXT("Windows6.0-KB4493730-x64-pkgProperties.txt", "a=\"b\""),
};

static void a_table_of_contents_is_read(void **state)
{
    static const wz_member members[] = { WZ_MEMBER_OTHER, WZ_MEMBER_CABINET, WZ_MEMBER_UNATTEND,
                                         WZ_MEMBER_PROPERTIES };
    wz_text    bytes = cab_make(good, CHECK_COUNT(good));
    wz_cabinet cabinet = { 0 };
    uint64_t   before = bytes.length;

    (void)state;
    wz_text_add(&bytes, "a signature may follow");
    assert_int_equal(read_text(&bytes, &cabinet, NULL), WZ_OK);
    assert_int_equal(cabinet.count, CHECK_COUNT(good));
    assert_int_equal(cabinet.bytes, before);
    assert_int_equal(cabinet.wanted, 3);
    assert_false(cabinet.is_payload);
    for (size_t i = 0; i < cabinet.count; i++) {
        CHECK_TEXT(cabinet.entries[i].name, good[i].name);
        CHECK_ROW(i, cabinet.entries[i].bytes == good[i].length);
        CHECK_ROW(i, cabinet.entries[i].member == members[i]);
    }
    wz_cabinet_clear(&cabinet);
    wz_text_clear(&bytes);
}

/* In a payload cabinet an .xml or a .cab is a file to be installed, not a description. */
static void a_payload_cabinet_has_manifests_only(void **state)
{
    static const cab_member payload[] = {
        CAB_TEXT("_manifest_.cix.xml", "<x/>"), CAB_TEXT("update.mum", "<assembly/>"), CAB_TEXT("f/data.cab", "MSCF"),
        CAB_TEXT("package_1_for_kb4493730~31bf3856ad364e35~amd64~~6.0.1.0.mum", "<assembly/>"),
        CAB_TEXT("f/x-pkgProperties.txt", "x"),
    };
    static const wz_member members[] = { WZ_MEMBER_OTHER, WZ_MEMBER_MANIFEST, WZ_MEMBER_OTHER,
                                         WZ_MEMBER_MANIFEST_OTHER, WZ_MEMBER_OTHER };
    wz_text    bytes = cab_make(payload, CHECK_COUNT(payload));
    wz_cabinet cabinet = { 0 };

    (void)state;
    assert_int_equal(read_text(&bytes, &cabinet, NULL), WZ_OK);
    assert_true(cabinet.is_payload);
    for (size_t i = 0; i < CHECK_COUNT(members); i++)
        CHECK_ROW(i, cabinet.entries[i].member == members[i]);
    wz_cabinet_clear(&cabinet);
    wz_text_clear(&bytes);
}

/* No length of a cut file passes, none is read past its end (the sanitizer watches). */
static void a_file_cut_at_any_byte_is_refused(void **state)
{
    wz_text whole = cab_make(good, CHECK_COUNT(good));

    (void)state;
    for (size_t length = 0; length < whole.length; length++) {
        wz_text    cut = { .at = wz_copy_part(whole.at, length), .length = length };
        wz_cabinet cabinet = { 0 };
        wz_error   error = { 0 };

        CHECK_ROW(length, read_text(&cut, &cabinet, &error) == WZ_E_FORMAT);
        CHECK_ROW(length, error.reason == (length == 0 ? IDS_REASON_EMPTY
                                           : length < 4 ? IDS_CABINET_NONE : IDS_REASON_TRUNCATED));
        assert_null(cabinet.entries);
        free(cut.at);
    }
    wz_text_clear(&whole);
}

static void names_that_leave_the_folder_are_refused(void **state)
{
    static const char *const bad[] = {
        "..\\x.xml", "../x.xml", "a\\..\\..\\x", "a/../x", "\\x", "/x", "C:\\x", "c:x", "\\\\server\\x", "..", ".",
        "a\\..", "x:stream", ".. \\x", "...\\x", "x\ny", "a|b", "", "a\\.\\b", "..\\..\\windows\\system32\\wusa.exe",
    };
    static const char *const fine[] = { "x", "a\\b", "a/b/c.txt", "..x", ".x", "x..", "a\\.b", "8", "\xC3\xA4.txt" };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(fine); i++)
        CHECK_ROW(i, wz_cabinet_name_is_safe(fine[i]));
    for (size_t i = 0; i < CHECK_COUNT(bad); i++) {
        cab_member member = { bad[i], "x", 1 };
        wz_text    bytes = cab_make(&member, 1);
        wz_cabinet cabinet = { 0 };
        wz_error   error = { 0 };

        CHECK_ROW(i, read_text(&bytes, &cabinet, &error) == WZ_E_FORMAT && error.reason == IDS_CABINET_NAME);
        wz_text_clear(&bytes);
    }
}

static wz_text many(size_t count)
{
    cab_member *members = wz_new_array(count, cab_member);
    char       *names = wz_new_array(count * 8, char);
    wz_text     bytes;

    for (size_t i = 0; i < count; i++) {
        snprintf(names + i * 8, 8, "%u", (unsigned)i % 100000);
        members[i] = (cab_member){ names + i * 8, "x", 1 };
    }
    bytes = cab_make(members, count);
    free(names);
    free(members);
    return bytes;
}

static void ten_thousand_entries_are_the_limit(void **state)
{
    wz_text    bytes = many(10000);
    wz_cabinet cabinet = { 0 };
    wz_error   error = { 0 };

    (void)state;
    assert_int_equal(read_text(&bytes, &cabinet, &error), WZ_OK);
    assert_int_equal(cabinet.count, 10000);
    wz_cabinet_clear(&cabinet);
    wz_text_clear(&bytes);
    bytes = many(10001);
    assert_int_equal(read_text(&bytes, &cabinet, &error), WZ_E_LIMIT);
    assert_int_equal(error.reason, IDS_CABINET_ENTRIES);
    wz_text_clear(&bytes);
}

static void what_would_grow_without_bounds_is_refused(void **state)
{
    wz_text    bytes = cab_make_bomb("x.cab", 600);
    wz_cabinet cabinet = { 0 };
    wz_error   error = { 0 };

    (void)state;
    assert_int_equal(read_text(&bytes, &cabinet, &error), WZ_E_LIMIT);
    assert_int_equal(error.reason, IDS_CABINET_RATIO);
    wz_text_clear(&bytes);
    bytes = cab_make_bomb("x-pkgProperties.txt", 200);         /* 6.5 MB: fine but for what it claims to be */
    assert_int_equal(read_text(&bytes, &cabinet, &error), WZ_E_LIMIT);
    assert_int_equal(error.reason, IDS_CABINET_MEMBER);
    wz_text_clear(&bytes);
}

/* One number of a good cabinet changed. */
static void tables_that_cannot_be_are_refused(void **state)
{
    static const struct { size_t at; uint32_t number; unsigned bytes; unsigned reason; } rows[] = {
        { 0,  0x4643534E, 4, IDS_CABINET_NONE },       /* NSCF */
        { 24, 0x0203,     2, IDS_CABINET_NONE },       /* version 2.3 */
        { 24, 0x0104,     2, IDS_CABINET_NONE },
        { 8,  0xFFFFFFFF, 4, IDS_REASON_TRUNCATED },   /* longer than the file */
        { 8,  20,         4, IDS_REASON_TRUNCATED },   /* shorter than its header */
        { 16, 0,          4, IDS_CABINET_HEADER },     /* table of files inside the header */
        { 16, 0xFFFFFFF0, 4, IDS_CABINET_HEADER },
        { 26, 0,          2, IDS_CABINET_HEADER },     /* no folder */
        { 26, 0xFFFF,     2, IDS_CABINET_HEADER },
        { 28, 0,          2, IDS_CABINET_HEADER },     /* no file */
        { 28, 0xFFFF,     2, IDS_CABINET_ENTRIES },
        { 28, 5,          2, 0 },                      /* one more than there is: some reason */
        { 30, 1,          2, IDS_CABINET_SET },
        { 30, 2,          2, IDS_CABINET_SET },
        { 30, 4,          2, 0 },                      /* a reserve that is not there */
        { 36, 0xFFFFFFF0, 4, IDS_CABINET_HEADER },     /* data beyond the end */
        { 36, 50,         4, IDS_CABINET_HEADER },     /* data inside the table */
        { 40, 0,          2, IDS_CABINET_HEADER },     /* no block for the files */
        { 40, 0xFFFF,     2, IDS_REASON_TRUNCATED },   /* more blocks than bytes */
        { 44, 0xFFFFFFFF, 4, IDS_CABINET_HEADER },     /* a file larger than its folder */
        { 48, 0xFFFFFFFF, 4, IDS_CABINET_HEADER },     /* a file behind its folder */
        { 52, 1,          2, IDS_CABINET_HEADER },     /* a folder that is not there */
        { 52, 0xFFFF,     2, IDS_CABINET_SET },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text    bytes = cab_make(good, CHECK_COUNT(good));
        wz_cabinet cabinet = { 0 };
        wz_error   error = { 0 };

        cab_put(&bytes, rows[i].at, rows[i].number, rows[i].bytes);
        CHECK_ROW(i, read_text(&bytes, &cabinet, &error) != WZ_OK);
        CHECK_ROW(i, rows[i].reason == 0 ? error.reason != 0 : error.reason == rows[i].reason);
        assert_null(cabinet.entries);
        wz_text_clear(&bytes);
    }
}

/* Every byte of a good one changed, each to several values: refused or read, never past its end. */
static void any_changed_byte_is_survived(void **state)
{
    static const unsigned char values[] = { 0x00, 0x01, 0x7F, 0x80, 0xFF };
    wz_text bytes = cab_make(good, CHECK_COUNT(good));

    (void)state;
    for (size_t at = 0; at < bytes.length; at++)
        for (size_t i = 0; i < CHECK_COUNT(values); i++) {
            char       was = bytes.at[at];
            wz_cabinet cabinet = { 0 };
            wz_error   error = { 0 };

            bytes.at[at] = (char)values[i];
            if (read_text(&bytes, &cabinet, &error) != WZ_OK)
                assert_true(error.reason != 0);
            wz_cabinet_clear(&cabinet);
            bytes.at[at] = was;
        }
    wz_text_clear(&bytes);
}

static void descriptions_occur_once(void **state)
{
    static const cab_member properties[] = { CAB_TEXT("a-pkgProperties.txt", "1"),
                                             CAB_TEXT("b-PKGPROPERTIES.TXT", "2") };
    static const cab_member manifests[] = { CAB_TEXT("update.mum", "1"), CAB_TEXT("Update.mum", "2") };
    static const cab_member both[] = { CAB_TEXT("x-pkgProperties.txt", "1"), CAB_TEXT("update.mum", "2") };
    const cab_member *const rows[] = { properties, manifests, both };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text    bytes = cab_make(rows[i], 2);
        wz_cabinet cabinet = { 0 };
        wz_error   error = { 0 };

        CHECK_ROW(i, read_text(&bytes, &cabinet, &error) == WZ_E_FORMAT && error.reason == IDS_CABINET_TWICE);
        wz_text_clear(&bytes);
    }
}

static void a_source_that_fails_is_not_called_a_bad_cabinet(void **state)
{
    wz_text    bytes = cab_make(good, CHECK_COUNT(good));
    memory     of = { .bytes = &bytes, .fails = true };
    wz_source  source = { memory_read, &of, bytes.length };
    wz_cabinet cabinet = { 0 };
    wz_error   error = { 0 };

    (void)state;
    assert_int_equal(wz_cabinet_read("x", &source, &cabinet, &error), WZ_E_IO);
    assert_int_equal(error.reason, 0);
    wz_text_clear(&bytes);
}

int test_package_cabinet(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_of_contents_is_read),
        cmocka_unit_test(a_payload_cabinet_has_manifests_only),
        cmocka_unit_test(a_file_cut_at_any_byte_is_refused),
        cmocka_unit_test(names_that_leave_the_folder_are_refused),
        cmocka_unit_test(ten_thousand_entries_are_the_limit),
        cmocka_unit_test(what_would_grow_without_bounds_is_refused),
        cmocka_unit_test(tables_that_cannot_be_are_refused),
        cmocka_unit_test(any_changed_byte_is_survived),
        cmocka_unit_test(descriptions_occur_once),
        cmocka_unit_test(a_source_that_fails_is_not_called_a_bad_cabinet),
    };

    return cmocka_run_group_tests_name("package_cabinet", tests, NULL, NULL);
}
