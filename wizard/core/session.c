#include "core/session.h"

#include "resource.h"

#include <stdlib.h>
#include <string.h>

#define SITE_COPY_NAME "catalogue.xml"
#define MEDIA_NAME     "Media"

wz_session *wz_session_create(const wz_platform *platform)
{
    wz_session *session = wz_new(wz_session);

    session->platform = platform;
    session->target = WZ_TARGET_FREE;
    session->system = WZ_SYSTEM_UNKNOWN;
    return session;
}

void wz_session_forget_journal(wz_session *session)
{
    if (session->before != NULL && (session->journal == NULL || session->before != session->journal->before))
        wz_snapshot_free(session->before);
    session->before = NULL;
    wz_journal_free(session->journal);
    session->journal = NULL;
    session->journal_error = (wz_error){ 0 };
}

void wz_session_free(wz_session *session)
{
    if (session == NULL)
        return;
    wz_session_forget_journal(session);
    wz_matches_clear(&session->matches);
    wz_files_clear(&session->files);
    wz_plan_free(session->plan);
    for (int i = 0; i < WZ_TARGET_COUNT; i++)
        wz_target_verdict_clear(&session->targets[i]);
    wz_entitlement_clear(&session->entitlement);
    wz_checks_clear(&session->checks);
    wz_snapshot_free(session->snapshot);
    wz_scan_result_clear(&session->scan);
    wz_suppressions_clear(&session->suppressions);
    wz_catalogue_free(session->catalogue);
    wz_text_clear(&session->site_catalogue);
    free(session->opened_from);
    free(session->support);
    free(session->media_folder);
    free(session->renames_note);
    free(session->renames_accepted);
    free(session->ticket);
    free(session->technician);
    free(session->customer);
    free(session->notes);
    free(session);
}

/* ---- catalogue ---- */

/* The plan and the matches borrow from the catalogue: they go with the old one and are made anew. */
static void take_catalogue(wz_session *session, wz_catalogue *catalogue)
{
    wz_matches_clear(&session->matches);
    wz_plan_free(session->plan);
    session->plan = NULL;
    wz_catalogue_free(session->catalogue);
    session->catalogue = catalogue;
    if (session->snapshot != NULL)
        wz_session_assess(session);
}

static wz_status load_built_in(wz_session *session, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_view            bytes = platform->resource(platform->context, WZ_RESOURCE_CATALOGUE);
    wz_view            schema = platform->resource(platform->context, WZ_RESOURCE_CATALOGUE_SCHEMA);
    wz_catalogue      *catalogue = NULL;
    char               sha256[65] = "";
    wz_status          status = wz_catalogue_read("built in", bytes, schema, &catalogue, err);

    if (status != WZ_OK)
        return status;
    platform->sha256(platform->context, bytes, sha256);
    wz_catalogue_set_origin(catalogue, true, sha256);
    wz_text_clear(&session->site_catalogue);
    take_catalogue(session, catalogue);
    return WZ_OK;
}

/* want_sha256: what the journal says of it; NULL when any will do. name: what it was called when it was chosen. */
static wz_status load_site(wz_session *session, const char *path, const char *name, const char *want_sha256,
                           wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_view            schema = platform->resource(platform->context, WZ_RESOURCE_CATALOGUE_SCHEMA);
    wz_text            bytes = { 0 };
    wz_catalogue      *catalogue = NULL;
    char               sha256[65] = "";
    wz_status          status = platform->read_file(platform->context, path, WZ_CATALOGUE_MAX_BYTES, &bytes, err);

    if (status != WZ_OK)
        return status;
    wz_view view = { wz_text_at(&bytes), bytes.length };

    platform->sha256(platform->context, view, sha256);
    if (want_sha256 != NULL && (strlen(sha256) != 64 || strcmp(sha256, want_sha256) != 0))
        status = wz_fail_at(err, WZ_E_FORMAT, path, 0, IDS_JOURNAL_CATALOGUE);
    else
        status = wz_catalogue_read(name, view, schema, &catalogue, err);
    if (status == WZ_OK) {
        wz_catalogue_set_origin(catalogue, false, sha256);
        wz_text_clear(&session->site_catalogue);
        session->site_catalogue = bytes;               /* ownership moves to the session … */
        bytes = (wz_text){ 0 };                        /* … so the line below frees nothing */
        take_catalogue(session, catalogue);
    }
    wz_text_clear(&bytes);
    return status;
}

wz_status wz_session_load_catalogue(wz_session *session, const char *path, wz_error *err)
{
    return path == NULL ? load_built_in(session, err) : load_site(session, path, path, NULL, err);
}

/* ---- journal ---- */

static void replace_text(char **text, const char *with)
{
    char *copy = wz_copy(with);

    free(*text);
    *text = copy;
}

wz_status wz_session_adopt_journal(wz_session *session, wz_error *err)
{
    const wz_journal *journal = session->journal;
    wz_text           path = { 0 };
    wz_status         status = wz_data_path(session->platform, MEDIA_NAME, &path, err);

    if (status == WZ_OK && session->media_folder == NULL)
        replace_text(&session->media_folder, path.at);
    if (status == WZ_OK && journal->catalogue != NULL)
        status = wz_data_path(session->platform, SITE_COPY_NAME, &path, err);
    if (status == WZ_OK && journal->catalogue != NULL)
        status = load_site(session, path.at, journal->catalogue, journal->catalogue_sha256, err);
    else if (status == WZ_OK && (session->catalogue == NULL || !wz_catalogue_is_built_in(session->catalogue)))
        status = load_built_in(session, err);
    wz_text_clear(&path);
    session->target = journal->target;
    replace_text(&session->ticket, journal->ticket);
    replace_text(&session->technician, journal->technician);
    replace_text(&session->customer, journal->customer);
    replace_text(&session->notes, journal->notes);
    return status;
}

void wz_session_find_journal(wz_session *session)
{
    wz_error  err = { 0 };
    wz_status status;

    wz_session_forget_journal(session);
    status = wz_journal_load(session->platform, &session->journal, &err);
    if (status == WZ_OK)
        session->before = session->journal->before;
    else if (status != WZ_E_NOT_FOUND)
        session->journal_error = err;
}

/* ---- assess ---- */

static wz_status open_snapshot(wz_session *session, const char *path, wz_snapshot **out, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_view            schema = platform->resource(platform->context, WZ_RESOURCE_SNAPSHOT_SCHEMA);
    wz_text            bytes = { 0 };
    wz_status          status = platform->read_file(platform->context, path, WZ_SNAPSHOT_MAX_BYTES, &bytes, err);

    if (status == WZ_OK)
        status = wz_snapshot_read(path, (wz_view){ wz_text_at(&bytes), bytes.length }, schema, out, err);
    wz_text_clear(&bytes);
    return status;
}

wz_status wz_session_probe(wz_session *session, const char *path, const wz_progress *progress, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_snapshot       *snapshot = NULL;
    wz_status          status;

    if (path != NULL)
        status = open_snapshot(session, path, &snapshot, err);
    else
        status = platform->probe(platform->context, progress, &snapshot, err);
    if (status != WZ_OK)
        return status;
    wz_snapshot_free(session->snapshot);
    session->snapshot = snapshot;
    replace_text(&session->opened_from, path);
    free(session->support);
    session->support = NULL;
    wz_session_recall_visit(session);
    wz_session_assess(session);
    return WZ_OK;
}

static void match_again(wz_session *session)
{
    wz_matches_clear(&session->matches);
    if (session->plan != NULL)
        wz_media_match(session->plan, session->catalogue, &session->files,
                       wz_system_architecture(session->snapshot), wz_system_sha2_ready(session->snapshot),
                       &session->matches);
}

const char *wz_session_renames_note(const wz_session *session)
{
    const char *renames = session->snapshot != NULL
                        ? wz_snapshot_text(session->snapshot, WZ_FACT_PENDING_RENAMES) : NULL;

    return renames != NULL && session->renames_accepted != NULL && strcmp(renames, session->renames_accepted) == 0
           ? session->renames_note : NULL;
}

static void run_checks(wz_session *session)
{
    wz_checks_clear(&session->checks);
    wz_checks_run(session->snapshot, session->catalogue, session->target, wz_session_renames_note(session),
                  &session->checks);
}

void wz_session_accept_renames(wz_session *session, const char *note)
{
    const char *renames = session->snapshot == NULL ? NULL
                        : wz_snapshot_text(session->snapshot, WZ_FACT_PENDING_RENAMES);
    bool        is_accepted = note != NULL && *note != '\0' && renames != NULL;
    char       *kept = is_accepted ? wz_copy(note) : NULL;

    free(session->renames_note);
    free(session->renames_accepted);
    session->renames_note = kept;
    session->renames_accepted = is_accepted ? wz_copy(renames) : NULL;
    if (session->snapshot != NULL && session->catalogue != NULL)
        run_checks(session);
}

void wz_session_assess(wz_session *session)
{
    if (session->snapshot == NULL || session->catalogue == NULL)
        return;
    session->system = wz_system_of(session->snapshot);
    run_checks(session);
    wz_entitlement_clear(&session->entitlement);
    wz_entitlement_of(session->snapshot, &session->entitlement);
    for (int i = 0; i < WZ_TARGET_COUNT; i++) {
        wz_target_verdict_clear(&session->targets[i]);
        wz_target_assess(session->snapshot, session->catalogue, (wz_target)i, &session->targets[i]);
    }
    wz_matches_clear(&session->matches);               /* borrows from the plan's updates */
    wz_plan_free(session->plan);
    session->plan = wz_plan_create(session->snapshot, session->catalogue, session->target);
    match_again(session);
}

void wz_session_set_target(wz_session *session, wz_target target)
{
    session->target = target;
    wz_session_assess(session);
}

/* ---- update files ---- */

wz_status wz_session_set_media(wz_session *session, const char *folder, const wz_progress *progress, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_files           files = { 0 };
    wz_status          status = platform->list_media(platform->context, folder, &files, err);

    if (status == WZ_OK && platform->examine_all(platform->context, &files, progress) != WZ_OK)
        status = wz_fail(err, WZ_E_CANCELLED, 0, folder);
    if (status == WZ_E_CANCELLED) {
        wz_files_clear(&files);
        return status;
    }
    wz_matches_clear(&session->matches);               /* borrows from the old files */
    wz_files_clear(&session->files);
    session->files = files;                            /* none of a folder that cannot be listed */
    replace_text(&session->media_folder, status == WZ_OK ? folder : NULL);
    match_again(session);
    return status;
}
