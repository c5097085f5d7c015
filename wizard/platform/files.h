/*
 * files: reading and writing whole files, and what Windows' error codes mean.
 *
 * Paths are UTF-8 and full. Any thread.
 */
#ifndef WZ_PLATFORM_FILES_H
#define WZ_PLATFORM_FILES_H

#include "core/error.h"
#include "core/text.h"

wz_status wz_status_of_code(unsigned win32);

/* Fill err from a Win32 code and return its status. */
wz_status wz_fail_code(wz_error *err, unsigned win32, const char *subject);

/*
 * The whole file. WZ_E_NOT_FOUND, WZ_E_DENIED, WZ_E_IO; WZ_E_LIMIT when it is longer than limit, before memory is
 * taken. out is written only on success.
 */
wz_status wz_files_read(const char *path, size_t limit, wz_text *out, wz_error *err);

/*
 * Replace or create: a temporary file in the same folder is written, flushed to the disk and renamed, so that after a
 * power cut there is the old content or the new one. On failure the old file is untouched and the temporary one gone.
 * WZ_E_NOT_FOUND (folder), WZ_E_DENIED, WZ_E_FULL, WZ_E_IO.
 */
wz_status wz_files_write(const char *path, wz_view bytes, wz_error *err);

wz_status wz_files_remove(const char *path, wz_error *err);   /* WZ_OK when it is not there */

/* Remove the temporary files that wz_files_write left in a folder when the power went. Nobody may be writing there. */
void wz_files_sweep(const char *folder);

#endif
