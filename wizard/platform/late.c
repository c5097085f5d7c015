#include "platform/late.h"

#include <assert.h>

wz_function wz_late(wz_late_function which)
{
    static const struct { const wchar_t *dll; const char *name; } rows[] = {
#define WZ_LATE_ROW(dll, function, since, without) { dll, #function },
        WZ_LATE_ROWS(WZ_LATE_ROW)
#undef WZ_LATE_ROW
    };

    assert(which < WZ_LATE_COUNT);
    return wz_system_function(rows[which].dll, rows[which].name);
}
