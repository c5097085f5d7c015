/*
 * platform: all that core sees of the system.
 *
 * One struct of function pointers, so the same engine runs against Windows (platform/windows.c), a snapshot file or a
 * test's fake. context is passed back unread. Paths are UTF-8 and full. Functions may be called from the worker thread,
 * one call at a time. Outputs are written only on success unless said otherwise.
 */
#ifndef WZ_CORE_PLATFORM_H
#define WZ_CORE_PLATFORM_H

#include "core/media.h"
#include "core/scan_result.h"

typedef enum wz_resource {
    WZ_RESOURCE_CATALOGUE, WZ_RESOURCE_CATALOGUE_SCHEMA, WZ_RESOURCE_SNAPSHOT_SCHEMA, WZ_RESOURCE_REPORT_SCHEMA,
    WZ_RESOURCE_JOURNAL_SCHEMA, WZ_RESOURCE_NOTICE, WZ_RESOURCE_SUPPRESSIONS_SCHEMA
} wz_resource;

/* Where the worker tells how far it is and hears that it should stop. Both may be NULL. Called on the worker. */
typedef struct wz_progress {
    void (*report)(void *context, const wz_phrase *doing, unsigned permille);   /* permille 0 … 1000, never goes back */
    bool (*is_cancelled)(void *context);
    void *context;
} wz_progress;

/* NULL is fine */
void wz_progress_report(const wz_progress *progress, unsigned word, const char *arg, unsigned permille);
bool wz_progress_cancelled(const wz_progress *progress);
/* How far a compatibility scan is: counts of files, and bytes, of which the permille is made. path NULL: while the
   files are collected. */
void wz_progress_scan(const wz_progress *progress, const char *path, size_t files, size_t of_files, uint64_t bytes,
                      uint64_t of_bytes);

typedef struct wz_install_result {
    bool     started;       /* false: the program could not be started, code is the Win32 error */
    uint32_t code;          /* exit code or HRESULT as the installer returned it */
    unsigned seconds;
} wz_install_result;

struct wz_report;                      /* report.h */

typedef struct wz_platform {
    void *context;

    wz_view   (*resource)(void *context, wz_resource which);                     /* embedded data; never empty */
    wz_time   (*now)(void *context);
    int       (*local_minutes)(void *context, wz_time time);                     /* local time is ahead of UTC, then */
    uint64_t  (*ticks_ms)(void *context);                                        /* monotonic */

    /* Read every fact of this computer; a probe that fails or takes too long marks its facts unreadable.
       WZ_E_CANCELLED only. */
    wz_status (*probe)(void *context, const wz_progress *progress, wz_snapshot **out, wz_error *err);

    wz_status (*read_file)(void *context, const char *path, size_t limit, wz_text *out, wz_error *err);
    /* Whole or not at all: temporary file in the same folder, flush, rename. Also beside a call of another thread.
       WZ_E_DENIED, WZ_E_FULL, WZ_E_NOT_FOUND (folder), WZ_E_IO */
    wz_status (*write_file)(void *context, const char *path, wz_view bytes, wz_error *err);
    wz_status (*remove_file)(void *context, const char *path, wz_error *err);    /* WZ_OK when it is not there */

    /* The update files (.msu .cab .exe) of a folder, not its subfolders, by name, not examined yet. WZ_E_NOT_FOUND,
       WZ_E_IO */
    wz_status (*list_media)(void *context, const char *folder, wz_files *out, wz_error *err);
    /* Fill hashes, container and signature of file->path; a read error is noted in file->error. WZ_E_CANCELLED only. */
    wz_status (*examine)(void *context, wz_file *file, const wz_progress *progress);
    /* The same for each of them, in any order and several at a time; progress is called on this thread alone. After
       WZ_E_CANCELLED some are examined. */
    wz_status (*examine_all)(void *context, wz_files *files, const wz_progress *progress);
    /*
     * The compatibility scan: of folder with all below it, or with NULL of what this computer runs. Files are looked at
     * several at a time, with low priority and without keeping their owners from them; progress is called on this
     * thread alone, by wz_progress_scan. Stops within 200 ms. Fills the counts, places, findings, files and programs of
     * out, not its frame (state, times, folder). WZ_E_CANCELLED: out is what was found until then. WZ_E_NOT_FOUND,
     * WZ_E_DENIED, WZ_E_IO: for the folder; errors of single files are counted, never returned.
     */
    wz_status (*scan)(void *context, const char *folder, const wz_progress *progress, wz_scan_result *out,
                      wz_error *err);
    /* SHA-256 of bytes, lower-case hex. */
    void      (*sha256)(void *context, wz_view bytes, char out[65]);

    /* Path of %ProgramData%\Build6003Wizard, which is for administrators and SYSTEM alone. Looking leaves no trace:
       claim, stage and arrange_resume create it, and only with administrator rights. WZ_E_DENIED: what stands there is
       a link or a stranger's. */
    wz_status (*data_folder)(void *context, wz_text *out, wz_error *err);
    /* Copy into <data folder>\Media, hold the copy against writers and examine it: out is the copy. A file that lies
       there already (after a restart) is held and examined where it is. WZ_E_NOT_FOUND, WZ_E_DENIED, WZ_E_FULL,
       WZ_E_IO, WZ_E_CANCELLED */
    wz_status (*stage)(void *context, const wz_file *file, wz_file *out, const wz_progress *progress, wz_error *err);
    void      (*unstage)(void *context);                                          /* let go of all held copies */

    /* Free bytes of the drive that Windows is on, which updates are unpacked to and installed on. WZ_E_SYSTEM */
    wz_status (*free_space)(void *context, uint64_t *bytes, wz_error *err);

    /* One installation at a time. WZ_E_BUSY: with os_code 1618 another installer of Windows is at it, and subject is
       its name for people; with any other code another instance of this program. Creates the data folder, for all that
       is written there afterwards. */
    wz_status (*claim)(void *context, wz_error *err);
    void      (*release)(void *context);

    /* wusa.exe or pkgmgr.exe by full path, quiet, without restart; waits however long it takes; never killed. */
    void      (*install)(void *context, const wz_file *staged, wz_install_result *out);

    /* RunOnce: start this program with these switches after the next restart. Copies the program to the data folder. */
    wz_status (*arrange_resume)(void *context, const char *switches, wz_error *err);
    void      (*cancel_resume)(void *context);
    /* enables the privilege; returns at once */
    wz_status (*restart)(void *context, wz_error *err);
    void      (*keep_awake)(void *context, bool on);
    /* What Windows' own tables of messages say of a code (Win32, HRESULT, NTSTATUS), one line without its end, in the
       language of Windows. Nothing when they do not know it. Appends. */
    void      (*system_text)(void *context, uint32_t code, wz_text *out);
    void      (*pause)(void *context, unsigned milliseconds);

    /* The printer of that name as Windows calls it; name NULL: the default one. WZ_E_NOT_FOUND: there is none; out then
       has the names of all printers, with "; " between, "" without any. WZ_E_SYSTEM: printing is not to be had. */
    wz_status (*find_printer)(void *context, const char *name, wz_text *out, wz_error *err);
    /* Print on its paper; pages: how many. WZ_E_CANCELLED, WZ_E_NOT_FOUND, WZ_E_DENIED, WZ_E_FULL, WZ_E_SYSTEM */
    wz_status (*print)(void *context, const char *printer, const struct wz_report *report, const wz_words *words,
                       const wz_progress *progress, size_t *pages, wz_error *err);
} wz_platform;

#endif
