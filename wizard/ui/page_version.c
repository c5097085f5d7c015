/* Page 2: what this computer says about itself, and who says it. */
#include "ui/wizard.h"

#include <stdlib.h>

#include <shellapi.h>
#include <commctrl.h>

#include "core/level.h"
#include "platform/system_dll.h"
#include "resource.h"
#include "ui/gauge.h"
#include "ui/list.h"

static const wz_label labels[] = {
    { IDC_VERSION_FACTS_LABEL,   IDS_VERSION_FACTS_LABEL },
    { IDC_VERSION_GAUGE_LABEL,   IDS_VERSION_GAUGE_LABEL },
    { IDC_VERSION_SOURCES_LABEL, IDS_VERSION_SOURCES_LABEL },
    { IDC_VERSION_WINVER,        IDS_VERSION_WINVER },
};

static const wz_anchor anchors[] = {
    { IDC_VERSION_ABOUT,         0,   0,   100, 0   },
    { IDC_VERSION_FACTS,         0,   0,   100, 100 },
    { IDC_VERSION_GAUGE,         0,   100, 100, 100 },
    { IDC_VERSION_SOURCES_LABEL, 0,   100, 100, 100 },
    { IDC_VERSION_SOURCES,       0,   100, 100, 100 },
    { IDC_VERSION_AGREEMENT,     0,   100, 100, 100 },
    { IDC_VERSION_WINVER,        100, 100, 100, 100 },
    { IDC_VERSION_ADVICE,        0,   100, 100, 100 },
};

static const wz_column fact_column_items[] = { { IDS_VERSION_COLUMN_FACT, 26 }, { IDS_VERSION_COLUMN_VALUE, 74 } };
static const wz_columns fact_columns = { fact_column_items, WZ_COUNT(fact_column_items), true };
static const wz_column source_column_items[] = {
    { IDS_VERSION_COLUMN_SOURCE, 28 }, { IDS_VERSION_COLUMN_VERSION, 18 }, { IDS_VERSION_COLUMN_STATE, 54 },
};
static const wz_columns source_columns = { source_column_items, WZ_COUNT(source_column_items), false };

static const struct { wz_fact_id fact; unsigned name; } sources[] = {
    { WZ_FACT_VERSION_API,      IDS_VERSION_SOURCE_API },
    { WZ_FACT_VERSION_REGISTRY, IDS_VERSION_SOURCE_REGISTRY },
    { WZ_FACT_VERSION_KERNEL,   IDS_VERSION_SOURCE_KERNEL },
    { WZ_FACT_VERSION_WMI,      IDS_VERSION_SOURCE_WMI },
};

/* ---- facts ---- */

static void add_fact(const wz_wizard *wz, HWND list, unsigned name, const char *value)
{
    bool is_known = value != NULL && value[0] != '\0';
    int row = wz_list_add(list, WZ_MARK_NONE, wz_say(wz, name));

    wz_list_set(list, row, 1, is_known ? value : wz_say(wz, IDS_NOT_KNOWN));
}

static void add_taken(const wz_wizard *wz, HWND list, unsigned name, wz_text *value)
{
    add_fact(wz, list, name, wz_text_at(value));
    wz_text_clear(value);
}

/* Branches and their ranges are a thing of 6.0. */
static bool has_branch(const wz_wizard *wz, wz_version *kernel)
{
    return wz->session != NULL && wz->session->snapshot != NULL
        && wz_snapshot_version(wz->session->snapshot, WZ_FACT_VERSION_KERNEL, kernel)
        && kernel->major == 6 && kernel->minor == 0;
}

static void add_branch(const wz_wizard *wz, HWND list, wz_version kernel)
{
    static const struct { unsigned pattern, first, last; } branches[] = {
        [WZ_BRANCH_NONE] = { IDS_VERSION_BRANCH_NONE, 0, 0 },
        [WZ_BRANCH_GDR]  = { IDS_VERSION_BRANCH_GDR, WZ_GDR_FIRST, WZ_GDR_LAST },
        [WZ_BRANCH_LDR]  = { IDS_VERSION_BRANCH_LDR, WZ_LDR_FIRST, WZ_LDR_LAST },
    };
    wz_branch branch = wz_version_branch(kernel.revision);
    wz_text left = { 0 }, first = { 0 }, last = { 0 };

    wz_text_add_number(&left, branch == WZ_BRANCH_NONE ? kernel.revision : wz_version_remaining(kernel.revision));
    wz_text_add_number(&first, branches[branch].first);
    wz_text_add_number(&last, branches[branch].last);
    const char *args[] = { wz_text_at(&left), wz_text_at(&first), wz_text_at(&last) };
    char *text = wz_say_with(wz, branches[branch].pattern, 3, args);
    add_fact(wz, list, IDS_VERSION_FACT_BRANCH, text);
    free(text);
    wz_text_clear(&last);
    wz_text_clear(&first);
    wz_text_clear(&left);
}

static void add_level(const wz_wizard *wz, HWND list, wz_version version)
{
    wz_level level;
    wz_text text = { 0 };

    wz_level_find(wz->session->catalogue, version, &level);
    wz_level_say(&level, wz->words, &text);
    add_taken(wz, list, IDS_VERSION_FACT_LEVEL, &text);
}

static void add_edition(const wz_wizard *wz, HWND list)
{
    const wz_snapshot *snapshot = wz->session->snapshot;
    const char *caption = wz_snapshot_text(snapshot, WZ_FACT_CAPTION);

    add_fact(wz, list, IDS_VERSION_FACT_EDITION,
             caption != NULL ? caption : wz_snapshot_text(snapshot, WZ_FACT_PRODUCT_NAME));
}

static void fill_facts(const wz_wizard *wz, HWND list)
{
    const wz_snapshot *snapshot = wz->session->snapshot;
    bool core_known = wz_snapshot_text(snapshot, WZ_FACT_SERVER_CORE) != NULL;
    unsigned core = wz_snapshot_flag(snapshot, WZ_FACT_SERVER_CORE) ? IDS_YES : IDS_NO;
    wz_version version, kernel;
    bool version_known = wz_system_version(snapshot, &version);
    wz_text text = { 0 };

    wz_list_clear(list);
    add_fact(wz, list, IDS_VERSION_FACT_SYSTEM, wz_say(wz, wz_system_word(wz->session->system)));
    if (version_known)
        wz_version_ver_line(version, &text);
    add_taken(wz, list, IDS_VERSION_FACT_VER, &text);
    add_fact(wz, list, IDS_VERSION_FACT_KERNEL, wz_snapshot_text(snapshot, WZ_FACT_VERSION_KERNEL));
    if (has_branch(wz, &kernel))
        add_branch(wz, list, kernel);
    if (version_known && wz_system_is_supported(wz->session->system))
        add_level(wz, list, version);
    add_edition(wz, list);
    add_fact(wz, list, IDS_VERSION_FACT_ARCHITECTURE, wz_snapshot_text(snapshot, WZ_FACT_ARCHITECTURE));
    add_fact(wz, list, IDS_VERSION_FACT_CORE, core_known ? wz_say(wz, core) : NULL);
    add_fact(wz, list, IDS_VERSION_FACT_COMPUTER, wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME));
    add_fact(wz, list, IDS_VERSION_FACT_LAB, wz_snapshot_text(snapshot, WZ_FACT_BUILD_LAB));
    wz_list_fit(list);
}

/* ---- the four sources ---- */

static char *fact_state(const wz_wizard *wz, const wz_fact *fact)
{
    wz_text code = { 0 };
    char *text = NULL;

    switch (fact->state) {
    case WZ_FACT_KNOWN:
        return wz_copy(fact->source != NULL ? fact->source : wz_say(wz, IDS_STATE_KNOWN));
    case WZ_FACT_ABSENT:
        return wz_copy(wz_say(wz, IDS_STATE_ABSENT));
    case WZ_FACT_NOT_ASKED:
        return wz_copy(wz_say(wz, IDS_STATE_NOT_ASKED));
    case WZ_FACT_UNREADABLE:
        wz_text_add(&code, "0x");
        wz_text_add_hex(&code, fact->os_code, 8);
        const char *args[] = { wz_text_at(&code) };
        text = wz_say_with(wz, IDS_STATE_UNREADABLE, 1, args);
        wz_text_clear(&code);
        return text;
    }
    return wz_copy("");
}

static void fill_sources(const wz_wizard *wz, HWND list)
{
    const wz_snapshot *snapshot = wz->session->snapshot;

    wz_list_clear(list);
    for (size_t i = 0; i < WZ_COUNT(sources); i++) {
        const char *value = wz_snapshot_text(snapshot, sources[i].fact);
        char *state = fact_state(wz, &snapshot->facts[sources[i].fact]);
        int row = wz_list_add(list, value != NULL ? WZ_MARK_NONE : (int)WZ_VERDICT_UNKNOWN,
                              wz_say(wz, sources[i].name));

        wz_list_set(list, row, 1, value != NULL ? value : "");
        wz_list_set(list, row, 2, state);
        free(state);
    }
    wz_list_fit(list);
}

/* ---- the page ---- */

static void create(wz_wizard *wz, HWND page)
{
    /* the line that people know from the About box */
    SendDlgItemMessageW(page, IDC_VERSION_ABOUT, WM_SETFONT, (WPARAM)wz->heading, FALSE);
    wz_list_create(wz, GetDlgItem(page, IDC_VERSION_FACTS), &fact_columns);
    wz_list_create(wz, GetDlgItem(page, IDC_VERSION_SOURCES), &source_columns);
    ListView_SetImageList(GetDlgItem(page, IDC_VERSION_SOURCES), wz->marks, LVSIL_SMALL);
}

/*
 * On a Windows that is not the target its advice takes the place of the gauge and the sources, which say nothing about
 * what to do there; the report has them.
 */
static void show_advice(const wz_wizard *wz, HWND page)
{
    static const int hidden[] = { IDC_VERSION_GAUGE, IDC_VERSION_SOURCES_LABEL, IDC_VERSION_SOURCES,
                                  IDC_VERSION_AGREEMENT };
    bool is_other = !wz_system_is_supported(wz->session->system);

    for (size_t i = 0; i < WZ_COUNT(hidden); i++)
        ShowWindow(GetDlgItem(page, hidden[i]), is_other ? SW_HIDE : SW_SHOW);
    ShowWindow(GetDlgItem(page, IDC_VERSION_ADVICE), is_other ? SW_SHOW : SW_HIDE);
    if (is_other) {
        const char *args[] = { wz_say(wz, wz_system_word(wz->session->system)),
                               wz_say(wz, wz_system_advice_word(wz->session->system)) };
        char *text = wz_say_with(wz, IDS_VERSION_OTHER, WZ_COUNT(args), args);

        wz_control_set(page, IDC_VERSION_ADVICE, text);
        free(text);
    }
}

static void enter(wz_wizard *wz, HWND page)
{
    const wz_session *session = wz->session;
    unsigned advice = wz_system_advice_word(session->system);
    wz_text about = { 0 };

    wz_system_about(session->snapshot, &about);
    wz_control_set(page, IDC_VERSION_ABOUT,
                   about.length > 0 ? about.at : wz_say(wz, IDS_VERSION_NO_VERSION));
    fill_facts(wz, GetDlgItem(page, IDC_VERSION_FACTS));
    fill_sources(wz, GetDlgItem(page, IDC_VERSION_SOURCES));
    wz_control_say(wz, page, IDC_VERSION_AGREEMENT,
                   advice != 0 ? advice : wz_agreement_word(wz_system_agreement(session->snapshot)));
    show_advice(wz, page);
    EnableWindow(GetDlgItem(page, IDC_VERSION_WINVER), session->opened_from == NULL);
    InvalidateRect(GetDlgItem(page, IDC_VERSION_GAUGE), NULL, TRUE);
    wz_text_clear(&about);
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    (void)wz;
    (void)code;
    if (control == IDC_VERSION_WINVER) {
        wchar_t *path = wz_native_path(L"winver.exe");

        ShellExecuteW(GetAncestor(page, GA_ROOT), L"open", path, NULL, NULL, SW_SHOWNORMAL);
        free(path);
    }
}

static void draw(wz_wizard *wz, const DRAWITEMSTRUCT *item)
{
    wz_version kernel = { 0 };

    wz_gauge_draw(item, has_branch(wz, &kernel) ? kernel.revision : 0);
}

static int focus(const wz_wizard *wz)
{
    (void)wz;
    return IDC_VERSION_FACTS;
}

const wz_page wz_page_version = {
    .id = WZ_PAGE_VERSION, .dialog = IDD_VERSION, .title = IDS_VERSION_TITLE, .subtitle = IDS_VERSION_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .create = create, .enter = enter, .command = command, .draw = draw,
};
