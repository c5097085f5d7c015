/* See paper.h: printers, and what goes wrong with them. */
#include "platform/paper.h"

#include <stdlib.h>
#include <string.h>

#include <winspool.h>

#include "platform/late.h"
#include "platform/wide.h"
#include "resource.h"

/* ---- errors ---- */

wz_status wz_paper_failed(wz_error *err, DWORD code, const char *name, unsigned reason)
{
    wz_status status = WZ_E_SYSTEM;

    switch (code) {
    case ERROR_CANCELLED:
    case ERROR_PRINT_CANCELLED:       return wz_fail(err, WZ_E_CANCELLED, 0, name);
    case ERROR_ACCESS_DENIED:         return wz_fail(err, WZ_E_DENIED, code, name);
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:      return wz_fail(err, WZ_E_FULL, code, name);
    case ERROR_INVALID_PRINTER_NAME:  status = WZ_E_NOT_FOUND; break;
    case RPC_S_SERVER_UNAVAILABLE:
    case RPC_S_CALL_FAILED:
    case ERROR_SERVICE_NOT_ACTIVE:    reason = IDS_PRINT_SPOOLER; break;
    }
    wz_fail(err, status, code, name);
    if (err != NULL)
        err->reason = reason;
    return status;
}

/* ---- which ---- */

/* Asked for at run time: a program that imports it does not start where it is missing. */
typedef BOOL(WINAPI *enum_printers)(DWORD flags, LPWSTR name, DWORD level, LPBYTE out, DWORD bytes, DWORD *needed,
                                    DWORD *count);
typedef BOOL(WINAPI *get_default_printer)(LPWSTR name, DWORD *units);

/* All printers that are set up here, and how many; to be freed; NULL when there is none. */
static PRINTER_INFO_4W *list_printers(DWORD *count, DWORD *code)
{
    const DWORD   flags = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
    enum_printers enumerate = (enum_printers)wz_late(WZ_LATE_EnumPrintersW);
    DWORD         bytes = 0;
    void         *list = NULL;

    *count = 0;
    *code = enumerate != NULL ? ERROR_SUCCESS : ERROR_SERVICE_NOT_ACTIVE;
    while (enumerate != NULL && !enumerate(flags, NULL, 4, list, bytes, &bytes, count)) {
        *code = GetLastError();
        free(list);
        if (*code != ERROR_INSUFFICIENT_BUFFER)
            return NULL;
        *code = ERROR_SUCCESS;
        list = wz_alloc_array(bytes, 1);
    }
    return list;
}

/* Owned; NULL when there is none. */
static char *find_default(void)
{
    get_default_printer get = (get_default_printer)wz_late(WZ_LATE_GetDefaultPrinterW);
    DWORD               units = 0;
    wchar_t            *wide;
    char               *name;

    if (get == NULL || get(NULL, &units) || units == 0)
        return NULL;
    wide = wz_new_array(units, wchar_t);
    name = get(wide, &units) ? wz_utf8_from_wide(wide) : NULL;
    free(wide);
    return name;
}

static bool same_name(const wchar_t *printer, const char *name)
{
    wchar_t *wide = wz_wide_from_utf8(name);
    bool     is_same = wide != NULL && lstrcmpiW(printer, wide) == 0;

    free(wide);
    return is_same;
}

wz_status wz_printer_find(const char *name, wz_text *out, wz_error *err)
{
    DWORD            count, code;
    PRINTER_INFO_4W *printers = list_printers(&count, &code);
    char            *wanted = wz_copy(name), *found = NULL;
    wz_text          all = { 0 };

    if (code != ERROR_SUCCESS) {
        free(wanted);
        return wz_paper_failed(err, code, name, IDS_PRINT_SPOOLER);
    }
    if (wanted == NULL)
        wanted = find_default();
    for (DWORD i = 0; i < count; i++) {
        char *one = wz_utf8_for_display(printers[i].pPrinterName, wcslen(printers[i].pPrinterName));

        wz_text_add(&all, i > 0 ? "; " : "");
        wz_text_add(&all, one);
        if (found == NULL && wanted != NULL && same_name(printers[i].pPrinterName, wanted))
            found = wz_copy(one);
        free(one);
    }
    wz_text_add(out, found != NULL ? found : wz_text_at(&all));
    wz_text_clear(&all);
    free(printers);
    wz_status status = found != NULL ? WZ_OK : wz_fail(err, WZ_E_NOT_FOUND, 0, wanted);

    free(found);
    free(wanted);
    return status;
}

/* ---- print ---- */

static wz_status print_page(HDC printer, const wz_printout *printout, size_t page, const char *language,
                            const wz_progress *progress)
{
    wz_text  number = { 0 };
    wz_place place = {
        -GetDeviceCaps(printer, PHYSICALOFFSETX), -GetDeviceCaps(printer, PHYSICALOFFSETY),
        GetDeviceCaps(printer, LOGPIXELSX), GetDeviceCaps(printer, LOGPIXELSY),
    };

    wz_text_add_number(&number, page + 1);
    wz_progress_report(progress, IDS_PRINT_DOING, wz_text_at(&number),
                       (unsigned)(page * 1000 / printout->leaf_count));
    wz_text_clear(&number);
    if (wz_progress_cancelled(progress))
        return WZ_E_CANCELLED;
    SetLastError(ERROR_SUCCESS);
    if (StartPage(printer) <= 0)
        return WZ_E_SYSTEM;
    wz_paper_draw(printer, printout, page, language, &place);
    return EndPage(printer) > 0 ? WZ_OK : WZ_E_SYSTEM;
}

wz_status wz_paper_print(HDC printer, const char *name, const wz_printout *printout, const char *language,
                         const wz_progress *progress, wz_error *err)
{
    wchar_t  *title = wz_wide_from_utf8(printout->name);
    DOCINFOW  job = { .cbSize = sizeof job, .lpszDocName = title };
    wz_status status = WZ_OK;
    int       number;

    SetLastError(ERROR_SUCCESS);
    number = StartDocW(printer, &job);
    free(title);
    if (number <= 0)
        return wz_paper_failed(err, GetLastError(), name, IDS_PRINT_DRIVER);
    for (size_t i = 0; i < printout->leaf_count && status == WZ_OK; i++)
        status = print_page(printer, printout, i, language, progress);
    if (status == WZ_OK && EndDoc(printer) <= 0)
        status = WZ_E_SYSTEM;
    if (status == WZ_OK)
        return WZ_OK;

    DWORD code = GetLastError();

    AbortDoc(printer);
    return status == WZ_E_CANCELLED ? wz_fail(err, WZ_E_CANCELLED, 0, name)
                                    : wz_paper_failed(err, code, name, IDS_PRINT_SPOOL);
}

wz_status wz_printer_print(const char *printer, const wz_report *report, const wz_words *words,
                           const wz_progress *progress, size_t *pages, wz_error *err)
{
    wchar_t     *wide = wz_wide_from_utf8(printer);
    HDC          device = wide != NULL ? CreateDCW(L"WINSPOOL", wide, NULL, NULL) : NULL;
    wz_paper     paper;
    wz_printout *printout;
    wz_status    status;

    free(wide);
    if (device == NULL)
        return wz_paper_failed(err, GetLastError(), printer, IDS_PRINT_DRIVER);
    paper = wz_paper_of(device);
    printout = wz_paper_lay_out(report, words, &paper);
    status = wz_paper_print(device, printer, printout, words->language, progress, err);
    if (status == WZ_OK)
        *pages = printout->leaf_count;
    wz_printout_free(printout);
    DeleteDC(device);
    return status;
}
