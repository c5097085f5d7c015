#include "platform/windows.h"

#include <stdlib.h>
#include <string.h>

#include "platform/context.h"
#include "platform/digest.h"
#include "platform/files.h"
#include "platform/late.h"
#include "platform/message.h"
#include "platform/paper.h"
#include "platform/probe.h"
#include "platform/system_dll.h"
#include "resource.h"

typedef BOOL (WINAPI *directories_function)(DWORD flags);

void wz_platform_harden(void)
{
    directories_function set_directories;

    HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);
    SetDllDirectoryW(L"");
    /* On NT 6.0 only with KB2533623: then DLLs come from System32 alone. */
    set_directories = (directories_function)wz_late(WZ_LATE_SetDefaultDllDirectories);
    if (set_directories != NULL)
        set_directories(0x00000800);                   /* LOAD_LIBRARY_SEARCH_SYSTEM32 */
    else
        wz_system_preload();
}

static wz_view windows_resource(void *context, wz_resource which)
{
    static const struct { wz_resource which; unsigned id; } ids[] = {
        { WZ_RESOURCE_CATALOGUE,        IDR_CATALOGUE        },
        { WZ_RESOURCE_CATALOGUE_SCHEMA, IDR_CATALOGUE_SCHEMA },
        { WZ_RESOURCE_SNAPSHOT_SCHEMA,  IDR_SNAPSHOT_SCHEMA  },
        { WZ_RESOURCE_REPORT_SCHEMA,    IDR_REPORT_SCHEMA    },
        { WZ_RESOURCE_JOURNAL_SCHEMA,   IDR_JOURNAL_SCHEMA   },
        { WZ_RESOURCE_NOTICE,           IDR_NOTICE           },
        { WZ_RESOURCE_SUPPRESSIONS_SCHEMA, IDR_SUPPRESSIONS_SCHEMA },
    };
    wz_view view = { "", 0 };

    (void)context;
    for (size_t i = 0; i < WZ_COUNT(ids); i++) {
        HRSRC   found;
        HGLOBAL data;

        if (ids[i].which != which)
            continue;
        found = FindResourceW(NULL, MAKEINTRESOURCEW(ids[i].id), RT_RCDATA);
        data = found == NULL ? NULL : LoadResource(NULL, found);
        if (data != NULL)
            view = (wz_view){ LockResource(data), SizeofResource(NULL, found) };
    }
    return view;
}

static wz_time windows_now(void *context)
{
    (void)context;
    return wz_windows_time();
}

#define EPOCH_SECONDS 11644473600ll             /* from 1601 to 1970, the two calendars' beginnings */

static int windows_local_minutes(void *context, wz_time time)
{
    ULARGE_INTEGER ticks = { .QuadPart = (uint64_t)(time + EPOCH_SECONDS) * 10000000u }, there;
    FILETIME       utc = { ticks.LowPart, ticks.HighPart }, local;
    SYSTEMTIME     fields, local_fields;

    (void)context;
    if (!FileTimeToSystemTime(&utc, &fields) || !SystemTimeToTzSpecificLocalTime(NULL, &fields, &local_fields) ||
        !SystemTimeToFileTime(&local_fields, &local))
        return 0;
    there = (ULARGE_INTEGER){ { local.dwLowDateTime, local.dwHighDateTime } };
    return (int)((int64_t)(there.QuadPart - ticks.QuadPart) / (60 * 10000000ll));
}

static uint64_t windows_ticks(void *context)
{
    (void)context;
    return GetTickCount64();
}

static wz_status windows_probe(void *context, const wz_progress *progress, wz_snapshot **out, wz_error *err)
{
    (void)context;
    return wz_probe(progress, out, err);
}

static wz_status windows_read_file(void *context, const char *path, size_t limit, wz_text *out, wz_error *err)
{
    (void)context;
    return wz_files_read(path, limit, out, err);
}

static wz_status windows_write_file(void *context, const char *path, wz_view bytes, wz_error *err)
{
    (void)context;
    return wz_files_write(path, bytes, err);
}

static wz_status windows_remove_file(void *context, const char *path, wz_error *err)
{
    (void)context;
    return wz_files_remove(path, err);
}

static wz_status windows_list_media(void *context, const char *folder, wz_files *out, wz_error *err)
{
    (void)context;
    return wz_media_list(folder, out, err);
}

static wz_status windows_examine(void *context, wz_file *file, const wz_progress *progress)
{
    (void)context;
    return wz_media_examine(file, progress);
}

static wz_status windows_examine_all(void *context, wz_files *files, const wz_progress *progress)
{
    (void)context;
    return wz_media_examine_all(files, progress);
}

static wz_status windows_scan(void *context, const char *folder, const wz_progress *progress, wz_scan_result *out,
                              wz_error *err)
{
    (void)context;
    return wz_scan_run(folder, progress, out, err);
}

static void windows_sha256(void *context, wz_view bytes, char out[65])
{
    (void)context;
    if (wz_digest_bytes(bytes, out, NULL) != WZ_OK)
        memset(out, 0, 65);                            /* equals no digest, so whoever compares refuses */
}

static wz_status windows_data_folder(void *context, wz_text *out, wz_error *err)
{
    const char *path;
    wz_status   status = wz_folder_data(context, &path, err);

    if (status == WZ_OK)
        wz_text_add(out, path);
    return status;
}

static wz_status windows_stage(void *context, const wz_file *file, wz_file *out, const wz_progress *progress,
                               wz_error *err)
{
    return wz_stage(context, file, out, progress, err);
}

static void windows_unstage(void *context)
{
    wz_stage_release(context);
}

static wz_status windows_free_space(void *context, uint64_t *bytes, wz_error *err)
{
    (void)context;
    return wz_space_free(bytes, err);
}

static wz_status windows_claim(void *context, wz_error *err)
{
    return wz_instance_claim(context, err);
}

static void windows_release(void *context)
{
    wz_instance_release(context);
}

static void windows_install(void *context, const wz_file *staged, wz_install_result *out)
{
    (void)context;
    wz_install(staged, out);
}

static wz_status windows_arrange_resume(void *context, const char *switches, wz_error *err)
{
    return wz_restart_arrange(context, switches, err);
}

static void windows_cancel_resume(void *context)
{
    (void)context;
    wz_restart_forget();
}

static wz_status windows_restart(void *context, wz_error *err)
{
    (void)context;
    return wz_restart_now(err);
}

static void windows_keep_awake(void *context, bool on)
{
    (void)context;
    SetThreadExecutionState(on ? ES_CONTINUOUS | ES_SYSTEM_REQUIRED : ES_CONTINUOUS);
}

static void windows_system_text(void *context, uint32_t code, wz_text *out)
{
    (void)context;
    wz_message_text(code, out);
}

static void windows_pause(void *context, unsigned milliseconds)
{
    (void)context;
    Sleep(milliseconds);
}

static wz_status windows_find_printer(void *context, const char *name, wz_text *out, wz_error *err)
{
    (void)context;
    return wz_printer_find(name, out, err);
}

static wz_status windows_print(void *context, const char *printer, const wz_report *report, const wz_words *words,
                               const wz_progress *progress, size_t *pages, wz_error *err)
{
    (void)context;
    return wz_printer_print(printer, report, words, progress, pages, err);
}

wz_platform *wz_windows_create(void)
{
    wz_platform *platform = wz_new(wz_platform);

    *platform = (wz_platform){
        .context = wz_new(wz_windows),
        .resource = windows_resource,
        .now = windows_now,
        .local_minutes = windows_local_minutes,
        .ticks_ms = windows_ticks,
        .probe = windows_probe,
        .read_file = windows_read_file,
        .write_file = windows_write_file,
        .remove_file = windows_remove_file,
        .list_media = windows_list_media,
        .examine = windows_examine,
        .examine_all = windows_examine_all,
        .scan = windows_scan,
        .sha256 = windows_sha256,
        .data_folder = windows_data_folder,
        .stage = windows_stage,
        .unstage = windows_unstage,
        .free_space = windows_free_space,
        .claim = windows_claim,
        .release = windows_release,
        .install = windows_install,
        .arrange_resume = windows_arrange_resume,
        .cancel_resume = windows_cancel_resume,
        .restart = windows_restart,
        .keep_awake = windows_keep_awake,
        .pause = windows_pause,
        .system_text = windows_system_text,
        .find_printer = windows_find_printer,
        .print = windows_print,
    };
    return platform;
}

void wz_windows_free(wz_platform *platform)
{
    wz_windows *self;

    if (platform == NULL)
        return;
    self = platform->context;
    wz_stage_release(self);
    wz_instance_release(self);
    free(self->data_folder);
    free(self);
    free(platform);
}
