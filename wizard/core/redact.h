/*
 * redact: names of computer, domain and users, addresses and identities replaced by tokens.
 *
 * "COMPUTER-1a2b3c4d": kind, then the beginning of the SHA-256 of the machine's identity and the name in lower case. So
 * a name has the same token in every report of the same machine, and nobody without that identity can find the name by
 * trying. A token says nothing of how long a name is. Recognised without case:
 *
 *   computer, domain   the snapshot's, and the domain's first part, as whole words
 *   user               the folder below \Users\ or \Documents and Settings\
 *   identity           the machine's identity; S-1-5-21-…
 *   address            four numbers up to 255 with dots, not 6.0.… and 6.1.…, which are versions; at least three groups
 *                      of hexadecimal digits after colons (IPv6, and hardware addresses)
 *   server             of \\server\share
 *
 * Any thread.
 */
#ifndef WZ_CORE_REDACT_H
#define WZ_CORE_REDACT_H

#include "core/report.h"

typedef struct wz_redactor wz_redactor;

/* Keeps copies; the snapshot may be NULL. */
wz_redactor *wz_redactor_create(const wz_platform *platform, const wz_snapshot *snapshot);
void         wz_redactor_free(wz_redactor *redactor);

char *wz_redact(const wz_redactor *redactor, const char *text);      /* owned; NULL for NULL */
/* Every text of it, before it is sealed. */
void  wz_redact_report(const wz_redactor *redactor, wz_report *report);
/* Values and sources of facts that are text; packages, hotfixes and manifests name nobody. */
void  wz_redact_snapshot(const wz_redactor *redactor, wz_snapshot *snapshot);

#endif
