/* Text of a machine whose names are to be taken out; the rest of the machine is named too. */
#include "fuzz/fuzz.h"

#include "core/redact.h"
#include "core/report_parts.h"

static void digest(void *context, wz_view bytes, char out[65])
{
    wz_text hex = { 0 };

    (void)context;
    wz_text_add_hex(&hex, wz_crc32(bytes.at, bytes.length), 8);
    memset(out, '0', 64);
    memcpy(out, hex.at, 8);
    out[64] = '\0';
    wz_text_clear(&hex);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char        *text = fuzz_string(bytes, length);
    wz_platform  platform = { .sha256 = digest };
    wz_snapshot *snapshot = wz_snapshot_create();
    wz_redactor *redactor;

    if (wz_is_utf8(text, strlen(text))) {
        wz_text visible = { 0 };
        char   *redacted;

        wz_fact_known(snapshot, WZ_FACT_COMPUTER_NAME, 1, "fuzz", "WARD-7");
        wz_fact_known(snapshot, WZ_FACT_COMPUTER_DOMAIN, 1, "fuzz", "clinic.example");
        wz_fact_known(snapshot, WZ_FACT_MACHINE_ID, 1, "fuzz", "6f1a2b3c-0000-4000-8000-00155d010203");
        redactor = wz_redactor_create(&platform, snapshot);
        redacted = wz_redact(redactor, text);
        FUZZ_HOLDS(wz_is_utf8(redacted, strlen(redacted)));
        wz_text_add_visible(&visible, redacted);
        FUZZ_HOLDS(wz_is_utf8(wz_text_at(&visible), visible.length));
        wz_text_clear(&visible);
        free(redacted);
        wz_redactor_free(redactor);
    }
    wz_snapshot_free(snapshot);
    free(text);
    return 0;
}
