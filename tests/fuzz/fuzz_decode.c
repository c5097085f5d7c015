/* One instruction after the other, of either kind. */
#include "fuzz/fuzz.h"

#include "scan/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    for (int is_64 = 0; is_64 < 2; is_64++) {
        wz_insn insn;

        for (size_t at = 0; at < length && wz_decode(bytes + at, length - at, is_64, &insn); at += insn.length) {
            FUZZ_HOLDS(insn.length > 0 && insn.length <= WZ_INSN_MAX && insn.length <= length - at);
            FUZZ_HOLDS(insn.disp_at + insn.disp_bytes <= insn.length && insn.imm_at + insn.imm_bytes <= insn.length);
        }
    }
    return 0;
}
