#include "core/standing.h"

#include "core/system.h"

#include <stdlib.h>

size_t wz_update_index(const wz_catalogue *catalogue, unsigned kb)
{
    size_t count = wz_catalogue_count(catalogue);
    size_t low = 0;
    size_t high = count;

    while (low < high) {                               /* the first that is not below kb */
        size_t middle = low + (high - low) / 2;

        if (wz_catalogue_at(catalogue, middle)->kb < kb)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && wz_catalogue_at(catalogue, low)->kb == kb ? low : count;
}

/* What the machine says besides its packages. */
typedef struct standing_facts {
    wz_version version;           /* 0 when not known */
    wz_version stack;             /* 0 when not known */
    bool       sha2;
    wz_time    security_only;     /* date of the newest security-only update that is installed; 0 when none */
} standing_facts;

static standing_facts standing_ask(const wz_standing *standing, const wz_snapshot *snapshot)
{
    standing_facts facts = { .sha2 = wz_system_sha2_ready(snapshot) };

    if (!wz_system_version(snapshot, &facts.version))
        facts.version = (wz_version){ 0 };
    if (!wz_snapshot_version(snapshot, WZ_FACT_STACK_VERSION, &facts.stack))
        facts.stack = (wz_version){ 0 };
    for (size_t i = 0; i < standing->count; i++) {
        const wz_update *update = wz_catalogue_at(standing->catalogue, i);

        if (update->kind == WZ_KIND_SECURITY_ONLY && standing->packages[i] == WZ_PACKAGE_INSTALLED
            && update->date > facts.security_only)
            facts.security_only = update->date;
    }
    return facts;
}

static bool standing_is_6_0(wz_version version)
{
    return version.major == 6 && version.minor == 0;
}

static bool standing_by_facts(const wz_update *update, const standing_facts *facts)
{
    switch (update->kind) {
    case WZ_KIND_SERVICE_PACK:
        return standing_is_6_0(facts->version) && facts->version.build >= 6002;
    case WZ_KIND_STACK:
        return update->stack.major != 0 && wz_version_compare(facts->stack, update->stack) >= 0;
    case WZ_KIND_SHA2:
        return facts->sha2;
    case WZ_KIND_ROLLUP:
        return update->build.major != 0 && standing_is_6_0(facts->version)
               && wz_version_compare(facts->version, update->build) >= 0
               && (facts->security_only == 0 || update->date > facts->security_only);
    case WZ_KIND_SECURITY_ONLY:
    case WZ_KIND_PREVIEW:
    case WZ_KIND_LICENSING:
    case WZ_KIND_OTHER:
        break;
    }
    return false;
}

/* What an update in force replaces is in force too, through the whole chain. */
static void standing_spread_in_force(wz_standing *standing)
{
    size_t *todo = wz_new_array(standing->count, size_t);
    size_t  length = 0;

    for (size_t i = 0; i < standing->count; i++)
        if (standing->in_force[i])
            todo[length++] = i;
    while (length > 0) {
        const wz_update *update = wz_catalogue_at(standing->catalogue, todo[--length]);

        for (size_t k = 0; k < update->supersedes_count; k++) {
            size_t older = wz_update_index(standing->catalogue, update->supersedes_kbs[k]);

            if (older < standing->count && !standing->in_force[older]) {
                standing->in_force[older] = true;
                todo[length++] = older;
            }
        }
    }
    free(todo);
}

/*
 * An update that waits for a restart stands for what it replaces, down to the next one that waits itself. Where two
 * replace the same update side by side, the one with the higher number.
 */
static void standing_spread_pending(wz_standing *standing)
{
    size_t *todo = wz_new_array(standing->count, size_t);

    for (size_t i = 0; i < standing->count; i++)
        if (standing->packages[i] == WZ_PACKAGE_PENDING && !standing->in_force[i])
            standing->pending[i] = wz_catalogue_at(standing->catalogue, i);
    for (size_t i = standing->count; i-- > 0;) {
        const wz_update *waiting = standing->pending[i];
        size_t           length = 0;

        if (waiting == NULL || waiting != wz_catalogue_at(standing->catalogue, i))
            continue;
        todo[length++] = i;
        while (length > 0) {
            const wz_update *update = wz_catalogue_at(standing->catalogue, todo[--length]);

            for (size_t k = 0; k < update->supersedes_count; k++) {
                size_t older = wz_update_index(standing->catalogue, update->supersedes_kbs[k]);

                if (older < standing->count && !standing->in_force[older] && standing->pending[older] == NULL) {
                    standing->pending[older] = waiting;
                    todo[length++] = older;
                }
            }
        }
    }
    free(todo);
}

void wz_standing_fill(wz_standing *standing, const wz_snapshot *snapshot, const wz_catalogue *catalogue)
{
    size_t         count = wz_catalogue_count(catalogue);
    unsigned      *kbs = wz_new_array(count, unsigned);
    standing_facts facts;

    *standing = (wz_standing){ .catalogue = catalogue, .count = count };
    standing->packages = wz_new_array(count, wz_package_state);
    standing->in_force = wz_new_array(count, bool);
    standing->pending = wz_new_array(count, const wz_update *);
    for (size_t i = 0; i < count; i++)
        kbs[i] = wz_catalogue_at(catalogue, i)->kb;
    wz_snapshot_update_states(snapshot, kbs, count, standing->packages);
    free(kbs);

    facts = standing_ask(standing, snapshot);
    for (size_t i = 0; i < count; i++)
        standing->in_force[i] = standing->packages[i] == WZ_PACKAGE_INSTALLED
                                || standing->packages[i] == WZ_PACKAGE_SUPERSEDED
                                || standing_by_facts(wz_catalogue_at(catalogue, i), &facts);
    standing_spread_in_force(standing);
    standing_spread_pending(standing);
}

void wz_standing_clear(wz_standing *standing)
{
    free(standing->packages);
    free(standing->in_force);
    free(standing->pending);
    *standing = (wz_standing){ 0 };
}
