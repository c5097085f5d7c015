#include "platform/identities.h"

#include <stdlib.h>

#include "core/text.h"

/* On one volume each its own; of two volumes' files, which have 64 bits to differ in, none are expected to meet. */
static uint64_t key_of(uint32_t volume, uint64_t id)
{
    return id ^ (volume + 1ull) * 0xC2B2AE3D27D4EB4Full;
}

/* Where it is in the table, or would be. */
static size_t place_of(const wz_identities *set, uint64_t key)
{
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & (set->room - 1);

    while (set->keys[at] != 0 && set->keys[at] != key)
        at = (at + 1) & (set->room - 1);
    return at;
}

static void grow(wz_identities *set)
{
    uint64_t *old = set->keys;
    size_t    room = set->room;

    if (set->count < room / 4 * 3)
        return;
    set->room = room == 0 ? 1024 : room * 2;
    set->keys = wz_new_array(set->room, uint64_t);
    for (size_t i = 0; i < room; i++)
        if (old[i] != 0)
            set->keys[place_of(set, old[i])] = old[i];
    free(old);
}

bool wz_identities_is_first(wz_identities *set, uint32_t volume, uint64_t id)
{
    uint64_t key = key_of(volume, id);
    size_t   at;

    if (id == 0 || key == 0)                           /* 0 is an empty place: looked at twice at worst */
        return true;
    grow(set);
    at = place_of(set, key);
    if (set->keys[at] != 0)
        return false;
    set->keys[at] = key;
    set->count++;
    return true;
}

void wz_identities_clear(wz_identities *set)
{
    free(set->keys);
    *set = (wz_identities){ 0 };
}
