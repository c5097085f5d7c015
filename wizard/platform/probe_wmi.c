/* What only Windows Management Instrumentation tells: its own idea of the version, the hotfixes, the licences. */
#include <stdlib.h>
#include <string.h>

#include "platform/probe.h"
#include "platform/wmi.h"

#define TIMED_OUT 0x40004u              /* WBEM_S_TIMEDOUT: no answer in time, which a fact says with code 0 */

static void unreadable(wz_snapshot *out, wz_fact_id id, const char *source, unsigned code)
{
    wz_fact_unreadable(out, id, wz_windows_time(), source, code == TIMED_OUT ? 0 : code);
}

static unsigned ask(const wchar_t *query, const wchar_t *const columns[], size_t count, wz_wmi_row row, void *context)
{
    wz_wmi  *wmi = NULL;
    unsigned code = wz_wmi_open(&wmi);

    if (code == 0)
        code = wz_wmi_query(wmi, query, columns, count, row, context);
    wz_wmi_close(wmi);
    return code;
}

typedef struct system_answer { char *version, *caption; } system_answer;

static void system_row(void *context, const char *const values[])
{
    system_answer *answer = context;

    free(answer->version);
    free(answer->caption);
    answer->version = wz_copy(values[0]);
    answer->caption = wz_copy(values[1]);
}

static void answer_set(wz_snapshot *out, wz_fact_id id, const char *source, unsigned code, const char *value)
{
    if (code != 0)
        unreadable(out, id, source, code);
    else if (value == NULL)
        wz_probe_absent(out, id, source);
    else
        wz_probe_known(out, id, source, value);
}

void wz_probe_wmi_system(wz_snapshot *out)
{
    static const wchar_t *const columns[] = { L"Version", L"Caption" };
    static const char source[] = "WMI Win32_OperatingSystem";
    system_answer     answer = { NULL, NULL };
    wz_version        version;
    unsigned          code = ask(L"SELECT Version, Caption FROM Win32_OperatingSystem", columns, WZ_COUNT(columns),
                                 system_row, &answer);

    answer_set(out, WZ_FACT_CAPTION, source, code, answer.caption);
    if (code == 0 && answer.version != NULL && !wz_version_parse(answer.version, &version))
        code = ERROR_INVALID_DATA;
    answer_set(out, WZ_FACT_VERSION_WMI, source, code, answer.version);
    free(answer.version);
    free(answer.caption);
}

static void hotfix_row(void *context, const char *const values[])
{
    if (values[0] != NULL)
        wz_snapshot_add_hotfix(context, values[0]);
}

void wz_probe_wmi_hotfixes(wz_snapshot *out)
{
    static const wchar_t *const columns[] = { L"HotFixID" };
    static const char source[] = "WMI Win32_QuickFixEngineering";
    unsigned code = ask(L"SELECT HotFixID FROM Win32_QuickFixEngineering", columns, 1, hotfix_row, out);

    if (code != 0)
        unreadable(out, WZ_FACT_HOTFIXES, source, code);
    else
        wz_probe_number(out, WZ_FACT_HOTFIXES, source, out->hotfix_count);
}

/* servicing.md 4A */
static const struct { wz_fact_id fact; const char *id; } licences[] = {
    { WZ_FACT_ESU_YEAR1,   "553673ed-6ddf-419c-a153-b760283472fd" },
    { WZ_FACT_ESU_YEAR2,   "04fa0286-fa74-401e-bbe9-fbfbb158010d" },
    { WZ_FACT_ESU_YEAR3,   "16c08c85-0c8b-4009-9b2b-f1f7319e45f9" },
    { WZ_FACT_ESU_YEAR4,   "32163ff8-e96d-40b1-973c-44b9bf096d83" },
    { WZ_FACT_ESU_YEAR5,   "338554b7-6f0a-48b6-aef3-ff6b42f1398b" },
    { WZ_FACT_ESU_YEAR6,   "0ed79ef1-052c-4362-9cdc-5141491d06dd" },
    { WZ_FACT_ESU_PREMIUM, "8e7bfb1e-acc1-4f56-abae-b80fce56cd4b" },
};

static void licence_row(void *context, const char *const values[])
{
    char   **statuses = context;

    for (size_t i = 0; i < WZ_COUNT(licences); i++)
        if (values[0] != NULL && values[1] != NULL && wz_equal_nocase(values[0], licences[i].id)) {
            free(statuses[i]);
            statuses[i] = wz_copy(values[1]);
        }
}

/*
 * Rows that have a key: without that condition the list also holds every edition that could be installed (servicing.md
 * 4B). The key's last part is only compared with NULL by the service; it is never read. One question for all, because
 * the service goes through all its products for each.
 */
void wz_probe_wmi_licence(wz_snapshot *out)
{
    static const wchar_t *const columns[] = { L"ID", L"LicenseStatus" };
    static const wchar_t query[] =
        L"SELECT ID, LicenseStatus FROM SoftwareLicensingProduct WHERE PartialProductKey IS NOT NULL";
    static const char source[] = "WMI SoftwareLicensingProduct";
    char    *statuses[WZ_COUNT(licences)] = { NULL };
    unsigned code = ask(query, columns, WZ_COUNT(columns), licence_row, statuses);

    for (size_t i = 0; i < WZ_COUNT(licences); i++) {
        uint64_t number;

        if (code == 0 && statuses[i] != NULL && !wz_parse_number(statuses[i], &number))
            unreadable(out, licences[i].fact, source, ERROR_INVALID_DATA);
        else
            answer_set(out, licences[i].fact, source, code, statuses[i]);
        free(statuses[i]);
    }
}
