/*
 * win32: the one place that includes windows.h, so that every file sees it with the same definitions.
 *
 * Special headers (wintrust.h, wbemidl.h, …) are included after this one by the file that needs them.
 */
#ifndef WZ_PLATFORM_WIN32_H
#define WZ_PLATFORM_WIN32_H

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef COBJMACROS
#define COBJMACROS
#endif

#include <windows.h>

#endif
