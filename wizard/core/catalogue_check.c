#include "core/catalogue_parts.h"

#include <stdlib.h>
#include <string.h>

#include "resource.h"

typedef struct check_list { const unsigned *kbs; size_t count; } check_list;

typedef check_list (*check_edges)(const wz_update *update);

static check_list check_requires(const wz_update *update)
{
    return (check_list){ update->requires_kbs, update->requires_count };
}

static check_list check_supersedes(const wz_update *update)
{
    return (check_list){ update->supersedes_kbs, update->supersedes_count };
}

/*
 * An update on a circle, WZ_CATALOGUE_NONE when there is none. Takes away, again and again, what nothing points at
 * (Kahn 1962): what is left lies on a circle or behind one; of those the last that can be reached is on it, but any
 * of them leads the reader to the place.
 */
static size_t check_circle(const wz_catalogue *catalogue, check_edges edges)
{
    size_t *pointed = wz_new_array(catalogue->count, size_t);
    size_t *free_ones = wz_new_array(catalogue->count, size_t);
    size_t  waiting = 0;
    size_t  found = WZ_CATALOGUE_NONE;

    for (size_t i = 0; i < catalogue->count; i++) {
        check_list list = edges(&catalogue->updates[i]);

        for (size_t j = 0; j < list.count; j++) {
            size_t to = wz_catalogue_index(catalogue, list.kbs[j]);

            if (to != WZ_CATALOGUE_NONE)
                pointed[to]++;
        }
    }
    for (size_t i = 0; i < catalogue->count; i++)
        if (pointed[i] == 0)
            free_ones[waiting++] = i;
    while (waiting > 0) {
        check_list list = edges(&catalogue->updates[free_ones[--waiting]]);

        for (size_t j = 0; j < list.count; j++) {
            size_t to = wz_catalogue_index(catalogue, list.kbs[j]);

            if (to != WZ_CATALOGUE_NONE && --pointed[to] == 0)
                free_ones[waiting++] = to;
        }
    }
    for (size_t i = 0; i < catalogue->count && found == WZ_CATALOGUE_NONE; i++)
        if (pointed[i] != 0)
            found = i;
    free(pointed);
    free(free_ones);
    return found;
}

/* A catalogue file name ends in "_<40 hex digits>.msu": Microsoft's own statement of the SHA-1. */
static bool check_name(const wz_offer *offer)
{
    size_t length = offer->name != NULL ? strlen(offer->name) : 0;
    const char *digits;

    if (offer->sha1 == NULL || length < 45 || offer->name[length - 45] != '_')
        return true;
    digits = offer->name + length - 44;
    if (strspn(digits, "0123456789abcdefABCDEF") != 40)
        return true;
    for (size_t i = 0; i < 40; i++) {
        char pair[2][2] = { { digits[i], '\0' }, { offer->sha1[i], '\0' } };

        if (!wz_equal_nocase(pair[0], pair[1]))
            return false;
    }
    return true;
}

static wz_status check_update(const wz_catalogue *catalogue, size_t index, wz_error *err)
{
    const wz_update *update = &catalogue->updates[index];
    unsigned         line = catalogue->lines[index];

    if (index > 0 && catalogue->updates[index - 1].kb == update->kb)
        return wz_fail_at(err, WZ_E_FORMAT, catalogue->name, line, IDS_REASON_TWICE);
    for (size_t i = 0; i < update->requires_count; i++)
        if (wz_catalogue_index(catalogue, update->requires_kbs[i]) == WZ_CATALOGUE_NONE)
            return wz_fail_at(err, WZ_E_FORMAT, catalogue->name, line, IDS_REASON_NO_REQUIREMENT);
    for (size_t i = 0; i < update->offer_count; i++)
        if (!check_name(&update->offers[i]))
            return wz_fail_at(err, WZ_E_FORMAT, catalogue->name, line, IDS_REASON_HASH);
    return WZ_OK;
}

wz_status wz_catalogue_check(const wz_catalogue *catalogue, wz_error *err)
{
    static const check_edges all[] = { check_requires, check_supersedes };

    for (size_t i = 0; i < catalogue->count; i++)
        if (check_update(catalogue, i, err) != WZ_OK)
            return WZ_E_FORMAT;
    for (size_t i = 0; i < WZ_COUNT(all); i++) {
        size_t circle = check_circle(catalogue, all[i]);

        if (circle != WZ_CATALOGUE_NONE)
            return wz_fail_at(err, WZ_E_FORMAT, catalogue->name, catalogue->lines[circle], IDS_REASON_CYCLE);
    }
    return WZ_OK;
}
