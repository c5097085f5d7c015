#include "platform/scan_list.h"

#include <stdlib.h>
#include <string.h>

#include "platform/files.h"
#include "platform/system_dll.h"
#include "platform/wide.h"
#include "scan/scan.h"

#include <shlobj.h>

static uint32_t names_add(wz_scan_list *list, const wchar_t *text)
{
    size_t   units = wcslen(text) + 1;
    uint32_t at = (uint32_t)list->units;

    if (*text == L'\0')
        return 0;
    if (list->units + units > list->room) {
        list->room = list->room / 2 * 3 > list->units + units ? list->room / 2 * 3 : list->units + units + 4096;
        list->names = wz_realloc_array(list->names, list->room, sizeof *list->names);
    }
    memcpy(list->names + list->units, text, units * sizeof *list->names);
    list->units += units;
    return at;
}

void wz_scan_list_init(wz_scan_list *list, wz_scan_result *out, volatile LONG *is_cancelled)
{
    wchar_t common[MAX_PATH];

    *list = (wz_scan_list){ .out = out, .is_cancelled = is_cancelled };
    list->room = 4096;
    list->names = wz_new_array(list->room, wchar_t);
    list->units = 1;
    list->windows = wz_windows_path(L"");
    list->windows[wcslen(list->windows) - 1] = L'\0';
    if (SUCCEEDED(SHGetFolderPathW(NULL, CSIDL_COMMON_APPDATA, NULL, SHGFP_TYPE_CURRENT, common)))
        list->own_data = wz_wide_join(common, L"\\Build6003Wizard");
}

void wz_scan_list_clear(wz_scan_list *list)
{
    free(list->names);
    free(list->files);
    free(list->folders);
    free(list->set);
    free(list->pending);
    wz_identities_clear(&list->walked);
    free(list->windows);
    free(list->own_data);
    *list = (wz_scan_list){ 0 };
}

/* ---- paths ---- */

bool wz_scan_is_below(const wchar_t *path, const wchar_t *folder)
{
    size_t units = folder == NULL ? 0 : wcslen(folder);

    return units > 0 && _wcsnicmp(path, folder, units) == 0 && (path[units] == L'\0' || path[units] == L'\\');
}

bool wz_scan_is_local(const wchar_t *path)
{
    wchar_t root[] = L"?:\\";
    UINT    type;

    if (path[0] == L'\0' || path[1] != L':' || path[2] != L'\\')
        return false;
    root[0] = path[0];
    type = GetDriveTypeW(root);
    return type == DRIVE_FIXED || type == DRIVE_REMOVABLE || type == DRIVE_RAMDISK || type == DRIVE_CDROM;
}

static const wchar_t *const stores[] = { L"\\winsxs", L"\\servicing", L"\\SoftwareDistribution" };

static bool is_store(const wz_scan_list *list, const wchar_t *folder)
{
    for (size_t i = 0; i < WZ_COUNT(stores); i++)
        if (wz_scan_is_below(folder, list->windows) && _wcsicmp(folder + wcslen(list->windows), stores[i]) == 0)
            return true;
    return false;
}

void wz_scan_note_store(wz_scan_list *list)
{
    for (size_t i = 0; i < WZ_COUNT(stores); i++) {
        wchar_t *path = wz_wide_join(list->windows, stores[i]);

        list->out->left[WZ_LEFT_STORE] += GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
        free(path);
    }
}

/* Always in the form without a length limit: then a file of the name NUL or one with a blank at its end is itself. An
   x86 program sees the machine's own System32 under another name. */
wchar_t *wz_scan_real_path(const wchar_t *shown)
{
    wchar_t *windows, *system, *native, *path;

    if (wcsncmp(shown, L"\\\\?\\", 4) == 0)
        return wz_wide_copy(shown);
    if (wcsncmp(shown, L"\\\\", 2) == 0)
        return wz_wide_join(L"\\\\?\\UNC\\", shown + 2);
    if (!wz_is_wow64())
        return wz_wide_join(L"\\\\?\\", shown);
    windows = wz_windows_path(L"");
    system = wz_wide_join(windows, L"System32");
    if (wz_scan_is_below(shown, system)) {
        native = wz_wide_join(windows, L"Sysnative");
        path = wz_wide_join(native, shown + wcslen(system));
        free(native);
    } else {
        path = wz_wide_copy(shown);
    }
    native = wz_wide_join(L"\\\\?\\", path);
    free(path);
    free(system);
    free(windows);
    return native;
}

static wchar_t *path_join(const wchar_t *folder, const wchar_t *name)
{
    size_t   units = wcslen(folder);
    wchar_t *begin = wz_wide_join(folder, units > 0 && folder[units - 1] == L'\\' ? L"" : L"\\");
    wchar_t *path = wz_wide_join(begin, name);

    free(begin);
    return path;
}

wchar_t *wz_scan_list_shown(const wz_scan_list *list, size_t index)
{
    const wz_listed *file = &list->files[index];

    return path_join(list->names + list->folders[file->folder].path, list->names + file->name);
}

/* ---- folders, each once ---- */

static size_t hash_of(const wchar_t *path)
{
    uint32_t hash = 2166136261u;                       /* FNV-1a */

    for (; *path != L'\0'; path++) {
        wchar_t unit = *path >= L'A' && *path <= L'Z' ? (wchar_t)(*path + 32) : *path;

        hash = (hash ^ unit) * 16777619u;
    }
    return hash;
}

/* Where the folder is in the set, or would be. */
static size_t set_find(const wz_scan_list *list, const wchar_t *path)
{
    size_t at = hash_of(path) & (list->set_room - 1);

    while (list->set[at] != 0 && _wcsicmp(list->names + list->folders[list->set[at] - 1].path, path) != 0)
        at = (at + 1) & (list->set_room - 1);
    return at;
}

static void set_grow(wz_scan_list *list)
{
    if (list->folder_count * 2 < list->set_room)
        return;
    free(list->set);
    list->set_room = list->set_room == 0 ? 256 : list->set_room * 2;
    list->set = wz_new_array(list->set_room, uint32_t);
    for (size_t i = 0; i < list->folder_count; i++)
        list->set[set_find(list, list->names + list->folders[i].path)] = (uint32_t)i + 1;
}

/* The index of the folder; is_new says whether it was not there. */
static uint32_t folder_add(wz_scan_list *list, const wchar_t *path, wz_scan_place place, uint32_t label, bool *is_new)
{
    size_t at;

    set_grow(list);
    at = set_find(list, path);
    *is_new = list->set[at] == 0;
    if (*is_new) {
        list->folders = wz_grow(list->folders, list->folder_count, &list->folder_room, sizeof *list->folders);
        list->folders[list->folder_count++] = (wz_listed_folder){ .path = names_add(list, path), .label = label,
                                                                  .place = (uint16_t)place };
        list->set[at] = (uint32_t)list->folder_count;
    }
    return list->set[at] - 1;
}

/* ---- files ---- */

static bool is_wanted(const wchar_t *name)
{
    char *utf8 = wz_utf8_for_display(name, wcslen(name));
    bool  wanted = wz_scan_wants(utf8);

    free(utf8);
    return wanted;
}

static void file_add(wz_scan_list *list, uint32_t folder, const WIN32_FIND_DATAW *found, wz_scan_place place,
                     uint32_t label)
{
    wz_scan_place_note *note = &list->out->places[place];

    note->files++;
    if (list->count >= WZ_SCAN_LIST_MAX || list->units > UINT32_MAX - 65536) {
        note->error = (wz_error){ .status = WZ_E_LIMIT };
        return;
    }
    list->files = wz_grow(list->files, list->count, &list->file_room, sizeof *list->files);
    list->files[list->count++] = (wz_listed){
        folder, names_add(list, found->cFileName), label, (uint32_t)place,
        (uint64_t)found->nFileSizeHigh << 32 | found->nFileSizeLow,
    };
    list->bytes += list->files[list->count - 1].bytes;
}

bool wz_scan_list_file(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *path)
{
    const wchar_t   *name = wcsrchr(path, L'\\');
    wchar_t         *real, *folder;
    WIN32_FIND_DATAW found;
    HANDLE           find;
    bool             is_new;

    if (name == NULL || name[1] == L'\0' || wcspbrk(path, L"*?<>|\"") != NULL || !wz_scan_is_local(path))
        return false;
    real = wz_scan_real_path(path);
    find = FindFirstFileW(real, &found);
    free(real);
    if (find == INVALID_HANDLE_VALUE)
        return false;
    FindClose(find);
    if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        return false;
    folder = wz_wide_copy(path);
    folder[name - path] = L'\0';
    file_add(list, folder_add(list, folder, place, 0, &is_new), &found, place,
             label == NULL ? 0 : names_add(list, label));
    free(folder);
    return true;
}

/* ---- walking ---- */

static bool has_ending(const wchar_t *name, const wchar_t *ending)
{
    size_t units = wcslen(name), wanted = wcslen(ending);

    return units > wanted && _wcsicmp(name + units - wanted, ending) == 0;
}

/* A folder that is to be walked, unless it was or is waiting already. */
static void folder_want(wz_scan_list *list, const wchar_t *path, wz_scan_place place, uint32_t label)
{
    bool              is_new;
    uint32_t          index = folder_add(list, path, place, label, &is_new);
    wz_listed_folder *folder = &list->folders[index];

    if (folder->is_whole)
        return;
    folder->is_whole = true;
    folder->place = (uint16_t)place;
    folder->label = label;
    list->pending = wz_grow(list->pending, list->pending_count, &list->pending_room, sizeof *list->pending);
    list->pending[list->pending_count++] = index;
}

static void entry_take(wz_scan_list *list, uint32_t index, const WIN32_FIND_DATAW *found, const wchar_t *ending)
{
    wz_listed_folder folder = list->folders[index];
    wchar_t         *path;

    if (wcscmp(found->cFileName, L".") == 0 || wcscmp(found->cFileName, L"..") == 0)
        return;
    if ((found->dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
        list->out->left[WZ_LEFT_LINK]++;
    } else if ((found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
        if (ending != NULL && !has_ending(found->cFileName, ending))
            return;
        if (is_wanted(found->cFileName))
            file_add(list, index, found, (wz_scan_place)folder.place, folder.label);
        else
            list->out->left[WZ_LEFT_KIND]++;
    } else if (ending == NULL) {
        path = path_join(list->names + folder.path, found->cFileName);
        if (is_store(list, path)) {
            list->out->left[WZ_LEFT_STORE]++;
        } else if (list->own_data != NULL && _wcsicmp(path, list->own_data) == 0) {
            list->out->left[WZ_LEFT_OWN]++;
        } else {
            folder_want(list, path, (wz_scan_place)folder.place, folder.label);
        }
        free(path);
    }
}

/* Not met before under another name: a mount point, a folder that a substituted drive shows, a short name. */
static bool is_first_name(wz_scan_list *list, const wchar_t *real)
{
    BY_HANDLE_FILE_INFORMATION info;
    HANDLE                     folder;
    bool                       is_first = true;

    folder = CreateFileW(real, FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                         OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (folder == INVALID_HANDLE_VALUE)
        return true;                                   /* reading it will say why */
    if (GetFileInformationByHandle(folder, &info))
        is_first = wz_identities_is_first(&list->walked, info.dwVolumeSerialNumber,
                                          (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow);
    CloseHandle(folder);
    return is_first;
}

/* One folder's entries; the code of opening it, 0 for an empty one. */
static DWORD folder_read(wz_scan_list *list, uint32_t index, const wchar_t *ending)
{
    wchar_t         *real = wz_scan_real_path(list->names + list->folders[index].path);
    wchar_t         *pattern = path_join(real, L"*");
    WIN32_FIND_DATAW found;
    HANDLE           find = INVALID_HANDLE_VALUE;
    DWORD            code = ERROR_FILE_NOT_FOUND;      /* so says the root of an empty drive, which has no "." */

    if (ending != NULL || is_first_name(list, real)) {
        find = FindFirstFileW(pattern, &found);
        code = find == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;
    } else {
        list->out->left[WZ_LEFT_LINK]++;
    }
    free(real);
    free(pattern);
    if (find == INVALID_HANDLE_VALUE)
        return code == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : code;
    do {
        entry_take(list, index, &found, ending);
    } while (*list->is_cancelled == 0 && FindNextFileW(find, &found));
    code = *list->is_cancelled != 0 ? ERROR_NO_MORE_FILES : GetLastError();
    FindClose(find);
    return code == ERROR_NO_MORE_FILES ? ERROR_SUCCESS : code;
}

static void note_error(wz_scan_list *list, wz_scan_place place, DWORD code, const wchar_t *path)
{
    wz_scan_place_note *note = &list->out->places[place];
    char               *shown;

    if (code == ERROR_SUCCESS || code == ERROR_PATH_NOT_FOUND || code == ERROR_FILE_NOT_FOUND
        || note->error.status != WZ_OK)
        return;                                        /* gone meanwhile is no error; the first one is told */
    shown = wz_utf8_for_display(path, wcslen(path));
    wz_fail_code(&note->error, code, shown);
    free(shown);
}

DWORD wz_scan_list_folder(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *path)
{
    DWORD first = ERROR_SUCCESS;
    bool  is_first = true;

    folder_want(list, path, place, label == NULL ? 0 : names_add(list, label));
    while (list->pending_count > 0 && *list->is_cancelled == 0) {
        uint32_t index = list->pending[--list->pending_count];
        DWORD    code = folder_read(list, index, NULL);

        note_error(list, place, code, list->names + list->folders[index].path);
        first = is_first ? code : first;
        is_first = false;
    }
    return first;
}

void wz_scan_list_ending(wz_scan_list *list, wz_scan_place place, const wchar_t *path, const wchar_t *ending)
{
    bool     is_new;
    uint32_t index = folder_add(list, path, place, 0, &is_new);

    note_error(list, place, folder_read(list, index, ending), path);
}
