/*
 * error: what went wrong, without words.
 *
 * A function that can fail returns a wz_status and, when the caller passes one, fills a wz_error with the details. The
 * sentence is chosen later, in the reader's language, by wz_error_render (words.h). Out of memory is not an error
 * path: see text.h. Plain values, any thread.
 */
#ifndef WZ_CORE_ERROR_H
#define WZ_CORE_ERROR_H

typedef enum wz_status {
    WZ_OK,
    WZ_E_NOT_FOUND,  /* the file, folder, key or value is not there */
    WZ_E_IO,         /* cannot be opened, read or written for another reason than the ones below */
    WZ_E_DENIED,     /* no right to do it, or read-only */
    WZ_E_FULL,       /* no space left on the disk */
    WZ_E_FORMAT,     /* the input breaks a rule; reason and line say which and where */
    WZ_E_LIMIT,      /* the input is larger or deeper than the stated limit */
    WZ_E_BUSY,       /* somebody else holds it: another instance, another installer */
    WZ_E_CANCELLED,  /* the person asked to stop */
    WZ_E_TIMEOUT,    /* did not answer within its time limit */
    WZ_E_SYSTEM      /* the operating system refused; os_code says how */
} wz_status;

typedef struct wz_error {
    wz_status status;
    unsigned  os_code;      /* Win32 code, HRESULT or errno; 0 when none */
    unsigned  line;         /* 1-based line of the input; 0 when none */
    unsigned  reason;       /* string id of the rule that was broken (texts.h, block 7000); 0 when none */
    char      subject[260]; /* UTF-8: the file, key or switch; cut between characters, always terminated */
} wz_error;

/* Fill err (may be NULL) and return status, so that a failure is one line: return wz_fail(err, WZ_E_IO, code, path). */
wz_status wz_fail(wz_error *err, wz_status status, unsigned os_code, const char *subject);

/* The same for an input that breaks a rule. line may be 0. */
wz_status wz_fail_at(wz_error *err, wz_status status, const char *subject, unsigned line, unsigned reason);

#endif
