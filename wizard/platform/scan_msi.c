/* See scan_look.h. msi.h: MsiOpenDatabase, MsiDatabaseOpenView; tables as in "Installer Database Reference". */
#include <stdlib.h>
#include <string.h>

#include "platform/late.h"
#include "platform/scan_look.h"
#include "platform/wide.h"

typedef unsigned long msi_handle;
typedef UINT (WINAPI *open_function)(const wchar_t *path, const wchar_t *persist, msi_handle *out);
typedef UINT (WINAPI *view_function)(msi_handle database, const wchar_t *query, msi_handle *out);
typedef UINT (WINAPI *execute_function)(msi_handle view, msi_handle record);
typedef UINT (WINAPI *fetch_function)(msi_handle view, msi_handle *record);
typedef UINT (WINAPI *string_function)(msi_handle record, UINT field, wchar_t *text, DWORD *units);
typedef UINT (WINAPI *close_function)(msi_handle any);

typedef struct msi {
    open_function    open;
    view_function    view;
    execute_function execute;
    fetch_function   fetch;
    string_function  string;
    close_function   close;
} msi;

enum { MOST_ROWS = 100000, MOST_CONDITION = 4096 };

/* By full path from the system folder, only when such a database is met. */
static bool msi_load(msi *to)
{
    to->open = (open_function)wz_late(WZ_LATE_MsiOpenDatabaseW);
    to->view = (view_function)wz_late(WZ_LATE_MsiDatabaseOpenViewW);
    to->execute = (execute_function)wz_late(WZ_LATE_MsiViewExecute);
    to->fetch = (fetch_function)wz_late(WZ_LATE_MsiViewFetch);
    to->string = (string_function)wz_late(WZ_LATE_MsiRecordGetStringW);
    to->close = (close_function)wz_late(WZ_LATE_MsiCloseHandle);
    return to->open != NULL && to->view != NULL && to->execute != NULL && to->fetch != NULL && to->string != NULL
        && to->close != NULL;
}

static char *condition_of(const msi *with, msi_handle record)
{
    wchar_t *text;
    DWORD    units = 0;
    char    *utf8 = NULL;

    with->string(record, 1, (wchar_t[]){ L'\0' }, &units);
    if (units == 0 || units > MOST_CONDITION)
        return NULL;
    text = wz_new_array((size_t)units + 2, wchar_t);
    units += 1;
    if (with->string(record, 1, text, &units) == ERROR_SUCCESS)
        utf8 = wz_utf8_for_display(text, wcslen(text));
    free(text);
    return utf8;
}

static void read_table(const msi *with, msi_handle database, const wchar_t *table, wz_conditions *out)
{
    wchar_t   *begin = wz_wide_join(L"SELECT `Condition` FROM `", table), *query = wz_wide_join(begin, L"`");
    char      *name = wz_utf8_from_wide(table);
    msi_handle view = 0, record = 0;

    if (with->view(database, query, &view) == ERROR_SUCCESS && with->execute(view, 0) == ERROR_SUCCESS)
        for (unsigned i = 0; i < MOST_ROWS && with->fetch(view, &record) == ERROR_SUCCESS; i++) {
            char *condition = condition_of(with, record);

            if (condition != NULL)
                wz_conditions_add(out, name, condition);
            free(condition);
            with->close(record);
        }
    if (view != 0)
        with->close(view);
    free(name);
    free(query);
    free(begin);
}

void wz_look_msi(const wchar_t *path, const char *shown, wz_findings *findings)
{
    static const wchar_t *const tables[] = {
        L"LaunchCondition", L"InstallExecuteSequence", L"InstallUISequence", L"Component", L"Condition",
        L"AdminExecuteSequence", L"ControlCondition", L"ControlEvent",
    };
    wz_conditions conditions = { 0 };
    wz_findings   precise = { 0 };
    msi_handle    database = 0;
    msi           with;

    if (!msi_load(&with) || with.open(path, NULL /* MSIDBOPEN_READONLY */, &database) != ERROR_SUCCESS)
        return;
    for (size_t i = 0; i < WZ_COUNT(tables); i++)
        read_table(&with, database, tables[i], &conditions);
    with.close(database);
    wz_msi_scan_conditions(shown, &conditions, &precise);
    wz_conditions_clear(&conditions);
    if (precise.count > 0) {                           /* else the texts stand where none of these tables shows them */
        wz_findings_clear(findings);
        *findings = precise;
    }
}
