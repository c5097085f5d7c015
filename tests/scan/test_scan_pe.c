#include "check.h"
#include "scan/corpus.h"
#include "scan/image.h"
#include "scan/pe.h"
#include "scan/scan.h"

static const uint8_t code[] = { 0x3D, 0x72, 0x17, 0, 0, 0x74, 2, 0xC3 };

static void reads_sections_and_addresses(void **state)
{
    static const image_part parts[] = { { ".text", IMAGE_CODE, code, sizeof code },
                                        { ".rsrc", IMAGE_DATA, "RtlGetVersion", 14 },
                                        { ".d\x01ta", IMAGE_DATA, "NtBuildNumber", 14 } };
    wz_text          file = { 0 };
    wz_pe            pe;
    size_t           room;
    const wz_section *section;

    (void)state;
    image_make(&file, 0x8664, 1, parts, 3, NULL, 0);
    assert_int_equal(wz_pe_open((wz_view){ file.at, file.length }, &pe), WZ_PE_FINE);
    assert_true(pe.is_64 && pe.is_driver && !pe.is_managed);
    assert_int_equal(pe.section_count, 3);
    assert_true(pe.sections[0].is_code && !pe.sections[0].is_initialised);
    assert_true(!pe.sections[1].is_code && !pe.sections[1].is_initialised);
    assert_true(pe.sections[2].is_initialised);
    CHECK_TEXT(pe.sections[2].name, ".d?ta");
    section = wz_pe_section(&pe, IMAGE_STEP + 7);
    assert_ptr_equal(section, &pe.sections[0]);
    assert_null(wz_pe_section(&pe, IMAGE_STEP + 8));
    assert_null(wz_pe_at(&pe, IMAGE_STEP + 5, 4, &room));
    assert_memory_equal(wz_pe_at(&pe, IMAGE_STEP + 4, 4, &room), code + 4, 4);
    assert_int_equal(room, 4);
    assert_int_equal(wz_section_rva(section, section->at + 3), IMAGE_STEP + 3);
    CHECK_TEXT(wz_pe_version_name(&pe), "NtBuildNumber");
    wz_text_clear(&file);
}

static void finds_the_function_of_an_address(void **state)
{
    static const uint32_t rows[] = { 0x10000, 0x10010, 0, 0x10020, 0x10080, 0, 0x10100, 0x10101, 0 };
    static const image_part parts[] = { { ".text", IMAGE_CODE, code, sizeof code },
                                        { ".pdata", IMAGE_DATA, rows, sizeof rows } };
    static const image_directory directory[] = { { 3, 2 * IMAGE_STEP, sizeof rows } };
    static const struct { uint32_t rva; bool found; uint32_t begin, end; } cases[] = {
        { 0x10000, true, 0x10000, 0x10010 }, { 0x1000F, true, 0x10000, 0x10010 }, { 0x10010, false, 0, 0 },
        { 0x10050, true, 0x10020, 0x10080 }, { 0x10100, true, 0x10100, 0x10101 }, { 0x10101, false, 0, 0 },
        { 0, false, 0, 0 },
    };
    wz_text file = { 0 };
    wz_pe   pe;

    (void)state;
    image_make(&file, 0x8664, 3, parts, 2, directory, 1);
    assert_int_equal(wz_pe_open((wz_view){ file.at, file.length }, &pe), WZ_PE_FINE);
    for (size_t i = 0; i < CHECK_COUNT(cases); i++) {
        uint32_t begin = 0, end = 0;

        CHECK_ROW(i, wz_pe_function(&pe, cases[i].rva, &begin, &end) == cases[i].found);
        CHECK_ROW(i, begin == cases[i].begin && end == cases[i].end);
    }
    wz_text_clear(&file);
}

static void reads_imports_of_a_real_program(void **state)
{
    wz_text file = { 0 };
    wz_pe   pe;
    bool    has_ex = false, has_mask = false;

    (void)state;
    if (!corpus_read("forms-x86-gcc-O2.dll", &file)) {
        skip();
        return;
    }
    assert_int_equal(wz_pe_open((wz_view){ file.at, file.length }, &pe), WZ_PE_FINE);
    wz_pe_read_imports(&pe);
    assert_int_equal(pe.source_count, 4);
    assert_true(pe.import_count >= 7);
    for (size_t i = 0; i < pe.source_count; i++) {
        assert_ptr_equal(wz_pe_source(&pe, pe.sources[i].rva), &pe.sources[i]);
        has_ex |= strcmp(pe.sources[i].name, "GetVersionExW") == 0;
        has_mask |= pe.sources[i].sets_condition && strcmp(pe.sources[i].name, "VerSetConditionMask") == 0;
    }
    assert_true(has_ex && has_mask);
    wz_text_clear(&file);
}

/* ---- hostile files: sanitizers see what reads beyond the end ---- */

static void scan_exactly(const char *bytes, size_t length)
{
    char        *exact = malloc(length != 0 ? length : 1);
    wz_findings  list = { 0 };
    wz_scan_note note;

    assert_non_null(exact);
    memcpy(exact, bytes, length);
    assert_int_equal(wz_scan_file("a.exe", (wz_view){ exact, length }, NULL, &list, &note), WZ_OK);
    for (size_t i = 0; i < list.count; i++)
        assert_true(list.items[i].offset < length && wz_is_utf8(list.items[i].place, strlen(list.items[i].place)));
    wz_findings_clear(&list);
    free(exact);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Headers and tables with numbers that lie. */
static void mistreat(const wz_text *whole, unsigned rounds)
{
    static const uint32_t numbers[] = { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF8, 0x1000, 0x10000, 40 };
    uint32_t seed = 6002;
    wz_text  file = { 0 };

    for (size_t length = 0; length < 0x480 && length < whole->length; length++)
        scan_exactly(whole->at, length);
    for (unsigned round = 0; round < rounds; round++) {
        file.length = 0;
        wz_text_append(&file, whole->at, whole->length);
        for (unsigned n = 1 + next_random(&seed) % 6; n > 0; n--) {
            bool     in_header = next_random(&seed) % 4 != 0;
            size_t   at = next_random(&seed) % (in_header ? 0x400 : file.length - 4);
            uint32_t number = next_random(&seed) % 2 ? numbers[next_random(&seed) % CHECK_COUNT(numbers)]
                                                     : next_random(&seed);
            unsigned bytes = next_random(&seed) % 4 + 1;

            for (unsigned i = 0; i < bytes; i++)
                file.at[at + i] = (char)(number >> (8 * i));
        }
        scan_exactly(file.at, next_random(&seed) % 8 != 0 ? file.length : next_random(&seed) % file.length);
    }
    wz_text_clear(&file);
}

static void survives_headers_that_lie(void **state)
{
    static const char *const names[] = { "forms-x86-gcc-O0.dll", "forms-x64-gcc-O2.dll" };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        wz_text whole = { 0 };

        if (!corpus_read(names[i], &whole)) {
            skip();
            return;
        }
        mistreat(&whole, 400);
        wz_text_clear(&whole);
    }
}

/* Nothing but candidates, in every alignment: work stays bounded, and a file keeps so many findings only. */
static void bounds_what_one_file_may_cost(void **state)
{
    enum { LENGTH = 256 * 1024 };
    uint8_t     *bytes = malloc(LENGTH);
    image_part   parts[] = { { ".text", IMAGE_CODE, bytes, LENGTH }, { ".data", IMAGE_DATA, "RtlGetVersion", 14 } };
    wz_text      file = { 0 };
    wz_findings  list = { 0 };
    wz_scan_note note;

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = code[i % 7];
    image_make(&file, 0x14C, 3, parts, 2, NULL, 0);
    assert_int_equal(wz_scan_file("a.exe", (wz_view){ file.at, file.length }, NULL, &list, &note), WZ_OK);
    assert_int_equal(list.count, WZ_FINDINGS_PER_FILE);
    assert_true(list.left_off > 1000);
    assert_int_equal(list.by_grade[WZ_GRADE_B], list.count + list.left_off);
    assert_true(list.count + list.left_off <= 20000);
    assert_int_equal(note.unknown, WZ_UNKNOWN_TOO_MUCH);
    wz_findings_clear(&list);
    wz_text_clear(&file);
    free(bytes);
}

int test_scan_pe(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_sections_and_addresses), cmocka_unit_test(finds_the_function_of_an_address),
        cmocka_unit_test(reads_imports_of_a_real_program), cmocka_unit_test(survives_headers_that_lie),
        cmocka_unit_test(bounds_what_one_file_may_cost),
    };

    return cmocka_run_group_tests_name("scan_pe", tests, NULL, NULL);
}
