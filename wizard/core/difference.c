#include "core/difference.h"

#include <stdlib.h>
#include <string.h>

/* ---- facts and checks ---- */

/* They change from one hour to the next without anybody doing anything to the machine. */
static bool is_of_the_moment(wz_fact_id id)
{
    static const wz_fact_id ids[] = {
        WZ_FACT_BOOT_TIME,  WZ_FACT_DISK_FREE,  WZ_FACT_REMOTE_SESSION, WZ_FACT_ADMINISTRATOR,
        WZ_FACT_CAN_ELEVATE, WZ_FACT_ON_BATTERY, WZ_FACT_LOG_SERVICING,  WZ_FACT_LOG_READINESS,
    };

    for (size_t i = 0; i < WZ_COUNT(ids); i++)
        if (ids[i] == id)
            return true;
    return false;
}

static bool is_same_fact(const wz_fact *first, const wz_fact *second)
{
    if (first->state != second->state)
        return false;
    if (first->state == WZ_FACT_UNREADABLE)
        return first->os_code == second->os_code;
    return first->state != WZ_FACT_KNOWN || strcmp(first->value, second->value) == 0;
}

static void find_facts(const wz_snapshot *first, const wz_snapshot *second, wz_differences *out)
{
    for (wz_fact_id id = 0; id < WZ_FACT_COUNT; id++) {
        if (is_same_fact(&first->facts[id], &second->facts[id]))
            continue;
        if (is_of_the_moment(id))
            out->moments[out->moment_count++] = id;
        else
            out->facts[out->fact_count++] = id;
    }
}

static void find_checks(const wz_session *first, const wz_session *second, wz_differences *out)
{
    for (wz_check_id id = 0; id < WZ_CHECK_COUNT; id++)
        if (first->checks.items[id].verdict != second->checks.items[id].verdict)
            out->checks[out->check_count++] = id;
}

static wz_machines find_machines(const wz_snapshot *first, const wz_snapshot *second)
{
    const char *one = wz_snapshot_text(first, WZ_FACT_MACHINE_ID);
    const char *other = wz_snapshot_text(second, WZ_FACT_MACHINE_ID);

    if (one == NULL || other == NULL)
        return WZ_MACHINES_UNKNOWN;
    return wz_equal_nocase(one, other) ? WZ_MACHINES_ONE : WZ_MACHINES_TWO;
}

/* ---- packages ---- */

static int compare_packages(const void *a, const void *b)
{
    return wz_compare_nocase((*(const wz_package *const *)a)->name, (*(const wz_package *const *)b)->name);
}

static const wz_package **sorted_packages(const wz_snapshot *snapshot)
{
    const wz_package **sorted = wz_new_array(snapshot->package_count + 1, const wz_package *);

    for (size_t i = 0; i < snapshot->package_count; i++)
        sorted[i] = &snapshot->packages[i];
    qsort(sorted, snapshot->package_count, sizeof(*sorted), compare_packages);
    return sorted;
}

static void add_package(wz_differences *out, const wz_package *first, const wz_package *second)
{
    if (first != NULL && second != NULL && wz_package_meaning(first->state) == wz_package_meaning(second->state))
        return;
    out->packages = wz_grow(out->packages, out->package_count, &out->package_room, sizeof *out->packages);
    out->packages[out->package_count++] = (wz_package_difference){ first, second };
}

static void find_packages(const wz_snapshot *first, const wz_snapshot *second, wz_differences *out)
{
    const wz_package **one = sorted_packages(first), **other = sorted_packages(second);
    size_t             i = 0, j = 0;

    while (i < first->package_count || j < second->package_count) {
        int order = i == first->package_count    ? 1
                    : j == second->package_count ? -1
                                                 : wz_compare_nocase(one[i]->name, other[j]->name);

        add_package(out, order <= 0 ? one[i] : NULL, order >= 0 ? other[j] : NULL);
        i += order <= 0;
        j += order >= 0;
    }
    free(other);
    free(one);
}

/* ---- updates ---- */

static int compare_numbers(const void *a, const void *b)
{
    unsigned one = *(const unsigned *)a, other = *(const unsigned *)b;

    return (one > other) - (one < other);
}

/* An update can differ only where a package of it does. */
static void find_updates(const wz_snapshot *first, const wz_snapshot *second, wz_differences *out)
{
    unsigned         *kbs = wz_new_array(out->package_count + 1, unsigned);
    wz_package_state *one, *other;
    size_t            count = 0, kept = 0;

    for (size_t i = 0; i < out->package_count; i++) {
        const wz_package *package = out->packages[i].first != NULL ? out->packages[i].first : out->packages[i].second;
        unsigned          kb = wz_package_kb(package->name);

        if (kb != 0)
            kbs[count++] = kb;
    }
    qsort(kbs, count, sizeof *kbs, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || kbs[i] != kbs[kept - 1])
            kbs[kept++] = kbs[i];
    one = wz_new_array(kept + 1, wz_package_state);
    other = wz_new_array(kept + 1, wz_package_state);
    wz_snapshot_update_states(first, kbs, kept, one);
    wz_snapshot_update_states(second, kbs, kept, other);
    for (size_t i = 0; i < kept; i++) {
        if (one[i] == other[i])
            continue;
        out->updates = wz_grow(out->updates, out->update_count, &out->update_room, sizeof *out->updates);
        out->updates[out->update_count++] = (wz_update_difference){ kbs[i], one[i], other[i] };
    }
    free(other);
    free(one);
    free(kbs);
}

/* ---- WMI's list ---- */

static int compare_names(const void *a, const void *b)
{
    return wz_compare_nocase(*(const char *const *)a, *(const char *const *)b);
}

static const char **sorted_hotfixes(const wz_snapshot *snapshot)
{
    const char **sorted = wz_new_array(snapshot->hotfix_count + 1, const char *);

    for (size_t i = 0; i < snapshot->hotfix_count; i++)
        sorted[i] = snapshot->hotfixes[i];
    qsort(sorted, snapshot->hotfix_count, sizeof(*sorted), compare_names);
    return sorted;
}

static bool is_told(const wz_differences *differences, const char *id)
{
    uint64_t number = 0;

    if (!wz_parse_number(wz_starts_nocase(id, "kb") ? id + 2 : id, &number))
        return false;
    for (size_t i = 0; i < differences->update_count; i++)
        if (differences->updates[i].kb == number)
            return true;
    return false;
}

static void add_hotfix(wz_differences *out, const char *id, bool is_first)
{
    if (is_told(out, id))
        return;
    out->hotfixes = wz_grow(out->hotfixes, out->hotfix_count, &out->hotfix_room, sizeof *out->hotfixes);
    out->hotfixes[out->hotfix_count++] = (wz_hotfix_difference){ id, is_first };
}

static void find_hotfixes(const wz_snapshot *first, const wz_snapshot *second, wz_differences *out)
{
    const char **one = sorted_hotfixes(first), **other = sorted_hotfixes(second);
    size_t       i = 0, j = 0;

    while (i < first->hotfix_count || j < second->hotfix_count) {
        int order = i == first->hotfix_count    ? 1
                    : j == second->hotfix_count ? -1
                                                : wz_compare_nocase(one[i], other[j]);

        if (order < 0)
            add_hotfix(out, one[i], true);
        else if (order > 0)
            add_hotfix(out, other[j], false);
        i += order <= 0;
        j += order >= 0;
    }
    free(other);
    free(one);
}

/* ---- all ---- */

static bool both_known(const wz_snapshot *first, const wz_snapshot *second, wz_fact_id list)
{
    return first->facts[list].state == WZ_FACT_KNOWN && second->facts[list].state == WZ_FACT_KNOWN;
}

void wz_differences_find(const wz_session *first, const wz_session *second, wz_differences *out)
{
    const wz_snapshot *one = first->snapshot, *other = second->snapshot;

    *out = (wz_differences){ .first = first, .second = second, .machines = find_machines(one, other),
                             .has_packages = both_known(one, other, WZ_FACT_PACKAGES),
                             .has_hotfixes = both_known(one, other, WZ_FACT_HOTFIXES) };
    find_facts(one, other, out);
    find_checks(first, second, out);
    if (out->has_packages) {
        find_packages(one, other, out);
        find_updates(one, other, out);
    }
    if (out->has_hotfixes)
        find_hotfixes(one, other, out);
}

void wz_differences_clear(wz_differences *differences)
{
    free(differences->updates);
    free(differences->packages);
    free(differences->hotfixes);
    *differences = (wz_differences){ 0 };
}

bool wz_differences_any(const wz_differences *differences)
{
    return differences->check_count + differences->fact_count + differences->update_count
               + differences->package_count + differences->hotfix_count > 0;
}
