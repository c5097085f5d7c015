/* A file that the compatibility scan opens for its content: a program, an installer database, an archive. */
#include "fuzz/fuzz.h"

#include "scan/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_findings  list = { 0 };
    wz_scan_note note;
    size_t       total = 0;

    FUZZ_HOLDS(wz_scan_file("C:\\fuzz.dll", fuzz_view(bytes, length), NULL, &list, &note) == WZ_OK);
    FUZZ_HOLDS(list.count <= WZ_FINDINGS_PER_FILE && note.findings == list.count);
    for (int grade = 0; grade < WZ_GRADE_COUNT; grade++)
        total += list.by_grade[grade];
    FUZZ_HOLDS(total == list.count + list.left_off);
    for (size_t i = 0; i < list.count; i++) {
        const wz_finding *finding = &list.items[i];

        FUZZ_HOLDS(finding->offset < length);
        FUZZ_HOLDS(finding->place == NULL || wz_is_utf8(finding->place, strlen(finding->place)));
    }
    wz_findings_sort(&list);
    wz_findings_clear(&list);
    return 0;
}
