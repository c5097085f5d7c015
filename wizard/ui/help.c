/* The help of a page: what is seen, what to do, what to tell the helpdesk. A window with text to read or copy. */
#include "ui/help.h"

#include <stdlib.h>

#include "resource.h"
#include "ui/box.h"

typedef struct wz_page_help { unsigned see, act, tell; } wz_page_help;

static const wz_page_help helps[WZ_PAGE_COUNT] = {
    [WZ_PAGE_START]         = { IDS_START_HELP_SEE,         IDS_START_HELP_DO,         IDS_START_HELP_TELL },
    [WZ_PAGE_VERSION]       = { IDS_VERSION_HELP_SEE,       IDS_VERSION_HELP_DO,       IDS_VERSION_HELP_TELL },
    [WZ_PAGE_PREREQUISITES] = { IDS_PREREQUISITES_HELP_SEE, IDS_PREREQUISITES_HELP_DO, IDS_PREREQUISITES_HELP_TELL },
    [WZ_PAGE_TARGET]        = { IDS_TARGET_HELP_SEE,        IDS_TARGET_HELP_DO,        IDS_TARGET_HELP_TELL },
    [WZ_PAGE_COMPATIBILITY] = { IDS_COMPATIBILITY_HELP_SEE, IDS_COMPATIBILITY_HELP_DO, IDS_COMPATIBILITY_HELP_TELL },
    [WZ_PAGE_FILES]         = { IDS_FILES_HELP_SEE,         IDS_FILES_HELP_DO,         IDS_FILES_HELP_TELL },
    [WZ_PAGE_REVIEW]        = { IDS_REVIEW_HELP_SEE,        IDS_REVIEW_HELP_DO,        IDS_REVIEW_HELP_TELL },
    [WZ_PAGE_INSTALL]       = { IDS_INSTALL_HELP_SEE,       IDS_INSTALL_HELP_DO,       IDS_INSTALL_HELP_TELL },
    [WZ_PAGE_AFTER]         = { IDS_AFTER_HELP_SEE,         IDS_AFTER_HELP_DO,         IDS_AFTER_HELP_TELL },
    [WZ_PAGE_REPORT]        = { IDS_REPORT_HELP_SEE,        IDS_REPORT_HELP_DO,        IDS_REPORT_HELP_TELL },
};

static void add_lines(const wz_wizard *wz, wz_text *out, const unsigned ids[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wz_text_add(out, wz_say(wz, ids[i]));
        wz_text_add(out, "\r\n");
    }
}

static char *help_text(const wz_wizard *wz, const wz_page_help *help)
{
    const unsigned see[] = { IDS_PAGE_HELP_SEE, help->see };
    const unsigned act[] = { IDS_PAGE_HELP_DO, help->act };
    const unsigned tell[] = { IDS_PAGE_HELP_TELL, IDS_PAGE_HELP_ALWAYS, help->tell };
    wz_text text = { 0 };

    add_lines(wz, &text, see, WZ_COUNT(see));
    wz_text_add(&text, "\r\n");
    add_lines(wz, &text, act, WZ_COUNT(act));
    wz_text_add(&text, "\r\n");
    add_lines(wz, &text, tell, WZ_COUNT(tell));
    return wz_text_take(&text);
}

static void help_init(const wz_box *box, HWND dialog)
{
    const wz_wizard *wz = box->wz;
    char *head = wz_page_head(wz), *text = help_text(wz, &helps[wz->page->id]);

    wz_window_set(dialog, wz_say(wz, IDS_PAGE_HELP_TITLE));
    wz_control_set(dialog, IDC_PAGE_HELP_LABEL, head);
    wz_control_set(dialog, IDC_PAGE_HELP_TEXT, text);
    free(text);
    free(head);
}

void wz_help_show(const wz_wizard *wz)
{
    wz_box_show(&(wz_box){ .init = help_init, .wz = wz, .growing = IDC_PAGE_HELP_TEXT }, wz->sheet, IDD_PAGE_HELP);
}
