/* See session.h: whose visit it is, remembered in the journal. */
#include "core/session.h"

#include <stdlib.h>
#include <string.h>

typedef struct visit_field { char **of_session, **of_journal; } visit_field;

#define VISIT_FIELDS 4

static void visit_fields(wz_session *session, visit_field fields[VISIT_FIELDS])
{
    wz_journal *journal = session->journal;

    fields[0] = (visit_field){ &session->ticket,     &journal->ticket     };
    fields[1] = (visit_field){ &session->technician, &journal->technician };
    fields[2] = (visit_field){ &session->customer,   &journal->customer   };
    fields[3] = (visit_field){ &session->notes,      &journal->notes      };
}

/* The journal is this computer's, and what is looked at is this computer. */
static bool has_journal(const wz_session *session)
{
    return session->journal != NULL && session->opened_from == NULL && session->snapshot != NULL
        && wz_journal_same_machine(session->journal, session->snapshot);
}

void wz_session_recall_visit(wz_session *session)
{
    visit_field fields[VISIT_FIELDS];

    if (!has_journal(session))
        return;
    visit_fields(session, fields);
    for (size_t i = 0; i < VISIT_FIELDS; i++)
        if (*fields[i].of_session == NULL)             /* "" was emptied on purpose */
            *fields[i].of_session = wz_copy(*fields[i].of_journal);
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

wz_status wz_session_keep_visit(wz_session *session, wz_error *err)
{
    visit_field fields[VISIT_FIELDS];
    bool        is_same = true;

    if (!has_journal(session))
        return WZ_OK;
    visit_fields(session, fields);
    for (size_t i = 0; i < VISIT_FIELDS; i++) {
        is_same = is_same && same_text(*fields[i].of_session, *fields[i].of_journal);
        free(*fields[i].of_journal);
        *fields[i].of_journal = wz_copy(*fields[i].of_session);
    }
    return is_same ? WZ_OK : wz_journal_save(session->platform, session->journal, err);
}
