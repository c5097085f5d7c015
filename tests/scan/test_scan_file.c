#include "check.h"
#include "scan/image.h"
#include "scan/scan.h"

static void scan(const char *path, const wz_text *file, wz_findings *list, wz_scan_note *note)
{
    assert_int_equal(wz_scan_file(path, (wz_view){ file->at, file->length }, NULL, list, note), WZ_OK);
}

static void clear(wz_text *file, wz_findings *list)
{
    wz_findings_clear(list);
    wz_text_clear(file);
}

/* ---- .NET ---- */

static const char metadata[] = "\0get_Build\0get_OSVersion\0get_Version\0Main\0";
static const char plain_metadata[] = "\0get_Port\0Main\0";

typedef struct managed {
    const char *il;
    size_t      length;
    const char *names;
    size_t      names_length;
} managed;

static void make_managed(wz_text *out, const managed *what)
{
    static const image_directory directory[] = { { 14, 2 * IMAGE_STEP, 72 } };
    uint8_t    header[72] = { 72, 0, 0, 0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 0, 0, 1 };
    image_part parts[] = {
        { ".text", IMAGE_CODE, what->il, what->length },
        { ".cli", IMAGE_DATA, header, sizeof header },
        { ".meta", IMAGE_DATA, what->names, what->names_length },
    };

    header[12] = (uint8_t)what->names_length;
    image_make(out, 0x14C, 3, parts, 3, directory, 1);
}

#define MANAGED(bytes) { bytes, sizeof bytes - 1, metadata, sizeof metadata }

static void judges_net_code(void **state)
{
    static const struct { managed code; size_t count; wz_grade grade; wz_rule rule; wz_excuse excuse; } rows[] = {
        /* call get_Build, ldc.i4 6002, bne.un.s */
        { MANAGED("\x02\x6F\x01\x00\x00\x0A\x20\x72\x17\x00\x00\x33\x05\x2A"), 1, WZ_GRADE_A, WZ_RULE_IL_EQUAL,
          WZ_EXCUSE_NONE },
        /* ldloc, ldc.i4 6002, ceq */
        { MANAGED("\x00\x00\x00\x00\x06\x20\x72\x17\x00\x00\xFE\x01\x2A"), 1, WZ_GRADE_B, WZ_RULE_IL_EQUAL,
          WZ_EXCUSE_NONE },
        { MANAGED("\x06\x20\x72\x17\x00\x00\xFE\x02\x2A"), 1, WZ_GRADE_C, WZ_RULE_IL_RANGE, WZ_EXCUSE_NONE },
        { MANAGED("\x06\x20\x73\x17\x00\x00\x32\x02\x2A"), 1, WZ_GRADE_C, WZ_RULE_IL_RANGE, WZ_EXCUSE_NONE },
        { MANAGED("\x06\x20\x72\x17\x00\x00\x32\x02\x2A"), 1, WZ_GRADE_NONE, WZ_RULE_IL_RANGE,
          WZ_EXCUSE_OPEN_RANGE },
        { MANAGED("\x06\x20\x72\x17\x00\x00\x2E\x08\x06\x20\x73\x17\x00\x00\x2E\x02\x2A"), 1, WZ_GRADE_NONE,
          WZ_RULE_IL_EQUAL, WZ_EXCUSE_KNOWS_6003 },
        { { "\x06\x20\x72\x17\x00\x00\x2E\x08\x2A", 9, plain_metadata, sizeof plain_metadata }, 1, WZ_GRADE_NONE,
          WZ_RULE_IL_EQUAL, WZ_EXCUSE_UNRELATED },
        /* an argument, and the bytes inside a longer number */
        { MANAGED("\x06\x20\x72\x17\x00\x00\x28\x01\x00\x00\x0A\x2A"), 0, WZ_GRADE_NONE, WZ_RULE_IL_EQUAL,
          WZ_EXCUSE_NONE },
        { MANAGED("\x21\x72\x17\x00\x00\x2E\x08\x00\x00\x2A"), 0, WZ_GRADE_NONE, WZ_RULE_IL_EQUAL, WZ_EXCUSE_NONE },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text      file = { 0 };
        wz_findings  list = { 0 };
        wz_scan_note note;

        make_managed(&file, &rows[i].code);
        scan("a.exe", &file, &list, &note);
        CHECK_ROW(i, note.kind == WZ_SCAN_MANAGED);
        CHECK_ROW(i, list.count == rows[i].count);
        if (list.count > 0) {
            CHECK_ROW(i, list.items[0].rule == rows[i].rule && list.items[0].excuse == rows[i].excuse);
            CHECK_ROW(i, list.items[0].grade == rows[i].grade);
            CHECK_ROW(i, memcmp(file.at + list.items[0].offset, "\x72\x17", 2) == 0
                         || memcmp(file.at + list.items[0].offset, "\x73\x17", 2) == 0);
        }
        clear(&file, &list);
    }
}

/* ---- data ---- */

static const uint8_t ret[] = { 0xC3 };

static void judges_tables_and_texts(void **state)
{
    static const uint32_t offsets[] = { 6000, 0x84, 6001, 0x9C, 6002, 0xA8, 7600, 0xB0 };
    static const uint32_t with_new[] = { 6001, 0x9C, 6002, 0xA8, 6003, 0xA8, 7601, 0xB0 };
    static const uint32_t names[] = { 6001, 0x420000, 6002, 0x420010, 7600, 0x420020 };
    static const uint32_t alone[] = { 5999, 6002, 6005, 17 };
    static const struct {
        const void *bytes;
        size_t      length;
        const char *source;
        int         rule;
        wz_grade    grade;
        wz_excuse   excuse;
    } rows[] = {
        { offsets, sizeof offsets, "RtlGetVersion", WZ_RULE_DATA_TABLE, WZ_GRADE_C, WZ_EXCUSE_NONE },
        { offsets, sizeof offsets, "nothing", WZ_RULE_DATA_TABLE, WZ_GRADE_NONE, WZ_EXCUSE_UNRELATED },
        { with_new, sizeof with_new, "RtlGetVersion", WZ_RULE_DATA_TABLE, WZ_GRADE_NONE, WZ_EXCUSE_KNOWS_6003 },
        { names, sizeof names, "RtlGetVersion", WZ_RULE_DATA_TABLE, WZ_GRADE_NONE, WZ_EXCUSE_NAMES },
        { alone, sizeof alone, "RtlGetVersion", -1, WZ_GRADE_NONE, WZ_EXCUSE_NONE },
        { "\0\0006.0.6002\0", 11, "RtlGetVersion", WZ_RULE_DATA_TEXT, WZ_GRADE_D, WZ_EXCUSE_NONE },
        { "\0\0006\0.\0000\0.\0006\0000\0000\0002\0\0\0", 20, "RtlGetVersion", WZ_RULE_DATA_TEXT, WZ_GRADE_D,
          WZ_EXCUSE_NONE },
        { "\0\0006\0000\0000\0002\0\0\0", 12, "RtlGetVersion", WZ_RULE_DATA_TEXT, WZ_GRADE_D, WZ_EXCUSE_NONE },
        { "\0\0006.0.6002.18005\0", 17, "RtlGetVersion", WZ_RULE_DATA_TEXT, WZ_GRADE_NONE, WZ_EXCUSE_COMPONENT },
        { "call +1 555 6002\0", 17, "RtlGetVersion", -1, WZ_GRADE_NONE, WZ_EXCUSE_NONE },
        { "x_6.0.6002.18005_none\0", 22, "RtlGetVersion", -1, WZ_GRADE_NONE, WZ_EXCUSE_NONE },
    };
    /* one block of relocations for page 20000h: the three pointers of names */
    static const uint16_t fixups[] = { 0, 2, 16, 0, 0x3004, 0x300C, 0x3014, 0 };
    static const image_directory directory[] = { { 5, 4 * IMAGE_STEP, sizeof fixups } };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        image_part parts[] = {
            { ".text", IMAGE_CODE, ret, sizeof ret }, { ".rdata", IMAGE_DATA, rows[i].bytes, rows[i].length },
            { ".data", IMAGE_DATA, rows[i].source, strlen(rows[i].source) + 1 },
            { ".reloc", IMAGE_DATA, fixups, sizeof fixups },
        };
        wz_text      file = { 0 };
        wz_findings  list = { 0 };
        wz_scan_note note;

        image_make(&file, 0x14C, 3, parts, 4, directory, rows[i].excuse == WZ_EXCUSE_NAMES);
        scan("a.exe", &file, &list, &note);
        CHECK_ROW(i, list.count == (rows[i].rule >= 0));
        if (list.count > 0) {
            CHECK_ROW(i, (int)list.items[0].rule == rows[i].rule && list.items[0].grade == rows[i].grade);
            CHECK_ROW(i, list.items[0].excuse == rows[i].excuse);
            CHECK_TEXT(list.items[0].section, ".rdata");
        }
        clear(&file, &list);
    }
}

/* The same bytes among resources and symbols of a debugger are the file's own version, not a test of one. */
static void leaves_resources_alone(void **state)
{
    static const char *const names[] = { ".rsrc", ".reloc", ".debug", "/4" };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        image_part   parts[] = { { ".text", IMAGE_CODE, ret, 1 },
                                 { names[i], IMAGE_DATA, "RtlGetVersion\0006.0.6002\0", 23 } };
        wz_text      file = { 0 };
        wz_findings  list = { 0 };
        wz_scan_note note;

        image_make(&file, 0x8664, 3, parts, 2, NULL, 0);
        scan("a.dll", &file, &list, &note);
        CHECK_ROW(i, list.count == 0);
        clear(&file, &list);
    }
}

/* ---- code that a compiler does not write on demand ---- */

/* 64 times nop, so that there is something to agree on, then the bytes. */
static void make_code(wz_text *out, unsigned subsystem, const char *code, size_t length, bool relocated)
{
    static const image_directory directory[] = { { 5, 3 * IMAGE_STEP, 12 } };
    uint16_t fixup[] = { 0, 1, 12, 0, 0x3080, 0 };     /* the four bytes at 10080h */
    char     bytes[512];
    image_part parts[] = { { ".text", IMAGE_CODE, bytes, 512 }, { ".data", IMAGE_DATA, "NtBuildNumber", 14 },
                           { ".reloc", IMAGE_DATA, fixup, sizeof fixup } };

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i % 8 == 7 ? '\x40' : '\x90';       /* inc eax now and then */
    memcpy(bytes + 0x7F, code, length);
    image_make(out, 0x14C, subsystem, parts, 3, directory, relocated);
}

static void judges_code_by_hand(void **state)
{
    static const struct {
        const char *bytes;
        size_t      length;
        unsigned    subsystem;
        bool        relocated;
        wz_grade    grade;
        wz_excuse   excuse;
        const char *place;             /* NULL: nothing is found */
    } rows[] = {
        /* cmp eax, 6002; je: B in a program, A in a driver */
        { "\x3D\x72\x17\x00\x00\x74\x02", 7, 3, false, WZ_GRADE_B, WZ_EXCUSE_NONE, "cmp eax, 1772h" },
        { "\x3D\x72\x17\x00\x00\x74\x02", 7, 1, false, WZ_GRADE_A, WZ_EXCUSE_NONE, "cmp eax, 1772h" },
        /* the number is part of an address that the loader changes */
        { "\x3D\x72\x17\x00\x00\x74\x02", 7, 3, true, WZ_GRADE_NONE, WZ_EXCUSE_NONE, NULL },
        /* an assertion: je around int 2Ch */
        { "\x3D\x72\x17\x00\x00\x74\x02\xCD\x2C", 9, 1, false, WZ_GRADE_NONE, WZ_EXCUSE_ASSERT, "cmp eax, 1772h" },
        /* cmp ax, 6002; sete al */
        { "\x66\x3D\x72\x17\x0F\x94\xC0", 7, 3, false, WZ_GRADE_B, WZ_EXCUSE_NONE, "cmp ax, 1772h" },
        /* sub eax, 6000; je; dec eax; je; dec eax; je: an old switch; and with one more, for 6003 */
        { "\x2D\x70\x17\x00\x00\x74\x10\x48\x74\x10\x48\x74\x10", 13, 3, false, WZ_GRADE_B, WZ_EXCUSE_NONE,
          "sub eax, 1770h" },
        { "\x2D\x70\x17\x00\x00\x74\x10\x48\x74\x10\x48\x74\x10\x48\x74\x10", 16, 3, false, WZ_GRADE_NONE,
          WZ_EXCUSE_KNOWS_6003, "sub eax, 1770h" },
        /* lea ecx, [eax-6000]; cmp ecx, 2; ja */
        { "\x8D\x88\x90\xE8\xFF\xFF\x83\xF9\x02\x77\x10", 11, 3, false, WZ_GRADE_C, WZ_EXCUSE_NONE,
          "lea ecx, [eax-1770h]" },
        /* and eax, -2; cmp eax, 6002; je: 6002 and 6003 */
        { "\x83\xE0\xFE\x3D\x72\x17\x00\x00\x74\x02", 10, 3, false, WZ_GRADE_NONE, WZ_EXCUSE_KNOWS_6003,
          "cmp eax, 1772h" },
        /* mov al, [ecx*4+esi-24000] */
        { "\x8A\x84\x8E\x40\xA2\xFF\xFF", 7, 3, false, WZ_GRADE_C, WZ_EXCUSE_NONE, "[esi+ecx*4-5DC0h]" },
        /* cmp word [abs], 6002; jne */
        { "\x66\x81\x3D\x00\x00\x42\x00\x72\x17\x75\x02", 11, 3, false, WZ_GRADE_B, WZ_EXCUSE_NONE,
          "cmp word [420000h], 1772h" },
        /* push 6002, mov edx, 6002, test eax, 6002, and a jump that has these bytes */
        { "\x68\x72\x17\x00\x00", 5, 3, false, WZ_GRADE_NONE, WZ_EXCUSE_NONE, NULL },
        { "\xBA\x72\x17\x00\x00", 5, 3, false, WZ_GRADE_NONE, WZ_EXCUSE_NONE, NULL },
        { "\xE9\x72\x17\x00\x00", 5, 3, false, WZ_GRADE_NONE, WZ_EXCUSE_NONE, NULL },
        /* mov eax, [eax+17723D00h]: 3D 72 17 lies across an instruction's bytes */
        { "\x8B\x80\x00\x3D\x72\x17\x00\x00", 8, 3, false, WZ_GRADE_NONE, WZ_EXCUSE_NONE, NULL },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text      file = { 0 };
        wz_findings  list = { 0 };
        wz_scan_note note;

        make_code(&file, rows[i].subsystem, rows[i].bytes, rows[i].length, rows[i].relocated);
        scan("a.sys", &file, &list, &note);
        CHECK_ROW(i, note.is_driver == (rows[i].subsystem == 1));
        if (rows[i].place == NULL) {
            CHECK_ROW(i, list.count == 0);
        } else {
            CHECK_ROW(i, list.count == 1);
            CHECK_TEXT(list.items[0].place, rows[i].place);
            CHECK_ROW(i, list.items[0].grade == rows[i].grade && list.items[0].excuse == rows[i].excuse);
            CHECK_TEXT(list.items[0].source, "NtBuildNumber");
        }
        clear(&file, &list);
    }
}

/* ---- files without an answer ---- */

static void says_when_it_cannot_tell(void **state)
{
    uint8_t      even[16384];
    static const struct { const char *bytes; size_t length; } archives[] = {
        { "MSCF\0\0\0\0xxxx", 12 }, { "PK\x03\x04xxxx", 8 }, { "7z\xBC\xAF\x27\x1Cxx", 8 }, { "Rar!\x1A\x07\0", 7 },
    };
    wz_text      file = { 0 };
    wz_findings  list = { 0 };
    wz_scan_note note;
    uint32_t     seed = 1;

    (void)state;
    for (size_t i = 0; i < sizeof even; i++) {
        seed = seed * 1664525 + 1013904223;
        even[i] = (uint8_t)(seed >> 24);
    }
    {
        const image_part packed[] = { { ".text", IMAGE_CODE, even, sizeof even } };
        const image_part upx[] = { { "UPX0", IMAGE_CODE, NULL, 0 }, { "UPX1", IMAGE_CODE, ret, 1 } };
        const image_part plain[] = { { ".text", IMAGE_CODE, ret, 1 } };

        image_make(&file, 0x14C, 2, packed, 1, NULL, 0);
        scan("a.exe", &file, &list, &note);
        assert_int_equal(note.unknown, WZ_UNKNOWN_PACKED);
        image_make(&file, 0x14C, 2, upx, 2, NULL, 0);
        scan("a.exe", &file, &list, &note);
        assert_int_equal(note.unknown, WZ_UNKNOWN_PACKED);

        image_make(&file, 0x14C, 2, plain, 1, NULL, 0);
        scan("a.exe", &file, &list, &note);
        assert_int_equal(note.unknown, WZ_UNKNOWN_NOT);
        wz_text_append(&file, "\0\0\0\0\xEF\xBE\xAD\xDENullsoftInst", 20);
        wz_text_append(&file, (const char *)even, sizeof even);
        scan("setup.exe", &file, &list, &note);
        assert_int_equal(note.unknown, WZ_UNKNOWN_COMPRESSED);

        image_make(&file, 0xAA64, 2, plain, 1, NULL, 0);
        scan("a.exe", &file, &list, &note);
        assert_int_equal(note.unknown, WZ_UNKNOWN_MACHINE);
        image_make(&file, 0x14C, 2, plain, 1, NULL, 0);
        file.at[0x80 + 6] = '\xFF';                    /* 255 sections in a file of 1.5 KB */
        scan("a.exe", &file, &list, &note);
        assert_int_equal(note.unknown, WZ_UNKNOWN_BROKEN);
    }
    for (size_t i = 0; i < CHECK_COUNT(archives); i++) {
        assert_int_equal(wz_scan_file("a.cab", (wz_view){ archives[i].bytes, archives[i].length }, NULL, &list, &note),
                         WZ_OK);
        CHECK_ROW(i, note.kind == WZ_SCAN_ARCHIVE && note.unknown == WZ_UNKNOWN_COMPRESSED);
    }
    assert_int_equal(list.count, 0);
    for (int i = WZ_UNKNOWN_PACKED; i < WZ_UNKNOWN_COUNT; i++)
        assert_int_not_equal(wz_unknown_word((wz_unknown)i), 0);
    clear(&file, &list);
}

static void reads_conditions_of_installers(void **state)
{
    static const struct { const char *condition; size_t count; wz_grade grade; } rows[] = {
        { "WindowsBuild = 6002", 1, WZ_GRADE_B },       { "WindowsBuild=\"6002\"", 1, WZ_GRADE_B },
        { "WindowsBuild <= 6002", 1, WZ_GRADE_C },      { "WindowsBuild >= 6002", 1, WZ_GRADE_NONE },
        { "WindowsBuild = 6002 OR WindowsBuild = 6003", 1, WZ_GRADE_NONE },
        { "WindowsBuild >= 6000", 0, WZ_GRADE_NONE },   { "VersionNT = 600", 0, WZ_GRADE_NONE },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char         file[1024] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        wz_findings  list = { 0 };
        wz_scan_note note;

        memcpy(file + 700, rows[i].condition, strlen(rows[i].condition));
        assert_int_equal(wz_scan_file("a.msi", (wz_view){ file, sizeof file }, NULL, &list, &note), WZ_OK);
        CHECK_ROW(i, note.kind == WZ_SCAN_INSTALLER && list.count == rows[i].count);
        CHECK_ROW(i, list.count == 0 || list.items[0].grade == rows[i].grade);
        CHECK_ROW(i, list.by_grade[rows[i].grade] == rows[i].count);
        wz_findings_clear(&list);
    }
}

static bool stop(void *context)
{
    unsigned *left = context;

    return (*left)-- == 0;
}

static void stops_when_asked(void **state)
{
    wz_text      file = { 0 };
    wz_findings  list = { 0 };
    wz_scan_note note;
    unsigned     left = 1;
    wz_progress  progress = { .is_cancelled = stop, .context = &left };
    uint8_t     *zeros = calloc(1, 8 << 20);
    image_part   parts[] = { { ".text", IMAGE_CODE, zeros, 8 << 20 } };

    (void)state;
    assert_non_null(zeros);
    image_make(&file, 0x14C, 2, parts, 1, NULL, 0);
    assert_int_equal(wz_scan_file("a.exe", (wz_view){ file.at, file.length }, &progress, &list, &note),
                     WZ_E_CANCELLED);
    free(zeros);
    clear(&file, &list);
}

static void wants_programs_and_scripts(void **state)
{
    static const char *const yes[] = { "C:\\a.EXE", "b.sys", "c.Ps1", "d.msi", "e.cmd", "f.ocx",
                                       "\\\\s\\sysvol\\g.vbs" };
    static const char *const no[] = { "a.txt", "b.jpg", "exe", ".exe", "c.pdb", "d.log", "" };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(yes); i++)
        CHECK_ROW(i, wz_scan_wants(yes[i]));
    for (size_t i = 0; i < CHECK_COUNT(no); i++)
        CHECK_ROW(i, !wz_scan_wants(no[i]));
}

int test_scan_file(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_net_code), cmocka_unit_test(judges_tables_and_texts),
        cmocka_unit_test(leaves_resources_alone), cmocka_unit_test(judges_code_by_hand),
        cmocka_unit_test(says_when_it_cannot_tell), cmocka_unit_test(reads_conditions_of_installers),
        cmocka_unit_test(stops_when_asked), cmocka_unit_test(wants_programs_and_scripts),
    };

    return cmocka_run_group_tests_name("scan_file", tests, NULL, NULL);
}
