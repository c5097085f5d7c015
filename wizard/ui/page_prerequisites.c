/* Page 3: the checks, with what was found, why it matters and how to fix it. */
#include "ui/wizard.h"

#include <stdlib.h>

#include <commctrl.h>

#include "resource.h"
#include "ui/list.h"

static const wz_label labels[] = {
    { IDC_PREREQUISITES_LIST_LABEL,   IDS_PREREQUISITES_LIST_LABEL },
    { IDC_PREREQUISITES_DETAIL_LABEL, IDS_PREREQUISITES_DETAIL_LABEL },
    { IDC_PREREQUISITES_AGAIN,        IDS_PREREQUISITES_AGAIN },
    { IDC_PREREQUISITES_ACCEPT,       IDS_PREREQUISITES_ACCEPT },
};

static const wz_anchor anchors[] = {
    { IDC_PREREQUISITES_SUMMARY,      0,   0,   100, 0   },
    { IDC_PREREQUISITES_AGAIN,        100, 0,   100, 0   },
    { IDC_PREREQUISITES_LIST,         0,   0,   100, 60  },
    { IDC_PREREQUISITES_ACCEPT,       100, 60,  100, 60  },
    { IDC_PREREQUISITES_DETAIL_LABEL, 0,   60,  0,   60  },
    { IDC_PREREQUISITES_DETAIL,       0,   60,  100, 100 },
};

static const wz_column column_items[] = {
    { IDS_PREREQUISITES_COLUMN_VERDICT, 15 }, { IDS_PREREQUISITES_COLUMN_CHECK, 34 },
    { IDS_PREREQUISITES_COLUMN_EVIDENCE, 51 },
};
static const wz_columns columns = { column_items, WZ_COUNT(column_items), false };

static void create(wz_wizard *wz, HWND page)
{
    HWND list = GetDlgItem(page, IDC_PREREQUISITES_LIST);

    wz_list_create(wz, list, &columns);
    ListView_SetImageList(list, wz->marks, LVSIL_SMALL);
}

static char *source_text(const wz_wizard *wz, wz_fact_id id)
{
    const wz_fact *fact = &wz->session->snapshot->facts[id];
    wz_text time = { 0 };

    wz_text_add_shown_time(&time, fact->time, true);
    const char *args[] = { fact->source != NULL ? fact->source : wz_say(wz, IDS_STATE_NOT_ASKED), wz_text_at(&time) };
    char *text = wz_say_with(wz, IDS_PREREQUISITES_SOURCE, 2, args);
    wz_text_clear(&time);
    return text;
}

/* Only renames can be accepted, on the computer itself; an accepted line may get another note. */
static bool may_accept(const wz_wizard *wz, const wz_check *check)
{
    return check->id == WZ_CHECK_PENDING_RENAMES && wz->session->opened_from == NULL
        && (check->verdict == WZ_VERDICT_ACTION || wz->session->renames_note != NULL);
}

static void show_detail(const wz_wizard *wz, HWND page, int row)
{
    if (row < 0 || row >= WZ_CHECK_COUNT || wz->session == NULL || wz->job != NULL)
        return;
    const wz_check *check = &wz->session->checks.items[row];
    const char *fix_args[] = { check->fix != 0 ? wz_say(wz, check->fix) : "" };
    char *fix = check->fix != 0 ? wz_say_with(wz, IDS_PREREQUISITES_DETAIL_FIX, 1, fix_args) : wz_copy("");
    char *source = source_text(wz, check->fact);
    wz_text evidence = { 0 };

    wz_phrase_render(&check->evidence, wz->words, &evidence);
    const char *args[] = { wz_text_at(&evidence), wz_say(wz, check->why), fix, source };
    char *text = wz_say_with(wz, IDS_PREREQUISITES_DETAIL, 4, args);
    wz_control_set(page, IDC_PREREQUISITES_DETAIL, text);
    EnableWindow(GetDlgItem(page, IDC_PREREQUISITES_ACCEPT), may_accept(wz, check));
    free(text);
    wz_text_clear(&evidence);
    free(source);
    free(fix);
}

/* The first line that needs a look: the worst verdict, the topmost of several. */
static int worst_row(const wz_checks *checks)
{
    wz_verdict worst = wz_checks_worst(checks);

    for (int i = 0; i < WZ_CHECK_COUNT; i++)
        if (checks->items[i].verdict == worst)
            return i;
    return 0;
}

static void enter(wz_wizard *wz, HWND page)
{
    const wz_session *session = wz->session;
    HWND list = GetDlgItem(page, IDC_PREREQUISITES_LIST);
    wz_phrase sentence = { 0 };
    int selected = wz_list_selected(list);

    wz_list_clear(list);
    for (int i = 0; i < WZ_CHECK_COUNT; i++) {
        const wz_check *check = &session->checks.items[i];
        wz_text evidence = { 0 };
        int row = wz_list_add(list, (int)check->verdict, wz_say(wz, wz_verdict_word(check->verdict)));

        wz_phrase_render(&check->evidence, wz->words, &evidence);
        wz_list_set(list, row, 1, wz_say(wz, wz_check_title_word(check->id)));
        wz_list_set(list, row, 2, wz_text_at(&evidence));
        wz_text_clear(&evidence);
    }
    wz_list_fit(list);
    wz_list_select(list, selected >= 0 ? selected : worst_row(&session->checks));
    wz_session_verdict(session, &sentence);
    wz_control_phrase(wz, page, IDC_PREREQUISITES_SUMMARY, &sentence);
    wz_phrase_clear(&sentence);
    EnableWindow(GetDlgItem(page, IDC_PREREQUISITES_AGAIN), session->opened_from == NULL);
}

static void notify(wz_wizard *wz, HWND page, const NMHDR *header)
{
    if (header->idFrom == IDC_PREREQUISITES_LIST && wz_list_is_new_selection(header))
        show_detail(wz, page, wz_list_selected(header->hwndFrom));
}

static void checked_again(wz_wizard *wz, HWND page)
{
    if (wz->work.status != WZ_OK && wz->work.status != WZ_E_CANCELLED)
        wz_tell_error(wz, page, &wz->work.error);
    enter(wz, page);
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    (void)code;
    if (control == IDC_PREREQUISITES_ACCEPT && wz->job == NULL && wz_accept_show(wz, page)) {
        enter(wz, page);
        wz_sheet_focus(wz, GetDlgItem(page, IDC_PREREQUISITES_LIST));
    }
    if (control == IDC_PREREQUISITES_AGAIN && wz->job == NULL) {
        wz->work.session = wz->session;
        wz_sheet_work(wz, page, wz_work_again, checked_again);
    }
}

/* Names every blocked check, one a line. */
static void tell_blocked(const wz_wizard *wz, HWND page)
{
    wz_text names = { 0 };

    for (int i = 0; i < WZ_CHECK_COUNT; i++) {
        const wz_check *check = &wz->session->checks.items[i];

        if (check->verdict != WZ_VERDICT_BLOCKED)
            continue;
        wz_text_add(&names, names.length > 0 ? "\n" : "");
        wz_text_add(&names, wz_say(wz, wz_check_title_word(check->id)));
    }
    const char *args[] = { wz_text_at(&names) };
    char *text = wz_say_with(wz, IDS_PREREQUISITES_BLOCKED, 1, args);
    wz_tell_text(wz, page, text);
    free(text);
    wz_text_clear(&names);
}

/* Next stays live and says what is in the way; a check without an update may go on to the report. */
static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    wz_choices choices = wz_wizard_choices(wz);

    if (forward && choices.blocked && wz_flow_next(WZ_PAGE_PREREQUISITES, &choices) == WZ_PAGE_NONE) {
        tell_blocked(wz, page);
        return false;
    }
    return true;
}

static int focus(const wz_wizard *wz)
{
    (void)wz;
    return IDC_PREREQUISITES_LIST;
}

const wz_page wz_page_prerequisites = {
    .id = WZ_PAGE_PREREQUISITES, .dialog = IDD_PREREQUISITES, .title = IDS_PREREQUISITES_TITLE,
    .subtitle = IDS_PREREQUISITES_SUBTITLE, .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors,
    .anchor_count = WZ_COUNT(anchors), .focus = focus, .create = create, .enter = enter, .leave = leave,
    .command = command, .notify = notify,
};
