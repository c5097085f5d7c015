#include "core/level.h"

#include "resource.h"

#include <string.h>

static bool is_of_kernel(const wz_update *update)
{
    wz_version version;

    return wz_update_kernel_version(update, &version);
}

static bool is_fact(const wz_update *update)
{
    return update == NULL || (wz_confidence_is_fact(update->build_confidence) && is_of_kernel(update));
}

void wz_level_find(const wz_catalogue *catalogue, wz_version version, wz_level *out)
{
    out->reached = wz_catalogue_level(catalogue, version, &out->next);
    out->is_exact = out->reached != NULL && wz_version_compare(out->reached->build, version) == 0;
}

/* "2019-04" to "April 2019", "2021-07 OOB" to "July 2021, out of band"; anything else stays as it is. */
static void add_month(const char *month, const wz_words *words, wz_text *out)
{
    static const unsigned names[] = {
        IDS_MONTH_1, IDS_MONTH_2, IDS_MONTH_3, IDS_MONTH_4, IDS_MONTH_5, IDS_MONTH_6, IDS_MONTH_7, IDS_MONTH_8,
        IDS_MONTH_9, IDS_MONTH_10, IDS_MONTH_11, IDS_MONTH_12,
    };
    char        year[5] = "";
    const char *args[1] = { year };
    unsigned    number;

    if (strlen(month) < 7 || month[4] != '-' || month[5] < '0' || month[5] > '1' || month[6] < '0' || month[6] > '9') {
        wz_text_add(out, month);
        return;
    }
    memcpy(year, month, 4);
    number = (unsigned)(month[5] - '0') * 10 + (unsigned)(month[6] - '0');
    if (number < 1 || number > WZ_COUNT(names)) {
        wz_text_add(out, month);
    } else if (month[7] == '\0') {
        wz_words_fill(words, names[number - 1], args, 1, out);
    } else {
        wz_text     name = { 0 };
        const char *named[1];

        wz_words_fill(words, names[number - 1], args, 1, &name);
        named[0] = wz_text_at(&name);
        wz_words_fill(words, IDS_MONTH_OUT_OF_BAND, named, 1, out);
        wz_text_clear(&name);
    }
}

void wz_level_name(const wz_update *update, const wz_words *words, wz_text *out)
{
    wz_text month = { 0 };
    wz_text kb = { 0 };

    if (update->month != NULL)
        add_month(update->month, words, &month);
    else
        wz_text_add_date(&month, update->date);
    wz_text_add_number(&kb, update->kb);
    const char *args[] = { wz_text_at(&month), wz_text_at(&kb) };

    wz_words_fill(words, IDS_LEVEL_NAME, args, WZ_COUNT(args), out);
    wz_text_clear(&month);
    wz_text_clear(&kb);
}

static unsigned level_word(const wz_level *level)
{
    bool is_certain = is_fact(level->reached) && (level->is_exact || is_fact(level->next));

    if (level->reached == NULL)
        return IDS_LEVEL_BEFORE_ALL;
    if (level->is_exact)
        return is_certain ? IDS_LEVEL_EXACT : IDS_LEVEL_EXACT_REPORTED;
    if (level->next == NULL)
        return IDS_LEVEL_AFTER_ALL;
    if (!is_of_kernel(level->reached))
        return IDS_LEVEL_NEAR_REPORTED;
    return is_certain ? IDS_LEVEL_BETWEEN : IDS_LEVEL_BETWEEN_REPORTED;
}

void wz_level_say(const wz_level *level, const wz_words *words, wz_text *out)
{
    wz_text reached = { 0 };
    wz_text next = { 0 };

    if (level->reached != NULL)
        wz_level_name(level->reached, words, &reached);
    if (level->next != NULL)
        wz_level_name(level->next, words, &next);
    const char *args[] = { wz_text_at(&reached), wz_text_at(&next) };

    wz_words_fill(words, level_word(level), args, WZ_COUNT(args), out);
    wz_text_clear(&reached);
    wz_text_clear(&next);
}
