/* The update files of a folder, and what can be found out about one without knowing which update it is. */
#include <stdlib.h>
#include <string.h>

#include "core/progress.h"
#include "platform/cabinet.h"
#include "platform/context.h"
#include "platform/digest.h"
#include "platform/files.h"
#include "platform/signature.h"
#include "platform/wide.h"

#define SECONDS_1601_TO_1970 11644473600LL

static wz_time time_of(FILETIME time)
{
    ULARGE_INTEGER ticks;

    ticks.LowPart = time.dwLowDateTime;
    ticks.HighPart = time.dwHighDateTime;
    return ticks.QuadPart == 0 ? 0 : (wz_time)(ticks.QuadPart / 10000000u) - SECONDS_1601_TO_1970;
}

static bool is_update_name(const char *name)
{
    static const char *const endings[] = { ".msu", ".cab", ".exe" };
    size_t                   length = strlen(name);

    for (size_t i = 0; i < WZ_COUNT(endings); i++)
        if (length > 4 && wz_equal_nocase(name + length - 4, endings[i]))
            return true;
    return false;
}

static void media_add(wz_files *files, const char *folder, const WIN32_FIND_DATAW *found)
{
    char    *name = wz_utf8_from_wide(found->cFileName);
    bool     is_valid = name != NULL;
    size_t   length = strlen(folder);
    wz_text  path = { 0 };
    wz_file *file;

    if (!is_valid)
        name = wz_utf8_for_display(found->cFileName, wcslen(found->cFileName));
    if (!is_update_name(name)) {
        free(name);
        return;
    }
    files->items = wz_grow(files->items, files->count, &files->room, sizeof *files->items);
    file = &files->items[files->count++];
    *file = (wz_file){ .name = name };
    file->bytes = (uint64_t)found->nFileSizeHigh << 32 | found->nFileSizeLow;
    file->modified = time_of(found->ftLastWriteTime);
    wz_text_add(&path, folder);
    wz_text_add(&path, length > 0 && (folder[length - 1] == '\\' || folder[length - 1] == '/') ? "" : "\\");
    wz_text_add(&path, name);
    file->path = wz_text_take(&path);
    if (!is_valid)                                     /* its real name cannot be written in UTF-8: it is not opened */
        wz_fail(&file->error, WZ_E_IO, ERROR_NO_UNICODE_TRANSLATION, name);
}

static int by_name(const void *a, const void *b)
{
    const wz_file *first = a;
    const wz_file *second = b;
    int            order = wz_compare_nocase(first->name, second->name);

    return order != 0 ? order : strcmp(first->name, second->name);
}

/* "C:\folder\*" in the form without a length limit where it needs it; owned. NULL: not a path. */
static wchar_t *pattern_for(const char *folder)
{
    wchar_t *wide = wz_wide_path(folder);
    wchar_t *pattern = NULL;

    if (wide != NULL) {
        size_t units = wcslen(wide);

        pattern = wz_wide_join(wide, units > 0 && wide[units - 1] == L'\\' ? L"*" : L"\\*");
    }
    free(wide);
    return pattern;
}

wz_status wz_media_list(const char *folder, wz_files *out, wz_error *err)
{
    wchar_t         *pattern = pattern_for(folder);
    wz_files         files = { 0 };
    DWORD            code;
    WIN32_FIND_DATAW found;
    HANDLE           find;

    if (pattern == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, folder);
    find = FindFirstFileW(pattern, &found);
    code = GetLastError();
    free(pattern);
    if (find != INVALID_HANDLE_VALUE) {
        do {
            if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
                media_add(&files, folder, &found);
        } while (FindNextFileW(find, &found));
        code = GetLastError();
        FindClose(find);
    } else if (code == ERROR_FILE_NOT_FOUND) {
        code = ERROR_NO_MORE_FILES;                    /* the root of an empty drive has not even "." */
    }
    if (code != ERROR_NO_MORE_FILES) {
        wz_files_clear(&files);
        return wz_fail_code(err, code, folder);
    }
    if (files.count > 1)
        qsort(files.items, files.count, sizeof *files.items, by_name);
    *out = files;
    return WZ_OK;
}

/* "MSCF" and format 1.3: [MS-CAB] 2.1, CFHEADER. */
static bool begins_as_cabinet(HANDLE handle)
{
    static const BYTE mark[] = { 'M', 'S', 'C', 'F' };
    LARGE_INTEGER     start = { .QuadPart = 0 };
    BYTE              header[36];
    DWORD             got = 0;

    return SetFilePointerEx(handle, start, NULL, FILE_BEGIN) && ReadFile(handle, header, sizeof header, &got, NULL) &&
           got == sizeof header && memcmp(header, mark, sizeof mark) == 0 && header[24] == 3 && header[25] == 1;
}

wz_status wz_media_examine_handle(HANDLE handle, const wchar_t *path, wz_file *file, const wz_progress *progress)
{
    BY_HANDLE_FILE_INFORMATION info;
    wz_progress_part           hashing, reading;
    wz_digests                 digests;
    wz_error                   error = { 0 };
    wz_status                  status;

    file->is_examined = false;
    file->error = (wz_error){ 0 };
    wz_content_clear(&file->content);
    wz_progress_part_init(&hashing, progress, 0, file->only_hashes ? 1000 : 700, true);
    wz_progress_part_init(&reading, progress, 700, 1000, true);
    if (!GetFileInformationByHandle(handle, &info)) {
        wz_fail_code(&file->error, GetLastError(), file->name);
        return WZ_OK;
    }
    file->bytes = (uint64_t)info.nFileSizeHigh << 32 | info.nFileSizeLow;
    file->modified = time_of(info.ftLastWriteTime);
    status = wz_digest_file(handle, file->name, file->bytes, &hashing.inner, &digests, &error);
    if (status == WZ_E_CANCELLED)
        return status;
    if (status != WZ_OK) {
        file->error = error;
        return WZ_OK;
    }
    memcpy(file->sha1, digests.sha1, sizeof file->sha1);
    memcpy(file->sha256, digests.sha256, sizeof file->sha256);
    file->is_cabinet = begins_as_cabinet(handle);
    wz_signature_check(path, handle, file);
    if (file->is_cabinet && !file->only_hashes)
        status = wz_cabinet_examine(handle, file->name, file->bytes, &reading.inner, &file->content);
    file->is_examined = status == WZ_OK;
    return status;
}

wz_status wz_media_examine(wz_file *file, const wz_progress *progress)
{
    wchar_t  *path;
    HANDLE    handle;
    wz_status status;

    if (file->error.os_code == ERROR_NO_UNICODE_TRANSLATION)
        return WZ_OK;
    path = wz_wide_path(file->path);
    if (path == NULL) {
        wz_fail(&file->error, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, file->path);
        return WZ_OK;
    }
    handle = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        file->is_examined = false;
        wz_fail_code(&file->error, GetLastError(), file->path);
        status = WZ_OK;
    } else {
        status = wz_media_examine_handle(handle, path, file, progress);
        CloseHandle(handle);
    }
    free(path);
    return status;
}
