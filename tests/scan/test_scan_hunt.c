#include "check.h"
#include "scan/hunt.h"

static bool is_wished(wz_prey prey, uint8_t a, uint8_t b, uint8_t c)
{
    switch (prey) {
    case WZ_PREY_CODE: return (b == 0x17 && a >= 0x70 && a <= 0x73)
                              || (b == 0xFF && (a == 0xE8 || a == 0xA2 || a == 0x44 || a == 0xD1));
    case WZ_PREY_DATA: return (a == 0x72 && b == 0x17) || (a == '6' && (b == '0' || b == 0));
    case WZ_PREY_TEXT: return (a == '6' && c == '0' && (b == '0' || b == 0)) || (a == '7' && b == '7' && c == '2')
                              || (a == '7' && b == 0 && c == '7');
    }
    return false;
}

/* One way against a search byte by byte; how many places it found. */
static size_t compare(wz_hunt_way way, wz_prey prey, const uint8_t *bytes, size_t length)
{
    size_t at = wz_hunt(way, prey, bytes, length, 0), found = 0;

    for (size_t i = 0; i + 1 < length; i++) {
        bool wished = is_wished(prey, bytes[i], bytes[i + 1], i + 2 < length ? bytes[i + 2] : 0xFF);

        assert_int_equal(at == i, wished);
        if (wished) {
            found++;
            at = wz_hunt(way, prey, bytes, length, i + 1);
        }
    }
    assert_int_equal(at, length);
    return found;
}

/*
 * From dense to rare, at every distance from the end: the blocks are exactly as long as they are said to be, so the
 * sanitizer sees a byte read too far.
 */
static void every_way_finds_what_a_slow_search_does(void **state)
{
    static const unsigned rarity[] = { 1, 8, 64, 700 };
    static const uint8_t  likely[] = { 0x70, 0x72, 0x73, 0x17, 0xE8, 0xFF, 0xA2, 0x44, 0xD1, '6', '0', '7', '2', 0 };
    static const char *const ends[] = { "x\x73\x17", "x\x72\x17", "600" };
    uint32_t              seed = 7;

    (void)state;
    for (size_t density = 0; density < CHECK_COUNT(rarity); density++)
        for (size_t length = 2000; length < 2000 + 80; length++) {
            uint8_t *bytes = malloc(length);
            size_t   found[2] = { 0, 0 };

            assert_non_null(bytes);
            for (size_t i = 0; i < length; i++) {
                seed = seed * 1664525 + 1013904223;
                bytes[i] = (seed >> 8) % rarity[density] == 0 ? likely[(seed >> 20) % CHECK_COUNT(likely)] : 'x';
            }
            for (int prey = WZ_PREY_CODE; prey <= WZ_PREY_TEXT; prey++) {
                memcpy(bytes + length - 3, ends[prey], 3);
                found[0] += compare(WZ_HUNT_SCALAR, (wz_prey)prey, bytes, length);
                if (wz_hunt_best() == WZ_HUNT_SSE2)
                    found[1] += compare(WZ_HUNT_SSE2, (wz_prey)prey, bytes, length);
            }
            assert_true(found[0] >= 3);
            assert_true(wz_hunt_best() == WZ_HUNT_SCALAR || found[1] == found[0]);
            free(bytes);
        }
}

static void finds_nothing_in_next_to_nothing(void **state)
{
    static const uint8_t bytes[] = { 0x72, 0x17 };

    (void)state;
    for (int way = WZ_HUNT_SCALAR; way <= (int)wz_hunt_best(); way++) {
        assert_int_equal(wz_hunt((wz_hunt_way)way, WZ_PREY_CODE, bytes, 0, 0), 0);
        assert_int_equal(wz_hunt((wz_hunt_way)way, WZ_PREY_CODE, bytes, 1, 0), 1);
        assert_int_equal(wz_hunt((wz_hunt_way)way, WZ_PREY_CODE, bytes, 2, 0), 0);
        assert_int_equal(wz_hunt((wz_hunt_way)way, WZ_PREY_CODE, bytes, 2, 2), 2);
    }
}

/* Every x64 processor has it, and whatever runs these tests as an x86 program: so the fast way is really tested. */
static void knows_the_processor(void **state)
{
    (void)state;
#if defined(__x86_64__) || defined(_M_X64) || defined(__i386__) || defined(_M_IX86)
    assert_int_equal(wz_hunt_best(), WZ_HUNT_SSE2);
#else
    assert_int_equal(wz_hunt_best(), WZ_HUNT_SCALAR);
#endif
}

int test_scan_hunt(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_finds_what_a_slow_search_does),
        cmocka_unit_test(finds_nothing_in_next_to_nothing), cmocka_unit_test(knows_the_processor),
    };

    return cmocka_run_group_tests_name("scan_hunt", tests, NULL, NULL);
}
