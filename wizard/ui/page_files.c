/* Page 6: the folder with the update files, and what was found of each. */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include <commctrl.h>

#include "resource.h"
#include "ui/list.h"

static const wz_label labels[] = {
    { IDC_FILES_FOLDER_LABEL, IDS_FILES_FOLDER_LABEL },
    { IDC_FILES_BROWSE,       IDS_FILES_BROWSE },
    { IDC_FILES_CHECK,        IDS_FILES_CHECK },
    { IDC_FILES_LIST_LABEL,   IDS_FILES_LIST_LABEL },
    { IDC_FILES_DETAIL_LABEL, IDS_FILES_DETAIL_LABEL },
    { IDC_FILES_CHECKSUMS,    IDS_FILES_CHECKSUMS },
    { IDC_FILES_SHOPPING,     IDS_FILES_SHOPPING },
};

static const wz_anchor anchors[] = {
    { IDC_FILES_FOLDER,       0,   0,   100, 0   },
    { IDC_FILES_BROWSE,       100, 0,   100, 0   },
    { IDC_FILES_CHECK,        100, 0,   100, 0   },
    { IDC_FILES_LIST,         0,   0,   100, 60  },
    { IDC_FILES_DETAIL_LABEL, 0,   60,  0,   60  },
    { IDC_FILES_DETAIL,       0,   60,  100, 100 },
    { IDC_FILES_CHECKSUMS,    100, 100, 100, 100 },
    { IDC_FILES_SHOPPING,     100, 100, 100, 100 },
};

static const wz_column column_items[] = {
    { IDS_FILES_COLUMN_VERDICT, 18 }, { IDS_FILES_COLUMN_UPDATE, 13 }, { IDS_FILES_COLUMN_FILE, 33 },
    { IDS_FILES_COLUMN_RULE, 36 },
};
static const wz_columns columns = { column_items, WZ_COUNT(column_items), false };

static const wz_filter list_files[] = { { IDS_FILTER_HTML, "*.html" }, { IDS_FILTER_TEXT, "*.txt" } };

static void create(wz_wizard *wz, HWND page)
{
    HWND list = GetDlgItem(page, IDC_FILES_LIST);

    wz_list_create(wz, list, &columns);
    ListView_SetImageList(list, wz->marks, LVSIL_SMALL);
    wz_control_left_to_right(page, IDC_FILES_FOLDER);
    wz_control_set(page, IDC_FILES_FOLDER, wz->media_folder);
}

/* ---- the list: a row for each step, then one for each other file ---- */

static size_t row_count(const wz_matches *matches)
{
    return matches->count + matches->other_count;
}

static const wz_match *match_at(const wz_matches *matches, size_t row)
{
    return row < matches->count ? &matches->items[row] : &matches->others[row - matches->count];
}

typedef struct files_word { int mark; unsigned word; } files_word;

/* A file that no step needs is no fault, so it has no mark. */
static files_word word_of(const wz_match *match, bool is_other)
{
    switch (match->verdict) {
    case WZ_FILE_MISSING:    return (files_word){ WZ_VERDICT_ACTION, IDS_FILES_WORD_MISSING };
    case WZ_FILE_NOT_YET:    return (files_word){ WZ_VERDICT_UNKNOWN, IDS_FILES_WORD_NOT_YET };
    case WZ_FILE_SPARE:      return (files_word){ WZ_MARK_NONE, IDS_FILES_WORD_SPARE };
    case WZ_FILE_SUPERSEDED: return (files_word){ WZ_MARK_NONE, IDS_FILES_WORD_SUPERSEDED };
    case WZ_FILE_NOT_IN_PLAN: return (files_word){ WZ_MARK_NONE, IDS_FILES_WORD_NOT_NEEDED };
    case WZ_FILE_UNKNOWN:    return (files_word){ WZ_MARK_NONE, IDS_FILES_WORD_UNKNOWN };
    case WZ_FILE_WRONG_ARCHITECTURE:
    case WZ_FILE_WRONG_WINDOWS:
        if (is_other)
            return (files_word){ WZ_MARK_NONE, IDS_FILES_WORD_ELSEWHERE };
        break;
    default:
        if (wz_file_is_accepted(match->verdict))
            return (files_word){ WZ_VERDICT_READY, IDS_FILES_WORD_OK };
        break;
    }
    return (files_word){ WZ_VERDICT_BLOCKED, IDS_FILES_WORD_REFUSED };
}

static char *kb_text(const wz_update *update)
{
    wz_text text = { 0 };

    if (update == NULL)
        return wz_copy("");
    wz_text_add(&text, "KB");
    wz_text_add_number(&text, update->kb);
    return wz_text_take(&text);
}

static void fill(const wz_wizard *wz, HWND page)
{
    const wz_matches *matches = &wz->session->matches;
    HWND list = GetDlgItem(page, IDC_FILES_LIST);

    wz_list_clear(list);
    wz_control_set(page, IDC_FILES_DETAIL, "");
    for (size_t i = 0; i < row_count(matches); i++) {
        const wz_match *match = match_at(matches, i);
        files_word shown = word_of(match, i >= matches->count);
        char *kb = kb_text(match->update);
        int row = wz_list_add(list, shown.mark, wz_say(wz, shown.word));

        wz_list_set(list, row, 1, kb);
        wz_list_set(list, row, 2, match->file != NULL ? match->file->name : "");
        wz_list_set(list, row, 3, wz_say(wz, wz_file_verdict_word(match->verdict)));
        free(kb);
    }
    wz_list_fit(list);
    if (row_count(matches) > 0)
        wz_list_select(list, 0);
}

/* ---- the detail of one line ---- */

static void add_line(const wz_wizard *wz, wz_text *out, unsigned pattern, const char *a, const char *b)
{
    const char *args[] = { a, b };

    if (a == NULL || a[0] == '\0')
        return;
    wz_words_fill(wz->words, pattern, args, b != NULL ? 2 : 1, out);
    wz_text_add(out, "\r\n");
}

static void add_file(const wz_wizard *wz, wz_text *out, const wz_file *file)
{
    wz_text number = { 0 };

    wz_text_add_count(&number, file->bytes);
    add_line(wz, out, IDS_FILES_DETAIL_FILE, file->path, wz_text_at(&number));
    add_line(wz, out, IDS_FILES_DETAIL_SHA1, file->sha1, NULL);
    add_line(wz, out, IDS_FILES_DETAIL_SHA256, file->sha256, NULL);
    add_line(wz, out, IDS_FILES_DETAIL_SIGNER, file->signer, NULL);
    wz_text_clear(&number);
}

static void add_fetch(const wz_wizard *wz, wz_text *out, const wz_match *match)
{
    const wz_offer *offer = match->offer;
    wz_text number = { 0 };

    wz_text_add_number(&number, match->update->kb);
    if (offer != NULL)
        add_line(wz, out, IDS_FILES_DETAIL_FETCH, offer->name, NULL);
    if (offer != NULL && match->file == NULL)
        add_line(wz, out, IDS_FILES_DETAIL_SHA1, offer->sha1, NULL);
    add_line(wz, out, IDS_FILES_DETAIL_SEARCH, wz_text_at(&number), NULL);
    wz_text_clear(&number);
}

/* The files that could have been this step's too. */
static void add_candidates(const wz_wizard *wz, wz_text *out, const wz_match *match)
{
    const wz_matches *matches = &wz->session->matches;

    for (size_t i = 0; i < matches->other_count; i++) {
        const wz_match *other = &matches->others[i];

        if (other->update == match->update)
            add_line(wz, out, IDS_FILES_DETAIL_CANDIDATE, other->file->name, wz_say(wz, word_of(other, true).word));
    }
}

static void show_detail(const wz_wizard *wz, HWND page, int row)
{
    wz_text text = { 0 };

    if (row < 0 || wz->job != NULL || wz->session == NULL || (size_t)row >= row_count(&wz->session->matches))
        return;
    const wz_match *match = match_at(&wz->session->matches, (size_t)row);
    bool is_step = (size_t)row < wz->session->matches.count;
    wz_match_explain(match, wz->words, &text);
    wz_text_add(&text, "\r\n");
    if (is_step)
        add_candidates(wz, &text, match);
    if (match->file != NULL)
        add_file(wz, &text, match->file);
    if (is_step && !wz_file_is_accepted(match->verdict))
        add_fetch(wz, &text, match);
    wz_control_set(page, IDC_FILES_DETAIL, wz_text_at(&text));
    wz_text_clear(&text);
}

static void notify(wz_wizard *wz, HWND page, const NMHDR *header)
{
    if (header->idFrom == IDC_FILES_LIST && wz_list_is_new_selection(header))
        show_detail(wz, page, wz_list_selected(header->hwndFrom));
}

/* ---- verify ---- */

static void take_folder(wz_wizard *wz, HWND page)
{
    free(wz->media_folder);
    wz->media_folder = wz_control_text(page, IDC_FILES_FOLDER);
}

/* Of a folder that could not be read the session knows no file, and the list says what to fetch. */
static void verified(wz_wizard *wz, HWND page)
{
    if (wz->work.status != WZ_E_CANCELLED)
        fill(wz, page);
    if (wz->work.status != WZ_OK && wz->work.status != WZ_E_CANCELLED)
        wz_tell_error(wz, page, &wz->work.error);
}

static void verified_by_next(wz_wizard *wz, HWND page)
{
    verified(wz, page);
    if (wz->work.status == WZ_OK && wz_matches_complete(&wz->session->matches))
        wz_sheet_next(wz);
}

static void verify(wz_wizard *wz, HWND page, wz_work_done *done)
{
    take_folder(wz, page);
    if (wz->media_folder[0] == '\0') {
        wz_tell(wz, page, IDS_FILES_NEED_FOLDER);
        return;
    }
    free(wz->work.path);
    wz->work.path = wz_copy(wz->media_folder);
    wz->work.session = wz->session;
    wz_list_clear(GetDlgItem(page, IDC_FILES_LIST));        /* nothing is known until it is checked */
    wz_control_set(page, IDC_FILES_DETAIL, "");
    wz_sheet_work(wz, page, wz_work_verify, done);
    wz_control_say(wz, wz->sheet, IDC_PAGE_BUSY, IDS_FILES_WORKING);
}

/* The folder on the page is the one whose files the session speaks of. */
static bool is_verified(const wz_wizard *wz)
{
    const char *known = wz->session->media_folder;

    return known != NULL && strcmp(known, wz->media_folder) == 0;
}

static void enter(wz_wizard *wz, HWND page)
{
    if (wz->media_folder[0] != '\0' && !is_verified(wz))
        verify(wz, page, verified);
    else
        fill(wz, page);
}

static bool leave(wz_wizard *wz, HWND page, bool forward)
{
    wz_choices choices = wz_wizard_choices(wz);

    take_folder(wz, page);
    if (!forward || wz_flow_next(WZ_PAGE_FILES, &choices) == WZ_PAGE_REPORT)
        return true;
    if (!is_verified(wz)) {
        verify(wz, page, verified_by_next);
        return false;
    }
    if (!wz_matches_complete(&wz->session->matches)) {
        wz_tell(wz, page, IDS_FILES_INCOMPLETE);
        return false;
    }
    return true;
}

/* ---- shopping list ---- */

static void save_shopping(wz_wizard *wz, HWND page)
{
    char *path = wz_browse_save(wz, page, IDS_FILES_PICK_SHOPPING, list_files, WZ_COUNT(list_files),
                                wz_say(wz, IDS_FILES_SHOPPING_NAME));

    if (path == NULL)
        return;
    free(wz->work.path);
    wz->work.path = path;
    wz->work.session = wz->session;
    wz_sheet_work(wz, page, wz_work_shopping, wz_tell_written);
}

/* ---- checksum list ---- */

static void verified_to_compare(wz_wizard *wz, HWND page)
{
    verified(wz, page);
    if (wz->work.status == WZ_OK)
        wz_checksums_show(wz, page);
}

/* The list is compared with the files of the folder on the page. */
static void compare(wz_wizard *wz, HWND page)
{
    take_folder(wz, page);
    if (is_verified(wz))
        wz_checksums_show(wz, page);
    else
        verify(wz, page, verified_to_compare);
}

static void browse(wz_wizard *wz, HWND page)
{
    take_folder(wz, page);
    char *path = wz_browse_folder(wz, page, IDS_FILES_PICK_FOLDER, wz->media_folder);

    if (path != NULL) {
        wz_control_set(page, IDC_FILES_FOLDER, path);
        verify(wz, page, verified);
    }
    free(path);
}

static void command(wz_wizard *wz, HWND page, int control, unsigned code)
{
    (void)code;
    if (wz->job != NULL)
        return;
    switch (control) {
    case IDC_FILES_BROWSE:
        browse(wz, page);
        break;
    case IDC_FILES_CHECK:
        verify(wz, page, verified);
        break;
    case IDC_FILES_CHECKSUMS:
        compare(wz, page);
        break;
    case IDC_FILES_SHOPPING:
        save_shopping(wz, page);
        break;
    }
}

static int focus(const wz_wizard *wz)
{
    (void)wz;
    return IDC_FILES_FOLDER;
}

const wz_page wz_page_files = {
    .id = WZ_PAGE_FILES, .dialog = IDD_FILES, .title = IDS_FILES_TITLE, .subtitle = IDS_FILES_SUBTITLE,
    .labels = labels, .label_count = WZ_COUNT(labels), .anchors = anchors, .anchor_count = WZ_COUNT(anchors),
    .focus = focus, .create = create, .enter = enter, .leave = leave, .command = command, .notify = notify,
};
