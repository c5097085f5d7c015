/*
 * The compatibility scan: one thread collects the files, then several look at them. Only the caller's thread speaks to
 * the person; the others work in the background, as Windows 6.0 knows it: their reading waits for everybody else's.
 *
 * Large files come first and are shared out one by one, so the threads end together; and what is held in memory at a
 * time is at most IN_FLIGHT_MOST, or a single larger file.
 */
#include <process.h>
#include <stdlib.h>

#include "core/progress.h"
#include "platform/context.h"
#include "platform/files.h"
#include "platform/scan_look.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

enum { THREADS_MOST = 4, LOOK_MS = 40 };
#define IN_FLIGHT_MOST (24u * 1024u * 1024u)

#ifndef THREAD_MODE_BACKGROUND_BEGIN
#define THREAD_MODE_BACKGROUND_BEGIN 0x00010000
#define THREAD_MODE_BACKGROUND_END   0x00020000
#endif

typedef struct crew {
    const wchar_t     *folder;             /* NULL: this computer */
    DWORD              folder_code;        /* of opening it */
    const wz_progress *progress;           /* for the caller's thread only */
    wz_scan_result    *out;
    wz_scan_list       list;
    wz_own             own;
    uint32_t          *order;              /* of the files */
    volatile LONG      is_cancelled;
    volatile LONG      is_collected;
    CRITICAL_SECTION   door;               /* who takes the next file */
    CRITICAL_SECTION   lock;               /* everything below, and out */
    CONDITION_VARIABLE is_returned;        /* memory was given back */
    size_t             next, current;      /* places in order */
    size_t             done;
    uint64_t           done_bytes, in_flight;
    wz_identities      seen;
} crew;

/* ---- for the threads ---- */

static bool crew_is_cancelled(void *context)
{
    const crew *self = context;

    return self->is_cancelled != 0;
}

static bool crew_is_first(void *context, DWORD volume, uint64_t id)
{
    crew *self = context;
    bool  is_first;

    EnterCriticalSection(&self->lock);
    is_first = wz_identities_is_first(&self->seen, volume, id);
    LeaveCriticalSection(&self->lock);
    return is_first;
}

static uint64_t weight_of(const crew *self, size_t index)
{
    uint64_t bytes = self->list.files[index].bytes;

    return bytes < WZ_LOOK_MOST ? bytes : WZ_LOOK_MOST;
}

/* The next file, when there is room for it; others wait at the door, so that a large one's turn comes. */
static bool take_next(crew *self, size_t *index)
{
    bool is_taken = false;

    EnterCriticalSection(&self->door);
    EnterCriticalSection(&self->lock);
    if (self->next < self->list.count && self->is_cancelled == 0) {
        uint64_t weight;

        *index = self->order[self->next];
        weight = weight_of(self, *index);
        while (self->in_flight > 0 && self->in_flight + weight > IN_FLIGHT_MOST && self->is_cancelled == 0)
            SleepConditionVariableCS(&self->is_returned, &self->lock, LOOK_MS);
        is_taken = self->is_cancelled == 0;
        if (is_taken) {
            self->in_flight += weight;
            self->current = self->next++;
        }
    }
    LeaveCriticalSection(&self->lock);
    LeaveCriticalSection(&self->door);
    return is_taken;
}

static void keep(wz_scan_result *out, wz_look *look)
{
    bool is_listed;

    if (look->is_cancelled)
        return;
    if (look->left != WZ_LEFT_COUNT) {
        out->left[look->left]++;
        return;
    }
    if (look->is_looked) {
        out->files++;
        out->bytes += look->file.bytes;
        out->by_kind[look->file.kind]++;
        out->unknown[look->file.unknown]++;
        is_listed = look->file.unknown != WZ_UNKNOWN_NOT
                 || look->findings.by_grade[WZ_GRADE_NONE] < look->findings.count;
    } else {
        out->unread++;
        is_listed = true;
    }
    wz_scan_result_add(out, &look->findings);
    if (is_listed)
        wz_scan_result_add_file(out, &look->file);
}

static void give_back(crew *self, size_t index, wz_look *look)
{
    EnterCriticalSection(&self->lock);
    keep(self->out, look);
    self->in_flight -= weight_of(self, index);
    self->done++;
    self->done_bytes += self->list.files[index].bytes;
    LeaveCriticalSection(&self->lock);
    WakeConditionVariable(&self->is_returned);
    wz_look_clear(look);
}

static unsigned __stdcall look_main(void *argument)
{
    crew     *self = argument;
    wz_looker looker = { &self->list, &self->own, { NULL, crew_is_cancelled, self }, NULL };
    wz_look   look;
    size_t    index;

    looker.small = wz_new_array(WZ_LOOK_SMALL, uint8_t);
    SetThreadPriority(GetCurrentThread(), THREAD_MODE_BACKGROUND_BEGIN);
    while (take_next(self, &index)) {
        wz_look_at(&looker, index, crew_is_first, self, &look);
        give_back(self, index, &look);
    }
    SetThreadPriority(GetCurrentThread(), THREAD_MODE_BACKGROUND_END);
    free(looker.small);
    return 0;
}

static int by_bytes(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;

    return a[0] != b[0] ? (a[0] > b[0] ? -1 : 1) : a[1] < b[1] ? -1 : a[1] > b[1];
}

/* Large ones first, by size; the small ones as they lie on the disk. */
static void order_files(crew *self)
{
    size_t    large = 0, at;
    uint64_t *rows;

    self->order = wz_new_array(self->list.count, uint32_t);
    for (size_t i = 0; i < self->list.count; i++)
        large += self->list.files[i].bytes > WZ_LOOK_SMALL;
    rows = wz_new_array(2 * large, uint64_t);
    at = 0;
    for (size_t i = 0; i < self->list.count; i++)
        if (self->list.files[i].bytes > WZ_LOOK_SMALL) {
            rows[2 * at] = self->list.files[i].bytes;
            rows[2 * at++ + 1] = i;
        }
    if (large > 1)
        qsort(rows, large, 2 * sizeof *rows, by_bytes);
    for (size_t i = 0; i < large; i++)
        self->order[i] = (uint32_t)rows[2 * i + 1];
    for (size_t i = 0; i < self->list.count; i++)
        if (self->list.files[i].bytes <= WZ_LOOK_SMALL)
            self->order[at++] = (uint32_t)i;
    free(rows);
}

static unsigned __stdcall collect_main(void *argument)
{
    crew *self = argument;

    SetThreadPriority(GetCurrentThread(), THREAD_MODE_BACKGROUND_BEGIN);
    wz_own_read(&self->own);
    if (self->folder != NULL) {
        self->out->places[WZ_PLACE_FOLDER].is_looked_at = true;
        self->folder_code = wz_scan_list_folder(&self->list, WZ_PLACE_FOLDER, NULL, self->folder);
    } else {
        wz_scan_list_machine(&self->list);
    }
    order_files(self);
    SetThreadPriority(GetCurrentThread(), THREAD_MODE_BACKGROUND_END);
    return 0;
}

/* ---- for the caller's thread ---- */

static void tell(crew *self)
{
    size_t   done, of = self->list.count;
    uint64_t done_bytes;
    wchar_t *shown = NULL;
    char    *path = NULL;

    if (self->is_collected == 0) {
        wz_progress_scan(self->progress, NULL, 0, 0, 0, 0);
        return;
    }
    EnterCriticalSection(&self->lock);
    done = self->done;
    done_bytes = self->done_bytes;
    if (of > 0)
        shown = wz_scan_list_shown(&self->list, self->order[self->current]);
    LeaveCriticalSection(&self->lock);
    if (shown != NULL)
        path = wz_utf8_for_display(shown, wcslen(shown));
    if (path != NULL)
        wz_progress_scan(self->progress, path, done, of, done_bytes, self->list.bytes);
    free(path);
    free(shown);
}

/* A thread that waits for a slow disk or the network is called back from there (NT 6.0). */
static void stop(crew *self, const HANDLE threads[], DWORD count)
{
    InterlockedExchange(&self->is_cancelled, 1);
    WakeAllConditionVariable(&self->is_returned);
    for (DWORD i = 0; i < count; i++)
        CancelSynchronousIo(threads[i]);
}

static void crew_run(crew *self, unsigned (__stdcall *work)(void *), DWORD wanted)
{
    HANDLE threads[THREADS_MOST];
    DWORD  count = 0;

    for (DWORD i = 0; i < wanted; i++) {
        threads[count] = (HANDLE)_beginthreadex(NULL, 0, work, self, 0, NULL);
        count += threads[count] != NULL;
    }
    if (count == 0)
        work(self);                                    /* no thread to be had: then without a bar */
    while (count > 0 && WaitForMultipleObjects(count, threads, TRUE, LOOK_MS) == WAIT_TIMEOUT) {
        tell(self);
        if (self->is_cancelled != 0 || wz_progress_cancelled(self->progress))
            stop(self, threads, count);
    }
    for (DWORD i = 0; i < count; i++)
        CloseHandle(threads[i]);
}

static DWORD threads_for(size_t files)
{
    SYSTEM_INFO system;
    DWORD       most;

    GetSystemInfo(&system);
    most = system.dwNumberOfProcessors < 2 ? 2         /* one waits for the disk while the other looks */
         : system.dwNumberOfProcessors < THREADS_MOST ? system.dwNumberOfProcessors : THREADS_MOST;
    return files < most ? (DWORD)files : most;
}

/* Full, as people write it, without a backslash at the end. NULL: not a path. */
static wchar_t *folder_shown(const char *folder)
{
    wchar_t *full = wz_wide_path(folder), *shown;
    size_t   units;

    if (full == NULL)
        return NULL;
    if (wcsncmp(full, L"\\\\?\\UNC\\", 8) == 0) {
        shown = wz_wide_join(L"\\\\", full + 8);
    } else {
        shown = wz_wide_copy(wcsncmp(full, L"\\\\?\\", 4) == 0 ? full + 4 : full);
    }
    units = wcslen(shown);
    while (units > 3 && shown[units - 1] == L'\\')
        shown[--units] = L'\0';
    free(full);
    return shown;
}

wz_status wz_scan_run(const char *folder, const wz_progress *progress, wz_scan_result *out, wz_error *err)
{
    crew      self = { .progress = progress, .out = out };
    wchar_t  *shown = folder == NULL ? NULL : folder_shown(folder);
    wz_status status = WZ_OK;

    if (folder != NULL && shown == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, folder);
    self.folder = shown;
    InitializeCriticalSection(&self.door);
    InitializeCriticalSection(&self.lock);
    InitializeConditionVariable(&self.is_returned);
    wz_scan_list_init(&self.list, out, &self.is_cancelled);
    if (wz_progress_cancelled(progress))
        self.is_cancelled = 1;
    else
        crew_run(&self, collect_main, 1);
    if (self.folder_code != ERROR_SUCCESS && self.is_cancelled == 0) {
        status = wz_fail_code(err, self.folder_code == ERROR_DIRECTORY ? ERROR_PATH_NOT_FOUND : self.folder_code,
                              folder);
    } else if (self.is_cancelled == 0 && self.list.count > 0) {
        self.is_collected = 1;
        crew_run(&self, look_main, threads_for(self.list.count));
        tell(&self);
    }
    if (self.is_cancelled != 0)
        status = wz_fail(err, WZ_E_CANCELLED, 0, folder != NULL ? folder : "");
    wz_scan_list_clear(&self.list);
    free(self.order);
    wz_identities_clear(&self.seen);
    DeleteCriticalSection(&self.lock);
    DeleteCriticalSection(&self.door);
    free(shown);
    return status;
}
