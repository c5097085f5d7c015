#include "scan/hunt.h"

#include <string.h>

#if defined(_MSC_VER) && defined(_M_IX86)
#include <intrin.h>
#elif defined(__GNUC__) && defined(__i386__)
#include <cpuid.h>
#endif

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Non-zero when one of the eight bytes is zero. */
static inline uint64_t zero_byte(uint64_t word)
{
    return (word - EACH(1)) & ~word & EACH(0x80);
}

static inline uint64_t pair(uint64_t here, uint64_t next, unsigned mask, unsigned first, unsigned second)
{
    return zero_byte(((here & EACH(mask)) ^ EACH(first)) | (next ^ EACH(second)));
}

static inline uint64_t hits_code(uint64_t here, uint64_t next)
{
    return pair(here, next, 0xFC, 0x70, 0x17) | pair(here, next, 0xFF, 0xE8, 0xFF) | pair(here, next, 0xFF, 0xA2, 0xFF)
           | pair(here, next, 0xFF, 0xD1, 0xFF) | pair(here, next, 0xFF, 0x44, 0xFF);
}

static inline uint64_t hits_data(uint64_t here, uint64_t next)
{
    return pair(here, next, 0xFF, 0x72, 0x17) | pair(here, next, 0xFF, '6', '0') | pair(here, next, 0xFF, '6', 0);
}

/* '6' or '7' before '0', '7' or zero, all at once: bits C8 are clear in these three, and in few others. */
static inline uint64_t hits_text(uint64_t here, uint64_t next)
{
    return zero_byte(((here & EACH(0xFE)) ^ EACH('6')) | (next & EACH(0xC8)));
}

static bool is_prey(wz_prey prey, const uint8_t *at, size_t room)
{
    uint8_t here = at[0], next = at[1];

    switch (prey) {
    case WZ_PREY_CODE:
        return (next == 0x17 && (here & 0xFC) == 0x70)
               || (next == 0xFF && (here == 0xE8 || here == 0xA2 || here == 0xD1 || here == 0x44));
    case WZ_PREY_DATA:
        return (next == 0x17 && here == 0x72) || (here == '6' && (next == '0' || next == 0));
    case WZ_PREY_TEXT:
        return room > 2 && ((here == '6' && (next == '0' || next == 0) && at[2] == '0')
                            || (here == '7' && ((next == '7' && at[2] == '2') || (next == 0 && at[2] == '7'))));
    }
    return false;
}

static inline uint64_t word_at(const uint8_t *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The loop is written three times over so that each sees its pairs as constants; 32 bytes a turn, then 8. */
#define SKIP(hits)                                                                                       \
    while (length - at >= 33                                                                             \
           && (hits(word_at(bytes + at), word_at(bytes + at + 1))                                        \
               | hits(word_at(bytes + at + 8), word_at(bytes + at + 9))                                  \
               | hits(word_at(bytes + at + 16), word_at(bytes + at + 17))                                \
               | hits(word_at(bytes + at + 24), word_at(bytes + at + 25))) == 0)                         \
        at += 32;                                                                                        \
    while (length - at >= 9 && hits(word_at(bytes + at), word_at(bytes + at + 1)) == 0)                  \
        at += 8;

static size_t skip_scalar(wz_prey prey, const uint8_t *bytes, size_t length, size_t from)
{
    size_t at = from;

    switch (prey) {
    case WZ_PREY_CODE: SKIP(hits_code) break;
    case WZ_PREY_DATA: SKIP(hits_data) break;
    case WZ_PREY_TEXT: SKIP(hits_text) break;
    }
    return at;
}

wz_hunt_way wz_hunt_best(void)
{
#if defined(__x86_64__) || defined(_M_X64)
    return WZ_HUNT_SSE2;                               /* part of the architecture */
#elif defined(_MSC_VER) && defined(_M_IX86)
    int parts[4];

    __cpuid(parts, 1);
    return (parts[3] & 1 << 26) != 0 ? WZ_HUNT_SSE2 : WZ_HUNT_SCALAR;      /* EDX: Intel SDM volume 2, CPUID */
#elif defined(__GNUC__) && defined(__i386__)
    unsigned a, b, c, d;

    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (d & bit_SSE2) != 0 ? WZ_HUNT_SSE2 : WZ_HUNT_SCALAR;
#else
    return WZ_HUNT_SCALAR;
#endif
}

size_t wz_hunt(wz_hunt_way way, wz_prey prey, const uint8_t *bytes, size_t length, size_t from)
{
    size_t at = from;

    while (at + 1 < length) {
        size_t end;

        at = way == WZ_HUNT_SSE2 ? wz_hunt_skip_sse2(prey, bytes, length, at) : skip_scalar(prey, bytes, length, at);
        end = length - at > 16 ? at + 16 : length - 1;
        for (; at < end; at++)
            if (is_prey(prey, bytes + at, length - at))
                return at;
    }
    return length;
}
