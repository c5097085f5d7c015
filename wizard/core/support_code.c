#include "core/support_code.h"

#include "resource.h"

#include <assert.h>
#include <string.h>

#define SYMBOLS WZ_SUPPORT_SYMBOLS
#define PAYLOAD (SYMBOLS - 2u)
#define GROUP   4u
#define FORMAT  1u
#define NOWHERE SYMBOLS

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* ---- GF(32) ---- */

/* Times a: shift, and take x^5 = x^2 + 1 out. */
static unsigned field_times_a(unsigned symbol)
{
    return (symbol << 1 & 31u) ^ (symbol >> 4) * 5u;
}

static unsigned field_times(unsigned one, unsigned other)
{
    unsigned product = 0;

    for (; other != 0; other >>= 1, one = field_times_a(one))
        if ((other & 1u) != 0)
            product ^= one;
    return product;
}

static unsigned field_power(size_t exponent)
{
    unsigned power = 1;

    while (exponent-- > 0)
        power = field_times_a(power);
    return power;
}

/* one / other, other not 0: there are only 32 to try. */
static unsigned field_divide(unsigned one, unsigned other)
{
    unsigned quotient = 0;

    while (quotient < 31 && field_times(quotient, other) != one)
        quotient++;
    return quotient;
}

typedef struct sums { unsigned plain, weighted; } sums;

/* Of the first count symbols; the weighted one from the last symbol to the first, after Horner. */
static sums sums_of(const uint8_t symbols[], size_t count)
{
    sums sum = { 0, 0 };

    while (count-- > 0) {
        sum.plain ^= symbols[count];
        sum.weighted = field_times_a(sum.weighted) ^ symbols[count];
    }
    return sum;
}

bool wz_support_is_whole(const uint8_t symbols[WZ_SUPPORT_SYMBOLS])
{
    sums sum = sums_of(symbols, SYMBOLS);

    return (sum.plain | sum.weighted) == 0;
}

/* c + d = plain and c a^22 + d a^23 = weighted, solved for the two last symbols. */
static void add_checks(uint8_t symbols[SYMBOLS])
{
    sums     sum = sums_of(symbols, PAYLOAD);
    unsigned first = field_power(PAYLOAD), second = field_power(PAYLOAD + 1);
    unsigned last = field_divide(sum.weighted ^ field_times(sum.plain, first), first ^ second);

    symbols[PAYLOAD + 1] = (uint8_t)last;
    symbols[PAYLOAD] = (uint8_t)(sum.plain ^ last);
}

/* ---- bits ---- */

typedef struct bits { uint8_t *symbols; size_t at; } bits;

static void put(bits *to, uint32_t value, unsigned width)
{
    assert(width == 32 || value >> width == 0);
    while (width-- > 0) {
        size_t at = to->at++;

        if ((value >> width & 1u) != 0)
            to->symbols[at / 5] = (uint8_t)(to->symbols[at / 5] | 16u >> at % 5);
    }
}

static uint32_t take(bits *from, unsigned width)
{
    uint32_t value = 0;

    while (width-- > 0) {
        size_t at = from->at++;

        value = value << 1 | ((uint32_t)from->symbols[at / 5] >> (4 - at % 5) & 1u);
    }
    return value;
}

static unsigned architecture_number(wz_architecture architecture)
{
    switch (architecture) {
    case WZ_ARCH_X86:     return 1;
    case WZ_ARCH_X64:     return 2;
    case WZ_ARCH_IA64:    return 3;
    case WZ_ARCH_UNKNOWN: break;
    }
    return 0;
}

void wz_support_encode(const wz_support *support, char out[WZ_SUPPORT_TEXT])
{
    uint8_t symbols[SYMBOLS] = { 0 };
    bits    to = { symbols, 0 };

    put(&to, FORMAT, 3);
    put(&to, support->page, 4);
    put(&to, support->build, 16);
    put(&to, support->revision, 16);
    put(&to, support->service_pack, 3);
    put(&to, architecture_number(support->architecture), 2);
    put(&to, support->product_type, 2);
    put(&to, (uint32_t)support->sha2, 2);
    put(&to, support->stack_build == 0 ? 0 : support->stack_build - 6000u, 2);
    put(&to, support->stack_revision, 16);
    put(&to, support->licence, 3);
    put(&to, (uint32_t)support->target, 3);
    put(&to, (uint32_t)support->pending, 2);
    put(&to, support->installation, 3);
    put(&to, support->has_error, 1);
    put(&to, support->error, 32);
    assert(to.at == PAYLOAD * 5);
    add_checks(symbols);
    for (size_t i = 0; i < SYMBOLS; i++) {
        if (i > 0 && i % GROUP == 0)
            *out++ = '-';
        *out++ = alphabet[symbols[i]];
    }
    *out = '\0';
}

/* False for what no program of this format writes. */
static bool unpack(uint8_t symbols[SYMBOLS], wz_support *out)
{
    static const wz_architecture architectures[] = { WZ_ARCH_UNKNOWN, WZ_ARCH_X86, WZ_ARCH_X64, WZ_ARCH_IA64 };
    bits       from = { symbols, 0 };
    wz_support read = { 0 };
    unsigned   format = take(&from, 3), stack, target, pending;

    read.page = take(&from, 4);
    read.build = (uint16_t)take(&from, 16);
    read.revision = (uint16_t)take(&from, 16);
    read.service_pack = take(&from, 3);
    read.architecture = architectures[take(&from, 2)];
    read.product_type = take(&from, 2);
    read.sha2 = (wz_support_sha2)take(&from, 2);
    stack = take(&from, 2);
    read.stack_build = stack == 0 ? 0 : 6000u + stack;
    read.stack_revision = (uint16_t)take(&from, 16);
    read.licence = take(&from, 3);
    target = take(&from, 3);
    pending = take(&from, 2);
    read.installation = take(&from, 3);
    read.has_error = take(&from, 1) != 0;
    read.error = take(&from, 32);
    if (format != FORMAT || read.page > 10 || (stack == 0 && read.stack_revision != 0) ||
        read.licence > 1 + WZ_PROGRAMME_PA || target >= WZ_TARGET_COUNT || pending > WZ_SUPPORT_YES ||
        read.installation > 5 || (!read.has_error && read.error != 0))
        return false;
    read.target = (wz_target)target;
    read.pending = (wz_support_answer)pending;
    *out = read;
    return true;
}

/* ---- what was typed ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '_' || c == '\t' || c == '\r' || c == '\n';
}

/* 0 to 31; 32 for a character that no code has. */
static unsigned symbol_of(char c)
{
    const char *found;

    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    found = c != '\0' ? strchr(alphabet, c) : NULL;
    return found != NULL ? (unsigned)(found - alphabet) : 32u;
}

static bool refuse(wz_phrase *why, unsigned id, size_t number)
{
    wz_text     text = { 0 };
    const char *args[1];

    if (why == NULL)
        return false;
    wz_text_add_number(&text, number);
    args[0] = wz_text_at(&text);
    wz_phrase_set(why, id, 1, args);
    wz_text_clear(&text);
    return false;
}

/* The first group that has not four characters, where hyphens or spaces say what the groups are; 0 otherwise. */
static size_t odd_group(const char *typed)
{
    size_t group = 1, length = 0, groups = 0;

    for (; *typed != '\0' && is_space(*typed); typed++)
        ;
    for (; *typed != '\0'; typed++) {
        if (!is_space(*typed)) {
            length++;
            continue;
        }
        while (typed[1] != '\0' && is_space(typed[1]))
            typed++;
        if (typed[1] == '\0')
            break;
        if (length != GROUP)
            return group;
        groups++;
        group++;
        length = 0;
    }
    return groups > 0 && length != GROUP ? group : 0;
}

/* False: why is set. */
static bool read_symbols(const char *typed, uint8_t symbols[SYMBOLS], wz_phrase *why)
{
    size_t count = 0;

    for (const char *at = typed; *at != '\0'; at++) {
        unsigned symbol = symbol_of(*at);

        if (is_space(*at))
            continue;
        if (symbol > 31)
            return refuse(why, count < SYMBOLS ? IDS_CALL_BAD_CHARACTER : IDS_CALL_LENGTH,
                          count < SYMBOLS ? count / GROUP + 1 : count);
        if (count < SYMBOLS)
            symbols[count] = (uint8_t)symbol;
        count++;
    }
    if (count == SYMBOLS)
        return true;
    if (odd_group(typed) != 0)
        return refuse(why, IDS_CALL_GROUP_LENGTH, odd_group(typed));
    return refuse(why, IDS_CALL_LENGTH, count);
}

/* ---- what is wrong ---- */

/* One wrong character: where it must be, or NOWHERE when one alone cannot be it. */
static size_t find_wrong(const uint8_t symbols[SYMBOLS], sums sum)
{
    unsigned ratio = sum.plain != 0 ? field_divide(sum.weighted, sum.plain) : 0;

    for (size_t i = 0; i < SYMBOLS && ratio != 0; i++) {
        uint8_t    mended[SYMBOLS];
        wz_support state;

        if (field_power(i) != ratio)
            continue;
        memcpy(mended, symbols, sizeof mended);
        mended[i] = (uint8_t)(mended[i] ^ sum.plain);
        return unpack(mended, &state) ? i : NOWHERE;
    }
    return NOWHERE;
}

/* Two neighbours swapped: the group of the first, where all pairs that could be it begin in one; else 0. */
static size_t find_swapped(const uint8_t symbols[SYMBOLS])
{
    size_t group = 0;

    for (size_t i = 0; i + 1 < SYMBOLS; i++) {
        uint8_t    mended[SYMBOLS];
        wz_support state;

        memcpy(mended, symbols, sizeof mended);
        mended[i] = symbols[i + 1];
        mended[i + 1] = symbols[i];
        if (!wz_support_is_whole(mended) || !unpack(mended, &state))
            continue;
        if (group != 0 && group != i / GROUP + 1)
            return 0;
        group = i / GROUP + 1;
    }
    return group;
}

static bool refuse_mistyped(const uint8_t symbols[SYMBOLS], wz_phrase *why)
{
    sums   sum = sums_of(symbols, SYMBOLS);
    size_t wrong = find_wrong(symbols, sum);
    size_t swapped = sum.plain == 0 ? find_swapped(symbols) : 0;

    if (wrong != NOWHERE)
        return refuse(why, IDS_CALL_MISTYPED_GROUP, wrong / GROUP + 1);
    if (swapped != 0)
        return refuse(why, IDS_CALL_SWAPPED, swapped);
    return refuse(why, IDS_CALL_MISTYPED, 0);
}

bool wz_support_decode(const char *typed, wz_support *out, wz_phrase *why)
{
    uint8_t symbols[SYMBOLS] = { 0 };

    if (!read_symbols(typed, symbols, why))
        return false;
    if (!wz_support_is_whole(symbols))
        return refuse_mistyped(symbols, why);
    if (!unpack(symbols, out))
        return refuse(why, IDS_CALL_FORMAT, 0);
    return true;
}

bool wz_support_is_meant(const char *typed)
{
    size_t count = 0;

    for (; *typed != '\0'; typed++) {
        if (*typed == '.' || (symbol_of(*typed) > 31 && !is_space(*typed) && *typed != 'U' && *typed != 'u'))
            return false;                          /* a path: a dot before its ending, a drive, a folder */
        count += !is_space(*typed);
    }
    return count >= 16 && count <= 32;
}

const char *wz_support_spell(char character)
{
    static const char *const digits[] = {
        "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
    };
    static const char *const letters[] = {
        "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima",
        "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey",
        "X-ray", "Yankee", "Zulu",
    };

    if (character >= '0' && character <= '9')
        return digits[character - '0'];
    if (character >= 'A' && character <= 'Z')
        return letters[character - 'A'];
    return "";
}
