/* A script in each language that the compatibility scan knows; the first byte chooses which. */
#include "fuzz/fuzz.h"

#include "scan/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const names[] = {
        "a.bat", "a.vbs", "a.js", "a.ps1", "a.inf", "a.au3", "a.xml", "a.nsi", "a.wql",
    };
    wz_findings  list = { 0 };
    wz_scan_note note;

    if (length == 0)
        return 0;
    FUZZ_HOLDS(wz_scan_file(names[bytes[0] % WZ_COUNT(names)], fuzz_view(bytes + 1, length - 1), NULL, &list, &note) ==
               WZ_OK);
    FUZZ_HOLDS(list.count <= WZ_FINDINGS_PER_FILE);
    for (size_t i = 0; i < list.count; i++) {
        const wz_finding *finding = &list.items[i];

        FUZZ_HOLDS(finding->offset < length);
        FUZZ_HOLDS(finding->place == NULL || wz_is_utf8(finding->place, strlen(finding->place)));
    }
    wz_findings_clear(&list);
    return 0;
}
