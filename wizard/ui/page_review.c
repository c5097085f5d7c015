/* Page 7: the plan, and the last place to turn back. */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include <shellapi.h>

#include "platform/wide.h"
#include "resource.h"
#include "ui/list.h"
#include "ui/paper.h"

static const wz_label labels[] = {
    { IDC_REVIEW_LIST_LABEL,   IDS_REVIEW_LIST_LABEL },
    { IDC_REVIEW_NOTE,         IDS_REVIEW_NOTE },
    { IDC_REVIEW_BACKUP,       IDS_REVIEW_BACKUP },
    { IDC_REVIEW_DETAIL_LABEL, IDS_REVIEW_DETAIL_LABEL },
    { IDC_REVIEW_CARD,         IDS_REVIEW_CARD },
    { IDC_REVIEW_PRINT,        IDS_REVIEW_PRINT },
};

static const wz_anchor anchors[] = {
    { IDC_REVIEW_SUMMARY,      0,   0,   100, 0   },
    { IDC_REVIEW_LIST,         0,   0,   100, 60  },
    { IDC_REVIEW_DETAIL_LABEL, 0,   60,  0,   60  },
    { IDC_REVIEW_DETAIL,       0,   60,  100, 100 },
    { IDC_REVIEW_NOTE,         0,   100, 100, 100 },
    { IDC_REVIEW_ELEVATE,      0,   100, 100, 100 },
    { IDC_REVIEW_BACKUP,       0,   100, 100, 100 },
    { IDC_REVIEW_PRINT,        100, 100, 100, 100 },
    { IDC_REVIEW_CARD,         100, 100, 100, 100 },
};

static const wz_column column_items[] = {
    { IDS_REVIEW_COLUMN_NUMBER, 6 }, { IDS_REVIEW_COLUMN_UPDATE, 14 }, { IDS_REVIEW_COLUMN_REASON, 62 },
    { IDS_REVIEW_COLUMN_RESTART, 18 },
};
static const wz_columns columns = { column_items, WZ_COUNT(column_items), false };

static void create(wz_wizard *wz, HWND page)
{
    wz_list_create(wz, GetDlgItem(page, IDC_REVIEW_LIST), &columns);
}

static void fill(const wz_wizard *wz, HWND list)
{
    const wz_plan *plan = wz->session->plan;

    wz_list_clear(list);
    for (size_t i = 0; i < plan->step_count; i++) {
        wz_text number = { 0 }, kb = { 0 }, reason = { 0 };

        wz_text_add_number(&number, i + 1);
        wz_text_add(&kb, "KB");
        wz_text_add_number(&kb, plan->steps[i].update->kb);
        wz_phrase_render(&plan->steps[i].reason, wz->words, &reason);
        int row = wz_list_add(list, WZ_MARK_NONE, wz_text_at(&number));
        wz_list_set(list, row, 1, wz_text_at(&kb));
        wz_list_set(list, row, 2, wz_text_at(&reason));
        wz_list_set(list, row, 3, plan->steps[i].restart_after ? wz_say(wz, IDS_REVIEW_RESTART_AFTER) : "");
        wz_text_clear(&reason);
        wz_text_clear(&kb);
        wz_text_clear(&number);
    }
    wz_list_fit(list);
}

static void show_detail(const wz_wizard *wz, HWND page, int row)
{
    const wz_plan *plan = wz->job == NULL && wz->session != NULL ? wz->session->plan : NULL;

    if (plan == NULL || row < 0 || (size_t)row >= plan->step_count)
        return;
    const wz_step *step = &plan->steps[row];
    wz_text kb = { 0 }, reason = { 0 }, minutes = { 0 };

    wz_text_add_number(&kb, step->update->kb);
    wz_phrase_render(&step->reason, wz->words, &reason);
    wz_text_add_count(&minutes, step->minutes);
    const char *title = step->update->title;
    const char *args[] = { wz_text_at(&kb), title != NULL ? title : wz_say(wz, wz_kind_word(step->update->kind)),
                           wz_text_at(&reason), wz_text_at(&minutes) };
    char *text = wz_say_with(wz, IDS_REVIEW_DETAIL, 4, args);
    wz_control_set(page, IDC_REVIEW_DETAIL, text);
    free(text);
    wz_text_clear(&minutes);
    wz_text_clear(&reason);
    wz_text_clear(&kb);
}

static void notify(wz_wizard *wz, HWND page, const NMHDR *header)
{
    if (header->idFrom == IDC_REVIEW_LIST && wz_list_is_new_selection(header))
        show_detail(wz, page, wz_list_selected(header->hwndFrom));
}

static bool is_administrator(const wz_wizard *wz)
{
    return wz_snapshot_flag(wz->session->snapshot, WZ_FACT_ADMINISTRATOR);
}

static void enter(wz_wizard *wz, HWND page)
{
    const wz_plan *plan = wz->session->plan;
    wz_text steps = { 0 }, restarts = { 0 }, minutes = { 0 };

    fill(wz, GetDlgItem(page, IDC_REVIEW_LIST));
    wz_list_select(GetDlgItem(page, IDC_REVIEW_LIST), 0);
    wz_text_add_count(&steps, plan->step_count);
    wz_text_add_count(&restarts, plan->restarts);
    wz_text_add_count(&minutes, plan->minutes);
    const char *args[] = { wz_text_at(&steps), wz_text_at(&restarts), wz_text_at(&minutes) };
    char *summary = wz_say_with(wz, IDS_REVIEW_SUMMARY, 3, args);
    wz_control_set(page, IDC_REVIEW_SUMMARY, summary);
    wz_control_set(page, IDC_REVIEW_ELEVATE, is_administrator(wz) ? "" : wz_say(wz, IDS_REVIEW_ELEVATE));
    CheckDlgButton(page, IDC_REVIEW_BACKUP, wz->has_backup ? BST_CHECKED : BST_UNCHECKED);
    free(summary);
    wz_text_clear(&minutes);
    wz_text_clear(&restarts);
    wz_text_clear(&steps);
}

/* ---- the same wizard as an administrator ---- */

/* One argument for CommandLineToArgvW: in quotation marks, with backslashes before the last one doubled. A path has no
   quotation marks of its own. */
static void add_switch(wz_text *line, const char *name, const char *value)
{
    size_t length = strlen(value);

    wz_text_add(line, " \"");
    wz_text_add(line, name);
    wz_text_add(line, value);
    while (length > 0 && value[length - 1] == '\\') {
        wz_text_add(line, "\\");
        length--;
    }
    wz_text_add(line, "\"");
}

static char *own_switches(const wz_wizard *wz)
{
    wz_text line = { 0 };

    wz_text_add(&line, "/begin");
    add_switch(&line, "/target:", wz_target_name(wz->session->target));
    add_switch(&line, "/media:", wz->media_folder);
    if (wz->catalogue_path[0] != '\0')
        add_switch(&line, "/catalogue:", wz->catalogue_path);
    add_switch(&line, "/lang:", wz->words->language);
    if (wz->report_language != NULL)
        add_switch(&line, "/report-lang:", wz->report_language);
    return wz_text_take(&line);
}

static DWORD start_elevated(const wz_wizard *wz)
{
    wchar_t program[4096];
    DWORD units = GetModuleFileNameW(NULL, program, ARRAYSIZE(program)), code = ERROR_SUCCESS;
    char *switches = own_switches(wz);
    wchar_t *parameters = wz_wide_from_utf8(switches);
    SHELLEXECUTEINFOW start = { .cbSize = sizeof start, .fMask = SEE_MASK_FLAG_NO_UI, .hwnd = wz->sheet,
                                .lpVerb = L"runas", .lpFile = program, .lpParameters = parameters,
                                .nShow = SW_SHOWNORMAL };

    if (units == 0 || units >= ARRAYSIZE(program))
        code = ERROR_FILENAME_EXCED_RANGE;
    else if (!ShellExecuteExW(&start))
        code = GetLastError();
    free(parameters);
    free(switches);
    return code;
}

static void elevate(wz_wizard *wz, HWND page)
{
    DWORD code = start_elevated(wz);

    if (code == ERROR_SUCCESS) {
        wz->left_well = true;
        wz_sheet_close(wz);
    } else if (code != ERROR_CANCELLED) {           /* who said no to Windows needs no second message */
        wz_text number = { 0 };

        wz_text_add_number(&number, code);
        const char *args[] = { wz_text_at(&number) };
        char *text = wz_say_with(wz, IDS_REVIEW_ELEVATE_FAILED, 1, args);
        wz_tell_text(wz, page, text);
        free(text);
        wz_text_clear(&number);
    }
}

static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    wz->has_backup = IsDlgButtonChecked(page, IDC_REVIEW_BACKUP) == BST_CHECKED;
    if (!forward)
        return true;
    if (!wz->has_backup) {
        wz_tell(wz, page, IDS_REVIEW_NEED_BACKUP);
        return false;
    }
    if (!is_administrator(wz)) {
        elevate(wz, page);
        return false;
    }
    return true;
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    (void)code;
    if (wz->job == NULL && control == IDC_REVIEW_CARD)
        wz_card_save(wz, page);
    else if (wz->job == NULL && control == IDC_REVIEW_PRINT)
        wz_paper_preview(wz, page, WZ_DOCUMENT_CARD);
}

static int focus(const wz_wizard *wz)
{
    (void)wz;
    return IDC_REVIEW_LIST;                         /* not Install: a stray Enter must not begin */
}

const wz_page wz_page_review = {
    .id = WZ_PAGE_REVIEW, .dialog = IDD_REVIEW, .title = IDS_REVIEW_TITLE, .subtitle = IDS_REVIEW_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .create = create, .enter = enter, .leave = leave, .command = command, .notify = notify,
};
