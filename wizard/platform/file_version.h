/*
 * file_version: the numbers in the version resource of a file.
 *
 * By Windows' version.dll, loaded from the system folder (late.h). Any thread.
 */
#ifndef WZ_PLATFORM_FILE_VERSION_H
#define WZ_PLATFORM_FILE_VERSION_H

#include "platform/win32.h"

/*
 * Of the file itself and not of the language file (ntoskrnl.exe.mui) beside it, whose numbers stay at those of the
 * release. Returns a Win32 code; out is untouched unless it is ERROR_SUCCESS.
 */
unsigned wz_file_version(const wchar_t *path, VS_FIXEDFILEINFO *out);

#endif
