/*
 * diagnosis: why one update did not come into force on this machine, and what to do.
 *
 * A function of a journal's step and the session: the installer's code (remedy.h), what the update is, what the machine
 * is now (the checks of page 3), and the lines of CBS.log around the update. What was found by comparing is told as a
 * cause, what rests on one source as a possible cause. A code that is not listed is told with its facility, with what
 * Windows says of it and with the nearest lines of the log. Any thread.
 */
#ifndef WZ_CORE_DIAGNOSIS_H
#define WZ_CORE_DIAGNOSIS_H

#include "core/session.h"

#define WZ_CAUSES 6

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
/*
 * A code alone, without an update: what is listed of it, what the session's machine confirms (if it has a snapshot),
 * and for one that is not listed what is said above. Has a fix unless the code says that nothing is wrong.
 */
void wz_diagnose_code(const wz_session *session, uint32_t code, wz_diagnosis *out);
void wz_diagnosis_clear(wz_diagnosis *diagnosis);

/* "Cause: …", one a line, joined by between. Appends. */
void wz_diagnosis_add_causes(const wz_diagnosis *diagnosis, const wz_words *words, const char *between, wz_text *out);
/* "What to do: …" */
void wz_diagnosis_add_fix(const wz_diagnosis *diagnosis, const wz_words *words, wz_text *out);

#endif
