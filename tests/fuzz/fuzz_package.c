/* What an update file says about itself. The first byte chooses which of the three descriptions the rest is. */
#include "fuzz/fuzz.h"

#include "core/media.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_content content = { 0 };
    wz_text    name = { 0 };
    wz_view    rest;
    size_t     state = 0;

    if (length == 0)
        return 0;
    rest = fuzz_view(bytes + 1, length - 1);
    switch (bytes[0] % 4) {
    case 0:  wz_package_properties("fuzz", rest, &content, NULL); break;
    case 1:  wz_package_unattend("fuzz", rest, &content, NULL); break;
    case 2:  wz_package_manifest("fuzz", rest, &content, NULL); break;
    default: wz_package_find_marker(rest.at, rest.length, &state); break;
    }
    wz_content_name(&content, &name);
    wz_text_clear(&name);
    wz_content_clear(&content);
    return 0;
}
