/*
 * report: what was found, planned and done, as a document.
 *
 * One model, built from a session, rendered as HTML (one file, no script), XML (resources/report.xsd), text
 * and CSV. Every renderer walks the same model, so all say the same. Values are escaped for their format. Any thread.
 */
#ifndef WZ_CORE_REPORT_H
#define WZ_CORE_REPORT_H

#include "core/figure.h"
#include "core/session.h"

typedef enum wz_report_format { WZ_REPORT_HTML, WZ_REPORT_XML, WZ_REPORT_TEXT, WZ_REPORT_CSV } wz_report_format;

/* By the ending of the path: .html .htm .xml .txt .csv; false for any other. */
bool wz_report_format_of(const char *path, wz_report_format *out);

typedef struct wz_cell {
    char *text;                        /* for people; NULL: nothing to say */
    char *code;                        /* for programs, in no language: "ready" "2359302"; NULL: text is that already */
} wz_cell;
typedef struct wz_row {
    wz_cell    *cells;                 /* as many as the section has columns */
    const char *verdict;               /* wz_verdict_name or NULL: colour and frame of the first cell, which says it */
    char       *id;                    /* in XML: "sha2" "KB4493730" "version.api"; NULL */
} wz_row;
typedef struct wz_section {
    const char *name;                  /* in XML: "version" "checks" … static */
    char       *title;
    char       *lead;                  /* sentences above the table, a line feed between paragraphs; NULL */
    const char *const *column_names;   /* in XML; static */
    char      **column_titles;         /* NULL when the table needs no head (name/value) */
    char       *pair;                  /* pattern of a detail: %1 the head of its column, %2 its text; NULL as those */
    size_t      column_count;
    size_t      main_count;            /* that many are columns on paper, the rest details below the row; 0 = all */
    bool        is_form;               /* with room to fill in by hand; what nobody knows yet has no cell in XML */
    wz_figure  *figure;                /* before the table, in HTML and on paper; NULL; names nobody */
    wz_row     *rows; size_t row_count, row_room;
} wz_section;
typedef struct wz_notice {             /* what a reader must not miss: above everything else */
    const char *code;                  /* in XML: "siteCatalogue" "openedSnapshot" "brokenJournal"; static */
    char       *text;
} wz_notice;
#define WZ_REPORT_NOTICES 3
typedef struct wz_report {
    char       *title, *subtitle, *verdict, *language;
    unsigned    exit_code;             /* wz_exit of the assessment */
    wz_notice   notices[WZ_REPORT_NOTICES]; size_t notice_count;
    wz_time     made;
    /* SHA-256 of the canonical form: the XML as wz_report_render writes it, with line feeds, without the line of the
       seal. "" until sealed. It shows that a report was changed, by accident or without care; it is no signature. */
    char        seal[65], *seal_label;  /* and what stands before it on paper */
    wz_section *sections; size_t section_count, section_room;
} wz_report;

wz_report *wz_report_create(const wz_session *session, const wz_words *words);
void       wz_report_free(wz_report *report);
/* Appends UTF-8 with line feeds. Never fails; a report without sections is a document too. */
void       wz_report_render(const wz_report *report, wz_report_format format, wz_text *out);
/* Render and write whole or not at all. WZ_E_FORMAT for an unknown ending. Text gets a byte order mark and carriage
   returns, because the Notepad of this Windows shows neither UTF-8 nor line ends right without them. */
wz_status  wz_report_write(const wz_report *report, const wz_platform *platform, const char *path, wz_error *err);
/* Create and write. */
wz_status  wz_report_save(const wz_session *session, const wz_words *words, const char *path, wz_error *err);

#define WZ_REPORT_MAX_BYTES (32u * 1024u * 1024u)
/* Is the XML report of this path what was written? Line ends may have been changed on its way. WZ_E_FORMAT: no report
   of ours (line and reason), no seal, or changed; WZ_E_LIMIT; errors of read_file. */
wz_status  wz_report_verify(const wz_platform *platform, const char *path, wz_error *err);

#endif
