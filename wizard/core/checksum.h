/*
 * checksum: a list of checksums that somebody sent along with the update files, compared with the files.
 *
 * Understood, all in one list if need be, letters of either case:
 *
 *   sha1sum, sha256sum    5cb9…443c  name        5cb9…443c *name        \5cb9…443c  name\\with escapes
 *   BSD, openssl dgst     SHA1 (name) = 5cb9…    SHA256(name)= 26bf…
 *   certutil -hashfile    a line with the name that ends in ":", the digits (also in pairs with blanks between), and a
 *                         last line that begins with "CertUtil:"; the words of the first and the last line are in the
 *                         language of that Windows and are not looked at
 *   digits alone          a file with this checksum, whatever its name
 *
 * 40 digits are SHA-1, 64 are SHA-256. Empty lines and lines that begin with # or ; are left out. Such a list is
 * nobody's signature: a match says that the file is the one of the list, not that it is Microsoft's; media.h decides
 * without it. Any thread.
 */
#ifndef WZ_CORE_CHECKSUM_H
#define WZ_CORE_CHECKSUM_H

#include "core/media.h"

#define WZ_CHECKSUM_MAX_BYTES (1024u * 1024u)

typedef struct wz_checksum {         /* one line of the list; owned strings */
    unsigned line;                   /* 1-based */
    char     hash[65];               /* lower-case hex, 40 or 64 digits; "" when the line is none */
    char    *name;                   /* last part of the path; NULL when the list gives none */
    char    *heading;                /* certutil's first line, which has the name somewhere; NULL */
    char    *text;                   /* the line itself where it is no checksum; NULL */
} wz_checksum;

typedef struct wz_checksums { wz_checksum *items; size_t count, room; } wz_checksums;

typedef enum wz_checksum_result {
    WZ_CHECKSUM_MATCHES, WZ_CHECKSUM_DIFFERS,
    WZ_CHECKSUM_NO_FILE,             /* no file of that name, or none with that checksum where the line has no name */
    WZ_CHECKSUM_UNREAD,              /* the file is there and could not be read */
    WZ_CHECKSUM_NO_LINE              /* the line is no checksum */
} wz_checksum_result;

typedef struct wz_comparison {
    const wz_checksum *checksum;     /* borrowed from the list */
    const wz_file     *file;         /* borrowed from the files; NULL */
    wz_checksum_result result;
} wz_comparison;

typedef struct wz_comparisons { wz_comparison *items; size_t count; } wz_comparisons;

/*
 * UTF-8 with or without mark, or UTF-16LE with mark. name is what errors call the list. out is cleared first.
 * WZ_E_LIMIT longer than WZ_CHECKSUM_MAX_BYTES; WZ_E_FORMAT empty, or has no checksum at all.
 */
wz_status wz_checksums_parse(const char *name, wz_view bytes, wz_checksums *out, wz_error *err);
void      wz_checksums_clear(wz_checksums *checksums);

/* One for each item of the list, in its order. out is cleared first. */
void wz_checksums_compare(const wz_checksums *checksums, const wz_files *files, wz_comparisons *out);
void wz_comparisons_clear(wz_comparisons *comparisons);
/* How many have this result. */
size_t wz_comparisons_count(const wz_comparisons *comparisons, wz_checksum_result result);

const char *wz_checksum_result_name(wz_checksum_result result);  /* on the command line */
/* One sentence about one comparison. Appends. */
void        wz_comparison_say(const wz_comparison *comparison, const wz_words *words, wz_text *out);

#endif
