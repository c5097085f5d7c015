#include "check.h"

#include "core/support_code.h"

#include "resource.h"
#include "words.h"

#define STATES  100000u
#define SYMBOLS WZ_SUPPORT_SYMBOLS

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* xorshift64*: the same states in every run, on every machine. */
static uint32_t draw(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)((*seed * 2685821657736338717ull) >> 32);
}

static wz_support draw_state(uint64_t *seed)
{
    static const wz_architecture architectures[] = { WZ_ARCH_UNKNOWN, WZ_ARCH_X86, WZ_ARCH_X64, WZ_ARCH_IA64 };
    wz_support state = {
        .page = draw(seed) % 11, .build = (uint16_t)draw(seed), .revision = (uint16_t)draw(seed),
        .service_pack = draw(seed) % 8, .architecture = architectures[draw(seed) % 4],
        .product_type = draw(seed) % 4, .sha2 = (wz_support_sha2)(draw(seed) % 4),
        .licence = draw(seed) % 7, .target = (wz_target)(draw(seed) % WZ_TARGET_COUNT),
        .pending = (wz_support_answer)(draw(seed) % 3), .installation = draw(seed) % 6,
        .has_error = draw(seed) % 2 != 0,
    };

    if (draw(seed) % 4 != 0) {
        state.stack_build = 6001 + draw(seed) % 3;
        state.stack_revision = (uint16_t)draw(seed);
    }
    state.error = state.has_error ? draw(seed) : 0;
    return state;
}

static bool is_same(const wz_support *a, const wz_support *b)
{
    return a->page == b->page && a->build == b->build && a->revision == b->revision &&
           a->service_pack == b->service_pack && a->architecture == b->architecture &&
           a->product_type == b->product_type && a->sha2 == b->sha2 && a->stack_build == b->stack_build &&
           a->stack_revision == b->stack_revision && a->licence == b->licence && a->target == b->target &&
           a->pending == b->pending && a->installation == b->installation && a->has_error == b->has_error &&
           a->error == b->error;
}

/* The place of the n-th symbol in the text: a hyphen follows every fourth. */
static size_t place(size_t symbol)
{
    return symbol + symbol / 4;
}

static void symbols_of(const char *code, uint8_t symbols[SYMBOLS])
{
    for (size_t i = 0; i < SYMBOLS; i++)
        symbols[i] = (uint8_t)(strchr(alphabet, code[place(i)]) - alphabet);
}

static void any_state_comes_back_whole(void **state)
{
    uint64_t seed = 6003;

    (void)state;
    for (size_t i = 0; i < STATES; i++) {
        wz_support in = draw_state(&seed), out = { 0 };
        char       code[WZ_SUPPORT_TEXT];

        wz_support_encode(&in, code);
        CHECK_ROW(i, strlen(code) == WZ_SUPPORT_TEXT - 1);
        CHECK_ROW(i, wz_support_decode(code, &out, NULL));
        CHECK_ROW(i, is_same(&in, &out));
    }
}

/* 100,000 states, each with all 24 x 31 wrong characters and all 23 swaps of neighbours. */
static void no_wrong_character_and_no_swap_is_whole(void **state)
{
    uint64_t seed = 6002;
    size_t   swaps = 0;

    (void)state;
    for (size_t row = 0; row < STATES; row++) {
        wz_support in = draw_state(&seed);
        char       code[WZ_SUPPORT_TEXT];
        uint8_t    symbols[SYMBOLS];
        bool       is_missed = false;

        wz_support_encode(&in, code);
        symbols_of(code, symbols);
        CHECK_ROW(row, wz_support_is_whole(symbols));
        for (size_t i = 0; i < SYMBOLS; i++) {
            uint8_t right = symbols[i];

            for (uint8_t wrong = 1; wrong < 32; wrong++) {
                symbols[i] = right ^ wrong;
                is_missed |= wz_support_is_whole(symbols);
            }
            symbols[i] = right;
        }
        for (size_t i = 0; i + 1 < SYMBOLS; i++) {
            uint8_t first = symbols[i], second = symbols[i + 1];

            symbols[i] = second;
            symbols[i + 1] = first;
            swaps += first != second;
            is_missed |= first != second && wz_support_is_whole(symbols);
            symbols[i] = first;
            symbols[i + 1] = second;
        }
        CHECK_ROW(row, !is_missed);
    }
    assert_true(swaps > STATES * 15);                  /* most neighbours differ, so swaps were tried */
}

/* The columns of the two sums, (1, a^i), are in pairs independent: the proof in the header, by trying all of them. */
static void any_two_wrong_characters_are_noticed(void **state)
{
    wz_support in = { .page = 6, .build = 6002, .service_pack = 2 };
    char       code[WZ_SUPPORT_TEXT];
    uint8_t    symbols[SYMBOLS];
    bool       is_missed = false;

    (void)state;
    wz_support_encode(&in, code);
    symbols_of(code, symbols);
    for (size_t i = 0; i < SYMBOLS; i++)
        for (size_t j = i + 1; j < SYMBOLS; j++)
            for (unsigned both = 0; both < 31 * 31; both++) {
                uint8_t wrong[SYMBOLS];

                memcpy(wrong, symbols, sizeof wrong);
                wrong[i] ^= (uint8_t)(both / 31 + 1);
                wrong[j] ^= (uint8_t)(both % 31 + 1);
                is_missed |= wz_support_is_whole(wrong);
            }
    assert_false(is_missed);
}

/* One wrong character is always told with its group; a swap with the group of its first character, or without one. */
static void the_group_at_fault_is_named(void **state)
{
    uint64_t seed = 6001;
    size_t   told = 0, swapped = 0;

    (void)state;
    for (size_t row = 0; row < 500; row++) {
        wz_support in = draw_state(&seed), out;
        char       code[WZ_SUPPORT_TEXT], typed[WZ_SUPPORT_TEXT], group[4];
        wz_phrase  why = { 0 };

        wz_support_encode(&in, code);
        for (size_t i = 0; i < SYMBOLS; i++) {
            memcpy(typed, code, sizeof typed);
            typed[place(i)] = alphabet[((uint32_t)(strchr(alphabet, code[place(i)]) - alphabet) + 1
                                        + draw(&seed) % 31) % 32];
            snprintf(group, sizeof group, "%u", (unsigned)(i / 4 + 1));
            CHECK_ROW(row, !wz_support_decode(typed, &out, &why));
            CHECK_ROW(row, why.id == IDS_CALL_MISTYPED_GROUP);
            CHECK_TEXT(why.args[0], group);
        }
        for (size_t i = 0; i + 1 < SYMBOLS; i++) {
            memcpy(typed, code, sizeof typed);
            typed[place(i)] = code[place(i + 1)];
            typed[place(i + 1)] = code[place(i)];
            if (typed[place(i)] == code[place(i)])
                continue;
            CHECK_ROW(row, !wz_support_decode(typed, &out, &why));
            CHECK_ROW(row, why.id == IDS_CALL_SWAPPED || why.id == IDS_CALL_MISTYPED);
            snprintf(group, sizeof group, "%u", (unsigned)(i / 4 + 1));
            if (why.id == IDS_CALL_SWAPPED)
                CHECK_TEXT(why.args[0], group);
            told += why.id == IDS_CALL_SWAPPED;
            swapped++;
        }
        wz_phrase_clear(&why);
    }
    assert_true(told * 2 > swapped);                   /* in most cases there is only one place */
}

static void typing_is_forgiven(void **state)
{
    wz_support in = { .page = 8, .build = 0x0402, .revision = 0x0842, .service_pack = 2, .has_error = true,
                      .error = 0x00108421u };
    wz_support out;
    char       code[WZ_SUPPORT_TEXT];
    wz_text    typed = { 0 };

    (void)state;
    wz_support_encode(&in, code);
    assert_non_null(strchr(code, '0'));
    assert_non_null(strchr(code, '1'));
    for (unsigned form = 0; form < 16; form++) {
        wz_text_clear(&typed);
        wz_text_add(&typed, form % 4 == 0 ? "  " : form % 4 == 1 ? "\t-" : "");
        for (const char *at = code; *at != '\0'; at++) {
            char c = *at;

            if (c == '-' && form % 4 != 0) {
                wz_text_add(&typed, form % 4 == 1 ? " . " : form % 4 == 2 ? "" : "_ -");
                continue;
            }
            if (c >= 'A' && c <= 'Z' && (form & 4) != 0)
                c = (char)(c - 'A' + 'a');
            if ((form & 8) != 0)
                c = c == '0' ? "oO"[form & 1] : c == '1' ? "iIlL"[form & 3] : c;
            wz_text_append(&typed, &c, 1);
        }
        wz_text_add(&typed, form % 2 == 0 ? "\r\n" : "");
        CHECK_ROW(form, wz_support_decode(typed.at, &out, NULL) && is_same(&in, &out));
        CHECK_ROW(form, form % 4 == 1 || wz_support_is_meant(typed.at));
    }
    wz_text_clear(&typed);
}

static void what_is_no_code_is_said_to_be_none(void **state)
{
    static const struct { const char *typed; unsigned id; const char *arg; } rows[] = {
        { "", IDS_CALL_LENGTH, "0" },
        { " - ", IDS_CALL_LENGTH, "0" },
        { "1234", IDS_CALL_LENGTH, "4" },
        { "1234-567-8ABC", IDS_CALL_GROUP_LENGTH, "2" },
        { "4000 4000 4000 400 4000 4000", IDS_CALL_GROUP_LENGTH, "4" },
        { "4000 4000 4000 4000 4000 400", IDS_CALL_GROUP_LENGTH, "6" },
        { "40004000400040004000400", IDS_CALL_LENGTH, "23" },
        { "4000400040004000400040000", IDS_CALL_LENGTH, "25" },
        { "4000 4000 40U0 4000 4000 4000", IDS_CALL_BAD_CHARACTER, "3" },
        { "\xC3\xA4""000 4000", IDS_CALL_BAD_CHARACTER, "1" },
        { "0000 0000 0000 0000 0000 0000", IDS_CALL_FORMAT, "0" },       /* both sums are 0, the format is not ours */
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_support out = { .page = 99 };
        wz_phrase  why = { 0 };

        CHECK_ROW(i, !wz_support_decode(rows[i].typed, &out, &why));
        CHECK_ROW(i, why.id == rows[i].id);
        CHECK_TEXT(why.args[0], rows[i].arg);
        CHECK_ROW(i, out.page == 99);
        CHECK_ROW(i, wz_word(test_words(), why.id)[0] != '#');
        wz_phrase_clear(&why);
    }
    assert_false(wz_support_is_meant("C:\\snapshots\\server.xml"));
    assert_false(wz_support_is_meant("server-2008-bare.xml"));
    assert_false(wz_support_is_meant(""));
    assert_true(wz_support_is_meant("4000 4000 40U0 4000 4000 4000"));
}

/* A code that was given out must mean the same in every later version. */
static void the_form_stays(void **state)
{
    wz_support in = { .page = 6, .build = 6002, .revision = 24565, .service_pack = 2, .architecture = WZ_ARCH_X64,
                      .product_type = 3, .sha2 = WZ_SUPPORT_SHA2_NONE, .stack_build = 6002, .stack_revision = 18005,
                      .licence = 1, .target = WZ_TARGET_FREE, .pending = WZ_SUPPORT_NO, .has_error = true,
                      .error = 0x80070005u };
    char       code[WZ_SUPPORT_TEXT];

    (void)state;
    wz_support_encode(&in, code);
    CHECK_TEXT(code, "5GQE-9FZA-NP8S-AJA6-00E0-054P");
}

static void every_character_can_be_spelled(void **state)
{
    (void)state;
    for (const char *at = alphabet; *at != '\0'; at++)
        assert_true(wz_support_spell(*at)[0] != '\0');
    CHECK_TEXT(wz_support_spell('K'), "Kilo");
    CHECK_TEXT(wz_support_spell('0'), "Zero");
    CHECK_TEXT(wz_support_spell('-'), "");
}

int test_support_code(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_state_comes_back_whole),
        cmocka_unit_test(no_wrong_character_and_no_swap_is_whole),
        cmocka_unit_test(any_two_wrong_characters_are_noticed),
        cmocka_unit_test(the_group_at_fault_is_named),
        cmocka_unit_test(typing_is_forgiven),
        cmocka_unit_test(what_is_no_code_is_said_to_be_none),
        cmocka_unit_test(the_form_stays),
        cmocka_unit_test(every_character_can_be_spelled),
    };

    return cmocka_run_group_tests_name("support_code", tests, NULL, NULL);
}
