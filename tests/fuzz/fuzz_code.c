/* A support code as it was typed: what is accepted is written again as the same code. */
#include "fuzz/fuzz.h"

#include "core/support_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char      *typed = fuzz_string(bytes, length);
    wz_support first = { 0 }, second = { 0 };
    wz_phrase  why = { 0 };
    char       code[WZ_SUPPORT_TEXT], again[WZ_SUPPORT_TEXT];

    wz_support_is_meant(typed);
    if (wz_support_decode(typed, &first, &why)) {
        wz_support_encode(&first, code);
        FUZZ_HOLDS(wz_support_decode(code, &second, NULL));
        wz_support_encode(&second, again);
        FUZZ_HOLDS(strcmp(code, again) == 0);
    } else {
        FUZZ_HOLDS(why.id != 0);
    }
    wz_phrase_clear(&why);
    free(typed);
    return 0;
}
