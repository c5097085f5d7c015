#include "core/options.h"

#include "resource.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef enum option_id {
    OPTION_ASSESS, OPTION_PLAN, OPTION_VERIFY, OPTION_INSTALL, OPTION_RESUME, OPTION_VERSION, OPTION_HELP,
    OPTION_QUESTION, OPTION_BEGIN, OPTION_CONTINUE, OPTION_SNAPSHOT, OPTION_OPEN, OPTION_TARGET, OPTION_MEDIA,
    OPTION_CATALOGUE, OPTION_SHOPPING, OPTION_REPORT, OPTION_LOG, OPTION_LANG, OPTION_QUIET, OPTION_NORESTART,
    OPTION_RESTART, OPTION_SCAN, OPTION_PRINT, OPTION_CODE, OPTION_DECODE, OPTION_REDACT, OPTION_VERIFY_REPORT,
    OPTION_CHECKSUMS, OPTION_SUPPRESSIONS, OPTION_REPORT_LANG, OPTION_REMEDY, OPTION_COMPARE, OPTION_COUNT
} option_id;

typedef enum option_kind { KIND_FLAG, KIND_VALUE, KIND_EITHER } option_kind;

/* In the order of option_id. */
static const struct { const char *name; option_kind kind; } option_rows[OPTION_COUNT] = {
    { "assess", KIND_FLAG },      { "plan", KIND_FLAG },       { "verify", KIND_FLAG },     { "install", KIND_FLAG },
    { "resume", KIND_FLAG },      { "version", KIND_FLAG },    { "help", KIND_FLAG },       { "?", KIND_FLAG },
    { "begin", KIND_FLAG },       { "continue", KIND_FLAG },   { "snapshot", KIND_VALUE },  { "open", KIND_VALUE },
    { "target", KIND_VALUE },     { "media", KIND_VALUE },     { "catalogue", KIND_VALUE },
    { "shopping-list", KIND_VALUE }, { "report", KIND_VALUE }, { "log", KIND_VALUE },       { "lang", KIND_VALUE },
    { "quiet", KIND_FLAG },       { "norestart", KIND_FLAG },  { "restart", KIND_FLAG },    { "scan", KIND_EITHER },
    { "print", KIND_EITHER },     { "code", KIND_FLAG },       { "decode", KIND_VALUE },
    { "redact", KIND_FLAG },      { "verify-report", KIND_VALUE }, { "checksums", KIND_VALUE },
    { "suppressions", KIND_VALUE },
    { "report-lang", KIND_VALUE }, { "remedy", KIND_VALUE },   { "compare", KIND_VALUE },
};

static const struct { option_id option; wz_action action; } action_rows[] = {
    { OPTION_HELP, WZ_ACTION_HELP },       { OPTION_QUESTION, WZ_ACTION_HELP }, { OPTION_VERSION, WZ_ACTION_VERSION },
    { OPTION_ASSESS, WZ_ACTION_ASSESS },   { OPTION_PLAN, WZ_ACTION_PLAN },     { OPTION_VERIFY, WZ_ACTION_VERIFY },
    { OPTION_INSTALL, WZ_ACTION_INSTALL }, { OPTION_RESUME, WZ_ACTION_RESUME },
    { OPTION_CODE, WZ_ACTION_CODE },       { OPTION_DECODE, WZ_ACTION_DECODE },
    { OPTION_VERIFY_REPORT, WZ_ACTION_VERIFY_REPORT }, { OPTION_SCAN, WZ_ACTION_SCAN },
    { OPTION_REMEDY, WZ_ACTION_REMEDY },   { OPTION_COMPARE, WZ_ACTION_COMPARE },
};

typedef struct parser {
    wz_options *out;
    wz_error   *err;
    bool        given[OPTION_COUNT];
} parser;

static wz_status refuse(const parser *p, const char *subject, unsigned reason)
{
    return wz_fail_at(p->err, WZ_E_FORMAT, subject, 0, reason);
}

static wz_status refuse_option(const parser *p, option_id id, unsigned reason)
{
    char subject[32] = "/";

    memcpy(subject + 1, option_rows[id].name, strlen(option_rows[id].name) + 1);
    return refuse(p, subject, reason);
}

/* ---- one switch ---- */

static bool name_equals(const char *at, size_t length, const char *name)
{
    char *copy = wz_copy_part(at, length);
    bool  is_equal = wz_equal_nocase(copy, name);

    free(copy);
    return is_equal;
}

static char **value_slot(wz_options *out, option_id id)
{
    switch (id) {
    case OPTION_SNAPSHOT:  return &out->snapshot;
    case OPTION_OPEN:      return &out->open;
    case OPTION_MEDIA:     return &out->media;
    case OPTION_CATALOGUE: return &out->catalogue;
    case OPTION_SHOPPING:  return &out->shopping_list;
    case OPTION_REPORT:    return &out->report;
    case OPTION_LOG:       return &out->log;
    case OPTION_LANG:      return &out->language;
    case OPTION_DECODE:    return &out->decode;
    case OPTION_VERIFY_REPORT: return &out->verify_report;
    case OPTION_CHECKSUMS: return &out->checksums;
    case OPTION_SUPPRESSIONS: return &out->suppressions;
    case OPTION_SCAN:      return &out->scan;
    case OPTION_PRINT:     return &out->printer;
    case OPTION_REPORT_LANG: return &out->report_language;
    case OPTION_REMEDY:    return &out->remedy;
    case OPTION_TARGET:
    case OPTION_COMPARE:
    case OPTION_ASSESS:
    case OPTION_PLAN:
    case OPTION_VERIFY:
    case OPTION_INSTALL:
    case OPTION_RESUME:
    case OPTION_VERSION:
    case OPTION_HELP:
    case OPTION_QUESTION:
    case OPTION_BEGIN:
    case OPTION_CONTINUE:
    case OPTION_QUIET:
    case OPTION_NORESTART:
    case OPTION_RESTART:
    case OPTION_CODE:
    case OPTION_REDACT:
    case OPTION_COUNT:     break;
    }
    return NULL;
}

/* "FIRST;SECOND". A name with a semicolon in it cannot be told from two. */
static wz_status take_pair(parser *p, const char *value)
{
    const char *middle = strchr(value, ';');

    if (middle == NULL || middle == value || middle[1] == '\0' || strchr(middle + 1, ';') != NULL)
        return refuse_option(p, OPTION_COMPARE, IDS_OPTION_COMPARE);
    p->out->compare[0] = wz_copy_part(value, (size_t)(middle - value));
    p->out->compare[1] = wz_copy(middle + 1);
    return WZ_OK;
}

static wz_status take_value(parser *p, option_id id, const char *value)
{
    char **slot;

    if (value == NULL || value[0] == '\0')
        return refuse_option(p, id, IDS_OPTION_NO_VALUE);
    /* /media:"D:\updates\" arrives with the quotation mark and all that follows: a backslash before it escapes it. */
    if (strchr(value, '"') != NULL)
        return refuse_option(p, id, IDS_OPTION_QUOTE);
    if (id == OPTION_TARGET) {
        p->out->has_target = true;
        return wz_target_parse(value, &p->out->target) ? WZ_OK : refuse_option(p, id, IDS_OPTION_TARGET);
    }
    if (id == OPTION_COMPARE)
        return take_pair(p, value);
    slot = value_slot(p->out, id);
    assert(slot != NULL);                              /* of every other KIND_VALUE */
    *slot = wz_copy(value);
    return WZ_OK;
}

static wz_status parse_one(parser *p, const char *argument)
{
    const char *name, *colon;
    size_t      length;
    option_id   id = OPTION_ASSESS;

    if (!wz_is_utf8(argument, strlen(argument)))
        return refuse(p, "", IDS_OPTION_TEXT);
    if (argument[0] != '/' && argument[0] != '-')
        return refuse(p, argument, IDS_OPTION_NOT_A_SWITCH);
    name = argument + 1;
    colon = strchr(name, ':');
    length = colon != NULL ? (size_t)(colon - name) : strlen(name);
    while (id < OPTION_COUNT && !name_equals(name, length, option_rows[id].name))
        id++;
    if (id == OPTION_COUNT)
        return refuse(p, argument, IDS_OPTION_UNKNOWN);
    if (p->given[id])
        return refuse_option(p, id, IDS_OPTION_TWICE);
    p->given[id] = true;
    if (option_rows[id].kind == KIND_VALUE || (option_rows[id].kind == KIND_EITHER && colon != NULL))
        return take_value(p, id, colon != NULL ? colon + 1 : NULL);
    return colon == NULL ? WZ_OK : refuse_option(p, id, IDS_OPTION_VALUE);
}

/* ---- all together ---- */

static wz_status choose_action(parser *p)
{
    bool wants_help = p->given[OPTION_HELP] || p->given[OPTION_QUESTION];
    bool has_action = false;

    for (size_t i = 0; i < WZ_COUNT(action_rows); i++) {
        if (!p->given[action_rows[i].option])
            continue;
        if (has_action && !wants_help)
            return refuse_option(p, action_rows[i].option, IDS_OPTION_TWO_ACTIONS);
        if (!has_action)
            p->out->action = action_rows[i].action;    /* help is first in the table: it wins over what it explains */
        has_action = true;
    }
    /* Files to write need no window: without an action they are an assessment that prints nothing. */
    if (!has_action && (p->given[OPTION_SNAPSHOT] || p->given[OPTION_REPORT] || p->given[OPTION_SHOPPING] ||
                        p->given[OPTION_PRINT])) {
        p->out->action = WZ_ACTION_ASSESS;
        p->out->quiet = true;
        has_action = true;
    }
    p->out->headless = has_action;
    return WZ_OK;
}

/* Pairs that contradict each other. The second is the one that is named. */
static const struct { option_id one, other; } conflicts[] = {
    { OPTION_NORESTART, OPTION_RESTART },
    { OPTION_OPEN, OPTION_INSTALL },   { OPTION_OPEN, OPTION_RESUME },
    { OPTION_OPEN, OPTION_BEGIN },     { OPTION_OPEN, OPTION_CONTINUE },
    { OPTION_BEGIN, OPTION_CONTINUE },
    { OPTION_OPEN, OPTION_SCAN },
    { OPTION_DECODE, OPTION_OPEN },    { OPTION_DECODE, OPTION_SNAPSHOT },
    { OPTION_VERIFY_REPORT, OPTION_OPEN }, { OPTION_VERIFY_REPORT, OPTION_SNAPSHOT },
    { OPTION_COMPARE, OPTION_OPEN },   { OPTION_COMPARE, OPTION_SNAPSHOT }, { OPTION_COMPARE, OPTION_SHOPPING },
    { OPTION_COMPARE, OPTION_MEDIA },
    { OPTION_VERIFY_REPORT, OPTION_REPORT }, { OPTION_DECODE, OPTION_REPORT },
    { OPTION_REMEDY, OPTION_SNAPSHOT }, { OPTION_REMEDY, OPTION_REPORT }, { OPTION_REMEDY, OPTION_SHOPPING },
    { OPTION_REMEDY, OPTION_LOG },     { OPTION_REMEDY, OPTION_MEDIA },
    { OPTION_VERIFY_REPORT, OPTION_PRINT }, { OPTION_DECODE, OPTION_PRINT }, { OPTION_REMEDY, OPTION_PRINT },
    { OPTION_COMPARE, OPTION_PRINT },
    /* An installation goes on with the target and the catalogue it was begun with. */
    { OPTION_RESUME, OPTION_TARGET },  { OPTION_RESUME, OPTION_CATALOGUE },
    { OPTION_CONTINUE, OPTION_TARGET }, { OPTION_CONTINUE, OPTION_CATALOGUE }, { OPTION_CONTINUE, OPTION_MEDIA },
};

static wz_status check_together(const parser *p)
{
    bool installs = p->given[OPTION_INSTALL] || p->given[OPTION_RESUME];

    for (size_t i = 0; i < WZ_COUNT(conflicts); i++)
        if (p->given[conflicts[i].one] && p->given[conflicts[i].other])
            return refuse_option(p, conflicts[i].other, IDS_OPTION_CONFLICT);
    if (p->out->headless && p->given[OPTION_BEGIN])
        return refuse_option(p, OPTION_BEGIN, IDS_OPTION_CONFLICT);
    if (p->out->headless && p->given[OPTION_CONTINUE])
        return refuse_option(p, OPTION_CONTINUE, IDS_OPTION_CONFLICT);
    if (p->given[OPTION_NORESTART] && !installs)
        return refuse_option(p, OPTION_NORESTART, IDS_OPTION_NEEDS_INSTALL);
    if (p->given[OPTION_RESTART] && !installs)
        return refuse_option(p, OPTION_RESTART, IDS_OPTION_NEEDS_INSTALL);
    if (p->given[OPTION_INSTALL] && !p->given[OPTION_MEDIA])
        return refuse_option(p, OPTION_INSTALL, IDS_OPTION_NEEDS_MEDIA);
    if (p->given[OPTION_VERIFY] && !p->given[OPTION_MEDIA])
        return refuse_option(p, OPTION_VERIFY, IDS_OPTION_NEEDS_MEDIA);
    if (p->given[OPTION_CHECKSUMS] && !p->given[OPTION_VERIFY])
        return refuse_option(p, OPTION_CHECKSUMS, IDS_OPTION_NEEDS_VERIFY);
    if (p->given[OPTION_SUPPRESSIONS] && !p->given[OPTION_SCAN])
        return refuse_option(p, OPTION_SUPPRESSIONS, IDS_OPTION_NEEDS_SCAN);
    if (p->given[OPTION_LOG] && !p->out->headless)
        return refuse_option(p, OPTION_LOG, IDS_OPTION_NEEDS_ACTION);
    if (p->given[OPTION_REDACT] && !p->given[OPTION_REPORT] && !p->given[OPTION_SNAPSHOT]
        && !p->given[OPTION_PRINT])
        return refuse_option(p, OPTION_REDACT, IDS_OPTION_NEEDS_FILE);
    if (p->given[OPTION_QUIET] && !p->out->headless)
        return refuse_option(p, OPTION_QUIET, IDS_OPTION_NEEDS_ACTION);
    return WZ_OK;
}

wz_status wz_options_parse(const char *const arguments[], size_t count, wz_options *out, wz_error *err)
{
    parser    p = { .out = out, .err = err };
    wz_status status = WZ_OK;

    *out = (wz_options){ .action = WZ_ACTION_GUI, .target = WZ_TARGET_FREE };
    for (size_t i = 0; i < count && status == WZ_OK; i++)
        status = parse_one(&p, arguments[i]);
    if (status == WZ_OK)
        status = choose_action(&p);
    if (status == WZ_OK && out->action != WZ_ACTION_HELP)
        status = check_together(&p);
    if (status != WZ_OK) {
        char *language = out->language;

        out->language = NULL;
        wz_options_clear(out);
        out->language = language;
        return status;
    }
    out->quiet = out->quiet || p.given[OPTION_QUIET];
    out->redact = p.given[OPTION_REDACT];
    out->print = p.given[OPTION_PRINT];
    out->norestart = p.given[OPTION_NORESTART];
    out->restart = p.given[OPTION_RESTART];
    out->begin = p.given[OPTION_BEGIN];
    out->carry_on = p.given[OPTION_CONTINUE];
    return WZ_OK;
}

void wz_options_clear(wz_options *options)
{
    free(options->snapshot);
    free(options->open);
    free(options->media);
    free(options->catalogue);
    free(options->shopping_list);
    free(options->report);
    free(options->log);
    free(options->language);
    free(options->decode);
    free(options->verify_report);
    free(options->checksums);
    free(options->scan);
    free(options->suppressions);
    free(options->printer);
    free(options->report_language);
    free(options->remedy);
    free(options->compare[0]);
    free(options->compare[1]);
    *options = (wz_options){ 0 };
}
