/* Page 5: says that programs were not searched for the number 6002, here and later in the report. */
#include "ui/wizard.h"

#include "resource.h"

static const wz_label labels[] = {
    { IDC_COMPATIBILITY_LEAD,   IDS_COMPATIBILITY_LEAD },
    { IDC_COMPATIBILITY_TEXT,   IDS_COMPATIBILITY_TEXT },
    { IDC_COMPATIBILITY_ADVICE, IDS_COMPATIBILITY_ADVICE },
};

static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    (void)page;
    (void)forward;
    wz_session_skip_scan(wz->session);
    return true;
}

const wz_page wz_page_compatibility = {
    .id = WZ_PAGE_COMPATIBILITY, .dialog = IDD_COMPATIBILITY, .title = IDS_COMPATIBILITY_TITLE,
    .subtitle = IDS_COMPATIBILITY_SUBTITLE, .labels = labels, .label_count = WZ_COUNT(labels), .leave = leave,
};
