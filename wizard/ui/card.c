/* The recovery card, from page 7 before the first restart or from page 8 while it takes long. */
#include "ui/wizard.h"

#include <stdlib.h>

#include "core/recovery.h"
#include "resource.h"

static const wz_filter card_files[] = { { IDS_FILTER_HTML, "*.html" }, { IDS_FILTER_TEXT, "*.txt" } };

/* The worker is busy with the installation: the card as it was when that began, written from here. */
static void save_beside(const wz_wizard *wz, HWND page, const char *path)
{
    wz_text text = { 0 };
    wz_error error = { 0 };

    wz_recovery_render(wz->card, path, &text);
    wz_view bytes = { wz_text_at(&text), text.length };
    if (wz->platform->write_file(wz->platform->context, path, bytes, &error) == WZ_OK)
        wz_tell_saved(wz, page, path);
    else
        wz_tell_error(wz, page, &error);
    wz_text_clear(&text);
}

void wz_card_save(wz_wizard *wz, HWND page)
{
    bool is_beside = wz->job != NULL;
    char *path;

    if (is_beside && wz->card == NULL)
        return;
    path = wz_browse_save(wz, page, IDS_CARD_PICK, card_files, WZ_COUNT(card_files), wz_say(wz, IDS_CARD_FILE_NAME));
    if (path == NULL)
        return;
    if (is_beside) {                                /* even if the job has ended meanwhile: the page may be another */
        save_beside(wz, page, path);
        free(path);
        return;
    }
    free(wz->work.path);
    wz->work.path = path;
    wz->work.session = wz->session;
    wz_sheet_work(wz, page, wz_work_card, wz_tell_written);
}
