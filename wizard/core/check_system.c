/* The checks that ask which Windows this is and how far it has come. */
#include "core/check_rules.h"

#include "resource.h"

#include <string.h>

/* ---- which Windows ---- */

/* The name Windows gives itself, without the blank that the caption ends in (FINDINGS.md); "Windows" when not known. */
static void check_add_name(const wz_check_input *input, wz_text *out)
{
    const char *name = wz_snapshot_text(input->snapshot, WZ_FACT_PRODUCT_NAME);
    size_t      length = 0;

    if (name == NULL)
        name = wz_snapshot_text(input->snapshot, WZ_FACT_CAPTION);
    if (name == NULL)
        name = "Windows";
    for (size_t i = 0; name[i] != '\0'; i++)
        if (name[i] != ' ')
            length = i + 1;
    wz_text_append(out, name, length);
}

/* As much of the version as is known. */
static void check_add_version(const wz_check_input *input, wz_text *out)
{
    wz_version version;

    if (wz_system_version(input->snapshot, &version))
        wz_text_add_version(out, version, version.revision != 0 ? 4 : 3);
    else
        wz_text_add(out, "?");
}

static wz_fact_id check_unknown_system_fact(const wz_check_input *input)
{
    static const wz_fact_id facts[] = { WZ_FACT_VERSION_API, WZ_FACT_PRODUCT_TYPE, WZ_FACT_ARCHITECTURE };

    for (size_t i = 0; i < WZ_COUNT(facts); i++)
        if (input->snapshot->facts[facts[i]].state != WZ_FACT_KNOWN)
            return facts[i];
    return WZ_FACT_ARCHITECTURE;
}

void wz_check_system(const wz_check_input *input, wz_check *out)
{
    wz_text     name = { 0 };
    wz_text     version = { 0 };
    const char *args[3];

    if (input->system == WZ_SYSTEM_UNKNOWN) {
        wz_check_unknown(input, out, check_unknown_system_fact(input));
        return;
    }
    check_add_name(input, &name);
    check_add_version(input, &version);
    args[0] = wz_text_at(&name);
    args[1] = wz_text_at(&version);
    args[2] = wz_architecture_name(wz_system_architecture(input->snapshot));
    if (input->system == WZ_SYSTEM_TARGET)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SYSTEM_IS, 3, args);
    else if (input->system == WZ_SYSTEM_ITANIUM
             && wz_catalogue_target(input->catalogue, input->target)->programme == WZ_PROGRAMME_FREE)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SYSTEM_ITANIUM, 2, args);
    else if (input->system == WZ_SYSTEM_ITANIUM)
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_ITANIUM, IDS_CHK_SYSTEM_ITANIUM_LATER, 2, args);
    else
        wz_check_say(out, WZ_VERDICT_BLOCKED, wz_system_advice_word(input->system), IDS_CHK_SYSTEM_OTHER, 2, args);
    wz_text_clear(&name);
    wz_text_clear(&version);
}

/* On another Windows the number means something else, so the advice there is the one for that Windows. */
void wz_check_service_pack(const wz_check_input *input, wz_check *out)
{
    uint64_t    major;
    const char *args[1] = { wz_check_value(input, WZ_FACT_SERVICE_PACK_MAJOR) };
    bool        is_ours = wz_system_is_supported(input->system) || input->system == WZ_SYSTEM_2008_SP1
                   || input->system == WZ_SYSTEM_UNKNOWN;

    if (!wz_snapshot_number(input->snapshot, WZ_FACT_SERVICE_PACK_MAJOR, &major))
        wz_check_unknown(input, out, WZ_FACT_SERVICE_PACK_MAJOR);
    else if (major == 2)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SP_IS, 1, args);
    else
        wz_check_say(out, WZ_VERDICT_BLOCKED, is_ours ? IDS_CHK_FIX_SP : wz_system_advice_word(input->system),
                     IDS_CHK_SP_IS, 1, args);
}

/* ---- do the witnesses agree ---- */

void wz_check_version_sources(const wz_check_input *input, wz_check *out)
{
    const char *sources[4] = { wz_check_value(input, WZ_FACT_VERSION_API),
                               wz_check_value(input, WZ_FACT_VERSION_REGISTRY),
                               wz_check_value(input, WZ_FACT_VERSION_KERNEL),
                               wz_check_value(input, WZ_FACT_VERSION_WMI) };
    const char *layer[2] = { sources[0], wz_check_value(input, WZ_FACT_VERSION_SHIM) };

    switch (wz_system_agreement(input->snapshot)) {
    case WZ_AGREE:
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SOURCES, 4, sources);
        break;
    case WZ_AGREE_TOO_FEW:
        wz_check_say(out, WZ_VERDICT_UNKNOWN, IDS_CHK_FIX_SOURCES_FEW, IDS_CHK_SOURCES, 4, sources);
        break;
    case WZ_DISAGREE_PENDING:
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SOURCES_PENDING, IDS_CHK_SOURCES, 4, sources);
        break;
    case WZ_DISAGREE_LAYER:
        out->fact = WZ_FACT_VERSION_SHIM;
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SOURCES_LAYER, IDS_CHK_SOURCES_LAYER, 2, layer);
        break;
    case WZ_DISAGREE_REGISTRY:
        out->fact = WZ_FACT_VERSION_REGISTRY;
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SOURCES_REGISTRY, IDS_CHK_SOURCES, 4, sources);
        break;
    case WZ_DISAGREE_REGISTRY_OLDER:
        out->fact = WZ_FACT_VERSION_REGISTRY;
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SOURCES_REGISTRY_OLDER, IDS_CHK_SOURCES, 4, sources);
        break;
    case WZ_DISAGREE_KERNEL_OLDER:
        out->fact = WZ_FACT_VERSION_KERNEL;
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SOURCES_KERNEL_OLDER, IDS_CHK_SOURCES, 4, sources);
        break;
    case WZ_DISAGREE_KERNEL:
        out->fact = WZ_FACT_VERSION_KERNEL;
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SOURCES_KERNEL, IDS_CHK_SOURCES, 4, sources);
        break;
    }
}

/* ---- SHA-2 support ---- */

static const wz_update *check_installed_sha2(const wz_check_input *input)
{
    for (size_t i = 0; i < input->standing->count; i++) {
        const wz_update *update = wz_catalogue_at(input->catalogue, i);

        if (update->kind == WZ_KIND_SHA2 && input->standing->in_force[i])
            return update;
    }
    return NULL;
}

/*
 * The newest version of the packages of SHA-2 support: "6.0.1.4", "–" when there is none. Which one the last release of
 * September 2019 has is in no source (servicing.md 7.4), so it is told and not judged.
 */
static void check_add_sha2_package(const wz_check_input *input, wz_text *out)
{
    wz_version newest = { 0 };
    bool       is_found = false;

    for (size_t i = 0; i < input->snapshot->package_count; i++) {
        const wz_package *package = &input->snapshot->packages[i];
        const wz_update  *update = wz_catalogue_find(input->catalogue, wz_package_kb(package->name));
        const char       *version = strrchr(package->name, '~');
        wz_version        parsed;

        if (update != NULL && update->kind == WZ_KIND_SHA2 && version != NULL && wz_version_parse(version + 1, &parsed)
            && wz_package_meaning(package->state) == WZ_PACKAGE_INSTALLED
            && (!is_found || wz_version_compare(parsed, newest) > 0)) {
            newest = parsed;
            is_found = true;
        }
    }
    if (is_found)
        wz_text_add_version(out, newest, 4);
    else
        wz_text_add(out, "–");
}

/* SHA-2 support is wanted when the way to the target passes it or anything signed with SHA-2 only. */
static bool check_needs_sha2(const wz_check_input *input)
{
    for (size_t i = 0; i < input->standing->count; i++) {
        const wz_update *update = wz_catalogue_at(input->catalogue, i);

        if (input->required[i] && (update->needs_sha2 || update->kind == WZ_KIND_SHA2))
            return true;
    }
    return false;
}

void wz_check_sha2(const wz_check_input *input, wz_check *out)
{
    static const wz_fact_id facts[] = { WZ_FACT_SHA2_SUPPORT, WZ_FACT_SHA2_CORE_SUPPORT };
    const wz_update        *installed;
    wz_text                 kb = { 0 };
    const char *args[3] = { wz_check_value(input, facts[0]), wz_check_value(input, facts[1]), "" };

    for (size_t i = 0; i < WZ_COUNT(facts); i++) {
        wz_fact_state state = input->snapshot->facts[facts[i]].state;

        if (state != WZ_FACT_KNOWN && state != WZ_FACT_ABSENT) {
            wz_check_unknown(input, out, facts[i]);
            return;
        }
    }
    if (wz_system_sha2_ready(input->snapshot)) {
        wz_text package = { 0 };

        check_add_sha2_package(input, &package);
        args[2] = wz_text_at(&package);
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SHA2_READY, 3, args);
        wz_text_clear(&package);
        return;
    }
    installed = check_installed_sha2(input);
    if (installed != NULL)
        wz_text_add_number(&kb, installed->kb);
    args[2] = wz_text_at(&kb);
    if (!check_needs_sha2(input))
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_SHA2_NOT_NEEDED, 2, args);
    else if (installed != NULL)
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SHA2_DOUBTFUL, IDS_CHK_SHA2_DOUBTFUL, 3, args);
    else
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_SHA2, IDS_CHK_SHA2_MISSING, 2, args);
    wz_text_clear(&kb);
}

/* ---- servicing stack ---- */

/*
 * The newest stack on the way to the target that is not in force. A stack whose version nobody has published is known
 * by its package alone; when neither packages nor version could be read, nothing can be said.
 */
static const wz_update *check_missing_stack(const wz_check_input *input)
{
    const wz_update *missing = NULL;

    for (size_t i = 0; i < input->standing->count; i++) {
        const wz_update *update = wz_catalogue_at(input->catalogue, i);

        if (update->kind == WZ_KIND_STACK && input->required[i] && !input->standing->in_force[i])
            missing = update;
    }
    return missing;
}

void wz_check_stack(const wz_check_input *input, wz_check *out)
{
    const wz_update *missing = check_missing_stack(input);
    wz_text          kb = { 0 };
    const char      *args[2] = { wz_check_value(input, WZ_FACT_STACK_VERSION), "" };
    wz_version       version;
    bool             has_version = wz_snapshot_version(input->snapshot, WZ_FACT_STACK_VERSION, &version);
    wz_fact_state    packages = input->snapshot->facts[WZ_FACT_PACKAGES].state;

    if (missing == NULL) {
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_STACK_READY, 1, args);
        return;
    }
    if (packages != WZ_FACT_KNOWN && missing->stack.major == 0) {
        wz_check_unknown(input, out, WZ_FACT_PACKAGES);
        return;
    }
    if (!has_version && (packages != WZ_FACT_KNOWN
                         || input->snapshot->facts[WZ_FACT_STACK_VERSION].state == WZ_FACT_UNREADABLE)) {
        wz_check_unknown(input, out, WZ_FACT_STACK_VERSION);
        return;
    }
    wz_text_add_number(&kb, missing->kb);
    args[1] = wz_text_at(&kb);
    wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_STACK, IDS_CHK_STACK_OLD, 2, args);
    wz_text_clear(&kb);
}
