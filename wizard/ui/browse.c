/* The system's windows for choosing files and folders. */
#include "ui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include <commdlg.h>
#include <objbase.h>
#include <shlobj.h>

#include "platform/wide.h"

#define PATH_UNITS 4096

/* "XML files (*.xml)\0*.xml\0…\0\0", as OPENFILENAME wants it; the separators are put in as line feeds first. */
static wchar_t *filter_text(const wz_wizard *wz, const wz_filter filters[], size_t count)
{
    wz_text text = { 0 };

    for (size_t i = 0; i < count; i++) {
        wz_text_add(&text, wz_say(wz, filters[i].text));
        wz_text_add(&text, " (");
        wz_text_add(&text, filters[i].pattern);
        wz_text_add(&text, ")\n");
        wz_text_add(&text, filters[i].pattern);
        wz_text_add(&text, "\n");
    }
    wz_text_add(&text, "\n");
    wchar_t *wide = wz_wide_from_utf8(wz_text_at(&text));
    for (wchar_t *p = wide; *p != L'\0'; p++)
        if (*p == L'\n')
            *p = L'\0';
    wz_text_clear(&text);
    return wide;
}

static char *browse_file(const wz_wizard *wz, HWND page, unsigned title, const wz_filter filters[], size_t count,
                         const char *name, bool save)
{
    wchar_t desktop[MAX_PATH] = L"", *path = wz_new_array(PATH_UNITS, wchar_t);
    wchar_t *filter = filter_text(wz, filters, count), *caption = wz_wide_from_utf8(wz_say(wz, title));
    wchar_t *proposed = name != NULL ? wz_wide_from_utf8(name) : NULL;
    wchar_t *extension = count > 0 ? wz_wide_from_utf8(filters[0].pattern + 2) : NULL;
    OPENFILENAMEW box = { .lStructSize = sizeof box, .hwndOwner = GetAncestor(page, GA_ROOT), .lpstrFilter = filter,
                          .lpstrFile = path, .nMaxFile = PATH_UNITS, .lpstrTitle = caption, .lpstrDefExt = extension };

    if (save && SUCCEEDED(SHGetFolderPathW(NULL, CSIDL_DESKTOPDIRECTORY, NULL, SHGFP_TYPE_CURRENT, desktop)))
        box.lpstrInitialDir = desktop;      /* not the current folder: after a restart that is Windows' own */
    if (proposed != NULL && wcslen(proposed) < PATH_UNITS)
        memcpy(path, proposed, (wcslen(proposed) + 1) * sizeof *path);
    box.Flags = OFN_EXPLORER | OFN_NOCHANGEDIR | OFN_HIDEREADONLY;
    box.Flags |= save ? OFN_OVERWRITEPROMPT | OFN_PATHMUSTEXIST | OFN_NOREADONLYRETURN : OFN_FILEMUSTEXIST;
    BOOL chosen = save ? GetSaveFileNameW(&box) : GetOpenFileNameW(&box);
    char *result = chosen ? wz_utf8_from_wide(path) : NULL;

    free(extension);
    free(proposed);
    free(caption);
    free(filter);
    free(path);
    return result;
}

char *wz_browse_open(const wz_wizard *wz, HWND page, unsigned title, const wz_filter filters[], size_t count)
{
    return browse_file(wz, page, title, filters, count, NULL, false);
}

char *wz_browse_save(const wz_wizard *wz, HWND page, unsigned title, const wz_filter filters[], size_t count,
                     const char *name)
{
    return browse_file(wz, page, title, filters, count, name, true);
}

static int CALLBACK folder_opened(HWND window, UINT message, LPARAM parameter, LPARAM start)
{
    (void)parameter;
    if (message == BFFM_INITIALIZED && start != 0)
        SendMessageW(window, BFFM_SETSELECTIONW, TRUE, start);
    return 0;
}

char *wz_browse_folder(const wz_wizard *wz, HWND page, unsigned title, const char *start)
{
    wchar_t path[MAX_PATH] = L"", *caption = wz_wide_from_utf8(wz_say(wz, title)), *first = wz_wide_from_utf8(start);
    BROWSEINFOW box = { .hwndOwner = GetAncestor(page, GA_ROOT), .lpszTitle = caption,
                        .ulFlags = BIF_RETURNONLYFSDIRS | BIF_NEWDIALOGSTYLE | BIF_NONEWFOLDERBUTTON,
                        .lpfn = folder_opened, .lParam = (LPARAM)first };
    LPITEMIDLIST chosen = SHBrowseForFolderW(&box);
    char *result = chosen != NULL && SHGetPathFromIDListW(chosen, path) ? wz_utf8_from_wide(path) : NULL;

    CoTaskMemFree(chosen);
    free(first);
    free(caption);
    return result;
}
