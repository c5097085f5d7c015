/*
 * catalogue: the updates that exist.
 *
 * Read from XML that follows resources/catalogue.xsd: the built-in one (resources/catalogue.xml) or a site catalogue
 * named by /catalogue, which takes its place. Each row says where it is from and how sure that is. A finished catalogue
 * never changes and may be read from any thread. Knows nothing about this computer; see plan.h.
 */
#ifndef WZ_CORE_CATALOGUE_H
#define WZ_CORE_CATALOGUE_H

#include "core/clock.h"
#include "core/error.h"
#include "core/version.h"

typedef struct wz_catalogue wz_catalogue;

typedef enum wz_architecture {
    WZ_ARCH_UNKNOWN = 0, WZ_ARCH_X86 = 1, WZ_ARCH_X64 = 2, WZ_ARCH_IA64 = 4
} wz_architecture;

typedef enum wz_kind {
    WZ_KIND_SERVICE_PACK, WZ_KIND_STACK, WZ_KIND_SHA2, WZ_KIND_ROLLUP, WZ_KIND_SECURITY_ONLY, WZ_KIND_PREVIEW,
    WZ_KIND_LICENSING, WZ_KIND_OTHER
} wz_kind;

/* Who may have it. Order is time: a later programme's updates are newer. */
typedef enum wz_programme {
    WZ_PROGRAMME_FREE, WZ_PROGRAMME_ESU1, WZ_PROGRAMME_ESU2, WZ_PROGRAMME_ESU3, WZ_PROGRAMME_ESU4, WZ_PROGRAMME_PA
} wz_programme;

/* P Microsoft itself, S+ several sources, S one, I inferred. What nobody confirms is not in the catalogue. */
typedef enum wz_confidence { WZ_CONFIDENCE_P, WZ_CONFIDENCE_S_PLUS, WZ_CONFIDENCE_S, WZ_CONFIDENCE_I } wz_confidence;

typedef enum wz_restart { WZ_RESTART_NO, WZ_RESTART_MAYBE, WZ_RESTART_YES } wz_restart;

typedef enum wz_target {
    WZ_TARGET_6003, WZ_TARGET_FREE, WZ_TARGET_ESU3, WZ_TARGET_ESU4, WZ_TARGET_PA, WZ_TARGET_COUNT
} wz_target;

typedef struct wz_offer {          /* one file of an update; all borrowed from the catalogue */
    wz_architecture architecture;
    const char     *name;          /* as on the Update Catalog: windows6.0-kb4493730-x64_5cb9….msu; NULL when unknown */
    const char     *sha1;          /* 40 lower-case hex digits; NULL when unknown */
    const char     *sha256;        /* 64; NULL when unknown */
    const char     *folder;        /* below http://download.windowsupdate.com/; NULL when unknown */
    const char     *source;
    wz_confidence   confidence;
    bool            is_inner;      /* the .cab inside an .msu, not the file one downloads */
} wz_offer;

typedef struct wz_known_problem {
    const char   *text;            /* English, as the catalogue has it */
    const char   *source;
    wz_confidence confidence;
    const char   *company;         /* beginning of the publisher of the programs it concerns; NULL: not of programs */
} wz_known_problem;

typedef struct wz_update {
    unsigned      kb;
    wz_kind       kind;
    wz_programme  programme;
    wz_restart    restart;
    wz_time       date;            /* release; 0 unknown */
    const char   *month;           /* "2020-01", "2021-07 OOB"; NULL for others */
    const char   *title;           /* official title where known; NULL */
    unsigned      architectures;   /* bit set of wz_architecture */
    bool          needs_sha2;      /* signed with SHA-2 only: released in July 2019 or later */
    wz_version    build;           /* version after it; major 0 when unknown */
    const char   *build_file;      /* the file that build was read from: "ntoskrnl.exe"; NULL when that is not known */
    const char   *build_source;
    wz_confidence build_confidence;
    wz_version    stack;           /* servicing stack it brings; major 0 */
    bool          known_bad;       /* a site catalogue may mark a row: never offered */
    const char   *source;
    wz_confidence confidence;
    const unsigned         *requires_kbs;   size_t requires_count;      /* direct prerequisites */
    const unsigned         *supersedes_kbs; size_t supersedes_count;
    const wz_offer         *offers;         size_t offer_count;
    const wz_known_problem *problems;       size_t problem_count;
} wz_update;

#define WZ_CATALOGUE_MAX_BYTES (8u * 1024u * 1024u)

/*
 * name   what errors and the report call it: "built in" or a path.
 * Also refuses: a KB twice, a requirement or target that is not in it, a circle of requirements or of supersedence, a
 * date or version that is none, a hash that is no hex or not the one in the file name.
 * WZ_E_FORMAT, WZ_E_LIMIT; out is owned by the caller.
 */
wz_status wz_catalogue_read(const char *name, wz_view bytes, wz_view schema, wz_catalogue **out, wz_error *err);
void      wz_catalogue_free(wz_catalogue *catalogue);

const char      *wz_catalogue_name(const wz_catalogue *catalogue);
const char      *wz_catalogue_edition(const wz_catalogue *catalogue);   /* its own date="2026-…" text */
bool             wz_catalogue_is_built_in(const wz_catalogue *catalogue);  /* kind="built-in", from the resource */
void             wz_catalogue_set_origin(wz_catalogue *catalogue, bool built_in, const char *sha256);
const char      *wz_catalogue_sha256(const wz_catalogue *catalogue);    /* hex of the file; "" until set */

size_t           wz_catalogue_count(const wz_catalogue *catalogue);
const wz_update *wz_catalogue_at(const wz_catalogue *catalogue, size_t index);    /* ascending KB */
const wz_update *wz_catalogue_find(const wz_catalogue *catalogue, unsigned kb);   /* NULL when not in it */
const wz_update *wz_catalogue_target(const wz_catalogue *catalogue, wz_target target);   /* never NULL */
/* True when newer is older itself or replaces it through the chain of supersedence. */
bool             wz_catalogue_replaces(const wz_catalogue *catalogue, unsigned newer, unsigned older);
/*
 * The newest rollup whose build is known and <= version; NULL when none. next (may be NULL) gets the oldest whose build
 * is known and > version, so that the machine is certainly between the two.
 */
const wz_update *wz_catalogue_level(const wz_catalogue *catalogue, wz_version version, const wz_update **next);
/* Facts are P and S+; the others are shown as reported (servicing.md section 0). */
bool             wz_confidence_is_fact(wz_confidence confidence);
/* The kernel's version after the update; false when not known, or read from another file. */
bool             wz_update_kernel_version(const wz_update *update, wz_version *out);
/* The offer for an architecture that one downloads; NULL when no name is known. */
const wz_offer  *wz_update_offer(const wz_update *update, wz_architecture architecture);

const char *wz_target_name(wz_target target);                    /* as on the command line: 6003 free esu3 esu4 pa */
bool        wz_target_parse(const char *text, wz_target *out);   /* without case */
const char *wz_architecture_name(wz_architecture architecture);  /* "x86" "x64" "ia64" "" */
wz_architecture wz_architecture_parse(const char *text);         /* also amd64 */
unsigned    wz_kind_word(wz_kind kind);                          /* string ids */
unsigned    wz_programme_word(wz_programme programme);
unsigned    wz_target_word(wz_target target);

#endif
