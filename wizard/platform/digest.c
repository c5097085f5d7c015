#include "platform/digest.h"

#include <process.h>
#include <stdlib.h>
#include <string.h>

#include "platform/files.h"
#include "platform/late.h"
#include "resource.h"

#include <bcrypt.h>

/* Loaded by full path: an import of bcrypt.dll would be looked for beside the program first, see late.h. */
typedef struct crypto {
    NTSTATUS (WINAPI *open)(BCRYPT_ALG_HANDLE *algorithm, LPCWSTR name, LPCWSTR provider, ULONG flags);
    NTSTATUS (WINAPI *property)(BCRYPT_HANDLE object, LPCWSTR name, PUCHAR to, ULONG room, ULONG *got, ULONG flags);
    NTSTATUS (WINAPI *create)(BCRYPT_ALG_HANDLE algorithm, BCRYPT_HASH_HANDLE *hash, PUCHAR state, ULONG room,
                              PUCHAR secret, ULONG secret_length, ULONG flags);
    NTSTATUS (WINAPI *add)(BCRYPT_HASH_HANDLE hash, PUCHAR bytes, ULONG length, ULONG flags);
    NTSTATUS (WINAPI *finish)(BCRYPT_HASH_HANDLE hash, PUCHAR to, ULONG length, ULONG flags);
    NTSTATUS (WINAPI *destroy)(BCRYPT_HASH_HANDLE hash);
    NTSTATUS (WINAPI *close)(BCRYPT_ALG_HANDLE algorithm, ULONG flags);
} crypto;

static bool crypto_load(crypto *to)
{
    static const struct { wz_late_function which; size_t at; } rows[] = {
        { WZ_LATE_BCryptOpenAlgorithmProvider,  offsetof(crypto, open)     },
        { WZ_LATE_BCryptGetProperty,            offsetof(crypto, property) },
        { WZ_LATE_BCryptCreateHash,             offsetof(crypto, create)   },
        { WZ_LATE_BCryptHashData,               offsetof(crypto, add)      },
        { WZ_LATE_BCryptFinishHash,             offsetof(crypto, finish)   },
        { WZ_LATE_BCryptDestroyHash,            offsetof(crypto, destroy)  },
        { WZ_LATE_BCryptCloseAlgorithmProvider, offsetof(crypto, close)    },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_function found = wz_late(rows[i].which);

        if (found == NULL)
            return false;
        memcpy((char *)to + rows[i].at, &found, sizeof found);
    }
    return true;
}

/* One running digest. NT 6.0 wants the memory of its state from the caller. */
typedef struct hash {
    crypto             by;
    BCRYPT_ALG_HANDLE  algorithm;
    BCRYPT_HASH_HANDLE handle;
    BYTE              *state;
    NTSTATUS           status;          /* the first failure; negative */
} hash;

static void hash_open(hash *self, const wchar_t *algorithm)
{
    ULONG length = 0;
    ULONG got = 0;

    *self = (hash){ 0 };
    self->status = (NTSTATUS)0xC0000135;               /* STATUS_DLL_NOT_FOUND */
    if (crypto_load(&self->by))
        self->status = self->by.open(&self->algorithm, algorithm, NULL, 0);
    if (self->status >= 0)
        self->status = self->by.property(self->algorithm, BCRYPT_OBJECT_LENGTH, (BYTE *)&length, sizeof length, &got,
                                         0);
    if (self->status >= 0) {
        self->state = wz_new_array(length, BYTE);
        self->status = self->by.create(self->algorithm, &self->handle, self->state, length, NULL, 0, 0);
    }
}

static void hash_add(hash *self, const BYTE *bytes, DWORD length)
{
    if (self->status >= 0)
        self->status = self->by.add(self->handle, (BYTE *)bytes, length, 0);
}

static void hash_hex(hash *self, size_t length, char *hex)
{
    BYTE    value[32];
    wz_text text = { 0 };

    if (self->status >= 0)
        self->status = self->by.finish(self->handle, value, (ULONG)length, 0);
    if (self->status < 0)
        return;
    for (size_t i = 0; i < length; i++)
        wz_text_add_hex(&text, value[i], 2);
    memcpy(hex, text.at, text.length + 1);
    wz_text_clear(&text);
}

static void hash_close(hash *self)
{
    if (self->handle != NULL)
        self->by.destroy(self->handle);
    if (self->algorithm != NULL)
        self->by.close(self->algorithm, 0);
    free(self->state);
}

/*
 * SHA-256 takes more than twice as long as SHA-1 of the same bytes: a second thread does nothing else, while the
 * caller's reads and computes SHA-1. Pieces go over by a ring, so that neither waits when the other is held up for a
 * moment; and by a lock in this process, because an event for each is in Wine a call of its server, which takes longer
 * than the digest where the processors are busy.
 */
#define PIECE  (128u * 1024u)
#define PIECES 8u

typedef struct second_hash {
    hash               sha256;          /* the first thread's before second_start and after second_stop */
    HANDLE             thread;          /* NULL: could not be started, the first thread does it all */
    BYTE              *bytes;           /* PIECES of PIECE bytes */
    CRITICAL_SECTION   lock;            /* the rest is under it */
    CONDITION_VARIABLE changed;
    DWORD              lengths[PIECES]; /* of the pieces; 0: there are no more */
    unsigned           given, taken;    /* how many so far; at most PIECES apart */
} second_hash;

static BYTE *piece_at(const second_hash *second, unsigned number)
{
    return second->bytes + (size_t)(number % PIECES) * PIECE;
}

static DWORD second_wait(second_hash *second)          /* the length of the next piece */
{
    DWORD length;

    EnterCriticalSection(&second->lock);
    while (second->taken == second->given)
        SleepConditionVariableCS(&second->changed, &second->lock, INFINITE);
    length = second->lengths[second->taken % PIECES];
    LeaveCriticalSection(&second->lock);
    return length;
}

static unsigned __stdcall second_main(void *argument)
{
    second_hash *second = argument;

    for (unsigned number = 0;; number++) {
        DWORD length = second_wait(second);

        if (length == 0)
            return 0;
        hash_add(&second->sha256, piece_at(second, number), length);
        EnterCriticalSection(&second->lock);
        second->taken++;
        LeaveCriticalSection(&second->lock);
        WakeConditionVariable(&second->changed);
    }
}

static void second_start(second_hash *second)
{
    second->bytes = wz_new_array((size_t)PIECES * PIECE, BYTE);
    InitializeCriticalSection(&second->lock);
    InitializeConditionVariable(&second->changed);
    second->thread = (HANDLE)_beginthreadex(NULL, 0, second_main, second, 0, NULL);
}

/* Where the next piece may be read to. */
static BYTE *second_room(second_hash *second)
{
    EnterCriticalSection(&second->lock);
    while (second->given - second->taken == PIECES)
        SleepConditionVariableCS(&second->changed, &second->lock, INFINITE);
    LeaveCriticalSection(&second->lock);
    return piece_at(second, second->given);            /* only this thread changes given */
}

/* The piece may still be read afterwards, until second_room gives the same place again. */
static void second_give(second_hash *second, DWORD length)
{
    if (second->thread == NULL)
        hash_add(&second->sha256, piece_at(second, second->given), length);
    EnterCriticalSection(&second->lock);
    second->lengths[second->given % PIECES] = length;
    second->given++;
    second->taken += second->thread == NULL;
    LeaveCriticalSection(&second->lock);
    WakeConditionVariable(&second->changed);
}

static void second_stop(second_hash *second)
{
    if (second->thread != NULL) {
        second_room(second);
        second_give(second, 0);
        WaitForSingleObject(second->thread, INFINITE);
        CloseHandle(second->thread);
    }
    DeleteCriticalSection(&second->lock);
    free(second->bytes);
}

typedef struct digest_task {
    HANDLE             file;
    const char        *name;
    uint64_t           bytes;
    const wz_progress *progress;
} digest_task;

static void task_tell(const digest_task *task, uint64_t done)
{
    unsigned permille = done >= task->bytes ? 1000 : (unsigned)(done * 1000 / task->bytes);

    wz_progress_report(task->progress, IDS_EXAMINE_FILE, task->name, permille);
}

static wz_status digest_read(hash *sha1, second_hash *second, const digest_task *task, wz_error *err)
{
    wz_status status = WZ_OK;
    uint64_t  done = 0;
    DWORD     got = 0;

    second_start(second);
    for (;;) {
        BYTE *bytes = second_room(second);

        if (wz_progress_cancelled(task->progress)) {
            status = wz_fail(err, WZ_E_CANCELLED, 0, task->name);
            break;
        }
        if (!ReadFile(task->file, bytes, PIECE, &got, NULL)) {
            status = wz_fail_code(err, GetLastError(), task->name);
            break;
        }
        if (got == 0)
            break;
        second_give(second, got);
        hash_add(sha1, bytes, got);
        done += got;
        task_tell(task, done);
    }
    second_stop(second);
    return status;
}

static wz_status hash_failed(const hash *sha1, const hash *sha256, const char *name, wz_error *err)
{
    if (sha1 != NULL && sha1->status < 0)
        return wz_fail(err, WZ_E_SYSTEM, (unsigned)sha1->status, name);
    if (sha256->status < 0)
        return wz_fail(err, WZ_E_SYSTEM, (unsigned)sha256->status, name);
    return WZ_OK;
}

wz_status wz_digest_file(HANDLE file, const char *name, uint64_t bytes, const wz_progress *progress, wz_digests *out,
                         wz_error *err)
{
    digest_task   task = { file, name, bytes, progress };
    LARGE_INTEGER start = { .QuadPart = 0 };
    second_hash   second = { 0 };
    hash          sha1;
    wz_digests    result = { "", "" };
    wz_status     status;

    if (!SetFilePointerEx(file, start, NULL, FILE_BEGIN))
        return wz_fail_code(err, GetLastError(), name);
    hash_open(&sha1, BCRYPT_SHA1_ALGORITHM);
    hash_open(&second.sha256, BCRYPT_SHA256_ALGORITHM);
    status = digest_read(&sha1, &second, &task, err);
    if (status == WZ_OK) {
        hash_hex(&sha1, 20, result.sha1);
        hash_hex(&second.sha256, 32, result.sha256);
        status = hash_failed(&sha1, &second.sha256, name, err);
    }
    hash_close(&second.sha256);
    hash_close(&sha1);
    if (status == WZ_OK)
        *out = result;
    return status;
}

wz_status wz_digest_bytes(wz_view bytes, char out[65], wz_error *err)
{
    wz_status status;
    hash      sha256;

    hash_open(&sha256, BCRYPT_SHA256_ALGORITHM);
    while (bytes.length > 0) {
        DWORD part = bytes.length < PIECE ? (DWORD)bytes.length : PIECE;

        hash_add(&sha256, (const BYTE *)bytes.at, part);
        bytes.at += part;
        bytes.length -= part;
    }
    hash_hex(&sha256, 32, out);
    status = hash_failed(NULL, &sha256, "SHA-256", err);
    hash_close(&sha256);
    return status;
}
