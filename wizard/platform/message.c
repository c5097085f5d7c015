#include "platform/message.h"

#include <stdlib.h>
#include <wchar.h>

#include "platform/wide.h"

#define MOST_UNITS 1024u
#define NT_STATUS  0xC0000000u

/* One line: the line ends of long messages become blanks. */
static DWORD format(uint32_t code, DWORD where, HMODULE module, wchar_t text[MOST_UNITS])
{
    return FormatMessageW(where | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK, module, code, 0, text,
                          MOST_UNITS, NULL);
}

void wz_message_text(uint32_t code, wz_text *out)
{
    wchar_t text[MOST_UNITS];
    DWORD   units = 0;
    char   *shown;

    if (code < NT_STATUS)
        units = format(code, FORMAT_MESSAGE_FROM_SYSTEM, NULL, text);
    if (units == 0)
        units = format(code, FORMAT_MESSAGE_FROM_HMODULE, GetModuleHandleW(L"ntdll.dll"), text);
    while (units > 0 && text[units - 1] <= L' ')
        units--;
    if (units == 0)
        return;
    shown = wz_utf8_for_display(text, units);
    wz_text_add(out, shown);
    free(shown);
}
