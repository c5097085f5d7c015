/*
 * support_code: the state of one machine and page in 24 characters that can be read aloud on the telephone.
 *
 * Crockford's Base32 (digits and letters without I, L, O, U) in six groups of four with hyphens between them. 22
 * symbols carry 110 bits, most significant first; two are check symbols. Nothing in it names the computer or its owner.
 *
 *   bits  field
 *     3   format, 1
 *     4   page, 1 to 10; 0 from the command line
 *    16   build; 0 not known
 *    16   revision of the kernel file; 0 not known
 *     3   major number of the service pack; 7 not known
 *     2   architecture: 0 not known, 1 x86, 2 x64, 3 ia64
 *     2   product type: 0 not known, 1 workstation, 2 domain controller, 3 server
 *     2   SHA-2: wz_support_sha2
 *     2   build of the servicing stack: 0 not known, 1 6001, 2 6002, 3 6003
 *    16   revision of the servicing stack
 *     3   licence: 0 not known, else 1 + wz_programme
 *     3   target: wz_target
 *     2   pending restart: wz_support_answer
 *     3   installation: 0 none, else 1 + wz_journal_state
 *     1   there is a last error
 *    32   last error
 *
 * The check. A symbol is an element of GF(32), the polynomials over GF(2) modulo x^5 + x^2 + 1, with a = x, which has
 * order 31. The 24 symbols s(0) … s(23) of a code satisfy
 *
 *     sum of s(i) = 0    and    sum of s(i) a^i = 0.
 *
 * Two symbols that are wrong by e and f (neither 0) at i and j change the sums by e + f and e a^i + f a^j. Both stay 0
 * only if e = f and a^i = a^j, which is impossible for i, j < 31. So any one or two wrong characters are noticed
 * (distance 3), and with them any swap of two characters, neighbours or not. One wrong character also tells where it
 * is: the second sum divided by the first is a^i. A swap leaves the first sum 0, so the two are never taken for each
 * other. Any thread.
 */
#ifndef WZ_CORE_SUPPORT_CODE_H
#define WZ_CORE_SUPPORT_CODE_H

#include "core/catalogue.h"
#include "core/words.h"

#define WZ_SUPPORT_SYMBOLS 24u                             /* characters without hyphens */
#define WZ_SUPPORT_TEXT    30u                             /* bytes with hyphens and the terminator */

typedef enum wz_support_sha2 { WZ_SUPPORT_SHA2_UNKNOWN, WZ_SUPPORT_SHA2_NONE, WZ_SUPPORT_SHA2_PARTIAL,
                               WZ_SUPPORT_SHA2_READY } wz_support_sha2;
typedef enum wz_support_answer { WZ_SUPPORT_NOT_KNOWN, WZ_SUPPORT_NO, WZ_SUPPORT_YES } wz_support_answer;

#define WZ_SUPPORT_NO_PACK 7u

typedef struct wz_support {
    unsigned          page;
    uint16_t          build, revision;
    unsigned          service_pack;          /* 0 to 6, WZ_SUPPORT_NO_PACK */
    wz_architecture   architecture;
    unsigned          product_type;
    wz_support_sha2   sha2;
    unsigned          stack_build;           /* 0, 6001, 6002, 6003 */
    uint16_t          stack_revision;
    unsigned          licence;               /* 0 not known, 1 + wz_programme */
    wz_target         target;
    wz_support_answer pending;
    unsigned          installation;          /* 0 none, 1 + wz_journal_state */
    bool              has_error;
    uint32_t          error;                 /* see support_state.h */
} wz_support;

/* "1C4K-…", always 24 characters. A value beyond its field's range is a mistake of the program. */
void wz_support_encode(const wz_support *support, char out[WZ_SUPPORT_TEXT]);

/*
 * Read a code as somebody typed it: without case; spaces, hyphens, dots and underscores anywhere; O is 0, I and L
 * are 1.
 * False: why says what is wrong, and in which group where that can be told (its string and arguments; may be NULL).
 * Where the code was written by a later version, or says what no version writes, it is refused too.
 */
bool wz_support_decode(const char *typed, wz_support *out, wz_phrase *why);

/* Made of nothing but characters that a code may hold, and about as long: a person who types this means a code. */
bool wz_support_is_meant(const char *typed);

/* Symbols 0 to 31; true when both sums are 0. */
bool wz_support_is_whole(const uint8_t symbols[WZ_SUPPORT_SYMBOLS]);

/* "K" -> "Kilo": the spelling alphabet of radio and telephone, the same in every language; "" for other characters. */
const char *wz_support_spell(char character);

#endif
