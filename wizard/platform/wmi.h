/*
 * wmi: questions to Windows Management Instrumentation.
 *
 * One connection per thread, made and closed on it. Codes are HRESULTs, 0 for success; WBEM_S_TIMEDOUT when a row did
 * not come in time. Values come as UTF-8 text: numbers in decimal, NULL for an empty column.
 */
#ifndef WZ_PLATFORM_WMI_H
#define WZ_PLATFORM_WMI_H

#include <stddef.h>
#include <wchar.h>

typedef struct wz_wmi wz_wmi;

unsigned wz_wmi_open(wz_wmi **out);     /* root\cimv2 of this computer */
void     wz_wmi_close(wz_wmi *wmi);     /* NULL is fine */

typedef void (*wz_wmi_row)(void *context, const char *const values[]);      /* in the order of columns, borrowed */

unsigned wz_wmi_query(wz_wmi *wmi, const wchar_t *query, const wchar_t *const columns[], size_t count, wz_wmi_row row,
                      void *context);

#endif
