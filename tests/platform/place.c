#include "platform/place.h"

#include "platform/system_dll.h"
#include "platform/wide.h"

static wchar_t *wide_of(const char *path)
{
    wchar_t *wide = wz_wide_path(path);

    assert_non_null(wide);
    return wide;
}

char *place_create(void)
{
    wchar_t temp[MAX_PATH + 1];
    wchar_t path[MAX_PATH + 40];

    assert_true(GetTempPathW(MAX_PATH, temp) > 0);
    for (unsigned i = 0;; i++) {
        swprintf(path, CHECK_COUNT(path), L"%lswz-%08lx-%u", temp, GetCurrentProcessId(), i);
        if (CreateDirectoryW(path, NULL))
            return wz_utf8_from_wide(path);
        assert_int_equal(GetLastError(), ERROR_ALREADY_EXISTS);
    }
}

static void remove_tree(const wchar_t *folder)
{
    wchar_t         *pattern = wz_wide_join(folder, L"\\*");
    WIN32_FIND_DATAW found;
    HANDLE           find = FindFirstFileW(pattern, &found);

    if (find != INVALID_HANDLE_VALUE) {
        do {
            wchar_t *start = wz_wide_join(folder, L"\\");
            wchar_t *path = wz_wide_join(start, found.cFileName);

            if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
                SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
                DeleteFileW(path);
            } else if (wcscmp(found.cFileName, L".") != 0 && wcscmp(found.cFileName, L"..") != 0) {
                remove_tree(path);
            }
            free(path);
            free(start);
        } while (FindNextFileW(find, &found));
        FindClose(find);
    }
    RemoveDirectoryW(folder);
    free(pattern);
}

void place_remove_tree(const char *path)
{
    wchar_t *wide = wide_of(path);
    wchar_t *any = wcsncmp(wide, L"\\\\?\\", 4) == 0 ? wz_wide_copy(wide) : wz_wide_join(L"\\\\?\\", wide);

    remove_tree(any);                                  /* whatever the names in it, and however long */
    free(any);
    free(wide);
}

void place_remove(char *folder)
{
    place_remove_tree(folder);
    assert_false(place_exists(folder));
    free(folder);
}

char *place_path(const char *folder, const char *name)
{
    wz_text path = { 0 };

    wz_text_add(&path, folder);
    wz_text_add(&path, "\\");
    wz_text_add(&path, name);
    return wz_text_take(&path);
}

HANDLE place_open(const char *path, DWORD access, DWORD share)
{
    wchar_t *wide = wide_of(path);
    HANDLE   file = CreateFileW(wide, access, share, NULL, OPEN_EXISTING, 0, NULL);
    DWORD    code = GetLastError();

    free(wide);
    SetLastError(code);
    return file;
}

void place_write(const char *path, const void *bytes, size_t length)
{
    wchar_t *wide = wide_of(path);
    HANDLE   file = CreateFileW(wide, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD    written = 0;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, bytes, (DWORD)length, &written, NULL));
    assert_int_equal(written, length);
    CloseHandle(file);
    free(wide);
}

BYTE place_byte(size_t index)
{
    return (BYTE)(index * 31u + index / 256u + 7u);
}

void place_fill(const char *path, size_t length)
{
    BYTE *bytes = malloc(length + 1);

    assert_non_null(bytes);
    for (size_t i = 0; i < length; i++)
        bytes[i] = place_byte(i);
    place_write(path, bytes, length);
    free(bytes);
}

size_t place_count(const char *folder)
{
    char            *all = place_path(folder, "*");
    wchar_t         *pattern = wz_wide_from_utf8(all);
    size_t           count = 0;
    WIN32_FIND_DATAW found;
    HANDLE           find = FindFirstFileW(pattern, &found);

    assert_true(find != INVALID_HANDLE_VALUE);
    do {
        if (wcscmp(found.cFileName, L".") != 0 && wcscmp(found.cFileName, L"..") != 0)
            count++;
    } while (FindNextFileW(find, &found));
    FindClose(find);
    free(pattern);
    free(all);
    return count;
}

bool place_exists(const char *path)
{
    wchar_t *wide = wide_of(path);
    bool     exists = GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES;

    free(wide);
    return exists;
}

void place_delete(const char *path)
{
    wchar_t *wide = wide_of(path);

    assert_true(DeleteFileW(wide));
    free(wide);
}

typedef unsigned long msi_handle;
typedef UINT (WINAPI *open_function)(const wchar_t *path, const wchar_t *persist, msi_handle *out);
typedef UINT (WINAPI *view_function)(msi_handle database, const wchar_t *query, msi_handle *out);
typedef UINT (WINAPI *execute_function)(msi_handle view, msi_handle record);
typedef UINT (WINAPI *one_function)(msi_handle any);

bool place_installer(const char *path, const wchar_t *const queries[], size_t count)
{
    open_function    open = (open_function)wz_system_function(L"msi.dll", "MsiOpenDatabaseW");
    view_function    view = (view_function)wz_system_function(L"msi.dll", "MsiDatabaseOpenViewW");
    execute_function execute = (execute_function)wz_system_function(L"msi.dll", "MsiViewExecute");
    one_function     commit = (one_function)wz_system_function(L"msi.dll", "MsiDatabaseCommit");
    one_function     close = (one_function)wz_system_function(L"msi.dll", "MsiCloseHandle");
    wchar_t         *wide;
    msi_handle       database, query;

    if (open == NULL)
        return false;
    wide = wide_of(path);
    assert_int_equal(open(wide, (const wchar_t *)3 /* MSIDBOPEN_CREATE */, &database), ERROR_SUCCESS);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(view(database, queries[i], &query), ERROR_SUCCESS);
        assert_int_equal(execute(query, 0), ERROR_SUCCESS);
        close(query);
    }
    assert_int_equal(commit(database), ERROR_SUCCESS);
    close(database);
    free(wide);
    return true;
}

static HKEY key_make(const wchar_t *path)
{
    HKEY key = NULL;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key,
                                     NULL), ERROR_SUCCESS);
    return key;
}

void place_key(const wchar_t *path)
{
    RegCloseKey(key_make(path));
}

void place_value(const wchar_t *path, const wchar_t *name, DWORD type, const void *bytes, size_t length)
{
    HKEY key = key_make(path);

    assert_int_equal(RegSetValueExW(key, name, 0, type, bytes, (DWORD)length), ERROR_SUCCESS);
    RegCloseKey(key);
}

void place_number(const wchar_t *path, const wchar_t *name, DWORD number)
{
    place_value(path, name, REG_DWORD, &number, sizeof number);
}

void place_value_remove(const wchar_t *path, const wchar_t *name)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, &key) == ERROR_SUCCESS) {
        RegDeleteValueW(key, name);
        RegCloseKey(key);
    }
}

void place_key_remove(const wchar_t *path)
{
    HKEY    key;
    wchar_t name[256];

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS)
        return;
    for (;;) {
        DWORD    units = (DWORD)CHECK_COUNT(name);
        wchar_t *below, *child;

        if (RegEnumKeyExW(key, 0, name, &units, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
            break;
        below = wz_wide_join(path, L"\\");
        child = wz_wide_join(below, name);
        place_key_remove(child);
        free(child);
        free(below);
    }
    RegCloseKey(key);
    assert_int_equal(RegDeleteKeyExW(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, 0), ERROR_SUCCESS);
}
