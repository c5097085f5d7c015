#include "core/journal.h"

#include "core/system.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

#define JOURNAL_NAME   "journal.xml"
#define BACKUP_NAME    "journal.bak"
#define BEFORE_NAME    "before.xml"
#define BOOT_SLACK     2                               /* seconds between two readings of the same boot */
/* of a broken journal that is kept; nothing of ours is that long */
#define BROKEN_LIMIT   (64u * WZ_JOURNAL_MAX_BYTES)

wz_journal *wz_journal_create(void)
{
    return wz_new(wz_journal);
}

void wz_journal_free(wz_journal *journal)
{
    if (journal == NULL)
        return;
    for (size_t i = 0; i < journal->step_count; i++) {
        free(journal->steps[i].file);
        free(journal->steps[i].rule);
    }
    free(journal->steps);
    free(journal->machine_id);
    free(journal->computer);
    free(journal->catalogue);
    free(journal->ticket);
    free(journal->technician);
    free(journal->customer);
    free(journal->notes);
    free(journal->renames_note);
    free(journal->log);
    free(journal->report);
    free(journal->language);
    free(journal->report_language);
    wz_snapshot_free(journal->before);
    free(journal);
}

bool wz_journal_is_open(const wz_journal *journal)
{
    return journal != NULL && (journal->state == WZ_JOURNAL_OPEN || journal->state == WZ_JOURNAL_RESTART);
}

static void keep_tag(char **tag, const char *found)
{
    if (*tag == NULL)
        *tag = wz_copy(found);
}

void wz_journal_languages(const wz_journal *journal, char **language, char **report_language)
{
    if (!wz_journal_is_open(journal))
        return;
    keep_tag(language, journal->language);
    keep_tag(report_language, journal->report_language);
}

/* By the machine's own id; by its name only where one of the two has none. */
bool wz_journal_same_machine(const wz_journal *journal, const wz_snapshot *snapshot)
{
    const char *id = wz_snapshot_text(snapshot, WZ_FACT_MACHINE_ID);
    const char *computer = wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME);

    if (journal->machine_id != NULL && id != NULL)
        return wz_equal_nocase(journal->machine_id, id);
    return journal->computer != NULL && computer != NULL && wz_equal_nocase(journal->computer, computer);
}

wz_time wz_boot_time(const wz_snapshot *snapshot)
{
    const char *text = wz_snapshot_text(snapshot, WZ_FACT_BOOT_TIME);
    wz_time     time = 0;

    return text != NULL && wz_time_parse(text, &time) ? time : 0;
}

bool wz_journal_has_restarted(const wz_journal *journal, const wz_snapshot *snapshot)
{
    wz_time then = journal->boot_time_then;
    wz_time now = wz_boot_time(snapshot);

    if (then == 0 || now == 0)
        return !wz_system_restart_pending(snapshot);
    return now - then > BOOT_SLACK || then - now > BOOT_SLACK;
}

unsigned wz_outcome_word(wz_outcome outcome)
{
    switch (outcome) {
    case WZ_OUTCOME_NONE:           return IDS_OUTCOME_NONE;
    case WZ_OUTCOME_BEGUN:          return IDS_OUTCOME_BEGUN;
    case WZ_OUTCOME_INSTALLED:      return IDS_OUTCOME_INSTALLED;
    case WZ_OUTCOME_PENDING:        return IDS_OUTCOME_PENDING;
    case WZ_OUTCOME_ALREADY:        return IDS_OUTCOME_ALREADY;
    case WZ_OUTCOME_NOT_APPLICABLE: return IDS_OUTCOME_NOT_APPLICABLE;
    case WZ_OUTCOME_FAILED:         return IDS_OUTCOME_FAILED;
    case WZ_OUTCOME_ROLLED_BACK:    return IDS_OUTCOME_ROLLED_BACK;
    }
    return IDS_OUTCOME_NONE;
}

/* ---- files in the data folder ---- */

wz_status wz_data_path(const wz_platform *platform, const char *name, wz_text *out, wz_error *err)
{
    wz_text   path = { 0 };
    wz_status status = platform->data_folder(platform->context, &path, err);

    if (status != WZ_OK)
        return status;
    wz_text_add(&path, "\\");
    wz_text_add(&path, name);
    wz_text_clear(out);
    *out = path;
    return WZ_OK;
}

static wz_status data_read(const wz_platform *platform, const char *name, size_t limit, wz_text *path, wz_text *out,
                           wz_error *err)
{
    wz_status status = wz_data_path(platform, name, path, err);

    return status != WZ_OK ? status : platform->read_file(platform->context, path->at, limit, out, err);
}

static wz_status data_write(const wz_platform *platform, const char *name, const wz_text *bytes, wz_error *err)
{
    wz_text   path = { 0 };
    wz_status status = wz_data_path(platform, name, &path, err);

    if (status == WZ_OK)
        status = platform->write_file(platform->context, path.at, (wz_view){ wz_text_at(bytes), bytes->length }, err);
    wz_text_clear(&path);
    return status;
}

static wz_status data_remove(const wz_platform *platform, const char *name, wz_error *err)
{
    wz_text   path = { 0 };
    wz_status status = wz_data_path(platform, name, &path, err);

    if (status == WZ_OK)
        status = platform->remove_file(platform->context, path.at, err);
    wz_text_clear(&path);
    return status;
}

/* "journal-" "20261120T173859Z" ".xml": a time without colons, which file names may not have. */
static void dated_name(wz_text *out, const char *before, wz_time time, const char *after)
{
    wz_text iso = { 0 };

    wz_text_add_time(&iso, time);
    wz_text_add(out, before);
    for (const char *p = wz_text_at(&iso); *p != '\0'; p++)
        if (*p != '-' && *p != ':')
            wz_text_append(out, p, 1);
    wz_text_add(out, after);
    wz_text_clear(&iso);
}

/* Copy a file of the data folder under another name, byte for byte, and remove it. No such file is fine. */
static wz_status data_move(const wz_platform *platform, const char *from, const char *to, wz_error *err)
{
    wz_text   path = { 0 };
    wz_text   bytes = { 0 };
    wz_status status = data_read(platform, from, BROKEN_LIMIT, &path, &bytes, err);

    if (status == WZ_E_NOT_FOUND)
        status = WZ_OK;
    else if (status == WZ_OK)
        status = data_write(platform, to, &bytes, err);
    if (status == WZ_OK)
        status = data_remove(platform, from, err);
    wz_text_clear(&path);
    wz_text_clear(&bytes);
    return status;
}

/* ---- load ---- */

static wz_status load_one(const wz_platform *platform, const char *name, wz_journal **out, wz_error *err)
{
    wz_view   schema = platform->resource(platform->context, WZ_RESOURCE_JOURNAL_SCHEMA);
    wz_text   path = { 0 };
    wz_text   bytes = { 0 };
    wz_status status = data_read(platform, name, WZ_JOURNAL_MAX_BYTES, &path, &bytes, err);

    if (status == WZ_OK)
        status = wz_journal_read(path.at, (wz_view){ wz_text_at(&bytes), bytes.length }, schema, out, err);
    wz_text_clear(&path);
    wz_text_clear(&bytes);
    return status;
}

/* What the machine was before belongs to the report alone: without it the work goes on. */
static wz_snapshot *load_before(const wz_platform *platform)
{
    wz_view      schema = platform->resource(platform->context, WZ_RESOURCE_SNAPSHOT_SCHEMA);
    wz_text      path = { 0 };
    wz_text      bytes = { 0 };
    wz_snapshot *before = NULL;

    if (data_read(platform, BEFORE_NAME, WZ_SNAPSHOT_MAX_BYTES, &path, &bytes, NULL) == WZ_OK &&
        wz_snapshot_read(path.at, (wz_view){ wz_text_at(&bytes), bytes.length }, schema, &before, NULL) != WZ_OK)
        before = NULL;
    wz_text_clear(&path);
    wz_text_clear(&bytes);
    return before;
}

wz_status wz_journal_load(const wz_platform *platform, wz_journal **out, wz_error *err)
{
    wz_journal *journal = NULL;
    wz_error    first = { 0 };
    wz_status   status = load_one(platform, JOURNAL_NAME, &journal, &first);

    if (status == WZ_E_FORMAT || status == WZ_E_LIMIT || status == WZ_E_NOT_FOUND) {
        wz_status backup = load_one(platform, BACKUP_NAME, &journal, NULL);

        if (backup == WZ_OK)
            status = WZ_OK;
    }
    if (status != WZ_OK) {
        if (err != NULL)
            *err = first;
        return status;
    }
    journal->before = load_before(platform);
    *out = journal;
    return WZ_OK;
}

/* ---- save ---- */

wz_status wz_journal_save(const wz_platform *platform, const wz_journal *journal, wz_error *err)
{
    wz_view     schema = platform->resource(platform->context, WZ_RESOURCE_JOURNAL_SCHEMA);
    wz_text     path = { 0 };
    wz_text     bytes = { 0 };
    wz_journal *previous = NULL;
    wz_status   status = data_read(platform, JOURNAL_NAME, WZ_JOURNAL_MAX_BYTES, &path, &bytes, NULL);

    if (status == WZ_OK)
        status = wz_journal_read(path.at, (wz_view){ wz_text_at(&bytes), bytes.length }, schema, &previous, NULL);
    /* Only a good one may become the backup: a broken one would destroy the last good. */
    status = status == WZ_OK ? data_write(platform, BACKUP_NAME, &bytes, err) : WZ_OK;
    wz_journal_free(previous);
    wz_text_clear(&bytes);
    wz_text_clear(&path);
    if (status != WZ_OK)
        return status;
    wz_journal_write(journal, &bytes);
    status = data_write(platform, JOURNAL_NAME, &bytes, err);
    wz_text_clear(&bytes);
    return status;
}

wz_status wz_journal_save_before(const wz_platform *platform, const wz_journal *journal, wz_error *err)
{
    wz_text   bytes = { 0 };
    wz_status status;

    wz_snapshot_write(journal->before, &bytes);
    status = data_write(platform, BEFORE_NAME, &bytes, err);
    wz_text_clear(&bytes);
    return status;
}

/* ---- move aside ---- */

/* The journal last: until it is gone, a power cut leaves one that is found and moved aside again. */
wz_status wz_journal_archive(const wz_platform *platform, const wz_journal *journal, wz_error *err)
{
    wz_text   name = { 0 };
    wz_text   bytes = { 0 };
    wz_status status;

    dated_name(&name, "journal-", journal->begun, ".xml");
    wz_journal_write(journal, &bytes);
    status = data_write(platform, name.at, &bytes, err);
    wz_text_clear(&name);
    wz_text_clear(&bytes);
    dated_name(&name, "before-", journal->begun, ".xml");
    if (status == WZ_OK)
        status = data_move(platform, BEFORE_NAME, name.at, err);
    wz_text_clear(&name);
    if (status == WZ_OK)
        status = data_remove(platform, BACKUP_NAME, err);
    return status == WZ_OK ? data_remove(platform, JOURNAL_NAME, err) : status;
}

wz_status wz_journal_archive_broken(const wz_platform *platform, wz_error *err)
{
    wz_time   now = platform->now(platform->context);
    wz_text   name = { 0 };
    wz_text   backup = { 0 };
    wz_status status;

    dated_name(&name, "journal-broken-", now, ".xml");
    dated_name(&backup, "journal-broken-", now, ".bak");
    status = data_move(platform, BACKUP_NAME, backup.at, err);
    if (status == WZ_OK)
        status = data_move(platform, JOURNAL_NAME, name.at, err);
    wz_text_clear(&name);
    wz_text_clear(&backup);
    return status;
}
