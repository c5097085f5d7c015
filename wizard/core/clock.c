#include "core/clock.h"

#define SECONDS_A_DAY 86400

/* Days since 1970-01-01 of a date of the Gregorian calendar; years begin in March, so the leap day comes last. */
static int64_t clock_days(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void clock_date(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t m = (5 * of_year + 2) / 153;

    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static int64_t clock_day_of(wz_time time)
{
    return time >= 0 ? time / SECONDS_A_DAY : (time - (SECONDS_A_DAY - 1)) / SECONDS_A_DAY;
}

static void clock_add(wz_text *text, int64_t number, unsigned digits, char after)
{
    char   field[5];
    size_t at = sizeof field - 1;

    field[at] = after;
    for (unsigned i = 0; i < digits; i++) {
        field[--at] = (char)('0' + number % 10);
        number /= 10;
    }
    wz_text_append(text, field + at, sizeof field - at - (after == '\0' ? 1 : 0));
}

void wz_text_add_date(wz_text *text, wz_time time)
{
    int64_t year, month, day;

    clock_date(clock_day_of(time), &year, &month, &day);
    if (time == 0 || year < 1 || year > 9999)
        return;
    clock_add(text, year, 4, '-');
    clock_add(text, month, 2, '-');
    clock_add(text, day, 2, '\0');
}

void wz_text_add_time(wz_text *text, wz_time time)
{
    int64_t seconds = time - clock_day_of(time) * SECONDS_A_DAY;
    size_t  before = text->length;

    wz_text_add_date(text, time);
    if (text->length == before)
        return;
    wz_text_add(text, "T");
    clock_add(text, seconds / 3600, 2, ':');
    clock_add(text, seconds / 60 % 60, 2, ':');
    clock_add(text, seconds % 60, 2, 'Z');
}

/* Exactly so many digits and then the character after; *at moves behind it. */
static bool clock_read(const char **at, unsigned digits, char after, int64_t *out)
{
    int64_t number = 0;

    for (; digits > 0; digits--, ++*at) {
        if (**at < '0' || **at > '9')
            return false;
        number = number * 10 + (**at - '0');
    }
    if (**at != after)
        return false;
    if (after != '\0')
        ++*at;
    *out = number;
    return true;
}

static bool clock_is_date(int64_t year, int64_t month, int64_t day)
{
    static const int64_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return year >= 1 && month >= 1 && month <= 12 && day >= 1
        && day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

void wz_text_add_time_attribute(wz_text *text, const char *name, wz_time time)
{
    wz_text value = { 0 };

    wz_text_add_time(&value, time);
    wz_text_add_attribute(text, name, value.at);       /* NULL when not known */
    wz_text_clear(&value);
}

bool wz_time_parse(const char *text, wz_time *out)
{
    const char *at = text;
    int64_t     year, month, day, hour = 0, minute = 0, second = 0;

    if (!clock_read(&at, 4, '-', &year) || !clock_read(&at, 2, '-', &month))
        return false;
    if (!clock_read(&at, 2, '\0', &day)) {
        at = text + 8;
        if (!clock_read(&at, 2, 'T', &day) || !clock_read(&at, 2, ':', &hour) || !clock_read(&at, 2, ':', &minute)
            || !clock_read(&at, 2, 'Z', &second) || *at != '\0')
            return false;
    }
    if (!clock_is_date(year, month, day) || hour > 23 || minute > 59 || second > 59)
        return false;
    *out = clock_days(year, month, day) * SECONDS_A_DAY + hour * 3600 + minute * 60 + second;
    return true;
}
