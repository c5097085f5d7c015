/*
 * options: the command line of design.md section 5, parsed.
 *
 * /name[:value], without case, "-" accepted for "/". A switch that is unknown, twice, lacks or has a value it may not
 * have, or does not go with another, is one error (WZ_E_FORMAT: subject the switch, reason the string id). Any thread.
 */
#ifndef WZ_CORE_OPTIONS_H
#define WZ_CORE_OPTIONS_H

#include "core/catalogue.h"
#include "core/error.h"

typedef enum wz_action {
    WZ_ACTION_GUI, WZ_ACTION_HELP, WZ_ACTION_VERSION, WZ_ACTION_ASSESS, WZ_ACTION_PLAN, WZ_ACTION_VERIFY,
    WZ_ACTION_INSTALL, WZ_ACTION_RESUME, WZ_ACTION_CODE, WZ_ACTION_DECODE, WZ_ACTION_VERIFY_REPORT, WZ_ACTION_SCAN,
    WZ_ACTION_REMEDY, WZ_ACTION_COMPARE
} wz_action;

typedef struct wz_options {
    /* outputs alone (/snapshot, /report, /shopping-list, /print) count as headless: action ASSESS with quiet screen */
    wz_action action;
    bool      headless;
    /* owned; NULL when not given */
    char     *snapshot, *open, *media, *catalogue, *shopping_list, *report, *log, *language, *decode, *verify_report;
    char     *checksums, *report_language, *remedy;
    char     *compare[2];       /* /compare:FIRST;SECOND, both or none */
    char     *suppressions;
    char     *scan;             /* the folder; NULL with WZ_ACTION_SCAN: this computer */
    char     *printer;          /* with print; NULL: the default one */
    wz_target target;
    bool      has_target;
    bool      norestart, restart, quiet, redact, print;
    bool      begin;            /* /begin: the wizard's own start after elevation: go to the Install page and begin */
    /* /continue: the wizard's own start after a restart: go to the Install page and resume */
    bool      carry_on;
} wz_options;

/* arguments without the program name, UTF-8. On failure out holds nothing but the language, when that came before the
   error: it is told in it. To be cleared then too. */
wz_status wz_options_parse(const char *const arguments[], size_t count, wz_options *out, wz_error *err);
void      wz_options_clear(wz_options *options);

#endif
