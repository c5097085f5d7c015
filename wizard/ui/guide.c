/* "Licence details": what was found of licences, and how to install a key with Windows' own tool. Text to copy from. */
#include "ui/box.h"

#include <stdlib.h>

#include "core/licence_words.h"
#include "resource.h"

static void guide_init(const wz_box *box, HWND dialog)
{
    const wz_wizard *wz = box->wz;
    wz_text guide = { 0 };
    char   *text;

    wz_licence_guide(wz->session->snapshot, wz->session->catalogue, wz->words, &guide);
    text = wz_with_line_ends((wz_view){ wz_text_at(&guide), guide.length });
    wz_window_set(dialog, wz_say(wz, IDS_TARGET_GUIDE_TITLE));
    wz_control_say(wz, dialog, IDC_GUIDE_LABEL, IDS_TARGET_GUIDE_LABEL);
    wz_control_set(dialog, IDC_GUIDE_TEXT, text);
    free(text);
    wz_text_clear(&guide);
}

void wz_guide_show(const wz_wizard *wz, HWND page)
{
    const wz_box box = { .init = guide_init, .wz = wz, .growing = IDC_GUIDE_TEXT };

    wz_box_show(&box, page, IDD_GUIDE);
}
