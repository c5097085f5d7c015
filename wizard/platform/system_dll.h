/*
 * system_dll: DLLs and folders of this Windows, asked for at run time.
 *
 * A planted file beside the program could take the place of a DLL of the same name: Windows looks there first for every
 * import, before a line of ours runs, except for its KnownDLLs and for comctl32, which the manifest binds to WinSxS.
 * The list is in tests/lint/check_exe.py. So a DLL is loaded only from the system folder by its full path, never by the
 * search order, and stays loaded. Any thread.
 */
#ifndef WZ_PLATFORM_SYSTEM_DLL_H
#define WZ_PLATFORM_SYSTEM_DLL_H

#include <stdbool.h>
#include <wchar.h>

typedef void (*wz_function)(void);      /* cast to the real type */

/* NULL when either is missing. The product asks by wz_late alone, see late.h. */
wz_function wz_system_function(const wchar_t *dll, const char *name);

/*
 * Load by full path what Windows itself would load later by name, looking beside the program first: a name that is
 * loaded is not looked for again. For a Windows without SetDefaultDllDirectories. What is not there is left out.
 */
void wz_system_preload(void);

bool wz_is_wow64(void);                 /* an x86 program on a 64-bit Windows */

/* Owned by the caller. */
wchar_t *wz_windows_path(const wchar_t *relative);    /* C:\Windows\<relative> */
wchar_t *wz_native_path(const wchar_t *name);         /* the machine's own System32: Sysnative seen from WOW64 */
wchar_t *wz_native_path_shown(const wchar_t *name);   /* the same for people and for other processes: System32 */

#endif
