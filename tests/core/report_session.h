/*
 * report_session: sessions made by hand for the report's tests, and words that change with nobody's text but its own.
 *
 * The words are English for the report's own ids; of another module's id they say only its name, "(IDS_CHK_SHA2)", so
 * that the golden files change when the report changes and not when a check is worded better. Phrases in these
 * sessions are report_phrase: exactly the text given.
 */
#ifndef WZ_TESTS_CORE_REPORT_SESSION_H
#define WZ_TESTS_CORE_REPORT_SESSION_H

#include "core/report.h"

#define REPORT_NAME 48

typedef struct report_fixture {
    wz_platform platform;
    wz_session  session;
    wz_words    words;
    char      (*names)[REPORT_NAME]; /* "(IDS_CHK_SHA2)" by id */
    wz_status   write_status;       /* what write_file answers */
    wz_text     written;            /* what it was given */
    char        path[64];
} report_fixture;

/* Windows Server 2008 SP2 x64 at 6002 with a plan of three steps, nothing installed, no folder of update files. */
report_fixture *report_fixture_create(void);
void            report_fixture_free(report_fixture *fixture);

/* Then: the three update files are found on the media, each accepted or refused by another rule. */
void report_fixture_find_files(report_fixture *fixture);
/* Then: it was installed with a restart; the machine is at 6003; one step of each outcome. */
void report_fixture_install(report_fixture *fixture);
/* Nothing to do: plan without steps or omissions, every fact known. */
void report_fixture_finish(report_fixture *fixture);
/* Everything a stranger can set holds this. */
void report_fixture_poison(report_fixture *fixture, const char *value);

void report_phrase(wz_phrase *phrase, const char *text);

#endif
