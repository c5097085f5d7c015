/* The table of contents of a cabinet; nothing in it may be read from beyond the file. */
#include "fuzz/fuzz.h"

#include "core/package_cabinet.h"

typedef struct input { const uint8_t *bytes; size_t length; } input;

static bool give(void *context, uint64_t at, void *to, size_t length)
{
    const input *from = context;

    if (at > from->length || length > from->length - at)
        return false;
    if (length > 0)
        memcpy(to, from->bytes + at, length);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    input      from = { bytes, length };
    wz_source  source = { give, &from, length };
    wz_cabinet cabinet = { 0 };
    wz_error   err;

    if (wz_cabinet_read("fuzz", &source, &cabinet, &err) == WZ_OK) {
        FUZZ_HOLDS(cabinet.bytes <= length && cabinet.unpacked <= WZ_CABINET_MAX_TOTAL);
        FUZZ_HOLDS(cabinet.count <= WZ_CABINET_MAX_ENTRIES);
        for (size_t i = 0; i < cabinet.count; i++)
            FUZZ_HOLDS(wz_cabinet_name_is_safe(cabinet.entries[i].name));
    }
    wz_cabinet_clear(&cabinet);
    return 0;
}
