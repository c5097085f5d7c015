#include "core/system.h"

#include "resource.h"

/* ---- which Windows ---- */

wz_architecture wz_system_architecture(const wz_snapshot *snapshot)
{
    const char *name = wz_snapshot_text(snapshot, WZ_FACT_ARCHITECTURE);

    return name != NULL ? wz_architecture_parse(name) : WZ_ARCH_UNKNOWN;
}

/* 6.0 is Windows Vista or Windows Server 2008; the version alone does not tell them apart. */
static wz_system system_of_60(const wz_snapshot *snapshot, uint16_t build, uint64_t product_type)
{
    if (product_type == 1)
        return WZ_SYSTEM_VISTA;
    if (build < 6002)
        return WZ_SYSTEM_2008_SP1;
    switch (wz_system_architecture(snapshot)) {
    case WZ_ARCH_X86:
    case WZ_ARCH_X64:     return WZ_SYSTEM_TARGET;
    case WZ_ARCH_IA64:    return WZ_SYSTEM_ITANIUM;
    case WZ_ARCH_UNKNOWN: break;
    }
    return WZ_SYSTEM_UNKNOWN;
}

wz_system wz_system_of(const wz_snapshot *snapshot)
{
    wz_version version;
    uint64_t   product_type = 0;

    if (!wz_snapshot_version(snapshot, WZ_FACT_VERSION_API, &version))
        return WZ_SYSTEM_UNKNOWN;
    if (version.major < 6)
        return WZ_SYSTEM_OLDER;
    if (version.major > 6 || version.minor > 1)
        return WZ_SYSTEM_NEWER;
    if (!wz_snapshot_number(snapshot, WZ_FACT_PRODUCT_TYPE, &product_type) || product_type < 1 || product_type > 3)
        return WZ_SYSTEM_UNKNOWN;
    if (version.minor == 0)
        return system_of_60(snapshot, version.build, product_type);
    return product_type == 1 ? WZ_SYSTEM_NEWER : WZ_SYSTEM_2008_R2;   /* Windows 7 */
}

bool wz_system_is_supported(wz_system system)
{
    return system == WZ_SYSTEM_TARGET || system == WZ_SYSTEM_ITANIUM;
}

unsigned wz_system_word(wz_system system)
{
    switch (system) {
    case WZ_SYSTEM_TARGET:   return IDS_SYSTEM_TARGET;
    case WZ_SYSTEM_ITANIUM:  return IDS_SYSTEM_ITANIUM;
    case WZ_SYSTEM_2008_SP1: return IDS_SYSTEM_2008_SP1;
    case WZ_SYSTEM_VISTA:    return IDS_SYSTEM_VISTA;
    case WZ_SYSTEM_2008_R2:  return IDS_SYSTEM_2008_R2;
    case WZ_SYSTEM_NEWER:    return IDS_SYSTEM_NEWER;
    case WZ_SYSTEM_OLDER:    return IDS_SYSTEM_OLDER;
    case WZ_SYSTEM_UNKNOWN:  break;
    }
    return IDS_SYSTEM_UNKNOWN;
}

unsigned wz_system_advice_word(wz_system system)
{
    switch (system) {
    case WZ_SYSTEM_TARGET:   return 0;
    case WZ_SYSTEM_ITANIUM:  return IDS_ADVICE_ITANIUM;
    case WZ_SYSTEM_2008_SP1: return IDS_ADVICE_2008_SP1;
    case WZ_SYSTEM_VISTA:    return IDS_ADVICE_VISTA;
    case WZ_SYSTEM_2008_R2:  return IDS_ADVICE_2008_R2;
    case WZ_SYSTEM_NEWER:    return IDS_ADVICE_NEWER;
    case WZ_SYSTEM_OLDER:    return IDS_ADVICE_OLDER;
    case WZ_SYSTEM_UNKNOWN:  break;
    }
    return IDS_ADVICE_UNKNOWN;
}

/* ---- whether the witnesses agree ---- */

/* What counts is the build: only the kernel file has a revision. */
static bool system_read_build(const wz_snapshot *snapshot, wz_fact_id id, wz_version *out)
{
    if (!wz_snapshot_version(snapshot, id, out))
        return false;
    out->revision = 0;
    return true;
}

wz_agreement wz_system_agreement(const wz_snapshot *snapshot)
{
    /* By how near to the running kernel they are: the first that is known is what the others are held against. */
    static const wz_fact_id witnesses[] = { WZ_FACT_VERSION_API, WZ_FACT_VERSION_WMI, WZ_FACT_VERSION_REGISTRY,
                                            WZ_FACT_VERSION_KERNEL };
    wz_version running = { 0 };
    wz_version shim;
    wz_version version;
    size_t     known = 0;
    int        differ = 0;                             /* of registry and WMI, the sign of the first that differs */
    int        kernel_differs = 0;
    bool       is_layered;

    for (size_t i = 0; i < WZ_COUNT(witnesses); i++) {
        if (!system_read_build(snapshot, witnesses[i], &version))
            continue;
        if (known++ == 0)
            running = version;
        if (witnesses[i] == WZ_FACT_VERSION_KERNEL)
            kernel_differs = wz_version_compare(version, running);
        else if (differ == 0)
            differ = wz_version_compare(version, running);
    }
    is_layered = system_read_build(snapshot, WZ_FACT_VERSION_SHIM, &shim)
              && system_read_build(snapshot, WZ_FACT_VERSION_API, &version) && wz_version_compare(shim, version) != 0;
    if ((differ != 0 || kernel_differs != 0) && wz_system_restart_pending(snapshot))
        return WZ_DISAGREE_PENDING;
    if (is_layered)
        return WZ_DISAGREE_LAYER;
    if (kernel_differs != 0)
        return kernel_differs > 0 ? WZ_DISAGREE_KERNEL : WZ_DISAGREE_KERNEL_OLDER;
    if (differ != 0)
        return differ > 0 ? WZ_DISAGREE_REGISTRY : WZ_DISAGREE_REGISTRY_OLDER;
    return known < 2 ? WZ_AGREE_TOO_FEW : WZ_AGREE;
}

unsigned wz_agreement_word(wz_agreement agreement)
{
    switch (agreement) {
    case WZ_AGREE:             return IDS_AGREE;
    case WZ_AGREE_TOO_FEW:     return IDS_AGREE_TOO_FEW;
    case WZ_DISAGREE_PENDING:  return IDS_DISAGREE_PENDING;
    case WZ_DISAGREE_LAYER:    return IDS_DISAGREE_LAYER;
    case WZ_DISAGREE_REGISTRY: return IDS_DISAGREE_REGISTRY;
    case WZ_DISAGREE_KERNEL:   return IDS_DISAGREE_KERNEL;
    case WZ_DISAGREE_REGISTRY_OLDER: return IDS_DISAGREE_REGISTRY_OLDER;
    case WZ_DISAGREE_KERNEL_OLDER:   return IDS_DISAGREE_KERNEL_OLDER;
    }
    return IDS_AGREE_TOO_FEW;
}

/* ---- what follows from it ---- */

bool wz_system_version(const wz_snapshot *snapshot, wz_version *out)
{
    wz_version version;
    wz_version kernel;

    if (!system_read_build(snapshot, WZ_FACT_VERSION_API, &version))
        return false;
    if (wz_snapshot_version(snapshot, WZ_FACT_VERSION_KERNEL, &kernel) && kernel.major == version.major
        && kernel.minor == version.minor && kernel.build == version.build)
        version.revision = kernel.revision;
    *out = version;
    return true;
}

static bool system_is_above_zero(const wz_snapshot *snapshot, wz_fact_id id)
{
    uint64_t number = 0;

    return wz_snapshot_number(snapshot, id, &number) && number > 0;
}

bool wz_system_sha2_ready(const wz_snapshot *snapshot)
{
    return system_is_above_zero(snapshot, WZ_FACT_SHA2_SUPPORT)
        && system_is_above_zero(snapshot, WZ_FACT_SHA2_CORE_SUPPORT);
}

bool wz_system_restart_pending(const wz_snapshot *snapshot)
{
    const char *components = wz_snapshot_text(snapshot, WZ_FACT_PENDING_COMPONENTS);

    return wz_snapshot_flag(snapshot, WZ_FACT_PENDING_CBS_REBOOT)
        || system_is_above_zero(snapshot, WZ_FACT_PENDING_CBS_PACKAGES)
        || system_is_above_zero(snapshot, WZ_FACT_PENDING_CBS_SESSIONS)
        || (components != NULL && *components != '\0')
        || wz_snapshot_flag(snapshot, WZ_FACT_PENDING_XML_FILE)
        || wz_snapshot_flag(snapshot, WZ_FACT_PENDING_UPDATE_AGENT);
}

void wz_system_about(const wz_snapshot *snapshot, wz_text *out)
{
    const char *service_pack = wz_snapshot_text(snapshot, WZ_FACT_SERVICE_PACK);
    wz_version  version;

    if (wz_system_version(snapshot, &version))
        wz_version_about_line(version, service_pack, out);
}
