/* Page 4: what the licence allows, and how far to go. */
#include "ui/wizard.h"

#include <stdlib.h>

#include "resource.h"

static const wz_label labels[] = {
    { IDC_TARGET_CHOICE_LABEL, IDS_TARGET_CHOICE_LABEL },
    { IDC_TARGET_6003,         IDS_TARGET_CHOICE_6003 },
    { IDC_TARGET_FREE,         IDS_TARGET_CHOICE_FREE },
    { IDC_TARGET_ESU3,         IDS_TARGET_CHOICE_ESU3 },
    { IDC_TARGET_ESU4,         IDS_TARGET_CHOICE_ESU4 },
    { IDC_TARGET_PA,           IDS_TARGET_CHOICE_PA },
    { IDC_TARGET_GUIDE,        IDS_TARGET_GUIDE },
};

static const wz_anchor anchors[] = {
    { IDC_TARGET_SUMMARY,  0,   0,   100, 0   },
    { IDC_TARGET_GUIDE,    100, 0,   100, 0   },
    { IDC_TARGET_6003,     0,   0,   100, 0   },
    { IDC_TARGET_FREE,     0,   0,   100, 0   },
    { IDC_TARGET_ESU3,     0,   0,   100, 0   },
    { IDC_TARGET_ESU4,     0,   0,   100, 0   },
    { IDC_TARGET_PA,       0,   0,   100, 0   },
    { IDC_TARGET_6003_WHY, 0,   0,   100, 0   },
    { IDC_TARGET_FREE_WHY, 0,   0,   100, 0   },
    { IDC_TARGET_ESU3_WHY, 0,   0,   100, 0   },
    { IDC_TARGET_ESU4_WHY, 0,   0,   100, 0   },
    { IDC_TARGET_PA_WHY,   0,   0,   100, 0   },
};

static const struct { int choice, why; } rows[WZ_TARGET_COUNT] = {
    [WZ_TARGET_6003] = { IDC_TARGET_6003, IDC_TARGET_6003_WHY },
    [WZ_TARGET_FREE] = { IDC_TARGET_FREE, IDC_TARGET_FREE_WHY },
    [WZ_TARGET_ESU3] = { IDC_TARGET_ESU3, IDC_TARGET_ESU3_WHY },
    [WZ_TARGET_ESU4] = { IDC_TARGET_ESU4, IDC_TARGET_ESU4_WHY },
    [WZ_TARGET_PA]   = { IDC_TARGET_PA,   IDC_TARGET_PA_WHY },
};

/* The version that the target brings, where that is known, then what the licence says to it. */
static char *level_text(const wz_wizard *wz, wz_target target)
{
    const wz_update *update = wz_catalogue_target(wz->session->catalogue, target);
    wz_text build = { 0 }, reason = { 0 };
    wz_version version;

    wz_phrase_render(&wz->session->targets[target].reason, wz->words, &reason);
    if (!wz_update_kernel_version(update, &version))
        return wz_text_take(&reason);
    wz_text_add_version(&build, version, 4);
    const char *args[] = { wz_text_at(&build), wz_text_at(&reason) };
    bool is_fact = wz_confidence_is_fact(update->build_confidence);
    char *text = wz_say_with(wz, is_fact ? IDS_TARGET_LEVEL : IDS_TARGET_LEVEL_REPORTED, 2, args);

    wz_text_clear(&reason);
    wz_text_clear(&build);
    return text;
}

static void enter(wz_wizard *wz, HWND page)
{
    const wz_session *session = wz->session;

    wz_control_phrase(wz, page, IDC_TARGET_SUMMARY, &session->entitlement.summary);
    for (int i = 0; i < WZ_TARGET_COUNT; i++) {
        bool chosen = session->target == (wz_target)i && session->targets[i].allowed;
        char *why = level_text(wz, (wz_target)i);

        wz_control_set(page, rows[i].why, why);
        EnableWindow(GetDlgItem(page, rows[i].choice), session->targets[i].allowed);
        CheckDlgButton(page, rows[i].choice, chosen ? BST_CHECKED : BST_UNCHECKED);
        free(why);
    }
}

static int chosen_target(HWND page)
{
    for (int i = 0; i < WZ_TARGET_COUNT; i++)
        if (IsDlgButtonChecked(page, rows[i].choice) == BST_CHECKED)
            return i;
    return -1;
}

static int focus(const wz_wizard *wz)
{
    return wz->session->targets[wz->session->target].allowed ? rows[wz->session->target].choice : 0;
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    (void)code;
    if (control == IDC_TARGET_GUIDE && wz->job == NULL)
        wz_guide_show(wz, page);
}

static void targeted(wz_wizard *wz, HWND page)
{
    (void)page;
    wz_sheet_next(wz);
}

/* Nothing is chosen: either that is still to be done, or nothing can be. */
static bool may_go_without(const wz_wizard *wz, HWND page)
{
    for (int i = 0; i < WZ_TARGET_COUNT; i++) {
        if (wz->session->targets[i].allowed) {
            wz_tell(wz, page, IDS_TARGET_CHOOSE);
            return false;
        }
    }
    wz_tell(wz, page, IDS_TARGET_NONE);
    return true;
}

static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    int target = chosen_target(page);

    if (target >= 0) {
        wz->target = (wz_target)target;
        wz->has_target = true;
    }
    if (forward && target < 0)
        return may_go_without(wz, page);
    if (!forward || (wz_target)target == wz->session->target)
        return true;
    wz->work.session = wz->session;
    wz->work.target = (wz_target)target;
    wz_sheet_work(wz, page, wz_work_target, targeted);
    return false;                           /* targeted goes on */
}

const wz_page wz_page_target = {
    .id = WZ_PAGE_TARGET, .dialog = IDD_TARGET, .title = IDS_TARGET_TITLE, .subtitle = IDS_TARGET_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .enter = enter, .leave = leave, .command = command,
};
