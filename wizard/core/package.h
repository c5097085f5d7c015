/*
 * package: what an update file says about itself.
 *
 * An .msu is a cabinet with NAME-pkgProperties.txt, NAME.xml (an unattend file) and NAME.cab, and that inner cabinet
 * has update.mum, the manifest of the topmost package. platform/cabinet.h takes those out; the readers here add what
 * each of them says to one wz_content. A witness that says something else than an earlier one is a contradiction, which
 * is noted and never smoothed over. Nothing here decides whether a file may be installed: see media.h.
 *
 * Forms as found in Microsoft's own files for Windows 6.0, 6.1 and later: properties are lines Name="value", ASCII or
 * UTF-8 with or without mark, or UTF-16LE with mark, CR LF or LF; lists are separated by ";" or "; ". Any thread.
 */
#ifndef WZ_CORE_PACKAGE_H
#define WZ_CORE_PACKAGE_H

#include "core/catalogue.h"

#define WZ_PACKAGE_MAX_BYTES (4u * 1024u * 1024u)     /* of one description; the largest seen has some 100 KB */

enum { WZ_WITNESS_PROPERTIES = 1, WZ_WITNESS_UNATTEND = 2, WZ_WITNESS_MANIFEST = 4 };

typedef struct wz_content {          /* owned strings */
    bool            is_asked;        /* somebody looked inside; false for what is no cabinet */
    unsigned        witnesses;       /* bit set of those that were found and understood */
    unsigned        kb;              /* 0: none of them names one */
    wz_architecture architecture;    /* WZ_ARCH_UNKNOWN: not said, or … */
    bool            is_other_architecture;   /* … one that Windows Server 2008 never had */
    wz_version      windows;         /* major and minor: 6.0, 6.1, 10.0; major 0: not said */
    bool            names_systems;   /* says for which systems of that Windows it is … */
    bool            for_server_2008; /* … and Windows Server 2008 with Service Pack 2 is one of them */
    bool            is_esu_gated;    /* a manifest carries the marker of Extended Security Updates */
    bool            is_contradictory;
    char           *systems;         /* ApplicabilityInfo as it stands there; NULL */
    char           *identity;        /* Package_for_KB4493730 6.0.1.0; NULL */
    char           *release;         /* Security Update, Update …; NULL */
    char           *restart;         /* possible, required; NULL */
    wz_error        error;           /* status != WZ_OK: it could not be read, wholly or in part */
} wz_content;

void wz_content_clear(wz_content *content);

/*
 * name is what errors call the input. Each adds to content; on failure content keeps what it had.
 * WZ_E_FORMAT (line and reason), WZ_E_LIMIT.
 */
wz_status wz_package_properties(const char *name, wz_view bytes, wz_content *content, wz_error *err);
wz_status wz_package_unattend(const char *name, wz_view bytes, wz_content *content, wz_error *err);
wz_status wz_package_manifest(const char *name, wz_view bytes, wz_content *content, wz_error *err);

/*
 * The marker in any manifest of an update that installs only with a licence for Extended Security Updates
 * (servicing.md 7C, confidence S). Fed in pieces; *state begins as 0. True when it ends within these bytes.
 */
bool wz_package_find_marker(const char *bytes, size_t length, size_t *state);

/* What a member of an .msu (is_payload false) or of a payload cabinet is; by its name alone. */
typedef enum wz_member {
    WZ_MEMBER_OTHER, WZ_MEMBER_PROPERTIES, WZ_MEMBER_UNATTEND, WZ_MEMBER_CABINET, WZ_MEMBER_MANIFEST,
    WZ_MEMBER_MANIFEST_OTHER         /* of a package below the topmost: searched for the marker only */
} wz_member;

wz_member wz_package_member(const char *name, bool is_payload);

#endif
