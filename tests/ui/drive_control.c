/*
 * drive_control: the controls of the page, list views, and the boxes before the sheet.
 */
#include "ui/drive_private.h"

#include "check.h"

#include <dlgs.h>

typedef struct control_wait {
    int            id;
    const wchar_t *part;
    int            count;
} control_wait;

/* NULL when there is none. */
static HWND find_control(wz_drive *d, int id)
{
    HWND control = GetDlgItem(drive_page_window(d), id);

    return control != NULL ? control : GetDlgItem(d->sheet, id);
}

HWND drive_control(wz_drive *d, int id)
{
    HWND control = find_control(d, id);

    if (control == NULL)
        drive_fail(d, "the page has no control %d", id);
    return control;
}

bool drive_is_enabled(wz_drive *d, int id)
{
    return IsWindowEnabled(drive_control(d, id)) && IsWindowEnabled(d->sheet);
}

bool drive_is_visible(wz_drive *d, int id)
{
    return IsWindowVisible(drive_control(d, id)) != FALSE;
}

bool drive_is_checked(wz_drive *d, int id)
{
    return drive_send(drive_control(d, id), BM_GETCHECK, 0, 0) == BST_CHECKED;
}

static bool control_is_checked(wz_drive *d, void *context)
{
    return drive_is_checked(d, ((const control_wait *)context)->id);
}

void drive_wait_checked(wz_drive *d, int id)
{
    control_wait wanted = { .id = id };

    if (!drive_wait(d, control_is_checked, &wanted))
        drive_fail(d, "control %d does not become checked", id);
}

static bool control_is_enabled(wz_drive *d, void *context)
{
    HWND control = find_control(d, ((const control_wait *)context)->id);

    return control != NULL && IsWindowVisible(control) && IsWindowEnabled(control) && IsWindowEnabled(d->sheet);
}

void drive_wait_enabled(wz_drive *d, int id)
{
    control_wait wanted = { .id = id };

    if (!drive_wait(d, control_is_enabled, &wanted))
        drive_fail(d, "control %d does not become usable", id);
}

void drive_click(wz_drive *d, int id)
{
    drive_wait_enabled(d, id);
    SendNotifyMessageW(drive_control(d, id), BM_CLICK, 0, 0);   /* not waited for: it may open a modal box */
}

const wchar_t *drive_text(wz_drive *d, int id)
{
    d->text[0] = L'\0';
    drive_send(drive_control(d, id), WM_GETTEXT, DRIVE_TEXT_UNITS, (LPARAM)d->text);
    drive_unmark(d->text);
    return d->text;
}

bool drive_contains(wz_drive *d, int id, const wchar_t *part)
{
    return wcsstr(drive_text(d, id), part) != NULL;
}

static bool control_contains(wz_drive *d, void *context)
{
    const control_wait *wanted = context;

    return find_control(d, wanted->id) != NULL && drive_contains(d, wanted->id, wanted->part);
}

void drive_wait_text(wz_drive *d, int id, const wchar_t *part)
{
    control_wait wanted = { .id = id, .part = part };

    if (!drive_wait(d, control_contains, &wanted))
        drive_fail(d, "control %d does not say \"%s\"", id, drive_utf8(d, part));
}

void drive_set_text(wz_drive *d, int id, const wchar_t *text)
{
    drive_wait_enabled(d, id);
    drive_send(drive_control(d, id), WM_SETTEXT, 0, (LPARAM)text);
    if (wcscmp(drive_text(d, id), text) != 0)
        drive_fail(d, "control %d does not take \"%s\"", id, drive_utf8(d, text));
}

static HWND choose(wz_drive *d, int id, int index)
{
    HWND combo = drive_control(d, id);

    drive_wait_enabled(d, id);
    if (drive_send(combo, CB_SETCURSEL, (WPARAM)index, 0) != index)
        drive_fail(d, "combo box %d has no entry %d", id, index);
    return combo;
}

void drive_choose_at_once(wz_drive *d, int id, int index)
{
    HWND combo = choose(d, id, index);

    drive_send(GetParent(combo), WM_COMMAND, MAKEWPARAM(id, CBN_SELENDOK), (LPARAM)combo);
    drive_send(GetParent(combo), WM_COMMAND, MAKEWPARAM(id, CBN_SELCHANGE), (LPARAM)combo);
}

void drive_choose(wz_drive *d, int id, int index)
{
    HWND combo = choose(d, id, index);

    PostMessageW(GetParent(combo), WM_COMMAND, MAKEWPARAM(id, CBN_SELENDOK), (LPARAM)combo);
    PostMessageW(GetParent(combo), WM_COMMAND, MAKEWPARAM(id, CBN_SELCHANGE), (LPARAM)combo);
}

/* ---- list views: the item and its text lie in the memory of the other process ---------------------------------- */

#define LIST_UNITS 2048

typedef struct far_item {
    LVITEMW item;
    wchar_t text[LIST_UNITS];
} far_item;

typedef struct far_column {
    LVCOLUMNW column;
    wchar_t   text[256];
} far_column;

/* Send a message with a LVITEMW; near->text receives what the list wrote. */
static LRESULT list_send(wz_drive *d, int id, UINT message, WPARAM wparam, far_item *near_item)
{
    far_item *there = VirtualAllocEx(d->process, NULL, sizeof *there, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    LRESULT   result = 0;

    if (there == NULL)
        drive_fail(d, "no memory in the other process: error %lu", (unsigned long)GetLastError());
    near_item->item.pszText = there->text;
    near_item->item.cchTextMax = LIST_UNITS;
    if (WriteProcessMemory(d->process, there, near_item, sizeof *near_item, NULL)) {
        result = drive_send(drive_control(d, id), message, wparam, (LPARAM)&there->item);
        if (!ReadProcessMemory(d->process, there->text, near_item->text, sizeof near_item->text, NULL))
            near_item->text[0] = L'\0';
    }
    VirtualFreeEx(d->process, there, 0, MEM_RELEASE);
    near_item->text[LIST_UNITS - 1] = L'\0';
    return result;
}

int drive_list_count(wz_drive *d, int id)
{
    return (int)drive_send(drive_control(d, id), LVM_GETITEMCOUNT, 0, 0);
}

const wchar_t *drive_list_text(wz_drive *d, int id, int row, int column)
{
    far_item *item = calloc(1, sizeof *item);

    assert_non_null(item);
    if (row < 0 || row >= drive_list_count(d, id)) {
        free(item);
        drive_fail(d, "list %d has no row %d", id, row);
    }
    item->item.iSubItem = column;
    list_send(d, id, LVM_GETITEMTEXTW, (WPARAM)row, item);
    memcpy(d->text, item->text, sizeof item->text);
    free(item);
    return d->text;
}

int drive_list_selected(wz_drive *d, int id)
{
    return (int)drive_send(drive_control(d, id), LVM_GETNEXTITEM, (WPARAM)-1, LVNI_SELECTED);
}

const wchar_t *drive_list_title(wz_drive *d, int id, int column)
{
    far_column there = { .column.mask = LVCF_TEXT };
    far_column *remote = VirtualAllocEx(d->process, NULL, sizeof there, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);

    if (remote == NULL)
        drive_fail(d, "no memory in the other process: error %lu", (unsigned long)GetLastError());
    there.column.pszText = remote->text;
    there.column.cchTextMax = ARRAYSIZE(there.text);
    WriteProcessMemory(d->process, remote, &there, sizeof there, NULL);
    drive_send(drive_control(d, id), LVM_GETCOLUMNW, (WPARAM)column, (LPARAM)&remote->column);
    ReadProcessMemory(d->process, remote, &there, sizeof there, NULL);
    VirtualFreeEx(d->process, remote, 0, MEM_RELEASE);
    memcpy(d->text, there.text, sizeof there.text);
    d->text[ARRAYSIZE(there.text) - 1] = L'\0';
    return d->text;
}

int drive_list_find(wz_drive *d, int id, int column, const wchar_t *part)
{
    int count = drive_list_count(d, id);

    for (int row = 0; row < count; row++)
        if (wcsstr(drive_list_text(d, id, row, column), part) != NULL)
            return row;
    return DRIVE_NONE;
}

static bool list_has_rows(wz_drive *d, void *context)
{
    const control_wait *wanted = context;

    return find_control(d, wanted->id) != NULL && drive_list_count(d, wanted->id) >= wanted->count;
}

void drive_wait_list(wz_drive *d, int id, int rows)
{
    control_wait wanted = { .id = id, .count = rows };

    if (!drive_wait(d, list_has_rows, &wanted))
        drive_fail(d, "list %d has not %d rows", id, rows);
}

void drive_list_select(wz_drive *d, int id, int row)
{
    far_item *item = calloc(1, sizeof *item);

    assert_non_null(item);
    item->item.stateMask = LVIS_SELECTED | LVIS_FOCUSED;
    item->item.state = LVIS_SELECTED | LVIS_FOCUSED;
    list_send(d, id, LVM_SETITEMSTATE, (WPARAM)row, item);
    free(item);
}

/* ---- boxes ------------------------------------------------------------------------------------------------------ */

static BOOL CALLBACK find_box(HWND window, LPARAM lparam)
{
    HWND *found = (HWND *)lparam;

    if (!IsWindowVisible(window) || !IsWindowEnabled(window) || GetWindow(window, GW_OWNER) == NULL)
        return TRUE;
    *found = window;
    return FALSE;
}

static HWND box_now(wz_drive *d)
{
    HWND found = NULL;

    if (!IsWindowEnabled(d->sheet))                             /* a modal box disables its owner */
        EnumThreadWindows(d->thread_id, find_box, (LPARAM)&found);
    return found;
}

bool drive_has_box(wz_drive *d)
{
    return box_now(d) != NULL;
}

static bool has_box(wz_drive *d, void *context)
{
    *(HWND *)context = box_now(d);
    return *(HWND *)context != NULL;
}

static bool is_gone(wz_drive *d, void *context)
{
    (void)d;
    return !IsWindow(*(HWND *)context) || !IsWindowVisible(*(HWND *)context);
}

HWND drive_wait_box(wz_drive *d)
{
    HWND box = NULL;

    if (!drive_wait(d, has_box, &box))
        drive_fail(d, "no question comes");
    return box;
}

static BOOL CALLBACK add_text(HWND window, LPARAM lparam)
{
    wchar_t *out = (wchar_t *)lparam;
    size_t   length = wcslen(out);

    if (length + 2 >= DRIVE_TEXT_UNITS)
        return FALSE;
    drive_send(window, WM_GETTEXT, DRIVE_TEXT_UNITS - 1 - length, (LPARAM)(out + length));
    if (out[length] != L'\0') {
        length = wcslen(out);
        out[length] = L'\n';
        out[length + 1] = L'\0';
    }
    return TRUE;
}

const wchar_t *drive_box_text(wz_drive *d)
{
    HWND box = drive_wait_box(d);

    d->text[0] = L'\0';
    add_text(box, (LPARAM)d->text);
    EnumChildWindows(box, add_text, (LPARAM)d->text);
    return d->text;
}

int drive_box_default(wz_drive *d)
{
    HWND          box = drive_wait_box(d);
    GUITHREADINFO info = { .cbSize = sizeof info };

    if (GetGUIThreadInfo(d->thread_id, &info) && IsChild(box, info.hwndFocus) &&
        (drive_send(info.hwndFocus, WM_GETDLGCODE, 0, 0) & (DLGC_DEFPUSHBUTTON | DLGC_UNDEFPUSHBUTTON)))
        return GetDlgCtrlID(info.hwndFocus);
    return (int)LOWORD(drive_send(box, DM_GETDEFID, 0, 0));
}

static void leave_box(wz_drive *d, HWND box, int id)
{
    PostMessageW(box, WM_COMMAND, MAKEWPARAM(id, BN_CLICKED), (LPARAM)GetDlgItem(box, id));
    if (!drive_wait(d, is_gone, &box))
        drive_fail(d, "the box does not go away after button %d", id);
}

void drive_answer(wz_drive *d, int id)
{
    HWND box = drive_wait_box(d);

    if (GetDlgItem(box, id) == NULL)
        drive_fail(d, "the box has no button %d", id);
    leave_box(d, box, id);
}

static HWND type_file(wz_drive *d, const wchar_t *path)
{
    HWND box = drive_wait_box(d);
    HWND name = GetDlgItem(box, edt1);

    if (name == NULL)
        name = GetDlgItem(box, cmb13);
    if (name == NULL)
        drive_fail(d, "this is no file dialog");
    drive_send(name, WM_SETTEXT, 0, (LPARAM)path);
    return box;
}

static bool is_left(wz_drive *d, void *context)
{
    (void)d;
    return !IsWindow(*(HWND *)context) || !IsWindowEnabled(*(HWND *)context);
}

void drive_type_file(wz_drive *d, const wchar_t *path)
{
    HWND box = type_file(d, path);

    PostMessageW(box, WM_COMMAND, MAKEWPARAM(IDOK, BN_CLICKED), (LPARAM)GetDlgItem(box, IDOK));
    if (!drive_wait(d, is_left, &box))
        drive_fail(d, "the file dialog does not take %s", drive_utf8(d, path));
}

void drive_answer_file(wz_drive *d, const wchar_t *path)
{
    leave_box(d, type_file(d, path), IDOK);
}
