#include "platform/system_dll.h"

#include <stdlib.h>

#include "core/text.h"
#include "platform/wide.h"
#include "platform/win32.h"

typedef UINT (WINAPI *folder_function)(LPWSTR buffer, UINT units);

static wchar_t *folder_with(folder_function ask, const wchar_t *name)      /* owned */
{
    UINT     room = ask(NULL, 0);
    wchar_t *folder = wz_new_array((size_t)room + 2, wchar_t);
    wchar_t *path;
    UINT     units = ask(folder, room + 1);

    if (units == 0 || units > room)
        units = 0;
    if (units > 0 && folder[units - 1] != L'\\')
        folder[units++] = L'\\';
    folder[units] = L'\0';
    path = wz_wide_join(folder, name);
    free(folder);
    return path;
}

static HMODULE load(const wchar_t *dll)                /* NULL; stays loaded */
{
    wchar_t *path = folder_with(GetSystemDirectoryW, dll);
    HMODULE  module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);

    free(path);
    return module;
}

wz_function wz_system_function(const wchar_t *dll, const char *name)
{
    HMODULE module = load(dll);

    return module == NULL ? NULL : (wz_function)GetProcAddress(module, name);
}

void wz_system_preload(void)
{
    /* No KnownDLLs of 6.0; wanted by user32, comctl32, comdlg32, shell32, advapi32, ole32 and by ourselves. oleacc
       comes when a screen reader asks for a control, sxs with COM. */
    static const wchar_t *const names[] = {
        L"uxtheme.dll", L"dwmapi.dll", L"version.dll", L"propsys.dll", L"apphelp.dll", L"ntmarta.dll", L"secur32.dll",
        L"userenv.dll", L"bcrypt.dll", L"msasn1.dll", L"crypt32.dll", L"wintrust.dll", L"cabinet.dll", L"netapi32.dll",
        L"winspool.drv", L"msimg32.dll", L"oleacc.dll", L"sxs.dll",
    };

    for (size_t i = 0; i < WZ_COUNT(names); i++)
        load(names[i]);
}

bool wz_is_wow64(void)
{
#ifdef _WIN64
    return false;
#else
    BOOL is_wow64 = FALSE;

    return IsWow64Process(GetCurrentProcess(), &is_wow64) && is_wow64;
#endif
}

/* Not GetWindowsDirectory: on a terminal server that is a folder of the user's own. */
wchar_t *wz_windows_path(const wchar_t *relative)
{
    return folder_with(GetSystemWindowsDirectoryW, relative);
}

static wchar_t *native_path_below(const wchar_t *folder, const wchar_t *name)
{
    wchar_t *relative = wz_wide_join(folder, name);
    wchar_t *path = wz_windows_path(relative);

    free(relative);
    return path;
}

wchar_t *wz_native_path(const wchar_t *name)
{
    return native_path_below(wz_is_wow64() ? L"Sysnative\\" : L"System32\\", name);
}

wchar_t *wz_native_path_shown(const wchar_t *name)
{
    return native_path_below(L"System32\\", name);
}
