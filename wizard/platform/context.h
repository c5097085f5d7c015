/*
 * context: what one wz_windows_create platform holds on to. Shared by the files of platform/ only.
 *
 * The functions here are the rows of core/platform.h, which says what they do.
 */
#ifndef WZ_PLATFORM_CONTEXT_H
#define WZ_PLATFORM_CONTEXT_H

#include "core/platform.h"
#include "platform/win32.h"

typedef struct wz_held {              /* a staged copy that nobody can write to while the handle is open */
    char  *path;
    HANDLE file;
} wz_held;

typedef struct wz_windows {
    char    *data_folder;             /* owned; NULL until it was asked for */
    bool     has_data_folder;         /* it was there, or was made, and is protected */
    wz_held *held;
    size_t   held_count, held_room;
    HANDLE   claim;                   /* the mutex of this instance; NULL when not claimed */
} wz_windows;

/* folder.c: where the data folder is or will be. One that is there is protected. Path borrowed from self. */
wz_status wz_folder_data(wz_windows *self, const char **path, wz_error *err);
/* The same, and made when it is not there. */
wz_status wz_folder_data_make(wz_windows *self, const char **path, wz_error *err);
/* The same for any full path, without remembering. */
wz_status wz_folder_prepare(const char *path, wz_error *err);
/* A folder inside one that is protected already. */
wz_status wz_folder_inside(const char *path, wz_error *err);

/* media_files.c */
wz_status wz_media_list(const char *folder, wz_files *out, wz_error *err);
wz_status wz_media_examine(wz_file *file, const wz_progress *progress);
/* media_crew.c: all of them, several at a time. */
wz_status wz_media_examine_all(wz_files *files, const wz_progress *progress);
/* The same through an open handle; path only names it. */
wz_status wz_media_examine_handle(HANDLE handle, const wchar_t *path, wz_file *file, const wz_progress *progress);

/* scan_crew.c */
wz_status wz_scan_run(const char *folder, const wz_progress *progress, wz_scan_result *out, wz_error *err);

/* stage.c */
wz_status wz_stage(wz_windows *self, const wz_file *file, wz_file *out, const wz_progress *progress, wz_error *err);
void      wz_stage_release(wz_windows *self);

/* instance.c */
wz_status wz_instance_claim(wz_windows *self, wz_error *err);
void      wz_instance_release(wz_windows *self);

/* installers.c: an installer of Windows that is at work; static UTF-8 name for people, NULL when there is none. */
const char *wz_installers_busy(void);

/* install.c */
void      wz_install(const wz_file *staged, wz_install_result *out);
wz_status wz_space_free(uint64_t *bytes, wz_error *err);

/* restart.c */
wz_status wz_restart_arrange(wz_windows *self, const char *switches, wz_error *err);
void      wz_restart_forget(void);
wz_status wz_restart_now(wz_error *err);

#endif
