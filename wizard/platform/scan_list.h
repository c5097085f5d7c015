/*
 * scan_list: the files that a compatibility scan will look at, named before the first is opened, so that the bar can
 * count bytes.
 *
 * Compact: folders once, names beside each other, about 24 bytes and a name for each file, so that a disk with 300,000
 * files costs a few megabytes. Only files that wz_scan_wants are kept. Links are never followed, and no place of the
 * machine is looked for on the network. Made by one thread; read-only afterwards. For platform/scan_*.c.
 */
#ifndef WZ_PLATFORM_SCAN_LIST_H
#define WZ_PLATFORM_SCAN_LIST_H

#include "core/scan_result.h"
#include "platform/identities.h"
#include "platform/win32.h"

#define WZ_SCAN_LIST_MAX 2000000u

typedef struct wz_listed { uint32_t folder, name, label; uint32_t place; uint64_t bytes; } wz_listed;
typedef struct wz_listed_folder { uint32_t path, label; uint16_t place; bool is_whole; } wz_listed_folder;

typedef struct wz_scan_list {
    wchar_t          *names;           /* terminated texts beside each other; [0] is the empty one */
    size_t            units, room;
    wz_listed        *files;
    size_t            count, file_room;
    wz_listed_folder *folders;         /* is_whole: with all below it, still to be walked or walked */
    size_t            folder_count, folder_room;
    uint32_t         *pending;         /* folders still to be walked */
    size_t            pending_count, pending_room;
    uint32_t         *set;             /* of folders by path without case: index + 1, 0 is empty */
    size_t            set_room;
    wz_identities     walked;          /* folders: one that is met under a second name is a kind of link */
    uint64_t          bytes;
    wz_scan_result   *out;             /* places, left, programs, unread: while the list is made */
    volatile LONG    *is_cancelled;
    wchar_t          *windows, *own_data;   /* folders without a backslash at the end */
} wz_scan_list;

void wz_scan_list_init(wz_scan_list *list, wz_scan_result *out, volatile LONG *is_cancelled);
void wz_scan_list_clear(wz_scan_list *list);

/* A single file by its full path; label may be NULL. False: not there. */
bool  wz_scan_list_file(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *path);
/* A folder and all below it; one that was named before is not walked again. The Win32 code of opening it. */
DWORD wz_scan_list_folder(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *path);
/* The files of a folder that end in ending, not those below it. */
void  wz_scan_list_ending(wz_scan_list *list, wz_scan_place place, const wchar_t *path, const wchar_t *ending);

/* The path as people write it, and as it is to be opened: "\\?\…", System32 of the machine itself. Owned. */
wchar_t *wz_scan_list_shown(const wz_scan_list *list, size_t index);
wchar_t *wz_scan_real_path(const wchar_t *shown);
bool     wz_scan_is_below(const wchar_t *path, const wchar_t *folder);     /* or the folder itself; without case */
/* "C:\…" on a disk of this machine. */
bool     wz_scan_is_local(const wchar_t *path);

/* Windows' own folders that hold nothing of others. Counted here for a scan of the machine, which never meets them. */
void     wz_scan_note_store(wz_scan_list *list);

/* scan_places.c: the places of this computer. */
void wz_scan_list_machine(wz_scan_list *list);
/* scan_tasks.c: those of them that scheduled tasks name. */
void wz_scan_list_tasks(wz_scan_list *list);

/*
 * scan_command.c: every file that a command line names: the program, quoted or not, and scripts and DLLs among its
 * arguments. native: the 64-bit view wrote it. False: it names none that is there.
 */
bool wz_scan_list_command(wz_scan_list *list, wz_scan_place place, const wchar_t *label, const wchar_t *command,
                          bool native);
/* What a command line says itself: "cmd /c ver | find …". where: the value that holds it, as people write it. Read as a
   batch file's line or, for PowerShell, as its own; findings go to list->out at once. */
void wz_scan_list_words(wz_scan_list *list, wz_scan_place place, const wchar_t *where, const wchar_t *label,
                        const wchar_t *command);
/* "\SystemRoot\System32\drivers\x.sys", "\??\C:\x.sys", "system32\x.sys", "%ProgramFiles%\x": a full path; owned. */
wchar_t *wz_scan_full_path(const wz_scan_list *list, const wchar_t *path, bool native);

#endif
