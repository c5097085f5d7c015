/* A command line: one argument per line of the input. */
#include "fuzz/fuzz.h"

#include "core/options.h"

enum { ARGUMENTS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char       *text = fuzz_string(bytes, length);
    const char *arguments[ARGUMENTS];
    size_t      count = 0;
    wz_options  options = { 0 };
    wz_error    err = { .status = WZ_OK };

    if (wz_is_utf8(text, strlen(text))) {              /* the edge converts from UTF-16, so it is never anything else */
        for (char *at = text; count < ARGUMENTS; at++) {
            arguments[count++] = at;
            at = strchr(at, '\n');
            if (at == NULL)
                break;
            *at = '\0';
        }
        if (wz_options_parse(arguments, count, &options, &err) == WZ_OK)
            FUZZ_HOLDS(options.action == WZ_ACTION_HELP || !options.restart || !options.norestart);
        else
            FUZZ_HOLDS(err.reason != 0);
        wz_options_clear(&options);
    }
    free(text);
    return 0;
}
