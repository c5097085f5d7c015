/*
 * registry: reading HKEY_LOCAL_MACHINE as the machine sees it.
 *
 * Always the 64-bit view, whatever this process is: the x86 program must read on x64 what Windows itself uses. Codes
 * are Win32 codes, 0 for success. Any thread.
 */
#ifndef WZ_PLATFORM_REGISTRY_H
#define WZ_PLATFORM_REGISTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/win32.h"

unsigned wz_registry_open(const wchar_t *path, HKEY *out);      /* to read; RegCloseKey it */

/* The key or value is not there, as opposed to an error. */
bool wz_registry_is_missing(unsigned code);

/* Out is written only on success. *bytes is owned and is followed by two zero bytes and more, so texts end in it. */
unsigned wz_registry_bytes(HKEY key, const wchar_t *name, DWORD *type, void **bytes, DWORD *length);
unsigned wz_registry_number(HKEY key, const wchar_t *name, uint64_t *out);   /* REG_DWORD, REG_QWORD */
unsigned wz_registry_text(HKEY key, const wchar_t *name, char **out);        /* REG_SZ, REG_EXPAND_SZ; owned UTF-8 */

#endif
