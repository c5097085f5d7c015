/*
 * windows: core/platform.h on Windows.
 *
 * The only entry to this folder for the program: create one platform, hand it to the engine, free it at the end. What
 * each function does is said in core/platform.h. Several threads may use one platform, one call at a time.
 */
#ifndef WZ_PLATFORM_WINDOWS_H
#define WZ_PLATFORM_WINDOWS_H

#include "core/platform.h"

/*
 * First thing in the program, before any DLL is loaded: a damaged heap ends the process, DLLs are never looked for in
 * the current folder, and a missing disk shows no message box. Cannot fail; what an old Windows lacks is left out.
 */
void wz_platform_harden(void);

wz_platform *wz_windows_create(void);                 /* never NULL; its context is its own */
void         wz_windows_free(wz_platform *platform);  /* lets go of held copies and of the claim; NULL is fine */

#endif
