/*
 * parts: the searches that wz_scan_file puts together. Its parts only. Any thread.
 *
 * list receives the findings; first is the length it had when the file was begun.
 */
#ifndef WZ_SCAN_PARTS_H
#define WZ_SCAN_PARTS_H

#include "scan/code.h"
#include "scan/scan.h"

/* .NET code: ldc.i4 6002 and the comparison beside it. */
wz_status wz_il_scan(const wz_pe *pe, const char *path, const wz_progress *progress, wz_findings *list, size_t first);
/* Tables keyed by build, and texts, among a program's data. */
wz_status wz_data_scan(const wz_pe *pe, const char *path, const wz_progress *progress, wz_findings *list, size_t first);
/* Code that only appears when the program runs, or an installer with compressed contents. */
wz_unknown wz_pe_unknown(const wz_pe *pe);
/* An archive by its first bytes. */
bool      wz_is_archive(wz_view bytes);
bool      wz_is_installer_database(wz_view bytes);
void      wz_msi_scan(const char *path, wz_view bytes, wz_findings *list, size_t first);

typedef enum wz_language {
    WZ_LANGUAGE_NONE, WZ_LANGUAGE_BATCH, WZ_LANGUAGE_VBS, WZ_LANGUAGE_JS, WZ_LANGUAGE_POWERSHELL, WZ_LANGUAGE_INI,
    WZ_LANGUAGE_BASIC,         /* AutoIt, KiXtart: like VBScript with ; comments */
    WZ_LANGUAGE_XML, WZ_LANGUAGE_NSIS, WZ_LANGUAGE_PLAIN
} wz_language;

wz_language wz_script_language(const char *path);
wz_status   wz_script_scan(const char *path, wz_view bytes, wz_language language, const wz_progress *progress,
                           wz_findings *list, size_t first);

/* ---- scripts: one line after the other ---- */

typedef struct wz_lines {
    wz_view     bytes;
    size_t      at;            /* next byte to read */
    size_t      begin;         /* of the current line */
    unsigned    number;        /* of the current line, from 1 */
    unsigned    unit;          /* 1 or 2 bytes */
    bool        big_endian;
    wz_language language;
    const char *until;         /* inside a block comment or here-string: what ends it; static; NULL */
    wz_text     line;          /* UTF-8, at most WZ_LINE_MAX */
    wz_text     code;          /* the same with comments and here-strings blanked */
} wz_lines;

#define WZ_LINE_MAX 16384

void   wz_lines_open(wz_lines *lines, wz_view bytes, wz_language language);
bool   wz_lines_next(wz_lines *lines);
size_t wz_lines_offset(const wz_lines *lines, size_t index);     /* in the file, of a byte of line */
void   wz_lines_close(wz_lines *lines);
/* Blank what is no code of the current line: fills code, moves until. */
void   wz_lines_blank(wz_lines *lines);

/* A number or version among a line's code, and what it is compared by. */
typedef struct wz_mention {
    size_t    at, end;         /* of "6002", in bytes of the line */
    bool      is_version;      /* 6.0.6002 */
    bool      is_longer;       /* 6.0.6002.18005 */
    bool      counts;          /* part of a comparison */
    wz_rule   rule;
    wz_excuse excuse;
} wz_mention;

/* The first mention of a build ("6002" or "6003") at or after from; false: none. Judges 6002 only. */
bool        wz_mention_find(const char *code, const char *build, size_t from, wz_mention *out);
void        wz_mention_judge(const char *code, wz_language language, wz_mention *mention);
/* The word of this line that stands for the version of Windows, static; NULL. strict: names of Windows only. */
const char *wz_line_source(const char *code, bool strict);
/* Whole words only when the word begins and ends with a letter; without case. */
const char *wz_line_find(const char *code, const char *word);

#endif
