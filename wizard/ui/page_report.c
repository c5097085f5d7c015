/* Page 10: who did it for whom, and the report. */
#include "ui/wizard.h"

#include <stdlib.h>

#include "core/report.h"
#include "resource.h"
#include "ui/paper.h"

static const wz_label labels[] = {
    { IDC_REPORT_TICKET_LABEL,     IDS_REPORT_TICKET_LABEL },
    { IDC_REPORT_TECHNICIAN_LABEL, IDS_REPORT_TECHNICIAN_LABEL },
    { IDC_REPORT_CUSTOMER_LABEL,   IDS_REPORT_CUSTOMER_LABEL },
    { IDC_REPORT_NOTES_LABEL,      IDS_REPORT_NOTES_LABEL },
    { IDC_REPORT_SAVE,             IDS_REPORT_SAVE },
    { IDC_REPORT_PREVIEW,          IDS_REPORT_PREVIEW },
    { IDC_REPORT_PRINT,            IDS_REPORT_PRINT },
    { IDC_REPORT_ADVICE,           IDS_REPORT_ADVICE },
    { IDC_REPORT_REDACT,           IDS_REDACT_BOX },
    { IDC_REPORT_LOG_OPEN,         IDS_REPORT_LOG_OPEN },
};

static const wz_anchor anchors[] = {
    { IDC_REPORT_VERDICT,    0,   0,   100, 0   },
    { IDC_REPORT_TICKET,     0,   0,   100, 0   },
    { IDC_REPORT_TECHNICIAN, 0,   0,   100, 0   },
    { IDC_REPORT_CUSTOMER,   0,   0,   100, 0   },
    { IDC_REPORT_LOG_OPEN,   100, 0,   100, 0   },
    { IDC_REPORT_NOTES,      0,   0,   100, 100 },
    { IDC_REPORT_REDACT,     0,   100, 100, 100 },
    { IDC_REPORT_SAVE,       0,   100, 0,   100 },
    { IDC_REPORT_PREVIEW,    0,   100, 0,   100 },
    { IDC_REPORT_PRINT,      0,   100, 0,   100 },
    { IDC_REPORT_SAVED,      0,   100, 100, 100 },
    { IDC_REPORT_ADVICE,     0,   100, 100, 100 },
};

static const wz_filter report_files[] = {
    { IDS_FILTER_HTML, "*.html" }, { IDS_FILTER_XML, "*.xml" }, { IDS_FILTER_TEXT, "*.txt" },
    { IDS_FILTER_CSV, "*.csv" },
};

static void show_field(HWND page, int control, const char *text)
{
    wz_control_set(page, control, text != NULL ? text : "");
}

static const int outputs[] = { IDC_REPORT_SAVE, IDC_REPORT_PREVIEW, IDC_REPORT_PRINT };

static void enter(wz_wizard *wz, HWND page)
{
    const wz_session *session = wz->session;
    wz_phrase verdict = { 0 };

    if (session->snapshot != NULL)
        wz_session_verdict(session, &verdict);
    wz_control_phrase(wz, page, IDC_REPORT_VERDICT, &verdict);
    wz_phrase_clear(&verdict);
    show_field(page, IDC_REPORT_TICKET, session->ticket);
    show_field(page, IDC_REPORT_TECHNICIAN, session->technician);
    show_field(page, IDC_REPORT_CUSTOMER, session->customer);
    show_field(page, IDC_REPORT_NOTES, session->notes);
    CheckDlgButton(page, IDC_REPORT_REDACT, session->redact ? BST_CHECKED : BST_UNCHECKED);
    for (size_t i = 0; i < WZ_COUNT(outputs); i++)
        EnableWindow(GetDlgItem(page, outputs[i]), session->snapshot != NULL);
}

static void take_field(HWND page, int control, char **field)
{
    free(*field);
    *field = wz_control_text(page, control);
}

static void take_fields(wz_wizard *wz, HWND page)
{
    take_field(page, IDC_REPORT_TICKET, &wz->session->ticket);
    take_field(page, IDC_REPORT_TECHNICIAN, &wz->session->technician);
    take_field(page, IDC_REPORT_CUSTOMER, &wz->session->customer);
    take_field(page, IDC_REPORT_NOTES, &wz->session->notes);
    wz->session->redact = IsDlgButtonChecked(page, IDC_REPORT_REDACT) == BST_CHECKED;
}

static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    (void)forward;
    take_fields(wz, page);
    return true;
}

static void saved(wz_wizard *wz, HWND page)
{
    const char *args[] = { wz->work.path };
    char *text = wz->work.status == WZ_OK ? wz_say_with(wz, IDS_SAVED, 1, args) : wz_copy("");

    wz_control_set(page, IDC_REPORT_SAVED, text);
    if (wz->work.status != WZ_OK)
        wz_tell_error(wz, page, &wz->work.error);
    free(text);
}

static void save(wz_wizard *wz, HWND page)
{
    const char *computer = wz_snapshot_text(wz->session->snapshot, WZ_FACT_COMPUTER_NAME);
    bool is_named = computer != NULL && IsDlgButtonChecked(page, IDC_REPORT_REDACT) != BST_CHECKED;
    const char *args[] = { is_named ? computer : "" };
    char *name = wz_say_with(wz, IDS_REPORT_FILE_NAME, 1, args);
    char *path = wz_browse_save(wz, page, IDS_REPORT_PICK, report_files, WZ_COUNT(report_files), name);

    free(name);
    if (path == NULL)
        return;
    take_fields(wz, page);
    free(wz->work.path);
    wz->work.path = path;
    wz->work.session = wz->session;
    wz_sheet_work(wz, page, wz_work_report, saved);
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    (void)code;
    if (wz->job != NULL)
        return;
    switch (control) {
    case IDC_REPORT_SAVE:
        save(wz, page);
        break;
    case IDC_REPORT_REDACT:                         /* also for what is compared while this page is shown */
        wz->session->redact = IsDlgButtonChecked(page, IDC_REPORT_REDACT) == BST_CHECKED;
        break;
    case IDC_REPORT_PREVIEW:
        take_fields(wz, page);
        wz_paper_preview(wz, page, WZ_DOCUMENT_REPORT);
        break;
    case IDC_REPORT_PRINT:
        take_fields(wz, page);
        wz_paper_ask(wz, page, WZ_DOCUMENT_REPORT);
        break;
    case IDC_REPORT_LOG_OPEN:
        wz_log_show(wz, page);
        break;
    }
}

static int focus(const wz_wizard *wz)
{
    (void)wz;
    return IDC_REPORT_TICKET;
}

const wz_page wz_page_report = {
    .id = WZ_PAGE_REPORT, .dialog = IDD_REPORT, .title = IDS_REPORT_TITLE, .subtitle = IDS_REPORT_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .enter = enter, .leave = leave, .command = command,
};
