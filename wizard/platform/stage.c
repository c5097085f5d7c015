/*
 * Copies in the data folder that stay what they were when they were verified: held open for reading, shared for reading
 * only, from before the verification until after the installation.
 */
#include <stdlib.h>
#include <string.h>

#include "core/progress.h"
#include "platform/context.h"
#include "platform/files.h"
#include "platform/wide.h"
#include "resource.h"

#define CHUNK (1024u * 1024u)

static bool is_plain_name(const char *name)
{
    return name != NULL && *name != '\0' && strpbrk(name, "\\/:*?\"<>|") == NULL && strcmp(name, ".") != 0 &&
           strcmp(name, "..") != 0;
}

static bool copy_write(HANDLE to, const BYTE *bytes, DWORD length)
{
    DWORD written = 0;

    if (!WriteFile(to, bytes, length, &written, NULL))
        return false;
    if (written < length)
        SetLastError(ERROR_DISK_FULL);
    return written == length;
}

/* Bytes only: no attributes (files of a CD are read-only) and no second streams. */
static DWORD copy_bytes(HANDLE from, HANDLE to, const wz_file *file, const wz_progress *progress)
{
    BYTE    *chunk = wz_new_array(CHUNK, BYTE);
    uint64_t done = 0;
    DWORD    got = 0;
    DWORD    code = ERROR_SUCCESS;

    do {
        if (wz_progress_cancelled(progress))
            code = ERROR_CANCELLED;
        else if (!ReadFile(from, chunk, CHUNK, &got, NULL) || !copy_write(to, chunk, got))
            code = GetLastError();
        done += got;
        wz_progress_report(progress, IDS_STAGE_FILE, file->name,
                           done >= file->bytes ? 1000 : (unsigned)(done * 1000 / file->bytes));
    } while (code == ERROR_SUCCESS && got > 0);
    if (code == ERROR_SUCCESS && !FlushFileBuffers(to))
        code = GetLastError();
    free(chunk);
    return code;
}

static wz_status copy_file(const wz_file *file, const wchar_t *to_path, const wz_progress *progress, wz_error *err)
{
    wchar_t *from_path = wz_wide_path(file->path);
    HANDLE   from, to;
    DWORD    code;

    if (from_path == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, file->path);
    from = CreateFileW(from_path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    code = GetLastError();
    free(from_path);
    if (from == INVALID_HANDLE_VALUE)
        return wz_fail_code(err, code, file->path);
    SetFileAttributesW(to_path, FILE_ATTRIBUTE_NORMAL);          /* an old copy may be read-only */
    to = CreateFileW(to_path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (to == INVALID_HANDLE_VALUE) {
        code = GetLastError();
    } else {
        code = copy_bytes(from, to, file, progress);
        CloseHandle(to);
        if (code != ERROR_SUCCESS)
            DeleteFileW(to_path);
    }
    CloseHandle(from);
    return code == ERROR_SUCCESS ? WZ_OK : wz_fail_code(err, code, file->name);
}

static wz_held *held_find(wz_windows *self, const char *path)
{
    for (size_t i = 0; i < self->held_count; i++)
        if (wz_equal_nocase(self->held[i].path, path))
            return &self->held[i];
    return NULL;
}

static void held_drop(wz_windows *self, const char *path)
{
    wz_held *held = held_find(self, path);

    if (held != NULL) {
        CloseHandle(held->file);
        free(held->path);
        *held = self->held[--self->held_count];
    }
}

static wz_status held_open(wz_windows *self, const char *path, const wchar_t *wide, wz_held **out, wz_error *err)
{
    wz_held *held = held_find(self, path);

    if (held == NULL) {
        HANDLE file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN,
                                  NULL);

        if (file == INVALID_HANDLE_VALUE)
            return wz_fail_code(err, GetLastError(), path);
        self->held = wz_grow(self->held, self->held_count, &self->held_room, sizeof *self->held);
        held = &self->held[self->held_count++];
        *held = (wz_held){ wz_copy(path), file };
    }
    *out = held;
    return WZ_OK;
}

static wz_status media_path(wz_windows *self, const char *name, char **out, wz_error *err)
{
    const char *data;
    wz_text     path = { 0 };
    wz_status   status;

    if (!is_plain_name(name))
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, name != NULL ? name : "");
    if ((status = wz_folder_data_make(self, &data, err)) != WZ_OK)
        return status;
    wz_text_add(&path, data);
    wz_text_add(&path, "\\Media");
    status = wz_folder_inside(wz_text_at(&path), err);
    wz_text_add(&path, "\\");
    wz_text_add(&path, name);
    if (status == WZ_OK)
        *out = wz_text_take(&path);
    wz_text_clear(&path);
    return status;
}

/* What is held now is what will be installed: examine it through the handle that holds it. */
static wz_status copy_verify(const wz_held *held, const char *name, wz_file *out, const wz_progress *progress,
                             wz_error *err)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): there is one wherever the copying went well */
    wz_file   copy = { .path = wz_copy(held->path), .name = wz_copy(name), .only_hashes = true };
    wchar_t  *wide = wz_wide_path(held->path);
    wz_status status = wz_media_examine_handle(held->file, wide, &copy, progress);

    free(wide);
    if (status != WZ_OK) {
        wz_fail(err, status, 0, held->path);
    } else if (copy.error.status != WZ_OK) {
        status = copy.error.status;
        if (err != NULL)
            *err = copy.error;
    }
    if (status == WZ_OK)
        *out = copy;
    else
        wz_file_clear(&copy);
    return status;
}

wz_status wz_stage(wz_windows *self, const wz_file *file, wz_file *out, const wz_progress *progress, wz_error *err)
{
    wz_progress_part copying, verifying;
    wchar_t         *wide = NULL;
    char            *path = NULL;
    wz_held         *held = NULL;
    wz_status        status = media_path(self, file->name, &path, err);

    if (status != WZ_OK)
        return status;
    wide = wz_wide_path(path);
    if (wide == NULL) {
        status = wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, path);
        free(path);
        return status;
    }
    wz_progress_part_init(&copying, progress, 0, 600, true);
    wz_progress_part_init(&verifying, progress, 600, 1000, true);
    if (!wz_equal_nocase(path, file->path)) {          /* after a restart the copy itself is staged again */
        held_drop(self, path);
        status = copy_file(file, wide, &copying.inner, err);
    }
    if (status == WZ_OK)
        status = held_open(self, path, wide, &held, err);
    if (status == WZ_OK) {
        status = copy_verify(held, file->name, out, &verifying.inner, err);
        if (status != WZ_OK)
            held_drop(self, path);
    }
    free(wide);
    free(path);
    return status;
}

void wz_stage_release(wz_windows *self)
{
    while (self->held_count > 0)
        held_drop(self, self->held[0].path);
    free(self->held);
    self->held = NULL;
    self->held_room = 0;
}
