/*
 * servicing_log: what CBS.log and CheckSUR.log say of the component store.
 *
 * Both logs are written in English by Windows, on every language of it. CBS.log of 6.0 writes "hr: 0x…", "hr 0x…",
 * "hr=0x…", that of 6.1 "[HRESULT = 0x… - NAME]"; CheckSUR.log of 6.0 has "Version", a date and "Milliseconds" or
 * "Seconds executed", that of 6.1 "Binary Version" and "Package Version" (FINDINGS.md, CBS.log wording). Of a log only
 * the end is read, so the first line may be half a line. Any bytes may come: what is not text is shown as "?".
 *
 * A machine's snapshot keeps the lines that matter as they stand, by the two functions that pick them; judging works on
 * such lines as well as on a whole log, so an opened snapshot gets the same answer as the machine. Pure functions.
 */
#ifndef WZ_CORE_SERVICING_LOG_H
#define WZ_CORE_SERVICING_LOG_H

#include "core/text.h"

#define WZ_LOG_TAIL_BYTES (1024u * 1024u)   /* as much of the end of CBS.log and of CheckSUR.log as is read */
#define WZ_LOG_LINES      24u               /* kept of each */
#define WZ_LOG_LINE_BYTES 320u

/* What the installer of Extended Security Updates wrote; the last word counts (FINDINGS.md, ESU missing). */
typedef enum wz_esu_word {
    WZ_ESU_SILENT,
    WZ_ESU_NOT_ELIGIBLE,     /* "not eligible", HRESULT_FROM_WIN32(1605) or (1633) */
    WZ_ESU_NO_KEY,           /* "NO ESU KEY FOUND" */
    WZ_ESU_NOT_ACTIVATED     /* "Windows is not activated." */
} wz_esu_word;

typedef struct wz_servicing_log {
    size_t      errors;           /* lines of level Error */
    size_t      corruptions;      /* lines that mark the component store as damaged */
    bool        has_rolled_back;  /* a rollback was begun */
    bool        is_pending;       /* an operation was refused because another waits for a restart: 0x80070bc9 */
    wz_esu_word esu;
    uint32_t    code;             /* of the errors: the one that comes most often, of several the last; 0 */
    char        time[20];         /* of the last notable line: "2016-10-19 14:24:01", "" when it has none */
    char        package[160];     /* the last one that an error or a damage names, "" when none */
} wz_servicing_log;

void wz_servicing_log_read(wz_view text, wz_servicing_log *out);
/* The notable lines, oldest first, at most WZ_LOG_LINES from the end, cut at WZ_LOG_LINE_BYTES. Appends valid UTF-8. */
void wz_servicing_log_pick(wz_view text, wz_text *out);

/*
 * The notable lines that belong to a failure: they give the code (0: any), or name a package of the KB (0: none). When
 * there are none, and only then, the last notable lines. At most `most` (up to WZ_LOG_LINES) of the newest, oldest
 * first, one a line, cut at WZ_LOG_LINE_BYTES. Appends; false when nothing was found at all.
 */
bool wz_servicing_log_near(wz_view text, uint32_t code, unsigned kb, size_t most, wz_text *out);
/* The failure that the log gives within three notable lines of a package of the KB, the last one; 0: none. */
uint32_t wz_servicing_log_code(wz_view text, unsigned kb);

typedef struct wz_readiness_log {
    bool     is_there;            /* a check by the System Update Readiness Tool was found */
    bool     is_complete;         /* it has come to its summary */
    uint64_t found, fixed;        /* errors by the summary, else by counting lines; fixed is 0 when it does not say */
    char     date[20];            /* of the check: "2010-12-03 11:43", "" when it has none */
    char     kind[48];            /* of the first error: "CBS MUM Missing" */
    char     file[200];           /* of the first error; "" */
} wz_readiness_log;

/* Of the last check in the text. */
void wz_readiness_log_read(wz_view text, wz_readiness_log *out);
/* Its head, errors and summary. Appends as above. */
void wz_readiness_log_pick(wz_view text, wz_text *out);

#endif
