/*
 * system: which Windows this is, and whether its four witnesses agree.
 *
 * Pure functions of a snapshot. Telling the systems apart: servicing.md section 11. Any thread.
 */
#ifndef WZ_CORE_SYSTEM_H
#define WZ_CORE_SYSTEM_H

#include "core/catalogue.h"
#include "core/snapshot.h"

typedef enum wz_system {
    WZ_SYSTEM_TARGET,        /* Windows Server 2008 SP2, x86 or x64, 6002 or later 6.0 build */
    WZ_SYSTEM_ITANIUM,       /* the same on Itanium: supported up to January 2020 */
    WZ_SYSTEM_2008_SP1,      /* 6.0.6001: needs service pack 2 first */
    WZ_SYSTEM_VISTA,         /* 6.0 client */
    WZ_SYSTEM_2008_R2,       /* 6.1 server */
    WZ_SYSTEM_NEWER,         /* any other version above 6.0 */
    WZ_SYSTEM_OLDER,
    WZ_SYSTEM_UNKNOWN        /* version, product type or architecture could not be read */
} wz_system;

typedef enum wz_agreement {
    WZ_AGREE,                /* all known sources name the same build */
    WZ_AGREE_TOO_FEW,        /* fewer than two sources known */
    WZ_DISAGREE_PENDING,     /* they differ and a restart is pending: expected */
    WZ_DISAGREE_LAYER,       /* GetVersionEx differs from RtlGetVersion: a compatibility layer is on this program */
    WZ_DISAGREE_REGISTRY,    /* registry or WMI name a later build than the one that runs */
    WZ_DISAGREE_REGISTRY_OLDER,
    WZ_DISAGREE_KERNEL,      /* the kernel file is of a later build than the one that runs; the registry may be too */
    WZ_DISAGREE_KERNEL_OLDER
} wz_agreement;

wz_system    wz_system_of(const wz_snapshot *snapshot);
bool         wz_system_is_supported(wz_system system);          /* TARGET and ITANIUM */
unsigned     wz_system_word(wz_system system);                  /* string id: what it is */
unsigned     wz_system_advice_word(wz_system system);           /* string id: what to do; 0 for TARGET */
wz_agreement wz_system_agreement(const wz_snapshot *snapshot);
unsigned     wz_agreement_word(wz_agreement agreement);

/* As believed: build from RtlGetVersion, revision from the kernel file when it has the same build. */
bool         wz_system_version(const wz_snapshot *snapshot, wz_version *out);
wz_architecture wz_system_architecture(const wz_snapshot *snapshot);
bool         wz_system_sha2_ready(const wz_snapshot *snapshot); /* both registry values above 0 */
/* The signs that block: CBS, its sessions, the component store, the update agent. Not file renames. */
bool         wz_system_restart_pending(const wz_snapshot *snapshot);
/* "Version 6.0 (Build 6002: Service Pack 2)" of this snapshot; appends nothing when the version is not known. */
void         wz_system_about(const wz_snapshot *snapshot, wz_text *out);

#endif
