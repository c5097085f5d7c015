#include "core/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "core/catalogue_parts.h"
#include "resource.h"

void wz_catalogue_free(wz_catalogue *catalogue)
{
    if (catalogue == NULL)
        return;
    for (size_t i = 0; i < catalogue->count; i++) {
        wz_update *update = &catalogue->updates[i];

        for (size_t j = 0; j < update->problem_count; j++)
            free((char *)update->problems[j].text);
        free((wz_known_problem *)update->problems);
        free((wz_offer *)update->offers);
        free((unsigned *)update->requires_kbs);
        free((unsigned *)update->supersedes_kbs);
    }
    free(catalogue->updates);
    free(catalogue->lines);
    free(catalogue->name);
    wz_xml_free(catalogue->xml);
    free(catalogue);
}

/* ---- the catalogue itself ---- */

const char *wz_catalogue_name(const wz_catalogue *catalogue)
{
    return catalogue->name;
}

const char *wz_catalogue_edition(const wz_catalogue *catalogue)
{
    const char *date = wz_node_attribute(wz_xml_root(catalogue->xml), "date");

    return date != NULL ? date : "";
}

bool wz_catalogue_is_built_in(const wz_catalogue *catalogue)
{
    return catalogue->says_built_in && catalogue->came_built_in;
}

void wz_catalogue_set_origin(wz_catalogue *catalogue, bool built_in, const char *sha256)
{
    size_t length = strlen(sha256);

    catalogue->came_built_in = built_in;
    memset(catalogue->sha256, 0, sizeof catalogue->sha256);
    memcpy(catalogue->sha256, sha256, length < sizeof catalogue->sha256 ? length : sizeof catalogue->sha256 - 1);
}

const char *wz_catalogue_sha256(const wz_catalogue *catalogue)
{
    return catalogue->sha256;
}

/* ---- finding updates ---- */

size_t wz_catalogue_index(const wz_catalogue *catalogue, unsigned kb)
{
    size_t low = 0;
    size_t high = catalogue->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (catalogue->updates[middle].kb < kb)
            low = middle + 1;
        else
            high = middle;
    }
    return low < catalogue->count && catalogue->updates[low].kb == kb ? low : WZ_CATALOGUE_NONE;
}

size_t wz_catalogue_count(const wz_catalogue *catalogue)
{
    return catalogue->count;
}

const wz_update *wz_catalogue_at(const wz_catalogue *catalogue, size_t index)
{
    return &catalogue->updates[index];
}

const wz_update *wz_catalogue_find(const wz_catalogue *catalogue, unsigned kb)
{
    size_t index = wz_catalogue_index(catalogue, kb);

    return index != WZ_CATALOGUE_NONE ? &catalogue->updates[index] : NULL;
}

const wz_update *wz_catalogue_target(const wz_catalogue *catalogue, wz_target target)
{
    return &catalogue->updates[catalogue->targets[target]];
}

bool wz_catalogue_replaces(const wz_catalogue *catalogue, unsigned newer, unsigned older)
{
    size_t  start = wz_catalogue_index(catalogue, newer);
    bool    found = newer == older;
    bool   *seen;
    size_t *waiting;
    size_t  count = 0;

    if (found || start == WZ_CATALOGUE_NONE)
        return found;
    seen = wz_new_array(catalogue->count, bool);
    waiting = wz_new_array(catalogue->count, size_t);  /* each update waits once at most */
    seen[start] = true;
    waiting[count++] = start;
    while (count > 0 && !found) {
        const wz_update *update = &catalogue->updates[waiting[--count]];

        for (size_t i = 0; i < update->supersedes_count && !found; i++) {
            size_t next = wz_catalogue_index(catalogue, update->supersedes_kbs[i]);

            found = update->supersedes_kbs[i] == older;
            if (next != WZ_CATALOGUE_NONE && !seen[next]) {
                seen[next] = true;
                waiting[count++] = next;
            }
        }
    }
    free(seen);
    free(waiting);
    return found;
}

const wz_update *wz_catalogue_level(const wz_catalogue *catalogue, wz_version version, const wz_update **next)
{
    const wz_update *level = NULL;
    const wz_update *after = NULL;

    for (size_t i = 0; i < catalogue->count; i++) {
        const wz_update *update = &catalogue->updates[i];

        if (update->kind != WZ_KIND_ROLLUP || update->build.major == 0)
            continue;
        if (wz_version_compare(update->build, version) <= 0) {
            if (level == NULL || wz_version_compare(update->build, level->build) > 0)
                level = update;
        } else if (after == NULL || wz_version_compare(update->build, after->build) < 0) {
            after = update;
        }
    }
    if (next != NULL)
        *next = after;
    return level;
}

bool wz_confidence_is_fact(wz_confidence confidence)
{
    return confidence == WZ_CONFIDENCE_P || confidence == WZ_CONFIDENCE_S_PLUS;
}

bool wz_update_kernel_version(const wz_update *update, wz_version *out)
{
    if (update->build.major == 0 ||
        (update->build_file != NULL && !wz_equal_nocase(update->build_file, "ntoskrnl.exe")))
        return false;
    *out = update->build;
    return true;
}

const wz_offer *wz_update_offer(const wz_update *update, wz_architecture architecture)
{
    for (size_t i = 0; i < update->offer_count; i++) {
        const wz_offer *offer = &update->offers[i];

        if (offer->architecture == architecture && offer->name != NULL && !offer->is_inner)
            return offer;
    }
    return NULL;
}

/* ---- names and words ---- */

static const char *const target_names[WZ_TARGET_COUNT] = {
    [WZ_TARGET_6003] = "6003", [WZ_TARGET_FREE] = "free", [WZ_TARGET_ESU3] = "esu3", [WZ_TARGET_ESU4] = "esu4",
    [WZ_TARGET_PA] = "pa"
};

const char *wz_target_name(wz_target target)
{
    return target_names[target];
}

bool wz_target_parse(const char *text, wz_target *out)
{
    for (int i = 0; i < WZ_TARGET_COUNT; i++)
        if (wz_equal_nocase(text, target_names[i])) {
            *out = (wz_target)i;
            return true;
        }
    return false;
}

const char *wz_architecture_name(wz_architecture architecture)
{
    switch (architecture) {
    case WZ_ARCH_UNKNOWN: return "";
    case WZ_ARCH_X86:     return "x86";
    case WZ_ARCH_X64:     return "x64";
    case WZ_ARCH_IA64:    return "ia64";
    }
    return "";
}

wz_architecture wz_architecture_parse(const char *text)
{
    if (wz_equal_nocase(text, "x86"))
        return WZ_ARCH_X86;
    if (wz_equal_nocase(text, "x64") || wz_equal_nocase(text, "amd64"))
        return WZ_ARCH_X64;
    return wz_equal_nocase(text, "ia64") ? WZ_ARCH_IA64 : WZ_ARCH_UNKNOWN;
}

unsigned wz_kind_word(wz_kind kind)
{
    switch (kind) {
    case WZ_KIND_SERVICE_PACK:  return IDS_KIND_SERVICE_PACK;
    case WZ_KIND_STACK:         return IDS_KIND_STACK;
    case WZ_KIND_SHA2:          return IDS_KIND_SHA2;
    case WZ_KIND_ROLLUP:        return IDS_KIND_ROLLUP;
    case WZ_KIND_SECURITY_ONLY: return IDS_KIND_SECURITY_ONLY;
    case WZ_KIND_PREVIEW:       return IDS_KIND_PREVIEW;
    case WZ_KIND_LICENSING:     return IDS_KIND_LICENSING;
    case WZ_KIND_OTHER:         return IDS_KIND_OTHER;
    }
    return IDS_KIND_OTHER;
}

unsigned wz_programme_word(wz_programme programme)
{
    switch (programme) {
    case WZ_PROGRAMME_FREE: return IDS_PROGRAMME_FREE;
    case WZ_PROGRAMME_ESU1: return IDS_PROGRAMME_ESU1;
    case WZ_PROGRAMME_ESU2: return IDS_PROGRAMME_ESU2;
    case WZ_PROGRAMME_ESU3: return IDS_PROGRAMME_ESU3;
    case WZ_PROGRAMME_ESU4: return IDS_PROGRAMME_ESU4;
    case WZ_PROGRAMME_PA:   return IDS_PROGRAMME_PA;
    }
    return IDS_PROGRAMME_FREE;
}

unsigned wz_target_word(wz_target target)
{
    switch (target) {
    case WZ_TARGET_6003:  return IDS_TARGET_6003;
    case WZ_TARGET_FREE:  return IDS_TARGET_FREE;
    case WZ_TARGET_ESU3:  return IDS_TARGET_ESU3;
    case WZ_TARGET_ESU4:  return IDS_TARGET_ESU4;
    case WZ_TARGET_PA:    return IDS_TARGET_PA;
    case WZ_TARGET_COUNT: break;
    }
    return IDS_TARGET_FREE;
}
