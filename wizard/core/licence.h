/*
 * licence: what the machine is entitled to, and which targets that allows.
 *
 * Two separate verdicts (design.md 2.2): 6003 itself and everything up to January 2020 is free; later payloads need a
 * programme. Read from the LicenseStatus facts; nothing here touches a key. Any thread.
 */
#ifndef WZ_CORE_LICENCE_H
#define WZ_CORE_LICENCE_H

#include "core/catalogue.h"
#include "core/snapshot.h"
#include "core/words.h"

typedef struct wz_entitlement {
    wz_programme highest;       /* WZ_PROGRAMME_FREE when no licence was found */
    bool         is_known;      /* false when no licence fact could be read at all */
    wz_fact_id   fact;          /* the fact it rests on; meaningful when highest is above free */
    wz_phrase    summary;       /* one sentence for page 4 and the report */
} wz_entitlement;

/*
 * The strongest licence that counts. A virtual machine in Azure needs no key for what its year 4 covers (servicing.md
 * 4.3, 4.6). It is known by the tag of its firmware; the services of its agent alone are told as possible and open no
 * target. Windows asks Azure itself.
 */
void wz_entitlement_of(const wz_snapshot *snapshot, wz_entitlement *out);
void wz_entitlement_clear(wz_entitlement *entitlement);

/*
 * Extended Security Updates and what followed exist for Standard, Enterprise and Datacenter, each also as Server Core
 * and without Hyper-V (servicing.md 4.5); on another edition Windows undoes them in spite of a licence (4C). True when
 * the edition is not known.
 */
bool wz_edition_is_entitled(const wz_snapshot *snapshot);

typedef struct wz_target_verdict {
    bool      allowed;
    wz_phrase reason;           /* why not, or what it gives: always set */
} wz_target_verdict;

/* Refused: programme not covered, edition without it, architecture not offered (Itanium after January 2020), system not
   supported. */
void wz_target_assess(const wz_snapshot *snapshot, const wz_catalogue *catalogue, wz_target target,
                      wz_target_verdict *out);
void wz_target_verdict_clear(wz_target_verdict *verdict);

#endif
