/* "About this wizard": its version, and the notices of what it contains. */
#include "ui/box.h"

#include <stdlib.h>

#include "resource.h"
#include "product.h"

/* An edit control wants CR LF. */
char *wz_with_line_ends(wz_view text)
{
    wz_text out = { 0 };

    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '\n')
            wz_text_add(&out, "\r\n");
        else if (text.at[i] != '\r')
            wz_text_append(&out, text.at + i, 1);
    }
    return wz_text_take(&out);
}

static void about_init(const wz_box *box, HWND dialog)
{
    const wz_wizard *wz = box->wz;
    const char *args[] = { WZ_PRODUCT_VERSION_TEXT };
    char *lead = wz_say_with(wz, IDS_ABOUT_LEAD, 1, args);
    char *notice = wz_with_line_ends(wz->platform->resource(wz->platform->context, WZ_RESOURCE_NOTICE));

    wz_window_set(dialog, wz_say(wz, IDS_ABOUT_TITLE));
    wz_control_set(dialog, IDC_ABOUT_LEAD, lead);
    wz_control_say(wz, dialog, IDC_ABOUT_NOTICE_LABEL, IDS_ABOUT_NOTICE_LABEL);
    wz_control_set(dialog, IDC_ABOUT_NOTICE, notice);
    free(notice);
    free(lead);
}

void wz_about_show(const wz_wizard *wz, HWND page)
{
    const wz_box box = { .init = about_init, .wz = wz };

    wz_box_show(&box, page, IDD_ABOUT);
}
