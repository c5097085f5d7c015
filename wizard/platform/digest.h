/*
 * digest: SHA-1 and SHA-256 of a file in one reading.
 *
 * By Windows' own cryptography. Any thread.
 */
#ifndef WZ_PLATFORM_DIGEST_H
#define WZ_PLATFORM_DIGEST_H

#include "core/platform.h"
#include "platform/win32.h"

typedef struct wz_digests { char sha1[41], sha256[65]; } wz_digests;    /* lower-case hex */

/*
 * From the start of file, which is open for reading (its position moves). bytes is the expected length, for progress;
 * name is what progress and errors call the file. WZ_E_CANCELLED, WZ_E_IO and the like, WZ_E_SYSTEM when Windows has no
 * such algorithm.
 */
wz_status wz_digest_file(HANDLE file, const char *name, uint64_t bytes, const wz_progress *progress, wz_digests *out,
                         wz_error *err);

/* SHA-256 of bytes in memory. */
wz_status wz_digest_bytes(wz_view bytes, char sha256[65], wz_error *err);

#endif
