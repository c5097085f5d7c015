/*
 * media: update files found beside the wizard, matched to the steps of a plan, and the others judged.
 *
 * platform/ examines files (hashes, container, signature, content); this module decides. The rules, in this order:
 *
 *   1  A hash of the catalogue identifies the file, whatever its name. The built-in catalogue's hash is stronger than
 *      what the file says about itself: should that differ or be unreadable, the file is accepted and the difference is
 *      stated. The hash of a site catalogue is somebody's word: the content must agree as well.
 *   2  Otherwise a file belongs to the step whose KB its content names, and to the one its name speaks of when the
 *      content cannot be read. Content that names another KB than the file name, another Windows, architecture or
 *      system, that contradicts itself, is damaged, or is gated for Extended Security Updates where the update for the
 *      step is free, is refused.
 *   3  Where the catalogue has a hash for such a file (same architecture, same ending), another hash is refused.
 *   4  Where it has none, Microsoft's signature is needed, and content that can be read and agrees. A failing signature
 *      on a machine without SHA-2 support is "cannot be checked yet" for an update signed with SHA-2 only.
 *
 * A service pack's .exe is no cabinet and has no content to read: hash or signature only. The rule that decided is kept
 * for the page and the report, and wz_match_explain says it in full. Any thread.
 */
#ifndef WZ_CORE_MEDIA_H
#define WZ_CORE_MEDIA_H

#include "core/package.h"
#include "core/plan.h"

typedef enum wz_signature {
    WZ_SIGNATURE_NOT_CHECKED,
    WZ_SIGNATURE_NONE,        /* not signed */
    WZ_SIGNATURE_MICROSOFT,   /* valid, chain ends in Microsoft's root, signer is Microsoft */
    WZ_SIGNATURE_OTHER,       /* valid, somebody else's */
    WZ_SIGNATURE_INVALID      /* present, does not verify: signature_code */
} wz_signature;

/* A file may carry two signatures, an older and a newer one. */
typedef enum wz_signature_kind { WZ_SIGNATURE_SHA1 = 1, WZ_SIGNATURE_SHA2 = 2 } wz_signature_kind;

typedef struct wz_file {           /* what platform/ found out about one file; owned strings */
    char         *path;            /* full, UTF-8 */
    char         *name;            /* last part */
    uint64_t      bytes;
    wz_time       modified;
    bool          is_examined;     /* the fields below are filled */
    bool          is_cabinet;      /* begins as a Microsoft cabinet */
    char          sha1[41], sha256[65];
    wz_signature  signature;
    unsigned      signature_code;  /* HRESULT of the verification */
    unsigned      signature_kinds; /* bit set of wz_signature_kind: digests it is made with; 0 not known */
    char         *signer;          /* NULL when none */
    wz_content    content;         /* what a cabinet says about itself */
    bool          only_hashes;     /* set by the caller: the content is known already, do not look inside again */
    wz_error      error;           /* status != WZ_OK: could not be read */
} wz_file;

void wz_file_clear(wz_file *file);

typedef struct wz_files { wz_file *items; size_t count, room; } wz_files;   /* sorted by name */

void wz_files_clear(wz_files *files);

typedef enum wz_file_verdict {
    WZ_FILE_MISSING,          /* no file for this step */
    WZ_FILE_OK_SHA256,
    WZ_FILE_OK_SHA1,
    WZ_FILE_OK_SIGNATURE,
    WZ_FILE_NOT_CABINET,
    WZ_FILE_WRONG_HASH,       /* the catalogue knows a hash and this is not it */
    WZ_FILE_NOT_TRUSTED,      /* no hash known and no valid Microsoft signature */
    WZ_FILE_NOT_YET,          /* no hash known, signature fails, no SHA-2 support here: cannot be checked yet */
    WZ_FILE_WRONG_ARCHITECTURE,
    WZ_FILE_UNREADABLE,
    WZ_FILE_NOT_NEEDED,       /* the step is installed and waits for a restart: acceptable without a file */
    WZ_FILE_WRONG_WINDOWS,    /* inside: for 6.1 or another, or not for Windows Server 2008 */
    WZ_FILE_WRONG_UPDATE,     /* inside: another KB than the name says */
    WZ_FILE_DAMAGED,          /* a cabinet that breaks the rules of cabinets: content.error */
    WZ_FILE_CONTENT_UNREAD,   /* nothing inside says clearly what it is: content.error, if any */
    WZ_FILE_CONTRADICTORY,    /* the descriptions inside differ */
    WZ_FILE_GATED,            /* needs an ESU licence, the step's update does not */
    /* only among the others */
    WZ_FILE_SPARE,            /* acceptable for a step, but another one was taken */
    WZ_FILE_SUPERSEDED,       /* an update of the plan replaces it */
    WZ_FILE_NOT_IN_PLAN,      /* known to the catalogue, not needed here and now */
    WZ_FILE_UNKNOWN,          /* no update that the catalogue knows */
    WZ_FILE_VERDICT_COUNT
} wz_file_verdict;

typedef struct wz_match {
    const wz_update *update;     /* NULL for one of the others that no catalogue row fits */
    const wz_offer  *offer;      /* for this architecture; NULL when the catalogue knows no file */
    const wz_file   *file;       /* borrowed from the files; NULL when missing */
    wz_file_verdict  verdict;
    bool             by_site;    /* accepted by a hash of a site catalogue */
    bool             hash_wins;  /* accepted by hash although the content does not agree */
    const wz_file   *taken;      /* SPARE: the file that was taken instead */
    const wz_update *by;         /* SUPERSEDED: what replaces it */
    const wz_phrase *reason;     /* NOT_IN_PLAN: the plan's own reason; NULL when it gives none */
} wz_match;

typedef struct wz_matches {
    wz_match *items;  size_t count;         /* one per step, same order */
    wz_match *others; size_t other_count;   /* every file that no step took, in the order of the files */
} wz_matches;

/*
 * Which KB and architecture a file name speaks of: both the plain and the catalogue form, for Windows 6.0 only (the
 * same KB exists for 6.1), with a browser's " (1)" behind it or not; false when none. Outputs untouched then.
 */
bool wz_file_name_parse(const char *name, unsigned *kb, wz_architecture *architecture);

/*
 * Of several files for a step an accepted one wins, by the stronger rule and then by name; else the one whose refusal
 * explains most. Where the catalogue has both hashes the SHA-256 decides alone. out need not be empty: it is cleared
 * first. Borrows from plan, catalogue and files.
 */
void wz_media_match(const wz_plan *plan, const wz_catalogue *catalogue, const wz_files *files,
                    wz_architecture architecture, bool sha2_ready, wz_matches *out);
void wz_matches_clear(wz_matches *matches);
bool wz_file_is_accepted(wz_file_verdict verdict);
bool wz_matches_complete(const wz_matches *matches);             /* every step has an acceptable file */
/*
 * The verdict and all that led to it, as sentences with a blank between: the rule, the signer and the kinds of
 * signature with what could not be checked offline, what is inside, what was expected, the error. Appends.
 */
void        wz_match_explain(const wz_match *match, const wz_words *words, wz_text *out);
/* "KB4493730 x64 Windows 6.0"; nothing when the file says nothing. Appends. */
void        wz_content_name(const wz_content *content, wz_text *out);
const char *wz_signature_kinds_name(unsigned kinds);             /* "SHA-1", "SHA-2", "SHA-1 + SHA-2", "" */
unsigned    wz_file_verdict_word(wz_file_verdict verdict);       /* string id: one sentence */
const char *wz_file_verdict_name(wz_file_verdict verdict);       /* in XML and on the command line */

#endif
