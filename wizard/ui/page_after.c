/* Page 9: before and after side by side, and what became of each update. */
#include "ui/wizard.h"

#include <stdlib.h>

#include <commctrl.h>

#include "core/diagnosis.h"
#include "resource.h"
#include "ui/list.h"

static const wz_label labels[] = {
    { IDC_AFTER_LIST_LABEL,   IDS_AFTER_LIST_LABEL },
    { IDC_AFTER_STEPS_LABEL,  IDS_AFTER_STEPS_LABEL },
    { IDC_AFTER_DETAIL_LABEL, IDS_AFTER_DETAIL_LABEL },
};

static const wz_anchor anchors[] = {
    { IDC_AFTER_LEAD,         0,   0,   100, 0   },
    { IDC_AFTER_LIST,         0,   0,   100, 20  },
    { IDC_AFTER_STEPS_LABEL,  0,   20,  0,   20  },
    { IDC_AFTER_STEPS,        0,   20,  100, 60  },
    { IDC_AFTER_DETAIL_LABEL, 0,   60,  0,   60  },
    { IDC_AFTER_DETAIL,       0,   60,  100, 100 },
};

static const wz_column fact_column_items[] = {
    { IDS_AFTER_COLUMN_FACT, 20 }, { IDS_AFTER_COLUMN_BEFORE, 40 }, { IDS_AFTER_COLUMN_NOW, 40 },
};
static const wz_columns fact_columns = { fact_column_items, WZ_COUNT(fact_column_items), true };

static const wz_column step_column_items[] = {
    { IDS_AFTER_COLUMN_OUTCOME, 36 }, { IDS_AFTER_COLUMN_UPDATE, 13 }, { IDS_AFTER_COLUMN_CODE, 15 },
    { IDS_AFTER_COLUMN_MEANING, 36 },
};
static const wz_columns step_columns = { step_column_items, WZ_COUNT(step_column_items), false };

static void create(wz_wizard *wz, HWND page)
{
    HWND steps = GetDlgItem(page, IDC_AFTER_STEPS);

    wz_list_create(wz, GetDlgItem(page, IDC_AFTER_LIST), &fact_columns);
    wz_list_create(wz, steps, &step_columns);
    ListView_SetImageList(steps, wz->marks, LVSIL_SMALL);
}

/* ---- before and after ---- */

/* What one snapshot says in one line; owned. */
typedef char *cell_text(const wz_wizard *wz, const wz_snapshot *snapshot);

static char *fact_or_unknown(const wz_wizard *wz, const wz_snapshot *snapshot, wz_fact_id fact)
{
    const char *value = wz_snapshot_text(snapshot, fact);

    return wz_copy(value != NULL ? value : wz_say(wz, IDS_NOT_KNOWN));
}

static char *about_cell(const wz_wizard *wz, const wz_snapshot *snapshot)
{
    wz_text text = { 0 };

    wz_system_about(snapshot, &text);
    if (text.length == 0)
        wz_text_add(&text, wz_say(wz, IDS_NOT_KNOWN));
    return wz_text_take(&text);
}

static char *kernel_cell(const wz_wizard *wz, const wz_snapshot *snapshot)
{
    return fact_or_unknown(wz, snapshot, WZ_FACT_VERSION_KERNEL);
}

static char *registry_cell(const wz_wizard *wz, const wz_snapshot *snapshot)
{
    return fact_or_unknown(wz, snapshot, WZ_FACT_VERSION_REGISTRY);
}

static char *stack_cell(const wz_wizard *wz, const wz_snapshot *snapshot)
{
    return fact_or_unknown(wz, snapshot, WZ_FACT_STACK_VERSION);
}

static char *sha2_cell(const wz_wizard *wz, const wz_snapshot *snapshot)
{
    return wz_copy(wz_say(wz, wz_system_sha2_ready(snapshot) ? IDS_AFTER_SHA2_YES : IDS_AFTER_SHA2_NO));
}

static const struct { unsigned name; cell_text *text; } facts[] = {
    { IDS_AFTER_FACT_ABOUT,    about_cell },
    { IDS_AFTER_FACT_KERNEL,   kernel_cell },
    { IDS_AFTER_FACT_REGISTRY, registry_cell },
    { IDS_AFTER_FACT_STACK,    stack_cell },
    { IDS_AFTER_FACT_SHA2,     sha2_cell },
};

static void fill_facts(const wz_wizard *wz, HWND list)
{
    const wz_session *session = wz->session;
    const wz_snapshot *before = session->before != NULL ? session->before : session->snapshot;   /* nothing was begun */
    const wz_snapshot *both[] = { before, session->snapshot };

    wz_list_clear(list);
    for (size_t i = 0; i < WZ_COUNT(facts); i++) {
        int row = wz_list_add(list, WZ_MARK_NONE, wz_say(wz, facts[i].name));

        for (int k = 0; k < 2; k++) {
            char *text = both[k] != NULL ? facts[i].text(wz, both[k]) : wz_copy(wz_say(wz, IDS_NOT_KNOWN));

            wz_list_set(list, row, k + 1, text);
            free(text);
        }
    }
    wz_list_fit(list);
}

/* ---- steps ---- */

static wz_verdict mark_of(wz_outcome outcome)
{
    switch (outcome) {
    case WZ_OUTCOME_INSTALLED:
    case WZ_OUTCOME_ALREADY:
        return WZ_VERDICT_READY;
    case WZ_OUTCOME_NONE:
    case WZ_OUTCOME_PENDING:
        return WZ_VERDICT_ACTION;
    case WZ_OUTCOME_BEGUN:
        return WZ_VERDICT_UNKNOWN;
    case WZ_OUTCOME_NOT_APPLICABLE:
    case WZ_OUTCOME_FAILED:
    case WZ_OUTCOME_ROLLED_BACK:
        break;
    }
    return WZ_VERDICT_BLOCKED;
}

static void add_step(const wz_wizard *wz, HWND list, const wz_journal_step *step)
{
    wz_text kb = { 0 }, code = { 0 };
    int row = wz_list_add(list, (int)mark_of(step->outcome), wz_say(wz, wz_outcome_word(step->outcome)));

    wz_text_add(&kb, "KB");
    wz_text_add_number(&kb, step->kb);
    wz_list_set(list, row, 1, wz_text_at(&kb));
    if (step->has_code) {
        wz_text_add(&code, "0x");
        wz_text_add_hex(&code, step->code, 8);
        wz_list_set(list, row, 2, wz_text_at(&code));
        wz_list_set(list, row, 3, wz_say(wz, wz_code_word(step->code)));
    }
    wz_text_clear(&code);
    wz_text_clear(&kb);
}

static void add_code(const wz_wizard *wz, const wz_journal_step *step, wz_text *out)
{
    wz_text code = { 0 };

    if (!step->has_code)
        return;
    wz_text_add_code_forms(&code, step->code);
    const char *args[] = { wz_text_at(&code), wz_say(wz, wz_code_word(step->code)) };
    wz_words_fill(wz->words, IDS_AFTER_DETAIL_CODE, args, 2, out);
    wz_text_add(out, "\r\n");
    wz_text_clear(&code);
}

/* Why it is not in force and what to do; first, because the box shows only a few lines at a time. */
static void add_diagnosis(const wz_wizard *wz, const wz_journal_step *step, wz_text *out)
{
    wz_diagnosis diagnosis = { 0 };

    if (!wz_diagnose(wz->session, step, &diagnosis))
        return;
    wz_diagnosis_add_causes(&diagnosis, wz->words, "\r\n", out);
    if (diagnosis.count > 0)
        wz_text_add(out, "\r\n");
    wz_diagnosis_add_fix(&diagnosis, wz->words, out);
    if (diagnosis.fix != 0)
        wz_text_add(out, "\r\n");
    wz_diagnosis_clear(&diagnosis);
}

static void add_duration(const wz_wizard *wz, const wz_journal_step *step, wz_text *out)
{
    wz_text begun = { 0 }, seconds = { 0 }, attempts = { 0 };

    if (step->begun == 0)
        return;
    wz_text_add_shown_time(&begun, step->begun, true);
    if (step->ended >= step->begun)
        wz_text_add_number(&seconds, (uint64_t)(step->ended - step->begun));
    else
        wz_text_add(&seconds, wz_say(wz, IDS_NOT_KNOWN));
    wz_text_add_number(&attempts, step->attempts);
    const char *args[] = { wz_text_at(&begun), wz_text_at(&seconds), wz_text_at(&attempts) };
    wz_words_fill(wz->words, IDS_AFTER_DETAIL_TIME, args, 3, out);
    wz_text_add(out, "\r\n");
    wz_text_clear(&attempts);
    wz_text_clear(&seconds);
    wz_text_clear(&begun);
}

static void show_detail(const wz_wizard *wz, HWND page, int row)
{
    const wz_journal *journal = wz->job == NULL && wz->session != NULL ? wz->session->journal : NULL;
    wz_text text = { 0 };

    if (journal == NULL || row < 0 || (size_t)row >= journal->step_count)
        return;
    const wz_journal_step *step = &journal->steps[row];
    const char *args[] = { step->file };
    add_diagnosis(wz, step, &text);
    add_code(wz, step, &text);
    add_duration(wz, step, &text);
    if (step->file != NULL)
        wz_words_fill(wz->words, IDS_AFTER_DETAIL_FILE, args, 1, &text);
    wz_control_set(page, IDC_AFTER_DETAIL, wz_text_at(&text));
    wz_text_clear(&text);
}

static void notify(wz_wizard *wz, HWND page, const NMHDR *header)
{
    if (header->idFrom == IDC_AFTER_STEPS && wz_list_is_new_selection(header))
        show_detail(wz, page, wz_list_selected(header->hwndFrom));
}

/* The first step that did not go well, else the first. */
static int worth_a_look(const wz_journal *journal)
{
    for (size_t i = 0; i < journal->step_count; i++)
        if (mark_of(journal->steps[i].outcome) == WZ_VERDICT_BLOCKED)
            return (int)i;
    return 0;
}

/* For an installation that did not fail; of one that did, page 8 has kept the reason. */
static unsigned lead_word(wz_run_result result)
{
    if (result == WZ_RUN_DONE)
        return IDS_AFTER_LEAD_DONE;
    return result == WZ_RUN_RESTART ? IDS_AFTER_LEAD_RESTART : IDS_AFTER_LEAD_OPEN;
}

static void enter(wz_wizard *wz, HWND page)
{
    HWND steps = GetDlgItem(page, IDC_AFTER_STEPS);
    const wz_journal *journal = wz->session->journal;

    wz_control_set(page, IDC_AFTER_LEAD, wz->failure != NULL ? wz->failure : wz_say(wz, lead_word(wz->result)));
    fill_facts(wz, GetDlgItem(page, IDC_AFTER_LIST));
    wz_list_clear(steps);
    for (size_t i = 0; journal != NULL && i < journal->step_count; i++)
        add_step(wz, steps, &journal->steps[i]);
    wz_list_fit(steps);
    if (journal != NULL && journal->step_count > 0)
        wz_list_select(steps, worth_a_look(journal));
}

static int focus(const wz_wizard *wz)
{
    (void)wz;
    return IDC_AFTER_LIST;
}

const wz_page wz_page_after = {
    .id = WZ_PAGE_AFTER, .dialog = IDD_AFTER, .title = IDS_AFTER_TITLE, .subtitle = IDS_AFTER_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .create = create, .enter = enter, .notify = notify,
};
