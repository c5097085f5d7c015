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

static inline __m128i hits_code(__m128i here, __m128i next, __m128i third)
{
    __m128i builds = _mm_and_si128(is(_mm_and_si128(here, each(0xFC)), 0x70), is(next, 0x17));
    __m128i minus = _mm_or_si128(_mm_or_si128(is(here, 0xE8), is(here, 0xA2)),
                                 _mm_or_si128(is(here, 0xD1), is(here, 0x44)));

    (void)third;
    return _mm_or_si128(builds, _mm_and_si128(minus, is(next, 0xFF)));
}

static inline __m128i hits_data(__m128i here, __m128i next, __m128i third)
{
    (void)third;
    return _mm_or_si128(_mm_and_si128(is(here, 0x72), is(next, 0x17)),
                        _mm_and_si128(is(here, '6'), _mm_or_si128(is(next, '0'), is(next, 0))));
}

/* Every text and a few others, in a third of the time: 6 or 7, and two bytes further a digit up to 7. */
static inline __m128i may_hit_text(__m128i here, __m128i next, __m128i third)
{
    (void)next;
    return _mm_and_si128(is(_mm_and_si128(here, each(0xFE)), '6'), is(_mm_and_si128(third, each(0xF8)), '0'));
}

static inline __m128i hits_text(__m128i here, __m128i next, __m128i third)
{
    __m128i zero = is(next, 0);
    __m128i six = _mm_and_si128(is(third, '0'), _mm_or_si128(is(next, '0'), zero));
    __m128i seven = _mm_or_si128(_mm_and_si128(is(next, '7'), is(third, '2')), _mm_and_si128(zero, is(third, '7')));

    return _mm_or_si128(_mm_and_si128(is(here, '6'), six), _mm_and_si128(is(here, '7'), seven));
}

static inline __m128i load(const uint8_t *at)
{
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}

#define HITS(hits, at) hits(load(at), load((at) + 1), load((at) + 2))
/* 64 positions a turn, then 16; what begins at the last of them ends two bytes further. */
#define NONE(hits, at)                                                                                      \
    (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(HITS(hits, at), HITS(hits, (at) + 16)),                    \
                                    _mm_or_si128(HITS(hits, (at) + 32), HITS(hits, (at) + 48)))) == 0)
#define SKIP(may_hit, hits)                                                                                 \
    while (length - at >= 66 && (NONE(may_hit, bytes + at) || NONE(hits, bytes + at)))                      \
        at += 64;                                                                                           \
    while (length - at >= 18 && _mm_movemask_epi8(HITS(hits, bytes + at)) == 0)                             \
        at += 16;

size_t wz_hunt_skip_sse2(wz_prey prey, const uint8_t *bytes, size_t length, size_t from)
{
    size_t at = from;

    switch (prey) {
    case WZ_PREY_CODE: SKIP(hits_code, hits_code) break;
    case WZ_PREY_DATA: SKIP(hits_data, hits_data) break;
    case WZ_PREY_TEXT: SKIP(may_hit_text, hits_text) break;
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
