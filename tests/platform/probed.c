#include "platform/probed.h"

#include "platform/system_dll.h"
#include "platform/wide.h"

wz_snapshot *probed_ask(probed_run run)
{
    wz_snapshot *snapshot = wz_snapshot_create();

    run(snapshot);
    return snapshot;
}

void probed_check(probed_run run, wz_fact_id id, const char *want)
{
    wz_snapshot *snapshot = probed_ask(run);

    if (want == NULL && snapshot->facts[id].state != WZ_FACT_ABSENT)
        fail_msg("%s is %d, not absent", wz_fact_name(id), (int)snapshot->facts[id].state);
    CHECK_TEXT(wz_snapshot_text(snapshot, id), want);
    wz_snapshot_free(snapshot);
}

char *probed_path(const char *relative)
{
    wchar_t *wide = wz_windows_path(L"");
    char    *windows = wz_utf8_from_wide(wide);
    wz_text  path = { 0 };

    wz_text_add(&path, windows);
    wz_text_add(&path, relative);
    free(windows);
    free(wide);
    return wz_text_take(&path);
}

void probed_folder(const char *relative)
{
    char    *path = probed_path(relative);
    wchar_t *wide = wz_wide_from_utf8(path);

    assert_true(CreateDirectoryW(wide, NULL) || GetLastError() == ERROR_ALREADY_EXISTS);
    free(wide);
    free(path);
}

void probed_folder_remove(const char *relative)
{
    char *path = probed_path(relative);

    place_remove_tree(path);
    free(path);
}
