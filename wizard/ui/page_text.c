/* A page as text, for mail and tickets: read from its controls, so it says what is seen and nothing else. */
#include "ui/help.h"

#include <stdlib.h>
#include <string.h>

#include "resource.h"
#include "ui/list.h"

typedef enum control_kind { KIND_NONE, KIND_TEXT, KIND_CHOICE, KIND_VALUE, KIND_LINES, KIND_LIST } control_kind;

char *wz_page_head(const wz_wizard *wz)
{
    char *number = wz_control_text(wz->sheet, IDC_PAGE_NUMBER);
    const char *args[] = { number, wz_say(wz, wz->page->title) };
    char *head = wz_say_with(wz, IDS_PAGE_COPIED_HEAD, 2, args);

    free(number);
    return head;
}

static control_kind button_kind(LONG_PTR style)
{
    switch (style & BS_TYPEMASK) {
    case BS_AUTORADIOBUTTON:
    case BS_AUTOCHECKBOX:
        return KIND_CHOICE;
    }
    return KIND_NONE;                                            /* what can be pressed is no news */
}

static control_kind control_kind_of(HWND control)
{
    wchar_t  name[24] = L"";
    LONG_PTR style = GetWindowLongPtrW(control, GWL_STYLE);

    GetClassNameW(control, name, ARRAYSIZE(name));
    if ((style & WS_VISIBLE) == 0)
        return KIND_NONE;                                        /* IsWindowVisible asks for the parents too */
    if (wcscmp(name, L"Static") == 0)
        return (style & SS_TYPEMASK) == SS_OWNERDRAW || (style & SS_TYPEMASK) == SS_ICON ? KIND_NONE : KIND_TEXT;
    if (wcscmp(name, L"Button") == 0)
        return button_kind(style);
    if (wcscmp(name, L"ComboBox") == 0)
        return KIND_VALUE;
    if (wcscmp(name, L"Edit") == 0)
        return (style & ES_MULTILINE) != 0 ? KIND_LINES : KIND_VALUE;
    return wcscmp(name, WC_LISTVIEWW) == 0 ? KIND_LIST : KIND_NONE;
}

/* "Site ca&talogue" -> "Site catalogue", in place; "&&" is the character itself. */
static void strip_access_key(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '&' && from[1] != '\0')
            from++;
        *to++ = *from;
    }
    *to = '\0';
}

static void strip_end(char *text)
{
    size_t length = strlen(text);

    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        text[--length] = '\0';
}

static void add_line(wz_text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n' && (out->length == 0 || out->at[out->length - 1] != '\r'))
            wz_text_add(out, "\r");
        wz_text_append(out, text, 1);
    }
    wz_text_add(out, "\r\n");
}

/* A value stands behind its label, on the same line. */
static void add_value(wz_text *out, const char *text)
{
    if (out->length >= 3 && memcmp(out->at + out->length - 3, ":\r\n", 3) == 0) {
        out->length -= 2;
        wz_text_add(out, " ");
    }
    add_line(out, text);
}

static void add_control(const wz_wizard *wz, wz_text *out, HWND control)
{
    int          id = GetDlgCtrlID(control);
    control_kind kind = control_kind_of(control);
    char        *text = wz_control_text(GetParent(control), id);
    const char  *args[] = { text };

    switch (kind) {
    case KIND_NONE:
        break;
    case KIND_TEXT:
        if ((GetWindowLongPtrW(control, GWL_STYLE) & SS_NOPREFIX) == 0)
            strip_access_key(text);
        if (text[0] != '\0')
            add_line(out, text);
        break;
    case KIND_CHOICE: {
        bool is_chosen = SendMessageW(control, BM_GETCHECK, 0, 0) == BST_CHECKED;

        strip_access_key(text);
        char *line = wz_say_with(wz, is_chosen ? IDS_PAGE_CHOSEN : IDS_PAGE_NOT_CHOSEN, 1, args);
        add_line(out, line);
        free(line);
        break;
    }
    case KIND_VALUE:
        add_value(out, text);
        break;
    case KIND_LINES:
        strip_end(text);
        if (text[0] != '\0')
            add_line(out, text);
        break;
    case KIND_LIST:
        wz_list_text(control, true, out);
        break;
    }
    free(text);
}

/* ---- in the order in which a page is read ---- */

typedef struct seen { HWND control; LONG middle; size_t number; } seen;

/* From above to below. A label and what it names stand side by side and not quite at the same height. */
static int compare_seen(const void *a, const void *b)
{
    const seen *one = a, *other = b;

    if (one->middle != other->middle)
        return one->middle < other->middle ? -1 : 1;
    return one->number < other->number ? -1 : 1;
}

typedef struct seen_list { seen *items; size_t count, room; } seen_list;

/* Of the frame nothing but the foot: its title and the page's number are in the head. */
static bool is_copied(HWND control)
{
    switch (GetDlgCtrlID(control)) {
    case IDC_FRAME_TITLE:
    case IDC_FRAME_SUBTITLE:
    case IDC_PAGE_NUMBER:
        return false;
    }
    return true;
}

static void add_controls_of(HWND window, seen_list *all)
{
    for (HWND at = GetWindow(window, GW_CHILD); at != NULL; at = GetWindow(at, GW_HWNDNEXT)) {
        RECT place = { 0 };

        if (!is_copied(at))
            continue;
        GetWindowRect(at, &place);
        all->items = wz_grow(all->items, all->count, &all->room, sizeof *all->items);
        all->items[all->count] = (seen){ at, (place.top + place.bottom) / 2, all->count };
        all->count++;
    }
}

char *wz_page_text(const wz_wizard *wz)
{
    wz_text out = { 0 };
    char   *head = wz_page_head(wz);
    seen_list all = { 0 };

    add_controls_of(wz->page_window, &all);
    add_controls_of(wz->sheet, &all);
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_seen);
    add_line(&out, head);
    add_line(&out, wz_say(wz, wz->page->subtitle));
    wz_text_add(&out, "\r\n");
    for (size_t i = 0; i < all.count; i++)
        add_control(wz, &out, all.items[i].control);
    free(all.items);
    free(head);
    return wz_text_take(&out);
}

void wz_page_copy(const wz_wizard *wz)
{
    char *text = wz_page_text(wz);

    wz_clipboard_put(wz->page_window, text);
    free(text);
}

static bool is_copy_key(const MSG *message)
{
    DWORD        first = 0, last = 0;
    control_kind kind;

    if (message->message != WM_KEYDOWN || message->wParam != 'C' || GetKeyState(VK_CONTROL) >= 0 ||
        GetKeyState(VK_SHIFT) < 0 || GetKeyState(VK_MENU) < 0)
        return false;
    kind = control_kind_of(message->hwnd);
    if (kind != KIND_VALUE && kind != KIND_LINES)
        return kind != KIND_LIST;
    SendMessageW(message->hwnd, EM_GETSEL, (WPARAM)&first, (LPARAM)&last);
    return first == last;
}

bool wz_page_key(const wz_wizard *wz, const MSG *message)
{
    if (!is_copy_key(message) || GetAncestor(message->hwnd, GA_ROOT) != wz->sheet)
        return false;
    wz_page_copy(wz);
    return true;
}
