/*
 * diagnosis: why one update did not come into force on this machine, and what to do.
 *
 * A pure function of a journal's step and the session: the installer's code (remedy.h), what the update is, and what
 * the machine is now. What was found by comparing is told as a cause, what rests on one source as a possible cause.
 * Any thread.
 */
#ifndef WZ_CORE_DIAGNOSIS_H
#define WZ_CORE_DIAGNOSIS_H

#include "core/session.h"

#define WZ_CAUSES 4

typedef struct wz_cause {
    unsigned  how;           /* string id that introduces it: cause, likely cause, possible cause, a remark */
    wz_phrase words;
} wz_cause;

typedef struct wz_diagnosis {
    wz_cause causes[WZ_CAUSES]; size_t count;   /* the surest first */
    unsigned fix;                               /* string id; 0: nothing is wrong */
} wz_diagnosis;

/*
 * step is one of session->journal's; out an empty or cleared struct. False, and nothing in it: the step is done, waits
 * for its restart, or was not begun.
 */
bool wz_diagnose(const wz_session *session, const wz_journal_step *step, wz_diagnosis *out);
void wz_diagnosis_clear(wz_diagnosis *diagnosis);

/* "Cause: …", one a line, joined by between. Appends. */
void wz_diagnosis_add_causes(const wz_diagnosis *diagnosis, const wz_words *words, const char *between, wz_text *out);
/* "What to do: …" */
void wz_diagnosis_add_fix(const wz_diagnosis *diagnosis, const wz_words *words, wz_text *out);

#endif
