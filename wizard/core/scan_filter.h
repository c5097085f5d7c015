/*
 * scan_filter: which findings of a scan a person wants to see, and all that is known of one of them.
 *
 * For page 5; pure, so that thousands of rows are put together where a test can watch. UTF-8. Any thread.
 */
#ifndef WZ_CORE_SCAN_FILTER_H
#define WZ_CORE_SCAN_FILTER_H

#include "core/scan_result.h"

typedef enum wz_scan_filter {
    WZ_SHOW_OPEN,              /* grades A to D that nobody has decided on */
    WZ_SHOW_A, WZ_SHOW_B, WZ_SHOW_C, WZ_SHOW_D,
    WZ_SHOW_DECIDED,           /* with a suppression */
    WZ_SHOW_HARMLESS,
    WZ_SHOW_UNTOLD,            /* files instead of findings: those that cannot be told about */
    WZ_SHOW_COUNT
} wz_scan_filter;

/* Rows of that filter: indices into result->findings.items, or with WZ_SHOW_UNTOLD into result->scanned. rows may be
   NULL: then they are only counted; else it receives an owned array, NULL when there are none. */
size_t wz_scan_rows(const wz_scan_result *result, wz_scan_filter filter, size_t **rows);

/* The filter's name with the number of its rows: "Strong (A): 3". Appends. */
void wz_scan_filter_say(wz_scan_filter filter, size_t count, const wz_words *words, wz_text *out);

/* "A Strong"; what the first column of a list says. Appends. */
void wz_finding_say_grade(const wz_finding *finding, const wz_words *words, wz_text *out);

/* Everything about one: file, product, place, what it means, what to do; lines with line feeds. Append. */
void wz_scan_say_finding(const wz_scan_result *result, const wz_finding *finding, const wz_words *words, wz_text *out);
void wz_scan_say_untold(const wz_scanned *file, const wz_words *words, wz_text *out);

#endif
