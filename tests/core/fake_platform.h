/*
 * fake_platform: a computer in memory, behind core/platform.h.
 *
 * Files, a clock, a Windows Server 2008 SP2 with its packages and an installer that changes it: at once, or when it is
 * restarted. Failures and power cuts on demand. After a power cut every call is dead until fake_power_on, as it would
 * be for a program that no longer runs; so the engine unwinds and frees, and the machine keeps what it had.
 *
 * Digests: the content "sha1:<40 hex>;…" or "sha256:<64 hex>;…" is said to have that one; every other digest is made
 * from the bytes by
 * CRC-32, so that any change of the content changes it. Good enough to tell files apart here, and no more.
 */
#ifndef WZ_TESTS_CORE_FAKE_PLATFORM_H
#define WZ_TESTS_CORE_FAKE_PLATFORM_H

#include "core/platform.h"

#define FAKE_DATA  "C:\\ProgramData\\Build6003Wizard"
#define FAKE_MEDIA "E:\\updates"

typedef enum fake_effect {
    FAKE_AT_ONCE,          /* in force when the installer ends */
    FAKE_PENDING,          /* its package says so until the restart; signs of a pending restart */
    FAKE_UNSEEN,           /* signs of a pending restart, but its package is not seen before it */
    FAKE_SILENT,           /* nothing at all is seen before the restart */
    FAKE_NOTHING,          /* the installer does nothing */
    FAKE_ROLLS_BACK,       /* pending, and undone at the restart */
    FAKE_STAYS_PENDING     /* pending for ever */
} fake_effect;

typedef struct fake_update {
    unsigned    kb;
    fake_effect effect;
    wz_version  stack;         /* the servicing stack it brings; major 0: none */
    bool        sha2;          /* SHA-2 support */
    wz_version  build;         /* Windows and kernel after it; major 0: none */
    /* of the installer's runs, the last one repeated; does its work with codes that succeed */
    uint32_t    codes[8];
    size_t      code_count;
    bool        cannot_start;
    /* What became of it */
    unsigned    runs;          /* how often the installer was started */
    unsigned    installs;      /* how often it did its work */
    bool        is_waiting, is_in_force;
} fake_update;

typedef struct fake_file { char *path; wz_text bytes; } fake_file;

typedef struct fake_machine {
    wz_platform platform;

    /* Settings: change between calls. */
    wz_version  version;                /* of Windows and its kernel */
    wz_version  stack;
    bool        sha2;
    const char *architecture;
    const char *machine_id;
    bool        administrator;
    bool        boot_time_unknown;
    unsigned    product_type;
    uint64_t    disk_free;
    uint64_t    space_left;             /* what is left of it by the time of an installation; 0: all */
    int         local_minutes;          /* local time is ahead of UTC */
    bool        signs;                  /* of a pending restart */
    const char *read_only;              /* paths that begin so cannot be written: WZ_E_DENIED */
    const char *full;                   /* the same: WZ_E_FULL */
    const char *missing_folder;         /* media folder that is not there */
    bool        is_busy;                /* claim fails */
    const char *busy_with;              /* the same, because of this other installer */
    bool        no_arrange, no_restart; /* these fail */
    unsigned    cancel_after;           /* the person asks to stop at the n-th question; 0 never */
    unsigned    fail_write;             /* the n-th write from now fails with WZ_E_FULL; 0 none */
    unsigned    cut_at;                 /* power cut at the n-th action from now; 0 none */
    bool        cut_after;              /* …when it is done instead of before */
    bool        cut_installs;           /* power cut within every installation, before it has done anything */

    const char *printer, *other_printer;    /* for test_command_paper.c; the first is the default one, */
    bool        no_default;                 /* unless this is set */
    wz_status   print_status;

    /* What happened. */
    unsigned    prints;
    char        printed_on[40];
    wz_text     printed;                /* the report, as text */
    unsigned    actions, writes, questions;
    bool        is_dead;
    bool        is_claimed, is_awake, is_restarting;
    unsigned    restarts;               /* Windows was asked to */
    unsigned    cancels;                /* of the resume */
    unsigned    pauses, paused_ms;
    /* switches that RunOnce holds; NULL none. Windows takes them out as it starts */
    char       *resume;
    wz_time     clock, booted;
    size_t      held;                   /* copies that are held */

    fake_update updates[8]; size_t update_count;
    fake_file  *files;      size_t file_count, file_room;
    struct { char *name, *content; } media[8]; size_t media_count;
    wz_text     resources[7];
} fake_machine;

/* For the parts of the fake only. True when the action must not happen: the power is gone. */
bool      fake_act(fake_machine *machine);
wz_status fake_free_space(void *context, uint64_t *bytes, wz_error *err);
void      fake_install(void *context, const wz_file *staged, wz_install_result *out);
wz_status fake_examine_all(void *context, wz_files *files, const wz_progress *progress);
/* As Windows: some codes it knows, most it does not. */
void      fake_system_text(void *context, uint32_t code, wz_text *out);
int       fake_local_minutes(void *context, wz_time time);
wz_status fake_probe(void *context, const wz_progress *progress, wz_snapshot **out, wz_error *err);

/* Windows Server 2008 SP2 x64, 6.0.6002.24565, nothing of ours on it. */
fake_machine *fake_create(void);
void          fake_free(fake_machine *machine);

/*
 * The road to January 2020: KB4493730 at once, KB4474419 unseen, KB4534303 pending; and their files on the media,
 * with the SHA-1 that the built-in catalogue has.
 */
void         fake_add_road(fake_machine *machine);
fake_update *fake_find(fake_machine *machine, unsigned kb);
void         fake_drop_media(fake_machine *machine, size_t count);                /* all but the first so many */
void         fake_add_media(fake_machine *machine, const char *name, const char *content);

/* What was waiting comes into force, signs go; a power cut is over; RunOnce is taken. */
void         fake_power_on(fake_machine *machine);

const wz_text *fake_file_at(const fake_machine *machine, const char *path);       /* NULL: no such file */
void           fake_put(fake_machine *machine, const char *path, const char *text);

#endif
