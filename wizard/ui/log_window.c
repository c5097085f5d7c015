/* "Log of the installations": the machine's log, of this and of earlier times. Text to read or copy. */
#include "ui/box.h"

#include <stdlib.h>

#include "core/run_log.h"
#include "resource.h"

typedef struct log_window { wz_text path, text; } log_window;

static void log_init(const wz_box *box, HWND dialog)
{
    const wz_wizard  *wz = box->wz;
    const log_window *window = box->context;
    const char       *args[] = { wz_text_at(&window->path) };
    char             *label = wz_say_with(wz, IDS_LOG_FILE, 1, args);
    HWND              text = GetDlgItem(dialog, IDC_GUIDE_TEXT);

    wz_window_set(dialog, wz_say(wz, IDS_LOG_TITLE));
    wz_control_set(dialog, IDC_GUIDE_LABEL, label);
    wz_window_set(text, wz_text_at(&window->text));
    SendMessageW(text, EM_SETSEL, (WPARAM)window->text.length, (LPARAM)window->text.length);   /* at its newest end */
    SendMessageW(text, EM_SCROLLCARET, 0, 0);
    free(label);
}

void wz_log_show(const wz_wizard *wz, HWND page)
{
    log_window window = { { 0 }, { 0 } };
    wz_error   error = { 0 };
    wz_status  status = wz_run_log_read(wz->platform, &window.path, &window.text, &error);

    if (status == WZ_OK)
        wz_box_show(&(wz_box){ .init = log_init, .wz = wz, .context = &window, .growing = IDC_GUIDE_TEXT }, page,
                    IDD_GUIDE);
    else if (status == WZ_E_NOT_FOUND)
        wz_tell(wz, page, IDS_LOG_EMPTY);
    else
        wz_tell_error(wz, page, &error);
    wz_text_clear(&window.text);
    wz_text_clear(&window.path);
}
