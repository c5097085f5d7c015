#include "platform/identities.h"

#include <stdlib.h>

#include "core/text.h"

/* Where it is in the table, or would be. */
static size_t place_of(const wz_identities *set, uint32_t volume, uint64_t id)
{
    size_t at = (size_t)((id ^ volume) * 0x9E3779B97F4A7C15u >> 20) & (set->room - 1);

    while (set->items[at].id != 0 && (set->items[at].id != id || set->items[at].volume != volume))
        at = (at + 1) & (set->room - 1);
    return at;
}

static void grow(wz_identities *set)
{
    wz_identity *old = set->items;
    size_t       room = set->room;

    if (set->count < room / 4 * 3)
        return;
    set->room = room == 0 ? 1024 : room * 2;
    set->items = wz_new_array(set->room, wz_identity);
    for (size_t i = 0; i < room; i++)
        if (old[i].id != 0)
            set->items[place_of(set, old[i].volume, old[i].id)] = old[i];
    free(old);
}

bool wz_identities_is_first(wz_identities *set, uint32_t volume, uint64_t id)
{
    size_t at;

    if (id == 0)
        return true;
    grow(set);
    at = place_of(set, volume, id);
    if (set->items[at].id != 0)
        return false;
    set->items[at] = (wz_identity){ id, volume };
    set->count++;
    return true;
}

void wz_identities_clear(wz_identities *set)
{
    free(set->items);
    *set = (wz_identities){ 0 };
}
