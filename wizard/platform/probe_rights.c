#include "platform/probe.h"
#include "platform/rights.h"

static bool token_has_administrators(HANDLE token, unsigned *code)      /* NULL: this process */
{
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
    PSID                     group;
    BOOL                     is_member = FALSE;

    if (!AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID, DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0,
                                  &group)) {
        *code = GetLastError();
        return false;
    }
    if (!CheckTokenMembership(token, group, &is_member))
        *code = GetLastError();
    FreeSid(group);
    return is_member != FALSE;
}

bool wz_rights_is_administrator(unsigned *code)
{
    *code = ERROR_SUCCESS;
    return token_has_administrators(NULL, code);
}

bool wz_rights_can_elevate(unsigned *code)
{
    TOKEN_ELEVATION_TYPE type = TokenElevationTypeDefault;
    TOKEN_LINKED_TOKEN   linked = { NULL };
    bool                 can = false;
    HANDLE               token;
    DWORD                length;

    *code = ERROR_SUCCESS;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
        *code = GetLastError();
        return false;
    }
    if (!GetTokenInformation(token, TokenElevationType, &type, sizeof type, &length)) {
        *code = GetLastError();
    } else if (type == TokenElevationTypeLimited) {
        if (!GetTokenInformation(token, TokenLinkedToken, &linked, sizeof linked, &length)) {
            *code = GetLastError();
        } else {
            can = token_has_administrators(linked.LinkedToken, code);
            CloseHandle(linked.LinkedToken);
        }
    }
    CloseHandle(token);
    return can;
}

bool wz_rights_enable(const wchar_t *privilege)
{
    TOKEN_PRIVILEGES wanted = { .PrivilegeCount = 1 };
    bool             is_enabled = false;
    HANDLE           token;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, &token))
        return false;
    wanted.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    if (LookupPrivilegeValueW(NULL, privilege, &wanted.Privileges[0].Luid))
        is_enabled = AdjustTokenPrivileges(token, FALSE, &wanted, 0, NULL, NULL) && GetLastError() == ERROR_SUCCESS;
    CloseHandle(token);
    return is_enabled;
}

static void flag_set(wz_snapshot *out, wz_fact_id id, const char *source, bool flag, unsigned code)
{
    if (code != ERROR_SUCCESS)
        wz_fact_unreadable(out, id, wz_windows_time(), source, code);
    else
        wz_probe_known(out, id, source, flag ? "1" : "0");
}

void wz_probe_rights(wz_snapshot *out)
{
    unsigned code;
    bool     flag = wz_rights_is_administrator(&code);

    flag_set(out, WZ_FACT_ADMINISTRATOR, "API CheckTokenMembership", flag, code);
    flag = wz_rights_can_elevate(&code);
    flag_set(out, WZ_FACT_CAN_ELEVATE, "API TokenLinkedToken", flag, code);
    flag = GetSystemMetrics(SM_REMOTESESSION) != 0;
    flag_set(out, WZ_FACT_REMOTE_SESSION, "API GetSystemMetrics", flag, ERROR_SUCCESS);
}
