/* See session.h: the compatibility scan of this visit. */
#include "core/session.h"

#include "core/redact.h"

#include <stdlib.h>

wz_status wz_session_load_suppressions(wz_session *session, const char *path, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_view            schema = platform->resource(platform->context, WZ_RESOURCE_SUPPRESSIONS_SCHEMA);
    wz_text            bytes = { 0 };
    wz_suppressions    list = { 0 };
    wz_status          status = platform->read_file(platform->context, path, WZ_SUPPRESSIONS_MAX_BYTES, &bytes, err);

    if (status == WZ_OK)
        status = wz_suppressions_read(path, (wz_view){ wz_text_at(&bytes), bytes.length }, schema, &list, err);
    wz_text_clear(&bytes);
    if (status != WZ_OK)
        return status;
    wz_suppressions_clear(&session->suppressions);
    session->suppressions = list;
    wz_findings_suppress(&session->scan.findings, list.items, list.count);
    return WZ_OK;
}

static void add_known(wz_scan_result *scan, const wz_program *program, const wz_update *update,
                      const wz_known_problem *problem)
{
    scan->known = wz_grow(scan->known, scan->known_count, &scan->known_room, sizeof *scan->known);
    scan->known[scan->known_count++] = (wz_known_hit){
        .name = wz_copy(program->name), .company = wz_copy(program->company), .version = wz_copy(program->version),
        .words = wz_copy(problem->text), .source = wz_copy(problem->source), .kb = update->kb,
    };
}

/* Only what is confirmed: a program is not put on a list because somebody has said so once. */
static void find_known(const wz_catalogue *catalogue, wz_scan_result *scan)
{
    for (size_t i = 0; catalogue != NULL && i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);

        for (size_t n = 0; n < update->problem_count; n++)
            for (size_t p = 0; update->problems[n].company != NULL && p < scan->program_count; p++)
                if (wz_confidence_is_fact(update->problems[n].confidence) && scan->programs[p].company != NULL
                    && wz_starts_nocase(scan->programs[p].company, update->problems[n].company))
                    add_known(scan, &scan->programs[p], update, &update->problems[n]);
    }
}

wz_status wz_session_scan(wz_session *session, const char *folder, const wz_progress *progress, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_scan_result     result = { 0 };
    uint64_t           began = platform->ticks_ms(platform->context);
    wz_status          status;

    result.began = platform->now(platform->context);
    status = platform->scan(platform->context, folder, progress, &result, err);
    if (status != WZ_OK && status != WZ_E_CANCELLED) {
        wz_scan_result_clear(&result);
        return status;
    }
    result.state = status == WZ_OK ? WZ_SCAN_FINISHED : WZ_SCAN_STOPPED;
    result.seconds = (unsigned)((platform->ticks_ms(platform->context) - began + 500) / 1000);
    result.folder = wz_copy(folder);
    result.suppressions = wz_copy(session->suppressions.path);
    wz_scan_result_finish(&result);
    find_known(session->catalogue, &result);
    wz_findings_suppress(&result.findings, session->suppressions.items, session->suppressions.count);
    wz_scan_result_clear(&session->scan);
    session->scan = result;
    return status;
}

void wz_session_skip_scan(wz_session *session)
{
    if (session->scan.state == WZ_SCAN_NOT_RUN)
        session->scan.state = WZ_SCAN_SKIPPED;
}

wz_status wz_session_save_findings(const wz_session *session, const char *path, wz_error *err)
{
    const wz_platform *platform = session->platform;
    wz_text            text = { 0 };
    wz_status          status;

    wz_scan_result_csv(&session->scan, &text);
    if (session->redact) {
        wz_redactor *redactor = wz_redactor_create(platform, session->snapshot);
        char        *redacted = wz_redact(redactor, wz_text_at(&text));

        wz_text_clear(&text);
        wz_text_add(&text, redacted);
        free(redacted);
        wz_redactor_free(redactor);
    }
    status = platform->write_file(platform->context, path, (wz_view){ wz_text_at(&text), text.length }, err);
    wz_text_clear(&text);
    return status;
}
