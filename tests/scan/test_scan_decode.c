#include "check.h"
#include "scan/corpus.h"
#include "scan/decode.h"

/* Forms that compilers seldom write; Intel SDM volume 2, appendix A. */
static void knows_the_length_of_rare_forms(void **state)
{
    static const struct { bool is_64; uint8_t length; uint8_t bytes[15]; } rows[] = {
        { false, 5, { 0x3D, 0x72, 0x17, 0, 0 } },                          /* cmp eax, 6002 */
        { true,  6, { 0x48, 0x3D, 0x72, 0x17, 0, 0 } },                    /* cmp rax */
        { false, 4, { 0x66, 0x3D, 0x72, 0x17 } },                          /* cmp ax */
        { true,  6, { 0x66, 0x41, 0x81, 0xF8, 0x72, 0x17 } },              /* cmp r8w */
        { false, 10, { 0x81, 0x3D, 1, 2, 3, 4, 0x72, 0x17, 0, 0 } },       /* cmp [abs] */
        { false, 4, { 0xC8, 0x10, 0, 1 } },                                /* enter */
        { false, 7, { 0xEA, 1, 2, 3, 4, 5, 6 } },                          /* jmp far */
        { false, 5, { 0xA1, 1, 2, 3, 4 } },                                /* mov eax, moffs */
        { true,  9, { 0xA1, 1, 2, 3, 4, 5, 6, 7, 8 } },
        { true,  10, { 0x48, 0xB8, 1, 2, 3, 4, 5, 6, 7, 8 } },             /* mov rax, imm64 */
        { false, 6, { 0xF7, 0xC1, 1, 2, 3, 4 } },                          /* test: has an immediate */
        { false, 2, { 0xF7, 0xD9 } },                                      /* neg: has none */
        { false, 2, { 0xF6, 0xD9 } },
        { false, 4, { 0x67, 0x8B, 0x46, 8 } },                             /* mov eax, [bp+8] */
        { false, 5, { 0x67, 0x8B, 0x06, 1, 2 } },                          /* mov eax, [0201h] */
        { false, 7, { 0x8B, 0x04, 0x25, 1, 2, 3, 4 } },                    /* SIB without base */
        { false, 3, { 0x8B, 0x04, 0x24 } },
        { false, 2, { 0xC5, 0x06 } },                                      /* lds, not VEX */
        { true,  3, { 0xC5, 0xF8, 0x77 } },                                /* vzeroupper */
        { true,  6, { 0xC4, 0xE3, 0x79, 0x0F, 0xC1, 4 } },                 /* vpalignr */
        { true,  5, { 0xC4, 0xE2, 0x79, 0x18, 0x00 } },                    /* vbroadcastss */
        { false, 2, { 0x62, 0x00 } },                                      /* bound, not EVEX */
        { true,  6, { 0x62, 0xF1, 0x7C, 0x48, 0x28, 0xC1 } },              /* vmovaps zmm */
        { true,  6, { 0x66, 0x0F, 0x3A, 0x0F, 0xC1, 8 } },                 /* palignr */
        { true,  5, { 0x66, 0x0F, 0x38, 0x00, 0xC1 } },                    /* pshufb */
        { true,  3, { 0x0F, 0x22, 0x18 } },                                /* mov cr3: no memory form */
        { false, 4, { 0x0F, 0x0F, 0xC1, 0x9E } },                          /* pfadd */
        { true,  6, { 0x0F, 0x84, 1, 2, 3, 4 } },
        { false, 5, { 0x66, 0x0F, 0x84, 1, 2 } },
        { true,  6, { 0xF2, 0x0F, 0x78, 0xC1, 1, 2 } },                    /* insertq: two immediates */
        { false, 3, { 0x6B, 0xC0, 5 } },
        { true,  4, { 0xF3, 0x0F, 0x1E, 0xFA } },                          /* endbr64 */
        { true,  6, { 0x8F, 0xE8, 0x78, 0xC2, 0xC1, 1 } },                 /* XOP map 8 */
        { true,  2, { 0x8F, 0xC0 } },                                      /* pop rax */
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_insn insn;

        CHECK_ROW(i, wz_decode(rows[i].bytes, 15, rows[i].is_64, &insn));
        CHECK_ROW(i, insn.length == rows[i].length);
        CHECK_ROW(i, wz_decode(rows[i].bytes, rows[i].length, rows[i].is_64, &insn));
        CHECK_ROW(i, !wz_decode(rows[i].bytes, rows[i].length - 1u, rows[i].is_64, &insn));
    }
}

static void refuses_what_is_no_instruction(void **state)
{
    static const struct { bool is_64; uint8_t bytes[15]; } rows[] = {
        { true, { 0x06 } }, { true, { 0x27 } }, { true, { 0x60 } }, { true, { 0xCE } }, { true, { 0xD4, 1 } },
        { true, { 0x9A, 1, 2, 3, 4, 5, 6 } }, { true, { 0x82, 0xC0, 1 } },
        { false, { 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66 } },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_insn insn;

        CHECK_ROW(i, !wz_decode(rows[i].bytes, 15, rows[i].is_64, &insn));
    }
}

static void gives_the_parts(void **state)
{
    static const uint8_t field[] = { 0x41, 0x81, 0x7B, 0x0C, 0x72, 0x17, 0, 0 };   /* cmp dword [r11+0Ch], 6002 */
    wz_insn              insn;

    (void)state;
    assert_true(wz_decode(field, sizeof field, true, &insn));
    assert_int_equal(insn.imm, 6002);
    assert_int_equal(insn.imm_at, 4);
    assert_int_equal(insn.disp, 12);
    assert_int_equal(insn.disp_at, 3);
    assert_int_equal(insn.rex, 0x41);
}

static void check_against_objdump(const char *name, bool is_64)
{
    wz_text rows = { 0 };
    size_t  wrong = 0;

    if (!corpus_read(name, &rows)) {
        skip();
        return;
    }
    for (size_t at = 0; at + 16 <= rows.length; at += 16) {
        const uint8_t *row = (const uint8_t *)rows.at + at;
        wz_insn        insn;
        bool           ok = wz_decode(row + 1, 15, is_64, &insn);

        if (ok && insn.length == row[0])
            continue;
        if (wrong++ < 20) {
            print_error("%s: objdump %u, here %d:", name, row[0], ok ? insn.length : -1);
            for (unsigned i = 1; i <= row[0]; i++)
                print_error(" %02x", row[i]);
            print_error("\n");
        }
    }
    print_message("%s: %u instructions compared, %u differ\n", name, (unsigned)(rows.length / 16), (unsigned)wrong);
    assert_true(rows.length > 16 * 1000);
    wz_text_clear(&rows);
    assert_int_equal(wrong, 0);
}

static void agrees_with_objdump_on_x64(void **state)
{
    (void)state;
    check_against_objdump("decode-x64.bin", true);
}

static void agrees_with_objdump_on_x86(void **state)
{
    (void)state;
    check_against_objdump("decode-x86.bin", false);
}

int test_scan_decode(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_length_of_rare_forms), cmocka_unit_test(refuses_what_is_no_instruction),
        cmocka_unit_test(gives_the_parts), cmocka_unit_test(agrees_with_objdump_on_x64),
        cmocka_unit_test(agrees_with_objdump_on_x86),
    };

    return cmocka_run_group_tests_name("scan_decode", tests, NULL, NULL);
}
