#include "ui/paper.h"

#include <stdlib.h>

#include <objbase.h>            /* before commdlg.h: PRINTDLGEXW is of COM */
#include <commdlg.h>

#include "core/recovery.h"
#include "platform/wide.h"
#include "resource.h"

/* ---- on the worker ---- */

static wz_report *make_document(const wz_work *work)
{
    return work->document == WZ_DOCUMENT_CARD ? wz_recovery_create(work->session, work->report_words)
                                              : wz_report_create(work->session, work->report_words);
}

/* Of the printer chosen before, else of the default one, else what is usual. May ask a printer in the network. */
static wz_paper find_paper(const wz_work *work)
{
    const DEVMODEW *mode = work->devmode != NULL ? GlobalLock(work->devmode) : NULL;
    wz_text         name = { 0 };
    wchar_t        *wide = NULL;
    HDC             device = NULL;
    wz_paper        paper = wz_paper_usual();

    if (wz_printer_find(work->printer_name, &name, NULL) == WZ_OK)
        wide = wz_wide_from_utf8(wz_text_at(&name));
    if (wide != NULL)
        device = CreateICW(L"WINSPOOL", wide, NULL, mode);
    if (device != NULL) {
        paper = wz_paper_of(device);
        DeleteDC(device);
    }
    if (mode != NULL)
        GlobalUnlock(work->devmode);
    free(wide);
    wz_text_clear(&name);
    return paper;
}

static void lay_out(wz_job *job, void *argument)
{
    wz_work   *work = argument;
    wz_report *report = make_document(work);
    wz_paper   paper = find_paper(work);

    (void)job;
    work->printout = wz_paper_lay_out(report, work->report_words, &paper);
    wz_report_free(report);
}

static void print(wz_job *job, void *argument)
{
    wz_work   *work = argument;
    wz_report *report = make_document(work);
    wz_paper   paper = wz_paper_of(work->printer);

    wz_session_keep_visit(work->session, NULL);
    work->printout = wz_paper_lay_out(report, work->report_words, &paper);
    work->status = wz_paper_print(work->printer, work->printer_name, work->printout, work->report_words->language,
                                  wz_job_progress(job), &work->error);
    wz_report_free(report);
}

/* ---- the system's window ---- */

static void keep_name(wz_wizard *wz, HGLOBAL devnames)
{
    const DEVNAMES *names = devnames != NULL ? GlobalLock(devnames) : NULL;
    const wchar_t  *at = (const wchar_t *)names;

    free(wz->work.printer_name);
    wz->work.printer_name = at != NULL ? wz_utf8_for_display(at + names->wDeviceOffset,
                                                             wcslen(at + names->wDeviceOffset)) : NULL;
    if (names != NULL)
        GlobalUnlock(devnames);
}

/* One copy, unless somebody says otherwise each time. */
static void keep_one_copy(HGLOBAL devmode)
{
    DEVMODEW *mode = devmode != NULL ? GlobalLock(devmode) : NULL;

    if (mode == NULL)
        return;
    mode->dmCopies = 1;
    GlobalUnlock(devmode);
}

static void tell_failed(wz_wizard *wz, HWND page, HRESULT result)
{
    wz_text  names = { 0 };
    wz_error error = { 0 };

    if (wz_printer_find(NULL, &names, &error) == WZ_E_NOT_FOUND && names.length == 0) {
        wz_tell(wz, page, IDS_PRINT_NONE);
    } else {
        if (error.reason == 0)
            wz_paper_failed(&error, (DWORD)result, wz_text_at(&names), IDS_PRINT_DRIVER);
        wz_tell_error(wz, page, &error);
    }
    wz_text_clear(&names);
}

/* The printer to print on, to be deleted; NULL when the person gave up or there is none, which was said. */
static HDC choose_printer(wz_wizard *wz, HWND page)
{
    PRINTDLGEXW box = {
        .lStructSize = sizeof box, .hwndOwner = wz->sheet, .hDevMode = wz->work.devmode,
        .hDevNames = wz->work.devnames, .nCopies = 1, .nStartPage = START_PAGE_GENERAL,
        .Flags = PD_RETURNDC | PD_NOPAGENUMS | PD_NOSELECTION | PD_NOCURRENTPAGE | PD_USEDEVMODECOPIESANDCOLLATE,
    };
    HRESULT result = PrintDlgExW(&box);

    wz->work.devmode = box.hDevMode;
    wz->work.devnames = box.hDevNames;
    keep_name(wz, box.hDevNames);
    if (FAILED(result)) {
        tell_failed(wz, page, result);
    } else if (box.dwResultAction == PD_RESULT_PRINT && box.hDC != NULL) {
        return box.hDC;
    }
    if (box.hDC != NULL)
        DeleteDC(box.hDC);
    return NULL;
}

/* ---- printing ---- */

static void say(const wz_wizard *wz, HWND page, const char *text)
{
    if (GetDlgItem(page, IDC_REPORT_SAVED) != NULL)
        wz_control_set(page, IDC_REPORT_SAVED, text);
    else
        wz_control_set(wz->sheet, IDC_PAGE_BUSY, text);
}

static void say_sent(const wz_wizard *wz, HWND page)
{
    wz_text count = { 0 };

    wz_text_add_count(&count, wz->work.printout->leaf_count);
    const char *args[] = { wz_text_at(&count), wz->work.printer_name };
    char *text = wz_say_with(wz, IDS_PRINT_SENT, 2, args);
    say(wz, page, text);
    free(text);
    wz_text_clear(&count);
}

static void printed(wz_wizard *wz, HWND page)
{
    wz->printing = false;
    DeleteDC(wz->work.printer);
    wz->work.printer = NULL;
    keep_one_copy(wz->work.devmode);
    wz_sheet_buttons(wz);
    if (wz->work.status == WZ_OK) {
        say_sent(wz, page);
    } else if (wz->work.status == WZ_E_CANCELLED) {
        say(wz, page, wz_say(wz, IDS_PRINT_STOPPED));
    } else {
        say(wz, page, "");
        wz_tell_error(wz, page, &wz->work.error);
    }
    wz_printout_free(wz->work.printout);
    wz->work.printout = NULL;
}

void wz_paper_ask(wz_wizard *wz, HWND page, wz_document document)
{
    wz->work.printer = choose_printer(wz, page);
    if (wz->work.printer == NULL)
        return;
    wz->work.document = document;
    wz->work.session = wz->session;
    wz->printing = true;
    say(wz, page, "");
    wz_sheet_work(wz, page, print, printed);
}

void wz_paper_forget(wz_wizard *wz)
{
    if (wz->work.printer != NULL)
        DeleteDC(wz->work.printer);
    wz_printout_free(wz->work.printout);
    free(wz->work.printer_name);
    GlobalFree(wz->work.devmode);
    GlobalFree(wz->work.devnames);
}

/* ---- preview ---- */

static void laid_out(wz_wizard *wz, HWND page)
{
    bool wants_print = wz_preview_show(wz, page, wz->work.printout, wz->work.report_words);

    wz_printout_free(wz->work.printout);
    wz->work.printout = NULL;
    if (wants_print)
        wz_paper_ask(wz, page, wz->work.document);
}

void wz_paper_preview(wz_wizard *wz, HWND page, wz_document document)
{
    wz->work.document = document;
    wz->work.session = wz->session;
    wz_sheet_work(wz, page, lay_out, laid_out);
}
