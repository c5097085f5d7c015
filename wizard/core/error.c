#include "core/error.h"

#include <string.h>

wz_status wz_fail(wz_error *err, wz_status status, unsigned os_code, const char *subject)
{
    if (err != NULL) {
        const char *what = subject != NULL ? subject : "";
        size_t length = strlen(what);
        wz_error filled = { .status = status, .os_code = os_code };

        if (length >= sizeof filled.subject) {
            length = sizeof filled.subject - 1;
            while (length > 0 && ((unsigned char)what[length] & 0xC0) == 0x80)
                length--;                              /* never cut inside a character */
        }
        memcpy(filled.subject, what, length);
        *err = filled;                                 /* last: subject may be err's own */
    }
    return status;
}

wz_status wz_fail_at(wz_error *err, wz_status status, const char *subject, unsigned line, unsigned reason)
{
    wz_fail(err, status, 0, subject);
    if (err != NULL) {
        err->line = line;
        err->reason = reason;
    }
    return status;
}
