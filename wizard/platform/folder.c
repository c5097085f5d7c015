/*
 * The data folder: what is read from there after a restart is believed, so nobody but administrators and the system may
 * write there. A folder that somebody else put in its place, or could have put something into, is refused.
 */
#include <stdlib.h>

#include "platform/context.h"
#include "platform/files.h"
#include "platform/rights.h"
#include "platform/wide.h"

#include <aclapi.h>
#include <sddl.h>
#include <shlobj.h>

#define FOLDER_NAME L"\\Build6003Wizard"

/* Owner administrators; full control for the system and administrators, inherited, nothing from above. */
#define PROTECTED L"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"

static bool token_has(HANDLE token, TOKEN_INFORMATION_CLASS what, BYTE *buffer, DWORD room)
{
    DWORD length;

    return GetTokenInformation(token, what, buffer, room, &length) != FALSE;
}

/*
 * What this process creates belongs to that owner. The token's owner says so; in Wine 8 that is a group that never
 * owns a file, and the token's user does. An administrator's token of Windows names the administrators, and then what
 * the same person made without elevation is a stranger's.
 */
static bool token_owns(PSID owner)
{
    BYTE   buffer[sizeof(TOKEN_OWNER) + SECURITY_MAX_SID_SIZE];
    BYTE   person[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    HANDLE token;
    bool   is_same = false;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return false;
    if (token_has(token, TokenOwner, buffer, sizeof buffer) && token_has(token, TokenUser, person, sizeof person)) {
        PSID named = ((const TOKEN_OWNER *)(const void *)buffer)->Owner;

        is_same = EqualSid(named, owner) || (!IsWellKnownSid(named, WinBuiltinAdministratorsSid) &&
                                             EqualSid(((const TOKEN_USER *)(const void *)person)->User.Sid, owner));
    }
    CloseHandle(token);
    return is_same;
}

static bool owner_is_trusted(PSID owner)
{
    return IsWellKnownSid(owner, WinBuiltinAdministratorsSid) || IsWellKnownSid(owner, WinLocalSystemSid) ||
           token_owns(owner);
}

/* Rights by which somebody can put a file into a folder, take one away, or give himself that right. */
#define CHANGES (FILE_ADD_FILE | FILE_ADD_SUBDIRECTORY | FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES | FILE_DELETE_CHILD | \
                 DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL)

/* An entry that gives no stranger such a right. The creator-owner is whoever makes something in the folder. */
static bool entry_is_harmless(const ACE_HEADER *entry)
{
    const ACCESS_ALLOWED_ACE *allowed = (const ACCESS_ALLOWED_ACE *)(const void *)entry;
    PSID                      whom = (PSID)(uintptr_t)&allowed->SidStart;

    if (entry->AceType == ACCESS_DENIED_ACE_TYPE)
        return true;
    if (entry->AceType != ACCESS_ALLOWED_ACE_TYPE)
        return false;
    return (allowed->Mask & CHANGES) == 0 || owner_is_trusted(whom) ||
           ((entry->AceFlags & INHERIT_ONLY_ACE) != 0 && IsWellKnownSid(whom, WinCreatorOwnerSid));
}

/*
 * An administrator's folder is not one of ours for that alone: who may change a folder of some program below
 * ProgramData may also give it our name, with a journal of his own in it.
 */
static bool is_closed_to_strangers(PACL list)
{
    void *entry;

    if (list == NULL)
        return false;
    for (DWORD i = 0; i < list->AceCount; i++)
        if (!GetAce(list, i, &entry) || !entry_is_harmless(entry))
            return false;
    return true;
}

/* Looks at what stands there without following a link. ERROR_INVALID_OWNER: a plain folder, but one where a stranger
   was or could be at work. */
static DWORD folder_take(const wchar_t *path, PSECURITY_DESCRIPTOR wanted, bool is_new)
{
    BY_HANDLE_FILE_INFORMATION info;
    PSECURITY_DESCRIPTOR       found = NULL;
    PSID                       owner = NULL;
    PACL                       list = NULL;
    DWORD                      code = ERROR_SUCCESS;
    HANDLE                     folder;

    folder = CreateFileW(path, READ_CONTROL | WRITE_DAC | FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE,
                         NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    if (folder == INVALID_HANDLE_VALUE)
        return GetLastError();
    if (!GetFileInformationByHandle(folder, &info))
        code = GetLastError();
    else if ((info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0 ||
             (info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
        code = ERROR_CANT_ACCESS_FILE;
    else if (!is_new)
        code = GetSecurityInfo(folder, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner,
                               NULL, &list, NULL, &found);
    if (code == ERROR_SUCCESS && !is_new && (!owner_is_trusted(owner) || !is_closed_to_strangers(list)))
        code = ERROR_INVALID_OWNER;
    /* Of the folder alone: what is in it was made under the same rights. */
    if (code == ERROR_SUCCESS &&
        !SetKernelObjectSecurity(folder, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, wanted))
        code = GetLastError();
    LocalFree(found);
    CloseHandle(folder);
    return code;
}

static DWORD folder_make(const wchar_t *path, PSECURITY_DESCRIPTOR wanted)
{
    SECURITY_ATTRIBUTES attributes = { sizeof attributes, wanted, FALSE };
    bool                is_new = CreateDirectoryW(path, &attributes) != FALSE;
    DWORD               code = is_new ? ERROR_SUCCESS : GetLastError();

    if (code != ERROR_SUCCESS && code != ERROR_ALREADY_EXISTS)
        return code;
    return folder_take(path, wanted, is_new);
}

wz_status wz_folder_prepare(const char *path, wz_error *err)
{
    PSECURITY_DESCRIPTOR wanted = NULL;
    wchar_t             *wide = wz_wide_path(path);
    DWORD                code = ERROR_SUCCESS;

    if (wide == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, path);
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(PROTECTED, SDDL_REVISION_1, &wanted, NULL))
        code = GetLastError();
    else if ((code = folder_make(wide, wanted)) == ERROR_INVALID_OWNER && RemoveDirectoryW(wide))
        code = folder_make(wide, wanted);              /* it was empty: nothing in it could be believed or lost */
    LocalFree(wanted);
    free(wide);
    if (code == ERROR_CANT_ACCESS_FILE)
        return wz_fail(err, WZ_E_DENIED, code, path);
    return code == ERROR_SUCCESS ? WZ_OK : wz_fail_code(err, code, path);
}

wz_status wz_folder_inside(const char *path, wz_error *err)
{
    wchar_t *wide = wz_wide_path(path);
    DWORD    code = ERROR_SUCCESS;
    DWORD    attributes;

    if (wide == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, ERROR_INVALID_NAME, path);
    if (!CreateDirectoryW(wide, NULL) && (code = GetLastError()) == ERROR_ALREADY_EXISTS) {
        attributes = GetFileAttributesW(wide);
        code = attributes == INVALID_FILE_ATTRIBUTES ? GetLastError()
             : (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0 || (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0
             ? ERROR_ACCESS_DENIED : ERROR_SUCCESS;
    }
    free(wide);
    return code == ERROR_SUCCESS ? WZ_OK : wz_fail_code(err, code, path);
}

static wz_status folder_find(wz_windows *self, wz_error *err)
{
    wchar_t  common[MAX_PATH];
    wchar_t *wide;
    HRESULT  result;

    if (self->data_folder != NULL)
        return WZ_OK;
    result = SHGetFolderPathW(NULL, CSIDL_COMMON_APPDATA, NULL, SHGFP_TYPE_CURRENT, common);
    if (FAILED(result))
        return wz_fail(err, WZ_E_SYSTEM, (unsigned)result, "ProgramData");
    wide = wz_wide_join(common, FOLDER_NAME);
    self->data_folder = wz_utf8_from_wide(wide);
    free(wide);
    if (self->data_folder == NULL)
        return wz_fail(err, WZ_E_SYSTEM, ERROR_NO_UNICODE_TRANSLATION, "ProgramData");
    return WZ_OK;
}

static bool is_anything_there(const char *path)
{
    wchar_t *wide = wz_wide_path(path);
    bool     is_there = wide != NULL && GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES;

    free(wide);
    return is_there;
}

static wz_status folder_data(wz_windows *self, bool make, const char **path, wz_error *err)
{
    unsigned  code = ERROR_SUCCESS;
    wz_status status = folder_find(self, err);

    /* Without the right to protect it, only look: whoever creates it owns it. Nothing is installed that way. */
    if (status == WZ_OK && !self->has_data_folder && (make || is_anything_there(self->data_folder)) &&
        wz_rights_is_administrator(&code)) {
        status = wz_folder_prepare(self->data_folder, err);
        self->has_data_folder = status == WZ_OK;
    }
    if (status == WZ_OK)
        *path = self->data_folder;
    return status;
}

wz_status wz_folder_data(wz_windows *self, const char **path, wz_error *err)
{
    return folder_data(self, false, path, err);
}

wz_status wz_folder_data_make(wz_windows *self, const char **path, wz_error *err)
{
    return folder_data(self, true, path, err);
}
