/*
 * report_parts: what the files report*.c share: making sections, and making text fit for paper.
 *
 * Only report*.c, recovery.c, shopping.c, csv.c and, for the text, command_say.c include it. A section or row pointer
 * is good until the next section or row is added. All text is copied; carriage returns are dropped on the way in, so a
 * line ends in a line feed everywhere.
 */
#ifndef WZ_CORE_REPORT_PARTS_H
#define WZ_CORE_REPORT_PARTS_H

#include "core/report.h"

typedef struct wz_maker {
    wz_report         *report;
    const wz_session  *session;
    const wz_words    *words;
    const wz_journal  *journal;      /* both of the machine the report is about; NULL for an opened snapshot, because */
    const wz_snapshot *before;       /* the session's journal is that of the computer the program runs on */
} wz_maker;

/* titles: string ids of the column heads, NULL for a name/value table. names and titles have count elements. */
typedef struct wz_columns {
    const char *const *names;
    const unsigned    *titles;
    size_t             count, main_count;
} wz_columns;

#define WZ_COLUMNS(names, titles, main) ((wz_columns){ (names), (titles), WZ_COUNT(names), (main) })

wz_section *wz_maker_section(const wz_maker *maker, const char *name, unsigned title, const wz_columns *columns);
wz_section *wz_maker_pairs(const wz_maker *maker, const char *name, unsigned title);   /* "item" and "value", no head */

/* One more paragraph of the lead. */
void wz_maker_lead(const wz_maker *maker, wz_section *section, unsigned id, const char *const args[], size_t count);
void wz_maker_lead_phrase(const wz_maker *maker, wz_section *section, const wz_phrase *phrase);
void wz_section_lead(wz_section *section, wz_text *paragraph);                      /* takes the text */

wz_row *wz_section_add(wz_section *section, const char *id, const char *verdict);   /* empty cells */
wz_row *wz_maker_pair(const wz_maker *maker, wz_section *section, const char *id, unsigned label, const char *value);

void wz_row_put(wz_row *row, size_t column, const char *text, const char *code);    /* either may be NULL */
void wz_row_number(wz_row *row, size_t column, uint64_t number);
void wz_row_time(wz_row *row, size_t column, wz_time time);
void wz_row_kb(wz_row *row, size_t column, unsigned kb);
void wz_maker_word(const wz_maker *maker, wz_row *row, size_t column, unsigned id, const char *code);
void wz_maker_phrase(const wz_maker *maker, wz_row *row, size_t column, const wz_phrase *phrase);
void wz_maker_yes(const wz_maker *maker, wz_row *row, size_t column, bool yes);     /* code "true" or "false" */

/* Where value, state, source and time of a fact go; the first two may be WZ_NO_COLUMN. */
#define WZ_NO_COLUMN ((size_t)-1)
typedef struct wz_fact_columns { size_t value, state, source, time; } wz_fact_columns;
void wz_maker_fact(const wz_maker *maker, wz_row *row, const wz_fact *fact, wz_fact_columns to);
/* Why an unreadable fact has no value. */
void wz_maker_fact_error(const wz_maker *maker, wz_row *row, size_t column, const wz_fact *fact);
unsigned wz_fact_word(wz_fact_id id);                           /* string id of its name for people */

void wz_text_add_kb(wz_text *out, unsigned kb);                 /* "KB4493730" */
/* decimal and 0x… */
void wz_text_add_code(wz_text *out, const wz_words *words, unsigned pattern, uint32_t code);

/* The sections, in the order of the document. */
void wz_report_add_machine(const wz_maker *maker);   /* verdict, order, about, system, sources, checks */
void wz_report_add_work(const wz_maker *maker);      /* licence, targets, plan, results, files */
void wz_report_add_files(const wz_maker *maker);     /* part of add_work */
/* Owned, for the section's figure; NULL without steps. */
wz_figure  *wz_report_plan_strip(const wz_maker *maker, const wz_plan *plan);
wz_figure  *wz_report_results_strip(const wz_maker *maker, const wz_journal *journal);
const char *wz_outcome_verdict(wz_outcome outcome);  /* wz_verdict_name; NULL: not begun */
/* recovery.c: the situations of the recovery card and what to do in each. */
void wz_report_add_recovery(const wz_maker *maker, unsigned title);
/* compatibility, and when it was scanned: findings, untold, known */
void wz_report_add_scan(const wz_maker *maker);
/* unchecked, omissions, catalogue, support, signatures, facts */
void wz_report_add_rest(const wz_maker *maker);

/*
 * For paper and screen: characters that would change how the text around them is shown are made visible, because a
 * value may come from anybody: control characters become U+FFFD, directional embeddings, overrides and isolates become
 * "[U+202E]"; tabs become spaces; line feeds stay. XML keeps the value as it is.
 */
void wz_text_add_visible(wz_text *out, const char *value);

/* UTF-8 mark and CR LF, without which this Windows' Notepad shows neither letters nor lines as they are. */
void wz_text_for_notepad(wz_text *text);

/* "Name: text" of a cell, as the report's language writes it; the text alone where columns have no heads. */
void wz_section_add_detail(const wz_section *section, const wz_row *row, size_t column, wz_text *out);

/* Cells of a terminal or of type of one width: 0 for combining marks, 2 for East Asian wide characters. */
unsigned wz_text_columns(const char *text, size_t length);

/* The next character: its bytes (1 to 4, 1 for a broken one) and code point. */
size_t wz_text_character(const char *at, uint32_t *code_point);

/* Widths of the first count columns: as wide as their text, together with gaps at most total. */
void wz_section_widths(const wz_section *section, size_t count, unsigned total, unsigned gap, unsigned widths[]);

void wz_report_render_text(const wz_report *report, wz_text *out);
void wz_report_render_html(const wz_report *report, wz_text *out);
void wz_report_render_xml(const wz_report *report, wz_text *out);
void wz_report_render_csv(const wz_report *report, wz_text *out);

/* Fill report->seal; and the line with it, for the end of the XML: nothing before it was sealed. */
void wz_report_seal(wz_report *report, const wz_platform *platform);
void wz_report_add_seal(const wz_report *report, wz_text *xml);

#endif
