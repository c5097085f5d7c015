#include "scan/code.h"

enum { FIRST = 6000, NEW = 6003 };

static bool is_build(uint32_t value)
{
    return value >= FIRST && value <= NEW;
}

bool wz_number_read(int64_t value, unsigned bytes, wz_number *out)
{
    uint32_t low = (uint32_t)value;
    uint32_t minus = 0u - low;

    if (bytes == 2) {
        low &= 0xFFFF;
        minus &= 0xFFFF;
    }
    *out = (wz_number){ 0 };
    if (is_build(low)) {
        out->build = low;
    } else if (is_build(minus)) {
        out->build = minus;
        out->is_negative = true;
    } else if (is_build(low >> 16) && ((low & 0xFFFF) == 0 || (low & 0xFFFF) == 6 || (low & 0xFFFF) == 0xFFFF)) {
        out->build = low >> 16;
        out->is_word = true;
        out->is_top = (low & 0xFFFF) == 0xFFFF;
    } else if (is_build(low & 0x0FFFFFFF) && (low >> 28 == 0xF || low >> 28 == 0xC)) {
        out->build = low & 0x0FFFFFFF;
        out->is_word = true;
    } else {
        return false;
    }
    return true;
}
