/* What a code and the log say, whatever the update. */
#include "core/diagnosis_parts.h"

#include "core/log_lines.h"
#include "core/servicing_log.h"

#include "resource.h"

#include <stdlib.h>
#include <string.h>

void wz_because(wz_diagnosing *d, unsigned how, unsigned word, unsigned fix, const char *second, const char *third)
{
    const char *args[] = { wz_text_at(&d->name), second != NULL ? second : "", third != NULL ? third : "" };

    if (d->out->count == WZ_CAUSES)
        return;
    wz_cause *cause = &d->out->causes[d->out->count++];

    cause->how = how;
    wz_phrase_set(&cause->words, word, WZ_COUNT(args), args);
    if (d->out->fix == 0)
        d->out->fix = fix;
}

static unsigned how_sure(wz_confidence confidence)
{
    return wz_confidence_is_fact(confidence) ? IDS_REMEDY_CAUSE : IDS_REMEDY_POSSIBLE;
}

/* ---- what the checks of page 3 say of a cause ---- */

static const struct { unsigned cause; wz_check_id check; } witnesses[] = {
    { IDS_REMEDY_CAUSE_SHA2_MISSING, WZ_CHECK_SHA2 },      { IDS_REMEDY_CAUSE_STACK, WZ_CHECK_STACK },
    { IDS_REMEDY_CAUSE_STORE, WZ_CHECK_STORE },            { IDS_REMEDY_CAUSE_XML, WZ_CHECK_STORE },
    { IDS_REMEDY_CAUSE_DATA, WZ_CHECK_STORE },             { IDS_REMEDY_CAUSE_CACHE, WZ_CHECK_STORE },
    { IDS_REMEDY_CAUSE_DRIVER, WZ_CHECK_STORE },           { IDS_REMEDY_CAUSE_DISK, WZ_CHECK_DISK },
    { IDS_REMEDY_CAUSE_SERVICE_DISABLED, WZ_CHECK_SERVICE_UPDATE },
    { IDS_REMEDY_CAUSE_NOT_ALLOWED, WZ_CHECK_PENDING_RESTART },
    { IDS_REMEDY_CAUSE_NOT_FINISHED, WZ_CHECK_PENDING_RESTART },
    { IDS_REMEDY_CAUSE_BLOCKED, WZ_CHECK_PENDING_RESTART },
    { IDS_REMEDY_CAUSE_ANTIVIRUS, WZ_CHECK_ANTIVIRUS },
};

/* The check that finds this very trouble on the machine; NULL when none does, or the machine was not read. */
static const wz_check *witness_of(const wz_diagnosing *d, unsigned cause)
{
    for (size_t i = 0; d->session->snapshot != NULL && i < WZ_COUNT(witnesses); i++) {
        const wz_check *check = &d->session->checks.items[witnesses[i].check];

        if (witnesses[i].cause == cause
            && (check->verdict == WZ_VERDICT_ACTION || check->verdict == WZ_VERDICT_BLOCKED))
            return check;
    }
    return NULL;
}

void wz_diagnosis_say_row(wz_diagnosing *d, const wz_remedy *row)
{
    const wz_check *witness = witness_of(d, row->cause);
    wz_cause       *cause;

    wz_because(d, witness != NULL && !wz_confidence_is_fact(row->confidence) ? IDS_REMEDY_LIKELY
                  : how_sure(row->confidence), row->cause, row->fix, NULL, NULL);
    if (witness == NULL || witness->evidence.id == 0 || d->out->count == WZ_CAUSES)
        return;
    cause = &d->out->causes[d->out->count++];
    cause->how = IDS_REMEDY_REMARK;
    wz_phrase_copy(&cause->words, &witness->evidence);
}

/* ---- what CBS.log says ---- */

#define LOG_LINES_SHOWN 2u

static wz_view log_of(const wz_diagnosing *d)
{
    const char *text = d->session->snapshot != NULL ? wz_snapshot_text(d->session->snapshot, WZ_FACT_LOG_SERVICING)
                                                    : NULL;

    return (wz_view){ text != NULL ? text : "", text != NULL ? strlen(text) : 0 };
}

static bool has_log(const wz_diagnosing *d)
{
    return d->session->snapshot != NULL && wz_snapshot_text(d->session->snapshot, WZ_FACT_LOG_SERVICING) != NULL;
}

/* The lines that are nearest to the code and the update, as remarks. */
static void add_log_lines(wz_diagnosing *d, uint32_t code, unsigned kb)
{
    wz_text found = { 0 };
    wz_view rest, line;

    if (!wz_servicing_log_near(log_of(d), code, kb, LOG_LINES_SHOWN, &found) && has_log(d))
        wz_because(d, IDS_REMEDY_REMARK, IDS_REMEDY_FOUND_NO_LOG, 0, NULL, NULL);
    rest = (wz_view){ wz_text_at(&found), found.length };
    while (wz_log_line_next(&rest, &line)) {
        char *copy = wz_copy_part(line.at, line.length);

        wz_because(d, IDS_REMEDY_REMARK, IDS_REMEDY_FOUND_LOG, 0, copy, NULL);
        free(copy);
    }
    wz_text_clear(&found);
}

void wz_diagnosis_look_into_log(wz_diagnosing *d)
{
    uint32_t         code = wz_servicing_log_code(log_of(d), d->step->kb);
    const wz_remedy *row = code != 0 ? wz_remedy_of(code) : NULL;

    if (code == 0 || (d->step->has_code && wz_code_is_same(code, d->step->code)))
        return;
    if (row != NULL && row->cause != 0)
        wz_diagnosis_say_row(d, row);
    add_log_lines(d, code, d->step->kb);
}

void wz_diagnosis_say_unlisted(wz_diagnosing *d, uint32_t code, unsigned kb)
{
    const wz_platform *platform = d->session->platform;
    wz_text            forms = { 0 }, facility = { 0 }, says = { 0 };

    wz_text_add(&forms, "0x");
    wz_text_add_hex(&forms, code, 8);
    wz_text_add_code_facility(&facility, code);
    if (platform != NULL && platform->system_text != NULL)
        platform->system_text(platform->context, code, &says);
    wz_because(d, IDS_REMEDY_REMARK, IDS_REMEDY_FOUND_UNLISTED, 0, wz_text_at(&forms), wz_text_at(&facility));
    if (says.length > 0)
        wz_because(d, IDS_REMEDY_REMARK, IDS_REMEDY_FOUND_WINDOWS, 0, wz_text_at(&says), NULL);
    add_log_lines(d, code, kb);
    wz_text_clear(&forms);
    wz_text_clear(&facility);
    wz_text_clear(&says);
}

void wz_diagnose_code(const wz_session *session, uint32_t code, wz_diagnosis *out)
{
    wz_diagnosing    d = { .session = session, .out = out };
    const wz_remedy *row = wz_remedy_of(code);

    wz_diagnosis_clear(out);
    if (row == NULL)
        wz_diagnosis_say_unlisted(&d, code, 0);
    else if (row->cause == IDS_REMEDY_CAUSE_LICENCE)   /* of updates that need a licence; others may fail as well */
        wz_because(&d, IDS_REMEDY_LIKELY, row->cause, row->fix, NULL, NULL);
    else if (row->cause != 0)
        wz_diagnosis_say_row(&d, row);
    if (out->fix == 0 && wz_code_treat(code) == WZ_CODE_FAILED)
        out->fix = IDS_REMEDY_FIX_LOG;
    wz_text_clear(&d.name);
}
