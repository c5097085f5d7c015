#include "core/csv.h"

#include <string.h>

#include "core/report_parts.h"

void wz_csv_field(wz_text *out, const char *value, bool is_last)
{
    wz_text     shown = { 0 };
    const char *at;

    wz_text_add_visible(&shown, value != NULL ? value : "");
    at = wz_text_at(&shown);
    wz_text_add(out, "\"");
    if (strchr("=+-@|%", at[strspn(at, " \n")]) != NULL && at[strspn(at, " \n")] != '\0')
        wz_text_add(out, "'");
    for (; *at != '\0'; at++)
        wz_text_append(out, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    wz_text_add(out, is_last ? "\"\r\n" : "\",");
    wz_text_clear(&shown);
}
