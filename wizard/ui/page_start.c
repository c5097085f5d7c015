/* Page 1: what to do, on which machine, with which catalogue. */
#include "ui/wizard.h"

#include <stdlib.h>

#include "core/support_state.h"
#include "resource.h"

#define MAX_LANGUAGES 64

static const wz_label labels[] = {
    { IDC_START_LEAD,             IDS_START_LEAD },
    { IDC_START_TASK_LABEL,       IDS_START_TASK_LABEL },
    { IDC_START_CHECK,            IDS_START_CHECK },
    { IDC_START_UPDATE,           IDS_START_UPDATE },
    { IDC_START_CONTINUE,         IDS_START_CONTINUE },
    { IDC_START_OPEN,             IDS_START_OPEN },
    { IDC_START_SNAPSHOT_LABEL,   IDS_START_SNAPSHOT_LABEL },
    { IDC_START_SNAPSHOT_BROWSE,  IDS_START_SNAPSHOT_BROWSE },
    { IDC_START_COMPARE,          IDS_START_COMPARE },
    { IDC_START_CATALOGUE_LABEL,  IDS_START_CATALOGUE_LABEL },
    { IDC_START_CATALOGUE_BROWSE, IDS_START_CATALOGUE_BROWSE },
    { IDC_START_LANGUAGE_LABEL,   IDS_START_LANGUAGE_LABEL },
    { IDC_START_ABOUT,            IDS_START_ABOUT },
};

static const wz_anchor anchors[] = {
    { IDC_START_LEAD,             0,   0,   100, 0   },
    { IDC_START_SNAPSHOT,         0,   0,   100, 0   },
    { IDC_START_SNAPSHOT_BROWSE,  100, 0,   100, 0   },
    { IDC_START_COMPARE,          100, 0,   100, 0   },
    { IDC_START_NOTE,             0,   0,   100, 0   },
    { IDC_START_CATALOGUE,        0,   0,   100, 0   },
    { IDC_START_CATALOGUE_BROWSE, 100, 0,   100, 0   },
    { IDC_START_ABOUT,            100, 0,   100, 0   },
};

static const wz_filter xml_files[] = { { IDS_FILTER_XML, "*.xml" }, { IDS_FILTER_ALL, "*.*" } };

static const struct { wz_task task; int control; } tasks[] = {
    { WZ_TASK_CHECK,    IDC_START_CHECK },
    { WZ_TASK_UPDATE,   IDC_START_UPDATE },
    { WZ_TASK_CONTINUE, IDC_START_CONTINUE },
    { WZ_TASK_OPEN,     IDC_START_OPEN },
};

static void show_task(const wz_wizard *wz, HWND page)
{
    for (size_t i = 0; i < WZ_COUNT(tasks); i++)
        CheckDlgButton(page, tasks[i].control, tasks[i].task == wz->task ? BST_CHECKED : BST_UNCHECKED);
    EnableWindow(GetDlgItem(page, IDC_START_SNAPSHOT), wz->task == WZ_TASK_OPEN);
    EnableWindow(GetDlgItem(page, IDC_START_SNAPSHOT_BROWSE), wz->task == WZ_TASK_OPEN);
    EnableWindow(GetDlgItem(page, IDC_START_COMPARE), wz->task == WZ_TASK_OPEN);
}

static bool has_open_journal(const wz_wizard *wz)
{
    return wz->session != NULL && wz->session->journal != NULL && wz_journal_is_open(wz->session->journal);
}

static void show_journal(const wz_wizard *wz, HWND page)
{
    const wz_session *session = wz->session;
    bool is_open = has_open_journal(wz);
    char *note = wz_copy("");

    if (session != NULL && session->journal_error.status != WZ_OK) {
        wz_text reason = { 0 };

        wz_error_render(&session->journal_error, wz->words, &reason);
        const char *args[] = { wz_text_at(&reason) };
        free(note);
        note = wz_say_with(wz, IDS_START_JOURNAL_BROKEN, 1, args);
        wz_text_clear(&reason);
    } else if (is_open) {
        free(note);
        note = wz_copy(wz_say(wz, IDS_START_CONTINUE_NOTE));
    }
    wz_control_set(page, IDC_START_NOTE, note);
    if (is_open && session->journal->state != WZ_JOURNAL_RESTART)
        wz_control_say(wz, page, IDC_START_CONTINUE, IDS_START_CONTINUE_STOPPED);
    EnableWindow(GetDlgItem(page, IDC_START_CONTINUE), is_open);
    free(note);
}

static void fill_languages(const wz_wizard *wz, HWND page)
{
    LANGID languages[MAX_LANGUAGES];
    HWND combo = GetDlgItem(page, IDC_START_LANGUAGE);
    size_t count = wz_strings_list(wz->program, languages, MAX_LANGUAGES);

    for (size_t i = 0; i < count; i++) {
        char *name = wz_strings_name(wz->program, languages[i]);
        int row = wz_combo_add(combo, name);

        SendMessageW(combo, CB_SETITEMDATA, (WPARAM)row, languages[i]);
        free(name);
    }
    for (size_t row = 0; row < count; row++)                    /* sorted by name: where it is shows only now */
        if ((LANGID)SendMessageW(combo, CB_GETITEMDATA, row, 0) == wz_strings_language(wz->strings))
            SendMessageW(combo, CB_SETCURSEL, row, 0);
}

static void create(wz_wizard *wz, HWND page)
{
    fill_languages(wz, page);
    wz_control_left_to_right(page, IDC_START_SNAPSHOT);
    wz_control_left_to_right(page, IDC_START_CATALOGUE);
    wz_control_set(page, IDC_START_CATALOGUE, wz->catalogue_path);
}

static void enter(wz_wizard *wz, HWND page)
{
    wz_control_set(page, IDC_START_SNAPSHOT, wz->snapshot_path);     /* a file may have been dropped */
    show_task(wz, page);
    show_journal(wz, page);
}

static int focus(const wz_wizard *wz)
{
    if (wz->reopen)
        return IDC_START_LANGUAGE;              /* where the person has just chosen another */
    for (size_t i = 0; i < WZ_COUNT(tasks); i++)
        if (tasks[i].task == wz->task)
            return tasks[i].control;
    return 0;
}

static void take_choices(wz_wizard *wz, HWND page)
{
    for (size_t i = 0; i < WZ_COUNT(tasks); i++)
        if (IsDlgButtonChecked(page, tasks[i].control) == BST_CHECKED)
            wz->task = tasks[i].task;
    free(wz->snapshot_path);
    free(wz->catalogue_path);
    wz->snapshot_path = wz_control_text(page, IDC_START_SNAPSHOT);
    wz->catalogue_path = wz_control_text(page, IDC_START_CATALOGUE);
}

/* What the person has typed on the last page belongs to the visit, not to what was read. */
static void keep_ticket(wz_session *from, wz_session *to)
{
    char **const fields[][2] = { { &from->ticket, &to->ticket },     { &from->technician, &to->technician },
                                 { &from->customer, &to->customer }, { &from->notes, &to->notes } };

    for (size_t i = 0; i < WZ_COUNT(fields); i++) {
        free(*fields[i][1]);
        *fields[i][1] = *fields[i][0];
        *fields[i][0] = NULL;
    }
}

/* A new session each time: what is read must be what is there now. */
static void assessed(wz_wizard *wz, HWND page)
{
    if (wz->work.status != WZ_OK) {
        wz_session_free(wz->work.session);
        wz->work.session = wz->session;
        wz_tell_error(wz, page, &wz->work.error);
        return;
    }
    if (wz->session != NULL)
        keep_ticket(wz->session, wz->work.session);
    wz_session_free(wz->session);
    wz->session = wz->work.session;
    if (wz->session->support != NULL) {
        wz_choices choices = wz_wizard_choices(wz);

        wz_sheet_go(wz, wz_support_page(wz->session->support, &choices));
    } else {
        wz_sheet_next(wz);
    }
}

/* A code that is mistyped is told at once, with the group at fault. */
static bool is_good_code(wz_wizard *wz, HWND page)
{
    wz_support support;
    wz_phrase why = { 0 };
    wz_text text = { 0 };
    bool is_good = wz_support_decode(wz->snapshot_path, &support, &why);

    if (!is_good) {
        wz_phrase_render(&why, wz->words, &text);
        wz_tell_text(wz, page, wz_text_at(&text));
        wz_sheet_focus(wz, GetDlgItem(page, IDC_START_SNAPSHOT));
    }
    wz_text_clear(&text);
    wz_phrase_clear(&why);
    return is_good;
}

static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    (void)forward;
    take_choices(wz, page);
    if (wz->task == WZ_TASK_CONTINUE)
        return true;
    if (wz->task == WZ_TASK_OPEN && wz->snapshot_path[0] == '\0') {
        wz_tell(wz, page, IDS_START_NEED_SNAPSHOT);
        return false;
    }
    if (wz->task == WZ_TASK_OPEN && wz_support_is_meant(wz->snapshot_path) && !is_good_code(wz, page))
        return false;
    free(wz->work.path);
    free(wz->work.catalogue);
    wz->work.path = wz->task == WZ_TASK_OPEN ? wz_copy(wz->snapshot_path) : NULL;
    wz->work.catalogue = wz->catalogue_path[0] != '\0' ? wz_copy(wz->catalogue_path) : NULL;
    wz->work.target = wz->target;
    wz->work.has_target = wz->has_target;
    wz->work.session = wz_session_create(wz->platform);
    wz_sheet_work(wz, page, wz_work_assess, assessed);
    wz_control_say(wz, wz->sheet, IDC_PAGE_BUSY, IDS_START_WORKING);
    return false;                           /* assessed goes on */
}

static void browse(const wz_wizard *wz, HWND page, int control, unsigned title)
{
    char *path = wz_browse_open(wz, page, title, xml_files, WZ_COUNT(xml_files));

    if (path != NULL)
        wz_control_set(page, control, path);
    free(path);
}

static void compare(wz_wizard *wz, HWND page)
{
    char *second;

    take_choices(wz, page);
    if (wz->snapshot_path[0] == '\0' || wz_support_is_meant(wz->snapshot_path)) {
        wz_tell(wz, page, IDS_START_NEED_FIRST);
        wz_sheet_focus(wz, GetDlgItem(page, IDC_START_SNAPSHOT));
        return;
    }
    second = wz_browse_open(wz, page, IDS_START_PICK_SECOND, xml_files, WZ_COUNT(xml_files));
    if (second != NULL)
        wz_compare_start(wz, page, wz->snapshot_path, second);
    free(second);
}

static void choose_language(wz_wizard *wz, HWND page)
{
    HWND combo = GetDlgItem(page, IDC_START_LANGUAGE);
    LRESULT row = SendMessageW(combo, CB_GETCURSEL, 0, 0);
    LANGID language = (LANGID)SendMessageW(combo, CB_GETITEMDATA, (WPARAM)row, 0);

    if (row == CB_ERR || language == wz_strings_language(wz->strings))
        return;
    take_choices(wz, page);
    free(wz->language);
    wz->language = wz_strings_tag(language);
    wz->reopen_at = (WINDOWPLACEMENT){ .length = sizeof wz->reopen_at };
    GetWindowPlacement(wz->sheet, &wz->reopen_at);
    wz->reopen = true;
    wz_sheet_close(wz);
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    switch (control) {
    case IDC_START_CHECK:
    case IDC_START_UPDATE:
    case IDC_START_CONTINUE:
    case IDC_START_OPEN:
        take_choices(wz, page);
        show_task(wz, page);
        break;
    case IDC_START_SNAPSHOT_BROWSE:
        browse(wz, page, IDC_START_SNAPSHOT, IDS_START_PICK_SNAPSHOT);
        break;
    case IDC_START_COMPARE:
        compare(wz, page);
        break;
    case IDC_START_CATALOGUE_BROWSE:
        browse(wz, page, IDC_START_CATALOGUE, IDS_START_PICK_CATALOGUE);
        break;
    case IDC_START_LANGUAGE:
        if (code == CBN_SELENDOK)
            choose_language(wz, page);
        break;
    case IDC_START_ABOUT:
        wz_about_show(wz, page);
        break;
    }
}

const wz_page wz_page_start = {
    .id = WZ_PAGE_START, .dialog = IDD_START, .title = IDS_START_TITLE, .subtitle = IDS_START_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .create = create, .enter = enter, .leave = leave, .command = command,
};
