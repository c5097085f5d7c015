/* Compares the update files of page 6 with a checksum list that is pasted into a window. */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "core/checksum.h"
#include "resource.h"
#include "ui/list.h"

static const wz_column column_items[] = {
    { IDS_FILES_COLUMN_VERDICT, 17 }, { IDS_CHECKSUMS_COLUMN_LINE, 7 }, { IDS_FILES_COLUMN_RULE, 76 },
};
static const wz_columns columns = { column_items, WZ_COUNT(column_items), true };

typedef struct result_word { int mark; unsigned word; } result_word;

static result_word word_of(wz_checksum_result result)
{
    switch (result) {
    case WZ_CHECKSUM_MATCHES: return (result_word){ WZ_VERDICT_READY, IDS_CHECKSUMS_WORD_MATCHES };
    case WZ_CHECKSUM_DIFFERS: return (result_word){ WZ_VERDICT_BLOCKED, IDS_CHECKSUMS_WORD_DIFFERS };
    case WZ_CHECKSUM_NO_FILE: return (result_word){ WZ_VERDICT_ACTION, IDS_CHECKSUMS_WORD_NO_FILE };
    case WZ_CHECKSUM_UNREAD:  return (result_word){ WZ_VERDICT_UNKNOWN, IDS_CHECKSUMS_WORD_UNREAD };
    case WZ_CHECKSUM_NO_LINE: break;
    }
    return (result_word){ WZ_VERDICT_UNKNOWN, IDS_CHECKSUMS_WORD_NO_LINE };
}

static void checksums_init(const wz_wizard *wz, HWND dialog)
{
    HWND list = GetDlgItem(dialog, IDC_CHECKSUMS_LIST);

    wz_window_set(dialog, wz_say(wz, IDS_CHECKSUMS_TITLE));
    wz_control_say(wz, dialog, IDC_CHECKSUMS_LEAD, IDS_CHECKSUMS_LEAD);
    wz_control_say(wz, dialog, IDC_CHECKSUMS_PASTE_LABEL, IDS_CHECKSUMS_PASTE);
    wz_control_say(wz, dialog, IDC_CHECKSUMS_LIST_LABEL, IDS_CHECKSUMS_LIST);
    wz_control_say(wz, dialog, IDOK, IDS_CHECKSUMS_COMPARE);
    wz_control_say(wz, dialog, IDCANCEL, IDS_BUTTON_CLOSE);
    SendDlgItemMessageW(dialog, IDC_CHECKSUMS_PASTE, EM_LIMITTEXT, WZ_CHECKSUM_MAX_BYTES, 0);
    wz_list_create(wz, list, &columns);
    ListView_SetImageList(list, wz->marks, LVSIL_SMALL);
}

static void say_summary(const wz_wizard *wz, HWND dialog, const wz_comparisons *comparisons)
{
    size_t matching = wz_comparisons_count(comparisons, WZ_CHECKSUM_MATCHES);
    size_t differing = wz_comparisons_count(comparisons, WZ_CHECKSUM_DIFFERS);
    wz_text numbers[3] = { { 0 }, { 0 }, { 0 } };

    wz_text_add_number(&numbers[0], matching);
    wz_text_add_number(&numbers[1], differing);
    wz_text_add_number(&numbers[2], comparisons->count - matching - differing);
    const char *args[] = { wz_text_at(&numbers[0]), wz_text_at(&numbers[1]), wz_text_at(&numbers[2]) };
    char *text = wz_say_with(wz, IDS_CHECKSUMS_SUMMARY, WZ_COUNT(args), args);
    wz_control_set(dialog, IDC_CHECKSUMS_SUMMARY, text);
    free(text);
    for (size_t i = 0; i < WZ_COUNT(numbers); i++)
        wz_text_clear(&numbers[i]);
}

static void show(const wz_wizard *wz, HWND dialog, const wz_comparisons *comparisons)
{
    HWND list = GetDlgItem(dialog, IDC_CHECKSUMS_LIST);

    for (size_t i = 0; i < comparisons->count; i++) {
        const wz_comparison *comparison = &comparisons->items[i];
        result_word shown = word_of(comparison->result);
        wz_text line = { 0 }, sentence = { 0 };
        int row = wz_list_add(list, shown.mark, wz_say(wz, shown.word));

        wz_text_add_number(&line, comparison->checksum->line);
        wz_comparison_say(comparison, wz->words, &sentence);
        wz_list_set(list, row, 1, wz_text_at(&line));
        wz_list_set(list, row, 2, wz_text_at(&sentence));
        wz_text_clear(&line);
        wz_text_clear(&sentence);
    }
    wz_list_fit(list);
    say_summary(wz, dialog, comparisons);
    if (comparisons->count > 0)
        wz_list_select(list, 0);
}

static void compare(const wz_wizard *wz, HWND dialog)
{
    char *pasted = wz_control_text(dialog, IDC_CHECKSUMS_PASTE);
    wz_checksums checksums = { 0 };
    wz_comparisons comparisons = { 0 };
    wz_error err = { 0 };

    wz_list_clear(GetDlgItem(dialog, IDC_CHECKSUMS_LIST));
    wz_control_set(dialog, IDC_CHECKSUMS_SUMMARY, "");
    if (wz_checksums_parse(wz_say(wz, IDS_CHECKSUMS_TITLE), (wz_view){ pasted, strlen(pasted) }, &checksums, &err)
        == WZ_OK) {
        wz_checksums_compare(&checksums, &wz->session->files, &comparisons);
        show(wz, dialog, &comparisons);
    } else {
        wz_tell_error(wz, dialog, &err);
        SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDC_CHECKSUMS_PASTE), TRUE);
    }
    wz_comparisons_clear(&comparisons);
    wz_checksums_clear(&checksums);
    free(pasted);
}

static const wz_anchor anchors[] = {
    { IDC_CHECKSUMS_LEAD,       0, 0,   100, 0   }, { IDC_CHECKSUMS_PASTE,   0,   0,   100, 40  },
    { IDC_CHECKSUMS_LIST_LABEL, 0, 40,  0,   40  }, { IDC_CHECKSUMS_LIST,    0,   40,  100, 100 },
    { IDC_CHECKSUMS_SUMMARY,    0, 100, 100, 100 }, { IDOK,                  100, 100, 100, 100 },
    { IDCANCEL,               100, 100, 100, 100 },
};

static INT_PTR CALLBACK checksums_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (wz_arrange_message(dialog, message, lparam))
        return TRUE;
    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        wz_arrange_begin(dialog, anchors, WZ_COUNT(anchors));
        checksums_init((const wz_wizard *)lparam, dialog);
        SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDC_CHECKSUMS_PASTE), TRUE);
        return FALSE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDOK)
            compare((const wz_wizard *)GetWindowLongPtrW(dialog, DWLP_USER), dialog);
        else if (LOWORD(wparam) == IDCANCEL)
            EndDialog(dialog, IDCANCEL);
        return TRUE;
    }
    return FALSE;
}

void wz_checksums_show(const wz_wizard *wz, HWND page)
{
    DialogBoxParamW(wz->program, MAKEINTRESOURCEW(IDD_CHECKSUMS), GetAncestor(page, GA_ROOT), checksums_proc,
                    (LPARAM)wz);
}
