/*
 * journal: what was begun and done. Survives restarts and power cuts.
 *
 * One XML file in the data folder (journal.xml, schema resources/journal.xsd), rewritten whole before and after every
 * action; its last line is a comment with the CRC-32 of everything before it, so a torn or edited file is told from a
 * good one. The previous good version is kept as journal.bak and used when the newer one is broken. One thread at a
 * time.
 *
 * In the data folder: journal.xml, journal.bak, before.xml (the machine before the first step), catalogue.xml (a site
 * catalogue the run was begun with), Media (the protected copies), and what was moved aside: journal-<time>.xml with
 * before-<time>.xml, journal-broken-<time>.xml.
 */
#ifndef WZ_CORE_JOURNAL_H
#define WZ_CORE_JOURNAL_H

#include "core/platform.h"

typedef enum wz_journal_state {
    WZ_JOURNAL_OPEN,       /* steps remain, no restart asked for */
    WZ_JOURNAL_RESTART,    /* waiting for a restart */
    WZ_JOURNAL_DONE,
    WZ_JOURNAL_STOPPED,    /* by the person, or by two restarts without progress */
    WZ_JOURNAL_FAILED
} wz_journal_state;

typedef enum wz_outcome {
    WZ_OUTCOME_NONE,            /* not begun */
    WZ_OUTCOME_BEGUN,           /* begun, no end written: power cut or crash */
    WZ_OUTCOME_INSTALLED,       /* in force, seen by the probe */
    WZ_OUTCOME_PENDING,         /* installed, waits for a restart */
    WZ_OUTCOME_ALREADY,         /* was there before we began */
    WZ_OUTCOME_NOT_APPLICABLE,
    WZ_OUTCOME_FAILED,
    WZ_OUTCOME_ROLLED_BACK      /* pending before the restart, gone after it */
} wz_outcome;

typedef struct wz_journal_step {
    unsigned   kb;
    wz_outcome outcome;
    uint32_t   code;            /* of the installer */
    bool       has_code;
    unsigned   attempts;        /* how often it was begun */
    wz_time    begun, ended;
    char      *file;            /* name in the Media folder; owned */
    char       sha256[65];      /* of the accepted file */
    char      *rule;            /* wz_file_verdict_name that accepted it; owned */
} wz_journal_step;

typedef struct wz_journal {
    wz_journal_state state;
    char     *machine_id, *computer;       /* owned: same machine? */
    wz_target target;
    /* site catalogue's name; NULL for the built-in one; its copy is catalogue.xml beside the journal */
    char     *catalogue;
    char      catalogue_sha256[65];
    bool      unattended;                  /* begun by /install */
    bool      restart_allowed;             /* /restart */
    unsigned  restarts;                    /* asked for by us */
    unsigned  restarts_without_progress;
    unsigned  in_force_at_restart;         /* how many steps were in force when the last restart was asked for */
    wz_time   begun, ended, restart_asked;
    wz_time   boot_time_then;              /* boot time of the Windows session that wrote this; 0 unknown */
    char     *ticket, *technician, *customer, *notes;   /* page 10; owned, may be NULL */
    char     *renames_note;                /* with which the pending file renames were accepted; owned, may be NULL */
    char     *log, *report;                /* where /install was told to write; full paths, owned, may be NULL */
    char     *language, *report_language;  /* tags: a run goes on in the language it was begun in; owned, may be NULL */
    wz_journal_step *steps; size_t step_count;
    wz_snapshot *before;                   /* the machine before the first step; owned; kept in before.xml */
} wz_journal;

wz_journal *wz_journal_create(void);
void        wz_journal_free(wz_journal *journal);

#define WZ_JOURNAL_MAX_BYTES (1024u * 1024u)

/* WZ_E_NOT_FOUND no journal; WZ_E_FORMAT both versions broken (line and reason of the newer); WZ_E_DENIED, WZ_E_IO. */
wz_status wz_journal_load(const wz_platform *platform, wz_journal **out, wz_error *err);
/* journal.bak becomes what journal.xml was, if that was good. Not the before snapshot. Errors as data_folder and
   write_file. */
wz_status wz_journal_save(const wz_platform *platform, const wz_journal *journal, wz_error *err);
/* Once, at the beginning: the snapshot journal->before. */
wz_status wz_journal_save_before(const wz_platform *platform, const wz_journal *journal, wz_error *err);
/* Move a finished journal aside as journal-<begun>.xml, so that the next run starts fresh and nothing is lost. */
wz_status wz_journal_archive(const wz_platform *platform, const wz_journal *journal, wz_error *err);
/* The same for one that cannot be read, as journal-broken-<now>.xml, byte for byte. */
wz_status wz_journal_archive_broken(const wz_platform *platform, wz_error *err);
bool      wz_journal_is_open(const wz_journal *journal);        /* OPEN or RESTART */
/* The tags of an open journal, copied to those that are still NULL: a run goes on in the languages it was begun in. */
void      wz_journal_languages(const wz_journal *journal, char **language, char **report_language);
/* Windows was started again since the journal was written. Where a boot time is not known, by the signs of a pending
   restart. */
bool      wz_journal_has_restarted(const wz_journal *journal, const wz_snapshot *snapshot);
wz_time   wz_boot_time(const wz_snapshot *snapshot);            /* 0 when not known */
bool      wz_journal_same_machine(const wz_journal *journal, const wz_snapshot *snapshot);

/* The text of the file, with its last line; and back. name: what errors call it. WZ_E_FORMAT, WZ_E_LIMIT */
void      wz_journal_write(const wz_journal *journal, wz_text *out);
wz_status wz_journal_read(const char *name, wz_view bytes, wz_view schema, wz_journal **out, wz_error *err);

/* <data folder>\name. Errors as data_folder. */
wz_status wz_data_path(const wz_platform *platform, const char *name, wz_text *out, wz_error *err);

unsigned    wz_outcome_word(wz_outcome outcome);                /* string ids */
const char *wz_outcome_name(wz_outcome outcome);

#endif
