#include "core/snapshot.h"

#include <string.h>

/* The token of Microsoft's own packages: a stranger's package named like an update says nothing about it. */
#define PACKAGE_TOKEN "~31bf3856ad364e35~"

wz_package_state wz_package_meaning(int32_t current_state)
{
    if (current_state < 0)
        return WZ_PACKAGE_BROKEN;
    switch (current_state) {
    case 4: case 0x40:
        return WZ_PACKAGE_STAGED;
    case 5:
        return WZ_PACKAGE_REMOVING;
    case 6: case 0x60: case 0x65:
        return WZ_PACKAGE_PENDING;
    case 0x50:
        return WZ_PACKAGE_SUPERSEDED;
    case 7: case 8: case 0x70: case 0x80:
        return WZ_PACKAGE_INSTALLED;
    default:
        return WZ_PACKAGE_ABSENT;
    }
}

/* The number that begins at text and ends at the end of the name or before "_"; 0 when it is none. */
static unsigned package_number(const char *text, const char *end)
{
    unsigned number = 0;
    const char *at = text;

    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        if (number > 99999999)
            return 0;
        number = number * 10 + (unsigned)(*at - '0');
    }
    return at > text && (at == end || *at == '_') ? number : 0;
}

unsigned wz_package_kb(const char *identity)
{
    const char *end = strchr(identity, '~');

    if (end == NULL || !wz_starts_nocase(end, PACKAGE_TOKEN))
        return 0;
    if (wz_starts_nocase(identity, "package")) {       /* Package_for_KB…, Package_12_for_KB… */
        for (const char *at = identity + 7; at < end; at++)
            if (wz_starts_nocase(at, "_for_kb"))
                return package_number(at + 7, end);
        return 0;
    }
    if (wz_starts_nocase(identity, "vistasp2-kb"))
        return package_number(identity + 11, end);
    return wz_starts_nocase(identity, "kb") ? package_number(identity + 2, end) : 0;
}

/* Which of two packages of one update decides: the higher. */
static int package_rank(wz_package_state state)
{
    switch (state) {
    case WZ_PACKAGE_ABSENT:     return 0;
    case WZ_PACKAGE_STAGED:     return 1;
    case WZ_PACKAGE_BROKEN:     return 2;
    case WZ_PACKAGE_REMOVING:   return 3;
    case WZ_PACKAGE_PENDING:    return 4;
    case WZ_PACKAGE_SUPERSEDED: return 5;
    case WZ_PACKAGE_INSTALLED:  return 6;
    }
    return 0;
}

void wz_snapshot_update_states(const wz_snapshot *snapshot, const unsigned kbs[], size_t count,
                               wz_package_state states[])
{
    for (size_t i = 0; i < count; i++)
        states[i] = WZ_PACKAGE_ABSENT;
    for (size_t i = 0; i < snapshot->package_count; i++) {
        const wz_package *package = &snapshot->packages[i];
        wz_package_state  state = wz_package_meaning(package->state);
        unsigned          kb = wz_package_kb(package->name);
        size_t            low = 0;
        size_t            high = count;

        while (low < high) {                           /* the first that is not below kb */
            size_t middle = low + (high - low) / 2;

            if (kbs[middle] < kb)
                low = middle + 1;
            else
                high = middle;
        }
        if (kb != 0 && low < count && kbs[low] == kb && package_rank(state) > package_rank(states[low]))
            states[low] = state;
    }
}

wz_package_state wz_snapshot_update_state(const wz_snapshot *snapshot, unsigned kb)
{
    wz_package_state state;

    wz_snapshot_update_states(snapshot, &kb, 1, &state);
    return state;
}
