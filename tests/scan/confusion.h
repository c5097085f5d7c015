/*
 * confusion: how the scanner judges the corpus with known answers, as one table.
 *
 * The corpus is build/compat (tests/data/compat/make.py); corpus.txt there lists it: "map NAME" for a program whose
 * functions carry their labels, "KIND PATH" for a file that is labelled as a whole.
 */
#ifndef WZ_TESTS_SCAN_CONFUSION_H
#define WZ_TESTS_SCAN_CONFUSION_H

#include "scan/scan.h"

typedef enum confusion_kind {
    CONFUSION_STRICT,          /* false once the build is 6003 */
    CONFUSION_CAPPED,          /* a range, table or switch that ends at 6002 */
    CONFUSION_TOLERANT,        /* 6003 gives the same answer */
    CONFUSION_NOISE,           /* the number, but no version */
    CONFUSION_TRAP,            /* looks strict and harms nothing */
    CONFUSION_KIND_COUNT
} confusion_kind;

typedef struct confusion {
    unsigned of[CONFUSION_KIND_COUNT];
    unsigned best[CONFUSION_KIND_COUNT][WZ_GRADE_COUNT];       /* by the strongest grade of each function or file */
    unsigned unread;           /* listed, but not there or not looked into */
    wz_text  strays;           /* a line for each that is not judged as wished */
} confusion;

/* False, after a line to the log, when there is no corpus. The caller clears. */
bool confusion_measure(confusion *out);
void confusion_clear(confusion *table);

void confusion_print(const confusion *table, wz_text *out);

/* In tenths of a percent: found among strict and capped; graded A or B among the others. */
unsigned confusion_recall(const confusion *table);
unsigned confusion_false_alarms(const confusion *table);

#endif
