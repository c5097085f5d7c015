#include "scan/hunt.h"

#if defined(__x86_64__) || defined(_M_X64) || defined(__i386__) || defined(_M_IX86)

/* gcc for x86 does not assume SSE2; nothing of this file runs before wz_hunt_best has seen it. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__i386__)
#pragma GCC target("sse2")
#endif
#include <emmintrin.h>

static inline __m128i each(int byte)
{
    return _mm_set1_epi8((char)byte);
}

static inline __m128i is(__m128i bytes, int byte)
{
    return _mm_cmpeq_epi8(bytes, each(byte));
}

static inline __m128i hits_code(__m128i here, __m128i next)
{
    __m128i builds = _mm_and_si128(is(_mm_and_si128(here, each(0xFC)), 0x70), is(next, 0x17));
    __m128i minus = _mm_or_si128(_mm_or_si128(is(here, 0xE8), is(here, 0xA2)),
                                 _mm_or_si128(is(here, 0xD1), is(here, 0x44)));

    return _mm_or_si128(builds, _mm_and_si128(minus, is(next, 0xFF)));
}

static inline __m128i hits_data(__m128i here, __m128i next)
{
    return _mm_or_si128(_mm_and_si128(is(here, 0x72), is(next, 0x17)),
                        _mm_and_si128(is(here, '6'), _mm_or_si128(is(next, '0'), is(next, 0))));
}

/* As in hunt.c: '6' or '7' before a byte whose bits C8 are clear; the few others are left to the closer look. */
static inline __m128i hits_text(__m128i here, __m128i next)
{
    return _mm_and_si128(is(_mm_and_si128(here, each(0xFE)), '6'), is(_mm_and_si128(next, each(0xC8)), 0));
}

static inline __m128i load(const uint8_t *at)
{
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}

#define HITS(hits, at) hits(load(at), load((at) + 1))
/* 64 positions a turn, then 16; the pair at the last of them ends one byte further. */
#define SKIP(hits)                                                                                          \
    while (length - at >= 65                                                                                \
           && _mm_movemask_epi8(_mm_or_si128(                                                               \
                  _mm_or_si128(HITS(hits, bytes + at), HITS(hits, bytes + at + 16)),                        \
                  _mm_or_si128(HITS(hits, bytes + at + 32), HITS(hits, bytes + at + 48)))) == 0)            \
        at += 64;                                                                                           \
    while (length - at >= 17 && _mm_movemask_epi8(HITS(hits, bytes + at)) == 0)                             \
        at += 16;

size_t wz_hunt_skip_sse2(wz_prey prey, const uint8_t *bytes, size_t length, size_t from)
{
    size_t at = from;

    switch (prey) {
    case WZ_PREY_CODE: SKIP(hits_code) break;
    case WZ_PREY_DATA: SKIP(hits_data) break;
    case WZ_PREY_TEXT: SKIP(hits_text) break;
    }
    return at;
}

#else

size_t wz_hunt_skip_sse2(wz_prey prey, const uint8_t *bytes, size_t length, size_t from)
{
    (void)prey;
    (void)bytes;
    (void)length;
    return from;                                       /* another processor: wz_hunt_best never says so */
}

#endif
