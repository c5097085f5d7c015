/*
 * place: a folder of one test's own, and what tests do with files and the registry in it.
 *
 * Paths are UTF-8 and owned by the caller. A failure ends the test.
 */
#ifndef WZ_TESTS_PLATFORM_PLACE_H
#define WZ_TESTS_PLATFORM_PLACE_H

#include "check.h"

#include "core/text.h"
#include "platform/win32.h"

char  *place_create(void);                                       /* a new empty folder in %TEMP% */
void   place_remove(char *folder);                               /* with all that is in it; frees folder */
char  *place_path(const char *folder, const char *name);         /* folder\name */
void   place_write(const char *path, const void *bytes, size_t length);
void   place_fill(const char *path, size_t length);              /* length bytes of place_byte */
BYTE   place_byte(size_t index);
size_t place_count(const char *folder);                          /* files and folders in it */
bool   place_exists(const char *path);
void   place_delete(const char *path);
/* INVALID_HANDLE_VALUE and GetLastError on failure */
HANDLE place_open(const char *path, DWORD access, DWORD share);
void   place_remove_tree(const char *path);                      /* a folder that a test made elsewhere */
/* A database of Windows Installer. False: this Windows cannot load msi.dll, as an x86 program in a 64-bit Wine 8. */
bool   place_installer(const char *path, const wchar_t *const queries[], size_t count);
#define PLACE_LAUNCH_CONDITIONS \
    L"CREATE TABLE `LaunchCondition` (`Condition` CHAR(255) NOT NULL, `Description` CHAR(255) NOT NULL LOCALIZABLE " \
    L"PRIMARY KEY `Condition`)"

/* In the 64-bit view of HKEY_LOCAL_MACHINE. place_key_remove takes the whole key away; it may be absent. */
void   place_key(const wchar_t *path);
void   place_value(const wchar_t *path, const wchar_t *name, DWORD type, const void *bytes, size_t length);
void   place_number(const wchar_t *path, const wchar_t *name, DWORD number);
void   place_value_remove(const wchar_t *path, const wchar_t *name);
void   place_key_remove(const wchar_t *path);

#endif
