/* Page 8: the work itself, and the restart between its parts. */
#include "ui/wizard.h"

#include <stdlib.h>

#include <commctrl.h>

#include "core/recovery.h"
#include "resource.h"
#include "ui/list.h"

#define TICK 1

static const wz_label labels[] = {
    { IDC_INSTALL_LOG_LABEL,     IDS_INSTALL_LOG_LABEL },
    { IDC_INSTALL_RESTART_NOW,   IDS_INSTALL_RESTART_NOW },
    { IDC_INSTALL_RESTART_LATER, IDS_INSTALL_RESTART_LATER },
    { IDC_INSTALL_CARD,          IDS_INSTALL_CARD },
    { IDC_INSTALL_LOG_OPEN,      IDS_INSTALL_LOG_OPEN },
};

static const wz_anchor anchors[] = {
    { IDC_INSTALL_ELAPSED,       100, 0,   100, 0   },
    { IDC_INSTALL_STEP,          0,   0,   100, 0   },
    { IDC_INSTALL_BAR,           0,   0,   100, 0   },
    { IDC_INSTALL_LOG,           0,   0,   100, 100 },
    { IDC_INSTALL_NOTE,          0,   100, 100, 100 },
    { IDC_INSTALL_CARD,          0,   100, 0,   100 },
    { IDC_INSTALL_LOG_OPEN,      0,   100, 0,   100 },
    { IDC_INSTALL_RESTART_NOW,   100, 100, 100, 100 },
    { IDC_INSTALL_RESTART_LATER, 100, 100, 100, 100 },
};

static const wz_column column_items[] = { { IDS_INSTALL_COLUMN_LOG, 100 } };
static const wz_columns columns = { column_items, WZ_COUNT(column_items), false };

static void create(wz_wizard *wz, HWND page)
{
    wz_list_create(wz, GetDlgItem(page, IDC_INSTALL_LOG), &columns);
    SendDlgItemMessageW(page, IDC_INSTALL_BAR, PBM_SETRANGE32, 0, 1000);
}

static void add_log(HWND page, const char *line)
{
    HWND list = GetDlgItem(page, IDC_INSTALL_LOG);

    ListView_EnsureVisible(list, wz_list_add(list, WZ_MARK_NONE, line), FALSE);
}

static void show_elapsed(const wz_wizard *wz, HWND page)
{
    uint64_t seconds = (GetTickCount64() - wz->began_ms) / 1000;
    const uint64_t parts[] = { seconds / 3600, seconds / 60 % 60, seconds % 60 };
    wz_text time = { 0 };

    for (size_t i = 0; i < WZ_COUNT(parts); i++) {
        if (i > 0)
            wz_text_add(&time, parts[i] < 10 ? ":0" : ":");
        wz_text_add_number(&time, parts[i]);
    }
    const char *args[] = { wz_text_at(&time) };
    char *text = wz_say_with(wz, IDS_INSTALL_ELAPSED, 1, args);
    wz_control_set(page, IDC_INSTALL_ELAPSED, text);
    free(text);
    wz_text_clear(&time);
}

/* Whatever installs is never ended, however long it takes: only this text changes. */
static void show_patience(const wz_wizard *wz, HWND page)
{
    wz_phrase phrase = { 0 };

    if (wz->installing && wz_run_patience((GetTickCount64() - wz->news_ms) / 1000, &phrase))
        wz_control_phrase(wz, page, IDC_INSTALL_NOTE, &phrase);
    else
        wz_control_set(page, IDC_INSTALL_NOTE, "");
    wz_phrase_clear(&phrase);
}

/* The engine's lines begin with the time in UTC; whoever sits there has another clock before the eyes. */
static void show_line(const wz_wizard *wz, HWND page, const wz_phrase *line)
{
    wz_phrase shown = { 0 };
    wz_text   local = { 0 }, text = { 0 };
    wz_time   time;

    wz_phrase_copy(&shown, line);
    if (shown.count > 0 && wz_time_parse(shown.args[0], &time)) {
        wz_text_add_shown_time(&local, time, true);
        free(shown.args[0]);
        shown.args[0] = wz_text_take(&local);
    }
    wz_phrase_render(&shown, wz->words, &text);
    add_log(page, wz_text_at(&text));
    wz_text_clear(&text);
    wz_phrase_clear(&shown);
}

static void timer(wz_wizard *wz, HWND page)
{
    show_elapsed(wz, page);
    show_patience(wz, page);
}

static void news(wz_wizard *wz, HWND page, const wz_news *now)
{
    if (now->line_count > 0)
        wz->news_ms = GetTickCount64();             /* each step begins and ends with a line */
    for (size_t i = 0; i < now->line_count; i++)
        show_line(wz, page, &now->lines[i]);
    if (!wz->installing)
        return;                                     /* asking for the restart says nothing of its own */
    if (!wz_job_is_stopping(wz->job) && now->doing.id != 0)
        wz_control_phrase(wz, page, IDC_INSTALL_STEP, &now->doing);
    SendDlgItemMessageW(page, IDC_INSTALL_BAR, PBM_SETPOS, now->permille, 0);
}

/* ---- what came out ---- */

static void show_restart_buttons(HWND page, bool shown)
{
    ShowWindow(GetDlgItem(page, IDC_INSTALL_RESTART_NOW), shown ? SW_SHOW : SW_HIDE);
    ShowWindow(GetDlgItem(page, IDC_INSTALL_RESTART_LATER), shown ? SW_SHOW : SW_HIDE);
}

static void show_failure(wz_wizard *wz, HWND page)
{
    wz_text reason = { 0 };

    if (wz->work.status == WZ_E_NOT_FOUND && wz->work.error.status == WZ_OK)
        wz_text_add(&reason, wz_say(wz, IDS_INSTALL_NOTHING));
    else if (wz->work.status != WZ_OK)
        wz_error_render(&wz->work.error, wz->words, &reason);
    else
        wz_phrase_render(&wz->work.why, wz->words, &reason);
    const char *args[] = { wz_text_at(&reason) };
    free(wz->failure);
    wz->failure = wz_say_with(wz, IDS_INSTALL_FAILED, 1, args);
    wz_control_set(page, IDC_INSTALL_STEP, wz->failure);
    add_log(page, wz->failure);
    wz_text_clear(&reason);
}

static void finished(wz_wizard *wz, HWND page)
{
    KillTimer(page, TICK);
    show_elapsed(wz, page);
    show_patience(wz, page);
    if (wz->work.session != wz->session) {
        wz_session_free(wz->session);
        wz->session = wz->work.session;
    }
    wz->installed = true;
    wz->result = wz->work.status == WZ_OK ? wz->work.result : WZ_RUN_FAILED;
    wz_sheet_foot(wz);
    switch (wz->result) {
    case WZ_RUN_DONE:
        wz_control_say(wz, page, IDC_INSTALL_STEP, IDS_INSTALL_DONE);
        SendDlgItemMessageW(page, IDC_INSTALL_BAR, PBM_SETPOS, 1000, 0);
        wz_sheet_next(wz);
        return;
    case WZ_RUN_RESTART:
        wz_control_say(wz, page, IDC_INSTALL_STEP, IDS_INSTALL_RESTART);
        show_restart_buttons(page, true);
        break;
    case WZ_RUN_STOPPED:
        wz_control_say(wz, page, IDC_INSTALL_STEP, IDS_INSTALL_STOPPED);
        break;
    case WZ_RUN_FAILED:
    case WZ_RUN_FILE:
    case WZ_RUN_BUSY:
    case WZ_RUN_OTHER_MACHINE:
    case WZ_RUN_BLOCKED:
        show_failure(wz, page);
        break;
    }
    wz_sheet_buttons(wz);
}

/* ---- start ---- */

static void work_set(char **field, const char *value)
{
    free(*field);
    *field = value != NULL && value[0] != '\0' ? wz_copy(value) : NULL;
}

static wz_job_work *choose_work(wz_wizard *wz)
{
    const wz_options *options = wz->options;

    wz->work.run = (wz_run_options){ .words = wz->words, .language = wz->words->language,
                                     .report_language = wz->report_language };
    if (wz->task == WZ_TASK_CONTINUE) {
        work_set(&wz->work.catalogue, NULL);        /* the journal knows which one */
        wz->work.session = wz_session_create(wz->platform);
        return wz_work_resume;
    }
    if (!options->begin || wz->session->plan != NULL) {
        wz->work.session = wz->session;
        return wz_work_begin;
    }
    work_set(&wz->work.path, wz->media_folder);
    work_set(&wz->work.catalogue, wz->catalogue_path);
    wz->work.target = options->target;
    wz->work.session = wz_session_create(wz->platform);
    return wz_work_begin_here;
}

static void enter(wz_wizard *wz, HWND page)
{
    if (wz->installed || wz->job != NULL)
        return;
    wz_control_say(wz, page, IDC_INSTALL_STEP, IDS_INSTALL_STEP_STARTING);
    wz->began_ms = wz->news_ms = GetTickCount64();
    wz_report_free(wz->card);
    /* before the worker takes the session */
    wz->card = wz_recovery_create(wz->session, wz_report_words(wz));
    show_elapsed(wz, page);
    SetTimer(page, TICK, 1000, NULL);
    wz->installing = true;
    wz_sheet_work(wz, page, choose_work(wz), finished);
}

/* ---- restart ---- */

static void restart_asked(wz_wizard *wz, HWND page)
{
    if (wz->work.status == WZ_OK) {
        wz->restarting = true;
        wz_control_say(wz, page, IDC_INSTALL_STEP, IDS_INSTALL_RESTARTING);
        show_restart_buttons(page, false);
        wz_sheet_close(wz);
        return;
    }
    wz_text reason = { 0 };
    wz_error_render(&wz->work.error, wz->words, &reason);
    const char *args[] = { wz_text_at(&reason) };
    char *text = wz_say_with(wz, IDS_INSTALL_RESTART_FAILED, 1, args);
    wz_control_set(page, IDC_INSTALL_STEP, text);
    free(text);
    wz_text_clear(&reason);
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    (void)code;
    if (control == IDC_INSTALL_CARD)
        wz_card_save(wz, page);
    if (wz->job != NULL)
        return;
    if (control == IDC_INSTALL_LOG_OPEN) {
        wz_log_show(wz, page);
    } else if (control == IDC_INSTALL_RESTART_NOW) {
        wz->work.session = wz->session;
        wz_sheet_work(wz, page, wz_work_restart, restart_asked);
    } else if (control == IDC_INSTALL_RESTART_LATER) {
        wz_sheet_next(wz);
    }
}

static int focus(const wz_wizard *wz)
{
    (void)wz;
    return IDC_INSTALL_LOG;
}

const wz_page wz_page_install = {
    .id = WZ_PAGE_INSTALL, .dialog = IDD_INSTALL, .title = IDS_INSTALL_TITLE, .subtitle = IDS_INSTALL_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .create = create, .enter = enter, .command = command, .news = news, .timer = timer,
};
