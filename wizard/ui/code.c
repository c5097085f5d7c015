/* The support code: at the foot of each page, and in a window of its own, large and spelled. */
#include "ui/foot.h"

#include <stdlib.h>
#include <string.h>

#include "core/support_state.h"
#include "resource.h"
#include "ui/box.h"
#include "ui/help.h"
#include "ui/list.h"

#define LARGE_POINTS 22

static void support_of(const wz_wizard *wz, wz_support *out)
{
    const wz_session *session = wz->session;
    bool has_failed = session->opened_from == NULL && wz->work.status != WZ_OK;

    wz_support_of(session, wz->page->id, has_failed ? &wz->work.error : NULL, out);
}

void wz_foot_code(wz_wizard *wz)
{
    wz_support support;
    char code[WZ_SUPPORT_TEXT] = "";

    if (wz->session != NULL && wz->session->support != NULL) {
        wz_support_encode(wz->session->support, code);           /* the caller's, with the error */
    } else if (wz->session != NULL) {
        support_of(wz, &support);
        wz_support_encode(&support, code);
    }
    wz_control_say(wz, wz->sheet, IDC_PAGE_CODE_LABEL, IDS_CALL_LABEL);
    wz_control_set(wz->sheet, IDC_PAGE_CODE, code);
    wz_control_say(wz, wz->sheet, IDC_PAGE_CODE_COPY, IDS_CALL_COPY);
    wz_control_say(wz, wz->sheet, IDC_PAGE_CODE_LARGE, IDS_CALL_LARGE);
    wz_control_say(wz, wz->sheet, IDC_PAGE_COPY, IDS_PAGE_COPY);
}

/* ---- its window ---- */

typedef struct wz_code_window { char code[WZ_SUPPORT_TEXT]; HFONT large; } wz_code_window;

/* A line for each group: "5GQE   Five Golf Quebec Echo". */
static char *spelled(const char *code)
{
    wz_text text = { 0 };

    for (const char *group = code; *group != '\0'; group += group[4] == '-' ? 5 : 4) {
        if (group != code)
            wz_text_add(&text, "\r\n");
        wz_text_append(&text, group, 4);
        wz_text_add(&text, "  ");
        for (size_t i = 0; i < 4; i++) {
            wz_text_add(&text, " ");
            wz_text_add(&text, wz_support_spell(group[i]));
        }
    }
    return wz_text_take(&text);
}

static char *explained(const wz_wizard *wz, const char *code)
{
    wz_support support;
    wz_text lines = { 0 };
    char *text;

    if (wz_support_decode(code, &support, NULL))
        wz_support_explain(&support, wz->words, &lines);
    text = wz_with_line_ends((wz_view){ wz_text_at(&lines), lines.length });
    wz_text_clear(&lines);
    return text;
}

static void code_init(const wz_box *box, HWND dialog)
{
    const wz_wizard *wz = box->wz;
    wz_code_window *window = box->context;
    char *letters = spelled(window->code), *says = explained(wz, window->code);
    HDC dc = GetDC(dialog);
    LOGFONTW font = { .lfWeight = FW_BOLD, .lfCharSet = DEFAULT_CHARSET, .lfPitchAndFamily = FIXED_PITCH | FF_MODERN };

    font.lfHeight = -MulDiv(LARGE_POINTS, GetDeviceCaps(dc, LOGPIXELSY), 72);
    ReleaseDC(dialog, dc);
    window->large = CreateFontIndirectW(&font);
    wz_window_set(dialog, wz_say(wz, IDS_CALL_TITLE));
    wz_control_say(wz, dialog, IDC_CODE_LEAD, IDS_CALL_LEAD);
    SendDlgItemMessageW(dialog, IDC_CODE_LARGE, WM_SETFONT, (WPARAM)window->large, FALSE);
    wz_control_set(dialog, IDC_CODE_LARGE, window->code);
    wz_control_say(wz, dialog, IDC_CODE_SPELLED_LABEL, IDS_CALL_SPELLED);
    wz_control_set(dialog, IDC_CODE_SPELLED, letters);
    wz_control_say(wz, dialog, IDC_CODE_SAYS_LABEL, IDS_CALL_SAYS);
    wz_control_set(dialog, IDC_CODE_SAYS, says);
    free(says);
    free(letters);
}

static void show_large(const wz_wizard *wz)
{
    wz_code_window window = { .large = NULL };
    char *code = wz_control_text(wz->sheet, IDC_PAGE_CODE);

    if (strlen(code) < sizeof window.code) {
        memcpy(window.code, code, strlen(code) + 1);
        wz_box_show(&(wz_box){ .init = code_init, .wz = wz, .context = &window }, wz->sheet, IDD_CODE);
        if (window.large != NULL)
            DeleteObject(window.large);
    }
    free(code);
}

void wz_foot_command(wz_wizard *wz, int control)
{
    char *code;

    switch (control) {
    case IDC_PAGE_CODE_COPY:
        code = wz_control_text(wz->sheet, IDC_PAGE_CODE);
        wz_clipboard_put(wz->sheet, code);
        free(code);
        break;
    case IDC_PAGE_CODE_LARGE:
        show_large(wz);
        break;
    case IDC_PAGE_COPY:
        wz_page_copy(wz);
        break;
    }
}

/* ---- while one is open ---- */

char *wz_foot_opened_code(const wz_wizard *wz)
{
    const wz_support *support = wz->session->support;
    wz_text page = { 0 };

    wz_text_add_number(&page, support->page);
    const char *args[] = { wz_text_at(&page) };
    char *text = support->page != 0 ? wz_say_with(wz, IDS_CALL_OPENED, 1, args)
                                    : wz_copy(wz_say(wz, IDS_CALL_OPENED_COMMAND));
    wz_text_clear(&page);
    return text;
}

char *wz_foot_opened_error(const wz_wizard *wz)
{
    const wz_support *support = wz->session != NULL ? wz->session->support : NULL;
    wz_text error = { 0 };

    if (support == NULL)
        return wz_copy("");
    wz_support_explain_error(support, wz->words, &error);
    const char *args[] = { error.length > 0 ? error.at : wz_say(wz, IDS_CALL_NO_ERROR) };
    char *text = wz_say_with(wz, IDS_CALL_OPENED_ERROR, 1, args);
    wz_text_clear(&error);
    return text;
}
