/* A list of checksums that came along with the update files. */
#include "fuzz/fuzz.h"

#include "core/checksum.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_file        file = {
        .path = "E:\\windows6.0-kb4493730-x64.msu", .name = "windows6.0-kb4493730-x64.msu", .is_examined = true,
        .sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        .sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    };
    wz_files       files = { &file, 1, 1 };
    wz_checksums   list = { 0 };
    wz_comparisons comparisons = { 0 };

    if (wz_checksums_parse("fuzz", fuzz_view(bytes, length), &list, NULL) == WZ_OK) {
        wz_checksums_compare(&list, &files, &comparisons);
        FUZZ_HOLDS(comparisons.count == list.count);
    }
    wz_comparisons_clear(&comparisons);
    wz_checksums_clear(&list);
    return 0;
}
