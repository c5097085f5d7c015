/* CBS.log and CheckSUR.log: what is picked says the same as the whole. */
#include "fuzz/fuzz.h"

#include "core/servicing_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_view          log = fuzz_view(bytes, length);
    wz_text          picked = { 0 };
    wz_servicing_log servicing;
    wz_readiness_log readiness;

    wz_servicing_log_read(log, &servicing);
    wz_servicing_log_pick(log, &picked);
    FUZZ_HOLDS(wz_is_utf8(wz_text_at(&picked), picked.length));
    FUZZ_HOLDS(picked.length <= WZ_LOG_LINES * (WZ_LOG_LINE_BYTES + 4));
    wz_text_clear(&picked);
    wz_readiness_log_read(log, &readiness);
    wz_readiness_log_pick(log, &picked);
    FUZZ_HOLDS(wz_is_utf8(wz_text_at(&picked), picked.length));
    FUZZ_HOLDS(picked.length <= (WZ_LOG_LINES + 8) * (WZ_LOG_LINE_BYTES + 4));
    wz_text_clear(&picked);
    return 0;
}
