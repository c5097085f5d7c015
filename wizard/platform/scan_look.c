#include "platform/scan_look.h"

#include <stdlib.h>
#include <string.h>

#include "platform/digest.h"
#include "platform/files.h"
#include "platform/signature.h"
#include "platform/wide.h"

enum { READ_AT_ONCE = 1024 * 1024 };

static uint64_t id_of(const BY_HANDLE_FILE_INFORMATION *info)
{
    return (uint64_t)info->nFileIndexHigh << 32 | info->nFileIndexLow;
}

static uint64_t bytes_of(const BY_HANDLE_FILE_INFORMATION *info)
{
    return (uint64_t)info->nFileSizeHigh << 32 | info->nFileSizeLow;
}

void wz_own_read(wz_own *out)
{
    BY_HANDLE_FILE_INFORMATION info;
    wchar_t                    path[4096];
    wz_digests                 digests;
    HANDLE                     file;

    *out = (wz_own){ 0 };
    if (GetModuleFileNameW(NULL, path, WZ_COUNT(path)) >= WZ_COUNT(path))
        return;
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return;
    if (GetFileInformationByHandle(file, &info)
        && wz_digest_file(file, "", bytes_of(&info), NULL, &digests, NULL) == WZ_OK) {
        *out = (wz_own){ info.dwVolumeSerialNumber, id_of(&info), bytes_of(&info), "" };
        memcpy(out->sha256, digests.sha256, sizeof out->sha256);
    }
    CloseHandle(file);
}

/* A copy of this program: it names 6002 in many places. */
static bool is_own(const wz_own *own, wz_view bytes)
{
    char sha256[65];

    return own->bytes == bytes.length && own->bytes > 0 && wz_digest_bytes(bytes, sha256, NULL) == WZ_OK
        && strcmp(sha256, own->sha256) == 0;
}

/* ---- reading ---- */

static void unread(wz_look *out, DWORD code)
{
    wz_fail_code(&out->file.error, code, out->file.path);
}

/* Room for length bytes; large files give theirs back at once. NULL: there is no memory for that one. */
static uint8_t *room_for(const wz_looker *looker, size_t length)
{
    if (length <= WZ_LOOK_SMALL)
        return looker->small;
    return VirtualAlloc(NULL, length, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

static void room_free(const wz_looker *looker, uint8_t *room)
{
    if (room != NULL && room != looker->small)
        VirtualFree(room, 0, MEM_RELEASE);
}

/* In pieces, so that stopping takes no longer than one. What a file lost meanwhile is not read; that is no error. */
static DWORD read_all(const wz_looker *looker, HANDLE file, uint8_t *to, size_t length, size_t *got)
{
    DWORD piece;

    for (*got = 0; *got < length; *got += piece) {
        size_t rest = length - *got;

        if (wz_progress_cancelled(&looker->progress))
            return ERROR_OPERATION_ABORTED;
        if (!ReadFile(file, to + *got, (DWORD)(rest < READ_AT_ONCE ? rest : READ_AT_ONCE), &piece, NULL))
            return GetLastError();
        if (piece == 0)
            break;
    }
    return ERROR_SUCCESS;
}

/* ---- what is found in it ---- */

static bool has_graded(const wz_findings *findings)
{
    return findings->by_grade[WZ_GRADE_A] + findings->by_grade[WZ_GRADE_B] + findings->by_grade[WZ_GRADE_C]
         + findings->by_grade[WZ_GRADE_D] > 0;
}

/* Tasks are XML without an ending that says so; findings carry the path as it is. */
static wz_status scan_bytes(const wz_looker *looker, wz_view bytes, wz_look *out, wz_scan_note *note)
{
    wz_text   named = { 0 };
    wz_status status;
    bool      is_named = wz_scan_wants(out->file.path) || out->file.place != WZ_PLACE_TASKS;

    wz_text_add(&named, out->file.path);
    wz_text_add(&named, is_named ? "" : ".xml");
    status = wz_scan_file(wz_text_at(&named), bytes, &looker->progress, &out->findings, note);
    for (size_t i = 0; !is_named && i < out->findings.count; i++)
        out->findings.items[i].path[strlen(out->file.path)] = '\0';
    wz_text_clear(&named);
    return status;
}

/* A program that is started by its name, as opposed to what others load. */
static bool is_started(const wz_scanned *file, const wchar_t *shown)
{
    size_t units = wcslen(shown);

    return (file->kind == WZ_SCAN_PROGRAM || file->kind == WZ_SCAN_MANAGED) && !file->is_driver && units > 4
        && _wcsicmp(shown + units - 4, L".exe") == 0;
}

/* Windows' own files are signed by Microsoft in themselves or in a catalogue, and are replaced with the build. */
static void judge(const wz_looker *looker, const wchar_t *shown, const wchar_t *real, HANDLE handle, wz_look *out)
{
    bool    in_windows = wz_scan_is_below(shown, looker->list->windows);
    wz_file file = { 0 };

    if (!has_graded(&out->findings) && out->file.unknown == WZ_UNKNOWN_NOT)
        return;
    wz_look_version(real, &out->file);
    if (in_windows)
        wz_signature_check_windows(real, handle, &file);
    else if (has_graded(&out->findings))
        wz_signature_check(real, handle, &file);
    out->file.signature = file.signature;
    out->file.signer = file.signer;
    file.signer = NULL;
    wz_file_clear(&file);
    if (in_windows && out->file.signature == WZ_SIGNATURE_MICROSOFT)
        out->left = WZ_LEFT_WINDOWS;
}

static void look_into(const wz_looker *looker, const wchar_t *shown, const wchar_t *real, HANDLE handle, wz_look *out)
{
    size_t       length = out->file.bytes < WZ_LOOK_MOST ? (size_t)out->file.bytes : WZ_LOOK_MOST;
    uint8_t     *room = room_for(looker, length);
    size_t       got = 0;
    DWORD        code = room == NULL ? ERROR_NOT_ENOUGH_MEMORY : read_all(looker, handle, room, length, &got);
    wz_view      bytes = { (const char *)room, got };
    wz_scan_note note = { .kind = WZ_SCAN_OTHER };

    if (code == ERROR_OPERATION_ABORTED) {
        out->is_cancelled = true;
    } else if (code != ERROR_SUCCESS) {
        unread(out, code);
    } else if (is_own(looker->own, bytes)) {
        out->left = WZ_LEFT_OWN;
    } else if (scan_bytes(looker, bytes, out, &note) != WZ_OK) {
        out->is_cancelled = true;
    } else if (note.kind == WZ_SCAN_OTHER) {
        out->left = WZ_LEFT_KIND;
    } else {
        out->is_looked = true;
        out->file.kind = note.kind;
        out->file.is_driver = note.is_driver;
        out->file.unknown = note.unknown == WZ_UNKNOWN_NOT && length < out->file.bytes ? WZ_UNKNOWN_TOO_MUCH
                                                                                       : note.unknown;
        if (note.kind == WZ_SCAN_INSTALLER && note.findings > 0)
            wz_look_msi(real, out->file.path, &out->findings);
        if (is_started(&out->file, shown) && has_graded(&out->findings))
            wz_look_layer(shown, &out->findings);
        judge(looker, shown, real, handle, out);
    }
    room_free(looker, room);
}

void wz_look_at(const wz_looker *looker, size_t index, wz_first_function *is_first, void *context, wz_look *out)
{
    const wz_listed           *listed = &looker->list->files[index];
    const wz_listed_folder    *folder = &looker->list->folders[listed->folder];
    const wchar_t             *label = looker->list->names + (listed->label != 0 ? listed->label : folder->label);
    wchar_t                   *shown = wz_scan_list_shown(looker->list, index), *real = wz_scan_real_path(shown);
    BY_HANDLE_FILE_INFORMATION info;
    HANDLE                     handle;

    *out = (wz_look){ .left = WZ_LEFT_COUNT };
    out->file.place = (wz_scan_place)listed->place;
    out->file.path = wz_utf8_for_display(shown, wcslen(shown));
    out->file.name = *label == L'\0' ? NULL : wz_utf8_for_display(label, wcslen(label));
    handle = CreateFileW(real, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                         OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        unread(out, GetLastError());
    } else if (GetFileType(handle) != FILE_TYPE_DISK) {
        unread(out, ERROR_BAD_FILE_TYPE);
    } else if (!GetFileInformationByHandle(handle, &info)) {
        unread(out, GetLastError());
    } else if ((info.dwFileAttributes & FILE_ATTRIBUTE_OFFLINE) != 0) {
        unread(out, ERROR_FILE_OFFLINE);               /* reading would fetch it from a tape */
    } else if (looker->own->id == id_of(&info) && looker->own->volume == info.dwVolumeSerialNumber) {
        out->left = WZ_LEFT_OWN;
    } else if (!is_first(context, info.dwVolumeSerialNumber, id_of(&info))) {
        out->left = WZ_LEFT_TWICE;
    } else {
        out->file.bytes = bytes_of(&info);
        look_into(looker, shown, real, handle, out);
    }
    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
    free(shown);
    free(real);
}

void wz_look_clear(wz_look *look)
{
    wz_scan_result owner = { 0 };

    wz_scan_result_add_file(&owner, &look->file);
    wz_scan_result_clear(&owner);
    wz_findings_clear(&look->findings);
    *look = (wz_look){ 0 };
}
