/*
 * diagnosis_parts: the inside of diagnosis.h, for diagnosis*.c only: putting causes down, and what is read off a code
 * and off the log.
 */
#ifndef WZ_CORE_DIAGNOSIS_PARTS_H
#define WZ_CORE_DIAGNOSIS_PARTS_H

#include "core/diagnosis.h"
#include "core/remedy.h"

typedef struct wz_diagnosing {
    const wz_session      *session;
    const wz_journal_step *step;        /* NULL: a code alone */
    const wz_update       *update;      /* NULL: the catalogue no longer has it */
    wz_text                name;        /* "KB4474419" */
    wz_diagnosis          *out;
} wz_diagnosing;

/* A cause with the update as %1 and up to two more. The first fix that is no 0 stays. */
void wz_because(wz_diagnosing *d, unsigned how, unsigned word, unsigned fix, const char *second,
                      const char *third);
/* What is listed of a code, and the evidence of the check of page 3 that finds the same trouble on the machine. */
void wz_diagnosis_say_row(wz_diagnosing *d, const wz_remedy *row);
/* Where the installer's code says little: the cause that CBS.log gives around the packages of the step's update. */
void wz_diagnosis_look_into_log(wz_diagnosing *d);
/* Never an unknown error alone: where the code is from, what Windows calls it, and what the log says. kb 0: none. */
void wz_diagnosis_say_unlisted(wz_diagnosing *d, uint32_t code, unsigned kb);

#endif
