#include "platform/digest.h"

#include <process.h>
#include <stdlib.h>
#include <string.h>

#include "platform/files.h"
#include "platform/system_dll.h"
#include "resource.h"

#include <bcrypt.h>

#define CHUNK (1024u * 1024u)

/* Loaded by full path: an import of bcrypt.dll would be looked for beside the program first, see system_dll.h. */
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
    static const struct { const char *name; size_t at; } rows[] = {
        { "BCryptOpenAlgorithmProvider",  offsetof(crypto, open)     },
        { "BCryptGetProperty",            offsetof(crypto, property) },
        { "BCryptCreateHash",             offsetof(crypto, create)   },
        { "BCryptHashData",               offsetof(crypto, add)      },
        { "BCryptFinishHash",             offsetof(crypto, finish)   },
        { "BCryptDestroyHash",            offsetof(crypto, destroy)  },
        { "BCryptCloseAlgorithmProvider", offsetof(crypto, close)    },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_function found = wz_system_function(L"bcrypt.dll", rows[i].name);

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

/* SHA-1 is computed on a second thread while the first one reads on and computes SHA-256 of the same bytes. */
typedef struct second_hash {
    hash        sha1;         /* the first thread's before second_start and after second_stop */
    HANDLE      thread;       /* NULL: could not be started, the first thread does it all */
    HANDLE      wanted;       /* set: bytes wait; or with length 0: end */
    HANDLE      done;         /* set: bytes may be overwritten */
    const BYTE *bytes;
    DWORD       length;
} second_hash;

static unsigned __stdcall second_main(void *argument)
{
    second_hash *second = argument;

    for (;;) {
        WaitForSingleObject(second->wanted, INFINITE);
        if (second->length == 0)
            return 0;
        hash_add(&second->sha1, second->bytes, second->length);
        SetEvent(second->done);
    }
}

static void second_start(second_hash *second)
{
    second->wanted = CreateEventW(NULL, FALSE, FALSE, NULL);
    second->done = CreateEventW(NULL, FALSE, TRUE, NULL);
    if (second->wanted != NULL && second->done != NULL)
        second->thread = (HANDLE)_beginthreadex(NULL, 0, second_main, second, 0, NULL);
}

static void second_give(second_hash *second, const BYTE *bytes, DWORD length)
{
    if (second->thread == NULL) {
        hash_add(&second->sha1, bytes, length);
        return;
    }
    WaitForSingleObject(second->done, INFINITE);
    second->bytes = bytes;
    second->length = length;
    SetEvent(second->wanted);
}

static void second_stop(second_hash *second)
{
    if (second->thread != NULL) {
        second_give(second, NULL, 0);
        WaitForSingleObject(second->thread, INFINITE);
        CloseHandle(second->thread);
    }
    if (second->wanted != NULL)
        CloseHandle(second->wanted);
    if (second->done != NULL)
        CloseHandle(second->done);
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

/* Two buffers in turn: one is read into while the second thread may still look at the other. */
static wz_status digest_read(hash *sha256, second_hash *second, const digest_task *task, wz_error *err)
{
    BYTE     *buffers = wz_new_array(2u * CHUNK, BYTE);
    wz_status status = WZ_OK;
    uint64_t  done = 0;
    DWORD     got = 0;

    second_start(second);
    for (unsigned turn = 0;; turn ^= 1u) {
        BYTE *bytes = buffers + turn * CHUNK;

        if (wz_progress_cancelled(task->progress)) {
            status = wz_fail(err, WZ_E_CANCELLED, 0, task->name);
            break;
        }
        if (!ReadFile(task->file, bytes, CHUNK, &got, NULL)) {
            status = wz_fail_code(err, GetLastError(), task->name);
            break;
        }
        if (got == 0)
            break;
        second_give(second, bytes, got);
        hash_add(sha256, bytes, got);
        done += got;
        task_tell(task, done);
    }
    second_stop(second);
    free(buffers);
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
    hash          sha256;
    wz_digests    result = { "", "" };
    wz_status     status;

    if (!SetFilePointerEx(file, start, NULL, FILE_BEGIN))
        return wz_fail_code(err, GetLastError(), name);
    hash_open(&second.sha1, BCRYPT_SHA1_ALGORITHM);
    hash_open(&sha256, BCRYPT_SHA256_ALGORITHM);
    status = digest_read(&sha256, &second, &task, err);
    if (status == WZ_OK) {
        hash_hex(&second.sha1, 20, result.sha1);
        hash_hex(&sha256, 32, result.sha256);
        status = hash_failed(&second.sha1, &sha256, name, err);
    }
    hash_close(&sha256);
    hash_close(&second.sha1);
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
        DWORD part = bytes.length < CHUNK ? (DWORD)bytes.length : CHUNK;

        hash_add(&sha256, (const BYTE *)bytes.at, part);
        bytes.at += part;
        bytes.length -= part;
    }
    hash_hex(&sha256, 32, out);
    status = hash_failed(NULL, &sha256, "SHA-256", err);
    hash_close(&sha256);
    return status;
}
